"""Acts and minutes, in Word and in PDF."""

import io
from datetime import date

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier_ia.documents.acts import TITLES, act_docx, act_parts
from atelier_ia.documents.pages import act_pdf, letter_pdf
from atelier_ia.use_cases.sandbox import reference_settings

DAY = date(2027, 2, 1)
ORDER = """ARRÊTÉ n° 2027-012 portant réglementation de la circulation rue des Lavandières

Le Maire de la commune de Val-Fontaine,
Vu le code général des collectivités territoriales, notamment son article L. 2213-1 ;
Considérant qu'il convient d'assurer la sécurité ;

**ARRÊTE :**

Article 1er : La circulation est interdite le 12 décembre de 8 h à 20 h.
Article 2 – Exécution
Le directeur général des services est chargé de l'exécution du présent arrêté."""
MEETING = """# Présents
- Mme A
- M. B

## Suites

| Qui | Quoi |
|---|---|
| Voirie | **Poser** le panneau |

1. un
2. deux"""


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in docx.Document(io.BytesIO(data)).paragraphs]


def pdf_text(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return " ".join(
        " ".join(page.extract_text() for page in pages).replace("\u00a0", " ").replace("\u202f", " ").split()
    )


def test_an_order_has_its_structure() -> None:
    """Are the title, « ARRÊTE » and the articles real headings, each visa a paragraph of its own?"""
    found = paragraphs(act_docx(ORDER, reference_settings(), "arrêté", day=DAY))
    assert ("Heading 1", "ARRÊTÉ n° 2027-012 portant réglementation de la circulation rue des Lavandières") in found
    assert ("Heading 2", "ARRÊTE") in found
    assert [text for style, text in found if style == "Heading 3"] == ["Article 1er", "Article 2 – Exécution"]
    assert sum(text.startswith(("Vu ", "Considérant ")) for _, text in found) == 2


def test_an_unsigned_order_ends_with_a_block_to_fill() -> None:
    """Is the signature (first name, name, capacity) asked for when missing, and not added twice?"""
    texts = [text for _, text in paragraphs(act_docx(ORDER, reference_settings(), "arrêté", day=DAY))]
    assert "Fait à Val-Fontaine, le 1er\u00a0février 2027" in texts
    assert any("prénom, nom et qualité" in text for text in texts)
    signed = ORDER + "\n\nFait à Val-Fontaine, le 2 mars 2027\n\nLe maire,\nJeanne Exemple"
    again = [text for _, text in paragraphs(act_docx(signed, reference_settings(), "arrêté", day=DAY))]
    assert not any("prénom, nom et qualité" in text for text in again)


@pytest.mark.parametrize("kind", TITLES)
def test_each_kind_is_written_in_both_forms(kind: str) -> None:
    """Do the .docx and the PDF of each kind say the same words, with the state of the document?"""
    text = ORDER if kind == "arrêté" else MEETING
    words = " ".join(text for _, text in paragraphs(act_docx(text, reference_settings(), kind, day=DAY)))
    printed = pdf_text(act_pdf(text, reference_settings(), kind, day=DAY))
    for piece in ("Exécution", "Val-Fontaine") if kind == "arrêté" else ("Présents", "Mme A"):
        assert piece in words
        assert piece in printed


def test_minutes_have_real_tables() -> None:
    """Does a typed table become a Word table with a repeated heading row, and a PDF table with header cells?"""
    document = docx.Document(io.BytesIO(act_docx(MEETING, reference_settings(), "relevé de réunion")))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Qui", "Quoi"],
        ["Voirie", "Poser le panneau"],
    ]
    assert "tblHeader" in table.rows[0]._tr.xml
    assert "Poser le panneau" in pdf_text(act_pdf(MEETING, reference_settings(), "relevé de réunion"))


def test_a_council_paper_is_never_called_a_compte_rendu() -> None:
    """Since the 2022 reform, do the titles say procès-verbal or liste des délibérations?"""
    assert not any("compte rendu" in title.lower() for title in TITLES.values())


def test_a_letter_as_pdf_says_the_same() -> None:
    """Is the PDF of a letter tagged, French, and complete?"""
    text = "Objet : Voirie\n\nMadame,\n\n- une **photo**\n- un plan\n\nCordialement"
    data = letter_pdf(text, reference_settings(), recipient="Mme Zoé\n3 rue X", day=DAY)
    printed = pdf_text(data)
    for piece in ("Objet : Voirie", "Mme Zoé", "une photo", "Cordialement", "Val-Fontaine, le 1er février 2027"):
        assert piece in printed
    assert pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/MarkInfo"]["/Marked"]


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.sampled_from("aé |*#-1.\n:ArticlVuêARRTE 😀م\x00"), max_size=150))
def test_no_draft_breaks_an_act(text: str) -> None:
    """Whatever the draft, do both forms come out?"""
    assert all(part.role for part in act_parts(text))
    assert act_docx(text, reference_settings(), "arrêté")
    assert act_pdf(text, reference_settings(), "arrêté")
    assert letter_pdf(text, reference_settings())
