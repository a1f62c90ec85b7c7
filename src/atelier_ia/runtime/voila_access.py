"""Who may open the agents' applications: anybody on this very machine, people with the access code elsewhere.

Never an account nor a name: the code opens the door of the room, it does not say who enters.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import socket
import time
from collections import defaultdict, deque
from typing import Any, ClassVar

import tornado.web as web
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.httputil import split_host_and_port
from traitlets import Unicode

from atelier_ia.runtime.pages import access_page

COOKIE = "atelier-acces"
TRIES_PER_MINUTE = 10


class AccessCode(IdentityProvider):
    """Everybody is the same anonymous person; with a `code`, only those who have typed it."""

    code = Unicode("", config=True, help="Empty: no code is asked (loopback only).")

    @property
    def auth_enabled(self) -> bool:
        return bool(self.code)

    def get_user(self, handler: web.RequestHandler) -> User | None:
        if not self.code or handler.get_secure_cookie(COOKIE) == b"oui":
            return User(username="agent", name="Agent", display_name="Agent")
        return None

    def get_handlers(self) -> list[tuple[str, Any]]:
        return []


class AccessPage(web.RequestHandler):
    """Asks for the code, once per browser and per start of the server."""

    _tries: ClassVar[dict[str, deque[float]]] = defaultdict(deque)

    def initialize(self, identity: AccessCode, home: str) -> None:
        self.identity, self.home = identity, home

    def get(self) -> None:
        self._show("")

    async def post(self) -> None:
        tries, now = self._tries[str(self.request.remote_ip)], time.monotonic()
        while tries and now - tries[0] > 60:
            tries.popleft()
        if len(tries) >= TRIES_PER_MINUTE:
            self.set_status(429)
            self._show("Trop d’essais. Attendez une minute, puis recommencez.")
            return
        if hmac.compare_digest(_plain(self.get_body_argument("code", "")), _plain(self.identity.code)):
            self.set_secure_cookie(COOKIE, "oui", expires_days=None, httponly=True, samesite="Lax")
            self.redirect(self._next())
            return
        tries.append(now)
        await asyncio.sleep(0.5)
        self.set_status(403)
        self._show("Ce n’est pas le bon code. Demandez-le à la personne qui anime la séance.")

    def _show(self, problem: str) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(access_page(problem, self._next()))

    def _next(self) -> str:
        """Where to go then: a path of this server, never another site."""
        wanted: str = self.get_argument("next", self.home)
        return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else self.home


def _plain(code: str) -> bytes:
    """A code as it is compared: people add spaces and capitals."""
    return "".join(code.split()).casefold().encode()


def is_loopback(address: str) -> bool:
    """Whether `address` (host name or IP) is this very machine only."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def host_allowed(host: str, own_names: frozenset[str]) -> bool:
    """Whether a request's `Host` is one of ours: an IP address or a name of this machine.

    A foreign name pointing at this address (DNS rebinding) is how a web page elsewhere would reach a local server.
    """
    name, _ = split_host_and_port(host.casefold())
    name = name.strip("[]").rstrip(".")
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in own_names
    return True


def own_names(extra: tuple[str, ...] = ()) -> frozenset[str]:
    """The names under which this machine may be asked for."""
    host = socket.gethostname().casefold()
    return frozenset({"localhost", host, f"{host.partition('.')[0]}.local", *(name.casefold() for name in extra)})
