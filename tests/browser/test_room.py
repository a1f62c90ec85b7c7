"""A room as its people see it, in a real browser: the entrance, a notebook, the trainer's board, what goes wrong."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
import pytest
from playwright.sync_api import Page, expect

from atelier_ia.rooms import sandbox
from atelier_ia.rooms.common import TEMPLATES
from atelier_ia.rooms.identity import identifier
from tests.browser.conftest import OpenPage, Server
from tests.rooms.conftest import Room, open_room, project_copy

Check = Callable[[Page], None]
ENGLISH = re.compile(
    r"\b(?:read-only|Sign in|Log ?in|Logout|Username|Password|Start My Server|Home|Not Found|Error|Failed|permission)\b"
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    if sandbox.available():
        pytest.skip(sandbox.available())
    opened = open_room(project_copy(tmp_path_factory.mktemp("salle") / "projet"))
    yield opened
    opened.stop()


@pytest.fixture(scope="module")
def server(room: Room) -> Server:
    """What `open_page` watches: the room's address."""
    return Server(room.url, room.process, room.root)  # type: ignore[arg-type]


def newcomer(first_name: str) -> str:
    """A name that nobody took: a second try finds the first one's place taken."""
    return f"{first_name} {secrets.token_hex(2)}"


def french(page: Page) -> None:
    """The page says which language it is in, and holds none of JupyterHub's own words."""
    assert page.locator("html").get_attribute("lang") in ("fr", "fr-FR")
    text = page.locator("body").inner_text()
    assert not ENGLISH.search(text), text[:500]


def test_the_entrance_and_what_goes_wrong(open_page: OpenPage, room: Room, check_state: Check) -> None:
    """Wrong code, unknown address, a place not open, then out: is each page French, and does axe find nothing?"""
    missing = ("status of 404", "status of 403", "status of 424")
    page = open_page("hub/login", expected=missing)
    for code, alert in ((None, False), ("tilleul-000", True)):
        if code:
            page.get_by_label("Code de la séance").fill(code)
            page.get_by_label("Votre prénom").fill("Anne")
            page.get_by_role("button", name="Entrer").click()
        expect(page.get_by_role("alert")).to_have_count(int(alert))
        check_state(page)
        french(page)
    page.get_by_label("Code de la séance").fill(room.code)
    name = newcomer("Anne")
    page.get_by_label("Votre prénom").fill(name)
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url(f"**/user/{identifier(name)}/**")
    for path, heading in (
        ("hub/home", "Votre place dans l’atelier"),
        ("hub/nulle-part", "Cette page n’existe pas"),
        ("hub/admin", "Cette page est réservée"),
        ("services/salle/", ""),
        (f"user/{identifier(name)}/nulle-part", ""),
        ("hub/logout", "Entrer dans l’atelier"),
    ):
        page.goto(room.url + path)
        if heading:
            expect(page.get_by_role("heading", level=1)).to_have_text(heading)
            check_state(page)
            french(page)


VARIANTS = (
    ("login.html", {"entrees": ["proconnect", "moodle"]}, "S’identifier avec ProConnect"),
    ("login.html", {"entrees": ["code", "proconnect", "moodle"]}, "Ou bien par le code de la séance"),
    ("login.html", {"entrees": ["moodle"]}, "On entre ici depuis Moodle"),
    ("login.html", {"login_service": "l’annuaire de la mairie"}, "S’identifier avec l’annuaire de la mairie"),
    ("login.html", {"login_error": "Invalid username or password"}, "Mot de passe"),
    ("reset.html", {"result": True, "alert": "danger"}, "Nouveau mot de passe"),
    ("refus.html", {"sentence": "Votre employeur n’est pas inscrit.", "again": "/hub/login"}, "Recommencer"),
    ("error.html", {"status_code": 500, "message": "Internal Server Error"}, "La page ne s’est pas ouverte"),
    ("error.html", {"status_code": 403, "message": "Forbidden: no permission"}, "Cette page est réservée"),
    ("error.html", {"status_code": 503}, "Beaucoup de monde en même temps"),
    ("logout.html", {"still_known": True, "login_url": "/hub/login"}, "ProConnect ne répond pas"),
    ("not_running.html", {"failed": True, "spawn_url": "/hub/spawn/anne"}, "Rouvrir mon carnet"),
)


def test_every_entrance_and_every_refusal(open_page: OpenPage, room: Room, check_state: Check) -> None:
    """As each log-in (code, ProConnect, Moodle, directory, password) shows them: French, and nothing for axe to say?"""
    pages = jinja2.Environment(loader=jinja2.FileSystemLoader(str(TEMPLATES)), autoescape=True)
    pages.globals |= {"statique": "/services/salle/statique", "base_url": "/hub/", "authenticator_login_url": "/hub/x"}
    page, shown = open_page("hub/login"), {}
    page.route(
        "**/essai-*",
        lambda route: route.fulfill(body=shown[route.request.url], content_type="text/html; charset=utf-8"),
    )
    for rank, (name, given, sentence) in enumerate(VARIANTS):
        shown[f"{room.url}essai-{rank}"] = pages.get_template(name).render(**given)
        page.goto(f"{room.url}essai-{rank}")
        assert sentence in page.locator("main").inner_text(), name
        check_state(page)
        french(page)


def test_a_participant_and_the_trainer(
    open_page: OpenPage, room: Room, check_state: Check, violations: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    """Hand raised, word to all, file, vote, copy, fresh notebooks: does each gesture of the board reach the screen?"""
    quiet = ("status of 404", "status of 424", "status of 403", "Failed to load resource", "WebSocket")
    page = open_page(f"hub/login#code={room.code}", expected=quiet)
    name = newcomer("Odile")
    page.get_by_label("Votre prénom").fill(name)
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("heading", name=re.compile("Bienvenue à l’atelier")).wait_for(timeout=120_000)
    badge = page.locator('.jp-Toolbar-item[data-jp-item-name="read-only-indicator"]')
    expect(badge).to_have_count(1)
    assert badge.inner_text().strip() == ""
    assert badge.evaluate("one => getComputedStyle(one, '::after').content") == '"Lecture seule"'
    french(page)
    help_wanted = page.get_by_role("button", name="Lever la main")
    help_wanted.click()
    expect(page.get_by_role("button", name="Main levée : la formatrice arrive")).to_be_visible()

    board = open_page(room.trainer.removeprefix(room.url), expected=quiet)
    line = board.locator(f'tr[data-nom="{identifier(name)}"]')
    expect(line).to_contain_text("main levée")
    french(board)
    check_state(board)
    line.get_by_role("button", name="Baisser la main").click()
    expect(page.get_by_role("button", name="Lever la main")).to_be_visible(timeout=20_000)
    board.get_by_label("Dire à tous").fill("Pause <b>à</b> 10 h 45")
    board.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Pause <b>à</b> 10 h 45")).to_be_visible(timeout=20_000)
    menu = tmp_path / "menu.txt"
    menu.write_text("Menu du jour", encoding="utf-8")
    board.get_by_label("Distribuer un fichier").set_input_files(menu)
    board.get_by_role("button", name="Distribuer", exact=True).click()
    expect(page.get_by_text(re.compile("Un fichier vous attend à gauche.*menu.txt"))).to_be_visible(timeout=20_000)
    board.get_by_label("Faire voter (anonyme)").fill("Demain ?")
    board.get_by_label("Réponses, séparées").fill("Oui ; Non")
    board.get_by_role("button", name="Demander").click()
    page.get_by_role("button", name="Oui").click(timeout=20_000)
    expect(board.locator("#mur-votants")).to_contain_text("1 réponse", timeout=20_000)
    board.get_by_role("button", name="Projeter l’entrée").click()
    check_state(board)
    board.get_by_role("button", name="Revenir au tableau").click()
    expect(board.locator("tbody")).to_contain_text(name)
    board.on("dialog", lambda dialog: dialog.accept())
    line.get_by_role("button", name="Carnets neufs").click()
    expect(board.locator("#nouvelles")).to_contain_text("carnets neufs", timeout=30_000)
    page.goto(f"{room.url}user/{identifier(name)}/lab")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre carnet s’est mis en pause")
    assert violations(page) == []
    french(page)
    page.get_by_role("link", name="Rouvrir mon carnet").click()
    page.get_by_role("button", name="Lever la main").wait_for(timeout=120_000)
