"""Where personal codes, correction requests and their trace are kept: `var/dossiers.db`.

A code is kept as a salted digest only; wrong tries are counted under a digest of what was typed, and forgotten.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from atelier_ia.documents.private_base import private_base
from atelier_ia.errors import AtelierError
from atelier_ia.settings import data_folder

FILE_NAME = "dossiers.db"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS codes (identifiant TEXT PRIMARY KEY, cle TEXT NOT NULL, sel BLOB NOT NULL,
 empreinte BLOB NOT NULL, jour TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS codes_par_cle ON codes (cle);
CREATE TABLE IF NOT EXISTS essais (cle BLOB PRIMARY KEY, echecs INTEGER NOT NULL, dernier REAL NOT NULL);
CREATE TABLE IF NOT EXISTS demandes (numero INTEGER PRIMARY KEY AUTOINCREMENT, identifiant TEXT NOT NULL,
 jour TEXT NOT NULL, objet TEXT NOT NULL, seance TEXT NOT NULL, module TEXT NOT NULL, ancien TEXT NOT NULL,
 nouveau TEXT NOT NULL, motif TEXT NOT NULL, etat TEXT NOT NULL, decide_le TEXT NOT NULL, reponse TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS demandes_par_personne ON demandes (identifiant);
"""


@contextmanager
def record_base() -> Iterator[sqlite3.Connection]:
    """A transaction on codes and requests.

    Raises:
        AtelierError: the base cannot be read or written.
    """
    try:
        with private_base(data_folder() / FILE_NAME, _SCHEMA) as base:
            yield base
    except sqlite3.Error as error:
        raise AtelierError(
            f"Les demandes ne s'enregistrent pas ({type(error).__name__}) ; prévenez le service RH."
        ) from None


def forget_record(identifier: str) -> dict[str, int]:
    """Delete the code and the requests of a person; returns how many of each."""
    if not (data_folder() / FILE_NAME).exists():
        return {"code personnel": 0, "demandes de correction": 0}
    with record_base() as base:
        codes = base.execute("DELETE FROM codes WHERE identifiant = ?", (identifier,)).rowcount
        requests = base.execute("DELETE FROM demandes WHERE identifiant = ?", (identifier,)).rowcount
    return {"code personnel": codes, "demandes de correction": requests}


def purge_records(limit: date) -> int:
    """Delete codes given and requests decided before `limit`; returns how many."""
    if not (data_folder() / FILE_NAME).exists():
        return 0
    before = (limit.isoformat(),)
    with record_base() as base:
        codes = base.execute("DELETE FROM codes WHERE jour < ?", before).rowcount
        decided = base.execute("DELETE FROM demandes WHERE decide_le <> '' AND decide_le < ?", before).rowcount
    return codes + decided
