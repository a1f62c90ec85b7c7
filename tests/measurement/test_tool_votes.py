"""Votes of the blind comparison: counts, and nothing of anybody."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from atelier_ia.measurement.surveys import SurveyError
from atelier_ia.measurement.tool_votes import ToolVotes, purge, read_votes, record_vote


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


def test_votes_add_up_from_five_on(tmp_path: Path) -> None:
    """Are votes given at once all counted, shown from five on, and stored as one row per tool and month?"""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: record_vote(["a", "b"], "a" if number else "b"), range(4)))
    assert read_votes() == ()
    record_vote(["b", "a"])
    assert read_votes() == (ToolVotes("a", 5, 3), ToolVotes("b", 5, 1))
    with sqlite3.connect(tmp_path / "var" / "mesures.db") as base:
        rows = base.execute("SELECT mois, outil, presentations, choix FROM votes_outils ORDER BY outil").fetchall()
    month = date.today().replace(day=1).isoformat()
    assert rows == [(month, "a", 5, 3), (month, "b", 5, 1)]


@pytest.mark.parametrize(("presented", "chosen"), [(["a"], "a"), (["a", "a"], "a"), (["a", "b"], "c"), ([], "")])
def test_a_vote_that_makes_no_sense_is_refused(presented: list[str], chosen: str) -> None:
    """Is a vote for what was not presented, or among fewer than two, refused?"""
    with pytest.raises(SurveyError, match="recommencez"):
        record_vote(presented, chosen)


def test_old_votes_go() -> None:
    """Are the counts of past months deleted by the purge?"""
    record_vote(["a", "b"], "a", day=date(2025, 1, 20))
    record_vote(["a", "b"], "a", day=date(2026, 3, 20))
    assert purge(date(2026, 3, 25)) == 2
