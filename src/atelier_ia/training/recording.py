"""Write corrections into nbgrader's gradebook, through nbgrader's own API.

Only automatic scores and automatic comments are written: a person's mark and comment stay as they are. The notebook
that formgrader shows is rebuilt from our own cells and the learner's text, so that nothing else of theirs reaches it.
"""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any

from atelier_ia.settings import project_root
from atelier_ia.training.composition import answer_cell_id, graded_cell_id, points_cell_id
from atelier_ia.training.corrections import Correction, GradedAnswer, write_whole
from atelier_ia.training.course import AUTOGRADED, COURSE, gradebook_url, put_tools_on_path
from atelier_ia.training.generation import GenerationError, copy_sources, ensure_released, release
from atelier_ia.training.notebooks import KERNEL, Notebook, as_text, read_notebook, source_of
from atelier_ia.training.rubrics import load_assignment


class Recorder:
    """The open gradebook. Use as a context manager; `record` commits one submission at a time."""

    def __init__(self, assignments: list[str]) -> None:
        put_tools_on_path()
        # nbgrader's models make SQLAlchemy 2 warn at each new submission; the grades are right.
        warnings.filterwarnings("ignore", message="Object of type <Submitted")
        for name in assignments:
            ensure_recorded(name)
        from nbgrader.api import Gradebook

        self._gradebook: Any = Gradebook(gradebook_url(), COURSE)
        self._released = {name: read_notebook(ensure_released(name)) for name in assignments}

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gradebook.close()

    def record(self, correction: Correction) -> None:
        """Store one submission's scores, then the notebook that formgrader and generate_feedback read."""
        from nbgrader.utils import parse_utc

        book = self._gradebook
        when = {"timestamp": parse_utc(correction.submitted_at)} if correction.submitted_at else {}
        book.update_or_create_student(correction.learner)
        book.update_or_create_submission(correction.assignment, correction.learner, **when)
        notebook = book.find_submission_notebook(correction.assignment, correction.assignment, correction.learner)
        grades = {grade.name: grade for grade in notebook.grades}
        comments = {comment.name: comment for comment in notebook.comments}
        exercises = load_assignment(correction.assignment)
        for answer in correction.answers:
            exercise = exercises.exercise(answer.exercise)
            grade = grades.get(graded_cell_id(exercise))
            if grade is not None:
                _set_grade(grade, answer)
            comment = comments.get(answer_cell_id(exercise.id))
            if comment is not None:
                comment.auto_comment = _comment(answer)
        ours = {graded_cell_id(exercise) for exercise in exercises.exercises}
        for name, grade in grades.items():
            if name not in ours and grade.auto_score is None:
                grade.needs_manual_grade = True
        book.db.commit()
        self._write_notebook(correction)

    def _write_notebook(self, correction: Correction) -> None:
        folder = project_root() / AUTOGRADED / correction.learner / correction.assignment
        notebook = graded_notebook(self._released[correction.assignment], correction)
        write_whole(folder / f"{correction.assignment}.ipynb", as_text(notebook).encode())
        if correction.submitted_at:
            write_whole(folder / "timestamp.txt", correction.submitted_at.encode())


def _set_grade(grade: Any, answer: GradedAnswer) -> None:
    changed = grade.auto_score != answer.score
    grade.auto_score = answer.score
    if answer.score is None:
        # Decided by a person: once they have marked it, it does not come back unless the answer changed.
        grade.needs_manual_grade = grade.manual_score is None or changed
    else:
        grade.needs_manual_grade = grade.manual_score is not None and changed


def _comment(answer: GradedAnswer) -> str:
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


def graded_notebook(released: Notebook, correction: Correction) -> Notebook:
    """The learners' version with this learner's answers in it, and each score under its points cell."""
    texts = {answer_cell_id(answer.exercise): answer for answer in correction.answers}
    scores = {points_cell_id(answer.exercise): answer for answer in correction.answers}
    cells = []
    for cell in released["cells"]:
        name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", "")
        copy = {**cell, "metadata": {**cell["metadata"]}}
        if name in texts and texts[name].answer:
            first_line = "".join(cell["source"]).split("\n", 1)[0]
            copy["source"] = f"{first_line}\n{texts[name].answer}"
        elif name in scores and scores[name].score is not None:
            value = str(float(scores[name].score or 0))
            copy["outputs"] = [
                {"data": {"text/plain": value}, "execution_count": 1, "metadata": {}, "output_type": "execute_result"}
            ]
        cells.append(copy)
    metadata = {**released["metadata"], "kernelspec": dict(KERNEL)}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def ensure_recorded(name: str) -> None:
    """Have nbgrader record this assignment's cells in the gradebook, when its solution notebook changed.

    Raises:
        GenerationError: cells were added or removed while submissions exist (nbgrader refuses it).
    """
    if _recorded(name, read_notebook(ensure_released(name))):
        return
    with tempfile.TemporaryDirectory(prefix="atelier-") as folder:
        copy_sources(Path(folder), name)
        try:
            release(Path(folder), (name,), gradebook_url())
        except GenerationError:
            raise GenerationError(
                f"Le devoir « {name} » a changé alors que des travaux sont déjà notés ; rétablissez ses exercices, "
                "ou donnez un nouveau nom au devoir."
            ) from None


def _recorded(name: str, released: Notebook) -> bool:
    """Does the gradebook know exactly these graded and locked cells?"""
    from nbgrader.api import Gradebook, MissingEntry

    wanted = {}
    for cell in released["cells"]:
        grading = cell["metadata"].get("nbgrader", {})
        if grading.get("locked"):
            wanted[grading["grade_id"]] = source_of(cell)
    with Gradebook(gradebook_url(), COURSE) as book:
        try:
            notebook = book.find_notebook(name, name)
        except MissingEntry:
            return False
        return {cell.name: cell.source for cell in notebook.source_cells if cell.locked} == wanted
