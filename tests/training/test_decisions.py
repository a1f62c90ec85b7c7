"""Contested verdicts: kept without a name, decided by a person, and that decision outlives every grading."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from atelier_ia.training.corrections import correction_path, load
from atelier_ia.training.decisions import DecisionError, contest, contested, decide, decisions
from atelier_ia.training.feedback import page_path
from atelier_ia.training.grading import grade
from atelier_ia.training.rubrics import list_assignments
from tests.training.conftest import NAME, blank, submit
from tests.training.test_grading import gradebook, totals

TOOLS = Path(sys.executable).parent
EXERCISE = "consigne_nid_de_poule"
ANSWER = "Réponds à ce courriel, un cycliste est tombé dans un nid-de-poule et demande qui va payer."
CASE = {"assignment": NAME, "exercise": EXERCISE, "criterion": "role", "verdict": "absent", "answer": ANSWER}


def _hand_in(root: Path, learner: str, text: str = ANSWER) -> None:
    notebook = blank(root)
    cell = next(c for c in notebook["cells"] if "".join(c["source"]).startswith(f"%%prompt {EXERCISE}"))
    cell["source"] = f"%%prompt {EXERCISE}\n{text}"
    submit(root, learner, notebook)


def _line(learner: str) -> tuple[str, str]:
    correction = load(correction_path(learner, NAME))
    assert correction is not None
    answer = next(answer for answer in correction.answers if answer.exercise == EXERCISE)
    line = next(line for line in answer.result.criteria if line.id == "role")
    return line.verdict, line.message


def test_a_granted_verdict_holds_for_ever(course: Path) -> None:
    """Granted once, is the point given to everyone with that answer, told, and kept by every later grading?"""
    _hand_in(course, "anne")
    _hand_in(course, "paul", ANSWER.replace("un cycliste", "un  cycliste") + "\n")
    _hand_in(course, "zoe", ANSWER.replace("payer", "rembourser"))
    grade()
    before = totals(course)
    assert _line("anne")[0] == "absent"
    contest({**CASE, "reason": "Le service est évident."})
    contest({**CASE, "reason": "Deux fois."})
    (case,) = contested()
    decide(case.id, granted=True, reason="Bien vu.")
    assert contested() == []
    assert len(grade().graded) == 3
    after = totals(course)
    assert after["anne"] > before["anne"]
    assert after["anne"] == after["paul"]
    assert after["zoe"] == before["zoe"]
    assert _line("anne") == ("acquis", "Acquis : la formatrice a relu ce point et vous donne raison. Bien vu.")
    assert "vous donne raison" in page_path("anne", NAME).read_text(encoding="utf-8")
    correction_path("anne", NAME).unlink()
    grade()
    assert totals(course) == after


def test_a_confirmed_verdict_changes_no_mark(course: Path) -> None:
    """Confirmed, does the learner read why, with the same mark?"""
    _hand_in(course, "anne")
    grade()
    before = totals(course)
    contest({**CASE, "reason": ""})
    decide(contested()[0].id, granted=False, reason="Nommez un métier.")
    grade()
    assert totals(course) == before
    assert _line("anne")[0] == "absent"
    assert _line("anne")[1].endswith("confirme ce point. Nommez un métier.")


def test_a_persons_mark_is_not_touched_by_a_decision(course: Path) -> None:
    """When a person had already marked the exercise, does their mark stay?"""
    _hand_in(course, "anne")
    grade()
    with gradebook() as book:
        book.find_grade(f"points_{EXERCISE}", NAME, NAME, "anne").manual_score = 7.0
        book.db.commit()
    contest({**CASE, "reason": ""})
    decide(contested()[0].id, granted=True)
    grade()
    with gradebook() as book:
        assert book.find_grade(f"points_{EXERCISE}", NAME, NAME, "anne").manual_score == 7.0


def test_unknown_and_torn_cases(course: Path) -> None:
    """Is an unknown number refused, and a line cut short passed over without losing the next?"""
    with pytest.raises(DecisionError, match="atelier suivi"):
        decide("00000000", granted=True)
    path = course / "var" / "contestations.jsonl"
    path.write_text('{"assignment": "d1", "exer', encoding="utf-8")
    contest({**CASE, "reason": ""})
    assert len(contested()) == 1
    decide(contested()[0].id, granted=True)
    assert [decision.granted for decision in decisions()] == [True]


def test_the_command_lists_and_decides(course: Path) -> None:
    """From the command line, is a case listed with its number, decided, and gone?"""
    contest({**CASE, "reason": "Le service est évident."})
    people = "".join(f"p{rank};NOM;P{rank};accueil\n" for rank in range(3))
    (course / "var" / "apprenants.csv").write_text(f"identifiant;nom;prenom;service\n{people}", encoding="utf-8")
    listed = subprocess.run([str(TOOLS / "atelier"), "suivi", "--json"], capture_output=True, text=True, check=True)
    identifier = json.loads(listed.stdout)["contested"][0]["id"]
    shown = subprocess.run([str(TOOLS / "atelier"), "suivi"], capture_output=True, text=True, check=True).stdout
    assert f"atelier suivi --accorder {identifier}" in shown
    assert "Aucun travail rendu" in shown
    assert len(re.findall(r"pas encore rendu par 3\s+personnes", shown)) == len(list_assignments())
    assert "p0" not in shown  # counted, not one line each and module
    command = [str(TOOLS / "atelier"), "suivi", "--confirmer", identifier, "--motif", "Relisez la leçon."]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Verdict confirmé")
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout) == (1, "")
    assert "atelier suivi" in again.stderr
