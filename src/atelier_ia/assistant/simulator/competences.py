"""Who deals with what, when no procedure answers surely: a table of words, bodies and services (`competences.toml`)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from atelier_ia.assistant.simulator.circumstances import searched
from atelier_ia.assistant.words import stems
from atelier_ia.content import StrictModel, load_toml

FILE = Path(__file__).with_name("competences.toml")


class Competence(StrictModel):
    """One body (a sentence that says what it decides; '' for the commune itself) and the service that is written to."""

    body: str = Field(alias="organisme")
    service: str = Field(min_length=1)
    words: tuple[str, ...] = Field(alias="mots", min_length=5)
    sure: tuple[str, ...] = Field((), alias="surs")  # each names the service by itself


class _File(StrictModel):
    competences: tuple[Competence, ...] = Field(min_length=1)


@lru_cache(maxsize=1)
def load_competences() -> tuple[Competence, ...]:
    """The table, in its order."""
    return load_toml(FILE, _File).competences


def competent(text: str, least: int = 1) -> Competence | None:
    """The line whose words come back most in `text`, `least` times or more, the first of equals; else None."""
    said = stems(searched(text))
    weights = [_weight(said, line) for line in load_competences()]
    best = max(weights, default=0)
    return load_competences()[weights.index(best)] if best >= least else None


def _weight(said: tuple[str, ...], line: Competence) -> int:
    """How many of the line's words are said; an expression counts for its words, all of them being there."""
    present = set(said)
    return sum(len(words) for word in (*line.words, *line.sure) if (words := stems(word)) and present.issuperset(words))
