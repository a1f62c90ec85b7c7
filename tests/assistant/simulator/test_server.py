"""The simulator over HTTP, asked by the real client."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator

import pytest

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.simulator.server import SimulatorServer
from atelier_ia.settings import Settings

QUESTION = [{"role": "user", "content": "Quel temps fera-t-il ?"}]


@pytest.fixture
def server(settings: Settings) -> Iterator[SimulatorServer]:
    running = SimulatorServer(settings)
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


def test_same_answers_as_in_process(
    server: SimulatorServer, settings: Settings, with_assistant: Callable[..., Settings]
) -> None:
    """Does the served simulator answer as the embedded one, whole and streamed?"""
    remote = open_assistant(with_assistant(provider="autre", base_url=server.url, model="simulateur-atelier"))
    inside = open_assistant(settings)
    assert remote.ask(QUESTION).text == inside.ask(QUESTION).text
    stream = remote.stream(QUESTION)
    assert "".join(stream) == inside.ask(QUESTION).text
    assert stream.reply.complete


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/v1/models", b"", 200),
        ("GET", "/v1/rien", b"", 404),
        ("GET", "/v1/chat/completions", b"", 405),
        ("POST", "/v1/chat/completions", b"{pas du json", 400),
        ("POST", "/v1/chat/completions", b"[]", 400),
        ("POST", "/v1/chat/completions", b'{"messages": []}', 400),
        ("POST", "/v1/chat/completions", b'{"messages": [null, 3, {"role": "user", "content": {"a": 1}}]}', 200),
        ("POST", "/v1/chat/completions", b"[" * 100_000, 400),
    ],
)
def test_odd_requests(server: SimulatorServer, method: str, path: str, body: bytes, status: int) -> None:
    """Does every request get an answer in the OpenAI shape, whatever it holds?"""
    connection = http.client.HTTPConnection(*server.server_address[:2], timeout=10)
    connection.request(method, path, body)
    answer = connection.getresponse()
    told = json.loads(answer.read())
    connection.close()
    assert answer.status == status
    assert ("error" in told) == (status != 200)
