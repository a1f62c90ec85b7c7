"""A day in a room, played by real HTTP and websocket clients: come in, work, hand in, come back, and try to cheat."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.rooms.client import Client, Kernel, Refused
from tests.rooms.conftest import Room

Play = Callable[..., Any]
ASSIGNMENT = "s3_m1_consigne"
ATTACKS = Path(__file__).with_name("attacks.py")
NOTEBOOK = f"mes_exercices/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"


async def work(client: Client, kernel: Kernel) -> str:
    """Answer one exercise, save, hand in; the button's status line."""
    await kernel.run(f"%load_ext atelier_ia\n%atelier {ASSIGNMENT}")
    shown = await kernel.run("%%reponse meilleure\nB")
    assert "Prochaine étape" in shown or "Acquis" in shown
    _, found = await client.api("GET", f"api/contents/{NOTEBOOK}")
    for cell in found["content"]["cells"]:
        if cell["source"].startswith("%%reponse meilleure"):
            cell["source"] = "%%reponse meilleure\nB"
    status, _ = await client.api("PUT", f"api/contents/{NOTEBOOK}", {"type": "notebook", "content": found["content"]})
    assert status == 200
    await kernel.run("%rendre")
    return await kernel.click_hand_in()


def test_a_participant_joins_works_and_hands_in(room: Room, play: Play) -> None:
    """Does the class code lead to one's own notebook, where an answer is marked and « Rendre » reaches the trainer?"""

    async def scene() -> None:
        async with Client(room.url) as client:
            with pytest.raises(Refused, match="pas le code"):
                await client.join("tilleul-000", "Anne-Marie")
            assert await client.join(room.code.upper().replace("-", " "), "Anne-Marie") == "/user/anne-marie/"
            status, found = await client.api("GET", "api/contents/mes_exercices")
            assert status == 200
            assert ASSIGNMENT in {item["name"] for item in found["content"]}
            async with await client.open(NOTEBOOK) as kernel:
                assert (await work(client, kernel)).startswith("Travail rendu")
                await kernel.click_hand_in()  # twice is no problem

    play(scene())
    inbound = room.root / "var" / "exchange" / "atelier" / "inbound"
    handed = sorted(path.name for path in inbound.iterdir())
    assert len(handed) == 2
    assert all(name.startswith(f"anne-marie+{ASSIGNMENT}+") for name in handed)


def test_a_taken_name_asks_for_its_number(room: Room, play: Play) -> None:
    """Can nobody take somebody else's place, and can one come back to one's own from another computer?"""
    from atelier_ia.rooms.store import RoomStore

    async def scene() -> None:
        async with Client(room.url) as first:
            await first.join(room.code, "Bénédicte")
        async with Client(room.url) as other:
            with pytest.raises(Refused, match="déjà pris"):
                await other.join(room.code, "benedicte")
            with pytest.raises(Refused, match="bon numéro"):
                await other.join(room.code, "Bénédicte", "0000")
            person = RoomStore(room.root / "var" / "salle").participant("benedicte")
            assert person is not None
            assert await other.join(room.code, "Bénédicte", person.number) == "/user/benedicte/"

    play(scene())


def test_the_walls_hold(room: Room, play: Play) -> None:
    """From a notebook cell, is anything obtained of others' work, solutions, gradebook, keys, host, ports, hub?"""
    options = room.options()
    ports = [options[key] for key in ("port", "hub_port", "proxy_port", "desk_port", "apps_port")]

    async def scene() -> str:
        async with Client(room.url) as client:
            await client.join(room.code, "Mallory")
            async with await client.open("essai.ipynb") as kernel:
                return await kernel.run(
                    f"ROOT, PORTS = {str(room.root)!r}, {ports!r}\n" + ATTACKS.read_text(encoding="utf-8"), patience=120
                )

    found = json.loads(play(scene()))
    assert found["got"] == []
    assert "attendu" not in found["public"]
    assert "criteria" not in found["public"]
    assert not [name for name in found["environ"] if name.endswith("_KEY") or name.startswith("ATELIER_SALLE")]


def test_the_hub_refuses_participants(room: Room, play: Play) -> None:
    """Can a participant's browser reach others' servers, the trainer's board or the hub's administration?"""

    async def scene() -> list[tuple[str, int]]:
        async with Client(room.url) as victim, Client(room.url) as client:
            await victim.join(room.code, "Victor")
            await client.join(room.code, "Eve")
            paths = ("/hub/api/users", "/hub/admin", "/hub/api/proxy", "/user/victor/api/contents", "/user/victor/lab",
                     "/services/salle/", "/services/salle/etat", "/hub/api/users/victor")  # fmt: skip
            answers = [(path, (await client.get(path))[0]) for path in paths]
            status, _ = await client.api("POST", "api/kernels", {}, base="/user/victor/")
            return [*answers, ("POST kernels", status)]

    assert [answer for answer in play(scene()) if answer[1] < 400] == []


def test_one_who_takes_everything_spoils_nothing(room: Room, play: Play) -> None:
    """Do a memory bomb and a fork bomb stop at their author, while a neighbour's cell still answers?"""
    burn = "import time\nend = time.time() + 4\nwhile time.time() < end:\n    pass"
    bombs = (
        "try:\n    x = bytearray(3 * 2**30)\n    print('GOT')\nexcept MemoryError:\n    print('memory refused')",
        "import os, time\nborn = 0\ntry:\n    while born < 2000:\n        pid = os.fork()\n        if pid == 0:\n"
        "            time.sleep(20)\n            os._exit(0)\n        born += 1\n"
        "except OSError:\n    print('refused', born < 400)",
        "try:\n    with open('gros', 'wb') as f:\n        for _ in range(600):\n            f.write(bytes(2**20))\n"
        "    print('GOT')\nexcept OSError:\n    print('disk refused')\nfinally:\n    os.remove('gros')",
    )

    async def scene() -> tuple[list[str], str]:
        async with Client(room.url) as greedy, Client(room.url) as neighbour:
            await greedy.join(room.code, "Gaspard")
            await neighbour.join(room.code, "Nina")
            async with await greedy.open("a.ipynb") as one, await neighbour.open("b.ipynb") as other:
                said = [await one.run(bombs[0]), await one.run(bombs[1]), await one.run(bombs[2])]
                burning = asyncio.create_task(one.run(burn))
                answer = await other.run("6 * 7")
                await burning
                return said, answer

    said, answer = play(scene())
    assert said == ["memory refused\n", "refused True\n", "disk refused\n"]
    assert answer == "42"
