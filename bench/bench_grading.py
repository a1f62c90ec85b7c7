"""Grading: ours against stock `nbgrader autograde` on the same submissions, and its agreement with a person.

Submissions answer with the rubric's named answers, right, mediocre and wrong, a different mix for each learner. Sizes
can be changed by BENCH_FEW, BENCH_STOCK, BENCH_MANY, BENCH_MOST (the last one 0 to leave it out). otter-grader too, on
a comparable assignment, when `ATELIER_BENCH_OTTER` names the Python of an environment that has it, e.g. after
`python -m venv /tmp/o && /tmp/o/bin/pip install otter-grader ipykernel`.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from atelier_ia.training.answers import load_answers
from atelier_ia.training.notebooks import Notebook, as_text, normalised, read_notebook, source_of
from bench.figures import Figure
from bench.witnesses import Agreement, examined, kappa, measure, own_witnesses

ROOT = Path(__file__).parents[1]
TOOLS = Path(sys.executable).parent
ASSIGNMENT = "s3_m2_courriels"
FEW, MANY = int(os.environ.get("BENCH_FEW", "20")), int(os.environ.get("BENCH_MANY", "200"))
STOCK = min(FEW, int(os.environ.get("BENCH_STOCK", "20")))
MOST = int(os.environ.get("BENCH_MOST", "2000"))
# Stock takes seconds for each: its two-process and code runs are measured on this many, and shown per submission.
SAMPLE = 6
OTTER_VARIABLE = "ATELIER_BENCH_OTTER"
GRADE = ("atelier", "corriger", "-a", ASSIGNMENT)

CODE = [
    ("ajout-outils", {"locked": True}, "import pandas as pd\nimport matplotlib.pyplot as plt\nDUREES = [20, 25, 30]"),
    ("ajout-total", {"solution": True}, "### BEGIN SOLUTION\ndef total(d):\n    return sum(d)\n### END SOLUTION"),
    ("ajout-test", {"grade": True, "locked": True, "points": 2}, "assert total(DUREES) == 75"),
    ("ajout-serie", {"grade": True, "locked": True, "points": 1}, "assert pd.Series(DUREES).sum() == total(DUREES)"),
]


def run() -> list[Figure]:
    """Text answers: 20 by both (same marks checked), 200 and 2 000 by ours; then notebooks with code in the sandbox."""
    figures = _agreement()
    with tempfile.TemporaryDirectory() as folder:
        figures += _text_figures(Path(folder))
        figures += _code_figures(Path(folder))
    return figures


def _text_figures(folder: Path) -> list[Figure]:
    template = _template(folder / "template")
    ours_course = _course(template, folder / "ours", FEW)
    ours = _timed(ours_course, *GRADE)
    again = _timed(ours_course, *GRADE)
    single = _timed(_course(template, folder / "single", FEW), *GRADE, "--jobs", "1")
    stock_course = _course(template, folder / "stock", STOCK)
    stock = _timed(stock_course, "nbgrader", "autograde", ASSIGNMENT)
    if _marks(ours_course, STOCK) != _marks(stock_course, STOCK):
        raise RuntimeError("ours and stock nbgrader give different marks")
    halves = _two_stock_processes(_course(template, folder / "halves", SAMPLE))
    many_course = _course(template, folder / "many", MANY)
    many = _timed(many_course, *GRADE)
    many_again = _timed(many_course, *GRADE)
    theirs = "stock nbgrader autograde"
    per_stock = stock / STOCK
    extrapolated = "" if STOCK == FEW else f", {STOCK} measured, extrapolated"
    figures = [
        Figure(f"{FEW} submissions, in total", "s", ours, theirs + extrapolated, per_stock * FEW),
        Figure(f"{FEW} submissions, in total, 1 process", "s", single, theirs + extrapolated, per_stock * FEW),
        Figure(f"one submission, of {FEW}, 2 processes", "s", ours / FEW, f"stock, of {SAMPLE}, 2 processes",
               halves / SAMPLE),
        Figure(f"one submission, of {MANY}", "s", many / MANY, f"stock, of {STOCK}", per_stock),
        Figure(f"{FEW} unchanged submissions again", "s", again, "first time", ours),
        Figure(f"{MANY} unchanged submissions again", "s", many_again, "first time", many),
        Figure("starting the command, doing nothing", "s", _timed(ours_course, "atelier", "--version"), "—"),
    ]  # fmt: skip
    figures += _beside_otter(ours / FEW, many / MANY)
    if MOST:
        most = _timed(_course(template, folder / "most", MOST), *GRADE)
        slope, longer = (many - ours) / (MANY - FEW), (most - many) / (MOST - MANY)
        figures.append(
            Figure(f"one more submission, from {MANY} to {MOST}", "s", longer, f"from {FEW} to {MANY}", slope)
        )
    return figures


def _beside_otter(few: float, many: float) -> list[Figure]:
    """Seconds per submission beside otter-grader's, in one process that is already started: its quickest way."""
    python = os.environ.get(OTTER_VARIABLE)
    if not python:
        return []
    script = Path(__file__).parent / "data" / "course_otter.py"
    done = subprocess.run([python, str(script), str(SAMPLE)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    if len(set(found["marks"])) < 2:
        raise RuntimeError("otter-grader gives the same mark to right and wrong answers")
    theirs = f"otter-grader, of {SAMPLE}, five questions"
    return [
        Figure(f"one submission, of {FEW}", "s", few, theirs, found["seconds"]),
        Figure(f"one submission, of {MANY}", "s", many, theirs, found["seconds"]),
    ]


def _code_figures(folder: Path) -> list[Figure]:
    """The same with two tests on pandas code in each notebook; nothing when this machine cannot isolate code."""
    from atelier_ia.runtime.sandbox import refusal

    if refusal():
        return []
    template = _template(folder / "template-code", code=True)
    ours_course = _course(template, folder / "ours-code", FEW)
    ours = _timed(ours_course, *GRADE)
    stock_course = _course(template, folder / "stock-code", SAMPLE)
    stock = _timed(stock_course, "nbgrader", "autograde", ASSIGNMENT)
    if _marks(ours_course, SAMPLE) != _marks(stock_course, SAMPLE):
        raise RuntimeError("ours and stock nbgrader give different marks to code")
    return [
        Figure(f"one submission with code, sandboxed, of {FEW}", "s", ours / FEW, f"stock, not sandboxed, of {SAMPLE}",
               stock / SAMPLE),
        Figure("a submission that prints without end, peak memory", "MB", _printing_without_end(), "limit", 1000.0),
    ]  # fmt: skip


def _printing_without_end() -> float:
    """Peak memory of the grading process and of the cell, in MB, while it prints for three seconds."""
    import resource

    from atelier_ia.runtime.sandbox import Limits, Sandbox

    endless = "while True: print('x' * 10_000)"
    with Sandbox(Limits(cell_seconds=3)) as sandbox:
        outcome = sandbox.run([endless, "import resource\nresource.getrusage(resource.RUSAGE_SELF).ru_maxrss"])
    inside = float(outcome.cells[1].result or "nan")
    return max(inside, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def _agreement() -> list[Figure]:
    """Against a person: our witnesses, then outside examiners' sets; all have served since they were first read.

    The first readings of those sets, the only ones that say what to expect of new answers, are in docs/baremes.md.
    """
    sets = {"": measure(own_witnesses())}
    for folder in sorted((ROOT / "tests" / "content").glob("examiner[0-9]*")):
        sets[f", {folder.name}"] = measure(examined(folder))
    return [figure for where, found in sets.items() for figure in _compared(where, found)]


def _compared(where: str, found: Agreement) -> list[Figure]:
    values = sorted(kappa(pairs) for pairs in found.pairs.values())
    middle = values[len(values) // 2]
    return [
        Figure(f"kappa with a person, lowest criterion{where}", "", values[0], "target", 0.80, smaller_is_better=False),
        Figure(f"kappa with a person, median criterion{where}", "", middle, "target", 0.80, smaller_is_better=False),
        Figure(f"right answers refused{where}", "%", 100 * found.refused / found.earned, "target", 3.0),
        Figure(f"worthless answers credited{where}", "%", 100 * found.credited / found.unearned, "target", 2.0),
    ]


def _template(folder: Path, *, code: bool = False) -> Path:
    """A course ready for submissions, made once: nbgrader's own preparation takes seconds."""
    folder.mkdir(parents=True)
    for name in ("atelier.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "solutions" / ASSIGNMENT, folder / "solutions" / ASSIGNMENT)
    if code:
        path = folder / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        notebook = read_notebook(path)
        notebook["cells"][-2:-2] = [_code_cell(*cell) for cell in CODE]
        path.write_text(normalised(notebook), encoding="utf-8")
    _timed(folder, "atelier", "generer")
    _timed(folder, "nbgrader", "generate_assignment", ASSIGNMENT, "--force")
    return folder


def _code_cell(name: str, grading: dict[str, Any], source: str) -> dict[str, Any]:
    base = {"grade": False, "grade_id": name, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return {"cell_type": "code", "id": name, "metadata": {"nbgrader": base | grading}, "source": source}


def _course(template: Path, folder: Path, learners: int) -> Path:
    """A copy of `template` with this many submissions."""
    shutil.copytree(template, folder)
    blank = read_notebook(folder / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    answers: dict[str, list[str]] = {}
    for answer in load_answers(ASSIGNMENT):
        answers.setdefault(answer.exercise, []).append(answer.text)
    for number in range(learners):
        target = folder / "var" / "submitted" / f"agent{number:04}" / ASSIGNMENT
        target.mkdir(parents=True)
        text = as_text(_answered(blank, answers, number))
        (target / f"{ASSIGNMENT}.ipynb").write_text(text, encoding="utf-8")
        (target / "timestamp.txt").write_text("2027-01-11 09:05:00.000000 UTC", encoding="utf-8")
    return folder


def _answered(blank: Notebook, answers: dict[str, list[str]], number: int) -> Notebook:
    """The learners' notebook with the answers of learner `number`: one in ten leaves it blank."""
    cells = []
    for cell in blank["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        source = source_of(cell)
        if name.startswith("reponse_") and number % 10 != 9:
            texts = answers[name.removeprefix("reponse_")]
            rank = (number + 7 * (number // len(texts))) % len(texts)
            source = source.split("\n", 1)[0] + "\n" + texts[rank].strip("\n")
        elif name == "ajout-total":
            source = "def total(d):\n    return sum(d)" if number % 4 else "def total(d):\n    return 75.0"
        cells.append({**cell, "source": source})
    return {**blank, "cells": cells}


def _two_stock_processes(course: Path) -> float:
    """Two `nbgrader autograde` side by side, half of the `SAMPLE` learners each."""
    before = time.perf_counter()
    running = [
        subprocess.Popen(
            [str(TOOLS / "nbgrader"), "autograde", ASSIGNMENT, f"--student=agent000[{part}]"],
            cwd=course, env=_environment(course), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for part in ("0-2", "3-5")
    ]  # fmt: skip
    codes = [process.wait() for process in running]
    if any(codes):
        raise RuntimeError("nbgrader autograde failed")
    return time.perf_counter() - before


def _environment(course: Path) -> dict[str, str]:
    return {**os.environ, "ATELIER_RACINE": str(course), "PATH": f"{TOOLS}:{os.environ['PATH']}"}


def _timed(course: Path, tool: str, *arguments: str) -> float:
    before = time.perf_counter()
    done = subprocess.run(
        [str(TOOLS / tool), *arguments], cwd=course, env=_environment(course), capture_output=True, check=False
    )
    elapsed = time.perf_counter() - before
    if done.returncode:
        raise RuntimeError(f"{tool} {arguments[0]} failed: {done.stderr.decode()[-500:]}")
    return elapsed


def _marks(course: Path, learners: int) -> list[tuple[str, str, float | None]]:
    query = """
        SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score FROM grade
        JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
        WHERE submitted_assignment.student_id < ? ORDER BY 1, 2
    """
    with sqlite3.connect(course / "var" / "gradebook.db") as connection:
        return connection.execute(query, (f"agent{learners:04}",)).fetchall()
