"""The little language of rubrics: find "nid de poule" in "des nids-de-poule" and say where.

`@idée` all the wordings of an idea, `(a|b)` alternatives, `…` up to five words between, `mot*` any ending, `=mot`
exactly this word, `x + y` both in one sentence (or on one line of a list), `(x)?` optional; a word also finds its
synonyms (`familles.toml`). Explained for authors in docs/baremes.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from atelier_ia.content import ContentError
from atelier_ia.training.scoring.lexicon import entries
from atelier_ia.training.scoring.reading import LIGHT_WORDS, Reading, Token, agreed, fold

NEGATIONS = frozenset(["pas", "plus", "jamais", "rien", "aucun", "aucune", "sans", "ni", "non"])
WIDE_GAP = 6
LIGHT_GAP = 2
MAX_VARIANTS = 400
# Shorter words have too many neighbours ("poste", "porte") to forgive a slip.
MIN_SLIP = 7


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
        return token.is_word and _one_slip(self.form, token.form)


@dataclass(frozen=True, slots=True)
class CompiledPattern:
    """All the word sequences that a pattern stands for; `negative` when it carries its own negation."""

    parts: tuple[tuple[tuple[_Element, ...], ...], ...]
    negative: bool


@lru_cache(maxsize=4096)
def alternatives(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns of a rubric, with each idea ("@retirer") replaced by its wordings in `idees.toml`.

    Raises:
        ContentError: an idea that the lexicon does not have.
    """
    found: list[str] = []
    for pattern in patterns:
        if not pattern.startswith("@"):
            found.append(pattern)
            continue
        try:
            found += entries("concepts", pattern[1:])
        except KeyError:
            raise ContentError(
                f"L'idée « {pattern} » est inconnue ; celles qui existent sont dans docs/baremes.md."
            ) from None
    return tuple(found)


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
    places = [sorted({place for sequence in part for place in _places(sequence, reading)}) for part in compiled.parts]
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
    negative = any(element.form in NEGATIONS for part in parts for sequence in part for element in sequence)
    return CompiledPattern(parts, negative)


def _expand(part: str) -> tuple[tuple[_Element, ...], ...]:
    pieces: list[list[str]] = []
    for match in re.finditer(r"\(([^()]*)\)(\??)|([^()]+)", part):
        if match[3] is not None:
            pieces.append([match[3]])
        else:
            pieces.append([*match[1].split("|"), *([""] if match[2] else [])])
    # Brackets do not nest: the inner ones would silently break the outer ones.
    if part.count("(") != part.count(")") or re.search(r"\([^()]*\(", part) or not part:
        raise ContentError(f"Le motif « {part} » ne se lit pas ; vérifiez ses parenthèses.")
    variants = list(product(*pieces))
    if len(variants) > MAX_VARIANTS:
        raise ContentError(f"Le motif « {part} » a trop de variantes ; coupez-le en plusieurs.")
    sequences = tuple(sequence for variant in variants if (sequence := _sequence(" ".join(variant))))
    if not sequences:
        raise ContentError(f"Le motif « {part} » ne contient aucun mot ; complétez-le.")
    return sequences


def _sequence(text: str) -> tuple[_Element, ...]:
    elements: list[_Element] = []
    wide = False
    for chunk in re.split(r"(…|\.\.\.)", text):
        if chunk in ("…", "..."):
            wide = True
            continue
        for token, prefix, exact in _pattern_tokens(chunk):
            elements.append(_Element(token.form, token.lemma, prefix, exact, wide, token.family))
            wide = False
    heavy = [element for element in elements if element.form not in LIGHT_WORDS or element.exact]
    if not heavy:
        return tuple(elements)
    # A gap mark before a dropped word belongs to the next kept one.
    kept: list[_Element] = []
    pending = False
    for element in elements:
        if element.form in LIGHT_WORDS and not element.exact:
            pending = pending or element.wide
            continue
        kept.append(replace(element, wide=element.wide or pending))
        pending = False
    return tuple(kept)


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


def _places(sequence: tuple[_Element, ...], reading: Reading) -> list[tuple[int, int]]:
    tokens = reading.tokens
    found = []
    for start in _candidates(sequence[0], reading):
        last = start
        for element in sequence[1:]:
            following = _next(element, tokens, last)
            if following is None:
                break
            last = following
        else:
            found.append((start, last))
    return found


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
    typos = [i for form in reading.long_forms.get(element.form[0], ()) if _one_slip(element.form, form)
             for i in reading.forms[form]]  # fmt: skip
    return sorted({*exact, *near, *typos})


def _next(element: _Element, tokens: tuple[Token, ...], last: int) -> int | None:
    light = 0
    limit = WIDE_GAP if element.wide else LIGHT_GAP + 1
    for step in range(1, limit + 1):
        position = last + step
        if position >= len(tokens) or tokens[position].sentence != tokens[last].sentence:
            return None
        if element.fits(tokens[position]):
            return position
        if not element.wide:
            if not tokens[position].light:
                return None
            light += 1
    return None


@lru_cache(maxsize=65536)
def _one_slip(wanted: str, written: str) -> bool:
    """One letter added, lost, changed, or two swapped, in a word of at least seven letters; endings are free."""
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
