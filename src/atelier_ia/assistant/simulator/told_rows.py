"""The rows of a table told as lines: « | Mardi | fermé | 14 h-18 h | » → « Mardi : matin fermé, … »."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import lower_first

_RULE = re.compile(r"^\s*\|?[\s:|-]*-{3,}[\s:|-]*$")
_ROW = re.compile(r"^\s*\|.+\|\s*$")


def told_rows(text: str) -> str:
    """`text` with its ruled tables told row by row, each cell under the name of its column; the rest as it is."""
    lines = text.replace("\r\n", "\n").split("\n")
    if not any(_RULE.match(line) for line in lines):
        return text
    found: list[str] = []
    columns: list[str] = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if _RULE.match(line) and "|" in line:
            continue
        if not _ROW.match(line):
            columns = []
            found.append(line)
        elif _RULE.match(following):
            columns = _cells(line)
        else:
            found.append(_told(columns, _cells(line)))
    return "\n".join(found)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _told(columns: list[str], cells: list[str]) -> str:
    names = [lower_first(name) for name in columns] if len(columns) == len(cells) else [""] * len(cells)
    first, *others = zip(names, cells, strict=True)
    rest = [f"{name} {cell}".strip() for name, cell in others if re.search(r"\w", cell)]
    return f"{first[1]} : {', '.join(rest)}." if rest else f"{first[1]}."
