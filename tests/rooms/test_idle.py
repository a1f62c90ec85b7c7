"""A place without any browser is closed, one at work is not, and whoever comes back finds everything."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from traitlets.config import Config

from atelier_ia.rooms import sandbox
from atelier_ia.rooms.common import CULLER, common, cull
from tests.rooms.client import Client
from tests.rooms.conftest import open_room, project_copy

IDLE_MINUTES = 0.35


@pytest.mark.parametrize(("minutes", "seconds", "look"), [(120, 7200, 300), (0.2, 12, 3), (0, None, None)])
def test_the_culler_s_line(minutes: float, seconds: int | None, look: int | None) -> None:
    """Is the culler told the room's patience, is activity noted often enough for it, and is 0 « never »?"""
    c = Config()
    common(c)
    c.JupyterHub.services = [{"name": "salle"}]
    cull(c, minutes)
    names = [service["name"] for service in c.JupyterHub.services]
    assert names == (["salle", CULLER] if seconds else ["salle"])
    if seconds:
        assert {f"--timeout={seconds}", f"--cull-every={look}"} <= set(c.JupyterHub.services[-1]["command"])
        assert c.JupyterHub.last_activity_interval == look
        assert "admin:users" not in c.JupyterHub.load_roles[-1]["scopes"]


def processes(root: psutil.Process, module: str) -> list[psutil.Process]:
    """The room's processes that run that module."""
    found = []
    for process in root.children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if module in process.cmdline():
                found.append(process)
    return found


def test_an_idle_place_is_closed_and_work_resumes(tmp_path: Path, play: Callable[..., Any]) -> None:
    """Closed browser: is that server ended and no other, and are files there again at the next click?"""
    if sandbox.available():
        pytest.skip(sandbox.available())
    room = open_room(project_copy(tmp_path / "projet"), 0, 0, "--inactivite", str(IDLE_MINUTES))

    async def scene() -> None:
        async with Client(room.url) as away, Client(room.url) as here:
            await away.join(room.code, "Absente")
            await here.join(room.code, "Presente")
            note = {"type": "file", "format": "text", "content": "à reprendre"}
            assert (await away.api("PUT", "api/contents/note.txt", note))[0] == 201
            hub, deadline = room.root / "var" / "salle" / "hub.sqlite", time.monotonic() + 150
            while is_open(hub, away.name):  # « here » has a page open, which asks for news every few seconds
                assert time.monotonic() < deadline, "the idle place is still open"
                assert (await here.api("GET", "salle/annonces?apres=0&carnet="))[0] == 200
                await asyncio.sleep(1)
            assert is_open(hub, here.name)
            assert (await here.api("GET", "api/status"))[0] == 200
            status, text, _ = await away.get(f"/user/{away.name}/lab")
            assert status == 424, status
            assert "Rouvrir mon carnet" in text
            deadline, path = time.monotonic() + 150, ""
            while not path.startswith(f"/user/{away.name}/"):  # as long as a busy machine takes
                assert time.monotonic() < deadline, "the place does not open again"
                await asyncio.sleep(0.3)
                _, _, path = await away.get("/hub/spawn")
            status, found = await away.api("GET", "api/contents/note.txt")
            assert status == 200, found
            assert found["content"] == "à reprendre"

    try:
        play(scene())
        (culler,) = processes(psutil.Process(room.process.pid), "atelier_ia.rooms.culler")
        (hub,) = processes(psutil.Process(room.process.pid), "jupyterhub")
        hub.kill()  # its culler must not outlive it
        culler.wait(10)
    finally:
        room.stop()


def is_open(hub: Path, name: str) -> bool:
    """Whether the hub keeps a server of that participant (looked up in its base: a request would count as activity)."""
    with contextlib.closing(sqlite3.connect(f"file:{hub}?mode=ro", uri=True)) as base:
        query = "SELECT server_id FROM spawners JOIN users ON users.id = spawners.user_id WHERE users.name = ?"
        return any(row[0] is not None for row in base.execute(query, (name,)))
