"""A small SQLite base that several processes write: one transaction at a time, on disk when it is acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

WAIT_SECONDS = 30


def temporary_base(schema: str) -> sqlite3.Connection:
    """A base of this process alone, in a private file without a name (gone with the program, even killed): a few
    megabytes are in memory whatever it holds. A transaction is open."""
    base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4096; {schema};")
    base.execute("BEGIN")
    return base


@contextmanager
def private_base(path: Path, schema: str) -> Iterator[sqlite3.Connection]:
    """A transaction on the base at `path`, made by `schema` when new; what is deleted leaves no trace on disk.

    Raises:
        sqlite3.Error: the base cannot be read or written.
    """
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as base:
        base.execute("PRAGMA synchronous = FULL")
        base.execute("PRAGMA secure_delete = ON")
        base.executescript(schema)
        base.execute("BEGIN IMMEDIATE")
        try:
            yield base
        except BaseException:
            base.execute("ROLLBACK")
            raise
        base.execute("COMMIT")
