"""A small table that several agents fill at the same time: one change at a time, written whole or not at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from atelier_ia.documents.spreadsheets import Cell, Column, write_csv
from atelier_ia.errors import AtelierError


@contextmanager
def alone_on(path: Path) -> Iterator[None]:
    """Nobody else changes `path` meanwhile; waits for its turn.

    Raises:
        AtelierError: the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".verrou").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise AtelierError(
            f"{path.name} ne peut pas être écrit ({type(error).__name__}) ; vérifiez l'espace disque et vos droits."
        ) from None


def replace_table(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Path:
    """Write the CSV `path` whole or not at all; returns it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    write_csv(temporary, [Column(title) for title in titles], rows)
    temporary.replace(path)
    return path
