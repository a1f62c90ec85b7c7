"""What a second kernel is told of a page whose first one died, where the browser alone could not keep it."""

from __future__ import annotations

from typing import Any

import pytest

from atelier_ia.apps.import_case import ImportCase
from atelier_ia.apps.mask_text import MaskText
from atelier_ia.apps.matrix import MatrixApp
from atelier_ia.apps.plan import PlanApp
from atelier_ia.training.planning import progress
from tests.apps.test_diagnosis_apps import press, project, taken_over

__all__ = ["project"]  # the fixture: each test in a project folder of its own


def value(node: Any, id: str) -> str | None:
    """The value of the field `id` anywhere under `node`."""
    if isinstance(node, dict):
        if node.get("id") == id and node.get("type") == "field":
            return str(node["value"])
        node = list(node.values())
    if isinstance(node, list):
        return next((found for child in node if (found := value(child, id)) is not None), None)
    return None


def test_an_answer_brought_from_elsewhere_comes_back_after_the_review() -> None:
    """Is the outside tool's answer still there once the masks have been reviewed again, and only that once?"""
    first, second = MaskText(), MaskText()
    press(first, "masquer", {"texte": "La mairie ferme lundi."})
    press(first, "utiliser")
    answer = "Réponse apportée par une collègue."
    taken_over(first, second, {"reponse": answer})
    for _ in range(2):
        press(second, "masquer", {"texte": "La mairie ferme lundi."})
        press(second, "utiliser")
        shown = value(second.screen.tree, "reponse")
        assert shown == answer
        answer = "La mairie ferme lundi."


def test_how_a_case_is_kept_is_not_asked_twice() -> None:
    """Are the title, the use, the service and the duration chosen before the loss proposed again?"""
    first, second = ImportCase(), ImportCase()
    press(first, "masquer", {"texte": "La mairie ferme lundi."})
    press(first, "relu")
    chosen = {"titre": "Fermeture", "usage": "arretes", "service": "urbanisme", "duree": "30"}
    taken_over(first, second, chosen)
    press(second, "masquer")
    press(second, "relu")
    assert {id: value(second.screen.tree, id) for id in chosen} == chosen


def test_a_plan_is_never_drawn_without_its_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the screen is drawn by another thread while a plan is made, as after a loss, does nothing break?"""
    made = PlanApp()
    real = progress.follow

    def interrupted(*given: Any) -> progress.Progress:
        made.refresh()
        return real(*given)

    monkeypatch.setattr(progress, "follow", interrupted)
    press(made, "etablir", {"debut": "01/02/2027"})
    made.refresh()
    assert made.problem == ""
    assert made.plan is not None


@pytest.mark.parametrize(("typed", "changed"), [("31", True), (None, False)])
def test_a_figure_not_yet_heard(typed: str | None, changed: bool) -> None:
    """Does a figure typed just before the loss count, and do figures left alone stay computed?"""
    first, second = MatrixApp(), MatrixApp()
    fields = {id: str(value(first.screen.tree, id)) for id in ("heures", "facilite")}
    taken_over(first, second, fields | ({"heures": typed} if typed else {}))
    assert bool(second.adjustments) is changed
    assert value(second.screen.tree, "heures") == (typed or fields["heures"])
