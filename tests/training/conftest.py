"""A small complete course of its own for each test: the fixture assignment, with every kind of exercise."""

import os
import shutil
from pathlib import Path

import pytest

from atelier_ia.training.generation import generate
from atelier_ia.training.notebooks import Notebook, as_text, read_notebook, source_of
from atelier_ia.training.recording import ensure_recorded
from atelier_ia.training.submission import hand_in

FIXTURES = Path(__file__).parent / "fixtures"
PROJECT = Path(__file__).parents[2]
NAME = "d1"


@pytest.fixture(scope="session")
def generated_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture course with its notebooks generated, made once."""
    root = tmp_path_factory.mktemp("cours")
    shutil.copytree(FIXTURES / "cours", root, dirs_exist_ok=True)
    shutil.copy(PROJECT / "nbgrader_config.py", root)
    before = os.environ.get("ATELIER_RACINE")
    os.environ["ATELIER_RACINE"] = str(root)
    try:
        generate()
        ensure_recorded(NAME)  # nbgrader's part, seconds long, is paid once
    finally:
        del os.environ["ATELIER_RACINE"]
        if before:
            os.environ["ATELIER_RACINE"] = before
    return root


@pytest.fixture
def course(generated_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of the course, made the current project."""
    root = tmp_path / "cours"
    shutil.copytree(generated_course, root)
    monkeypatch.setenv("ATELIER_RACINE", str(root))
    monkeypatch.chdir(root)
    return root


def blank(root: Path) -> Notebook:
    """The notebook as learners receive it."""
    return read_notebook(root / "exercises" / NAME / f"{NAME}.ipynb")


def solved(root: Path) -> Notebook:
    """The learners' notebook with the model answers in it."""
    notebook = blank(root)
    solution = read_notebook(root / "solutions" / NAME / f"{NAME}.ipynb")
    for cell, model in zip(notebook["cells"], solution["cells"], strict=True):
        lines = [line for line in source_of(model).split("\n") if "SOLUTION" not in line]
        cell["source"] = "\n".join(lines)
    return notebook


def submit(root: Path, learner: str, notebook: Notebook) -> Path:
    """Hand a notebook in, as the button does."""
    folder = root / "travail" / learner
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}.ipynb"
    path.write_text(as_text(notebook), encoding="utf-8")
    return hand_in(path, NAME, learner)
