"""Real local HTTP servers for the tests: they accept what a provider accepts, refuse the rest, break on demand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[["Handler", dict[str, Any]], None]


class Handler(BaseHTTPRequestHandler):
    """One request: `script(handler, body)` answers it."""

    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        body = json.loads(raw) if raw[:1] == b"{" else {"raw": raw}
        self.server.seen.append((self.path, dict(self.headers.items()), body))
        try:
            self.server.script(self, body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def json(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        """Answer with a JSON body."""
        self.bytes(status, json.dumps(body).encode(), "application/json", headers)

    def bytes(self, status: int, data: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        """Answer with these bytes."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def events(self, chunks: list[Any], *, done: bool = True, pause: float = 0.0, length_lies: bool = False) -> None:
        """Answer with server-sent events and close; `length_lies` announces more bytes than come."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        if length_lies:
            self.send_header("Content-Length", "100000")
        self.send_header("Connection", "close")
        self.end_headers()
        for chunk in chunks:
            text = chunk if isinstance(chunk, bytes) else b"data: " + json.dumps(chunk).encode() + b"\n\n"
            self.wfile.write(text)
            self.wfile.flush()
            time.sleep(pause)
        if done:
            self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True


class Server(ThreadingHTTPServer):
    """A scripted server; `seen` holds the requests (path, headers, body)."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = script
        self.seen: list[tuple[str, dict[str, str], dict[str, Any]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the tests."""


@contextmanager
def serve(script: Script) -> Iterator[Server]:
    """A server on loopback for the time of a test."""
    server = Server(script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def piece(content: Any, finish: str | None = None, **more: Any) -> dict[str, Any]:
    """One chunk of a stream, OpenAI's shape."""
    delta = {} if content is None else {"content": content}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice], **more}


def usage_piece() -> dict[str, Any]:
    """The last chunk with `include_usage`: no choice at all."""
    return {**piece(None), "choices": [], "usage": USAGE}


USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


def whole(content: Any, finish: str = "stop", usage: Any = USAGE) -> dict[str, Any]:
    """A whole answer, OpenAI's shape."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
