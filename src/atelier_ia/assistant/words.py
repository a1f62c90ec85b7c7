"""Compare French words as citizens write them: accents, plurals, doubled letters and common misspellings folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

STEM_LENGTH = 7
_WORD = re.compile(r"[0-9a-zà-öø-ÿœæ]+", re.IGNORECASE)
_ENDING = re.compile(r"(?<=.{5})(?:age|ation|ement|ent|aient|ait|ant|er|ez)$")  # « ramasser », « ramassage »
STOP_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").split())


def fold(text: str) -> str:
    """Lower case, no accents, typographic apostrophes made plain; the length may change (œ → oe)."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A folded form in which plural, doubled letters and usual misspellings agree (« poubeles » = « poubelle »)."""
    word = fold(word)
    if re.match(r"traine(?:r|nt)?$|trainai", word):
        return "trainer"  # « ça traîne » is no train
    if len(word) > 4 and word.endswith("aux"):
        word = word[:-3] + "al"
    if len(word) > 5:
        # Long words only: « sale » is no « salle », « paye » is no « PAI ».
        word = word.replace("ph", "f").replace("qu", "k").replace("th", "t").replace("y", "i").replace("ss", "s")
        word = word.replace("ce", "se").replace("ci", "si").replace("z", "s")
        word = re.sub(r"(.)\1", r"\1", word)
        word = re.sub(r"[esx]+$", "", word)
    elif len(word) > 3:
        word = re.sub(r"[sx]$", "", word)
        word = word[:-1] if len(word) == 5 and word.endswith("e") else word
    if word.startswith("inscri"):
        return "inscri"
    return _ENDING.sub("", word)[:STEM_LENGTH]


@lru_cache(maxsize=2_000)
def written(text: str) -> Mapping[str, str]:
    """Each stem of `text`, with the word that was written."""
    return {stem(word): word.lower() for word in reversed(_WORD.findall(text))}


_LINKS = frozenset(
    {*"aàdl", "au", "aux", "de", "des", "du", "en", "et", "la", "le", "les", "un", "une", "ce", "cette"}
) | {"ma", "mes", "mon", "nos", "notre", "sa", "ses", "son", "vos", "votre"}


@lru_cache(maxsize=2_000)
def wording(text: str) -> tuple[str, ...]:
    """Stems of `text` with its small words (« pas », « plus »), only articles and possessives left out."""
    return tuple(stem(word) for word in _WORD.findall(text) if fold(word) not in _LINKS)


@lru_cache(maxsize=2_000)
def stems(text: str) -> tuple[str, ...]:
    """Stems of the meaningful words of `text`, in order (function words and elided letters left out)."""
    words = (word for word in _WORD.findall(text) if len(word) > 1 or word.isdigit())
    return tuple(stem(word) for word in words if fold(word) not in STOP_WORDS)


def says(text: str, other: str) -> bool:
    """Does `text` already say most of `other`?"""
    words = stems(other)
    present = set(stems(text))
    return bool(words) and sum(word in present for word in words) >= 0.6 * len(words)
