"""A meeting's recording transcribed by a provider (a local server that answers as one), in a real browser."""

from __future__ import annotations

import re
import threading
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.servers import Handler, Server

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)


class Provider:
    """Answers requests for a transcription when the test lets it, or fails when told to."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.broken = False

    def __call__(self, handler: Handler, body: dict[str, Any]) -> None:
        self.go.wait(30)
        if self.broken:
            handler.json(400, {"error": {"message": "audio refused"}})
            return
        turns = [
            {"speaker": "A", "start": 0, "end": 1, "text": "La pose est décidée le 30 novembre."},
            {"speaker": "B", "start": 1, "end": 2, "text": "Bien reçu."},
        ]
        handler.json(200, {"text": "La pose est décidée le 30 novembre. Bien reçu.", "segments": turns})


@pytest.fixture(scope="module")
def provider() -> Provider:
    return Provider()


def wav(path: Path) -> Path:
    with wave.open(str(path), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(8000)
        target.writeframes(b"\0\0" * 800)
    return path


def test_recording(
    open_page: OpenPage,
    provider: Provider,
    remote: Server,
    violations: Check,
    sideways_scroll: Measure,
    tmp_path: Path,
) -> None:
    """Is a recording checked, sent only once a person agrees, kept on a failure, and read with its voices?"""
    page = open_page("voila/render/notes_de_reunion.ipynb")
    page.get_by_text("Partir d’un enregistrement").click()
    assert violations(page) == []
    wrong = tmp_path / "notes.mp3"
    wrong.write_bytes(b"%PDF-1.7")
    page.set_input_files("#fichier-audio", wrong)
    expect(page.get_by_text("n’est pas un enregistrement")).to_be_visible()
    page.set_input_files("#fichier-audio", wav(tmp_path / "reunion.wav"))
    expect(page.get_by_text("Une voix est une donnée personnelle")).to_be_visible()
    assert violations(page) == []
    assert remote.seen == []
    provider.broken = True
    provider.go.set()
    page.click("#transcrire")
    expect(page.locator("#probleme")).to_be_visible()
    expect(page.locator("#transcrire")).to_be_visible()
    expect(page.locator("#champ-texte")).to_have_value(re.compile("rue des Potiers"))
    provider.go.clear()
    provider.broken = False
    page.click("#transcrire")
    expect(page.locator("#arreter_audio")).to_be_visible()
    assert violations(page) == []
    provider.go.set()
    expect(page.locator("#champ-texte")).to_have_value(re.compile("A : La pose.*\nB : Bien reçu"))
    expect(page.get_by_text("Relisez les noms propres")).to_be_visible()
    assert violations(page) == []
    for size in ({"width": 683, "height": 384}, {"width": 320, "height": 640}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert sideways_scroll(page) == 0
    page.click("#masquer")
    expect(page.locator("#texte-masque")).to_contain_text("La pose")
