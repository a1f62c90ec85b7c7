"""Uses of the apps by week, counted without knowing who: one line per draft taken away, its week and its use case.

No identity, service, day, text or order of arrival. `first` says that the browser had not been counted that week: the
browser itself keeps the week of its last use (the same word for everybody), and the server keeps nothing of it. So
« postes actifs » counts browsers: two agents who share one count once, an agent who uses two counts twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, insert, select

from atelier_ia.measurement.store import connect, random_id, uses


@dataclass(frozen=True)
class WeekUses:
    """The week that begins on `monday`: uses, browsers counted for the first time that week, uses by use case."""

    monday: date
    uses: int
    stations: int
    by_case: tuple[tuple[str, int], ...]


def week_of(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def week_mark(day: date | None = None) -> str:
    """What a browser keeps of its last use: '2027-S05'."""
    year, week, _ = (day or date.today()).isocalendar()
    return f"{year}-S{week:02d}"


def record_use(use_case: str, *, first: bool, day: date | None = None) -> None:
    """Keep one use of `use_case`; `first`: by a browser not yet counted this week.

    Raises:
        StoreError: the database refuses.
    """
    row = {
        "id": random_id(),
        "semaine": week_of(day or date.today()),
        "cas_usage": use_case[:80],
        "premier": first,
    }
    with connect() as connection:
        connection.execute(insert(uses).values(row))


def read_weeks(since: date | None = None, until: date | None = None) -> tuple[WeekUses, ...]:
    """The weeks in which something was used, in order, between two days."""
    query = select(uses.c.semaine, uses.c.cas_usage, uses.c.premier)
    if since is not None:
        query = query.where(uses.c.semaine >= week_of(since))
    if until is not None:
        query = query.where(uses.c.semaine <= until)
    cases: dict[date, Counter[str]] = {}
    stations: Counter[date] = Counter()
    with connect() as connection:
        for monday, use_case, first in connection.execute(query):
            cases.setdefault(monday, Counter())[use_case] += 1
            stations[monday] += bool(first)
    return tuple(
        WeekUses(
            monday, found.total(), stations[monday], tuple(sorted(found.items(), key=lambda item: (-item[1], item)))
        )
        for monday, found in sorted(cases.items())
    )


def purge(before: date) -> int:
    """Delete the uses of the weeks before that of `before`; returns how many."""
    with connect() as connection:
        return connection.execute(delete(uses).where(uses.c.semaine < week_of(before))).rowcount
