"""The check of the configured provider for `atelier diagnostic`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from atelier_ia.assistant.check import check_provider
from atelier_ia.settings import Settings
from tests.assistant.servers import serve, whole


def test_simulator_is_fine(settings: Settings) -> None:
    """Does the simulator pass, and say what it is?"""
    ok, sentence = check_provider(settings)
    assert ok
    assert "pas une IA" in sentence


@pytest.mark.parametrize(
    ("status", "body", "expected", "words"),
    [
        (200, whole("bonjour"), True, "répond"),
        (401, {"detail": "bad"}, False, "refuse la clé"),
        (404, {"detail": "no model"}, False, "modèle"),
        (429, {"error": {"message": "insufficient_quota"}}, False, "crédit"),
    ],
)
def test_what_is_wrong(
    with_assistant: Callable[..., Settings], status: int, body: object, expected: bool, words: str
) -> None:
    """Does the sentence say what is wrong, even when a stand-in is configured for demonstrations?"""
    with serve(lambda handler, _: handler.json(status, body)) as server:
        settings = with_assistant(provider="autre", base_url=server.url, model="m", fallback="simulateur")
        ok, sentence = check_provider(settings)
    assert ok is expected
    assert words in sentence


def test_missing_key(with_assistant: Callable[..., Settings]) -> None:
    """Is the missing variable named?"""
    ok, sentence = check_provider(with_assistant(provider="scaleway"))
    assert not ok
    assert "SCW_SECRET_KEY" in sentence
