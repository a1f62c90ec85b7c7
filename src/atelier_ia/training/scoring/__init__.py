"""Score an answer: text in, verdicts with evidence out. Never runs, imports or evaluates anything that a learner wrote.

`score(exercise, answer)` is the whole of it. Order: blank, sentences that speak to the grader, worthless answers, then
the rubric of that kind of exercise.
"""

from __future__ import annotations

from atelier_ia.training.rubrics import Exercise
from atelier_ia.training.scoring import messages
from atelier_ia.training.scoring.choosing import score_choice
from atelier_ia.training.scoring.criteria import score_criteria
from atelier_ia.training.scoring.guards import bag_of_words, gibberish, hollow, is_blank, refusal
from atelier_ia.training.scoring.injections import blank_injections
from atelier_ia.training.scoring.proofreading import score_proofreading
from atelier_ia.training.scoring.reading import Reading
from atelier_ia.training.scoring.remarks import told_in_a_row
from atelier_ia.training.scoring.results import CriterionResult, ExerciseResult, Quote
from atelier_ia.training.scoring.sorting import score_sorting
from atelier_ia.training.scoring.spelling import Spelled, spelled_out

__all__ = ["MAX_ANSWER", "CriterionResult", "ExerciseResult", "Quote", "clean_answer", "score", "warm_up"]

# Longer than any honest answer (about 3 000 words); what comes after is not read.
MAX_ANSWER = 20_000

# Beside sentences that speak to the grader, fewer words than this are no prompt and no letter.
MIN_BESIDE = 7
_HEADINGS = "Votre réponse nomme des défauts sans les montrer : citez le passage, et dites ce qui ne va pas."

_BLANK = "Vous n'avez pas encore répondu : écrivez quelques lignes, puis exécutez la cellule."


def clean_answer(text: str) -> str:
    """The answer without the marks of the solution region; line ends made uniform, control characters dropped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [line for line in lines if "### BEGIN SOLUTION" not in line and "### END SOLUTION" not in line]
    joined = "\n".join(kept)
    return "".join(c if c in "\n\t" or c.isprintable() or c.isspace() else " " for c in joined).strip("\n")[:MAX_ANSWER]


def score(exercise: Exercise, answer: str) -> ExerciseResult:
    """Score one answer. Evidence offsets are Python characters of `clean_answer(answer)`; a blank answer earns 0."""
    text = clean_answer(answer)
    if exercise.kind == "ouverte":
        return _open(exercise, text)
    if is_blank(text):
        return _nothing(exercise, _BLANK, blank=True)
    kept, injected = blank_injections(text)
    notice = messages.injection_notice(injected) if injected else ""
    if is_blank(kept):
        return _nothing(exercise, notice)
    spelled = spelled_out(exercise, kept) if exercise.kind not in ("choix", "tri") else Spelled(kept, kept)
    reading = Reading(spelled.text)
    if injected and len(reading.words) < MIN_BESIDE and exercise.kind in ("prompt", "production"):
        return _nothing(exercise, notice)
    if exercise.kind in ("relecture", "tri", "choix"):
        refused = gibberish(reading)
        if exercise.kind == "relecture" and "\n" not in kept.strip():
            # A list of defects is terse by nature; one line that names them all is a heap.
            refused = refused or ("" if told_in_a_row(reading) else bag_of_words(reading))
        if exercise.kind == "relecture" and hollow(reading):
            refused = _HEADINGS
    else:
        refused = refusal(reading, exercise)
    if refused and exercise.kind not in ("choix", "tri"):
        return _nothing(exercise, refused)
    scorer = {
        "prompt": score_criteria,
        "production": score_criteria,
        "relecture": score_proofreading,
        "choix": score_choice,
        "tri": score_sorting,
    }[exercise.kind]
    result = spelled.quoted(scorer(exercise, reading))
    if not notice:
        return result
    return ExerciseResult(result.exercise, result.score, result.max_score, result.criteria, notice)


def warm_up() -> None:
    """Read the word lists and rules now: processes forked afterwards share them."""
    from atelier_ia.training.scoring.personal import guarded
    from atelier_ia.training.scoring.reading import known_word, lemma

    lemma("préparer")
    known_word("préparer")
    guarded("Madame Martin habite ici depuis le 3 mars.")


def _nothing(exercise: Exercise, reason: str, *, blank: bool = False) -> ExerciseResult:
    """Every criterion absent, for one reason that the learner reads."""
    lines = tuple(
        CriterionResult(identifier, title, "absent", points, (), reason, hints)
        for identifier, title, points, hints in rubric_lines(exercise)
    )
    return ExerciseResult(exercise.id, 0.0, exercise.max_score, lines, reason, blank)


def _open(exercise: Exercise, text: str) -> ExerciseResult:
    """Only a person marks an open question; a blank one earns 0 at once."""
    if is_blank(text):
        return _nothing(exercise, _BLANK, blank=True)
    lines = tuple(
        CriterionResult(
            line.id, line.title, "douteux", line.points, (), "La formatrice lira cette réponse et la notera."
        )
        for line in exercise.grid
    )
    return ExerciseResult(exercise.id, None, exercise.max_score, lines)


def rubric_lines(exercise: Exercise) -> list[tuple[str, str, float, tuple[str, ...]]]:
    """(id, title, points, hints) of every criterion that `score` returns, in order."""
    if exercise.kind == "choix":
        return [("choix", exercise.title, exercise.choice_points, ())]
    lines: list[tuple[str, str, float, tuple[str, ...]]] = [
        *((c.id, c.title, c.points, c.hints) for c in exercise.criteria),
        *((d.id, "Défaut à trouver", d.points, d.hints) for d in exercise.defects),
        *((c.id, f"Cas {c.id.upper()}", c.points, c.hints) for c in exercise.cases),
        *((g.id, g.title, g.points, ()) for g in exercise.grid),
    ]
    if exercise.false_alarms is not None:
        lines.append(("fausses_alertes", "Ne pas accuser de passage juste", exercise.false_alarms.points, ()))
    return lines
