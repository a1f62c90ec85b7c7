"""A room without any network but this machine's own, and clients that play there. Needs root; elsewhere, as usual."""

from __future__ import annotations

import asyncio
import ctypes
import os
import shutil
import subprocess
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

_CLONE_NEWNET = 0x40000000
ALONE = ("unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")


def alone() -> tuple[str, ...]:
    """What to put before a command so that it has no network but loopback; nothing when this machine cannot."""
    if os.getuid() or not shutil.which("unshare") or not shutil.which("ip"):
        return ()
    return ALONE if subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0 else ()


def play_beside(pid: int, scene: Coroutine[Any, Any, None]) -> None:
    """Play a scene in the network of that process, by a thread that ends with it."""

    def played() -> None:
        network = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
        try:
            if ctypes.CDLL(None, use_errno=True).setns(network, _CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
        finally:
            os.close(network)
        asyncio.run(scene)

    with ThreadPoolExecutor(1) as one:
        one.submit(played).result()
