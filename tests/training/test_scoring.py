"""The scoring engine on tables of answers: what counts, what is only said, and what earns nothing."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.content import parse_toml
from atelier_ia.training.answers import NamedAnswers
from atelier_ia.training.rubrics import Assignment
from atelier_ia.training.scoring import clean_answer, score
from atelier_ia.training.scoring.patterns import find
from atelier_ia.training.scoring.reading import Reading, fold

DOCUMENT = (Path(__file__).parents[2] / "docs" / "baremes.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```toml\n(.*?)^```", DOCUMENT, re.S | re.M)
ASSIGNMENT = parse_toml("\n".join(block for block in BLOCKS if "[[reponses]]" not in block), Assignment, "baremes.md")


def test_the_documentation_is_true() -> None:
    """Do the examples of docs/baremes.md load, one of each kind?"""
    kinds = {exercise.kind for exercise in ASSIGNMENT.exercises}
    assert kinds == {"prompt", "production", "relecture", "choix", "tri", "ouverte"}
    assert parse_toml(BLOCKS[-1], NamedAnswers, "baremes.md").answers


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("nid de poule", "des nids-de-poule", True),
        ("réparations", "la reparation", True),
        ("12 mars", "le 12/03/2027", True),
        ("8 h 30", "à 8:30", True),
        ("1 200 €", "1200 euros", True),
        ("10 jours", "dix jours ouvrés", True),
        ("prendre … rendez-vous", "prenez dès lundi un rdv", True),
        ("délai + 10 jours", "10 jours, c'est le délai", True),
        ("délai + 10 jours", "Le délai. Puis 10 jours.", False),
        ("(trou|crevasse) chaussée", "une crevasse sur la chaussée", True),
        ("=est", "il était", False),
        ("poste", "une porte", False),
        ("compétence", "la compétance", True),
    ],
)
def test_patterns(pattern: str, text: str, found: bool) -> None:
    """Does the little language find what its page says?"""
    assert bool(find(pattern, Reading(text))) is found


@given(st.text(max_size=300))
def test_any_text_is_scored(text: str) -> None:
    """Whatever is typed, is there a score within bounds, and evidence that quotes the answer itself?"""
    for exercise in ASSIGNMENT.exercises:
        result = score(exercise, text)
        assert result.score is None or 0 <= result.score <= exercise.max_score
        for line in result.criteria:
            for quote in line.evidence:
                assert clean_answer(text)[quote.start : quote.end] == quote.text


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text: str) -> None:
    """Is the folded text as long as the original, so that quotations are right?"""
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("b", 1),
        ("Réponse B", 1),
        ("la b parce que", 1),
        ("B, pas A", 1),
        ("a", 0),
        ("A ou B", 0),
        ("je ne sais pas", 0),
    ],
)
def test_choices(answer: str, points: float) -> None:
    """Is the letter read however it is written, and two letters refused?"""
    assert score(ASSIGNMENT.exercise("ou_coller"), answer).score == points


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("A : oui\nB : oui après masquage", 2),
        ("a oui, b masqué", 2),
        ("oui : A, masqué : B", 2),
        ("pour le cas A c'est oui, pour le cas B il faut masquer", 2),
        ("A : oui, jamais\nB : jamais ou oui", 0),
        ("A : oui\nB : oui, pas besoin de masquer", 1),
    ],
)
def test_sorting(answer: str, points: float) -> None:
    """Are cases sorted in any layout, and hesitation between two answers refused?"""
    assert score(ASSIGNMENT.exercise("trier"), answer).score == points


def test_open_questions_wait_for_a_person() -> None:
    """Is an open answer left unscored, and a blank one 0?"""
    exercise = ASSIGNMENT.exercise("demonstration")
    assert score(exercise, "Je montrerai l'acte de naissance.").score is None
    assert score(exercise, " ").score == 0


def test_personal_data_caps_the_mark() -> None:
    """Does a name left in the prompt halve the marks at most, with the reason?"""
    answer = (
        "Tu es agent d'accueil. Karim Belaïd est tombé à vélo dans un nid-de-poule et demande qui va payer. "
        "Rédige une réponse de 100 mots, courtoise, sur un ton cordial. N'invente rien."
    )
    result = score(ASSIGNMENT.exercise("consigne_nid_de_poule"), answer)
    assert result.score == 4
    assert "donnée personnelle" in result.notice
