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
    KIN,
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
_MESSAGE_ENDS = re.compile(r"[ .!]{0,2}(?:$|\n\s*(?:$|>|Le \d|De :|-{2,}|_{2,}|\|))")
_BEFORE_PERSON = frozenset(
    {
        "que",
        "qu",
        "si",
        "quand",
        "lorsque",
        "chez",
        "contre",
        "selon",
        "avec",
        "scolariser",
        "convoquer",
        "garde",
        "emmene",
        "accompagne",
        "recupere",
        "felicite",
        "remercie",
        "embrasse",
        "connait",
        "epouse",
    }
)
_PERSON_VERBS = words("names_person_verbs")
_ONLY_PEOPLE = words("neighbour_only_people")
_CALENDAR = words("names_calendar")
_JOBS = words("neighbour_jobs")
_DAYS = frozenset(["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "matin", "midi", "soir"])
_CONTACT = re.compile(
    r"[ ]?[,:;|(\-\n][ ]?(?:tel\.? ?:? ?|au |mail ?:? ?|port\.? ?:? ?)?"
    r"(?:\+33|0\d[ .\-]?\d\d[ .\-]?\d\d|[\w.\-+]{2,40} ?(?:@|\[at\]|\(at\)|\(a\)|\[a\]))"
)
# « Étanchéité : », « Gouvernance : »: what such a word ends with is said of things, never of people.
_ABSTRACT = re.compile(
    r"[a-z]{3,}(?:ites?|ances?|ences?|[ts]ions?|ements?|ages?|ismes?|eries?|tures?|logies?|iques?|phies?|metrie"
    r"|abilites?)"
)
_HOUR = re.compile(
    r"(?<![a-z])(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: matin| midi| soir| apres-midi)?(?: :)? $"
    r"|(?<!\d)[0-2]?\d ?h(?: ?[0-5]\d)?(?: ?[:\-])? $"
)


class NeighbourCues(LayoutCues):
    """Finds names by their neighbours."""

    def neighbours(self) -> Iterator[Span]:
        """Every name that the word or the number beside it tells."""
        reading, names = self.reading, self.names
        bits = names.bits
        for index, bit in enumerate(bits):
            if not bit & CAPITAL or (bit & EMPTY and not bit & FIRST):
                continue
            if names.shapeless(index):
                # The first capital of a text that has no other: it still begins a sentence.
                if index == 0 and reading.lower_case and self._subject(index):
                    yield names.span(index, index + 1, "verifier", "sujet d'un verbe que seules des personnes font")
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
                and not names.blocked(index)
            ):
                yield names.span(index, index + 1, "verifier", "prénom devant une date")
                continue
            if self._signs(index) or self._listed(index):
                yield names.span(index, names.take(index, forced=True), "verifier", "nom à sa place de nom")
                continue
            if self._subject(index) and not (bit & EMPTY and reading.low_word(index + 1) == "n"):
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
            elif before in _JOBS and gap == " " and not reading.low.startswith(("°", "º"), reading.ends[index]):
                end = self._person(index)
                if end > index:
                    yield names.span(index, end, "verifier", "nom après un métier ou une fonction")
            elif (
                not bit & CIVILITY
                and not gap.strip(" 0123456789:-")
                and (before == "h" or before in _DAYS or "0" <= gap.strip(" :-")[-1:] <= "9")
                and _HOUR.search(reading.low, max(0, reading.starts[index] - 22), reading.starts[index])
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
            and (bool(bit & SURNAME) or _ABSTRACT.fullmatch(self.reading.low_word(index)) is None)
            and len(self.reading.words[index]) > 3
            and not self.names.is_model(index)
        )

    def _subject(self, index: int) -> bool:
        """« Océane est placée… », « Toufik veut… »: at the start of a sentence, without an article, before a verb."""
        reading, names = self.reading, self.names
        bit = names.bits[index]
        if index + 1 >= len(reading) or reading.gap(index) != " " or bit & UPPER or names.bits[index + 1] & CAPITAL:
            return False
        if (
            not names.sentence_start(index)
            or bit & KIN
            or bit & (PLACE | ORGANISATION | EMPTY)
            or reading.low_word(index) in _CALENDAR
        ):
            return False
        verb = reading.low_word(index + 1)
        if bit & FIRST:
            return verb in _PERSON_VERBS
        return self._stranger(index) and verb in _ONLY_PEOPLE

    def _signs(self, index: int) -> bool:
        """« Pierre », alone on the last line of a message."""
        reading, bit = self.reading, self.names.bits[index]
        if (
            not bit & FIRST
            or bit & UPPER
            or reading.low_word(index) in _CALENDAR
            or not self.names.sentence_start(index)
        ):
            return False
        if index and not reading.gap(index - 1).rstrip(" ").endswith(("\n", ".", "!")):
            return False
        return index > 2 and _MESSAGE_ENDS.match(reading.text, reading.ends[index]) is not None

    def _listed(self, index: int) -> bool:
        """« Mahé (arrivée 8 h), Sohane (8 h 55) », « Vaimiti : demande de mutation », « (ex-Vidal) »: unknown words."""
        reading = self.reading
        text, end = reading.text, reading.ends[index]
        before = reading.gap(index - 1) if index else "\n"
        if before == "-" and reading.low_words[index - 1] == "ex" and not self.names.bits[index] & (KNOWN | PLACE):
            return True
        if not (self._stranger(index) or self.names.bits[index] & FIRST) or index + 1 >= len(reading):
            return False
        if text.startswith(" (", end) and before in ("), ", " : ", "; ", " ; ", ") ; ", ", ", " + ", " / "):
            return not text[end + 2 : end + 5].strip(")").isdigit()
        return (
            text.startswith(" : ", end) and self.names.sentence_start(index) and not reading.bits[index + 1] & CAPITAL
        )

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
        if (bit & UPPER and not named and len(self.reading.words[index]) < 6) or (bit & PARTICLE and bit & KNOWN):
            return index
        if names.blocked(index):
            return index
        return names.take(index, forced=True)
