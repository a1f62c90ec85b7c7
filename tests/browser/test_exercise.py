"""A champion in JupyterLab, for real: open the module, write in plain French, read the advice, hand in."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
MODULE = "s3_m2_courriels"
PROMPT = (
    "Tu es agent d'accueil à la mairie. Réponds à l'habitante de la rue des Glycines : ses bacs jaunes ne sont pas "
    "ramassés depuis deux semaines. Ton calme et courtois, 120 mots au plus."
)


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """`atelier lancer` on a copy of the project: Lab's address with its token, and the project folder."""
    root = tmp_path / "projet"
    root.mkdir()
    for name in ("exercises", "notebooks", "sandbox_data", "solutions", "voila_apps", "docs"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("atelier.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root)
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("atelier")), "lancer", "--sans-navigateur", "--port", "9188"],
        cwd=root,
        env={**os.environ, "ATELIER_RACINE": str(root), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    address = ""
    for line in process.stdout:
        found = re.search(r"http://\S+token=\S+", line)
        if found:
            address = found[0]
            break
    assert address, "atelier lancer ended without giving its addresses"
    yield address, root
    process.send_signal(signal.SIGTERM)
    process.stdout.read()
    process.wait(30)


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
    page.get_by_role("menuitem", name="Exécution").click()
    page.get_by_text("Exécuter toutes les cellules", exact=True).click()
    page.locator(".atelier-retour").first.wait_for(timeout=120_000)
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(f"%%prompt consigne_bacs\n{PROMPT}")
    page.keyboard.press("Shift+Enter")
    page.get_by_text("Ce qui est déjà là").first.wait_for(timeout=120_000)
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
