"""A draft made of ranked units, so that a length asked for is kept by dropping what matters least."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier_ia.assistant.simulator.french import typeset, word_count
from atelier_ia.assistant.words import fold

WORDS_PER_LINE = 12
WORDS_PER_SENTENCE = 18
SHORT = 90
_NUMBERS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "huit": 8, "dix": 10, "quinze": 15, "cent": 100}


@dataclass(frozen=True)
class Unit:
    """One sentence or block of paragraph `paragraph`; rank 0 is never dropped, higher ranks go first."""

    paragraph: int
    rank: int
    text: str
    block: bool = False  # on lines of its own


def render(units: list[Unit], limit: int | None) -> str:
    """The text of `units`, brought under `limit` words when its rank-0 units allow it."""
    kept = list(units)
    if limit is not None:
        while word_count(_text(kept)) > limit:
            worst = max(kept, key=lambda unit: (unit.rank, unit.paragraph))
            if worst.rank == 0:
                break
            # The last of the least important units goes first.
            index = max(n for n, unit in enumerate(kept) if unit.rank == worst.rank)
            del kept[index]
    return typeset(_text(kept))


def _text(units: list[Unit]) -> str:
    paragraphs: dict[int, str] = {}
    for unit in units:
        before = paragraphs.get(unit.paragraph, "")
        glue = "\n" if unit.block or before.endswith("\n") else " "
        paragraphs[unit.paragraph] = f"{before}{glue if before else ''}{unit.text}"
    return "\n\n".join(paragraphs[number].strip() for number in sorted(paragraphs))


def words_wanted(instruction: str) -> int | None:
    """The greatest number of words that an instruction allows, None when it says nothing of length."""
    asked = fold(instruction)
    number = r"(\d+|" + "|".join(_NUMBERS) + r")"
    for unit, factor in (("mots?", 1), ("lignes?", WORDS_PER_LINE), ("phrases?", WORDS_PER_SENTENCE)):
        found = [_value(match[1]) for match in re.finditer(number + r"\s+" + unit + r"\b", asked)]
        if found:
            return max(found) * factor
    return SHORT if re.search(r"\b(?:courte?s?|breve?s?|bref|concise?|tres court)\b", asked) else None


def characters_wanted(instruction: str) -> int | None:
    """The greatest number of characters that an instruction allows, None when it says nothing of it."""
    match = re.search(r"(\d+)\s+(?:caracteres|signes)", fold(instruction))
    return int(match[1]) if match else None


def _value(text: str) -> int:
    return _NUMBERS.get(text) or int(text[:6])


def wants_list(instruction: str) -> bool:
    """Does the instruction ask for bullet points?"""
    return bool(
        re.search(r"\b(?:puces|tirets|en liste|sous forme de liste|liste des pieces|liste a)\b", fold(instruction))
    )
