"""What one person costs beyond one machine: a server of their own (pod, account), the hub, the desk, an application.

No relay of warm processes here: each server starts alone, as in a pod. Real hub, real servers, HTTP and websocket
clients on loopback; processor seconds, so that a busy machine does not change much. These figures feed
`atelier dimensionner` (src/atelier_ia/rooms/couts.toml).
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.bench_room import FIRST_ANSWER, NOTEBOOK, memory, processor
from bench.figures import Figure
from tests.rooms.client import Client, Kernel
from tests.rooms.hosting import Hosted, hosted_rooms

JOINS, AGENTS, MARKS = 4, 6, 30
APP = "/services/applications-val-fontaine/voila/render/masquer_texte.ipynb"
MARK = "get_ipython().run_cell_magic('reponse', 'meilleure', 'B')"


@dataclass
class Costs:
    """Megabytes and processor seconds of one person."""

    seat_memory: float = 0.0
    seat_cpu: float = 0.0
    hub_join: float = 0.0
    hub_agent: float = 0.0
    apps_agent: float = 0.0
    desk_mark: float = 0.0


def run() -> list[Figure]:
    """One hub, a few participants one after the other, then a few agents."""
    with tempfile.TemporaryDirectory(prefix="grappe-") as folder, hosted_rooms(Path(folder)) as hosted:
        costs = asyncio.run(_costs(hosted))
        hub = psutil.Process(hosted.hub_pid).memory_full_info().uss / 1e6
    alone = "rien de comparable"
    return [
        Figure("mémoire d'un participant, place à part", "Mo", costs.seat_memory, alone),
        Figure("processeur d'un participant, place à part, jusqu'à la réponse", "s", costs.seat_cpu, alone),
        Figure("processeur du hub par participant qui entre", "s", costs.hub_join, alone),
        Figure("processeur du hub par agent qui ouvre une application", "s", costs.hub_agent, alone),
        Figure("processeur des applications par agent qui en ouvre une", "s", costs.apps_agent, alone),
        Figure("processeur du guichet par réponse corrigée", "s", costs.desk_mark, alone),
        Figure("mémoire du hub", "Mo", hub, alone),
    ]


async def _costs(hosted: Hosted) -> Costs:
    costs, hub = Costs(), psutil.Process(hosted.hub_pid)
    own = hub.cpu_times
    before = sum(own()[:2])
    seats = []
    for number in range(JOINS):
        async with Client(hosted.url) as client:
            await client.join("", ("anne", "paul", "lucie", "marc")[number])
            async with await client.open(NOTEBOOK) as kernel:
                await kernel.run(FIRST_ANSWER, patience=200)
                seat = _newest_seat(hub)
                seats.append((memory(seat), processor(seat)))
                costs.hub_join = (sum(own()[:2]) - before) / (number + 1)
                if number == 0:
                    costs.desk_mark = await _marks(hosted, kernel)
    costs.seat_memory = statistics.median(item[0] for item in seats)
    costs.seat_cpu = statistics.median(item[1] for item in seats)
    before = sum(own()[:2])
    used = processor(hosted.standing_pid)
    for _ in range(AGENTS):
        async with Client(hosted.url) as client:
            await client.log_in(username="anne", password="x")
            status, _, _ = await client.get(APP)
            assert status == 200, status
    costs.hub_agent = (sum(own()[:2]) - before) / AGENTS
    costs.apps_agent = (processor(hosted.standing_pid) - used) / AGENTS
    return costs


async def _marks(hosted: Hosted, kernel: Kernel) -> float:
    desk = _program(hosted, "atelier_ia.rooms.desk_server")
    before = processor(desk)
    for _ in range(MARKS):
        await kernel.run(MARK)
    return (processor(desk) - before) / MARKS


def _newest_seat(hub: psutil.Process) -> int:
    found = [child for child in hub.children() if "atelier_ia.rooms.seat" in child.cmdline()]
    return int(max(found, key=lambda child: child.create_time()).pid)


def _program(hosted: Hosted, module: str) -> int:
    """The process that runs that module, behind the collectivité's launcher."""
    for child in psutil.Process(hosted.standing_pid).children(recursive=True):
        if module in child.cmdline():
            return int(child.pid)
    raise RuntimeError(module)
