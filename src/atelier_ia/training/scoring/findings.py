"""What one remark of a proofreading says of one planted defect: found, shown without the reason, or nothing."""

from __future__ import annotations

import re

from atelier_ia.training.rubrics import Defect, Exercise, Verdict
from atelier_ia.training.scoring.another_text import vocabulary
from atelier_ia.training.scoring.approving import reassured
from atelier_ia.training.scoring.lexicon import patterns
from atelier_ia.training.scoring.located import is_shown, right_passage, shown_passages, shows_elsewhere
from atelier_ia.training.scoring.negation import clause_bounds, denied, sentence_bounds
from atelier_ia.training.scoring.patterns import Span, alternatives, compile_pattern, find
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading, fold
from atelier_ia.training.scoring.remarks import SHORT, Remark

# So many words of one's own, beside those of the document, are a reason that the rubric may not know.
_OWN_WORDS = 2
_IDIOMS = {
    "lieu": re.compile(r"\bau $"),
    "place": re.compile(r"\b(?:a la|a sa|a leur) $"),
    "fin": re.compile(r"\b(?:a la|en) $"),
}


def found_in(exercise: Exercise, defect: Defect, reading: Reading, item: Remark) -> tuple[Verdict, list[Span]]:
    """What one line of the answer says of one defect."""
    told = reassured(reading, fold(exercise.text)) if item.reassures else []
    calm = [clause_bounds(reading, Span(*place)) for place in told]
    shown = shown_passages(exercise, reading, item)
    where = [
        span
        for span, _ in inside(defect.landmarks, reading, item)
        if not any(start <= span.start < end for start, end in calm)
        and not _part_of_another(exercise, defect, reading, span)
        and not shows_elsewhere(exercise, defect, shown, span)
    ]
    reasons = [
        span
        for span, pattern in inside(defect.explanations, reading, item)
        if (compile_pattern(pattern).negative or not denied(reading, span) or _corrects(reading, span))
        and not any(start <= span.start < end for start, end in calm)
        and not any(passage.span.start <= span.start and span.end <= passage.span.end for passage in shown)
    ]
    if item.reassures and not reasons:
        return "absent", []
    elsewhere = right_passage(exercise, shown) is not None
    pairs = [(place, reason) for place in where for reason in reasons]
    if elsewhere:  # a word of the reason is then no landmark of something else
        pairs = [
            (place, reason)
            for place, reason in pairs
            if not place.overlaps(reason) and not reading.folded[place.start].isdigit()
        ]
    enough = item.condemns or (item.accuses and not defect.explanations) or _same_again(reading, item)
    # Words taken from the document itself point at the passage; others ("la date") need the right reason.
    precise = [span for span in where if _quoted(exercise.text, reading, span)]
    if pairs and (precise or not decoyed(exercise, reading, item)):
        return "acquis", list(pairs[0])
    if elsewhere:
        return "absent", []
    if precise and enough and not about_something_else(exercise, defect, reading, item):
        return "acquis", precise[:1]
    if precise and (item.accuses or item.words <= SHORT):
        # A reason of their own, that the rubric does not know, costs nothing: a person may look at it.
        reasoned = _own_words(exercise.text, reading, item) >= _OWN_WORDS
        if reasoned and not about_something_else(exercise, defect, reading, item):
            return "douteux", precise[:1]
        if _better_told(exercise, defect, reading, item):
            return "absent", precise[:1]
        return _shared_verdict(defect, reading), precise[:1]
    if precise and item.points and _own_words(exercise.text, reading, item) >= _OWN_WORDS:
        return "douteux" if not about_something_else(exercise, defect, reading, item) else "absent", precise[:1]
    if precise and any(is_shown(defect, exercise, passage) for passage in shown):
        return "partiel", precise[:1]  # the whole sentence, quoted without a word about it
    return "absent", []


def _same_again(reading: Reading, item: Remark) -> bool:
    """ "le 06 aussi": a short line that gives the reason of the line before."""
    text = reading.folded[item.span.start : item.span.end]
    return item.words <= SHORT // 2 and bool(re.search(r"\b(?:aussi|idem|pareil|egalement|de meme)\W*$", text))


def _shared_verdict(defect: Defect, reading: Reading) -> Verdict:
    """What a passage quoted alone is worth: the reason may be given once, for all of them."""
    for pattern in patterns("relecture", "raison_commune"):
        for match in pattern.finditer(reading.folded):
            start, end = sentence_bounds(reading, match.start())
            told = any(
                start <= span.start < end
                for wanted in alternatives(defect.explanations)
                for span in find(wanted, reading)
            )
            return "acquis" if told else "douteux"
    return "partiel"


def _better_told(exercise: Exercise, defect: Defect, reading: Reading, item: Remark) -> bool:
    """Does the quotation hold a longer passage of another defect? "du code des salles" is about the code."""
    own = max((s.end - s.start for s, _ in inside(defect.landmarks, reading, item)), default=0)
    return any(
        span.end - span.start > own + 3 and _quoted(exercise.text, reading, span)
        for other in exercise.defects
        if other is not defect
        for span, _ in inside(other.landmarks, reading, item)
    )


def _part_of_another(exercise: Exercise, defect: Defect, reading: Reading, span: Span) -> bool:
    """Is it only a piece of another defect's own words? "le numéro d'allocataire" is no telephone number."""
    return any(
        place.start <= span.start and span.end <= place.end and place.end - place.start > span.end - span.start
        for other in exercise.defects
        if other is not defect
        for pattern in alternatives(other.landmarks)
        for place in find(pattern, reading)
        if " + " not in pattern
    )


def forbidden(reading: Reading, span: Span) -> bool:
    """ "à ne pas divulguer", "on ne doit pas révéler": the reason itself, and not its denial."""
    before = reading.folded[max(0, span.start - 40) : span.start]
    return bool(
        re.search(
            r"\bn'(?:a|ont) pas a\b[^.,;:\n]*$"
            r"|\b(?:ne|faut|doit|doivent|devrait|dois|peut|peuvent) (?:pas|jamais|rien)\b[^.,;:\n]*$",
            before,
        )
    )


def _corrects(reading: Reading, span: Span) -> bool:
    """Is it the reason all the same: forbidden, or set against what the document says ("une dame n'est pas un…")?"""
    after = reading.folded[span.end : span.end + 30]
    return forbidden(reading, span) or bool(re.match(r"\s?n'est pas (?:une? |le |la |l')", after))


def _own_words(document: str, reading: Reading, item: Remark) -> int:
    """How many words of this line, apart from the little ones, are not the document's."""
    known = vocabulary(document)
    return sum(
        token.form not in known and token.form not in FUNCTION_WORDS
        for token in reading.tokens_between(item.span.start, item.span.end)
    )


def about_something_else(exercise: Exercise, defect: Defect, reading: Reading, item: Remark) -> bool:
    """Does this line already tell another defect, or accuse a right passage?"""
    others = (other for other in exercise.defects if other is not defect)
    told = any(inside(other.landmarks, reading, item) and inside(other.explanations, reading, item) for other in others)
    return told or decoyed(exercise, reading, item)


def told_precisely(exercise: Exercise, defect: Defect, reading: Reading, item: Remark) -> bool:
    """Does this line find that defect by words of the document? ("5 jours" alone may be about another passage)"""
    found, _ = found_in(exercise, defect, reading, item)
    return found == "acquis" and any(
        _quoted(exercise.text, reading, span) for span, _ in inside(defect.landmarks, reading, item)
    )


def decoyed(exercise: Exercise, reading: Reading, item: Remark) -> bool:
    return any(inside(decoy.landmarks, reading, item) for decoy in exercise.decoys)


def _quoted(document: str, reading: Reading, span: Span) -> bool:
    """Are the words of this place words of the document?"""
    known = vocabulary(document)
    inside = reading.tokens_between(span.start, span.end)
    return any(token.form in known or token.lemma in known for token in inside if token.form not in FUNCTION_WORDS)


def inside(patterns: tuple[str, ...], reading: Reading, item: Remark) -> list[tuple[Span, str]]:
    return [
        (span, pattern)
        for pattern in alternatives(patterns)
        for span in find(pattern, reading)
        if span.start >= item.span.start and span.end <= item.span.end and not _idiom(reading, span)
    ]


def _idiom(reading: Reading, span: Span) -> bool:
    """ "au lieu de", "à la place", "à la fin": the word is no landmark there."""
    before = _IDIOMS.get(reading.folded[span.start : span.end])
    return before is not None and before.search(reading.folded, max(0, span.start - 8), span.start) is not None
