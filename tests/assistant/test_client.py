"""The assistant's face, on the simulator through the real client."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from atelier_ia.assistant import AssistantError, Cancelled, open_assistant
from atelier_ia.settings import Settings

QUESTION = [{"role": "user", "content": "Quelle est la capitale de la France ?"}]


def test_identity_says_simulator(settings: Settings) -> None:
    """Does the banner say that this is no AI?"""
    identity = open_assistant(settings).identity
    assert identity.simulated
    assert "Simulateur, pas une IA" in identity.notice


def test_stream_and_ask_agree(settings: Settings) -> None:
    """Do the pieces of a stream make the same text as the whole answer?"""
    assistant = open_assistant(settings)
    stream = assistant.stream(QUESTION)
    pieces = list(stream)
    assert len(pieces) > 5
    assert "".join(pieces) == stream.reply.text == assistant.ask(QUESTION).text
    assert stream.reply.complete
    assert stream.reply.usage.completion_tokens > 0
    assert stream.reply.usage.euros == 0


def test_free_question_is_declined(settings: Settings) -> None:
    """Does the simulator say that it cannot answer a free question, and what to configure?"""
    text = open_assistant(settings).ask(QUESTION).text
    assert "pas une IA" in text
    assert "atelier.toml" in text


def test_cancel_keeps_what_arrived(settings: Settings) -> None:
    """Does a stop keep the text that arrived, and say so?"""
    cancel = threading.Event()
    stream = open_assistant(settings).stream(QUESTION, cancel=cancel)
    first = next(stream)
    cancel.set()
    assert list(stream) == []
    assert stream.reply.text == first
    assert not stream.reply.complete
    assert "Arrêté" in stream.reply.notice


def test_cancelled_before_the_start(settings: Settings) -> None:
    """Does a question stopped at once raise `Cancelled`?"""
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        open_assistant(settings).ask(QUESTION, cancel=cancel)


def test_unknown_provider(with_assistant: Callable[..., Settings]) -> None:
    """Is an unknown provider refused in one French sentence that lists the known ones?"""
    with pytest.raises(AssistantError, match="n'existe pas ; choisissez-en un"):
        open_assistant(with_assistant(provider="gpt4all"))


def test_missing_key(with_assistant: Callable[..., Settings]) -> None:
    """Does a provider without its key say which variable to set?"""
    with pytest.raises(AssistantError, match="MISTRAL_API_KEY"):
        open_assistant(with_assistant(provider="mistral")).ask(QUESTION)


def test_import_stays_light() -> None:
    """Does importing the assistant leave the slow client aside?"""
    code = "import sys, atelier_ia.assistant; sys.exit(int('openai' in sys.modules or 'httpx2' in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
