"""« Par où commencer » (the matrix) played in a real browser: choose, move with keys or mouse, type, come back."""

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


def open_app(open_page: OpenPage, **options: object) -> Page:
    page = open_page("voila/render/matrice.ipynb", **options)
    expect(page.locator(".point")).to_have_count(5)
    return page


def test_recommendation_and_table(open_page: OpenPage, violations: Check) -> None:
    """Is the quick win named with its reasons, and is every figure of the chart in a table too?"""
    page = open_app(open_page)
    expect(page.locator("#conseil-titre")).to_contain_text("Répondre aux courriels")
    expect(page.locator("#matrice-courriels")).to_have_attribute("aria-label", re.compile("h à gagner, facilité 4,2"))
    assert violations(page) == []
    page.get_by_text("Les mêmes chiffres en tableau").click()
    expect(page.locator(".tableau tbody tr")).to_have_count(5)
    assert violations(page) == []


def test_moved_by_keyboard_and_said(open_page: OpenPage, violations: Check) -> None:
    """Do the arrows move a point, keep the focus on it, and is the change said and undone?"""
    page = open_app(open_page)
    point = page.locator("#matrice-visuels")
    point.focus()
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    expect(point).to_have_attribute("aria-pressed", "true")
    expect(point).to_be_focused()
    page.get_by_text("Les mêmes chiffres en tableau").click()
    expect(page.locator(".tableau")).to_contain_text("ajusté à la main")
    assert violations(page) == []
    page.click("#calcul")
    expect(page.locator(".tableau")).not_to_contain_text("ajusté à la main")


def test_dragged_or_typed(open_page: OpenPage) -> None:
    """Does dragging change the figures, as typing them does, and is a wrong number explained?"""
    page = open_app(open_page)
    box = page.locator("#matrice-arretes .point-signe").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] - 120, steps=5)
    page.mouse.up()
    expect(page.locator("#detail-titre")).to_contain_text("arrêté")
    expect(page.locator("#calcul:not([aria-disabled])")).to_be_visible()
    page.fill("#champ-heures", "beaucoup")
    page.press("#champ-heures", "Tab")
    expect(page.locator("#champ-heures-erreur")).to_contain_text("Écrivez un nombre")


@pytest.mark.parametrize(("width", "height"), [(320, 640), (683, 384)])
def test_narrow_or_zoomed(
    open_page: OpenPage, width: int, height: int, violations: Check, sideways_scroll: Measure
) -> None:
    """Is nothing lost at 320 px, nor at 200 % zoom?"""
    page = open_app(open_page, viewport={"width": width, "height": height})
    assert sideways_scroll(page) == 0
    assert violations(page) == []
