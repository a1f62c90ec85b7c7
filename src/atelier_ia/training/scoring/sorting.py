"""Sorting exercises (`tri`): which answer goes with which case, however the lines are written.

"A : oui", "a) oui car…", "A et C = jamais", "Jamais : A, C", "jamais pour A et C", "a oui - b non", "pour le cas A
c'est oui", "le reste : jamais", or one answer for each case in their order all say the same thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier_ia.training.rubrics import Case, Category, Exercise, Verdict
from atelier_ia.training.scoring.negation import denied, dismissed
from atelier_ia.training.scoring.patterns import Span, find
from atelier_ia.training.scoring.reading import Reading, fold
from atelier_ia.training.scoring.results import CriterionResult, ExerciseResult, quotes, rounded

# Stands for the cases that the answer does not name: "tout le reste : jamais".
_OTHERS = "*"
_JOINED = r"\s*(?:,|et|&|/|\+|-|;)?\s*(?:et )?(?:le |les |pour )?(?:cas |n° ?)?"
# An answer given by its rank alone is no longer than this, in words.
_SHORT = 8


@dataclass(frozen=True)
class _Group:
    """Cases named together ("A et C"): their ids and their place."""

    ids: tuple[str, ...]
    start: int
    end: int


def score_sorting(exercise: Exercise, reading: Reading) -> ExerciseResult:
    """One criterion per case; to hesitate between two, one of them right, is half, unless one hesitates always."""
    answers = _sorted_cases(exercise, reading)
    hesitant = sum(len({category for category, _ in given}) > 1 for given in answers.values())
    halved = hesitant * 2 < len(exercise.cases)
    lines = tuple(_case_result(exercise, case, answers.get(case.id, []), reading, halved) for case in exercise.cases)
    return ExerciseResult(exercise.id, rounded(sum(line.points for line in lines)), exercise.max_score, lines)


def _case_result(
    exercise: Exercise, case: Case, answers: list[tuple[str, Span]], reading: Reading, halved: bool
) -> CriterionResult:
    names = {category.id: category.name for category in exercise.categories}
    title = f"Cas {case.id.upper()}"
    chosen = {category for category, _ in answers}
    shown = quotes(reading.text, [span for _, span in answers])
    verdict: Verdict = "absent"
    mistake = ""
    if not chosen:
        message = f"Je n'ai pas trouvé votre réponse pour le cas {case.id.upper()} : écrivez « {case.id.upper()} : … »."
    elif len(chosen) > 1:
        given = " et ".join(f"« {names[category]} »" for category in sorted(chosen))
        message = f"Vous donnez {given} au cas {case.id.upper()} : gardez une seule réponse."
        verdict = "partiel" if halved and len(chosen) == 2 and case.expected in chosen else "absent"
    else:
        category = chosen.pop()
        if category == case.expected:
            verdict = "acquis"
            message = case.right or f"Oui : « {names[category]} »."
        else:
            verdict = "partiel" if category in case.tolerated else "absent"
            mistake = f"{case.id}_{category}"
            message = case.diagnoses.get(category) or (
                f"Pas « {names[category]} » : relisez le cas, et demandez-vous quelles données il contient."
            )
    return CriterionResult(case.id, title, verdict, case.points, shown, message, case.hints, mistake=mistake)


def _sorted_cases(exercise: Exercise, reading: Reading) -> dict[str, list[tuple[str, Span]]]:
    """For each case, the categories it was given and where."""
    groups = _groups(exercise, reading.text)
    if not groups:
        return _by_rank(exercise, reading.text)
    bounds = [*(group.start for group in groups), len(reading.text)]
    opening = reading.text[: groups[0].start]
    category_first = bool(_categories(exercise, opening[-60:]))
    if not category_first:
        groups = _gathered(exercise, reading.text, groups)
        bounds = [*(group.start for group in groups), len(reading.text)]
    named = {identifier for group in groups for identifier in group.ids}
    others = tuple(case.id for case in exercise.cases if case.id not in named)
    answers: dict[str, list[tuple[str, Span]]] = {}
    previous_end = 0
    for position, group in enumerate(groups):
        if category_first:
            start, end = previous_end, group.start
        else:
            start, end = group.end, bounds[position + 1]
        previous_end = group.end
        for category, span in _categories(exercise, reading.text[start:end]):
            place = Span(start + span.start, start + span.end)
            for identifier in others if group.ids == (_OTHERS,) else group.ids:
                answers.setdefault(identifier, []).append((category, place))
    return answers


def _groups(exercise: Exercise, text: str) -> list[_Group]:
    """Cases named in the text, those that follow each other gathered."""
    labels = _labels(exercise, text)
    groups: list[_Group] = []
    for start, end, identifier in labels:
        joined = bool(groups) and re.fullmatch(_JOINED, fold(text[groups[-1].end : start]))
        if joined and identifier != _OTHERS:
            groups[-1] = _Group((*groups[-1].ids, identifier), groups[-1].start, end)
        else:
            groups.append(_Group((identifier,), start, end))
    return groups


def _gathered(exercise: Exercise, text: str, groups: list[_Group]) -> list[_Group]:
    """Groups with nothing but their own description between them share one answer: "le panneau (a) et la fiche (e)"."""
    kept = groups[:1]
    for group in groups[1:]:
        between = text[kept[-1].end : group.start]
        described = re.search(r",|&|\bet\b", fold(between)) and not re.search(r"[:=\n.;>?]", between)
        if described and _OTHERS not in (*group.ids, *kept[-1].ids) and not _categories(exercise, between):
            kept[-1] = _Group((*kept[-1].ids, *group.ids), kept[-1].start, group.end)
        else:
            kept.append(group)
    return kept


def _by_rank(exercise: Exercise, text: str) -> dict[str, list[tuple[str, Span]]]:
    """No case is named, but there is one short answer for each, on its own line or between commas: in their order."""
    for separator in (r"[^\n]+", r"[^,;\n]+"):
        parts = [match for match in re.finditer(separator, text) if re.search(r"\w", match[0])]
        found = [_categories(exercise, part[0]) for part in parts]
        short = all(len(part[0].split()) <= _SHORT for part in parts)
        if len(parts) == len(exercise.cases) and short and all(len(one) == 1 for one in found):
            return {
                case.id: [(category, Span(part.start() + span.start, part.start() + span.end))]
                for case, part, [(category, span)] in zip(exercise.cases, parts, found, strict=True)
            }
    return {}


def _labels(exercise: Exercise, text: str) -> list[tuple[int, int, str]]:
    """(start, end, case id) of each label. A capital is one; a small letter only where it cannot be a word."""
    ids = "|".join(sorted((re.escape(case.id) for case in exercise.cases), key=len, reverse=True))
    found: list[tuple[int, int, str]] = []
    for match in re.finditer(rf"(?<![\w'’-])(?:{ids})(?![\w'’])", text, re.IGNORECASE):
        before, after = (
            fold(text[max(0, match.start() - 12) : match.start()]),
            fold(text[match.end() : match.end() + 14]),
        )
        if match[0].isupper() or match[0].isdigit():
            sure = match[0] != "A" or not re.match(r"\s+(?:priori|la |mon |ce |cette |l')", after)
        else:
            named = re.search(r"(?:cas|courriel|mail|situation|lettre|n°|numero|\bpour) $", before)
            opens = re.search(r"(?:^|[\n,;.(]|\s[-/|])[\s\-*•>]*$", before) or (match.start() <= 2)
            listed = bool(found) and re.fullmatch(
                r"\s*(?:,|et|&|/)\s*(?:et )?", fold(text[found[-1][1] : match.start()])
            )
            marked = re.match(r"\s?(?:[:=)>\]]|->|→|\.\s|-\s)", after)
            closes = before.rstrip().endswith(":") and re.match(r"\s*(?:$|[,&/.\n]|et )", after)
            follows = _categories(exercise, after) and not re.match(r"\s*(?:ete|eu)\b", after)
            leads = re.match(rf"\s?(?:,|et|&|/)\s?(?:et )?(?:{ids})(?![\w'])", after)
            sure = bool(named or marked or listed or closes or (opens and (follows or leads)))
        if sure:
            found.append((match.start(), match.end(), match[0].lower()))
    rest = r"(?:^|[\n,;.] ?)[\s\-*•>]*(?P<rest>(?:pour )?(?:tout )?(?:le reste|(?:tou(?:s|tes) )?les autres))\b"
    found += [(*match.span("rest"), _OTHERS) for match in re.finditer(rest, fold(text)) if found]
    return sorted(found)


def _categories(exercise: Exercise, text: str) -> list[tuple[str, Span]]:
    """The category an answer names first; two when it hesitates between them."""
    reading = Reading(text)
    hits: list[tuple[int, int, str]] = []
    for category in exercise.categories:
        for pattern in (category.name, *category.variants):
            for span in find(pattern, reading):
                if not denied(reading, span) and not dismissed(reading, span):
                    hits.append((span.start, -(span.end - span.start), category.id))
    if not hits:
        return []
    hits.sort()
    start, length, first = hits[0]
    chosen = [(first, Span(start, start - length))]
    by_id = {category.id: category for category in exercise.categories}
    limit = _first_clause_end(text, start - length)
    for other_start, other_length, other in hits[1:]:
        if other == first:
            continue
        span = Span(other_start, other_start - other_length)
        if _refines(by_id[other], by_id[first]) and other_start - start < 60:
            return [(other, Span(start, span.end))]
        if _refines(by_id[first], by_id[other]) or span.overlaps(chosen[0][1]):
            continue
        if other_start < limit:
            chosen.append((other, span))
            break
    return chosen


def _first_clause_end(text: str, after: int) -> int:
    """Past the first "car", full stop or bracket comes the justification, which may name other categories."""
    match = re.search(
        r"\b(?:car|parce|puisque|sinon|meme|mais|sauf|donc|il|elle|on|c'est|ce)\b|[.(:;]", fold(text)[after:]
    )
    return after + match.start() if match else len(text)


def _refines(specific: Category, general: Category) -> bool:
    """Is `specific` "oui après masquage" to `general` "oui"?"""
    broad = {token.lemma for token in Reading(general.name).words}
    return broad < {token.lemma for token in Reading(specific.name).words}
