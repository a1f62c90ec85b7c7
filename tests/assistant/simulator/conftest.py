"""What the simulator's tests share: its answer to a mail or to notes, with this project's own sheets."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from atelier_ia.assistant import open_assistant
from atelier_ia.use_cases.sandbox import reference_settings
from tests.assistant.simulator.quality_checks import INSTRUCTIONS, LIMITS, ROLE

Reply = Callable[[str], str]
Document = Callable[[str, str], str]


@pytest.fixture
def document(monkeypatch: pytest.MonkeyPatch) -> Document:
    """What a good instruction makes of notes: (use, notes) → the text, plain spaces and apostrophes."""
    monkeypatch.setenv("ATELIER_RACINE", str(Path(__file__).parents[3]))
    settings = reference_settings()

    def ask(use: str, notes: str) -> str:
        content = f"{ROLE}{INSTRUCTIONS[use]}{LIMITS}\n\n<<<TEXTE\n{notes}\nTEXTE>>>"
        text = open_assistant(settings).ask([{"role": "user", "content": content}]).text
        return re.sub(r"[\u00a0\u202f]", " ", text).replace("’", "'")

    return ask


@pytest.fixture
def reply(document: Document) -> Reply:
    """The reply to a mail, asked for as a good instruction asks; plain spaces and apostrophes."""
    return partial(document, "courriel")
