"""Control groups around seats: what is asked of systemd is what it knows, what is announced is what is in force."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from atelier_ia.rooms import groups, sandbox, walls, watch
from atelier_ia.rooms.seating import processes_of
from tests.deploy.systemd import complaints
from tests.rooms.client import Client
from tests.rooms.conftest import Room
from tests.rooms.test_room import Play

ROOT = Path(__file__).resolve().parents[2]
LIMITS = sandbox.Limits(memory=256, processes=40, cpu=0.5)


@pytest.fixture
def fresh() -> Iterator[None]:
    """The machine is looked at anew, and once more afterwards."""
    groups.offered.cache_clear()
    yield
    groups.offered.cache_clear()


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("answers", ["", "exit 1", 'while [ "$1" != /bin/sh ]; do shift; done; exec "$@"'])
def test_what_is_not_in_force_is_not_announced(answers: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No systemd-run, one that fails, one that makes no group: is none announced, and the command as it is?"""
    if answers:
        program = tmp_path / "systemd-run"
        program.write_text(f"#!/bin/sh\n{answers}\n")
        program.chmod(0o755)
    for name in ("env", "sh", "bwrap", "setpriv"):
        found = shutil.which(name)
        if found:
            (tmp_path / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(groups.RUNTIME, str(tmp_path))
    # On a machine with control groups, the third would find the tests' own.
    monkeypatch.setattr(walls, "control_group", lambda _pid: tmp_path / "nulle-part")
    assert sandbox.bounded(["/bin/true"], LIMITS) == ["/bin/true"]
    assert sandbox.limits_in_force().endswith("(pas de groupe de contrôle : systemd n'en offre pas ici)")


def test_the_trainer_is_told_what_is_in_force() -> None:
    """`atelier diagnostic`, as typed: does it name the walls and the limits of this very machine?"""
    done = subprocess.run(
        [sys.executable, "-m", "atelier_ia", "diagnostic"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    (line,) = (line for line in done.stdout.splitlines() if "Places d'une salle" in line)
    assert sandbox.check_seats()[1] in line
    held = groups.offered().controllers
    assert ("pas de groupe de contrôle" in line) == (not held and not sandbox.available())
    assert all(groups.FRENCH[name] in line for name in held)


def asked() -> list[str]:
    """The properties that a seat asks of systemd."""
    words = groups.Groups(("systemd-run",), (), frozenset({"memory"}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups, "offered", lambda: words)
        line = sandbox.bounded(["/bin/true"], LIMITS)
    return [line[rank + 1] for rank, word in enumerate(line) if word == "-p"]


def test_systemd_knows_all_that_is_asked(tmp_path: Path) -> None:
    """Its own checker, on a seat's properties and on the room's unit: nothing unknown, and would it say so?"""
    seat = "[Service]\nExecStart=/bin/true\n" + "\n".join(asked())
    assert len(asked()) == 4
    assert complaints(seat, tmp_path) == []
    assert complaints((ROOT / "deploy" / "hub" / "atelier-salle.service").read_text(encoding="utf-8"), tmp_path) == []
    wrong = seat.replace("TasksMax=", "TachesMax=").replace("CPUQuota=50%", "CPUQuota=demi")
    assert len(complaints(wrong, tmp_path)) == 2


needed = pytest.mark.skipif("not __import__('atelier_ia.rooms.groups', fromlist=['x']).offered().controllers",
                            reason="systemd n'offre pas de groupe de contrôle ici")  # fmt: skip
HOG = "import time\nkept = []\nfor _ in range(600):\n    kept.append(bytearray(b'x') * 2**20)\nprint('GOT')"
BOMB = (
    "import os, time\nborn = 0\ntry:\n    while born < 500:\n        if os.fork() == 0:\n            time.sleep(5)\n"
    "            os._exit(0)\n        born += 1\nexcept OSError:\n    print('refused', born < 40)"
)


@needed
def test_the_kernel_holds_what_was_asked(tmp_path: Path) -> None:
    """Where systemd runs: are the figures in the group, do memory and processes stop there, is the author told?"""
    waiting = sandbox.bounded(["/bin/sh", "-c", "echo; read x"], LIMITS)
    own, said = {"PATH": os.defpath}, {}  # all that a participant's environment says of systemd: nothing
    for name, program in (("hog", HOG), ("bomb", BOMB)):
        with subprocess.Popen(waiting, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=own) as holder:
            try:
                assert holder.stdout is not None
                assert holder.stdout.read(1) == b"\n"
                folder = walls.control_group(holder.pid)
                found = {file: (folder / file).read_text().strip() for file in ("memory.max", "pids.max", "cpu.max")}
                assert found == {"memory.max": str(512 * 2**20), "pids.max": "40", "cpu.max": "50000 100000"}
                assert watch.overseen(holder.pid, tmp_path, LIMITS) == ""
                join = f"from atelier_ia.rooms import walls\nwalls.join_control_group({holder.pid})\n"
                command = [sys.executable, "-c", join + program]
                done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
                said[name] = (done.returncode, done.stdout)
                told = watch.overseen(holder.pid, tmp_path, LIMITS)
                assert told == (watch.TOO_MUCH_MEMORY if name == "hog" else "")
                time.sleep(1)
                assert holder.poll() is None or groups.SPARING[1] not in waiting  # the place itself stays
            finally:
                holder.kill()
    assert said == {"hog": (-9, ""), "bomb": (0, "refused True\n")}


@needed
def test_a_seat_is_whole_in_its_group(room: Room, play: Play) -> None:
    """Where systemd runs: are holder, server (forked elsewhere) and kernels of a participant all in one group?"""
    assert "groupes de contrôle de systemd" in room.walls

    async def scene() -> set[Path]:
        async with Client(room.url) as client:
            await client.join(room.code, "Anne")
            async with await client.open("a.ipynb") as kernel:
                assert await kernel.run("'XDG_RUNTIME_DIR' in __import__('os').environ") == "False"
                holders = [
                    child.pid
                    for child in psutil.Process(room.process.pid).children(recursive=True)
                    if "bwrap" in child.name()
                ]
                tree = {process.pid for pid in holders for process in processes_of(pid)}
                assert len(tree) >= 4
                return {walls.control_group(pid) for pid in tree}

    (folder,) = play(scene())
    assert folder.name.endswith(".scope")
    assert int((folder / "memory.max").read_text()) == 2 * 512 * 2**20
