"""The room as a trainer opens it on their own laptop: under an ordinary account, without any privilege."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.rooms.client import Client
from tests.rooms.conftest import KEY, Room, open_room, project_copy
from tests.rooms.ordinary import ACCOUNT, ordinary_account
from tests.rooms.test_room import ATTACKS, CROWD, NOTEBOOK, UNSEEN, Play, act, stopped, trainer, work

TOGETHER = 6


@pytest.fixture(scope="module")
def ordinary() -> Iterator[Room]:
    """A room opened by an account that is nobody's. (Tests run by an ordinary account play all of `test_room` so.)"""
    before = ordinary_account()
    if not before:
        pytest.skip("only root can open a room under another account")
    folder = Path(tempfile.mkdtemp(prefix="salle-ordinaire-"))
    root = project_copy(folder / "projet")
    folder.chmod(0o755)
    for path in (folder, root, *root.iterdir()):
        os.chown(path, ACCOUNT, ACCOUNT, follow_symlinks=False)
    opened = open_room(root, before=before, HOME=str(folder), MISTRAL_API_KEY=KEY)
    try:
        yield opened
    finally:
        opened.stop()
        shutil.rmtree(folder, ignore_errors=True)


def test_a_room_of_an_ordinary_account(ordinary: Room, play: Play) -> None:
    """Do several people come in at once, work and hand in, each behind walls, with nothing running as root?"""
    assert "bac à sable bubblewrap" in ordinary.walls

    async def one(number: int) -> str:
        async with Client(ordinary.url) as client:
            await client.join(ordinary.code, f"Élève {number}a")
            async with await client.open(NOTEBOOK) as kernel:
                said = await work(client, kernel)
                mine = await kernel.run("import os\nprint(len(os.listdir('/proc/self/task')), os.getuid())")
                assert mine.split()[1] == str(ACCOUNT)
                return said

    async def scene() -> None:
        said = await asyncio.gather(*(one(number) for number in range(TOGETHER)))
        assert all(text.startswith("Travail rendu") for text in said), said
        owners = {process.uids().real for process in psutil.Process(ordinary.process.pid).children(recursive=True)}
        assert owners == {ACCOUNT}
        born_ready = [
            p for p in psutil.process_iter() if p.uids().real == ACCOUNT and "atelier_ia.rooms.nursery" in p.cmdline()
        ]
        assert len(born_ready) > TOGETHER  # each from the template process, and none the slow way
        board = await trainer(ordinary)
        status, told = await act(board, "corriger")
        assert (status, told["message"].split()[0]) == (200, str(TOGETHER)), told
        await board.session.close()

    play(scene())


def test_its_walls_hold(ordinary: Room, play: Play) -> None:
    """The same attempts as in a room opened by root, and the account's own files: is anything obtained?"""
    options = ordinary.options()
    ports = [options[key] for key in ("port", "hub_port", "proxy_port", "desk_port", "apps_port")]
    secret = ordinary.root / "secret.txt"
    secret.write_text("clé", encoding="utf-8")
    os.chown(secret, ACCOUNT, ACCOUNT)
    more = f"attempt('the account\\'s files', lambda: open({str(secret)!r}).read())\n"
    text = ATTACKS.read_text(encoding="utf-8")
    at = text.index("public = json")

    async def scene() -> str:
        async with Client(ordinary.url) as client:
            await client.join(ordinary.code, "Mallory")
            async with await client.open("essai.ipynb") as kernel:
                given = f"ROOT, PORTS, WITNESS = {str(ordinary.root)!r}, {ports!r}, {KEY.encode()!r}\n"
                code = f"{given}{text[:at]}{more}{text[at:]}"
                return await kernel.run(code, patience=120)

    assert json.loads(play(scene()))["got"] == []


def test_limits_hold_there_too(ordinary: Room, play: Play) -> None:
    """Does a fork bomb stop at its author's walls while a neighbour goes on, though all share one account?"""
    bomb = (
        "import os, time\nborn = 0\ntry:\n    while born < 2000:\n        pid = os.fork()\n        if pid == 0:\n"
        "            time.sleep(6)\n            os._exit(0)\n        born += 1\n"
        "except OSError:\n    print('refused', born < 400)\nfor _ in range(born):\n    os.wait()"
    )

    async def scene() -> tuple[str, str]:
        async with Client(ordinary.url) as greedy, Client(ordinary.url) as neighbour:
            await greedy.join(ordinary.code, "Gaspard")
            await neighbour.join(ordinary.code, "Nina")
            async with await greedy.open("a.ipynb") as kernel:
                burning = asyncio.create_task(kernel.run(bomb))
                await asyncio.sleep(2)
                async with await neighbour.open("b.ipynb") as other:
                    answer = await other.run("import threading\nt = threading.Thread(target=print)\nt.start()\n6 * 7")
                return await burning, answer

    said, answer = play(scene())
    assert said == "refused True\n"
    assert "42" in answer


@pytest.mark.parametrize(("cell", "word"), [(CROWD, "trop de mémoire"), (UNSEEN, "dossier est plein")])
def test_sums_are_watched_there_too(ordinary: Room, play: Play, cell: str, word: str) -> None:
    """Does an ordinary account see enough of the sandboxes to stop what goes over in sum?"""
    assert play(stopped(ordinary, cell, word)) == "42"
