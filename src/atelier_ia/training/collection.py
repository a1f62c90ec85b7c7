"""Bring submissions from the exchange to `var/submitted/`, as `nbgrader collect --update` would.

Names come from learners' machines: anything that is not a plain identifier is refused, links are not followed.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from atelier_ia.training.course import inbound_folder, submitted_folder
from atelier_ia.training.notebooks import MAX_BYTES, NotebookError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,99}")
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?: \S+)?")


@dataclass(frozen=True)
class Submission:
    """One collected folder: <learner>/<assignment>."""

    learner: str
    assignment: str
    folder: Path

    def stamp(self) -> str:
        """When it was handed in, as its timestamp.txt says; "" when it does not say."""
        try:
            text = self.folder.joinpath("timestamp.txt").read_text(encoding="utf-8", errors="replace")[:64].strip()
        except OSError:
            return ""
        return text if _STAMP.fullmatch(text) else ""

    def read(self) -> tuple[bytes, str]:
        """The notebook's bytes and a note about its name, "" when it is the expected one.

        Raises:
            NotebookError: no notebook, several of other names, not a plain file, or too big.
        """
        expected = self.folder / f"{self.assignment}.ipynb"
        note = ""
        if not os.path.lexists(expected):
            others = sorted(path for path in self.folder.glob("*.ipynb") if not path.name.startswith("."))
            if len(others) != 1:
                raise NotebookError(
                    f"Le carnet {expected.name} n'a pas été rendu ; demandez-le de nouveau."
                    if not others
                    else f"Plusieurs carnets ont été rendus, aucun ne s'appelle {expected.name} ; gardez le bon."
                )
            expected = others[0]
            note = "Le carnet avait été renommé."
        return _read_plain_file(expected), note


def _read_plain_file(path: Path) -> bytes:
    """Bytes of a regular file; neither links nor devices are opened."""
    try:
        if not path.is_file() or path.is_symlink():
            raise NotebookError(
                f"{path.name} n'est pas un fichier ordinaire (lien ou dossier) ; demandez le carnet lui-même."
            )
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotebookError(f"{path.name} ne peut pas être lu ({error.strerror}) ; vérifiez vos droits.") from None
    if len(content) > MAX_BYTES:
        raise NotebookError(
            f"{path.name} dépasse {MAX_BYTES // 1_000_000} Mo ; faites effacer ses résultats et rendre de nouveau."
        )
    return content


def collect() -> list[str]:
    """Copy the newest submission of each learner and assignment; names of the folders refused."""
    refused = []
    newest: dict[tuple[str, str], tuple[str, Path]] = {}
    for folder in sorted(inbound_folder().iterdir()):
        parts = folder.name.split("+")
        if len(parts) < 3 or not all(_NAME.fullmatch(part) for part in parts[:2]) or not _STAMP.fullmatch(parts[2]):
            refused.append(folder.name)
            continue
        if folder.is_symlink() or not folder.is_dir():
            refused.append(folder.name)
            continue
        key = (parts[0], parts[1])
        if key not in newest or parts[2] > newest[key][0]:
            newest[key] = (parts[2], folder)
    for (learner, assignment), (stamp, folder) in newest.items():
        current = Submission(learner, assignment, submitted_folder() / learner / assignment)
        if not current.stamp() or current.stamp() < stamp:
            _replace(folder, current.folder)
    return refused


def _replace(source: Path, target: Path) -> None:
    """Put a copy of `source` in the place of `target`; a copy cut short is never seen."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".collecte-", dir=target.parent) as folder:
        copy = Path(folder) / "nouveau"
        shutil.copytree(source, copy, symlinks=True)
        if target.exists():
            target.rename(Path(folder) / "ancien")
        with contextlib.suppress(FileExistsError):
            copy.rename(target)


def submissions(assignments: tuple[str, ...], learners: tuple[str, ...] = ()) -> list[Submission]:
    """Collected submissions of these assignments (and of these learners when named), sorted."""
    return list(iter_submissions(assignments, learners))


def iter_submissions(assignments: tuple[str, ...], learners: tuple[str, ...] = ()) -> Iterator[Submission]:
    """The same, one at a time."""
    root = submitted_folder()
    for name in sorted(entry.name for entry in root.iterdir()) if root.is_dir() else []:
        person = root / name
        if not _NAME.fullmatch(name) or not person.is_dir() or (learners and name not in learners):
            continue
        for assignment in assignments:
            folder = person / assignment
            if folder.is_dir() and not folder.is_symlink():
                yield Submission(name, assignment, folder)


def stamped(moment: datetime) -> str:
    """A moment (UTC) as nbgrader writes it."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC"


def next_stamp(learner: str, assignment: str) -> str:
    """This moment, or just after the last work of that learner when the clock says earlier."""
    last = Submission(learner, assignment, submitted_folder() / learner / assignment).stamp()
    start = f"{learner}+{assignment}+"
    for folder in inbound_folder().iterdir():
        stamp = folder.name.removeprefix(start).partition("+")[0] if folder.name.startswith(start) else ""
        if _STAMP.fullmatch(stamp):
            last = max(last, stamp)
    now = stamped(datetime.now(UTC))
    with contextlib.suppress(ValueError, OverflowError):
        if last >= now:
            return stamped(datetime.fromisoformat(last[:26].rstrip()) + timedelta(microseconds=1))
    return now
