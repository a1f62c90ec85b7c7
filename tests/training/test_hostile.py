"""Broken and hostile submissions, and what stock nbgrader makes of those it completes."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from atelier_ia.training.corrections import Correction
from atelier_ia.training.feedback import MAX_BYTES, page_path
from atelier_ia.training.grading import grade
from tests.training.conftest import NAME, solved
from tests.training.hostile import CASES, FULL

STAMP = "2027-01-11 09:05:00.000000 UTC"


@pytest.fixture(scope="module")
def graded(generated_course: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Correction]:
    """All cases graded in one run, by name."""
    root = tmp_path_factory.mktemp("hostile") / "cours"
    shutil.copytree(generated_course, root)
    notebook = solved(root)
    for name, case in CASES.items():
        folder = root / "var" / "submitted" / name / NAME
        folder.mkdir(parents=True)
        case.write(folder / f"{NAME}.ipynb", notebook)
        (folder / "timestamp.txt").write_text(STAMP, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATELIER_RACINE", str(root))
        patch.chdir(root)
        report = grade(jobs=2)
        patch.setattr(sys.modules[__name__], "ROOT", root, raising=False)
        sizes = {name: page_path(name, NAME).stat().st_size for name in CASES}
        assert max(sizes.values()) <= MAX_BYTES, sizes
        script = page_path("script_in_answer", NAME).read_text(encoding="utf-8")
        assert "<script>" not in script
        assert "<img" not in script
    global ROOT
    ROOT = root
    return {correction.learner: correction for correction in report.graded}


@pytest.mark.parametrize("name", CASES)
def test_outcome(name: str, graded: dict[str, Correction]) -> None:
    """Does it end in the right mark, or in front of a person with a reason?"""
    correction, outcome = graded[name], CASES[name].outcome
    scores = {answer.exercise: answer.score for answer in correction.answers}
    problems = {answer.exercise: answer.problem for answer in correction.answers}
    for exercise, full in FULL.items():
        if outcome == "revoir" or (isinstance(outcome, dict) and outcome.get(exercise) == "revoir"):
            assert scores[exercise] is None
            assert problems[exercise]
        elif outcome == "plein" or exercise not in outcome:
            assert scores[exercise] == full
        elif outcome[exercise] is not None:
            assert scores[exercise] == outcome[exercise]
            zero = next(answer for answer in correction.answers if answer.exercise == exercise)
            assert zero.note or zero.result.notice or all(line.message for line in zero.result.criteria)


def test_every_case_reaches_the_gradebook(graded: dict[str, Correction]) -> None:
    """Is nobody lost, and does nothing undecided look like a zero?"""
    rows = _grades(ROOT / "var" / "gradebook.db")
    assert {learner for learner, _ in rows} == set(CASES)
    for name, correction in graded.items():
        for answer in correction.answers:
            cell = f"{'reponse' if answer.exercise == 'demonstration' else 'points'}_{answer.exercise}"
            assert rows[name, cell] == (answer.score, int(answer.score is None))


def test_same_marks_as_stock_nbgrader(graded: dict[str, Correction], tmp_path: Path) -> None:
    """Does `nbgrader autograde`, which runs the cells, give the same marks wherever it completes?"""
    names = [name for name, case in CASES.items() if case.same_as_stock]
    root = tmp_path / "stock"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("var"))
    for name in names:
        shutil.copytree(ROOT / "var" / "submitted" / name, root / "var" / "submitted" / name)
    tools = Path(sys.executable).parent
    environment = {"ATELIER_RACINE": str(root), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    for verb in (["generate_assignment", NAME, "--force"], ["autograde", NAME]):
        done = subprocess.run(
            [str(tools / "nbgrader"), *verb], cwd=root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
    rows = _grades(root / "var" / "gradebook.db")
    for name in names:
        for answer in graded[name].answers:
            if answer.exercise != "demonstration":
                assert rows[name, f"points_{answer.exercise}"][0] == answer.score, (name, answer.exercise)


def _grades(path: Path) -> dict[tuple[str, str], tuple[float | None, int]]:
    query = """
        SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.needs_manual_grade FROM grade
        JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
    """
    with sqlite3.connect(path) as connection:
        return {(learner, cell): (score, needs) for learner, cell, score, needs in connection.execute(query)}
