"""Grading: ours against stock `nbgrader autograde` on the same submissions, and its agreement with a person."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Figure
from bench.witnesses import kappa, measure

ROOT = Path(__file__).parents[1]
TOOLS = Path(sys.executable).parent
ASSIGNMENT = "s3_m2_courriels"
FEW, MANY = int(os.environ.get("BENCH_FEW", "20")), int(os.environ.get("BENCH_MANY", "200"))


def run() -> list[Figure]:
    """20 submissions of the e-mail module by both (same marks checked), 200 by ours, then again unchanged."""
    figures = _agreement()
    with tempfile.TemporaryDirectory() as folder:
        course = _course(Path(folder) / "ours", FEW)
        ours = _timed(course, "atelier", "corriger", "-a", ASSIGNMENT)
        again = _timed(course, "atelier", "corriger", "-a", ASSIGNMENT)
        single = _timed(_course(Path(folder) / "single", FEW), "atelier", "corriger", "-a", ASSIGNMENT, "--jobs", "1")
        stock_course = _course(Path(folder) / "stock", FEW)
        stock = _timed(stock_course, "nbgrader", "autograde", ASSIGNMENT)
        if _marks(course) != _marks(stock_course):
            raise RuntimeError("ours and stock nbgrader give different marks")
        many_course = _course(Path(folder) / "many", MANY)
        many = _timed(many_course, "atelier", "corriger", "-a", ASSIGNMENT)
    return [
        *figures,
        Figure(f"{FEW} submissions, in total", "s", ours, "stock nbgrader autograde", stock),
        Figure(f"{FEW} submissions, in total, 1 process", "s", single, "stock nbgrader autograde", stock),
        Figure(f"one submission, of {MANY}", "s", many / MANY, f"stock, of {FEW}", stock / FEW),
        Figure(
            f"cost from {FEW} to {MANY}, per submission",
            "s",
            (many - ours) / (MANY - FEW),
            f"stock, of {FEW}",
            stock / FEW,
        ),
        Figure(f"{FEW} unchanged submissions again", "s", again, "first time", ours),
    ]


def _agreement() -> list[Figure]:
    result = measure()
    values = sorted(kappa(pairs) for pairs in result.pairs.values())
    return [
        Figure("kappa with a person, lowest criterion", "", values[0], "target", 0.80, smaller_is_better=False),
        Figure(
            "kappa with a person, median criterion",
            "",
            values[len(values) // 2],
            "target",
            0.80,
            smaller_is_better=False,
        ),
        Figure("right answers refused", "%", 100 * result.rejected[0] / result.rejected[1], "target", 3.0),
        Figure("worthless answers credited", "%", 100 * result.credited[0] / result.credited[1], "target", 2.0),
    ]


def _course(folder: Path, learners: int) -> Path:
    """A course of its own with submissions: the solution for most, blank notebooks for some."""
    folder.mkdir(parents=True)
    for name in ("atelier.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "solutions" / ASSIGNMENT, folder / "solutions" / ASSIGNMENT)
    _timed(folder, "atelier", "generer")
    _timed(folder, "nbgrader", "generate_assignment", ASSIGNMENT, "--force")
    solution = folder / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    blank = folder / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for number in range(learners):
        target = folder / "var" / "submitted" / f"agent{number:03}" / ASSIGNMENT
        target.mkdir(parents=True)
        shutil.copy(blank if number % 5 == 4 else solution, target / f"{ASSIGNMENT}.ipynb")
        (target / "timestamp.txt").write_text("2027-01-11 09:05:00.000000 UTC", encoding="utf-8")
    return folder


def _timed(course: Path, tool: str, *arguments: str) -> float:
    environment = {**os.environ, "ATELIER_RACINE": str(course), "PATH": f"{TOOLS}:{os.environ['PATH']}"}
    before = time.perf_counter()
    done = subprocess.run(
        [str(TOOLS / tool), *arguments], cwd=course, env=environment, capture_output=True, check=False
    )
    elapsed = time.perf_counter() - before
    if done.returncode:
        raise RuntimeError(f"{tool} {arguments[0]} failed: {done.stderr.decode()[-500:]}")
    return elapsed


def _marks(course: Path) -> list[tuple[str, str, float | None]]:
    query = """
        SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score FROM grade
        JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id ORDER BY 1, 2
    """
    with sqlite3.connect(course / "var" / "gradebook.db") as connection:
        return connection.execute(query).fetchall()
