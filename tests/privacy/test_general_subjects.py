"""What is told of nobody in particular: rules, questions that anyone asks, numbers and names of things."""

from __future__ import annotations

import pytest

from atelier_ia.privacy import detect

QUESTIONS = """FOIRE AUX QUESTIONS – Carte d'identité

Puis-je garder mon foulard sur la photo ? La tête doit être nue.

Je suis à mobilité réduite, pouvez-vous venir chez moi ? Oui, sur rendez-vous.

Où déposer ma demande ? Dans toute mairie équipée. Une dispense existe pour les patients sous chimiothérapie.
"""

LETTER = """Madame le Maire,

Je suis à mobilité réduite et je ne peux plus venir au guichet. Pouvez-vous passer chez moi ?

Odile Marchand
"""


# A report names nobody, yet tells of one person: longer than what is read as a note.
REPORT = """Compte rendu de la visite du 3 décembre

Le logement compte deux pièces. La locataire est suivie par le service depuis le printemps. Elle élève seule
trois enfants, dont l'aîné est autiste. Le bailleur a été prévenu de l'humidité des murs et de l'état des
fenêtres. La commission du logement se réunira le 17 décembre. Rien ne permet aujourd'hui de dire si le
relogement sera possible avant la fin de la trêve hivernale, le parc social étant saturé et les logements
adaptés peu nombreux dans la commune. Le service propose de reprendre contact avec l'agglomération, qui gère les
attributions, et de demander une visite technique des lieux. La conseillère signale aussi une dépression sévère.
"""


def found(text: str) -> list[tuple[str, str]]:
    """Label and text of each span, without any local list."""
    return [(span.label, text[span.start : span.end]) for span in detect(text, names=())]


def test_a_question_that_anyone_asks_is_no_alert_and_a_letter_is_one() -> None:
    """Is « je suis à mobilité réduite » an alert in a signed letter, and none in a list of questions and answers?"""
    assert found(QUESTIONS) == []
    assert [label for label, _ in found(LETTER)] == ["SANTE", "NOM"]


def test_a_long_report_that_names_nobody_may_tell_of_someone() -> None:
    """Are illnesses alerted in a report of more than 600 characters, without a name, about one tenant?"""
    assert len(REPORT) > 600
    assert [told for label, told in found(REPORT) if label == "SANTE"] == ["autiste", "une dépression sévère"]


@pytest.mark.parametrize(
    "text",
    [
        "Les personnes à mobilité réduite, sous oxygène ou sous dialyse sont transportées par ambulance.",
        "La collectivité ne fournit ni viande halal ni viande casher et n'organise aucun tri par religion.",
        "L'édifice appartient à la commune ; il est affecté au culte catholique.",
        "Les actions portant sur la maladie d'Alzheimer, le cancer, l'autisme ou le VIH sont financées.",
        "Le taux d'emploi de travailleurs handicapés atteint 6,4 %.",
    ],
)
def test_rules_and_subjects_raise_no_alert(text: str) -> None:
    """Do rules, illnesses as subjects and whole publics stay without alert?"""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("M. Huet, membre d'EELV, sera absent.", "membre d'EELV"),
        ("L'adjoint, M. Roy, du Rassemblement national, a refusé.", "du Rassemblement national"),
        ("Le père, M. Lévy, rabbin adjoint, travaille le mercredi.", "rabbin adjoint"),
        ("Je réserve la salle pour la bar-mitsva de mon fils.", "bar-mitsva"),
    ],
)
def test_what_is_told_of_somebody_stays_an_alert(text: str, told: str) -> None:
    """Are a party and a faith told of somebody still alerts?"""
    assert any(label == "SENSIBLE" and value.startswith(told) for label, value in found(text))


@pytest.mark.parametrize(
    "told",
    [
        "L'agente est enceinte de six mois.",
        "Un agent du service a été condamné pour vol.",
        "L'élève, épileptique, a fait une crise mardi.",
        "Il est séropositif.",
    ],
)
def test_a_long_note_without_names_still_tells_somebody(told: str) -> None:
    """Is somebody's health or past an alert in a long note that names nobody?"""
    around = "Le service a été saisi en mars ; un point hebdomadaire se tient avec la direction. " * 10
    assert [label for label, _ in found(around + told + " " + around)] != []


def test_a_name_in_the_sentence_undoes_the_general_subject() -> None:
    """Is a person named among a whole public still told?"""
    assert ("SANTE", "diabétique") in found("Parmi les enfants du groupe des grands, Nolan est diabétique et attend.")


@pytest.mark.parametrize(
    "text",
    [
        "Le secours est accordé, mandat n° 4471, imputation 6713.",
        "Borne d'appel en panne, bon n° 5521.",
        "Le dépôt passe par le service achats (note 2024-17).",
        "L'attestation est jointe au dossier (PC16-8).",
        "Un numéro d'ordre est donné, par exemple URBA/2025/0001.",
        "Un plan de renouvellement des collecteurs des bassins Descartes, Bellevue et Zola.",
        "La pièce a touché 640 lycéens à Clemenceau, Lavoisier et Sainte-Thérèse.",
        "Le comité de jumelage avec Rosenheim et San Vito est soutenu.",
        "Les salles A 101, A 102 sont réservées aux instructeurs.",
    ],
)
def test_numbers_and_names_of_things_are_left_alone(text: str) -> None:
    """Are the mairie's own numbers, and lists of halls, schools and towns, left as they are?"""
    assert found(text) == []


def test_a_shape_alone_announces_nothing() -> None:
    """Does a number need a word, a cell or a list to be read like one that was found elsewhere?"""
    text = "Dossier n° 24-4471 : clos.\n\nLe record du stade reste celui de 11-2233 passages en un jour."
    assert found(text) == [("REF_DOSSIER", "24-4471")]
    assert ("REF_DOSSIER", "24-4472") in found("Dossiers n° 24-4471 et 24-4472.")


def test_parcels_of_a_list_need_no_word_each() -> None:
    """Are the parcels of a list read in a text about land, also where their letters mean something else?"""
    text = "Foncier, emprises du projet :\nP1 : AL 12, AL 13, AL 15 – accord\nP2 : AM 207 – relance\nRD 940, CM 2"
    spans = [value for label, value in found(text) if label == "CADASTRE"]
    assert spans == ["AL 12, AL 13, AL 15", "AM 207"]


def test_the_siret_of_a_public_body_is_to_check() -> None:
    """Is the number of a commune shown to whoever sends the text, who may keep it?"""
    spans = detect("Employeur : commune de Thann, SIRET 216 803 340 00011.", names=())
    assert [(span.label, span.level) for span in spans] == [("SIRET", "verifier")]
