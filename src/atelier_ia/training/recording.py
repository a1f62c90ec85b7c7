"""Write corrections into nbgrader's gradebook, many in one transaction.

Only automatic scores and automatic comments are written: a person's mark and comment stay as they are. The notebook
that formgrader shows is rebuilt from our own cells and the learner's text, so that nothing else of theirs reaches it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import OperationalError

from atelier_ia.errors import AtelierError
from atelier_ia.training.code_cells import CodeMark
from atelier_ia.training.composition import answer_cell_id, graded_cell_id, points_cell_id
from atelier_ia.training.corrections import Correction, GradedAnswer, write_whole
from atelier_ia.training.course import gradebook_is_missing, gradebook_url, graded_notebook_path, put_tools_on_path
from atelier_ia.training.generation import GenerationError, copy_sources, ensure_released, release
from atelier_ia.training.nbgrader_tables import (
    ASSIGNMENT,
    BASE_CELL,
    COMMENT,
    COMMENTED_KINDS,
    GRADE,
    GRADED_KINDS,
    NOTEBOOK,
    SOURCE_CELL,
    STUDENT,
    SUBMISSION,
    SUBMITTED_NOTEBOOK,
    has_tables,
    open_gradebook,
)
from atelier_ia.training.notebooks import KERNEL, Notebook, as_text, read_notebook, source_of
from atelier_ia.training.rubrics import load_assignment, source_folder

Row = dict[str, Any]


@dataclass(frozen=True)
class _Plan:
    """What the gradebook knows of one assignment: its rows, and its cells by name."""

    assignment: str
    notebook: str
    graded: dict[str, str]  # name → id of the cells that carry a grade
    commented: dict[str, str]


class RecordingError(AtelierError):
    """The gradebook could not be written; it is as it was before."""


class Recorder:
    """The open gradebook. Use as a context manager; each `record` is one transaction."""

    def __init__(self, assignments: list[str]) -> None:
        ensure_recorded(*assignments)
        self._engine = open_gradebook(gradebook_url())
        self._released = {name: read_notebook(ensure_released(name)) for name in assignments}
        with self._engine.begin() as connection:
            self._plans = {name: _plan(connection, name) for name in assignments}

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.dispose()

    def record(self, corrections: list[Correction]) -> None:
        """Store these submissions' scores, then the notebooks that formgrader and generate_feedback read."""
        try:
            with self._engine.begin() as connection:
                _ensure_students(connection, {correction.learner for correction in corrections})
                for name in sorted({correction.assignment for correction in corrections}):
                    batch = [correction for correction in corrections if correction.assignment == name]
                    _write(connection, self._plans[name], batch)
        except OperationalError:  # the transaction is undone: the gradebook is as it was
            raise RecordingError(
                "Le carnet de notes n'a pas pu être écrit (disque plein, ou base occupée par un autre programme) ; "
                "libérez-le, puis relancez « atelier corriger » : rien n'est perdu."
            ) from None
        for correction in corrections:
            self._write_notebook(correction)

    def _write_notebook(self, correction: Correction) -> None:
        path = graded_notebook_path(correction.learner, correction.assignment)
        notebook = graded_notebook(self._released[correction.assignment], correction)
        write_whole(path, as_text(notebook).encode(), durable=False)
        if correction.submitted_at:
            write_whole(path.with_name("timestamp.txt"), correction.submitted_at.encode(), durable=False)


def _plan(connection: Connection, name: str) -> _Plan:
    found = connection.execute(
        select(ASSIGNMENT.c.id, NOTEBOOK.c.id)
        .join_from(ASSIGNMENT, NOTEBOOK, NOTEBOOK.c.assignment_id == ASSIGNMENT.c.id)
        .where(ASSIGNMENT.c.name == name, NOTEBOOK.c.name == name)
    ).one()
    cells = connection.execute(
        select(BASE_CELL.c.name, BASE_CELL.c.id, BASE_CELL.c.type).where(BASE_CELL.c.notebook_id == found[1])
    ).all()
    return _Plan(
        found[0],
        found[1],
        {cell: identifier for cell, identifier, kind in cells if kind in GRADED_KINDS},
        {cell: identifier for cell, identifier, kind in cells if kind in COMMENTED_KINDS},
    )


def _ensure_students(connection: Connection, learners: set[str]) -> None:
    known = set(connection.execute(select(STUDENT.c.id).where(STUDENT.c.id.in_(learners))).scalars())
    _insert(connection, STUDENT, [{"id": learner} for learner in sorted(learners - known)])


def _write(connection: Connection, plan: _Plan, corrections: list[Correction]) -> None:
    notebooks = _ensure_submissions(connection, plan, corrections)
    grades = _ensure_rows(connection, GRADE, plan.graded, notebooks.values(), {"needs_manual_grade": True})
    comments = _ensure_rows(connection, COMMENT, plan.commented, notebooks.values(), {})
    new_grades, new_comments = [], []
    for correction in corrections:
        notebook = notebooks[correction.learner]
        exercises = load_assignment(correction.assignment)
        ours = set()
        for answer in correction.answers:
            exercise = exercises.exercise(answer.exercise)
            cell = graded_cell_id(exercise)
            ours.add(cell)
            if cell in plan.graded:
                new_grades.append(_grade(grades[notebook, plan.graded[cell]], answer.score, answer.rewritten))
            cell = answer_cell_id(exercise.id)
            if cell in plan.commented:
                row = comments[notebook, plan.commented[cell]]
                new_comments.append({"row": row["id"], "auto_comment": comment(answer)})
        marks = {mark.name: mark for mark in correction.code}
        for cell, identifier in plan.graded.items():
            row = grades[notebook, identifier]
            if cell in marks:
                new_grades.append(_grade(row, marks[cell].score))
            elif cell not in ours and row["auto_score"] is None:
                new_grades.append({"row": row["id"], "auto_score": None, "needs_manual_grade": True})
    _update(connection, GRADE, new_grades)
    _update(connection, COMMENT, new_comments)


def _ensure_submissions(connection: Connection, plan: _Plan, corrections: list[Correction]) -> dict[str, str]:
    """Learner → id of their submitted notebook; rows that are missing are created, dates brought up to date."""
    learners = [correction.learner for correction in corrections]
    known = {
        row["student_id"]: row
        for row in _rows(
            connection, SUBMISSION, SUBMISSION.c.assignment_id == plan.assignment, SUBMISSION.c.student_id.in_(learners)
        )
    }
    added, dated = [], []
    for correction in corrections:
        row, when = known.get(correction.learner), moment(correction.submitted_at)
        if row is None:
            row = {"id": uuid4().hex, "assignment_id": plan.assignment, "student_id": correction.learner,
                   "timestamp": when}  # fmt: skip
            known[correction.learner] = row
            added.append(row)
        elif when is not None and row["timestamp"] != when:
            dated.append({"row": row["id"], "timestamp": when})
    _insert(connection, SUBMISSION, added)
    _update(connection, SUBMISSION, dated)
    owners = {known[learner]["id"]: learner for learner in learners}
    notebooks = {
        owners[row["assignment_id"]]: row["id"]
        for row in _rows(
            connection,
            SUBMITTED_NOTEBOOK,
            SUBMITTED_NOTEBOOK.c.notebook_id == plan.notebook,
            SUBMITTED_NOTEBOOK.c.assignment_id.in_(owners),
        )
    }
    missing = [
        {"id": uuid4().hex, "assignment_id": known[learner]["id"], "notebook_id": plan.notebook, "flagged": False}
        for learner in learners
        if learner not in notebooks
    ]
    _insert(connection, SUBMITTED_NOTEBOOK, missing)
    return notebooks | {owners[row["assignment_id"]]: row["id"] for row in missing}


def _ensure_rows(
    connection: Connection, of: Any, cells: dict[str, str], notebooks: Iterable[str], defaults: Row
) -> dict[tuple[str, str], Row]:
    """(notebook, cell) → row of grades or comments; those that are missing are created."""
    wanted = {(notebook, cell) for notebook in notebooks for cell in cells.values()}
    rows = {
        (row["notebook_id"], row["cell_id"]): row
        for row in _rows(connection, of, of.c.notebook_id.in_({notebook for notebook, _ in wanted}))
    }
    empty = dict.fromkeys(of.columns.keys()) | defaults
    missing = [
        empty | {"id": uuid4().hex, "notebook_id": notebook, "cell_id": cell}
        for notebook, cell in sorted(wanted - set(rows))
    ]
    _insert(connection, of, missing)
    return rows | {(row["notebook_id"], row["cell_id"]): row for row in missing}


def _grade(row: Row, score: float | None, rewritten: bool = False) -> Row:
    """The automatic mark, and whether a person must look: not again at what they decided, unless it changed."""
    decided = row["manual_score"] is not None
    changed = rewritten or row["auto_score"] != score
    return {
        "row": row["id"],
        "auto_score": score,
        "needs_manual_grade": changed if decided else score is None,
    }


def _rows(connection: Connection, of: Any, *conditions: Any) -> list[Row]:
    return [dict(row) for row in connection.execute(select(of).where(*conditions)).mappings()]


def _insert(connection: Connection, into: Any, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(into), rows)


def _update(connection: Connection, of: Any, rows: list[Row]) -> None:
    """Each row names its line under "row", and the columns to write."""
    if rows:
        columns: Row = {name: bindparam(name) for name in rows[0] if name != "row"}
        connection.execute(update(of).where(of.c.id == bindparam("row")).values(columns), rows)


def moment(stamp: str) -> datetime | None:
    """nbgrader's timestamp as it stores it (naive UTC); None when there is none or it cannot be read."""
    day, _, rest = stamp.partition(" ")
    hour, _, zone = rest.partition(" ")
    try:
        if zone in ("", "UTC", "GMT", "Z"):
            return datetime.fromisoformat(f"{day} {hour}")
        offset = datetime.strptime(zone, "%z").tzinfo
        found = datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=offset)
    except (ValueError, OverflowError):  # another zone's name: the date is only indicative
        return None
    return found.astimezone(UTC).replace(tzinfo=None)


def comment(answer: GradedAnswer) -> str:
    """A few lines for formgrader and for nbgrader's own feedback page."""
    if answer.problem:
        proposal = answer.result.score
        hint = f" Note proposée : {proposal:g} sur {answer.max_score:g}." if proposal else ""
        return f"À revoir par la formatrice : {answer.problem}{hint}"
    if answer.result.blank:
        return answer.note or "Pas de réponse."
    lines = [answer.result.notice] if answer.result.notice else []
    lines += [f"{line.title} ({line.verdict}) : {line.message}" for line in answer.result.criteria]
    return "\n\n".join([*lines, *([answer.note] if answer.note else [])])


def _told(mark: CodeMark) -> str:
    shown = "à décider par la formatrice" if mark.score is None else f"{mark.score:g} sur {mark.max_score:g}"
    return "\n".join(line for line in (f"Note : {shown}", mark.problem, mark.message) if line) + "\n"


def graded_notebook(released: Notebook, correction: Correction) -> Notebook:
    """The learners' version with this learner's answers in it, and each score under its points cell."""
    texts = {answer_cell_id(answer.exercise): answer for answer in correction.answers}
    scores = {points_cell_id(answer.exercise): answer for answer in correction.answers}
    marks = {mark.name: mark for mark in correction.code}
    cells = []
    for cell in released["cells"]:
        name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", "")
        copy = {**cell, "metadata": {**cell["metadata"]}}
        if name in texts and texts[name].answer:
            first_line = "".join(cell["source"]).split("\n", 1)[0]
            copy["source"] = f"{first_line}\n{texts[name].answer}"
        elif name in correction.written:
            copy["source"] = correction.written[name]
        elif name in marks:
            copy["outputs"] = [{"name": "stdout", "output_type": "stream", "text": _told(marks[name])}]
        elif name in scores and scores[name].score is not None:
            value = str(float(scores[name].score or 0))
            copy["outputs"] = [
                {"data": {"text/plain": value}, "execution_count": 1, "metadata": {}, "output_type": "execute_result"}
            ]
        cells.append(copy)
    metadata = {**released["metadata"], "kernelspec": dict(KERNEL)}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def ensure_recorded(*names: str) -> None:
    """Have nbgrader record the cells of these assignments in the gradebook, when their solution notebook changed.

    Raises:
        GenerationError: cells were added or removed while submissions exist (nbgrader refuses it).
    """
    for name in _unrecorded(names):
        with tempfile.TemporaryDirectory(prefix="atelier-") as folder:
            copy_sources(Path(folder), name)
            try:
                put_tools_on_path()
                release(Path(folder), (name,), gradebook_url())
            except GenerationError:
                raise GenerationError(
                    f"Le devoir « {name} » a changé alors que des travaux sont déjà notés ; rétablissez ses exercices, "
                    "ou donnez un nouveau nom au devoir."
                ) from None


def _unrecorded(names: tuple[str, ...]) -> list[str]:
    """Assignments of which the gradebook does not hold exactly these locked cells."""
    for name in names:
        ensure_released(name)
    if gradebook_is_missing():
        return list(names)
    engine = open_gradebook(gradebook_url())
    try:
        if not has_tables(engine):
            return list(names)
        with engine.begin() as connection:
            return [name for name in names if _known_cells(connection, name) != _locked_cells(name)]
    finally:
        engine.dispose()


def _locked_cells(name: str) -> dict[str, str]:
    cells = read_notebook(source_folder() / name / f"{name}.ipynb")["cells"]
    grading = [(cell, cell["metadata"].get("nbgrader", {})) for cell in cells]
    return {data["grade_id"]: source_of(cell) for cell, data in grading if data.get("locked")}


def _known_cells(connection: Connection, name: str) -> dict[str, str]:
    rows = connection.execute(
        select(SOURCE_CELL.c.name, SOURCE_CELL.c.source)
        .join_from(SOURCE_CELL, NOTEBOOK, SOURCE_CELL.c.notebook_id == NOTEBOOK.c.id)
        .join(ASSIGNMENT, NOTEBOOK.c.assignment_id == ASSIGNMENT.c.id)
        .where(ASSIGNMENT.c.name == name, NOTEBOOK.c.name == name, SOURCE_CELL.c.locked)
    )
    return {row[0]: row[1] for row in rows}
