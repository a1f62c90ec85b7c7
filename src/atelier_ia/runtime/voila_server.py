"""The agents' applications: a Voilà of its own, that serves `voila_apps/` and nothing else.

Run as `python -m atelier_ia.runtime.voila_server FD CONFIG` by the launcher only. It differs from stock Voilà by what
it leaves out (contents, other templates, other people's configuration) and by compression, caching, a maximum of
sessions, sessions that end with their tab, an access code beyond this machine, and French errors.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import re
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

from atelier_ia.runtime.imports import skip_slow_imports

skip_slow_imports()

from jupyter_core.utils import run_sync  # noqa: E402
from jupyter_server.base.handlers import FileFindHandler  # noqa: E402
from jupyter_server.services.kernels.handlers import KernelHandler  # noqa: E402
from tornado.httpserver import HTTPServer  # noqa: E402
from tornado.ioloop import IOLoop  # noqa: E402
from tornado.web import Application, RedirectHandler  # noqa: E402
from traitlets.config import Config  # noqa: E402
from voila.app import Voila  # noqa: E402
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler  # noqa: E402
from voila.static_file_handler import (  # noqa: E402
    AllowListFileHandler,
    MultiStaticFileHandler,
    TemplateStaticFileHandler,
)
from voila.tornado.contentshandler import VoilaContentsHandler  # noqa: E402
from voila.tornado.handler import TornadoVoilaHandler  # noqa: E402
from voila.tornado.treehandler import TornadoVoilaTreeHandler  # noqa: E402

from atelier_ia.runtime import voila_handlers as pages  # noqa: E402
from atelier_ia.runtime import voila_ready as ready  # noqa: E402
from atelier_ia.runtime import voila_static as static  # noqa: E402
from atelier_ia.runtime.kernel_messages import CheckedMessages  # noqa: E402
from atelier_ia.runtime.processes import die_with_parent  # noqa: E402
from atelier_ia.runtime.voila_access import AccessCode, AccessPage, host_allowed, own_names  # noqa: E402
from atelier_ia.runtime.voila_config import AgentsConfig  # noqa: E402
from atelier_ia.runtime.voila_kernels import BoundedKernels, default_limit  # noqa: E402
from atelier_ia.runtime.voila_rendering import install  # noqa: E402
from atelier_ia.runtime.warm.protocol import WARM_VARIABLE  # noqa: E402

SPARES_AT_START = 7  # pages made in advance, from the top of the gallery: daily work first
FIRST_SPARES_AFTER = 3.0  # seconds: JupyterLab and the template process are starting beside us
MAX_UPLOAD = 64 * 2**20  # bytes: a long recording of a meeting
_OURS: dict[type, type | None] = {
    TornadoVoilaHandler: pages.AppPage,
    TornadoVoilaTreeHandler: pages.Gallery,
    VoilaShutdownKernelHandler: pages.EndSession,
    KernelHandler: pages.SessionState,
    VoilaContentsHandler: None,
    TemplateStaticFileHandler: static.TemplateFile,
    MultiStaticFileHandler: static.VoilaFile,
    FileFindHandler: static.ExtensionFile,
    AllowListFileHandler: static.AppFile,
}


class GuardedApplication(Application):
    """A tornado application that refuses requests made under a name that is not this machine's."""

    def find_handler(self, request: Any, **kwargs: Any) -> Any:
        public = self.settings["atelier_public"]
        inside = host_allowed(request.host, self.settings["atelier_names"])
        if not inside and not (host_allowed(request.host, public["names"]) and public["pages"].match(request.path)):
            return self.get_handler_delegate(request, pages.NoSuchPage, {"status": 421})
        return super().find_handler(request, **kwargs)


class AgentsServer(Voila):
    """Voilà on the launcher's socket, with the handlers of this package."""

    descriptor: int
    agents: AgentsConfig

    def init_settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = super().init_settings()
        page = {"atelier": {"commune": self.agents.commune, "applications": applications(Path(self.root_dir))}}
        return settings | {
            "compress_response": True,
            "headers": pages.SECURITY_HEADERS,
            "default_handler_class": pages.NoSuchPage,
            "log_function": log_request,
            "login_url": settings["login_url"] if self.agents.identity else f"{self.base_url}acces",
            "websocket_max_message_size": MAX_UPLOAD,
            "atelier_cache": self.agents.cache,
            "atelier_mark": self.agents.mark,
            "atelier_names": own_names(self.agents.names),
            "atelier_page": page,
            "atelier_public": {
                "names": frozenset(name.casefold() for name in self.agents.public_names),
                "pages": re.compile("|".join(f"(?:{pattern})$" for pattern, _ in self.public_pages()) or "(?!)"),
            },
        }

    def public_pages(self) -> list[Any]:
        """The pages of the modules that the configuration names: the launcher knows them, this room does not."""
        modules = [importlib.import_module(name) for name in self.agents.pages]
        return [route for module in modules for route in module.routes(self.base_url)]

    def doors(self) -> list[Any]:
        """The pages by which people come in: the hub's, or our page that asks for the code."""
        if self.agents.identity:
            return []  # Voilà adds those of the identity provider
        return [(f"{self.base_url}acces", AccessPage, {"identity": self.identity_provider, "home": self.base_url})]

    def short_addresses(self) -> list[Any]:
        """The addresses that people can type or be sent, each leading to its application."""
        return [
            (
                f"{self.base_url}{app['adresse']}/?",
                RedirectHandler,
                {"url": f"{self.base_url}voila/render/{app['chemin']}", "permanent": False},
            )
            for app in applications(Path(self.root_dir))
            if re.fullmatch(r"[a-z-]+", app["adresse"])
        ]

    def init_handlers(self) -> list[Any]:
        handlers: list[Any] = [
            *self.public_pages(),
            *self.doors(),
            (f"{self.base_url}pret", pages.Ready),
            *self.short_addresses(),
        ]
        for pattern, stock, *rest in super().init_handlers():
            ours = _OURS.get(stock, stock)
            if ours is not None:
                handlers.append((pattern, ours, *rest))
        return handlers

    def start(self) -> None:
        """Serve until SIGTERM."""
        folder = Path(self.agents.running) / "v"
        folder.mkdir(mode=0o700, exist_ok=True)
        self.connection_dir = str(folder)
        self.app = GuardedApplication(**self.init_settings())
        self.app.add_handlers(".*$", self.init_handlers())
        install(self)
        server = HTTPServer(self.app, max_buffer_size=MAX_UPLOAD)
        server.add_socket(socket.socket(fileno=self.descriptor))
        self.ioloop = IOLoop.current()
        if os.environ.get(WARM_VARIABLE):
            spares = self.app.settings["atelier_ready"] = ready.ReadyPages(self)
            self.ioloop.call_later(FIRST_SPARES_AFTER, self._prepare_spares, spares)
        try:
            self.ioloop.start()
        finally:
            server.stop()
            run_sync(self.kernel_manager.shutdown_all)()
            shutil.rmtree(self.connection_dir, ignore_errors=True)

    def _prepare_spares(self, spares: ready.ReadyPages) -> None:
        """Make the first spare pages once the template process is there: started normally they would cost too much."""
        if Path(os.environ[WARM_VARIABLE]).exists():
            first = applications(Path(self.root_dir))[:SPARES_AT_START]
            spares.prepare_all(app["chemin"] for app in first)
        else:
            self.ioloop.call_later(1.0, self._prepare_spares, spares)


def traitlets(config: AgentsConfig) -> Config:
    """Voilà's settings: one template that the address cannot change, no source, no traceback, French."""
    return Config(
        {
            "Voila": {
                "root_dir": config.folder,
                "config_file_paths": [],
                "open_browser": False,
                "identity_provider_class": identity_class(config.identity),
                "kernel_websocket_connection_class": CheckedMessages,
                "log_level": logging.WARNING,
                "base_url": config.base_url,
            },
            "AccessCode": {"code": config.code},
            "HubDoor": {"base_url": config.base_url},
            "BoundedKernels": {"limit": config.limit or default_limit()},
            "MappingKernelManager": {"cull_idle_timeout": 300, "cull_interval": 15},
            "KernelManager": {"transport": "ipc"},
            # A kernel that died is not started again behind the page's back: without its app it would answer nothing.
            # The page is told, and asks for a new one with what was typed.
            "KernelRestarter": {"restart_limit": 0},
            "VoilaConfiguration": {
                "template": config.template,
                "theme": "light",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "classic_tree": True,
                "strip_sources": True,
                "show_tracebacks": False,
                "file_allowlist": [r".*\.(png|jpe?g|webp|svg)"],
                "extension_allowlist": [
                    "@jupyter-widgets/jupyterlab-manager",
                    "@voila-dashboards/widgets-manager8",
                    "anywidget",
                ],
                "multi_kernel_manager_class": BoundedKernels,
                "page_config_hook": page_config,
            },
            "VoilaExecutor": {
                "timeout": 60,
                "cell_error_instruction": "Rechargez la page ; si cela recommence, prévenez votre référent.",
                "cell_timeout_instruction": "Rechargez la page ; si cela recommence, prévenez votre référent.",
            },
            "HTMLExporter": {"language_code": "fr"},
        }
    )


def identity_class(name: str) -> type:
    """Who decides who comes in: our access code, or the class that `module:class` names."""
    if not name:
        return AccessCode
    module, _, member = name.partition(":")
    found: type = getattr(importlib.import_module(module), member)
    return found


def page_config(config: dict[str, Any], *, settings: dict[str, Any], **_: Any) -> dict[str, Any]:
    """What our templates know besides the notebook: the commune and the applications; no address of another host."""
    config.update(settings["atelier_page"])
    config["fullMathjaxUrl"] = ""
    return config


def applications(folder: Path) -> list[dict[str, Any]]:
    """The applications of `folder`, from their notebooks' metadata, in the order that those give.

    `metadata.title` is the title; `metadata.atelier` holds `resume`, `duree`, `public`, `famille` (the heading that it
    stands under), `ordre` and `adresse` (a short one, small letters), all optional.
    """
    found = []
    for path in sorted(folder.glob("*.ipynb")):
        try:
            metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        except (OSError, ValueError, KeyError):
            continue
        own = metadata.get("atelier", {})
        found.append(
            {
                "chemin": path.name,
                "titre": metadata.get("title") or path.stem.replace("_", " ").capitalize(),
                "resume": own.get("resume", ""),
                "duree": own.get("duree", ""),
                "public": own.get("public", ""),
                "famille": own.get("famille", ""),
                "ordre": own.get("ordre", 999),
                "adresse": own.get("adresse", ""),
            }
        )
    return sorted(found, key=lambda app: (app["ordre"], app["titre"]))


def log_request(handler: Any) -> None:
    """One line for failures only, without what follows `?` (a person's words may stand there)."""
    status = handler.get_status()
    if status >= 400:
        request = handler.request
        logging.getLogger("atelier").warning("%s %s → %d", request.method, request.path, status)


def main(arguments: list[str]) -> None:
    """Serve on the descriptor, with the configuration file, that the launcher names."""
    die_with_parent()
    logging.getLogger("tornado.general").setLevel(logging.ERROR)  # it logs whole addresses
    descriptor = int(arguments[0])
    os.set_inheritable(descriptor, False)
    config = AgentsConfig.read(Path(arguments[1]))
    server = AgentsServer(config=traitlets(config))
    server.descriptor, server.agents = descriptor, config
    server.initialize(argv=[])
    server.start()


if __name__ == "__main__":
    main(sys.argv[1:])
