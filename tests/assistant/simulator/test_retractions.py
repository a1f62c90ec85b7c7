"""What the writer of a mail takes back, tables and dictation: `retractions.py`."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.drafting import Unit, render
from atelier_ia.assistant.simulator.neutral import known_words, neutral
from atelier_ia.assistant.simulator.person import swapped
from atelier_ia.assistant.simulator.plain import plain
from atelier_ia.assistant.simulator.restating import restated
from atelier_ia.assistant.simulator.retractions import settled


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("La benne devant le 12 rue Haute, non pardon devant le 14", "La benne devant le 14 rue Haute"),
        ("Ils sont passés mardi rue du Lac, non pas mardi, jeudi", "Ils sont passés jeudi rue du Lac"),
        ("le samedi 5 mai, ah non le 5 on est absents donc plutôt le samedi 12 mai", "le samedi 12 mai"),
        ("Un bail annuel… pardon, triennal", "Un bail triennal"),
        ("mon vélo, enfin celui de mon fils, est perdu", "le vélo de mon fils, est perdu"),
        ("| sujet | question |\n|---|---|\n| salle | le mardi ? |", "- salle : le mardi ?"),
        ("Le 12 rue Haute et le 14 rue Basse", "Le 12 rue Haute et le 14 rue Basse"),
        ("Je viens mardi, pas mercredi", "Je viens mardi, pas mercredi"),
    ],
)
def test_settled(told: str, meant: str) -> None:
    """Is the last word kept, and what is no correction left alone?"""
    assert settled(told) == meant


@pytest.mark.parametrize("who", ["la dame blonde avec des lunettes", "un monsieur à la barbe grise"])
def test_looks_are_not_repeated(who: str) -> None:
    """Does a description of someone's looks become « une personne »?"""
    told = neutral(f"J'ai été reçu au guichet par {who}", known_words(()))
    assert told == "J'ai été reçu au guichet par une personne"


def test_what_is_quoted_stays() -> None:
    """Are the words of someone else left in their own person?"""
    assert (
        swapped("j'ai lu « votre dossier est incomplet » hier") == "vous avez lu « votre dossier est incomplet » hier"
    )


def test_an_offer_is_not_a_permission() -> None:
    """Is an offer taken up as one?"""
    assert restated("je peux prêter ma remorque si besoin") == "Vous proposez de prêter votre remorque"


def test_mistakes_of_writing() -> None:
    """Are the endings and accents that no reader contests put right?"""
    assert plain("j'ai appeler hier tous les dimanche apres midi") == "j'ai appelé hier tous les dimanches après-midi"


def test_the_room_left_is_used_and_nothing_hangs() -> None:
    """Does a short sentence take the room of a long one, and does « Elle… » go with what it is said of?"""
    units = [
        Unit(1, 0, "Un deux trois."),
        Unit(1, 2, "Une taxe longue de dix mots au moins est due ici."),
        Unit(1, 2, "Elle est due."),
        Unit(2, 3, "Merci à vous."),
    ]
    assert render(units, 8) == "Un deux trois.\n\nMerci à vous."
