"""Nodes that question: several answers out of a list, and the quiz card, which explains each answer (`forms.js`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field, model_validator

from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import french
from atelier_ia.content import StrictModel, load_toml


class QuizChoice(StrictModel):
    """One possible answer: whether it is right, and why, said to the person who chose it."""

    key: str = Field(alias="id")
    text: str = Field(alias="texte")
    right: bool = Field(alias="juste")
    why: str = Field(alias="pourquoi")


class Quiz(StrictModel):
    """A question with its answers; nothing is kept of what is answered."""

    id: str
    question: str
    choices: tuple[QuizChoice, ...] = Field(alias="reponses", min_length=2)

    @model_validator(mode="after")
    def _one_is_right(self) -> Quiz:
        if sum(choice.right for choice in self.choices) != 1:
            raise ValueError(f"la question « {self.id} » : une réponse et une seule est juste.")
        return self

    def node(self, id: str, chosen: str = "") -> Node:
        """The card `id`; `chosen` is the key of the answer given, which is then explained."""
        given = next((choice for choice in self.choices if choice.key == chosen), None)
        return {
            "type": "quiz",
            "id": id,
            "label": french(self.question),
            "options": [[choice.key, french(choice.text)] for choice in self.choices],
            "value": given.key if given else "",
            "action": "Voir si c’est juste",
            "tone": ("succes" if given.right else "alerte") if given else "",
            "title": ("C’est juste." if given.right else "Pas tout à fait.") if given else "",
            "text": french(given.why) if given else "",
        }


class _Questions(StrictModel):
    questions: tuple[Quiz, ...] = Field(min_length=1)


def load_quizzes(path: Path) -> tuple[Quiz, ...]:
    """The questions of a TOML file; `ContentError` when it does not hold any."""
    return load_toml(path, _Questions).questions


def boxes(id: str, label: str, options: Sequence[tuple[str, str]], chosen: Sequence[str], most: int) -> Node:
    """Several answers out of a list, `most` at most; the field's value is their keys with commas between them."""
    return {
        "type": "boxes",
        "id": id,
        "label": french(label),
        "options": [[key, french(text)] for key, text in options],
        "value": ",".join(chosen),
        "most": most,
    }


def address(id: str, label: str, place: str, hint: str) -> Node:
    """The whole address of a page of this server, to be copied and sent; `place` is relative to the app's page."""
    return {"type": "address", "id": id, "label": french(label), "address": place, "hint": french(hint)}
