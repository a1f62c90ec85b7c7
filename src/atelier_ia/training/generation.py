"""Derive the learners' exercises: rubric → solution notebook → nbgrader's release version → committed form.

One direction only. `check` regenerates everything aside and names each file that differs by a byte.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from atelier_ia.errors import AtelierError
from atelier_ia.training.composition import compose
from atelier_ia.training.course import configure, release_folder
from atelier_ia.training.notebooks import normalised, read_notebook
from atelier_ia.training.rubrics import list_assignments, load_assignment, source_folder


class GenerationError(AtelierError):
    """An assignment could not be derived."""


def generate(names: tuple[str, ...] = ()) -> list[Path]:
    """Write the solution notebook and the release version of each assignment (all by default); files changed."""
    changed = []
    for path, text in _expected(names or list_assignments()).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def check(names: tuple[str, ...] = ()) -> list[Path]:
    """Files that `generate` would change, and files of `exercises/` that no assignment produces."""
    wanted = _expected(names or list_assignments())
    wrong = [path for path, text in wanted.items() if not path.is_file() or path.read_bytes() != text.encode()]
    if not names:
        wrong += [path for path in sorted(release_folder().rglob("*")) if _is_ours(path) and path not in wanted]
    return wrong


def _is_ours(path: Path) -> bool:
    """A file that could have been derived; not what Jupyter leaves beside a notebook that was opened."""
    return path.is_file() and ".ipynb_checkpoints" not in path.parts


def _expected(names: tuple[str, ...]) -> dict[Path, str]:
    """Path → committed text, for the two notebooks of each assignment."""
    expected = {}
    with tempfile.TemporaryDirectory(prefix="atelier-") as folder:
        course = Path(folder)
        for name in names:
            solution = source_folder() / name / f"{name}.ipynb"
            existing = read_notebook(solution) if solution.is_file() else None
            text = normalised(compose(load_assignment(name), existing))
            expected[solution] = text
            copy = course / "solutions" / name
            copy.mkdir(parents=True)
            (copy / f"{name}.ipynb").write_text(text, encoding="utf-8")
        if names:
            release(course, names)
        for name in names:
            released = course / "exercises" / name / f"{name}.ipynb"
            expected[release_folder() / name / f"{name}.ipynb"] = normalised(read_notebook(released))
    return expected


def release(course: Path, names: tuple[str, ...], db_url: str | None = None) -> None:
    """Run nbgrader's own GenerateAssignment in `course` (its `solutions/` → its `exercises/`).

    The assignments are recorded in the gradebook at `db_url`, nowhere without it.

    Raises:
        GenerationError: nbgrader refused one of them.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    config = Config()
    configure(config)
    config.CourseDirectory.root = str(course)
    if db_url is None:
        config.GenerateAssignment.no_database = True
        config.SaveCells.enabled = False
    else:
        config.CourseDirectory.db_url = db_url
    for name in names:
        config.CourseDirectory.assignment_id = name
        config.CourseDirectory.student_id = "."
        with _quiet():
            converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config, force=True)
            try:
                converter.start()
            except (NbGraderException, RuntimeError, ValueError) as error:
                raise GenerationError(
                    f"nbgrader n'a pas pu préparer « {name} » ({type(error).__name__}) ; "
                    f"lancez « nbgrader generate_assignment {name} --force » pour lire le détail."
                ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """nbgrader logs every step on stderr; errors come back as exceptions."""
    loggers = [logging.getLogger(name) for name in ("traitlets", "nbgrader")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def ensure_released(name: str) -> Path:
    """The learners' notebook of an assignment, generated when it is not there yet."""
    path = release_folder() / name / f"{name}.ipynb"
    if not path.is_file() or not (source_folder() / name / f"{name}.ipynb").is_file():
        generate((name,))
    return path


def copy_sources(course: Path, name: str) -> None:
    """Put the solution notebook of `name` in another course folder."""
    target = course / "solutions" / name
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source_folder() / name / f"{name}.ipynb", target)
