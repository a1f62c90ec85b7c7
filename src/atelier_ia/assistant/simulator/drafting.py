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


# « Elle est personnelle », « Sur ce point, … »: said of the sentence before.
_HANGS = re.compile(
    r"(?:Elles?|Ils?|Ce(?:la|lui|lle|ux)?|C['’]|Ces|Cette|Cet|Son|Sa|Ses|Leurs?|Nous lui|Sur ce point)\b"
)


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
        kept = _filled(units, kept, limit)
    return typeset(_text(kept))


def _filled(units: list[Unit], kept: list[Unit], limit: int) -> list[Unit]:
    """`kept` with the sentences that still fit, the most important first; none that hangs on one left out."""
    held = {id(unit) for unit in kept}
    for place, unit in enumerate(units):
        before = [one for one in units[:place] if one.paragraph == unit.paragraph]
        if unit.rank and _HANGS.match(unit.text) and before and id(before[-1]) not in held:
            held.discard(id(unit))
    for unit in sorted(units, key=lambda unit: unit.rank):
        if id(unit) in held or unit.block or unit.text.rstrip().endswith(":"):
            continue
        before = [one for one in units[: _place(units, unit)] if one.paragraph == unit.paragraph]
        if _HANGS.match(unit.text) and before and id(before[-1]) not in held:
            continue
        tried = [one for one in units if id(one) in held or one is unit]
        if word_count(_text(tried)) <= limit:
            held.add(id(unit))
    return [unit for unit in units if id(unit) in held]


def _place(units: list[Unit], wanted: Unit) -> int:
    return next(place for place, unit in enumerate(units) if unit is wanted)


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
