"""The class queue: fifteen people who press together stay under the provider's quota, and each sees a place.

Shared by all kernels and processes of the machine through one SQLite file. A ticket whose process died stops counting
after a few seconds: each waiting process refreshes its own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from atelier_ia.assistant.errors import Cancelled
from atelier_ia.assistant.store import database

WINDOW_SECONDS = 65.0  # a minute, and what a request may take to reach the provider after its turn
LOST_AFTER_SECONDS = 10.0
POLL_SECONDS = 0.4
FILE = "file_attente.db"

# state: 'attente' until its turn, then 'parti'; 'pause' rows hold back the whole class until `instant`.
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS billets "
    "(id INTEGER PRIMARY KEY AUTOINCREMENT, fournisseur TEXT NOT NULL, etat TEXT NOT NULL, instant REAL NOT NULL)"
)


class Turns:
    """Turns of one provider: at most `per_minute` requests leave in any minute."""

    def __init__(self, per_minute: int, provider: str, *, clock: Callable[[], float] = time.time) -> None:
        self.per_minute = per_minute
        self.provider = provider
        self._clock = clock

    def wait(self, on_wait: Callable[[int], None], stop: threading.Event) -> Callable[[float], None]:
        """Return when it is our turn; `on_wait(place)` at each change of place, 1 being the next to leave.

        The result is a function that holds the whole class back for some seconds (after a 429).

        Raises:
            Cancelled: `stop` was set meanwhile; the place is given up.
        """
        ticket: int | None = None
        shown = 0
        try:
            while True:
                ticket, place = self.step(ticket)
                if place == 0:
                    return self.hold
                if place != shown:
                    shown = place
                    on_wait(place)
                if stop.wait(POLL_SECONDS):
                    raise Cancelled
        except BaseException:
            if ticket is not None:
                self._give_up(ticket)
            raise

    def hold(self, seconds: float) -> None:
        """Let nobody leave for `seconds`."""
        with database(FILE, _SCHEMA) as base:
            base.execute(
                "INSERT INTO billets (fournisseur, etat, instant) VALUES (?, 'pause', ?)",
                (self.provider, self._clock() + seconds),
            )

    def waiting(self) -> int:
        """How many requests stand in the queue now."""
        with database(FILE, _SCHEMA) as base:
            row = base.execute(
                "SELECT COUNT(*) FROM billets WHERE fournisseur = ? AND etat = 'attente' AND instant > ?",
                (self.provider, self._clock() - LOST_AFTER_SECONDS),
            ).fetchone()
        return int(row[0])

    def step(self, ticket: int | None = None) -> tuple[int, int]:
        """Take or refresh a ticket; (ticket, place), place 0 when it leaves now. `wait` calls it until then."""
        now = self._clock()
        with database(FILE, _SCHEMA) as base:
            base.execute(
                "DELETE FROM billets WHERE (etat = 'attente' AND instant < ?) OR (etat = 'parti' AND instant < ?) "
                "OR (etat = 'pause' AND instant < ?)",
                (now - LOST_AFTER_SECONDS, now - WINDOW_SECONDS, now),
            )
            if ticket is None:
                cursor = base.execute(
                    "INSERT INTO billets (fournisseur, etat, instant) VALUES (?, 'attente', ?)", (self.provider, now)
                )
                ticket = int(cursor.lastrowid or 0)
            else:
                base.execute(
                    "INSERT INTO billets (id, fournisseur, etat, instant) VALUES (?, ?, 'attente', ?) "
                    "ON CONFLICT (id) DO UPDATE SET instant = excluded.instant",
                    (ticket, self.provider, now),
                )
            counts = dict(
                base.execute("SELECT etat, COUNT(*) FROM billets WHERE fournisseur = ? GROUP BY etat", (self.provider,))
            )
            ahead = base.execute(
                "SELECT COUNT(*) FROM billets WHERE fournisseur = ? AND etat = 'attente' AND id < ?",
                (self.provider, ticket),
            ).fetchone()[0]
            free = self.per_minute - counts.get("parti", 0)
            if ahead < free and not counts.get("pause"):
                base.execute("UPDATE billets SET etat = 'parti', instant = ? WHERE id = ?", (now, ticket))
                return ticket, 0
        return ticket, int(ahead) + 1

    def _give_up(self, ticket: int) -> None:
        with database(FILE, _SCHEMA) as base:
            base.execute("DELETE FROM billets WHERE id = ? AND etat = 'attente'", (ticket,))
