"""Read series of counts for a forecast: meals a day, energy a month. Totals only, never people.

A file with a column that speaks of persons is refused: predicting about people is another matter (AI Act, annex III).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import takewhile
from pathlib import Path
from typing import Literal

from atelier_ia.documents.tables import Row, Table, parse_csv, parse_date, parse_number, told_columns
from atelier_ia.errors import AtelierError

SHORTEST = 24
"""Observations under which no seasonal forecast is attempted."""
_PERSONAL = ("nom", "prenom", "adresse", "telephone", "courriel", "naissance", "matricule", "identifiant")
_DAY = ("date", "jour", "mois", "periode")


class CountsError(AtelierError):
    """A series cannot be read or is not one of aggregate counts."""


@dataclass(frozen=True)
class Counts:
    """A series in order of date. `step` says whether there is one value per day of service or per month (first day of
    the month). `unit` is the name of the column, as written."""

    days: tuple[date, ...]
    values: tuple[float, ...]
    step: Literal["jour", "mois"]
    unit: str


def read_counts(path: Path) -> Counts:
    """The series of a CSV with a date column (date, jour or mois) and one column of counts; `CountsError` otherwise."""
    return parse_counts(path.read_bytes(), path.name)


def open_counts(data: bytes, name: str) -> Counts:
    """The series of an uploaded file: a CSV, or the first sheet of a workbook (.xlsx, .ods).

    Raises:
        UnreadableError: the workbook cannot be opened.
        CountsError, TableError: it holds no series of counts.
    """
    if not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return parse_counts(data, name)
    from atelier_ia.documents.readers import read_document

    lines = read_document(name, data).text.splitlines()
    if lines and lines[0].startswith("Feuille « "):
        del lines[0]
    sheet = StringIO()
    csv.writer(sheet, delimiter=";").writerows(line.split(" | ") for line in takewhile(str.strip, lines))
    return parse_counts(sheet.getvalue(), name)


def parse_counts(data: bytes | str, name: str) -> Counts:
    """The same from the content of a CSV called `name` in the messages."""
    table = parse_csv(data, name)
    for key, title in table.columns.items():
        if any(re.match(rf"{word}s?(de|du|$)", key) for word in _PERSONAL):
            raise CountsError(
                f"{name} : la colonne « {title} » désigne des personnes ; seuls des totaux se prévoient : retirez-la."
            )
    moment = next((key for key in table.columns if key in _DAY), None)
    counted = [key for key in table.columns if key != moment]
    if moment is None or len(counted) != 1:
        raise CountsError(
            f"{name} : il faut deux colonnes, une date (« date » ou « mois ») et un comptage ; "
            f"colonnes trouvées : {told_columns(table.columns.values())}."
        )
    monthly = all(_month(row.cells[moment]) for row in table.rows) and bool(table.rows)
    pairs = sorted((_day(table, row, moment, monthly), _value(table, row, counted[0])) for row in table.rows)
    _check(pairs, name)
    days, values = zip(*pairs, strict=True)
    # A spreadsheet writes a month as its first day.
    monthly = monthly or all(day.day == 1 for day in days)
    return Counts(days, values, "mois" if monthly else "jour", _unit(table.columns[counted[0]]))


def _unit(title: str) -> str:
    """A column's title as it is written inside a sentence: « Repas servis » loses its capital, « kWh » keeps it."""
    return title[:1].lower() + title[1:] if re.match(r"[A-ZÀ-Þ][a-zà-ÿ]", title) else title


def _check(pairs: list[tuple[date, float]], name: str) -> None:
    if len(pairs) < SHORTEST:
        raise CountsError(f"{name} : {len(pairs)} valeurs, c'est trop peu ; il en faut au moins {SHORTEST}.")
    double = [day for day, count in Counter(day for day, _ in pairs).items() if count > 1]
    if double:
        raise CountsError(f"{name} : le {min(double):%d/%m/%Y} figure deux fois ; additionnez ou retirez une ligne.")


def _month(text: str) -> tuple[int, int] | None:
    """(year, month) of '03/2026' or '2026-03'; None for anything else."""
    if found := re.fullmatch(r"(\d{1,2})[/-](\d{4})", text):
        return int(found[2]), int(found[1])
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
        return int(found[1]), int(found[2])
    return None


def _day(table: Table, row: Row, column: str, monthly: bool) -> date:
    def convert(text: str) -> date:
        month = _month(text) if monthly else None
        return date(month[0], month[1], 1) if month else parse_date(text)

    return table.value(row, column, convert, "écrivez une date comme 12/01/2027, ou un mois comme 01/2027.")


def _value(table: Table, row: Row, column: str) -> float:
    def convert(text: str) -> float:
        value = parse_number(text)
        if value < 0:
            raise ValueError(text)
        return value

    return table.value(row, column, convert, "écrivez un nombre positif.")
