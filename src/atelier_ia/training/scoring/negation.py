"""Is what was found denied in its clause? "ce n'est pas gratuit" does not say "gratuit".

Two readings: in a letter a statement is denied by its own verb; in a prompt only an order about it counts ("ne parle
pas de…"), since the story told may well be negative ("personne n'est venu réparer").
"""

from __future__ import annotations

import re

from atelier_ia.training.scoring.patterns import Span
from atelier_ia.training.scoring.reading import Reading, Token

_SECOND = frozenset(["pas", "plus", "jamais", "rien", "aucun", "aucune", "point", "guere", "nullement"])
# "n'oubliez pas votre photo" asks for the photo.
_AFFIRMING = frozenset(
    [
        "oublier",
        "hesiter",
        "manquer",
        "tarder",
        "omettre",
        "douter",
        "negliger",
        "seulement",
        "uniquement",
        "avant",
        "simplement",
    ]
)
_ORDER = re.compile(
    r"\b(?:parl|mentionn|evoqu|cit|indiqu|precis|rappel|signal|occup|tien|tenir|repond|ecri|redig|trait|dis\b|dire\b"
    r"|racont|expliqu|aborde|inclu|donne|regarde|prend|utilis|mets\b|mettre\b|ajout)"
)
_DISMISSAL = re.compile(
    r"\b(?:peu importe|n'importe (?:quel|comment|qui|ou)|qu'importe|inutile|pas besoin|aucun besoin|pas la peine"
    r"|pas necessaire|pas utile|pas obligatoire|pas important|aucune importance|pas d'importance|sans importance"
    r"|(?:m'est|c'est) egal|comme tu (?:veux|voudras|preferes|le sens)|ce que tu veux|tout ce que tu|libre a toi"
    r"|a ta guise|au choix|sans te soucier|sans tenir compte|(?:sans|aucune|pas de) (?:limite|contrainte)s?(?! de temps)"
    r"|ne (?:te )?(?:preoccupe|soucie|occupe|limite|restrei\w+|prive|gene) (?:\w+ )?pas|ne t'(?:occupe|inquiete|en fais)"
    r"|ne tiens? (?:pas|aucun)|laisse tomber|je m'en (?:fiche|moque)|on s'en (?:fiche|moque)|rien a faire d|oublie l"
    r"|ne (?:respecte|suis|compte|utilise|mets|donne|precise|prends|choisis|adopte|joue|impose|fixe) (?:pas|aucun)e?"
    r"(?: de| d'| le| la| les| l'| un| une)? ?(?:ton\b|role|format|forme\b|contexte|limite|longueur|mots|consigne|regle"
    r"|style|structure)|pas de (?:ton|role|format|contexte|longueur|style|structure|forme|regle|tache)\b"
    r"|aucune? (?:ton|role|format|contexte|longueur|style|structure|forme|regle|tache)\b"
    r"|sans (?:ton|role|format|contexte|longueur|style|structure|forme|regle|tache)\b)"
)


def dismissed(reading: Reading, span: Span) -> bool:
    """Does the same clause (or the sentence's opening) wave it away? "peu importe le ton, courtois ou non"."""
    start, end = _clause_bounds(reading, span)
    return bool(_DISMISSAL.search(reading.folded, start, end))


def denied(reading: Reading, span: Span) -> bool:
    """Does the clause deny it? For statements (letters, explanations)."""
    inside = reading.tokens_between(span.start, span.end)
    if not inside:
        return False
    clause = [token for token in reading.tokens if token.clause == inside[0].clause]
    before = [token for token in clause if token.end <= span.start]
    after = [token for token in clause if token.start >= span.end]
    within = list(inside)
    if _introduced_by_denial(before):
        return True
    if any(token.form in ("ne", "n") for token in before):
        position = max(i for i, token in enumerate(before) if token.form in ("ne", "n"))
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


def ordered_out(reading: Reading, span: Span) -> bool:
    """Does an order put it aside? For the facts of a prompt: "ne parle pas du nid-de-poule"."""
    if dismissed(reading, span):
        return True
    start, _ = _clause_bounds(reading, span)
    before = reading.folded[start : span.start]
    match = re.search(r"\b(?:ne |n')(?P<verb>.{0,25}?)\b(?:pas|jamais|plus|rien|aucun|ni)\b", before)
    if match and _ORDER.search(match["verb"]):
        return True
    return bool(re.search(r"\b(?:sans|evite[rz]?(?: de)?|oublie[rz]?|ignore[rz]?)\s+(?:\w+\s){0,2}?", before)) and bool(
        re.search(
            r"\b(?:sans|evite[rz]? de)\s+" + _ORDER.pattern.lstrip(r"\b") + r"|\b(?:oublie|ignore)[rz]?\b", before
        )
    )


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


def _negative_scope(scope: list[Token], verbs: list[Token]) -> bool:
    if not any(token.form in _SECOND for token in scope[:6]):
        return False
    return not _affirming([*verbs[:5], *scope[:4]])


def _affirming(tokens: list[Token]) -> bool:
    return any(token.lemma in _AFFIRMING or token.form in _AFFIRMING for token in tokens)


def _clause_bounds(reading: Reading, span: Span) -> tuple[int, int]:
    inside = reading.tokens_between(span.start, span.end)
    if not inside:
        return span.start, span.end
    same = [token for token in reading.tokens if token.clause in (inside[0].clause, inside[-1].clause)]
    return same[0].start, same[-1].end
