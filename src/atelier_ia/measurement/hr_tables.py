"""The aggregate tables of the HR report: by service, by module, by stage, and those of the *rapport social unique*.

All are counted in one reading of the records, a person at a time. Tables for the council go through `anonymity`; the
RSU table is for HR alone (same restricted file as the names).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from atelier_ia.measurement.anonymity import group_rows, rows_with_shares, share_may_show
from atelier_ia.measurement.hr_lines import OTHER_STAGE, STAGES, TrainingLine
from atelier_ia.measurement.hr_records import NO_SERVICE, HrRecords

_RsuKey = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class GroupLine:
    """One row of an aggregate table. `headcount` is 0 when it has no meaning; `acquired` (0 to 1) is the share of the
    persons evaluated who acquired all that they were evaluated on, None when it may not be shown or nobody was
    evaluated; `members` names the rows added up in this one."""

    name: str
    headcount: int
    people: int
    hours: float
    half_days: float
    acquired: float | None
    members: tuple[str, ...] = ()
    evaluated: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Overview:
    """The whole collectivité: persons trained, head count, hours, half-days, share acquired as in `GroupLine`.

    `evaluated`, here and there: persons who acquired all, persons evaluated; for the rule between two exports."""

    people: int
    headcount: int
    hours: float
    half_days: float
    acquired: float | None
    evaluated: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class RsuLine:
    """Persons trained and training days by the keys of the *rapport social unique*."""

    category: str
    sex: str
    status: str
    kind: str
    provider: str
    people: int
    days: float


@dataclass(frozen=True)
class SummaryTables:
    """The tables of the council's summary, and the yearly report's for HR alone."""

    overview: Overview
    stages: tuple[GroupLine, ...]
    services: tuple[GroupLine, ...]
    modules: tuple[GroupLine, ...]
    rsu: tuple[RsuLine, ...] = ()


@dataclass
class _Count:
    """Persons by the rows of a table where they stand, hours and half-days by row.

    A person is kept as the set of their rows, each with True (all acquired), False (not all) or None (not evaluated):
    enough to count the distinct persons of any rows added up, and few such sets exist."""

    people: Counter[frozenset[tuple[str, bool | None]]] = field(default_factory=Counter)
    hours: Counter[str] = field(default_factory=Counter)
    half_days: Counter[str] = field(default_factory=Counter)

    def add(self, keys: Sequence[str], lines: Sequence[TrainingLine]) -> None:
        """Count a person: `keys` are the rows of their `lines`."""
        outcomes: dict[str, bool | None] = dict.fromkeys(keys)
        for key, line in zip(keys, lines, strict=True):
            self.hours[key] += line.hours  # type: ignore[assignment]
            self.half_days[key] += line.half_days  # type: ignore[assignment]
            if line.outcome:
                outcomes[key] = outcomes[key] is not False and line.outcome == "acquis"
        self.people[frozenset(outcomes.items())] += 1

    def persons(self, rows: Iterable[str]) -> int:
        """Distinct persons of `rows` together."""
        wanted = frozenset(rows)
        return sum(n for person, n in self.people.items() if any(key in wanted for key, _ in person))

    def evaluated(self, rows: Iterable[str]) -> tuple[int, int]:
        """Persons who acquired all that they were evaluated on in `rows`, and persons evaluated."""
        wanted = frozenset(rows)
        acquired = whole = 0
        for person, n in self.people.items():
            told = [outcome for key, outcome in person if key in wanted and outcome is not None]
            whole += n if told else 0
            acquired += n if told and all(told) else 0
        return acquired, whole


def summary_tables(records: HrRecords) -> SummaryTables:
    """All the tables: one reading of the records."""
    whole, stages, services, modules = _Count(), _Count(), _Count(), _Count()
    titles: dict[str, str] = {}
    stage_of: dict[str, str] = {}
    people: Counter[_RsuKey] = Counter()
    days: dict[_RsuKey, float] = {}
    for agent, lines in records.persons():
        whole.add([""] * len(lines), lines)
        stages.add([line.stage for line in lines], lines)
        services.add([agent.learner.service] * len(lines), lines)
        modules.add([line.module for line in lines], lines)
        titles |= {line.module: line.title for line in lines}
        stage_of |= {line.module: line.stage for line in lines}
        own = _rsu_days(lines)
        people.update(own.keys())
        days |= {key: days.get(key, 0) + more for key, more in own.items()}
    acquired, evaluated = whole.evaluated([""])
    order = [name for _, name in STAGES] + [OTHER_STAGE]
    sizes = {service.id: service.headcount for service in records.settings.services}
    names = {service.id: service.name for service in records.settings.services} | {"": NO_SERVICE}
    return SummaryTables(
        Overview(
            people=records.people,
            headcount=records.settings.headcount,
            hours=float(whole.hours[""]),
            half_days=round(whole.half_days[""], 2),
            acquired=acquired / evaluated if share_may_show(acquired, evaluated) else None,
            evaluated=(acquired, evaluated),
        ),
        _grouped(
            stages, [name for name in order if name in stages.hours], {}, {}, "Étapes à petit effectif, regroupées"
        ),
        # One row per service of `atelier.toml` (and per other word of the roster).
        _grouped(services, list(dict.fromkeys((*sizes, *services.hours))), names, sizes, "Petits services regroupés"),
        _grouped(
            modules,
            sorted(titles, key=lambda module: (order.index(stage_of[module]), module)),
            titles,
            {},
            "Modules à petit effectif, regroupés",
        ),
        tuple(RsuLine(*key, people[key], days[key]) for key in sorted(people)),
    )


def _rsu_days(lines: Sequence[TrainingLine]) -> dict[_RsuKey, float]:
    """Days (a day = two half-days) of one person by category, sex, status, kind of training and provider."""
    days: dict[_RsuKey, float] = {}
    for line in lines:
        if line.attended:
            who = line.learner
            key = (who.category, who.sex, who.status, line.kind, line.provider)
            days[key] = days.get(key, 0) + line.half_days / 2
    return days


def _grouped(
    count: _Count, keys: Sequence[str], names: Mapping[str, str], sizes: Mapping[str, int], merged_name: str
) -> tuple[GroupLine, ...]:
    """A row for each of `keys`, small ones added up; none when even the parts may not be shown."""
    people = {key: count.persons([key]) for key in keys}
    grouping = group_rows(people, sizes, together=count.persons, show_empty=True)
    if grouping.total_only:
        return ()
    rows: list[tuple[tuple[str, ...], str]] = [((key,), names.get(key, key)) for key in keys if key in grouping.shown]
    if grouping.merged:
        rows.append((grouping.merged, merged_name))
    evaluated = {name: count.evaluated(members) for members, name in rows}
    may_show = rows_with_shares(
        {name: acquired for name, (acquired, _) in evaluated.items()},
        {name: whole for name, (_, whole) in evaluated.items()},
    )
    return tuple(
        GroupLine(
            name=name,
            # A row with persons of no known service has no head count to compare them with.
            headcount=sum(sizes[key] for key in members) if all(key in sizes for key in members) else 0,
            people=count.persons(members),
            hours=float(sum(count.hours[key] for key in members)),
            half_days=round(sum(count.half_days[key] for key in members), 2),
            acquired=evaluated[name][0] / evaluated[name][1] if name in may_show else None,
            members=tuple(names.get(key, key) for key in members) if len(members) > 1 else (),
            evaluated=evaluated[name],
        )
        for members, name in rows
    )
