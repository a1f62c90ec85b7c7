"""Every fault of a provider, driven on a real local server: what the person reads, what is kept, what is retried."""

from __future__ import annotations

import json
import logging
import socket
import ssl
import struct
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.assistant import AssistantError, exchange, open_assistant
from atelier_ia.settings import Settings
from tests.assistant.servers import Handler, Script, piece, serve, whole

PROMPT = "Ma phrase tres privee 4242"
MESSAGES = [{"role": "user", "content": PROMPT}]
Configure = Callable[..., Settings]


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "FIRST_PAUSE_SECONDS", 0.01)


def status(code: int, body: Any = None, headers: dict[str, str] | None = None) -> Script:
    return lambda handler, _: handler.json(code, body or {"error": {"message": "non", "type": "x"}}, headers)


def reset(handler: Handler, _: Any) -> None:
    """Cut the connection with a TCP reset."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def silent(handler: Handler, _: Any) -> None:
    time.sleep(2)
    handler.close_connection = True


def truncated_json(handler: Handler, _: Any) -> None:
    handler.bytes(200, json.dumps(whole("Bonjour")).encode()[:60], "application/json")


def latin(handler: Handler, _: Any) -> None:
    handler.bytes(200, '{"choices":[{"message":{"content":"été"}}]}'.encode("latin-1"), "application/json")


def page(handler: Handler, _: Any) -> None:
    handler.bytes(200, b"<html>Portail captif</html>", "text/html")


# name, script, words that the sentence must hold, number of attempts
FAULTS: list[tuple[str, Script, str, int]] = [
    ("reset", reset, "refusée ou coupée", 3),
    ("slow", silent, "pas répondu à temps", 3),
    ("401", status(401), "refuse la clé", 1),
    ("403", status(403, {"detail": "Invalid API key."}), "refuse la clé", 1),
    ("404", status(404, {"detail": "Model not found"}), "ne connaît pas le modèle", 1),
    ("407", status(407), "proxy", 1),
    ("413", status(413), "trop long", 1),
    ("422", status(422, {"detail": [{"loc": ["body", "x"], "msg": "extra", "type": "extra_forbidden"}]}), "forme", 1),
    ("424", status(424, {"detail": "provider unreachable"}), "indisponible", 3),
    ("429", status(429), "limite le nombre de demandes", 3),
    ("429 wait", status(429, None, {"Retry-After": "0.05"}), "limite le nombre de demandes", 3),
    ("429 long", status(429, None, {"Retry-After": "90"}), "dans 90 secondes", 1),
    ("429 money", status(429, {"error": {"message": "x", "code": "insufficient_quota"}}), "crédit", 1),
    ("400 budget", status(400, {"detail": "Insufficient budget."}), "crédit", 1),
    ("400 context", status(400, {"error": {"message": "maximum context length is 8192"}}), "trop long", 1),
    ("500", status(500), "indisponible", 3),
    ("502", status(502, {"detail": "bad gateway"}), "indisponible", 3),
    ("503", status(503, {"detail": "Model is too busy"}, {"Retry-After": "0"}), "indisponible", 3),
    ("418", status(418), "code 418", 1),
    ("truncated json", truncated_json, "illisible", 3),
    ("encoding", latin, "illisible", 3),
    ("empty", lambda handler, _: handler.json(200, whole("")), "illisible", 3),
    ("no choice", lambda handler, _: handler.json(200, {"choices": []}), "illisible", 3),
    ("html", page, "illisible", 3),
]


@pytest.mark.parametrize(("script", "words", "attempts"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_fault_is_explained(
    with_assistant: Configure, caplog: pytest.LogCaptureFixture, script: Script, words: str, attempts: int
) -> None:
    """Does each fault give one French sentence, the right number of attempts, and a log without content?"""
    with serve(script) as server, caplog.at_level(logging.DEBUG):
        settings = with_assistant(provider="autre", base_url=server.url, model="petit", timeout_seconds=0.3)
        with pytest.raises(AssistantError) as caught:
            open_assistant(settings).ask(MESSAGES)
        assert words in str(caught.value)
        assert len(server.seen) == attempts
    assert PROMPT not in caplog.text
    assert "sans-cle" not in caplog.text
    assert "categorie=" in caplog.text


def test_refused(with_assistant: Configure) -> None:
    """Is a server that is not started named, with what to do?"""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = with_assistant(provider="ollama", base_url=f"http://127.0.0.1:{port}/v1", model="m")
    with pytest.raises(AssistantError, match="démarrez ce serveur"):
        open_assistant(settings).ask(MESSAGES)


def test_recovers_after_faults(with_assistant: Configure) -> None:
    """Does a provider that fails twice, then answers, give its answer?"""
    codes = [503, 429]

    def script(handler: Handler, body: Any) -> None:
        if codes:
            status(codes.pop(), None, {"Retry-After": "0"})(handler, body)
        else:
            handler.json(200, whole("Enfin."))

    with serve(script) as server:
        settings = with_assistant(provider="autre", base_url=server.url, model="m")
        assert open_assistant(settings).ask(MESSAGES).text == "Enfin."


@pytest.mark.parametrize(
    ("script", "notice"),
    [
        (lambda h, _: h.events([piece("Bonjour "), piece("la")], done=False), "coupée"),
        (lambda h, _: h.events([piece("Bonjour "), piece("la")], done=False, length_lies=True), "coupée"),
        (lambda h, _: h.events([piece("Bonjour "), piece("la"), b'data: {"choi'], done=False), "coupée"),
        (lambda h, _: h.events([piece("Bonjour "), piece("la"), {"error": {"message": "boum"}}]), "coupée"),
        (lambda h, _: h.events([piece("Bonjour "), piece("la"), b"data: \xe9t\xe9\n\n"]), "coupée"),
        (lambda h, _: h.events([piece("Bonjour "), piece("la"), piece(None, "length")]), "longueur maximale"),
    ],
    ids=["no end", "short body", "truncated event", "error event", "encoding", "length"],
)
def test_cut_stream_keeps_what_arrived(with_assistant: Configure, script: Script, notice: str) -> None:
    """Does a stream cut midway keep its text and say so, without a second request?"""
    with serve(script) as server:
        settings = with_assistant(provider="autre", base_url=server.url, model="m", timeout_seconds=2)
        stream = open_assistant(settings).stream(MESSAGES)
        assert "".join(stream) == "Bonjour la"
        assert not stream.reply.complete
        assert notice in stream.reply.notice
        assert len(server.seen) == 1


def test_silence_midway(with_assistant: Configure) -> None:
    """Does a stream that falls silent end by itself, its text kept?"""

    def script(handler: Handler, _: Any) -> None:
        handler.events([piece("Bonjour")], done=False, pause=2)

    with serve(script) as server:
        settings = with_assistant(provider="autre", base_url=server.url, model="m", timeout_seconds=0.3)
        stream = open_assistant(settings).stream(MESSAGES)
        assert "".join(stream) == "Bonjour"
        assert "coupée" in stream.reply.notice


@pytest.mark.parametrize("by_length", [True, False])
def test_endless_stream_is_stopped(with_assistant: Configure, monkeypatch: pytest.MonkeyPatch, by_length: bool) -> None:
    """Is a stream that never ends stopped, by its length or by its duration?"""
    if by_length:
        monkeypatch.setattr(exchange, "MAX_CHARACTERS", 500)

    def script(handler: Handler, _: Any) -> None:
        handler.events([piece("encore ")] * (2000 if by_length else 200), pause=0 if by_length else 0.02)

    with serve(script) as server:
        settings = with_assistant(provider="autre", base_url=server.url, model="m", timeout_seconds=0.1)
        stream = open_assistant(settings).stream(MESSAGES)
        text = "".join(stream)
        assert text.startswith("encore encore ")
        assert len(text) < 2000
        assert "ne finissait pas" in stream.reply.notice


def test_cancel_while_silent(with_assistant: Configure) -> None:
    """Does the stop button work while the provider says nothing?"""
    cancel = threading.Event()
    with serve(silent) as server:
        settings = with_assistant(provider="autre", base_url=server.url, model="m")
        stream = open_assistant(settings).stream(MESSAGES, cancel=cancel)
        threading.Timer(0.2, cancel.set).start()
        assert list(stream) == []
        assert "Arrêté" in stream.reply.notice


@pytest.mark.parametrize("script", [silent, status(401)], ids=["silent", "refused"])
def test_simulator_takes_over(with_assistant: Configure, script: Script) -> None:
    """In a live demonstration, does the simulator take over, and does the banner say so?"""
    with serve(script) as server:
        settings = with_assistant(
            provider="autre", base_url=server.url, model="m", fallback="simulateur", fallback_after_seconds=0.2
        )
        stream = open_assistant(settings).stream(MESSAGES)
        assert "pas une IA" in "".join(stream)
        assert stream.reply.complete
        assert stream.reply.identity.simulated
        assert "cette réponse vient du simulateur" in stream.reply.notice


def test_no_switch_once_text_has_come(with_assistant: Configure) -> None:
    """Is an answer that has begun never replaced by the simulator's?"""

    def script(handler: Handler, _: Any) -> None:
        handler.events([piece("Une "), piece("vraie "), piece("réponse"), piece(None, "stop")], pause=0.6)

    with serve(script) as server:
        settings = with_assistant(
            provider="autre", base_url=server.url, model="m", fallback="simulateur", fallback_after_seconds=1.2
        )
        stream = open_assistant(settings).stream(MESSAGES)
        assert "".join(stream) == "Une vraie réponse"
        assert not stream.reply.identity.simulated


def test_unknown_certificate(with_assistant: Configure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a proxy that signs with its own certificate: is it explained, and does SSL_CERT_FILE solve it?"""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = [
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
        *("-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)),
    ]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serve(lambda handler, _: handler.json(200, whole("Oui."))) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        url = f"https://localhost:{server.server_address[1]}/v1"
        settings = with_assistant(provider="autre", base_url=url, model="m", timeout_seconds=5)
        with pytest.raises(AssistantError, match="SSL_CERT_FILE"):
            open_assistant(settings).ask(MESSAGES)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert open_assistant(settings).ask(MESSAGES).text == "Oui."


def test_proxy_that_refuses(with_assistant: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a proxy of the environment used for a remote provider, and its refusal explained?"""
    with serve(status(407)) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.removesuffix("/v1"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        settings = with_assistant(provider="autre", base_url="http://ia.example/v1", model="m", timeout_seconds=2)
        with pytest.raises(AssistantError, match="proxy"):
            open_assistant(settings).ask(MESSAGES)
        assert proxy.seen


def test_loopback_passes_no_proxy(with_assistant: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a server of this machine reached directly, whatever the proxy variables say?"""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with serve(lambda handler, _: handler.json(200, whole("Direct."))) as server:
        settings = with_assistant(provider="vllm", base_url=server.url, model="m")
        assert open_assistant(settings).ask(MESSAGES).text == "Direct."
