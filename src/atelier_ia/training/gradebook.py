"""The gradebook as the rest of the project sees it: one record per learner and assignment, read, never written, here.

nbgrader's database stays nbgrader's: `recording` writes automatic marks in it, this module only reads (both
with plain SQL, so that nothing waits for nbgrader's import).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import TextClause, create_engine, inspect, text

from atelier_ia.content import ContentError
from atelier_ia.training.code_cells import added_points
from atelier_ia.training.collection import iter_submissions, submissions
from atelier_ia.training.course import gradebook_is_missing, gradebook_url
from atelier_ia.training.roster import read_roster, roster_path
from atelier_ia.training.rubrics import list_assignments, load_assignment

Status = Literal["non rendu", "rendu", "noté", "à revoir"]


@dataclass(frozen=True)
class AssignmentRecord:
    """What one learner did with one assignment. Scores in points; dates are naive UTC, None when it did not happen.

    `score` is None until the assignment is graded. "à revoir" means that a person must still look at `to_review`
    exercises: the score then counts only what is already decided. `minutes` is the assignment's announced duration.
    """

    learner: str
    assignment: str
    title: str
    status: Status
    score: float | None
    max_score: float
    submitted_at: datetime | None
    minutes: int
    to_review: int = 0


# A person's mark replaces the automatic one; extra credit adds to it (as nbgrader counts).
_GRADES = text(
    """
    SELECT student.id AS learner, assignment.name AS assignment, submitted_assignment.timestamp AS submitted_at,
           SUM(CASE WHEN grade.manual_score IS NOT NULL THEN grade.manual_score ELSE COALESCE(grade.auto_score, 0) END
               + COALESCE(grade.extra_credit, 0)) AS score,
           SUM(CASE WHEN grade.needs_manual_grade OR (grade.manual_score IS NULL AND grade.auto_score IS NULL)
               THEN 1 ELSE 0 END) AS to_review
    FROM submitted_assignment
    JOIN student ON student.id = submitted_assignment.student_id
    JOIN assignment ON assignment.id = submitted_assignment.assignment_id
    JOIN submitted_notebook ON submitted_notebook.assignment_id = submitted_assignment.id
    JOIN grade ON grade.notebook_id = submitted_notebook.id
    GROUP BY student.id, assignment.name, submitted_assignment.timestamp
    """
)


_MANUAL = text(
    """
    SELECT student.id AS learner, assignment.name AS assignment, base_cell.name AS cell, grade.manual_score AS score
    FROM grade
    JOIN base_cell ON base_cell.id = grade.cell_id
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
    JOIN assignment ON assignment.id = submitted_assignment.assignment_id
    JOIN student ON student.id = submitted_assignment.student_id
    WHERE grade.manual_score IS NOT NULL
    """
)


def read_results() -> list[AssignmentRecord]:
    """One record per known learner and assignment, sorted by assignment then learner; empty before the first course.

    Learners are those who handed something in, and those of the roster when there is one.
    """
    rows = {(row["assignment"], row["learner"]): row for row in _rows()}
    titles = {name: _facts(name) for name in {*list_assignments(), *(assignment for assignment, _ in rows)}}
    waiting = {(s.assignment, s.learner) for s in submissions(tuple(titles))}
    learners = {learner for _, learner in rows} | {learner for _, learner in waiting} | _enrolled()
    return [
        _record(
            assignment, learner, rows.get((assignment, learner)), (assignment, learner) in waiting, titles[assignment]
        )
        for assignment in sorted(titles)
        for learner in sorted(learners)
    ]


def iter_handed_in() -> Iterator[AssignmentRecord]:
    """Only what was handed in, one record at a time, never all in memory: first what waits on disk (« rendu »), then
    what the gradebook knows. A piece of work may come twice: the last one holds."""
    titles = {name: _facts(name) for name in list_assignments()}
    for item in iter_submissions(tuple(titles)):
        yield _record(item.assignment, item.learner, None, True, titles[item.assignment])
    for row in _rows():
        name = row["assignment"]
        if name not in titles:
            titles[name] = _facts(name)
        yield _record(name, row["learner"], row, True, titles[name])


def manual_marks() -> dict[tuple[str, str, str], float]:
    """The marks that a person gave, by learner, assignment and graded cell."""
    return {(row["learner"], row["assignment"], row["cell"]): float(row["score"]) for row in _rows(_MANUAL)}


def _record(
    assignment: str, learner: str, row: dict[str, Any] | None, waiting: bool, facts: tuple[str, float, int]
) -> AssignmentRecord:
    title, max_score, minutes = facts
    if row is None:
        status: Status = "rendu" if waiting else "non rendu"
        return AssignmentRecord(learner, assignment, title, status, None, max_score, None, minutes)
    to_review = int(row["to_review"] or 0)
    when = row["submitted_at"]
    return AssignmentRecord(
        learner,
        assignment,
        title,
        "à revoir" if to_review else "noté",
        round(float(row["score"] or 0), 2),
        max_score,
        datetime.fromisoformat(when) if isinstance(when, str) else when,
        minutes,
        to_review,
    )


def _rows(query: TextClause = _GRADES) -> Iterator[dict[str, Any]]:
    if gradebook_is_missing():
        return
    engine = create_engine(gradebook_url())
    try:
        if not inspect(engine).has_table("grade"):
            return
        with engine.connect() as connection:
            for row in connection.execution_options(yield_per=1000).execute(query).mappings():
                yield dict(row)
    finally:
        engine.dispose()


def _facts(name: str) -> tuple[str, float, int]:
    """(title, points, minutes) of an assignment; its bare name when its rubric is gone."""
    try:
        assignment = load_assignment(name)
    except ContentError:
        return name, 0.0, 0
    return assignment.title, assignment.max_score + sum(added_points(name).values()), assignment.minutes


def _enrolled() -> set[str]:
    return {learner.identifier for learner in (read_roster() if roster_path().is_file() else ())}
