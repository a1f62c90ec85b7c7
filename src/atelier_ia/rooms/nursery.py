"""The room's template process: it has imported what a participant's server and kernels need, and forks one per seat.

The child joins the sandbox that bubblewrap made, drops every privilege, forks the template of its own kernels, and
becomes the server. The nursery itself runs nobody's code, holds no secret, opens no loop and no connection, has one
thread. Whatever goes wrong, the spawner starts the server the ordinary way.

Run as `python -m atelier_ia.rooms.nursery SOCKET` by the launcher.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from atelier_ia.rooms import walls
from atelier_ia.runtime.imports import skip_slow_imports
from atelier_ia.runtime.processes import die_with_parent
from atelier_ia.runtime.warm import zygote
from atelier_ia.runtime.warm.protocol import (
    PROVISIONER,
    PROVISIONER_VARIABLE,
    WARM_VARIABLE,
    ProtocolError,
    receive,
    send,
)
from atelier_ia.runtime.warm.protocol import peer as peer_of

KERNELS = "/tmp/noyaux"  # where the template of one's own kernels listens, inside
_PATIENCE = 10.0
_PRELOADED = (
    "jupyterhub.singleuser.extension",
    "jupyterlab.commands",
    "jupyterlab.labapp",
    "jupyter_server.serverapp",
    "jupyter_server.services.api.handlers",
    "jupyter_server.services.contents.handlers",
    "jupyter_server.gateway.managers",
    "jupyter_server.services.kernels.handlers",
    "jupyter_server.services.kernels.websocket",
    "nbformat.v4",
    "jupyter_server.services.kernels.connection.channels",
    "jupyter_server.services.sessions.handlers",
    "jupyter_server.services.contents.largefilemanager",
    "jupyter_server.services.nbconvert.handlers",
    "jupyter_server.services.config.handlers",
    "jupyter_server.services.events.handlers",
    "jupyter_server.view.handlers",
    "jupyter_server.services.kernelspecs.handlers",
    "jupyter_server.files.handlers",
    "jupyter_server.base.handlers",
    "jupyter_server.nbconvert.handlers",
    "jupyterlab_server.handlers",
    "jupyterlab_server.translations_handler",
    "jupyterlab.handlers.announcements",
    "jupyterlab.handlers.build_handler",
    "atelier_ia.rooms.seat",
    "sqlite3",
    "jupyter_server.services.security.handlers",
    "jupyter_server.services.shutdown",
    "jupyter_server.auth.login",
    "atelier_ia.training.hand_in",
    "atelier_ia.training.tryout",
    "atelier_ia.training.card",
    "notebook_shim.shim",
)


@dataclass(frozen=True)
class Birth:
    """One server to become."""

    holder: int
    account: int
    environment: dict[str, str]
    folder: str
    descriptors: tuple[int, int, int]  # the listening socket, the log, the thread of life


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM; returns only in a child, which becomes the server it was asked to be."""
    die_with_parent()
    skip_slow_imports()
    sys.path[:] = [entry for entry in sys.path if entry not in ("", str(Path.cwd()))]
    from atelier_ia.runtime.warm.modules import preload

    missing = preload()
    for name in _PRELOADED:
        try:
            importlib.import_module(name)
        except Exception as error:
            missing.append(f"{name} ({type(error).__name__})")
    if missing:
        print("not preloaded:", ", ".join(missing), flush=True)
    gc.collect()
    gc.freeze()
    become(wait_for_births(Path(arguments[0])))


def wait_for_births(path: Path) -> Birth:
    """Answer requests for ever; returns in each child."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    listener.bind(str(path))
    os.umask(before)
    listener.listen(64)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    while True:
        select.select([listener], [], [])
        connection, _ = listener.accept()
        with connection:
            birth = _answer(connection, listener)
        if birth is not None:
            return birth


def _answer(connection: socket.socket, listener: socket.socket) -> Birth | None:
    connection.settimeout(_PATIENCE)
    descriptors: list[int] = []
    nursery = os.getpid()
    try:
        if peer_of(connection)[1] != os.getuid():
            return None
        message, descriptors = receive(connection, 3)
        birth = _birth(message, descriptors)
        if len(list(Path("/proc/self/task").iterdir())) != 1:
            raise ProtocolError("the nursery has several threads")
        if os.fork():
            return None
    except (ProtocolError, OSError, KeyError, TypeError, ValueError) as error:
        _say(connection, {"error": f"{type(error).__name__}: {error}"})
        return None
    finally:
        if os.getpid() == nursery:
            for descriptor in descriptors:
                os.close(descriptor)
    # From here on, a child: first outside, then, after the second fork, inside.
    listener.close()
    try:
        walls.join_control_group(birth.holder)
        walls.enter(birth.holder, own_user_namespace=not birth.account)
        if os.fork():
            os._exit(0)
        walls.drop_privileges(birth.account)
        _set_up(birth)
        _say(connection, {"born": True})
    except BaseException as error:
        _say(connection, {"error": f"{type(error).__name__}: {error}"})
        os._exit(1)
    return birth


def _birth(message: dict[str, Any], descriptors: list[int]) -> Birth:
    if len(descriptors) != 3:
        raise ProtocolError("three descriptors wanted")
    environment = {str(name): str(value) for name, value in message["environment"].items()}
    first, second, third = descriptors
    holder, account = int(message["holder"]), int(message["account"])
    return Birth(holder, account, environment, str(message["folder"]), (first, second, third))


def _say(connection: socket.socket, message: dict[str, Any]) -> None:
    with contextlib.suppress(OSError, ProtocolError):
        send(connection, message, [])


def _set_up(birth: Birth) -> None:
    """What a freshly started process would have of its own."""
    os.setsid()
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    null = os.open("/dev/null", os.O_RDONLY)
    for source, target in ((null, 0), (birth.descriptors[1], 1), (birth.descriptors[1], 2)):
        os.dup2(source, target)
    os.close(null)
    os.close(birth.descriptors[1])
    os.environ.clear()
    os.environ.update(birth.environment)
    time.tzset()
    os.umask(0o077)
    os.chdir(birth.folder)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def become(birth: Birth) -> NoReturn:
    """Fork the template of one's kernels, then be the server until it stops."""
    from atelier_ia.rooms import seat

    seat.bound_and_settle()
    server = os.getpid()
    if os.fork() == 0:
        walls.die_with(server, signal.SIGTERM)
        for descriptor in (birth.descriptors[0], birth.descriptors[2]):
            os.close(descriptor)
        zygote.adopt()
        zygote.become_kernel(zygote.serve(Path(KERNELS)))
    os.environ |= {PROVISIONER_VARIABLE: PROVISIONER, WARM_VARIABLE: KERNELS}
    code = 0
    try:
        seat.serve(birth.descriptors[0])
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
