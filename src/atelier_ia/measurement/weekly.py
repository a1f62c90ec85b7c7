"""Adoption week by week: agents equipped, trained, active. Each column says where it comes from; nothing is estimated.

- *équipés*: head count of the services that have an open tool (`var/deploiement.toml`);
- *formés*: distinct persons present at a session so far (attendance), never their names;
- *actifs*: persons active in the last seven days, as counted by the tool's own console (`deploiement.toml`);
- *postes actifs*: browsers in which a draft was taken away (`uses`): not persons.

A week with fewer than five stations says « moins de 5 ».
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta

from atelier_ia.documents.private_base import temporary_base
from atelier_ia.measurement.anonymity import THRESHOLD
from atelier_ia.measurement.uses import WeekUses, week_of
from atelier_ia.settings import Settings
from atelier_ia.tool_choice.deployment import Deployment
from atelier_ia.training.attendance import Attendance

OTHER_CASES = "autres usages"


@dataclass(frozen=True)
class Week:
    """One week, from `monday`. None: not known. `stations` is None under the threshold too, and `uses` with it.

    `adoption` (0 to 1): active persons among those equipped, both as the tool's console counted them."""

    monday: date
    equipped: int | None
    trained: int
    active: int | None
    stations: int | None
    uses: int | None
    adoption: float | None = None


def weekly_adoption(
    settings: Settings,
    deployment: Deployment | None,
    attendance: Iterable[Attendance],
    weeks_of_use: Sequence[WeekUses],
    today: date,
) -> tuple[Week, ...]:
    """Every week from the first event to that of `today`; empty when nothing happened yet."""
    trained = first_days(attendance, today)
    used = {week.monday: week for week in weeks_of_use}
    opened = [tool.opened_on for tool in deployment.tools if tool.opened_on <= today] if deployment else []
    days = [*trained, *used, *opened]
    if not days:
        return ()
    weeks = []
    monday = week_of(min(days))
    while monday <= today:
        last = min(monday + timedelta(days=6), today)
        week = used.get(monday)
        shown = week is not None and week.stations >= THRESHOLD
        active, among = _counted(deployment, monday, last)
        weeks.append(
            Week(
                monday,
                _equipped(settings, deployment, last),
                sum(count for day, count in trained.items() if day <= last),
                active,
                week.stations if week and shown else None,
                week.uses if week and shown else None,
                active / among if active is not None and among else None,
            )
        )
        monday += timedelta(days=7)
    return tuple(weeks)


def first_days(attendance: Iterable[Attendance], today: date) -> dict[date, int]:
    """How many persons were first present on each day, up to `today`: each line is read once, and who has been seen is
    kept on disk (a private file without a name), so that memory does not follow the number of persons."""
    with closing(temporary_base("CREATE TABLE seen (learner TEXT PRIMARY KEY, day TEXT) WITHOUT ROWID")) as base:
        base.executemany(
            "INSERT INTO seen VALUES (?, ?) ON CONFLICT (learner) DO UPDATE SET day = MIN(day, excluded.day)",
            ((line.learner, line.day.isoformat()) for line in attendance if line.present and line.day <= today),
        )
        return {
            date.fromisoformat(day): count for day, count in base.execute("SELECT day, COUNT(*) FROM seen GROUP BY day")
        }


def uses_by_case(weeks: Iterable[WeekUses]) -> tuple[tuple[str, int], ...]:
    """Uses of each use case over `weeks`, those under the threshold added up; empty when even together they are few."""
    totals: dict[str, int] = {}
    for week in weeks:
        for case, count in week.by_case:
            totals[case] = totals.get(case, 0) + count
    shown = {case: count for case, count in totals.items() if count >= THRESHOLD}
    rest = sum(totals.values()) - sum(shown.values())
    while 0 < rest < THRESHOLD and shown:
        least = min(shown, key=lambda case: (shown[case], case))
        rest += shown.pop(least)
    if rest >= THRESHOLD:
        shown[OTHER_CASES] = rest
    return tuple(sorted(shown.items(), key=lambda item: (item[0] == OTHER_CASES, -item[1], item[0])))


def _equipped(settings: Settings, deployment: Deployment | None, day: date) -> int | None:
    if deployment is None:
        return None
    counted = [item for item in deployment.adoption if item.day <= day and not item.service]
    if counted:
        return max(counted, key=lambda item: item.day).equipped
    reached: set[str] = set()
    for tool in deployment.tools:
        if tool.open_at(day) and tool.audience == "agents":
            reached |= set(tool.services) or {service.id for service in settings.services}
    return sum(service.headcount for service in settings.services if service.id in reached)


def _counted(deployment: Deployment | None, monday: date, last: date) -> tuple[int | None, int]:
    """Active and equipped as counted that week for the whole collectivité, else summed over the services counted."""
    counts = sorted(
        (item for item in deployment.adoption if monday <= item.day <= last) if deployment else (),
        key=lambda item: item.day,
    )
    whole = [item for item in counts if not item.service]
    latest = {item.service: item for item in counts}
    kept = whole[-1:] or list(latest.values())
    return (sum(item.active for item in kept) if kept else None), sum(item.equipped for item in kept)
