"""What comes back from a model: who answered, what arrived, and what must be said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]


@dataclass(frozen=True)
class Identity:
    """Who answers. `notice` is the French banner that every screen shows."""

    provider: str
    label: str
    model: str
    hosting: str
    simulated: bool
    notice: str


@dataclass(frozen=True)
class Usage:
    """Tokens of one call. `estimated` when the provider gave no count; `euros` is None when no price is known."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False
    euros: float | None = None


@dataclass(frozen=True)
class Reply:
    """A whole answer. `notice` is empty, or French sentences that the screen must show beside the text.

    `data` is the parsed object when a schema was asked for and the answer fits it, else None.
    """

    text: str
    identity: Identity
    complete: bool
    notice: str = ""
    usage: Usage = field(default_factory=Usage)
    data: Any = None
