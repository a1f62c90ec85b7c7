"""Two files that Moodle imports as they are: the accounts to create, and what is acquired. Commas, UTF-8, no mark.

The grades file says 100 for an acquired module and « - », Moodle's own sign for no grade, for one in progress: marks
stay with the trainers. It names only persons who have an account in the other file: a single stranger makes Moodle
refuse the whole import. Names are written exactly as they are; these files are for Moodle, not for a spreadsheet.
"""

from __future__ import annotations

import csv
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from atelier_ia.documents.private_base import temporary_base
from atelier_ia.documents.tables import column_key
from atelier_ia.documents.whole_file import whole_file
from atelier_ia.errors import AtelierError
from atelier_ia.measurement.hr_records import HrRecords
from atelier_ia.settings import Settings
from atelier_ia.training.roster import Learner

ACQUIRED, NO_GRADE, NO_NAME = "100", "-", "-"
SHOWN = 1000
"""How many of the persons without an address are named."""
_SCHEMA = """
CREATE TABLE names (username TEXT PRIMARY KEY, identifier TEXT) WITHOUT ROWID;
CREATE TABLE accounts (place INTEGER PRIMARY KEY, username TEXT, first_name TEXT, last_name TEXT, email TEXT,
 identifier TEXT UNIQUE, service TEXT)
"""
_EMAIL_COLUMNS = ("courriel", "email", "mail", "adressemail", "adresseelectronique", "messagerie")


@dataclass(frozen=True)
class MoodleFiles:
    """Both files, the first identifiers left out of the accounts for want of an address, and how many they are."""

    users: Path
    grades: Path
    without_email: tuple[str, ...]
    without_count: int


def write_moodle_files(
    records: HrRecords, learners: Iterable[Learner], folder: Path, settings: Settings, domain: str = ""
) -> MoodleFiles:
    """Write `moodle_comptes.csv` and `moodle_resultats.csv` into `folder` (created). Without an address column in the
    roster, `domain` makes one out of the identifier.

    Raises:
        AtelierError: two persons would have the same Moodle account.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with closing(temporary_base(_SCHEMA)) as base:
        missing, count = _fill(base, learners, domain)
        modules = {line.module: line.title for line in records.lines if line.outcome}

        def has_account(identifier: str) -> bool:
            return base.execute("SELECT 1 FROM accounts WHERE identifier = ?", (identifier,)).fetchone() is not None

        users = (
            (name, first, last, email, identifier, column_key(settings.service_name(service)) or "sans_service")
            for name, first, last, email, identifier, service in base.execute(
                "SELECT username, first_name, last_name, email, identifier, service FROM accounts ORDER BY place"
            )
        )
        grades = (
            (agent.learner.identifier, *(ACQUIRED if (module, "acquis") in told else NO_GRADE for module in modules))
            for agent, lines in records.persons()
            for told in [{(line.module, line.outcome) for line in lines}]
            if has_account(agent.learner.identifier)
        )
        titles = ("username", "firstname", "lastname", "email", "idnumber", "cohort1")
        return MoodleFiles(
            _write(folder / "moodle_comptes.csv", titles, users),
            _write(folder / "moodle_resultats.csv", ("idnumber", *modules.values()), grades),
            missing,
            count,
        )


def _fill(base: sqlite3.Connection, learners: Iterable[Learner], domain: str) -> tuple[tuple[str, ...], int]:
    """Every person's account into the temporary base; returns the first who have no address, and how many they are."""
    missing: list[str] = []
    count = 0
    for who in learners:
        name, email = moodle_name(who.identifier), _email(who, domain)
        taken = base.execute("INSERT OR IGNORE INTO names VALUES (?, ?)", (name, who.identifier)).rowcount == 0
        if taken:
            (other,) = base.execute("SELECT identifier FROM names WHERE username = ?", (name,)).fetchone()
            raise AtelierError(
                f"« {other[:40]} » et « {who.identifier[:40]} » donneraient le même compte Moodle ; "
                "changez l'un des deux identifiants."
            )
        if not email:
            count += 1
            missing += [who.identifier] if count <= SHOWN else []
            continue
        shown = (who.first_name or NO_NAME, who.last_name or NO_NAME)  # Moodle refuses an empty one
        row = (name, *shown, email, who.identifier, who.service)
        base.execute(
            "INSERT INTO accounts (username, first_name, last_name, email, identifier, service)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            row,
        )
    return tuple(missing), count


def moodle_name(identifier: str) -> str:
    """A username that Moodle takes: lower case, letters and digits of ASCII, and . _ - @."""
    bare = unicodedata.normalize("NFKD", identifier).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._@-]", "", bare) or "agent-" + identifier.encode("utf-8").hex()[:24]


def _email(who: Learner, domain: str) -> str:
    for title, value in who.extra.items():
        if column_key(title) in _EMAIL_COLUMNS and "@" in value:
            return value
    if "@" in who.identifier:
        return who.identifier
    return f"{moodle_name(who.identifier)}@{domain}" if domain else ""


def _write(target: Path, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with whole_file(target) as partial, partial.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(titles)
        writer.writerows(rows)
    return target
