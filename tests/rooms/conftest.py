"""A real room on loopback, on a copy of the project: hub, proxy, desk, sandboxes, agents' applications."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from atelier_ia.rooms import sandbox

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 150
KEY = "sk-temoin-de-la-cle-de-la-formatrice"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Room:
    """A running room: addresses, code, folder, and the launcher's process."""

    url: str
    code: str
    trainer: str
    root: Path
    process: subprocess.Popen[str]
    port: int
    agents_port: int
    walls: str  # what protects participants from each other, as the trainer is told

    @property
    def trainer_key(self) -> str:
        return self.trainer.partition("#formatrice=")[2]

    def options(self) -> dict[str, Any]:
        """The ports and folders of the running room, from the desk's command line."""
        for process in psutil.Process(self.process.pid).children(recursive=True):
            line = process.cmdline()
            if "atelier_ia.rooms.desk_server" in line:
                return dict(json.loads(Path(line[-1]).read_text(encoding="utf-8")))
        raise RuntimeError("no desk")

    def stop(self) -> None:
        """Stop it as Ctrl + C would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)


def project_copy(root: Path) -> Path:
    """The project's content in a folder of its own, so that nothing is written beside the sources."""
    root.mkdir(exist_ok=True)
    for name in ("atelier.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root)
    for name in ("sandbox_data", "voila_apps", "exercises", "notebooks", "deploy", "solutions"):
        (root / name).symlink_to(ROOT / name, target_is_directory=True)
    return root


def open_room(
    root: Path, port: int = 0, agents_port: int = 0, *options: str, before: Sequence[str] = (), **variables: str
) -> Room:
    """`atelier salle` on that copy, ready; `before` stands before the command, `variables` join its environment."""
    port, agents_port = port or free_port(), agents_port or free_port()
    environment = {
        **os.environ,
        "ATELIER_RACINE": str(root),
        "PYTHONUNBUFFERED": "1",
        "ATELIER_DEBOGAGE": "1",
    } | variables
    ports = ["--port", str(port), "--port-agents", str(agents_port)]
    log = (root / "salle.log").open("w")
    command = [sys.executable, "-m", "atelier_ia", "salle", "--local", "--json", "--memoire", "512", *ports, *options]
    process = subprocess.Popen(
        [*before, *command],
        env=environment, cwd=root, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    deadline = time.monotonic() + START_SECONDS
    line = process.stdout.readline()
    if not line or time.monotonic() > deadline:
        os.killpg(process.pid, signal.SIGKILL)
        raise RuntimeError((root / "salle.log").read_text()[-3000:])
    info = json.loads(line)
    walls = info["isolement"]
    return Room(info["participants"], info["code"], info["formatrice"], root, process, port, agents_port, walls)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """One room for a file of tests."""
    if sandbox.available():
        pytest.skip(sandbox.available())
    opened = open_room(project_copy(tmp_path_factory.mktemp("salle") / "projet"), MISTRAL_API_KEY=KEY)
    yield opened
    opened.stop()


@pytest.fixture
def play() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Run a scene (a coroutine) to its end."""
    return asyncio.run
