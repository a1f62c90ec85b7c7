"""Notes for an arrêté: measures jotted down told as sentences, forms and memos read, who writes in the visas alone."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.order_facts import spanned
from atelier_ia.assistant.simulator.order_form import formed
from atelier_ia.assistant.simulator.order_measures import measure
from atelier_ia.assistant.simulator.order_sentences import in_sentences
from tests.assistant.simulator.conftest import Document


@pytest.mark.parametrize(
    ("jotted", "told"),
    [
        ("Stationnement interdit côté pair", "Le stationnement est interdit côté pair"),
        ("Circulation alternée par feux", "La circulation est alternée par feux"),
        ("Circulation + stationnement interdits", "La circulation et le stationnement sont interdits"),
        ("Barrières posées par la mairie", "Les barrières sont posées par la mairie"),
        ("Accès riverains et secours maintenus", "Les accès riverains et les secours sont maintenus"),
        ("Éclairage maintenu", "L'éclairage est maintenu"),
        ("Déviation par la rue Haute", "Une déviation est mise en place par la rue Haute"),
        ("Interdiction d'habiter", "Il est interdit d'habiter"),
        ("Ne pas gêner la sortie", "Il est interdit de gêner la sortie"),
        ("Laisser 1,40 m libre", "Il convient de laisser 1,40 m libre"),
        ("Rue pas barrée, circulation libre", "Rue pas barrée, circulation libre"),
        ("Le parc reste ouvert", "Le parc reste ouvert"),
        ("Parking : stationnement interdit", "Parking : stationnement interdit"),
    ],
)
def test_measures_are_sentences(jotted: str, told: str) -> None:
    """Is a thing followed by what is decided of it a sentence, and is anything else left as it was told?"""
    assert in_sentences([jotted]) == [told]


def test_an_exception_joins_its_measure_and_errands_go() -> None:
    """Does « Sauf… » stand with what it bears on, and is what is told to the office left out?"""
    assert in_sentences(["Les feux sont interdits.", "Sauf le 14 juillet", "Publier tout de suite"]) == [
        "Les feux sont interdits, sauf le 14 juillet"
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("on ferme à la circulation la rue Haute", "La circulation est interdite sur la rue Haute"),
        (
            "fermer à la circulation de 13 h à 17 h : rue Haute",
            "La circulation est interdite de 13 h à 17 h : rue Haute",
        ),
        ("interdire poids lourds rue Haute", "Les poids lourds sont interdits rue Haute"),
    ],
)
def test_infinitives(asked: str, told: str) -> None:
    """Is a closure to traffic said as such, and does a plural without article agree?"""
    assert measure(asked) == told


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ("Demande entreprise Sogéa (M. Le Du), pour tirage de câble.",
         "Vu la demande présentée par l'entreprise Sogéa (M. Le Du).\ntirage de câble."),
        ("Objet : demande\nEntreprise : Sogéa TP\nPour le compte de : Orange\nTravaux : fouille\nBesoin : rue barrée",
         "Vu la demande présentée par l'entreprise Sogéa TP, pour le compte d'Orange.\nMotif : fouille.\nrue barrée"),
        ("Interdire aussi les pétards ? Oui (une haie a brûlé)", "Interdire les pétards."),
        ("Fermer la mairie ? Non, trop tard.\nRue barrée.", "\nRue barrée."),
        ("Rue barrée.\nBrigadier-chef A. Le Du", "Rue barrée."),
        ("Zoé des services techniques :\nrue barrée.", "rue barrée."),
        ("abroge dispo contraires", "Les dispositions contraires sont abrogées"),
        ("Demande de Mme Le Du : une benne.", "Demande de Mme Le Du : une benne."),
    ],
)  # fmt: skip
def test_forms_and_memos(notes: str, told: str) -> None:
    """Are the labels of a form, who asks, and a question answered on the spot told as an arrêté reads them?"""
    assert formed(notes) == told


def test_days_of_one_period() -> None:
    """Are two days one period where the notes say so, and only there?"""
    assert spanned(("3 mai", "8 mai", "9 juin"), "du 3 mai 14 h au 8 mai, contrôle le 9 juin") == (
        "du 3 mai au 8 mai",
        "9 juin",
    )


def test_who_writes_is_told_in_the_visas_only(document: Document) -> None:
    """Is the person who asks in a visa, and neither their name, a question nor a broken verb in the articles?"""
    text = document(
        "arrete",
        "Bonjour, nous déménageons le samedi 5 juin et aurions besoin de réserver 2 places devant le 4 rue Haute, de "
        "8 h à 12 h. Faut-il venir chercher les panneaux ? Merci. Zoé et Gwendal Kerbiriou",
    )
    assert "Vu la demande présentée par Zoé et Gwendal Kerbiriou ;" in text
    articles = text.split("Article 2")[1]
    assert "Kerbiriou" not in articles
    assert "?" not in articles
    assert "déménagee" not in text


@pytest.mark.parametrize("shape", ["Demande entreprise A", "Fermer la rue ? ", "Stationnement interdit ", "l'Amicale "])
def test_long_notes_are_read_to_their_end(shape: str) -> None:
    """Are 200 kB of one turn read at once?"""
    in_sentences([formed(shape * (200_000 // len(shape)))])


def test_private_numbers_stay_out() -> None:
    """Does the applicant's mobile number go, and that of who answers on the site stay?"""
    told = formed("M. Rémi Costa, 4 rue Haute, 06 00 00 15 15\nRéférent sur place : M. Le Roy, 06 00 00 16 16")
    assert "15 15" not in told
    assert "4 rue Haute" in told
    assert "06 00 00 16 16" in told
