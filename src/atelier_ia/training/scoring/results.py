"""What scoring returns: one verdict per criterion, its evidence quoted, and the points it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from atelier_ia.training.rubrics import Verdict
from atelier_ia.training.scoring.patterns import Span

SHARE: dict[Verdict, float] = {"acquis": 1.0, "partiel": 0.5, "absent": 0.0, "douteux": 1.0}


@dataclass(frozen=True)
class Quote:
    """A piece of the answer: `start`, `end` in Python characters of the answer, `text` between them."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class CriterionResult:
    """One line of the rubric applied: `points` earned out of `max_points`, and what the learner reads."""

    id: str
    title: str
    verdict: Verdict
    max_points: float
    evidence: tuple[Quote, ...] = ()
    message: str = ""
    hints: tuple[str, ...] = ()
    hidden: bool = False
    mistake: str = ""  # id of the named mistake recognised, "" otherwise

    @property
    def points(self) -> float:
        """Points given by the verdict; a doubtful one never costs any."""
        return self.max_points * SHARE[self.verdict]

    @property
    def contestable(self) -> bool:
        """May the learner ask a person to look again?"""
        return self.verdict != "acquis" and self.max_points > 0


@dataclass(frozen=True)
class ExerciseResult:
    """One answer scored. `score` is None when only a person can mark it (open questions)."""

    exercise: str
    score: float | None
    max_score: float
    criteria: tuple[CriterionResult, ...]
    notice: str = ""  # why the whole answer earns nothing, or why its mark is capped
    blank: bool = False

    def as_json(self) -> dict[str, Any]:
        """The form printed by `atelier noter` (contract: DESIGN, stable)."""
        return {
            "score": self.score,
            "max_score": self.max_score,
            "criteria": [
                {
                    "id": line.id,
                    "verdict": line.verdict,
                    "evidence": [{"start": q.start, "end": q.end, "text": q.text} for q in line.evidence],
                    "message": line.message,
                }
                for line in self.criteria
            ],
        }


def rounded(points: float) -> float:
    """Points to a hundredth: sums of halves and thirds must compare equal everywhere."""
    return round(points + 1e-9, 2)


def quotes(text: str, spans: list[Span], limit: int = 3) -> tuple[Quote, ...]:
    """The first `limit` distinct spans, as quotations of `text`; what another one already quotes is left out."""
    kept: list[Span] = []
    for span in spans:
        if span not in kept and not any(_within(span, other) for other in spans):
            kept.append(span)
    return tuple(Quote(span.start, span.end, text[span.start : span.end]) for span in kept[:limit])


def disjoint(spans: list[Span]) -> list[Span]:
    """The spans without those that overlap a longer one: the same words prove a thing once."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return [span for span in spans if span in kept]


def _within(span: Span, other: Span) -> bool:
    return span != other and other.start <= span.start and span.end <= other.end


def listed(evidence: tuple[Quote, ...]) -> str:
    """« … » et « … », for a French sentence; long quotations are cut in the middle."""
    parts = [f"«\u00a0{shortened(quote.text)}\u00a0»" for quote in evidence]
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + " et " + parts[-1]


def shortened(text: str) -> str:
    """As it is quoted in a message: on one line, cut in the middle."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 70 else f"{flat[:45].rstrip()} … {flat[-20:].lstrip()}"
