"""What notes for an arrêté, a post or a poster say in passing: said as an arrêté does, or left out."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.order_told import told_as_orders
from atelier_ia.assistant.simulator.orders import order
from atelier_ia.assistant.simulator.post_asked import announced_only
from atelier_ia.assistant.simulator.spelled import spoken_times
from atelier_ia.assistant.simulator.task import read_task
from atelier_ia.settings import Settings
from tests.assistant.simulator.quality_checks import INSTRUCTIONS, LIMITS, ROLE

WEDDING = (
    "Faire une délégation d'officier d'état civil pour Mme Odile Ney, conseillère municipale, qui va marier"
    " son filleul le samedi "
    "6 mai 2028 à 11h : Luc Roy et Eva Bel. Le maire et les adjoints sont pris. Juste pour ce mariage"
)


def test_a_delegation_for_one_wedding(settings: Settings) -> None:
    """Does the order name the delegate, the couple and the day, without police recitals nor kinship?"""
    content = f"{ROLE}{INSTRUCTIONS['arrete']}{LIMITS}\n\n<<<TEXTE\n{told_as_orders(WEDDING)}\nTEXTE>>>"
    text = order(read_task({"messages": [{"role": "user", "content": content}]}, settings), settings)
    assert "portant délégation des fonctions d'officier de l'état civil" in text
    assert "Mme Odile Ney, conseillère municipale, reçoit délégation" in text
    assert "le mariage de Luc Roy et Eva Bel, le samedi 6 mai 2028" in text
    assert "L. 2122-18" in text
    assert "Le maire et les adjoints sont empêchés" in text.replace("le maire et", "Le maire et")
    assert "L. 2212-1" not in text
    assert "filleul" not in text


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            "Je soussignée Odile Ney, présidente du judo, sollicite l'autorisation d'ouvrir une buvette le 6 mai.",
            "Odile Ney, présidente du judo, est autorisée à ouvrir une buvette le 6 mai.",
        ),
        (
            "Les terrains du stade sont impraticables. Faut les fermer du 4 au 7 mai.",
            "Les terrains du stade sont impraticables. Les terrains du stade sont fermés du 4 au 7 mai.",
        ),
        ("Prévenir le district.", "Le présent arrêté est porté à la connaissance de : le district."),
        (
            "Un pin menace chez M. Roy. Il faut le mettre en demeure de l'abattre.",
            "Un pin menace chez M. Roy. M. Roy est mis en demeure de l'abattre.",
        ),
        ("La rue Haute est fermée le 6 mai.", "La rue Haute est fermée le 6 mai."),
    ],
)
def test_said_as_an_order_says_it(told: str, said: str) -> None:
    """Are forms that leave no doubt turned, and others left as they are?"""
    assert told_as_orders(told) == said


@pytest.mark.parametrize(
    ("note", "post"),
    [
        ("Bonjour la com,\npouvez-vous annoncer la soirée contes le 6 mai à 19h.", "Soirée contes le 6 mai à 19h."),
        ("Il faut dire aux gens que la déchèterie est fermée lundi.", "La déchèterie est fermée lundi."),
        ("Marché le 6 mai. Mettre que les chiens restent en laisse", "Marché le 6 mai. Les chiens restent en laisse"),
        ("Marché le 6 mai à la halle. Merci de mettre ça partout.", "Marché le 6 mai à la halle."),
        ("Marché le 6 mai à la halle.", "Marché le 6 mai à la halle."),
    ],
)
def test_what_is_asked_of_whoever_writes(note: str, post: str) -> None:
    """Does only what is announced stay?"""
    assert announced_only(note) == post


def test_a_slogan_keeps_its_words() -> None:
    """Is what stands between quotes told as it was written?"""
    assert (
        spoken_times('Rendez-vous à dix-neuf heures. Slogan : "Offrez une heure"')
        == 'Rendez-vous à 19 h. Slogan : "Offrez une heure"'
    )
