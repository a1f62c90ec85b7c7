"""« Créer une affiche » played in a real browser: typed text, designs, downloads, errors beside their field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)


def open_app(open_page: OpenPage, **options: object) -> Page:
    page = open_page("voila/render/creer_affiche.ipynb", **options)
    expect(page.locator("#apercu[src]")).to_be_visible()
    return page


def test_whole_path(open_page: OpenPage, tmp_path: Path, violations: Check) -> None:
    """Does what is typed show in the preview and its alternative, and come down as PDF and PNG, never without a
    title?"""
    page = open_app(open_page, accept_downloads=True)
    expect(page.locator("#pdf")).to_be_in_viewport(ratio=1)
    expect(page.locator(".vignette img[src]")).to_have_count(4)
    assert violations(page) == []
    page.click("#vider")
    expect(page.get_by_role("img", name="Votre titre")).to_be_visible()
    page.click("#pdf")
    expect(page.locator("#champ-titre-erreur")).to_have_text("Donnez un titre.")
    page.fill("#champ-titre", "Bourse aux vélos")
    page.press("#champ-titre", "Tab")
    expect(page.get_by_role("img", name="Bourse aux vélos")).to_be_visible()
    before = page.locator("#apercu").get_attribute("src")
    page.get_by_role("radio", name="Nuit").check()
    expect(page.locator("#apercu")).not_to_have_attribute("src", before or "")
    for button, head in (("#pdf", b"%PDF"), ("#png", b"\x89PNG")):
        with page.expect_download() as download:
            page.click(button)
        target = tmp_path / download.value.suggested_filename
        download.value.save_as(target)
        assert target.name.startswith("affiche_bourse_aux_vélos_a4")
        assert target.read_bytes().startswith(head)


def test_error_beside_its_field(open_page: OpenPage, violations: Check) -> None:
    """Is a wrong day explained under its field, the preview kept, and nothing moved under the person's hands?"""
    page = open_app(open_page)
    page.fill("#champ-jour", "le douze")
    page.press("#champ-jour", "Tab")
    expect(page.locator("#champ-jour-erreur")).to_contain_text("Écrivez le jour")
    expect(page.locator("#champ-horaires")).to_be_focused()
    expect(page.locator("#apercu[src]")).to_be_visible()
    assert violations(page) == []
    page.fill("#champ-jour", "")
    page.press("#champ-jour", "Tab")
    expect(page.locator("#champ-jour-erreur")).to_be_empty()


def test_designs_by_keyboard(open_page: OpenPage) -> None:
    """Are the designs real radio buttons, changed with the arrows?"""
    page = open_app(open_page)
    page.get_by_role("radio", name="Fanions").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Nuit")).to_be_checked()


@pytest.mark.parametrize(("width", "height"), [(320, 640), (683, 384)])
def test_narrow_or_zoomed(
    open_page: OpenPage, width: int, height: int, violations: Check, sideways_scroll: Measure
) -> None:
    """Is nothing lost at 320 px, nor at 200 % zoom?"""
    page = open_app(open_page, viewport={"width": width, "height": height})
    assert sideways_scroll(page) == 0
    assert violations(page) == []
