"""Two collectivités on one hub, one of which has its desk and applications here. For tests and bench."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.rooms.client import Client
from tests.rooms.conftest import free_port, project_copy

HUB = """
import sys
from atelier_ia.rooms.common import cull
from atelier_ia.rooms.hosted import configure

hub = c.JupyterHub
hub.bind_url, hub.hub_port = "http://127.0.0.1:{public}/", {hub}
hub.authenticator_class, hub.spawner_class = "dummy", "simple"
c.Authenticator.allow_all = True
c.ConfigurableHTTPProxy.command = [sys.executable, "-m", "atelier_ia.rooms.proxy"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy}"
{lines}
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
configure(c)
hub.tornado_settings = {{"slow_spawn_timeout": 0.5}}
"""
AUTHORITIES = """
[[collectivites]]
id = "val-fontaine"
nom = "Val-Fontaine"
guichet = "http://127.0.0.1:{desk}"
tableau = "http://127.0.0.1:{board}"
applications = "http://127.0.0.1:{apps}"
correction = "http://127.0.0.1:{marking}"
personnes = ["anne", "paul", "lucie", "marc", "multi"]
formatrices = ["claire"]

[[collectivites]]
id = "beaulieu"
nom = "Beaulieu"
guichet = "http://127.0.0.1:{nowhere}"
tableau = "http://127.0.0.1:{nowhere}"
personnes = ["bob", "multi"]
"""
STANDING = """
collectivite = "val-fontaine"
hub = "http://127.0.0.1:{hub}"
adresse_publique = "http://127.0.0.1:{public}/"
port_guichet = {desk}
port_tableau = {board}
port_applications = {apps}
port_correction = {marking}
"""


@dataclass
class Hosted:
    """What runs, and where."""

    url: str
    root: Path
    homes: Path
    secrets: Path
    ports: dict[str, int]
    hub_pid: int
    standing_pid: int


@contextlib.contextmanager
def hosted_rooms(
    base: Path, connexion: str = "", public: int = 0, authorities: str = "", lines: str = "", **given_to_hub: str
) -> Iterator[Hosted]:
    """Everything, in that folder, until the block ends.

    `connexion` opens our own entrances on that public port; `lines` of the hub's configuration, another one.
    """
    root, homes, kept = project_copy(base / "projet"), base / "maisons", base / "secrets"
    homes.mkdir()
    kept.mkdir()
    for name in ("val-fontaine", "beaulieu"):
        (kept / name).write_text(secrets.token_hex(32))
    ports = {name: free_port() for name in ("public", "hub", "proxy", "desk", "board", "apps", "marking", "nowhere")}
    ports["public"] = public or ports["public"]
    if connexion:
        (base / "connexion.toml").write_text(connexion)
        given_to_hub["ATELIER_CONNEXION"] = str(base / "connexion.toml")
    (base / "hub.py").write_text(HUB.format(homes=str(homes), lines=lines, **ports))
    (base / "collectivites.toml").write_text((authorities or AUTHORITIES).format(**ports))
    (base / "service.toml").write_text(STANDING.format(**ports))
    given = {name: value for name, value in os.environ.items() if not name.startswith("ATELIER")}
    hub_environment = given | {
        "ATELIER_COLLECTIVITES": str(base / "collectivites.toml"),
        "ATELIER_SECRETS": str(kept),
        "CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(16),
        **given_to_hub,
    }
    own = given | {"ATELIER_RACINE": str(root), "ATELIER_SECRET": str(kept / "val-fontaine")}
    if connexion:
        own["ATELIER_CONNEXION"] = given_to_hub["ATELIER_CONNEXION"]
    log = (base / "journal").open("w")
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "atelier_ia.rooms.standing", str(base / "service.toml")],
            cwd=root, env=own, stdout=log, stderr=log, start_new_session=True,
        ),
        subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", str(base / "hub.py")],
            cwd=base, env=hub_environment, stdout=log, stderr=log, start_new_session=True,
        ),
    ]  # fmt: skip
    url = f"http://127.0.0.1:{ports['public']}/"
    try:
        asyncio.run(answers(url, running, base / "journal"))
        yield Hosted(url, root, homes, kept, ports, running[1].pid, running[0].pid)
    finally:
        tree = [child for process in running for child in psutil.Process(process.pid).children(recursive=True)]
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        psutil.wait_procs([*tree, *(psutil.Process(p.pid) for p in running)], 15)
        for process in tree:
            with contextlib.suppress(psutil.Error):
                process.kill()


async def answers(url: str, running: list[subprocess.Popen[bytes]], log: Path) -> None:
    """Until the hub shows its page and the applications theirs."""
    deadline = time.monotonic() + 180
    async with Client(url) as client:
        for path in (
            "/hub/login",
            "/services/applications-val-fontaine/pret",
            "/services/salle-val-fontaine/statique/salle.css",
            "/services/correction-val-fontaine/static/style/index.css",
        ):
            while True:
                with contextlib.suppress(OSError):
                    if (await client.get(path))[0] == 200:
                        break
                assert time.monotonic() < deadline, log.read_text()[-3000:]
                assert all(process.poll() is None for process in running), log.read_text()[-3000:]
                await asyncio.sleep(0.3)
