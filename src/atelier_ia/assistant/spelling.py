"""Slips of the keyboard: is a word of a message one wrong letter away from a word of the knowledge base?"""

from __future__ import annotations

from functools import lru_cache

from atelier_ia.assistant.words import STEM_LENGTH
from atelier_ia.french_dictionary import is_french


@lru_cache(maxsize=20_000)
def in_dictionary(word: str) -> bool:
    """Is it a French word as it stands (« moustache »), and so no slip for another (« moustique »)?"""
    return is_french(word)


def shortenings(word: str) -> set[str]:
    """`word` and what is left of it without one letter, the first excepted."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))}


def one_apart(first: str, second: str) -> bool:
    """Do two different stems differ by one letter changed, missing or added, the first letter being the same?"""
    if first[0] != second[0] or abs(len(first) - len(second)) > 1:
        return False
    if len(first) == len(second) == STEM_LENGTH and first[:-1] == second[:-1]:
        return False  # cut there: « interv(enir) » and « intervi(ew) »
    if len(first) == len(second):
        return sum(a != b for a, b in zip(first, second, strict=True)) == 1
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    if longer.startswith(shorter):
        return False  # another word of the family: « numéro » and « numérotage »
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(1, len(longer)))
