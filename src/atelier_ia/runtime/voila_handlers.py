"""The pages and the few calls that agents' browsers may make; whatever Voilà offers beyond them is not served."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import tornado.web as web
from jupyter_server.services.kernels.handlers import KernelHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from atelier_ia.runtime.pages import message_page
from atelier_ia.runtime.voila_ready import ReadyPages

# Applications bring their modules as blobs; everything else comes from this server.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: data: blob:; media-src 'self' "
        "data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class FrenchErrors:
    """Errors as French pages, from the template when it can, by ourselves when it cannot; never a traceback."""

    def write_error(self: Any, status_code: int, **kwargs: Any) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        if status_code == 503:
            self.set_header("Retry-After", "60")
        try:
            html = self.render_template(
                "error.html", status_code=status_code, page_config=self.settings["atelier_page"], message=""
            )
        except Exception:
            html = message_page(status_code)
        self.finish(html)


class AppPage(FrenchErrors, TornadoVoilaHandler):
    """One application: the page made in advance when there is one, else a new kernel and the page as its cells run."""

    @web.authenticated
    async def get(self, path: str = "") -> None:
        ready: ReadyPages | None = self.settings.get("atelier_ready")
        html = await ready.take(path) if ready and not self.request.query else None
        if html is None:
            await super().get(path)
        else:
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.set_header("Cache-Control", "no-store")
            await self.finish(html)
        if ready:
            ready.prepare(path)


class Gallery(FrenchErrors, TornadoVoilaTreeHandler):
    """The list of the applications; folders are not browsed."""

    @web.authenticated
    async def get(self, path: str = "") -> None:
        if path.strip("/"):
            raise web.HTTPError(404)
        await super().get("")


class EndSession(VoilaShutdownKernelHandler):
    """A tab that closes ends its session (`navigator.sendBeacon`).

    The beacon cannot carry the header that the XSRF check wants: the kernel's random identifier is the secret, and the
    request must come from one of our own pages.
    """

    def check_xsrf_cookie(self) -> None:
        origin = self.request.headers.get("Origin") or self.request.headers.get("Referer") or ""
        if origin and urlsplit(origin).netloc.casefold() != self.request.host.casefold():
            raise web.HTTPError(403)


class SessionState(KernelHandler):
    """Whether a session still exists; nothing else may be done to it from here."""

    @web.authenticated
    def delete(self, kernel_id: str) -> None:
        raise web.HTTPError(405)


class Ready(web.RequestHandler):
    """Answers when the server can serve: the launcher waits for it, and knows its own by the mark."""

    def get(self) -> None:
        sessions = self.settings["kernel_manager"].sessions
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"lancement": self.settings["atelier_mark"], "sessions": sessions}))


class NoSuchPage(FrenchErrors, web.RequestHandler):
    """Any other address, and requests whose Host is not ours."""

    def initialize(self, status: int = 404) -> None:
        self.status = status

    def render_template(self, *_: Any, **__: Any) -> str:
        return message_page(self.status)

    def prepare(self) -> None:
        raise web.HTTPError(self.status)
