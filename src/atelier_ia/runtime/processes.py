"""Start child processes that never outlive their launcher, and stop them with everything they started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

MARK_VARIABLE = "ATELIER_LANCEMENT"
PARENT_VARIABLE = "ATELIER_LANCEUR"
_PR_SET_PDEATHSIG = 1


def die_with_parent(signum: int = signal.SIGTERM) -> None:
    """Called first by a child: receive `signum` when the launcher dies, even by `kill -9` (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signum, 0, 0, 0)
    launcher = os.environ.get(PARENT_VARIABLE)
    if launcher and launcher != str(os.getppid()):  # it died before we asked
        sys.exit(0)


@dataclass
class Child:
    """One program under the launcher's care; `inherited` are the file descriptors that it receives."""

    name: str
    arguments: Sequence[str]
    environment: dict[str, str]
    folder: Path
    log: Path
    inherited: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it in its own session, its output going to the log file (the previous one is kept aside)."""
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".precedent.log"))
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
        try:
            self.process = subprocess.Popen(
                self.arguments,
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                start_new_session=True,
                pass_fds=self.inherited,
            )
        finally:
            os.close(descriptor)
        self.started_at = time.monotonic()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


def stop_all(children: Sequence[Child], mark: str, patience: float = 8.0) -> None:
    """Ask all `children` to stop, insist after `patience` seconds, then end whatever still carries `mark`."""
    for child in children:
        if child.process is not None and child.running:
            with contextlib.suppress(ProcessLookupError):
                child.process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + patience
    for child in children:
        if child.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.05, deadline - time.monotonic()))
            if child.running:
                child.process.kill()
                child.process.wait()
    end_marked(mark)


def end_marked(mark: str, patience: float = 2.0) -> None:
    """End whatever is left of this launch (kernels, terminals): all carry `mark` in their environment."""
    left = marked(mark)
    for process in left:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    _, stubborn = psutil.wait_procs(left, timeout=patience)
    for process in stubborn:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(stubborn, timeout=patience)


def marked(mark: str) -> list[psutil.Process]:
    """The living processes of the launch called `mark`, this one excepted."""
    found = []
    for process in psutil.process_iter():
        if process.pid == os.getpid():
            continue
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get(MARK_VARIABLE) == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found
