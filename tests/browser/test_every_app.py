"""Every app along its main path, without a mouse and across a lost session; `walks.py` says which keys, in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT
from tests.browser.walks import WALKS, Walk, Walker

OpenPage = Callable[..., Page]
CheckState = Callable[[Page], None]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)
by_app = pytest.mark.parametrize("walk", WALKS, ids=[walk.page for walk in WALKS])
LOST = ("WebSocket", "404", "Failed to load")


def test_no_app_is_forgotten() -> None:
    """Does every app of the folder have its walk?"""
    assert {walk.page for walk in WALKS} == {path.stem for path in (ROOT / "voila_apps").glob("*.ipynb")}


@by_app
def test_keyboard_alone(walk: Walk, open_page: OpenPage, check_state: CheckState) -> None:
    """By keys alone, in the dark theme: is the path walked to its end, the focus always seen, never lost, and each
    state free of axe violations, of anything lost to the side at 200 % and at 320 px, its main button in view?"""
    page = open_page(f"voila/render/{walk.page}.ipynb", color_scheme="dark", reduced_motion="reduce")
    walker = Walker(page)

    def check() -> None:
        check_state(page)
        main_button = page.locator(".ecran .bouton.primaire:visible").last
        if main_button.count():
            expect(main_button).to_be_in_viewport(ratio=1)

    walker.begin(walk)
    for key in ("Tab", "Tab", "Shift+Tab"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.tagName") != "BODY"
    check()
    for step in walk.steps:
        walker.press(step)
        check()
    expect(page.locator(walk.end)).to_be_visible()


@by_app
def test_a_lost_session_keeps_what_was_typed(walk: Walk, open_page: OpenPage, server: Any) -> None:
    """When the kernel dies after typing, and again at the end: is what was typed still there, does the app go on?"""
    page = open_page(f"voila/render/{walk.page}.ipynb", expected=LOST, reduced_motion="reduce")
    walker = Walker(page)
    walker.begin(walk)
    lose(page, server)
    for field, text in walk.typed.items():
        expect(page.locator(f"#{field}")).to_have_value(text)
    for choice in walk.checked:
        expect(page.locator(f"#{choice}")).to_be_checked()
    for step in walk.steps[: walk.first]:
        walker.press(step)
    if walk.heard:
        expect(page.locator(walk.heard).first).to_be_visible()
    for step in walk.steps[walk.first :]:
        walker.press(step)
    expect(page.locator(walk.end)).to_be_visible()
    for field, text in walk.corrected.items():
        walker.type(field, text)
    lose(page, server)
    for field, text in walk.kept.items():
        expect(page.locator(f"#{field}")).to_have_value(text)
    expect(page.locator("#probleme")).to_have_count(0)


def lose(page: Page, server: Any) -> None:
    """The page's kernel dies; the person takes the page over again."""
    server.kernel_of(page).kill()
    page.get_by_role("button", name="Reprendre où j’en étais").click()
    expect(page.locator("#connexion")).to_be_empty()
    expect(page.locator(".ecran")).not_to_have_attribute("data-attente", "oui")
