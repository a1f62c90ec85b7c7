"""Turns of phrase that announce a person: kinship, introductions, form fields, signatures, headers, speakers."""

from __future__ import annotations

from collections.abc import Iterator

from atelier_ia.privacy.cue_patterns import (
    CLOSING,
    FAMILIES,
    FAMILY,
    FIELD,
    FREE_FIELD,
    HEADER_NAME,
    LAST_WORD,
    NEXT_FIELD,
    SENTENCE_END,
    SPEAKER,
    SPELLED,
    STRONG,
    WEAK,
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
        return end > index and self._looks(end - 1)

    def _lower_unknown(self, index: int, cue: str) -> bool:
        """In a text without capitals, an unknown word after a greeting, before a pause or another name."""
        bit = self.names.bits[index]
        word = self.reading.words[index]
        if (
            cue not in WEAK_UNKNOWN
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
        for match in STRONG.finditer(low):
            yield from self._after_strong(match[0].strip(" :,"), match.end())
        for match in WEAK.finditer(low):
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
        if cue not in WEAK_UNKNOWN and not surname:
            return False
        if not bit & KNOWN or cue in FAMILIES:
            return True
        after = reading.text[reading.ends[index] : reading.ends[index] + 1]
        return after in (",", "!", "\n") and bool(bit & CAPITAL) and cue not in ("merci", "c'est")

    def fields(self) -> Iterator[Span]:
        """« Nom : DUPONT », « Demandeur : … », « Présents : … »."""
        reading, names = self.reading, self.names
        low = reading.low
        for match in FIELD.finditer(low):
            label = match[1]
            start = match.end()
            line_end = min(reading.line(start)[1], start + 600)
            stop = NEXT_FIELD.search(low, start, line_end)
            limit = stop.start() if stop else line_end
            free = FREE_FIELD.match(label) is not None
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
                if (bit & CIVILITY and not bit & (FIRST | SURNAME)) or (index and reading.gap(index - 1) == "-"):
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
        for match in CLOSING.finditer(low):
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
