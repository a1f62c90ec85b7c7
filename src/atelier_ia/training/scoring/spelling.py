"""Words written as they sound, abbreviated or with a slip: read as the word meant, quoted as they were written.

Only words that French does not have are touched, and only when a word of the exercise or of `mots_attendus`
(lexique.toml) sounds the same or differs by one letter. Names, figures and capitals are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from atelier_ia.training.rubrics import Exercise
from atelier_ia.training.scoring.lexicon import entries, table
from atelier_ia.training.scoring.patterns import one_slip
from atelier_ia.training.scoring.reading import fold, known_word
from atelier_ia.training.scoring.results import CriterionResult, ExerciseResult, Quote, shortened

# Shorter words, or words of fewer sounds, have too many neighbours.
_MIN_LETTERS = 4
_MIN_SOUNDS = 4
_WORD = re.compile(r"[^\W\d_]+")
# One sound, one letter. "1", "2", "3" stand for the nasal vowels, "C" for "ch".
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"), (r"s?ch", "C"), (r"qu|q|ck", "k"), (r"gu(?=[eiy])", "G"), (r"g(?=[eiy])", "j"), (r"G", "g"),
        (r"c(?=[eiy])", "s"), (r"c", "k"), (r"h", ""), (r"eau|au", "o"), (r"oeu|eu", "e"),
        (r"(?:[ae]in|[iy][nm])(?=[^aeiouy]|$)", "1"), (r"[ae][nm](?=[^aeiouynm]|$)", "2"),
        (r"o[nm](?=[^aeiouynm]|$)", "3"), (r"[ae][iy]", "e"), (r"y", "i"), (r"ti(?=3$)", "si"),
        (r"(?<=[aeiou])s(?=[aeiou])", "z"), (r"x", "ks"),
        (r"(.)\1+", r"\1"), (r"(?:er|ez|et|ets|ee|es|ees|et|ed)$", "e"), (r"[stdxpzk]+$", ""), (r"(?<=[^aiou])e$", ""),
    )
)  # fmt: skip


@dataclass(frozen=True)
class _Change:
    """One word read otherwise: its place in what is read, then in what was written."""

    start: int
    end: int
    own_start: int
    own_end: int


@dataclass(frozen=True)
class _Vocabulary:
    """The words that may be meant, by their sound, and by their first letter: a slip is never there."""

    by_sound: dict[str, str]
    near: dict[str, set[str]]


@dataclass(frozen=True)
class Spelled:
    """An answer with its words spelled out; `written` is the answer itself."""

    text: str
    written: str
    changes: tuple[_Change, ...] = ()

    def quoted(self, result: ExerciseResult) -> ExerciseResult:
        """The same result, its evidence quoted from what was written."""
        if not self.changes:
            return result
        return replace(result, criteria=tuple(self._line(line) for line in result.criteria))

    def _line(self, line: CriterionResult) -> CriterionResult:
        message = line.message
        quotes = []
        for quote in line.evidence:
            start, end = self._place(quote.start, after=False), self._place(quote.end, after=True)
            own = Quote(start, end, self.written[start:end])
            message = message.replace(shortened(quote.text), shortened(own.text))
            quotes.append(own)
        return replace(line, evidence=tuple(quotes), message=message)

    def _place(self, offset: int, *, after: bool) -> int:
        shift = 0
        for change in self.changes:
            if change.end <= offset:
                shift = change.own_end - change.end
            elif change.start < offset or (change.start == offset and not after):
                return change.own_end if after else change.own_start
        return offset + shift


def spelled_out(exercise: Exercise, text: str) -> Spelled:
    """Read `text` with the words meant; unchanged when all its words are French."""
    meant = _vocabulary(exercise)
    pieces: list[str] = []
    changes: list[_Change] = []
    position = length = 0
    for match in _WORD.finditer(text):
        word = _meant(match, text, meant)
        if word is None:
            continue
        kept = text[position : match.start()]
        length += len(kept)
        changes.append(_Change(length, length + len(word), *match.span()))
        pieces += [kept, word]
        length += len(word)
        position = match.end()
    if not changes:
        return Spelled(text, text)
    return Spelled("".join([*pieces, text[position:]]), text, tuple(changes))


def _meant(match: re.Match[str], text: str, meant: _Vocabulary) -> str | None:
    """The word meant by this one, None when it is to be read as it stands."""
    word = match[0]
    if word != word.lower() or text[match.start() - 1 : match.start()] in ("[", "@", ".", "-", "_"):
        return None
    short = table("lecture", "abreges").get(word)
    # "c ambrelle agglo" abbreviates; "c : oui" is a letter.
    if short and re.match(r" +[^\W\d_]", text[match.end() : match.end() + 3]):
        return str(short)
    plain = fold(word)
    if len(word) < _MIN_LETTERS or plain in meant.near.get(plain[0], ()) or known_word(word):
        return None
    same = meant.by_sound.get(_sound(word))
    if same:
        return same
    near = {other for other in meant.near.get(plain[0], ()) if one_slip(other, plain)}
    return near.pop() if len(near) == 1 else None


@lru_cache(maxsize=64)
def _vocabulary(exercise: Exercise) -> _Vocabulary:
    patterns = [
        *exercise.subject,
        *(variant for criterion in exercise.criteria for fact in criterion.facts for variant in fact.variants),
        *(pattern for defect in exercise.defects for pattern in (*defect.landmarks, *defect.explanations)),
    ]
    plain = re.sub(r"\S+\*|@\S+", " ", " ".join(patterns))
    words = [
        *(fold(word) for word in entries("lecture", "mots_attendus")),
        *(fold(word) for word in _WORD.findall(f"{exercise.statement} {exercise.text} {plain}")),
    ]
    by_sound = {
        _sound(word): word for word in reversed(words) if len(word) >= _MIN_LETTERS and len(_sound(word)) >= _MIN_SOUNDS
    }
    near: dict[str, set[str]] = {}
    for word in by_sound.values():
        near.setdefault(word[0], set()).add(word)
    return _Vocabulary(by_sound, near)


@lru_cache(maxsize=16384)
def _sound(word: str) -> str:
    sound = fold(word.replace("ç", "ss"))
    for pattern, replacement in _SOUNDS:
        sound = pattern.sub(replacement, sound)
    return sound
