"""Names after « Mme », « M. », « Maître », « monsieur », alone or in a list."""

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
from atelier_ia.privacy.name_grammar import NameGrammar
from atelier_ia.privacy.spans import Level, Span

# « MADAME PRUNIER, NE VIENT PLUS »: in capitals, a word of the dictionary that stands whole before a pause or a verb.
_CAPITAL_CIVILITIES = frozenset(("m", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mr"))
_OFFICE = re.compile(
    r"(?:maire|mairesse|ministre|deput|prefet|juge|procureur|chef|commissaire|notaire|adjoint|president|conseill|greffi"
    r"|huissier|tresorier|officier|policier|gardien|agent|percepteur|gerant|suppleant|delegue|elue?s?$|personne"
    r"|quelqu|bonjour"
    r"|merci|messieurs|mesdames|madame|monsieur|vous|nous|votre|notre|objet)[a-z]*|[a-z]+(?:eure?|rice|taire|iste)s?"
)
_STANDS = re.compile(
    r"(?=[,.;(\n]|$| [nsml]'"
    r"| (?:ne|est|a|qui|habite|demeure|vit|nee?|dit|veut|demande|souhaite|vient|sera|et)(?![a-z]))"
)
_WORDY_CIVILITIES = frozenset(["maitre", "docteur", "docteure", "professeur", "professeure", "messieurs", "mesdames"])


class Civilities(NameGrammar):
    """Reads the names that a civility announces."""

    def span(self, start: int, end: int, level: Level, reason: str) -> Span:
        """The span of the words `start:end`."""
        return Span(self.reading.starts[start], self.reading.ends[end - 1], "NOM", level, reason)

    def civilities(self) -> Iterator[Span]:
        """Names after « Mme », « M. », « Maître », « monsieur »."""
        reading, bits = self.reading, self.bits
        for index, bit in enumerate(bits):
            if not bit & CIVILITY or index + 1 >= len(reading):
                continue
            if bit & (FIRST | SURNAME) and not bit & KNOWN:
                continue
            word = reading.low_word(index)
            gap = reading.gap(index)
            if gap not in (" ", ". ", ".", "  ", " : ", ": ", ".  ", " :", "\n", ".\n", "/", ", ") or (
                gap in ("\n", "/", ", ") and word not in ("m", "mme", "monsieur", "madame", "mr")
            ):
                continue
            if gap in (", ", "\n", ".\n") and not (
                bits[index + 1] & CAPITAL
                and (bits[index + 1] & FIRST or not bits[index + 1] & KNOWN)
                and not reading.lower_case
            ):
                continue
            if word in ("me", "pr", "mad", "sr", "mgr", "m", "mm", "dame", "pr") and not bit & CAPITAL:
                following = bits[index + 1]
                plain = following & KNOWN and not (following & (FIRST | SURNAME) and not following & COMMON)
                unlikely = word != "m" or plain or len(reading.words[index + 1]) < 3
                if unlikely and not (word == "dame" and following & CAPITAL):
                    continue
            particles = bits[index + 1] & PARTICLE and self._after_particles(index + 1, True, False) > index + 1
            if (
                not particles
                and word in ("maitre", "docteur", "professeur", "professeure", "me", "pr", "dame", "pere")
                and not bits[index + 1] & (FIRST | SURNAME)
                and (bits[index + 1] & KNOWN or (not bits[index + 1] & CAPITAL and word not in ("docteur", "maitre")))
            ):
                continue
            begin = self._skip_title(index + 1)
            end = self.take(begin, forced=True)
            if end == begin and self._stands_in_capitals(index):
                yield self.span(begin, begin + 1, "verifier", "nom après une civilité, en capitales")
            if end > begin and self._civil_enough(begin, end, word):
                yield self.span(begin, end, "masquer", "nom après une civilité")
                # « M. et Mme Dupont », « Mmes Dupont et Le Gall »
                if word in ("mm", "mmes", "messieurs", "mesdames") and end < len(reading):
                    yield from self._coordinated(end)

    def _stands_in_capitals(self, index: int) -> bool:
        """« MADAME PRUNIER, … »: is the word after the civility `index` whole, and no office?"""
        reading, onward = self.reading, index + 1
        bit = self.bits[onward]
        return (
            reading.low_word(index) in _CAPITAL_CIVILITIES
            and bool(bit & UPPER and self.bits[index] & (UPPER | INITIAL))
            and self.shapeless(onward)
            and len(reading.words[onward]) > 3
            and not bit & (EMPTY | CIVILITY | PLACE | ORGANISATION | PUBLIC | KIN)
            and _OFFICE.fullmatch(reading.low_word(onward)) is None
            and _STANDS.match(reading.low, reading.ends[onward]) is not None
        )

    def _coordinated(self, end: int) -> Iterator[Span]:
        reading = self.reading
        for _ in range(8):
            if end >= len(reading):
                return
            gap = reading.gap(end - 1)
            begin = end
            if gap == " " and reading.low_word(end) == "et" and end + 1 < len(reading) and reading.gap(end) == " ":
                begin = end + 1
            elif gap != ", ":
                return
            following = self.take(begin, forced=True)
            if following == begin or not self.bits[begin] & (CAPITAL | SURNAME | FIRST):
                return
            yield self.span(begin, following, "masquer", "nom après une civilité")
            end = following

    def _skip_title(self, index: int) -> int:
        """After « Monsieur », skip « le maire », « l'adjoint au maire » when a name follows."""
        reading, bits = self.reading, self.bits
        if reading.low_word(index) not in ("le", "la", "l") or index + 2 >= len(reading):
            return index
        if not bits[index + 1] & KNOWN or (bits[index + 1] & SURNAME and not bits[index + 1] & EMPTY):
            return index
        following = bits[index + 2]
        gap = reading.gap(index + 1)
        if gap not in (" ", ", ") or reading.lower_case or not following & CAPITAL or following & EMPTY:
            return index
        if following & (FIRST | SURNAME) or (not following & KNOWN and not following & (PLACE | ORGANISATION)):
            return index + 2
        return index

    def _civil_enough(self, begin: int, end: int, word: str) -> bool:
        bit = self.bits[begin]
        if end - begin == 1 and self.reading.words[begin] in ("X", "Y", "Z", "XX", "XXX", "N"):
            return False  # already hidden by somebody
        if end - begin > 1:
            return True
        if self.shapeless(begin) or not bit & CAPITAL:
            if bit & KNOWN and not bit & (FIRST | SURNAME):
                return False
            return not (bit & COMMON and not bit & SURNAME and not bit & FIRST)
        return not (bit & KNOWN and not bit & (FIRST | SURNAME) and word in _WORDY_CIVILITIES)
