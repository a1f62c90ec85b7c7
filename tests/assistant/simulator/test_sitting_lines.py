"""Lines of a sitting whose marks stand for a sentence: `sitting_lines.py`, and what they tell to `read_sitting`."""

from __future__ import annotations

from atelier_ia.assistant.simulator.sitting import read_sitting
from atelier_ia.assistant.simulator.sitting_lines import pointed


def test_arrows_end_points() -> None:
    """Is each « matter -> vote » a point, and an arrow of a roll none?"""
    sitting = read_sitting(
        "Conseil 4/05 20h\n3 pouvoirs (Roy->Diop)\nEmprunt 90 000 € -> 11 P 2 A\nTarifs -> unanimité"
    )
    assert [item.title for item in sitting.items] == ["Emprunt 90 000 €", "Tarifs"]
    assert [item.outcome for item in sitting.items] == ["", "approuvée"]
    assert sitting.who.day == "4/05"


def test_dashes_part_the_debate_from_the_vote() -> None:
    """Is what stands between the title and the vote the debate?"""
    assert pointed(["3/ Aide au foot 900 € - M. Diop demande le bilan - unanimité"]) == [
        "3/ Aide au foot 900 €. M. Diop demande le bilan. Unanimité."
    ]
    assert pointed(["3/ Aide au foot - reporté"]) == ["3/ Aide au foot : reporté"]
    assert pointed(["3/ Travaux - lot 2 - peinture"]) == ["3/ Travaux - lot 2 - peinture"]


def test_an_agenda_told_again() -> None:
    """Do the bullets of an agenda give their titles to the lines that tell each matter?"""
    lines = [
        "Ordre du jour",
        "- Bois",
        "- Infos",
        "Bois (lot 3) : M. A s'interroge. Voté, 1 contre.",
        "Infos : kermesse",
    ]
    assert pointed(lines) == ["- Bois (lot 3). M. A s'interroge. Voté, 1 contre.", "- Infos. Kermesse"]
    kept = ["Ordre du jour", "- Bois", "- Route", "Bois : adopté"]
    assert pointed(kept) == kept


def test_heads_with_initials() -> None:
    """Are initials, a mayor's title and a quorum after the proxies read?"""
    sitting = read_sitting(
        "CM du 3 mai 2027 20h Présidente Mme la maire Lise Roux\n"
        "Prés. 9 / 11, pouvoirs : A. Petit à B. Long, quorum OK\n"
        "secrétaire B. Long\nDélib 1 : bois, voté, 1 contre"
    )
    who = sitting.who
    assert (who.president, who.secretary, who.proxies) == ("Mme Lise Roux", "B. Long", "A. Petit à B. Long")
    assert who.quorum == "quorum OK"
    assert sitting.items[0].outcome == "approuvée"


def test_the_president_of_a_club_does_not_preside() -> None:
    """Is « M. A président du club » no president of the sitting, and what follows the semicolon no present?"""
    who = read_sitting(
        "Conseil du 3 mai 2027, 18h\nprésents : Roux, Diop ; excusée Mme Faure\n"
        "01 - Aides - unanimité, M. Pons président du judo ne prend pas part au vote"
    ).who
    assert who.president == ""
    assert who.present == "Roux, Diop"
