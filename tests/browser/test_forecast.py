"""« Prévoir » played in a real browser: the examples, a file of one's own, a file about people refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], list[str]]
Measure = Callable[[Page], int]

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=30_000)


def open_app(open_page: OpenPage, **options: object) -> Page:
    page = open_page("voila/render/prevoir.ipynb", **options)
    expect(page.locator(".courbe.prevu")).to_be_attached()
    return page


def give(page: Page, text: str) -> None:
    page.get_by_text("Vos chiffres, vos jours fermés").click()
    page.set_input_files("#fichier-fichier", files=[{"name": "f.csv", "mimeType": "", "buffer": text.encode()}])


def test_examples(open_page: OpenPage, tmp_path: Path, violations: Check) -> None:
    """Do both examples show a plot, a table, both errors, and can the forecast be taken away?"""
    page = open_app(open_page, accept_downloads=True)
    expect(page.get_by_role("region", name="Le modèle fait mieux")).to_contain_text("en recopiant le passé")
    assert violations(page) == []
    page.select_option("#champ-serie", "energie.csv")
    expect(page.locator(".graphique figcaption")).to_contain_text("kWh prévus")
    page.get_by_text("Les valeurs prévues, en tableau").click()
    expect(page.locator(".tableau tbody tr")).to_have_count(6)
    assert violations(page) == []
    with page.expect_download() as download:
        page.click("#csv")
    download.value.save_as(tmp_path / "p.csv")
    assert (tmp_path / "p.csv").read_text(encoding="utf-8-sig").startswith("date;kWh;bas;haut")


def test_own_file(open_page: OpenPage) -> None:
    """Is a series of totals forecast, and the wrong closed day explained where it is typed?"""
    page = open_app(open_page)
    first = date(2026, 1, 1)
    lines = [f"{first + timedelta(days=day):%d/%m/%Y};{200 + day % 7}" for day in range(60)]
    give(page, "date;visites\n" + "\n".join(lines))
    expect(page.locator(".graphique figcaption")).to_contain_text("visites prévus")
    page.fill("#champ-fermes", "Noël")
    page.press("#champ-fermes", "Tab")
    expect(page.locator("#probleme")).to_contain_text("n’est pas un jour")


def test_people_are_refused(open_page: OpenPage, violations: Check) -> None:
    """Is a file with a column about people refused, with what to do, the forecast in place kept?"""
    page = open_app(open_page)
    give(page, "date;nom;repas\n01/01/2026;Durand;3\n")
    expect(page.locator("#probleme")).to_contain_text("désigne des personnes")
    expect(page.locator(".courbe.prevu")).to_be_attached()
    assert violations(page) == []


@pytest.mark.parametrize(("width", "height"), [(320, 640), (683, 384)])
def test_narrow_or_zoomed(
    open_page: OpenPage, width: int, height: int, violations: Check, sideways_scroll: Measure
) -> None:
    """Is nothing lost at 320 px, nor at 200 % zoom?"""
    page = open_app(open_page, viewport={"width": width, "height": height})
    assert sideways_scroll(page) == 0
    assert violations(page) == []
