"""Start the processes of one seat: a sandbox that waits and a server forked into it, or one started the long way."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil

from atelier_ia.rooms import sandbox
from atelier_ia.runtime.warm.protocol import ProtocolError, peer, receive, send

SEAT_MODULE = "atelier_ia.rooms.seat"
_READY, _BORN = 15.0, 20.0  # seconds
log = logging.getLogger("atelier.salle")


@dataclass(frozen=True)
class Place:
    """What a server needs: the walls (None without), its environment, its folder as it sees it, where it listens."""

    seat: sandbox.Seat | None
    environment: dict[str, str]
    folder: Path
    home: str
    listener: int
    log: int


def start(place: Place, nursery: Path | None) -> subprocess.Popen[bytes]:
    """The first process of the seat: everything else ends with it."""
    if place.seat is not None and nursery is not None and nursery.exists():
        try:
            return _warm(place, place.seat, nursery)
        except (OSError, ProtocolError, RuntimeError) as problem:
            log.warning("Place démarrée sans relais (%s) : l'ouverture est plus lente.", type(problem).__name__)
    server = [sys.executable, "-m", SEAT_MODULE, str(place.listener)]
    if place.seat is not None:
        walled = [*sandbox.bubblewrap(place.seat), "--", *sandbox.inside(place.seat, server)]
        server = sandbox.bounded(walled, place.seat.limits)
    return _popen(server, place, (place.listener,))


def _warm(place: Place, seat: sandbox.Seat, nursery: Path) -> subprocess.Popen[bytes]:
    """A sandbox in which a shell waits for the server's end, then the server, forked from the nursery into it."""
    info_read, info_write = os.pipe()
    life_read, life_write = os.pipe()
    ready_read, ready_write = os.pipe()
    inside = sandbox.inside(seat, ["/bin/sh", "-c", "echo; exec >&-; read x"])
    command = [*sandbox.bubblewrap(seat), "--info-fd", str(info_write), "--", *inside]
    holder = None
    try:
        walled = sandbox.bounded(command, seat.limits)
        holder = _popen(walled, place, (info_write,), source=life_read, target=ready_write)
        os.close(info_write)
        os.close(ready_write)
        info_write = ready_write = -1
        pid = sandbox.inner_pid(info_read)
        if not select.select([ready_read], [], [], _READY)[0] or not os.read(ready_read, 1):
            raise RuntimeError("the sandbox did not open")
        _ask(nursery, place, pid, life_write)
        return holder
    except BaseException:
        if holder is not None:
            stop(holder.pid, patience=0)
            holder.wait()
        raise
    finally:
        for descriptor in (info_read, info_write, life_read, life_write, ready_read, ready_write):
            if descriptor >= 0:
                os.close(descriptor)


def _ask(nursery: Path, place: Place, pid: int, life: int) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_BORN)
        connection.connect(str(nursery))
        if peer(connection)[1] != os.getuid():
            raise RuntimeError("the nursery is another account's")
        account = place.seat.account if place.seat else 0
        message = {"holder": pid, "account": account, "environment": place.environment, "folder": place.home}
        send(connection, message, [place.listener, place.log, life])
        answer, _ = receive(connection, 1)
    if not answer.get("born"):
        raise RuntimeError(str(answer.get("error", ""))[:200])


def _popen(
    command: list[str],
    place: Place,
    inherited: tuple[int, ...],
    source: int = subprocess.DEVNULL,
    target: int | None = None,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        env=place.environment,
        cwd=place.folder,
        stdin=source,
        stdout=place.log if target is None else target,
        stderr=place.log,
        start_new_session=True,
        pass_fds=inherited,
    )


@dataclass(frozen=True)
class Census:
    """All processes of this machine at one moment: who came from whom, and who lives in which process namespace."""

    children: dict[int, list[int]]
    namespaces: dict[int, str]
    inhabitants: dict[str, list[int]]


def census() -> Census:
    """Look at every process once."""
    found = Census({}, {}, {})
    for pid in psutil.pids():
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found.children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(pid)
        namespace = _namespace(pid)
        if namespace is not None:
            found.namespaces[pid] = namespace
            found.inhabitants.setdefault(namespace, []).append(pid)
    return found


def processes_of(pid: int, known: Census | None = None) -> list[psutil.Process]:
    """That process, all that came from it, and all that live in its sandbox, the first processes first.

    A server forked into a sandbox is nobody's child there: only its namespace tells. `known` spares another look at
    every process of the machine.
    """
    if not psutil.pid_exists(pid):
        return []
    seen = known or census()
    found = [pid]
    for process in found:  # grows while it is read
        found += seen.children.get(process, [])
    walled = {seen.namespaces.get(process) for process in found} - {_namespace(os.getpid()), None}
    found += [process for namespace in walled if namespace for process in seen.inhabitants[namespace]]
    alive = []
    for process in dict.fromkeys(found):
        with contextlib.suppress(psutil.Error):
            alive.append(psutil.Process(process))
    return alive


def _namespace(pid: int) -> str | None:
    """The process namespace of `pid`, None when it is gone or not ours to look at."""
    try:
        return str(Path(f"/proc/{pid}/ns/pid").readlink())
    except OSError:
        return None


def server_of(tree: list[psutil.Process]) -> psutil.Process | None:
    """The Jupyter server of a seat: the first Python there that another Python of the seat did not start."""
    pythons = set()
    for process in tree:
        with contextlib.suppress(psutil.Error):
            if process.name().startswith("python"):
                pythons.add(process.pid)
    for process in tree:
        with contextlib.suppress(psutil.Error):
            if process.pid in pythons and process.ppid() not in pythons:
                return process
    return None


def stop(pid: int, patience: float = 5.0) -> None:
    """Ask the seat's server to stop, then end whatever is left of the seat (blocking)."""
    tree = processes_of(pid)
    server = server_of(tree)
    if patience and server is not None:
        with contextlib.suppress(psutil.Error):
            server.terminate()
        psutil.wait_procs(tree, patience)
    for process in tree:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(tree, 3.0)
