"""Lines of a sitting whose marks stand for a sentence: `sitting_lines.py`, and what they tell to `read_sitting`."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.sitting import read_sitting
from atelier_ia.assistant.simulator.sitting_facts import body, convened, suspensions, tellers
from atelier_ia.assistant.simulator.sitting_lines import pointed
from atelier_ia.assistant.simulator.sitting_told import laid_out


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


@pytest.mark.parametrize(
    ("roll", "field", "expected"),
    [
        ("séance ouverte à 20 h par M. Luc Roux", "president", "M. Luc Roux"),
        ("18h34 PV – Roux présid. – 9 prés., 2 pouv, abs. Faure – PV ok", "president", "Roux"),
        ("18h34 PV – Roux présid. – 9 prés., 2 pouv, abs. Faure – PV ok", "absent", "Faure"),
        ("Prés. H. Roux, maire. Présents 9", "president", "H. Roux"),
        ("Absents sans pouvoir madame Faure et monsieur Pons", "absent", "madame Faure et monsieur Pons"),
        (
            "Présents 9. l'autre pouvoir c'est Mme Faure à Luc Le Gall qui est secrétaire",
            "proxies",
            "Mme Faure à Luc Le Gall",
        ),
        ("Présents 9. l'autre pouvoir c'est Mme Faure à Luc Le Gall qui est secrétaire", "secretary", "Luc Le Gall"),
        ("Pv 4 mars. Présents 9, pouvoirs 2 (Pons à Roux)", "proxies", "2 (Pons à Roux)"),
        (
            "Neuf conseillers sont présents, deux ont donné pouvoir",
            "present",
            "9 (noms à reprendre sur la feuille de présence)",
        ),
        ("Quorum ok 9/11", "present", "9 sur 11 (noms à reprendre sur la feuille de présence)"),
        ("20 h. Pons part à 21h30", "opened", "20 h"),
        ("Pons part à 21h30", "opened", ""),
    ],
)
def test_rolls_said_shortly(roll: str, field: str, expected: str) -> None:
    """Is who sat read from what is said in passing, and no hour of a departure taken for the sitting's own?"""
    source = f"Conseil du 3 mai 2027. {roll}\nDélib 1 : bois, 9 pour\nDélib 2 : gîte, 9 pour"
    assert getattr(read_sitting(source).who, field) == expected


def test_an_hour_and_the_figure_of_the_next_line() -> None:
    """Is « 19h » at the end of a line the hour, whatever figure begins the next line?"""
    assert read_sitting("séance du 3 mai 2027 19h\n27 en exercice\nDélib 1 : bois, 9 pour").who.opened == "19h"


def test_an_election_is_the_matter_and_its_ballot_the_vote() -> None:
    """Is the election the point, with its tellers, the day it was called and its suspension told apart?"""
    source = (
        "Conseil extraordinaire, 3 mai 2027, 18h. Convocation du 28 avril. Élection d'un adjoint.\n"
        "Présidence : Mme Roux. Assesseurs : Mme Faure, M. Pons.\n"
        "Scrutin secret. 1er tour : 11 bulletins, 1 nul, 10 exprimés. Faure 7, Pons 3. Mme Faure élue au 1er tour.\n"
        "suspension 18h40-18h55\nClôture 19h"
    )
    sitting = read_sitting(source)
    assert [item.title for item in sitting.items] == ["Élection d'un adjoint"]
    assert sitting.items[0].secret
    assert (convened(source), tellers(source)) == ("28 avril", "Mme Faure, M. Pons")
    assert suspensions(source) == ["18h40-18h55"]
    assert body(source) == "conseil municipal"
    assert body("Conseil d'administration du CCAS réuni le 3 mai") == "conseil d'administration du CCAS"


def test_bare_numbers_open_points() -> None:
    """Do lines numbered without a mark open points, and counts that open lines not?"""
    text = "CM du 4 mars 2027\n1 tarifs du marché : 22 P 3 C\n2 convention avec le collège : U\n24 votants au total"
    told = laid_out(text)
    assert "1. Tarifs du marché" in told
    assert "2. Convention avec le collège" in told
    assert "24 votants" in told
    assert "24. " not in told
