"""A champion in JupyterLab, for real: open the module, write in plain French, read the advice, hand in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
MODULE = "s3_m2_courriels"
PROMPT = (
    "Tu es agent d'accueil à la mairie. Réponds à l'habitante de la rue des Glycines : ses bacs jaunes ne sont pas "
    "ramassés depuis deux semaines. Ton calme et courtois, 120 mots au plus."
)


def test_a_champion_writes_reads_the_advice_and_hands_in(browser: Browser, lab: tuple[str, Path]) -> None:
    """Does the whole gesture work without code: write, run, read, hand in?"""
    address, root = lab
    base, token = re.sub(r"/(?:lab)?\?.*", "", address), address.split("token=")[1]
    page = browser.new_page(viewport={"width": 1366, "height": 900}, locale="fr-FR")
    foreign: list[str] = []
    page.on(
        "request", lambda r: foreign.append(r.url) if "127.0.0.1" not in r.url and r.url.startswith("http") else None
    )
    page.goto(f"{base}/lab/tree/mes_exercices/{MODULE}/{MODULE}.ipynb?token={token}")
    cell = page.locator(".jp-CodeCell", has_text="%%prompt").first
    editor = cell.locator(".cm-content")
    editor.wait_for(timeout=120_000)
    page.get_by_text(re.compile(r"\| Inactif")).first.wait_for(timeout=120_000)  # the kernel is there
    assert (
        page.evaluate("""(async () => (await document.fonts.load('16px "Atkinson Hyperlegible Next"')).length)()""")
        == 1
    )
    assert "Newsreader" in page.evaluate(
        "getComputedStyle(document.querySelector('.jp-RenderedMarkdown h1')).fontFamily"
    )
    page.get_by_role("menuitem", name="Exécution").click()
    page.get_by_text("Exécuter toutes les cellules", exact=True).click()
    page.locator(".atelier-retour").first.wait_for(timeout=120_000)
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(f"%%prompt consigne_bacs\n{PROMPT}")
    page.keyboard.press("Shift+Enter")
    page.locator(".jp-OutputArea").get_by_text("Ce qui est déjà là").first.wait_for(timeout=120_000)
    page.get_by_text("Simulateur, pas une IA").first.wait_for(timeout=60_000)
    button = page.get_by_role("button", name=re.compile("Rendre"))
    page.mouse.move(700, 500)
    for _ in range(60):
        if button.count():
            break
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(250)
    page.locator(".jp-OutputArea input[type=text]").first.fill("Aline Ézanville")
    button.first.click()
    page.get_by_text(re.compile("Travail rendu le")).wait_for(timeout=60_000)
    page.close()
    handed = list((root / "var" / "exchange" / "atelier" / "inbound").glob(f"*+{MODULE}+*/{MODULE}.ipynb"))
    assert len(handed) == 1
    assert PROMPT.split(".")[0] in handed[0].read_text(encoding="utf-8")
    assert foreign == []
    assert (ROOT / "exercises" / MODULE / f"{MODULE}.ipynb").read_bytes() == (
        root / "exercises" / MODULE / f"{MODULE}.ipynb"
    ).read_bytes()


def test_without_the_code_the_door_speaks_french(
    browser: Browser, lab: tuple[str, Path], violations: Callable[[Page], list[str]]
) -> None:
    """Is somebody who opens the trainer's address without its code told where to find it, and let in with it?"""
    address, _ = lab
    base, token = re.sub(r"/(?:lab)?\?.*", "", address), address.split("token=")[1]
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    page.goto(base)
    page.get_by_role("heading", name="L’espace de formation demande son code").wait_for()
    assert violations(page) == []
    page.get_by_label("Code de l’espace de formation").fill("faux")
    page.get_by_role("button", name="Entrer").click()
    assert "Ce code n’est pas le bon" in page.get_by_role("alert").inner_text()
    page.get_by_label("Code de l’espace de formation").fill(token)
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url("**/lab/**", timeout=60_000)
    page.close()
