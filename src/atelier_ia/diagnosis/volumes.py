"""How much each task weighs in a week: measured minutes per case × cases a week, for the whole collectivité.

Volumes come from the services' registers (mail counter, number of orders…), in a CSV: tache;cas_par_semaine;agents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from atelier_ia.diagnosis.time_log import TaskTime
from atelier_ia.documents.shared_file import replace_table
from atelier_ia.documents.tables import column_key, parse_csv, parse_number
from atelier_ia.settings import data_folder

FILE_NAME = "volumes.csv"
_ALIASES = {
    "activite": "tache",
    "processus": "tache",
    "parsemaine": "casparsemaine",
    "nombreparsemaine": "casparsemaine",
    "volume": "casparsemaine",
    "nombredagents": "agents",
}


@dataclass(frozen=True)
class TaskVolume:
    """Cases of a task in an ordinary week, and the agents who do it (0 when not known)."""

    task: str
    cases_per_week: float
    agents: int = 0


@dataclass(frozen=True)
class WeeklyLoad:
    """Hours a week that a task takes in the collectivité. `time` is what they are computed from."""

    task: str
    hours: float
    cases_per_week: float
    agents: int
    time: TaskTime


def volumes_path() -> Path:
    """Where the volumes are kept."""
    return data_folder() / "diagnostic" / FILE_NAME


def read_volumes(path: Path | None = None) -> tuple[TaskVolume, ...]:
    """The volumes of `path` (by default var/diagnostic/volumes.csv), none without a file; `TableError` if wrong."""
    source = path or volumes_path()
    if not source.is_file():
        return ()
    table = parse_csv(source.read_bytes(), source.name, ("tâche", "cas_par_semaine"), _ALIASES)
    return tuple(
        TaskVolume(
            row.cells["tache"],
            table.value(row, "casparsemaine", _positive, "écrivez un nombre comme 120 ou 2,5."),
            int(table.value(row, "agents", _positive, "écrivez un nombre de personnes ou laissez vide.")),
        )
        for row in table.rows
    )


def write_volumes(volumes: Iterable[TaskVolume], path: Path | None = None) -> Path:
    """Write the volumes, whole or not at all; returns the file."""
    rows = [(one.task, float(one.cases_per_week), one.agents or None) for one in volumes]
    return replace_table(path or volumes_path(), ("tache", "cas_par_semaine", "agents"), rows)


def weekly_loads(times: Sequence[TaskTime], volumes: Sequence[TaskVolume]) -> tuple[WeeklyLoad, ...]:
    """The tasks that have both a time and a volume, the heaviest first."""
    known = {column_key(volume.task): volume for volume in volumes}
    loads = []
    for time in times:
        volume = known.get(column_key(time.task))
        if volume is not None:
            hours = time.median_minutes * volume.cases_per_week / 60
            loads.append(WeeklyLoad(time.task, hours, volume.cases_per_week, volume.agents, time))
    return tuple(sorted(loads, key=lambda load: (-load.hours, load.task)))


def tasks_without_volume(times: Sequence[TaskTime], volumes: Sequence[TaskVolume]) -> tuple[str, ...]:
    """The measured tasks whose weekly number of cases nobody has given."""
    known = {column_key(volume.task) for volume in volumes}
    return tuple(time.task for time in times if column_key(time.task) not in known)


def _positive(text: str) -> float:
    value = parse_number(text) if text else 0.0
    if value < 0:
        raise ValueError(text)
    return value
