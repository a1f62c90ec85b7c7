"""Proofreading exercises: which planted defects did the person find, and which right passages did they accuse?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier_ia.training.rubrics import Defect, Exercise, Verdict
from atelier_ia.training.scoring.lexicon import patterns
from atelier_ia.training.scoring.negation import denied
from atelier_ia.training.scoring.patterns import Span, compile_pattern, find
from atelier_ia.training.scoring.reading import Reading, Token
from atelier_ia.training.scoring.results import CriterionResult, ExerciseResult, Quote, listed, quotes, rounded


@dataclass(frozen=True)
class _Item:
    """One line of the answer: its place and whether it accuses or reassures."""

    span: Span
    accuses: bool
    reassures: bool
    words: int


def score_proofreading(exercise: Exercise, reading: Reading) -> ExerciseResult:
    """One criterion per planted defect, then the false alarms when the rubric counts them."""
    items = _items(reading)
    # Listing everything is not proofreading.
    flood = len(items) > max(len(exercise.defects) * 2 + 3, 6) or _recites(exercise, reading)
    lines = [_defect_result(exercise, defect, reading, items, flood) for defect in exercise.defects]
    if exercise.false_alarms is not None:
        lines.append(_false_alarm_result(exercise, reading, items, lines, flood))
    notice = (
        "Vous citez presque tout le document : gardez seulement les passages fautifs, et dites pourquoi."
        if flood
        else ""
    )
    return ExerciseResult(
        exercise.id, rounded(sum(line.points for line in lines)), exercise.max_score, tuple(lines), notice
    )


def _items(reading: Reading) -> list[_Item]:
    lines = [match.span() for match in re.finditer(r"[^\n]+", reading.folded) if match[0].strip(" -*•>.")]
    if len(lines) == 1:
        groups: dict[int, list[Token]] = {}
        for token in reading.tokens:
            groups.setdefault(token.sentence, []).append(token)
        lines = [(tokens[0].start, tokens[-1].end) for tokens in groups.values()]
    accuses, reassures = patterns("relecture", "accusation")[0], patterns("relecture", "approbation")[0]
    items = []
    for start, end in lines:
        text = reading.folded[start:end]
        items.append(
            _Item(Span(start, end), bool(accuses.search(text)), bool(reassures.search(text)), len(text.split()))
        )
    return items


def _recites(exercise: Exercise, reading: Reading) -> bool:
    """Is most of the document quoted, and most of the answer a quotation?"""
    document = [token.form for token in Reading(exercise.text).words]
    answer = [token.form for token in reading.words]
    if len(answer) < 12 or len(document) < 12:
        return False
    grams = {tuple(document[i : i + 4]) for i in range(len(document) - 3)}
    own = [tuple(answer[i : i + 4]) for i in range(len(answer) - 3)]
    copied = [gram for gram in own if gram in grams]
    return len(set(copied)) / len(grams) > 0.7 and len(copied) / len(own) > 0.5


def _defect_result(
    exercise: Exercise, defect: Defect, reading: Reading, items: list[_Item], flood: bool
) -> CriterionResult:
    verdict: Verdict = "absent"
    evidence: list[Span] = []
    for item in () if flood else items:
        found, spans = _found_in(defect, reading, item)
        if found == "acquis":
            verdict, evidence = found, spans
            break
        if found == "partiel" and verdict == "absent":
            verdict, evidence = found, spans
    mistake = next((m for m in exercise.mistakes if m.criterion == defect.id and _said(m.patterns, reading)), None)
    shown = quotes(reading.text, evidence)
    if mistake is not None and verdict != "acquis":
        message = mistake.message
        verdict = mistake.verdict if verdict != "absent" else verdict
    else:
        message = _message(defect, verdict, shown)
    return CriterionResult(
        defect.id, defect.title, verdict, defect.points, shown, message, defect.hints, hidden=True,
        mistake=mistake.id if mistake and verdict != "acquis" else "",
    )  # fmt: skip


def _found_in(defect: Defect, reading: Reading, item: _Item) -> tuple[Verdict, list[Span]]:
    places = _inside(defect.landmarks, reading, item)
    reasons = [
        span
        for span, pattern in _inside(defect.explanations, reading, item)
        if compile_pattern(pattern).negative or not denied(reading, span)
    ]
    explained = bool(reasons)
    where = [span for span, _ in places]
    if item.reassures and not explained:
        return "absent", []
    if where and (explained or (item.accuses and not defect.explanations)):
        return "acquis", [*where[:1], *reasons[:1]]
    if where and item.accuses:
        # Right passage, accused for a reason that the rubric does not know.
        return "partiel", where[:1]
    if where and item.words <= 14:
        return "partiel", where[:1]
    return "absent", []


def _inside(patterns: tuple[str, ...], reading: Reading, item: _Item) -> list[tuple[Span, str]]:
    return [
        (span, pattern)
        for pattern in patterns
        for span in find(pattern, reading)
        if span.start >= item.span.start and span.end <= item.span.end
    ]


def _said(patterns: tuple[str, ...], reading: Reading) -> bool:
    return any(find(pattern, reading) for pattern in patterns)


def _message(defect: Defect, verdict: Verdict, shown: tuple[Quote, ...]) -> str:
    own = getattr(defect.messages, verdict)
    if own:
        return str(own)
    if verdict == "acquis":
        return f"Bien vu : {listed(shown)}. {defect.title}."
    if verdict == "partiel":
        return (
            f"Vous montrez le bon passage ({listed(shown)}) ; dites maintenant ce qui ne va pas et comment le corriger."
        )
    return (
        "Il reste un défaut à trouver ; relisez phrase par phrase en vérifiant dates, sommes, compétences et promesses."
    )


def _false_alarm_result(
    exercise: Exercise, reading: Reading, items: list[_Item], lines: list[CriterionResult], flood: bool
) -> CriterionResult:
    rule = exercise.false_alarms
    assert rule is not None
    wrong: list[tuple[Span, str]] = []
    for decoy in exercise.decoys:
        for item in items:
            hit = _inside(decoy.landmarks, reading, item)
            is_defect = any(_found_in(defect, reading, item)[0] == "acquis" for defect in exercise.defects)
            if hit and not is_defect and not item.reassures and (item.accuses or item.words <= 14):
                wrong.append((hit[0][0], decoy.message))
                break
    found = sum(1 for line in lines if line.verdict != "absent")
    verdict: Verdict
    if flood or found * 2 < len(lines):
        verdict = "absent"
        message = "Ce point se gagne une fois la moitié des défauts trouvés, sans accuser de passage juste."
        if flood:
            message = "Tout signaler revient à ne rien relire : choisissez."
    elif len(wrong) <= rule.tolerance:
        verdict, message = "acquis", "Vous n'avez accusé aucun passage juste."
    else:
        verdict, message = "absent", " ".join(text for _, text in wrong)
    return CriterionResult(
        "fausses_alertes", "Ne pas accuser de passage juste", verdict, rule.points,
        quotes(reading.text, [span for span, _ in wrong]), message, mistake="fausse_alerte" if wrong else "",
    )  # fmt: skip
