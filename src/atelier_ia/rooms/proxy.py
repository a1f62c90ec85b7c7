"""The door of a room: a reverse proxy that JupyterHub starts and steers like its usual `configurable-http-proxy`.

Same command line, same REST API, same behaviour, without Node.js: a trainer's laptop often has none, and no network to
fetch it. JupyterHub's own `ConfigurableHTTPProxy` class manages it; on a server that has Node, the original fits too.

Run as `python -m atelier_ia.rooms.proxy --ip … --port … --api-ip … --api-port … --error-target …` by the hub.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hmac
import json
import logging
import os
import ssl
import sys
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web
from yarl import URL

from atelier_ia.runtime.pages import page

TOKEN_VARIABLE = "CONFIGPROXY_AUTH_TOKEN"
CHUNK = 64 * 1024
_HOP_BY_HOP = {
    *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailers", "transfer-encoding"),
    *("upgrade", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port", "x-real-ip"),
}
_WEBSOCKET = {"sec-websocket-key", "sec-websocket-version", "sec-websocket-extensions", "sec-websocket-protocol"}


class Routes:
    """Path prefix → where it goes, with when it was last used; the longest prefix wins."""

    def __init__(self) -> None:
        self._table: dict[str, dict[str, Any]] = {}

    def add(self, prefix: str, data: dict[str, Any]) -> None:
        """Add or replace a route; `data` holds `target` and whatever the hub keeps with it."""
        self._table[_clean(prefix)] = {**data, "last_activity": _now()}

    def remove(self, prefix: str) -> bool:
        """Whether there was one."""
        return self._table.pop(_clean(prefix), None) is not None

    def all(self) -> dict[str, dict[str, Any]]:
        """Every route, as the hub reads them."""
        return dict(self._table)

    def find(self, path: str) -> dict[str, Any] | None:
        """The route of a path."""
        prefix = _clean(path)
        while True:
            if prefix in self._table:
                return self._table[prefix]
            if prefix == "/":
                return None
            prefix = prefix.rpartition("/")[0] or "/"


def _clean(prefix: str) -> str:
    return "/" + prefix.strip("/")


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


class Door:
    """The two applications: the public one, and the hub's."""

    def __init__(self, token: str, error_target: str, secure: bool) -> None:
        self.routes = Routes()
        self._token, self._error_target, self._secure = token, error_target, secure
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connections towards the servers behind, opened in the running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=30),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=10),
                max_line_size=65536,
                max_field_size=65536,
            )
        return self._session

    async def close(self) -> None:
        """Close the connections behind."""
        if self._session is not None:
            await self._session.close()

    async def api(self, request: web.Request) -> web.Response:
        """`/api/routes`, for the hub only."""
        given = request.headers.get("Authorization", "").removeprefix("token ").strip()
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return web.Response(status=403)
        prefix = "/" + request.match_info.get("prefix", "")
        if request.method == "POST":
            try:
                data = await request.json()
                data["target"] = str(URL(data["target"]))
            except (ValueError, KeyError, TypeError):
                return web.Response(status=400)
            self.routes.add(prefix, data)
            return web.Response(status=201)
        if request.method == "DELETE":
            return web.Response(status=204 if self.routes.remove(prefix) else 404)
        return web.json_response(self.routes.all())

    async def public(self, request: web.Request) -> web.StreamResponse:
        """Anything else: pass it to the server behind."""
        route = self.routes.find(request.path)
        if route is None:
            return await self._failure(request, 404)
        route["last_activity"] = _now()
        target = URL(route["target"]).origin().join(URL(request.raw_path, encoded=True))
        try:
            if request.headers.get("Upgrade", "").lower() == "websocket":
                return await self._websocket(request, target, route)
            return await self._plain(request, target)
        except (aiohttp.ClientError, OSError, TimeoutError):
            return await self._failure(request, 503)

    def _headers(self, request: web.Request, dropped: set[str]) -> list[tuple[str, str]]:
        kept = [(name, value) for name, value in request.headers.items() if name.lower() not in dropped]
        return [
            *kept,
            ("X-Forwarded-For", request.remote or ""),
            ("X-Forwarded-Proto", "https" if self._secure else "http"),
            ("X-Forwarded-Host", request.host),
            ("X-Real-IP", request.remote or ""),
        ]

    async def _plain(self, request: web.Request, target: URL) -> web.StreamResponse:
        body = request.content if request.body_exists else None
        async with self.session.request(
            request.method, target, headers=self._headers(request, _HOP_BY_HOP), data=body, allow_redirects=False,
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
        ) as reply:  # fmt: skip
            response = web.StreamResponse(status=reply.status, reason=reply.reason)
            for name, value in reply.headers.items():
                if name.lower() not in _HOP_BY_HOP:
                    response.headers.add(name, value)
            await response.prepare(request)
            try:
                async for piece in reply.content.iter_chunked(CHUNK):
                    await response.write(piece)
            except (aiohttp.ClientError, OSError):  # it broke half-way: so does ours, the browser will see it
                if request.transport is not None:
                    request.transport.close()
                return response
            await response.write_eof()
            return response

    async def _websocket(self, request: web.Request, target: URL, route: dict[str, Any]) -> web.StreamResponse:
        wanted = [part.strip() for part in request.headers.get("Sec-WebSocket-Protocol", "").split(",") if part.strip()]
        headers = dict(self._headers(request, _HOP_BY_HOP | _WEBSOCKET))
        options: dict[str, Any] = {"protocols": wanted, "max_msg_size": 0, "autoping": False, "autoclose": False}
        try:
            behind = await self.session.ws_connect(
                target.with_scheme("wss" if target.scheme == "https" else "ws"), headers=headers, **options
            )
        except aiohttp.WSServerHandshakeError as error:
            return web.Response(status=error.status)
        async with behind:
            chosen = (behind.protocol,) if behind.protocol else ()
            front = web.WebSocketResponse(protocols=chosen, max_msg_size=0, autoping=False, autoclose=False)
            await front.prepare(request)
            tasks = [
                asyncio.create_task(_relay(front, behind, route)),
                asyncio.create_task(_relay(behind, front, route)),
            ]
            _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in pending:
                task.cancel()
            for side in (front, behind):
                with contextlib.suppress(Exception):
                    await side.close()
            return front

    async def _failure(self, request: web.Request, status: int) -> web.StreamResponse:
        """The hub's own error page; a plain one when the hub itself does not answer."""
        if self._error_target:
            address = URL(f"{self._error_target.rstrip('/')}/{status}").with_query(url=request.path_qs)
            with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                async with self.session.get(
                    address, timeout=aiohttp.ClientTimeout(total=10), headers={"Accept-Encoding": "identity"}
                ) as reply:
                    body = await reply.read()
                    return web.Response(status=status, body=body, content_type="text/html", charset="utf-8")
        text = page(
            "L’atelier reprend son souffle",
            "<p>Rien n’est perdu : votre travail est enregistré. Rechargez la page dans quelques secondes.</p>",
        )
        return web.Response(status=status, text=text, content_type="text/html")


async def _relay(source: Any, target: Any, route: dict[str, Any]) -> None:
    """Messages of one side to the other, pings included, until it closes."""
    async for message in source:
        route["last_activity"] = _now()
        if message.type is aiohttp.WSMsgType.TEXT:
            await target.send_str(message.data)
        elif message.type is aiohttp.WSMsgType.BINARY:
            await target.send_bytes(message.data)
        elif message.type is aiohttp.WSMsgType.PING:
            await target.ping(message.data)
        elif message.type is aiohttp.WSMsgType.PONG:
            await target.pong(message.data)
        else:
            return


def arguments_of(line: list[str]) -> argparse.Namespace:
    """The options that JupyterHub gives; those of the original that mean nothing here are ignored."""
    parser = argparse.ArgumentParser(prog="atelier_ia.rooms.proxy")
    parser.add_argument("--ip", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--api-ip", default="127.0.0.1")
    parser.add_argument("--api-port", type=int, default=8001)
    parser.add_argument("--error-target", default="")
    parser.add_argument("--ssl-key", default="")
    parser.add_argument("--ssl-cert", default="")
    return parser.parse_known_args(line)[0]


async def serve(options: argparse.Namespace, token: str) -> None:
    """Serve both applications until cancelled."""
    context = None
    if options.ssl_cert:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.ssl_cert, options.ssl_key or None)
    door = Door(token, options.error_target, context is not None)
    public, api = web.Application(client_max_size=0), web.Application()
    public.router.add_route("*", "/{path:.*}", door.public)
    for path in ("/api/routes", "/api/routes/{prefix:.*}"):
        api.router.add_route("*", path, door.api)
    runners = []
    for app, address, port, secure in (
        (public, options.ip or None, options.port, context),
        (api, options.api_ip or None, options.api_port, None),
    ):
        runner = web.AppRunner(app, access_log=None, auto_decompress=False, max_line_size=65536, max_field_size=65536)
        await runner.setup()
        await web.TCPSite(runner, address, port, ssl_context=secure, backlog=256).start()
        runners.append(runner)
    try:
        await asyncio.Event().wait()
    finally:
        for runner in runners:
            await runner.cleanup()
        await door.close()


def main(line: list[str]) -> None:
    """Entry point; ends with the hub's signal."""
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # it would log whole addresses
    token = os.environ.pop(TOKEN_VARIABLE, "")
    if not token:
        sys.exit(json.dumps({"erreur": f"{TOKEN_VARIABLE} manque"}))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments_of(line), token))


if __name__ == "__main__":
    main(sys.argv[1:])
