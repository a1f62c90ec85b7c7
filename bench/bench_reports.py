"""Reports of a small commune, a large one and a métropole: seconds, memory and linearity; the three months are made up.

Each size runs in a process of its own (its peak memory is its own), 50 000 agents included: under four minutes in all.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from atelier_ia.measurement.checkpoints import write_checkpoint
from atelier_ia.measurement.hr_pages import summary_pdf
from atelier_ia.measurement.hr_records import HrRecords, build_records
from atelier_ia.measurement.hr_report import _LINE_COLUMNS, _line_row, write_hr_report
from atelier_ia.use_cases.sandbox import reference_settings
from bench.figures import Figure
from bench.synthetic import attendance, fill_measures, results, roster

SMALL, MIDDLE, LARGE = 40, 3_000, 50_000
_DAY = date(2027, 4, 12)


def run() -> list[Figure]:
    """40, 3 000 and 50 000 agents."""
    small, middle, large = (_measured("rapport", size) for size in (SMALL, MIDDLE, LARGE))
    pandas = _measured("pandas", MIDDLE)
    return [
        Figure("HR report of 40 agents: workbook, CSV, two PDF", "s", small["s"], "alone"),
        Figure("HR report of 3 000 agents, all files", "s", middle["s"], "pandas + openpyxl, one sheet", pandas["s"]),
        Figure("peak memory at 3 000 agents", "MB", middle["MB"], "pandas + openpyxl", pandas["MB"]),
        Figure("HR report of 50 000 agents", "s", large["s"], "alone"),
        Figure("cost per agent at 50 000", "ms", 1000 * large["s"] / LARGE, "at 3 000", 1000 * middle["s"] / MIDDLE),
        Figure(
            "memory per agent at 50 000",
            "kB",
            1000 * large["MB"] / LARGE,
            "pandas, 3 000",
            1000 * pandas["MB"] / MIDDLE,
        ),
        Figure("council PDF of 3 000 agents", "s", _measured("bilan", MIDDLE)["s"], "alone"),
        Figure("checkpoint of 3 000 agents: dashboard, PDF, .docx", "s", _measured("etape", MIDDLE)["s"], "alone"),
    ]


def _measured(work: str, size: int) -> dict[str, float]:
    """Seconds of one work at one size, and the peak memory of its process above an idle one."""
    command = [sys.executable, "-m", "bench.bench_reports", work, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else work)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _child(work: str, size: int) -> None:
    settings, before = reference_settings(), _peak()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["ATELIER_RACINE"] = folder
        # The people are made before the clock starts; the works read them as they read their files.
        people = list(roster(size, settings))
        sheet, marks = list(attendance(people)), list(results(people))
        own = None if work == "rapport" else build_records(people, sheet, marks, settings, {})
        if work == "etape":
            fill_measures(people)
        works: dict[str, Callable[[], object]] = {
            "rapport": lambda: write_hr_report(
                place, settings=settings, roster=people, attendance=sheet, results=marks, titles={}, today=_DAY
            ),
            "pandas": lambda: _with_pandas(place / "b.xlsx", own),
            "bilan": lambda: summary_pdf(own, _DAY) if own else None,
            "etape": lambda: write_checkpoint("J+90", place, settings=settings, today=_DAY),
        }
        start = time.perf_counter()
        works[work]()
        seconds = time.perf_counter() - start
    print(json.dumps({"s": seconds, "MB": max(_peak() - before, 0.1)}))


def _with_pandas(target: Path, records: HrRecords | None) -> None:
    import pandas

    assert records is not None
    rows = [_line_row(line, records.service_of(line.learner)) for line in records.lines]
    pandas.DataFrame(rows, columns=[column.title for column in _LINE_COLUMNS]).to_excel(target, engine="openpyxl")


def _peak() -> float:
    """Peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _child(sys.argv[1], int(sys.argv[2]))
