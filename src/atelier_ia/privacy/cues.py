"""Turns of phrase that announce a person: kinship, introductions, form fields, signatures, message headers, speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.lexicon import (
    CAPITAL,
    CIVILITY,
    COMMON,
    EMPTY,
    FIRST,
    INITIAL,
    KIN,
    KNOWN,
    ORGANISATION,
    PARTICLE,
    PLACE,
    PUBLIC,
    SURNAME,
    UPPER,
)
from atelier_ia.privacy.names import NameReader
from atelier_ia.privacy.spans import Span

# A name surely follows.
_STRONG = re.compile(
    r"(?<![a-z])(?:(?:mon )?(?:pre)?nom(?: de (?:famille|naissance|jeune fille))?|(?:je )?soussigne(?:e|\(e\)|s|es)?|je suis|jsuis|jsui|chui|moi c'?est|(?:slt|bjr|bonjour|coucou|salut|bsr|allo)[ ,]{1,2}(?:ici|moi )?(?:c'est|cest|ces|c|g|moi)|je m'app?el?le?|m'app?ell?e|s'app?ell?(?:e|ent|ait)|je me (?:nomme|prenomme|presente)|mon nom (?:est|c'est|c)|au nom de|(?:de|pre)?nomme(?:e|s|es|\(e\))?|appelee?|nee|epouse|epoux|veuve|veuf|ep\.|vve|divorcee?|de la part de"
    r"|a l'att(?:ention|\.)? de|signee? ?:?|signe par|suivie? par|redigee? par|ecrite? par|instruite? par|etablie? par|presentee? par|traitee? par|deposee? par|formulee? par|representee? par|accompagnee? (?:de|par)|assistee? de|remplacee? par|(?:donne )?pouvoir a|procuration a|l'agent|le jeune|la jeune|l'eleve|l'enfant|le petit|la petite|le nomme|la nommee|rapporteur|rapporteure|rapporteuse|secretaire de seance)"
    r"(?: ?:| ,|,)? (?:est |par )?(?=[\w«\"'])"
)
# A name may follow: only words that look like one are taken.
_WEAK = re.compile(
    r"(?<![a-z])(?:c'est|moi c'est|ici|chez|famille|consorts|succession|indivision|couple|dossier|affaire|bonjour|bonsoir|salut|coucou|hello|chere?s?|merci|allo|bjr|slt|bsr|cc|avec|contacter|appeler|joindre|demander|rappeler|prevenir|voir|dit|remercie|selon|signe|cordialement|cdlt|cdt|amicalement|bien a vous|bav|respectueusement|bises|a bientot|dixit|propose|presente|par|pour|vente|divorce|feu|defunte?|et|heritiers?|monsieur et madame|salle de|relance|agent|dire a|dis a|dites a|demande[rz]? a|parler a|parle a|transmettre a|dites-lui|que|si|ke|gardee? par|recommande|convoque|rencontre|rencontrer|vu)"
    r"[ ,]{1,2}(?=[\w])"
)
_WEAK_UNKNOWN = frozenset(
    "c'est|moi c'est|bonjour|bonsoir|salut|coucou|hello|cher|chere|chers|cheres|famille|vente|divorce|consorts|succession|indivision|couple|merci|allo|bjr|slt|bsr|cordialement|cdlt|cdt|amicalement|bien a vous|bav|respectueusement|bises|a bientot|feu|defunt|defunte|signe|prevenir|remercie".split(
        "|"
    )
)
_FIELD = re.compile(
    r"(?<![a-z])(nom(?:s)?(?: (?:et|/|ou|,|&) ?prenoms?)?(?: (?:de naissance|de famille|de jeune fille|d'usage|d'epou[sx]e?|marital|usuel|patronymique|complet|prenoms?|de l'enfant|de l'eleve|du demandeur|de la demandeuse|du declarant|du titulaire(?: du compte)?|du pere|de la mere|du parent(?: \d)?|du representant(?: legal)?|du conjoint|du defunt|de la personne[a-z ']{0,24}|de l'usager|de l'agent|du locataire|du proprietaire|du beneficiaire|du contact|du signataire|(?:de|du|des) [a-z' ]{3,32}))?"
    r"|nom ?/ ?prenoms?|prenoms?(?:(?: et|,| ?/) ?noms?)?(?: (?:de l'enfant|de l'eleve|du demandeur|usuel|du pere|de la mere|des enfants|de naissance))?|nom\(s\)|prenom\(s\)|nom et prenom\(s\)|nom, prenom"
    r"|demandeu(?:r|se)|requerante?|petitionnaire|declarante?|beneficiaire|titulaire(?: du compte| du livret| de la carte)?|representants?(?: legal| legaux)?|responsables? leg(?:al|aux)(?: \d)?|parent ?\d?|pere|mere|conjointe?|epou(?:x|se)|enfants? ?\d?|eleve|interlocut(?:eur|rice)|contact|signataires?|signature|les maries|maries?|mariee|usagere?|locataires?|proprietaires?|expediteur|expeditrice|destinataires?|from|patiente?|assuree?|allocataire"
    r"|temoins?|defunte?|concessionnaire|rapporteur|rapporteure|secretaire(?: de seance)?|presidente? de seance|redacteur|redactrice|auteure?|emis par|recu par|saisi par|suivi par|affaire suivie par|dossier suivi par|instructeur|instructrice|referente?|personnes? a (?:prevenir|contacter)|tuteur|tutrice|curateur|curatrice|plaignante?|victime|mis en cause|auteur presume|conducteur|conductrice|adherente?|inscrite?|candidate?|agent(?:e)?|votes? contre|contre|abstentions?|ont vote contre|s'abstiennent|(?:etaient |etait )?presents?|absents?(?: excuses?)?|excuses?(?: ayant donne pouvoir)?|pouvoirs?|procurations?|present\(e\)s|participants?|invites?|ordre du jour presente par|de|a|cc|cci|pour|par|appelant|appelante|correspondante?|intervenante?|maire|responsable|gestionnaire|directeur|directrice|acquereur|vendeur|mandataire|gerante?|heritiers?|notaire)"
    r"[ ]{0,2}[:=][ \t_.]{0,6}(?=[^\s:])"
)
_FREE_FIELD = re.compile(r"(?:nom|prenom)")
_NEXT_FIELD = re.compile(
    r"\t|\||;| {3,}|\n|\.{3}|_{2,}|(?<![a-z])(?:pre)?nom|(?<![a-z])(?:ne\(?e?\)? (?:le|a)|date|adresse|tel|telephone|mail|courriel|email|age|sexe|profession|portable|service|fonction|qualite|domicilie|demeurant|n°)(?![a-z])"
)
_CLOSING = re.compile(
    r"(?<![a-z])(?:cordialement|cordiales salutations|salutations?|salutations distinguees|respectueusement|bien a (?:vous|toi)|a bientot|bonne (?:journee|reception|soiree|fin de journee|semaine)|sinceres? salutations|sincerement|amicalement|amities|cdlt|cdt|cordt|bav|bises|bisous|dans l'attente[^\n]{0,90}|distinguees?|devouees?|respectueux|respectueuses|meilleur(?:e)?s (?:salutations|sentiments)|sentiments (?:les meilleurs|respectueux|distingues)|consideration(?: distinguee)?|d'avance|par avance|merci|mercii?|mrc|merci (?:bcp|beaucoup|de votre aide|pour votre aide)|salut|signature|signe|l'interesse\(?e?\)?|fait a [^\n]{2,60})"
    r"[ ]?[.,!;:)]{0,3}[ ]{0,2}(?:\n[ \t>*_\-]{0,6}){0,4}"
)
_HEADER_NAME = re.compile(r"([^\n<>:;\"@\[\](),]{2,50})[\"']?[ ]{0,2}[<\[(][ ]?(?:mailto:)?$")
_WROTE = re.compile(r"(?<![^\W\d_])a [ée]crit")
_WRITER = re.compile(
    r"(?:^|[,>\n\-]|\d{2}[:h]\d{2}(?::\d{2})?,?|\d{4},?)[ ]{0,2}([^\n<>,:;]{3,50}?)[ ]{0,2}"
    r"(?:<[^>\n]{3,60}>|\([^)\n]{3,60}\)|\[[^\]\n]{3,60}\])?[ ]{0,2}$"
)
_SPEAKER = re.compile(r"^[ \t>*\-•]{0,4}([A-ZÀ-Þ][^\n:.,;!?]{1,38}?) ?: ", re.MULTILINE)
_FAMILY = frozenset(
    "nee epouse veuve veuf ep. vve divorcee m'appelle je m'appelle soussigne soussignee je soussigne je soussignee nomme nommee".split()
)
_FAMILIES = frozenset({"famille", "consorts", "indivision", "succession", "vente", "divorce", "heritiers", "heritier"})
_LAST_WORD = re.compile(r"[.!?] ([^\W\d_]{3,20}(?:-[^\W\d_]{2,20})?)$")
_SENTENCE_END = re.compile(r"[a-z]{3}[.!?] ")
_SPELLED = re.compile(r"(?<![a-z'])(?:[a-z](?:, | - |-| )){3,18}[a-z](?![a-z'])")


class CueReader:
    """Finds names by what stands before them."""

    def __init__(self, names: NameReader) -> None:
        self.names = names
        self.reading = names.reading

    def all(self) -> Iterator[Span]:
        """Every name announced by a cue; overlaps are settled later."""
        yield from self.kinship()
        yield from self.introductions()
        yield from self.fields()
        yield from self.signatures()
        yield from self.headers()
        yield from self.spelled()

    def _looks(self, index: int) -> bool:
        """Does the word look like a name by itself: listed, or capitalised and unknown?"""
        bit = self.names.bits[index]
        if bit & (EMPTY | CIVILITY | PLACE | ORGANISATION | PUBLIC) and not bit & (FIRST | SURNAME):
            return False
        if bit & UPPER and bit & ORGANISATION or self.names.is_model(index):
            return False
        if bit & FIRST and not bit & COMMON:
            return len(self.reading.words[index]) > 2
        shapeless = self.names.shapeless(index)
        if bit & SURNAME and not bit & KNOWN:
            return True
        if not bit & CAPITAL or shapeless:
            return False
        if bit & KNOWN:
            return bool(bit & (FIRST | SURNAME))
        return len(self.reading.words[index]) > 2

    def _particles_here(self, index: int) -> bool:
        """« de La Tour », « Le Gall »: do particles lead to a word that looks like a name?"""
        if not self.names.bits[index] & PARTICLE:
            return False
        end = self.names._after_particles(index, True, False)
        return end > index and self._looks(end - 1)

    def _lower_unknown(self, index: int, cue: str) -> bool:
        """In a text without capitals, an unknown word after a greeting, before a pause or another name."""
        bit = self.names.bits[index]
        word = self.reading.words[index]
        if (
            cue not in _WEAK_UNKNOWN
            or not self.names.shapeless(index)
            or bit & (KNOWN | PLACE | ORGANISATION)
            or len(word) < 4
        ):
            return False
        after = self.reading.text[self.reading.ends[index] : self.reading.ends[index] + 1]
        if after in ("", ",", "\n", "!", "."):
            return True
        return (
            index + 1 < len(self.reading)
            and bool(self.names.bits[index + 1] & (FIRST | SURNAME))
            and self.reading.gap(index) in (" ", "-")
        )

    def kinship(self) -> Iterator[Span]:
        """« mon fils Nolan », « sa voisine, Josiane »."""
        reading, names = self.reading, self.names
        for index, bit in enumerate(names.bits):
            if not bit & KIN or index + 1 >= len(reading):
                continue
            gap = reading.gap(index)
            if gap not in (" ", ", ", " (", "  ", " : "):
                continue
            following = names.bits[index + 1]
            begin = index + 1
            if reading.low_word(begin) in ("de", "d") and gap == " " and begin + 1 < len(reading):
                begin += 1
                following = names.bits[begin]
                stranger = (
                    following & CAPITAL
                    and not names.shapeless(begin)
                    and not following & (KNOWN | PLACE | ORGANISATION)
                )
                if (not following & FIRST or following & COMMON) and not stranger:
                    continue
            if following & (EMPTY | CIVILITY) and not (following & FIRST):
                continue
            own = index > 0 and reading.low_word(index - 1) in (
                "mon",
                "ma",
                "mes",
                "son",
                "sa",
                "ses",
                "notre",
                "nos",
                "leur",
                "leurs",
                "votre",
                "vos",
                "ton",
                "ta",
                "l",
                "la",
                "le",
                "m",
                "petite",
                "petit",
            )
            capital = following & CAPITAL and not names.shapeless(begin)
            if capital:
                if following & KNOWN and not following & (FIRST | SURNAME) and not own:
                    continue
                if following & (PLACE | ORGANISATION) and not following & (FIRST | SURNAME):
                    continue
                if gap == ", " and following & KNOWN and not following & FIRST:
                    continue
            elif not (following & FIRST and (own or not following & COMMON) and len(reading.words[begin]) > 2) and not (
                own
                and gap == " "
                and not following & KNOWN
                and len(reading.words[begin]) > 3
                and names.shapeless(begin)
            ):
                continue
            end = names.take(begin, forced=True)
            if end > begin:
                yield names.span(begin, end, "masquer" if own or following & FIRST else "verifier", "nom d'un proche")
                yield from self._list(end)

    def _list(self, end: int) -> Iterator[Span]:
        """After a name, « , Mia et Noam »."""
        reading, names = self.reading, self.names
        for _ in range(6):
            if end >= len(reading):
                return
            gap = reading.gap(end - 1)
            begin = end
            if gap in (" ", ", ") and reading.low_word(end) in ("et", "ou", "puis") and end + 1 < len(reading):
                begin = end + 1
                if reading.gap(end) != " ":
                    return
            elif gap not in (", ", " / ", "/"):
                return
            bit = names.bits[begin]
            if bit & (EMPTY | CIVILITY | PLACE | ORGANISATION) or (bit & KNOWN and not bit & FIRST):
                return
            if not (bit & CAPITAL or (bit & FIRST and not bit & COMMON)):
                return
            following = names.take(begin, forced=True)
            if following == begin:
                return
            yield names.span(begin, following, "verifier", "nom dans une énumération de personnes")
            end = following

    def introductions(self) -> Iterator[Span]:
        """« je soussignée X », « suivi par X », « Bonjour X, »."""
        low = self.reading.low
        for match in _STRONG.finditer(low):
            yield from self._after_strong(match[0].strip(" :,"), match.end())
        for match in _WEAK.finditer(low):
            yield from self._after_weak(match[0].strip(" ,"), match.end())

    def _after_strong(self, cue: str, position: int) -> Iterator[Span]:
        reading, names = self.reading, self.names
        index = reading.index_from(position)
        if index >= len(reading) or reading.starts[index] > position + 2:
            return
        while index < len(reading) and names.bits[index] & CIVILITY and not names.bits[index] & FIRST:
            index += 1
        if index >= len(reading):
            return
        if cue in ("le petit", "la petite", "le jeune", "la jeune") and reading.words[index - 1][:1].isupper():
            return  # « Le Petit Prince »
        bit = names.bits[index]
        named = bool(bit & (FIRST | SURNAME))
        shapeless = names.shapeless(index)
        plain = shapeless or not bit & CAPITAL
        if not self._particles_here(index) and not (bit & SURNAME and plain and cue in _FAMILY):
            if bit & EMPTY and not bit & FIRST or bit & (PLACE | ORGANISATION) and not named:
                return
            if (
                bit & KNOWN
                and not named
                and (plain or cue.split()[0] in ("par", "signe", "signee", "rapporteur", "appele"))
            ):
                return
            if bit & KNOWN and bit & COMMON and plain:
                following = names.bits[index + 1] if index + 1 < len(reading) and reading.gap(index) == " " else 0
                if not following & SURNAME and not (following and not following & (KNOWN | PLACE | ORGANISATION)):
                    return
            stranger = shapeless and not bit & KNOWN and len(reading.words[index]) > 3
            if not bit & CAPITAL and not self._looks(index) and not stranger and not (bit & FIRST and bit & COMMON):
                return
        end = names.take(index, forced=True)
        if end == index and bit & SURNAME:
            end = index + 1
        if end > index:
            yield names.span(index, end, "masquer", "nom annoncé par la phrase")
            yield from self._list(end)

    def _after_weak(self, cue: str, position: int) -> Iterator[Span]:
        reading, names = self.reading, self.names
        index = reading.index_from(position)
        if index >= len(reading) or reading.starts[index] != position:
            return
        if reading.low_word(index) in ("de", "d", "du") and index + 1 < len(reading) and names.bits[index + 1] & FIRST:
            index += 1
        bit = names.bits[index]
        if bit & SURNAME and cue in _FAMILIES and names.shapeless(index):
            end = max(names.take(index, forced=True), index + 1)
            yield names.span(index, end, "verifier", "nom de famille")
            return
        if not self._looks(index) and not self._particles_here(index) and not self._lower_unknown(index, cue):
            return
        end = names.take(index, forced=True)
        if end == index or names.blocked(index):
            return
        if end - index == 1:
            if not (bit & FIRST and not bit & COMMON) and not self._alone_enough(index, cue):
                return
        elif cue not in _WEAK_UNKNOWN and not any(
            bits & FIRST and not bits & COMMON or bits & SURNAME and not bits & KNOWN for bits in names.bits[index:end]
        ):
            return
        yield names.span(index, end, "verifier" if end - index == 1 else "masquer", "nom annoncé par la phrase")
        if reading.gap(end - 1) in ("/", " / ", " "):
            yield from self._list(end)

    def _alone_enough(self, index: int, cue: str) -> bool:
        """Is one word that is no listed first name enough after this cue?"""
        reading, bit = self.reading, self.names.bits[index]
        surname = bit & SURNAME and not bit & KNOWN and bit & CAPITAL and not self.names.shapeless(index)
        if cue not in _WEAK_UNKNOWN and not surname:
            return False
        if not bit & KNOWN or cue in _FAMILIES:
            return True
        after = reading.text[reading.ends[index] : reading.ends[index] + 1]
        return after in (",", "!", "\n") and bool(bit & CAPITAL) and cue not in ("merci", "c'est")

    def fields(self) -> Iterator[Span]:
        """« Nom : DUPONT », « Demandeur : … », « Présents : … »."""
        reading, names = self.reading, self.names
        low = reading.low
        for match in _FIELD.finditer(low):
            label = match[1]
            start = match.end()
            line_end = min(reading.line(start)[1], start + 600)
            stop = _NEXT_FIELD.search(low, start, line_end)
            limit = stop.start() if stop else line_end
            free = _FREE_FIELD.match(label) is not None
            if not free and not self._field_place(match.start()):
                continue
            if (
                label in ("de", "a", "cc", "cci", "pour", "par", "from", "contre")
                and reading.line(match.start())[0] < match.start() - 6
            ):
                continue
            index = reading.index_from(start)
            budget = 60
            while index < len(reading) and reading.starts[index] < limit and budget:
                budget -= 1
                bit = names.bits[index]
                if (
                    reading.text[reading.ends[index] : reading.ends[index] + 1] == "@"
                    or reading.text[reading.starts[index] - 1] in "@."
                ):
                    index += 1
                    continue
                if bit & CIVILITY and not bit & (FIRST | SURNAME) or (index and reading.gap(index - 1) == "-"):
                    index += 1
                    continue
                if not free and _SENTENCE_END.search(low, start, reading.starts[index]):
                    break
                if free:
                    if limit - start > 60:
                        break
                    end = names.take(index, forced=True, free=True)
                elif (
                    self._looks(index)
                    or self._particles_here(index)
                    or (
                        not bit & KNOWN
                        and (bit & UPPER or names.shapeless(index))
                        and len(reading.words[index]) > 3
                        and not bit & (PLACE | ORGANISATION)
                    )
                ):
                    end = names.take(index, forced=True)
                else:
                    end = index
                while end > index and reading.starts[end - 1] >= limit:
                    end -= 1
                if end > index and (free or not names.blocked(index)):
                    yield names.span(index, end, "masquer", "nom dans un champ")
                    index = end
                else:
                    index += 1

    def _field_place(self, start: int) -> bool:
        """Does the label begin a line, a cell or a clause, rather than end a sentence (« vos enfants : »)?"""
        before = self.reading.text[max(0, start - 12) : start]
        return (
            not before.strip()
            or before.endswith("  ")
            or before.rstrip()[-1] in ",;|.-•*>()/\t:"
            or "\n" in before[len(before.rstrip()) :]
        )

    def signatures(self) -> Iterator[Span]:
        """The line under « Cordialement », and the text's last line."""
        reading, names = self.reading, self.names
        low = reading.low
        for match in _CLOSING.finditer(low):
            if (
                "\n" in match[0]
                or match[0].rstrip().endswith((",", ".", "!"))
                or match[0].startswith(
                    ("cordialement", "cdlt", "cdt", "bav", "amicalement", "respectueusement", "bien a")
                )
            ):
                yield from self._signed(match.end())
        last = len(low.rstrip())
        start = reading.line(last - 1)[0] if last else 0
        if 0 < last - start < 40 and start:
            yield from self._signed(start, alone=True)
        closing = _LAST_WORD.search(low, max(0, last - 40), last)
        if closing:
            index = reading.index_from(closing.start(1))
            bit = names.bits[index]
            plain = not bit & CAPITAL or names.shapeless(index)
            if (
                bit & FIRST
                and (not plain or not bit & COMMON)
                or not plain
                and not bit & (KNOWN | PLACE | ORGANISATION)
            ):
                yield names.span(index, len(reading), "verifier", "signature")

    def _signed(self, position: int, alone: bool = False) -> Iterator[Span]:
        reading, names = self.reading, self.names
        index = reading.index_from(position)
        if index >= len(reading) or reading.starts[index] > position + 4:
            return
        while index < len(reading) and names.bits[index] & CIVILITY and not names.bits[index] & INITIAL:
            index += 1
        if index >= len(reading):
            return
        bit = names.bits[index]
        line_end = reading.line(reading.starts[index])[1]
        end = names.take(index, forced=True)
        if end == index:
            return
        inner = names.bits[index:end]
        marks = any(b & FIRST or b & SURNAME or b & INITIAL or not b & KNOWN for b in inner)
        rest = low_rest = reading.low[reading.ends[end - 1] : min(line_end, reading.ends[end - 1] + 60)].strip()
        finished = (
            not rest or rest[0] in ",-(/|.;!" or low_rest.startswith(("pour ", "maire", "adjoint", "responsable"))
        )
        if not marks or not finished or names.blocked(index):
            return
        if any(b & (ORGANISATION | PLACE) and not b & (FIRST | SURNAME) for b in inner) and not any(
            b & FIRST for b in inner
        ):
            return
        if end - index == 1:
            if bit & KNOWN and not bit & FIRST and not (bit & SURNAME and bit & CAPITAL):
                return
            if bit & COMMON and not bit & CAPITAL or bit & EMPTY:
                return
            if alone and not (bit & CAPITAL or reading.lower_case):
                return
            if bit & UPPER and len(reading.words[index]) < 5 and not bit & (FIRST | SURNAME):
                return
        sure = any(b & (FIRST | SURNAME) for b in inner)
        yield names.span(index, end, "masquer" if sure else "verifier", "signature")

    def headers(self) -> Iterator[Span]:
        """« Jean Dupont <jean@…> », « Le 3 mai, Jean Dupont a écrit : », « M. LE GALL : … »."""
        reading = self.reading
        text = reading.text
        position = text.find("@")
        while position >= 0:
            opening = max(
                text.rfind("<", max(0, position - 70), position),
                text.rfind("(", max(0, position - 70), position),
                text.rfind("[", max(0, position - 70), position),
            )
            if opening >= 0 and not any(mark in text[opening:position] for mark in ">)]"):
                line_start = max(reading.line(position)[0], opening - 60)
                found = _HEADER_NAME.search(text, line_start, opening + 1)
                if found:
                    yield from self._whole(found.start(1), found.end(1), "expéditeur ou destinataire")
            position = text.find("@", position + 1)
        if "crit" in reading.low:
            for match in _WROTE.finditer(text):
                found = _WRITER.search(text, max(0, match.start() - 125), match.start())
                if found:
                    yield from self._whole(found.start(1), found.end(1), "auteur d'un message cité")
        for match in _SPEAKER.finditer(text):
            index = reading.index_from(match.start(1))
            names = self.names
            while index < len(reading) and names.bits[index] & CIVILITY and not names.bits[index] & INITIAL:
                index += 1
            if (
                index < len(reading)
                and reading.starts[index] < match.end(1)
                and self._looks(index)
                and not names.bits[index] & KNOWN
            ):
                end = names.take(index, forced=True)
                if (
                    end > index
                    and reading.ends[end - 1] >= match.end(1) - 1
                    and (end - index > 1 or names.bits[index] & (FIRST | SURNAME))
                ):
                    yield names.span(index, end, "verifier", "personne qui parle")

    def _whole(self, start: int, end: int, reason: str) -> Iterator[Span]:
        reading, names = self.reading, self.names
        index = reading.index_from(start)
        while index < len(reading) and reading.starts[index] < end:
            bit = names.bits[index]
            if bit & (EMPTY | CIVILITY) and not bit & FIRST or bit & KNOWN and not bit & (FIRST | SURNAME):
                if bit & KNOWN and not bit & EMPTY:
                    return
                index += 1
                continue
            stop = names.take(index, forced=True)
            while stop > index and reading.starts[stop - 1] >= end:
                stop -= 1
            inner = names.bits[index:stop]
            if (
                stop > index
                and any(b & (FIRST | SURNAME) or not b & (KNOWN | PLACE | ORGANISATION) for b in inner)
                and not names.blocked(index)
            ):
                yield names.span(index, stop, "masquer", reason)
            return

    def spelled(self) -> Iterator[Span]:
        """« D, U, P, O, N, T »: a name spelled out."""
        for match in _SPELLED.finditer(self.reading.low):
            yield Span(match.start(), match.end(), "NOM", "verifier", "nom épelé")
