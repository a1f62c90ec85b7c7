"""« Rédiger un arrêté » played in a real browser: the form, the masks, the visas, the files."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)


def open_app(open_page: OpenPage, **options: object) -> Page:
    page = open_page("voila/render/rediger_arrete.ipynb", **options)
    expect(page.locator("#masquer")).to_be_visible()
    return page


def draft(page: Page) -> None:
    """From the form to the draft to re-read, by its buttons."""
    page.click("#masquer")
    expect(page.locator("#rediger")).to_be_visible()
    for choice in page.locator(".alerte-choix input[value=masquer]").all():
        choice.check()
    page.click("#rediger:not([aria-disabled])")
    expect(page.locator("#visas-titre")).to_be_visible()


def test_whole_path(open_page: OpenPage, tmp_path: Path, violations: Check) -> None:
    """Does the form become a draft without deadline, its visas told apart, checked again, then a .docx and a .pdf?"""
    page = open_app(open_page, accept_downloads=True)
    assert violations(page) == []
    page.fill("#champ-demandeur", "Mme Anaïs Le Querrec-Dubosc, 06 39 98 52 18")
    page.click("#masquer")
    expect(page.locator("#rediger")).to_be_visible()
    shown = page.locator("#texte-masque").inner_text()
    assert "Le Querrec" not in shown
    assert "06 39 98 52 18" not in shown
    assert violations(page) == []
    page.click("#rediger:not([aria-disabled])")
    expect(page.locator("#visas-titre")).to_have_text(re.compile(r"3.visas à vérifier, 1.vérifié"))
    text = page.locator("#champ-brouillon")
    assert "[DÉLAI À COMPLÉTER]" in text.input_value()
    assert "deux mois" not in text.input_value()
    assert violations(page) == []
    page.get_by_text("Ce que vous seul décidez").click()
    expect(page.get_by_text("Le délai et les voies de recours", exact=False)).to_be_visible()
    text.fill("Vu le code de la route, notamment son article L. 2213-1 ;\n" + text.input_value())
    page.click("#verifier")
    expect(page.locator("#visas-titre")).to_have_text(re.compile(r"4.visas à vérifier, 1.vérifié"))
    expect(page.locator("#visa-0")).to_contain_text("connu dans le code général")
    for button, name in (("#word", "projet_arrete.docx"), ("#pdf", "projet_arrete.pdf")):
        with page.expect_download() as download:
            page.click(button)
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
    assert (tmp_path / "projet_arrete.pdf").read_bytes().startswith(b"%PDF")
    words = "\n".join(
        paragraph.text for paragraph in Document(io.BytesIO((tmp_path / "projet_arrete.docx").read_bytes())).paragraphs
    )
    assert "Considérant" in words
    assert "[À VÉRIFIER]" in words


def test_what_is_missing_is_asked_for(open_page: OpenPage, violations: Check) -> None:
    """Is an empty form explained where it is, and what is typed kept?"""
    page = open_app(open_page)
    page.fill("#champ-motif", "")
    page.fill("#champ-lieu", "place du Marché")
    page.click("#masquer")
    expect(page.locator("#probleme")).to_contain_text("Il manque l’objet, le motif")
    expect(page.locator("#champ-motif")).to_be_focused()
    expect(page.locator("#champ-lieu")).to_have_value("place du Marché")
    assert violations(page) == []


def test_a_lost_kernel_keeps_the_work(open_page: OpenPage) -> None:
    """When the session ends, are the form and the draft still there after « Reprendre »?"""
    page = open_app(open_page, expected=("WebSocket", "404"))
    page.fill("#champ-objet", "fermeture du square des Acacias")
    draft(page)
    text = page.locator("#champ-brouillon").input_value()
    kernel = page.evaluate("JSON.parse(document.getElementById('atelier-page').textContent).kernelId")
    page.evaluate("id => fetch(`/voila/api/shutdown/${id}`, {method: 'POST'})", kernel)
    page.get_by_role("button", name="Reprendre où j’en étais").click()
    expect(page.locator("#visas-titre")).to_be_visible()
    expect(page.locator("#champ-brouillon")).to_have_value(text)
    page.locator("summary", has_text="Votre formulaire").click()
    expect(page.get_by_text("fermeture du square des Acacias").first).to_be_visible()
