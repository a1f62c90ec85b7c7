"""« Importer un cas réel » played in a real browser: from a document to a kept case, and to the e-mail app."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)

LETTER = "Bonjour,\n\nMonsieur Karim Belhadj, 3 place du Marché, 06 39 98 11 22, demande un acte de naissance."


def open_app(open_page: OpenPage, **options: object) -> Page:
    page = open_page("voila/render/importer_cas.ipynb", **options)
    expect(page.locator("#masquer")).to_be_visible()
    return page


def give(page: Page, text: str = LETTER, name: str = "lettre.txt") -> None:
    page.set_input_files("#fichier-document", files=[{"name": name, "mimeType": "", "buffer": text.encode()}])


def test_whole_path(open_page: OpenPage, server: Any, violations: Check, sideways_scroll: Measure) -> None:
    """Does a document become a kept case, without its personal data on disk, and is it offered to answer e-mails?"""
    page = open_app(open_page)
    assert violations(page) == []
    give(page)
    expect(page.locator("#champ-texte")).to_have_value(re.compile("Belhadj"))
    page.click("#masquer")
    expect(page.locator("#texte-masque")).not_to_contain_text("Belhadj")
    assert violations(page) == []
    page.click("#relu")
    page.click("#garder")
    expect(page.locator("#probleme")).to_contain_text("sans titre")
    assert violations(page) == []
    page.fill("#champ-titre", "Acte de naissance demandé")
    page.click("#garder")
    expect(page.locator("#garde")).to_contain_text("est gardé jusqu’au")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways_scroll(page) == 0

    (kept,) = (server.root / "var" / "cas_reels").glob("*.json")
    assert "[NOM_1]" in kept.read_text(encoding="utf-8")
    for secret in ("Belhadj", "place du Marché", "06 39 98 11 22"):
        assert secret not in kept.read_text(encoding="utf-8")

    mails = open_page("voila/render/repondre_courriel.ipynb")
    mails.get_by_role("radio", name="Acte de naissance demandé").check()
    expect(mails.locator("#champ-texte")).to_have_value(re.compile(r"\[NOM_1\]"))

    page.get_by_role("button", name="Supprimer « Acte de naissance demandé »").click()
    page.get_by_role("button", name="Confirmer la suppression").click()
    expect(page.locator("#cas-panneau-titre")).to_have_text("Aucun cas gardé")
    assert not kept.exists()


def test_a_text_pasted_over_the_example_has_no_title_of_it(open_page: OpenPage) -> None:
    """Is the example's title proposed for the example only?"""
    page = open_app(open_page)
    page.click("#masquer")
    page.click("#relu")
    expect(page.locator("#champ-titre")).to_have_value("Lampadaire éteint")
    page.click("#masques_retour")
    page.click("#texte_retour")
    page.fill("#champ-texte", "Bonjour, la musique du bar me réveille chaque nuit. Que pouvez-vous faire ?")
    page.click("#masquer")
    page.click("#relu")
    expect(page.locator("#champ-titre")).to_have_value("")


def test_lifted_alert_is_refused(open_page: OpenPage) -> None:
    """Can a sensitive passage left in clear never be kept?"""
    page = open_app(open_page)
    page.fill("#champ-texte", "Bonjour, mon fils est diabétique, peut-il aller à la cantine ?")
    page.click("#masquer")
    page.locator("input[type=radio][value=laisser]").first.check()
    page.click("#relu")
    page.fill("#champ-titre", "Cantine")
    page.click("#garder")
    expect(page.locator("#probleme")).to_contain_text("Il reste")


def test_unreadable_document_is_explained(open_page: OpenPage, violations: Check) -> None:
    """Is an old format refused with a sentence that says what to do, the text in place kept?"""
    page = open_app(open_page)
    give(page, "{\\rtf1 ancien}", "ancien.rtf")
    expect(page.locator("#probleme")).to_contain_text("réenregistrez-le en .docx")
    expect(page.locator("#champ-texte")).to_have_value(re.compile("Odile"))
    assert violations(page) == []


def test_keyboard_only(open_page: OpenPage) -> None:
    """Can a case be kept without a mouse?"""
    page = open_app(open_page)
    for selector in ("#masquer", "#relu", "#champ-titre", "#garder"):
        expect(page.locator(selector)).to_be_visible()
        for choice in page.locator(".alerte-choix input[value=masquer]:not(:checked)").all():
            choice.focus()
            page.keyboard.press("Space")
        for _ in range(60):
            if page.evaluate("(s) => document.activeElement?.matches(s) ?? false", selector):
                break
            page.keyboard.press("Tab")
        if selector.startswith("#champ"):
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type("Éclairage public")
        else:
            page.keyboard.press("Enter")
    expect(page.locator("#garde")).to_be_visible()
