"""Every app in the states that its main path does not show: emptied, refused, while it is written, provider down."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from atelier_ia.assistant.simulator.protocol import respond
from atelier_ia.settings import load_settings
from tests.assistant.servers import Handler
from tests.browser.walks import WALKS, WORD, Walk, Walker

OpenPage = Callable[..., Page]
CheckState = Callable[[Page], None]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)
BY_NAME = {walk.page: walk for walk in WALKS}
DRAFTING = [walk for walk in WALKS if {"rediger", "comparer"} & set(walk.steps)]
NOTHING_TO_REFUSE = {"synthese", "choisir_outils"}
"""Only choices among what is offered, and downloads."""


@dataclass(frozen=True)
class Refused:
    """How an app is left without what it needs: what is `pressed` and `emptied`, then `sent`; what is `said` (and
    where), what must still be there."""

    page: str
    sent: str
    said: str
    pressed: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    kept: dict[str, str] = field(default_factory=dict)
    checked: tuple[str, ...] = ()
    where: str = "#probleme"
    wrong_file: str = ""
    """The file field that is given a picture instead of a table."""


INSTRUCTION = {"champ-consigne": f"Réponds en trois phrases, sans parler de la {WORD}."}
EMPTIED = (
    Refused("repondre_courriel", "masquer", "collez le vôtre", ("vider",), kept=INSTRUCTION),
    Refused("publier", "masquer", "pas encore de texte", ("vider",), kept=INSTRUCTION),
    Refused("notes_de_reunion", "masquer", "pas encore de texte", ("vider",), kept=INSTRUCTION),
    Refused("rediger_arrete", "masquer", "Il manque", ("vider",), kept=INSTRUCTION),
    Refused("masquer_texte", "masquer", "pas encore de texte", ("vider",)),
    Refused("importer_cas", "masquer", "pas encore de texte", ("vider",)),
    Refused("comparer_aveugle", "masquer", "pas encore de texte", ("vider",), kept=INSTRUCTION),
    Refused("creer_affiche", "pdf", "une correction", ("vider",), ("champ-titre",), {"champ-texte": WORD}),
    Refused(
        "diagnostic_express",
        "lire",
        "au moins un irritant",
        emptied=("champ-irritant-1", "champ-irritant-2", "champ-irritant-3"),
        kept={"champ-heures": "12"},
    ),
    Refused("questionnaire", "suivant", "Il manque une réponse", checked=("heures-0",)),
    Refused("relever_temps", "demarrer", "tâche", emptied=("champ-tache",), kept={"champ-nombre": "7"}),
    Refused("relever_temps", "", r"affiche\.csv", kept={"champ-tache": WORD}, wrong_file="fichier"),
    Refused("carte_outils", "ajouter", "Indiquez", ("nouveau",), ("champ-outil",), {"champ-usage": "courriels"}),
    Refused("carte_outils", "", r"affiche\.csv", wrong_file="fichier"),
    Refused("matrice", "", "nombre positif", kept={"champ-heures": "beaucoup"}, where="#champ-heures-erreur"),
    Refused("trois_questions", "envoyer", "Il manque une réponse", kept={"champ-idee": WORD}),
    Refused(
        "avis_habitants",
        "pdf",
        "une correction",
        emptied=("champ-invitation",),
        kept={"champ-adresse": "https://avis.example/x"},
    ),
    Refused("prevoir", "", r"affiche\.csv", wrong_file="fichier"),
    Refused("presence", "signer", "code", emptied=("champ-code",), kept={"champ-nom": WORD}),
    Refused("mon_dossier", "ouvrir", "code personnel", kept={"champ-identifiant": WORD}),
    Refused(
        "planifier",
        "etablir",
        "date",
        emptied=("champ-debut",),
        kept={"champ-fermes": "14/05/2027"},
        where="#champ-debut-erreur",
    ),
    Refused("trouver_referents", "ajouter", "prénom", emptied=("champ-nom",), checked=("oui-0",)),
)


class Provider:
    """A service of the house: down, or answering as the simulator does, held half-way until the test lets it go on."""

    def __init__(self) -> None:
        self.down = False
        self.cut = False
        self.go = threading.Event()
        self.settings = load_settings()

    def __call__(self, handler: Handler, body: dict[str, Any]) -> None:
        if self.down:
            handler.json(500, {"error": {"message": "internal error"}}, {"Retry-After": "0"})
            return
        lines = list(respond("POST", handler.path, json.dumps(body).encode(), self.settings).lines())
        half = len(lines) // 2
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True
        handler.wfile.write(b"".join(lines[:half]))
        handler.wfile.flush()
        self.go.wait(60)
        if not self.cut:
            handler.wfile.write(b"".join(lines[half:]))


@pytest.fixture(scope="module")
def provider() -> Provider:
    return Provider()


def test_no_app_is_forgotten() -> None:
    """Does every app that can refuse something have its refusal here?"""
    assert {one.page for one in EMPTIED} == BY_NAME.keys() - NOTHING_TO_REFUSE


@pytest.mark.parametrize("case", EMPTIED, ids=[one.page + ("-fichier" if one.wrong_file else "") for one in EMPTIED])
def test_what_is_missing_is_said(case: Refused, open_page: OpenPage, check_state: CheckState, tmp_path: Path) -> None:
    """Emptied, then sent, or given a file that is no table: is one French sentence in view, and nothing else lost?"""
    page = open_page(f"voila/render/{case.page}.ipynb", reduced_motion="reduce")
    walker = Walker(page)
    expect(page.locator(".ecran-corps > *").first).to_be_visible()
    for button in case.pressed:
        walker.press(button)
    for id, text in {**case.kept, **dict.fromkeys(case.emptied, "")}.items():
        walker.type(id, text)
    for choice in case.checked:
        walker.press(choice)
    check_state(page)
    if case.wrong_file:
        picture = tmp_path / "affiche.csv"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
        page.set_input_files(f"#fichier-{case.wrong_file}", picture)
    elif case.sent:
        walker.press(case.sent)
    else:
        page.keyboard.press("Tab")
    said = page.locator(case.where)
    expect(said).to_be_in_viewport()
    expect(said).to_contain_text(re.compile(rf"{case.said}.*\.$", re.DOTALL))
    expect(said).not_to_contain_text("inattendue")
    still_there(page, case.kept, case.checked)
    check_state(page)


@pytest.mark.parametrize("walk", DRAFTING, ids=[walk.page for walk in DRAFTING])
def test_a_provider_down_then_cut_then_back(
    walk: Walk, open_page: OpenPage, check_state: CheckState, provider: Provider
) -> None:
    """Provider down, then cutting its answer half-way, then back: is each said in French, the state while it is
    written included free of violations, what was typed kept, and the next attempt heard?"""
    send = walk.steps[1]
    page = open_page(f"voila/render/{walk.page}.ipynb", reduced_motion="reduce")
    walker = Walker(page)
    walker.begin(walk)
    walker.press("masquer")

    provider.down = True
    walker.press(send)
    expect(page.locator("#probleme")).to_be_in_viewport()
    expect(page.locator("#probleme")).to_contain_text(re.compile(r"en panne|indisponible|ne répond pas"))
    walker.settle()
    check_state(page)
    expect(page.locator("#texte-masque")).to_contain_text(WORD)
    walker.press("texte_retour")
    still_there(page, walk.typed)
    walker.press("masquer")

    provider.down, provider.cut = False, True
    provider.go.clear()
    walker.press(send)
    expect(page.locator("#arreter")).to_be_in_viewport(ratio=1)
    if send == "rediger":
        expect(page.locator("#champ-brouillon")).not_to_have_value("")
    check_state(page)
    walker.reach("arreter")
    provider.go.set()
    expect(page.locator("#arreter")).to_have_count(0)
    expect(page.get_by_text("coupée en cours de route").first).to_be_visible()
    walker.settle()
    check_state(page)

    provider.cut = False
    walker.press("consigne_retour" if send == "rediger" else "texte_retour")
    still_there(page, walk.typed)
    for step in walk.steps:
        walker.press(step)
    expect(page.locator(walk.end)).to_be_visible()
    expect(page.locator("#probleme")).to_have_count(0)
    expect(page.get_by_text("coupée en cours de route")).to_have_count(0)


def still_there(page: Page, typed: dict[str, str], checked: tuple[str, ...] = ()) -> None:
    """What was typed and checked has not moved."""
    for id, text in typed.items():
        expect(page.locator(f"#{id}")).to_have_value(text)
    for choice in checked:
        expect(page.locator(f"#{choice}")).to_be_checked()
