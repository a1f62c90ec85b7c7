"""Read a table of figures: lines of cells separated by « | » or « ; », the first naming the columns.

A line whose label says « total » closes a group. Cells are kept as written; a table holds no cause, none is sought.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

GAP = re.compile(r"\b(?:ecart|écart|évolution|variation)\b", re.IGNORECASE)
BESIDE = 12  # words around a table, from which it stands in notes
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_NUMBER = re.compile(r"[-−+]?\d[\d\s\u00a0\u202f]*(?:,\d+)?\s?[€%]?$")


@dataclass(frozen=True)
class Line:
    """One line of the table: its group (« fonctionnement, dépenses »), its name, a figure per column (0 when empty)."""

    group: str
    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Group:
    """Lines that a total closes; `total` None when the table gives none."""

    lines: tuple[Line, ...]
    total: Line | None


@dataclass(frozen=True)
class Figures:
    """A table read: names of the columns of figures, groups of lines."""

    columns: tuple[str, ...]
    groups: tuple[Group, ...]


def looks_like_table(source: str) -> bool:
    """Do at least three lines hold cells, most of them figures in some column?"""
    return bool(read_figures(source).groups)


def tells_beside(source: str) -> bool:
    """Do lines around the table tell something, as notes do, rather than give its title?"""
    told = [line for line in source.split("\n") if "|" not in line and line.count(";") < 2]
    return sum(len(line.split()) for line in told) >= BESIDE and len([line for line in told if line.strip()]) > 1


def read_figures(source: str) -> Figures:
    """The figures of `source`; no group when it is not a table."""
    rows = _cells(source)
    if len(rows) < 3:
        return Figures((), ())
    header, body = rows[0], rows[1:]
    kept = [rank for rank in range(len(header)) if _is_figures([row[rank] for row in body])]
    names = [rank for rank in range(len(header)) if rank not in kept]
    if not kept or not names:
        return Figures((), ())
    groups: list[Group] = []
    lines: list[Line] = []
    for row in body:
        # A code (« 011 ») does not name its line.
        told = [row[rank] for rank in names if row[rank] and not row[rank].isdigit()] or [""]
        line = Line(", ".join(told[:-1]), told[-1], tuple(_value(row[rank]) for rank in kept))
        if re.search(r"\btotal\b", line.name, re.IGNORECASE):
            groups.append(Group(tuple(lines), line))
            lines = []
        else:
            lines.append(line)
    if lines:
        groups.append(Group(tuple(lines), None))
    return Figures(tuple(header[rank] for rank in kept), tuple(groups))


def main_column(columns: Sequence[str]) -> int:
    """The column to speak of: the last one that is not a gap."""
    return max((rank for rank, name in enumerate(columns) if not GAP.search(name)), default=0)


def _cells(source: str) -> list[list[str]]:
    rows = []
    for line in source.split("\n"):
        separator = "|" if "|" in line else ";"
        cells = [cell.strip() for cell in line.strip().strip("|").split(separator)]
        if len(cells) >= 2 and not re.fullmatch(r"[\s|:-]+", line):
            rows.append(cells)
    width = len(rows[0]) if rows else 0
    return [row for row in rows if len(row) == width]


def _is_figures(cells: Sequence[str]) -> bool:
    # A column of codes (« 011 », « 65 ») counts nothing: its cells begin with a zero or name their line.
    filled = [cell for cell in cells if cell]
    numbers = [cell for cell in filled if _NUMBER.match(cell)]
    coded = any(re.match(r"0\d", cell) for cell in filled)
    return bool(filled) and len(numbers) == len(filled) and not coded


def _value(cell: str) -> float:
    digits = _SPACES.sub("", cell).rstrip("€%").replace("−", "-").replace(",", ".")
    return float(digits) if re.search(r"\d", digits) else 0.0
