"""Names of people: what begins one, and when a few words are enough to be sure.

`NameGrammar` says how far a name goes; `cues.py` holds the turns of phrase that announce one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.civilities import Civilities
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
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_SPELLING = words("names_spelling")
_ROMAN = re.compile(r"[IVX]{2,6}|[IVX]{1,5}e?")
_CALENDAR = words("names_calendar")
_DETERMINERS = words("names_determiners")
_PERSON_VERBS = words("names_person_verbs")
_TITLED_NOUNS = words("names_titled_nouns")


class NameReader(Civilities):
    """Reads names out of one text, by their own words and after a civility."""

    def general(self) -> Iterator[Span]:
        """Names that their own words give away, without any cue."""
        reading, bits = self.reading, self.bits
        index = 0
        count = len(reading)
        while index < count:
            bit = bits[index]
            if (
                not bit & (CAPITAL | FIRST | SURNAME)
                and not (self.clean and not bit & (KNOWN | PLACE | ORGANISATION | EMPTY) and self.shapeless(index))
            ) or (bit & CIVILITY and not bit & (FIRST | SURNAME | INITIAL)):
                index += 1
                continue
            if bit & CIVILITY and bit & INITIAL and reading.gap(index) == "'" and index + 1 < count:
                onward = bits[index + 1]
                end = (
                    self.take(index + 1, forced=True)
                    if not onward & KNOWN or (onward & CAPITAL and not self.shapeless(index))
                    else index
                )
                if end > index + 1 and len(reading.words[index + 1]) > 3:
                    yield self.span(index, end, "masquer", "nom")  # « M'hamed »
                    index = end
                    continue
            if bit & EMPTY or (bit & KNOWN and not bit & (FIRST | SURNAME | INITIAL)):
                index += 1
                continue
            if bit & INITIAL and (bit & CIVILITY or reading.gap(index)[:1] not in (".", "'", "-")):
                index += 1
                continue
            if index and reading.gap(index - 1) in ("-", "'") and not bits[index - 1] & (PARTICLE | EMPTY):
                index += 1
                continue
            end = self.take(index)
            if end == index:
                pair = self._plain_pair(index)
                if pair:
                    yield self.span(index, index + 2, "masquer", "prénom et nom sans majuscules")
                index += 1 + pair
                continue
            if self.blocked(index):
                index = end
                continue
            found = self._judge(index, end)
            if found is not None:
                yield found
                index = end
            else:
                index += 1

    def _judge(self, start: int, end: int) -> Span | None:
        bits, reading = self.bits, self.reading
        inner = [
            bits[index]
            for index in range(start, end)
            if (
                not (bits[index] & PARTICLE and not bits[index] & (FIRST | SURNAME | INITIAL))
                and not (bits[index] & INITIAL and reading.gap(index)[:1] == "'")
            )
            or end - start == 1
        ]
        if _ROMAN.fullmatch(reading.words[end - 1]):
            return None
        if all(reading.low_word(index) in _SPELLING for index in range(start, end)):
            return None  # « mike victor », letters of a plate that somebody dictates
        firsts = sum(1 for bit in inner if bit & FIRST and not bit & COMMON)
        commons = sum(1 for bit in inner if bit & FIRST and bit & COMMON)
        surnames = sum(1 for bit in inner if bit & SURNAME and not bit & KNOWN and not bit & FIRST)
        wordy = sum(1 for bit in inner if bit & SURNAME and bit & KNOWN and not (bit & FIRST and not bit & COMMON))
        unknown = sum(1 for bit in inner if not bit & (KNOWN | FIRST | SURNAME | PLACE | ORGANISATION | INITIAL))
        places = sum(1 for bit in inner if bit & (PLACE | ORGANISATION) and not bit & (FIRST | SURNAME))
        initials = sum(1 for bit in inner if bit & INITIAL)
        shapeless = self.shapeless(start)
        lower = not bits[start] & CAPITAL
        if reading.low_word(start) in ("saint", "sainte", "st", "ste", "san", "notre") or self._hyphenated_place(
            start, end
        ):
            return None
        if len(inner) < 2:
            return self._judge_alone(start, end, bool(firsts), bool(surnames), shapeless)
        if any(bit & ORGANISATION and not bit & (FIRST | SURNAME) for bit in inner) and not surnames and firsts < 2:
            return None
        if firsts and (surnames or wordy or unknown or firsts > 1 or commons):
            sure = surnames or firsts > 1 or not lower or not shapeless
            return self.span(start, end, "masquer" if sure else "verifier", "prénom et nom")
        if firsts and not shapeless and not lower and len(inner) == 2 and bits[end - 1] & CAPITAL and inner[0] & FIRST:
            return self.span(start, end, "verifier", "prénom et nom possibles")  # « Fanny Bois »
        if firsts and initials:
            return self.span(start, end, "masquer", "prénom et initiale")
        if firsts:
            if places:
                return self.span(start, end, "verifier", "prénom et nom")
            return self.span(start, end, "masquer" if not shapeless else "verifier", "prénom et nom")
        if initials and (surnames or wordy or unknown):
            dotted = "." in reading.text[reading.starts[start] : reading.ends[end - 1] + 1]
            if dotted or surnames:
                return self.span(start, end, "masquer" if surnames else "verifier", "initiale et nom")
            return None
        upper_name = any(bits[index] & UPPER and not self.shapeless(index) for index in range(start, end))
        if commons and (surnames or (upper_name and unknown)):
            return self.span(start, end, "masquer", "prénom et nom")
        if (
            commons
            and shapeless
            and unknown
            and self.clean
            and bits[start] & FIRST
            and reading.low_word(start - 1 if start else 0) not in _DETERMINERS
        ):
            return self.span(start, end, "verifier", "prénom et nom possibles")
        if commons and (unknown or wordy) and not shapeless and bits[start] & FIRST:
            if self.sentence_start(start) and not any(bits[index] & CAPITAL for index in range(start + 1, end)):
                return None
            return self.span(start, end, "verifier", "prénom et nom possibles")
        if commons and wordy and shapeless and bits[start] & FIRST and bits[end - 1] & SURNAME:
            previous = bits[start - 1] if start else 0
            if (
                start
                and previous & EMPTY
                and reading.low_word(start - 1)
                in ("le", "la", "les", "un", "une", "des", "de", "du", "en", "l", "d", "ma", "sa", "au", "a")
            ):
                return None
            return self.span(start, end, "verifier", "prénom et nom possibles")
        if shapeless:
            if surnames > 1:
                return self.span(start, end, "verifier", "noms de famille connus")
            if (
                self.clean
                and unknown
                and unknown + surnames + wordy + commons > 1
                and not places
                and not self._titled(start)
            ):
                return self.span(start, end, "verifier", "mots inconnus du dictionnaire, en forme de nom")
            return None
        acronyms = sum(1 for index in range(start, end) if bits[index] & UPPER and len(reading.words[index]) < 5)
        if (
            (surnames or (unknown and wordy))
            and (surnames + unknown + wordy) > 1
            and not places
            and not self._titled(start)
        ):
            return self.span(start, end, "verifier", "nom de famille connu")
        if unknown > 1 and not places and not acronyms and not self._titled(start):
            return self.span(start, end, "verifier", "mots inconnus du dictionnaire, en forme de nom")
        return None

    def _hyphenated_place(self, start: int, end: int) -> bool:
        """« Jules-Ferry », « Jacques-Brel »: with a hyphen, a street or a school is meant."""
        bits = self.bits
        if end - start != 2 or self._gap_before(start + 1) != "-":
            return False
        return bool(bits[start] & FIRST) and not bits[start + 1] & FIRST and len(self.reading.words[start + 1]) > 2

    def _titled(self, start: int) -> bool:
        """Is the word before one that names things: « logiciel », « le festival »?"""
        if start == 0 or self.reading.gap(start - 1) not in (" ", " « ", ' "'):
            return False
        previous = self.bits[start - 1]
        word = self.reading.low_word(start - 1)
        if word in ("le", "la", "les", "du", "l", "un", "une", "en", "au", "aux", "sur", "vers", "des"):
            return True
        return (
            bool(previous & KNOWN and not previous & EMPTY and not previous & KIN and previous & CAPITAL)
            and not self.shapeless(start)
        ) or word in _TITLED_NOUNS

    def _judge_alone(self, start: int, end: int, first: bool, surname: bool, shapeless: bool) -> Span | None:
        bits, reading = self.bits, self.reading
        index = end - 1 if bits[start] & PARTICLE and end - start > 1 else start
        bit = bits[index]
        word = reading.words[index]
        if bit & (PLACE | ORGANISATION) or len(word) < 3:
            return None
        after = reading.text[reading.ends[end - 1] : reading.ends[end - 1] + 1]
        if after in ("@", "_") or (
            after == "."
            and reading.text[reading.ends[end - 1] + 1 : reading.ends[end - 1] + 3] in ("fr", "co", "ne", "or")
        ):
            return None
        lower = not bit & CAPITAL
        if self.is_model(index):
            return None
        if self._apposed(start, end) or self._after_link(start, end):
            return self.span(start, end, "verifier", "mot en forme de nom")
        if first:
            if lower and (len(word) < 4 or (bit & KNOWN and not reading.lower_case)):
                return None
            if bit & UPPER and len(word) < 4:
                return None
            previous = reading.low_word(start - 1) if start and reading.gap(start - 1) in (" ", "'") else ""
            if previous in (
                "le",
                "la",
                "les",
                "un",
                "une",
                "du",
                "des",
                "aux",
                "au",
                "en",
                "sainte",
                "saint",
                "st",
                "ste",
                "l",
            ) and not (previous in ("la", "le") and lower):
                return None
            return self.span(start, end, "verifier", "prénom")
        if (
            not lower
            and not shapeless
            and not bit & (UPPER | INITIAL)
            and not self.sentence_start(start)
            and self._acts(start, end)
        ):
            return self.span(start, end, "verifier", "mot en forme de nom, devant un verbe")
        if surname and not lower and bit & UPPER and not shapeless and len(word) > 3:
            return self.span(start, end, "verifier", "nom de famille en capitales")
        if surname and not lower and not shapeless and not self.sentence_start(start) and start:
            previous = reading.low_word(start - 1)
            if previous in (
                "et",
                "avec",
                "que",
                "qu",
                "chez",
                "par",
                "pour",
                "famille",
                "dossier",
                "affaire",
                "consorts",
                "couple",
            ) and reading.gap(start - 1) in (" ", "'"):
                return self.span(start, end, "verifier", "nom de famille connu")
        if surname and lower and reading.lower_case and len(word) > 4 and start:
            previous = reading.low_word(start - 1)
            if (
                previous
                in ("et", "famille", "dossier", "affaire", "consorts", "couple", "epoux", "voisin", "voisine", "nom")
                and reading.gap(start - 1) == " "
            ):
                return self.span(start, end, "verifier", "nom de famille connu")
        return None

    def _apposed(self, start: int, end: int) -> bool:
        """« l'occupant, Szczepan, est… »"""
        reading, bit = self.reading, self.bits[start]
        if not start or reading.gap(start - 1) != ", " or end >= len(reading) or reading.gap(end - 1) != ", ":
            return False
        if not bit & CAPITAL or self.shapeless(start) or (bit & KNOWN and not bit & FIRST):
            return False
        return not self.bits[start - 1] & CAPITAL and reading.low_word(end) in (
            _PERSON_VERBS | {"ne", "nee", "age", "agee", "qui"}
        )

    def _after_link(self, start: int, end: int) -> bool:
        """« avec Rose », « si Violette »: a capital that no sentence explains, on a first name."""
        reading, bit = self.reading, self.bits[start]
        if not bit & FIRST or not bit & CAPITAL or self.shapeless(start) or end - start != 1:
            return False
        if self.sentence_start(start) and reading.low_word(start) in ("pierre", "rose", "marine", "claire", "aurore"):
            return reading.gap(start) == " " and reading.low_word(end) in _PERSON_VERBS if end < len(reading) else False
        if not start:
            return False
        if reading.low_word(start) in _CALENDAR or reading.gap(start - 1) != " " or bit & UPPER:
            return False
        return reading.low_word(start - 1) in (
            "si",
            "que",
            "avec",
            "pour",
            "chez",
            "ke",
            "sans",
            "dit",
            "vu",
            "rencontre",
            "a",
            "et",
        ) and not (reading.low_word(start - 1) in ("a", "et") and bit & COMMON)

    def _acts(self, start: int, end: int) -> bool:
        """Does a verb follow that only people do, and no article precede?"""
        reading, bits = self.reading, self.bits
        if end >= len(reading) or reading.gap(end - 1) != " " or reading.low_word(end) not in _PERSON_VERBS:
            return False
        if bits[end] & CAPITAL or reading.gap(start - 1) not in (" ", "'", ", "):
            return False
        bit = bits[start]
        if bit & KNOWN and not bit & FIRST:
            return False
        before = bits[start - 1]
        previous = reading.low_word(start - 1)
        if previous in ("que", "qu", "et", "si", "quand", "lorsque", "puis", "mais", "comme", "ou", "car", "donc"):
            return True
        return False if before & (KNOWN | PUBLIC) else bool(bit & FIRST)
