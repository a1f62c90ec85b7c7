"""Keep one participant from spoiling the room where the system offers no control group: memory, disk, processor.

Looked at from outside every few seconds. What goes over is stopped (the fattest process first), its author is told, the
others notice nothing. Who keeps more cores busy than their share is not stopped: they come after everybody else. Files
are never touched.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from atelier_ia.rooms import groups
from atelier_ia.rooms.sandbox import MEGABYTE, Limits
from atelier_ia.rooms.seating import Census, census, processes_of, server_of

EVERY = 4.0  # seconds
MEMORY_ROOM = 1.5  # server and kernels together may use this many times the limit of one process
_MOST_FILES = 20_000
# A mapped file that was removed, as /proc/…/maps shows it; memory that never was a file has names of its own.
_UNNAMED = re.compile(
    r"^(?P<start>[0-9a-f]+)-(?P<end>[0-9a-f]+) \S+ (?P<offset>[0-9a-f]+) \S+ (?P<inode>[1-9]\d*) +"
    r"/(?!memfd:|dev/zero|dev/shm|SYSV).* \(deleted\)$",
    re.M,
)
_AT_MOST = 30  # processes ended in one look
CPU_ROOM = 1.5  # a seat may use this many times its share of processor before it comes last
AT_ONCE = 6  # calculations of one seat at the same moment before it comes last: on a busy machine each gets little
LAST = 19  # the lowest priority

TOO_MUCH_MEMORY = (
    "Votre carnet prenait trop de mémoire : le calcul a été arrêté. Votre texte est intact ; relancez les cellules."
)
TOO_MUCH_DISK = (
    "Votre dossier est plein : le calcul a été arrêté. Supprimez les gros fichiers, puis relancez les cellules."
)


def overseen(pid: int, folder: Path, limits: Limits) -> str:
    """Look at one seat and stop what goes over; what to tell its author, "" when all is well. Blocking."""
    tree = processes_of(pid, _recent())
    cores, at_once, killed = _since(pid, tree)
    if cores > limits.cpu * CPU_ROOM or at_once > AT_ONCE:
        for process in kernels(tree):
            with contextlib.suppress(psutil.Error):
                process.nice(LAST)
    if used_memory(tree) > limits.memory * MEGABYTE * MEMORY_ROOM:
        for _ in range(_AT_MOST):
            stop_fattest(tree)
            tree = [process for process in tree if process.is_running()]
            if used_memory(tree) <= limits.memory * MEGABYTE * MEMORY_ROOM:
                break
        return TOO_MUCH_MEMORY
    if killed > 0:  # the kernel was quicker, in the seat's control group
        return TOO_MUCH_MEMORY
    allowed = limits.disk * MEGABYTE
    if used_disk(folder, allowed) + unnamed_disk(tree, folder.stat().st_dev) > allowed:
        for process in kernels(tree):
            with contextlib.suppress(psutil.Error):
                process.kill()
        return TOO_MUCH_DISK
    return ""


@dataclass(frozen=True)
class Look:
    """One seat at one moment: seconds of processor used until then, processes ended by the kernel for their memory."""

    when: float
    seconds: float
    killed: int


_last: dict[int, Look] = {}


def _since(pid: int, tree: list[psutil.Process]) -> tuple[float, int, int]:
    """Cores that this seat used since the last look (what ended counts with whoever waited for it), its processes that
    calculate now, and how many the kernel ended since then."""
    seconds, running = 0.0, 0
    for process in tree:
        with contextlib.suppress(psutil.Error), process.oneshot():
            seconds += sum(process.cpu_times()[:4])
            running += process.status() == psutil.STATUS_RUNNING
    now = Look(time.monotonic(), seconds, groups.killed(pid))
    before = _last.pop(pid, now)
    if tree:
        _last[pid] = now
    return (seconds - before.seconds) / max(0.1, now.when - before.when), running, now.killed - before.killed


_census: tuple[float, Census] | None = None
_looking = threading.Lock()


def _recent() -> Census:
    """The machine's processes, looked at once for all seats."""
    global _census
    with _looking:
        if _census is None or time.monotonic() - _census[0] > EVERY / 2:
            _census = time.monotonic(), census()
        return _census[1]


def used_memory(tree: list[psutil.Process]) -> int:
    """Bytes that only these processes hold; the quick overestimate when it is already small enough to tell."""
    total = 0
    for process in tree:
        with contextlib.suppress(psutil.Error):
            total += process.memory_info().rss
    if total < 600 * MEGABYTE:
        return total
    total = 0
    for process in tree:
        with contextlib.suppress(psutil.Error):
            total += process.memory_full_info().uss
    return total


def stop_fattest(tree: list[psutil.Process]) -> None:
    """Kill what holds most among the kernels and what they started; the server itself stays."""
    sizes = []
    for process in kernels(tree):
        with contextlib.suppress(psutil.Error):
            sizes.append((process.memory_full_info().uss, process.pid, process))
    if sizes:
        with contextlib.suppress(psutil.Error):
            max(sizes)[2].kill()


def kernels(tree: list[psutil.Process]) -> list[psutil.Process]:
    """The seat's processes that run cells, and whatever these started: all that came from its server."""
    server = server_of(tree)
    if server is None:
        return []
    with contextlib.suppress(psutil.Error):
        return list(server.children(recursive=True))
    return []


def used_disk(folder: Path, enough: int) -> int:
    """Bytes of the files under `folder`, links not followed; it stops counting once `enough` is passed."""
    total, seen = 0, 0
    waiting = [str(folder)]
    while waiting and total <= enough and seen < _MOST_FILES:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    seen += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_blocks * 512
        except OSError:
            continue
    return total if seen < _MOST_FILES else enough + 1


def unnamed_disk(tree: list[psutil.Process], device: int) -> int:
    """Bytes of that disk held by files without a name any more, which these processes keep open or mapped."""
    sizes: dict[int, int] = {}
    for process in tree:
        place = Path(f"/proc/{process.pid}")
        with contextlib.suppress(OSError):
            for opened in (place / "fd").iterdir():
                with contextlib.suppress(OSError):
                    found = opened.stat()
                    if not found.st_nlink and found.st_dev == device and stat.S_ISREG(found.st_mode):
                        sizes[found.st_ino] = found.st_blocks * 512
        with contextlib.suppress(OSError):
            mapped = (place / "maps").read_bytes()
            if b"(deleted)" not in mapped:  # nearly always
                continue
            for extent in _UNNAMED.finditer(mapped.decode("utf-8", "replace")):
                start, end, offset = (int(extent[part], 16) for part in ("start", "end", "offset"))
                inode = int(extent["inode"])
                sizes[inode] = max(sizes.get(inode, 0), offset + end - start)
    return sum(sizes.values())
