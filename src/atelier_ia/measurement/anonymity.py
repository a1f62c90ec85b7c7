"""Small groups: which rows of a table may be shown so that nobody is recognised, totals and past exports included.

No statute fixes the threshold; this project chose k = 5 persons for a row and 10 for a crossing (docs/rapports.md).
Instead of hiding cells, small rows are added up in one row, "petits services regroupés": what a reader could compute
from the total is then shown, and nothing more can be found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

THRESHOLD = 5
CROSSING_THRESHOLD = 10


@dataclass(frozen=True)
class Grouping:
    """`shown`: rows that stand alone; `merged`: rows added up in one; `total_only`: not even the parts may be shown."""

    shown: tuple[str, ...]
    merged: tuple[str, ...]
    total_only: bool = False


def group_rows(
    counts: Mapping[str, int],
    sizes: Mapping[str, int] | None = None,
    k: int = THRESHOLD,
    together: Callable[[Iterable[str]], int] | None = None,
    show_empty: bool = False,
) -> Grouping:
    """Which rows of `counts` (persons per row) may be shown beside their total.

    A row is small when it counts fewer than `k` persons, or when its own population (`sizes`, public, e.g. a service's
    head count) is under `k`. Small rows are merged; as long as they are fewer than two, weigh less than `k` or count
    everybody they could, the next smallest rows join them. Head counts and totals then leave at least two possible
    values to each row that is not shown (an attacker who also replays this rule may narrow them further).

    `show_empty` leaves alone the empty rows of a population of at least `k`: only for facts that are no answer of a
    person (a training not begun), since it helps who would guess the others. `together` counts the distinct persons of
    several rows when a person may stand in more than one (by default they are added up).
    """
    weigh = together or (lambda rows: sum(counts[row] for row in rows))
    populations = sizes or {}

    def safe(rows: set[str]) -> bool:
        peopled = [row for row in rows if populations.get(row, k) > 0]  # an empty service hides nobody
        everybody = all(row in populations for row in rows) and weigh(rows) >= sum(populations[row] for row in rows)
        return len(peopled) > 1 and weigh(rows) >= k and not everybody

    least = 1 if show_empty else 0
    merged = {row for row, count in counts.items() if populations.get(row, k) < k or least <= count < k}
    if not merged:
        return Grouping(tuple(counts), ())
    others = sorted((row for row in counts if row not in merged), key=lambda row: (counts[row] == 0, counts[row], row))
    while others and not safe(merged):
        merged.add(others.pop(0))
    if not safe(merged):
        return Grouping((), tuple(counts), total_only=True)
    return Grouping(tuple(row for row in counts if row not in merged), tuple(row for row in counts if row in merged))


def share_may_show(part: int, whole: int, k: int = CROSSING_THRESHOLD) -> bool:
    """May "`part` out of `whole`" be shown? Not for a small group, nor when all or none answer alike (it would tell
    each person's answer)."""
    return whole >= k and 0 < part < whole


def rows_with_shares(
    parts: Mapping[str, int], wholes: Mapping[str, int], k: int = CROSSING_THRESHOLD
) -> frozenset[str]:
    """Rows whose share `parts[row]` / `wholes[row]` may be shown beside the share of all rows together.

    The rows kept back must themselves add up to a share that may be shown, or else their answers would follow by
    subtraction: further rows are kept back until it does.
    """
    hidden = {row for row, whole in wholes.items() if not share_may_show(parts.get(row, 0), whole, k)}
    silent = {row for row in hidden if wholes[row] == 0}
    hidden -= silent  # a row where nobody answered has nothing to protect
    others = sorted(set(wholes) - hidden - silent, key=lambda row: (wholes[row], row))
    while hidden and others:
        part, whole = (sum(table.get(row, 0) for row in hidden) for table in (parts, wholes))
        if len(hidden) > 1 and share_may_show(part, whole, k):
            break
        hidden.add(others.pop(0))
    return frozenset(set(wholes) - hidden - silent)
