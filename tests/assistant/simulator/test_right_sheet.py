"""The sheet that a mail calls for, or none: a place, a means or one everyday word are not the matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from atelier_ia.assistant.knowledge import Procedure, find_procedures, load_procedures, set_aside
from atelier_ia.assistant.simulator.circumstances import searched
from atelier_ia.assistant.simulator.competences import competent
from atelier_ia.assistant.simulator.mail import read_mail
from atelier_ia.settings import load_settings


@pytest.fixture
def subjects_of(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("ATELIER_RACINE", str(Path(__file__).parents[3]))
    procedures = load_procedures(load_settings())
    return lambda text: {subject.procedure.id for subject in read_mail(text, procedures).subjects}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a place or a means
        ("Une camionnette stationne tous les soirs sur la piste cyclable du pont.", {"stationnement_genant"}),
        ("Ma fille a oublié son écharpe dans le bus jeudi, l'avez-vous ?", {"objets_trouves"}),
        ("Avez-vous retrouvé un doudou souris au marché de samedi ?", {"objets_trouves"}),
        ("Il n'y a plus un seul banc entre la gare et la mairie.", {"equipement_nouveau", "mobilier_urbain"}),
        ("La médiathèque est-elle ouverte le 24 décembre ?", {"mediatheque_piscine"}),
        ("Je voudrais inscrire mon fils à l'école de musique.", {"conservatoire_culture"}),
        # the intent
        ("Le club de karaté n'a plus d'eau chaude au dojo.", {"batiment_communal"}),
        ("Recrutez-vous des animateurs pour le centre de loisirs cet été ?", {"candidature"}),
        ("Nous attendons toujours le chèque de caution de la salle.", {"caution_salle"}),
        ("La place handicapée de la pharmacie est toujours occupée sans carte.", {"stationnement_genant"}),
        ("Je dois annuler mon rendez-vous de mardi pour le passeport.", {"rendez_vous_modifier"}),
        ("J'ai demandé un acte de naissance le mois dernier, je n'ai toujours rien reçu.", {"suivi_acte"}),
        ("Allez-vous fermer une classe à l'école du Lac ?", {"ecole_classe_carte"}),
        # matters that had no sheet
        ("Les toilettes publiques de la halle sont fermées.", {"toilettes_publiques"}),
        ("La boîte à livres de la place a perdu sa porte.", {"boite_livres"}),
        ("Le notaire demande un certificat d'assainissement pour la vente.", {"raccordement_vente"}),
        ("Y a-t-il du wifi gratuit sur la place ?", {"wifi_ordinateur"}),
        # a thank-you
        ("Je tiens à souligner la gentillesse de la dame de l'accueil.", set()),
    ],
)
def test_the_matter_and_not_its_circumstances(subjects_of, text: str, expected: set[str]) -> None:  # type: ignore[no-untyped-def]
    """Is the sheet the one of what is asked, and no other recited beside it?"""
    found = subjects_of(f"Bonjour,\n{text}\nCordialement")
    assert found <= expected
    assert bool(found) == bool(expected)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Le souffleur à feuilles passe à 7 h 30 pile et me réveille.", "dechets_speciaux"),
        ("Je viens de divorcer et je veux reprendre mon nom de jeune fille.", "affaires_familiales"),
        ("Je suis en train de remplir le dossier de la crèche.", "train_gare"),
        ("Mon mari doit-il venir aussi pour légaliser sa signature ?", "regroupement_familial"),
        ("La couleur est la même que celle de la salle des fêtes.", "location_salle"),
        ("Une voiture bloque mon portail.", "declaration_prealable"),
    ],
)
def test_one_word_is_no_matter(subjects_of, text: str, never: str) -> None:  # type: ignore[no-untyped-def]
    """Is an everyday word, or two by chance, not enough to recite a sheet?"""
    assert never not in subjects_of(f"Bonjour,\n{text}\nMerci")


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("j'ai perdu mes clés dans le bus", "clés", "bus"),
        ("le bus est passé en avance", "bus", "perdu"),
        ("un vélo garé devant la poste", "vélo", "poste"),
        ("la même teinte que celle de la salle des fêtes", "teinte", "salle"),
        ("je suis en train de déménager", "déménager", "train"),
        ("je vous écris parce que le trottoir est cassé", "trottoir", "poste"),
    ],
)
def test_circumstances_are_left_out(text: str, kept: str, gone: str) -> None:
    """Are the place, the means and what is compared left out, and the matter kept?"""
    assert kept in searched(text)
    assert gone not in searched(text)


def test_words_that_rule_a_sheet_out() -> None:
    """Does « sauf » keep a sheet away, in the words close together or word for word, and only then?"""
    visit = Procedure(id="visite", titre="Visite", service="accueil", competence="commune", reponse="Oui.",
                      mots=("une classe", "classe de CM1"), sauf=("classe ferme", "pas encore"))  # fmt: skip
    other = visit.model_copy(update={"id": "autre", "words": ("fermeture",), "unless": ()})
    both = (visit, other)
    assert set_aside("La classe de CM1 ferme-t-elle ?", both) == {"visite"}
    assert set_aside("Elle n'est pas encore venue", both) == {"visite"}
    assert set_aside("La classe de CM1 veut venir", both) == frozenset()
    assert [sheet.id for sheet, _ in find_procedures("La classe de CM1 veut venir", both, 3)] == ["visite"]
    assert not [sheet for sheet, _ in find_procedures("La classe de CM1 ferme", both, 3) if sheet.id == "visite"]


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("À qui est le terrain avec les moutons ?", "urbanisme"),
        ("La ludothèque prête-t-elle des jeux ?", "communication"),
        ("J'ai été prélevée deux fois en octobre.", "finances"),
        ("Un mot pour les espaces verts.", "techniques"),
        ("J'attends depuis une heure devant l'école.", ""),
    ],
)
def test_service_when_no_sheet_fits(text: str, service: str) -> None:
    """Does one sure word name the service, a place counting for nothing?"""
    line = competent(text, 2)
    assert (line.service if line else "") == service
