"""Working papers (minutes, texts to publish), reopened as a colleague's Word and PDF reader would."""

from __future__ import annotations

import io

import docx
import pypdf
import pytest

from atelier_ia.documents.letters import letter_docx
from atelier_ia.documents.pages import letter_pdf, paper_pdf
from atelier_ia.documents.papers import paper_docx, split_title
from atelier_ia.use_cases.sandbox import reference_settings

MINUTES = """Relevé de décisions : réunion du 18 novembre

Présents : le DGS.

Décisions
- On verbalise dès le 1er décembre.

**Actions :**
- Appeler le SDIS."""


def test_minutes_are_no_letter() -> None:
    """Are minutes headed by their own title, their parts real titles, with neither address, place nor « Objet »?"""
    word = docx.Document(io.BytesIO(paper_docx(MINUTES, reference_settings(), "Relevé de réunion", "Document interne")))
    lines = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs]
    assert lines[:2] == [("Normal", "Val-Fontaine\nDocument interne"), ("Heading 1", MINUTES.splitlines()[0])]
    assert [text for style, text in lines if style == "Heading 2"] == ["Décisions", "Actions"]
    pdf = pypdf.PdfReader(io.BytesIO(paper_pdf(MINUTES, reference_settings(), "Relevé", "Document interne")))
    for text in ("\n".join(text for _, text in lines), pdf.pages[0].extract_text()):
        assert "Document interne" in text
        assert "On verbalise" in text
        assert "place de la Fontaine" not in text
        assert "Objet" not in text


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("# Compte rendu\n## Essentiel\nRien.\n### Suite\n- a", "Compte rendu", "# Essentiel\nRien.\n## Suite\n- a"),
        ("La réunion est reportée.\n\nÀ suivre.", "Par défaut", "La réunion est reportée.\n\nÀ suivre."),
        (
            "Bilan\n\n**Décisions :**\nAucune.\n\nL'essentiel\nRien.",
            "Bilan",
            "# Décisions\nAucune.\n\n# L'essentiel\nRien.",
        ),
        ("Une seule ligne", "Par défaut", "Une seule ligne"),
    ],
)
def test_the_title_is_the_paper_s_own(text: str, title: str, rest: str) -> None:
    """Is a title taken from the paper only when it gives itself one, and do its parts begin at the first level?"""
    assert split_title(text, "Par défaut") == (title, rest)


def test_a_letter_names_the_service_that_writes() -> None:
    """Does the letter that leaves carry the service shown on the screen?"""
    settings = reference_settings()
    word = docx.Document(io.BytesIO(letter_docx("Bonjour.", settings, office="Urbanisme")))
    assert word.paragraphs[1].text.startswith("Urbanisme\n1 place de la Fontaine")
    assert (
        "Urbanisme"
        in pypdf.PdfReader(io.BytesIO(letter_pdf("Bonjour.", settings, office="Urbanisme"))).pages[0].extract_text()
    )
