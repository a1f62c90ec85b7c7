"""What a room gives its participants when they share no disk with it: the course, what is distributed, the feedback.

The desk says what there is (path, size, digest) and hands pieces out; the participant's own server writes what is
missing or changed into their own folder. Nothing of theirs is touched: these folders only hold what was given.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from atelier_ia.rooms.desk_app import Participants
from atelier_ia.rooms.participants import FEEDBACK, GIVEN, shared_folders, take_reset, withheld
from atelier_ia.training.desk import DeskError, ask

PIECE = 1_500_000  # bytes of one answer, before base64
_MOST = 4000  # files
_UNWANTED = ("__pycache__", ".ipynb_checkpoints")
Asks = Callable[[str, str, dict[str, Any] | None], dict[str, Any]]


def offered(name: str) -> dict[str, Path]:
    """What that participant may have: path in their folder → file here."""
    found: dict[str, Path] = {}
    for here, there in shared_folders(name):
        for path, inside in _files(here):
            found[f"{there}/{inside}" if inside else there] = path
    for kept in withheld():
        found.pop(kept, None)
    return dict(sorted(found.items())[:_MOST])


def _files(here: Path) -> Iterator[tuple[Path, str]]:
    if here.is_file():
        yield here, ""
        return
    for folder, folders, files in os.walk(here):
        folders[:] = [item for item in folders if not item.startswith(".") and item not in _UNWANTED]
        for item in files:
            path = Path(folder) / item
            if not item.startswith(".") and path.is_file():
                yield path, path.relative_to(here).as_posix()


def digest(path: Path) -> tuple[int, str]:
    """(size, SHA-256) of a file, read again only when it changed."""
    status = path.stat()
    return status.st_size, _digest(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=2000)
def _digest(path: Path, _size: int, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Parcels(Participants):
    """`GET`: what there is. `POST`: pieces of some of it, as much as one answer holds."""

    async def get(self) -> None:
        def work() -> dict[str, Any]:
            return {"fichiers": [[path, *digest(here)] for path, here in offered(self.name).items()]}

        await self.answer(work)

    async def post(self) -> None:
        wanted = self.body().get("voulus")
        if not isinstance(wanted, list) or len(wanted) > _MOST:
            self.send_error(400)
            return

        def work() -> dict[str, Any]:
            known, left, pieces = offered(self.name), PIECE, []
            for item in wanted:
                path, offset = str(item[0]), max(0, int(item[1]))
                if path in known and left > 0:
                    with known[path].open("rb") as file:
                        file.seek(offset)
                        data = file.read(left)
                    left -= len(data) + 1
                    pieces.append([path, offset, base64.b64encode(data).decode("ascii")])
            return {"morceaux": pieces}

        await self.answer(work)


class Resets(Participants):
    """Which works the trainer wants fresh for this participant; told once."""

    async def post(self) -> None:
        await self.answer(lambda: {"remise": take_reset(self.name)})


def fetch(home: Path, asks: Asks = ask) -> list[str]:
    """Inside: bring what is missing or changed into `home`; the paths written.

    Raises:
        DeskError: the desk does not answer.
    """
    missing: dict[str, tuple[int, str]] = {}
    for path, size, wanted in asks("GET", "/colis", None)["fichiers"]:
        target = home / _safe(str(path))
        if target.is_symlink() or not target.is_file() or digest(target) != (size, wanted):
            missing[str(path)] = (int(size), str(wanted))
    parts: dict[str, bytes] = dict.fromkeys(missing, b"")
    written: list[str] = []
    while parts:
        reply = asks("POST", "/colis", {"voulus": [[path, len(data)] for path, data in parts.items()]})
        if not reply["morceaux"]:
            raise DeskError("L'atelier n'a pas donné tous les fichiers ; réessayez dans une minute.")
        for path, offset, data in reply["morceaux"]:
            if path in parts and offset == len(parts[path]):
                parts[path] += base64.b64decode(data)
        for path in [path for path, data in parts.items() if len(data) >= missing[path][0]]:
            data = parts.pop(path)
            if hashlib.sha256(data).hexdigest() == missing[path][1]:  # else it changed meanwhile: next time
                _write(home / _safe(path), data)
                written.append(path)
    for folder in (GIVEN, FEEDBACK):
        (home / folder).mkdir(exist_ok=True)
    return written


def _safe(path: str) -> PurePosixPath:
    """A path that stays in the folder, whatever the desk says."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts:
        raise DeskError("L'atelier a donné un chemin inattendu ; prévenez la formatrice.")
    return pure


def _write(target: Path, data: bytes) -> None:
    """The file whole or not at all, not to be changed by mistake."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(prefix=".colis-", dir=target.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    Path(draft).chmod(0o444)
    Path(draft).replace(target)


def handlers(shared: dict[str, Any]) -> list[Any]:
    """The desk's addresses for this."""
    return [(r"/colis", Parcels, shared), (r"/remise", Resets, shared)]
