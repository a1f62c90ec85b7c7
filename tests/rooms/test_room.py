"""A day in a room, played by real HTTP and websocket clients: come in, work, hand in, come back, and try to cheat."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import secrets
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest

from atelier_ia.training.rubrics import load_assignment
from tests.rooms.client import Client, Kernel, Refused
from tests.rooms.conftest import KEY, Room, open_room

Play = Callable[..., Any]
ASSIGNMENT = "s3_m1_consigne"
ATTACKS = Path(__file__).with_name("attacks.py")
UNSEEN = (
    "import ctypes, os, time\nkept, size, libc = [], 110 * 2**20, ctypes.CDLL(None)\nfor number in range(6):\n"
    "    with open(f'cache{number}', 'w+b') as file:\n        os.unlink(file.name)\n"
    "        os.posix_fallocate(file.fileno(), 0, size)\n        if number % 2:\n"
    "            libc.mmap(None, ctypes.c_size_t(size), 1, 1, file.fileno(), ctypes.c_long(0))\n        else:\n"
    "            kept.append(os.dup(file.fileno()))\ntime.sleep(90)"
)
CROWD = (
    "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        try:\n"
    "            kept = bytearray(b'1') * (110 * 2**20)\n            time.sleep(60)\n"
    "        finally:\n            os._exit(0)\ntime.sleep(60)"
)
NOTEBOOK = f"mes_exercices/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"


async def work(client: Client, kernel: Kernel, answer: str = "B") -> str:
    """Answer one exercise, save, hand in; the button's status line."""
    await kernel.run(f"%load_ext atelier_ia\n%atelier {ASSIGNMENT}")
    shown = await kernel.run(f"%%reponse meilleure\n{answer}")
    assert "Prochaine étape" in shown or "Acquis" in shown
    status, _ = await client.write_answer(NOTEBOOK, "meilleure", answer)
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
                    f"ROOT, PORTS, WITNESS = {str(room.root)!r}, {ports!r}, {KEY.encode()!r}\n"
                    + ATTACKS.read_text(encoding="utf-8"),
                    patience=120,
                )

    found = json.loads(play(scene()))
    assert found["got"] == []
    assert "attendu" not in found["public"]
    assert "criteria" not in found["public"]
    assert not [name for name in found["environ"] if name.endswith("_KEY") or name.startswith("ATELIER_SALLE")]


def test_the_hub_refuses_participants(room: Room, play: Play) -> None:
    """Can a participant's browser reach others' servers and kernels, the board or the hub's administration?"""

    async def scene() -> list[tuple[str, int]]:
        async with Client(room.url) as victim, Client(room.url) as client:
            await victim.join(room.code, "Victor")
            await client.join(room.code, "Eve")
            paths = ("/hub/api/users", "/hub/admin", "/hub/api/proxy", "/user/victor/api/contents", "/user/victor/lab",
                     "/services/salle/", "/services/salle/etat", "/hub/api/users/victor")  # fmt: skip
            answers = [(path, (await client.get(path))[0]) for path in paths]
            status, _ = await client.api("POST", "api/kernels", {}, base="/user/victor/")
            answers.append(("POST kernels", status))
            async with await victim.open("a.ipynb") as kernel:
                await kernel.run("mine = 1")
                for verb in ("interrupt", "restart"):
                    status, _ = await client.api("POST", f"api/kernels/{kernel.id}/{verb}", {}, base="/user/victor/")
                    answers.append((verb, status))
                client.name = "victor"  # the address of the victim's kernel, with one's own cookies
                with pytest.raises(aiohttp.WSServerHandshakeError):
                    await Kernel(client, kernel.id).__aenter__()
                assert await kernel.run("mine") == "1"
            return answers

    assert [answer for answer in play(scene()) if answer[1] < 400] == []


def test_one_who_takes_everything_spoils_nothing(room: Room, play: Play) -> None:
    """Do a memory bomb and a fork bomb stop at their author, while a neighbour's cell still answers?"""
    burn = "import time\nend = time.time() + 4\nwhile time.time() < end:\n    pass"
    bombs = (
        "try:\n    x = bytearray(3 * 2**30)\n    print('GOT')\nexcept MemoryError:\n    print('memory refused')",
        "import os, time\nborn = 0\ntry:\n    while born < 2000:\n        pid = os.fork()\n        if pid == 0:\n"
        "            time.sleep(3)\n            os._exit(0)\n        born += 1\n"
        "except OSError:\n    print('refused', born < 400)\nfor _ in range(born):\n    os.wait()",
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


def test_who_keeps_every_core_busy_comes_last(room: Room, play: Play) -> None:
    """Sixty processes that calculate for nothing: are they, and they alone, put after everybody, and does a neighbour
    get an answer meanwhile?"""
    burn = (
        "import os, time\nend = time.time() + 20\nfor _ in range(60):\n    if os.fork() == 0:\n"
        "        while time.time() < end:\n            pass\n        os._exit(0)\nfor _ in range(60):\n    os.wait()"
    )
    nice = "import os\nos.getpriority(os.PRIO_PROCESS, 0)"

    async def scene() -> tuple[str, ...]:
        async with Client(room.url) as greedy, Client(room.url) as neighbour:
            await greedy.join(room.code, f"Gontran {secrets.token_hex(2)}")
            await neighbour.join(room.code, f"Solange {secrets.token_hex(2)}")
            async with await greedy.open("a.ipynb") as one, await neighbour.open("b.ipynb") as other:
                before = await other.run(nice)
                burning = asyncio.create_task(one.run(burn, patience=120))
                await asyncio.sleep(12)
                during = await other.run(nice)
                assert not burning.done()
                await burning
                return await one.run(nice), before, during

    greedy, before, during = play(scene())
    assert (greedy, during) == ("19", before)
    assert int(before) < 19


def test_many_small_ones_are_one_big_one(room: Room, play: Play) -> None:
    """Several processes, each within its limit: does the room look at their sum?"""
    assert play(stopped(room, CROWD, "trop de mémoire")) == "42"


def test_files_without_a_name_count_too(room: Room, play: Play) -> None:
    """Are files that were removed but kept open, or only mapped, stopped like the others, and the neighbour spared?"""
    assert play(stopped(room, UNSEEN, "dossier est plein")) == "42"


async def stopped(room: Room, cell: str, word: str) -> str:
    """Run a greedy cell until its author is told that it was stopped; what a neighbour's own cell then answers."""
    async with Client(room.url) as greedy, Client(room.url) as neighbour:
        await greedy.join(room.code, f"Firmin {word}")
        await neighbour.join(room.code, f"Blanche {word}")
        async with await greedy.open("a.ipynb") as one, await neighbour.open("b.ipynb") as other:
            running = asyncio.create_task(one.run(cell, patience=90))
            for _ in range(80):
                _, news = await greedy.api("GET", "salle/annonces?apres=0&carnet=")
                if any(word in message["texte"] for message in news["messages"]):
                    break
                await asyncio.sleep(0.5)
            else:
                raise AssertionError("nobody stopped it")
            running.cancel()
            return await other.run("6 * 7")


async def trainer(room: Room, trusted: ssl.SSLContext | None = None) -> Client:
    """The trainer's browser, on the board."""
    client = await Client(room.url, trusted).__aenter__()
    entrance = "/hub/login?next=%2Fservices%2Fsalle%2F"
    status, text, path = await client.log_in(entrance, cle=room.trainer_key, username="")
    assert (status, path) == (200, "/services/salle/"), (status, path)
    found = re.search(r'atelier-xsrf" content="([^"]+)"', text)
    assert found
    client.name = found[1]
    return client


async def act(
    board: Client, path: str, fields: dict[str, Any] | None = None, base: str = "/services/salle/"
) -> tuple[int, Any]:
    """One gesture on the board."""
    form = aiohttp.FormData()
    for name, value in (fields or {}).items():
        form.add_field(name, value, **({"filename": "menu.txt"} if isinstance(value, bytes) else {}))
    form.add_field("rien", "")
    headers = {"X-XSRFToken": board.name, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin"}
    async with board.session.post(f"{board.url}{base}{path}", data=form, headers=headers) as reply:
        return reply.status, await reply.json()


async def state(board: Client, name: str) -> dict[str, Any]:
    """One participant's line of the board."""
    headers = {"X-XSRFToken": board.name, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin"}
    async with board.session.get(f"{board.url}/services/salle/etat", headers=headers) as reply:
        data = await reply.json()
    return next(dict(person) for person in data["participants"] if person["nom"] == name)


def test_the_trainer_sees_and_helps(room: Room, play: Play) -> None:
    """Does the board show who is stuck, and do message, file, copy, marking, feedback, fresh notebooks reach them?"""

    async def scene() -> None:
        board = await trainer(room)
        async with Client(room.url) as client:
            await client.join(room.code, "Odile")
            await client.api("GET", f"salle/annonces?apres=0&carnet={NOTEBOOK}")
            assert (await state(board, "odile"))["etat"] == "commence"
            async with await client.open(NOTEBOOK) as kernel:
                await work(client, kernel)
                await kernel.run("%%reponse assurance\nA")
                await kernel.run("%%reponse assurance\nA")
                await kernel.run("%%reponse assurance\nA")
            seen = await state(board, "odile")
            assert (seen["devoir"], seen["exercice"], seen["essais"], seen["etat"]) == (
                ASSIGNMENT, "assurance", 3, "rendu",
            )  # fmt: skip
            await client.api("POST", f"salle/annonces?apres=0&carnet={NOTEBOOK}", {"main_levee": True})
            assert (await state(board, "odile"))["main"]
            assert (await act(board, "message", {"texte": "Pause à 10 h 45"}))[0] == 200
            _, news = await client.api("GET", "salle/annonces?apres=0&carnet=")
            assert [message["texte"] for message in news["messages"]] == ["Pause à 10 h 45"]
            assert re.fullmatch(r"\d{4}", news["numero"])
            assert (await act(board, "fichier", {"fichier": b"Menu du jour"}))[0] == 200
            _, found = await client.api("GET", "api/contents/de_la_formatrice/menu.txt")
            assert found["content"] == "Menu du jour"
            headers = {"X-XSRFToken": board.name, "Sec-Fetch-Mode": "cors"}
            async with board.session.get(
                f"{room.url}services/salle/copie/odile/{ASSIGNMENT}", headers=headers
            ) as reply:
                answers = {item["exercice"]: item["texte"] for item in (await reply.json())["reponses"]}
            assert answers[load_assignment(ASSIGNMENT).exercise("meilleure").title] == "B"
            status, said = await act(board, "corriger")
            assert status == 200, said
            assert (await act(board, "retours"))[0] == 200
            _, found = await client.api("GET", "api/contents/mes_retours")
            assert [item["name"] for item in found["content"]] == [f"{ASSIGNMENT}.html"]
            assert (await act(board, "remise/odile"))[0] == 200
            await client.get("/hub/home")
            await come_back(client)
            _, found = await client.api("GET", "api/contents/mes_exercices")
            names = sorted(item["name"] for item in found["content"])
            assert ASSIGNMENT in names
            assert [name for name in names if name.startswith("garde_")]
        await board.session.close()

    play(scene())


async def come_back(client: Client, patience: float = 60) -> None:
    """Open one's place again, as often as it takes."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with contextlib.suppress(aiohttp.ClientError):
            status, _, path = await client.get("/hub/spawn")
            if status == 200 and path.startswith(f"/user/{client.name}/"):
                return
        await asyncio.sleep(0.3)
    raise TimeoutError(client.name)


def kill(room: Room, module: str) -> None:
    """End one program of the room without warning."""
    for process in psutil.Process(room.process.pid).children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if module in " ".join(process.cmdline()[:6]):
                process.kill()
                return
    raise RuntimeError(f"{module} is not running")


def test_the_room_survives_its_programs(room: Room, play: Play) -> None:
    """Hub, proxy, desk and a participant's own server killed: does work resume, with nothing lost?"""

    async def scene() -> None:
        async with Client(room.url) as client:
            await client.join(room.code, "Paule")
            async with await client.open("a.ipynb") as kernel:
                await kernel.run("kept = 41")
                identifier = kernel.id
            for module in ("-m jupyterhub", "atelier_ia.rooms.proxy", "atelier_ia.rooms.desk_server"):
                kill(room, module)
                await asyncio.sleep(1)
                await come_back(client)
                # Same server, same kernel, same variables: only the way to them was cut.
                status, found = await client.api("GET", f"api/kernels/{identifier}")
                assert status == 200, (module, found)
            async with Kernel(client, identifier) as kernel:
                assert await kernel.run("kept + 1") == "42"
                await kernel.run("import os, signal\nopen('fait.txt', 'w').write('oui')")
                with contextlib.suppress(TimeoutError, TypeError, KeyError):
                    await kernel.run("os.kill(-1, signal.SIGKILL)", patience=3)
            await come_back(client)
            status, found = await client.api("GET", "api/contents/fait.txt")
            assert (status, found.get("content")) == (200, "oui")

    play(scene())


def test_a_second_day(room: Room, play: Play) -> None:
    """The laptop was switched off: does everybody find their work, with the same cookie, under the same address?"""

    async def first() -> Client:
        client = await Client(room.url).__aenter__()
        await client.join(room.code, "Rosalie")
        await client.api("PUT", "api/contents/note.txt", {"type": "file", "format": "text", "content": "hier"})
        return client

    async def scene() -> None:
        client = await first()
        await asyncio.to_thread(kill_all, room)
        again = await asyncio.to_thread(open_room, room.root, room.port, room.agents_port)
        room.process = again.process
        assert again.code == room.code
        await come_back(client)
        _, found = await client.api("GET", "api/contents/note.txt")
        assert found["content"] == "hier"
        await client.session.close()

    play(scene())


def kill_all(room: Room) -> None:
    """A power cut: the launcher first, so that it cannot tidy up."""
    tree = psutil.Process(room.process.pid).children(recursive=True)
    room.process.kill()
    room.process.wait()
    for process in tree:
        with contextlib.suppress(psutil.Error):
            process.kill()
