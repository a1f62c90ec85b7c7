"""A control group around one seat (memory, processor, processes), asked of systemd where it runs and lets us use it.

Nothing is supposed: a first scope is opened to see, another process joins it as the room's template process will, and
what the kernel then bounds is read from the group itself.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from atelier_ia.rooms import walls

RUNTIME = "XDG_RUNTIME_DIR"  # where an ordinary account finds its own systemd
FRENCH = {"memory": "mémoire", "cpu": "processeur", "pids": "nombre de processus"}  # kernel's name: ours, as shown
# A calculation that takes too much is ended alone; where systemd knows no such wish, its whole place is, and reopens.
SPARING = ("-p", "OOMPolicy=continue")
_PATIENCE = 10.0


@dataclass(frozen=True)
class Groups:
    """How a command is put in a group of its own (`before` it, once `properties` are said), and what that bounds."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    controllers: frozenset[str] = frozenset()

    def around(self, command: list[str], properties: list[str]) -> list[str]:
        """`command` in a group of its own; as it is where there are none."""
        if not self.controllers:
            return command
        return [*self.before, *(part for item in properties for part in ("-p", item)), *self.after, *command]


@lru_cache(maxsize=1)
def offered() -> Groups:
    """What this machine offers, tried once."""
    program, place = shutil.which("systemd-run"), os.environ.get(RUNTIME, "")
    if program is None or (os.getuid() and not place):
        return Groups()
    before: tuple[str, ...] = (program, "--scope", "--quiet", "--collect")
    after: tuple[str, ...] = ()
    if os.getuid():  # a participant's environment names no folder of the trainer's: it is said to systemd alone
        before, after = ("/usr/bin/env", f"{RUNTIME}={place}", *before, "--user"), ("/usr/bin/env", "-u", RUNTIME)
    for more in (SPARING, ()):
        groups = Groups((*before, *more), after)
        controllers = _bounded_by(groups)
        if controllers:
            return Groups(groups.before, after, controllers)
    return Groups()


def killed(pid: int) -> int:
    """How many processes the kernel ended for their memory in that process's own group; 0 where seats have none."""
    if "memory" not in offered().controllers:
        return 0
    with contextlib.suppress(OSError, ValueError):
        for line in (walls.control_group(pid) / "memory.events").read_text().splitlines():
            name, _, count = line.partition(" ")
            if name == "oom_kill":
                return int(count)
    return 0


def _bounded_by(groups: Groups) -> frozenset[str]:
    """The controllers at work in a group that `groups` makes and that another process may join; none: do without."""
    waiting = ["/bin/sh", "-c", "echo; read x"]
    command = [*groups.before, "-p", "MemoryMax=64M", "-p", "CPUQuota=50%", "-p", "TasksMax=8", *groups.after, *waiting]
    with contextlib.ExitStack() as running:
        try:
            holder = running.enter_context(_started(command))
            folder = walls.control_group(holder.pid)
            guest = running.enter_context(_started(waiting))
            (folder / "cgroup.procs").write_text(str(guest.pid))
            return frozenset((folder / "cgroup.controllers").read_text().split()) & set(FRENCH)
        except OSError:
            return frozenset()


@contextlib.contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """The command once it has said that it runs; it ends with the block.

    Raises:
        OSError: it did not start.
    """
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        assert process.stdout is not None
        try:
            if not select.select([process.stdout], [], [], _PATIENCE)[0] or not process.stdout.read(1):
                raise OSError("it did not start")
            yield process
        finally:
            process.kill()
