"""Words written as they sound: « muzulmane », « sciatik », « prizon ». Only words that no list knows are compared."""

from __future__ import annotations

import re
from functools import lru_cache

from atelier_ia.privacy.spans import Label
from atelier_ia.privacy.wordlists import words

_STEPS = tuple(
    (re.compile(pattern), value)
    for pattern, value in (
        (r"ph", "f"),
        (r"qu|q|ck|ch(?=r)", "k"),
        (r"sc(?=[eiy])|c(?=[eiy])", "s"),
        (r"c(?!h)", "k"),
        (r"[zx]", "s"),
        (r"y", "i"),
        (r"(?<!c)h", ""),
        (r"eau|au", "o"),
        (r"[ea][nm](?=[bcdfgjkpqstv])", "an"),
        (r"(.)\1+", r"\1"),
        (r"(?:es?|s|t|ts|ée?s?|er|ez)$", ""),
    )
)


def sound(word: str) -> str:
    """What is left of a folded word when its spelling is forgotten."""
    for pattern, value in _STEPS:
        word = pattern.sub(value, word)
    return word


@lru_cache(maxsize=1)
def _heard() -> dict[str, Label]:
    found: dict[str, Label] = {}
    kinds: tuple[tuple[Label, str], ...] = (("SANTE", "sounds_health"), ("SENSIBLE", "sounds_sensitive"))
    for label, name in kinds:
        for word in words(name):
            found[sound(word)] = label
    return found


@lru_cache(maxsize=50_000)
def heard(word: str) -> Label | None:
    """What `word`, which no dictionary knows, tells when it is read aloud."""
    return _heard().get(sound(word)) if 4 < len(word) < 18 else None
