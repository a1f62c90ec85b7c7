"""Names told by the most ordinary places of a text: a record's field, what stands before a telephone or an account,
« c'est Papou qui », « validé par Peyo », « Mamie Cactus »; and, without capitals, a first name beside a pause.

The word found has to be a first name, or to be in no dictionary and no list of places or organisations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.lexicon import EMPTY, FIRST, KIN, KNOWN, ORGANISATION, PARTICLE, PLACE, SURNAME
from atelier_ia.privacy.names import NameReader
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import wakers, words

_W = r"[A-ZÀ-Þ][a-zà-ÿ'’\-]{2,20}"
_N = r"[A-ZÀ-Þ][a-zA-ZÀ-ÿ'’\-]{2,24}"
_C = r"[A-ZÀ-Þ](?<![\w'’-][A-ZÀ-Þ])"  # a capital that begins a word: the engine looks for the first class
_R = r"[a-zà-ÿ'’\-]{2,20}"
# What the place alone tells: any word will do. Each pattern waits for the sign that its text must hold.
_RECORDS = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("N:", r"(?:^N:|(?<=\nN:))([^;\n]{2,30});|(?<=\nN:)[^;\n]{2,30};([^;\n]{2,30})"),
        ("<", r"<(?:nom|prenom|resp|responsable|agent|pere|mere|contact|usager)>([^<\n]{2,40})<"),
        (
            '"',
            r"\"(?:agent|auteur|user|login|identifiant|saisi_par)\" ?: ?\""
            r"([a-z]{2,20}[_.][a-z]{1,20}|[A-ZÀ-Þ][^\"\n]{2,30})\"",
        ),
        ("] ", r"(?<=\] )([A-Z]{2,3}) ?: "),
        (" ", rf"([MPT](?<![\w'’-][MPT])(?:amie|émé|api|apy|épé|onton|ata|atie|['’]tit) {_W})"),
    )
)
# The word has to look like a name, except where the first value is true.
_TOLD = tuple(
    (any_word, re.compile(pattern))
    for any_word, pattern in (
        (True, rf"[Cc](?<!\w[Cc])['’]est ({_W}) qui\b"),
        (False, rf"[Mm](?<!\w[Mm])oi, ({_W})(?=,)"),
        (True, rf"[Mm](?<!\w[Mm])(?:on|a) pauvre ({_W})"),
        (False, rf"({_C}{_R})(?= (?:0\d[ .]?\d\d[ .]?\d\d|\+\d\d))"),
        (False, rf"(?:alidé|etiré|emis|aisi|eçu|igné|érifié|isé|oublé)e?s? par[ \t:]{{1,3}}({_W})(?=[ ,.;\n]|$)"),
        (
            False,
            rf"({_C}(?:(?<=[àÀ] .)|(?<=et .)|(?<=avec .)|(?<=de .)){_R})"
            r"(?=, (?:agente?|adjointe?|facteur|factrice|gardienne?|stagiaire|élève|bénévole) )",
        ),
        (False, rf"({_C}{_R} {_N})(?=, artisan|,? (?:FR|BE|IT|ES|DE|PT|LU)\d\d[ \dA-Z])"),
        (False, rf"[,:;\n](?:(?<=\n)|(?<!\n) )([A-Z]\. ?{_N})(?=\.?(?:\n|$)|, )"),
        (False, rf"[\n;|\t/] ?((?:(?:Le|La|De|Da|Du) )?{_N} {_W})(?= ?[;|\t/] ?\w)"),
        (False, rf"^((?:(?:Le|La|De|Da|Du) )?{_N} {_W})(?= ?[;|\t/] ?\w)"),
        (
            False,
            r"[CcAaBbLlHh](?<!\w[CcAaBbLlHh])(?:hanoine|bbé|rigadier|apitaine|ieutenant|adj)"
            rf" ((?:Le |La |De )?{_W})",
        ),
        (
            False,
            rf", ({_W})(?= ne (?:fera|viendra|pourra|sera)| sera absente?| est (?:malade|absente?)"
            r"| a (?:de la fièvre|vomi))",
        ),
        (False, rf"M(?<!\wM)(?:\.|me|lle) ({_W} {_W} {_W})(?=[,.])"),
        (True, rf"M(?<!\wM)(?:\.|me|lle|onsieur|adame) ({_W})(?= \()"),
    )
)
# As `_TOLD`, tried where the text holds one of the signs: « les Le Gouëllec », « Capucine (clerc) », « adj. Mazet, ».
_KEPT = tuple(
    (signs.split("|"), re.compile(pattern))
    for signs, pattern in (
        (
            "oisins, les|oisins les|ptême des|ariage des|ferme des|errain des|nfants des",
            r"(?:oisins,? les|ptême des|ariage des|ferme des|errain des|nfants des)"
            rf" ((?:Le |La |De )?{_W})(?=[ ,.;)]|$)",
        ),
        (
            "omptable, |égisseu|ecrétaire, |irectrice, |édactrice, |édacteur, ",
            rf"(?:omptable|égisseuse|égisseur|ecrétaire|irectrice|édactrice|édacteur), ({_W})(?=\.(?:\s|$)|\n|$)",
        ),
        ("emplace ", rf"emplace ({_N})(?= \()"),
        ("dj. ", rf"[Aa](?<!\w[Aa])dj\. ({_W})(?=,)"),
    )
)
_ROLE_BEHIND = re.compile(r" \((?:clerc|stagiaire|secretaire|accueil|standard|apprentie?|assistante|compta|urba)\)")
# In a text that has capitals elsewhere: « dylan 06 39 98 07 64 »
_LOWER_CALLED = re.compile(r"(?<![\w'’.@-])([a-zà-ÿ]{3,15})(?= 0[1-9][ .]?\d\d[ .]?\d\d)")
_CAPITALS = re.compile(
    r"\bSOUSSIGN[EÉ]{1,2} ([A-ZÀ-Þ'’ -]{4,50}?) (?:N[EÉ]{1,2}|DEMEURANT|CERTIFIE|ATTESTE|AG[EÉ]{1,2}"
    r"|DOMICILI[EÉ]{1,2}|AUTORISE)\b"
    r"|\b(?:[EÉ]LUE?|AGENTE?|RESPONSABLE|CADRE)(?: D['’E][A-ZÀ-Þ' ]{2,16})? ?: ([A-ZÀ-Þ'’-]{3,24})(?=[.,\n]|$)"
)
_PARTICIPLES = frozenset({"aime", "desire", "desiree", "aimee", "honore", "honoree", "placide", "modeste", "constant"})
_L = r"[a-z'\-]{2,20}"
_PAIR = re.compile(rf"(?:^|[,.:;!?(\n] ?|moi c'?est |je suis |signe )({_L}) ({_L})(?=[.,;)\n!]|$)")
_SAID = re.compile(rf"(?:m'app?elle|au nom de|mon nom (?:c'est|est)|mon papa|ma maman|mon pere|ma mere) ({_L}) ({_L})")
_OWN = re.compile(
    rf"(?:(?:mere|pere|mamie|papi|tante|oncle|maman|papa|femme|mari|fille|fils|frere|soeur) ({_L} l[ea] {_L})"
    rf"(?= (?:elle|il|qui|a)|[.,\n]|$))|(?:monsieur|madame|mr|mme) ({_L} (?:van|thi|ben|el|di|da|dos) {_L})"
)
_ALONE = re.compile(
    rf"(?<![\w'’.-])({_L})(?= (?:0[1-9][ .]?\d\d[ .]?\d\d|ma (?:femme|fille|mere|soeur)|mon (?:mari|fils|pere|frere))"
    rf"| de la (?:mairie|voirie|compta|cantine|paie)(?![a-z])| du (?:ccas|periscolaire|standard)(?![a-z]))"
    rf"|(?:maman|papa|mamie|papi|femme|mari|fils|fille|soeur|frere) \(({_L})\)"
    rf"|(?:note pour|moi c'? ?est|abbe|prenom de|bonjour ici|(?<=prenom) {_L} a) ({_L})(?=[ ,.\n]|$)"
)
_SUBJECT = re.compile(
    rf"(?:^|[,.!?;\n] ?)({_L})(?= (?:mange|hesite|dort|pleure|joue|tousse|rentre"
    r"|a perdu|a ete|a eu|est malade|ne viendra|viendra)(?![a-z]))"
)
# Without capitals: what stands whole between a civility, or a field's label, and a pause; a last line of two words.
_CIVIL = re.compile(
    rf"(?<![a-z'])(?:m\.|mr|mme|mlle|monsieur|madame) ((?:d'|de |el |le )?{_L}(?: {_L}){{0,2}})(?= ?[,.;:)(\n–]| - |$)"
)
_FIELD = re.compile(
    r"(?:^|\n|[;–|-] ?)(?:mere|pere|parent|agente?|enfant|eleve|secretaire|presidente?|requerante?|garant|defunte?"
    r"|occupante?"
    r"|contact|tutrice|tuteur|puericultrice|travailleuse sociale|assistante|stagiaire|personne|contrevenante?|demandeur"
    rf"|temoin|famille|famille de|mon identite|mes coordonnees) ?: ({_L}(?: {_L}){{1,2}})(?= ?[,.;(\n–]| - |$)"
)
_LAST_LINE = re.compile(rf"\n({_L} {_L})\s*$")
_NOT_NAMES = words("ordinary_not_names")
_OWN_WAKERS = wakers("ordinary_places_own")


class OrdinaryPlaces:
    """Reads the names of one text that their ordinary place tells."""

    def __init__(self, names: NameReader) -> None:
        self.names = names
        self.reading = names.reading

    def all(self) -> Iterator[Span]:
        """Every name that its place tells."""
        reading = self.reading
        if reading.lower_case:
            yield from self._lower()
            return
        for sign, pattern in _RECORDS:
            for match in pattern.finditer(reading.text) if sign in reading.text else ():
                group = match.lastindex or 1
                yield self._span(match.start(group), match.end(group))
        if reading.upper_case:
            for match in _CAPITALS.finditer(reading.text):
                group = match.lastindex or 1
                yield self._span(match.start(group), match.end(group))
            return
        for match in _LOWER_CALLED.finditer(reading.text):
            bit = self._bits(match.start(1), match.end(1))[:1]
            if bit and bit[0] & FIRST and not bit[0] & (KNOWN | EMPTY):
                yield self._span(match.start(1), match.end(1))
        for any_word, pattern in _TOLD:
            for match in pattern.finditer(reading.text):
                if self._name(match.start(1), match.end(1), any_word):
                    yield self._span(match.start(1), match.end(1))
        for match in _ROLE_BEHIND.finditer(reading.low):
            start = reading.starts[max(0, reading.index_from(match.start()) - 1)]
            if reading.text[start].isupper() and self._name(start, match.start()):
                yield self._span(start, match.start())
        for signs, pattern in _KEPT:
            if any(sign in reading.text for sign in signs):
                for match in pattern.finditer(reading.text):
                    if self._name(match.start(1), match.end(1)):
                        yield self._span(match.start(1), match.end(1))

    def _span(self, start: int, end: int) -> Span:
        return Span(start, end, "NOM", "verifier", "nom à une place ordinaire de nom")

    def _bits(self, start: int, end: int) -> list[int]:
        reading = self.reading
        return reading.bits[reading.index_from(start) : reading.index_at(end - 1) + 1]

    def _name(self, start: int, end: int, any_word: bool = False) -> bool:
        """Do the words look like a name: a first name, or words of no dictionary?"""
        bits = [bit for bit in self._bits(start, end) if not bit & PARTICLE] or self._bits(start, end)
        if not bits or any(bit & (PLACE | ORGANISATION) and not bit & (FIRST | SURNAME) for bit in bits):
            return False
        if any_word:  # « M. Bonjour (c'est son nom) »
            return True
        if any(word in _NOT_NAMES for word in re.split(r"[ \-']", self.reading.low[start:end])):
            return False
        if bits[0] & (KNOWN | EMPTY) and not any(bit & (FIRST | SURNAME) for bit in bits):
            return False
        strange = sum(1 for bit in bits if not bit & KNOWN)
        return any(bit & FIRST for bit in bits) or (strange > 0 and strange >= len(bits) - 1)

    def _lower(self) -> Iterator[Span]:
        low = self.reading.low
        for match in _PAIR.finditer(low):
            kin = self._bits(match.start(1), match.end(1))[:1]
            if kin and not kin[0] & KIN and self._first(match, 1) and self._surname(match, 2):
                yield self._span(match.start(1), match.end(2))
        for match in _SAID.finditer(low):
            second = self._bits(match.start(2), match.end(2))
            if self._first(match, 1) and second and not second[-1] & EMPTY and match[2] not in _NOT_NAMES:
                yield self._span(match.start(1), match.end(2))
        for match in self.reading.woken(_OWN_WAKERS, _OWN):
            group = match.lastindex or 1
            if self._bits(match.start(group), match.start(group) + 2)[0] & FIRST or group == 2:
                yield self._span(match.start(group), match.end(group))
        for pattern in (_CIVIL, _FIELD, _LAST_LINE):
            for match in pattern.finditer(low):
                if self._whole(match, strict=pattern is _LAST_LINE):
                    yield self._span(match.start(1), match.end(1))
        for pattern in (_ALONE, _SUBJECT):
            for match in pattern.finditer(low):
                group = match.lastindex or 1
                bits = self._bits(match.start(group), match.end(group))
                if match[group] in _NOT_NAMES or not bits:
                    continue
                bit = bits[0]
                strange = not bit & (KNOWN | PLACE | ORGANISATION | EMPTY) and len(match[group]) > 3
                if self._first(match, group) or (strange and self.names.clean):
                    yield self._span(match.start(group), match.end(group))

    def _whole(self, match: re.Match[str], *, strict: bool) -> bool:
        """Are all the words between a civility and a pause fit for a name?"""
        bits = [bit for bit in self._bits(match.start(1), match.end(1)) if not bit & PARTICLE]
        if not bits or any(
            bit & (EMPTY | KIN) or (bit & (PLACE | ORGANISATION) and not bit & (FIRST | SURNAME)) for bit in bits
        ):
            return False
        if any(word in _NOT_NAMES for word in match[1].split()):
            return False
        named = sum(1 for bit in bits if bit & (FIRST | SURNAME) or not bit & KNOWN)
        return named == len(bits) or (not strict and named > 0)

    def _first(self, match: re.Match[str], group: int) -> bool:
        bits = self._bits(match.start(group), match.end(group))
        return match[group] in _PARTICIPLES or bool(bits and bits[0] & FIRST and not bits[0] & EMPTY)

    def _surname(self, match: re.Match[str], group: int) -> bool:
        bits = self._bits(match.start(group), match.end(group))
        return bool(bits) and bool(bits[-1] & SURNAME or not bits[-1] & (KNOWN | PLACE | ORGANISATION | FIRST))
