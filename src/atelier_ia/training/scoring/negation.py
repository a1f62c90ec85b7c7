"""Is what was found denied in its clause? "ce n'est pas gratuit" does not say "gratuit".

Two readings: in a letter a statement is denied by its own verb; in a prompt only an order about it counts ("ne parle
pas de…"), since the story told may well be negative ("personne n'est venu réparer").
"""

from __future__ import annotations

import re
from itertools import pairwise

from atelier_ia.training.scoring.lexicon import any_of, entries, word_set
from atelier_ia.training.scoring.patterns import Span
from atelier_ia.training.scoring.reading import Reading, Token

_SUBJECTS = frozenset(["le", "la", "les", "l", "nous", "vous", "il", "elle", "on", "son", "sa", "notre", "votre"])
_SECOND = word_set("negation", "seconds_mots")
_NOBODY = frozenset(["personne", "nul", "nulle", "aucun", "aucune", "rien"])
# "n'oubliez pas votre photo" asks for the photo.
_AFFIRMING = word_set("negation", "verbes_affirmatifs")


def dismissed(reading: Reading, span: Span) -> bool:
    """Does the same clause (or the sentence's opening) wave it away? "peu importe le ton, courtois ou non"."""
    start, end = clause_bounds(reading, span)
    return bool(any_of("negation", "indifference").search(reading.folded, start, end))


def denied(reading: Reading, span: Span) -> bool:
    """Does the clause deny it? For statements (letters, explanations)."""
    inside = reading.tokens_between(span.start, span.end)
    if not inside:
        return False
    clause = [token for token in reading.tokens if token.clause == inside[0].clause]
    before = [token for token in clause if token.end <= span.start]
    after = [token for token in clause if token.start >= span.end]
    within = list(inside)
    if _introduced_by_denial(before) or _FORBIDDING.search(reading.folded, *_line_before(reading, span)):
        return True
    # "promet rien ni rdv ni date": spoken French drops "ne".
    if (
        len(within) > 1
        and within[1].form in ("rien", "pas", "jamais", "aucun", "aucune")
        and not _affirming(within[:3])
    ):
        return True
    if any(token.form in ("ne", "n") for token in before):
        first = next(i for i, token in enumerate(before) if token.form in ("ne", "n"))
        if any(token.form in _NOBODY for token in before[max(0, first - 3) : first]):
            return True  # "personne ne peut venir seul"
        position = max(i for i, token in enumerate(before) if token.form in ("ne", "n"))
        if not within[0].is_word and _passes_on(before[position + 1 :]):
            return False  # "l'équilibre n'est pas modifié et la section reste à 4 100 000 €"
        scope = [*before[position + 1 :], *within, *after]
        return _negative_scope(scope, before[position + 1 :])
    if any(token.form in ("ne", "n") for token in within):
        # "date n'est pas possible" spans its own "ne": denied when "pas" is inside or right after.
        position = next(i for i, token in enumerate(within) if token.form in ("ne", "n"))
        return _negative_scope([*within[position + 1 :], *after[:3]], within[position + 1 :])
    # Subject of a negative verb close by: "le timbre n'est pas demandé".
    for i, token in enumerate(after[:5]):
        if token.form in ("qui", "que", "dont", "si", "quand", "pour", "afin"):
            return False
        if token.form in ("ne", "n"):
            return _negative_scope(after[i + 1 :], after[i + 1 :])
    # Spoken French drops "ne": "c'est pas gratuit".
    return any(token.form == "pas" for token in before[-2:]) and not _affirming(before[-4:])


# "Interdit : lui garantir un créneau": what a line forbids from its heading on.
_FORBIDDING = re.compile(
    r"(?:^|[\n.;!?-]) ?(?:a )?(?:interdi(?:t|ts|te|ction|ctions)|proscri(?:re|t|ts)|eviter|bannir|exclure"
    r"|garde-fous?|lignes? rouges?|ne pas|tu t'interdis|interdis-toi|je t'interdis|abstiens-toi)\s?: ?[^.!?\n]*$"
    r"|\bsans (?:un|le moindre|aucun) mot (?:de|sur|a propos)\b[^.;:!?\n]{0,50}$"
)


def _line_before(reading: Reading, span: Span) -> tuple[int, int]:
    return max(0, reading.folded.rfind("\n", 0, span.start)), span.start


def allowed(reading: Reading, span: Span) -> bool:
    """Does the sentence allow what should be forbidden? "tu peux inventer les articles"."""
    start = max(map(reading.folded[: span.start].rfind, ".!?;\n")) + 1
    return bool(any_of("negation", "permission").search(reading.folded, start, span.end))


def ordered_out(reading: Reading, span: Span, *, place: bool = False) -> bool:
    """Does an order put it aside? For the facts of a prompt: "ne parle pas du nid-de-poule".

    A `place` is not waved away by "n'importe quelle mairie"; an order about it still is one.
    """
    if not place and dismissed(reading, span):
        return True
    start, _ = clause_bounds(reading, span)
    before = reading.folded[start : span.start]
    match = re.search(r"\b(?:ne |n')(?P<verb>.{0,25}?)\b(?:pas|jamais|plus|rien|aucun|ni)\b", before)
    if match and any_of("negation", "ordre").search(match["verb"]):
        return True
    # "laisse tomber le quorum, les votes et les débats": the whole list is put aside.
    opening = reading.folded[: span.start]
    if re.search(
        r"(?<!n')\b(?:laisse[rz]? tomber|oublie[rz]?|ignore[rz]?|zappe[rz]?|fais l'impasse sur)\s[^.;:!?\n]*$", opening
    ):
        return True
    orders = "|".join(entries("negation", "ordre"))
    return bool(re.search(rf"\b(?:sans|evite[rz]? de)\s+(?:{orders})|\b(?:oublie|ignore)[rz]?\b", before))


def _introduced_by_denial(before: list[Token]) -> bool:
    near = [token.form for token in before[-4:]]
    if not near:
        return False
    for distance, form in enumerate(reversed(near)):
        if form in ("sans", "aucun", "aucune", "ni"):
            return distance <= 2
        if form == "pas" and distance <= 1 and near[-1] in ("pas", "de", "d", "du", "la", "le", "l"):
            return not _affirming(before[-5:])
    return False


def _passes_on(between: list[Token]) -> bool:
    """Does "et", then a subject, open another statement after the denial?"""
    forms = [token.form for token in between if token.form not in ("que", "qu")]
    return any(
        form in ("et", "mais", "donc") and following in _SUBJECTS and place > 1
        for place, (form, following) in enumerate(pairwise(forms))
    )


def _negative_scope(scope: list[Token], verbs: list[Token]) -> bool:
    if not any(token.form in _SECOND for token in scope[:6]):
        return False
    return not _affirming([*verbs[:5], *scope[:4]])


def _affirming(tokens: list[Token]) -> bool:
    return any(token.lemma in _AFFIRMING or token.form in _AFFIRMING for token in tokens)


def sentence_bounds(reading: Reading, offset: int) -> tuple[int, int]:
    """Where the sentence of this place begins and ends."""
    here = next((token.sentence for token in reading.tokens if token.end > offset), None)
    same = [token for token in reading.tokens if token.sentence == here]
    return (same[0].start, same[-1].end) if same else (offset, offset)


def clause_bounds(reading: Reading, span: Span) -> tuple[int, int]:
    """Where the clause of this place begins and ends."""
    inside = reading.tokens_between(span.start, span.end)
    if not inside:
        return span.start, span.end
    same = [token for token in reading.tokens if token.clause in (inside[0].clause, inside[-1].clause)]
    return same[0].start, same[-1].end
