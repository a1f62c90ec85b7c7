"""How easy the lessons are to read: Kandel and Moles's formula (1958, Flesch's for French; 100 very easy, 0 very hard).

207 − 1.015 × words per sentence − 73.6 × syllables per word; a syllable is a group of vowels, final mute e aside.
Compared in the same run with ordinary administrative prose.
"""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

from bench.figures import Figure

PROSE = Path(__file__).parents[1] / "tests" / "privacy" / "corpus" / "dev_prose.txt"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")


def syllables(word: str) -> int:
    """Syllables of `word` as it is spoken: at least one."""
    spoken = re.sub(r"(?<=[^aeiouyéèê])(?:es?|ent)$", "", word.lower())
    return max(len(_VOWELS.findall(spoken)), 1)


def ease(paragraphs: list[str]) -> float:
    """Reading ease of whole paragraphs; headings and lines of under five words are left aside."""
    told = [text for text in paragraphs if len(_WORD.findall(text)) >= 5]
    sentences = [part for text in told for part in re.split(r"[.!?:;…]+(?=\s|$)", text) if _WORD.search(part)]
    words = [word for part in sentences for word in _WORD.findall(part)]
    return 207 - 1.015 * len(words) / len(sentences) - 73.6 * sum(map(syllables, words)) / len(words)


def run() -> list[Figure]:
    """One figure for the whole, and the hardest lesson by name."""
    from tests.content.proofreading import learners_texts, plain

    measured = {name: ease(plain(text)) for name, text in learners_texts().items()}
    prose = ease([line for line in PROSE.read_text(encoding="utf-8").splitlines() if line.strip()])
    hardest = min(measured, key=measured.__getitem__)
    compared = {"compared_with": "prose administrative", "theirs": prose, "smaller_is_better": False}
    return [
        Figure("facilité de lecture, médiane des carnets", "points", median(measured.values()), **compared),
        Figure(f"la plus difficile : {Path(hardest).stem}", "points", measured[hardest], **compared),
    ]
