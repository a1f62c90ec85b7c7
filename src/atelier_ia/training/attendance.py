"""Who came: one line per person and session, kept in `var/presences.csv` (from the sign-in sheet or the QR code).

Columns: identifiant;date;module;heures, and, when they differ from the usual, demi_journees;modalite;presence;type;
organisme. `module` is an assignment's identifier (s3_m2_courriels) or a session's title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from atelier_ia.documents.spreadsheets import Column, write_csv
from atelier_ia.documents.tables import (
    Table,
    TableStream,
    column_key,
    parse_csv,
    parse_date,
    parse_hours,
    parse_number,
    parse_yes_no,
    stream_csv,
)
from atelier_ia.settings import data_folder

FILE_NAME = "presences.csv"
REQUIRED = ("identifiant", "date", "module", "heures")
HALF_DAY_HOURS = 4.0
"""A day of at most this many hours of training counts as one half-day, a longer one as two (the usual count)."""
_ALIASES = {
    "id": "identifiant",
    "matricule": "identifiant",
    "jour": "date",
    "session": "module",
    "duree": "heures",
    "dureeheures": "heures",
    "nombredheures": "heures",
    "demijournees": "demijournees",
    "demijournee": "demijournees",
    "present": "presence",
    "presents": "presence",
    "typedeformation": "type",
    "formateur": "organisme",
}
_KINDS = {
    **dict.fromkeys(("presentiel", "enpresentiel", "presence", "enpresence", "surplace", "salle"), "présentiel"),
    **dict.fromkeys(("distance", "adistance", "distanciel", "endistanciel", "visio", "visioconference"), "distance"),
    **dict.fromkeys(("mixte", "hybride"), "mixte"),
}
"""The words that training departments write, normalised."""
_MAXIMUM_HOURS = 24.0


@dataclass(frozen=True)
class Attendance:
    """One person at one session: `hours` (decimal), `half_days` (None: counted from the hours of the day), `modality` ∈
    présentiel|distance|mixte; `kind` and `provider` are the columns of the *rapport social unique*."""

    learner: str
    day: date
    module: str
    hours: float
    half_days: float | None = None
    modality: str = "présentiel"
    present: bool = True
    kind: str = "perfectionnement"
    provider: str = "collectivité"


def attendance_path() -> Path:
    """Where attendance is kept."""
    return data_folder() / FILE_NAME


def read_attendance(path: Path | None = None) -> tuple[Attendance, ...]:
    """The attendance of `path` (by default var/presences.csv), in file order; an absent file is an empty list.

    Raises:
        TableError: a column is missing or a cell does not fit; the sentence names line and column.
    """
    return _once(iter_attendance(path))


def iter_attendance(path: Path | None = None) -> Iterator[Attendance]:
    """The lines one at a time, the file never held in memory; a session written twice comes twice."""
    source = path or attendance_path()
    if source.is_file():
        with stream_csv(source, REQUIRED, _ALIASES) as table:
            yield from _lines(table)


def parse_attendance(data: bytes, name: str = FILE_NAME) -> tuple[Attendance, ...]:
    """The same from the bytes of a file called `name` in the messages. The same session twice counts once."""
    return _once(_lines(parse_csv(data, name, REQUIRED, _ALIASES)))


def _once(lines: Iterable[Attendance]) -> tuple[Attendance, ...]:
    """Each session of a person once, at its first place; a presence stands before an absence."""
    found: dict[tuple[str, date, str], Attendance] = {}
    for line in lines:
        key = (line.learner, line.day, line.module)
        known = found.get(key)
        found[key] = line if known is None or (line.present and not known.present) else known
    return tuple(found.values())


def _lines(table: Table | TableStream) -> Iterator[Attendance]:
    for row in table.rows:
        hours = table.value(
            row, "heures", session_hours, "écrivez une durée comme 2,5 ou 2 h 30, de 24 heures au plus."
        )
        half_days = (
            table.value(row, "demijournees", _half_days, "écrivez un nombre de demi-journées comme 1 ou 2.")
            if row.cells.get("demijournees")
            else None
        )
        yield Attendance(
            learner=table.value(row, "identifiant", _filled, "indiquez l'identifiant de la personne."),
            day=table.value(row, "date", parse_date, "écrivez une date comme 25/01/2027."),
            module=table.value(row, "module", _filled, "indiquez le module ou la séance."),
            hours=hours,
            half_days=half_days,
            modality=table.value(row, "modalite", _modality, "écrivez présentiel, distance ou mixte."),
            present=table.value(row, "presence", parse_yes_no, "écrivez oui ou non.")
            if "presence" in table.columns
            else True,
            kind=row.cells.get("type") or Attendance.kind,
            provider=row.cells.get("organisme") or Attendance.provider,
        )


def half_days_of(hours: float) -> float:
    """0, 1 or 2 half-days for a day of `hours`."""
    if hours <= 0:
        return 0
    return 1 if hours <= HALF_DAY_HOURS else 2


def write_attendance(lines: Iterable[Attendance], path: Path | None = None) -> Path:
    """Write attendance back, whole or not at all; returns the file."""
    titles = ("identifiant", "date", "module", "heures", "demi_journees", "modalite", "presence", "type", "organisme")
    rows = (
        (
            line.learner,
            line.day,
            line.module,
            float(line.hours),
            None if line.half_days is None else float(line.half_days),
            line.modality,
            line.present,
            line.kind,
            line.provider,
        )
        for line in lines
    )
    return write_csv(path or attendance_path(), [Column(title) for title in titles], rows)


def _filled(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


def session_hours(text: str) -> float:
    """The duration of one session, at most a day; ValueError otherwise."""
    value = parse_hours(text)
    if value > _MAXIMUM_HOURS:
        raise ValueError(text)
    return value


def _half_days(text: str) -> float:
    value = parse_number(text)
    if not 0 <= value <= 4:
        raise ValueError(text)
    return value


def _modality(text: str) -> str:
    if not text:
        return Attendance.modality
    try:
        return _KINDS[column_key(text)]
    except KeyError:
        raise ValueError(text) from None
