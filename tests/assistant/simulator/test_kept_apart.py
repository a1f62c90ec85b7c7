"""The simulator on the inputs kept apart from it, with this project's own commune and knowledge base."""

from __future__ import annotations

from pathlib import Path

import pytest

from atelier_ia.use_cases.sandbox import reference_settings
from tests.assistant.simulator.quality_checks import load_inputs, run_all

FLOOR = 0.95  # measured: 74 of 77


def test_there_are_enough_inputs() -> None:
    """Are there at least sixty inputs, of every use case, each with its own name?"""
    inputs = load_inputs()
    assert len(inputs) >= 60
    assert len({item.id for item in inputs}) == len(inputs)
    assert {item.use for item in inputs} == {"courriel", "publications", "affiche", "reunion", "liste", "pv", "arrete"}


def test_share_of_good_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does the share of answers that satisfy every check of their use case stay above what was measured?"""
    monkeypatch.setenv("ATELIER_RACINE", str(Path(__file__).parents[3]))
    verdicts = run_all(reference_settings())
    failed = {verdict.input.id: verdict.failed for verdict in verdicts if verdict.failed}
    assert 1 - len(failed) / len(verdicts) >= FLOOR, failed
