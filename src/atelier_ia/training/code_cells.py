"""Code exercises that a trainer added to a notebook: what to run of a submission, and what each test gives.

Nothing runs here. `plan` puts the course's own locked cells (tests included) back in place of what was handed in, and a
runner given by the caller executes the list in a sandbox. Marks follow nbgrader's rule: an error or anything on stderr
gives 0, a last value that is a number gives that many points, anything else gives them all. Code that reaches for the
interpreter itself could rewrite its own tests: its mark is only proposed, and a person looks.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from atelier_ia.training.composition import PREFIX
from atelier_ia.training.notebooks import Cell, Notebook, read_notebook, source_of
from atelier_ia.training.rubrics import ANSWERS_NAME, RUBRIC_NAME, source_folder

_MAGIC_OF_OURS = re.compile(r"\s*%%?(?:prompt|reponse|points|atelier|rendre|load_ext atelier_ia)\b")
MAX_CODE = 100_000

# Ordinary tools of an exercise; whatever the trainer's own cells import is allowed too.
_ALLOWED = frozenset((
    "math", "cmath", "statistics", "random", "datetime", "calendar", "time", "re", "json", "csv", "collections",
    "itertools", "functools", "string", "decimal", "fractions", "unicodedata", "textwrap", "typing", "dataclasses",
    "enum", "bisect", "heapq", "copy", "pprint", "locale", "zoneinfo", "difflib", "numbers", "pandas", "numpy",
    "matplotlib", "__future__", "warnings",
))  # fmt: skip
_FORBIDDEN = frozenset((
    "get_ipython", "exec", "eval", "compile", "globals", "locals", "vars", "setattr", "delattr", "getattr",
    "breakpoint", "memoryview", "os", "sys", "ctypes", "builtins", "gc", "inspect", "subprocess", "socket",
    "threading", "multiprocessing", "signal", "atexit", "importlib", "pickle", "marshal", "shutil", "ctypeslib",
    "modules", "settrace", "setprofile", "system", "popen", "attrgetter", "methodcaller", "In", "Out", "exit",
    "quit",
))  # fmt: skip
_REASONS = {
    "temps": "Le code ne s'arrête pas : il a été interrompu.",
    "memoire": "Le code a demandé trop de mémoire : il a été interrompu.",
    "processus": "Le code a lancé trop de processus : il a été interrompu.",
    "sortie": "Le code a produit trop de résultats : il a été interrompu.",
    "mort": "Le code a arrêté l'exécution avant les tests.",
}


class CellOutcome(Protocol):
    """What one cell did."""

    @property
    def error(self) -> str: ...
    @property
    def stderr(self) -> str: ...
    @property
    def result(self) -> str | None: ...


class Outcome(Protocol):
    """What a submission did: `status` is "ok", or the limit that stopped it."""

    @property
    def status(self) -> str: ...
    @property
    def cells(self) -> Sequence[CellOutcome]: ...


class Runner(Protocol):
    """Runs cells where they can do no harm."""

    def run(self, cells: Sequence[str], files: Mapping[str, bytes] | None = None) -> Outcome: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class CodeMark:
    """One graded cell of the trainer's. `score` None: a person decides (`problem` says why)."""

    name: str
    score: float | None
    max_score: float
    problem: str = ""
    message: str = ""


@dataclass(frozen=True)
class _Course:
    """The trainer's cells of one assignment."""

    ours: frozenset[str]  # names of the composed cells
    locked: dict[str, str]  # code cells that are put back, in order
    tests: dict[str, float]  # points of those that give marks
    by_hand: dict[str, float]  # points of the cells that a person marks
    answers: frozenset[str]  # cells where learners write
    plain: frozenset[str]  # texts of the trainer's cells
    files: dict[str, bytes]


@dataclass(frozen=True)
class CodePlan:
    """What to run: sources in order, where each test stands, and what makes the result doubtful ("" if nothing)."""

    sources: tuple[str, ...]
    tests: dict[str, int]
    suspicion: str
    written: dict[str, str]  # what the learner wrote in the trainer's answer cells
    files: dict[str, bytes]


def code_points(assignment: str) -> dict[str, float]:
    """Points of each cell that the trainer's own code exercises grade automatically; empty for most assignments."""
    return dict(_course(assignment).tests)


def added_points(assignment: str) -> dict[str, float]:
    """Points of every graded cell that a trainer added, marked by tests or by hand."""
    course = _course(assignment)
    return course.tests | course.by_hand


def plan(notebook: Notebook, assignment: str) -> CodePlan:
    """What to run of this submission, the course's own cells put back."""
    course = _course(assignment)
    kept: list[tuple[str, str]] = []  # (name of the locked cell or "", source)
    written: dict[str, str] = {}
    suspicion = ""
    for cell in notebook["cells"]:
        name, source = _name(cell), source_of(cell)
        if name in course.answers:
            written[name] = source[:MAX_CODE]
        if cell.get("cell_type") != "code" or name in course.ours or not source.strip():
            continue
        if name in course.locked:
            kept = [(other, text) for other, text in kept if other != name]
            kept.append((name, course.locked[name]))
        elif not _MAGIC_OF_OURS.match(source):
            kept.append(("", source[:MAX_CODE]))
            if source.strip() not in course.plain:
                suspicion = suspicion or suspicious(source, _imports(course.plain))
    present = {name for name, _ in kept}
    kept += [(name, source) for name, source in course.locked.items() if name not in present]
    places = {name: position for position, (name, _) in enumerate(kept) if name in course.tests}
    return CodePlan(tuple(source for _, source in kept), places, suspicion, written, course.files)


def mark(assignment: str, planned: CodePlan, outcome: Outcome | None) -> tuple[CodeMark, ...]:
    """The trainer's graded cells, marked; `outcome` None when nothing could run."""
    course = _course(assignment)
    marks = []
    for name, points in course.tests.items():
        if outcome is None or outcome.status != "ok":
            reason = _REASONS.get(outcome.status if outcome else "mort", _REASONS["mort"])
            marks.append(CodeMark(name, None, points, reason))
            continue
        found = _tested(name, points, outcome.cells[planned.tests[name]])
        if planned.suspicion and found.score is not None:
            proposal = f"{planned.suspicion} Note proposée : {found.score:g} sur {points:g}.".replace(".0 ", " ")
            found = CodeMark(name, None, points, proposal, found.message)
        marks.append(found)
    blank = _released_texts(assignment)
    for name, points in course.by_hand.items():
        untouched = name not in planned.written or planned.written[name].strip() == blank.get(name, "").strip()
        marks.append(CodeMark(name, 0.0 if untouched else None, points, "" if untouched else "Code à lire."))
    return tuple(marks)


def _tested(name: str, points: float, cell: CellOutcome) -> CodeMark:
    if cell.error:
        return CodeMark(name, 0.0, points, message=f"Le test ne passe pas : {cell.error[:300]}")
    if cell.stderr:
        return CodeMark(name, 0.0, points, message=f"Le test affiche un avertissement : {cell.stderr[:300]}")
    try:
        value = float(cell.result or "")
    except ValueError:
        value = points
    if value > points:
        return CodeMark(name, None, points, "La cellule de test donne plus que son maximum ; corrigez-la.")
    earned = value if value >= 0 else points
    return CodeMark(name, earned, points, message="Le test passe." if earned == points else "Le test passe en partie.")


def suspicious(source: str, allowed: frozenset[str] = frozenset()) -> str:
    """Why this code deserves a person's look, in French; "" when it only computes. Code that does not parse is safe."""
    lines = [line for line in source.splitlines() if not re.match(r"\s*%matplotlib\s+inline\s*$", line)]
    if any(re.match(r"\s*[%!]|.*\?\s*$", line) for line in lines):
        return "Le code emploie une commande spéciale du carnet : lisez-le avant de décider."
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name.split(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [(node.module or "?").split(".")[0]]
        strange = [name for name in names if name not in _ALLOWED | allowed]
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if (name in _FORBIDDEN - allowed) or (name.startswith("__") and name != "__name__"):
                strange.append(name)
        if strange:
            return f"Le code emploie « {strange[0]} », qui peut toucher aux tests : lisez-le avant de décider."
    return ""


def _imports(sources: frozenset[str]) -> frozenset[str]:
    return frozenset(re.findall(r"^\s*(?:import|from)\s+(\w+)", "\n".join(sources), re.M))


def _course(assignment: str) -> _Course:
    path = source_folder() / assignment / f"{assignment}.ipynb"
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return _Course(frozenset(), {}, {}, {}, frozenset(), frozenset(), {})
    return _read(path, changed)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> _Course:
    ours: set[str] = set()
    locked, tests, by_hand = {}, {}, {}
    answers, plain = set(), set()
    for cell in read_notebook(path)["cells"]:
        name, grading = _name(cell), cell.get("metadata", {}).get("nbgrader", {})
        if str(cell.get("id", "")).startswith(PREFIX):
            ours.add(name)
            continue
        code, graded, solution = cell.get("cell_type") == "code", grading.get("grade"), grading.get("solution")
        if code:
            plain.add(source_of(cell).strip())
        if solution:
            answers.add(name)
        elif code and (graded or grading.get("locked")):
            locked[name] = source_of(cell)
        if graded and code and not solution:
            tests[name] = float(grading.get("points", 0))
        elif graded or grading.get("task"):
            by_hand[name] = float(grading.get("points", 0))
    wanted = [file for file in sorted(path.parent.iterdir()) if file.is_file() and tests]
    left_out = {path.name, RUBRIC_NAME, ANSWERS_NAME}
    files = {file.name: file.read_bytes() for file in wanted if file.name not in left_out and file.suffix != ".ipynb"}
    return _Course(frozenset(ours - {""}), locked, tests, by_hand, frozenset(answers), frozenset(plain), files)


def _released_texts(assignment: str) -> dict[str, str]:
    from atelier_ia.training.generation import ensure_released

    return {_name(cell): source_of(cell) for cell in read_notebook(ensure_released(assignment))["cells"] if _name(cell)}


def _name(cell: Cell) -> str:
    metadata = cell.get("metadata")
    grading = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = grading.get("grade_id") if isinstance(grading, dict) else None
    return name if isinstance(name, str) else ""
