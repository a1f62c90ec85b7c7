"""Proofreading exercises: which planted defects did the person find, and which right passages did they accuse?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from atelier_ia.training.rubrics import Defect, Exercise, Verdict
from atelier_ia.training.scoring.lexicon import patterns
from atelier_ia.training.scoring.negation import denied
from atelier_ia.training.scoring.patterns import Span, compile_pattern, find
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading, Token
from atelier_ia.training.scoring.results import CriterionResult, ExerciseResult, Quote, listed, quotes, rounded

# A line this short that quotes a passage accuses it, even without saying why.
_SHORT_LINE = 14


@dataclass(frozen=True)
class _Item:
    """One line of the answer: its place and whether it accuses or reassures."""

    span: Span
    accuses: bool
    condemns: bool  # says that it is false or invented, which is a reason by itself
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
    accuses, condemns, reassures = (
        patterns("relecture", name)[0] for name in ("accusation", "condamnation", "approbation")
    )
    items = []
    for start, end in lines:
        text = reading.folded[start:end]
        accused, condemned, approved = (bool(pattern.search(text)) for pattern in (accuses, condemns, reassures))
        items.append(_Item(Span(start, end), accused, condemned, approved, len(text.split())))
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
        found, spans = _found_in(exercise, defect, reading, item)
        if found == "acquis":
            verdict, evidence = found, spans
            break
        if found == "partiel" and verdict == "absent" and not _about_something_else(exercise, defect, reading, item):
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


def _found_in(exercise: Exercise, defect: Defect, reading: Reading, item: _Item) -> tuple[Verdict, list[Span]]:
    """What one line of the answer says of one defect."""
    where = [span for span, _ in _inside(defect.landmarks, reading, item)]
    reasons = [
        span
        for span, pattern in _inside(defect.explanations, reading, item)
        if compile_pattern(pattern).negative or not denied(reading, span)
    ]
    if item.reassures and not reasons:
        return "absent", []
    # Words taken from the document itself point at the passage; others ("la date") need the right reason.
    precise = [span for span in where if _quoted(exercise.text, reading, span)]
    enough = item.condemns or (item.accuses and not defect.explanations)
    if where and reasons:
        return "acquis", [where[0], *reasons[:1]]
    if precise and enough and not _about_something_else(exercise, defect, reading, item):
        return "acquis", precise[:1]
    if precise and (item.accuses or item.words <= _SHORT_LINE):
        return "partiel", precise[:1]
    return "absent", []


def _about_something_else(exercise: Exercise, defect: Defect, reading: Reading, item: _Item) -> bool:
    """Does this line already tell another defect, or accuse a right passage?"""
    others = (other for other in exercise.defects if other is not defect)
    told = any(
        _inside(other.landmarks, reading, item) and _inside(other.explanations, reading, item) for other in others
    )
    return told or _decoyed(exercise, reading, item)


def _decoyed(exercise: Exercise, reading: Reading, item: _Item) -> bool:
    return any(_inside(decoy.landmarks, reading, item) for decoy in exercise.decoys)


def _quoted(document: str, reading: Reading, span: Span) -> bool:
    """Are the words of this place words of the document?"""
    known = _vocabulary(document)
    inside = reading.tokens_between(span.start, span.end)
    return any(token.form in known for token in inside if token.form not in FUNCTION_WORDS)


@lru_cache(maxsize=64)
def _vocabulary(document: str) -> frozenset[str]:
    return frozenset(token.form for token in Reading(document).tokens)


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
            is_defect = any(_found_in(exercise, defect, reading, item)[0] == "acquis" for defect in exercise.defects)
            if hit and not is_defect and not item.reassures and (item.accuses or item.words <= _SHORT_LINE):
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
