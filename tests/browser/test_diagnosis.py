"""The diagnostic's apps played to their end: questionnaire, time log, tool map, synthesis."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from atelier_ia.diagnosis import questionnaire
from atelier_ia.diagnosis import results as questionnaire_results
from atelier_ia.settings import load_settings

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)
SIZES = ({"width": 683, "height": 384}, {"width": 320, "height": 640})


def fits(page: Page, sideways_scroll: Measure) -> None:
    """Nothing is lost at 200 % of a laptop's window, nor on a phone."""
    before = page.viewport_size
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert sideways_scroll(page) == 0
    page.set_viewport_size(before)  # type: ignore[arg-type]


def answer_questionnaire(page: Page, free: str = "") -> None:
    page.check("#heures-2")
    page.check("#taches-0")
    page.click("#suivant")
    page.check("#aisance-1")
    page.check("#usage_ia-2")
    page.click("#suivant")
    page.check("#attentes-0")
    page.check("#craintes-1")
    page.fill("#champ-libre", free)
    page.click("#envoyer")
    expect(page.get_by_role("heading", name="Merci")).to_be_visible()


def test_questionnaire(open_page: OpenPage, server: Any, violations: Check, sideways_scroll: Measure) -> None:
    """Can an agent answer by keyboard, go back without losing anything, be told what is missing, and stay unknown?"""
    page = open_page("questionnaire")
    expect(page.locator("#suivant")).to_be_visible()
    assert violations(page) == []
    fits(page, sideways_scroll)
    page.click("#suivant")
    expect(page.get_by_text("Il manque une réponse")).to_be_visible()
    expect(page.locator("#heures-0")).to_be_focused()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    expect(page.get_by_text("3 sur 3 au plus")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_text("décochez-en 1")).to_be_visible()
    page.click("#suivant")
    expect(page.get_by_text("gardez 3 réponse")).to_be_visible()
    assert violations(page) == []
    page.uncheck("#taches-3")
    page.click("#suivant")
    expect(page.get_by_role("heading", name="Vos outils")).to_be_focused()
    page.check("#aisance-1")
    assert violations(page) == []
    fits(page, sideways_scroll)
    page.click("#precedent")
    expect(page.locator("#taches-2")).to_be_checked()
    page.click("#suivant")
    expect(page.locator("#aisance-1")).to_be_checked()
    page.check("#usage_ia-0")
    page.click("#suivant")
    page.check("#attentes-0")
    page.check("#craintes-0")
    page.fill("#champ-libre", "Relancer madame Lavergnat au 06 39 98 41 07")
    assert violations(page) == []
    fits(page, sideways_scroll)
    page.click("#envoyer")
    expect(page.get_by_role("heading", name="Merci")).to_be_focused()
    assert violations(page) == []
    stored = b"".join(path.read_bytes() for path in (server.root / "var" / "diagnostic").glob("questionnaire.db*"))
    assert b"06 39 98 41 07" not in stored
    assert b"Lavergnat" not in stored


def test_time_log(
    open_page: OpenPage, server: Any, violations: Check, sideways_scroll: Measure, tmp_path: Path
) -> None:
    """Is a task timed, a file read, a wrong file explained in French, and the week's load shown?"""
    page = open_page("voila/render/relever_temps.ipynb", accept_downloads=True)
    expect(page.get_by_text("8 tâches relevées, pour l’exemple")).to_be_visible()
    assert violations(page) == []
    fits(page, sideways_scroll)
    page.fill("#champ-tache", "Ranger les dossiers")
    page.click("#demarrer")
    expect(page.locator("#enregistrer")).to_be_visible()
    assert violations(page) == []
    expect(page.get_by_role("timer")).to_contain_text("00:04")
    page.click("#demarrer")
    expect(page.locator("#demarrer")).to_have_text("Reprendre")
    page.click("#enregistrer")
    expect(page.get_by_text("1 tâche relevée")).to_be_visible()
    expect(page.locator("#champ-tache")).to_have_value("Ranger les dossiers")
    page.get_by_text("Importer un fichier").click()
    wrong = tmp_path / "releve.csv"
    wrong.write_text("tache;minutes\nCourrier;beaucoup\n", encoding="utf-8")
    page.set_input_files("#fichier-fichier", wrong)
    expect(page.get_by_text("releve.csv, ligne 2, colonne « minutes »")).to_be_visible()
    assert violations(page) == []
    wrong.write_text("tache;minutes;nombre\nCourrier;12;1\nCourrier;1 h 15;5\n", encoding="cp1252")
    page.set_input_files("#fichier-fichier", wrong)
    expect(page.get_by_role("row", name="Courrier")).to_contain_text("fragile")
    page.get_by_text("Combien de cas par semaine").click()
    page.fill("#champ-volume-0", "120")
    page.click("#volumes")
    expect(page.get_by_role("row", name="Courrier")).to_contain_text("27")
    assert violations(page) == []
    fits(page, sideways_scroll)
    with page.expect_download() as download:
        page.click("#telecharger")
    assert "Ranger les dossiers" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.click("#annuler")
    expect(page.get_by_text("1 tâche relevée")).to_be_visible()
    assert (server.root / "var" / "diagnostic" / "temps.csv").is_file()


def test_tool_map(open_page: OpenPage, violations: Check, sideways_scroll: Measure, tmp_path: Path) -> None:
    """Are duplicates shown first, a tool added and taken back, and a whole file read or explained?"""
    page = open_page("voila/render/carte_outils.ipynb")
    expect(page.get_by_role("heading", name="5 doublons")).to_be_visible()
    assert violations(page) == []
    fits(page, sideways_scroll)
    page.get_by_text("Ajouter un outil").click()
    page.click("#ajouter")
    expect(page.get_by_text("Indiquez le nom")).to_be_visible()
    expect(page.locator("#champ-outil")).to_be_focused()
    assert violations(page) == []
    page.fill("#champ-outil", "Pigeon express")
    page.fill("#champ-usage", "courriels")
    page.fill("#champ-cout", "cher")
    page.click("#ajouter")
    expect(page.get_by_text("montant comme")).to_be_visible()
    expect(page.locator("#champ-outil")).to_have_value("Pigeon express")
    page.fill("#champ-cout", "1 200")
    page.click("#ajouter")
    expect(page.get_by_role("heading", name="1 outil en place")).to_be_visible()
    expect(page.get_by_role("heading", name="Aucun doublon")).to_be_visible()
    assert violations(page) == []
    page.get_by_text("Importer la carte").click()
    carte = tmp_path / "carte.csv"
    carte.write_text("outil;prix\nA;3\n", encoding="utf-8")
    page.set_input_files("#fichier-fichier", carte)
    expect(page.get_by_text("il manque la colonne « usage »")).to_be_visible()
    carte.write_text("outil;usage\nA;courriels\nB;Courriel\n", encoding="utf-8")
    page.set_input_files("#fichier-fichier", carte)
    expect(page.get_by_role("heading", name="1 doublon")).to_be_visible()
    page.get_by_text("Retirer un outil").click()
    page.select_option("#champ-retrait", "1")
    page.click("#retirer")
    expect(page.get_by_role("heading", name="Aucun doublon")).to_be_visible()
    page.click("#annuler")
    expect(page.get_by_role("heading", name="1 doublon")).to_be_visible()
    assert violations(page) == []


def test_synthesis(open_page: OpenPage, server: Any, violations: Check, sideways_scroll: Measure) -> None:
    """Is nothing shown for fewer than five persons, and are the results and the documents there once it is closed?"""
    answers = server.root / "var" / "diagnostic" / "questionnaire.db"
    one = {"heures": "5a10", "taches": ["saisie"], "aisance": "peu", "usage_ia": "jamais"}
    while questionnaire.count_answers(answers) < questionnaire_results.THRESHOLD - 1:
        given = {**one, "attentes": ["temps"], "craintes": ["erreurs"]}
        questionnaire.record_answers(given, load_settings(server.root / "atelier.toml"), answers)
    page = open_page("voila/render/synthese.ipynb", accept_downloads=True)
    expect(page.get_by_text("pourra être clos à partir de 5")).to_be_visible()
    expect(page.get_by_text("Toutes les réponses")).to_have_count(0)
    expect(page.get_by_label("Adresse à envoyer")).to_have_value(f"{server.url}questionnaire")
    assert violations(page) == []
    fits(page, sideways_scroll)
    other = open_page("voila/render/questionnaire.ipynb")
    answer_questionnaire(other, "Recopier les tableaux")
    other.click("#autre")
    expect(other.locator("#suivant")).to_be_visible()
    page.reload()
    page.click("#clore")
    expect(page.locator("#clore")).to_have_text("Confirmer la clôture")
    page.click("#clore")
    expect(page.get_by_text("clos, 5 réponses")).to_be_visible()
    expect(page.get_by_role("heading", name="Ce que disent les agents")).to_be_visible()
    page.get_by_text("Toutes les réponses").click()
    expect(page.get_by_text("Recopier les tableaux")).to_have_count(0)
    assert violations(page) == []
    fits(page, sideways_scroll)
    for button, start in (("#word", b"PK"), ("#pdf", b"%PDF")):
        with page.expect_download() as download:
            page.click(button)
        assert Path(download.value.path()).read_bytes().startswith(start)
    other.reload()
    expect(other.get_by_role("heading", name="Le questionnaire est clos")).to_be_visible()
    assert violations(other) == []


def test_lost_kernels(open_page: OpenPage, server: Any) -> None:
    """Do a half-filled questionnaire and a running stopwatch go on in a new session?"""
    lost = ("WebSocket", "404", "Failed to load")
    timing = open_page("voila/render/relever_temps.ipynb", expected=lost)
    timing.fill("#champ-tache", "Ranger")
    timing.click("#demarrer")
    expect(timing.locator("#enregistrer")).to_be_visible()
    page = open_page("voila/render/carte_outils.ipynb", expected=lost)
    page.get_by_text("Ajouter un outil").click()
    page.fill("#champ-outil", "Pigeon voyageur")
    for one in (page, timing):
        server.kernel_of(one).kill()
        one.get_by_role("button", name="Reprendre où j’en étais").click()
        expect(one.locator("#connexion")).to_be_empty()
    expect(page.locator("#champ-outil")).to_have_value("Pigeon voyageur")
    expect(timing.locator("#champ-tache")).to_have_value("Ranger")
    expect(timing.get_by_role("timer")).to_contain_text(re.compile("00:0[3-9]|00:[1-5]"))
