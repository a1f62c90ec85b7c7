"""Take the screenshots of the documentation on the real programme: `make captures` (chromium needed).

Starts `atelier lancer` on this checkout, plays each screen as a person would, writes the PNG files beside this one.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ATELIER = Path(sys.executable).with_name("atelier")
PROMPT = (
    "Tu es agent d'accueil à la mairie. Une habitante se plaint des bacs jaunes non ramassés rue des Glycines depuis "
    "deux semaines. Réponds-lui par un courriel de 120 mots au plus, ton calme et courtois."
)


def addresses(output: object) -> tuple[str, str]:
    """The trainer's and the agents' addresses, read from what `atelier lancer` prints."""
    trainer = agents = ""
    for line in output:  # type: ignore[attr-defined]
        found = re.search(r"http://\S+", line)
        if found and "token=" in found[0]:
            trainer = found[0]
        elif found:
            agents = found[0]
        if trainer and agents:
            return trainer, agents
    raise SystemExit("atelier lancer n'a pas donné ses adresses")


def page_of(browser: Browser, url: str, height: int = 800) -> Page:
    """A new tab in French, at a laptop's size."""
    page = browser.new_page(viewport={"width": 1366, "height": height}, locale="fr-FR")
    page.goto(url)
    return page


def shoot(page: Page, name: str) -> None:
    """Write one PNG."""
    page.wait_for_timeout(800)
    page.screenshot(path=str(HERE / f"{name}.png"))
    print(f"{name}.png", flush=True)


def agents_screens(browser: Browser, agents: str) -> None:
    """The gallery, and the e-mail app at its four steps."""
    page = page_of(browser, agents)
    shoot(page, "applications")
    page.goto(f"{agents}voila/render/repondre_courriel.ipynb")
    page.get_by_role("button", name="Masquer les données personnelles").click()
    page.get_by_role("button", name="Rédiger le brouillon").wait_for()
    shoot(page, "donnees_masquees")
    page.get_by_role("button", name="Rédiger le brouillon").click()
    page.get_by_role("button", name="Copier le texte").wait_for(timeout=60_000)
    shoot(page, "repondre_courriel")
    page.close()


def trainer_screens(browser: Browser, trainer: str) -> None:
    """The home page of Lab, and an exercise with its feedback."""
    page = page_of(browser, trainer)
    page.get_by_role("heading", name="Bienvenue").wait_for(timeout=60_000)
    shoot(page, "accueil")
    token = trainer.split("token=")[1]
    base = trainer.split("?")[0].rstrip("/").removesuffix("/lab")
    page.goto(f"{base}/lab/tree/mes_exercices/s3_m2_courriels/s3_m2_courriels.ipynb?token={token}")
    editor = page.locator(".jp-CodeCell", has_text="%%prompt").first.locator(".cm-content")
    editor.wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Exécution").click()
    page.get_by_text("Exécuter toutes les cellules", exact=True).click()
    page.locator(".atelier-retour").first.wait_for(timeout=60_000)
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(f"%%prompt consigne_bacs\n{PROMPT}")
    page.keyboard.press("Shift+Enter")
    page.get_by_text("Ce qui est déjà là").first.wait_for(timeout=60_000)
    page.wait_for_timeout(2000)
    editor.evaluate("text => text.closest('.jp-Cell').scrollIntoView({block: 'start'})")
    shoot(page, "exercice")
    page.close()


def main() -> None:
    """Start the programme, take the pictures, stop it."""
    process = subprocess.Popen(
        [str(ATELIER), "lancer", "--sans-navigateur"], cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        trainer, agents = addresses(process.stdout)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            agents_screens(browser, agents)
            trainer_screens(browser, trainer)
            browser.close()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


if __name__ == "__main__":
    main()
