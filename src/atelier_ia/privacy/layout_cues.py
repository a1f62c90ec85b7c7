"""Places of a document where a person is named: form fields, signatures, message headers, speakers, spelled names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.cue_patterns import (
    CLOSING,
    FIELD,
    FILED,
    FREE_FIELD,
    HEADER_NAME,
    LAST_WORD,
    NEXT_FIELD,
    SENTENCE_END,
    SPEAKER,
    SPELLED,
    WEAK_UNKNOWN,
    WRITER,
    WROTE,
)
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
    SURNAME,
    UPPER,
)
from atelier_ia.privacy.names import NameReader
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import wakers

_CLOSING_WAKERS = wakers("cue_patterns_closing")

_NO_VOWEL = re.compile("[bcdfghjklmnpqrstvwxz]{3,6}")  # « CTM », « RQTH »: a service or a status, no surname


# « Montbrelles, le 15 novembre »
_PLACE_AND_DATE = re.compile(r" ?, l[ei] (?:\d|1er|premier)")


class Cues:
    """What all readers of cues share: the text, its names, and what looks like one."""

    def __init__(self, names: NameReader) -> None:
        self.names = names
        self.reading = names.reading

    def _looks(self, index: int) -> bool:
        """Does the word look like a name by itself: listed, or capitalised and unknown?"""
        bit = self.names.bits[index]
        if bit & (EMPTY | CIVILITY | PLACE | ORGANISATION | PUBLIC) and not bit & (FIRST | SURNAME):
            return False
        if (bit & UPPER and bit & ORGANISATION) or self.names.is_model(index):
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
        if end == index:
            return False
        last = self.names.bits[end - 1]
        onward = self.names.bits[end] if end < len(self.names.bits) else 0
        followed = self.names.shapeless(end - 1) and last & SURNAME and onward & FIRST and not onward & COMMON
        return self._looks(end - 1) or bool(followed)

    def _lower_unknown(self, index: int, cue: str) -> bool:
        """In a text without capitals, an unknown word after a greeting, before a pause or another name."""
        bit = self.names.bits[index]
        word = self.reading.words[index]
        if (
            (cue not in WEAK_UNKNOWN and cue not in FILED)
            or not self.names.shapeless(index)
            or bit & (KNOWN | PLACE | ORGANISATION)
            or len(word) < 4
        ):
            return False
        after = self.reading.text[self.reading.ends[index] : self.reading.ends[index] + 1]
        if after in ("", ",", "\n", "!", ".") or self.reading.low.startswith(" (", self.reading.ends[index]):
            return True
        return (
            index + 1 < len(self.reading)
            and bool(self.names.bits[index + 1] & (FIRST | SURNAME))
            and self.reading.gap(index) in (" ", "-")
        )


class LayoutCues(Cues):
    """Finds names by their place in a form, a letter or a message."""

    def _labels(self) -> Iterator[re.Match[str]]:
        """The labels of fields: only lines that hold a colon, or an equals sign, are read."""
        low = self.reading.low
        for sign in (":", "="):
            place = low.find(sign)
            while place >= 0:
                start, end = self.reading.line(place)
                if sign == ":" or low.find(":", start, end) < 0:
                    yield from FIELD.finditer(low, start, end)
                place = low.find(sign, end)

    def fields(self) -> Iterator[Span]:
        """« Nom : DUPONT », « Demandeur : … », « Présents : … »."""
        reading, names = self.reading, self.names
        low = reading.low
        for match in self._labels():
            label = match[1]
            start = match.end()
            line_end = min(reading.line(start)[1], start + 600)
            stop = NEXT_FIELD.search(low, start, line_end)
            limit = stop.start() if stop else line_end
            free = FREE_FIELD.match(label) is not None
            if free and low.startswith("changement de ", max(0, match.start() - 14)):
                continue
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
                initials = bit & UPPER and not bit & SURNAME and _NO_VOWEL.fullmatch(reading.low_word(index))
                if (
                    initials
                    or (bit & CIVILITY and not bit & (FIRST | SURNAME))
                    or (index and reading.gap(index - 1) == "-")
                ):
                    index += 1
                    continue
                if not free and SENTENCE_END.search(low, start, reading.starts[index]):
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
                elif label.startswith("famille") and bit & UPPER and not names.shapeless(index):
                    # « Famille : JASMIN / TORRES »
                    end = index + (
                        not bit & (EMPTY | CIVILITY | PLACE | ORGANISATION) and len(reading.words[index]) > 3
                    )
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
        for match in reading.woken(_CLOSING_WAKERS, CLOSING):
            if (
                "\n" in match[0]
                or match[0].rstrip().endswith((",", ".", "!"))
                or match[0].startswith(
                    ("cordialement", "cdlt", "cdt", "bav", "amicalement", "respectueusement", "bien a")
                )
            ):
                yield from self._signed(match.end())
        last = position = len(low.rstrip())
        for _ in range(3):
            start = reading.line(position - 1)[0] if position else 0
            if start and 0 < position - start < 60:
                yield from self._signed(start, alone=True)
            position = len(low[:start].rstrip()) if start else 0
        closing = LAST_WORD.search(low, max(0, last - 40), last)
        if closing:
            index = begin = reading.index_from(closing.start(1))
            if names.bits[index] & INITIAL and index + 1 < len(reading):
                index += 1
            bit = names.bits[index]
            if names.take(index, forced=True) != len(reading):
                return
            plain = not bit & CAPITAL or names.shapeless(index)
            if (bit & FIRST and (not plain or not bit & COMMON)) or (
                not plain and not bit & (KNOWN | PLACE | ORGANISATION)
            ):
                yield names.span(begin, len(reading), "verifier", "signature")

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
            not rest
            or rest[0] in ",-(/|.;!"
            or (alone and rest[0] in "0123456789+")
            or low_rest.startswith(("pour ", "maire", "adjoint", "responsable"))
        )
        if not marks or not finished or names.blocked(index):
            return
        if any(b & (ORGANISATION | PLACE) and not b & (FIRST | SURNAME) for b in inner) and not any(
            b & FIRST for b in inner
        ):
            return
        if end - index == 1:
            if bit & INITIAL:
                return
            if bit & KNOWN and not bit & FIRST and not (bit & SURNAME and bit & CAPITAL):
                return
            if (bit & COMMON and not bit & CAPITAL) or bit & EMPTY:
                return
            if alone and not (bit & CAPITAL or reading.lower_case):
                return
            if bit & UPPER and len(reading.words[index]) < 5 and not bit & (FIRST | SURNAME):
                return
        if _PLACE_AND_DATE.match(reading.low, reading.ends[end - 1]):
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
                found = HEADER_NAME.search(text, line_start, opening + 1)
                if found:
                    yield from self._whole(found.start(1), found.end(1), "expéditeur ou destinataire")
            position = text.find("@", position + 1)
        if "crit" in reading.low:
            for match in WROTE.finditer(text):
                found = WRITER.search(text, max(0, match.start() - 125), match.start())
                if found:
                    yield from self._whole(found.start(1), found.end(1), "auteur d'un message cité")
        for match in SPEAKER.finditer(text):
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
            if (bit & (EMPTY | CIVILITY) and not bit & FIRST) or (bit & KNOWN and not bit & (FIRST | SURNAME)):
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
        for match in SPELLED.finditer(self.reading.low):
            yield Span(match.start(), match.end(), "NOM", "verifier", "nom épelé")
