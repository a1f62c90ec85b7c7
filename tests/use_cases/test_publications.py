"""An event and its texts by channel."""

from __future__ import annotations

import pytest

from atelier_ia.use_cases.publications import DEFAULT_INSTRUCTION, Event, alternative_text, split_channels
from atelier_ia.use_cases.sandbox import reference_settings

OWN = reference_settings().collectivite


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (
            Event("Fête", "samedi 5 juin", "parc", "gratuit", "en mairie", "Buvette"),
            "Fête\n\nSamedi 5 juin, parc.\nTarif : gratuit.\nInscription : en mairie.\nBuvette.",
        ),
        (Event("Fermeture", "lundi", ""), "Fermeture\n\nLundi."),
        (Event("Loto", "", "", "", "", "Goûter offert !"), "Loto\n\nGoûter offert !"),
        (Event("", "", ""), ""),
    ],
)
def test_announcement(event: Event, text: str) -> None:
    """Does the announcement hold what is known, and nothing for what is not?"""
    assert event.text() == text


@pytest.mark.parametrize(
    "answer",
    [
        "Facebook\nUn.\n\nSite internet\nDeux.\n\nPanneau lumineux\nTrois.",
        "**Facebook :**\nUn.\n\n## Site internet\nDeux.\n\n- Panneau lumineux :\nTrois.\n",
        "Voici les textes.\n\nfacebook\nUn.\nSITE INTERNET\nDeux.\nPanneau lumineux\nTrois.\n\n"
        "À compléter avant publication : le lieu [À VÉRIFIER].",
    ],
)
def test_channels_are_found(answer: str) -> None:
    """Are the channels found however the model dresses their names, without its closing remark?"""
    assert split_channels(answer) == {"Facebook": "Un.", "Site internet": "Deux.", "Panneau lumineux": "Trois."}


def test_answer_without_channels() -> None:
    """Is an answer that names no channel left whole for the person?"""
    assert split_channels("Venez nombreux sur Facebook et ailleurs.") == {}


def test_alternative_text() -> None:
    """Does the text alternative say what the poster says?"""
    text = alternative_text(Event("Marché de Noël.", "samedi", "place du Marché"), OWN)
    assert text == "Affiche de la commune de Val-Fontaine : Marché de Noël, samedi, place du Marché."
    text = alternative_text(Event("Loto", "samedi à 14h30", "Salle des fêtes "), OWN)
    assert text == "Affiche de la commune de Val-Fontaine : Loto, samedi à 14\u00a0h\u00a030, Salle des fêtes."
    agglomeration = OWN.model_copy(update={"kind": "agglomération", "name": "Communauté du Pays d'Ambrelle"})
    text = alternative_text(Event("Loto", "", ""), agglomeration)
    assert text == "Affiche de la communauté du Pays d'Ambrelle : Loto."


def test_default_instruction_passes_the_guard() -> None:
    """Does the instruction we propose pass our own guard?"""
    from atelier_ia.use_cases import drafting

    masking = drafting.prepare("Marché de Noël, samedi.")
    assert drafting.masked_instruction(DEFAULT_INSTRUCTION, masking) == DEFAULT_INSTRUCTION
