"""The apps of the roll-out: planning the three months, checking in; and uses counted without identity."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from typing import Any

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


def test_my_record(open_page: OpenPage, server: Any, violations: Check, sideways_scroll: Measure) -> None:
    """Does the code open one's own record, a spelling get corrected, a request leave, and nothing stay after?"""
    var = server.root / "var"
    var.mkdir(exist_ok=True)
    (var / "apprenants.csv").write_text("identifiant;nom;prenom;service\na1;ROUX;Elodie;rh\na2;MARTIN;Paul;rh\n")
    (var / "presences.csv").write_text("identifiant;date;module;heures\na1;25/01/2027;s3_referents;7\n")
    script = (
        "from datetime import date; from atelier_ia.measurement.own_record import issue_codes;"
        "print(issue_codes(['a1'], date.today())['a1'])"
    )
    environment = {"ATELIER_RACINE": str(server.root), "PATH": ""}
    code = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    page = open_page("voila/render/mon_dossier.ipynb")
    expect(page.locator("#champ-code")).to_have_attribute("type", "password")
    page.fill("#champ-identifiant", "a2")
    page.fill("#champ-code", code.stdout.strip())
    page.click("#ouvrir")
    expect(page.get_by_text("ne vont pas ensemble")).to_be_visible()
    page.fill("#champ-identifiant", "a1")
    page.fill("#champ-code", code.stdout.strip())
    page.click("#ouvrir")
    expect(page.get_by_role("table", name="Mes modules")).to_contain_text("Journée des référents")
    assert violations(page) == []
    page.fill("#champ-prenom", "Élodie")
    page.click("#corriger")
    expect(page.locator("#fait")).to_contain_text("corrigé")
    page.get_by_text("Demander une autre correction").click()
    page.select_option("#champ-objet", "présence")
    page.select_option("#champ-seance", index=1)
    page.fill("#champ-voulu", "3,5")
    page.click("#demander")
    expect(page.get_by_role("table", name="Mes corrections")).to_contain_text("En attente de réponse")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways_scroll(page) == 0
    page.click("#fermer")
    expect(page.locator("#champ-code")).to_have_value("")
    assert "Élodie" not in page.content()
    assert "Élodie" in (var / "apprenants.csv").read_text(encoding="utf-8")


def test_check_in(open_page: OpenPage, server: Any, violations: Check, sideways_scroll: Measure) -> None:
    """Does a name with the projected code sign the attendance, and a wrong code get its sentence?"""
    (server.root / "var").mkdir(exist_ok=True)
    (server.root / "var" / "apprenants.csv").write_text("identifiant;nom;prenom;service\na1;ROUX;Élodie;rh\n")
    script = (
        "from datetime import date; from atelier_ia.training.check_in import open_session;"
        "print(open_session('m2_rh', 'Atelier RH', date.today(), 2.5)[0].code)"
    )
    environment = {"ATELIER_RACINE": str(server.root), "PATH": ""}
    code = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    page = open_page("voila/render/presence.ipynb")
    page.fill("#champ-nom", "elodie roux")
    page.fill("#champ-code", "AAA AAA")
    page.click("#signer")
    expect(page.get_by_text("recopiez celui qui est projeté")).to_be_visible()
    expect(page.locator("#champ-nom")).to_have_value("elodie roux")
    assert violations(page) == []
    page.fill("#champ-code", code.stdout.strip().lower())
    page.click("#signer")
    expect(page.get_by_text("Élodie, c’est noté")).to_be_visible()
    assert violations(page) == []
    with sqlite3.connect(server.root / "var" / "emargement.db") as base:
        assert base.execute("SELECT identifiant FROM signatures").fetchall() == [("a1",)]
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways_scroll(page) == 0


def test_a_draft_taken_away_counts_a_use_and_nobody(open_page: OpenPage, server: Any) -> None:
    """Is each poster taken away one use, its browser counted once in the week, and nothing else kept?"""
    page = open_page("voila/render/creer_affiche.ipynb")
    for _ in range(2):
        with page.expect_download():
            page.click("#png")
        expect(page.locator(".ecran")).not_to_have_attribute("data-attente", "oui")
    with sqlite3.connect(server.root / "var" / "mesures.db") as base:
        rows = base.execute("SELECT cas_usage, premier FROM usages").fetchall()
    assert sorted(rows) == [("visuels", 0), ("visuels", 1)]
    assert re.fullmatch(r"\d{4}-S\d\d", page.evaluate("localStorage.getItem('atelier-semaine')"))
