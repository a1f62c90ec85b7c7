"""Minutes without and with the assistant, for the same task: anonymous pairs, by use case.

Two kinds are kept apart: *measured* (the stopwatch of the apps and workshops) and *declared* (an agent's estimate). A
record holds the day, never the hour, and no identity.
"""

from __future__ import annotations

import math
import operator
import statistics
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import delete, insert, select

from atelier_ia.errors import AtelierError
from atelier_ia.measurement.statistics import Interval, mean_interval
from atelier_ia.measurement.store import connect, random_id, time_pairs

Origin = Literal["mesuré", "déclaré"]
LONGEST_MINUTES = 24 * 60


class TimeError(AtelierError):
    """A duration that no task can take."""


@dataclass(frozen=True)
class TimePair:
    """The same task without and with the assistant, in minutes."""

    use_case: str
    minutes_without: float
    minutes_with: float
    service: str
    day: date
    origin: Origin

    @property
    def saved(self) -> float:
        """Minutes saved; negative when the assistant took longer."""
        return self.minutes_without - self.minutes_with


@dataclass(frozen=True)
class UseCaseTimes:
    """One use case: number of pairs, median minutes without and with, mean minutes saved with its 95 % interval."""

    use_case: str
    origin: Origin
    pairs: int
    median_without: float
    median_with: float
    saved: Interval


def record_pair(
    use_case: str,
    minutes_without: float,
    minutes_with: float,
    service: str = "",
    *,
    origin: Origin = "mesuré",
    day: date | None = None,
) -> None:
    """Keep one pair; when this returns, it is on disk.

    Raises:
        TimeError: a duration is not a number between 0 and 24 hours.
        StoreError: the database refuses.
    """
    for minutes in (minutes_without, minutes_with):
        if not (math.isfinite(minutes) and 0 <= minutes <= LONGEST_MINUTES):
            raise TimeError("Une durée doit être comprise entre 0 minute et 24 heures ; corrigez-la.")
    row = {
        "id": random_id(),
        "jour": day or date.today(),
        "cas_usage": use_case[:80],
        "service": service[:80],
        # A tenth of a minute says enough; finer would mark each record.
        "minutes_sans": round(float(minutes_without), 1),
        "minutes_avec": round(float(minutes_with), 1),
        "origine": origin,
    }
    with connect() as connection:
        connection.execute(insert(time_pairs).values(row))


def read_pairs(since: date | None = None, until: date | None = None) -> tuple[TimePair, ...]:
    """The pairs between two days, both included."""
    return tuple(iter_pairs(since, until))


def iter_pairs(since: date | None = None, until: date | None = None) -> Iterator[TimePair]:
    """The same, one at a time: the base is held until the last one."""
    query = select(time_pairs).order_by(time_pairs.c.jour, time_pairs.c.id)
    if since is not None:
        query = query.where(time_pairs.c.jour >= since)
    if until is not None:
        query = query.where(time_pairs.c.jour <= until)
    with connect() as connection:
        for row in connection.execution_options(yield_per=1000).execute(query):
            yield TimePair(row.cas_usage, row.minutes_sans, row.minutes_avec, row.service, row.jour, row.origine)


def summary(pairs: Iterable[TimePair] | None = None) -> tuple[UseCaseTimes, ...]:
    """Each use case and origin of `pairs` (by default all those kept), the most measured first."""
    groups: dict[tuple[str, Origin], tuple[array[float], array[float]]] = {}
    for pair in iter_pairs() if pairs is None else pairs:
        without, with_ = groups.setdefault((pair.use_case, pair.origin), (array("d"), array("d")))
        without.append(pair.minutes_without)
        with_.append(pair.minutes_with)
    lines = []
    for (use_case, origin), (without, with_) in groups.items():
        saved = mean_interval(array("d", map(operator.sub, without, with_)))
        assert saved is not None
        lines.append(
            UseCaseTimes(
                use_case,
                origin,
                len(without),
                statistics.median(without),
                statistics.median(with_),
                saved,
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.pairs, line.use_case, line.origin)))


def purge(before: date) -> int:
    """Delete the pairs older than `before`; returns how many."""
    with connect() as connection:
        return connection.execute(delete(time_pairs).where(time_pairs.c.jour < before)).rowcount
