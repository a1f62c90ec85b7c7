"""The simulator's wire format, OpenAI-compatible, shared by the in-process transport and `atelier simulateur`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from atelier_ia.assistant.providers import SIMULATOR, find_provider
from atelier_ia.assistant.simulator.compose import compose
from atelier_ia.settings import Settings

MAX_BODY = 4_000_000  # bytes; a request over it is refused with 413, as real servers do
CREATED = 1_767_225_600  # fixed: the simulator is deterministic


@dataclass(frozen=True)
class Answer:
    """One HTTP answer: `body` as JSON, or `events` (server-sent events)."""

    status: int
    body: dict[str, Any] | None = None
    events: tuple[dict[str, Any], ...] | None = None

    def lines(self) -> Iterator[bytes]:
        """The bytes of the event stream, `[DONE]` included."""
        for event in self.events or ():
            yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
        yield b"data: [DONE]\n\n"


def respond(method: str, path: str, body: bytes, settings: Settings) -> Answer:
    """The answer to one HTTP request; faults in OpenAI's error shape, in French."""
    path = path.rstrip("/")
    if method == "GET" and path.endswith("/models"):
        return Answer(200, {"object": "list", "data": [_model()]})
    if not path.endswith("/chat/completions"):
        return _refusal(404, "Le simulateur ne connaît que /v1/chat/completions et /v1/models.")
    if method != "POST":
        return _refusal(405, "Utilisez POST pour poser une question au simulateur.")
    if len(body) > MAX_BODY:
        return _refusal(413, "La demande est trop longue pour le simulateur.")
    try:
        request = json.loads(body)
    except (ValueError, RecursionError):
        return _refusal(400, "Le corps de la demande n'est pas du JSON.")
    if not isinstance(request, dict) or not isinstance(request.get("messages"), list) or not request["messages"]:
        return _refusal(400, "La demande doit contenir « messages », une liste non vide.")
    text = compose(request, settings)
    usage = _usage(request, text)
    if request.get("stream"):
        options = request.get("stream_options")
        with_usage = isinstance(options, dict) and bool(options.get("include_usage"))
        return Answer(200, events=tuple(_events(text, usage if with_usage else None)))
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return Answer(200, {**_head("chat.completion"), "choices": [choice], "usage": usage})


def pieces(text: str) -> list[str]:
    """`text` cut where a model would: a word with the spaces before it."""
    return re.findall(r"\s*\S+|\s+\Z", text)


def _events(text: str, usage: dict[str, int] | None) -> Iterator[dict[str, Any]]:
    head = _head("chat.completion.chunk")
    yield {**head, "choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]}
    for piece in pieces(text):
        yield {**head, "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
    yield {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    if usage is not None:
        yield {**head, "choices": [], "usage": usage}


def _head(kind: str) -> dict[str, Any]:
    return {"id": "simulateur-1", "object": kind, "created": CREATED, "model": find_provider(SIMULATOR).model}


def _model() -> dict[str, Any]:
    provider = find_provider(SIMULATOR)
    return {"id": provider.model, "object": "model", "created": CREATED, "owned_by": "atelier-ia"}


def _usage(request: dict[str, Any], text: str) -> dict[str, int]:
    """Token counts, as words: the simulator has no tokens, and costs nothing."""
    asked = sum(len(str(m.get("content") or "").split()) for m in request["messages"] if isinstance(m, dict))
    said = len(text.split())
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def _refusal(status: int, message: str) -> Answer:
    return Answer(status, {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}})
