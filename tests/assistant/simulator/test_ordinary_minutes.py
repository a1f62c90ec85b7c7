"""Ordinary notes of a meeting: rolls that nothing announces, arrows, tables of a site visit, what is not settled."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.meetings import read_notes


@pytest.mark.parametrize(
    "roll",
    [
        "Lucie, Omar, Inès. Excusé Paul (formation)",
        "(la maire, capitaine Le Guen SDIS, Lucie, Mme Roy adjointe écoles)",
        "M. le maire, Mme Roy (DGS), Lucie Prat (accueil)",
    ],
)
def test_a_roll_that_nothing_announces(roll: str) -> None:
    """Is a second line that only names people the roll, and do they act?"""
    notes = read_notes(f"Point accueil lundi 3 mai\n{roll}\n- Clés : perdues, Lucie voit avec le serrurier")
    assert len(notes.present) >= 3
    assert [who for who, _, _ in notes.actions] == ["Lucie"]


def test_who_is_charged_comes_last() -> None:
    """Is the person named after an arrow or a dash the one in charge, and two people with a term as well?"""
    notes = read_notes(
        "Réunion du 3 mai\nPrésents : P. Marty, Lucie, Omar\n- dossier à déposer avant le 30 juin -> P. Marty\n"
        "- Haies : Lucie + Omar rue du Lac cette semaine\n- lycéens à contacter - Lucie"
    )
    assert [who for who, _, _ in notes.actions] == ["P. Marty", "Lucie + Omar", "Lucie"]


def test_what_is_not_settled_is_no_decision() -> None:
    """Does « à valider » or « on attend… » leave a point open, « -> OK » decide, « rien à faire » neither?"""
    notes = read_notes(
        "Réunion du 3 mai\nPrésents : Lucie, Omar\n- Budget 800 €, à valider en bureau\n- Devis : on attend le second\n"
        "- Horaires : Omar propose 8 h -> OK dès lundi\n- Accueil : rien à faire pour l'instant"
    )
    assert len(notes.open_points) == 2
    assert len(notes.decisions) == 1
    assert "OK dès lundi" in notes.decisions[0]
    assert not notes.actions


def test_a_date_line_and_the_next_meeting() -> None:
    """Is « Date : … » a fact when no message is quoted, and the next meeting the one that is dated?"""
    notes = read_notes(
        "Prépa carnaval, mardi 3 mars\nPrésents : Mme Roy, Lucie, Omar\nDate : samedi 4 avril 15h\n"
        "Devis : Mme Roy transmet au bureau, réponse pour le prochain conseil\nProchain conseil jeudi 9 avril 18h"
    )
    assert any("4 avril" in point for point in notes.points)
    assert "9 avril" in notes.next_meeting
    assert [who for who, _, _ in notes.actions] == ["Mme Roy"]


def test_a_table_of_a_site_visit() -> None:
    """Does each row of « lot, constat, qui, délai » become an action?"""
    notes = read_notes(
        "Visite du 3 mai\n| Lot | Constat | Qui | Délai |\n| Sols | à poncer | Parqueterie Roux | 12/05 |"
    )
    assert notes.actions == [("Parqueterie Roux", "Sols : à poncer", "12/05")]
