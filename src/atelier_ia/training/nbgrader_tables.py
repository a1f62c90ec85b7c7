"""The tables of nbgrader's gradebook that a grading reads or writes, as SQLAlchemy Core sees them.

Only the columns in use are named. nbgrader creates and migrates these tables (`recording.ensure_recorded`); naming them
here spares each grading nbgrader's own import, which takes longer than scoring a class.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, DateTime, Engine, Float, String, Text, column, create_engine, event, inspect, table

ASSIGNMENT = table("assignment", column("id", String), column("name", String))
NOTEBOOK = table("notebook", column("id", String), column("name", String), column("assignment_id", String))
BASE_CELL = table("base_cell", column("id", String), column("name", String), column("notebook_id", String),
                  column("type", String))  # fmt: skip
SOURCE_CELL = table("source_cell", column("name", String), column("locked", Boolean), column("source", Text),
                    column("notebook_id", String))  # fmt: skip
STUDENT = table("student", column("id", String))
SUBMISSION = table("submitted_assignment", column("id", String), column("assignment_id", String),
                   column("student_id", String), column("timestamp", DateTime))  # fmt: skip
SUBMITTED_NOTEBOOK = table("submitted_notebook", column("id", String), column("assignment_id", String),
                           column("notebook_id", String), column("flagged", Boolean))  # fmt: skip
GRADE = table("grade", column("id", String), column("notebook_id", String), column("cell_id", String),
              column("auto_score", Float), column("manual_score", Float), column("extra_credit", Float),
              column("needs_manual_grade", Boolean))  # fmt: skip
COMMENT = table("comment", column("id", String), column("notebook_id", String), column("cell_id", String),
                column("auto_comment", Text), column("manual_comment", Text))  # fmt: skip
ALL = (ASSIGNMENT, NOTEBOOK, BASE_CELL, SOURCE_CELL, STUDENT, SUBMISSION, SUBMITTED_NOTEBOOK, GRADE, COMMENT)

# nbgrader's kinds of cells: which carry a grade, which a comment.
GRADED_KINDS = ("GradeCell", "TaskCell")
COMMENTED_KINDS = ("SolutionCell", "TaskCell")

_PATIENCE = 30  # seconds that a writer waits for another one (formgrader, nbgrader) to finish


def open_gradebook(url: str) -> Engine:
    """An engine whose transactions hold from their first read, so that nobody writes between it and our update."""
    if not url.startswith("sqlite"):
        return create_engine(url)
    engine = create_engine(url, connect_args={"timeout": _PATIENCE})

    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def has_tables(engine: Engine) -> bool:
    """Does the gradebook hold every table and column named here?"""
    inspector = inspect(engine)
    names = set(inspector.get_table_names())
    return all(
        one.name in names and {c["name"] for c in inspector.get_columns(one.name)} >= set(one.columns.keys())
        for one in ALL
    )
