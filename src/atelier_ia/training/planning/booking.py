"""Who and what is taken when: no room and no trainer is booked twice in the same half-day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from atelier_ia.training.planning.options import HALF_DAYS, HalfDay, Room, Trainer


@dataclass(frozen=True)
class Place:
    """A free place for a session: the day, its half-days (one or both), the room and the trainer ('' when none)."""

    day: date
    halves: tuple[HalfDay, ...]
    room: str
    trainer: str


class Bookings:
    """The half-days already taken, by room and by trainer."""

    def __init__(self, rooms: Sequence[Room], trainers: Sequence[Trainer]) -> None:
        # The smallest room that is large enough comes first.
        self._rooms = sorted(rooms, key=lambda room: room.seats)
        self._trainers = tuple(trainers)
        self._taken: set[tuple[date, HalfDay, str, str]] = set()

    def first_place(
        self, days: Iterator[date], seats: int, *, whole_day: bool = False, trainer: bool = True
    ) -> Place | None:
        """The first place for `seats` persons on `days`, booked; None when the days run out."""
        choices: tuple[tuple[HalfDay, ...], ...] = (HALF_DAYS,) if whole_day else (("matin",), ("après-midi",))
        for day in days:
            for halves in choices:
                place = self.free_place(day, halves, seats, trainer=trainer)
                if place is not None:
                    self.book(place)
                    return place
        return None

    def free_place(self, day: date, halves: tuple[HalfDay, ...], seats: int, *, trainer: bool = True) -> Place | None:
        """A free room of at least `seats` and, if asked, a free trainer on that day; None when there is none."""
        room = next(
            (room for room in self._rooms if room.seats >= seats and self._free(room, "salle", day, halves)), None
        )
        leader = next((one for one in self._trainers if self._free(one, "formateur", day, halves)), None)
        if room is None or (trainer and leader is None):
            return None
        return Place(day, halves, room.name, leader.name if trainer and leader is not None else "")

    def book(self, place: Place) -> None:
        """Take the room and the trainer of `place`."""
        for half in place.halves:
            self._taken.add((place.day, half, "salle", place.room))
            if place.trainer:
                self._taken.add((place.day, half, "formateur", place.trainer))

    def _free(self, item: Room | Trainer, kind: str, day: date, halves: tuple[HalfDay, ...]) -> bool:
        if day in item.unavailable:
            return False
        return all((day, half, kind, item.name) not in self._taken for half in halves)
