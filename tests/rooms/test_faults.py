"""What goes wrong in a real room, on purpose: hand-ins at the same moment, a full disk, a power cut in the middle of an
exercise, a clock that jumps. Nothing handed in is lost, and work resumes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.rooms import sandbox
from tests.rooms.client import NAVIGATE, Client, Kernel
from tests.rooms.conftest import Room, open_room, project_copy
from tests.rooms.test_room import ASSIGNMENT, NOTEBOOK, Play, act, come_back, kill_all, trainer, work

DAY = 86_400
TWO_AT_ONCE = f"""
import base64, concurrent.futures
from atelier_ia.training import desk
notebook = open("/atelier/{NOTEBOOK}", "rb").read()
body = {{"devoir": "{ASSIGNMENT}", "carnet": base64.b64encode(notebook).decode()}}
with concurrent.futures.ThreadPoolExecutor(4) as pool:
    done = list(pool.map(lambda _: desk.ask("POST", "/rendre", body)["rendu"], range(4)))
print(len(done))
"""


@dataclass
class Machine:
    """A room on a small disk, whose programs read the time of day from a clock that we set."""

    room: Room
    disk: Path
    small: bool  # whether `disk` is a file system of its own, that may be filled
    clock: Path | None

    def set_clock(self, seconds: int) -> None:
        assert self.clock is not None
        self.clock.write_text(str(seconds))

    def works(self, name: str) -> list[tuple[str, str]]:
        """(stamp, answer) of all that this person handed in, each checked to be whole, oldest first."""
        found = []
        for folder in (self.room.root / "var" / "exchange" / "atelier" / "inbound").glob(f"{name}+{ASSIGNMENT}+*"):
            names = sorted(path.name for path in folder.iterdir())
            assert names == [f"{ASSIGNMENT}.ipynb", "submission_secret.txt", "timestamp.txt"]
            stamp = (folder / "timestamp.txt").read_text()
            assert stamp == folder.name.split("+")[2]
            found.append((stamp, answer(folder / f"{ASSIGNMENT}.ipynb")))
        return sorted(found)

    def graded(self, name: str) -> str:
        """The answer that was collected to be marked."""
        return answer(self.room.root / "var" / "submitted" / name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")


def answer(notebook: Path) -> str:
    """What a saved notebook answers to the exercise `meilleure`."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    return next(text for text in sources if text.startswith("%%reponse meilleure")).partition("\n")[2].strip()


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    if sandbox.available():
        pytest.skip(sandbox.available())
    disk = tmp_path_factory.mktemp("disque")
    mount = ["mount", "-t", "tmpfs", "-o", "size=96m,mode=0755", "salle", str(disk)]
    small = os.getuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    variables, clock = shifted_clock(tmp_path_factory.mktemp("horloge"))
    opened = None
    try:
        opened = open_room(project_copy(disk / "projet"), **variables)
        yield Machine(opened, disk, small, clock)
    finally:
        if opened is not None:
            opened.stop()
        if small:
            subprocess.run(["umount", "-l", str(disk)], check=True)


def shifted_clock(folder: Path) -> tuple[dict[str, str], Path | None]:
    """The environment that gives programs a clock of ours; nothing where no C compiler is there to make it."""
    if shutil.which("cc") is None:
        return {}, None
    library, clock = folder / "horloge.so", folder / "decalage"
    source = Path(__file__).with_name("shifted_clock.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
    clock.write_text("0")
    return {"LD_PRELOAD": str(library), "CLOCK_SHIFT": str(clock)}, clock


async def hand_in(client: Client, kernel: Kernel, text: str) -> str:
    """Save that answer and press « Rendre »."""
    assert (await client.write_answer(NOTEBOOK, "meilleure", text))[0] == 200
    await kernel.run(f"%%reponse meilleure\n{text}")
    await kernel.run("%rendre")
    return await kernel.click_hand_in()


def test_hand_ins_at_the_same_moment(machine: Machine, play: Play) -> None:
    """Two people hand in four times each, all at once, while the trainer collects: is each work there, whole?"""
    room = machine.room

    async def scene() -> None:
        board = await trainer(room)
        async with Client(room.url) as one, Client(room.url) as two:
            await asyncio.gather(one.join(room.code, "Agathe"), two.join(room.code, "Bruno"))
            async with await one.open(NOTEBOOK) as first, await two.open(NOTEBOOK) as second:
                await asyncio.gather(work(one, first, "A"), work(two, second, "D"))
                *said, (status, told) = await asyncio.gather(
                    first.run(TWO_AT_ONCE), second.run(TWO_AT_ONCE), act(board, "corriger")
                )
                assert said == ["4\n", "4\n"]
                assert status == 200, told
        assert (await act(board, "corriger"))[0] == 200
        await board.session.close()

    play(scene())
    for name, letter in (("agathe", "A"), ("bruno", "D")):
        works = machine.works(name)
        assert [text for _, text in works] == [letter] * 5
        assert len({stamp for stamp, _ in works}) == 5
        assert machine.graded(name) == letter


def test_a_clock_that_jumps(machine: Machine, play: Play) -> None:
    """Three days forward, then back: is everybody still in, is all kept, and is the last work the one that counts?"""
    if machine.clock is None:
        pytest.skip("no C compiler to make a clock of ours")
    room = machine.room

    async def scene() -> None:
        board = await trainer(room)
        async with Client(room.url) as client:
            await client.join(room.code, "Céleste")
            async with await client.open(NOTEBOOK) as kernel:
                assert (await work(client, kernel, "A")).startswith("Travail rendu")
                for shift, letter in ((3 * DAY, "B"), (-2 * 3600, "C")):
                    machine.set_clock(shift)
                    assert (await hand_in(client, kernel, letter)).startswith("Travail rendu")
                    assert (await client.get("/hub/home"))[2] == "/hub/home"
                    status, _ = await client.api("GET", "salle/annonces?apres=0&carnet=")
                    assert status == 200
                    assert (await act(board, "corriger"))[0] == 200
                    assert machine.graded("celeste") == letter
            async with Client(room.url) as newcomer:
                await newcomer.join(room.code, "Denise")
        await board.session.close()

    try:
        play(scene())
    finally:
        machine.set_clock(0)
    works = machine.works("celeste")
    assert [text for _, text in works] == ["A", "B", "C"]
    jumped = datetime.fromisoformat(works[1][0][:26]).replace(tzinfo=UTC) - datetime.now(UTC)
    assert timedelta(days=2, hours=23) < jumped < timedelta(days=3)  # the room did read our clock


def test_a_full_disk(machine: Machine, play: Play) -> None:
    """No room left: is one told so in French, is the saved notebook intact, and does all go on once there is room?"""
    if not machine.small:
        pytest.skip("this account cannot mount a small disk of its own")
    room, filler = machine.room, machine.disk / "remplissage"

    async def scene() -> None:
        board = await trainer(room)
        async with Client(room.url) as client:
            await client.join(room.code, "Fantine")
            async with await client.open(NOTEBOOK) as kernel:
                assert (await work(client, kernel, "A")).startswith("Travail rendu")
                assert (await client.write_answer(NOTEBOOK, "meilleure", "B"))[0] == 200
                await kernel.run("%%reponse meilleure\nB")
                _, page = await client.api("GET", f"api/contents/{NOTEBOOK}")
                fill(filler)
                told = await kernel.click_hand_in()
                assert "n'a pas pu être déposé (disque plein)" in told
                assert (await client.write_answer(NOTEBOOK, "meilleure", "C", page))[0] >= 400
                async with Client(room.url) as newcomer:
                    status, shown, _ = await newcomer.log_in(code=room.code, username="Gilberte", numero="")
                    assert (status, "Error" in shown, "prévenez la formatrice" in shown) == (500, False, True)
                filler.unlink()
                assert (await client.get("/hub/home"))[0] == 200
                assert answer_of(await client.api("GET", f"api/contents/{NOTEBOOK}")) == "B"
                assert (await kernel.click_hand_in()).startswith("Travail rendu")
            async with Client(room.url) as newcomer:
                await newcomer.join(room.code, "Henriette")
        assert (await act(board, "corriger"))[0] == 200
        await board.session.close()

    try:
        play(scene())
    finally:
        filler.unlink(missing_ok=True)
    assert [text for _, text in machine.works("fantine")] == ["A", "B"]
    assert machine.graded("fantine") == "B"


def fill(path: Path) -> None:
    """Take all that is left of the disk."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(2**16))
    with path.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 512)


def answer_of(reply: tuple[int, Any]) -> str:
    """The same as `answer`, from the contents API."""
    cells = reply[1]["content"]["cells"]
    return next(c["source"] for c in cells if c["source"].startswith("%%reponse meilleure")).partition("\n")[2]


def test_a_power_cut_in_the_middle_of_an_exercise(machine: Machine, play: Play) -> None:
    """All is cut between two hand-ins: same code, same place, the saved answer there, and both works in the end?"""
    room = machine.room

    async def scene() -> None:
        async with Client(room.url) as client:
            await client.join(room.code, "Irène")
            async with await client.open(NOTEBOOK) as kernel:
                assert (await work(client, kernel, "A")).startswith("Travail rendu")
            assert (await client.write_answer(NOTEBOOK, "meilleure", "B"))[0] == 200
            await asyncio.to_thread(kill_all, room)
            again = await asyncio.to_thread(open_room, room.root, room.port, room.agents_port)
            room.process = again.process
            assert again.code == room.code
            await come_back(client)
            assert answer_of(await client.api("GET", f"api/contents/{NOTEBOOK}")) == "B"
            async with await client.open(NOTEBOOK) as kernel:
                await kernel.run(f"%load_ext atelier_ia\n%atelier {ASSIGNMENT}")
                assert (await hand_in(client, kernel, "B")).startswith("Travail rendu")
        board = await trainer(room)
        assert (await act(board, "corriger"))[0] == 200
        await board.session.close()

    play(scene())
    assert [text for _, text in machine.works("irene")] == ["A", "B"]
    assert machine.graded("irene") == "B"


def test_a_log_in_page_left_open(machine: Machine, play: Play) -> None:
    """Is a form whose protection has expired refused in French?"""
    room = machine.room

    async def scene() -> None:
        async with Client(room.url) as client:
            data = {"code": room.code, "username": "Justine", "_xsrf": "perime"}
            async with client.session.post(f"{room.url}hub/login", data=data, headers=NAVIGATE) as reply:
                page = await reply.text()
            assert (reply.status, "restée ouverte trop longtemps" in page, "Try again" in page) == (403, True, False)

    play(scene())
