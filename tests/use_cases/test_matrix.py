"""The matrix impact × ease and its one recommendation."""

from pathlib import Path

import pytest

from atelier_ia.diagnosis.time_log import TimeEntry, read_log, summarise_tasks
from atelier_ia.diagnosis.volumes import TaskVolume, read_volumes, weekly_loads
from atelier_ia.use_cases.catalogue import load_use_cases
from atelier_ia.use_cases.matrix import Adjustment, build_matrix, describe, load_candidates

SANDBOX = Path(__file__).parents[2] / "sandbox_data" / "diagnostic"


def loads(**hours: float):  # type: ignore[no-untyped-def]
    """Tasks measured six times at one hour, done `hours` times a week."""
    entries = [TimeEntry(task.replace("_", " "), 60, origin="chronomètre") for task in hours for _ in range(6)]
    volumes = [TaskVolume(task.replace("_", " "), count, 3) for task, count in hours.items()]
    return weekly_loads(summarise_tasks(entries), volumes)


@pytest.mark.parametrize(
    ("task", "candidate"),
    [
        ("Répondre aux courriels", "courriels"),
        ("Tri des mails", "courriels"),
        ("Comptes rendus de réunions", "reunions"),
        ("Compte-rendu hebdomadaire", "reunions"),
        ("Arrêtés de voirie", "arretes"),
        ("Bulletin municipal", "publications"),
        ("Affiche de la fête", "visuels"),
        ("Fiches de poste", None),
        ("Actes d'état civil", None),
        ("Notes de frais", None),
        ("Visites de quartier", None),
    ],
)
def test_tasks_find_their_use_case(task: str, candidate: str | None) -> None:
    """Is each task of the log tied to the right use case, and an unrelated one to none?"""
    found = [item.id for item in load_candidates() if item.concerns(task)]
    assert found == ([candidate] if candidate else [])


def test_hours_saved_come_from_measures() -> None:
    """Are the hours at stake the measured load times the hoped share, and the strongest first?"""
    matrix = build_matrix(loads(courriels=40, affiches=8))
    first, second, *rest = matrix.points
    assert (first.candidate.id, first.load_hours, first.saved_hours) == ("courriels", 40, 20)
    assert (second.candidate.id, second.quadrant) == ("visuels", "facile, plus tard")
    assert all(point.quadrant == "à mesurer" and point.saved_hours is None for point in rest)
    assert matrix.recommendation.point is first
    assert first.quadrant == "à faire d'abord"
    assert any("40 h par semaine" in text.replace("\u202f", " ") for text in matrix.recommendation.reasons)
    assert any("Non mesurés" in text for text in matrix.recommendation.cautions)


def test_a_heavy_but_hard_task_does_not_win_by_far() -> None:
    """Does ease count: orders a little heavier than posts, but harder, come second?"""
    matrix = build_matrix(loads(arrêtés=20, affiches=16))
    assert matrix.recommendation.point.candidate.id == "visuels"
    assert any("plus facile" in text for text in matrix.recommendation.reasons)
    orders = next(point for point in matrix.points if point.candidate.id == "arretes")
    assert orders.quadrant == "à préparer"


def test_without_figures_the_method_speaks_and_says_so() -> None:
    """With nothing measured, are e-mails proposed as the method's advice, not as a finding?"""
    recommendation = build_matrix([]).recommendation
    assert recommendation.point.candidate.id == "courriels"
    assert "Rien n’est encore mesuré" in recommendation.reasons[0]


def test_measures_of_no_use_case_are_not_called_nothing() -> None:
    """When what was measured belongs to no use case, does the advice say that rather than « rien n'est mesuré »?"""
    first, *_ = build_matrix(loads(Standard=30)).recommendation.reasons
    assert first.startswith("Aucune tâche mesurée ne relève de ces usages")


def test_adjusting_by_hand_is_said() -> None:
    """Does a change by hand move the point, and is it told?"""
    matrix = build_matrix(loads(courriels=40, affiches=8), adjustments={"visuels": Adjustment(saved_hours=60)})
    assert matrix.recommendation.point.candidate.id == "visuels"
    assert any("à la main" in text for text in matrix.recommendation.cautions)
    assert "ajusté à la main" in describe(matrix)


def test_few_measures_are_fragile() -> None:
    """Is a recommendation on two measures said to be fragile, and an estimate called one?"""
    times = summarise_tasks([TimeEntry("courriels", 30, origin="estimation")])
    matrix = build_matrix(weekly_loads(times, [TaskVolume("courriels", 10)]))
    assert any("fragile" in text for text in matrix.recommendation.cautions)
    assert matrix.recommendation.reasons[0].startswith("Charge estimée")


def test_the_fictional_commune_begins_with_emails() -> None:
    """From the example's figures, is the first quick win the e-mails?"""
    times = summarise_tasks(read_log(SANDBOX / "temps.csv"))
    matrix = build_matrix(weekly_loads(times, read_volumes(SANDBOX / "volumes.csv")))
    assert matrix.recommendation.point.candidate.id == "courriels"
    assert describe(matrix).count("\n") == 4


def test_every_use_case_of_the_catalogue_can_be_placed() -> None:
    """Does the matrix know each use case of the catalogue, in the same order?"""
    assert [item.id for item in load_candidates()] == [item.id for item in load_use_cases()]
