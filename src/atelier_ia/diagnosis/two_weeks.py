"""The two weeks of the diagnostic: what is done on which of its ten open days, by whom, and what comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import Field, model_validator

from atelier_ia.content import StrictModel, load_toml

OPEN_DAYS = 10
"""Two working weeks; the method says not more."""
_FILE = Path(__file__).with_name("deux_semaines.toml")


class DiagnosticTask(StrictModel):
    """One task, from its first to its last open day (1 to 10)."""

    id: str
    title: str = Field(alias="titre")
    who: str = Field(alias="qui")
    first_day: int = Field(alias="premier_jour", ge=1, le=OPEN_DAYS)
    last_day: int = Field(alias="dernier_jour", ge=1, le=OPEN_DAYS)
    outcome: str = Field(alias="livrable")

    @model_validator(mode="after")
    def _in_order(self) -> DiagnosticTask:
        if self.last_day < self.first_day:
            raise ValueError("« dernier_jour » précède « premier_jour » ; corrigez l'un des deux.")
        return self


class _Tasks(StrictModel):
    tasks: tuple[DiagnosticTask, ...] = Field(alias="taches", min_length=1)


@dataclass(frozen=True)
class DatedTask:
    """A task with its real dates, both included."""

    task: DiagnosticTask
    start: date
    end: date


@lru_cache(maxsize=1)
def diagnostic_tasks() -> tuple[DiagnosticTask, ...]:
    """The tasks of the two weeks, in order."""
    return load_toml(_FILE, _Tasks).tasks


def two_week_plan(open_days: Sequence[date]) -> tuple[DatedTask, ...]:
    """The tasks on the ten `open_days` (in order; the caller knows which days are open).

    Raises:
        ValueError: there are not exactly ten days, or they are not in order.
    """
    if len(open_days) != OPEN_DAYS or list(open_days) != sorted(set(open_days)):
        raise ValueError("two_week_plan needs ten distinct days in order")
    return tuple(
        DatedTask(task, open_days[task.first_day - 1], open_days[task.last_day - 1]) for task in diagnostic_tasks()
    )
