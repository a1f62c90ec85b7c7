"""Place the job workshops: as many at once as rooms and trainers allow, never two groups of one service together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from atelier_ia.training.planning.booking import Bookings, Place
from atelier_ia.training.planning.groups import Group
from atelier_ia.training.planning.open_days import OpenDays
from atelier_ia.training.planning.options import HALF_DAYS, WEEKDAYS, HalfDay, PlanOptions


def place_workshops(
    groups: Sequence[Group], bookings: Bookings, days: OpenDays, options: PlanOptions, earliest: date
) -> list[tuple[Place, Group]]:
    """A place for each group from `earliest` on, in order of date; a service stays open while one of its groups learns.

    Raises:
        AtelierError: the groups do not fit within three years.
    """
    waiting = list(groups)
    placed: list[tuple[Place, Group]] = []
    for day in days.from_day(earliest):
        for half in HALF_DAYS:
            busy: set[str] = set()
            while found := _next_place(waiting, bookings, options, day, half, busy):
                place, group = found
                bookings.book(place)
                busy |= group.services
                waiting.remove(group)
                placed.append((place, group))
        if not waiting:
            return placed
    return placed


def _next_place(
    waiting: list[Group], bookings: Bookings, options: PlanOptions, day: date, half: HalfDay, busy: set[str]
) -> tuple[Place, Group] | None:
    if bookings.free_place(day, (half,), 1) is None:
        return None
    for group in waiting:
        if group.services & busy or not _allowed(group, options, day, half):
            continue
        place = bookings.free_place(day, (half,), group.size)
        if place is not None:
            return place, group
    return None


def _allowed(group: Group, options: PlanOptions, day: date, half: HalfDay) -> bool:
    return all(
        WEEKDAYS[day.weekday()] not in rule.avoided_days and half not in rule.avoided_halves
        for rule in map(options.constraint, group.services)
    )
