"""The apps of the roll-out: planning the three months."""

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


def test_plan(open_page: OpenPage, violations: Check, sideways_scroll: Measure) -> None:
    """Does a start date become a calendar, drawn, told in words and downloaded, and a wrong line be explained?"""
    page = open_page("voila/render/planifier.ipynb")
    image = page.locator("#gantt")
    expect(image).to_have_attribute("alt", re.compile("Point J.15.*19\\sfévrier\\s2027", re.DOTALL))
    expect(image).to_have_attribute("src", re.compile("^data:image/png"))
    assert violations(page) == []
    page.get_by_text("Le même calendrier, en texte").click()
    expect(page.get_by_role("row", name=re.compile("Atelier : Services techniques")).first).to_be_visible()
    assert violations(page) == []
    page.fill("#champ-services", "Accueil : onze")
    page.click("#etablir")
    expect(page.get_by_text("écrivez le service, deux-points et l’effectif")).to_be_visible()
    expect(page.locator("#champ-services")).to_have_value("Accueil : onze")
    assert violations(page) == []
    page.fill("#champ-services", "Accueil : 11\nVoirie : 30")
    page.fill("#champ-debut", "05/04/2027")
    page.select_option("#champ-region", "Martinique")
    page.click("#etablir")
    expect(image).to_have_attribute("alt", re.compile(r"avril\s2027"))
    for name, start in (("ics", b"BEGIN:VCALENDAR"), ("xlsx", b"PK"), ("pdf", b"%PDF-")):
        with page.expect_download() as waiting:
            page.click(f"#{name}")
        assert waiting.value.suggested_filename == f"calendrier_ia.{name}"
        data = waiting.value.path().read_bytes()
        assert data.startswith(start)
        assert name != "ics" or b"America/Martinique" in data
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways_scroll(page) == 0
