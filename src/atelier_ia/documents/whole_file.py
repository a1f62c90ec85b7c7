"""A file written whole or not at all: killed at any moment, a program leaves the former file or the new one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PARTIAL = ".partiel"
_STALE_SECONDS = 24 * 3600


@contextmanager
def whole_file(target: Path, *, durable: bool = True) -> Iterator[Path]:
    """A file to fill that takes the place of `target` at the end of the block; `durable`: once it is on disk, so that
    even a power cut leaves one of the two."""
    partial = target.with_name(f"{target.name}.{os.getpid()}{PARTIAL}")
    try:
        yield partial
        if durable:
            with partial.open("rb") as stream:
                os.fsync(stream.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def write_whole(target: Path, data: bytes) -> Path:
    """Write the document `data` to `target`; returns it. It can be made again: the disk is not waited for."""
    with whole_file(target, durable=False) as partial:
        partial.write_bytes(data)
    return target


def clear_stale(*folders: Path) -> int:
    """Delete what killed programs left half written in `folders` more than a day ago; returns how many files."""
    gone = 0
    for path in (path for folder in folders for path in folder.glob(f"*{PARTIAL}")):
        if time.time() - path.stat().st_mtime > _STALE_SECONDS:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
