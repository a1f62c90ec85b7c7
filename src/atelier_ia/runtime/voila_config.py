"""What the launcher tells the agents' server."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

TEMPLATE = "atelier"


@dataclass(frozen=True)
class AgentsConfig:
    """What the launcher decides; written to a private file because of the access code."""

    folder: str
    running: str
    cache: str
    mark: str
    commune: str = ""
    code: str = ""
    limit: int = 0
    names: tuple[str, ...] = ()
    template: str = TEMPLATE
    pages: tuple[str, ...] = ()
    """Modules whose `routes(base_url)` adds public pages to the server: open to all, without access code."""
    identity: str = ""
    """`module:class` of the identity provider that replaces the access code (a hub's log-in)."""
    base_url: str = "/"
    public_names: tuple[str, ...] = ()
    """Host names under which nothing but those pages answers."""

    def write(self, path: Path) -> None:
        """Write to a file that only the owner can read."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(self), file)

    @classmethod
    def read(cls, path: Path) -> AgentsConfig:
        """The inverse of `write`."""
        data = json.loads(path.read_text(encoding="utf-8"))
        lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
        return cls(**{**data, **lists})
