"""The French magics of the exercise notebooks: `%atelier`, `%%prompt`, `%%reponse`, `%points`, `%rendre`.

The text under a cell magic is kept as data and scored; it is never run. While nbgrader grades, nothing is displayed and
the assistant is not called.
"""

from __future__ import annotations

import ast
import builtins
import os
import re
from typing import Any

from IPython import get_ipython
from IPython.core.magic import Magics, cell_magic, line_magic, magics_class, no_var_expand
from IPython.display import HTML, display

from atelier_ia.errors import AtelierError
from atelier_ia.training.card import card_html, card_text
from atelier_ia.training.desk import Marked, all_assignments, contest_at_desk, find_assignment, in_room, mark
from atelier_ia.training.rubrics import Assignment, Exercise
from atelier_ia.training.scoring.guards import STUB
from atelier_ia.training.wording import html, typeset

_ANSWER_MAGIC = re.compile(r"%%(?:prompt|reponse)\b")
# One to three words, without any sign of Python.
_FEW_WORDS = re.compile(r"[^\W\d_]+(?:[ '’,-]+[^\W\d_]+){0,2}[ .!?…]*")
_ONE_SIGN = re.compile(r"\s*%(?:prompt|reponse)\b")


def being_graded() -> bool:
    """Is nbgrader (and not a person) running this notebook?"""
    return bool(os.environ.get("NBGRADER_EXECUTION"))


class QuietFloat(float):
    """A float for nbgrader (`text/plain` is its number); on screen nothing, since the card already gives the points."""

    def _repr_html_(self) -> str:
        return "<span hidden></span>"


@magics_class
class ExerciseMagics(Magics):
    """Answers given in this notebook, and what is shown for them."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self.assignment: Assignment | None = None
        self.answers: dict[str, str] = {}
        self.attempts: dict[str, int] = {}

    @line_magic  # type: ignore[untyped-decorator]
    def atelier(self, line: str) -> None:
        """%atelier DEVOIR: which assignment this notebook answers."""
        try:
            self.assignment = find_assignment(line.strip())
        except AtelierError as error:
            _say(str(error))
            return
        if not being_graded() and not in_room():
            from atelier_ia.training.scoring.reading import lemma

            lemma("bonjour")  # loads the dictionary now rather than at the first answer

    @no_var_expand  # type: ignore[untyped-decorator]
    @cell_magic  # type: ignore[untyped-decorator]
    def prompt(self, line: str, cell: str) -> None:
        """%%prompt EXERCICE: a prompt, its feedback, then what the assistant makes of it."""
        exercise, marked = self._answer(line, cell, for_model=True)
        if exercise is not None and marked is not None and not being_graded() and not marked.result.blank:
            from atelier_ia.training.tryout import show_reply

            show_reply(exercise, cell, marked)

    @no_var_expand  # type: ignore[untyped-decorator]
    @cell_magic  # type: ignore[untyped-decorator]
    def reponse(self, line: str, cell: str) -> None:
        """%%reponse EXERCICE: an answer and its feedback."""
        self._answer(line, cell)

    @line_magic  # type: ignore[untyped-decorator]
    def points(self, line: str) -> float:
        """%points EXERCICE: the points of the last answer, a plain float between 0 and the maximum."""
        exercise = self._exercise(line)
        if exercise is None:
            return QuietFloat(0.0)
        marked = self._mark(exercise)
        if marked is None:
            return QuietFloat(0.0)
        return QuietFloat(min(max(marked.result.score or 0.0, 0.0), marked.result.max_score))

    @no_var_expand  # type: ignore[untyped-decorator]
    @line_magic  # type: ignore[untyped-decorator]
    def contester(self, line: str) -> None:
        """%contester EXERCICE CRITÈRE pourquoi: ask a person to look at one verdict again."""
        name, _, rest = line.strip().partition(" ")
        criterion, _, reason = rest.strip().partition(" ")
        exercise = self._exercise(name)
        if exercise is None:
            return
        marked = self._mark(exercise)
        if marked is None:
            return
        verdict = next((found.verdict for found in marked.result.criteria if found.id == criterion), None)
        if verdict is None:
            known = ", ".join(found.id for found in marked.result.criteria)
            _say(f"Écrivez « %contester {exercise.id} » puis un critère ({known}) et votre raison.")
            return
        from atelier_ia.training.decisions import contest

        assignment = self.assignment.name if self.assignment else ""
        answer = self.answers.get(exercise.id, "")
        case = {"assignment": assignment, "exercise": exercise.id, "criterion": criterion, "verdict": verdict}
        keep = contest_at_desk if in_room() else contest
        try:
            keep({**case, "answer": answer, "reason": reason})
        except AtelierError as error:
            _say(str(error))
            return
        _say("Merci : la formatrice relira ce verdict. Votre nom n'est pas joint.")

    @line_magic  # type: ignore[untyped-decorator]
    def rendre(self, line: str) -> Any:
        """%rendre: the button that hands the work in."""
        if being_graded():
            return
        if self.assignment is None:
            _say("Exécutez d'abord toutes les cellules depuis le début (menu « Exécution »), puis revenez ici.")
            return
        from atelier_ia.training.hand_in import HandIn

        display(HandIn(assignment=self.assignment, answers=self.answers))

    @no_var_expand  # type: ignore[untyped-decorator]
    @cell_magic  # type: ignore[untyped-decorator]
    def atelier_texte(self, line: str, cell: str) -> None:
        """Prose run in a cell that lost its first line: say so instead of a Python error."""
        _say(
            "Cette cellule a perdu sa première ligne. Annulez avec Ctrl + Z, ou écrivez en tête "
            "« %%prompt » ou « %%reponse » suivi du nom de l'exercice."
        )

    def _answer(self, line: str, cell: str, *, for_model: bool = False) -> tuple[Exercise | None, Marked | None]:
        exercise = self._exercise(line)
        if exercise is None:
            return None, None
        self.answers[exercise.id] = cell
        if being_graded():
            return exercise, None
        marked = self._mark(exercise, for_model=for_model)
        if marked is None:
            return exercise, None
        result = marked.result
        attempt = self.attempts[exercise.id] = self.attempts.get(exercise.id, 0) + (not result.blank)
        _show(card_html(result, max(attempt, 1)), card_text(result))
        return exercise, marked

    def _mark(self, exercise: Exercise, *, for_model: bool = False) -> Marked | None:
        """The last answer to that exercise, scored; None, with a French sentence shown, when the room cannot."""
        try:
            name = self.assignment.name if self.assignment else ""
            return mark(name, exercise, self.answers.get(exercise.id, ""), for_model=for_model)
        except AtelierError as error:
            _say(str(error))
            return None

    def _exercise(self, line: str) -> Exercise | None:
        """The exercise named on the magic's line; None, with a French sentence shown, when there is none."""
        name = line.split()[0] if line.split() else ""
        try:
            if self.assignment is None:
                self.assignment = _assignment_of(name)
            return self.assignment.exercise(name)
        except AtelierError as error:
            _say(str(error))
            return None


def _assignment_of(exercise: str) -> Assignment:
    """The only assignment that has that exercise (the preparation cell was not run)."""
    holders = [a for a in map(find_assignment, all_assignments()) if any(e.id == exercise for e in a.exercises)]
    if len(holders) != 1:
        raise AtelierError("Exécutez d'abord la cellule de préparation, tout en haut du carnet, puis recommencez.")
    return holders[0]


def register(shell: Any) -> None:
    """Add the magics to an IPython shell, and make its cells forgiving to people who write prose."""
    if ExerciseMagics.__name__ not in shell.magics_manager.registry:  # a second time would forget the answers
        shell.register_magics(ExerciseMagics)
    if not any(
        getattr(transform, "__name__", "") == forgive_prose.__name__ for transform in shell.input_transformers_cleanup
    ):
        shell.input_transformers_cleanup.append(forgive_prose)


def forgive_prose(lines: list[str]) -> list[str]:
    """An answer cell left empty gets the invitation back; French prose without its magic gets a kind word."""
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return lines
    if _ANSWER_MAGIC.match(lines[first]):
        body = [*lines[first + 1 :]]
        return [lines[first].rstrip("\n") + "\n", *(body if any(line.strip() for line in body) else [STUB + "\n"])]
    if _ONE_SIGN.match(lines[first]):  # alone, it is told as a command with one sign too few; its prose is no Python
        return [lines[first]]
    return ["%%atelier_texte\n", *lines] if _is_prose("".join(lines)) else lines


def _is_prose(text: str) -> bool:
    if _FEW_WORDS.fullmatch(text.strip()):
        return _says_nothing_to_python(text.strip())
    if re.match(r"\s*[%!?#@]", text) or len(re.findall(r"[^\W\d_]{2,}", text)) < 4:
        return False
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    else:
        return False
    from atelier_ia.training.scoring.reading import FUNCTION_WORDS, fold

    words = re.findall(r"[^\W\d_]+", fold(text))
    code_signs = len(re.findall(r"[=()\[\]{}]|\b(?:import|def|return|print|for|class)\b", text))
    return sum(1 for word in words if word in FUNCTION_WORDS) >= 2 and code_signs * 6 < len(words)


def _says_nothing_to_python(text: str) -> bool:
    """ "bonjour" or "bonjour madame": neither a statement, nor names that this notebook knows?"""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    shell = get_ipython()  # type: ignore[no-untyped-call]
    return bool(names) and not names & {*dir(builtins), *(shell.user_ns if shell else ())}


def _say(sentence: str) -> None:
    _show(f'<p class="atelier-message" lang="fr" role="status">{html(sentence)}</p>', sentence)


def _show(markup: str, text: str) -> None:
    display({"text/html": HTML(markup).data, "text/plain": typeset(text)}, raw=True)
