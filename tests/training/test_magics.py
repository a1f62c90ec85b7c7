"""The magics in a real IPython shell: what a learner types, what they read back."""

import re
import time
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import RichOutput, capture_output
from traitlets.config import Config

from atelier_ia.training.decisions import contested
from atelier_ia.training.extension import tell_unknown_commands
from atelier_ia.training.magics import ExerciseMagics, forgive_prose, register
from atelier_ia.training.scoring.guards import STUB

GOOD = (
    "Tu es agent d'accueil à la mairie. Un cycliste est tombé à cause d'un nid-de-poule et demande qui va payer.\n"
    "Rédige une réponse de 120 mots au plus, sur un ton courtois. Ne promets ni date ni indemnisation."
)


@pytest.fixture
def shell(course: Path) -> Any:
    """A shell with the magics loaded and the assignment chosen."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    register(shell)
    shell.run_cell("%atelier d1")
    yield shell
    InteractiveShell.clear_instance()


def run(shell: Any, cell: str) -> tuple[Any, str, str]:
    """(result, all that is displayed as HTML, stderr) of one cell."""
    with capture_output() as shown:
        outcome = shell.run_cell(cell)
    html = "".join(str(out.data.get("text/html", "")) for out in shown.outputs if isinstance(out, RichOutput))
    return outcome.result, html, shown.stderr


def test_an_answer_gets_its_card(shell: Any) -> None:
    """Does a good prompt get quoted words, and its points as a plain float?"""
    _, html, errors = run(shell, f"%%prompt consigne_nid_de_poule\n{GOOD}")
    assert "Tu es agent" in html
    assert "Tout y est" in html
    assert not errors
    points, _, errors = run(shell, "%points consigne_nid_de_poule")
    assert isinstance(points, float)
    assert points == 8.0
    assert repr(points) == "8.0"  # what nbgrader reads
    assert not errors


def test_the_card_says_what_is_right_then_one_next_step(shell: Any) -> None:
    """Is what is acquired shown before the one thing to do?"""
    _, html, _ = run(shell, "%%prompt consigne_nid_de_poule\nTu es agent d'accueil. Réponds à ce courriel.")
    assert html.index("Ce qui est déjà là") < html.index("La prochaine étape")
    assert html.count('class="suite"') == 1


@pytest.mark.parametrize("body", ["", "\n\n", f"\n{STUB}\n"])
def test_blank_answers_are_blank(shell: Any, body: str) -> None:
    """Does an empty cell get an invitation instead of a Python error, and 0 points?"""
    _, html, errors = run(shell, "%%reponse ou_coller" + body)
    assert "pas encore répondu" in html
    assert not errors
    assert run(shell, "%points ou_coller")[0] == 0.0


def test_feedback_is_quick(shell: Any) -> None:
    """Once warm, is the card there at once? (a generous bound: the machine may be busy)"""
    run(shell, f"%%reponse reponse_passeport\n{GOOD}")
    before = time.process_time()
    run(shell, f"%%reponse reponse_passeport\n{GOOD} Merci.")
    assert time.process_time() - before < 0.3


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("%%prompt inconnu\nBonjour", "n'existe pas"),
        ("%%prompt\nBonjour à tous", "n'existe pas"),
        ("%atelier autre", "n'existe pas"),
        ("Tu es agent d'accueil de la mairie, réponds à cet habitant", "perdu sa première ligne"),
        ("jamais", "perdu sa première ligne"),
        ("Bonjour madame !", "perdu sa première ligne"),
    ],
)
def test_problems_are_told_in_french(shell: Any, cell: str, told: str) -> None:
    """Does a slip get one French sentence and no traceback?"""
    _, html, errors = run(shell, cell)
    assert told in unescape(html)
    assert "Traceback" not in html + errors


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("%prompt consigne_nid_de_poule\nTu es agent", "Écrivez « %%prompt », avec deux signes"),
        ("%%points consigne_nid_de_poule\n", "Écrivez « %points », avec un seul signe"),
        ("%%promt consigne_nid_de_poule\nTu es agent", "« %%promt » n'existe pas ; écrivez « %%prompt »"),
        ("%secours", "« %secours » n'existe pas ; celles de ce carnet : %atelier"),
    ],
)
def test_a_mistyped_command_is_told_in_french(shell: Any, cell: str, told: str) -> None:
    """Does the commonest slip, one sign or one letter, name the right command rather than print English?"""
    tell_unknown_commands(shell)
    _, html, errors = run(shell, cell)
    assert told in re.sub(r"[\u00a0\u202f]", " ", unescape(html))
    assert not errors


@pytest.mark.parametrize(
    "code", ["x = 1", "print('Tu es agent de la mairie et tu réponds')", "import os", "def f(:", "%time 1", "# un mot"]
)
def test_code_is_left_alone(code: str) -> None:
    """Does the kindness for prose leave Python cells as they are?"""
    assert forgive_prose([code]) == [code]


def test_a_name_of_the_notebook_is_no_prose(shell: Any) -> None:
    """Is a variable, alone in its cell, still shown?"""
    run(shell, "total = 41 + 1")
    _, html, errors = run(shell, "total")
    assert "perdu" not in html
    assert not errors


def test_nothing_is_shown_while_nbgrader_grades(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under autograde, is the answer recorded in silence and the button absent?"""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    _, html, errors = run(shell, f"%%prompt consigne_nid_de_poule\n{GOOD}")
    assert (html, errors) == ("", "")
    assert run(shell, "%rendre") == (None, "", "")
    assert run(shell, "%points consigne_nid_de_poule")[0] == 8.0


def test_the_card_stands_when_the_assistant_fails(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the assistant breaks, does the feedback stay, with one French sentence?"""

    def broken(*_: Any) -> None:
        raise RuntimeError("panne")

    monkeypatch.setattr("atelier_ia.training.tryout._stream", broken)
    _, html, errors = run(shell, f"%%prompt consigne_nid_de_poule\n{GOOD}")
    assert "Tout y est" in html
    assert "n'est pas disponible" in unescape(html)
    assert not errors


def test_personal_data_is_not_sent(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a prompt that holds a name kept here, and its mark capped?"""
    sent: list[str] = []
    monkeypatch.setattr("atelier_ia.training.tryout._stream", lambda *_: sent.append("sent"))
    _, html, _ = run(shell, f"%%prompt consigne_nid_de_poule\n{GOOD} Il s'appelle Karim Belaïd.")
    assert not sent
    assert "n'a pas été essayée" in unescape(html)
    assert run(shell, "%points consigne_nid_de_poule")[0] == 4.0


def test_markup_in_an_answer_stays_text(shell: Any) -> None:
    """Is what the learner typed escaped everywhere?"""
    _, html, _ = run(shell, "%%prompt consigne_nid_de_poule\nTu es agent <b>d'accueil</b><script>alert(1)</script>.")
    assert "<script>alert" not in html


def test_magics_are_registered_once(shell: Any) -> None:
    """Does loading the extension twice leave one transformer?"""
    register(shell)
    names = [getattr(transform, "__name__", "") for transform in shell.input_transformers_cleanup]
    assert names.count("forgive_prose") == 1
    assert isinstance(shell.magics_manager.registry["ExerciseMagics"], ExerciseMagics)


def test_a_contested_verdict_reaches_the_trainer(shell: Any) -> None:
    """Is the case kept with its answer and without a name, for the trainer's view?"""
    run(shell, "%%prompt consigne_nid_de_poule\nRéponds à ce courriel, avec tact.")
    _, html, _ = run(shell, "%contester consigne_nid_de_poule ton J'ai écrit « avec tact ».")
    assert "relira ce verdict" in html
    (case,) = contested()
    assert (case.exercise, case.criterion, case.verdict) == ("consigne_nid_de_poule", "ton", "acquis")
    assert "avec tact" in case.answer
    _, html, _ = run(shell, "%contester consigne_nid_de_poule chocolat")
    assert "puis un critère" in html
