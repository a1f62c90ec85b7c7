"""Where in the document a remark points: the passage that it quotes, or sets before a colon or an arrow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from atelier_ia.training.rubrics import Defect, Exercise
from atelier_ia.training.scoring.patterns import Span
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading
from atelier_ia.training.scoring.remarks import Remark

_QUOTED = re.compile(r"«([^»\n]*)»|\"([^\"\n]*)\"|“([^”\n]*)”")
# « Trois jours ouvrés : c'est trop court »: what stands before the first colon, equals sign or arrow of a line.
_HEAD = re.compile(r"\W*(?:\d{1,2} ?[.)°/] ?|[a-h] ?[.)] ?)?([^:=→\n]{3,90}?) ?(?::|=|→|->)")
_ELLIPSIS = re.compile(r"…|\.\.\.|\[\.{3}\]|\(\.{3}\)")
_EDGES = " \t.,;:!?()[]-–—'’«»\"“”"


@dataclass(frozen=True)
class Shown:
    """A passage of the document that a remark shows: its place in the answer, and its places in the document."""

    span: Span
    places: tuple[tuple[int, int], ...]


def shown_passages(exercise: Exercise, reading: Reading, item: Remark) -> list[Shown]:
    """The passages of the document that `item` quotes word for word, as far as they are of some length."""
    document = _document(exercise.text)
    folded = reading.folded[item.span.start : item.span.end]
    found = []
    marks = [(match.start(match.lastindex or 0), match[match.lastindex or 0]) for match in _QUOTED.finditer(folded)]
    # A head such as "64 →" says which passage is meant, whatever is quoted after it.
    head = _HEAD.match(folded)
    if head is not None and (not marks or (head.end() <= marks[0][0] and _places(document, head[1]))):
        marks = [(head.start(1), head[1])]
    for start, text in marks:
        places = tuple(place for piece in _ELLIPSIS.split(text) for place in _places(document, piece))
        if places:
            begin = item.span.start + start
            found.append(Shown(Span(begin, begin + len(text)), places))
    return found


def is_shown(defect: Defect, exercise: Exercise, passage: Shown) -> bool:
    """Is it, in full or in part, a passage of this defect?"""
    mine = _passages(exercise.text, defect.passages)
    return any(start < b and a < end for start, end in passage.places for a, b in mine)


def shows_elsewhere(exercise: Exercise, defect: Defect, shown: list[Shown], span: Span) -> bool:
    """Does `span` stand in a passage that is shown, and that is not this defect's?"""
    if not defect.passages:
        return False
    return any(
        passage.span.start <= span.start and span.end <= passage.span.end and not is_shown(defect, exercise, passage)
        for passage in shown
    )


def right_passage(exercise: Exercise, shown: list[Shown]) -> Shown | None:
    """The first passage shown, when all of those shown belong to no defect at all."""
    if not shown or not all(defect.passages for defect in exercise.defects):
        return None
    if any(is_shown(defect, exercise, passage) for passage in shown for defect in exercise.defects):
        return None
    return shown[0]


def _places(document: str, piece: str) -> list[tuple[int, int]]:
    text = " ".join(piece.split()).strip(_EDGES)
    words = [word for word in re.findall(r"[\w']+", text) if word not in FUNCTION_WORDS]
    if not words or not (len(words) > 1 or re.fullmatch(r"[\d.]{2,}\w?", words[0]) or len(text.split()) > 2):
        return []
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", document)]


@lru_cache(maxsize=64)
def _document(text: str) -> str:
    return re.sub(r"\s", " ", Reading(text).folded)


@lru_cache(maxsize=512)
def _passages(text: str, passages: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    document = _document(text)
    wanted = [re.sub(r"\s", " ", Reading(passage).folded) for passage in passages]
    return tuple(match.span() for one in wanted for match in re.finditer(re.escape(one), document))
