"""The light marks of a draft, as people and models type them: blank lines, « - », « 1. », # title, **bold**, | cells |.

Read here once, for Word (`word`) and for PDF (`pages`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from atelier_ia.documents.typography import printable

_BULLET = re.compile(r"^\s*[-•*–]\s+(?=\S)")
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+(?=\S)")
_TITLE = re.compile(r"^(#{1,4})\s+(?=\S)")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULE_ROW = re.compile(r"^\s*\|[\s:|-]+\|\s*$")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")

Kind = Literal["paragraph", "bullet", "number", "title", "table"]


@dataclass(frozen=True)
class Block:
    """A piece of text: `level` is the depth of a title (1 to 4); the lines of a paragraph are kept apart by line ends;
    a table has `rows`, the first one being its headings."""

    kind: Kind
    text: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Piece:
    """Characters of a block, bold or not."""

    text: str
    bold: bool = False


def blocks(text: str) -> Iterator[Block]:
    """Cut `text` at blank lines, list items, titles and tables."""
    paragraph: list[str] = []
    rows: list[tuple[str, ...]] = []
    for raw in [*printable(text).split("\n"), ""]:
        line = raw.rstrip()
        if rows and not _ROW.match(line):
            yield Block("table", "", rows=tuple(rows))
            rows = []
        simple = _simple_block(line)
        if paragraph and (simple or not line.strip() or _ROW.match(line)):
            yield Block("paragraph", "\n".join(paragraph))
            paragraph = []
        if simple:
            yield simple
        elif _ROW.match(line):
            if not _RULE_ROW.match(line):
                rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
        elif line.strip():
            paragraph.append(line.strip())


def pieces(text: str) -> Iterator[Piece]:
    """The plain and bold parts of `text`, in order; at least one."""
    clean = printable(text)
    position = 0
    for match in _BOLD.finditer(clean):
        if match.start() > position:
            yield Piece(clean[position : match.start()])
        yield Piece(match[1], bold=True)
        position = match.end()
    if position < len(clean) or not clean:
        yield Piece(clean[position:])


def _simple_block(line: str) -> Block | None:
    if found := _TITLE.match(line):
        return Block("title", line[found.end() :], len(found[1]))
    if found := _BULLET.match(line):
        return Block("bullet", line[found.end() :])
    if found := _NUMBER.match(line):
        return Block("number", line[found.end() :])
    return None
