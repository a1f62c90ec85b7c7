"""Shorthand written out, remarks to the writer left out, and what an arrêté reads of its request."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.event import read_event
from atelier_ia.assistant.simulator.french import facts
from atelier_ia.assistant.simulator.order_facts import own_facts, reasons_apart, signs_by
from atelier_ia.assistant.simulator.order_measures import measure, with_units
from atelier_ia.assistant.simulator.shorthand import decreed, spelled_out
from atelier_ia.assistant.simulator.withheld import withheld


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("Ouvert aux + de 65 ans, nb de places : 20", "Ouvert aux plus de 65 ans, nombre de places : 20"),
        ("RDV à 8 h, sur RDV ensuite", "Rendez-vous à 8 h, sur rendez-vous ensuite"),
        ("Prix du jury : M. Diop (il est d'accord pour être nommé).", "Prix du jury : M. Diop."),
        ("Ce n'est plus Hugo mais Lina qui reçoit le public.", "Lina reçoit le public."),
        ("Ce n'est plus Hugo mais Lina qui anime.", "Animation : Lina."),
        ("Collecte au foyer. En 2026 on était 12, c'était minable.", "Collecte au foyer."),
        ("Bal 20h -> 1h, lieu = halle (à publier)", "Bal 20h-1h, lieu : halle"),
        ("Marché annulé, c'est dommage, mardi 8 h", "Marché annulé, c'est dommage, mardi 8 h"),
    ],
)
def test_shorthand(told: str, meant: str) -> None:
    """Is each written out, and what is news left as it is?"""
    assert spelled_out(told) == meant


def test_shorthand_of_an_order() -> None:
    """Are the measures of an arrêté written out, and addresses with them?"""
    told = "Stat. interdit av. Foch, circu alternée dim 8 h, dév par bd Carnot"
    assert decreed(told) == (
        "Stationnement interdit avenue Foch. Circulation alternée dimanche 8 h. Déviation par boulevard Carnot"
    )


def test_the_title_stops_where_the_day_begins() -> None:
    """Does a first line that says when and where give its name only to the title?"""
    assert read_event("loto du judo samedi 6 mars 20 h salle Rameau\nGros lots\nBuvette").title == "Loto du judo"


def test_days_and_places_of_the_request_are_not_the_order_s() -> None:
    """Are the day on which a request came, and the ways round, left out of the object?"""
    text = "Demande reçue le 3 mai 2027. Rue Haute barrée le 12 mai 2027. Déviation par rue Basse."
    found = own_facts(facts(text), text)
    assert found.dates == ("12 mai 2027",)
    assert found.places == ("Rue Haute",)


def test_reasons_and_signs() -> None:
    """Is the reason told apart from the measure, and who puts the signs known?"""
    text = "Interdire le stationnement rue Haute, suite aux plaintes. Barrières mises en place par Sogéa la veille."
    assert "rue Haute. Suite aux plaintes" in reasons_apart(text)
    assert signs_by(text) == "Sogéa"
    assert signs_by("Panneaux à poser") == ""


def test_what_is_asked_becomes_a_measure() -> None:
    """Does « faire un arrêté pour limiter à 30 la rue… » tell the measure alone?"""
    told = with_units("Il faudrait un arrêté pour limiter à 30 la rue Haute et la place Verte")
    assert measure(told) == "La vitesse est limitée à 30 km/h rue Haute et place Verte"
    assert measure("Faire un arrêté de délégation de fonctions à Mme Roy, juste pour ce jour") == (
        "Délégation de fonctions à Mme Roy, uniquement pour ce jour"
    )


def test_measures_listed_in_one_sentence() -> None:
    """Is each measure of a list without full stops a sentence of its own?"""
    told = decreed("Arrêté travaux RD 4, alternat par feux, vitesse 30, stationnement interdit côté pair")
    assert told == "travaux RD 4. Alternat par feux. Vitesse limitée à 30. Stationnement interdit côté pair"


def test_what_is_kept_back_in_the_middle_of_a_line() -> None:
    """Does « on ne le met pas » hold its sentence back, wherever the line goes on?"""
    told = "Inauguration samedi 5 juin. Le prix (2 M€) on ne le met pas. Goûter offert."
    assert "2 M€" not in withheld(told)
    assert withheld(told).startswith("Inauguration samedi 5 juin.")


def test_a_building_on_a_line_of_its_own_is_the_place() -> None:
    """Is « Halle des sports », alone on its line, where it takes place?"""
    assert (
        read_event("Brocante dim 2 mai\nvente 9h-16h\ngymnase des Sources\nBuvette").place.lower().startswith("gymnase")
    )
