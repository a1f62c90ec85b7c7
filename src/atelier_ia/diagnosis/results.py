"""The questionnaire's results, once it is closed: shares, hours, and never what few people answered.

Under five answers nothing is shown. A service stands alone from ten answers that are not all the same; the others are
added up together, and the smallest of the larger ones join them until the rest cannot be found by subtraction.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from atelier_ia.diagnosis.questionnaire import (
    Question,
    QuestionnaireError,
    load_questionnaire,
    read_answers,
)
from atelier_ia.settings import Settings

THRESHOLD = 5
"""Answers under which nothing at all is shown (this project's choice; no statute fixes it)."""
CROSSING_THRESHOLD = 10
"""Answers under which a service does not stand alone."""
OTHERS = "Autres services et sans réponse"


@dataclass(frozen=True)
class ChoiceCount:
    """How many persons chose an answer; `share` is of those who answered the question (0 to 1)."""

    id: str
    text: str
    count: int
    share: float


@dataclass(frozen=True)
class QuestionResult:
    """One question: persons who answered and the count of each choice, in the order of the questionnaire."""

    id: str
    text: str
    answered: int
    choices: tuple[ChoiceCount, ...]


@dataclass(frozen=True)
class ServiceHours:
    """Mean hours a week of repetitive work in a service, or in several small ones added up; rounded to half an hour."""

    name: str
    answers: int
    mean_hours: float


@dataclass(frozen=True)
class QuestionnaireResults:
    """All that may be shown. `participation` is a share of the head count; `texts` the masked free answers."""

    answers: int
    participation: float
    mean_hours: float
    questions: tuple[QuestionResult, ...]
    services: tuple[ServiceHours, ...]
    texts: tuple[str, ...]

    def share(self, question: str, choice: str) -> float:
        """Share of a choice (0 to 1); 0 when nobody answered."""
        result = next(item for item in self.questions if item.id == question)
        return next(item.share for item in result.choices if item.id == choice)


def questionnaire_results(settings: Settings, path: Path | None = None) -> QuestionnaireResults:
    """The results of the closed questionnaire.

    Raises:
        QuestionnaireError: it is still open, or fewer than five persons answered.
    """
    answers, texts = read_answers(path)
    if len(answers) < THRESHOLD:
        raise QuestionnaireError(
            f"Moins de {THRESHOLD} personnes ont répondu : rien ne s'affiche, pour que personne ne soit reconnu."
        )
    questions = tuple(
        _count(question, answers)
        for question in load_questionnaire().questions
        if question.kind in ("choix", "plusieurs")
    )
    hours = [_hours(one) for one in answers]
    return QuestionnaireResults(
        len(answers),
        min(1.0, len(answers) / settings.headcount) if settings.headcount else 0.0,
        statistics.fmean(hours),
        questions,
        _by_service(answers, settings),
        tuple(texts) if len(texts) >= THRESHOLD else (),
    )


def _count(question: Question, answers: Sequence[dict[str, str | list[str]]]) -> QuestionResult:
    tally: Counter[str] = Counter()
    answered = 0
    for one in answers:
        given = one.get(question.id)
        if given:
            answered += 1
            tally.update([given] if isinstance(given, str) else given)
    # An optional question that few answered would single them out.
    shown = answered >= THRESHOLD
    choices = tuple(
        ChoiceCount(
            choice.id,
            choice.text,
            tally[choice.id] if shown else 0,
            tally[choice.id] / answered if shown else 0.0,
        )
        for choice in question.choices
    )
    return QuestionResult(question.id, question.text, answered if shown else 0, choices)


def _hours(answer: dict[str, str | list[str]]) -> float:
    values = {choice.id: choice.value or 0.0 for choice in load_questionnaire().question("heures").choices}
    return values[str(answer["heures"])]


def _by_service(answers: Sequence[dict[str, str | list[str]]], settings: Settings) -> tuple[ServiceHours, ...]:
    groups: dict[str, list[float]] = {}
    for one in answers:
        groups.setdefault(str(one.get("service", "")), []).append(_hours(one))
    alone = {
        name: hours
        for name, hours in groups.items()
        if name and len(hours) >= CROSSING_THRESHOLD and len(set(hours)) > 1
    }
    rest = [value for name, hours in groups.items() if name not in alone for value in hours]
    for name in sorted(alone, key=lambda name: (len(alone[name]), name)):
        if not rest or len(rest) >= CROSSING_THRESHOLD:
            break
        rest += alone.pop(name)
    lines = [ServiceHours(settings.service_name(name), len(hours), _half(hours)) for name, hours in alone.items()]
    lines.sort(key=lambda line: (-line.mean_hours, line.name))
    if rest and lines:
        lines.append(ServiceHours(OTHERS, len(rest), _half(rest)))
    return tuple(lines)


def _half(values: Sequence[float]) -> float:
    return round(2 * statistics.fmean(values)) / 2
