"""The trainer's view of a course: who handed in, who is stuck where, which exercises teach and which only trip.

Item analysis in the usual terms: success rate (mean share of the points), discrimination (correlation between an
exercise and the rest of the assignment), most frequent named mistake.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import StatisticsError, correlation, mean

from atelier_ia.training.corrections import Correction, GradedAnswer, load_all
from atelier_ia.training.decisions import Case, contested
from atelier_ia.training.gradebook import AssignmentRecord, read_results
from atelier_ia.training.rubrics import list_assignments, load_assignment

# An exercise that fewer than this share of the points are earned on deserves another look (or another lesson).
WEAK = 0.60
STUCK = 0.40


@dataclass(frozen=True)
class ItemFigures:
    """One exercise over all its graded answers; rates between 0 and 1, None when it cannot be computed."""

    assignment: str
    exercise: str
    title: str
    answers: int
    success: float | None
    discrimination: float | None
    frequent_mistake: str  # the message most often given, "" when none repeats

    @property
    def weak(self) -> bool:
        """Under 60 % of the points?"""
        return self.success is not None and self.success < WEAK


@dataclass(frozen=True)
class Stuck:
    """A learner who earned less than 40 % of one exercise's points."""

    learner: str
    assignment: str
    exercise: str
    next_step: str


@dataclass(frozen=True)
class Overview:
    """All that the trainer's page and `atelier suivi` show."""

    records: list[AssignmentRecord]
    items: list[ItemFigures]
    stuck: list[Stuck]
    to_review: list[tuple[str, str, str, str]]  # learner, assignment, exercise, why
    contested: list[Case]


def overview(assignments: tuple[str, ...] = ()) -> Overview:
    """The state of these assignments (all by default), from the gradebook and our corrections."""
    names = assignments or list_assignments()
    corrections = [correction for name in names for correction in load_all(name)]
    return Overview(
        [record for record in read_results() if record.assignment in names],
        [figures for name in names for figures in _items(name, [c for c in corrections if c.assignment == name])],
        [stuck for correction in corrections for stuck in _stuck(correction)],
        [
            (correction.learner, correction.assignment, name, part.problem or "réponse ouverte à lire")
            for correction in corrections
            for part in correction.parts
            for name in (part.exercise if isinstance(part, GradedAnswer) else part.name,)
            if part.score is None
        ],
        contested(names),
    )


def _items(name: str, corrections: list[Correction]) -> list[ItemFigures]:
    figures = []
    for exercise in load_assignment(name).exercises:
        shares, rests, messages = [], [], Counter[str]()
        for correction in corrections:
            answer = next((a for a in correction.answers if a.exercise == exercise.id), None)
            if answer is None or answer.score is None or not answer.max_score:
                continue
            shares.append(answer.score / answer.max_score)
            others = [a for a in correction.answers if a.exercise != exercise.id and a.score is not None]
            rests.append(sum(a.score or 0 for a in others) / (sum(a.max_score for a in others) or 1))
            messages.update(
                {line.message for line in answer.result.criteria if line.verdict == "absent" and line.mistake}
            )
        common = messages.most_common(1)
        figures.append(
            ItemFigures(
                name,
                exercise.id,
                exercise.title,
                len(shares),
                round(mean(shares), 3) if shares else None,
                _correlation(shares, rests),
                common[0][0] if common else "",
            )
        )
    return figures


def _correlation(one: list[float], other: list[float]) -> float | None:
    if len(one) < 5:
        return None
    try:
        return round(correlation(one, other), 2)
    except StatisticsError:  # everyone has the same mark
        return None


def _stuck(correction: Correction) -> list[Stuck]:
    found = []
    for answer in correction.answers:
        if answer.score is None or answer.score >= STUCK * answer.max_score:
            continue
        missing = [line for line in answer.result.criteria if line.verdict == "absent"]
        step = max(missing, key=lambda line: line.max_points, default=None)
        found.append(Stuck(correction.learner, correction.assignment, answer.exercise, step.message if step else ""))
    return found
