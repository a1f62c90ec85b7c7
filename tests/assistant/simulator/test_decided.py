"""What was decided otherwise than asked, in notes for an arrêté: the articles carry what was decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.simulator.order_decided import decided
from atelier_ia.settings import Settings
from tests.assistant.simulator.quality_checks import INSTRUCTIONS, LIMITS, ROLE

ASKED = "Vide-grenier place Foch, dimanche 16 mai 2027, de 7 h à 20 h"
LEADS = (
    "\n==> la maire dit ",
    "\n-> OK mais ",
    " -- le DST préfère ",
    "\nDécision : ",
    "\nRéponse de l'adjoint M. Roux : accordé ",
    ". On accorde ",
    ". Le maire autorise ",
    ". Avis PM : favorable pour ",
    ". Accord du maire pour ",
    "\nRetenu : ",
    ". Finalement la mairie ne donne que ",
    "\nDST : ",
)
VALUES = ("de 9 h à 18 h", "9 h-18 h", "9 h à 18 h seulement")


@given(st.sampled_from(LEADS), st.sampled_from(VALUES))
@hypothesis_settings(max_examples=len(LEADS) * len(VALUES), deadline=None)
def test_hours_decided_stand_instead_of_those_asked(lead: str, value: str) -> None:
    """Whoever decides, and however it is written, is there one opening time left?"""
    told = decided(f"{ASKED}{lead}{value}. Accès des secours maintenu.")
    assert "de 9 h à 18 h" in told
    assert "7 h" not in told
    assert "20 h" not in told
    assert "Accès des secours maintenu" in told


TERRACE = "Terrasse de 8 tables, de 8 h à 1 h du matin\n-> OK mais 6 tables et 23 h maxi"


@pytest.mark.parametrize(
    ("notes", "kept", "gone"),
    [
        ("Travaux du 1er au 12 mars 2027. On décale : du 8 au 19 mars (rentrée)", "du 8 au 19 mars 2027", "12 mars"),
        (TERRACE, "6 tables", "8 tables"),
        (TERRACE, "à 23 h", "1 h du"),
        ("samedi 10 h-22 h ; dimanche 10 h-18 h ==> la maire dit samedi 20 h max", "dimanche 10 h-18 h", "22 h"),
        ("échafaudage 3 semaines à partir du 8 mars (maire : 2 semaines, à cause du marché)", "2 semaines", "marché"),
        ("bons de commande jusqu'à 5 000 €, la maire corrige : 4 000 €, congés", "4 000 €, congés", "5 000"),
        ("Fermeture place Foch et rue Carnot\nDécision : place Foch seulement", "place Foch", "Carnot"),
        ("Alcool interdit en été. L'adjoint voulait toute l'année, le maire n'a pas retenu.", "en été", "année"),
        ("route barrée rue Haute. Le maire ne veut pas de route barrée : alternat", "Alternat", "barrée"),
        ("Enlèvement sous 15 jours... M. le maire : laisser 1 mois.", "1 mois", "15 jours"),
        ("barrée 8 h-17 h. Réponse PM : non, barrée 9 h-11 h et 14 h-16 h", "9 h à 11 h et de 14 h à 16 h", "17 h"),
    ],
)
def test_each_sort_of_value(notes: str, kept: str, gone: str) -> None:
    """Days, lengths of time, counts, places: is the value decided told, and not the one asked?"""
    told = decided(notes)
    assert kept in told
    assert gone not in told


def test_a_wish_of_the_mayor_is_no_correction() -> None:
    """Where nothing was asked otherwise, are the notes left as they are?"""
    notes = "Le maire veut interdire la baignade au plan d'eau du 1er juin au 31 août 2027, de 20 h à 8 h."
    assert decided(notes) == notes


def test_the_request_stays_in_the_visas(settings: Settings) -> None:
    """Does the draft cite who asked, and state only what was granted?"""
    notes = (
        "L'entreprise TP Morvan demande la fermeture de la rue du Four du 1er au 12 mars 2027.\n"
        "Accordé seulement du 1er au 5 mars (avis police municipale)."
    )
    content = f"{ROLE}{INSTRUCTIONS['arrete']}{LIMITS}\n\n<<<TEXTE\n{notes}\nTEXTE>>>"
    text = open_assistant(settings).ask([{"role": "user", "content": content}]).text.replace("\u00a0", " ")
    assert "Vu la demande présentée par l'entreprise TP Morvan" in text
    assert "Vu l'avis police municipale" in text
    assert "1er au 5 mars 2027" in text
    assert "12 mars" not in text
