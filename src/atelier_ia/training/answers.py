"""Named answers of an assignment, right and wrong: strict models of `reponses.toml`.

They are the rubric's proof: the continuous checks score every one of them (tests/content). One right answer of each
exercise, marked `solution = true`, is the one that the solution notebook shows.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from atelier_ia.content import ContentError, StrictModel, load_toml
from atelier_ia.settings import Identifier, load_settings
from atelier_ia.training.rubrics import ANSWERS_NAME, Verdict, source_folder
from atelier_ia.use_cases.sandbox import localised

Family = Literal[
    "bonne", "paraphrase", "moyenne", "erreur", "bourrage", "negation", "hors_sujet", "charabia", "donnees", "injection"
]

# Families that earn nothing unless the answer itself says otherwise.
WORTHLESS = frozenset({"bourrage", "negation", "hors_sujet", "charabia", "injection"})
# Families that earn everything unless the answer itself says otherwise.
PERFECT = frozenset({"bonne", "paraphrase"})


class NamedAnswer(StrictModel):
    """One answer and what the grader must make of it; `points` None = what its family implies (if it implies any)."""

    id: Identifier
    exercise: Identifier = Field(alias="exercice")
    family: Family = Field(alias="famille")
    text: str = Field(alias="texte", min_length=1)
    solution: bool = False
    points: float | None = None
    verdicts: dict[str, Verdict] = Field(default_factory=dict, alias="criteres")
    # A fragment that the feedback must contain: the mistake's own message.
    message: str = ""


class NamedAnswers(StrictModel):
    """The whole of a `reponses.toml`."""

    answers: tuple[NamedAnswer, ...] = Field(alias="reponses", min_length=1)


def load_answers(assignment: str) -> tuple[NamedAnswer, ...]:
    """The named answers of an assignment; `ContentError` when the file is missing or wrong."""
    named = load_toml(source_folder() / assignment / ANSWERS_NAME, NamedAnswers)
    return localised(named, load_settings()).answers


def solution_of(answers: tuple[NamedAnswer, ...], exercise: str) -> str:
    """The text marked `solution = true` for that exercise; `ContentError` when there is none."""
    for answer in answers:
        if answer.exercise == exercise and answer.solution:
            return answer.text.strip("\n")
    raise ContentError(
        f"{ANSWERS_NAME} : aucune réponse de « {exercise} » n'est marquée « solution = true » ; marquez la meilleure."
    )
