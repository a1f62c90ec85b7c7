"""A trainer projects a lesson: one part at a time, full screen, the demonstration still running in its own cell."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser

LESSON = "notebooks/s3_referents/m1_consigne.ipynb"


def test_a_lesson_is_projected(browser: Browser, lab: tuple[str, Path]) -> None:
    """Do the keys move from part to part, does a demonstration run there, and does leaving show everything again?"""
    address, _ = lab
    base, token = re.sub(r"/(?:lab)?\?.*", "", address), address.split("token=")[1]
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    page.goto(f"{base}/lab/tree/{LESSON}?token={token}")
    page.locator(".jp-MarkdownOutput h1").first.wait_for(timeout=120_000)
    page.get_by_text(re.compile(r"\| Inactif")).first.wait_for(timeout=120_000)  # the kernel is there
    page.get_by_role("menuitem", name="Exécution").click()
    page.get_by_text("Exécuter toutes les cellules", exact=True).click()
    opener = page.get_by_role("button", name="Projeter cette leçon")
    opener.wait_for(timeout=120_000)
    opener.click()
    bar = page.get_by_role("toolbar", name="Projection")
    place = bar.get_by_role("status")
    count = int(place.inner_text().split(" sur ")[1])
    assert count >= 4
    assert place.inner_text() == f"1 sur {count}"
    titles = page.locator(".jp-MarkdownOutput h2")
    assert not titles.first.is_visible()

    page.keyboard.press("PageDown")
    assert place.inner_text() == f"2 sur {count}"
    assert titles.first.is_visible()
    assert not page.locator(".jp-MarkdownOutput h1").first.is_visible()
    demonstration = page.locator(".jp-CodeCell", has_text="%courriel").first
    demonstration.locator(".cm-content").click()
    page.keyboard.press("ArrowRight")  # moves the caret, not the slide
    assert place.inner_text() == f"2 sur {count}"
    page.keyboard.press("Control+Enter")
    demonstration.locator(".jp-OutputArea-output").first.wait_for(timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # A long part is read screen by screen; the button goes straight to the next one.
    page.evaluate("document.activeElement.blur()")
    scroller = page.locator(".atelier-projection .jp-WindowedPanel-outer")
    page.keyboard.press("PageDown")
    assert place.inner_text() == f"2 sur {count}"
    assert scroller.evaluate("it => it.scrollTop") > 100
    page.keyboard.press("PageUp")
    assert place.inner_text() == f"2 sur {count}"
    bar.get_by_role("button", name="Suivant").click()
    assert place.inner_text() == f"3 sur {count}"
    table = page.locator(".jp-MarkdownOutput table").first
    table.wait_for()
    # From the back of a room: what a table says is as large as a note read aloud, and stays on the screen.
    assert table.evaluate("it => parseFloat(getComputedStyle(it).fontSize)") >= 17
    assert table.evaluate("it => it.getBoundingClientRect().right <= innerWidth")

    bar.get_by_role("button", name="Quitter").click()
    page.locator(".jp-MarkdownOutput h1").first.wait_for()
    assert bar.count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Projeter cette leçon"
    page.close()
