"""Has anything changed since the last grading? Answered from file dates alone, so that an idle run costs nothing.

A grading that ends writes a digest of all that it read (exchange, submissions, rubrics) and all that it produced. As
long as both are the same, there is nothing to do. Imports nothing of the grader: whoever asks pays for no more.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from atelier_ia.folders import SETTINGS_NAME, data_folder, project_root

# Raise it when the scoring changes: all submissions are then graded again.
ENGINE = 4

_NAME = "etat.json"
# What a grading reads and what it produces, under the project root, with the depth at which files stand.
_READ = (
    (SETTINGS_NAME, 0),
    ("var/decisions.jsonl", 0),
    ("var/exchange/atelier/inbound", 1),
    ("var/submitted", 3),
    ("solutions", 2),
)
_PRODUCED = (("var/corrections", 2), ("var/retours", 2), ("var/autograded", 3))
_GRADEBOOK = "var/gradebook.db"


def scope(assignments: tuple[str, ...], learners: tuple[str, ...]) -> str:
    """What one run is about."""
    return json.dumps([sorted(assignments), sorted(learners)])


def read_digest() -> str:
    """Changes with anything that a grading reads: to be taken before it reads."""
    return _digest(_READ)


def remember(about: str, before: str, submissions: int) -> None:
    """Keep that this scope is graded in full, as it was when `before` was taken; no harm if it cannot be written."""
    state = {
        "scope": about,
        "read": before,
        "produced": _digest(_PRODUCED),
        "submissions": submissions,
        "engine": ENGINE,
    }
    target = _path()
    with contextlib.suppress(OSError):
        partial = target.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(state), encoding="utf-8")
        partial.replace(target)


def nothing_new(assignments: tuple[str, ...], learners: tuple[str, ...]) -> int | None:
    """How many submissions this scope holds, all graded and unchanged; None when a grading has to look closer."""
    try:
        state = json.loads(_path().read_bytes())
        same = state["scope"] == scope(assignments, learners) and state["engine"] == ENGINE
        # The gradebook's content is anybody's (formgrader); only its being there matters. A server answers or fails.
        there = bool(os.environ.get("ATELIER_CARNET_DE_NOTES")) or project_root().joinpath(_GRADEBOOK).is_file()
        if not same or not there:
            return None
        if state["read"] != read_digest() or state["produced"] != _digest(_PRODUCED):
            return None
        return int(state["submissions"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path() -> Path:
    return data_folder() / _NAME


def _digest(places: tuple[tuple[str, int], ...]) -> str:
    root = project_root()
    found = hashlib.sha256()
    for name, depth in places:
        for line in _entries(root / name, depth):
            found.update(line)
    return found.hexdigest()


def _entries(folder: Path, depth: int) -> Iterator[bytes]:
    """Name, kind, size and dates of everything down to `depth`, sorted; links are not followed."""
    if not depth:
        found = folder.stat() if folder.is_file() else None
        yield f"{folder}\0{(found.st_ino, found.st_mtime_ns, found.st_size) if found else None}\n".encode()
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".ipynb_checkpoints"):
            continue
        seen = entry.stat(follow_symlinks=False)
        numbers = (seen.st_mode, seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size)
        yield f"{entry.path}\0{numbers}\n".encode(errors="surrogateescape")
        if depth > 1 and entry.is_dir(follow_symlinks=False):
            yield from _entries(Path(entry.path), depth - 1)
