"""Proofreading exercises: which planted defects did the person find, and which right passages did they accuse?"""

from __future__ import annotations

import re
from dataclasses import replace

from atelier_ia.training.rubrics import Defect, Exercise, Verdict
from atelier_ia.training.scoring.another_text import (
    about_another_text,
    announces_another_text,
    counts_another_text,
    is_a_lesson,
    quotes_another_text,
    recites,
    remarks_on_another_text,
)
from atelier_ia.training.scoring.approving import finds_nothing_wrong
from atelier_ia.training.scoring.findings import (
    about_something_else,
    decoyed,
    forbidden,
    found_in,
    inside,
    told_precisely,
)
from atelier_ia.training.scoring.located import right_passage, shown_passages
from atelier_ia.training.scoring.negation import denied
from atelier_ia.training.scoring.patterns import Span, alternatives, compile_pattern, find
from atelier_ia.training.scoring.reading import Reading, fold
from atelier_ia.training.scoring.remarks import ENOUGH, SHORT, Remark, remarks
from atelier_ia.training.scoring.results import CriterionResult, ExerciseResult, Quote, listed, quotes, rounded

_TO_FIND = (
    "Il reste un défaut à trouver ; relisez phrase par phrase en vérifiant dates, sommes, compétences et promesses."
)
_RIGHT_PASSAGE = "Ce passage est juste : comparez-le encore une fois à ce que vous savez du cas."
# So many defects found by words of the rubric: it is this text, whatever other words are used.
_SURELY_OURS = 2
# "Il faut remplacer…, retirer…": what follows is corrected, whatever it denies.
_CORRECTS = re.compile(
    r"\b(?:il faut|faudrait|je|on|devrait|doit|propose de|a) (?:\w+ )?"
    r"(?:remplac|retir|suppr|enlev|otera|oter|corrig|barr|ray)\w*"
)
# From this share of its remarks on, a proofreading that reassures finds nothing.
_APPROVED = 0.6


def score_proofreading(exercise: Exercise, reading: Reading) -> ExerciseResult:
    """One criterion per planted defect, then the false alarms when the rubric counts them."""
    items = remarks(reading, fold(exercise.text))
    # Listing everything is not proofreading, nor is finding everything right.
    flood = len(items) > max(len(exercise.defects) * 2 + 3, 6) or recites(exercise, reading)
    content = finds_nothing_wrong(reading, fold(exercise.text), _refuted(exercise, reading))
    calm = sum(item.reassures for item in items)
    content = content or (calm >= ENOUGH and calm >= _APPROVED * len(items))
    accused = any(item.accuses or item.condemns for item in items)
    content = content or (calm > 1 and calm >= len(items) / 3 and not accused)
    lines = [_defect_result(exercise, defect, reading, items, flood or content) for defect in exercise.defects]
    found = sum(line.verdict == "acquis" for line in lines)
    sure = found >= _SURELY_OURS
    beside = any(told(exercise, reading) for told in (quotes_another_text, counts_another_text, is_a_lesson))
    beside = beside or (not sure and about_another_text(exercise, reading))
    beside = beside or (found <= _SURELY_OURS and announces_another_text(exercise, reading))
    if len(items) >= ENOUGH:
        beside = beside or remarks_on_another_text(exercise, reading, *_shares(exercise, reading, items))
    if beside:
        lines = [_defect_result(exercise, defect, reading, items, True) for defect in exercise.defects]
    flood = flood or content or beside
    if not flood:
        lines = _in_order(exercise, reading, items, lines)
    lines = _counted(lines)
    if exercise.false_alarms is not None:
        lines.append(_false_alarm_result(exercise, reading, items, lines, flood))
    notice = ""
    if content:
        notice = "Vous dites que ces passages conviennent : cherchez plutôt ceux qui ne vont pas, et dites pourquoi."
    elif beside:
        notice = "Votre réponse parle d'autre chose que du document à relire ; repartez de ses phrases."
    elif flood:
        notice = "Vous citez presque tout le document : gardez seulement les passages fautifs, et dites pourquoi."
    return ExerciseResult(
        exercise.id, rounded(sum(line.points for line in lines)), exercise.max_score, tuple(lines), notice
    )


def _shares(exercise: Exercise, reading: Reading, items: list[Remark]) -> tuple[float, float]:
    """Shares of the remarks that name a passage of the rubric, and that tell a defect or name a right passage."""
    placed = told = 0
    for item in items:
        baited = decoyed(exercise, reading, item)
        placed += baited or any(inside(defect.landmarks, reading, item) for defect in exercise.defects)
        told += baited or any(
            found_in(exercise, defect, reading, item)[0] in ("acquis", "douteux") for defect in exercise.defects
        )
    return placed / max(1, len(items)), told / max(1, len(items))


def _refuted(exercise: Exercise, reading: Reading) -> list[tuple[int, int]]:
    """Where the right reason of a defect is denied, in a paragraph; a list says what is wrong as it likes."""
    if "\n" in reading.text.strip() or _CORRECTS.search(reading.folded):
        return []
    places = []
    for defect in exercise.defects:
        wanted = alternatives(defect.explanations)
        # "n'a jamais existé" is the right reason, whatever "existé" alone would be.
        told = [span for pattern in wanted if compile_pattern(pattern).negative for span in find(pattern, reading)]
        places += [
            (span.start, span.end)
            for pattern in wanted
            if not compile_pattern(pattern).negative
            for span in find(pattern, reading)
            if denied(reading, span)
            and not forbidden(reading, span)
            and not any(span.overlaps(other) for other in told)
        ]
    return places


def _defect_result(
    exercise: Exercise, defect: Defect, reading: Reading, items: list[Remark], flood: bool
) -> CriterionResult:
    verdict: Verdict = "absent"
    evidence: list[Span] = []
    for item in () if flood else _own_rank_first(exercise, defect, items):
        found, spans = found_in(exercise, defect, reading, item)
        if found == "acquis":
            verdict, evidence = found, spans
            break
        if found == "douteux" and verdict != "douteux":
            verdict, evidence = found, spans
        if found == "partiel" and verdict == "absent" and not about_something_else(exercise, defect, reading, item):
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


def _own_rank_first(exercise: Exercise, defect: Defect, items: list[Remark]) -> list[Remark]:
    """With one line for each defect, the line of this one's rank is read before the others."""
    if len(items) != len(exercise.defects):
        return items
    own = items[exercise.defects.index(defect)]
    return [own, *(item for item in items if item is not own)]


def _in_order(
    exercise: Exercise, reading: Reading, items: list[Remark], lines: list[CriterionResult]
) -> list[CriterionResult]:
    """One line for each defect, in the document's order: a line in unknown words is about the defect of its rank.

    Only when a third of the lines, two or more, were recognised at their own rank, and never for a line that
    reassures or accuses a right passage. The verdict is doubtful: it costs nothing, and a person may look.
    """
    if len(items) != len(exercise.defects):
        return lines
    ranks = [
        [rank for rank, item in enumerate(items) if any(_covers(item, quote) for quote in line.evidence)]
        for line in lines
    ]
    at_rank = sum(rank in found for rank, found in enumerate(ranks))
    told = {rank for found in ranks for rank in found}
    settled = []
    for rank, line in enumerate(lines):
        item = items[rank]
        unknown = line.verdict == "absent" and rank not in told and item.words >= 3
        unknown = unknown and right_passage(exercise, shown_passages(exercise, reading, item)) is None
        if (
            unknown
            and at_rank >= max(2, len(lines) / 3)
            and not item.reassures
            and not decoyed(exercise, reading, item)
        ):
            shown = quotes(reading.text, [item.span])
            message = _message(exercise.defects[rank], "douteux", shown)
            line = replace(line, verdict="douteux", evidence=shown, message=message)
        settled.append(line)
    return settled


def _covers(item: Remark, quote: Quote) -> bool:
    return item.span.start <= quote.start and quote.end <= item.span.end


def _said(patterns: tuple[str, ...], reading: Reading) -> bool:
    return any(find(pattern, reading) for pattern in alternatives(patterns))


def _counted(lines: list[CriterionResult]) -> list[CriterionResult]:
    """How many defects are left to find, rather than the same sentence for each."""
    left = sum(line.message == _TO_FIND for line in lines)
    if left < 2:
        return lines
    plural = _TO_FIND.replace("un défaut", f"{left} défauts")
    return [replace(line, message=plural) if line.message == _TO_FIND else line for line in lines]


def _message(defect: Defect, verdict: Verdict, shown: tuple[Quote, ...]) -> str:
    own = getattr(defect.messages, verdict)
    if own:
        return str(own)
    if verdict == "acquis":
        return f"Bien vu : {listed(shown)}. {defect.title}."
    if verdict == "douteux":
        return (
            f"Vous montrez le bon passage ({listed(shown)}), avec une raison que je ne reconnais pas : le point vous "
            "reste acquis, et la formatrice peut regarder."
        )
    if verdict == "partiel":
        return (
            f"Vous montrez le bon passage ({listed(shown)}) ; dites maintenant ce qui ne va pas et comment le corriger."
        )
    return _TO_FIND


def _false_alarm_result(
    exercise: Exercise, reading: Reading, items: list[Remark], lines: list[CriterionResult], flood: bool
) -> CriterionResult:
    rule = exercise.false_alarms
    assert rule is not None
    wrong: list[tuple[Span, str]] = []
    accused: set[Span] = set()  # a line counts once, whatever right passages it names
    for item in () if flood else items:
        passage = right_passage(exercise, shown_passages(exercise, reading, item))
        told = any(found_in(exercise, defect, reading, item)[0] == "acquis" for defect in exercise.defects)
        if passage and not told and not item.reassures:
            named = next((d.message for d in exercise.decoys if inside(d.landmarks, reading, item)), _RIGHT_PASSAGE)
            wrong.append((passage.span, named))
            accused.add(item.span)
    for decoy in () if flood else exercise.decoys:
        for item in items:
            if item.span in accused:
                continue
            hit = inside(decoy.landmarks, reading, item)
            is_defect = any(told_precisely(exercise, defect, reading, item) for defect in exercise.defects)
            if hit and not is_defect and not item.reassures and (item.accuses or item.words <= SHORT):
                wrong.append((hit[0][0], decoy.message))
                accused.add(item.span)
                break
    verdict: Verdict
    if flood or all(line.verdict == "absent" for line in lines):
        verdict = "absent"
        message = "Ce point se gagne dès le premier défaut trouvé, sans accuser de passage juste."
        if flood:
            message = "Tout signaler revient à ne rien relire : choisissez."
    elif len(wrong) <= rule.tolerance:
        verdict, message = "acquis", "Vous n'avez accusé aucun passage juste."
    else:
        # One false alarm costs half of the points, two cost them all.
        verdict = "partiel" if len(wrong) == rule.tolerance + 1 else "absent"
        message = " ".join(text for _, text in wrong)
    return CriterionResult(
        "fausses_alertes", "Ne pas accuser de passage juste", verdict, rule.points,
        quotes(reading.text, [span for span, _ in wrong]), message, mistake="fausse_alerte" if wrong else "",
    )  # fmt: skip
