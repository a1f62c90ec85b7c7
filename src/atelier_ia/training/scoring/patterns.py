"""The little language of rubrics: find "nid de poule" in "des nids-de-poule" and say where.

`@idée` all the wordings of an idea, `(a|b)` alternatives, `…` up to five words between, `mot*` any ending, `=mot`
exactly this word, `x + y` both in one sentence (or on one line of a list), `(x)?` optional; a word also finds its
synonyms (`familles.toml`). Explained for authors in docs/baremes.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from atelier_ia.content import ContentError
from atelier_ia.training.scoring.lexicon import entries
from atelier_ia.training.scoring.reading import LIGHT_WORDS, Reading, Token, agreed, fold

NEGATIONS = frozenset(["pas", "plus", "jamais", "rien", "aucun", "aucune", "sans", "ni", "non"])
_NOT_TO = re.compile(r"pas … (\([^()]*\))")
WIDE_GAP = 6
LIGHT_GAP = 2
MAX_VARIANTS = 400
# Shorter words have too many neighbours ("poste", "porte") to forgive a slip.
MIN_SLIP = 6


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the answer, in Python characters of the original text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Do they share a character?"""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class _Element:
    form: str
    lemma: str
    prefix: bool
    exact: bool
    wide: bool  # up to WIDE_GAP words may stand before it
    family: str = ""  # that of its synonyms

    def fits(self, token: Token) -> bool:
        if self.prefix:
            return token.form.startswith(self.form)
        if token.form == self.form or (not self.exact and agreed(token.form) == agreed(self.form)):
            return True
        if self.exact:
            return False
        if token.lemma == self.lemma or (self.family and self.family == token.family):
            return True
        return token.is_word and one_slip(self.form, token.form)


@dataclass(frozen=True, slots=True)
class _Option:
    """One wording of a piece of pattern; `wide` when it ends on "…"."""

    elements: tuple[_Element, ...]
    wide: bool = False


_Pieces = tuple[tuple[_Option, ...], ...]


@dataclass(frozen=True, slots=True)
class CompiledPattern:
    """Each part (between " + ") is a succession of pieces, each of which has options; `negative`: denies by itself."""

    parts: tuple[_Pieces, ...]
    negative: bool


@lru_cache(maxsize=4096)
def alternatives(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns of a rubric, with each idea ("@retirer", "huis clos + @silence") replaced by its wordings.

    Raises:
        ContentError: an idea that `idees.toml` does not have.
    """
    found = [
        " + ".join(parts)
        for pattern in patterns
        for parts in product(*(_wordings(part) for part in pattern.split(" + ")))
    ]
    # "pas … (nommer|citer)" is said "on ne nomme pas" as well.
    reversed_ones = [f"{match[1]} pas" for pattern in found if (match := _NOT_TO.fullmatch(pattern))]
    return tuple(dict.fromkeys([*found, *reversed_ones]))


def _wordings(part: str) -> list[str]:
    if not part.startswith("@"):
        return [part]
    try:
        return entries("concepts", part[1:])
    except KeyError:
        raise ContentError(f"L'idée « {part} » est inconnue ; celles qui existent sont dans docs/baremes.md.") from None


def find(pattern: str, reading: Reading) -> list[Span]:
    """Every place where `pattern` is found, in order; a match never leaves its sentence."""
    return [Span(reading.tokens[a].start, reading.tokens[b].end) for a, b in find_tokens(pattern, reading)]


def find_tokens(pattern: str, reading: Reading) -> list[tuple[int, int]]:
    """Like `find`, as (first, last) token positions; the same pattern is looked for once in a reading."""
    if pattern not in reading.places:
        reading.places[pattern] = _find_tokens(pattern, reading)
    return reading.places[pattern]


def _find_tokens(pattern: str, reading: Reading) -> list[tuple[int, int]]:
    compiled = compile_pattern(pattern)
    places = [sorted(set(_places(part, reading))) for part in compiled.parts]
    if len(places) == 1:
        return places[0]
    found = []
    for first in places[0]:
        start = reading.tokens[first[0]]
        others = [
            next((place for place in candidates if reading.together(start, reading.tokens[place[0]])), None)
            for candidates in places[1:]
        ]
        complete = [place for place in others if place is not None]
        if len(complete) == len(others):
            group = [first, *complete]
            found.append((min(a for a, _ in group), max(b for _, b in group)))
    return found


@lru_cache(maxsize=8192)
def compile_pattern(pattern: str) -> CompiledPattern:
    """Read a pattern; `ContentError` when its brackets do not close or it holds no word."""
    parts = tuple(_expand(part.strip()) for part in pattern.split(" + "))
    negative = any(
        element.form in NEGATIONS for part in parts for piece in part for option in piece for element in option.elements
    )
    return CompiledPattern(parts, negative)


def _expand(part: str) -> _Pieces:
    pieces: list[list[str]] = []
    for match in re.finditer(r"\(([^()]*)\)(\??)|([^()]+)", part):
        if match[3] is not None:
            pieces.append([match[3]])
        else:
            pieces.append([*match[1].split("|"), *([""] if match[2] else [])])
    # Brackets do not nest: the inner ones would silently break the outer ones.
    if part.count("(") != part.count(")") or re.search(r"\([^()]*\(", part) or not part:
        raise ContentError(f"Le motif « {part} » ne se lit pas ; vérifiez ses parenthèses.")
    options = tuple(tuple(_option(text) for text in piece) for piece in pieces)
    options = tuple(_kept_words(piece, texts) for piece, texts in zip(options, pieces, strict=True))
    empty = all(any(not option.elements for option in piece) for piece in options)
    if not empty and not any(_counts(text) for piece in pieces for text in piece):
        return options
    # Figures are read with their unit ("(10|19) h"), and little words alone are looked for as they are.
    variants = list(product(*pieces))
    if len(variants) > MAX_VARIANTS:
        raise ContentError(f"Le motif « {part} » a trop de variantes ; coupez-le en plusieurs.")
    sequences = tuple(sequence for variant in variants if (sequence := _sequence(" ".join(variant))))
    if not sequences:
        raise ContentError(f"Le motif « {part} » ne contient aucun mot ; complétez-le.")
    return (tuple(_Option(sequence) for sequence in sequences),)


def _kept_words(piece: tuple[_Option, ...], texts: list[str]) -> tuple[_Option, ...]:
    """A little word that stands as one option among others is looked for: "(toute|autre) mairie"."""
    if len(piece) == 1 or not any(option.elements for option in piece):
        return piece
    return tuple(
        option if option.elements or not text.strip() else _Option(tuple(_elements(text)))
        for option, text in zip(piece, texts, strict=True)
    )


def _counts(text: str) -> bool:
    """Does it hold a number, in figures or in words?"""
    return any(not token.is_word for token in Reading(text.replace("*", " ").replace("=", " ")).tokens)


def _option(text: str) -> _Option:
    """The words of one option, the little ones left out; none for a mere "…"."""
    elements: list[_Element] = []
    pending = False
    for element in _elements(text):
        if element.form in LIGHT_WORDS and not element.exact:
            pending = pending or element.wide
            continue
        elements.append(replace(element, wide=element.wide or pending))
        pending = False
    return _Option(tuple(elements), pending or bool(re.search(r"(?:…|\.\.\.)\s*$", text)))


def _elements(text: str) -> list[_Element]:
    elements: list[_Element] = []
    wide = False
    for chunk in re.split(r"(…|\.\.\.)", text):
        if chunk in ("…", "..."):
            wide = True
            continue
        for token, prefix, exact in _pattern_tokens(chunk):
            elements.append(_Element(token.form, token.lemma, prefix, exact, wide, token.family))
            wide = False
    return elements


def _sequence(text: str) -> tuple[_Element, ...]:
    kept = _option(text).elements
    return kept or tuple(_elements(text))


def _pattern_tokens(chunk: str) -> list[tuple[Token, bool, bool]]:
    plain = chunk.replace("*", " ").replace("=", " ")
    found = []
    for token in Reading(plain).tokens:
        prefix = chunk[token.end : token.end + 1] == "*"
        exact = token.start > 0 and chunk[token.start - 1] == "="
        if prefix:
            form = fold(chunk[token.start : token.end])
            token = Token(token.start, token.end, form, form, True)
        found.append((token, prefix, exact))
    return found


def _places(pieces: _Pieces, reading: Reading) -> Iterator[tuple[int, int]]:
    """(first, last) token of every match; each piece takes the nearest place of each of its options."""
    for start, rest, last, wide in _starts(pieces, reading, wide=False):
        for end in _ends(rest, reading, last, wide=wide):
            yield start, end


def _starts(pieces: _Pieces, reading: Reading, *, wide: bool) -> Iterator[tuple[int, _Pieces, int, bool]]:
    """(first token, pieces left, last token read, is a gap allowed next) once the first words are placed."""
    if not pieces:
        return
    for option in pieces[0]:
        if not option.elements:
            yield from _starts(pieces[1:], reading, wide=option.wide)
            continue
        for start in _candidates(option.elements[0], reading):
            last = _walk(option.elements[1:], reading, start, wide=False)
            if last is not None:
                yield start, pieces[1:], last, option.wide


def _ends(pieces: _Pieces, reading: Reading, last: int, *, wide: bool) -> Iterator[int]:
    if not pieces:
        yield last
        return
    for option in pieces[0]:
        reached = _walk(option.elements, reading, last, wide=wide)
        if reached is not None:
            kept = wide if not option.elements else False
            yield from _ends(pieces[1:], reading, reached, wide=kept or option.wide)


def _walk(elements: tuple[_Element, ...], reading: Reading, last: int, *, wide: bool) -> int | None:
    """The last token once these words are found one after the other, None when they are not."""
    for rank, element in enumerate(elements):
        following = _next(element, reading.tokens, last, wide=element.wide or (wide and rank == 0))
        if following is None:
            return None
        last = following
    return last


def _candidates(element: _Element, reading: Reading) -> list[int]:
    if element.prefix:
        return [i for form, places in reading.forms.items() if form.startswith(element.form) for i in places
                if reading.tokens[i].form.startswith(element.form)]  # fmt: skip
    exact = reading.forms.get(element.form, [])
    if element.exact:
        return [i for i in exact if reading.tokens[i].form == element.form]
    near = reading.forms.get(element.lemma, []) if element.lemma != element.form else []
    near = [*near, *reading.agreements.get(agreed(element.form), []), *reading.forms.get(element.family, [])]
    if len(element.form) < MIN_SLIP or not element.form.isalpha():
        return exact if not near else sorted({*exact, *near})
    typos = [i for form in reading.long_forms.get(element.form[0], ()) if one_slip(element.form, form)
             for i in reading.forms[form]]  # fmt: skip
    return sorted({*exact, *near, *typos})


def _next(element: _Element, tokens: tuple[Token, ...], last: int, *, wide: bool) -> int | None:
    light = 0
    limit = WIDE_GAP if wide else LIGHT_GAP + 1
    for step in range(1, limit + 1):
        position = last + step
        if position >= len(tokens) or tokens[position].sentence != tokens[last].sentence:
            return None
        if element.fits(tokens[position]):
            return position
        if not wide:
            if not tokens[position].light:
                return None
            light += 1
    return None


@lru_cache(maxsize=65536)
def one_slip(wanted: str, written: str) -> bool:
    """One letter added, lost, changed, or two swapped, in a word of at least six letters; endings are free."""
    if len(wanted) < MIN_SLIP or abs(len(wanted) - len(written)) > 1 or not wanted.isalpha() or wanted == written:
        return False
    if wanted[0] != written[:1]:
        return False
    i = 0
    while i < min(len(wanted), len(written)) and wanted[i] == written[i]:
        i += 1
    rest_a, rest_b = wanted[i:], written[i:]
    return (
        rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )
