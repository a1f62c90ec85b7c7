"""Does a proofreading find everything right? "Le délai est respecté, le code n'est pas inventé" finds no defect."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.training.scoring.lexicon import patterns
from atelier_ia.training.scoring.reading import Reading, Token

_AS_WELL = re.compile(r"[^.\n]{0,60}\b(?:non plus|aussi|de meme|egalement)\b")
_CONTRAST = re.compile(r"\b(?:mais|sauf|excepte|hormis|cependant|pourtant|toutefois|a part|en dehors)\b")
# From so many approving clauses on, when they are at least this share of what is said, nothing is found.
_CALM = 3
_SURELY = 0.5
_PROBABLY = 0.6


def finds_nothing_wrong(reading: Reading, document: str = "", refuted: Sequence[tuple[int, int]] = ()) -> bool:
    """Does it approve the whole, find nothing, let the document go, or does most of what it says reassure?

    What `document` says itself approves nothing; `refuted`: places where the right reason of a defect is denied
    ("l'atelier n'est pas gratuit").
    """
    opening = re.split(r"[.!?\n]", reading.folded.strip(), maxsplit=1)[0]
    general = patterns("relecture", "approbation_generale")
    if not _CONTRAST.search(reading.folded) and any(pattern.search(opening) for pattern in general):
        return True
    if any(pattern.search(reading.folded) for pattern in patterns("relecture", "rien_trouve")):
        return True
    closing = re.split(r"[.!?\n]", reading.folded.strip(" .!?\n"))[-1]
    if any(pattern.search(closing) for pattern in patterns("relecture", "approbation_finale")):
        return True
    clauses: dict[int, list[Token]] = {}
    for token in reading.tokens:
        clauses.setdefault(token.clause, []).append(token)
    said = [(tokens[0].start, tokens[-1].end) for tokens in clauses.values() if len(tokens) >= 3]
    places = [*reassured(reading, document), *refuted]
    calm = [any(start < b and a < end for a, b in places) for start, end in said]
    probably = [sure or _seems_calm(reading.folded[start:end]) for sure, (start, end) in zip(calm, said, strict=True)]
    return (sum(calm) >= _CALM and sum(calm) >= _SURELY * len(said)) or (
        sum(probably) >= _CALM and sum(probably) >= _PROBABLY * len(said)
    )


def reassured(reading: Reading, document: str = "") -> list[tuple[int, int]]:
    """The places where the person, and not the `document` that they quote, says that something is right."""
    approval = patterns("relecture", "approbation")
    places = [
        match.span()
        for pattern in approval
        for match in pattern.finditer(reading.folded)
        if match[0].strip() not in document
    ]
    # "les dates ne sont pas fausses, le lieu non plus": what follows in the sentence is found right as well.
    also = [_AS_WELL.match(reading.folded, end) for _, end in places]
    return [*places, *(match.span() for match in also if match)]


def _seems_calm(clause: str) -> bool:
    """Does it affirm, without any word that corrects, or deny a defect? Too weak alone: counted over the answer."""
    affirms = any(pattern.search(clause) for pattern in patterns("relecture", "affirmation"))
    corrects = any(pattern.search(clause) for pattern in patterns("relecture", "rectification"))
    denies = any(pattern.search(clause) for pattern in patterns("relecture", "defaut_nie"))
    return denies or (affirms and not corrects)
