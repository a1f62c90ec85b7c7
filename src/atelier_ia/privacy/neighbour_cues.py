"""Names told by what stands right beside them: a job, an hour, a telephone number, « les » before a family's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.layout_cues import LayoutCues
from atelier_ia.privacy.lexicon import (
    CAPITAL,
    CIVILITY,
    COMMON,
    EMPTY,
    FIRST,
    INITIAL,
    KNOWN,
    NOISY,
    ORGANISATION,
    PARTICLE,
    PLACE,
    SURNAME,
    UPPER,
)
from atelier_ia.privacy.numbers import DATE
from atelier_ia.privacy.sensitive import HEALTH_WORDS
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_CELLS = frozenset({";", " ; ", " | ", "|", "\t", '";"', '","', ","})
_BEFORE_PERSON = frozenset(
    {"que", "qu", "si", "quand", "lorsque", "chez", "contre", "selon", "avec", "scolariser", "convoquer"}
)
_PERSON_VERBS = words("names_person_verbs")
_ONLY_PEOPLE = words("neighbour_only_people")
_CALENDAR = words("names_calendar")
_JOBS = words("neighbour_jobs")
_CONTACT = re.compile(
    r"[ ]?[,:;|(\-\n][ ]?(?:tel\.? ?:? ?|au |mail ?:? ?|port\.? ?:? ?)?"
    r"(?:\+33|0\d[ .\-]?\d\d[ .\-]?\d\d|[\w.\-+]{2,40} ?(?:@|\[at\]|\(at\)|\(a\)|\[a\]))"
)
_HOUR = re.compile(r"(?<!\d)[0-2]?\d ?h(?: ?[0-5]\d)?(?: ?[:\-])? $")


class NeighbourCues(LayoutCues):
    """Finds names by their neighbours."""

    def neighbours(self) -> Iterator[Span]:
        """Every name that the word or the number beside it tells."""
        reading, names = self.reading, self.names
        bits = names.bits
        for index, bit in enumerate(bits):
            if not bit & CAPITAL or (bit & EMPTY and not bit & FIRST) or names.shapeless(index):
                continue
            if bit & FIRST and _CONTACT.match(reading.low, reading.ends[index]) and self._begins(index):
                yield names.span(index, index + 1, "verifier", "prénom devant des coordonnées")
                continue
            if bit & FIRST and index and reading.gap(index - 1) in _CELLS and self._cell(index - 1):
                yield names.span(index - 1, index, "verifier", "nom à côté d'un prénom, dans un tableau")
                yield names.span(index, index + 1, "verifier", "prénom à côté d'un nom, dans un tableau")
                continue
            if (
                bit & FIRST
                and reading.gap(index) == " "
                and DATE.match(reading.low, reading.ends[index] + 4)
                and reading.low.startswith("le ", reading.ends[index] + 1)
            ):
                yield names.span(index, index + 1, "verifier", "prénom devant une date")
                continue
            if self._subject(index):
                yield names.span(index, index + 1, "verifier", "sujet d'un verbe que seules des personnes font")
                continue
            if not index or "\n" in reading.gap(index - 1):
                continue
            before = reading.low_word(index - 1)
            gap = reading.gap(index - 1)
            if gap == " " and before in _BEFORE_PERSON and self._stranger(index):
                yield names.span(
                    index, names.take(index, forced=True), "verifier", "mot inconnu, où se dit une personne"
                )
            elif before == "les" and gap == " ":
                if self._family(index):
                    yield names.span(index, index + 1, "verifier", "famille")
            elif before in _JOBS and gap == " ":
                end = self._person(index)
                if end > index:
                    yield names.span(index, end, "verifier", "nom après un métier ou une fonction")
            elif not gap.strip(" 0123456789:-") and _HOUR.search(
                reading.low, max(0, reading.starts[index] - 9), reading.starts[index]
            ):
                end = self._person(index)
                if end > index:
                    yield names.span(index, end, "verifier", "nom après une heure")

    def _stranger(self, index: int) -> bool:
        """Is the word in no list and no dictionary?"""
        bit = self.names.bits[index]
        known = bit & (KNOWN | PLACE | ORGANISATION | EMPTY | UPPER | INITIAL | CIVILITY | NOISY)
        return (
            not known
            and self.reading.low_word(index) not in HEALTH_WORDS
            and len(self.reading.words[index]) > 3
            and not self.names.is_model(index)
        )

    def _subject(self, index: int) -> bool:
        """« Océane est placée… », « Toufik veut… »: at the start of a sentence, without an article, before a verb."""
        reading, names = self.reading, self.names
        bit = names.bits[index]
        if index + 1 >= len(reading) or reading.gap(index) != " " or bit & UPPER or names.bits[index + 1] & CAPITAL:
            return False
        if not names.sentence_start(index) or bit & (PLACE | ORGANISATION) or reading.low_word(index) in _CALENDAR:
            return False
        verb = reading.low_word(index + 1)
        if bit & FIRST:
            return verb in _PERSON_VERBS
        return self._stranger(index) and verb in _ONLY_PEOPLE

    def _cell(self, index: int) -> bool:
        """May the word at `index`, alone in its cell, be a surname?"""
        bit = self.names.bits[index]
        if not bit & CAPITAL or bit & (EMPTY | PLACE | ORGANISATION):
            return False
        start, end = self.reading.line(self.reading.starts[index])
        cells = sum(self.reading.text.count(mark, start, end) for mark in ";|\t,")
        if bit & KNOWN and not bit & (SURNAME | UPPER) and cells < 4:
            return False
        return (
            not index
            or self.reading.gap(index - 1)[-1:] in ("\n", ";", "|", "\t", '"')
            or self.reading.gap(index - 1) == "| "
        )

    def _begins(self, index: int) -> bool:
        return self.names.sentence_start(index) or self.reading.gap(index - 1) in (", ", " - ", " / ")

    def _family(self, index: int) -> bool:
        """« les Dumoulin »: a surname, or a first name that a family bears, in the singular."""
        bit, word = self.names.bits[index], self.reading.low_word(index)
        if word[-1] in "sxz" or bit & (PLACE | ORGANISATION | UPPER | COMMON) or len(word) < 4:
            return False
        return not (bit & KNOWN and not bit & FIRST)

    def _person(self, index: int) -> int:
        """The end of the name at `index`, or `index` when the word may be a place, a firm or an ordinary word."""
        names = self.names
        bit = names.bits[index]
        named = bit & (FIRST | SURNAME)
        if bit & (PLACE | ORGANISATION) and not named:
            return index
        if bit & KNOWN and not (bit & SURNAME) and not (bit & FIRST and not bit & COMMON):
            return index
        if (bit & UPPER and not named and len(self.reading.words[index]) < 6) or bit & PARTICLE and bit & KNOWN:
            return index
        if names.blocked(index):
            return index
        return names.take(index, forced=True)
