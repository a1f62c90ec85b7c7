"""What the launcher of a room tells the hub and the desk: ports, folders, limits. No secret stands here."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from atelier_ia.rooms.common import IDLE_MINUTES

BOARD = "salle"  # the board's name as a service of the hub: /services/salle/
MARKING = "correction"  # formgrader's: /services/correction/
DESK_SOCKET = "guichet.sock"  # in `desk_folder`


@dataclass(frozen=True)
class RoomOptions:
    """One room, as started. Ports are on this machine; `address` and `port` are where browsers come.

    A desk that stands alone (TLJH, cluster) reads `hub`, `board`, `marking`, `desk_address`, and the ports `desk_port`,
    `inside_port` and `marking_port` only.
    """

    folder: str
    desk_folder: str = ""
    address: str = ""
    port: int = 0
    hub_port: int = 0
    proxy_port: int = 0
    desk_port: int = 0
    hub: str = ""  # the hub's own address; this machine's `hub_port` by default
    board: str = BOARD  # the board's name as a service of the hub
    marking: str = MARKING  # formgrader's
    desk_address: str = "127.0.0.1"  # where the board listens
    inside_address: str = "127.0.0.1"
    inside_port: int = 0  # where participants on other machines reach the desk; 0: only by its Unix socket
    apps_port: int = 0
    marking_port: int = 0  # 0: no formgrader here, the trainer has it in `atelier lancer`
    nursery: str = ""
    commune: str = ""
    isolated: bool = True
    simulated: bool = True
    concurrent_starts: int = 4
    idle_minutes: float = IDLE_MINUTES
    certificate: str = ""
    key: str = ""
    room_url: str = ""
    agents_url: str = ""
    limits: dict[str, Any] = field(default_factory=dict)

    @property
    def hub_address(self) -> str:
        """The hub's own address, without a path."""
        return self.hub.rstrip("/") or f"http://127.0.0.1:{self.hub_port}"

    @property
    def board_prefix(self) -> str:
        """The board's path on the hub."""
        return f"/services/{self.board}"

    def write(self, path: Path) -> None:
        """Write them for the programs that the launcher starts."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> RoomOptions:
        """The inverse of `write`."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def service_environment(hub: str, name: str, token: str) -> dict[str, str]:
    """What a program needs to let the hub, at its own address `hub`, log people in for the service `name`."""
    return {
        "JUPYTERHUB_API_TOKEN": token,
        "JUPYTERHUB_API_URL": f"{hub.rstrip('/')}/hub/api",
        "JUPYTERHUB_BASE_URL": "/",
        "JUPYTERHUB_HOST": "",
        "JUPYTERHUB_SERVICE_NAME": name,
        "JUPYTERHUB_SERVICE_PREFIX": f"/services/{name}/",
        "JUPYTERHUB_CLIENT_ID": f"service-{name}",
        "JUPYTERHUB_OAUTH_ACCESS_SCOPES": json.dumps([f"access:services!service={name}"]),
    }
