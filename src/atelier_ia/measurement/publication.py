"""What has been given out stays given out: the rule between two exports of one report, and its memory.

A share that is published again must not differ from the first one by the answers of a few persons, nor by answers that
are all alike (the difference would tell them). So, for one wave of the survey: the rows and the shares kept back are
those of its first export; a later export is made only if each figure gained nothing, or at least `THRESHOLD` answers
that are not unanimous. Otherwise the first figures stay. Kept in `var/publications.json`: aggregates only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from atelier_ia.documents.shared_file import alone_on
from atelier_ia.documents.whole_file import whole_file
from atelier_ia.measurement.anonymity import THRESHOLD, share_may_show
from atelier_ia.settings import data_folder

FILE_NAME = "publications.json"
Counts = Mapping[str, tuple[int, int]]
"""(part, whole) of each share that a reader can read or compute, by a name."""


@dataclass(frozen=True)
class Layout:
    """The rows of a table given out (keys of the services in each) and the rows whose share is kept back."""

    rows: tuple[tuple[str, ...], ...] = ()
    hidden: frozenset[int] = frozenset()


def may_update(before: Counts, now: Counts, k: int = THRESHOLD) -> bool:
    """May shares be given out again? Each of `before` must be unchanged, or have gained at least `k` answers of which
    some and not all count; a share that appears since was never given out, and cannot be compared."""
    for name, (part, whole) in before.items():
        new_part, new_whole = now.get(name, (0, 0))
        gain = (new_part - part, new_whole - whole)
        if gain != (0, 0) and not share_may_show(*gain, k):
            return False
    return True


def may_recount(before: Mapping[str, int], now: Mapping[str, int], k: int = THRESHOLD) -> bool:
    """May numbers of answers be given out again? Each of `before` must have gained nothing, or at least `k`."""
    gains = [now.get(name, 0) - count for name, count in before.items()]
    return all(gain == 0 or gain >= k for gain in gains)


def read_publication(name: str) -> dict[str, Any] | None:
    """What was last given out under `name`; None the first time."""
    found = _all().get(name)
    return found if isinstance(found, dict) else None


def keep_publication(name: str, content: Mapping[str, Any]) -> None:
    """Remember what is given out under `name`, in the place of what was."""
    path = data_folder() / FILE_NAME
    with alone_on(path), whole_file(path) as partial:
        partial.write_text(json.dumps(_all() | {name: dict(content)}, ensure_ascii=False), encoding="utf-8")


def counts_from_json(value: Any) -> Counts:
    """The counts kept in a publication."""
    return {str(name): (int(part), int(whole)) for name, (part, whole) in dict(value).items()}


def layout_from_json(value: Any) -> Layout:
    """The layout kept in a publication."""
    return Layout(tuple(tuple(map(str, row)) for row in value["rows"]), frozenset(map(int, value["hidden"])))


def layout_as_json(layout: Layout) -> dict[str, Any]:
    """`layout` as JSON values."""
    return {"rows": [list(row) for row in layout.rows], "hidden": sorted(layout.hidden)}


def _all() -> dict[str, Any]:
    try:
        known = json.loads((data_folder() / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
