"""What a reply repeats of a message, what it only names, and who it says is in charge when no sheet answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from atelier_ia.assistant.knowledge import find_procedures, load_procedures
from atelier_ia.assistant.simulator.competences import competent, load_competences
from atelier_ia.assistant.simulator.neutral import known_words, neutral, nouns
from atelier_ia.use_cases.sandbox import reference_settings


@pytest.fixture
def procedures(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("ATELIER_RACINE", str(Path(__file__).parents[3]))
    return load_procedures(reference_settings())


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Le banc du square est cassé depuis lundi.", "Le banc du square est cassé depuis lundi."),
        ("Le portail est ouvert la nuit, une vraie passoire à zigotos", "Le portail est ouvert la nuit"),
        ("Les jeunes font du bruit, le fils Garnier et sa bande", "Les jeunes font du bruit"),
        ("Il paraît que la crèche va fermer ?", ""),
        ("Qu'attend la mairie pour taper du poing sur la table ?", ""),
        ("Ma voiture (AB-417-ZK, Clio grise) a disparu", "Ma voiture a disparu"),
        ("La haie de M. Ozanne dépasse sur le trottoir", "La haie d’un voisin dépasse sur le trottoir"),
    ],
)
def test_only_plain_clauses_are_kept(said: str, kept: str, procedures) -> None:  # type: ignore[no-untyped-def]
    """Are jokes, names of the people complained of, rumours and mockery left out, and plain facts kept?"""
    assert neutral(said, known_words(procedures)) == kept


def test_what_is_left_out_is_named(procedures) -> None:  # type: ignore[no-untyped-def]
    """Are the things of the town named once, and neither people nor what the reply already says?"""
    text = "Le lampadaire est une vraie guirlande, ma poubelle est bloquée et mon mari rouspète."
    assert nouns(text, procedures, "") == ["le lampadaire", "votre poubelle"]
    assert nouns(text, procedures, "Le lampadaire est signalé.") == ["votre poubelle"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Le chauffage est en panne au collège", "Département"),
        ("Mon chômage et ma retraite", "France Travail"),
        ("Le facteur et mon colis", "La Poste"),
    ],
)
def test_the_body_in_charge_is_told(text: str, word: str) -> None:
    """Is the body that decides found by its words, and none when nothing points to one?"""
    line = competent(text)
    assert line is not None
    assert word in line.body
    assert competent("Bonjour, merci.") is None


def test_competences_name_services_of_the_commune(procedures) -> None:  # type: ignore[no-untyped-def]
    """Does each line of the table send to a service that exists, and do the main ones have a line of their own?"""
    assert procedures
    known = {service.id for service in reference_settings().services}
    assert {line.service for line in load_competences()} <= known
    assert {line.service for line in load_competences() if not line.body} >= {"techniques", "police", "enfance", "ccas"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("mon york est perdu", "animal_perdu"),
        ("une bagnole garée devant mon garage", "stationnement_genant"),
        ("un réverbère éteint", "eclairage_public"),
    ],
)
def test_the_thesaurus_leads_to_the_sheet(text: str, wanted: str, procedures) -> None:  # type: ignore[no-untyped-def]
    """Does a word that no sheet holds lead to the sheet that names the same thing?"""
    assert find_procedures(text, procedures, 1)[0][0].id == wanted
