"""The gradebook as the rest of the project sees it: one record per learner and assignment, read, never written, here.

nbgrader's database stays nbgrader's: `grading` writes it through nbgrader's own API, this module only reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["non rendu", "rendu", "noté", "à revoir"]


@dataclass(frozen=True)
class AssignmentRecord:
    """What one learner did with one assignment. Scores in points; dates are naive UTC, None when it did not happen.

    `score` is None until the assignment is graded. "à revoir" means that a person must still look at `to_review`
    exercises: the score then counts only what is already decided.
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


def read_results() -> list[AssignmentRecord]:
    """One record per known learner and assignment, sorted by assignment then learner; empty before the first course."""
    return []
