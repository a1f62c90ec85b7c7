"""Inhabitants' opinions: what is shown, and from how many."""

from pathlib import Path

import pytest

from atelier_ia.measurement.opinions import find_subject, results
from atelier_ia.measurement.surveys import record_opinion


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


def test_nothing_is_shown_under_five() -> None:
    """Do four opinions show nothing, not even how many, and five their counts?"""
    subject = find_subject("guichet")
    for _ in range(4):
        record_opinion("guichet", "bien")
    four = next(result for result in results() if result.subject == subject)
    assert (four.counts, four.total, four.content) == (None, 0, 0)
    record_opinion("guichet", "pas du tout")
    five = next(result for result in results() if result.subject == subject)
    assert five.counts == {"très bien": 0, "bien": 4, "moyen": 0, "pas bien": 0, "pas du tout": 1}
    assert (five.total, five.content) == (5, 4)


def test_an_unknown_subject_shows_nowhere() -> None:
    """Does an opinion on something else than the subjects stay out of the results?"""
    record_opinion("autre", "bien")
    assert find_subject("autre") is None
    assert all(result.counts is None for result in results())
