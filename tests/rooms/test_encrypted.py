"""A room without any network, its address encrypted with a certificate of its own; and a screen that closes."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from pathlib import Path

import aiohttp
import psutil
import pytest

from atelier_ia.rooms import sandbox
from tests.rooms.client import Client, Kernel
from tests.rooms.conftest import open_room, project_copy
from tests.rooms.offline import alone, play_beside
from tests.rooms.test_room import NOTEBOOK, act, state, trainer, work


def test_a_room_under_its_own_certificate(tmp_path: Path) -> None:
    """Does all pass through the encrypted address, nothing in clear, and does a lid that closes lose no result?"""
    if sandbox.available():
        pytest.skip(sandbox.available())
    before = alone()
    room = open_room(project_copy(tmp_path / "projet"), 0, 0, "--tls", before=before)
    certificate = room.root / "var" / "salle" / "certificat.pem"

    async def closed_lid(client: Client) -> None:
        async with await client.open("essai.ipynb") as kernel:
            await kernel.run("kept = 1")
            await kernel.send("execute_request", {"code": "import time\ntime.sleep(3)\nkept = 42\nprint('fini', kept)",
                                                  "silent": False, "store_history": True, "allow_stdin": False,
                                                  "user_expressions": {}})  # fmt: skip
            await asyncio.sleep(1)
            kernel.socket._response.connection.transport.abort()  # no word of farewell, as when a lid closes
        await asyncio.sleep(4)
        async with Kernel(client, kernel.id, kernel.tab) as again:
            shown, deadline = "", asyncio.get_running_loop().time() + 20
            while "fini 42" not in shown:
                assert asyncio.get_running_loop().time() < deadline, shown
                shown += str((await again.socket.receive(timeout=20)).data)
            assert await again.run("kept") == "42"

    async def scene() -> None:
        trusted = ssl.create_default_context(cafile=str(certificate))
        async with Client(room.url, trusted) as client:
            await client.join(room.code, "Anne")
            async with await client.open(NOTEBOOK) as kernel:
                assert (await work(client, kernel)).startswith("Travail rendu")
            await closed_lid(client)
            cookies = {cookie.key: cookie for cookie in client.session.cookie_jar}
            assert cookies["jupyterhub-session-id"]["secure"]
        board = await trainer(room, trusted)
        assert (await state(board, "anne"))["etat"] == "rendu"
        assert (await act(board, "corriger"))[0] == 200
        await board.session.close()
        async with Client(room.url) as stranger:  # nobody vouches for that certificate but the room itself
            with pytest.raises(aiohttp.ClientConnectorCertificateError):
                await stranger.get("/hub/login")
        async with Client(f"http://127.0.0.1:{room.agents_port}") as agent:  # without a notebook, behind the same code
            assert "Code d’accès" in (await agent.get("/"))[1]
            await agent.session.post(f"{agent.url}/acces", data={"code": room.code})
            assert "/voila/render/" in (await agent.get("/"))[1]
        async with Client(room.url.replace("https", "http")) as plain:
            with pytest.raises(aiohttp.ClientError):
                await plain.get("/hub/login")

    try:
        assert room.url.startswith("https://127.0.0.1:")
        play_beside(room.process.pid, scene())
        assert (certificate.parent / "certificat.cle").stat().st_mode & 0o077 == 0
        shown = certificate.read_bytes()
        with contextlib.suppress(psutil.Error):
            room.stop()
        again = open_room(room.root, room.port, room.agents_port, "--tls", before=before)
        room.process = again.process
        assert certificate.read_bytes() == shown  # who accepted it yesterday is not warned again today
    finally:
        room.stop()
