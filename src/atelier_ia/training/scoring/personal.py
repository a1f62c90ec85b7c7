"""Personal data in an answer: those planted in the exercise's text, and what the privacy guard finds."""

from __future__ import annotations

import re

from atelier_ia.errors import AtelierError
from atelier_ia.training.rubrics import Exercise
from atelier_ia.training.scoring.patterns import Span
from atelier_ia.training.scoring.reading import fold

# Used only when the guard cannot be loaded: direct identifiers by their form.
_FORMS = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+|(?<!\d)(?:\+33 ?|0)[1-9](?:[ .\-]?\d{2}){4}(?!\d)|"
    r"(?<!\d)[12] ?\d{2} ?\d{2} ?\d{2} ?\d{3} ?\d{3}(?: ?\d{2})?(?!\d)"
    r"|\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}\b"
)
# Public contact details of the town hall are no secret.
_PUBLIC = re.compile(r"(?:mairie|accueil|contact|ccas|service)[\w.-]*@|^0[1-5]|^\+33 ?[1-5]")


def personal_data(exercise: Exercise, text: str) -> list[Span]:
    """Spans of `text` that identify a person, sorted; placeholders such as [NOM_1] are none."""
    folded = fold(text)
    spans = [
        Span(match.start(), match.end())
        for datum in exercise.personal_data
        for match in re.finditer(_loose(datum), folded)
    ]
    # What the statement itself offers (the number of a public service) may be used.
    offered = _bare(exercise.statement)
    spans += [
        span
        for span in guarded(text)
        if not any(span.overlaps(other) for other in spans) and _bare(text[span.start : span.end]) not in offered
    ]
    return sorted(spans, key=lambda span: span.start)


def _bare(text: str) -> str:
    """Letters and figures only, folded: a number is the same whatever separates its figures."""
    return re.sub(r"\W+", "", fold(text))


def _loose(datum: str) -> str:
    """The datum with any spaces or dots between its words, on word boundaries."""
    words = [re.escape(word) for word in re.split(r"[\s.\-]+", fold(datum)) if word]
    return r"(?<!\w)" + r"[\s.\-]*".join(words) + r"(?!\w)"


def guarded(text: str) -> list[Span]:
    """What the privacy guard would mask in `text`; direct identifiers only when the guard cannot work."""
    try:
        from atelier_ia.privacy import detect

        sure = [span for span in detect(text) if span.level == "masquer"]
    except (ImportError, AtelierError):
        # A broken guard must not stop the grading of a class; sending anything to a model is another matter (tryout).
        found = re.finditer(_FORMS, fold(text))
        return [Span(match.start(), match.end()) for match in found if not _PUBLIC.search(match[0])]
    return [Span(span.start, span.end) for span in sure]
