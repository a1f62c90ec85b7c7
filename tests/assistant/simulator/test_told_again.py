"""What notes tell again in other words, and what they keep back beside it: `told_again.py`, `withheld.py`."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.corrections import corrected
from atelier_ia.assistant.simulator.publishable import publishable
from atelier_ia.assistant.simulator.withheld import withheld


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("Inscriptions jusqu'au 5 mars, pardon jusqu'au mardi 9.", "Inscriptions jusqu'au mardi 9 mars."),
        ("À rendre avant le 2 juin… non avant le 12 juin", "À rendre avant le 12 juin"),
        ("Loto, ouverture 13 h au foyer (changement : ouverture 14 h)", "Loto, ouverture 14 h au foyer"),
        ("Repas, entrée 8 € (finalement entrée 10 €), buvette", "Repas, entrée 10 €, buvette"),
        ("Achat d'un broyeur 1 200 € HT non 1 450 € HT", "Achat d'un broyeur 1 450 € HT"),
        ("boissons à midi - café plutôt", "café à midi"),
        ("Loto (ouverture 13 h, début 14 h)", "Loto (ouverture 13 h, début 14 h)"),
        ("Ouvert jusqu'au 5 mars, puis jusqu'au 9", "Ouvert jusqu'au 5 mars, puis jusqu'au 9"),
    ],
)
def test_what_is_told_again(told: str, meant: str) -> None:
    """Does the last version stand alone, where the first was, and does what is no correction stay?"""
    assert corrected(told) == meant


def test_the_words_given_stand_for_the_reason() -> None:
    """Does the wording asked for replace what must not be said, in its bracket?"""
    told = 'Le loto est reporté (trésorier hospitalisé, ne pas dire pourquoi, mettre "pour raisons de calendrier").'
    assert publishable(told) == "Le loto est reporté (pour raisons de calendrier)."


def test_a_bracket_after_do_not_write() -> None:
    """Does a bracket that tells what is kept back go with the remark, and the fact told before it stay?"""
    told = "Drogue : opération commune, jour confidentiel, ne pas noter (c'est le 3)"
    assert withheld(told) == "Drogue : opération commune"
