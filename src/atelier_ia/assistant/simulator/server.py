"""The simulator over HTTP, OpenAI-compatible: the same answers for other clients and for tests. Loopback by default."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from atelier_ia.assistant.simulator.protocol import MAX_BODY, Answer, respond
from atelier_ia.settings import Settings


class SimulatorServer(ThreadingHTTPServer):
    """Serve `/v1/chat/completions` and `/v1/models`; `url` is what to put in « assistant.adresse »."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, settings: Settings, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), _Handler)
        self.settings = settings

    @property
    def url(self) -> str:
        """The base URL of this server."""
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no event; nothing of a request is ever printed."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: SimulatorServer

    def log_message(self, *_arguments: Any) -> None:
        """No access log: an address line may hold what people typed."""

    def do_GET(self) -> None:
        self._answer(respond("GET", self.path.split("?")[0], b"", self.server.settings))

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit():
            self.close_connection = True
            self._answer(respond("POST", "/", b"", self.server.settings))
            return
        if int(length) > MAX_BODY:
            self.close_connection = True
            body = b"x" * (MAX_BODY + 1)
        else:
            body = self.rfile.read(int(length))
        self._answer(respond("POST", self.path.split("?")[0], body, self.server.settings))

    def _answer(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.events is None:
            body = json.dumps(answer.body, ensure_ascii=False).encode()
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for line in answer.lines():
            self.wfile.write(line)
        self.wfile.flush()
