"""Letters in Word form, reopened as a colleague's Word would read them."""

import io
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier_ia.documents.letters import letter_docx
from atelier_ia.documents.typography import printable
from atelier_ia.documents.word import AI_NOTICE, WordError
from atelier_ia.use_cases.sandbox import reference_settings

TEXT = """Objet : Nid-de-poule rue des Lavandières

Madame, Monsieur,

Nous avons bien reçu votre courriel et **nos équipes** passeront :

1. constater ;
2. réparer.

Pièces à fournir :
- une photo ;
- votre adresse.

1. Autre liste

Nous vous prions d'agréer, Madame, Monsieur, l'expression de nos salutations distinguées."""


def reopened(data: bytes):
    return docx.Document(io.BytesIO(data))


def letter(text: str = TEXT, **options):
    return reopened(letter_docx(text, reference_settings(), day=date(2027, 2, 1), **options))


def test_paragraphs_and_lists_are_real() -> None:
    """Do blank lines, dashes and numbers become paragraphs and lists rather than typed signs?"""
    styles = [(p.style.name, p.text) for p in letter().paragraphs]
    assert ("List Number", "constater ;") in styles
    assert ("List Bullet", "une photo ;") in styles
    assert ("Normal", "Madame, Monsieur,") in styles
    assert not any(p.text.strip() == "" for p in letter().paragraphs)


def test_numbered_lists_begin_again_at_one() -> None:
    """Does a second numbered list restart, and one list keep one numbering?"""
    items = [p._p.pPr.numPr for p in letter().paragraphs if p.style.name == "List Number"]
    numbers = [item.numId.val for item in items if item is not None]
    assert len(numbers) == 3
    assert numbers[0] == numbers[1] != numbers[2]


def test_language_title_and_properties_are_french() -> None:
    """Will a screen reader read it in French, and does the file say what it is and who writes?"""
    document = letter()
    languages = {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-FR"}
    own = document.core_properties
    assert own.title == "Nid-de-poule rue des Lavandières"
    assert own.author == "Val-Fontaine"
    assert own.language == "fr-FR"


def test_subject_is_taken_from_the_text_once() -> None:
    """Does a first line « Objet : … » become the subject, without standing twice?"""
    lines = [p.text for p in letter().paragraphs]
    assert [line for line in lines if "Nid-de-poule" in line] == ["Objet\u00a0: Nid-de-poule rue des Lavandières"]


def test_an_explicit_subject_wins() -> None:
    """Is the subject that the agent typed kept over that of the draft?"""
    assert letter(subject="Voirie").core_properties.title == "Voirie"


@pytest.mark.parametrize("wanted", [True, False])
def test_the_assistant_mention_is_optional(wanted: bool) -> None:
    """Is the mention there when asked for, and only then?"""
    assert (letter(ai_notice=wanted).paragraphs[-1].text == AI_NOTICE) is wanted


def template(*lines: str) -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "En-tête de la mairie, {{date}}"
    for line in lines:
        paragraph = document.add_paragraph()
        for piece in (line[:3], line[3:7], line[7:]):  # Word cuts a mark into runs
            paragraph.add_run(piece)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_the_house_template_is_filled() -> None:
    """On the collectivité's own template, do its marks give way to our text, in place?"""
    house = template("{{destinataire}}", "{{lieu}}, le {{ date }}", "{{texte}}", "Le maire")
    document = letter(template=house, recipient="Mme Ångström", ai_notice=False)
    lines = [p.text for p in document.paragraphs]
    assert lines[0] == "Mme Ångström"
    assert lines[1] == "Val-Fontaine, le 1er\u00a0février 2027"
    assert lines[2] == "Madame, Monsieur,"
    assert lines[-1] == "Le maire"
    assert document.sections[0].header.paragraphs[0].text == "En-tête de la mairie, 1er\u00a0février 2027"


def test_a_template_without_mark_keeps_its_text() -> None:
    """Does a template without {{texte}} get the letter after what it holds?"""
    lines = [p.text for p in letter(template=template("République française"), ai_notice=False).paragraphs]
    assert lines[0] == "République française"
    assert lines[1] == "Madame, Monsieur,"


@pytest.mark.parametrize("wrong", [b"", b"PK\x03\x04 broken", b"%PDF-1.7", b"\xd0\xcf\x11\xe0old word"])
def test_a_wrong_template_gets_a_french_sentence(wrong: bytes) -> None:
    """Is a template that is no .docx refused with what to do?"""
    with pytest.raises(WordError, match=r"\.docx"):
        letter(template=wrong)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_a_letter(text: str, subject: str, recipient: str) -> None:
    """Whatever is typed, does a readable Word file come out, with every printable word in it?"""
    document = letter(text, subject=subject, recipient=recipient)
    written = "".join(p.text for p in document.paragraphs)
    kept = [word for word in printable(text).split() if word.isalpha()]
    assert all(word in written for word in kept if "objet" not in text.lower() and "sujet" not in text.lower())
