"""What the launcher of a room tells the hub and the desk: ports, folders, limits. No secret stands here."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

BOARD = "salle"  # the board's name as a service of the hub: /services/salle/
MARKING = "correction"  # formgrader's: /services/correction/
DESK_SOCKET = "guichet.sock"  # in `desk_folder`


@dataclass(frozen=True)
class RoomOptions:
    """One room, as started. Ports are on this machine; `address` and `port` are where browsers come."""

    folder: str
    desk_folder: str
    address: str
    port: int
    hub_port: int
    proxy_port: int
    desk_port: int
    apps_port: int = 0
    marking_port: int = 0  # 0: no formgrader here, the trainer has it in `atelier lancer`
    nursery: str = ""
    commune: str = ""
    isolated: bool = True
    simulated: bool = True
    concurrent_starts: int = 4
    certificate: str = ""
    key: str = ""
    room_url: str = ""
    agents_url: str = ""
    limits: dict[str, Any] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write them for the programs that the launcher starts."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> RoomOptions:
        """The inverse of `write`."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))
