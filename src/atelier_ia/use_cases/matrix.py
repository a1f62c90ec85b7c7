"""The matrix impact × ease: use cases placed by the diagnostic's real figures, and one first quick win, with reasons.

Impact is in hours a week that the collectivité may save (measured load × share hoped for, said to be a hypothesis).
Ease is the mean of notes from 1 to 5, each with its reason. What has not been measured is never shown as measured.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.diagnosis.results import QuestionnaireResults
from atelier_ia.diagnosis.volumes import WeeklyLoad
from atelier_ia.documents.tables import column_key
from atelier_ia.documents.typography import number, percent, plural, typeset
from atelier_ia.use_cases.catalogue import use_case

_FILE = Path(__file__).with_name("matrice.toml")
EASY = 3.5
"""Mean note from which a use case counts as easy."""
STRONG_SHARE = 0.4
"""A use case has a strong impact from this share of the strongest one's hours."""
FIRST_BY_METHOD = "courriels"
"""Where the method begins when nothing has been measured: every agent writes e-mails."""

Quadrant = Literal["à faire d'abord", "à préparer", "facile, plus tard", "à écarter pour l'instant", "à mesurer"]


class EaseNote(StrictModel):
    """A note from 1 (hard) to 5 (easy) and its reason."""

    note: int = Field(ge=1, le=5)
    reason: str = Field(alias="raison", min_length=1)


class Ease(StrictModel):
    """The four criteria of ease."""

    technique: EaseNote
    data: EaseNote = Field(alias="donnees")
    learning: EaseNote = Field(alias="prise_en_main")
    checking: EaseNote = Field(alias="validation")

    @property
    def notes(self) -> tuple[EaseNote, ...]:
        """The notes in a fixed order."""
        return (self.technique, self.data, self.learning, self.checking)

    @property
    def mean(self) -> float:
        """Mean note, 1 to 5."""
        return statistics.fmean(item.note for item in self.notes)


class Candidate(StrictModel):
    """A use case of the catalogue that may come first; `words` link it to the tasks of the time log."""

    id: str
    words: tuple[str, ...] = Field(alias="mots", min_length=1)
    saved_share: float = Field(alias="part_gagnee", gt=0, lt=1)
    share_origin: str = Field(alias="origine_part")
    ease: Ease = Field(alias="facilite")

    @property
    def title(self) -> str:
        """Its name in the catalogue."""
        return use_case(self.id).name

    @property
    def reference(self) -> str:
        """Its reference gain in the catalogue, said to be one."""
        return use_case(self.id).reference

    def concerns(self, task: str) -> bool:
        """Is `task` (free words) one of this use case?"""
        keys = [column_key(word) for word in re.split(r"[\s'’-]+", task)]
        joined = " ".join(keys)
        return any(re.search(rf"\b{_pattern(word)}", joined) for word in self.words)


class _Candidates(StrictModel):
    candidates: tuple[Candidate, ...] = Field(alias="candidats", min_length=1)


@dataclass(frozen=True)
class Adjustment:
    """What a person changed by hand: hours saved a week, mean note of ease; None leaves the computed one."""

    saved_hours: float | None = None
    ease: float | None = None


@dataclass(frozen=True)
class MatrixPoint:
    """A use case in the matrix. Hours are per week for the whole collectivité, None when nothing was measured.

    `asked` is the share of agents for whom the task weighs (0 to 1), None without questionnaire.
    """

    candidate: Candidate
    load_hours: float | None
    saved_hours: float | None
    ease: float
    measured: bool
    fragile: bool
    agents: int
    asked: float | None
    adjusted: bool
    quadrant: Quadrant


@dataclass(frozen=True)
class Recommendation:
    """The one first quick win: why, and what to beware of. French sentences."""

    point: MatrixPoint
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """All points, the most hours first, then those not measured; and one recommendation."""

    points: tuple[MatrixPoint, ...]
    recommendation: Recommendation


@lru_cache(maxsize=1)
def load_candidates() -> tuple[Candidate, ...]:
    """The use cases of the method, in its order."""
    return load_toml(_FILE, _Candidates).candidates


def build_matrix(
    loads: Sequence[WeeklyLoad],
    results: QuestionnaireResults | None = None,
    adjustments: Mapping[str, Adjustment] | None = None,
) -> Matrix:
    """Place the use cases and recommend one. `adjustments` are by use case id; each task counts for one use case."""
    candidates = load_candidates()
    shares = _shared_out(candidates, loads)
    drafts = [
        _draft(candidate, shares[candidate.id], results, (adjustments or {}).get(candidate.id, Adjustment()))
        for candidate in candidates
    ]
    strongest = max((point.saved_hours or 0.0 for point in drafts), default=0.0)
    points = [_placed(point, strongest) for point in drafts]
    order = {candidate.id: rank for rank, candidate in enumerate(candidates)}
    points.sort(key=lambda one: (one.saved_hours is None, -(one.saved_hours or 0), order[one.candidate.id]))
    return Matrix(tuple(points), _recommend(points, strongest, bool(loads)))


def describe(matrix: Matrix) -> str:
    """The text alternative of the matrix: each use case, its figures and its quadrant."""
    lines = []
    for point in matrix.points:
        if point.saved_hours is None:
            figures = "temps non mesuré"
        else:
            figures = f"{number(round(point.saved_hours, 1))} h par semaine à gagner"
        by_hand = ", ajusté à la main" if point.adjusted else ""
        ease = number(round(point.ease, 1))
        lines.append(f"{point.candidate.title} : {figures}, facilité {ease} sur 5 ; {point.quadrant}{by_hand}.")
    return typeset("\n".join(lines))


def _shared_out(candidates: Sequence[Candidate], loads: Sequence[WeeklyLoad]) -> dict[str, list[WeeklyLoad]]:
    shares: dict[str, list[WeeklyLoad]] = {candidate.id: [] for candidate in candidates}
    for load in loads:
        owner = next((candidate for candidate in candidates if candidate.concerns(load.task)), None)
        if owner is not None:
            shares[owner.id].append(load)
    return shares


def _draft(
    candidate: Candidate, loads: list[WeeklyLoad], results: QuestionnaireResults | None, change: Adjustment
) -> MatrixPoint:
    load = sum(item.hours for item in loads) if loads else None
    saved = load * candidate.saved_share if load is not None else None
    choices = next((item.choices for item in results.questions if item.id == "taches"), ()) if results else ()
    return MatrixPoint(
        candidate,
        load,
        saved if change.saved_hours is None else change.saved_hours,
        candidate.ease.mean if change.ease is None else change.ease,
        bool(loads) and all(item.time.measured for item in loads),
        any(item.time.fragile for item in loads),
        max((item.agents for item in loads), default=0),
        next((choice.share for choice in choices if choice.id == candidate.id), None),
        change != Adjustment(),
        "à mesurer",
    )


def _placed(point: MatrixPoint, strongest: float) -> MatrixPoint:
    if point.saved_hours is None:
        return point
    strong = strongest > 0 and point.saved_hours >= STRONG_SHARE * strongest
    easy = point.ease >= EASY
    quadrants: dict[tuple[bool, bool], Quadrant] = {
        (True, True): "à faire d'abord",
        (True, False): "à préparer",
        (False, True): "facile, plus tard",
        (False, False): "à écarter pour l'instant",
    }
    return replace(point, quadrant=quadrants[strong, easy])


def _score(point: MatrixPoint, strongest: float) -> float:
    """Share of the strongest impact × share of the best ease: weak on one side is not made up for by the other."""
    return (point.saved_hours or 0.0) / strongest * (point.ease / 5) if strongest else 0.0


def _recommend(points: list[MatrixPoint], strongest: float, others: bool) -> Recommendation:
    """`others`: something was measured, be it of no use case."""
    known = [point for point in points if point.saved_hours is not None]
    if not known or not strongest:
        first = next(point for point in points if point.candidate.id == FIRST_BY_METHOD)
        nothing = "Aucune tâche mesurée ne relève de ces usages" if others else "Rien n'est encore mesuré"
        reasons = (
            f"{nothing} : la méthode conseille de commencer par les courriels, que chaque agent écrit.",
            f"Référence pour comparer : {first.candidate.reference}.",
        )
        cautions = ("Chronométrez au moins cinq cas de deux ou trois tâches avant de décider.",)
        return Recommendation(first, tuple(map(typeset, reasons)), tuple(map(typeset, cautions)))
    # Equal scores: what more agents ask for, then the method's own order (stable sort).
    best = max(known, key=lambda one: (round(_score(one, strongest), 6), one.asked or 0.0))
    return Recommendation(
        best,
        tuple(map(typeset, _reasons(best, known, strongest))),
        tuple(map(typeset, _cautions(best, points))),
    )


def _reasons(best: MatrixPoint, known: list[MatrixPoint], strongest: float) -> list[str]:
    assert best.saved_hours is not None
    found = []
    if best.load_hours is not None:
        word = "mesurée" if best.measured else "estimée"
        found.append(
            f"Charge {word} : {number(round(best.load_hours, 1))} h par semaine"
            + (f" pour {plural(best.agents, 'agent')}" if best.agents else "")
            + f" ; gain espéré {number(round(best.saved_hours, 1))} h "
            + f"({percent(best.candidate.saved_share, 1)} : {best.candidate.share_origin})."
        )
    else:
        found.append(f"Gain saisi à la main : {number(round(best.saved_hours, 1))} h par semaine.")
    notes = sorted(best.candidate.ease.notes, key=lambda item: -item.note)[:2]
    found.append(f"Facilité {number(round(best.ease, 1))} sur 5 : {notes[0].reason} ; {notes[1].reason}.")
    if best.asked is not None:
        found.append(
            f"{percent(best.asked, 1)} des réponses au questionnaire placent cette tâche parmi les plus lourdes."
        )
    rivals = sorted((one for one in known if one is not best), key=lambda one: -_score(one, strongest))
    if rivals:
        second = rivals[0]
        more = "plus d'heures à gagner" if best.saved_hours >= (second.saved_hours or 0) else "plus facile à lancer"
        found.append(f"Devant « {second.candidate.title} » : {more}.")
    return found


def _cautions(best: MatrixPoint, points: list[MatrixPoint]) -> list[str]:
    found = []
    if best.fragile:
        found.append("Moins de cinq mesures pour l'une des tâches : le chiffre est fragile, chronométrez-en d'autres.")
    if best.candidate.share_origin == "hypothèse":
        found.append("La part de temps gagnée est une hypothèse : mesurez-la dès la première semaine.")
    weakest = min(best.candidate.ease.notes, key=lambda item: item.note)
    if weakest.note <= 3:
        found.append(f"Point d'attention : {weakest.reason}.")
    missing = [point.candidate.title for point in points if point.saved_hours is None]
    if missing:
        found.append(f"Non mesurés, donc non comparés : {' ; '.join(missing)}.")
    if best.adjusted:
        found.append("Sa place a été ajustée à la main.")
    return found


def _pattern(word: str) -> str:
    """'compte rendu' → a pattern that also accepts plurals of each word."""
    return r"\s".join(re.escape(column_key(part)) + "[sx]?" for part in re.split(r"[\s'’-]+", word)) + r"\b"
