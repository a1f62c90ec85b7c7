"""The room's public files; the trainer's board comes behind the hub's login."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tornado.web as web

from atelier_ia.settings import project_root

PREFIX = "/services/salle"
STATIC = Path(__file__).with_name("static")


class Files(web.StaticFileHandler):
    """Style sheets and fonts: the room's own, then those of the applications."""

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        own = STATIC / path
        return str(own if own.is_file() else super().get_absolute_path(root, path))

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        base = str(STATIC) if absolute_path.startswith(str(STATIC)) else root
        checked: str | None = super().validate_absolute_path(base, absolute_path)
        return checked


def application(handlers: list[Any]) -> web.Application:
    """What the proxy shows under `/services/salle/`."""
    shared = project_root() / "voila_apps" / "modele" / "voila" / "templates" / "atelier" / "static"
    return web.Application(
        [(rf"{PREFIX}/statique/(.*)", Files, {"path": str(shared)}), *handlers],
        log_function=lambda _handler: None,
    )
