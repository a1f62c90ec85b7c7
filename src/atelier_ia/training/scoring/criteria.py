"""Score `prompt` and `production` answers: detectors, facts, counter-patterns, then who keeps which evidence."""

from __future__ import annotations

import re

from atelier_ia.training.rubrics import Criterion, Exercise, Fact, Verdict
from atelier_ia.training.scoring import messages
from atelier_ia.training.scoring.leftovers import LEFTOVERS
from atelier_ia.training.scoring.letter_detectors import (
    LETTER_DETECTORS,
    find_rudeness,
    find_said,
    find_unknown_figures,
    word_count,
)
from atelier_ia.training.scoring.lexicon import any_of
from atelier_ia.training.scoring.negation import allowed, denied, ordered_out, sentence_bounds
from atelier_ia.training.scoring.patterns import Span, alternatives, compile_pattern, find
from atelier_ia.training.scoring.personal import personal_data
from atelier_ia.training.scoring.prompt_detectors import PROMPT_DETECTORS, Evidence, find_task
from atelier_ia.training.scoring.reading import Reading
from atelier_ia.training.scoring.results import CriterionResult, ExerciseResult, disjoint, quotes, rounded
from atelier_ia.training.scoring.subject import barely_on_subject, on_subject

# Criteria that say what an answer avoids: earned only by an answer that does something.
_AVOIDING = frozenset({"interdits", "donnees_personnelles", "longueur", "clarte"})
# From so many criteria proved on, a prompt is one, whatever words it uses for the others.
_MOST_OF_IT = 3
# With so many facts of the case, an answer is about it even if it asks nothing.
_MANY_FACTS = 3
# From how many times its length on, a piece of evidence holds another one and something else.
_ROOM = 1.5
# Shorter answers are not yet answers: nothing is earned for what they avoid.
MIN_WORDS = {"prompt": 6, "production": 12}


def score_criteria(exercise: Exercise, reading: Reading) -> ExerciseResult:
    """Apply every criterion to a text that passed the guards."""
    found = {criterion.id: _evidence(exercise, criterion, reading) for criterion in exercise.criteria}
    _drop_refusals(exercise, reading, found)
    if exercise.kind == "prompt":
        _share_evidence(exercise, found)
        _doubt(exercise, reading, found)
    verdicts: dict[str, Verdict] = {}
    for criterion in exercise.criteria:
        if criterion.detector not in _AVOIDING:
            verdicts[criterion.id] = _verdict(criterion, found[criterion.id])
    if _is_beside(exercise, reading, found):
        verdicts = dict.fromkeys(verdicts, "absent")
    substantial = word_count(reading) >= _enough_words(exercise) and _does_something(exercise, reading, verdicts)
    if exercise.kind == "production" and (
        not on_subject(reading, exercise) or (exercise.subject and barely_on_subject(reading, exercise))
    ):
        substantial = False
    results = []
    for criterion in exercise.criteria:
        evidence = found[criterion.id]
        verdict = verdicts.get(criterion.id)
        if verdict is None:
            verdict = _avoiding_verdict(exercise, criterion, reading, evidence) if substantial else "absent"
        results.append(_result(exercise, criterion, reading, evidence, verdict, substantial))
    return _total(exercise, reading, results)


def _enough_words(exercise: Exercise) -> int:
    """From how many words an answer is one: half of a short text that is asked for."""
    shortest = [c.min_words // 2 for c in exercise.criteria if c.detector == "longueur" and c.min_words]
    return min([MIN_WORDS[exercise.kind], *shortest])


def _is_beside(exercise: Exercise, reading: Reading, found: dict[str, Evidence]) -> bool:
    """Does the answer only happen to share a word with the exercise?

    A prompt that asks nothing of anyone is none; a letter that shares a single word with its subject is about
    something else, or about the grader.
    """
    if exercise.kind == "production":
        return bool(exercise.subject) and barely_on_subject(reading, exercise)
    asking = [found[criterion.id] for criterion in exercise.criteria if criterion.detector in PROMPT_DETECTORS]
    carried = sum(len(found[criterion.id].strong) for criterion in exercise.criteria if criterion.facts)
    return bool(asking) and carried < _MANY_FACTS and not any(one.strong or one.weak or one.doubtful for one in asking)


def _evidence(exercise: Exercise, criterion: Criterion, reading: Reading) -> Evidence:
    detector = criterion.detector
    if detector in PROMPT_DETECTORS:
        if detector == "tache":
            evidence = find_task(reading, (*exercise.products, *criterion.values), criterion.forbidden)
        else:
            evidence = PROMPT_DETECTORS[detector](reading, criterion.values)
            unwanted = [span for pattern in criterion.forbidden for span in find(pattern, reading)]
            kept = [span for span in evidence.strong if not any(span.overlaps(bad) for bad in unwanted)]
            evidence.strong = disjoint(kept)
    elif detector in LETTER_DETECTORS:
        evidence = LETTER_DETECTORS[detector](reading, criterion)
    elif detector == "faits":
        evidence = Evidence(strong=_facts(exercise, criterion, reading))
    elif detector == "donnees_personnelles":
        evidence = Evidence(weak=personal_data(exercise, reading.text))
    elif detector == "interdits":
        evidence = Evidence(weak=find_said(reading, criterion.forbidden))
        if criterion.faithful:
            evidence.weak += find_unknown_figures(reading, f"{exercise.text}\n{exercise.statement}")
    else:
        evidence = Evidence()
    return evidence


def _facts(exercise: Exercise, criterion: Criterion, reading: Reading) -> list[Span]:
    """One span per fact that the answer carries."""
    carried = []
    for fact in criterion.facts:
        for variant in alternatives(fact.variants):
            span = next(
                (s for s in find(variant, reading) if not _refused_fact(exercise, fact, variant, reading, s)), None
            )
            if span is not None:
                carried.append(span)
                break
    return carried


def _refused_fact(exercise: Exercise, fact: Fact, variant: str, reading: Reading, span: Span) -> bool:
    """Is this fact denied (a letter) or put aside by an order (a prompt)? A place stays said in a negative sentence."""
    if exercise.kind == "prompt" and fact.despite_negation and allowed(reading, span):
        return True
    if compile_pattern(variant).negative:
        return False
    if exercise.kind == "prompt":
        return ordered_out(reading, span, place=fact.despite_negation)
    return not fact.despite_negation and denied(reading, span)


def missing_facts(criterion: Criterion, exercise: Exercise, reading: Reading) -> list[str]:
    """Names of the facts that the answer does not carry."""
    return [
        fact.name
        for fact in criterion.facts
        if not any(
            not _refused_fact(exercise, fact, variant, reading, span)
            for variant in alternatives(fact.variants)
            for span in find(variant, reading)
        )
    ]


def _drop_refusals(exercise: Exercise, reading: Reading, found: dict[str, Evidence]) -> None:
    """ "Ne parle pas des bacs", when the mail is about them, refuses the exercise: that is no limit."""
    refused = [
        span
        for criterion in exercise.criteria
        for fact in criterion.facts
        for variant in alternatives(fact.variants)
        for span in find(variant, reading)
        if ordered_out(reading, span)
    ]
    for criterion in exercise.criteria:
        if criterion.detector == "limites" and refused:
            found[criterion.id].strong = [
                span
                for span in found[criterion.id].strong
                if not (
                    any_of("gardes", "refus_du_sujet").match(reading.folded, span.start)
                    and any(span.overlaps(other) for other in refused)
                )
            ]


def _share_evidence(exercise: Exercise, found: dict[str, Evidence]) -> None:
    """One piece of evidence serves one criterion: the criterion with the fewest pieces chooses first."""
    order = [c for c in exercise.criteria if c.detector in ("role", "tache", "format", "ton", "limites")]
    order.sort(key=lambda criterion: len(found[criterion.id].strong))
    taken: list[Span] = []
    for criterion in order:
        evidence = found[criterion.id]
        same = {"limites": _mostly_in, "ton": _nothing_more}.get(criterion.detector, _same_words)
        free = [span for span in evidence.strong if not any(same(span, other) for other in taken)]
        if criterion.detector != "tache":
            evidence.strong = free
        taken += (free or evidence.strong)[:1] if criterion.detector != "tache" else []


def _doubt(exercise: Exercise, reading: Reading, found: dict[str, Evidence]) -> None:
    """In a prompt that does most of its work, what is left over may be the criterion that was not recognised."""
    proved = [criterion for criterion in exercise.criteria if found[criterion.id].strong]
    if len(proved) < _MOST_OF_IT:
        return
    for criterion in exercise.criteria:
        evidence = found[criterion.id]
        if (
            criterion.detector in LEFTOVERS
            and not evidence.strong
            and not evidence.doubtful
            and not (evidence.weak and criterion.detector == "role")
        ):
            taken = [span for other in found.values() for span in (*other.strong, *other.doubtful)]
            evidence.doubtful = LEFTOVERS[criterion.detector](reading, taken)


def _same_words(one: Span, other: Span) -> bool:
    """Do they overlap by more than half of the shorter?"""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common > 0.5 * min(one.end - one.start, other.end - other.start)


def _mostly_in(span: Span, other: Span) -> bool:
    """Is more than half of `span` in `other`? "aucun commentaire" tells the tone, and what follows is a limit still."""
    common = min(span.end, other.end) - max(span.start, other.start)
    return common > 0.5 * (span.end - span.start)


def _nothing_more(span: Span, other: Span) -> bool:
    """Are they the same words, nothing more? "un officier bienveillant" gives a role and a tone, and so do "cinq
    lignes très chaleureuses" a form and a tone."""
    one, two = span.end - span.start, other.end - other.start
    return _same_words(span, other) and max(one, two) <= _ROOM * min(one, two)


def _verdict(criterion: Criterion, evidence: Evidence) -> Verdict:
    if criterion.detector == "faits":
        wanted = criterion.minimum or len(criterion.facts)
        if len(evidence.strong) >= wanted:
            return "acquis"
        return "partiel" if len(evidence.strong) >= (criterion.partial_from or 1) else "absent"
    needed = criterion.minimum or 1
    if len(evidence.strong) >= needed:
        return "acquis"
    if evidence.doubtful:
        return "douteux"
    return "partiel" if evidence.weak or evidence.strong else "absent"


def _does_something(exercise: Exercise, reading: Reading, verdicts: dict[str, Verdict]) -> bool:
    """Is there more than good manners? (for the criteria that reward restraint)"""
    kinds = {criterion.id: criterion.detector for criterion in exercise.criteria}
    done = [name for name, verdict in verdicts.items() if verdict != "absent"]
    if any(kinds[name] in ("faits", "tache", "role") for name in done):
        return True
    # A short text with one thing to say (a description): an attempt on its subject, which is looked at apart.
    alone = exercise.kind == "production" and len(verdicts) == 1 and not _denies(exercise, reading)
    return len(done) >= 2 or not verdicts or alone


def _denies(exercise: Exercise, reading: Reading) -> bool:
    """Does it say that several of the facts are not there ("on ne voit ni chalets, ni guirlandes")?"""
    variants = tuple(v for criterion in exercise.criteria for fact in criterion.facts for v in fact.variants)
    places = {span for pattern in alternatives(variants) for span in find(pattern, reading) if denied(reading, span)}
    return len(places) > 1


def _avoiding_verdict(exercise: Exercise, criterion: Criterion, reading: Reading, evidence: Evidence) -> Verdict:
    if criterion.detector in ("interdits", "donnees_personnelles"):
        return "absent" if evidence.weak else "acquis"
    if criterion.detector == "clarte":
        return "acquis" if evidence.strong else "partiel" if evidence.weak else "absent"
    words = word_count(reading)
    low, high = criterion.min_words, criterion.max_words or 10**6
    if low <= words <= high:
        return "acquis"
    return "partiel" if low * 0.85 <= words <= high * 1.15 else "absent"


def _result(
    exercise: Exercise, criterion: Criterion, reading: Reading, evidence: Evidence, verdict: Verdict, substantial: bool
) -> CriterionResult:
    spans = evidence.strong or evidence.doubtful or evidence.weak
    if criterion.detector == "courtoisie" and verdict == "absent":
        spans = find_rudeness(reading, criterion)
    if criterion.detector in _AVOIDING and not substantial:
        spans = []
    if criterion.detector == "clarte":
        spans = find_said(reading, criterion.forbidden)
    shown = quotes(reading.text, spans, limit=6 if criterion.detector == "faits" else 3)
    mistake = next((m for m in exercise.mistakes if m.criterion == criterion.id and _made(m.patterns, reading)), None)
    if mistake is not None:
        places = [span for pattern in mistake.patterns for span in find(pattern, reading)]
        rank: list[Verdict] = ["absent", "partiel", "douteux", "acquis"]
        verdict = min(verdict, mistake.verdict, key=rank.index)
        shown = quotes(reading.text, places)
        message = mistake.message
    else:
        lacking = [] if criterion.hidden else missing_facts(criterion, exercise, reading)
        message = messages.sentence(criterion, verdict, shown, lacking, substantial, word_count(reading))
    return CriterionResult(
        criterion.id, criterion.title, verdict, criterion.points, shown, message, criterion.hints, criterion.hidden,
        mistake.id if mistake else "",
    )  # fmt: skip


def _made(patterns: tuple[str, ...], reading: Reading) -> bool:
    """Is the mistake stated? "Peut-on venir seul ? Non" states nothing."""
    return any(not _asked(reading, span) for span in find_said(reading, patterns))


def _asked(reading: Reading, span: Span) -> bool:
    _, end = sentence_bounds(reading, span.start)
    return reading.folded[end : end + 2].lstrip().startswith("?")


def _total(exercise: Exercise, reading: Reading, results: list[CriterionResult]) -> ExerciseResult:
    score = sum(result.points for result in results)
    notice = next((m.message for m in exercise.mistakes if m.criterion is None and _made(m.patterns, reading)), "")
    if exercise.kind == "prompt":
        leaked = personal_data(exercise, reading.text)
        cap = exercise.max_score * exercise.personal_data_cap
        if leaked and not re.fullmatch(r"\s*", reading.text):
            if score > cap:
                score = cap
            notice = messages.leak_notice(quotes(reading.text, leaked), exercise.personal_data_cap)
    return ExerciseResult(exercise.id, rounded(score), exercise.max_score, tuple(results), notice)
