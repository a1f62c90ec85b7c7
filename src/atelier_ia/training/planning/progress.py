"""The plan against what has been done: `var/plan.csv` holds one line per session held; what is late or missing shows.

Columns: seance;fait_le;remarque. The file opens in a spreadsheet; `atelier planifier --fait` writes it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from atelier_ia.documents.shared_file import alone_on
from atelier_ia.documents.spreadsheets import Column, write_csv
from atelier_ia.documents.tables import TableError, parse_csv, parse_date
from atelier_ia.errors import AtelierError
from atelier_ia.settings import data_folder
from atelier_ia.training.planning.plan import Plan, PlannedStep, Session

FILE_NAME = "plan.csv"
Status = Literal["faite", "aujourd'hui", "en cours", "en retard", "à venir"]


@dataclass(frozen=True)
class Done:
    """A session that took place."""

    session: str
    day: date
    remark: str = ""


@dataclass(frozen=True)
class LateSession:
    """A session whose day has passed without having been done; `days` is how long ago, in days."""

    session: Session
    days: int


@dataclass(frozen=True)
class Progress:
    """Where the plan stands on `today`. `unknown` are lines of the file that match no session of the plan."""

    today: date
    statuses: Mapping[str, Status]
    step_statuses: Mapping[str, Status]
    late: tuple[LateSession, ...]
    unknown: tuple[Done, ...]


def state_path() -> Path:
    """Where the sessions done are kept."""
    return data_folder() / FILE_NAME


def read_done(path: Path | None = None) -> tuple[Done, ...]:
    """The sessions done, one line each; no file means none.

    Raises:
        TableError: a column is missing or a date cannot be read.
    """
    source = path or state_path()
    if not source.is_file():
        return ()
    table = parse_csv(source.read_bytes(), source.name, ("seance", "fait_le"), {"session": "seance", "date": "faitle"})
    lines: dict[str, Done] = {}
    for row in table.rows:
        day = table.value(row, "faitle", parse_date, "écrivez une date comme 25/01/2027.")
        name = row.cells["seance"]
        if not name:
            raise TableError(f"{source.name}, ligne {row.line} : la séance n'est pas indiquée ; complétez la ligne.")
        lines[name] = Done(name, day, row.cells.get("remarque", ""))
    return tuple(lines.values())


def mark_done(plan: Plan, session: str, day: date, path: Path | None = None) -> tuple[Done, ...]:
    """Write that `session` (or every session of the step of that name) took place on `day`; returns all lines.

    Raises:
        AtelierError: the plan has no such session or step.
    """
    step = next((item for item in plan.steps if item.method.id == session), None)
    names = [item.id for item in step.sessions] if step else [item.id for item in plan.sessions if item.id == session]
    if not names:
        raise AtelierError(
            f"La séance « {session[:60]} » n'est pas dans le plan ; « atelier planifier » donne les identifiants."
        )
    target = path or state_path()
    with alone_on(target):
        lines = {line.session: line for line in read_done(target)}
        for name in names:
            lines[name] = Done(name, day, lines[name].remark if name in lines else "")
        rows = [(line.session, line.day, line.remark) for line in lines.values()]
        write_csv(target, [Column("seance"), Column("fait_le"), Column("remarque")], rows)
    return tuple(lines.values())


def follow(plan: Plan, done: tuple[Done, ...], today: date) -> Progress:
    """Compare the plan with what has been done, on `today`."""
    names = {line.session for line in done}
    statuses: dict[str, Status] = {item.id: _status(item, names, today) for item in plan.sessions}
    late = tuple(
        LateSession(item, (today - item.end_day).days) for item in plan.sessions if statuses[item.id] == "en retard"
    )
    return Progress(
        today,
        statuses,
        {step.method.id: _step_status(step, statuses) for step in plan.steps},
        late,
        tuple(line for line in done if line.session not in statuses),
    )


def _status(session: Session, done: set[str], today: date) -> Status:
    if session.id in done:
        return "faite"
    if session.end_day < today:
        return "en retard"
    if session.day > today:
        return "à venir"
    return "aujourd'hui" if session.day == session.end_day else "en cours"


def _step_status(step: PlannedStep, statuses: Mapping[str, Status]) -> Status:
    found = {statuses[session.id] for session in step.sessions}
    if "en retard" in found:
        return "en retard"
    if len(found) == 1:
        return next(iter(found))
    return "en cours"
