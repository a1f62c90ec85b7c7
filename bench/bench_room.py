"""A class that comes in at once: from the log-in page to the first answer marked, and the memory of each participant.

Beside it, in the same run: JupyterHub as its documentation starts it (`SimpleLocalProcessSpawner`,
`jupyterhub-singleuser`, nbgrader's extensions, ordinary kernels), behind the same proxy, on the same exercises, with no
sandbox at all. Real HTTP and websocket clients; loopback. `BENCH_PARTICIPANTS` sets the size of the class (12). In the
room each hands in, then others come at once until `BENCH_GROWTH` (40) are there, as far as memory allows.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import psutil

from atelier_ia.rooms.seating import processes_of
from bench.figures import Figure
from tests.rooms.client import Client, Kernel
from tests.rooms.conftest import free_port, open_room, project_copy
from tests.rooms.test_room import work

PARTICIPANTS = int(os.environ.get("BENCH_PARTICIPANTS", "12"))
GROWTH = int(os.environ.get("BENCH_GROWTH", "40"))
NEEDED = 250_000_000  # bytes that must be free for each further participant
REST = 40.0  # seconds: ten looks of the watch
ASSIGNMENT = "s3_m1_consigne"
NOTEBOOK = f"mes_exercices/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
FIRST_ANSWER = f"%load_ext atelier_ia\n%atelier {ASSIGNMENT}\nget_ipython().run_cell_magic('reponse', 'meilleure', 'B')"
Scene = Callable[[Callable[[], None]], Coroutine[Any, Any, list[float]]]
STOCK = """
import sys
c.JupyterHub.bind_url = "http://127.0.0.1:{port}/"
c.JupyterHub.hub_port = {hub}
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.log_level = "ERROR"
c.JupyterHub.concurrent_spawn_limit = 100
c.JupyterHub.tornado_settings = {{"slow_spawn_timeout": 0.5}}
c.ConfigurableHTTPProxy.command = [sys.executable, "-m", "atelier_ia.rooms.proxy"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.SimpleLocalProcessSpawner.home_dir_template = {home!r} + "/{{username}}"
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser", "--allow-root"]
c.Spawner.environment = {{"ATELIER_RACINE": {root!r}}}
c.Spawner.http_timeout = c.Spawner.start_timeout = 180
"""


def run() -> list[Figure]:
    """The room, then stock JupyterHub, one after the other."""
    with tempfile.TemporaryDirectory(prefix="salle-") as folder:
        ours = _ours(Path(folder) / "salle")
    with tempfile.TemporaryDirectory(prefix="salle-") as folder:
        theirs = _theirs(Path(folder) / "banal")
    beside = "JupyterHub tel que fourni"
    size = f"{PARTICIPANTS} personnes à la fois"
    return [
        Figure(f"entrée → première réponse corrigée, médiane ({size})", "s", ours[0], beside, theirs[0]),
        Figure(f"entrée → première réponse corrigée, au pire ({size})", "s", ours[1], beside, theirs[1]),
        Figure(f"mémoire par participant ({size})", "Mo", ours[2], beside, theirs[2]),
        Figure("mémoire de la salle vide", "Mo", ours[3], beside, theirs[3]),
        Figure("temps processeur par participant, entrée et première réponse", "s", ours[4], beside, theirs[4]),
        Figure(f"copies rendues ({size})", "", ours[5], "attendu", float(PARTICIPANTS), smaller_is_better=False),
        *_grown(ours[6:]),  # nothing more when memory allowed nobody else
    ]


def _grown(figures: tuple[float, ...]) -> list[Figure]:
    """What a fuller room costs: how many there are, seconds of the last wave, memory of each."""
    alone = "même salle, après la première vague"
    names = (
        "personnes en tout",
        "dernière vague : médiane",
        "dernière vague : au pire",
        "dernière vague : mémoire par participant",
        "toutes les places au repos : mémoire de chacune",
        "toutes les places au repos : part d'un cœur (veille comprise)",
    )
    units = ("", "s", "s", "Mo", "Mo", "%")
    return [Figure(name, unit, value, alone) for name, unit, value in zip(names, units, figures, strict=False)]


def _ours(root: Path) -> tuple[float, ...]:
    room = open_room(project_copy(root))
    try:
        pid = room.process.pid
        first = _measured(pid, PARTICIPANTS, _class(room.url, room.code, hands_in=True))
        inbound = root / "var" / "exchange" / "atelier" / "inbound"
        handed_in = len({path.name.partition("+")[0] for path in inbound.iterdir()})
        more = min(GROWTH - PARTICIPANTS, psutil.virtual_memory().available // NEEDED)
        if more <= 0:
            return (*first, handed_in, PARTICIPANTS, *first[:3])
        last = _measured(pid, more, _class(room.url, room.code, range(PARTICIPANTS, PARTICIPANTS + more)))
        return (*first, handed_in, PARTICIPANTS + more, *last[:3], *_at_rest(pid, PARTICIPANTS + more, first[3]))
    finally:
        room.stop()


def _at_rest(pid: int, people: int, empty: float) -> tuple[float, float]:
    """Nobody does anything any more: memory of each seat (MB), and how much of one core (%) the watch of all takes."""
    time.sleep(10)
    used, begun = processor(pid), time.monotonic()
    time.sleep(REST)
    share = 100 * (processor(pid) - used) / (time.monotonic() - begun)
    return (memory(pid) - empty) / people, share


def _measured(pid: int, people: int, scene: Scene) -> tuple[float, ...]:
    """Median and worst seconds, memory of each participant, memory before (MB), processor seconds of each.

    Memory is read when all have had their first answer and are still there.
    """
    before, used = memory(pid), processor(pid)
    after: list[float] = []

    def answered() -> None:
        after.extend((memory(pid), processor(pid)))

    times = asyncio.run(scene(answered))
    spread = statistics.median(times), max(times)
    return (*spread, (after[0] - before) / people, before, (after[1] - used) / people)


def _theirs(root: Path) -> tuple[float, ...]:
    project_copy(root)
    port = free_port()
    config = root / "banal.py"
    config.write_text(
        STOCK.format(port=port, hub=free_port(), api=free_port(), home=str(root / "maisons"), root=str(root)),
        encoding="utf-8",
    )
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    log = (root / "banal.log").open("w")
    hub = subprocess.Popen(
        [sys.executable, "-m", "jupyterhub", "-f", str(config)],
        cwd=root, env=environment, stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}/"
    try:
        asyncio.run(_until_up(url))
        return _measured(hub.pid, PARTICIPANTS, _class(url, "", home=str(root / "maisons")))
    finally:
        tree = psutil.Process(hub.pid).children(recursive=True)
        hub.send_signal(signal.SIGTERM)
        psutil.wait_procs([psutil.Process(hub.pid), *tree], timeout=10)
        for process in tree:
            if process.is_running():
                process.kill()


async def _until_up(url: str) -> None:
    async with Client(url) as client:
        for _ in range(600):
            try:
                if (await client.get("/hub/login"))[0] == 200:
                    return
            except OSError:
                pass
            await asyncio.sleep(0.2)
    raise TimeoutError(url)


def _class(
    url: str, code: str, numbers: range = range(PARTICIPANTS), *, home: str = "", hands_in: bool = False
) -> Scene:
    """Everybody at once; seconds from the log-in page to the first answer marked. `home`: where the exercises go."""

    async def one(number: int, room: AsyncExitStack) -> tuple[float, Client, Kernel]:
        name = f"eleve{number:02d}"
        if home:
            source = Path(__file__).parents[1] / "exercises" / ASSIGNMENT
            shutil.copytree(source, Path(home) / name / "mes_exercices" / ASSIGNMENT, dirs_exist_ok=True)
        client = await room.enter_async_context(Client(url))
        begun = time.monotonic()
        await client.join(code, name, patience=200)
        kernel = await room.enter_async_context(await client.open(NOTEBOOK))
        shown = await kernel.run(FIRST_ANSWER, patience=200)
        took = time.monotonic() - begun
        assert "titres" in shown or "Prochaine" in shown, shown
        return took, client, kernel

    async def scene(answered: Callable[[], None]) -> list[float]:
        async with AsyncExitStack() as room:
            people = await asyncio.gather(*(one(number, room) for number in numbers))
            await asyncio.to_thread(answered)
            if hands_in:
                await asyncio.gather(*(work(client, kernel) for _, client, kernel in people))
            return [took for took, _, _ in people]

    return scene


def memory(pid: int) -> float:
    """Proportional memory (MB) of a process and all that came from it: shared pages are counted once."""
    total = 0
    for process in processes_of(pid):
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue
    return total / 1e6


def processor(pid: int) -> float:
    """Processor seconds used so far by a process, all that came from it, and what they have already buried."""
    total = 0.0
    for process in processes_of(pid):
        try:
            total += sum(process.cpu_times()[:4])
        except psutil.Error:
            continue
    return total


if __name__ == "__main__":
    for figure in run():
        print(figure.line())
