"""Formgrader for the trainers that `connexion.toml` lists: read the copies, mark by hand, comment. Nothing else.

A service of the hub, which lets only trainers reach it. No notebook server behind it: whatever would run code, change
the course or show files is closed, since marking itself is the board's (« Relever et corriger »), in a sandbox.

Run as `python -m atelier_ia.rooms.marking CONFIG` by the launcher of a room, or of one collectivité's desk.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

from atelier_ia.runtime.imports import skip_slow_imports
from atelier_ia.runtime.lab import write_config
from atelier_ia.runtime.places import Places
from atelier_ia.runtime.processes import Child, die_with_parent

TITLE = "Correction à la main (formgrader)"  # as the launcher names it
PREFIX_VARIABLE = "JUPYTERHUB_SERVICE_PREFIX"
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
# (methods, path under the service's own). Reading, then the only two things that a person writes: marks and comments.
_OPEN = (
    (
        ("GET", "HEAD"),
        re.compile(r"(oauth_callback|formgrader(/.*)?|nbgrader_version|static/.*)"),
    ),
    (("PUT", "POST"), re.compile(r"formgrader/api/(grade|comment)/[0-9a-f]+")),
    (("POST",), re.compile(r"formgrader/api/submitted_notebook/[0-9a-f]+/flag")),
)


def is_open(method: str, path: str, prefix: str) -> bool:
    """Whether that request is reading, marking or commenting; `prefix` is the service's own path."""
    rest = path.removeprefix(prefix) if path.startswith(prefix) else "…"
    return any(method in methods and pattern.fullmatch(rest) for methods, pattern in _OPEN)


def marking_child(places: Places, environment: dict[str, str], address: str, port: int) -> Child:
    """The program to start; `environment` holds what the hub's service needs."""
    config = places.running / "correction.json"
    write_config(config, server_settings(places.root, environment[PREFIX_VARIABLE]))
    return Child(
        name="correction",
        arguments=[sys.executable, "-m", "atelier_ia.rooms.marking", str(config)],
        environment=environment | {"JUPYTERHUB_SERVICE_URL": f"http://{address}:{port}/"},
        folder=places.root,
        log=places.logs / "correction.log",
    )


def server_settings(root: Path, prefix: str) -> dict[str, Any]:
    """The traitlets of this server."""
    closed = ("jupyterlab", "jupyter_lsp", "jupyter_server_terminals", "voila.server_extension", "notebook",
              "notebook_shim")  # fmt: skip
    nbgrader = ("validate_assignment", "assignment_list", "course_list")
    return {
        "ServerApp": {
            "root_dir": str(root),
            "open_browser": False,
            "allow_root": True,
            "terminals_enabled": False,
            "log_level": "WARN",
            "jpserver_extensions": {
                **dict.fromkeys(closed, False),
                **{f"nbgrader.server_extensions.{name}": False for name in nbgrader},
                "nbgrader.server_extensions.formgrader": True,
            },
            "tornado_settings": {"headers": {"Content-Security-Policy": POLICY}},
            "default_url": f"{prefix}formgrader",
        },
        "KernelSpecManager": {"allowed_kernelspecs": ["aucun"], "ensure_native_kernel": False},
    }


def main(arguments: list[str]) -> None:
    """Serve until the launcher asks to stop."""
    die_with_parent()
    skip_slow_imports()
    prefix = os.environ[PREFIX_VARIABLE]

    from jupyter_server.serverapp import ServerApp
    from jupyterhub.singleuser.extension import JupyterHubSingleUser
    from tornado.web import ErrorHandler

    class MarkingServer(ServerApp):
        """Answers 404 to all that is not open, before any handler sees it."""

        def init_webapp(self) -> None:
            super().init_webapp()
            application = self.web_app
            find = application.find_handler

            def only_open(request: Any, **others: Any) -> Any:
                if is_open(request.method, request.path, prefix):
                    return find(request, **others)
                return application.get_handler_delegate(request, ErrorHandler, {"status_code": 404})

            application.find_handler = only_open

        def _confirm_exit(self) -> None:
            self.stop(from_signal=True)

    JupyterHubSingleUser.serverapp_class = MarkingServer
    JupyterHubSingleUser.launch_instance(argv=[f"--config={arguments[0]}"])


if __name__ == "__main__":
    main(sys.argv[1:])
