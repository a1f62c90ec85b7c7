"""The other apps, each played to its end: masking a text, publishing an event, the three questions."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)


def settle_alerts(page: Page) -> None:
    for choice in page.locator(".alerte-choix input[value=masquer]").all():
        choice.check()


def test_mask_a_text(open_page: OpenPage, violations: Check) -> None:
    """Does a text go out masked and an outside tool's answer come back with its data?"""
    page = open_page("voila/render/masquer_texte.ipynb")
    page.fill("#champ-texte", "Bonjour, je suis Laurent Pradeilhac, 06 39 98 41 07. Mon fils est diabétique.")
    assert violations(page) == []
    page.get_by_text("Pour s’exercer").click()
    page.get_by_role("radio", name="Le seul boulanger").check()
    page.click("#quiz-0-verifier")
    expect(page.get_by_text("Pas tout à fait")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("radio", name="Un habitant se plaint").check()
    page.click("#quiz-0-verifier")
    expect(page.get_by_text("C’est juste.", exact=True)).to_be_visible()
    assert violations(page) == []
    page.click("#question_suivante")
    expect(page.locator("#quiz-1-0")).to_be_focused()
    page.click("#masquer")
    expect(page.locator("#utiliser")).to_have_attribute("aria-disabled", "true")
    assert violations(page) == []
    settle_alerts(page)
    page.click("#utiliser:not([aria-disabled])")
    outgoing = page.locator("#champ-sortie").input_value()
    assert "[NOM_1]" in outgoing
    for secret in ("Pradeilhac", "06 39 98 41 07", "diabétique"):
        assert secret not in outgoing
    page.fill("#champ-reponse", " ")
    page.click("#remettre")
    expect(page.get_by_text("Collez d’abord la réponse")).to_be_visible()
    expect(page.locator("#champ-resultat")).to_have_count(0)
    page.fill("#champ-reponse", "Cher [NOM_1], nous vous rappelons au [TEL_1]. Bien à vous, [NOM_9]")
    page.click("#remettre")
    expect(page.locator("#champ-resultat")).to_have_value(
        "Cher Laurent Pradeilhac, nous vous rappelons au 06 39 98 41 07. Bien à vous, [NOM_9]"
    )
    expect(page.get_by_text("L’outil a inventé")).to_be_visible()
    assert violations(page) == []
    page.click("#masques_retour")
    page.click("#utiliser:not([aria-disabled])")
    expect(page.locator("#champ-reponse")).to_have_value(re.compile("Bien à vous"))  # a mask can be seen to meanwhile
    page.click("#masques_retour")
    page.click("#texte_retour")
    page.fill("#champ-texte", "Bonjour, je suis Luce Aubrac.")
    page.click("#masquer")
    page.click("#utiliser:not([aria-disabled])")
    expect(page.locator("#champ-reponse")).to_have_value("Bonjour, je suis [NOM_1].")


def test_publish(open_page: OpenPage, violations: Check, sideways_scroll: Measure) -> None:
    """Does one event become a text for each channel, within what the channel takes?"""
    page = open_page("voila/render/publier.ipynb")
    page.fill("#champ-quoi", "Bourse aux vélos")
    page.fill("#champ-lieu", " ")
    assert violations(page) == []
    page.click("#masquer")
    expect(page.locator("#rediger")).to_be_visible()
    settle_alerts(page)
    page.click("#rediger:not([aria-disabled])")
    expect(page.locator("#verifier")).to_be_visible()
    for name in ("Facebook", "Site internet", "PanneauPocket", "Panneau lumineux"):
        expect(page.get_by_label(name, exact=True)).to_have_value(re.compile("Bourse aux vélos"))
    expect(page.get_by_text("ne disent pas le lieu")).to_be_visible()
    expect(page.get_by_label("Texte alternatif de l’image")).to_have_value(re.compile("Affiche"))
    assert violations(page) == []
    panel = page.get_by_label("Panneau lumineux", exact=True)
    panel.fill("x" * 200)
    page.click("#verifier")
    expect(page.get_by_text("Trop long", exact=False)).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways_scroll(page) == 0


def test_three_questions(open_page: OpenPage, server: Any, violations: Check) -> None:
    """Are answers asked for in full, kept without a name, and thanked for?"""
    page = open_page("voila/render/trois_questions.ipynb")
    expect(page.locator("#envoyer")).to_be_visible()
    assert violations(page) == []
    page.check("#facilite-0")
    page.fill("#champ-idee", "Demandez à Laurent Pradeilhac, 06 39 98 41 07.")
    page.click("#envoyer")
    expect(page.get_by_text("Il manque une réponse")).to_be_visible()
    expect(page.locator("#facilite-0")).to_be_checked()
    assert violations(page) == []
    page.check("#recommande-0")
    page.check("#usage-1")
    page.fill("#champ-code", "mon chat roux")
    page.click("#envoyer")
    expect(page.get_by_role("heading", name="Merci")).to_be_visible()
    assert violations(page) == []
    stored = b"".join(path.read_bytes() for path in (server.root / "var").glob("mesures.db*"))
    assert b"Pradeilhac" not in stored
    assert b"chat roux" not in stored
    with sqlite3.connect(server.root / "var" / "mesures.db") as records:
        assert records.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def test_meeting_notes(open_page: OpenPage, violations: Check) -> None:
    """Does the simulator say that it cannot hear, offer a transcript, and does this become a record to re-read?"""
    page = open_page("voila/render/notes_de_reunion.ipynb")
    page.get_by_text("Partir d’un enregistrement").click()
    expect(page.get_by_text("Le simulateur ne sait pas transcrire")).to_be_visible()
    assert violations(page) == []
    page.click("#exemple_audio")
    expect(page.locator("#champ-texte")).to_have_value(re.compile("^Intervenant 1"))
    page.click("#masquer")
    expect(page.locator("#rediger")).to_be_visible()
    settle_alerts(page)
    page.click("#rediger:not([aria-disabled])")
    expect(page.locator("#copier")).to_be_visible()
    assert "llumination" in page.locator("#champ-brouillon").input_value()
    assert violations(page) == []


def workbook(path: Path) -> Path:
    """Three years of monthly totals, as a spreadsheet keeps them: months are dates."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Guichet")
        month = book.add_format({"num_format": "mm/yyyy"})
        sheet.write_row(0, 0, ["mois", "visites"])
        for row in range(36):
            sheet.write_datetime(row + 1, 0, datetime(2023 + row // 12, row % 12 + 1, 1), month)
            sheet.write_number(row + 1, 1, 900 + 40 * (row % 12))
    return path


def test_forecast(open_page: OpenPage, violations: Check, sideways_scroll: Measure, tmp_path: Path) -> None:
    """Is a forecast shown with its error, as a curve and a table, also of a workbook; a wrong file explained?"""
    page = open_page("voila/render/prevoir.ipynb", accept_downloads=True)
    expect(page.locator("svg.courbe")).to_be_visible()
    expect(page.locator(".chiffre")).to_have_count(2)
    assert violations(page) == []
    page.get_by_label("Que voulez-vous prévoir").select_option("energie.csv")
    expect(page.get_by_role("heading", name="kWh")).to_be_visible()
    page.get_by_text("Les valeurs prévues").click()
    expect(page.get_by_role("row")).to_have_count(4)
    assert violations(page) == []
    with page.expect_download() as download:
        page.click("#telecharger")
    assert Path(download.value.path()).read_text(encoding="utf-8-sig").startswith("date;prevu")
    page.get_by_text("Prévoir à partir de vos chiffres").click()
    wrong = tmp_path / "agents.csv"
    wrong.write_text("nom;date;heures\nA;01/01/2026;3\n", encoding="utf-8")
    page.set_input_files("#fichier-fichier", wrong)
    expect(page.get_by_text("agents.csv : la colonne « nom » désigne des personnes")).to_be_visible()
    expect(page.get_by_role("heading", name="kWh")).to_be_visible()
    assert violations(page) == []
    page.set_input_files("#fichier-fichier", workbook(tmp_path / "guichet.xlsx"))
    expect(page.get_by_role("heading", name="visites à prévoir")).to_be_visible()
    expect(page.get_by_label("Que voulez-vous prévoir")).to_have_value("votre-fichier")
    page.set_input_files("#fichier-fichier", workbook(tmp_path / "accueil.xlsx"))
    expect(page.get_by_role("heading", name="accueil.xlsx")).to_be_visible()
    expect(page.get_by_label("Que voulez-vous prévoir")).to_have_value("votre-fichier")
    with page.expect_download() as download:
        page.click("#telecharger")
    assert download.value.suggested_filename == "prevision_accueil.csv"
    expect(page.get_by_role("row")).to_have_count(4)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways_scroll(page) == 0


def test_express_audit(open_page: OpenPage, server: Any, violations: Check) -> None:
    """Are the three answers read against the reference and kept, and a wrong number explained?"""
    page = open_page("voila/render/diagnostic_express.ipynb")
    expect(page.locator("#lire")).to_be_visible()
    assert violations(page) == []
    page.fill("#champ-heures", "beaucoup")
    page.click("#lire")
    expect(page.get_by_text("vont de 0 à 35")).to_be_visible()
    kept = server.root / "var" / "diagnostic" / "audit.json"
    page.fill("#champ-heures", "12 h 30")
    page.click("#lire")
    expect(page.get_by_text("encore ceux de l’exemple")).to_be_visible()
    assert not kept.exists()
    page.fill("#champ-irritant-1", "Les relances de factures")
    page.click("#lire")
    expect(page.get_by_text("sont enregistrées")).to_be_visible()
    expect(page.locator(".chiffre.vedette")).to_contain_text("36")
    assert violations(page) == []
    assert "Les relances de factures" in kept.read_text(encoding="utf-8")
