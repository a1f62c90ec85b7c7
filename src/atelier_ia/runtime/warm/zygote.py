"""The template process: it imports, listens on a private Unix socket, and forks one kernel per request. Nothing else.

It never runs anybody's code, opens no loop, no ZMQ context and no network connection, holds no secret (its environment
is filtered by its launcher) and has one thread, which it checks before each fork. Each kernel gets the requester's
environment, folder, umask and output, its own session and fresh random state, and ends when its requester ends.

Run as `python -m atelier_ia.runtime.warm.zygote SOCKET`, by `template.warm_child`. Linux only.
"""

from __future__ import annotations

import contextlib
import gc
import os
import re
import resource
import select
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from atelier_ia.runtime.imports import skip_slow_imports
from atelier_ia.runtime.processes import die_with_parent
from atelier_ia.runtime.warm.protocol import ProtocolError, peer, receive, send

if TYPE_CHECKING:
    from traitlets.config import Config

_SETTING = re.compile(r"--([A-Z]\w*)\.(\w+)=(.*)", re.S)
_PATIENCE = 5.0  # seconds that a requester may take to say what it wants
_TEMPLATE = os.getpid()
_CHECK_EVERY = 1.0  # seconds between two looks at the source files


class Request:
    """A kernel to become, decided in the child after the fork."""

    def __init__(self, message: dict[str, Any], requester: int) -> None:
        self.arguments = [str(argument) for argument in message["arguments"]]
        self.environment = {str(name): str(value) for name, value in message["environment"].items()}
        self.folder = str(message["folder"])
        self.umask = int(message["umask"])
        self.limits = {str(name): tuple(pair) for name, pair in message.get("limits", {}).items()}
        self.requester = requester


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM; returns only in a child, which then becomes the kernel it was asked to be."""
    die_with_parent()
    path = Path(arguments[0])
    skip_slow_imports()
    sys.path[:] = [entry for entry in sys.path if entry not in ("", str(Path.cwd()))]
    from atelier_ia.runtime.warm.modules import preload

    missing = preload()
    if missing:
        print("not preloaded:", ", ".join(missing), flush=True)
    gc.collect()
    gc.freeze()
    request = serve(path)
    become_kernel(request)


def adopt() -> None:
    """Say that this process, forked from another template, is now the template."""
    global _TEMPLATE
    _TEMPLATE = os.getpid()


def serve(path: Path) -> Request:
    """Answer requests for ever; returns in each child, with what it must become."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    listener.bind(str(path))
    os.umask(before)
    listener.listen(64)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system reaps the kernels
    watched, looked = _sources(), time.monotonic()
    print("ready", flush=True)
    while True:
        readable, _, _ = select.select([listener], [], [], _CHECK_EVERY)
        if time.monotonic() - looked >= _CHECK_EVERY:
            looked = time.monotonic()
            if _sources_changed(watched):
                print("sources changed: starting afresh", flush=True)
                path.unlink(missing_ok=True)
                os.execv(sys.executable, [sys.executable, "-m", "atelier_ia.runtime.warm.zygote", str(path)])
        if not readable:
            continue
        connection, _ = listener.accept()
        with connection:
            request = _answer(connection, listener)
        if request is not None:
            return request


def _answer(connection: socket.socket, listener: socket.socket) -> Request | None:
    """Fork for one request; the request in the child, None in the template process."""
    connection.settimeout(_PATIENCE)
    descriptors: list[int] = []
    try:
        requester, user = peer(connection)
        if user != os.getuid():
            return None
        message, descriptors = receive(connection, 2)
        request = Request(message, requester)
        if len(descriptors) != 2:
            raise ProtocolError("two descriptors wanted")
        if len(list(Path("/proc/self/task").iterdir())) != 1:
            raise ProtocolError("the template process has several threads")
        if os.fork():
            return None
    except (ProtocolError, OSError, KeyError, TypeError, ValueError) as error:
        with contextlib.suppress(OSError, ProtocolError):
            send(connection, {"error": f"{type(error).__name__}: {error}"}, [])
        return None
    finally:
        if descriptors and os.getpid() == _TEMPLATE:
            for descriptor in descriptors:
                os.close(descriptor)
    # From here on, this is the child.
    listener.close()
    try:
        _set_up(request, descriptors)
        own = os.pidfd_open(os.getpid())
        send(connection, {"pid": os.getpid()}, [own])
        os.close(own)
    except BaseException as error:
        with contextlib.suppress(OSError, ProtocolError):
            send(connection, {"error": f"{type(error).__name__}: {error}"}, [])
        os._exit(1)
    return request


def _set_up(request: Request, descriptors: list[int]) -> None:
    """Give the child everything that a freshly started kernel would have of its own."""
    os.setsid()
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN if number == signal.SIGPIPE else signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(descriptors[0], 1)
    os.dup2(descriptors[1], 2)
    for descriptor in (null, *descriptors):
        os.close(descriptor)
    old_path = os.environ.get("PYTHONPATH", "")
    os.environ.clear()
    os.environ.update(request.environment)
    os.environ.pop("JPY_PARENT_PID", None)
    if os.environ.get("PYTHONPATH", "") != old_path:
        sys.path[:0] = [entry for entry in os.environ["PYTHONPATH"].split(os.pathsep) if entry]
    time.tzset()
    os.chdir(request.folder)
    os.umask(request.umask)
    for name, (soft, hard) in request.limits.items():
        resource.setrlimit(getattr(resource, name), (soft, hard))
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # the standard library reseeds itself after a fork, numpy does not


def become_kernel(request: Request) -> NoReturn:
    """Run IPython's kernel in this process until it is told to stop."""
    _end_with(request.requester)
    sys.argv = ["ipykernel_launcher", *request.arguments]
    code = 0
    try:
        from ipykernel.kernelapp import IPKernelApp

        app = IPKernelApp.instance()
        config = plain_configuration(request.arguments)
        if config is not None:
            # The application's own parser describes every option of every class: 5 MB of the template's pages written.
            app.parse_command_line = lambda _=None: app.update_config(config)
        app.initialize(request.arguments)
        app.start()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    sys.exit(code)


def plain_configuration(arguments: list[str]) -> Config | None:
    """What `-f FILE` and `--Class.trait=value` mean to a kernel; None when there is any other option."""
    from traitlets.config import Config
    from traitlets.config.loader import DeferredConfigString

    config = Config()
    left = iter(arguments)
    for argument in left:
        setting = _SETTING.fullmatch(argument)
        if argument == "-f":
            config["IPKernelApp"]["connection_file"] = next(left, "")
        elif setting:
            config[setting[1]][setting[2]] = DeferredConfigString(setting[3])
        else:
            return None
    return config if config.IPKernelApp.get("connection_file") else None


def _end_with(requester: int) -> None:
    """A thread that ends this process when the one that asked for it has ended."""
    descriptor = os.pidfd_open(requester)

    def watch() -> None:
        select.select([descriptor], [], [])
        os.killpg(os.getpid(), signal.SIGTERM)
        time.sleep(1)
        os.killpg(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True, name="fin-avec-le-serveur").start()


def _sources() -> dict[str, int]:
    """Our own source files that are loaded, and the folder of installed packages, with their times of change."""
    files = [
        str(module.__file__)
        for name, module in list(sys.modules.items())
        if name.startswith("atelier_ia") and getattr(module, "__file__", None)
    ]
    files += [entry for entry in sys.path if entry.endswith("site-packages")]
    return {file: _changed(file) for file in files}


def _sources_changed(known: dict[str, int]) -> bool:
    return any(_changed(file) != when for file, when in known.items())


def _changed(file: str) -> int:
    try:
        return Path(file).stat().st_mtime_ns
    except OSError:
        return 0


if __name__ == "__main__":
    main(sys.argv[1:])
