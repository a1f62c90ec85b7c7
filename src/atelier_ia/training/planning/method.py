"""The steps of the method's calendar, read from `etapes.toml`: what, for whom, how long, in which window."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from atelier_ia.content import StrictModel, load_toml

_FILE = Path(__file__).with_name("etapes.toml")
StepId = Literal[
    "diagnostic", "s1_direction", "s3_referents", "ouverture", "j15", "m2_metiers", "j30", "m3_bilan", "j90"
]
CHECKPOINTS: tuple[StepId, ...] = ("j15", "j30", "j90")


class MethodStep(StrictModel):
    """One step: its window is counted in days from its reference (`debut`, `lancement` or `ouverture`).

    `gap` is the least number of days after the end of the training step before it.
    """

    id: StepId
    title: str = Field(alias="titre")
    reference: Literal["debut", "lancement", "ouverture"] = Field(alias="repere")
    window: tuple[int, int] = Field(alias="fenetre")
    target: int | None = Field(None, alias="jour_vise")
    gap: int = Field(0, alias="delai", ge=0)
    hours: float = Field(0, alias="duree_heures", ge=0, le=7)
    audience: str = Field(alias="public")
    goal: str = Field(alias="objectif")

    def window_from(self, reference: date) -> tuple[date, date]:
        """The first and last day of the window, for a given reference day."""
        first, last = self.window
        return reference + timedelta(days=first), reference + timedelta(days=last)

    def earliest_after(self, previous_end: date) -> date:
        """The first day allowed by the gap, the day after at the soonest."""
        return previous_end + timedelta(days=max(self.gap, 1))

    def days_by_preference(self, reference: date) -> list[date]:
        """The days of the window, the closest to the target first (the later of two equally close)."""
        first, last = self.window
        target = first if self.target is None else self.target
        offsets = sorted(range(first, last + 1), key=lambda offset: (abs(offset - target), -offset))
        return [reference + timedelta(days=offset) for offset in offsets]


class _Steps(StrictModel):
    steps: tuple[MethodStep, ...] = Field(alias="etapes")


@lru_cache(maxsize=1)
def method_steps() -> dict[StepId, MethodStep]:
    """The steps by identifier, in the order of `etapes.toml`."""
    return {step.id: step for step in load_toml(_FILE, _Steps).steps}
