"""The schema of the measures, from one version to the next."""

import sqlite3
from pathlib import Path

import pytest
from alembic.operations import Operations
from sqlalchemy import Column, String, create_engine, inspect

from atelier_ia.measurement.migrations import STEPS, NewerSchemaError, upgrade
from atelier_ia.measurement.store import metadata
from atelier_ia.measurement.time_records import read_pairs, record_pair


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


def test_the_steps_make_the_tables_that_the_program_uses() -> None:
    """After all the steps, has each table exactly the columns that the program reads and writes?"""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        assert upgrade(connection) == len(STEPS)
        assert upgrade(connection) == 0
        found = inspect(connection)
        for table in metadata.tables.values():
            columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert columns == {column.name: column.nullable for column in table.columns}


def test_an_older_base_is_brought_up_to_date_with_its_records(tmp_path: Path) -> None:
    """When a later version adds a column, are the records of the older base kept?"""

    def add_a_column(operations: Operations) -> None:
        operations.add_column("temps", Column("commentaire", String(10), nullable=True))

    record_pair("courriels", 20, 5)
    with create_engine(f"sqlite:///{tmp_path / 'var/mesures.db'}").begin() as connection:
        assert upgrade(connection, (*STEPS, add_a_column)) == 1
        assert "commentaire" in {column["name"] for column in inspect(connection).get_columns("temps")}
    base = sqlite3.connect(tmp_path / "var/mesures.db")
    assert base.execute("SELECT minutes_sans, commentaire FROM temps").fetchall() == [(20.0, None)]


def test_a_step_that_fails_leaves_the_base_as_it_was(tmp_path: Path) -> None:
    """Is a failed step undone, version included?"""

    def fail(operations: Operations) -> None:
        raise RuntimeError

    record_pair("courriels", 20, 5)
    with pytest.raises(RuntimeError), create_engine(f"sqlite:///{tmp_path / 'var/mesures.db'}").begin() as connection:
        upgrade(connection, (*STEPS, fail))
    assert len(read_pairs()) == 1


def test_a_base_of_a_newer_program_is_refused() -> None:
    """Does an older program refuse a newer base rather than harm it?"""
    with create_engine("sqlite://").begin() as connection:
        upgrade(connection, (*STEPS, lambda operations: None))
        with pytest.raises(NewerSchemaError, match="plus récente"):
            upgrade(connection)
