"""Sorting exercises (`tri`): which answer goes with which case, however the lines are written.

"A : oui", "a) oui car…", "A et C = jamais", "Jamais : A, C", "jamais pour A et C", "a oui - b non", "pour le cas A
c'est oui", "le reste : jamais", or one answer for each case in their order all say the same thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier_ia.training.rubrics import Case, Category, Exercise, Verdict
from atelier_ia.training.scoring.negation import denied, dismissed
from atelier_ia.training.scoring.patterns import Span, alternatives, compile_pattern, find
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading, fold
from atelier_ia.training.scoring.results import CriterionResult, ExerciseResult, quotes, rounded

# « pas interdit » is not « interdit », « surtout pas dans la liste » not « liste », « tout sauf un rôle » not « rôle ».
_NOT = re.compile(
    r"\b(?:pas|jamais|sauf|ni|aucune?|contraire) (?:du tout |vraiment )?"
    r"(?:dans |sur |au |aux |a |en |du |des |de |d')?(?:la |le |l'|les |une? |du )?$"
)
# Stands for the cases that the answer does not name: "tout le reste : jamais".
_OTHERS = "*"
_JOINED = r"\s*(?:,|et|puis|ainsi que|&|/|\+|-|;)?\s*(?:et |puis )?(?:le |les |pour )?(?:cas |n° ?)?"
# What may separate answers given in the order of the cases.
_SEPARATORS = (r"[^\n]+", r"[^,;\n]+", r"[^/|>\n]+", r"[^.;\n]+", r"\S+")
# Who names more categories than this for one case answers nothing.
_AT_MOST = 2
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
    if told := _by_sentence(exercise, reading.text):
        return told
    if not groups:
        return _by_rank(exercise, reading.text) or _by_words(exercise, reading.text)
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
        if position == len(groups) - 1 and not _categories(exercise, reading.text[start:end]):
            # "oui pour A et B ; le reste, jamais": the last one may be told the other way round.
            start, end = group.end, len(reading.text)
        for category, span in _categories(exercise, reading.text[start:end]):
            place = Span(start + span.start, start + span.end)
            for identifier in others if group.ids == (_OTHERS,) else group.ids:
                answers.setdefault(identifier, []).append((category, place))
    return answers


def _by_sentence(exercise: Exercise, text: str) -> dict[str, list[tuple[str, Span]]]:
    """Each sentence, or each piece between commas, gives one category to the cases it names, before or after it.

    "Oui pour a et e. Pour b, masquer." Nothing unless every case is told so, once.
    """
    answers: dict[str, list[tuple[str, Span]]] = {}
    # Whether a piece may still be cut at its commas: a sentence may, once.
    pieces = [(match.start(), match.end(), True) for match in re.finditer(r"[^.;\n]+", text)]
    while pieces:
        start, end, finer = pieces.pop()
        groups = _gathered(exercise, text[start:end], _groups(exercise, text[start:end]))
        if not groups:
            continue
        found = _shifted(_categories(exercise, text[start:end]), start)
        if len(groups) > 1 or len(found) != 1:
            if not finer:
                return {}
            pieces += [(start + m.start(), start + m.end(), False) for m in re.finditer(r"[^,]+", text[start:end])]
            continue
        for identifier in groups[0].ids:
            if identifier in answers or identifier == _OTHERS:
                return {}
            answers[identifier] = found
    return answers if len(answers) == len(exercise.cases) else {}


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
    for separator in _SEPARATORS:
        parts = [match for match in re.finditer(separator, text) if re.search(r"\w", match[0])]
        found = [_categories(exercise, part[0]) for part in parts]
        short = all(len(part[0].split()) <= _SHORT for part in parts)
        if "\n" not in text.strip() and [one[0][0] for one in found if one] == [c.id for c in exercise.categories]:
            return {}  # the categories as the statement lists them answer nothing
        if len(parts) == len(exercise.cases) and short and all(len(one) == 1 for one in found):
            return {
                case.id: _shifted(one, part.start())
                for case, part, one in zip(exercise.cases, parts, found, strict=True)
            }
    return {}


def _by_words(exercise: Exercise, text: str) -> dict[str, list[tuple[str, Span]]]:
    """Each case is named by words that only it has: "La brocante : oui. Le dossier du CCAS : jamais."."""
    words = {case.id: _content(case.text) for case in exercise.cases}
    own = {
        name: theirs - set().union(*(other for key, other in words.items() if key != name))
        for name, theirs in words.items()
    }
    answers: dict[str, list[tuple[str, Span]]] = {}
    for part in re.finditer(r"[^.;\n]+", text):
        said = _content(part[0])
        start = part.end() - len(part[0].rpartition(":")[2])
        found = _shifted(_categories(exercise, text[start : part.end()]), start)
        answers |= {name: found for name, theirs in own.items() if found and said & theirs}
    return answers


def _content(text: str) -> set[str]:
    return {token.lemma for token in Reading(text).words if token.form not in FUNCTION_WORDS and len(token.form) > 3}


def _numbered(exercise: Exercise, text: str) -> list[tuple[int, int, str]]:
    """The cases have letters, and the answer numbers them: "1) oui 2) jamais"."""
    if any(case.id.isdigit() for case in exercise.cases):
        return []
    marks = list(re.finditer(r"(?<!\w)(\d{1,2}) ?[).:=/°-](?!\d)", text))
    if [int(mark[1]) for mark in marks] != list(range(1, len(exercise.cases) + 1)):
        return []
    return [(mark.start(), mark.end(), case.id) for mark, case in zip(marks, exercise.cases, strict=True)]


def _in_a_row(exercise: Exercise, text: str) -> list[tuple[int, int, str]]:
    """Each letter once, in order, with one category after it: "a visa b considérant c article"."""
    ids = [case.id for case in exercise.cases]
    marks = list(re.finditer(rf"(?<![\w'’-])(?:{'|'.join(map(re.escape, ids))})(?![\w'’])", text, re.IGNORECASE))
    if [mark[0].lower() for mark in marks] != ids:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    answered = all(
        len(_categories(exercise, text[mark.end() : end])) == 1 for mark, end in zip(marks, ends, strict=True)
    )
    return [(*mark.span(), name) for mark, name in zip(marks, ids, strict=True)] if answered else []


def _labels(exercise: Exercise, text: str) -> list[tuple[int, int, str]]:
    """(start, end, case id) of each label. A capital is one; a small letter only where it cannot be a word."""
    ids = "|".join(sorted((re.escape(case.id) for case in exercise.cases), key=len, reverse=True))
    found: list[tuple[int, int, str]] = _numbered(exercise, text) or _in_a_row(exercise, text)
    if found:
        return found
    for match in re.finditer(rf"(?<![\w'’-])(?:{ids})(?![\w'’])", text, re.IGNORECASE):
        before, after = (
            fold(text[max(0, match.start() - 12) : match.start()]),
            fold(text[match.end() : match.end() + 14]),
        )
        if match[0] in "aA" and found and re.fullmatch(r"\s?[-:=)]\s?", text[found[-1][1] : match.start()]):
            continue  # "f - a recalculer", "B) A VERIFIER"
        if match[0].isupper() or match[0].isdigit():
            sure = match[0] != "A" or not re.match(r"\s+(?:priori|la |mon |ce |cette |l')", after)
        else:
            named = re.search(
                r"(?:cas|courriel|mail|situation|lettre|n°|numero|\bpour|\bconcernant|\bquant a|\bl[ae]) $", before
            )
            named = named or re.search(r"(?:^|\s)[àÀ] $", text[: match.start()])
            opens = re.search(r"(?:^|[\n,;.(]|\s[-/|])[\s\-*•>]*(?:et )?$", before) or (match.start() <= 2)
            listed = bool(found) and re.fullmatch(
                r"\s*(?:,|et|puis|&|/)\s*(?:et |puis )?", fold(text[found[-1][1] : match.start()])
            )
            marked = re.match(r"\s?(?:[:=)>\]]|->|→|\.\s|-\s)", after)
            closes = before.rstrip().endswith(":") and re.match(r"\s*(?:$|[,&/.\n]|et |puis )", after)
            follows = _categories(exercise, after) and not re.match(r"\s*(?:ete|eu)\b", after)
            leads = re.match(rf"\s?(?:,|et|puis|&|/)\s?(?:et )?(?:{ids})(?![\w'])", after)
            tied = re.match(r"-|\s(?:en|c'est|est|sera|va (?:en|dans))\s", after) and _categories(
                exercise, text[match.end() : match.end() + 24].lstrip(" -")
            )
            sure = bool(named or marked or listed or closes or tied or (opens and (follows or leads)))
        if sure:
            found.append((match.start(), match.end(), match[0].lower()))
    rest = (
        r"(?:^|[\n,;.] ?)[\s\-*•>]*(?P<rest>(?:et )?(?:pour )?(?:tout )?(?:le reste|(?:tou(?:s|tes) )?les autres))\b"
        r"|\b(?P<to>au reste|aux autres)\b"
    )
    found += [(*match.span(match.lastgroup or 0), _OTHERS) for match in re.finditer(rest, fold(text)) if found]
    return sorted(found)


def _categories(exercise: Exercise, text: str) -> list[tuple[str, Span]]:
    """The category an answer names first; two when it hesitates between them."""
    hits = _named_categories(exercise, text)
    if not hits:
        return []
    start, length, first = hits[0]
    chosen = [(first, Span(start, start - length))]
    wavering = re.search(r"\bou\b", text[start : start - length])
    if wavering:
        # "oui ou recalculer" is no "oui, et je recalcule".
        middle = start + wavering.start()
        either = [*_categories(exercise, text[:middle]), *_shifted(_categories(exercise, text[middle:]), middle)]
        return either if len({category for category, _ in either}) == 2 else chosen
    by_id = {category.id: category for category in exercise.categories}
    limit = _first_clause_end(text, start - length)
    if len({category for place, _, category in hits if place < limit}) > _AT_MOST:
        return []
    for other_start, other_length, other in hits[1:]:
        if other == first:
            continue
        span = Span(other_start, other_start - other_length)
        wavers = re.search(r"\bou\b", text[chosen[0][1].end : other_start])
        if not wavers and _refines(by_id[other], by_id[first]) and other_start - start < 60:
            return [(other, Span(start, span.end))]
        if span.overlaps(chosen[0][1]) or (not wavers and _refines(by_id[first], by_id[other])):
            continue
        if other_start < limit:
            chosen.append((other, span))
            break
    return chosen


def _named_categories(exercise: Exercise, text: str) -> list[tuple[int, int, str]]:
    """(start, minus length, category) of each one named, the first and the longest before the others."""
    reading = Reading(text)
    return sorted(
        (span.start, span.start - span.end, category.id)
        for category in exercise.categories
        for pattern in alternatives((category.name, *category.variants))
        for span in find(pattern, reading)
        if not _NOT.search(reading.folded[: span.start])
        and (
            compile_pattern(pattern).negative
            or reading.folded.startswith("nul", span.start)  # "on ne l'écrit nulle part"
            or not (denied(reading, span) or dismissed(reading, span))
        )
    )


def _shifted(found: list[tuple[str, Span]], offset: int) -> list[tuple[str, Span]]:
    return [(category, Span(span.start + offset, span.end + offset)) for category, span in found]


def _first_clause_end(text: str, after: int) -> int:
    """Past the first "car", full stop or bracket comes the justification, which may name other categories."""
    match = re.search(
        r"\b(?:car|parce|puisque|sinon|meme|mais|sauf|donc|il|elle|on|c'est|ce)\b|[.(:;]", fold(text)[after:]
    )
    return after + match.start() if match else len(text)


def _refines(specific: Category, general: Category) -> bool:
    """Is `specific` "oui après masquage" to `general` "oui"?"""
    broad = _lemmas(general.name)
    return any(broad < _lemmas(name) for name in (specific.name, *specific.variants) if not name.startswith("@"))


def _lemmas(text: str) -> set[str]:
    return {token.lemma for token in Reading(text).words}
