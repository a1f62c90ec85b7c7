"""What is hoped, rumoured or to be confirmed is not published; what is sure beside it is."""

from __future__ import annotations

import pytest

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.simulator.stage_directions import without_noise
from atelier_ia.assistant.simulator.unconfirmed import confirmed
from atelier_ia.settings import Settings
from tests.assistant.simulator.quality_checks import INSTRUCTIONS, LIMITS, ROLE

NEWS = "Fête du lac samedi 12 juin à 15 h, plage nord. "
UNSURE = (
    "On espère un feu d'artifice.",
    "Le président parle d'un feu d'artifice mais rien de fait.",
    "Feu d'artifice, à confirmer, ne pas mettre pour l'instant.",
    "L'artificier n'a pas répondu pour le feu d'artifice.",
    "Il y aurait un feu d'artifice, on attend les devis.",
    "Le comité aimerait un feu d'artifice, c'est pas voté.",
    "Feu d'artifice : pas sûr.",
    "Feu d'artifice prévu ?? à confirmer.",
    "Feu d'artifice (on attend l'accord, ne pas le mettre).",
)


@pytest.mark.parametrize("unsure", UNSURE)
def test_a_doubt_takes_its_matter_with_it(unsure: str) -> None:
    """Is what is not decided left out, in any wording, and the rest kept whole?"""
    told = confirmed(f"{NEWS}{unsure} Entrée libre.")
    assert "artifice" not in told
    assert NEWS.strip() in told
    assert "Entrée libre." in told


@pytest.mark.parametrize(
    "told",
    [
        "Nous espérons vous voir nombreux samedi.",
        "Eau peut-être trouble au retour, laisser couler.",
        "Réouverture espérée mardi dans la matinée.",
        "La nouvelle date n'est pas encore fixée.",
        "Pensez à apporter une gourde.",
    ],
)
def test_what_speaks_to_the_public_stays(told: str) -> None:
    """Are an invitation, a piece of advice and a date still unknown left alone?"""
    assert confirmed(f"Fermeture de la piscine lundi.\n{told}") == f"Fermeture de la piscine lundi.\n{told}"


def test_the_opening_stays() -> None:
    """Does what a text announces stay, even to be confirmed?"""
    assert "samedi 26 juin" in confirmed("Kermesse samedi 26 juin, à confirmer. Buvette.")


@pytest.mark.parametrize(
    ("notes", "left"),
    [
        ("Motion adoptée, avec applaudissements.", "Motion adoptée."),
        ("Vœu : unanimité, rires puis applaudissements\nSuite", "Vœu : unanimité\nSuite"),
        ("M. Goff président (applaudissements nourris), Mme Roy", "M. Goff président, Mme Roy"),
        ("Piano vendu. Rires de M. Rio sur le piano de 1930", "Piano vendu."),
        ("Rires garantis pour toute la famille", "Rires garantis pour toute la famille"),
    ],
)  # fmt: skip
def test_stage_directions(notes: str, left: str) -> None:
    """Does what was heard in the room go, and what announces laughter stay?"""
    assert without_noise(notes) == left


def test_minutes_keep_what_is_unsure_apart_from_decisions(settings: Settings) -> None:
    """Is a table of a meeting minuted, each state with its line, and a rumour left open?"""
    notes = (
        "Réunion budget, 18 janvier 2027, présents : Mme Le Guen (finances), M. Ferrec, Anouk\n"
        "| Poste | 2026 | proposé 2027 | état |\n"
        "| Énergie | 186 000 | 171 000 | ok |\n"
        "| Élagage | 15 000 | 18 500 | en attente devis |\n"
        "Anouk refait la maquette pour le 25 janvier.\n"
        "M. Ferrec parle d'un nouveau gymnase mais rien d'acté."
    )
    content = f"{ROLE}{INSTRUCTIONS['reunion']}{LIMITS}\n\n<<<TEXTE\n{notes}\nTEXTE>>>"
    text = open_assistant(settings).ask([{"role": "user", "content": content}]).text.replace("\u00a0", " ")
    made, left_open = text.split("Points à trancher")
    assert "Présents : Mme Le Guen (finances), M. Ferrec, Anouk." in made
    assert "Responsable : Anouk" in made
    assert "171 000" in made
    assert "18 500, en attente devis" in left_open
    assert "gymnase" in left_open
