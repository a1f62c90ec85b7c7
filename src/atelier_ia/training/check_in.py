"""Checking in from one's own screen: a code per session and half-day, projected; each person signs with their name.

The trainer opens a session, projects the code (and a QR code that only leads to the page: nothing of anybody is in it),
watches the list, takes off whoever is not in the room, then closes: the signatures enter `var/presences.csv`. Kept
until then in `var/emargement.db`: the session, the person, never the hour. The printed sheet stays the other way.
"""

from __future__ import annotations

import secrets
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Literal

from atelier_ia.documents.private_base import private_base
from atelier_ia.documents.shared_file import alone_on
from atelier_ia.documents.typography import long_date
from atelier_ia.errors import AtelierError
from atelier_ia.settings import data_folder
from atelier_ia.training.attendance import Attendance, attendance_path, half_days_of, read_attendance, write_attendance
from atelier_ia.training.roster import Learner

FILE_NAME = "emargement.db"
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read two ways on a wall
CODE_LENGTH = 6
Half = Literal["matin", "après-midi", "séance"]
_SCHEMA = """
CREATE TABLE IF NOT EXISTS seances (code TEXT PRIMARY KEY, module TEXT, titre TEXT, jour TEXT, moitie TEXT, heures REAL,
 close INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS signatures (code TEXT, identifiant TEXT, PRIMARY KEY (code, identifiant)) WITHOUT ROWID;
"""


class CheckInError(AtelierError):
    """A signature that cannot be taken."""


@dataclass(frozen=True)
class OpenSession:
    """A half-day to sign: `hours` is what it lasts (decimal)."""

    code: str
    module: str
    title: str
    day: date
    half: Half
    hours: float
    closed: bool = False


def open_session(module: str, title: str, day: date, hours: float) -> tuple[OpenSession, ...]:
    """Open the session: one code when it lasts a half-day, one for each half of a day."""
    halves: tuple[Half, ...] = ("matin", "après-midi") if half_days_of(hours) == 2 else ("séance",)
    made = tuple(
        OpenSession(
            "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)), module, title, day, half, hours / len(halves)
        )
        for half in halves
    )
    with _database() as base:
        base.executemany(
            "INSERT INTO seances (code, module, titre, jour, moitie, heures) VALUES (?, ?, ?, ?, ?, ?)",
            [(item.code, item.module, item.title, item.day.isoformat(), item.half, item.hours) for item in made],
        )
    return made


def read_sessions() -> tuple[OpenSession, ...]:
    """All sessions, closed ones included, in order of day."""
    with _database() as base:
        rows = base.execute("SELECT code, module, titre, jour, moitie, heures, close FROM seances ORDER BY jour, code")
        return tuple(
            OpenSession(code, module, title, date.fromisoformat(day), half, hours, bool(closed))
            for code, module, title, day, half, hours, closed in rows
        )


def find_session(code: str) -> OpenSession:
    """The session of `code`, written with or without spaces, in either case.

    Raises:
        CheckInError: no session has that code.
    """
    bare = "".join(code.split()).upper()
    found = (
        next((item for item in read_sessions() if secrets.compare_digest(item.code, bare)), None)
        if bare.isascii()
        else None
    )
    if found is None:
        raise CheckInError("Ce code n'est pas celui d'une séance ; recopiez celui qui est projeté.")
    return found


def sign(code: str, name: str, learners: Sequence[Learner], today: date) -> Learner:
    """Sign for the person called `name` (first name and name in any order, or identifier); signing twice is signing
    once.

    Raises:
        CheckInError: wrong code, another day, a closed session, a name unknown or shared by two persons.
    """
    session = find_session(code)
    if session.closed:
        raise CheckInError("La feuille de cette séance est close ; signez la feuille papier auprès de la formatrice.")
    if session.day != today:
        raise CheckInError(f"Ce code est celui de la séance du {long_date(session.day)} ; recopiez celui du jour.")
    person = _person(name, learners)
    with _database() as base:
        base.execute("INSERT OR IGNORE INTO signatures VALUES (?, ?)", (session.code, person.identifier))
    return person


def signatures(code: str) -> tuple[str, ...]:
    """The identifiers of those who signed, in alphabetical order: the order of arrival is not kept."""
    with _database() as base:
        rows = base.execute("SELECT identifiant FROM signatures WHERE code = ? ORDER BY identifiant", (code,))
        return tuple(row[0] for row in rows)


def take_off(code: str, identifier: str) -> bool:
    """Remove a signature; False when there was none."""
    session = find_session(code)
    with _database() as base:
        query = "DELETE FROM signatures WHERE code = ? AND identifiant = ?"
        return bool(base.execute(query, (session.code, identifier)).rowcount)


def forget_person(identifier: str) -> int:
    """Remove every signature of a person from the sheets not yet closed; returns how many."""
    if not (data_folder() / FILE_NAME).exists():
        return 0
    with _database() as base:
        return base.execute("DELETE FROM signatures WHERE identifiant = ?", (identifier,)).rowcount


def close_day(day: date) -> int:
    """Close the sessions of `day` and write their signatures into the attendance; returns how many lines were added.

    The two halves of a day make one line. What the sheet already says of a person and session stays. Signatures are
    deleted once they are in the file.
    """
    with alone_on(attendance_path()):
        sessions = [item for item in read_sessions() if item.day == day and not item.closed]
        known = read_attendance()
        written = {(line.learner, line.day, line.module) for line in known if line.present}
        hours: dict[tuple[str, str], list[float]] = {}
        for session in sessions:
            for identifier in signatures(session.code):
                hours.setdefault((identifier, session.module), []).append(session.hours)
        lines = [
            Attendance(identifier, day, module, sum(parts), float(len(parts)))
            for (identifier, module), parts in sorted(hours.items())
            if (identifier, day, module) not in written
        ]
        replaced = {(line.learner, line.day, line.module) for line in lines}
        write_attendance([*(line for line in known if (line.learner, line.day, line.module) not in replaced), *lines])
        with _database() as base:
            for session in sessions:
                base.execute("UPDATE seances SET close = 1 WHERE code = ?", (session.code,))
                base.execute("DELETE FROM signatures WHERE code = ?", (session.code,))
    return len(lines)


def _person(name: str, learners: Iterable[Learner]) -> Learner:
    typed = _words(name)
    if not typed:
        raise CheckInError("Écrivez votre prénom et votre nom, ou votre identifiant.")
    found = [
        who
        for who in learners
        if name.strip().casefold() == who.identifier.casefold() or typed == _words(f"{who.first_name} {who.last_name}")
    ]
    if len(found) > 1:
        raise CheckInError("Plusieurs personnes portent ce nom ; écrivez plutôt votre identifiant ou votre matricule.")
    if not found:
        raise CheckInError("Ce nom n'est pas dans la liste ; vérifiez-le, ou signez la feuille papier.")
    return found[0]


def _words(name: str) -> tuple[str, ...]:
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return tuple(sorted("".join(char if char.isalnum() else " " for char in plain.casefold()).split()))


@contextmanager
def _database() -> Iterator[sqlite3.Connection]:
    """A transaction; what it wrote is on disk at the end of the block."""
    try:
        with private_base(data_folder() / FILE_NAME, _SCHEMA) as base:
            yield base
    except sqlite3.Error as error:
        raise CheckInError(
            f"La feuille de présence ne s'enregistre pas ({type(error).__name__}) ; signez la feuille papier."
        ) from None
