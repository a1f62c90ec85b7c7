"""The grammar of a name: shapes, civilities, particles, initials, and what makes a capitalised word no person.

The civility is never part of a name; particles are.
"""

from __future__ import annotations

import re

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
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.wordlists import words

_GAP = re.compile(r"(?: {1,2}|-| ?- ?(?=\w)|'|\. ?-? ?)$")
_LINKS = frozenset(["de", "du", "des", "la", "le", "les", "l", "d"])
_ARTICLES = frozenset(["le", "la", "les", "l"])
_RANKS = words("names_ranks")
_PLACE_NOUNS = words("names_place_nouns")
_MODELS = frozenset({"chatgpt", "mistral", "openai", "gemini", "copilot"})
_NOT_AFTER = words("names_not_after")
_LOOSE_PUBLIC, _PUBLIC_ADJECTIVES = words("names_loose_public"), words("names_public_adjectives")


class NameGrammar:
    """What a name looks like in one text. Indices are those of the words of `reading`."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.bits = reading.bits
        self._upper_lines: dict[int, bool] = {}
        strangers = sum(1 for bit in reading.bits if not bit & (KNOWN | FIRST | SURNAME | PLACE | ORGANISATION))
        # Few words are unknown to the dictionary: those that are may well be names, even without capitals.
        self._models = any(reading.low_word(k) in _MODELS for k, bit in enumerate(reading.bits) if bit & ORGANISATION)
        self.clean = strangers <= max(4, 0.1 * len(reading))

    # -- shapes

    def shapeless(self, index: int) -> bool:
        """Does a capital say nothing here: text in lower case, or text or line all in capitals?"""
        reading = self.reading
        if reading.lower_case or reading.upper_case:
            return True
        if not self.bits[index] & UPPER:
            return False
        start, end = reading.line(reading.starts[index])
        known = self._upper_lines.get(start)
        if known is None:
            line = reading.text[start:end]
            letters = sum(map(str.isalpha, line))
            words = len(line.split())
            known = words > 2 and letters > 14 and sum(map(str.isupper, line)) > 0.85 * letters
            self._upper_lines[start] = known
        return known

    def is_model(self, index: int) -> bool:
        """« Claude » and « Albert », in a text about language models, are not people."""
        return self._models and self.reading.low_word(index) in ("claude", "albert")

    def sentence_start(self, index: int) -> bool:
        """Does the word at `index` begin a sentence or a line (its capital then says little)?"""
        if index == 0:
            return True
        gap = self.reading.gap(index - 1)
        if "\n" in gap or any(mark in gap for mark in '!?:«"•>…'):
            return True
        return "." in gap and not (self.bits[index - 1] & (INITIAL | CIVILITY))

    def blocked(self, index: int) -> bool:
        """Does a word to the left make this the name of a street, a school, a law… rather than of a person?"""
        reading, bits = self.reading, self.bits
        steps = 0
        linked = False
        position = index - 1
        while position >= 0 and steps < 4:
            gap = reading.gap(position)
            if gap not in (" ", "-", "'", "  ", " - ", "«", " «", " « ", ' "') and not (
                gap == ". " and len(reading.words[position]) < 4
            ):
                return False
            word = reading.low_word(position)
            bit = bits[position]
            if word in _LINKS or word in ("a", "au", "aux", "en"):
                linked = True
            elif word in _RANKS and not bit & PUBLIC:
                pass
            elif word == "maternelle" and position and reading.low_word(position - 1).startswith("assistante"):
                return False
            elif word == "point" and position and reading.low_word(position - 1) == "rond":
                return True
            elif word == "entreprise" and position and reading.low_word(position - 1) == "auto":
                return False
            elif bit & (PUBLIC | STREET):
                if word in _LOOSE_PUBLIC:
                    return not linked and word not in ("cours", "bar", "rapport")
                return not linked or word in _PLACE_NOUNS
            elif word in _PLACE_NOUNS:
                return True
            elif word in _PUBLIC_ADJECTIVES:
                pass
            else:
                return False
            position -= 1
            steps += 1
        return False

    def _plain_pair(self, index: int) -> bool:
        """« simone audebert » in a text that has capitals elsewhere: two listed words that mean nothing else."""
        bit = self.bits[index]
        if not bit & FIRST or bit & (KNOWN | COMMON | CAPITAL) or index + 1 >= len(self.reading):
            return False
        following = self.bits[index + 1]
        plain = following & SURNAME and not following & (KNOWN | PLACE | ORGANISATION | COMMON)
        return bool(plain) and self.reading.gap(index) == " " and not self.blocked(index)

    # -- the grammar of a name

    def take(self, index: int, forced: bool = False, free: bool = False) -> int:
        """The index after the last word of the name that begins at `index`, or `index` when none does.

        `forced`: a cue announced a name (any capitalised word will do). `free`: a form's field (any word will do).
        """
        reading, bits = self.reading, self.bits
        count = len(reading)
        position = index
        parts: list[int] = []
        while position < count and len(parts) < 7:
            if parts and not self._joined(position):
                break
            bit = bits[position]
            before = self._gap_before(position) if parts else ""
            if (
                before == "'"
                and self.reading.words[position] != "h"
                and ((bit & KNOWN and not bit & SURNAME) or not (bit & CAPITAL or self.shapeless(position)))
            ):
                break
            glued = before in ("-", "'")
            if (
                bit & PARTICLE
                and not glued
                and not (bit & INITIAL and reading.gap(position)[:1] == ".")
                and not (bit & FIRST and bit & CAPITAL and not parts and not bit & EMPTY)
            ):
                onward = self._after_particles(position, forced or bool(parts), bool(parts))
                if onward == position and reading.gap(position) == "'" and position + 1 < count:
                    # « de La Tour d'Auvergne »: after a particle, a place is a name
                    noble = any(bits[part] & PARTICLE for part in parts)
                    onward += 2 if noble and bits[position + 1] & PLACE and bits[position + 1] & CAPITAL else 0
                if onward > position:
                    parts.extend(range(position, onward))
                    position = onward
                    continue
            if not (glued or self._acceptable(position, parts, forced, free)):
                break
            parts.append(position)
            position += 1
        # A name ends neither with a particle nor with a lone initial that begins a sentence.
        while (
            parts
            and not bits[parts[-1]] & CAPITAL
            and bits[parts[-1]] & PARTICLE
            and not bits[parts[-1]] & (FIRST | SURNAME)
        ):
            parts.pop()
        if len(parts) == 1 and bits[index] & INITIAL and reading.gap(index)[:1] == "'":
            return index
        return parts[-1] + 1 if parts else index

    def _gap_before(self, position: int) -> str:
        return self.reading.gap(position - 1).strip(" ") or " "

    def _joined(self, position: int) -> bool:
        gap = self.reading.gap(position - 1)
        if gap == " " or gap == "-" or gap == "'":
            return True
        if len(gap) > 4 or "\n" in gap or _GAP.match(gap) is None:
            return False
        if "." in gap:
            return bool(self.bits[position - 1] & INITIAL) or self.reading.low_word(position - 1) in (
                "ch",
                "ph",
                "th",
                "st",
                "ste",
                "fr",
                "jn",
                "cl",
                "ed",
                "gh",
            )
        return "-" not in gap or gap == "-"

    def _after_particles(self, position: int, forced: bool, begun: bool) -> int:
        """The index after « de la Tour », « Le Gall », « ben Ali » at `position`, or `position`."""
        reading, bits = self.reading, self.bits
        if (
            begun
            and reading.words[position] == "Le"
            and position + 1 < len(reading)
            and bits[position + 1] & CAPITAL
            and reading.gap(position) == " "
            and not self.shapeless(position)
        ):
            return position + 2  # « Gwenvael Le Du »
        onward = position
        while onward < len(reading) and bits[onward] & PARTICLE and onward - position < 3:
            onward += 1
            if onward >= len(reading) or not self._joined(onward):
                return position
        bit = bits[onward]
        if bit & (EMPTY | CIVILITY) and not bit & SURNAME:
            return position
        if bit & ORGANISATION and not bit & (FIRST | SURNAME):
            return position
        shapeless = self.shapeless(onward)
        acronym = bit & UPPER and not bit & (FIRST | SURNAME) and not shapeless and len(reading.words[onward]) < 8
        if acronym and not begun and not bits[position] & CAPITAL and reading.low_word(position) in _ARTICLES:
            return position  # « par le CSAPA »
        strange = not bit & KNOWN or (bit & SURNAME and (begun or reading.low_word(position) in ("de", "du", "d")))
        capital_particle = bits[position] & CAPITAL
        if shapeless:
            after = bits[onward + 1] if onward + 1 < len(reading) and reading.gap(onward) == " " else 0
            if forced and bit & SURNAME and after & FIRST and not after & COMMON:
                return onward + 1  # « JE SUIS LE BRETON FRANCK »
            if (forced and strange) or (bit & SURNAME and not bit & KNOWN and begun):
                return onward + 1
            return position
        if not bit & CAPITAL:
            return (
                onward + 1 if forced and not begun and not bit & KNOWN and len(reading.words[onward]) > 2 else position
            )
        if bit & KNOWN and not bit & (SURNAME | FIRST):
            # « M. le Proviseur », « Mme la Présidente » but « M. de La Tour », « Jean Le Loup ».
            first = reading.low_word(position)
            if not forced or (not begun and first in ("le", "la", "les", "l")):
                return position
        if (
            begun
            and not capital_particle
            and reading.low_word(position) in ("de", "du", "des", "d", "la", "le", "les", "l")
        ):
            # « Claire Dupont de la Mairie », « Jean Dupont de Rennes »
            if bit & PLACE and not bit & SURNAME:
                return position
            if reading.low_word(position) in ("le", "la", "les", "l"):
                return position if bit & KNOWN else onward + 1
        return onward + 1

    def _acceptable(self, position: int, parts: list[int], forced: bool, free: bool) -> bool:
        bits, reading = self.bits, self.reading
        bit = bits[position]
        word = reading.words[position]
        if (
            (parts or forced)
            and word in ("m", "n", "d", "o")
            and self.shapeless(position)
            and reading.gap(position) == "'"
            and not bits[position + 1] & KNOWN
        ):
            return True
        if reading.words[position] == "Lê" and parts:
            return True
        if bit & EMPTY and bit & FIRST and bit & CAPITAL and parts and not self.shapeless(position):
            return len(parts) > 1 or not bits[parts[0]] & KNOWN  # « Tran Thi Mai »
        if bit & EMPTY and not (bit & SURNAME and bit & CAPITAL and forced and not self.shapeless(position)):
            return (
                free
                and not parts
                and reading.low_word(position)
                not in ("de", "et", "prenom", "prenorn", "norn", "nom", "date", "adresse")
            )
        if bit & CIVILITY and not bit & INITIAL and not bit & SURNAME:
            # « Bernadette Maître »
            return bool(
                len(parts) == 1 and bits[parts[0]] & FIRST and bit & CAPITAL and reading.low_word(position) == "maitre"
            )
        surname_read = any(not bits[part] & FIRST and not bits[part] & INITIAL for part in parts)
        if (forced or self.clean) and len(parts) == 1 and not bits[parts[0]] & (KNOWN | SURNAME):
            surname_read = False  # a first name that no list holds
        if (
            free
            and len(parts) < 4
            and (bit & (CAPITAL | FIRST | SURNAME) or not bit & KNOWN or self.shapeless(position))
        ):
            return True
        if not self.shapeless(position) and bit & CAPITAL:
            if not parts:
                if forced:
                    return not (bit & ORGANISATION and not bit & (FIRST | SURNAME))
                return bool(bit & (FIRST | SURNAME | INITIAL)) or not bit & KNOWN
            if bit & ORGANISATION and not bit & (FIRST | SURNAME):
                return False
            if bit & INITIAL:
                following = reading.text[reading.ends[position] : reading.ends[position] + 1]
                return following in (".", "-", "'") or position + 1 == len(reading) or not surname_read
            if bit & (FIRST | SURNAME) or not bit & KNOWN:
                if bit & PLACE and not bit & (FIRST | SURNAME):
                    return not surname_read
                return True
            previous = bits[parts[-1]]
            if forced and len(parts) == 1 and not previous & (KNOWN | SURNAME | FIRST | INITIAL):
                return True  # a rare first name, then a surname that is also a word
            return (
                (not surname_read and bool(previous & (FIRST | INITIAL)))
                or (bit & UPPER and not surname_read)
                or (forced and len(parts) == 1 and bool(bit & UPPER) and not previous & UPPER)
            )
        if not self.shapeless(position):
            # A lower-case word in ordinary text: only right after a cue.
            return (
                forced
                and not parts
                and ((bool(bit & (FIRST | SURNAME)) and not bit & COMMON) or not bit & KNOWN)
                and len(word) > 2
            )
        # Capitals say nothing: « MME ARLETTE POCHAT. », where the last word is in the dictionary too.
        alone = forced and len(parts) == 1 and bits[parts[0]] & FIRST and not bits[parts[0]] & COMMON
        plain = bit & UPPER or (reading.lower_case and not bits[parts[0]] & KNOWN if parts else False)
        if (
            alone
            and plain
            and not bit & (EMPTY | CIVILITY | PLACE | ORGANISATION)
            and reading.gap(position)[:1] in ".,;\n)"
        ):
            return True
        if reading.low_word(position) in _NOT_AFTER and parts:
            return False
        if not parts:
            if forced and bit & KNOWN and bit & UPPER and position + 1 < len(reading) and reading.gap(position) == " ":
                onward = bits[position + 1]  # « MME TRINQUET HÉLOÏSE »
                if onward & FIRST and not onward & COMMON and reading.gap(position - 1)[:1] in (" ", "."):
                    return True
            if forced:
                return bool(bit & (FIRST | SURNAME)) or (not bit & KNOWN and len(word) > 2)
            if bit & (FIRST | SURNAME):
                return len(word) > 2
            return self.clean and not bit & (KNOWN | PLACE | ORGANISATION) and len(word) > 3
        if bit & (PLACE | ORGANISATION) and not bit & (FIRST | SURNAME):
            return False
        if bit & FIRST and not bit & COMMON:
            return True
        if bit & SURNAME:
            return (not surname_read and not bit & COMMON) or not bit & KNOWN
        if bit & INITIAL and reading.text[reading.ends[position] : reading.ends[position] + 1] == ".":
            return True
        return not bit & KNOWN and not surname_read and len(word) > 2

    # -- readings
