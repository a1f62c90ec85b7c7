"""Write tables that open right in French Excel and LibreOffice: .xlsx with real dates and numbers, .csv in French form.

A cell is never a formula: in .xlsx texts are written as texts, in .csv a text that looks like a formula is preceded by
an apostrophe (`tables.parse_csv` takes it off again). Rows are written one by one, never held all in memory.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Literal

from atelier_ia.documents.typography import printable, short_date
from atelier_ia.documents.whole_file import whole_file

Cell = str | int | float | date | bool | None
_FORMULA = re.compile(r"^'*[=+\-@\t\r]")
_WORKBOOK_LIMIT = 32_767


@dataclass(frozen=True)
class Column:
    """A column: its title, its width in characters and how its numbers are shown."""

    title: str
    width: int = 14
    kind: Literal["text", "whole", "decimal", "date", "percent"] = "text"


@dataclass(frozen=True)
class Sheet:
    """A sheet: name (31 characters at most), a sentence above the table that says what it is, columns and rows; `total`
    stands under the rows, in bold, out of the filter."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    heading: str = ""
    total: Sequence[Cell] = ()


def csv_text(cell: Cell) -> str:
    """A cell as it stands in a French CSV: 3.5 → '3,5', a date → 'dd/mm/yyyy', True → 'oui', '=x' → "'=x"."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, date):
        return short_date(cell)
    text = printable(cell)
    return "'" + text if _FORMULA.match(text) else text


def write_csv(target: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Path:
    """Write `target`, whole or not at all: UTF-8 with mark, semicolons, CRLF, decimal commas."""
    with whole_file(target) as partial, partial.open("w", encoding="utf-8-sig", newline="") as stream:
        _write_rows(stream, columns, rows)
    return target


def csv_bytes(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The same file as bytes, for a download."""
    stream = io.StringIO(newline="")
    _write_rows(stream, columns, rows)
    return stream.getvalue().encode("utf-8-sig")


def _write_rows(stream: IO[str], columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([csv_text(column.title) for column in columns])
    writer.writerows([csv_text(cell) for cell in row] for row in rows)


def write_workbook(target: Path, sheets: Sequence[Sheet], *, title: str, author: str) -> Path:
    """Write the workbook `target`, whole or not at all: one table per sheet, titles frozen and filterable, printable in
    landscape."""
    with whole_file(target) as partial:
        _write_book(partial, sheets, title, author)
    return target


def _write_book(target: Path, sheets: Sequence[Sheet], title: str, author: str) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": title, "author": author, "company": author, "comments": "Produit par Atelier IA"})
    head = book.add_format(
        {"bold": True, "bg_color": "#24405C", "font_color": "#FFFFFF", "border": 1, "text_wrap": True, "valign": "top"}
    )
    note = book.add_format({"italic": True, "font_color": "#444444"})
    formats = {
        "text": book.add_format({"valign": "top"}),
        "whole": book.add_format({"num_format": "#,##0"}),
        "decimal": book.add_format({"num_format": "#,##0.0#"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        "percent": book.add_format({"num_format": "0%"}),
    }
    bold = {
        kind: book.add_format({"bold": True, "top": 1, "num_format": style.num_format})
        for kind, style in formats.items()
    }
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(0)
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, column.width)
        top = 0
        if sheet.heading:
            page.write_string(0, 0, printable(sheet.heading), note)
            top = 2
        for index, column in enumerate(sheet.columns):
            page.write_string(top, index, column.title, head)
        line = top
        for line, row in enumerate(sheet.rows, start=top + 1):
            for index, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
                _write_cell(page, line, index, cell, formats[_kind(cell, column)])
        page.freeze_panes(top + 1, 0)
        page.repeat_rows(top)
        page.autofilter(top, 0, max(line, top), len(sheet.columns) - 1)
        for index, (cell, column) in enumerate(zip(sheet.total, sheet.columns, strict=False)):
            _write_cell(page, line + 1, index, cell, bold[_kind(cell, column)])
        page.set_footer("&L&A&RPage &P / &N")
    book.close()


def _kind(cell: Cell, column: Column) -> str:
    """A date is shown as a date in a column of mixed values too."""
    return "date" if isinstance(cell, date) else column.kind


def _write_cell(page: object, line: int, index: int, cell: Cell, style: object) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_string(line, index, "oui" if cell else "non", style)  # type: ignore[attr-defined]
    elif isinstance(cell, (int, float)):
        page.write_number(line, index, cell, style)  # type: ignore[attr-defined]
    elif isinstance(cell, date):
        page.write_datetime(line, index, cell, style)  # type: ignore[attr-defined]
    else:
        page.write_string(line, index, printable(cell)[:_WORKBOOK_LIMIT], style)  # type: ignore[attr-defined]
