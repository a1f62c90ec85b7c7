"""The small SQLite files under `var/` that all kernels of this machine share (class queue, budget)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from atelier_ia.assistant.errors import AssistantError
from atelier_ia.settings import data_folder

BUSY_SECONDS = 10.0


@contextmanager
def database(name: str, schema: str) -> Iterator[sqlite3.Connection]:
    """One exclusive transaction on `var/<name>`, created with `schema` on demand; rolled back by an exception.

    Raises:
        AssistantError: the file cannot be written.
    """
    path = data_folder() / name
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(schema)
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise AssistantError(
            f"Le fichier {path.name} du dossier var ne peut pas être utilisé ({type(error).__name__}) ; "
            "vérifiez vos droits et l'espace disque."
        ) from None
