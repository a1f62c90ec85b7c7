"""The schema of the measures, step by step: a base of an older version is brought up to date when it is opened.

Each step is run once, under a lock, by whichever process comes first; steps already run are never changed, a change of
schema is a new step at the end of `STEPS` (with Alembic's operations, which also know how to alter SQLite).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    inspect,
    text,
)

from atelier_ia.errors import AtelierError

if TYPE_CHECKING:
    from alembic.operations import Operations

Step = Callable[["Operations"], None]
_LOCK_NUMBER = 0x41_54_45_4C  # any number of ours, for PostgreSQL's advisory lock
_version = Table("atelier_schema", MetaData(), Column("version", Integer, nullable=False))


class NewerSchemaError(AtelierError):
    """The base was written by a newer program."""


def _first_tables(operations: Operations) -> None:
    """Times, survey answers, suggestions, inhabitants' opinions."""

    def identifier() -> Column[int]:
        return Column("id", BigInteger, primary_key=True, autoincrement=False)

    operations.create_table(
        "temps",
        identifier(),
        Column("jour", Date, nullable=False),
        Column("cas_usage", String(80), nullable=False),
        Column("service", String(80), nullable=False),
        Column("minutes_sans", Float, nullable=False),
        Column("minutes_avec", Float, nullable=False),
        Column("origine", String(12), nullable=False),
    )
    operations.create_table(
        "enquete",
        identifier(),
        Column("vague", String(12), nullable=False),
        Column("mois", Date, nullable=False),
        Column("service", String(80), nullable=False),
        Column("usage", String(12), nullable=False),
        Column("facilite", String(12), nullable=False),
        Column("recommande", String(12), nullable=False),
        Column("minutes_semaine", Float, nullable=True),
    )
    operations.create_table(
        "suggestions",
        identifier(),
        Column("vague", String(12), nullable=False),
        Column("mois", Date, nullable=False),
        Column("texte", String(600), nullable=False),
    )
    operations.create_table(
        "avis_habitants",
        identifier(),
        Column("mois", Date, nullable=False),
        Column("sujet", String(80), nullable=False),
        Column("avis", String(12), nullable=False),
    )


def _five_grades(operations: Operations) -> None:
    """Inhabitants' opinions on five grades instead of three; counts of the blind comparisons' votes."""
    for before, after in (("satisfait", "bien"), ("mitigé", "moyen"), ("insatisfait", "pas bien")):
        operations.execute(
            text("UPDATE avis_habitants SET avis = :after WHERE avis = :before").bindparams(before=before, after=after)
        )
    operations.create_table(
        "votes_outils",
        Column("mois", Date, primary_key=True),
        Column("outil", String(80), primary_key=True),
        Column("presentations", Integer, nullable=False),
        Column("choix", Integer, nullable=False),
    )


def _uses_and_links(operations: Operations) -> None:
    """Uses of the apps by week; the link that an agent may choose between two waves of the survey."""
    operations.create_table(
        "usages",
        Column("id", BigInteger, primary_key=True, autoincrement=False),
        Column("semaine", Date, nullable=False),
        Column("cas_usage", String(80), nullable=False),
        Column("premier", Boolean, nullable=False),
    )
    operations.add_column("enquete", Column("lien", String(64), nullable=False, server_default=""))


STEPS: tuple[Step, ...] = (_first_tables, _five_grades, _uses_and_links)


def upgrade(connection: Connection, steps: Sequence[Step] = STEPS) -> int:
    """Run the steps that the base lacks, within the transaction of `connection`; returns how many.

    Raises:
        NewerSchemaError: the base knows more steps than this program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK_NUMBER})
    # On SQLite the transaction began with BEGIN IMMEDIATE: nobody else writes.
    if not inspect(connection).has_table(_version.name):
        _version.create(connection)
        connection.execute(_version.insert().values(version=0))
    done = connection.execute(_version.select()).scalar_one()
    if done > len(steps):
        raise NewerSchemaError(
            "La base des mesures vient d'une version plus récente d'Atelier IA ; mettez le programme à jour."
        )
    if done == len(steps):
        return 0
    from alembic.operations import Operations  # slow to import, and needed only here
    from alembic.runtime.migration import MigrationContext

    operations = Operations(MigrationContext.configure(connection))
    for step in steps[done:]:
        step(operations)
    connection.execute(_version.update().values(version=len(steps)))
    return len(steps) - int(done)
