"""Ordinary notes of a meeting: rolls that nothing announces, arrows, tables of a site visit, what is not settled."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.meeting_told import told_as_minutes
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


@pytest.mark.parametrize(
    ("opening", "present", "away"),
    [
        ("Point hebdo, 13/01. Castel (brigadier), agent Roy, adj. Petit (gend.), H. Roux, DGS.", 5, []),
        ("Copil halle, 28/01 14h\nH. Roux / L. Petit / DDT : M. Sow / bureau d'études Urba : Camille Roy", 4, []),
        ("COMMISSION FINANCES - 20 janvier\nprés. Marc Roy (adjoint), H. Roux, resp. paie (Yann Sow). exc. F. Petit", 3,
         ["F. Petit"]),
        ("commission sport lundi 30/11 - Mme Roux adj., clubs : hand (Kévin Roy), judo (Mme Sow), foot absent", 3,
         ["foot"]),
        ("Comité des Forges, mercredi 25 novembre, une trentaine d'habitants, animé par Mme Roux, conseillère, avec "
         "M. Sow pour la voirie. Les riverains se plaignent du bruit.", 3, []),
        ("réunion commerçants, le 1/12, y avait Fred Roy, la fleuriste Mme Sow, et pour la mairie Mme Roux + Clément",
         4, []),
        ("Réunion presse\npresta info M. Sow, état civil N. Roy, DPD mutualisé (agglo) Mme Roux", 3, []),
    ],
)  # fmt: skip
def test_rolls_of_an_ordinary_week(opening: str, present: int, away: list[str]) -> None:
    """Is everybody named in the first lines there, whatever parts or announces them, and nobody else?"""
    notes = read_notes(told_as_minutes(f"{opening}\n- Clés : perdues"))
    assert len(notes.present) == present, notes.present
    assert notes.excused + notes.absent == away
    assert not any(name in point for point in notes.points for name in ("Roux", "Sow", "Roy"))


@pytest.mark.parametrize(
    ("line", "who", "due"),
    [
        ("- nids-de-poule : enrobé à froid d'ici fin de semaine, Omar", "Omar", "d'ici fin de semaine"),
        ("- affiches à refaire (mentions), PM, 15/03", "PM", "15/03"),
        ("- Film : 4 min, Lucie, première version le 22/12", "Lucie", "le 22/12"),
        ("- portail qui ferme mal -> ST sous 15 j", "ST", "sous 15 j"),
        ("- Dalles à changer. Commander. -> Omar", "Omar", ""),
        ("- Bus : panne, Omar s'engage à relancer l'atelier avant la fin de la semaine", "Omar",
         "avant la fin de la semaine"),
        ("- Menuiserie : retard. L'architecte envoie une lettre sous 48 h", "L'architecte", "sous 48 h"),
        ("- Coût inconnu, Lucie se renseigne", "Lucie", ""),
        ("- trottoir trop haut -> Roc Voirie reprend avant le 11/12", "Roc Voirie", "avant le 11/12"),
        ("- Chaque club rend ses clés avant le 31 mai", "Chaque club", "avant le 31 mai"),
    ],
)  # fmt: skip
def test_who_does_what_by_when(line: str, who: str, due: str) -> None:
    """Is whoever the line charges with it told, with the term that the line gives?"""
    notes = read_notes(told_as_minutes(f"Réunion du 3 mai\nPrésents : Lucie, Omar, Inès\n{line}\n- Sol : refait"))
    assert [(one, term) for one, _, term in notes.actions] == [(who, due)], notes
    assert not notes.decisions


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("- Dimanche 13 : tout le monde d'accord", "decisions"),
        ("- Local : oui salle B, 1 an", "decisions"),
        ("- Forfait porté à 150 euros. Unanimité.", "decisions"),
        ("- Convention renouvelée, 4 pour 1 abstention", "decisions"),
        ("- Judo : mardi 19h OK", "decisions"),
        ("- Extension : contrôle fait, ok", "points"),
        ("- Lentilles : refusées à 80 % par les enfants", "points"),
        ("- Validation du maire le 17 février", "points"),
        ("- Vote : 6 boum, 6 vélo", "points"),
        ("- Plafond à 250, débat, pas de vote", "open_points"),
        ("- Badminton : on ne décide rien sans eux", "open_points"),
        ("- Extension renvoyée à un prochain comité", "open_points"),
        ("- Chicanes demandées, pas d'engagement", "open_points"),
    ],
)
def test_decided_or_left_open(line: str, kind: str) -> None:
    """Is what is agreed a decision, a state of things none, and what is put off a point to settle?"""
    notes = read_notes(f"Réunion du 3 mai\nPrésents : Lucie, Omar, Inès\n{line}")
    assert [len(getattr(notes, name)) for name in ("decisions", "points", "open_points")] == [
        int(name == kind) for name in ("decisions", "points", "open_points")
    ]


def test_headings_headers_and_confidential_lines() -> None:
    """Do a heading and its bullets make points, headers of a mail leave its object, and confidential lines go?"""
    text = told_as_minutes(
        "De : Luce\nÀ : Marc\nObjet : TR : CR réunion du 3 mai\n1 vente AD 118 : offre 61 000. Confidentiel\n"
        "2 columbarium : choix fait\n3 local : oui\n4 demandes du club :\n * bancs -> ST\n * filet\nAparté : chocolat"
    )
    assert text.split("\n")[0] == "réunion du 3 mai"
    for gone in ("Luce", "61 000", "chocolat"):
        assert gone not in text
    assert "demandes du club : bancs -> ST" in text
    assert "demandes du club : filet" in text
