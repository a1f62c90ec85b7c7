"""Anonymous times."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from atelier_ia.measurement.time_records import TimeError, TimePair, purge, read_pairs, record_pair, summary


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


def test_a_pair_comes_back_without_identity(tmp_path: Path) -> None:
    """Is what is kept only the day, the use case, the service and the two durations?"""
    record_pair("courriels", 22.04, 6, service="accueil")
    (pair,) = read_pairs()
    assert pair == TimePair("courriels", 22.0, 6.0, "accueil", date.today(), "mesuré")
    columns = {row[1] for row in sqlite3.connect(tmp_path / "var/mesures.db").execute("PRAGMA table_info(temps)")}
    assert columns == {"id", "jour", "cas_usage", "service", "minutes_sans", "minutes_avec", "origine"}


def test_the_order_of_answers_is_not_kept() -> None:
    """Are records stored in an order that says nothing of who came first?"""
    for minutes in range(30):
        record_pair("courriels", minutes, 0)
    assert [pair.minutes_without for pair in read_pairs()] != sorted(pair.minutes_without for pair in read_pairs())


@pytest.mark.parametrize("minutes", [-1, float("nan"), float("inf"), 1441])
def test_impossible_durations_are_refused(minutes: float) -> None:
    """Is a duration that no task can take refused in French?"""
    with pytest.raises(TimeError, match="24 heures"):
        record_pair("courriels", 10, minutes)


def test_summary_gives_medians_and_an_interval() -> None:
    """Are measured and declared times kept apart, with an interval and a warning on small samples?"""
    for without, with_ in ((20, 5), (30, 10), (25, 6)):
        record_pair("courriels", without, with_)
    record_pair("courriels", 60, 0, origin="déclaré")
    measured, declared = summary()
    assert (measured.pairs, measured.median_without, measured.median_with) == (3, 25, 6)
    assert measured.saved.estimate == 18
    assert measured.saved.low < 18 < measured.saved.high
    assert measured.saved.small
    assert (declared.origin, declared.pairs, declared.saved.low) == ("déclaré", 1, None)


def test_old_records_are_deleted() -> None:
    """Does the purge take what is older than the date, and only that?"""
    record_pair("courriels", 20, 5, day=date(2026, 1, 1))
    record_pair("courriels", 20, 5, day=date(2027, 1, 1))
    assert purge(date(2026, 6, 1)) == 1
    assert [pair.day for pair in read_pairs()] == [date(2027, 1, 1)]


def test_a_base_that_refuses_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does an unreachable database give a French sentence without its address?"""
    monkeypatch.setenv("ATELIER_BASE_MESURES", "sqlite:////nulle/part/secret.db")
    with pytest.raises(Exception, match="base des mesures") as caught:
        record_pair("courriels", 1, 1)
    assert "secret" not in str(caught.value)
