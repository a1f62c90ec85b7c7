"""The in-process transport: the real `openai` client talks to the simulator exactly as it would to a server."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx2

from atelier_ia.assistant.simulator.protocol import Answer, respond
from atelier_ia.settings import Settings


class SimulatorTransport(httpx2.BaseTransport):
    """Answer `/chat/completions` (whole or streamed) and `/models` without any network."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The HTTP answer to one request of the client."""
        answer = respond(request.method, request.url.path, request.read(), self._settings)
        if answer.events is not None:
            headers = {"content-type": "text/event-stream; charset=utf-8"}
            return httpx2.Response(answer.status, headers=headers, stream=_Events(answer), request=request)
        body = json.dumps(answer.body, ensure_ascii=False).encode()
        return httpx2.Response(
            answer.status, headers={"content-type": "application/json"}, content=body, request=request
        )


class _Events(httpx2.SyncByteStream):
    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.lines()
