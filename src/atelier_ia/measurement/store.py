"""The database of anonymous measures: SQLite in `var/mesures.db`, or PostgreSQL by the address in an environment
variable (it holds a password, so it never stands in `atelier.toml`).

Many processes write at once (one per open app): each write is one short transaction, waiting its turn. Identifiers are
drawn at random, so that the order in which people answered is not kept.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.exc import SQLAlchemyError

from atelier_ia.errors import AtelierError
from atelier_ia.measurement.migrations import upgrade
from atelier_ia.settings import data_folder

URL_VARIABLE = "ATELIER_BASE_MESURES"
WAIT_SECONDS = 30

_LOCK = threading.Lock()

metadata = MetaData()

time_pairs = Table(
    "temps",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("jour", Date, nullable=False),
    Column("cas_usage", String(80), nullable=False),
    Column("service", String(80), nullable=False, default=""),
    Column("minutes_sans", Float, nullable=False),
    Column("minutes_avec", Float, nullable=False),
    Column("origine", String(12), nullable=False),
)

# The three questions, by wave (J+15, J+30, J+90). The month is kept for the purge, never the day.
survey_answers = Table(
    "enquete",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("vague", String(12), nullable=False),
    Column("mois", Date, nullable=False),
    Column("service", String(80), nullable=False, default=""),
    Column("usage", String(12), nullable=False),
    Column("facilite", String(12), nullable=False),
    Column("recommande", String(12), nullable=False),
    Column("minutes_semaine", Float, nullable=True),
    Column("lien", String(64), nullable=False, server_default=""),
)

# A use of an app: its week (the Monday), never the day, and whether this browser had been counted that week.
uses = Table(
    "usages",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("semaine", Date, nullable=False),
    Column("cas_usage", String(80), nullable=False),
    Column("premier", Boolean, nullable=False),
)

# Free words stand apart: no service, no link with the other answers of the same person.
suggestions = Table(
    "suggestions",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("vague", String(12), nullable=False),
    Column("mois", Date, nullable=False),
    Column("texte", String(600), nullable=False),
)

citizen_opinions = Table(
    "avis_habitants",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("mois", Date, nullable=False),
    Column("sujet", String(80), nullable=False),
    Column("avis", String(12), nullable=False),
)

# Votes of the blind comparison: counts only, never a row per person.
tool_votes = Table(
    "votes_outils",
    metadata,
    Column("mois", Date, primary_key=True),
    Column("outil", String(80), primary_key=True),
    Column("presentations", Integer, nullable=False),
    Column("choix", Integer, nullable=False),
)


class StoreError(AtelierError):
    """The measures cannot be read or written."""


@contextmanager
def connect(url: str | None = None) -> Iterator[Connection]:
    """A connection in a transaction, committed at the end of the block.

    Raises:
        StoreError: the database cannot be reached or refuses.
    """
    try:
        with _LOCK:  # one engine per address, even when several threads come first
            engine = _engine(url or database_url())
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        # The exception's own words may quote values or the address with its password: only its kind is told.
        raise StoreError(
            f"La base des mesures ne répond pas ({type(error).__name__}) ; vérifiez l'espace disque, vos droits "
            f"et la variable {URL_VARIABLE} si vous l'utilisez, puis recommencez."
        ) from None


def database_url() -> str:
    """Where the measures are: the environment's address, else SQLite under var/."""
    return os.environ.get(URL_VARIABLE) or f"sqlite:///{data_folder() / 'mesures.db'}"


def random_id() -> int:
    """A new identifier that says nothing of when or by whom."""
    return secrets.randbits(62)


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True)
    else:
        engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    with engine.begin() as connection:
        upgrade(connection)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    for attempt in range(200):  # turning WAL on does not wait its turn by itself
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            break
        except Exception:
            if attempt == 199:
                raise
            time.sleep(0.05)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
