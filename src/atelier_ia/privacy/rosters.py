"""Names in lists of people: « Présents : … », a name between two others, « au nom de … », « BERGER Fleur ».

In such places a word that means something else elsewhere (Page, Berger, Fleur) is a name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from atelier_ia.privacy.lexicon import (
    CAPITAL,
    CIVILITY,
    COMMON,
    EMPTY,
    FIRST,
    INITIAL,
    KNOWN,
    ORGANISATION,
    PARTICLE,
    PLACE,
    PUBLIC,
    STREET,
    SURNAME,
    UPPER,
)
from atelier_ia.privacy.names import NameReader
from atelier_ia.privacy.spans import ALERTS, Span
from atelier_ia.privacy.wordlists import words

_ROLES = words("rosters_roles")
_LABEL = re.compile(r"(?: [a-z'’()./-]{2,20}){0,4} ?:[ \t]{0,3}\n?[ \t]{0,4}")
_SEPARATOR = re.compile(r" ?[,;/] ?(?:et )?| et | & | - | – | \+ ")
_NAMED = re.compile(
    r"(?<![a-z])(?:au nom de|a l'ordre de|de la part de|pour le compte de|a l'attention de|signe|"
    r"chez les|les epoux|la famille|indivision|succession|hoirie|menage|couple|heritiers|les consorts|cts"
    r"|les enfants|la veuve|feu|veuve|merci a|remercie(?:r|ment a)?"
    r"|felicitations a|bravo a|transmis(?:e)? (?:a|par)|remise? (?:a|par)|recue? par|envoye par|appelle|vu avec"
    r"|appel de"
    r"|mail de|message de|courrier de|demande de|passage de|visite de|(?:vehicule|voiture|camion|scooter|chien"
    r"|chat|dossier|jardin|appel|certificat|attestation|inscription|absence|anniversaire"
    r"|traitement|allergie|salaire|conge|planning|bureau|telephone|numero|adresse|mail|carte|photo|cahier"
    r"|cartable"
    r"|doudou|manteau|repas|facture|mariage|deces|naissance|obseques|tombe|courrier|lettre) de|rappeler|prevenir"
    r"|voir avec|demandez|demander)"
    r"(?: ?:)? $"
)
_OF_A_FIRM = re.compile(
    r"commerc|entreprise|societe|ecole|etablissement|association|projet|voie|rue|domaine|produit|fichier|lieu"
)
_QUOTED = re.compile(
    r"[\"'](?:nom|prenom|nom_[a-z]+|prenom_[a-z]+|name|first_?name|last_?name|lastname|demandeur|titulaire|usager"
    r"|patient"
    r"|beneficiaire)[\"'] ?[:=] ?[\"']([^\"'\n\d@]{2,40})[\"']"
)
_ADDRESSED = re.compile(r"(?:^|\n\n|\A)[ >]*([A-ZÀ-Ý][^\W\d_]{2,14}), (?!le \d|le 1er)(?=[a-zà-ÿ])")
_SURELY = re.compile(
    r"(?<![a-z])(?:indivision|succession|hoirie|consorts|epoux|chez les|famille|menage|couple|cts|veuve|heritiers) $"
)
_INITIALS = re.compile(r"[A-ZÀ-Ý](?<![\w.'-][A-ZÀ-Ý])(?<!M)\.(?: ?-? ?[A-ZÀ-Ý]\.)? ?(?=[A-ZÀ-Ý][^\W\d_]{2})")
_ROMAN = re.compile("[IVXL]+")
_NOT_NAMES = words("rosters_not_names")


class Rosters:
    """Reads lists of people, with what the other readers of names have found."""

    def __init__(self, names: NameReader, found: Sequence[Span], data: Sequence[Span]) -> None:
        self.names = names
        self.reading = names.reading
        self.found = found
        self.data = data

    def all(self) -> Iterator[Span]:
        """Every name of a list; overlaps are settled later."""
        yield from self._labelled()
        if not self.reading.lower_case:
            yield from self._pairs()
            yield from self._announced()
            yield from self._between()
            yield from self._initials()
            yield from self._vocatives()
            yield from self._registers()
        for match in _QUOTED.finditer(self.reading.low):
            yield Span(match.start(1), match.end(1), "NOM", "masquer", "champ d'un fichier")

    def _span(self, start: int, end: int, reason: str) -> Span:
        return self.names.span(start, end, "verifier", reason)

    def _labelled(self) -> Iterator[Span]:
        """« Absents : Oihan, Xavière et Foulques »."""
        reading = self.reading
        done = 0
        for index, word in enumerate(reading.low_words):
            if word not in _ROLES or index < done:
                continue
            label = _LABEL.match(reading.low, reading.ends[index])
            if label is None or label.end() >= len(reading.low):
                continue
            place = reading.index_from(label.end())
            if place >= len(reading) or reading.starts[place] != label.end():
                continue
            if _OF_A_FIRM.search(label[0]):
                continue
            for number in range(30):
                first, end = self._item(place, follows=number > 0)
                if end == first:
                    break
                yield self._span(first, end, "liste de personnes")
                done = end
                gap = _SEPARATOR.match(reading.low, self._after_brackets(reading.ends[end - 1]))
                if gap is None:
                    break
                place = reading.index_from(gap.end())
                if place >= len(reading) or reading.starts[place] != gap.end():
                    break

    def _after_brackets(self, end: int) -> int:
        """After « (8 ans) », « (excusé) »."""
        bracket = re.compile(r" ?\([^()\n]{1,24}\)").match(self.reading.low, end)
        return bracket.end() if bracket else end

    def _item(self, index: int, *, follows: bool = False) -> tuple[int, int]:
        """The one to four words of a name at `index`, without its civility; empty when there is none."""
        reading, bits = self.reading, self.reading.bits
        shapeless = reading.lower_case or reading.upper_case
        while index < len(reading) and bits[index] & CIVILITY and reading.gap(index) in (" ", ". "):
            index += 1
        first = index
        while index < len(reading) and index - first < 5:
            bit, word = bits[index], reading.low_word(index)
            if word in _NOT_NAMES or (bit & EMPTY and not bit & (FIRST | SURNAME | PARTICLE | INITIAL)):
                break
            if not bit & CAPITAL and not (bit & PARTICLE and index + 1 < len(reading)):
                break
            if bit & (PLACE | ORGANISATION) and not bit & (FIRST | SURNAME) and index == first:
                break
            index += 1
            gap = reading.gap(index - 1)
            if gap not in (" ", "-", "'") and not (gap in (". ", ".-", "- ") and bit & INITIAL):
                break
        while index > first and bits[index - 1] & PARTICLE and not bits[index - 1] & (FIRST | SURNAME):
            index -= 1
        if index == first:
            return first, first
        alone = index == first + 1 and len(reading.words[first]) < 6
        if alone and bits[first] & UPPER and not bits[first] & (FIRST | SURNAME) and not shapeless:
            return first, first  # « ASVP »
        named = [bits[place] & (FIRST | SURNAME) or not bits[place] & KNOWN for place in range(first, index)]
        if shapeless and not all(bits[place] & (FIRST | SURNAME | PARTICLE) for place in range(first, index)):
            return first, first
        return (first, index) if any(named) or (follows and not shapeless) else (first, first)

    def _pairs(self) -> Iterator[Span]:
        """« BERGER Fleur », « Yvonne PAGE », « Yvonne Page »: a surname that means something, beside a first name."""
        reading, bits = self.reading, self.reading.bits
        if reading.upper_case:
            return
        for index in range(len(reading) - 1):
            bit, other = bits[index], bits[index + 1]
            if not (bit & CAPITAL and other & CAPITAL) or reading.gap(index) not in (" ", "  ", "\t", ";"):
                continue
            if (bit | other) & (CIVILITY | INITIAL | STREET) or (index and bits[index - 1] & (STREET | PUBLIC)):
                continue
            if index and reading.gap(index - 1) in ("-", "'"):
                continue
            upper_first = bool(bit & UPPER) and not other & UPPER and bool(other & FIRST)
            upper_last = bool(other & UPPER) and not bit & UPPER and bool(bit & FIRST)
            surname, sure = (index, index + 1) if upper_first else (index + 1, index)
            if upper_first or upper_last:
                word = reading.words[surname]
                if (
                    len(word) < (3 if bits[surname] & SURNAME else 4)
                    or _ROMAN.fullmatch(word)
                    or bits[surname] & (ORGANISATION | PUBLIC)
                    or reading.low_word(surname) in _NOT_NAMES
                ):
                    continue
            elif reading.gap(index) == " ":
                # Both in capital and small letters: a sure first name, and an ordinary word that a name may be.
                sure = index if self._sure(bit) else index + 1 if self._sure(other) and self._begins_line(index) else -1
                if sure < 0 or self._sentence_word(index):
                    continue
                surname = index + 1 if sure == index else index
                if surname < sure and not bits[surname] & (FIRST | SURNAME) and bits[surname] & KNOWN:
                    continue
                if bits[surname] & (PLACE | ORGANISATION | PUBLIC) or reading.low_word(surname) in _NOT_NAMES:
                    continue
            else:
                continue
            if self.names.blocked(index):
                continue
            yield self._span(index, index + 2, "prénom à côté d'un nom")

    @staticmethod
    def _sure(bit: int) -> bool:
        return bool(bit & FIRST) and not bit & (COMMON | PLACE | ORGANISATION | EMPTY)

    def _begins_line(self, index: int) -> bool:
        start = self.reading.starts[index]
        return (
            re.search(r"(?:^|\n)[ \t>]*(?:[-•*–]|\d{1,3}[.)])? ?$", self.reading.text[max(0, start - 8) : start])
            is not None
        )

    def _sentence_word(self, index: int) -> bool:
        """« Merci Yvonne »: an ordinary word that its sentence gives a capital."""
        bit = self.reading.bits[index]
        return (
            bool(bit & KNOWN)
            and not bit & (FIRST | SURNAME)
            and self.names.sentence_start(index)
            and not self._begins_line(index)
        )

    def _announced(self) -> Iterator[Span]:
        """« au nom de Page », « chez les Charpentier », « merci à Ombeline »."""
        reading, bits = self.reading, self.reading.bits
        for index, bit in enumerate(bits):
            if not bit & CAPITAL or (bit & (EMPTY | CIVILITY | PUBLIC) and not bit & (FIRST | SURNAME)):
                continue
            start = reading.starts[index]
            if reading.text[start - 1 : start] != " " or _NAMED.search(reading.low, max(0, start - 26), start) is None:
                continue
            sure = _SURELY.search(reading.low, max(0, start - 14), start) is not None and not bit & EMPTY
            if bit & (PLACE | ORGANISATION) or (bit & KNOWN and not bit & (FIRST | SURNAME) and not sure):
                continue
            first, end = self._item(index, follows=sure)
            if end > first:
                yield self._span(first, end, "nom annoncé par la phrase")

    def _vocatives(self) -> Iterator[Span]:
        """« Étienne, la clé est sous le pot »: a name alone at the start of a paragraph."""
        reading, bits = self.reading, self.reading.bits
        for match in _ADDRESSED.finditer(reading.text):
            index = reading.index_from(match.start(1))
            bit = bits[index]
            if (bit & FIRST and not bit & COMMON) or not bit & (KNOWN | EMPTY | PLACE | ORGANISATION | UPPER):
                yield self._span(index, index + 1, "personne à qui l'on écrit")

    def _registers(self) -> Iterator[Span]:
        """« Baldacchino camion DG-660-AN »: the name that begins a line which holds somebody's number or address."""
        reading, bits = self.reading, self.reading.bits
        starts = sorted(span.start for span in self.data)
        for line in sorted({reading.line(span.start) for span in self.data if span.label not in ALERTS}):
            index = reading.index_from(line[0])
            if (
                line[1] - line[0] > 130
                or index >= len(reading)
                or reading.text[line[0] : reading.starts[index]].strip(" \t>-•*–0123456789.)")
            ):
                continue
            if bisect_left(starts, line[0]) < bisect_left(starts, reading.ends[index]):
                continue
            bit = bits[index]
            if not bit & CAPITAL or bit & (CIVILITY | STREET | PUBLIC) or reading.low_word(index) in _NOT_NAMES:
                continue
            second = index + 1 < len(reading) and bits[index + 1] & CAPITAL and reading.gap(index) in (" ", "-")
            unknown = not bit & (KNOWN | PLACE | ORGANISATION)
            if second and bit & FIRST and not bits[index + 1] & (PUBLIC | ORGANISATION):
                yield self._span(index, index + 2, "nom au début d'une ligne de registre")
            elif (
                unknown
                and not second
                and reading.gap(index)[:1] in (" ", ",", ";", "\t", "|")
                and (len(reading.words[index]) > 3 and not bit & UPPER)
            ):
                yield self._span(index, index + 1, "nom au début d'une ligne de registre")

    def _initials(self) -> Iterator[Span]:
        """« J.-B. Page », « P. Berger »."""
        reading, bits = self.reading, self.reading.bits
        for match in _INITIALS.finditer(reading.text):
            index = reading.index_from(match.end())
            if index >= len(reading) or reading.starts[index] != match.end():
                continue
            bit = bits[index]
            if bit & SURNAME or not bit & (KNOWN | PLACE | ORGANISATION):
                first = reading.index_from(match.start())
                if not (bit & UPPER and len(reading.words[index]) < 3) and not self.names.blocked(first):
                    yield self._span(first, index + 1, "initiale et nom")

    def _between(self) -> Iterator[Span]:
        """« Malo et Enora », « Oihan, Xavière, Foulques »: a capital beside names, in the same list."""
        reading = self.reading
        for span in self.found:
            if span.label != "NOM" or reading.upper_case:
                continue
            first = reading.index_from(span.start)
            if first >= 1 and reading.gap(first - 1) in (" et ", ", ", " & ", "/", " / "):
                yield from self._beside(first - 1, both=reading.gap(first - 1) == " et ")
            elif first >= 2 and reading.low_word(first - 1) == "et" and reading.gap(first - 1) == " ":
                yield from self._beside(first - 2, both=True)
            last = reading.index_at(span.end - 1)
            if last + 2 < len(reading) and reading.low_word(last + 1) == "et" and reading.gap(last + 1) == " ":
                yield from self._beside(last + 2, both=True)
            elif last + 1 < len(reading) and reading.gap(last) in (", ", "/", " / "):
                yield from self._beside(last + 1, both=False)

    def _beside(self, index: int, *, both: bool) -> Iterator[Span]:
        bit = self.reading.bits[index]
        if not bit & CAPITAL or bit & UPPER or bit & (CIVILITY | INITIAL | STREET | PUBLIC):
            return
        if index and (
            self.reading.gap(index - 1) in ("-", "'") or self.reading.bits[index - 1] & (STREET | PUBLIC | PLACE)
        ):
            return
        listed = bit & FIRST or (bit & SURNAME and not bit & (KNOWN | PLACE))
        unknown = not bit & (KNOWN | PLACE | ORGANISATION | EMPTY) and both
        fits = (listed and (both or not bit & PLACE)) or unknown
        if fits and not (self.names.sentence_start(index) and bit & EMPTY) and not self.names.blocked(index):
            yield self._span(index, index + 1, "nom à côté d'un autre")
