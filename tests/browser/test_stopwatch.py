"""A case timed without the assistant, then one with it, played in a real browser."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)


def test_measured_pair(open_page: OpenPage, server: Any, violations: Check, sideways_scroll: Measure) -> None:
    """Can a person time a case alone, then with the assistant, on a phone's width as well, and see a measured gain?"""
    page = open_page("voila/render/notes_de_reunion.ipynb", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Mesurer le temps gagné").click()
    assert violations(page) == []
    page.click("#chrono_seul")
    expect(page.locator("#seul-titre")).to_be_focused()
    expect(page.get_by_role("textbox")).to_have_count(0)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways_scroll(page) == 0
    page.click("#terminer_seul")
    expect(page.get_by_text("vient de partir")).to_be_visible()
    page.click("#pause_seul")
    expect(page.locator("#pause_seul")).to_have_text("Reprendre")
    assert violations(page) == []
    page.click("#pause_seul")
    expect(page.locator("#chrono-seul, .chrono-chiffres").first).to_contain_text("00:05")
    page.click("#terminer_seul")
    expect(page.locator(".chiffre.vedette")).to_contain_text("0,1")
    assert violations(page) == []
    page.click("#continuer_avec")
    expect(page.locator("#pause_avec")).to_be_visible()
    assert sideways_scroll(page) == 0
    assert violations(page) == []
    page.click("#masquer")
    expect(page.locator("#rediger")).to_be_visible()
    for choice in page.locator(".alerte-choix input[value=masquer]").all():
        choice.check()
    page.click("#rediger:not([aria-disabled])")
    page.click("#copier")
    expect(page.get_by_text("Deux temps chronométrés")).to_be_visible()
    assert violations(page) == []
    page.click("#enregistrer")
    expect(page.get_by_text("Gain mesuré")).to_be_visible()
    expect(page.locator(".chiffre.vedette")).to_contain_text("cette réunion")
    assert sideways_scroll(page) == 0
    assert violations(page) == []
    with sqlite3.connect(server.root / "var" / "mesures.db") as records:
        [(table,)] = [
            (name,) for (name,) in records.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%minutes_sans%'")
        ]
        assert records.execute(f"SELECT origine FROM {table}").fetchall() == [("mesuré",)]
