"""Slips of the keyboard in notes brought back: « afiche » → « affiche », « jullet » → « juillet ».

A word of at least six letters that the project's own French texts do not hold is corrected when exactly one of their
words stands at one such slip, inside the word: a letter doubled or not, « eu » for « ue », accents left out. Months
and a few words of every town hall are brought back from any slip of one letter, since hardly another word is near.
Endings (gender, number, tense), capitals and names of people or places are never touched.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from atelier_ia.assistant.words import fold

KNOWN = Path(__file__).with_name("known_words.txt")
SHORTEST = 6  # letters
ENDING = 2  # letters at the end that tell gender, number and tense
DOUBLED = "cflmnprst"  # consonants that French doubles
COMMON = (
    "janvier", "février", "juillet", "septembre", "octobre", "novembre", "décembre", "mercredi", "vendredi", "dimanche",
    "municipal", "municipale", "municipaux", "délibération", "délibérations", "inscription", "inscriptions",
    "médiathèque", "bibliothèque", "stationnement", "circulation", "commission", "spectacle", "association",
    "associations", "renseignements", "billetterie",
)  # fmt: skip

_WORD = re.compile(rf"(?<![\w@/.'’#-])(?:[ldnsjmt]['’]|qu['’])?(?P<word>[a-zà-ÿ]{{{SHORTEST},20}})(?![\w@/-]|\.\w)")
_BEFORE_NAME = re.compile(
    r"\b(?:m|mr|mme|mlle|monsieur|madame|rue|avenue|place|all[ée]e|chemin|impasse|quai|square|boulevard|salle|[ée]cole|gymnase"
    r"|stade|coll[èe]ge|r[ée]sidence|hameau|soci[ée]t[ée]|entreprise|association|nomm[ée]e?|appel[ée]e?)\.?\s+(?:de\s+(?:la\s+|l['’])?"
    r"|du\s+|des\s+|d['’])?(?:[\w'’-]+\s+)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _known() -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """(the words, the words by their letters without accents)."""
    words = KNOWN.read_text(encoding="utf-8").split()
    folded: dict[str, list[str]] = {}
    for word in words:
        folded.setdefault(fold(word), []).append(word)
    return frozenset(words), {letters: tuple(found) for letters, found in folded.items()}


def without_slips(text: str) -> str:
    """`text` with the slips that leave no doubt brought back."""

    def right(match: re.Match[str]) -> str:
        word = match["word"]
        meant = _meant(word)
        if meant == word or _BEFORE_NAME.search(text[max(0, match.start() - 40) : match.start()]):
            return match[0]
        return match[0][: -len(word)] + meant

    return _WORD.sub(right, text)


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    known, folded = _known()
    if word in known or _inflected(word, known):
        return word
    if fold(word) == word and (accented := folded.get(word)):
        same = len(accented) == 1 and accented[0][-ENDING:] == word[-ENDING:]
        return accented[0] if same else word
    near = [common for common in COMMON if word not in COMMON and _one_letter(fold(word), fold(common))]
    if len(near) == 1 and near[0][-1] == word[-1]:
        return near[0]
    found = {
        meant
        for slip in _slips(word)
        for meant in folded.get(fold(slip), ())
        if meant[-ENDING:] == word[-ENDING:] and (fold(word) == word or fold(meant) != meant)
    }
    return found.pop() if len(found) == 1 else word


def _inflected(word: str, known: frozenset[str]) -> bool:
    """Is it a known word in another gender or number?"""
    return any(
        form in known
        for form in (word[:-1], word[:-2], f"{word}s", f"{word}e", f"{word[:-1]}s", f"{word[:-2]}er", f"{word[:-1]}r")
    )


def _slips(word: str) -> set[str]:
    """What may have been meant: a letter doubled, a doubled letter single, « eu » and « ue » swapped."""
    inside = range(1, len(word) - ENDING + 1)
    found = {word[:place] + word[place - 1] + word[place:] for place in inside if word[place - 1] in DOUBLED}
    found |= {word[:place] + word[place + 1 :] for place in inside if word[place] == word[place - 1] in DOUBLED}
    found |= {word.replace("eui", "uei", 1), word.replace("uei", "eui", 1)}
    return found - {word}


def _one_letter(word: str, other: str) -> bool:
    """Are these two words one letter apart (more, less or another), the first letter being the same?"""
    if word[0] != other[0] or abs(len(word) - len(other)) > 1 or word == other:
        return False
    place = next((rank for rank, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), None)
    if place is None:
        return False  # only an ending is missing
    return other[place + 1 :] in (word[place + 1 :], word[place:]) or word[place + 1 :] == other[place:]
