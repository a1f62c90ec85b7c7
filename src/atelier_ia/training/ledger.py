"""Has anything changed since the last grading? Answered from file dates alone, so that an idle run costs nothing.

A grading that ends writes the inventory (names, sizes, dates) of all that it read (exchange, submissions, rubrics) and
all that it produced. As long as both are the same, there is nothing to do. Imports nothing of the grader, and no module
that takes longer to load than to do without (`pathlib`, `hashlib`): whoever asks pays for no more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from atelier_ia.folders import SETTINGS_NAME, data_folder, root_name

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


def read_inventory() -> str:
    """Changes with anything that a grading reads: to be taken before it reads."""
    return _inventory(_READ)


def remember(about: str, before: str, submissions: int) -> None:
    """Keep that this scope is graded in full, as it was when `before` was taken; no harm if it cannot be written."""
    state = {
        "scope": about,
        "read": before,
        "produced": _inventory(_PRODUCED),
        "submissions": submissions,
        "engine": ENGINE,
    }
    target = data_folder() / _NAME
    partial = target.with_suffix(f".{os.getpid()}")
    try:
        partial.write_text(json.dumps(state), encoding="utf-8")
        partial.replace(target)
    except OSError:
        return


def nothing_new(assignments: tuple[str, ...], learners: tuple[str, ...]) -> int | None:
    """How many submissions this scope holds, all graded and unchanged; None when a grading has to look closer."""
    try:
        root = root_name()
        with open(f"{root}/var/{_NAME}", "rb") as file:
            state = json.load(file)
        same = state["scope"] == scope(assignments, learners) and state["engine"] == ENGINE
        # The gradebook's content is anybody's (formgrader); only its being there matters. A server answers or fails.
        there = bool(os.environ.get("ATELIER_CARNET_DE_NOTES")) or os.path.isfile(f"{root}/{_GRADEBOOK}")
        if not same or not there:
            return None
        if state["read"] != read_inventory() or state["produced"] != _inventory(_PRODUCED):
            return None
        return int(state["submissions"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _inventory(places: tuple[tuple[str, int], ...]) -> str:
    root = root_name()
    return "\n".join(line for name, depth in places for line in _entries(f"{root}/{name}", depth))


def _entries(folder: str, depth: int) -> Iterator[str]:
    """Name, kind, size and dates of everything down to `depth`, sorted; links are not followed."""
    if not depth:
        found = os.stat(folder) if os.path.isfile(folder) else None
        yield f"{folder}\0{(found.st_ino, found.st_mtime_ns, found.st_size) if found else None}"
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".ipynb_checkpoints"):
            continue
        seen = entry.stat(follow_symlinks=False)
        yield f"{entry.path}\0{(seen.st_mode, seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size)}"
        if depth > 1 and entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, depth - 1)
