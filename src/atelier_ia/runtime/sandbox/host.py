"""The sandbox from outside: bubblewrap around `inmate`, one job at a time, begun again if anything may be left of one.

Inside: no network, a read-only system, no file of the course, no variable of the environment, a small folder of its
own in memory, limits of time, memory, processes, output and file size. What comes back is JSON, checked field by field.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from atelier_ia.errors import AtelierError

Status = Literal["ok", "temps", "memoire", "processus", "sortie", "mort"]
STATUSES: tuple[Status, ...] = ("ok", "temps", "memoire", "processus", "sortie", "mort")

_INMATE = Path(__file__).with_name("inmate.py")
_FOLDER = "/travail"
_VENV = "/python"
_START_SECONDS = 60.0  # imports on a slow or busy machine
_GRACE_SECONDS = 15.0  # beyond the job's own limit, before the whole sandbox is taken for dead
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": _FOLDER,
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "MPLCONFIGDIR": "/tmp",
    # One thread: a process that has several cannot be forked safely.
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"),
}


class SandboxError(AtelierError):
    """The sandbox cannot be used here; the sentence says what to install or allow."""


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes that one submission may use."""

    cell_seconds: float = 30.0
    total_seconds: float = 120.0
    memory: int = 1_000_000_000
    address_space: int = 4_000_000_000
    processes: int = 24
    output: int = 1_000_000
    file_size: int = 32_000_000


@dataclass(frozen=True)
class CellOutcome:
    """What one cell did: its error ("" if none), what it wrote on stderr, the text of its last value."""

    error: str
    stderr: str
    result: str | None


@dataclass(frozen=True)
class Outcome:
    """What a submission did: one `CellOutcome` per cell when `status` is "ok", none when a limit stopped it."""

    status: Status
    cells: tuple[CellOutcome, ...] = ()


@lru_cache(maxsize=1)
def refusal() -> str:
    """Why code cannot be isolated on this machine, with the remedy, in French; "" when it can."""
    program = shutil.which("bwrap")
    if program is None:
        return "bubblewrap n'est pas installé : installez-le (apt install bubblewrap)"
    try:
        test = subprocess.run([*_walls(program), "--", _python(), "-I", "-c", "pass"], capture_output=True,
                              timeout=30, check=False, env={})  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return "bubblewrap ne répond pas : vérifiez son installation"
    if test.returncode:
        return "le système refuse les espaces de noms à bubblewrap : autorisez-les (voir « atelier diagnostic »)"
    return ""


def _walls(program: str) -> list[str]:
    """The bubblewrap command up to what it runs."""
    walls = [program, "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--hostname", "copie"]
    if os.getuid() == 0:
        walls += ["--uid", "65534", "--gid", "65534"]
    walls += ["--cap-drop", "ALL"]
    for name, value in _ENVIRONMENT.items():
        walls += ["--setenv", name, value]
    walls += ["--proc", "/proc", "--dev", "/dev", "--size", "64000000", "--tmpfs", "/dev/shm"]
    walls += ["--size", "64000000", "--tmpfs", "/tmp", "--size", "64000000", "--tmpfs", _FOLDER]
    walls += ["--ro-bind", "/usr", "/usr"]
    for name in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        path = Path(name)
        if path.is_symlink():
            walls += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            walls += ["--ro-bind", name, name]
    for name in ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts"):
        walls += ["--ro-bind-try", name, name]
    if not Path(sys.base_prefix).is_relative_to("/usr"):
        walls += ["--ro-bind", sys.base_prefix, sys.base_prefix]
    if sys.prefix != sys.base_prefix:
        walls += ["--ro-bind", sys.prefix, _VENV]
    return [*walls, "--ro-bind", str(_INMATE), "/inmate.py", "--remount-ro", "/", "--chdir", _FOLDER]


def _python() -> str:
    """This Python, under the name that it has inside."""
    if sys.prefix == sys.base_prefix:
        return sys.executable
    return f"{_VENV}/{Path(sys.executable).relative_to(sys.prefix)}"


class Sandbox:
    """A warm sandbox. `run` one submission after the other; `close` when done (it also ends with this process).

    Raises:
        SandboxError: code cannot be isolated here, and `isolated` asks for it.
    """

    def __init__(self, limits: Limits | None = None, *, isolated: bool = True) -> None:
        if isolated and (reason := refusal()):
            raise SandboxError(
                f"Le code des copies ne peut pas être isolé, {reason}, ou relancez avec --sans-isolement si vous "
                "répondez de leurs auteurs."
            )
        self._limits = limits or Limits()
        self._isolated = isolated
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, cells: Sequence[str], files: Mapping[str, bytes] | None = None) -> Outcome:
        """Run these cells one after the other, in a folder that holds these files; never raises for what they do."""
        job = {
            "cells": list(cells),
            "files": {name: base64.b64encode(content).decode() for name, content in (files or {}).items()},
            "limits": asdict(self._limits),
        }
        if self._process is None:
            self._start()
        try:
            self._send(job)
            answer = self._receive(self._limits.total_seconds + _GRACE_SECONDS)
            outcome = _checked(answer, len(cells))
            clean = answer["clean"] is True
        except (OSError, ValueError, KeyError, TypeError, TimeoutError):
            outcome, clean = Outcome("mort"), False
        if not clean:
            self.close()  # whatever it did to its surroundings goes with them
        return outcome

    def close(self) -> None:
        """End the sandbox and everything in it."""
        if self._process is not None:
            self._process.kill()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            self._process.wait()
            self._process = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _start(self) -> None:
        if self._isolated:
            walls = _walls(shutil.which("bwrap") or "bwrap")
            command = [*walls, "--", _python(), "-I", "/inmate.py", "isole", _FOLDER]
            environment: dict[str, str] = {}
        else:
            self._folder = tempfile.TemporaryDirectory(prefix="atelier-copie-")
            command = [sys.executable, "-I", str(_INMATE), "nu", self._folder.name]
            environment = {**_ENVIRONMENT, "HOME": self._folder.name, "MPLCONFIGDIR": self._folder.name}
        self._process = subprocess.Popen(
            command, env=environment, cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, close_fds=True,
        )  # fmt: skip
        try:
            self._receive(_START_SECONDS)
        except (OSError, ValueError, TimeoutError):
            self.close()
            raise SandboxError(
                "Le bac à sable n'a pas démarré ; relancez la correction, puis « atelier diagnostic » si cela persiste."
            ) from None

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        content = json.dumps(message).encode()
        self._process.stdin.write(struct.pack(">I", len(content)) + content)
        self._process.stdin.flush()

    def _receive(self, seconds: float) -> dict[str, Any]:
        """The next message; ValueError when it is not one, TimeoutError when it does not come."""
        deadline = time.monotonic() + seconds
        (size,) = struct.unpack(">I", self._exactly(4, deadline))
        if size > 2 * self._limits.output + 1000:
            raise ValueError("message too long")
        message = json.loads(self._exactly(size, deadline))
        if not isinstance(message, dict):
            raise ValueError("not a message")
        return message

    def _exactly(self, size: int, deadline: float) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        descriptor, received = self._process.stdout.fileno(), b""
        while len(received) < size:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise TimeoutError
            piece = os.read(descriptor, size - len(received))
            if not piece:
                raise ValueError("the sandbox closed its channel")
            received += piece
        return received


def _checked(answer: dict[str, Any], cells: int) -> Outcome:
    """The answer as an `Outcome`; what does not have the exact form counts as a submission that died."""
    status = answer["status"]
    if status not in STATUSES:
        raise ValueError("unknown status")
    if status != "ok":
        return Outcome(status)
    try:
        rows = json.loads(base64.b64decode(answer["content"], validate=True))
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(rows, list) or len(rows) != cells:
        raise ValueError("not one result per cell")
    outcomes = []
    for row in rows:
        error, stderr, result = row["error"], row["stderr"], row["result"]
        if not (isinstance(error, str) and isinstance(stderr, str) and isinstance(result, str | None)):
            raise ValueError("not a cell's result")
        outcomes.append(CellOutcome(error[:1000], stderr[:1000], result[:1000] if result is not None else None))
    return Outcome("ok", tuple(outcomes))
