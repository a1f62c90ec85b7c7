"""The pages around the apps: gallery, unknown address, scripts off."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gallery(open_page: OpenPage, scheme: str, violations: Check, sideways_scroll: Measure) -> None:
    """Does the gallery show each app's title, purpose, duration and public, in French, without axe violations?"""
    page = open_page("", color_scheme=scheme)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Répondre à un courriel"))
    expect(card).to_contain_text("Durée")
    expect(card).to_contain_text("tous les services")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways_scroll(page) == 0


def test_unknown_page(open_page: OpenPage, violations: Check) -> None:
    """Does an unknown address say so in French and lead back to the apps?"""
    page = open_page("voila/tree/inconnu", expected=("404",))
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")
    assert violations(page) == []
    page.get_by_role("link", name="Voir les applications").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Que voulez-vous faire ?")


def test_each_visit_has_its_own_session(open_page: OpenPage, server: Any) -> None:
    """Do two visitors get two kernels, even with pages made in advance, and does a closed tab free its own?"""
    first = open_page("voila/render/repondre_courriel.ipynb")
    second = open_page("voila/render/repondre_courriel.ipynb")
    kernels = [json.loads(page.locator("#atelier-page").text_content() or "")["kernelId"] for page in (first, second)]
    assert kernels[0] != kernels[1]
    first.fill("#champ-texte", "Texte de la première personne")
    expect(second.locator("#champ-texte")).not_to_have_value("Texte de la première personne")
    for page in (first, second):
        page.close()
    deadline = time.monotonic() + 30
    while sessions(server.url) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert sessions(server.url) == 0


def sessions(url: str) -> int:
    with urllib.request.urlopen(url + "pret") as reply:
        return int(json.loads(reply.read())["sessions"])


CROSSED = """
import threading
from atelier_ia.apps.kit.app import App
from atelier_ia.apps.kit import components as ui


class Essai(App):
    texte, heures = "avant", threading.Event()

    def view(self):
        field = ui.field("texte", "Texte", self.texte, live=True)
        return [field, ui.button("suite", "Suite"), ui.prose(f"lu : {self.texte}")]

    def on_texte(self, values, detail):
        self.refresh()  # as a thread may at any moment: this screen has not heard of what was typed
        self.heures.wait(1.5)
        self.texte = values["texte"]

    def on_suite(self, values, detail):
        self.texte = "avant"


Essai()
"""


def test_typed_text_survives_a_redraw_that_crosses_it(open_page: OpenPage, server: Any) -> None:
    """Does a redraw made before Python heard what was typed leave it alone, and one made after replace it?"""
    cell = {"cell_type": "code", "id": "c0", "metadata": {}, "source": CROSSED, "execution_count": None, "outputs": []}
    notebook = {
        "cells": [cell],
        "metadata": {"title": "Essai", "kernelspec": {"name": "python3", "language": "python", "display_name": "P"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = server.root / "voila_apps" / "essai_croise.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    try:
        page = open_page("voila/render/essai_croise.ipynb")
        field = page.locator("#champ-texte")
        expect(field).to_have_value("avant")
        page.evaluate(
            "const box = document.querySelector('#champ-texte'); window.seen = [];"
            "setInterval(() => window.seen.push(box.value), 5)"
        )
        field.fill("après")
        field.press("Tab")
        expect(page.get_by_text("lu : après")).to_be_visible()
        seen = page.evaluate("window.seen")
        assert "avant" not in seen[seen.index("après") :]
        page.locator("#suite").click()  # Python puts its first text back: a change of its own, shown
        expect(page.get_by_text("lu : avant")).to_be_visible()
        expect(field).to_have_value("avant")
    finally:
        path.unlink()
