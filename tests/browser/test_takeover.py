"""A live demonstration whose provider falls silent: `secours = "simulateur"` takes over before the eyes of the room."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from atelier_ia.assistant.simulator.protocol import respond
from atelier_ia.settings import load_settings
from tests.assistant.servers import Handler
from tests.browser.test_every_state import DRAFTING
from tests.browser.walks import WORD, Walk, Walker

OpenPage = Callable[..., Page]
CheckState = Callable[[Page], None]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)
SIMULATED = re.compile("Simulateur, pas une IA")
TAKEN_OVER = re.compile("cette réponse vient du simulateur, pas d.une IA")


class Provider:
    """A service of the house: it answers, refuses, or keeps silent until the test lets it go."""

    def __init__(self) -> None:
        self.mode = "silent"
        self.go = threading.Event()
        self.settings = load_settings()

    def __call__(self, handler: Handler, body: dict[str, Any]) -> None:
        if self.mode == "silent":
            self.go.wait(60)
        elif self.mode == "refuses":
            handler.json(500, {"error": {"message": "internal error"}}, {"Retry-After": "0"})
        else:
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            handler.send_header("Connection", "close")
            handler.end_headers()
            handler.close_connection = True
            for line in respond("POST", handler.path, json.dumps(body).encode(), self.settings).lines():
                handler.wfile.write(line)


@pytest.fixture(scope="module")
def provider() -> Provider:
    return Provider()


@pytest.fixture(scope="module")
def project_copy(project_copy: Path) -> Path:
    """The same project, set for a live demonstration."""
    settings = project_copy / "atelier.toml"
    before = settings.read_text(encoding="utf-8")
    after = before.replace("[assistant]\n", '[assistant]\nsecours = "simulateur"\nsecours_apres_secondes = 4\n')
    assert after != before
    settings.write_text(after, encoding="utf-8")
    return project_copy


@pytest.mark.parametrize("mode", ["silent", "refuses"])
@pytest.mark.parametrize("walk", [walk for walk in DRAFTING if "rediger" in walk.steps], ids=lambda walk: walk.page)
def test_the_room_sees_who_answers(
    walk: Walk, mode: str, open_page: OpenPage, check_state: CheckState, provider: Provider
) -> None:
    """Does the draft come all the same, under a banner in view that names the simulator, what was typed kept; and once
    the service is back, does the banner name it again?"""
    provider.mode = mode
    provider.go.clear()
    page = open_page(f"voila/render/{walk.page}.ipynb", reduced_motion="reduce")
    walker = Walker(page)
    walker.begin(walk)
    walker.press("masquer")
    walker.press("rediger")
    expect(page.locator("#arreter")).to_have_count(0)
    provider.go.set()
    expect(page.locator("#bandeau-modele")).to_contain_text(SIMULATED)
    expect(page.locator("#bandeau-modele")).to_be_in_viewport(ratio=1)
    expect(page.get_by_text(TAKEN_OVER)).to_be_in_viewport(ratio=1)
    expect(page.locator("#probleme")).to_have_count(0)
    check_state(page)

    provider.mode = "answers"
    walker.press("consigne_retour")
    for field, text in walk.typed.items():
        expect(page.locator(f"#{field}")).to_have_value(text)
    walker.press("masquer")
    expect(page.locator("#texte-masque")).to_contain_text(WORD)
    walker.press("rediger")
    expect(page.locator("#arreter")).to_have_count(0)
    expect(page.locator("#bandeau-modele")).not_to_contain_text("Simulateur")
    expect(page.get_by_text(TAKEN_OVER)).to_have_count(0)
