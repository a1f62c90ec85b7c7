"""One text, read once: its normalised characters, its words and what the lexicon knows of each.

All rules share this reading, so that the cost of a text is one pass over its characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, product

from atelier_ia.privacy.lexicon import _ACCENTS, CAPITAL, KNOWN, NOISY, UPPER, lexicon
from atelier_ia.privacy.normalise import exchange
from atelier_ia.privacy.sensitive_patterns import HEALTH

_TOKEN = re.compile(r"[^\W\d_]+(?:\d{1,2}[^\W\d_]+)*")


_FIGURES = str.maketrans("0345689", "oeasgbg")
_SCANNED_L = re.compile(r"(?<=[a-zà-ÿ])I(?=[a-zà-ÿ])")


class Reading:
    """`text` (normalised), `low` (same length, lower case, no accents) and the words, as parallel lists."""

    def __init__(self, text: str) -> None:
        self.text = text
        # A scanner takes « l » for a capital « I »: « gIuten ».
        low = (_SCANNED_L.sub("l", text) if "I" in text else text).lower()
        if len(low) != len(text):
            low = "".join(character.lower() if len(character.lower()) == 1 else character for character in text)
        self.low = exchange(low, _ACCENTS)
        bits = lexicon().bits
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in _TOKEN.finditer(text):
            self.words.append(match[0])
            self.starts.append(match.start())
            self.ends.append(match.end())
        self.bits = [bits(word) for word in self.words]
        self.low_words = [self.low[start:end] for start, end in zip(self.starts, self.ends, strict=True)]
        self._unscan()
        letters = sum(map(len, self.words)) or 1
        # The first word, acronyms and references (« CANT-2026-04 ») are no sign that capitals are used.
        capitals = sum(
            1
            for index, bit in enumerate(self.bits)
            if bit & CAPITAL and index and not (bit & UPPER and len(self.words[index]) < 6)
        )
        # A text without capitals, or all in capitals: the shape of a word says nothing.
        self.lower_case = capitals < max(1, 0.008 * letters) and not (self.bits and self.bits[0] & UPPER)
        upper = sum(len(word) for word, bit in zip(self.words, self.bits, strict=True) if bit & UPPER)
        self.upper_case = upper > 0.85 * letters and letters > 12
        following = [*self.starts[1:], len(text)]
        self._gaps = [text[end:start] for end, start in zip(self.ends, following, strict=True)] if self.ends else []
        self._places: dict[str, list[int]] | None = None
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def _unscan(self) -> None:
        """Put back in `low` the letters that a scanner took for figures, where they make a word: « tute11e »."""
        known = lexicon().bits
        pieces: list[str] = []
        done = mended = 0
        for index, bit in enumerate(self.bits):
            start, end, word = self.starts[index], self.ends[index], self.low_words[index]
            cut = not bit & (KNOWN | NOISY) and len(word) > 2 and self.low[end : end + 1] == "1"
            if cut and not self.low[end + 1 : end + 2].isalnum():
                word, end = word + "1", end + 1
            elif not bit & NOISY or not 4 < len(word) < 20:
                continue
            if self._beside_code(index):
                continue
            plain = word.translate(_FIGURES)
            ones = min(plain.count("1"), 3)
            for choice in product("il", repeat=ones):
                letters = iter(choice)
                tried = "".join(next(letters, "i") if sign == "1" else sign for sign in plain)
                if tried.isalpha() and (known(tried) & KNOWN or HEALTH.fullmatch(tried)):
                    self.low_words[index] = tried
                    pieces += (self.low[done:start], tried)
                    done = end
                    mended += 1
                    break
        if done:
            self.low = "".join((*pieces, self.low[done:]))
        if mended:
            self._unjoin()

    def _unjoin(self) -> None:
        """In a text that was scanned, the words where « m » was read « rn »: « chernin ». `low` keeps its length."""
        known = lexicon().bits
        for index, bit in enumerate(self.bits):
            word = self.low_words[index]
            if not bit & KNOWN and "rn" in word and len(word) > 4:
                tried = known(word.replace("rn", "m"))
                if tried & KNOWN:
                    self.low_words[index] = word.replace("rn", "m")
                    self.bits[index] = tried | (bit & (CAPITAL | UPPER))

    def _beside_code(self, index: int) -> bool:
        """Does the word touch what makes it part of an address on the network, or of a reference?"""
        return self.text[self.starts[index] - 1 : self.starts[index]] in ("@", ".", "/", "-", "_") or self.text[
            self.ends[index] : self.ends[index] + 1
        ] in ("@", "/", "-", "_")

    def __len__(self) -> int:
        return len(self.words)

    def woken(
        self, wakers: frozenset[str], pattern: re.Pattern[str], text: str | None = None
    ) -> Iterator[re.Match[str]]:
        """The matches of `pattern` in `text` (`low` by default), which all begin with one of `wakers`, in any case or
        accents; they do not overlap."""
        text = self.low if text is None else text
        places = self._places
        if places is None:
            places = self._places = defaultdict(list)
            for word, start in zip(self.low_words, self.starts, strict=True):
                places[word].append(start)
        done = 0
        for start in sorted(chain.from_iterable(places[word] for word in wakers if word in places)):
            if start >= done:
                match = pattern.match(text, start)
                if match is not None:
                    done = max(match.end(), start + 1)
                    yield match

    def low_word(self, index: int) -> str:
        """The word at `index`, in lower case and without accents."""
        return self.low_words[index]

    def gap(self, index: int) -> str:
        """What stands between the word at `index` and the next one."""
        return self._gaps[index]

    def index_at(self, position: int) -> int:
        """The index of the first word that ends after `position`."""
        return bisect_right(self.ends, position)

    def index_from(self, position: int) -> int:
        """The index of the first word that starts at `position` or after."""
        return bisect_left(self.starts, position)

    def line(self, position: int) -> tuple[int, int]:
        """Start and end of the line that holds `position` (end without the line break)."""
        number = bisect_right(self._line_starts, position) - 1
        start = self._line_starts[number]
        end = self._line_starts[number + 1] - 1 if number + 1 < len(self._line_starts) else len(self.text)
        return start, end
