"""« Choisir ses outils » played in a real browser: requirements exclude with reasons, weights move the ranking."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)


def open_app(open_page: OpenPage, **options: object) -> Page:
    page = open_page("voila/render/choisir_outils.ipynb", **options)
    expect(page.locator(".barres li").first).to_be_visible()
    return page


def test_requirements_exclude_with_reasons(open_page: OpenPage, violations: Check) -> None:
    """Is each excluded tool named with its reason (Albert: State only), and does a requirement exclude more?"""
    page = open_app(open_page)
    expect(page.get_by_role("region").filter(has_text="écarté").last).to_contain_text("Réservé à l’État")
    assert violations(page) == []
    kept = page.locator(".barres li").count()
    icon = page.locator(".message.alerte").filter(has_text="Rien n’est tranché").locator("svg").first.inner_html()
    page.get_by_label("Rien ne sort de la mairie").check()
    expect(page.locator(".barres li")).not_to_have_count(kept)
    decided = page.locator(".message.succes").filter(has_text="Un choix se dégage")
    expect(decided).to_be_visible()
    assert decided.locator("svg").first.inner_html() != icon
    assert violations(page) == []


def test_cells_are_dated_and_sourced(open_page: OpenPage, violations: Check) -> None:
    """Does the detail of a tool give each criterion's finding, source, date and status?"""
    page = open_app(open_page)
    page.locator("summary").filter(has_text="le détail").first.click()
    rows = page.locator("details[open] .tableau tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.first).to_contain_text("2026")
    assert violations(page) == []


def test_weights_by_keyboard(open_page: OpenPage) -> None:
    """Does a weight changed by keyboard change the scores, and can one come back?"""
    page = open_app(open_page)
    before = page.locator(".barres").inner_text()
    page.get_by_label("Hébergement et sécurité").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    expect(page.locator(".barres")).not_to_have_text(before)
    page.click("#defaut")
    expect(page.get_by_label("Hébergement et sécurité")).to_have_value("5")


@pytest.mark.parametrize(("width", "height"), [(320, 640), (683, 384)])
def test_narrow_or_zoomed(
    open_page: OpenPage, width: int, height: int, violations: Check, sideways_scroll: Measure
) -> None:
    """Is nothing lost at 320 px, nor at 200 % zoom?"""
    page = open_app(open_page, viewport={"width": width, "height": height})
    assert sideways_scroll(page) == 0
    assert violations(page) == []
