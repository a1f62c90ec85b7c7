"""« Comparer à l'aveugle » played in a real browser: one text, answers without a name, a vote, the names."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)

TELLING = re.compile(r"soignee|pressee|avec votre consigne|avec une consigne pressée|erreur glissée exprès</h2>")


def open_app(open_page: OpenPage, **options: object) -> Page:
    page = open_page("voila/render/comparer_aveugle.ipynb", **options)
    expect(page.locator("#masquer")).to_be_visible()
    return page


def to_answers(page: Page) -> None:
    """From the text to the answers, by the buttons."""
    page.click("#masquer")
    expect(page.locator("#comparer")).to_be_visible()
    for choice in page.locator(".alerte-choix input[value=masquer]").all():
        choice.check()
    page.click("#comparer:not([aria-disabled])")
    expect(page.locator("#voter")).to_be_visible()


def test_whole_path(open_page: OpenPage, violations: Check) -> None:
    """Do the answers stand without a name until the vote, and does the vote reveal and count them?"""
    page = open_app(open_page)
    expect(page.get_by_text("Aucun autre outil n’est configuré")).to_be_visible()
    assert violations(page) == []
    to_answers(page)
    assert violations(page) == []
    assert not TELLING.search(page.content())
    page.click("#voter")
    expect(page.locator("#probleme")).to_contain_text("Choisissez une réponse")
    assert violations(page) == []
    page.check("#vote-1")
    page.click("#voter")
    expect(page.locator("#noms-panneau-titre")).to_contain_text("Vous avez choisi")
    for name in ("avec votre consigne", "avec une consigne pressée", "avec une erreur glissée exprès"):
        expect(page.get_by_role("heading", level=2, name=re.compile(f"^[ABC].*{name}"))).to_be_visible()
    expect(page.get_by_text("Moins de cinq votes")).to_be_visible()
    assert violations(page) == []
    page.click("#recommencer")
    expect(page.locator("#champ-demande")).to_have_value("reunions")


def test_nothing_of_the_names_reaches_the_page_before_the_vote(open_page: OpenPage) -> None:
    """Do the messages that the browser receives before the vote hold no name of a contestant?"""
    page = open_page("avis")
    heard: list[bytes | str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(frame)))
    page.goto(page.url.replace("avis", "voila/render/comparer_aveugle.ipynb"))
    expect(page.locator("#masquer")).to_be_visible()
    to_answers(page)
    told = b"".join(frame.encode() if isinstance(frame, str) else frame for frame in heard)
    assert b"ponse A" in told
    for key in (b"simulateur:soignee", b"simulateur:pressee", b"simulateur:erreur"):
        assert key not in told
    page.check("#vote-0")
    page.click("#voter")
    expect(page.locator("#noms-panneau-titre")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(320, 640), (683, 384)])
def test_narrow_or_zoomed(
    open_page: OpenPage, width: int, height: int, violations: Check, sideways_scroll: Measure
) -> None:
    """Is nothing lost at 320 px, nor at 200 % zoom, by keyboard alone from the text to the names?"""
    page = open_app(open_page, viewport={"width": width, "height": height})
    assert sideways_scroll(page) == 0
    page.locator("#masquer").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#comparer")).to_be_visible()
    for choice in page.locator(".alerte-choix input[value=masquer]").all():
        choice.focus()
        page.keyboard.press("Space")
    page.locator("#comparer:not([aria-disabled])").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reponse-A-titre")).to_be_focused()
    assert sideways_scroll(page) == 0
    assert violations(page) == []
    page.locator("#vote-0").focus()
    page.keyboard.press("Space")
    page.locator("#voter").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#noms-panneau-titre")).to_be_focused()
    assert sideways_scroll(page) == 0


def test_a_lost_kernel_keeps_the_text(open_page: OpenPage) -> None:
    """When the session ends before the vote, is the typed text there to be asked again?"""
    page = open_app(open_page, expected=("WebSocket", "404"))
    page.fill("#champ-texte", "Bonjour, quand ouvre la médiathèque ? Merci.")
    to_answers(page)
    kernel = page.evaluate("JSON.parse(document.getElementById('atelier-page').textContent).kernelId")
    page.evaluate("id => fetch(`/voila/api/shutdown/${id}`, {method: 'POST'})", kernel)
    page.get_by_role("button", name="Reprendre où j’en étais").click()
    expect(page.locator("#champ-texte")).to_have_value("Bonjour, quand ouvre la médiathèque ? Merci.")
