"""Kernels: forked from the template process against freshly started, in one run, alternately.

What a person waits for (`kernel_info`, then the imports of a lesson), what it costs (processor, memory) and what
happens when twenty people arrive together. Medians of `RUNS`.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from atelier_ia.runtime.warm.protocol import PROVISIONER
from atelier_ia.runtime.warm.template import warm_kernels
from bench.figures import Figure

RUNS, PEOPLE, HELD = 5, 20, 5
LESSON = "import ipywidgets, pandas, openai, matplotlib.pyplot as plt\nopenai.OpenAI\nplt.plot([1, 2])\nplt.close()"
COLD = "local-provisioner"


@dataclass
class Kernel:
    """One running kernel and how long it took: `ready` and `taught` in seconds since it was asked for."""

    manager: AsyncKernelManager
    ready: float
    taught: float
    processor: float

    async def stop(self) -> None:
        await self.manager.shutdown_kernel(now=True)


async def open_kernel(provisioner: str, folder: Path, code: str = LESSON) -> Kernel:
    """Start a kernel, wait for its first answer, run `code`."""
    KernelProvisionerFactory.instance().default_provisioner_name = provisioner
    manager = AsyncKernelManager(transport="ipc", connection_file=str(folder / f"{uuid.uuid4().hex[:8]}.json"))
    begun = time.monotonic()
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await answer(client, client.kernel_info())
    ready = time.monotonic() - begun
    await answer(client, client.execute(code))
    taught = time.monotonic() - begun
    process = psutil.Process(manager.provisioner.pid)
    processor = sum(process.cpu_times()[:2])
    client.stop_channels()
    return Kernel(manager, ready, taught, processor)


async def answer(client: Any, request: str) -> None:
    """Wait for the reply to `request`."""
    while True:
        message = await client.shell_channel.get_msg(timeout=120)
        if message["parent_header"].get("msg_id") == request:
            assert message["content"].get("status", "ok") == "ok", message["content"]
            return


async def one_by_one(folder: Path) -> dict[str, list[Kernel]]:
    """`RUNS` kernels of each kind, alternately."""
    taken: dict[str, list[Kernel]] = {COLD: [], PROVISIONER: []}
    for _ in range(RUNS):
        for provisioner, kernels in taken.items():
            kernel = await open_kernel(provisioner, folder)
            await kernel.stop()
            kernels.append(kernel)
    return taken


async def memory(provisioner: str, folder: Path, extra: list[psutil.Process]) -> float:
    """Memory per kernel with `HELD` of them open (MB, shared pages divided among their users), `extra` included."""
    kernels = [await open_kernel(provisioner, folder) for _ in range(HELD)]
    processes = [psutil.Process(kernel.manager.provisioner.pid) for kernel in kernels] + extra
    total = sum(process.memory_full_info().pss for process in processes)
    for kernel in kernels:
        await kernel.stop()
    return total / HELD / 2**20


async def arrival(provisioner: str, folder: Path) -> float:
    """Seconds until the last of `PEOPLE` arriving together has run the lesson's imports."""
    begun = time.monotonic()
    kernels = await asyncio.gather(*(open_kernel(provisioner, folder) for _ in range(PEOPLE)))
    taken = time.monotonic() - begun
    await asyncio.gather(*(kernel.stop() for kernel in kernels))
    return taken


def run() -> list[Figure]:
    """The figures; warm kernels must be available here."""
    with tempfile.TemporaryDirectory(prefix="atelier-mesure-", dir="/tmp") as name, warm_kernels() as variables:
        if not variables:
            raise RuntimeError("warm kernels are not available on this system")
        os.environ |= variables
        folder = Path(name)
        template = [
            child for child in psutil.Process().children() if "atelier_ia.runtime.warm.zygote" in child.cmdline()
        ]

        async def measure() -> list[Figure]:
            taken = await one_by_one(folder)

            def both(title: str, unit: str, value: Callable[[Kernel], float]) -> Figure:
                ours, theirs = (statistics.median(map(value, taken[kind])) for kind in (PROVISIONER, COLD))
                return Figure(title, unit, ours, "démarrage normal", theirs)

            return [
                both("noyau : première réponse", "s", lambda kernel: kernel.ready),
                both("noyau : importations d'une leçon faites", "s", lambda kernel: kernel.taught),
                both("noyau : processeur dépensé", "s", lambda kernel: kernel.processor),
                Figure(
                    f"noyau : mémoire, {HELD} ouverts, modèle compris",
                    "Mo",
                    await memory(PROVISIONER, folder, template),
                    "démarrage normal",
                    await memory(COLD, folder, []),
                ),
                Figure(
                    f"{PEOPLE} arrivées ensemble : la dernière est servie",
                    "s",
                    await arrival(PROVISIONER, folder),
                    "démarrage normal",
                    await arrival(COLD, folder),
                ),
            ]

        try:
            return asyncio.run(measure())
        finally:
            for variable in variables:
                del os.environ[variable]
