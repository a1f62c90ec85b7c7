"""The guarded path: nothing leaves unmasked, what comes back is restored."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.assistant import AssistantError, open_assistant
from atelier_ia.settings import load_settings
from atelier_ia.use_cases import drafting
from atelier_ia.use_cases.drafting import Confirmed, DraftingError
from atelier_ia.use_cases.emails import DEFAULT_INSTRUCTION, build_messages

MAIL = "Bonjour, je m'appelle Sandrine Lavergnat, mon numéro est le 06 39 98 41 07. Quand ouvre la mairie ?"


class Provider(httpx2.BaseTransport):
    """An OpenAI-compatible provider that answers with `pieces` and keeps what it was sent."""

    def __init__(self, pieces: list[str], status: int = 200) -> None:
        self.pieces, self.status, self.received = pieces, status, []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.received.append(request.read().decode("utf-8"))
        if self.status != 200:
            return httpx2.Response(self.status, json={"error": {"message": "non"}})
        chunks: list[dict[str, Any]] = [{"delta": {"content": piece}, "finish_reason": None} for piece in self.pieces]
        chunks.append({"delta": {}, "finish_reason": "stop"})
        lines = [
            "data: "
            + json.dumps(
                {
                    "id": "1",
                    "object": "chat.completion.chunk",
                    "created": 1,
                    "model": "m",
                    "choices": [{"index": 0, **chunk}],
                }
            )
            for chunk in chunks
        ]
        body = "\n\n".join([*lines, "data: [DONE]", ""])
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=body.encode())


def run(mail: str, provider: Provider, instruction: str = DEFAULT_INSTRUCTION) -> tuple[str, drafting.Draft]:
    settings = load_settings()
    confirmed = drafting.confirm(drafting.prepare(mail))
    stream = drafting.draft(
        confirmed, instruction, build_messages, settings, assistant=open_assistant(settings, transport=provider)
    )
    shown = "".join(stream)
    return shown, stream.draft


def test_nothing_personal_leaves() -> None:
    """Is what the provider receives free of the person's name and number, and the reply restored?"""
    provider = Provider(["Bonjour [NO", "M_1], la mairie ", "ouvre à 9 h."])
    shown, draft = run(MAIL, provider)
    sent = "".join(provider.received)
    assert "Lavergnat" not in sent
    assert "06 39 98 41 07" not in sent
    assert "[NOM_1]" in sent
    assert shown == draft.text == "Bonjour Sandrine Lavergnat, la mairie ouvre à 9 h."
    assert draft.complete
    assert "Lavergnat" not in repr(drafting.confirm(drafting.prepare(MAIL)))


@given(st.lists(st.integers(1, 12), max_size=12))
def test_any_cut_of_the_stream(cuts: list[int]) -> None:
    """Wherever the stream is cut, even inside a placeholder, is the same text shown?"""
    whole = "Madame [NOM_1], nous rappellerons le [TEL_1] demain. Bien à vous."
    pieces, place = [], 0
    for cut in cuts:
        pieces.append(whole[place : place + cut])
        place += cut
    pieces.append(whole[place:])
    shown, _ = run(MAIL, Provider([piece for piece in pieces if piece]))
    assert shown == "Madame Sandrine Lavergnat, nous rappellerons le 06 39 98 41 07 demain. Bien à vous."


def test_invented_placeholder_is_reported() -> None:
    """Is a placeholder that the model invented named, and left as it is?"""
    shown, draft = run(MAIL, Provider(["Bonjour [NOM_7]."]))
    assert "[NOM_7]" in shown
    assert any("NOM_7" in name for name in draft.unknown)


@pytest.mark.parametrize(
    ("mail", "part"),
    [("  \n ", "collez le vôtre"), ("a" * (drafting.LONGEST_TEXT + 1), "trop long")],
)
def test_text_refused(mail: str, part: str) -> None:
    """Is a text that cannot be drafted from explained?"""
    with pytest.raises(DraftingError, match=part):
        drafting.prepare(mail)


@pytest.mark.parametrize(
    ("instruction", "part"),
    [
        ("", "vide"),
        ("x" * (drafting.LONGEST_INSTRUCTION + 1), "trop longue"),
        ("Réponds à Mme Sandrine Lavergnat, 06 39 98 41 07.", "donnée personnelle"),
    ],
)
def test_instruction_refused(instruction: str, part: str) -> None:
    """Is an instruction that would leak, or ask nothing, refused before anything is sent?"""
    provider = Provider(["Bonjour."])
    with pytest.raises(DraftingError, match=part):
        run(MAIL, provider, instruction)
    assert provider.received == []


def test_default_instruction_passes_the_guard() -> None:
    """Does the instruction we propose pass our own guard?"""
    assert run(MAIL, Provider(["Bonjour."]))[1].complete


def test_waiting_alert_blocks() -> None:
    """Can a text with an unsettled sensitive passage be confirmed?"""
    masking = drafting.prepare("Mon fils est diabétique, peut-il manger à la cantine ?")
    assert masking.alerts
    with pytest.raises(DraftingError, match="décision"):
        drafting.confirm(masking, masking.alerts)
    masked = drafting.remask(
        "Mon fils est diabétique, peut-il manger à la cantine ?",
        [replace(alert, level="masquer") for alert in masking.alerts],
    )
    assert "diabétique" not in drafting.confirm(masked).masking.text


def test_confirmed_cannot_be_made_by_hand() -> None:
    """Can other code pass off an unreviewed text as confirmed?"""
    with pytest.raises(TypeError):
        Confirmed(drafting.prepare(MAIL), object())


def test_provider_failure_is_a_sentence() -> None:
    """Does a provider's refusal come as a French sentence, without the text or the person?"""
    with pytest.raises(AssistantError) as caught:
        run(MAIL, Provider([], status=401))
    assert "Lavergnat" not in str(caught.value)


def test_stop_before_the_first_word() -> None:
    """Does a stop set beforehand leave an incomplete, empty draft rather than an error?"""
    settings, cancel = load_settings(), threading.Event()
    cancel.set()
    stream = drafting.draft(
        drafting.confirm(drafting.prepare(MAIL)),
        DEFAULT_INSTRUCTION,
        build_messages,
        settings,
        assistant=open_assistant(settings, transport=Provider(["Bonjour."])),
        cancel=cancel,
    )
    assert "".join(stream) == ""
    assert not stream.draft.complete
