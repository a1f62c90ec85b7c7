"""What an announcement is about, when and where it takes place, what it costs, and whether it is put off."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.event import read_event
from atelier_ia.assistant.simulator.event_price import price_told
from atelier_ia.assistant.simulator.told_rows import told_rows, with_months
from tests.assistant.simulator.conftest import Document


@pytest.mark.parametrize(
    ("notes", "title"),
    [
        ("La piscine fermera à 12 h le 3 mai.", "Fermeture de la piscine"),
        ("La rue du Four sera barrée du 3 au 5 mai.", "Rue du Four barrée"),
        ("Attention changement !! Le loto du club est reporté au 9 mai.", "Le loto du club"),
        ("La fanfare donnera son concert d'été le 3 juin place Foch.", "Concert d'été de la fanfare"),
        ("L'exposition « Neige, 1900-1950 » ouvre le 3 mai.", "Exposition « Neige, 1900-1950 »"),
        ("Nous souhaiterions une affiche A4 pour la foire aux plants du 8 mai.", "Foire aux plants"),
        ("Le Département annonce que le pont Neuf (RD 4) sera fermé du 3 au 5 mai.", "Pont Neuf fermé"),
        ("Réunion publique sur le nouveau plan de circulation du centre, jeudi 3 mai.",
         "Réunion publique sur le nouveau plan de circulation du centre"),
    ],
)  # fmt: skip
def test_titles(notes: str, title: str) -> None:
    """Is a title what is announced, whole?"""
    assert read_event(notes).title == title


@pytest.mark.parametrize(
    ("notes", "when", "hours", "place", "status"),
    [
        ("Le loto prévu le 5 mai à l'école Pasteur est reporté. Nouvelle date dimanche 20 mai, 16 h, même endroit.",
         "dimanche 20 mai", "16 h", "école Pasteur", "reporté"),
        ("Le bal du 5 mai salle Foch est annulé, la salle est inondée.", "5 mai", "", "salle Foch", "annulé"),
        ("Balade samedi 5 mai à 9 h, annulée si orage.", "samedi 5 mai", "9 h", "", ""),
        ("Marché samedi 5 mai de 9 h à 12 h et dimanche 6 mai de 10 h à 13 h, place Foch.",
         "samedi 5 mai de 9 h à 12 h et dimanche 6 mai de 10 h à 13 h", "", "place Foch", ""),
        ("Jeux samedi 5 mai à 9 h, maison des jeunes 4 rue Haute.", "samedi 5 mai", "9 h",
         "maison des jeunes, 4 rue Haute", ""),
        ("Carnaval samedi 5 mai à 9 h, cour de l'école Pasteur.", "samedi 5 mai", "9 h", "cour de l'école Pasteur", ""),
        ("Coupure d'eau mardi 5 mai. Rues : rue du Four, rue du Puits.", "mardi 5 mai", "", "", ""),
        ("Déneigement : arrêté du 3 mai 2019. Réunion le 9 juin à 18 h.", "9 juin", "18 h", "", ""),
        ("La mairie ferme le 24 mai à midi, horaires habituels 8 h 30 12 h.", "24 mai", "midi", "", ""),
    ],
)  # fmt: skip
def test_frames(notes: str, when: str, hours: str, place: str, status: str) -> None:
    """Are the day, the hour and the place those of what is announced, the new ones when it is put off?"""
    event = read_event(notes)
    assert (event.when, event.hours, event.place, event.status) == (when, hours, place, status)


@pytest.mark.parametrize(
    ("notes", "price"),
    [
        ("Tarif unique cinq euros, gratuit pour les enfants.", "Tarif unique cinq euros, gratuit pour les enfants"),
        ("Loto, orchestre, 8 € l'entrée avec une boisson.", "8 € l'entrée avec une boisson"),
        ("Navette gratuite, parking gratuit.", ""),
        ("Enveloppe de 600 €, gros lot : bon d'achat 50 €.", ""),
        ("Une plainte déposée, 380 € en liquide.", ""),
    ],
)  # fmt: skip
def test_prices(notes: str, price: str) -> None:
    """Is a price told with what it buys, and is no gift taken for one?"""
    assert price_told(notes) == price


def test_a_post_says_that_it_is_put_off(document: Document) -> None:
    """Does every text, the shortest too, say that it is put off and to when, and never its old day as its day?"""
    text = document(
        "publications", "Le loto prévu samedi 5 mai salle Foch est reporté au dimanche 13 mai à 14 h, même salle."
    )
    assert "Panneau lumineux\nLe loto - reporté au dimanche 13 mai - 14 h - salle Foch" in text


def test_rows_of_one_thing_told_twice() -> None:
    """Does each cell of « avant » and « pendant » say which it is, and does a time of day need no name?"""
    table = "jour | avant | pendant\nlundi | 14h-18h | fermé\nmardi | 9h-12h | 9h-10h"
    assert (
        told_rows(table, named=True) == "lundi : avant 14h-18h, pendant fermé.\nmardi : avant 9h-12h, pendant 9h-10h."
    )
    assert with_months("mardi 1/02, au 9/03, 1/2 journée") == "mardi 1er février, au 9 mars, 1/2 journée"
