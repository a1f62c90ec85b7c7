"""Code exercises that a trainer adds: run in a real sandbox, marked as stock nbgrader marks them, tamper-proof."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.runtime.sandbox import Limits, Sandbox, refusal
from atelier_ia.training.code_cells import suspicious
from atelier_ia.training.corrections import Correction
from atelier_ia.training.feedback import page_path
from atelier_ia.training.generation import generate
from atelier_ia.training.grading import GradingError, Report, grade
from atelier_ia.training.notebooks import Notebook, as_text, normalised, read_notebook
from atelier_ia.training.recording import ensure_recorded
from tests.training.conftest import NAME, blank

TOOLS = Path(sys.executable).parent
SOLUTION = "def total(durees):\n    return sum(durees)"
isolated = pytest.mark.skipif(bool(refusal()), reason="this machine cannot isolate code")


def added(name: str, source: str, **grading: Any) -> dict[str, Any]:
    """A cell as a trainer adds it with nbgrader's own interface."""
    base = {"grade": False, "grade_id": name, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return {"cell_type": "code", "id": f"ajout-{name}", "metadata": {"nbgrader": base | grading}, "source": source,
            "outputs": [], "execution_count": None}  # fmt: skip


CELLS = [
    added("outils", "import statistics\nDUREES = [20, 25, 30]", locked=True),
    added("total", f"### BEGIN SOLUTION\n{SOLUTION}\n### END SOLUTION", solution=True),
    added("test_total", "assert total([1, 2]) == 3\n### BEGIN HIDDEN TESTS\nassert total(DUREES) == 75\n"
          "### END HIDDEN TESTS", grade=True, locked=True, points=2),
    added("test_partiel", "1.0 if total([]) == 0 else 0.0", grade=True, locked=True, points=1.5),
    added("a_lire", "### BEGIN SOLUTION\nmoyenne = statistics.mean(DUREES)\n### END SOLUTION", grade=True,
          solution=True, points=1),
]  # fmt: skip

# What learners write in the cell « total », the marks of the two tests ("revoir": a person's), same as stock or not.
CASES: dict[str, tuple[str, float | str, float | str, bool]] = {
    "right": (SOLUTION, 2.0, 1.0, True),
    "other_right": ("total = lambda durees: sum(d for d in durees)", 2.0, 1.0, False),
    "hidden_test_fails": ("def total(d):\n    return 3", 0.0, 0.0, True),
    "half": ("def total(d):\n    return sum(d) if d else None", 2.0, 0.0, True),
    "empty": ("", 0.0, 0.0, False),
    "syntax_error": ("def total(:", 0.0, 0.0, False),
    "wrong_type": ("total = 12", 0.0, 0.0, False),
    "warns": ("import warnings\ndef total(d):\n    warnings.warn('?')\n    return sum(d)", 0.0, 0.0, True),
    "system_exit": (SOLUTION + "\nraise SystemExit", 2.0, 1.0, True),
    "reads_solutions": (SOLUTION + "\nimport pathlib\npathlib.Path('/').glob('**/bareme.toml')", "revoir", "revoir",
                        False),
    "input_transformer": (
        "get_ipython().input_transformers_cleanup.append(lambda l: ['1.5'] if 'total(' in ''.join(l) else l)",
        "revoir", "revoir", False),
    "replaces_builtins": ("import builtins\nbuiltins.sum = lambda d: 75\n" + SOLUTION, "revoir", "revoir", False),
    "patches_by_class": ("total = ().__class__", "revoir", "revoir", False),
    "shell_command": (SOLUTION + "\n!id", "revoir", "revoir", False),
    "kills_itself": ("import os\nos._exit(0)", "revoir", "revoir", False),
    "kills_everything": ("import os\nos.kill(-1, 9)", "revoir", "revoir", False),
    "endless_loop": (SOLUTION + "\nwhile True: pass", 2.0, 1.0, False),
    "uninterruptible": ("sum(range(10**13))", "revoir", "revoir", False),
    "endless_print": (SOLUTION + "\nwhile True: print('x' * 10000)", 2.0, 1.0, False),
    "eats_memory": ("a = b'x' * 10**9\nwhile True: pass", "revoir", "revoir", False),
    "fork_bomb": ("import os\nwhile True: os.fork()", "revoir", "revoir", False),
}  # fmt: skip


def _written(notebook: Notebook, source: str) -> Notebook:
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "total":
            cell["source"] = source
    return notebook


@pytest.fixture(scope="module")
def course_with_code(generated_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture course, with code cells after the last exercise."""
    root = tmp_path_factory.mktemp("code") / "cours"
    shutil.copytree(generated_course, root)
    shutil.rmtree(root / "var")
    path = root / "solutions" / NAME / f"{NAME}.ipynb"
    notebook = read_notebook(path)
    notebook["cells"][-2:-2] = CELLS
    path.write_text(normalised(notebook), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATELIER_RACINE", str(root))
        generate()
        ensure_recorded(NAME)
        for name, (source, *_) in CASES.items():
            folder = root / "var" / "submitted" / name / NAME
            folder.mkdir(parents=True)
            (folder / f"{NAME}.ipynb").write_text(as_text(_written(blank(root), source)), encoding="utf-8")
            (folder / "timestamp.txt").write_text("2027-01-11 09:05:00.000000 UTC", encoding="utf-8")
    return root


def _grade(root: Path, runner: Callable[[], Sandbox] | None) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATELIER_RACINE", str(root))
        patch.chdir(root)
        return grade(jobs=1, runner=runner)


@pytest.fixture(scope="module")
def graded(course_with_code: Path) -> dict[str, Correction]:
    """All cases graded in one run, by name."""
    limits = Limits(cell_seconds=1, total_seconds=5, memory=400_000_000)
    report = _grade(course_with_code, lambda: Sandbox(limits))
    return {correction.learner: correction for correction in report.graded}


@isolated
@pytest.mark.parametrize("name", CASES)
def test_marks(name: str, graded: dict[str, Correction]) -> None:
    """Does each submission end in its right marks, or in front of a person with a reason?"""
    marks = {mark.name: mark for mark in graded[name].code}
    for cell, expected in zip(("test_total", "test_partiel"), CASES[name][1:3], strict=True):
        assert marks[cell].score == (None if expected == "revoir" else expected), marks[cell]
        assert (marks[cell].problem != "") is (expected == "revoir")
    assert marks["a_lire"].score == 0  # untouched


@isolated
def test_same_marks_as_stock_nbgrader(graded: dict[str, Correction], course_with_code: Path, tmp_path: Path) -> None:
    """Does `nbgrader autograde`, which trusts the code, give the same marks wherever it can be trusted?"""
    names = [name for name, case in CASES.items() if case[3]]
    root = tmp_path / "stock"
    shutil.copytree(course_with_code, root, ignore=shutil.ignore_patterns("var"))
    for name in names:
        shutil.copytree(course_with_code / "var" / "submitted" / name, root / "var" / "submitted" / name)
    environment = {"ATELIER_RACINE": str(root), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    for verb in (["generate_assignment", NAME, "--force"], ["autograde", NAME]):
        done = subprocess.run(
            [str(TOOLS / "nbgrader"), *verb], cwd=root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
    ours, stock = _database(course_with_code), _database(root)
    for name in names:
        for cell in ("test_total", "test_partiel", "a_lire"):
            assert ours[name, cell] == stock[name, cell], (name, cell)


def _database(root: Path) -> dict[tuple[str, str], float | None]:
    query = """
        SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score FROM grade
        JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
    """
    with sqlite3.connect(root / "var" / "gradebook.db") as connection:
        return {(learner, cell): score for learner, cell, score in connection.execute(query)}


@isolated
def test_feedback_tells_the_test_not_its_hidden_part(graded: dict[str, Correction], course_with_code: Path) -> None:
    """Does the learner read why, without the text of the hidden test?"""
    assert graded["hidden_test_fails"].code
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATELIER_RACINE", str(course_with_code))
        page = page_path("hidden_test_fails", NAME).read_text(encoding="utf-8")
    assert "Le test ne passe pas" in page
    assert "75" not in page


def test_without_isolation_it_refuses(course_with_code: Path, tmp_path: Path) -> None:
    """Without bubblewrap, does the command say what to do instead of running code?"""
    root = tmp_path / "cours"
    shutil.copytree(course_with_code, root, ignore=shutil.ignore_patterns("corrections", "etat.json"))
    with pytest.raises(GradingError, match="atelier corriger"):
        _grade(root, None)
    environment = {**os.environ, "ATELIER_RACINE": str(root), "PATH": str(tmp_path), "LANG": "C.UTF-8"}
    command = [str(TOOLS / "atelier"), "corriger", "-l", "right"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "apt install bubblewrap" in done.stderr
    assert "--sans-isolement" in done.stderr
    command += ["--sans-isolement", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert '"score": 3.0' in done.stdout


@pytest.mark.parametrize(
    ("source", "doubtful"),
    [
        ("import pandas as pd\nimport math\npd.Series([1]).sum()", False),
        ("print(f'{1:.2f}')\nx = [i**2 for i in range(3)]", False),
        ("%matplotlib inline", False),
        ("def (", False),
        ("open('/etc/passwd')", False),  # harmless: there is nothing to read
        ("import os", True),
        ("%%bash\nid", True),
        ("total.__code__ = autre.__code__", True),
        ("__builtins__['sum'] = max", True),
        ("import pandas as pd\npd.io.common.os._exit(0)", True),
        ("getattr(math, 'pi')", True),
        ("eval('1')", True),
        ("total??", True),
    ],
)
def test_suspicious_code(source: str, doubtful: bool) -> None:
    """Is code that could touch its own tests shown to a person, and ordinary code trusted?"""
    assert bool(suspicious(source)) is doubtful
