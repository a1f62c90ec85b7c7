"""Minutes told in paragraphs or dictated, sittings noted short or dictated, a delegation asked for in passing."""

from __future__ import annotations

import pytest

from tests.assistant.simulator.conftest import Document

PARAGRAPHS = """Réunion de la voirie, lundi 1er mars 2027, 9 h, avec Lina, Omar, Paul et moi (Mme Roy, responsable).

Nous avons d'abord parlé des plannings : trop de trous le lundi. À partir du 15 mars, deux agents ouvriront.

Ensuite, le car. Omar propose d'en louer un. L'idée plaît mais il faut l'accord du maire, on n'annonce rien aux agents.

Paul sera absent du 8 au 12 mars ; Lina le remplace au dépôt.

Enfin, les gants : je passe la commande avant vendredi."""


def test_minutes_in_paragraphs(document: Document) -> None:
    """Are the roll, the decision, the actions with who and when, and the point to settle all found?"""
    text = document("reunion", PARAGRAPHS)
    assert "Présents : Lina, Omar, Paul, Mme Roy (responsable)." in text
    decisions, rest = text.split("Actions\n")
    actions, rest = rest.split("Points abordés\n")
    assert "deux agents ouvriront" in decisions
    assert "Responsable : Lina. Échéance : du 8 au 12 mars." in actions
    assert "Mme Roy passe la commande avant vendredi. Responsable : Mme Roy. Échéance : avant vendredi." in actions
    assert "il faut l'accord du maire" in rest.split("Points à trancher\n")[1]
    assert "Ensuite" not in text
    assert "abord parlé" not in text


def test_dictated_minutes(document: Document) -> None:
    """Are ordinals taken off, who is excused left out of the roll, and does a point to settle keep its subject?"""
    text = document(
        "reunion",
        "Compte rendu du bureau du deux mars, il y avait Madame Roy, Monsieur Petit, Madame Diallo et moi la "
        "directrice "
        "générale, Monsieur Costa était excusé. Premièrement le parc, on retient le devis de 4 200 euros. "
        "Deuxièmement la "
        "halle, deux projets, on n'a pas tranché, Madame Roy les reçoit avant le 20 mars.",
    )
    assert "Présents : Madame Roy, Monsieur Petit, Madame Diallo, la directrice générale." in text
    assert "Excusés : Monsieur Costa." in text
    assert "- Le parc : on retient le devis de 4 200 euros." in text
    assert "La halle, deux projets, pas tranché" in text.split("Points à trancher\n")[1]
    assert "Responsable : Madame Roy. Échéance : avant le 20 mars." in text


def test_for_and_against_is_to_settle(document: Document) -> None:
    """Does « pour, contre, on verra » stay, as a point to settle?"""
    text = document(
        "reunion", "Point accueil 3 mars\nPrésents : Lina, Omar, Zoé\n- Badges : Lina pour, Omar contre, on verra"
    )
    assert "Badges : Lina pour, Omar contre" in text.split("Points à trancher\n")[1]


def test_a_dictated_list(document: Document) -> None:
    """Are the day and the hour read, and each number said aloud a point with its own vote?"""
    text = document(
        "liste",
        "La liste pour la séance du premier mars deux mille vingt-sept à dix-neuf heures, vingt présents, trois "
        "pouvoirs. "
        "Un, emprunt pour l'école, vingt pour, trois contre. Deux, la convention avec le club, on l'a retirée. "
        "Trois, vœu "
        "pour la gare, dix-huit pour, cinq contre, entre nous c'était pénible. Voilà, c'est tout.",
    )
    assert "séance du 1er mars 2027 à 19 h" in text
    assert "1. Emprunt pour l'école : approuvée [À VÉRIFIER] (pour : 20, contre : 3)" in text
    assert "2. Convention avec le club : retirée" in text
    assert "3. Vœu pour la gare : approuvée [À VÉRIFIER] (pour : 18, contre : 5)" in text
    assert "pénible" not in text


def test_a_record_noted_short(document: Document) -> None:
    """Is the roll no point, the older record at its place, and a point withdrawn apart from the vote before it?"""
    text = document(
        "pv",
        "notes conseil 2/3/27 - présidente Mme Roy - secrétaire M. Petit - 19h\n20 présents. pouvoirs : Costa > "
        "Roy, Diallo > "
        "Petit. excusée sans pouvoir Mme Blanc\nPV du 4 février : adopté, 22 pour\nTerrain AB 12 : M. Petit "
        "présente le prix. "
        "18 pour 4 abstentions\nfourrière : retirée par Mme le maire, convention pas relue\nfin 20h30",
    )
    assert "Représentés (pouvoirs) : Costa à Roy, Diallo à Petit\nAbsents : Mme Blanc" in text
    assert "Ordre du jour\n1. PV du 4 février\n2. Terrain AB 12\n3. Fourrière\n" in text
    assert "Vote : pour : 18, abstentions : 4.\n" in text
    assert "Délibération retirée." in text


@pytest.mark.parametrize(
    "asked",
    [
        "Mme Roy et les adjoints sont pris le samedi 6 mars 2027. C'est M. Jean Costa, conseiller municipal, "
        "qui célébrera "
        "le mariage de Mme Awa Diallo et M. Luc Blanc à 15h. Il me faut l'arrêté, juste pour ce mariage. Merci, "
        "Mme Prat, "
        "état civil",
        "Faut un arrêté pour le mariage du 6 mars 2027 à 15h, Mme Awa Diallo et M. Luc Blanc : le maire marie "
        "pas, il est "
        "pris, c'est M. Jean Costa (conseiller municipal) qui le remplace. juste cette fois. Nadia, état civil",
    ],
)
def test_a_delegation_for_one_wedding(document: Document, asked: str) -> None:
    """Is the delegation written as one, without police recitals nor sanctions, and who asks no measure?"""
    text = document("arrete", asked)
    assert "M. Jean Costa, conseiller municipal, reçoit délégation" in text
    assert "célébrer le mariage de Mme Awa Diallo et M. Luc Blanc" in text
    assert "Cette délégation vaut pour ce seul mariage." in text
    assert "empêché" in text
    assert not any(word in text for word in ("bon ordre", "Sanctions", "Prat", "Nadia", "Il me faut"))
