"""The results of the council's summary from one export to the next: a person must not be found by difference.

Head counts and hours are facts of attendance and follow the data. The shares « tout acquis » are people's results: they
are given out again only if each of them is unchanged, or gained at least five results of two kinds; otherwise those of
the first export stay, with its date. What was a dash then stays a dash.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from atelier_ia.measurement import publication
from atelier_ia.measurement.hr_tables import GroupLine, SummaryTables

NAME = "bilan des formations"


def settle(tables: SummaryTables, today: date) -> tuple[SummaryTables, date | None]:
    """The tables to give out today, and the day of their results when it is not today; remembers what is given out."""
    before = publication.read_publication(NAME)
    now = _counts(tables)
    if before is not None and not publication.may_update(_known(before, now), now):
        return _with_shares(tables, before["parts"]), date.fromisoformat(before["jour"])
    parts = {name: part / whole for name, (part, whole) in now.items() if not name.startswith("gardés")}
    publication.keep_publication(NAME, {"jour": today.isoformat(), "comptes": now, "parts": parts})
    return tables, None


def _counts(tables: SummaryTables) -> dict[str, tuple[int, int]]:
    """The results that a reader can read, or work out by subtracting the services shown from the whole."""
    found = {}
    if tables.overview.acquired is not None:
        found["ensemble"] = tables.overview.evaluated
    for kind, lines in (("étape", tables.stages), ("service", tables.services), ("module", tables.modules)):
        found |= {_name(kind, line): line.evaluated for line in lines if line.acquired is not None}
    kept = [line.evaluated for line in tables.services if line.acquired is None]
    if sum(whole for _, whole in kept):
        found["gardés, services"] = (sum(part for part, _ in kept), sum(whole for _, whole in kept))
    return found


def _known(before: dict[str, Any], now: publication.Counts) -> publication.Counts:
    """What was given out, without the groupings that exist no more (their members are counted elsewhere)."""
    counts = publication.counts_from_json(before["comptes"])
    return {name: pair for name, pair in counts.items() if name in now or "+" not in name}


def _with_shares(tables: SummaryTables, parts: dict[str, float]) -> SummaryTables:
    def lines(kind: str, found: tuple[GroupLine, ...]) -> tuple[GroupLine, ...]:
        return tuple(replace(line, acquired=parts.get(_name(kind, line))) for line in found)

    return SummaryTables(
        replace(tables.overview, acquired=parts.get("ensemble")),
        lines("étape", tables.stages),
        lines("service", tables.services),
        lines("module", tables.modules),
    )


def _name(kind: str, line: GroupLine) -> str:
    return f"{kind} {' + '.join(line.members) or line.name}"
