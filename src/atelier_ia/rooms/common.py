"""What every JupyterHub of this product is told, wherever it runs: a laptop, a server (TLJH), a cluster.

Nothing heavy is imported here: this file is also read inside hubs that hold none of our other packages.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).with_name("templates")
CULLER = "inactivite"  # the culler's name as a service of the hub
IDLE_MINUTES = 120.0  # without any browser open: lunch is shorter
# What jupyterhub-idle-culler documents as needed, and nothing more.
_CULLER_SCOPES = ["list:users", "read:users:activity", "read:servers", "delete:servers"]


def common(c: Any) -> None:
    """French pages, no foreign frame, no server started by mistake twice, nobody ended by a hub that restarts."""
    c.JupyterHub.template_paths = [str(TEMPLATES)]
    c.JupyterHub.allow_named_servers = False
    c.JupyterHub.cleanup_servers = False  # a hub that restarts finds everybody at work
    c.JupyterHub.shutdown_on_logout = False
    c.JupyterHub.log_level = "WARN"
    c.Spawner.http_timeout = 60
    c.Spawner.poll_interval = 5  # a server that died is opened again at the next click, not half a minute later
    c.Spawner.start_timeout = 120
    c.Spawner.default_url = "/lab/tree/accueil.md"


def cull(c: Any, idle_minutes: float, kept: tuple[str, ...] = ()) -> None:
    """Close servers without any browser open for that long; files stay, the next click opens them again.

    `kept` names the hub's variables that the culler needs too. Nothing is closed when `idle_minutes` is 0.
    """
    if idle_minutes <= 0:
        return
    seconds = max(1, round(idle_minutes * 60))
    look = max(1, min(300, seconds // 4))  # how often activity is noted, and idle servers looked for
    hub = c.JupyterHub
    hub.last_activity_interval = look
    hub.services = [
        *hub.get("services", []),
        {
            "name": CULLER,
            "command": [
                sys.executable,
                "-m",
                "atelier_ia.rooms.culler",
                f"--timeout={seconds}",
                f"--cull-every={look}",
                "--concurrency=5",
            ],
            "environment": {name: os.environ[name] for name in kept if name in os.environ},
            "display": False,
        },
    ]
    hub.load_roles = [
        *hub.get("load_roles", []),
        {"name": CULLER, "services": [CULLER], "scopes": list(_CULLER_SCOPES)},
    ]
