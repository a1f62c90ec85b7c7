"""JupyterHub's settings for this product, called by `deploy/hub/jupyterhub_config.py`: what all deployments share, then
what a room on one machine adds."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from atelier_ia.errors import AtelierError
from atelier_ia.rooms.common import common, cull
from atelier_ia.rooms.entrance.people import TRAINERS
from atelier_ia.rooms.entrance.settings import CODE, Entrances, ready_entrances
from atelier_ia.rooms.keeping import TRAINER, Keeping
from atelier_ia.rooms.options import BOARD, MARKING, RoomOptions
from atelier_ia.runtime.processes import MARK_VARIABLE


def log_in(c: Any, keeping: Keeping) -> Entrances:
    """The class code, and the other entrances that `connexion.toml` opens.

    Raises:
        AtelierError: that file does not fit, or a secret is missing from the environment.
    """
    from atelier_ia.rooms.authenticator import ClassCodeAuthenticator

    entrances = ready_entrances()
    c.JupyterHub.authenticator_class = ClassCodeAuthenticator
    c.Authenticator.manage_groups = True
    c.Authenticator.admin_users = {TRAINER}
    c.JupyterHub.cookie_max_age_days = 30
    if set(entrances.ways) != {CODE}:  # when the session ends, what the log-out needs: encrypted
        c.Authenticator.enable_auth_state = True
        c.CryptKeeper.keys = [keeping.service_token("coffre")]
    return entrances


def room(c: Any, options: RoomOptions, keeping: Keeping) -> None:
    """A room on one machine: class code, sandboxes, our own proxy, the desk's board as a service."""
    from atelier_ia.rooms.spawner import RoomSpawner

    common(c)
    entrances = log_in(c, keeping)
    folder = Path(options.folder)
    hub = c.JupyterHub
    hub.bind_url = f"{'https' if options.certificate else 'http'}://{options.address}:{options.port}/"
    hub.hub_ip, hub.hub_port = "127.0.0.1", options.hub_port
    hub.db_url = f"sqlite:///{folder / 'hub.sqlite'}"
    hub.cookie_secret_file = str(folder / "cookies")
    hub.pid_file = str(folder / "hub.pid")
    hub.spawner_class = RoomSpawner
    hub.concurrent_spawn_limit = options.concurrent_starts
    hub.tornado_settings = {"slow_spawn_timeout": 0.5}
    hub.template_vars = {
        "commune": options.commune,
        "applications": options.apps_port,
        "statique": f"/services/{BOARD}/statique",
        "simulateur": options.simulated,
        "entrees": list(entrances.ways),
    }
    if options.certificate:
        hub.ssl_cert, hub.ssl_key = options.certificate, options.key
    proxy = c.ConfigurableHTTPProxy
    proxy.command = [sys.executable, "-m", "atelier_ia.rooms.proxy"]
    proxy.api_url = f"http://127.0.0.1:{options.proxy_port}"
    proxy.auth_token = keeping.service_token("porte")
    proxy.pid_file = str(folder / "porte.pid")
    proxy.check_running_interval = 1
    proxy.command_umask = 0o022
    c.RoomSpawner.desk_folder = options.desk_folder
    c.RoomSpawner.nursery = options.nursery
    c.RoomSpawner.isolated = options.isolated
    c.RoomSpawner.limits = options.limits
    hub.services = [
        {
            "name": BOARD,
            "url": f"http://127.0.0.1:{options.desk_port}",
            "api_token": keeping.service_token("tableau"),
            "oauth_no_confirm": True,
            "display": False,
        }
    ]
    if options.marking_port:
        hub.services.append(
            {
                "name": MARKING,
                "url": f"http://127.0.0.1:{options.marking_port}",
                "api_token": keeping.service_token(MARKING),
                "oauth_no_confirm": True,
                "display": False,
            }
        )
    for_trainers = [f"access:services!service={service['name']}" for service in hub.services]
    hub.load_roles = [
        {"name": TRAINERS, "groups": [TRAINERS], "scopes": for_trainers},
        {"name": "tableau", "services": [BOARD], "scopes": ["list:users", "read:users", "servers", "read:hub"]},
    ]
    cull(c, options.idle_minutes, kept=(MARK_VARIABLE,))


def main(c: Any) -> None:
    """Configure `c` for the deployment that the environment names."""
    from atelier_ia.rooms.keeping import load_keeping

    path = os.environ.get("ATELIER_SALLE")
    try:
        if path:
            room(c, RoomOptions.read(Path(path)), load_keeping())
        else:
            common(c)
    except AtelierError as error:
        sys.exit(str(error))
