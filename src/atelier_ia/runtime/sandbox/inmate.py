"""The process inside the sandbox: imports once, then forks one child per submission, which runs the cells with IPython.

Stands alone (only the standard library, IPython and what exercises import): it is the one file of ours that the sandbox
holds. Speaks length-prefixed JSON on its first two descriptors, which children never see. What a child returns is
relayed as bounded bytes, never read here. After each submission everything else in the sandbox is killed and its
folders are emptied.

Run as `python -I inmate.py {isole|nu} FOLDER` by `host.Sandbox`. Linux only.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import gc
import importlib
import io
import json
import os
import random
import resource
import select
import shutil
import signal
import struct
import sys
import time
from pathlib import Path
from typing import Any

PRELOADED = ("numpy", "pandas", "matplotlib.pyplot", "statistics", "csv", "decimal", "datetime")
MAX_JOB = 32_000_000
_SET_DUMPABLE = 4
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICK = 0.03  # seconds between two looks at what the child is up to
_KEPT = 600  # characters kept of an error or of a result


def main(arguments: list[str]) -> None:
    """Serve jobs until the host closes the channel."""
    isolated, folder = arguments[0] == "isole", Path(arguments[1])
    # Nobody in here may look into this process or borrow its descriptors.
    ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    jobs, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    shell = _prepared_shell()
    gc.collect()
    gc.freeze()
    _send(answers, {"ready": True})
    while (job := _receive(jobs)) is not None:
        _send(answers, _handle(job, shell, folder, isolated, (jobs, answers)))


def _prepared_shell() -> Any:
    """An IPython shell without history, colours or files; threads would make the fork unsafe, so none is started."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Hook(DisplayHook):  # type: ignore[misc]
        """Keeps the text of the last expression's value, as a notebook shows it."""

        last: str | None = None

        def __call__(self, result: Any = None) -> None:
            self.check_for_underscore()
            if result is not None and not self.quiet():
                formats, _ = self.compute_format_data(result)
                self.update_user_ns(result)
                self.last = str(formats.get("text/plain", ""))[:_KEPT]

    class Silent(DisplayPublisher):  # type: ignore[misc]
        def publish(self, *_arguments: Any, **_options: Any) -> None:
            pass

    class Shell(InteractiveShell):  # type: ignore[misc]
        displayhook_class = Hook
        display_pub_class = Silent

        def showtraceback(self, *_arguments: Any, **_options: Any) -> None:
            pass  # composing one takes a second and more memory than the exercise

        def _tee(self, *_arguments: Any, **_options: Any) -> Any:
            return contextlib.nullcontext()  # IPython keeps all that a cell prints, without any bound

        def showsyntaxerror(self, *_arguments: Any, **_options: Any) -> None:
            pass

    config = Config()
    config.HistoryManager.enabled = False
    shell = Shell.instance(config=config, colors="nocolor")
    for name in PRELOADED:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    return shell


def _handle(job: dict[str, Any], shell: Any, folder: Path, isolated: bool, private: tuple[int, ...]) -> dict[str, Any]:
    """Run one submission in a child and watch it; whatever happens, nothing of it is left afterwards."""
    for name, content in job["files"].items():
        (folder / Path(name).name).write_bytes(base64.b64decode(content))
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            for descriptor in (*private, reading):
                os.close(descriptor)
            _become(job, shell, folder, writing, isolated)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    status, content = _watch(reading, job["limits"], isolated)
    os.close(reading)
    # Too many processes to chase: the host ends the whole sandbox at once.
    clean = status != "processus" and _clean(child, folder, isolated)
    return {"status": status, "clean": clean, "content": base64.b64encode(content).decode()}


def _watch(reading: int, limits: dict[str, Any], isolated: bool) -> tuple[str, bytes]:
    """("ok", its message) or the limit that it broke."""
    received = bytearray()
    deadline = time.monotonic() + limits["total_seconds"]
    quiet = _resident(os.getpid())
    while True:
        ready, _, _ = select.select([reading], [], [], _TICK)
        if ready:
            piece = os.read(reading, 65536)
            received += piece
            if len(received) >= 4:
                (size,) = struct.unpack(">I", received[:4])
                if size > limits["output"]:
                    return "sortie", b""
                if len(received) >= size + 4:
                    return "ok", bytes(received[4 : size + 4])
            if not piece:
                return "mort", b""
        if time.monotonic() > deadline:
            return "temps", b""
        if isolated:
            others = [int(name) for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208
            others = [number for number in others if number not in (1, os.getpid())]
            if len(others) > limits["processes"]:
                return "processus", b""
            # A forked child begins with this process's own pages: only what it added counts.
            added = sum(max(0, _resident(number) - quiet) for number in others)
            if added + _shared_segments() > limits["memory"]:
                return "memoire", b""


def _resident(process: int) -> int:
    """Bytes of memory that a process holds; 0 when it has ended."""
    try:
        with open(f"/proc/{process}/statm", "rb") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0


def _shared_segments() -> int:
    """Bytes of System V shared memory, which belongs to no process."""
    try:
        lines = Path("/proc/sysvipc/shm").read_text(encoding="ascii").splitlines()[1:]
        return sum(int(line.split()[3]) for line in lines)
    except (OSError, IndexError, ValueError):
        return 0


def _clean(child: int, folder: Path, isolated: bool) -> bool:
    """Kill everything that the child left and empty the folders where it could write; is nothing left of it?"""
    deadline = time.monotonic() + 2
    while True:
        if isolated:
            # In its own PID namespace, "everybody" is the child and its descendants; this process and init are spared.
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
        else:
            for target in (os.killpg, os.kill):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    target(child, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        left = [name for name in os.listdir("/proc") if name.isdigit()] if isolated else []  # noqa: PTH208
        if len(left) <= 2 or time.monotonic() > deadline:
            break
        time.sleep(0.002)
    if not isolated:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(child, 0)
    for place in (folder, Path("/tmp"), Path("/dev/shm")) if isolated else (folder,):
        for path in place.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
    return len(left) <= 2 and not _shared_segments()


def _become(job: dict[str, Any], shell: Any, folder: Path, writing: int, isolated: bool) -> None:
    """In the child: take the limits, run the cells, send what they gave."""
    os.setsid()
    limits = job["limits"]
    wanted = {
        resource.RLIMIT_AS: limits["address_space"],
        resource.RLIMIT_CPU: int(limits["total_seconds"]) + 2,
        resource.RLIMIT_FSIZE: limits["file_size"],
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
    }
    if isolated:  # counted per account: outside a namespace of its own it would count everything else too
        wanted[resource.RLIMIT_NPROC] = limits["processes"] * 4
    for kind, value in wanted.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    os.chdir(folder)
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    results = [_run(shell, source, limits["cell_seconds"]) for source in job["cells"]]
    content = json.dumps(results).encode()
    frame = struct.pack(">I", len(content)) + content
    while frame:
        frame = frame[os.write(writing, frame) :]


class _Stream(io.TextIOBase):
    """Keeps the first characters written and forgets the rest: endless printing costs no memory."""

    def __init__(self) -> None:
        self.kept = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if len(self.kept) < _KEPT:
            self.kept += str(text)[: _KEPT - len(self.kept)]
        return len(text)


class CellTimeoutError(Exception):
    """A cell ran for too long."""


def _run(shell: Any, source: str, seconds: float) -> dict[str, Any]:
    """One cell: its error if any, whether it wrote on stderr, the text of its last value."""

    def late(*_arguments: Any) -> None:
        raise CellTimeoutError

    shell.displayhook.last = None
    output, errors = _Stream(), _Stream()
    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            outcome = shell.run_cell(source, store_history=True)
        failure = outcome.error_before_exec or outcome.error_in_exec
    except BaseException as error:
        failure = error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return {
        "error": f"{type(failure).__name__}: {failure}"[:_KEPT] if failure is not None else "",
        "stderr": errors.kept,
        "result": shell.displayhook.last,
    }


def _send(channel: int, message: dict[str, Any]) -> None:
    content = json.dumps(message).encode()
    frame = struct.pack(">I", len(content)) + content
    while frame:
        frame = frame[os.write(channel, frame) :]


def _receive(channel: int) -> dict[str, Any] | None:
    header = _exactly(channel, 4)
    if header is None:
        return None
    (size,) = struct.unpack(">I", header)
    content = _exactly(channel, size) if size <= MAX_JOB else None
    return dict(json.loads(content)) if content is not None else None


def _exactly(channel: int, size: int) -> bytes | None:
    received = b""
    while len(received) < size:
        piece = os.read(channel, size - len(received))
        if not piece:
            return None
        received += piece
    return received


if __name__ == "__main__":
    main(sys.argv[1:])
