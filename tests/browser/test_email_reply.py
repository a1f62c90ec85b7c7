"""« Répondre à un courriel » played in a real browser, on a real Voilà, with the embedded simulator."""

from __future__ import annotations

import re
import sqlite3
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur

APP = "voila/render/repondre_courriel.ipynb"


expect.set_options(timeout=30_000)


def open_app(open_page: OpenPage, **options: object) -> Page:
    page = open_page(APP, **options)
    expect(page.locator("#masquer")).to_be_visible()
    return page


def choose(page: Page, subject: str) -> None:
    page.get_by_role("radio", name=subject).check()


def to_masks(page: Page) -> None:
    page.click("#masquer")
    expect(page.locator("#rediger")).to_be_visible()


def settle_alerts(page: Page) -> None:
    for choice in page.locator("input[type=radio][value=masquer]").all():
        choice.check()
    expect(page.locator("#rediger:not([aria-disabled])")).to_be_visible()


def to_draft(page: Page) -> None:
    settle_alerts(page)
    page.click("#rediger")
    expect(page.locator("#copier")).to_be_visible(timeout=60_000)


def test_whole_path(open_page: OpenPage, server: Any, tmp_path: Path) -> None:
    """Does an agent get from a citizen's e-mail to a corrected letter, a .docx and a recorded gain?"""
    page = open_app(open_page, accept_downloads=True, permissions=["clipboard-read", "clipboard-write"])
    expect(page).to_have_title("Répondre à un courriel · Atelier IA")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    choose(page, "Trou rue des Potiers")
    expect(page.locator("#champ-texte")).to_have_value(re.compile("Pradeilhac"))

    to_masks(page)
    masked = page.locator("#texte-masque")
    expect(masked).to_contain_text("[NOM_")
    for secret in ("Pradeilhac", "06 39 98 41 07", "laurent.pradeilhac@messagerie.example"):
        expect(masked).not_to_contain_text(secret)

    to_draft(page)
    letter = page.locator("#champ-brouillon")
    assert len(letter.input_value()) > 200
    assert "[" not in letter.input_value()
    expect(page.locator("#bandeau-modele")).to_contain_text("Simulateur, pas une IA")
    expect(page.locator("#bandeau-modele")).to_contain_text("À relire avant tout envoi")

    letter.fill(letter.input_value() + "\n\nCorrigé par une personne.")
    page.click("#copier")
    expect(page.locator(".ecran > [role=status]")).to_have_text("Le texte est copié.")
    assert "Corrigé par une personne." in page.evaluate("navigator.clipboard.readText()")

    with page.expect_download() as download:
        page.click("#word")
    word = tmp_path / download.value.suggested_filename
    download.value.save_as(word)
    with zipfile.ZipFile(word) as archive:
        assert "Corrigé par une personne." in archive.read("word/document.xml").decode("utf-8")

    with page.expect_download() as download:
        page.click("#pdf")
    assert download.value.suggested_filename == "reponse.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")

    page.fill("#champ-sans", "20")
    page.click("#enregistrer")
    expect(page.locator(".chiffre.vedette")).to_contain_text("gagnées")
    with sqlite3.connect(server.root / "var" / "mesures.db") as records:
        tables = [name for (name,) in records.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert any(records.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables)
    page.click("#recommencer")
    expect(page.locator("#masquer")).to_be_visible()


def test_masks_can_be_corrected(open_page: OpenPage) -> None:
    """Can a person lift a wrong mask and mask what the guard missed?"""
    page = open_app(open_page)
    page.fill("#champ-texte", "Bonjour, je suis Laurent Pradeilhac, mon chien Ficelle est perdu. 06 39 98 41 07")
    to_masks(page)
    masked = page.locator("#texte-masque")
    expect(masked).to_contain_text("Ficelle")
    page.get_by_role("checkbox", name="06 39 98 41 07").uncheck()
    expect(masked).to_contain_text("06 39 98 41 07")
    page.get_by_text("Masquer un passage oublié").click()
    page.fill("#champ-passage", "Ficelle")
    page.keyboard.press("Enter")
    expect(masked).not_to_contain_text("Ficelle")


def test_sensitive_passage_blocks(open_page: OpenPage, violations: Check) -> None:
    """Does a health datum hold everything until the person decides?"""
    page = open_app(open_page)
    page.fill("#champ-texte", "Bonjour, mon fils est diabétique, peut-il aller à la cantine ? Sonia Berthoumieu")
    to_masks(page)
    button = page.locator("#rediger")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    expect(page.locator("#texte-masque")).to_be_visible()
    assert violations(page) == []
    settle_alerts(page)
    expect(page.locator("#texte-masque")).not_to_contain_text("diabétique")


def test_error_is_where_the_problem_is(open_page: OpenPage, violations: Check) -> None:
    """Is an empty text explained in French, beside the text, and announced?"""
    page = open_app(open_page)
    page.click("#vider")
    expect(page.locator("#champ-texte")).to_be_focused()
    page.click("#masquer")
    expect(page.locator(".panneau [role=alert]").filter(has_text="collez le vôtre")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_axe_violation(open_page: OpenPage, scheme: str, violations: Check) -> None:
    """Is every state of the app free of axe violations, text contrast 7:1 included, in both themes?"""
    page = open_app(open_page, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page) == []
    page.get_by_text("La consigne donnée à l’assistant").click()
    assert violations(page) == []
    to_masks(page)
    page.get_by_text("Masquer un passage oublié").click()
    assert violations(page) == []
    settle_alerts(page)
    page.click("#rediger")
    expect(page.locator("#arreter")).to_be_visible()
    assert violations(page) == []
    expect(page.locator("#copier")).to_be_visible()
    page.click("#copier")
    expect(page.locator("#champ-sans")).to_be_visible()
    assert violations(page) == []
    page.click("#enregistrer")
    expect(page.locator(".chiffre.vedette")).to_be_visible()
    assert violations(page) == []


def test_stop(open_page: OpenPage) -> None:
    """Does the stop button keep what has arrived?"""
    page = open_app(open_page)
    choose(page, "Facture de cantine")
    to_masks(page)
    settle_alerts(page)
    # The simulator is quick: the button is pressed by the page itself, as soon as some words have come.
    page.evaluate("""() => {
        const watch = setInterval(() => {
            const written = document.querySelector("#champ-brouillon")?.value.length ?? 0;
            const stop = document.querySelector("#arreter");
            if (written && stop) { stop.click(); clearInterval(watch); }
        }, 5);
    }""")
    page.click("#rediger")
    expect(page.locator("#copier")).to_be_visible()
    assert page.locator("#champ-brouillon").input_value().strip()


def test_keyboard_only(open_page: OpenPage) -> None:
    """Can the whole path be done without a mouse?"""
    page = open_app(open_page)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            if page.evaluate("(s) => document.activeElement?.matches(s) ?? false", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is out of the keyboard's reach")

    tab_to("#masquer")
    page.keyboard.press("Enter")
    expect(page.locator("#masque-titre")).to_be_focused()
    for choice in page.locator(".alerte-choix input[value=masquer]").all():
        tab_to(f"#{choice.get_attribute('id')}")
        page.keyboard.press("Space")
    tab_to("#rediger")
    page.keyboard.press("Enter")
    expect(page.locator("#copier")).to_be_visible()
    tab_to("#champ-brouillon")
    page.keyboard.type("Bonjour ")
    tab_to("#copier")
    page.keyboard.press("Enter")
    expect(page.locator(".ecran > [role=status]")).to_have_text("Le texte est copié.")


def test_a_narrow_window(open_page: OpenPage, violations: Check, sideways_scroll: Measure) -> None:
    """Is nothing lost where the columns have just been stacked?"""
    page = open_app(open_page, viewport={"width": 900, "height": 700})
    assert sideways_scroll(page) == 0
    to_masks(page)
    assert sideways_scroll(page) == 0
    to_draft(page)
    assert sideways_scroll(page) == 0
    assert violations(page) == []


def test_fits_a_laptop(open_page: OpenPage) -> None:
    """Is the main button of each step in view on a laptop, without scrolling?"""
    page = open_app(open_page)
    expect(page.locator("#masquer")).to_be_in_viewport(ratio=1)
    to_masks(page)
    expect(page.locator("#rediger")).to_be_in_viewport(ratio=1)
    to_draft(page)
    expect(page.locator("#copier")).to_be_in_viewport(ratio=1)


def test_lost_kernel_keeps_the_text(open_page: OpenPage, server: Any, violations: Check) -> None:
    """When the kernel dies, is the person told, and does a new one go on with what was typed?"""
    page = open_app(open_page, expected=("WebSocket", "404", "Failed to load"))
    page.fill("#champ-texte", "Bonjour, ceci est mon texte à moi.")
    for kernel in server.kernels():
        kernel.kill()
    button = page.get_by_role("button", name="Reprendre où j’en étais")
    expect(button).to_be_visible()
    assert violations(page) == []
    button.click()
    expect(page.locator("#connexion")).to_be_empty()
    expect(page.locator("#champ-texte")).to_have_value("Bonjour, ceci est mon texte à moi.")
    to_masks(page)
    expect(page.locator("#texte-masque")).to_contain_text("mon texte à moi")


def test_a_page_made_in_advance_whose_kernel_died_is_never_shown(open_page: OpenPage, server: Any) -> None:
    """When kernels die while nobody looks, does the next visitor get a page that works?"""
    open_app(open_page).close()
    deadline = time.monotonic() + 60  # seven pages are made in advance
    while len(server.kernels()) < 7 and time.monotonic() < deadline:
        time.sleep(0.5)
    time.sleep(2)  # the last of these pages is finished
    for kernel in server.kernels():
        kernel.kill()
    time.sleep(5)  # longer than jupyter_client takes to see that they died
    to_masks(open_app(open_page))


def test_another_letter_pasted_over_the_example_takes_no_subject_from_it(open_page: OpenPage) -> None:
    """Does the reply keep the example's subject for a corrected example, and none of it for a letter of one's own?"""
    page = open_app(open_page)
    page.fill("#champ-texte", page.locator("#champ-texte").input_value() + "\nMerci d'avance.")
    to_masks(page)
    to_draft(page)
    expect(page.get_by_text("Votre message « cantine")).to_be_visible()
    page.get_by_role("button", name="Changer la consigne").click()
    own = "Bonjour, le lampadaire de la rue Haute est éteint depuis lundi. Quand sera-t-il réparé ?"
    page.fill("#champ-texte", own)
    to_masks(page)
    to_draft(page)
    expect(page.get_by_text("Objet : Votre message", exact=True)).to_be_visible()
    expect(page.get_by_text("cantine")).to_have_count(0)
    page.get_by_role("button", name="Changer la consigne").click()
    page.fill("#champ-texte", f"Objet : RE: [EXTERNE] TR : Lampadaire éteint\n\n{own}")
    to_masks(page)
    to_draft(page)
    expect(page.get_by_text("Objet : Votre message « Lampadaire éteint »")).to_be_visible()


def test_leaving_with_a_typed_text_asks_first(open_page: OpenPage) -> None:
    """Does F5 ask before a long typed text is lost, and no longer once it was copied?"""
    page = open_app(open_page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    field = page.locator("textarea").first
    field.click()
    page.keyboard.type(
        "Bonjour, le lampadaire de la rue des Tilleuls est en panne depuis trois semaines et il fait noir."
    )
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.locator("#masquer")).to_be_visible()
    field = page.locator("textarea").first
    field.click()
    page.keyboard.type(
        "Bonjour, le lampadaire de la rue des Tilleuls est en panne depuis trois semaines et il fait noir."
    )
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("ControlOrMeta+c")
    page.reload()
    assert asked == ["beforeunload"]
