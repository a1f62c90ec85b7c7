"""Turns of phrase that announce a person: kinship, introductions; all cues together are read by `CueReader`."""

from __future__ import annotations

from collections.abc import Iterator

from atelier_ia.privacy.cue_patterns import (
    FAMILIES,
    FAMILY,
    FILED,
    STRONG,
    WEAK,
    WEAK_UNKNOWN,
)
from atelier_ia.privacy.lexicon import (
    CAPITAL,
    CIVILITY,
    COMMON,
    EMPTY,
    FIRST,
    KIN,
    KNOWN,
    ORGANISATION,
    PARTICLE,
    PLACE,
    SURNAME,
    UPPER,
)
from atelier_ia.privacy.neighbour_cues import NeighbourCues
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import wakers, words

_TOLD_TO = frozenset(
    {
        "dire a",
        "dis a",
        "dites a",
        "demande a",
        "demandez a",
        "demander a",
        "parler a",
        "parle a",
        "transmettre a",
        "naissance de",
        "bapteme de",
        "deces de",
        "mariage de",
        "anniversaire de",
        "obseques de",
        "tombe de",
        "gardien",
        "gardienne",
        "brigadier",
        "capitaine",
        "lieutenant",
        "adjudant",
        "major",
    }
)


_SMALL = frozenset(
    {"le petit", "la petite", "les petits", "les petites", "le jeune", "la jeune", "les jeunes", "l'enfant"}
)


# « son frère désiré »: a first name that is above all a participle.
_PARTICIPLES = frozenset({"désiré", "désirée", "aimé", "aimée", "honoré", "honorée", "fidèle", "modeste", "placide"})
_OWNERS = words("cues_owners")
_STRONG_WAKERS = wakers("cue_patterns_strong")
_WEAK_WAKERS = wakers("cue_patterns_weak")


class CueReader(NeighbourCues):
    """Finds names by what stands before them."""

    def all(self) -> Iterator[Span]:
        """Every name announced by a cue; overlaps are settled later."""
        yield from self.kinship()
        yield from self.introductions()
        yield from self.fields()
        yield from self.signatures()
        yield from self.headers()
        yield from self.spelled()
        yield from self.neighbours()

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
                if (not following & FIRST or (following & COMMON and not following & CAPITAL)) and not stranger:
                    continue
            if following & (EMPTY | CIVILITY) and not (following & FIRST):
                continue
            own = index > 0 and (bool(names.bits[index - 1] & KIN) or reading.low_word(index - 1) in _OWNERS)
            capital = following & CAPITAL and not names.shapeless(begin)
            if capital:
                if following & KNOWN and not following & (FIRST | SURNAME) and not own:
                    continue
                if following & (PLACE | ORGANISATION) and not following & (FIRST | SURNAME):
                    continue
                if gap == ", " and following & KNOWN and not following & FIRST:
                    continue
            elif own and gap == " " and reading.words[begin] in _PARTICIPLES:
                yield names.span(begin, begin + 1, "verifier", "nom d'un proche")
                continue
            elif gap == ", " and self._plain_surname(begin):
                pass  # « celui du père, dos santos »
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

    def _plain_surname(self, index: int) -> bool:
        """Where capitals say nothing, a listed surname that means nothing else, with or without particles."""
        names = self.names
        while index + 1 < len(self.reading) and names.bits[index] & PARTICLE and self.reading.gap(index) == " ":
            index += 1
        bit = names.bits[index]
        return names.shapeless(index) and bool(bit & SURNAME) and not bit & (KNOWN | PLACE | COMMON)

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
            if not (bit & CAPITAL or (bit & FIRST and not bit & COMMON and len(reading.words[begin]) > 3)):
                return
            if bit & UPPER and len(reading.words[begin]) < 4 and not (bit & (FIRST | SURNAME) or reading.upper_case):
                return  # « Noé Costa, CP, école des Tilleuls »
            following = names.take(begin, forced=True)
            if following == begin:
                return
            yield names.span(begin, following, "verifier", "nom dans une énumération de personnes")
            end = following

    def introductions(self) -> Iterator[Span]:
        """« je soussignée X », « suivi par X », « Bonjour X, »."""
        reading = self.reading
        for match in reading.woken(_STRONG_WAKERS, STRONG):
            yield from self._after_strong(match[0].strip(" :,"), match.end())
        for match in reading.woken(_WEAK_WAKERS, WEAK):
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
        if cue in _SMALL and reading.words[index - 1][:1].isupper():
            return  # « Le Petit Prince »
        bit = names.bits[index]
        named = bool(bit & (FIRST | SURNAME))
        shapeless = names.shapeless(index)
        plain = shapeless or not bit & CAPITAL
        if not self._particles_here(index) and not (bit & SURNAME and plain and cue in FAMILY):
            if (bit & EMPTY and not bit & FIRST) or (bit & (PLACE | ORGANISATION) and not named):
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
        if (
            (
                end > index
                and cue.startswith(("je m'app", "je soussign", "mon nom"))
                and end - index == 1
                and end < len(reading)
            )
            and names.bits[end] & CAPITAL
            and not names.shapeless(end)
            and reading.gap(end - 1) == " "
        ):
            end += 1  # « Je m'appelle Clair Matin »
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
        if cue == "pour" and reading.low_word(index) in ("la", "le", "les"):
            return
        bit = names.bits[index]
        if bit & SURNAME and cue in FAMILIES and names.shapeless(index):
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
        elif cue not in WEAK_UNKNOWN and not any(
            (bits & FIRST and not bits & COMMON) or (bits & SURNAME and not bits & KNOWN)
            for bits in names.bits[index:end]
        ):
            return
        yield names.span(index, end, "verifier" if end - index == 1 else "masquer", "nom annoncé par la phrase")
        if reading.gap(end - 1) in ("/", " / ", " "):
            yield from self._list(end)

    def _alone_enough(self, index: int, cue: str) -> bool:
        """Is one word that is no listed first name enough after this cue?"""
        reading, bit = self.reading, self.names.bits[index]
        surname = bit & SURNAME and not bit & KNOWN and bit & CAPITAL and not self.names.shapeless(index)
        filed = cue in FILED and self.names.shapeless(index) and not bit & KNOWN
        if cue not in WEAK_UNKNOWN and cue not in _TOLD_TO and not surname and not filed:
            return False
        if not bit & KNOWN or cue in FAMILIES:
            return True
        if bit & FIRST and bit & CAPITAL and cue in _TOLD_TO and not self.names.shapeless(index):
            return True
        after = reading.text[reading.ends[index] : reading.ends[index] + 1]
        return after in (",", "!", "\n") and bool(bit & CAPITAL) and cue not in ("merci", "c'est")
