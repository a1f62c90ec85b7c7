"""The search of the knowledge base."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.assistant.knowledge import Procedure, find_procedures, load_procedures
from atelier_ia.assistant.words import stem
from atelier_ia.settings import Settings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le lampadaire devant chez moi ne marche plus", "eclairage"),
        ("il y a un gros trou dans la chausée", "nid_de_poule"),
        ("je voudrais un extrai de naissance", "acte"),
        ("Les repas a l'ecole de ma fille", "cantine"),
        ("LA LUMIÈRE DE MA RUE", "eclairage"),
    ],
)
def test_finds_the_procedure(settings: Settings, text: str, expected: str) -> None:
    """Is the procedure found from citizens' words, misspelt, without accents, in capitals?"""
    found = find_procedures(text, load_procedures(settings), 3)
    assert found[0][0].id == expected
    assert 0 < found[0][1] < 1


@pytest.mark.parametrize("text", ["", "La recette de la tarte aux pommes", "ok merci", "日本語のテキスト"])
def test_finds_nothing_elsewhere(settings: Settings, text: str) -> None:
    """Does a text about nothing known give nothing?"""
    assert find_procedures(text, load_procedures(settings), 3) == []


def test_localises(settings: Settings) -> None:
    """Are the commune's own name and details put into the answers?"""
    act = next(p for p in load_procedures(settings) if p.id == "acte")
    assert "Boisvallon" in act.answer
    assert "{" not in act.answer


def test_no_base_is_no_procedure(settings: Settings, root) -> None:  # type: ignore[no-untyped-def]
    """Does a project without a knowledge base still work?"""
    (root / "sandbox_data" / "procedures.toml").unlink()
    assert load_procedures(settings) == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("poubelles", "poubele"),
        ("écoles", "école"),
        ("passeport", "paseport"),
        ("haies", "haie"),
        ("numéros", "numero"),
    ],
)
def test_same_stem(first: str, second: str) -> None:
    """Do plural, accents and doubled letters not matter?"""
    assert stem(first) == stem(second)


@pytest.mark.parametrize(("first", "second"), [("salle", "sale"), ("payés", "PAI")])
def test_other_stem(first: str, second: str) -> None:
    """Do short words that only look alike stay apart?"""
    assert stem(first) != stem(second)


@given(st.text(max_size=400))
def test_never_fails(text: str) -> None:
    """Does any text at all get an answer?"""
    one = Procedure.model_validate(
        {
            "id": "a",
            "titre": "Bruit",
            "service": "",
            "competence": "commune",
            "reponse": "Oui.",
            "mots": ["bruit la nuit"],
        }
    )
    for _, score in find_procedures(text, (one,), 3):
        assert 0 < score < 1
