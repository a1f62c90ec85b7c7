"""What a prompt says in words that no list knows: doubtful, so that it costs nothing and a person may look.

Looked for only in a prompt that already does most of its work, and only in sentences that prove nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from atelier_ia.training.scoring.lexicon import any_of, patterns, word_set
from atelier_ia.training.scoring.negation import dismissed
from atelier_ia.training.scoring.patterns import Span
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading

# A tone is said in few words.
_SHORT = 7
_OPENS_ROLE = re.compile(
    r"(?:tu|vous|imagine|imaginez|suppose|prends|prenez|joue|jouez|mets|mettez|endosse|sois|soyez|en|comme"
    r"|agis|agissez|glisse|campe|revets|incarne|adopte|emprunte|chausse|enfile)\b"
)
# "Longueur : 120 mots", "Panneau lumineux : 60 signes": a heading and a size ask for no task.
_HEADING = re.compile(r"(?:longueur|taille|ton|style|panneau|facebook|instagram|site)\b[a-z' ]{0,14} ?[:=]")
_ORDERS = re.compile(r"[a-z]{4,}-(?:moi|nous|lui|leur|le|la|les)\b")


def doubtful_role(reading: Reading, taken: list[Span]) -> list[Span]:
    """The opening sentence speaks to the assistant and names a job or a place of work."""
    for span in _sentences(reading)[:1]:
        text = reading.folded[span.start : span.end]
        named = any_of("listes", "emploi").search(text) or any_of("listes", "lieu_de_travail").search(text)
        if _OPENS_ROLE.match(text) and named and not dismissed(reading, span):
            return [span]
    return []


def doubtful_task(reading: Reading, taken: list[Span]) -> list[Span]:
    """A sentence that gives an order ("tourne-moi…"), or opens on a verb and says how long the text will be."""
    found = []
    for span in _sentences(reading):
        text = reading.folded[span.start : span.end]
        words = reading.tokens_between(span.start, span.end)
        opens = bool(words) and words[0].is_word and words[0].form not in FUNCTION_WORDS and not _forbids(text)
        opens = opens and not text.startswith(("voila", "voici"))
        sized = any(pattern.search(text) for pattern in patterns("prompt", "longueur")) and not _HEADING.match(text)
        if opens and (_ORDERS.match(text) or sized) and not dismissed(reading, span):
            found.append(span)
    return found[:1]


def doubtful_tone(reading: Reading, taken: list[Span]) -> list[Span]:
    """A short sentence that proves nothing else and forbids nothing."""
    course = word_set("gardes", "mots_du_cours") | word_set("gardes", "mots_creux")
    found = []
    for span in _free(reading, taken):
        words = reading.tokens_between(span.start, span.end)
        content = [token for token in words if token.is_word and token.form not in FUNCTION_WORDS]
        own = [token for token in content if token.lemma not in course and token.form not in course]
        text = reading.folded[span.start : span.end]
        if own and 2 <= len(words) <= _SHORT and not _forbids(text) and not any(not token.is_word for token in words):
            found.append(span)
    return found[:1]


def doubtful_limits(reading: Reading, taken: list[Span]) -> list[Span]:
    """A sentence that forbids something, in words of its own."""
    return [
        span
        for span in _free(reading, taken)
        if _forbids(reading.folded[span.start : span.end]) and not dismissed(reading, span)
    ][:1]


LEFTOVERS: dict[str, Callable[[Reading, list[Span]], list[Span]]] = {
    "role": doubtful_role,
    "tache": doubtful_task,
    "ton": doubtful_tone,
    "limites": doubtful_limits,
}


def _forbids(text: str) -> bool:
    """Is this an order not to do something?"""
    return bool(
        re.match(
            r"(?:surtout |et )?(?:ne |n'|nulle? |aucune? |rien |jamais |pas |defense |interdi\w+ |garde-|abstiens|evite"
            r"|sans |attention |prudence|gare |mefie|fais attention)",
            text,
        )
    )


def _sentences(reading: Reading) -> list[Span]:
    groups: dict[int, list[Span]] = {}
    for token in reading.tokens:
        groups.setdefault(token.sentence, []).append(Span(token.start, token.end))
    return [Span(places[0].start, places[-1].end) for places in groups.values()]


def _free(reading: Reading, taken: Iterable[Span]) -> list[Span]:
    """The sentences that hold no evidence of another criterion."""
    used = list(taken)
    return [span for span in _sentences(reading) if not any(span.overlaps(other) for other in used)]
