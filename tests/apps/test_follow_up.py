"""The trainer's page on a real course: what it shows, what it decides."""

import json
from pathlib import Path

from atelier_ia.apps.follow_up import app
from atelier_ia.training.decisions import contest, decisions
from tests.training.conftest import NAME, blank, course, generated_course, solved, submit

__all__ = ["course", "generated_course"]


def test_the_page_grades_shows_and_decides(course: Path) -> None:
    """Handed in, graded from the page: who is stuck, what waits, and is a contested verdict decided once?"""
    submit(course, "anne.excellente", solved(course))
    submit(course, "paul.blanc", blank(course))
    page = app()
    page.on_corriger({}, {})
    shown = json.dumps(page.view(), ensure_ascii=False)
    assert "2 travaux corrigés" in page.done.replace("\u00a0", " ")
    assert "paul.blanc" in shown
    assert "Peut-être bloqués" in shown
    assert "formgrader/gradebook" in shown
    contest({"assignment": NAME, "exercise": "consigne_nid_de_poule", "criterion": "ton", "verdict": "absent",
             "answer": "Avec tact.", "reason": "C'est un ton."})  # fmt: skip
    assert "Avec tact." in json.dumps(page.view(), ensure_ascii=False)
    page.on_accorder({"motif-0": "Juste."}, {"which": "0"})
    assert [(decision.granted, decision.reason) for decision in decisions()] == [(True, "Juste.")]
    assert "contestes" not in json.dumps(page.view())


def test_agents_cannot_reach_it() -> None:
    """Is the page absent from what Voilà serves to agents?"""
    root = Path(__file__).parents[2]
    assert "follow_up" not in "".join(
        path.read_text(encoding="utf-8") for path in (root / "voila_apps").glob("*.ipynb")
    )
    assert "follow_up" in (root / "formatrice" / "suivi.ipynb").read_text(encoding="utf-8")
