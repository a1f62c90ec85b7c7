"""Closed questions: pick a proposal (`choix`), sort cases (`tri`), however the letter and the answer are written."""

from __future__ import annotations

import re

from atelier_ia.training.rubrics import Case, Category, Exercise, Verdict
from atelier_ia.training.scoring.negation import denied
from atelier_ia.training.scoring.patterns import Span, find
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading, fold
from atelier_ia.training.scoring.results import CriterionResult, ExerciseResult, quotes, rounded


def score_choice(exercise: Exercise, reading: Reading) -> ExerciseResult:
    """All the points for exactly the right proposal(s); each wrong one answers with its own diagnosis."""
    right = {choice.id for choice in exercise.choices if choice.right}
    picked = _picked(exercise, reading)
    spans = [span for span, _ in picked]
    letters = {letter for _, letter in picked}
    verdict: Verdict = "absent"
    if not letters:
        message = "Je n'ai pas trouvé votre choix : écrivez seulement la lettre, par exemple « B »."
    elif letters == right:
        verdict = "acquis"
        message = " ".join(choice.diagnosis for choice in exercise.choices if choice.id in right)
    elif len(right) == 1 and len(letters) > 1:
        message = "Vous citez plusieurs lettres : gardez-en une seule, celle que vous retenez."
    else:
        wrong = [choice.diagnosis for choice in exercise.choices if choice.id in letters - right]
        missing = len(right - letters)
        if not wrong:
            verdict = "partiel"
            message = (
                f"Ce que vous avez choisi est juste ; il manque encore {missing} réponse{'s' if missing > 1 else ''}."
            )
        else:
            message = " ".join(wrong)
    mistake = "choix_" + "".join(sorted(letters)) if letters and verdict == "absent" else ""
    line = CriterionResult(
        "choix", exercise.title, verdict, exercise.choice_points, quotes(reading.text, spans), message, mistake=mistake
    )
    return ExerciseResult(exercise.id, rounded(line.points), exercise.max_score, (line,))


def _picked(exercise: Exercise, reading: Reading) -> list[tuple[Span, str]]:
    ids = "".join(choice.id for choice in exercise.choices)
    text = reading.folded
    opening = re.match(rf"\W*(?:(?:la |ma |bonne )*(?:reponse|choix|proposition|option|lettre)s?\W*(?:est |sont )?(?:la |le |les )?)?"
                       rf"(?P<first>[{ids}])(?P<more>(?:\s*(?:,|et|ou|/|&|\+|;|-)?\s*(?:la |le )?[{ids}](?![\w']))*)(?![\w'])", text)  # fmt: skip
    # A lone "a" that opens a sentence may be the verb: "A priori…".
    if opening and not (
        opening["first"] == "a" and re.match(r"\s+[a-z]", text[opening.end() :]) and not opening["more"]
    ):
        base = opening.start("first")
        letters = [
            (m.start() + base, m[0]) for m in re.finditer(rf"(?<!\w)[{ids}](?![\w'])", text[base : opening.end()])
        ]
        return [(Span(start, start + 1), letter) for start, letter in letters]
    found = []
    marked = rf"(?:reponse|choix|proposition|option|lettre)s?\s*:?\s*(?P<a>[{ids}])(?![\w'])|(?<![\w'])(?P<b>[{ids}])(?=\s*[).:])|\bla (?P<c>[{ids}])(?![\w'])"
    for match in re.finditer(marked, text):
        name = next(group for group in "abc" if match[group])
        found.append((Span(match.start(name), match.end(name)), match[name]))
    for match in re.finditer(rf"(?<![\w'’])[{ids.upper()}](?![\w'’])", reading.text):
        if match[0] != "A" or not re.match(r"\s+[a-zà-ÿ]{2,}", reading.text[match.end() :]):
            found.append((Span(match.start(), match.end()), match[0].lower()))
    kept = {(span.start, letter): (span, letter) for span, letter in found if not _rejected(reading, span)}
    if kept:
        return [kept[key] for key in sorted(kept)]
    return _by_words(exercise, reading)


def _rejected(reading: Reading, span: Span) -> bool:
    before = reading.folded[max(0, span.start - 30) : span.start]
    return bool(
        re.search(
            r"\b(?:pas|ni|non|sauf|plutot que|ecarte|elimine|exclus|surtout pas)\s+(?:l[ae] |un )?(?:\w+ )?$", before
        )
    )


def _by_words(exercise: Exercise, reading: Reading) -> list[tuple[Span, str]]:
    """The proposal copied instead of its letter."""
    own = {token.lemma for token in reading.words if token.form not in FUNCTION_WORDS}
    if len(own) < 2:
        return []
    shares = []
    for choice in exercise.choices:
        theirs = {token.lemma for token in Reading(choice.text).words if token.form not in FUNCTION_WORDS}
        shares.append((len(own & theirs) / max(1, len(theirs)), choice.id))
    shares.sort(reverse=True)
    best, letter = shares[0]
    second = shares[1][0] if len(shares) > 1 else 0
    return [(Span(0, len(reading.text)), letter)] if best >= 0.6 and best - second >= 0.25 else []


def score_sorting(exercise: Exercise, reading: Reading) -> ExerciseResult:
    """One criterion per case; a case sorted twice in two ways is not sorted."""
    answers = _sorted_cases(exercise, reading)
    lines = tuple(_case_result(exercise, case, answers.get(case.id, []), reading) for case in exercise.cases)
    return ExerciseResult(exercise.id, rounded(sum(line.points for line in lines)), exercise.max_score, lines)


def _case_result(exercise: Exercise, case: Case, answers: list[tuple[str, Span]], reading: Reading) -> CriterionResult:
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
    answers: dict[str, list[tuple[str, Span]]] = {}
    for start, end in _segments(exercise, reading):
        labels, rest = _labels(exercise, reading.text[start:end])
        if labels and (categories := _categories(exercise, reading.text[start + rest : end])):
            for label in labels:
                answers.setdefault(label, []).extend(
                    (c, Span(start + rest + s.start, start + rest + s.end)) for c, s in categories
                )
        elif not labels:
            for category, label, span in _category_first(exercise, reading.text[start:end]):
                answers.setdefault(label, []).append((category, Span(start + span.start, start + span.end)))
    return answers


def _ids(exercise: Exercise) -> str:
    return "|".join(sorted((re.escape(case.id) for case in exercise.cases), key=len, reverse=True))


def _segments(exercise: Exercise, reading: Reading) -> list[tuple[int, int]]:
    """Pieces that each speak of one case (or of one list of cases): lines, then inline "A : …, B : …"."""
    label = rf"(?:cas |courriel |n° ?|numero )?(?:{_ids(exercise)})"
    group = rf"{label}(?:\s*(?:,|et|&|/|\+|-)\s*{label})*"
    inline = re.compile(rf"(?<![\w'])(?={group}\s*(?:[:=)>]|->|→|\.\s|-\s))")
    segments = []
    for line in re.finditer(r"[^\n;]+", reading.folded):
        cuts = [line.start()]
        last_group_end = line.start()
        for match in inline.finditer(line[0]):
            place = line.start() + match.start()
            if place < last_group_end:
                continue
            whole = re.match(group, reading.folded[place:])
            last_group_end = place + (whole.end() if whole else 0)
            if place > line.start() and reading.folded[line.start() : place].strip(" -*•>|"):
                cuts.append(place)
        if len(cuts) == 1:
            cuts += _bare_cuts(exercise, reading.text[line.start() : line.end()], line.start())
        cuts.append(line.end())
        segments += [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if reading.text[a:b].strip()]
    return segments


def _bare_cuts(exercise: Exercise, line: str, base: int) -> list[int]:
    """ "A oui, B non, C oui": capitals (or figures) that follow a comma."""
    ids = "|".join(re.escape(case.id.upper()) for case in exercise.cases)
    return [base + match.end(1) for match in re.finditer(rf"(,\s*)(?=(?:{ids})\s+\S)", line)]


def _labels(exercise: Exercise, segment: str) -> tuple[list[str], int]:
    """Cases named at the head of a segment, and where its answer begins."""
    ids = _ids(exercise)
    word = r"(?:(?:le |les |pour (?:le |les )?)?(?:cas|courriels?|mails?|situations?|n°|numero) ?)?"
    head = re.match(
        rf"[\s\-*•>|\"«(]*(?P<labels>{word}(?<!\w)(?:{ids})(?!\w|')(?:\s*(?:,|et|&|/|\+|-)\s*(?:cas )?(?:{ids})(?!\w|'))*)"
        r"\s*(?:\*\*)?\s*[:=)\]\-.>→|,]*\s*",
        fold(segment),
    )
    if not head:
        return [], 0
    labels = re.findall(rf"(?<!\w)(?:{ids})(?!\w)", re.sub(r"\bet\b|\bcas\b", " ", head["labels"]))
    return labels, head.end()


def _categories(exercise: Exercise, text: str) -> list[tuple[str, Span]]:
    """The category an answer names first; two when it hesitates between them."""
    reading = Reading(text)
    hits: list[tuple[int, int, str]] = []
    for category in exercise.categories:
        for pattern in (category.name, *category.variants):
            for span in find(pattern, reading):
                if not denied(reading, span):
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


def _category_first(exercise: Exercise, segment: str) -> list[tuple[str, str, Span]]:
    """ "jamais : A, C" """
    head, separator, tail = segment.partition(":")
    if not separator:
        return []
    categories = _categories(exercise, head)
    ids = "|".join(re.escape(case.id) for case in exercise.cases)
    labels = [m[0].lower() for m in re.finditer(rf"(?<![\w'’])(?:{ids}|{ids.upper()})(?![\w'’])", tail)]
    if len(categories) != 1 or not labels or len(Reading(tail).words) > 2 * len(labels) + 2:
        return []
    return [(categories[0][0], label, categories[0][1]) for label in labels]
