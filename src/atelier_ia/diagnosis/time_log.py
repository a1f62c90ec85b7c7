"""Measured time, task by task: entries of a stopwatch or of an imported CSV, never an estimate called a measure.

An entry says how long a task took and how many cases it covered. No name, no hour of the day.
CSV columns: tache;minutes, and, when known, nombre;service;jour;origine.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from atelier_ia.diagnosis.stopwatch import Stopwatch
from atelier_ia.documents.shared_file import alone_on, replace_table
from atelier_ia.documents.spreadsheets import Cell, Column, csv_bytes
from atelier_ia.documents.tables import Row, Table, column_key, parse_csv, parse_date, parse_hours, parse_number
from atelier_ia.errors import AtelierError
from atelier_ia.settings import data_folder

FILE_NAME = "temps.csv"
TITLES = ("tache", "minutes", "nombre", "service", "jour", "origine")
SMALL_SAMPLE = 5
"""Under this many measured entries, a task's figures are said to be fragile."""
LONGEST_MINUTES = 12 * 60
Origin = Literal["chronomètre", "import", "estimation"]
_ALIASES = {
    "activite": "tache",
    "processus": "tache",
    "duree": "minutes",
    "dureeminutes": "minutes",
    "temps": "minutes",
    "quantite": "nombre",
    "occurrences": "nombre",
    "direction": "service",
    "date": "jour",
    "source": "origine",
}


@dataclass(frozen=True)
class TimeEntry:
    """One measure: `minutes` spent on `count` cases of a task."""

    task: str
    minutes: float
    count: int = 1
    service: str = ""
    day: date | None = None
    origin: Origin = "import"

    @property
    def minutes_each(self) -> float:
        """Minutes per case."""
        return self.minutes / self.count


@dataclass(frozen=True)
class TaskTime:
    """One task: number of measured entries and cases, median and range of minutes per case, total minutes measured.

    `estimates` counts the entries that are estimates; they enter no figure unless there is nothing else, and then
    `measured` is False.
    """

    task: str
    entries: int
    cases: int
    median_minutes: float
    low_minutes: float
    high_minutes: float
    total_minutes: float
    estimates: int
    measured: bool

    @property
    def fragile(self) -> bool:
        """Too few measures, or none, to rely on."""
        return not self.measured or self.entries < SMALL_SAMPLE


def stopwatch_entry(
    watch: Stopwatch, task: str, *, count: int = 1, service: str = "", day: date | None = None
) -> TimeEntry:
    """The time counted as an entry, to the tenth of a minute.

    Raises:
        AtelierError: nothing was counted, the task has no name, or it lasted more than a day's work.
    """
    return checked(TimeEntry(task, round(watch.seconds / 60, 1), count, service, day, "chronomètre"))


def checked(entry: TimeEntry) -> TimeEntry:
    """The entry with its task's blanks tidied; `AtelierError` when it cannot be one."""
    task = " ".join(entry.task.split())
    if not task:
        raise AtelierError("Donnez un nom à la tâche avant d'enregistrer son temps.")
    if not 0 < entry.minutes <= LONGEST_MINUTES:
        raise AtelierError("Le temps d'une tâche va de quelques secondes à 12 heures ; corrigez la durée.")
    if entry.count < 1:
        raise AtelierError("Le nombre de cas traités est d'au moins 1 ; corrigez-le.")
    return replace(entry, task=task)


def log_path() -> Path:
    """Where the entries are kept."""
    return data_folder() / "diagnostic" / FILE_NAME


def read_log(path: Path | None = None) -> tuple[TimeEntry, ...]:
    """The entries of `path` (by default var/diagnostic/temps.csv), none without a file; `TableError` if wrong."""
    source = path or log_path()
    return parse_log(source.read_bytes(), source.name) if source.is_file() else ()


def parse_log(data: bytes, name: str = FILE_NAME) -> tuple[TimeEntry, ...]:
    """The entries in the bytes of a CSV called `name` in the messages.

    Durations may be written 45, '45 min', '1 h 15', '1:15' or '0,5 h'; a bare number is minutes.
    """
    table = parse_csv(data, name, ("tâche", "minutes"), _ALIASES)
    return tuple(_entry(table, row) for row in table.rows)


def write_log(entries: Iterable[TimeEntry], path: Path | None = None) -> Path:
    """Write the entries, whole or not at all; returns the file."""
    return replace_table(path or log_path(), TITLES, _rows(entries))


def add_entries(entries: Sequence[TimeEntry], path: Path | None = None) -> tuple[TimeEntry, ...]:
    """Add to the log, also while others add to it; returns all its entries.

    Raises:
        AtelierError: an entry cannot be one, or the file cannot be read or written.
    """
    new = [checked(entry) for entry in entries]
    with alone_on(path or log_path()):
        known = (*read_log(path), *new)
        write_log(known, path)
    return known


def withdraw_entries(entries: Sequence[TimeEntry], path: Path | None = None) -> tuple[TimeEntry, ...]:
    """Take out of the log entries that were added by mistake, one of each; returns those that stay."""
    with alone_on(path or log_path()):
        left = list(read_log(path))
        for entry in map(checked, entries):
            if entry in left:
                left.reverse()
                left.remove(entry)
                left.reverse()
        write_log(left, path)
    return tuple(left)


def log_csv(entries: Iterable[TimeEntry]) -> bytes:
    """The entries as the bytes of a CSV that `parse_log` reads."""
    return csv_bytes([Column(title) for title in TITLES], _rows(entries))


def _rows(entries: Iterable[TimeEntry]) -> Iterable[Sequence[Cell]]:
    return [(one.task, float(one.minutes), one.count, one.service, one.day, one.origin) for one in entries]


def summarise_tasks(entries: Sequence[TimeEntry]) -> tuple[TaskTime, ...]:
    """Each task, the most time-consuming first; spelling variants of case, accents and blanks are one task."""
    groups: dict[str, list[TimeEntry]] = defaultdict(list)
    for entry in entries:
        groups[column_key(entry.task)].append(entry)
    return tuple(
        sorted((_task_time(group) for group in groups.values()), key=lambda one: (-one.total_minutes, one.task))
    )


def _task_time(group: list[TimeEntry]) -> TaskTime:
    measured = [one for one in group if one.origin != "estimation"]
    kept = measured or group
    each = sorted(one.minutes_each for one in kept)
    return TaskTime(
        group[0].task,
        len(kept),
        sum(one.count for one in kept),
        statistics.median(each),
        each[0],
        each[-1],
        sum(one.minutes for one in kept),
        len(group) - len(measured),
        bool(measured),
    )


def _entry(table: Table, row: Row) -> TimeEntry:
    return TimeEntry(
        task=table.value(row, "tache", _filled, "indiquez la tâche."),
        minutes=table.value(
            row, "minutes", parse_minutes, "écrivez une durée comme 45, 45 min ou 1 h 15 (12 heures au plus)."
        ),
        count=table.value(row, "nombre", _count, "écrivez un nombre entier, au moins 1."),
        service=row.cells.get("service", ""),
        day=table.value(
            row, "jour", lambda text: parse_date(text) if text else None, "écrivez une date comme 13/01/2027."
        ),
        origin=table.value(row, "origine", _origin, "écrivez chronomètre, import ou estimation."),
    )


def _filled(text: str) -> str:
    if not text:
        raise ValueError(text)
    return " ".join(text.split())


def parse_minutes(text: str) -> float:
    """Minutes written '45', '45 min', '1 h 15' or '1,5 h'; ValueError otherwise, or beyond a day's work."""
    bare = re.sub(r"\s*(heures?|h)$", "h", text.strip().lower())
    if decimal := re.fullmatch(r"(\d+[.,]\d+)h", bare):
        value = parse_number(decimal[1]) * 60
    elif any(sign in bare for sign in ("h", ":", "min", "mn")):
        value = parse_hours(bare) * 60
    else:
        value = parse_number(bare)
    if not 0 < value <= LONGEST_MINUTES:
        raise ValueError(text)
    return round(value, 2)


def _count(text: str) -> int:
    if not text:
        return 1
    value = parse_number(text)
    if value < 1 or value != int(value):
        raise ValueError(text)
    return int(value)


def _origin(text: str) -> Origin:
    known: dict[str, Origin] = {
        "": "import",
        "import": "import",
        "chronometre": "chronomètre",
        "mesure": "chronomètre",
        "estimation": "estimation",
        "estime": "estimation",
        "declare": "estimation",
    }
    try:
        return known[column_key(text)]
    except KeyError:
        raise ValueError(text) from None
