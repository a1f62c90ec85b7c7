"""Read the answers out of a submitted notebook, as text. Whatever happened to its cells, nothing in it is run.

The answer that counts is the one that stock nbgrader would grade: the last one written before the exercise's points
cell. Anything a person should look at (first line lost, other answer further down, wrong cell type) is reported, with
the text it concerns, instead of being graded in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier_ia.training.composition import answer_cell_id, graded_cell_id, points_cell_id
from atelier_ia.training.notebooks import Cell, Notebook, source_of
from atelier_ia.training.rubrics import Assignment, Exercise
from atelier_ia.training.scoring import clean_answer
from atelier_ia.training.scoring.guards import is_blank

_MAGIC = re.compile(r"\s*%%(?:prompt|reponse)[ \t]+(?P<name>\S+)[^\n]*(?:\n(?P<body>.*))?\Z", re.S)
_LOST_MAGIC = re.compile(r"\s*%%?\w*[^\n]*\n")


@dataclass(frozen=True)
class Answer:
    """What a learner answered to one exercise. `problem` (French) asks a person to look; `note` only informs."""

    exercise: str
    text: str
    problem: str = ""
    note: str = ""


@dataclass(frozen=True)
class _Written:
    """An answer found at `position` in the notebook."""

    position: int
    text: str


def extract(notebook: Notebook, assignment: Assignment) -> tuple[Answer, ...]:
    """One `Answer` per exercise, in order; an exercise without answer has an empty text."""
    return tuple(_answer_to(exercise, notebook["cells"]) for exercise in assignment.exercises)


def _answer_to(exercise: Exercise, cells: list[Cell]) -> Answer:
    name = answer_cell_id(exercise.id)
    if exercise.kind == "ouverte":
        return _open_answer(exercise, cells)
    written = [
        _Written(position, body)
        for position, cell in enumerate(cells)
        if _runs(cell, name) and (body := _body(cell, exercise.id)) is not None
    ]
    limit = _points_position(exercise, cells)
    before = [one for one in written if limit is None or one.position < limit]
    counted = before[-1].text if before else ""
    later = [one.text for one in written if limit is not None and one.position > limit and not is_blank(one.text)]
    if later and later[-1].strip() != counted.strip():
        return Answer(exercise.id, counted, "Une autre réponse se trouve plus bas dans le carnet : laquelle compte ?")
    if not is_blank(counted):
        distinct = {one.text.strip() for one in before if not is_blank(one.text)}
        note = "Plusieurs réponses dans le carnet : la dernière a été notée." if len(distinct) > 1 else ""
        return Answer(exercise.id, counted, note=note)
    stray = _stray(exercise, cells)
    if stray:
        return Answer(exercise.id, stray, "La première ligne de la cellule a été effacée ou modifiée.")
    blank_after = [one.text for one in before if not is_blank(one.text)]
    if blank_after:
        return Answer(exercise.id, "", "Une réponse a été écrite, puis une cellule vide la remplace plus bas.")
    if not any(_identifier(cell) == name for cell in cells) and not written:
        return Answer(exercise.id, "", note="La cellule de réponse n'est plus dans le carnet : aucune réponse à noter.")
    return Answer(exercise.id, "")


def _runs(cell: Cell, answer_name: str) -> bool:
    """Would nbgrader run it? Code cells, and answer cells that it turns back into code."""
    return cell.get("cell_type") == "code" or _identifier(cell) == answer_name


def _body(cell: Cell, exercise: str) -> str | None:
    match = _MAGIC.match(source_of(cell).replace("\r\n", "\n"))
    return clean_answer(match["body"] or "") if match and match["name"] == exercise else None


def _points_position(exercise: Exercise, cells: list[Cell]) -> int | None:
    """Where the points are counted: nbgrader keeps the last copy of the cell; None when it will be put back."""
    name = points_cell_id(exercise.id)
    places = [position for position, cell in enumerate(cells) if _identifier(cell) == name]
    return places[-1] if places else None


def _stray(exercise: Exercise, cells: list[Cell]) -> str:
    """Text in this exercise's own cell without its magic line, or under its magic in a cell that does not run."""
    for cell in cells:
        source = source_of(cell)
        under_magic = _body(cell, exercise.id)
        if under_magic is not None and not _runs(cell, "") and not is_blank(under_magic):
            return under_magic
        if _identifier(cell) == answer_cell_id(exercise.id) and under_magic is None:
            text = clean_answer(_LOST_MAGIC.sub("", source, count=1) if source.lstrip().startswith("%") else source)
            if not is_blank(text) and not _MAGIC.match(source):
                return text
    return ""


def _open_answer(exercise: Exercise, cells: list[Cell]) -> Answer:
    """Open questions are read by a person: any text in their cell counts."""
    for cell in reversed(cells):
        body = _body(cell, exercise.id)
        if body is None and _identifier(cell) == graded_cell_id(exercise):
            body = clean_answer(source_of(cell))
        if body is not None and not is_blank(body):
            return Answer(exercise.id, body)
    return Answer(exercise.id, "")


def _identifier(cell: Cell) -> str:
    metadata = cell.get("metadata")
    grading = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = grading.get("grade_id") if isinstance(grading, dict) else None
    return name if isinstance(name, str) else ""
