"""The trainer's JupyterLab: loopback, token, French, nbgrader and its formgrader, on a socket that the launcher bound.

Run as `python -m atelier_ia.runtime.lab FD CONFIG` by the launcher only.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import re
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from atelier_ia.runtime.imports import skip_slow_imports
from atelier_ia.runtime.processes import die_with_parent

HOME_PAGE = "accueil.md"
TEMPLATES = Path(__file__).parent / "jupyter" / "templates"
NO_NEWS = "jupyterlab.NeverCheckForUpdate"
FONTS = Path(__file__).parents[3] / "voila_apps" / "modele" / "voila" / "templates" / "atelier" / "static" / "polices"
LOOK = [str(Path(__file__).parent / "jupyter" / "custom"), str(FONTS)]
"""The style sheet of JupyterLab (`LabApp.custom_css`) and its fonts, served under /custom/."""
# What only maintainers open; the list of files shows the course.
HIDDEN = (
    *("__pycache__", "*.pyc", "*~", "bench", "deploy", "src", "tests", "voila_apps", "Makefile", "LICENSE"),
    *("pyproject.toml", "environment.yml", "*.lock", "nbgrader_config.py", "gradebook.db"),
)
COURSE = ("notebooks", "formatrice", "solutions", "exercises")
"""The folders of the course itself: what is played there is not kept."""
UNUSED_EXTENSIONS = ("jupyter_lsp", "voila.server_extension")
# nbgrader takes as long to import as all the rest: it is loaded while the browser opens.
LATER_EXTENSIONS = tuple(
    f"nbgrader.server_extensions.{name}"
    for name in ("formgrader", "validate_assignment", "assignment_list", "course_list")
)


def lab_settings(root: Path, token: str, port: int) -> dict[str, Any]:
    """The traitlets of this server. Kernels speak over private Unix sockets and stop after two idle hours."""
    return {
        "ServerApp": {
            "root_dir": str(root),
            "ip": "127.0.0.1",
            "port": port,
            "port_retries": 0,
            "open_browser": False,
            "allow_root": True,
            "allow_origin": "",
            "log_level": "WARN",
            "extra_template_paths": [str(TEMPLATES)],
            "kernel_websocket_connection_class": "atelier_ia.runtime.kernel_messages.CheckedMessages",
            "jpserver_extensions": dict.fromkeys((*UNUSED_EXTENSIONS, *LATER_EXTENSIONS), False),
        },
        "IdentityProvider": {"token": token},
        "PasswordIdentityProvider": {"password_required": False, "allow_password_change": False},
        "LabApp": {
            "default_url": f"/lab/tree/var/{HOME_PAGE}?file-browser-path=/",
            "news_url": None,
            "custom_css": True,
            "check_for_updates_class": NO_NEWS,
            "extension_manager": "readonly",
        },
        "KernelManager": {"transport": "ipc"},
        "MappingKernelManager": {"cull_idle_timeout": 7200, "cull_interval": 300, "cull_connected": False},
        "ContentsManager": {
            "allow_hidden": False,
            "hide_globs": list(HIDDEN),
            "pre_save_hook": f"{__name__}.forget_the_session",
        },
        "KernelSpecManager": {"ensure_native_kernel": True},
    }


def forget_the_session(model: dict[str, Any], path: str, **_: Any) -> None:
    """Before a notebook of the course is saved, take off what its run left: results (they may name people), counts, the
    kernel's own description. A lesson that was only played stays as it was, and the next update finds nothing changed.
    """
    if model.get("type") != "notebook" or path.lstrip("/").split("/")[0] not in COURSE:
        return
    notebook = model["content"]
    notebook["metadata"].pop("widgets", None)
    if "language_info" in notebook["metadata"]:
        notebook["metadata"]["language_info"] = {"name": "python"}
    for cell in notebook["cells"]:
        for key in ("execution", "trusted"):
            cell["metadata"].pop(key, None)
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}


def write_home_page(root: Path, agents_url: str, localise: Any) -> Path:
    """Write the page that Lab opens on: `notebooks/accueil.md` with this launch's address of the agents' apps."""
    source = root / "notebooks" / HOME_PAGE
    text = source.read_text(encoding="utf-8") if source.is_file() else "# Atelier IA\n"
    text = localise(text).replace("{applications}", agents_url)
    # The copy stands in var/: its links start from there.
    text = re.sub(r"\]\((?!https?://|#|/)", "](../notebooks/", text)
    target = root / "var" / HOME_PAGE
    target.write_text(text, encoding="utf-8")
    return target


def main(arguments: list[str]) -> None:
    """Serve until the launcher asks to stop."""
    die_with_parent()
    descriptor, config = int(arguments[0]), arguments[1]
    os.set_inheritable(descriptor, False)
    skip_slow_imports()

    from jupyterlab.labapp import LabApp

    LabApp.serverapp_class = own_server(descriptor)
    server = LabApp.initialize_server(argv=[f"--config={config}"])
    load_later(server, LATER_EXTENSIONS)
    server.start()


def own_server(descriptor: int | None) -> Any:
    """The class of a Jupyter server in our look, that asks nothing on Ctrl + C, on the socket that was opened for it
    (None: on its configured address)."""
    import jupyterlab.commands
    from jupyter_server.serverapp import ServerApp
    from traitlets import default

    # Half a second of node to learn an address that only builds of extensions need.
    jupyterlab.commands._yarn_config = lambda _logger: {"yarn config": {}, "npm config": {}}

    class OwnServer(ServerApp):
        @default("static_custom_path")
        def _look(self) -> list[str]:
            return LOOK

        def _confirm_exit(self) -> None:
            self.stop(from_signal=True)

    class InheritedSocketServer(OwnServer):
        def _find_http_port(self) -> None:
            pass

        def _bind_http_server(self) -> bool:
            self.http_server.add_socket(socket.socket(fileno=descriptor))
            return True

    return OwnServer if descriptor is None else InheritedSocketServer


def load_later(server: Any, names: tuple[str, ...]) -> None:
    """Import server extensions in a thread, then add them to the running server; requests for them wait until then."""
    from tornado.web import RequestHandler

    loaded = asyncio.Event()

    class Waiting(RequestHandler):
        async def prepare(self) -> None:
            await loaded.wait()
            self.redirect(self.request.uri or "/", status=307)

    application = server.web_app
    base = re.escape(server.base_url.rstrip("/"))
    application.add_handlers(".*$", [(rf"{base}/(?:formgrader|nbgrader_version|assignments|courses)(?:/.*)?", Waiting)])
    waiting = application.default_router.rules[-2]

    def register(modules: list[Any]) -> None:
        application.default_router.rules.remove(waiting)
        for module in modules:
            try:
                module.load_jupyter_server_extension(server)
            except Exception:
                server.log.exception("%s could not be loaded", module.__name__)
        loaded.set()

    def work() -> None:
        modules = []
        for name in names:
            try:
                modules.append(importlib.import_module(name))
            except Exception:
                server.log.exception("%s could not be imported", name)
        server.io_loop.add_callback(register, modules)

    server.io_loop.add_callback(lambda: threading.Thread(target=work, daemon=True).start())


def write_config(path: Path, settings: dict[str, Any]) -> None:
    """Write the server's settings where only the owner can read them (the token is there, and nowhere else)."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(settings, file)


if __name__ == "__main__":
    main(sys.argv[1:])
