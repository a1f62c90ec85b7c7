"""« Trouver les référents » played in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)


def test_a_service_gets_its_champion(open_page: OpenPage, violations: Check) -> None:
    """Does a person added by keyboard replace the example and appear with reasons, and does the list download?"""
    page = open_page("voila/render/trouver_referents.ipynb")
    table = page.get_by_role("table", name="Proposition par service")
    expect(table).to_contain_text("Candidate A (exemple)")
    assert violations(page) == []
    page.click("#ajouter")
    expect(page.get_by_role("alert")).to_contain_text("Écrivez un prénom")
    assert violations(page) == []
    page.get_by_label("Prénom ou initiales").fill("Inès R.")
    for label in ("volontaire ?", "sans attendre", "quand quelque chose coince"):
        page.get_by_role("checkbox", name=label).focus()
        page.keyboard.press("Space")
    page.get_by_label("Prénom ou initiales").press("Enter")
    expect(table).to_contain_text("Inès R.")
    expect(table).not_to_contain_text("(exemple)")
    expect(table).to_contain_text("essaie d’elle-même")
    expect(table).to_contain_text("le temps est à libérer")
    with page.expect_download() as download:
        page.click("#telecharger")
    assert "Inès R." in download.value.path().read_text(encoding="utf-8-sig")
    page.get_by_role("button", name="Retirer Inès R.").click()
    expect(table).to_have_count(0)
    assert violations(page) == []


def test_narrow(open_page: OpenPage, sideways_scroll: Measure) -> None:
    """Does it hold on a phone?"""
    page = open_page("voila/render/trouver_referents.ipynb", viewport={"width": 320, "height": 640})
    expect(page.get_by_role("table", name="Proposition par service")).to_be_visible()
    assert sideways_scroll(page) == 0
    line = page.locator(".entree").first
    service, button = line.locator(".petit").bounding_box(), line.get_by_role("button").bounding_box()
    assert service
    assert button
    assert button["y"] >= service["y"] + service["height"]  # not one over the other
