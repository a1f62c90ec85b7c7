"""The learner's feedback page: one self-contained French page per submission, under `var/retours/`."""

from __future__ import annotations

from pathlib import Path

from atelier_ia.settings import data_folder
from atelier_ia.training.card import next_step, other_lines
from atelier_ia.training.code_cells import CodeMark
from atelier_ia.training.corrections import Correction, GradedAnswer, write_whole
from atelier_ia.training.rubrics import Assignment, Exercise, load_assignment
from atelier_ia.training.scoring import CriterionResult
from atelier_ia.training.wording import html, number, points

MAX_BYTES = 100_000
_WORDS = {
    "acquis": ("✓", "Acquis"),
    "partiel": ("◐", "En partie"),
    "absent": ("→", "À reprendre"),
    "douteux": ("?", "À préciser"),
}
_SHOWN_ANSWER = 4_000

_STYLE = Path(__file__).with_name("static").joinpath("feedback.css").read_text(encoding="utf-8")


def page_path(learner: str, assignment: str) -> Path:
    """Where a learner's page is (it may not exist yet)."""
    return data_folder() / "retours" / learner / f"{assignment}.html"


def write_page(correction: Correction) -> Path:
    """Write the page of one correction; at most 100 kB, no request to any host."""
    path = page_path(correction.learner, correction.assignment)
    write_whole(path, page(correction, load_assignment(correction.assignment)).encode(), durable=False)
    return path


def page(correction: Correction, assignment: Assignment) -> str:
    """The page as HTML. Long answers are shown cut, so that it stays small."""
    shown = _SHOWN_ANSWER
    while True:
        text = _page(correction, assignment, shown)
        if len(text.encode()) <= MAX_BYTES or shown < 50:
            return text
        shown //= 2


def _page(correction: Correction, assignment: Assignment, shown: int) -> str:
    title = f"Votre retour : {assignment.title}"
    parts = [
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{html(title)}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>{html(assignment.title)}</h1>",
        f"<p class='note'>{html(_summary(correction))}</p>",
    ]
    if correction.problem:
        parts.append(f"<p class='suite'>{html('À revoir par la formatrice : ' + correction.problem)}</p>")
    else:
        for rank, answer in enumerate(correction.answers, 1):
            parts += _exercise(rank, assignment.exercise(answer.exercise), answer, shown)
        parts += [line for mark in correction.code for line in _code(mark)]
    if assignment.lesson:
        parts.append(f"<p class='note'>Pour revoir la leçon : {html(assignment.lesson)}</p>")
    return "".join([*parts, "</main></body></html>\n"])


def _summary(correction: Correction) -> str:
    decided = sum(part.max_score for part in correction.parts if part.score is not None)
    text = f"{number(correction.score)} sur {points(decided)}" if decided else "Aucun point n'est encore décidé"
    if correction.to_review:
        text += f" ; {correction.to_review} exercice{'s' if correction.to_review > 1 else ''} à lire par la formatrice"
    return text + "."


def _exercise(rank: int, exercise: Exercise, answer: GradedAnswer, shown: int) -> list[str]:
    parts = [f"<h2>Exercice {rank} : {html(exercise.title)}</h2>"]
    if answer.problem:
        parts.append(f"<p class='suite'>{html('À revoir par la formatrice : ' + answer.problem)}</p>")
    elif answer.score is None:
        parts.append("<p class='suite'>La formatrice lira cette réponse et la notera.</p>")
    if answer.note:
        parts.append(f"<p class='note'>{html(answer.note)}</p>")
    result = answer.result
    if answer.score is not None and not answer.problem:
        if result.notice:
            parts.append(f"<p class='suite'>{html(result.notice)}</p>")
        if not result.blank:
            parts += _verdicts(exercise, answer)
        parts.append(f"<p class='note'>{html(number(answer.score))} sur {html(points(answer.max_score))}</p>")
    if answer.answer.strip():
        cut = answer.answer[:shown] + ("…" if len(answer.answer) > shown else "")
        parts.append(f"<details><summary>Votre réponse</summary><blockquote>{html(cut)}</blockquote></details>")
    return parts


def _code(mark: CodeMark) -> list[str]:
    parts = [f"<h2>Exercice de code : {html(mark.name.replace('_', ' '))}</h2>"]
    if mark.score is None:
        parts.append(f"<p class='suite'>{html('À revoir par la formatrice : ' + mark.problem)}</p>")
    if mark.message:
        parts.append(f"<p>{html(mark.message)}</p>")
    if mark.score is not None:
        parts.append(f"<p class='note'>{html(number(mark.score))} sur {html(points(mark.max_score))}</p>")
    return parts


def _verdicts(exercise: Exercise, answer: GradedAnswer) -> list[str]:
    result = answer.result
    right = [line for line in result.criteria if line.verdict in ("acquis", "douteux")]
    step = next_step(result)
    parts = []
    if right:
        parts.append("<h3>Ce qui est là</h3><ul>" + "".join(map(_line, right)) + "</ul>")
    if step is not None:
        parts.append(f"<h3>La prochaine étape</h3><p class='suite'>{html(step.message)}</p>")
        hints = "".join(f"<li>{html(hint)}</li>" for hint in step.hints)
        if hints:
            parts.append(f"<details><summary>Indices</summary><ol>{hints}</ol></details>")
        others = other_lines(result)
        if others and not result.notice:
            parts.append("<h3>Ensuite</h3><ul>" + "".join(map(_line, others)) + "</ul>")
        if exercise.lesson:
            parts.append(f"<p class='note'>À relire : {html(exercise.lesson)}</p>")
    return parts


def _line(line: CriterionResult) -> str:
    sign, word = _WORDS[line.verdict]
    kind = "acquis" if line.verdict == "acquis" else "autre"
    return f'<li><span class="{kind}"><span aria-hidden="true">{sign}</span> {word}</span> — {html(line.message)}</li>'
