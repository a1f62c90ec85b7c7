"""The whole champions' day, played by one learner in JupyterLab: eight lessons, their exercises, the feedback pages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from atelier_ia.training.answers import load_answers, solution_of
from atelier_ia.training.composition import magic_of
from atelier_ia.training.rubrics import load_assignment

ROOT = Path(__file__).resolve().parents[2]
DAY = tomllib.loads((ROOT / "notebooks" / "s3_referents" / "journee.toml").read_text(encoding="utf-8"))
MODULES = {slot["devoir"]: slot["carnet"] for slot in DAY["creneaux"] if slot.get("devoir")}
LEARNER = "Aline Ézanville"

pytestmark = pytest.mark.navigateur


def follow_lesson(page: Page, base: str, module: str) -> None:
    """Open the module's lesson, run it, see its demonstration answer, and find in it the way to the exercises."""
    page.goto(f"{base}/lab/tree/notebooks/s3_referents/{MODULES[module]}?reset")
    panel = page.locator(".jp-NotebookPanel:visible")
    panel.locator(".jp-CodeCell").first.wait_for(timeout=120_000)
    page.get_by_text(re.compile(r"\| Inactif")).first.wait_for(timeout=120_000)
    page.get_by_role("menuitem", name="Exécution").click()
    page.get_by_text("Exécuter toutes les cellules", exact=True).click()
    panel.locator(".jp-OutputArea-output").first.wait_for(timeout=120_000)
    page.get_by_text(re.compile(r"\| Inactif")).first.wait_for(timeout=120_000)
    link = panel.locator(f'a[href*="{module}.ipynb"]').first
    page.mouse.move(700, 500)
    for _ in range(80):
        trouble = '[data-mime-type="application/vnd.jupyter.stderr"], [data-mime-type="application/vnd.jupyter.error"]'
        expect(panel.locator(trouble)).to_have_count(0)
        if link.count():
            break
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(150)
    expect(link).to_have_count(1)


def play(page: Page, base: str, module: str) -> None:
    """Open the module, answer every exercise by typing, read the advice, hand in."""
    page.goto(f"{base}/lab/tree/mes_exercices/{module}/{module}.ipynb?reset")
    panel = page.locator(".jp-NotebookPanel:visible")  # Lab keeps the modules opened before, hidden
    panel.locator(".jp-CodeCell", has_text="%%").first.locator(".cm-content").wait_for(timeout=120_000)
    page.get_by_text(re.compile(r"\| Inactif")).first.wait_for(timeout=120_000)
    page.get_by_role("menuitem", name="Exécution").click()
    page.get_by_text("Exécuter toutes les cellules", exact=True).click()
    panel.locator(".atelier-rendre").first.wait_for(timeout=120_000, state="attached")
    assignment, answers = load_assignment(module), load_answers(module)
    for exercise in assignment.exercises:
        magic = magic_of(exercise)
        cell = panel.locator(
            ".jp-CodeCell", has=page.locator(".cm-line", has_text=re.compile(rf"^{re.escape(magic)}$"))
        )
        editor = cell.first.locator(".cm-content")
        editor.scroll_into_view_if_needed()
        editor.click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(f"{magic}\n{solution_of(answers, exercise.id)}")
        page.keyboard.press("Control+Enter")
        expect(cell.first.locator(".jp-OutputArea-output").first).to_contain_text(re.compile(r"\w"), timeout=60_000)
        expect(cell.first.locator(".jp-InputPrompt")).not_to_contain_text("*", timeout=60_000)
    form = panel.locator(".atelier-rendre").first
    page.mouse.move(700, 500)
    for _ in range(80):
        if form.is_visible():
            break
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(250)
    form.get_by_role("textbox").fill(LEARNER)
    form.get_by_role("button", name="Rendre mon travail").click()
    expect(form.get_by_role("status")).to_contain_text("Travail rendu", timeout=60_000)
    expect(form.get_by_role("status")).to_contain_text(f"{len(assignment.exercises)} réponses")


@pytest.mark.timeout(1200)
def test_the_day_from_opening_to_feedback(
    browser: Browser, lab: tuple[str, Path], violations: Callable[[Page], list[str]]
) -> None:
    """Are the eight lessons followed, their exercises played, graded in full, and told back on an accessible page?"""
    address, root = lab
    assert len(MODULES) == 8
    base = re.sub(r"/(?:lab)?\?.*", "", address)
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.goto(address)
    page.wait_for_url("**/lab/**")
    for module in MODULES:
        follow_lesson(page, base, module)
        play(page, base, module)
    page.close()

    done = subprocess.run(
        [sys.executable, "-m", "atelier_ia", "corriger"],
        cwd=root,
        env=os.environ | {"ATELIER_RACINE": str(root)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    pages = sorted((root / "var" / "retours").rglob("*.html"))
    assert [path.stem for path in pages] == sorted(MODULES)
    shown = context.new_page()
    for path in pages:
        shown.goto(path.as_uri())
        assert shown.evaluate("document.documentElement.lang") == "fr"
        expected = sum(one.max_score for one in load_assignment(path.stem).exercises if one.kind != "ouverte")
        mark = re.search(r"([\d,]+)\s+(?:points?\s+)?sur\s+([\d,]+)", shown.locator("main").inner_text())
        assert mark, path.stem
        assert float(mark[1].replace(",", ".")) >= 0.95 * expected, (path.stem, mark[0])
    assert violations(shown) == []
    context.close()
