"""One participant's Jupyter server, inside their sandbox: French JupyterLab behind the hub's login, nothing else.

Run as `python -m atelier_ia.rooms.seat FD` by the spawner; `FD` is the listening socket opened outside. The kernels
speak over private Unix sockets, terminals do not exist, and nobody's own configuration is read.

Without `FD` (TLJH, cluster) the walls are the system's: the server listens where the hub said, and the course comes
from the desk over the network.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from atelier_ia.rooms.participants import HOME_PAGE, settle
from atelier_ia.rooms.sandbox import Limits, set_limits
from atelier_ia.runtime.imports import skip_slow_imports
from atelier_ia.runtime.lab import NO_NEWS, own_server, write_config
from atelier_ia.training.desk import DeskError, ask

LIMITS_VARIABLE, RESET_VARIABLE = "ATELIER_LIMITES", "ATELIER_REMETTRE_A_NEUF"
HIDDEN = ("__pycache__", "*.pyc", "*~", "var", "atelier.toml", "exercises")


def server_settings(root: str) -> dict[str, Any]:
    """The traitlets of a participant's server."""
    return {
        "ServerApp": {
            "root_dir": root,
            "open_browser": False,
            "allow_root": True,
            "terminals_enabled": False,
            "log_level": "WARN",
            "allow_remote_access": True,
            "jpserver_extensions": {
                "jupyterlab": True,
                "jupyter_lsp": False,
                "jupyter_server_terminals": False,
                "voila.server_extension": False,
                "notebook": False,
                "notebook_shim": False,
                "nbgrader.server_extensions.formgrader": False,
                "nbgrader.server_extensions.validate_assignment": False,
                "nbgrader.server_extensions.assignment_list": False,
                "nbgrader.server_extensions.course_list": False,
            },
        },
        "LabApp": {
            "default_url": f"/lab/tree/{HOME_PAGE}",
            "news_url": None,
            "custom_css": True,
            # Told here too: their variables are read when JupyterLab is imported, long before anybody sits down.
            "user_settings_dir": f"{root}/var/jupyter/lab/reglages",
            "workspaces_dir": f"{root}/var/jupyter/lab/espaces",
            "check_for_updates_class": NO_NEWS,
            "extension_manager": "readonly",
            "extra_labextensions_path": [str(Path(__file__).with_name("labextension"))],
        },
        "KernelManager": {"transport": "ipc"},
        "MappingKernelManager": {"cull_idle_timeout": 7200, "cull_interval": 300, "cull_connected": False},
        "ContentsManager": {"allow_hidden": False, "hide_globs": list(HIDDEN)},
        "KernelSpecManager": {"ensure_native_kernel": True},
    }


def bound_and_settle() -> None:
    """Bound this process and all that follows, then put in the folder what is not there yet."""
    set_limits(Limits(**json.loads(os.environ.get(LIMITS_VARIABLE, "{}"))))
    os.nice(5)  # hub, desk and door come first
    settle(Path.cwd(), os.environ.pop(RESET_VARIABLE, ""))


def serve(descriptor: int | None = None) -> None:
    """Serve on that socket (where the hub said, without one) until the spawner asks to stop."""
    if descriptor is not None:
        os.set_inheritable(descriptor, False)
    for variable in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "MPLCONFIGDIR"):
        Path(os.environ[variable]).mkdir(mode=0o700, parents=True, exist_ok=True)
    config = Path(os.environ["JUPYTER_RUNTIME_DIR"]) / "place.json"
    write_config(config, server_settings(str(Path.cwd())))

    from jupyterhub.singleuser.extension import JupyterHubSingleUser

    class SeatServer(own_server(descriptor)):  # type: ignore[misc]
        """The participant's server, with the room's announcements."""

        def init_webapp(self) -> None:
            super().init_webapp()
            self.web_app.add_handlers(".*$", [(rf"{self.base_url}salle/annonces", announcements())])

    JupyterHubSingleUser.serverapp_class = SeatServer
    JupyterHubSingleUser.launch_instance(argv=[f"--config={config}"])


def announcements() -> Any:
    """The handler by which the browser asks the desk for messages and raises a hand."""
    from jupyter_server.base.handlers import APIHandler
    from tornado.web import authenticated

    class Announcements(APIHandler):
        @authenticated
        async def get(self) -> None:
            await self._ask("GET", None)

        @authenticated
        async def post(self) -> None:
            given = self.get_json_body() or {}
            if "vote" in given:
                await self._ask("POST", given["vote"], "/vote")
            else:
                await self._ask("POST", {"main_levee": bool(given.get("main_levee"))})

        async def _ask(self, method: str, body: dict[str, Any] | None, path: str = "/messages") -> None:
            query = urlencode({name: self.get_query_argument(name, "")[:200] for name in ("apres", "carnet")})
            try:
                self.finish(await asyncio.to_thread(ask, method, f"{path}?{query}", body))
            except DeskError as error:
                self.set_status(503)
                self.finish({"message": str(error)})

    return Announcements


def main(arguments: list[str]) -> None:
    """Entry point of the process inside the sandbox."""
    skip_slow_imports()
    if arguments:
        bound_and_settle()
        serve(int(arguments[0]))
    else:
        from atelier_ia.rooms.lodging import move_in

        move_in()
        serve()


if __name__ == "__main__":
    main(sys.argv[1:])
