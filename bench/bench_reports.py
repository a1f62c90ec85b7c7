"""The HR report of a large collectivité: seconds, against pandas and openpyxl writing the same lines, and linearity."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from atelier_ia.measurement.hr_pages import summary_pdf
from atelier_ia.measurement.hr_records import HrRecords, build_records
from atelier_ia.measurement.hr_report import _LINE_COLUMNS, _line_row, _write_workbook
from atelier_ia.measurement.hr_tables import overview
from atelier_ia.settings import load_settings
from bench.figures import Figure
from bench.synthetic import attendance, results, roster

SMALL, LARGE = 3_000, 12_000
_DAY = date(2027, 4, 12)


def run() -> list[Figure]:
    """3 000 agents in full; 12 000 to see that the cost per agent does not grow."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        small, large = _records(SMALL), _records(LARGE)
        records = _seconds(lambda: _records(SMALL))
        book = _seconds(lambda: _write_workbook(place / "a.xlsx", small, overview(small), _DAY))
        theirs = _seconds(lambda: _with_pandas(place / "b.xlsx", small))
        summary = _seconds(lambda: summary_pdf(small, _DAY))
        per_agent = book / SMALL
        larger = _seconds(lambda: _write_workbook(place / "c.xlsx", large, overview(large), _DAY)) / LARGE
    return [
        Figure("lines of 3 000 agents from roster, attendance, marks", "s", records, "alone"),
        Figure("HR workbook of 3 000 agents, six sheets", "s", book, "pandas + openpyxl, one sheet", theirs),
        Figure("workbook, cost per agent at 12 000 agents", "ms", 1000 * larger, "at 3 000", 1000 * per_agent),
        Figure("council PDF of 3 000 agents", "s", summary, "alone"),
    ]


def _records(size: int) -> HrRecords:
    settings = load_settings()
    people = list(roster(size, settings))
    return build_records(people, attendance(people), results(people), settings, {})


def _with_pandas(target: Path, records: HrRecords) -> None:
    import pandas

    rows = [_line_row(line, records.service_of(line.learner)) for line in records.lines]
    pandas.DataFrame(rows, columns=[column.title for column in _LINE_COLUMNS]).to_excel(target, engine="openpyxl")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
