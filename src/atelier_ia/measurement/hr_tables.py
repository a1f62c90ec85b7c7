"""The aggregate tables of the HR report: by service, by module, by stage, and those of the *rapport social unique*.

Tables for the council go through `anonymity`; the RSU table is for HR alone (same restricted file as the names).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from atelier_ia.measurement.anonymity import group_rows, rows_with_shares, share_may_show
from atelier_ia.measurement.hr_records import OTHER_STAGE, STAGES, HrRecords, TrainingLine

NO_SERVICE = "Service non renseigné"


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
class SummaryTables:
    """The tables of the council's summary."""

    overview: Overview
    stages: tuple[GroupLine, ...]
    services: tuple[GroupLine, ...]
    modules: tuple[GroupLine, ...]


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


def overview(records: HrRecords) -> Overview:
    """The figures of the first page."""
    lines = records.lines
    return Overview(
        people=len(records.agents),
        headcount=records.settings.headcount,
        hours=sum(line.hours for line in lines),
        half_days=round(sum(line.half_days for line in lines), 2),
        acquired=_share(lines),
        evaluated=_evaluated(lines),
    )


def summary_tables(records: HrRecords) -> SummaryTables:
    """All the tables of the council's summary."""
    return SummaryTables(overview(records), by_stage(records), by_service(records), by_module(records))


def by_service(records: HrRecords) -> tuple[GroupLine, ...]:
    """One row per service of `atelier.toml` (and per other word of the roster), small ones added up; empty when even
    the parts may not be shown."""
    sizes = {service.id: service.headcount for service in records.settings.services}
    names = {service.id: service.name for service in records.settings.services} | {"": NO_SERVICE}
    keys = [*sizes, *dict.fromkeys(line.learner.service for line in records.lines if line.learner.service not in sizes)]
    return _grouped(records.lines, keys, lambda line: line.learner.service, names, sizes, "Petits services regroupés")


def by_module(records: HrRecords) -> tuple[GroupLine, ...]:
    """One row per module followed, in order of the roll-out."""
    titles = {line.module: line.title for line in records.lines}
    order = [name for _, name in STAGES] + [OTHER_STAGE]
    stage = {line.module: order.index(line.stage) for line in records.lines}
    keys = sorted(titles, key=lambda module: (stage[module], module))
    return _grouped(records.lines, keys, lambda line: line.module, titles, {}, "Modules à petit effectif, regroupés")


def by_stage(records: HrRecords) -> tuple[GroupLine, ...]:
    """One row per stage that took place."""
    present = {line.stage for line in records.lines}
    keys = [name for name in (*(name for _, name in STAGES), OTHER_STAGE) if name in present]
    return _grouped(records.lines, keys, lambda line: line.stage, {}, {}, "Étapes à petit effectif, regroupées")


def rsu(records: HrRecords) -> tuple[RsuLine, ...]:
    """Persons and days (a day = two half-days) by category, sex, status, kind of training and provider."""
    people: dict[tuple[str, str, str, str, str], set[str]] = {}
    days: dict[tuple[str, str, str, str, str], float] = {}
    for line in records.lines:
        if not line.attended:
            continue
        who = line.learner
        key = (who.category, who.sex, who.status, line.kind, line.provider)
        people.setdefault(key, set()).add(who.identifier)
        days[key] = days.get(key, 0) + line.half_days / 2
    return tuple(RsuLine(*key, len(people[key]), days[key]) for key in sorted(people))


def _grouped(
    lines: Iterable[TrainingLine],
    keys: list[str],
    key_of: Callable[[TrainingLine], str],
    names: dict[str, str],
    sizes: dict[str, int],
    merged_name: str,
) -> tuple[GroupLine, ...]:
    groups: dict[str, list[TrainingLine]] = {key: [] for key in keys}
    for line in lines:
        groups[key_of(line)].append(line)
    people = {key: _people(own) for key, own in groups.items()}
    grouping = group_rows(
        people, sizes, together=lambda rows: _people(line for row in rows for line in groups[row]), show_empty=True
    )
    if grouping.total_only:
        return ()
    rows: list[tuple[tuple[str, ...], str]] = [((key,), names.get(key, key)) for key in keys if key in grouping.shown]
    if grouping.merged:
        rows.append((grouping.merged, merged_name))
    own_lines = {name: [line for key in members for line in groups[key]] for members, name in rows}
    evaluated = {name: _evaluated(own) for name, own in own_lines.items()}
    may_show = rows_with_shares(
        {name: acquired for name, (acquired, _) in evaluated.items()},
        {name: whole for name, (_, whole) in evaluated.items()},
    )
    return tuple(
        GroupLine(
            name=name,
            headcount=sum(sizes.get(key, 0) for key in members),
            people=_people(own_lines[name]),
            hours=sum(line.hours for line in own_lines[name]),
            half_days=round(sum(line.half_days for line in own_lines[name]), 2),
            acquired=evaluated[name][0] / evaluated[name][1] if name in may_show else None,
            members=tuple(names.get(key, key) for key in members) if len(members) > 1 else (),
            evaluated=evaluated[name],
        )
        for members, name in rows
    )


def _people(lines: Iterable[TrainingLine]) -> int:
    return len({line.learner.identifier for line in lines})


def _evaluated(lines: Iterable[TrainingLine]) -> tuple[int, int]:
    """Persons who acquired all that they were evaluated on, and persons evaluated."""
    outcomes: dict[str, bool] = {}
    for line in lines:
        if line.outcome:
            who = line.learner.identifier
            outcomes[who] = outcomes.get(who, True) and line.outcome == "acquis"
    return sum(outcomes.values()), len(outcomes)


def _share(lines: Iterable[TrainingLine]) -> float | None:
    acquired, evaluated = _evaluated(lines)
    return acquired / evaluated if share_may_show(acquired, evaluated) else None
