"""Roster, attendance and results joined: who was trained, sorted by service and name, read one person at a time.

The join is done by SQLite in a private temporary file (it has no name, and is gone when the program ends, even killed):
whatever the number of agents, a few persons at a time are in memory.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from atelier_ia.assistant.words import fold
from atelier_ia.documents.private_base import temporary_base
from atelier_ia.measurement.hr_lines import (
    AgentLine,
    ModuleResult,
    TrainingLine,
    agent_line,
    is_private,
    lines_of_person,
)
from atelier_ia.settings import Settings
from atelier_ia.training.attendance import Attendance
from atelier_ia.training.roster import Learner

NO_SERVICE = "Service non renseigné"
_SCHEMA = """
CREATE TABLE people (identifier TEXT PRIMARY KEY, known INTEGER, rank INTEGER, last_key TEXT, first_key TEXT,
 last_name TEXT, first_name TEXT, service TEXT, category TEXT, sex TEXT, status TEXT, grade TEXT, extra TEXT);
CREATE TABLE sessions (place INTEGER PRIMARY KEY, learner TEXT, day TEXT, module TEXT, hours REAL, half_days REAL,
 modality TEXT, present INTEGER, kind TEXT, provider TEXT, UNIQUE (learner, day, module));
CREATE TABLE marks (learner TEXT, module TEXT, score REAL, max_score REAL, day TEXT, minutes INTEGER,
 PRIMARY KEY (learner, module)) WITHOUT ROWID;
CREATE TABLE lines (place INTEGER PRIMARY KEY, learner TEXT, module TEXT, title TEXT, stage TEXT, first_day TEXT,
 last_day TEXT, hours REAL, half_days REAL, modality TEXT, kind TEXT, provider TEXT, attended INTEGER,
 sessions INTEGER, outcome TEXT)
"""
_PERSON = "identifier, last_name, first_name, service, category, sex, status, grade, extra"
_SESSION = "learner, day, module, hours, half_days, modality, present, kind, provider"
_LINE = (
    "module, title, stage, first_day, last_day, hours, half_days, modality, kind, provider, attended, sessions, outcome"
)
_ORDER = "rank, service, last_key, first_key, identifier"
_KNOWN_FIELDS = len(_PERSON.split(","))


@dataclass(frozen=True)
class SessionHeld:
    """A session that took place: the module and the persons present."""

    day: date
    module: str
    people: int
    hours: float


class HrRecords:
    """All that the HR report says of persons: lines sorted by service, name, date. People unknown to the roster appear
    under their identifier; `unknown` holds the first of them and `unknown_count` how many they are."""

    def __init__(self, settings: Settings, base: sqlite3.Connection) -> None:
        self.settings = settings
        self._base = base
        weakref.finalize(self, base.close)
        self.people, self.line_count = base.execute("SELECT COUNT(DISTINCT learner), COUNT(*) FROM lines").fetchone()
        strangers = "FROM people WHERE NOT known AND identifier IN (SELECT learner FROM lines)"
        self.unknown_count: int = base.execute(f"SELECT COUNT(*) {strangers}").fetchone()[0]
        shown = base.execute(f"SELECT identifier {strangers} ORDER BY identifier LIMIT 5")
        self.unknown = tuple(row[0] for row in shown)
        words = base.execute(
            "SELECT DISTINCT service FROM people WHERE known AND service <> '' AND rank >= ? ORDER BY service",
            (len(settings.services),),
        )
        self.other_services = tuple(row[0] for row in words)
        """The words of the roster that are no service of `atelier.toml`."""

    @property
    def lines(self) -> Iterator[TrainingLine]:
        """One line per person and module."""
        return (line for _, lines in self.persons() for line in lines)

    @property
    def agents(self) -> Iterator[AgentLine]:
        """One line per person."""
        return (agent for agent, _ in self.persons())

    def persons(self) -> Iterator[tuple[AgentLine, tuple[TrainingLine, ...]]]:
        """Each person trained, with the lines of their modules."""
        return self._read("", ())

    def lines_of(self, identifier: str) -> tuple[TrainingLine, ...]:
        """The lines of one person; none when they followed nothing."""
        return next((lines for _, lines in self._read("WHERE learner = ?", (identifier,))), ())

    def sessions_of(self, identifier: str) -> tuple[Attendance, ...]:
        """The sessions of one person's modules, absences included, in order of day; never individual coaching."""
        rows = self._base.execute(
            f"SELECT {_SESSION} FROM sessions WHERE learner = ? ORDER BY day, module", (identifier,)
        )
        return tuple(line for line in map(_session, rows) if not is_private(line.module))

    @property
    def waiting(self) -> Iterator[Learner]:
        """The agents of the roster who have followed nothing yet, sorted as the lines are."""
        rows = self._base.execute(
            f"SELECT {_PERSON} FROM people WHERE known AND identifier NOT IN (SELECT learner FROM lines)"
            f" ORDER BY {_ORDER}"
        )
        return map(_learner, rows)

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day of training, None when there is none."""
        first, last = self._base.execute("SELECT MIN(first_day), MAX(last_day) FROM lines").fetchone()
        return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None

    @property
    def sessions_held(self) -> Iterator[SessionHeld]:
        """The sessions of the modules followed, in order of date."""
        rows = self._base.execute(
            "SELECT day, module, COUNT(*), MAX(hours) FROM sessions WHERE present"
            " AND module IN (SELECT module FROM lines) GROUP BY day, module ORDER BY day, module"
        )
        for day, module, people, hours in rows:
            yield SessionHeld(date.fromisoformat(day), module, people, hours)

    def service_of(self, learner: Learner) -> str:
        """The French name of a person's service."""
        return self.settings.service_name(learner.service) or NO_SERVICE

    def _read(self, where: str, values: Sequence[str]) -> Iterator[tuple[AgentLine, tuple[TrainingLine, ...]]]:
        rows = self._base.execute(
            f"SELECT known, {_PERSON}, {_prefixed('lines', _LINE)} FROM lines JOIN people ON identifier = learner"
            f" {where} ORDER BY place",
            values,
        )
        for _, own in groupby(rows, key=lambda row: row[1]):
            group = list(own)
            learner = _learner(group[0][1 : 1 + _KNOWN_FIELDS])
            lines = tuple(_line(learner, row[1 + _KNOWN_FIELDS :]) for row in group)
            yield agent_line(lines, bool(group[0][0])), lines


def build_records(
    roster: Iterable[Learner],
    attendance: Iterable[Attendance],
    results: Iterable[ModuleResult],
    settings: Settings,
    titles: Mapping[str, str] | None = None,
) -> HrRecords:
    """Join the three sources, each read once. `titles` gives the French title of each module that is evaluated; a
    module absent from it is shown by its identifier and has no outcome unless it has a result."""
    base = temporary_base(_SCHEMA)
    ranks = {service.id: rank for rank, service in enumerate(settings.services)}
    _fill(base, "OR REPLACE INTO people", 13, (_person_row(who, ranks, known=True) for who in roster))
    # The same session signed twice, on paper and by code, counts once, presence first.
    base.executemany(
        f"INSERT INTO sessions ({_SESSION}) VALUES ({_marks_for(9)}) ON CONFLICT (learner, day, module) DO UPDATE SET"
        " hours = excluded.hours, half_days = excluded.half_days, modality = excluded.modality, present = 1,"
        " kind = excluded.kind, provider = excluded.provider WHERE excluded.present AND NOT present",
        map(_session_row, attendance),
    )
    _fill(base, "OR REPLACE INTO marks", 6, map(_mark_row, results))
    base.execute(
        "CREATE TEMP TABLE strangers AS SELECT learner FROM sessions UNION SELECT learner FROM marks"
        " EXCEPT SELECT identifier FROM people"
    )
    lost = (Learner(row[0], row[0], "", "") for row in base.execute("SELECT learner FROM strangers"))
    _fill(base, "INTO people", 13, (_person_row(who, ranks, known=False) for who in lost))
    _fill(base, f"INTO lines (learner, {_LINE})", 14, _all_lines(base, settings, titles or {}))
    base.execute("COMMIT")
    return HrRecords(settings, base)


def _all_lines(base: sqlite3.Connection, settings: Settings, titles: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    people = base.execute(f"SELECT {_PERSON} FROM people ORDER BY {_ORDER}")
    for row in people:
        learner = _learner(row)
        own = (learner.identifier,)
        sessions = base.execute(f"SELECT {_SESSION} FROM sessions WHERE learner = ? ORDER BY place", own)
        marks = base.execute("SELECT * FROM marks WHERE learner = ?", own)
        for line in lines_of_person(learner, map(_session, sessions), map(_mark, marks), settings, titles):
            yield (
                *(learner.identifier, line.module, line.title, line.stage, _text(line.first_day), _text(line.last_day)),
                *(line.hours, line.half_days, line.modality, line.kind, line.provider),
                *(line.attended, line.sessions, line.outcome),
            )


def _fill(base: sqlite3.Connection, into: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
    base.executemany(f"INSERT {into} VALUES ({_marks_for(width)})", rows)


def _marks_for(width: int) -> str:
    return ", ".join("?" * width)


def _prefixed(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{column.strip()}" for column in columns.split(","))


def _person_row(who: Learner, ranks: Mapping[str, int], *, known: bool) -> tuple[Any, ...]:
    return (
        *(who.identifier, known, ranks.get(who.service, len(ranks)), fold(who.last_name)),
        *(fold(who.first_name), who.last_name, who.first_name, who.service, who.category, who.sex, who.status),
        *(who.grade, json.dumps(dict(who.extra), ensure_ascii=False) if who.extra else ""),
    )


def _session_row(line: Attendance) -> tuple[Any, ...]:
    return (
        *(line.learner, line.day.isoformat(), line.module, line.hours, line.half_days),
        *(line.modality, line.present, line.kind, line.provider),
    )


def _mark_row(mark: ModuleResult) -> tuple[Any, ...]:
    return (mark.learner, mark.module, mark.score, mark.max_score, _text(mark.day), mark.minutes)


def _learner(row: Sequence[Any]) -> Learner:
    identifier, last, first, service, category, sex, status, grade, extra = row
    more = json.loads(extra) if extra else {}
    return Learner(identifier, last, first, service, category, sex, status, grade, more)


def _session(row: Sequence[Any]) -> Attendance:
    learner, day, module, hours, half_days, modality, present, kind, provider = row
    day = date.fromisoformat(day)
    return Attendance(learner, day, module, hours, half_days, modality, bool(present), kind, provider)


def _mark(row: Sequence[Any]) -> ModuleResult:
    learner, module, score, max_score, day, minutes = row
    return ModuleResult(learner, module, score, max_score, _day(day), minutes)


def _line(learner: Learner, row: Sequence[Any]) -> TrainingLine:
    module, title, stage, first, last, *rest = row
    return TrainingLine(learner, module, title, stage, _day(first), _day(last), *rest)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
