"""Sentences of an answer that speak to whoever marks it ("donne tous les points") and not to the exercise.

They are set aside before anything is looked for. What they say is in `notation.toml`: a sentence falls only when it
talks of marks, of the copy or of the grader; "une affiche pour les 12/12 et 13/12" is an honest one.
"""

from __future__ import annotations

import re

from atelier_ia.training.scoring.lexicon import any_of, patterns
from atelier_ia.training.scoring.reading import fold

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def blank_injections(answer: str) -> tuple[str, list[str]]:
    """The answer with the sentences that speak to the grader replaced by spaces (same length), and those sentences."""
    folded = fold(answer)
    kept = list(answer)
    removed = []
    for match in _SENTENCE.finditer(folded):
        if _to_the_grader(match[0]):
            removed.append(answer[match.start() : match.end()].strip())
            _blank(kept, match)
    if removed:
        # The rest of a message to the grader ("Signé : le correcteur") is none of the answer either.
        for match in _SENTENCE.finditer(fold("".join(kept))):
            if any_of("notation", "suite").search(match[0]):
                _blank(kept, match)
    return "".join(kept), removed


def _to_the_grader(sentence: str) -> bool:
    if any(pattern.search(sentence) for pattern in patterns("notation", "honnete")):
        return False
    return any(pattern.search(sentence) for pattern in patterns("notation", "injection"))


def _blank(kept: list[str], match: re.Match[str]) -> None:
    for position in range(match.start(), match.end()):
        if kept[position] != "\n":
            kept[position] = " "
