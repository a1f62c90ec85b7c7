"""Second thoughts in notes and dictation: the last word wins, across clauses, sentences and lines."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.action_rows import action_rows
from atelier_ia.assistant.simulator.corrections import corrected
from atelier_ia.assistant.simulator.meeting_opening import opened
from atelier_ia.assistant.simulator.movements import movements
from atelier_ia.assistant.simulator.spelled import spoken_times


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("emprunt de 200 000 € sur 20 ans, pardon sur 15 ans", "emprunt de 200 000 € sur 15 ans"),
        ("vendredi 8 janvier... rectif du cabinet ce matin : vendredi 15 janvier, 18 h", "vendredi 15 janvier, 18 h"),
        ("sortie : 18 mai, je reprends, 25 mai", "sortie : 25 mai"),
        ("départ 20 h 30... je reprends : 20 h", "départ 20 h"),
        ("- lots : 12 paniers\n- ah non 15 paniers", "- lots : 15 paniers"),
        ("tarifs de l'eau de la piscine... non pas de l'eau, tarifs de la piscine 2027", "tarifs de la piscine 2027"),
        ("le 4 septembre — attendez non : la majorité préfère le 11. Donc le 11 septembre", "le 11 septembre"),
        ("nocturne jeudi 31... non annulée la nocturne", "nocturne jeudi 31 : annulée"),
        ("4 € adhérents 6 € les autres, non pardon 3 € adhérents", "3 € adhérents 6 € les autres"),
        ("le moins cher 23 400... pardon 24 300 €", "le moins cher 24 300 €"),
        ("scène principale place de l'Église... non pardon place des Halles", "scène principale place des Halles"),
        ("Pic… non il est absent, c'est Rolland qui s'étonne", "Rolland s'étonne"),
        ("Lieu : gymnase / stade si beau -> finalement gymnase", "Lieu : gymnase"),
    ],
)
def test_the_last_word_wins(told: str, expected: str) -> None:
    """Is what is taken back replaced, and nothing else?"""
    assert corrected(told) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("treize mars deux mille vingt-sept à quatorze heures trente", "13 mars 2027 à 14 h 30"),
        ("du quinze au dix-neuf février", "du 15 au 19 février"),
        ("le premier avril à neuf heures", "1er avril à 9 h"),
        ("deux heures de cours par semaine", "deux heures de cours par semaine"),
        ("de dix-neuf heures à minuit trente", "19 h à 0 h 30"),
        ("à midi et demi", "à 12 h 30"),
    ],
)
def test_spoken_times(told: str, expected: str) -> None:
    """Are dictated days and hours written in figures, and lengths of time left?"""
    assert expected in spoken_times(told)


@pytest.mark.parametrize(
    ("head", "present"),
    [
        ("COPIL écoles 12/01, 17 h 30, présents : Mme Rouault, M. Ferrec", "Mme Rouault, M. Ferrec"),
        ("Point hebdo technique 18/01 (Gilles, Mehdi, Corinne)", "Gilles, Mehdi, Corinne"),
        ("Réunion accueil lundi, étaient là Nathalie Brigitte Samir", "Nathalie, Brigitte et Samir"),
        ("Commission finances 22/02 17 h Mmes Vidal, Corbel, MM. Sow, Hamon", "Mmes Vidal, Corbel, MM. Sow, Hamon"),
        ("Visio bus 21/01. Nous : Mme Tual, Romain. Eux : M. Chabot", "Mme Tual, Romain, M. Chabot"),
    ],
)  # fmt: skip
def test_the_roll_of_a_meeting(head: str, present: str) -> None:
    """Is the roll found wherever the head of the notes tells it?"""
    assert f"Présents : {present}" in opened(f"{head}\nSuite des notes")


def test_a_table_of_actions() -> None:
    """Does each row give who, what with its state, and when?"""
    text, actions = action_rows("Action | Qui | Échéance | État\nRideaux | Paul | 15/03 | en attente du devis\nFin")
    assert text == "Fin"
    assert actions == [("Paul", "Rideaux : en attente du devis", "15/03")]


def test_arrivals_and_departures() -> None:
    """Are those that say when told, each by itself, and the public left out?"""
    told = movements(
        "M. Sow arrive à 19 h 20 (point 2), Mme Leray part à 20 h 45 et donne pouvoir à M. Diop. Le public sort à 21 h."
    )
    assert told == ["M. Sow arrive à 19 h 20 (point 2)", "Mme Leray part à 20 h 45 et donne pouvoir à M. Diop"]
