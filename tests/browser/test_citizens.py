"""The inhabitants' opinion, played by both sides: an agent prints the card, an inhabitant clicks once."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)


def stored(server: Any) -> list[tuple[Any, ...]]:
    with sqlite3.connect(server.root / "var" / "mesures.db") as records:
        return records.execute("SELECT sujet, avis, mois FROM avis_habitants").fetchall()


@pytest.mark.parametrize(("width", "height", "scheme"), [(1366, 768, "light"), (320, 640, "dark"), (683, 384, "light")])
def test_one_click(
    open_page: OpenPage, server: Any, violations: Check, sideways_scroll: Measure, width: int, height: int, scheme: str
) -> None:
    """Does an inhabitant answer in one click, without script, cookie, name or hour kept?"""
    page = open_page(
        "avis/guichet",
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        bypass_csp=True,  # axe is a script, which this page forbids
    )
    expect(page.get_by_role("heading", level=1)).to_contain_text("guichet")
    expect(page.get_by_role("button")).to_have_count(5)
    assert violations(page) == []
    assert sideways_scroll(page) == 0
    assert page.locator("script").count() == 0
    page.get_by_role("button", name="Pas bien du tout").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci, votre avis compte")
    assert page.context.cookies() == []
    assert violations(page) == []
    subject, grade, month = stored(server)[-1]
    assert (subject, grade, month[-2:]) == ("guichet", "pas du tout", "01")
    page.get_by_role("link", name="Donner un autre avis").click()
    expect(page.get_by_role("button")).to_have_count(5)


def test_only_real_votes_count(open_page: OpenPage, server: Any) -> None:
    """Are an invented grade, another site's vote and an unknown subject refused, and does opening count nothing?"""
    page = open_page("avis")
    before = len(stored(server)) if (server.root / "var" / "mesures.db").exists() else 0
    ask = page.context.request
    address = server.url + "avis/guichet"
    assert ask.get(address).status == 200
    assert ask.post(address, form={"avis": "génial"}).status == 403
    assert ask.post(address, form={"avis": "bien"}, headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    unknown = ask.post(server.url + "avis/inconnu", form={"avis": "bien"})
    assert unknown.status == 404
    assert "Cette page n’existe pas" in unknown.text()
    assert (len(stored(server)) if before else 0) == before


def test_card_and_results(
    open_page: OpenPage, server: Any, tmp_path: Path, violations: Check, sideways_scroll: Measure
) -> None:
    """Does the agent get the card as PDF and PNG, an error beside its field, and results from five opinions on?"""
    page = open_page("voila/render/avis_habitants.ipynb", accept_downloads=True)
    expect(page.locator("#apercu[src]")).to_be_visible()
    expect(page.get_by_text("Moins de cinq avis")).to_be_visible()
    assert violations(page) == []
    for button, head in (("#pdf", b"%PDF"), ("#qr", b"\x89PNG")):
        with page.expect_download() as download:
            page.click(button)
        target = tmp_path / download.value.suggested_filename
        download.value.save_as(target)
        assert target.name.startswith("exemple_avis_courriels")  # its address is the example's: not to be printed
        assert target.read_bytes().startswith(head)
    page.fill("#champ-adresse", "www.ma-mairie.example/avis")
    page.press("#champ-adresse", "Tab")
    expect(page.get_by_text("ne mène nulle part")).to_have_count(0)
    expect(page.locator("#champ-adresse-erreur")).to_be_empty()
    with page.expect_download() as download:
        page.click("#qr")
    assert download.value.suggested_filename == "avis_courriels_qr.png"
    page.fill("#champ-adresse", "pas une adresse")
    page.press("#champ-adresse", "Tab")
    expect(page.locator("#champ-adresse-erreur")).to_contain_text("https://")
    expect(page.locator("#champ-adresse")).to_have_value("pas une adresse")
    assert violations(page) == []
    page.fill("#champ-adresse", "https://avis.val-fontaine.example/avis")
    page.press("#champ-adresse", "Tab")
    expect(page.locator("#champ-adresse-erreur")).to_be_empty()
    for _ in range(5):
        assert page.context.request.post(server.url + "avis/courriels", form={"avis": "bien"}).ok
    page.click("#actualiser")
    expect(page.get_by_text(re.compile("5.avis, 100"))).to_be_visible()
    assert violations(page) == []
    with page.context.expect_page() as opened:
        page.click("#essai")
    expect(opened.value.get_by_role("button")).to_have_count(5)
    opened.value.close()
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways_scroll(page) == 0
