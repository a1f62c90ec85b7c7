"""Typst documents: whatever is typed is laid out as text, inside the page."""

import io
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier_ia.documents.reports import LayoutError, render_pdf, render_png
from atelier_ia.documents.typography import number, plural, printable, typeset

TEMPLATE = """#import "commun.typ": *
#let d = json(bytes(sys.inputs.data))
#show: report.with(title: "Essai", author: "Mairie", foot: "pied")
#report-head("Mairie", "Essai", "contexte")
#d.text
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("typ") / "essai.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_makes_an_accessible_pdf(template: Path, text: str) -> None:
    """Do control, private, emoji, right-to-left and unassigned characters all end in a PDF/UA file?"""
    assert render_pdf(template, {"text": text}).startswith(b"%PDF")


def test_code_stays_text(template: Path) -> None:
    """Is Typst code in the data shown, not run?"""
    data = render_pdf(template, {"text": '#read("/etc/passwd") $x$ *y* @z <a>'})
    assert "#read" in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_a_long_word_stays_in_the_page(template: Path) -> None:
    """Does a word longer than the line break rather than leave the page?"""
    picture = render_png(template, {"text": "x" * 400}, ppi=20)
    short = render_png(template, {"text": "x"}, ppi=20)
    assert picture[16:24] == short[16:24]
    text = pypdf.PdfReader(io.BytesIO(render_pdf(template, {"text": "x" * 400}))).pages[0].extract_text()
    assert max(line.count("x") for line in text.split("\n")) < 120


def test_the_same_data_give_the_same_bytes(template: Path) -> None:
    """With a date given, is the file reproducible?"""
    from datetime import UTC, datetime

    when = datetime(2027, 1, 11, tzinfo=UTC)
    assert render_pdf(template, {"text": "é"}, when=when) == render_pdf(template, {"text": "é"}, when=when)


def test_a_broken_layout_is_told_in_french(tmp_path: Path) -> None:
    """Does a template that does not fit its data give a French sentence?"""
    path = tmp_path / "faux.typ"
    path.write_text("#let d = json(bytes(sys.inputs.data))\n#d.absent")
    with pytest.raises(LayoutError, match="mise en page « faux »"):
        render_pdf(path, {})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("« Oui » : non", "«\u00a0Oui\u00a0»\u00a0: non"),
        ("l'été à 10:30", "l’été à 10:30"),
        ("https://a.example", "https://a.example"),
        ("50 %", "50\u202f%"),
    ],
)
def test_french_spaces(before: str, after: str) -> None:
    """Are the spaces of French typography put, and nothing else changed?"""
    assert typeset(before) == after


@given(st.text(max_size=60))
def test_typeset_and_printable_lose_no_word(text: str) -> None:
    """Are letters and digits always all there, and both operations stable?"""
    letters = [char for char in text if char.isalnum()]
    assert [char for char in typeset(printable(text)) if char.isalnum()] == letters
    assert printable(printable(text)) == printable(text)


@pytest.mark.parametrize(
    ("value", "told"),
    [(1234.5, "1\u202f234,5"), (0.0, "0"), (-0.001, "0"), (-3, "−3"), (1e6, "1\u202f000\u202f000"), (2.25, "2,25")],
)
def test_numbers_are_french(value: float, told: str) -> None:
    """Are decimals, thousands and minus as the French write them?"""
    assert number(value) == told


def test_plurals_begin_at_two() -> None:
    """Is it '1,5 jour' and '2 jours'?"""
    assert [plural(n, "jour") for n in (0, 1.5, 2)] == ["0\u00a0jour", "1,5\u00a0jour", "2\u00a0jours"]
