"""The remarks of a proofreading, one by one: each line, each number of a list, each piece between commas."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier_ia.training.scoring.lexicon import patterns
from atelier_ia.training.scoring.patterns import Span
from atelier_ia.training.scoring.reading import Reading, Token

# A remark this short that quotes a passage accuses it, even without saying why.
SHORT = 14
# From so many remarks on, a text is a list of them.
ENOUGH = 3
_ENUMERATED = re.compile(r"(?:(?<=^)|(?<=[\s;,.]))(?:\d{1,2}|[a-h]) ?[.)°/](?= )")
# A passage shown, between quotation marks or before a colon or an arrow, and what is said of it.
_SHOWN = re.compile(r"(.*?)(?:([»”\"](?=[^»”\"]*$)|:|->|→|=>)\s*[:,-]?)(.*)", re.DOTALL)
_IN_A_ROW = re.compile(r"[^,;.\n]+")
_NOT = re.compile(r"\b(?:pas|non|mal|sans|trop|peu|mauvais\w*)\b")


@dataclass(frozen=True)
class Remark:
    """One line of the answer: its place and whether it accuses or reassures."""

    span: Span
    accuses: bool
    condemns: bool  # says that it is false or invented, which is a reason by itself
    reassures: bool
    points: bool  # quotes a passage, or sets it before a colon or an arrow
    words: int


def remarks(reading: Reading, document: str) -> list[Remark]:
    """The lines of the answer; what `document` says itself neither accuses nor reassures."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", reading.folded) if match[0].strip(" -*•>.")]
    marks = [match.start() for match in _ENUMERATED.finditer(reading.folded)]
    if len(lines) == 1 and len(marks) >= ENOUGH:
        # "1) le prix 2) la date": a list written on one line.
        lines = list(zip(marks, [*marks[1:], len(reading.folded)], strict=True))
    elif told_in_a_row(reading):
        lines = [match.span() for match in _IN_A_ROW.finditer(reading.folded) if match[0].strip()]
    elif len(lines) == 1:
        groups: dict[int, list[Token]] = {}
        for token in reading.tokens:
            groups.setdefault(token.sentence, []).append(token)
        lines = [(tokens[0].start, tokens[-1].end) for tokens in groups.values()]
    readings = [patterns("relecture", name) for name in ("accusation", "condamnation", "approbation")]
    items = []
    for start, end in lines:
        text = reading.folded[start:end]
        accused, condemned, approved = (
            any(match[0].strip() not in document for pattern in group for match in pattern.finditer(text))
            for group in readings
        )
        approved = approved or _praised(text, document)
        points = bool(re.search(r"[«\"“]|\S ?(?::|->|→|=)", text))
        items.append(Remark(Span(start, end), accused, condemned, approved, points, len(text.split())))
    return items


def _praised(text: str, document: str) -> bool:
    """ "« 15 € » : rien de choquant": what is said of a passage praises it, and corrects nothing?"""
    found = _SHOWN.match(text)
    said = found[3] if found else ""
    if not said.strip() or said.strip() in document:
        return False
    praised = any(pattern.search(said) for pattern in patterns("relecture", "louange"))
    return praised and not any(pattern.search(said) for pattern in patterns("relecture", "contraire"))


def told_in_a_row(reading: Reading) -> bool:
    """ "salle trop petite, prix pas bon, code inexistant": defects on one line, most of them with what is wrong?"""
    if "\n" in reading.text.strip() or len({token.sentence for token in reading.tokens}) >= ENOUGH:
        return False
    said = [match[0] for match in _IN_A_ROW.finditer(reading.folded) if re.search(r"\w", match[0])]
    wrong = [*patterns("relecture", "accusation"), *patterns("relecture", "condamnation"), _NOT]
    accused = sum(any(pattern.search(text) for pattern in wrong) for text in said)
    short = all(2 <= len(text.split()) <= SHORT for text in said)
    return len(said) >= ENOUGH and short and accused * 2 > len(said)
