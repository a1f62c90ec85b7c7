"""What a room knows of its day: who came, who works on what, what was said. One SQLite file, shared by hub and desk.

An answer's text is never kept here, only that it was tried and its share of the points.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FILE = "salle.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS participants (
  nom TEXT PRIMARY KEY, affiche TEXT NOT NULL, numero TEXT NOT NULL, venu REAL NOT NULL);
CREATE TABLE IF NOT EXISTS essais (
  nom TEXT NOT NULL, devoir TEXT NOT NULL, exercice TEXT NOT NULL, essais INTEGER NOT NULL, part REAL,
  instant REAL NOT NULL, PRIMARY KEY (nom, devoir, exercice));
CREATE TABLE IF NOT EXISTS rendus (
  nom TEXT NOT NULL, devoir TEXT NOT NULL, fois INTEGER NOT NULL, instant REAL NOT NULL, PRIMARY KEY (nom, devoir));
CREATE TABLE IF NOT EXISTS comptes (cle TEXT PRIMARY KEY, nom TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS jetons_vus (jeton TEXT PRIMARY KEY, instant REAL NOT NULL);
CREATE TABLE IF NOT EXISTS liens (
  nom TEXT NOT NULL, devoir TEXT NOT NULL, adresse TEXT NOT NULL, personne TEXT NOT NULL, envoyee TEXT NOT NULL,
  PRIMARY KEY (nom, devoir));
CREATE TABLE IF NOT EXISTS appels (nom TEXT PRIMARY KEY, instant REAL NOT NULL);
CREATE TABLE IF NOT EXISTS messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, texte TEXT NOT NULL, pour TEXT NOT NULL, instant REAL NOT NULL);
"""


@dataclass(frozen=True)
class Participant:
    """One person of the room: `name` is the account, `shown` what they typed, `number` brings them back."""

    name: str
    shown: str
    number: str
    came: float


@dataclass(frozen=True)
class Attempt:
    """Where someone stands on one exercise; `share` between 0 and 1, None when a person will mark it."""

    name: str
    assignment: str
    exercise: str
    tries: int
    share: float | None
    when: float


class RoomStore:
    """The room's file. Each call opens, writes and closes: several processes use it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        with self._base() as base:
            base.executescript(_SCHEMA)

    @contextmanager
    def _base(self) -> Iterator[sqlite3.Connection]:
        base = sqlite3.connect(self.path, timeout=10)
        try:
            with base:
                yield base
        finally:
            base.close()

    def participant(self, name: str) -> Participant | None:
        """The person of that account."""
        with self._base() as base:
            row = base.execute("SELECT nom, affiche, numero, venu FROM participants WHERE nom = ?", (name,)).fetchone()
        return Participant(*row) if row else None

    def rank(self, name: str) -> int:
        """A number of one's own, from 1, that never changes; 0 for who never came (the trainer)."""
        with self._base() as base:
            row = base.execute("SELECT rowid FROM participants WHERE nom = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def participants(self) -> list[Participant]:
        """Everybody who ever came, by account."""
        with self._base() as base:
            rows = base.execute("SELECT nom, affiche, numero, venu FROM participants ORDER BY nom").fetchall()
        return [Participant(*row) for row in rows]

    def welcome(self, name: str, shown: str) -> Participant | None:
        """Open an account with a fresh personal number; None when somebody already has that name."""
        number = f"{secrets.randbelow(9000) + 1000}"
        with self._base() as base:
            done = base.execute(
                "INSERT OR IGNORE INTO participants VALUES (?, ?, ?, ?)", (name, shown[:60], number, time.time())
            )
            if not done.rowcount:
                return None
        return self.participant(name)

    def account_of(self, key: str) -> str:
        """The account of an identity that a provider vouches for, "" when it never came."""
        with self._base() as base:
            row = base.execute("SELECT nom FROM comptes WHERE cle = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def open_account(self, key: str, name: str, shown: str) -> bool:
        """Give that identity that account; False when either is taken. No personal number: no other way leads to it."""
        with self._base() as base:
            if base.execute("SELECT 1 FROM comptes WHERE cle = ?", (key,)).fetchone():
                return False
            done = base.execute(
                "INSERT OR IGNORE INTO participants VALUES (?, ?, '', ?)", (name, shown[:60], time.time())
            )
            if done.rowcount:
                base.execute("INSERT INTO comptes VALUES (?, ?)", (key, name))
            return bool(done.rowcount)

    def first_time(self, token: str, kept_for: float = 86_400) -> bool:
        """Whether a token that may serve once is seen for the first time; those older than `kept_for` are forgotten."""
        with self._base() as base:
            base.execute("DELETE FROM jetons_vus WHERE instant < ?", (time.time() - kept_for,))
            done = base.execute("INSERT OR IGNORE INTO jetons_vus VALUES (?, ?)", (token, time.time()))
            return bool(done.rowcount)

    def link(self, name: str, assignment: str, address: str, person: str) -> None:
        """Where the mark of that work goes on the platform that sent this person, and who they are there."""
        with self._base() as base:
            base.execute(
                "INSERT INTO liens VALUES (?, ?, ?, ?, '') ON CONFLICT (nom, devoir) DO UPDATE SET "
                "envoyee = CASE WHEN adresse = excluded.adresse THEN envoyee ELSE '' END, "
                "adresse = excluded.adresse, personne = excluded.personne",
                (name, assignment, address, person),
            )

    def links(self) -> list[tuple[str, str, str, str, str]]:
        """(name, assignment, address, person there, last mark sent) of everything that goes back to a platform."""
        with self._base() as base:
            return base.execute("SELECT nom, devoir, adresse, personne, envoyee FROM liens ORDER BY nom").fetchall()

    def sent(self, name: str, assignment: str, mark: str) -> None:
        """That mark reached the platform."""
        with self._base() as base:
            base.execute("UPDATE liens SET envoyee = ? WHERE nom = ? AND devoir = ?", (mark, name, assignment))

    def tried(self, name: str, assignment: str, exercise: str, share: float | None) -> None:
        """One more try at an exercise."""
        with self._base() as base:
            base.execute(
                "INSERT INTO essais VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT (nom, devoir, exercice) DO UPDATE SET "
                "essais = essais + 1, part = excluded.part, instant = excluded.instant",
                (name, assignment, exercise, share, time.time()),
            )

    def attempts(self) -> list[Attempt]:
        """All that was tried, oldest first."""
        with self._base() as base:
            rows = base.execute("SELECT nom, devoir, exercice, essais, part, instant FROM essais ORDER BY instant")
            return [Attempt(*row) for row in rows]

    def handed_in(self, name: str, assignment: str) -> None:
        """A work was handed in (again)."""
        with self._base() as base:
            base.execute(
                "INSERT INTO rendus VALUES (?, ?, 1, ?) ON CONFLICT (nom, devoir) DO UPDATE SET fois = fois + 1, "
                "instant = excluded.instant",
                (name, assignment, time.time()),
            )

    def hand_ins(self) -> list[tuple[str, str, int, float]]:
        """(name, assignment, times, last moment) of everything handed in."""
        with self._base() as base:
            return base.execute("SELECT nom, devoir, fois, instant FROM rendus ORDER BY instant").fetchall()

    def call(self, name: str, wanted: bool) -> None:
        """Raise or lower a hand."""
        with self._base() as base:
            if wanted:
                base.execute("INSERT OR REPLACE INTO appels VALUES (?, ?)", (name, time.time()))
            else:
                base.execute("DELETE FROM appels WHERE nom = ?", (name,))

    def calls(self) -> dict[str, float]:
        """Who has a hand up, since when."""
        with self._base() as base:
            return dict(base.execute("SELECT nom, instant FROM appels").fetchall())

    def say(self, text: str, to: str = "") -> int:
        """Send a message to everybody, or to one person; its number."""
        with self._base() as base:
            return int(
                base.execute(
                    "INSERT INTO messages (texte, pour, instant) VALUES (?, ?, ?)", (text, to, time.time())
                ).lastrowid
                or 0
            )

    def messages(self, name: str, after: int = 0, limit: int = 20) -> list[tuple[int, str, float]]:
        """The last messages for that person after that number, oldest first."""
        with self._base() as base:
            rows = base.execute(
                "SELECT id, texte, instant FROM messages WHERE id > ? AND pour IN ('', ?) ORDER BY id DESC LIMIT ?",
                (after, name, limit),
            ).fetchall()
        return rows[::-1]
