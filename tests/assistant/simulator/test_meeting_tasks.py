"""Minutes of a meeting: who is there however the notes say it, what is decided, who does what by when."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.meeting_sections import charged, sections_told
from atelier_ia.assistant.simulator.meetings import read_notes
from atelier_ia.assistant.simulator.withheld import withheld


@pytest.mark.parametrize(
    ("opening", "present", "away"),
    [
        ("Réunion neige, 3/12 8h. Luc Roy, Max Bel, élu : M. Diop\n", ["Luc Roy", "Max Bel", "M. Diop (élu)"], []),
        ("réunion cantine\nla : Mme Roy, Luc, Eva. pas la : Zoé\n", ["Mme Roy", "Luc", "Eva"], ["Zoé"]),
        ("COPIL halle\nPrésents\nM. Roy, maire\nMme Bel, DDT\nAbsent : M. Pau\n",
         ["M. Roy (maire)", "Mme Bel (DDT)"], ["M. Pau"]),
        ("Point marché 3 mai\nMme Roy, directrice Mme Bel, 2 parents : M. Pau et Mme Ott\n",
         ["Mme Roy", "Mme Bel (directrice)", "M. Pau (parent)", "Mme Ott (parent)"], []),
    ],
)  # fmt: skip
def test_rolls_that_nothing_announces(opening: str, present: list[str], away: list[str]) -> None:
    """Is the roll read, and nobody called excused who was not?"""
    found = read_notes(opening + "On garde le marché du jeudi, c'est décidé.")
    assert found.present == present
    assert (found.absent, found.excused) == (away, [])


def test_a_roll_in_prose_keeps_its_titles() -> None:
    """Does « M. » end no name, and do brackets hold together?"""
    found = read_notes(
        "Réunion salles. On s'est vus le 4 mai, il y avait M. Roy l'adjoint, le judo (Eva et Zoé), et moi pour"
        " le secrétariat (Luc)."
    )
    assert found.present == ["M. Roy l'adjoint", "le judo (Eva et Zoé)", "Luc (secrétariat)"]


def test_who_acts_and_when() -> None:
    """Does each task have who is charged with it and its term, when the notes tell them?"""
    found = read_notes(
        "Réunion ateliers\nPrésents : Luc, Mme Roy, M. Bel\n"
        "- stock de sel 9 t. Luc commande 5 t cette semaine\n"
        "- barrières à reprendre : Luc, avant vendredi 4/12\n"
        "- 3 retards, Mme Roy les appelle\n"
        "- relance écrite par M. Bel\n"
        "- tracteur bruyant, révision chez Agri-Sud jeudi 3 décembre\n"
        "- Eva et Zoé s'occupent des affiches\n"
        "- faut six bras, M. Bel trouve les bénévoles\n"
    )
    assert [(who, due) for who, _, due in found.actions] == [
        ("Luc", "cette semaine"),
        ("Luc", "avant vendredi 4/12"),
        ("Mme Roy", ""),
        ("M. Bel", ""),
        ("", "jeudi 3 décembre"),
        ("Eva et Zoé", ""),
        ("M. Bel", ""),
    ]
    assert "3 retards" in found.actions[2][1]


def test_what_is_not_settled_is_no_decision() -> None:
    """Are points put off, divided or referred left open, and the wishes of the public no task?"""
    found = read_notes(
        "Commission voirie\nPrésents : Luc, Mme Roy, M. Bel\n"
        "- bancs : avis partagés, reporté\n- avenant demandé : M. Bel analyse, rien d'accordé\n"
        "- Mme Roy préfère le bois, décision au prochain CA le 3 décembre\n- les riverains demandent un ralentisseur\n"
    )
    assert len(found.open_points) == 3
    assert not found.decisions
    assert not found.actions


def test_lines_under_a_label() -> None:
    """Is each line told with the label above it, and does the label stop where the lines do?"""
    told = sections_told("Décidé :\n> portail fermé\n> grille, ST, avant le 7 mai\nLuc passe lundi\n- reste")
    assert told.split("\n") == [
        "> Décision : portail fermé",
        "> Décision : grille, ST, avant le 7 mai",
        "Luc passe lundi",
        "- reste",
    ]


@pytest.mark.parametrize(
    ("item", "task"),
    [
        ("Grille devant le portail, ST, avant le 7 mai", ("ST", "avant le 7 mai")),
        ("Mot dans les cahiers par Mme Roy lundi", ("Mme Roy", "lundi")),
        ("Columbarium plein -> demander 2 devis (Luc, fin mars)", ("Luc", "fin mars")),
        ("Le plan sera révisé par Mme Roy pour juin", ("Mme Roy", "pour juin")),
        ("Remplacement de Zoé jusqu'au 18 décembre", None),
        ("Le devis demandé par Luc est arrivé", None),
    ],
)
def test_tasks_without_a_verb(item: str, task: tuple[str, str] | None) -> None:
    """Is a task told without a verb read, and a mere mention not?"""
    assert charged(item, "(?:Luc|Mme Roy)") == task


def test_what_is_kept_back() -> None:
    """Are remarks that their author keeps back, and why somebody is away, out of the minutes?"""
    assert "Carnot" not in withheld("Aide pour la dame de la rue Carnot : vu à part, on note pas", internal=True)
    assert withheld("pas là : Zoé (arrêt)", internal=True) == "pas là : Zoé"
    assert "arrêt minute" in withheld("Le maire accepte deux places en arrêt minute.", internal=True)
    assert "docteur" not in withheld("Tu enlèveras ce qu'Eva a dit sur le docteur Roy.")
