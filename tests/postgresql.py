"""A real PostgreSQL for a test, where Debian's package is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
MEMORY = "/dev/shm"


class Server:
    """A PostgreSQL of our own, on a socket in a temporary folder."""

    def __init__(self, folder: str) -> None:
        self.tools = POSTGRES[-1].parent
        self.as_user = ["/usr/sbin/runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.data, self.folder = f"{folder}/data", folder
        if self.as_user:
            shutil.chown(folder, "postgres")
        self._run("initdb", "-D", self.data, "-A", "trust", "-U", "atelier")
        self.start()

    @property
    def url(self) -> str:
        """Its address, for SQLAlchemy."""
        return f"postgresql+psycopg://atelier@/postgres?host={self.folder}"

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=80"
        log = Path(self.folder, "log")
        try:
            self._run("pg_ctl", "-D", self.data, "-w", "-t", "120", "-l", str(log), "-o", options, "start")
        except subprocess.CalledProcessError as refused:
            refused.add_note(log.read_text(errors="replace") if log.exists() else "no log")
            raise

    def kill(self) -> None:
        """kill -9 of the server and of all its processes, none of which runs when this returns."""
        parent = psutil.Process(int(Path(self.data, "postmaster.pid").read_text().split()[0]))
        # Stopped first: a process born between the list and the kill would live on, and keep the shared memory.
        parent.suspend()
        processes = [parent, *parent.children()]
        for process in processes:
            process.kill()
        # A process that still ends keeps the shared memory: a new server would refuse to start.
        deadline = time.monotonic() + 60
        while any(map(_runs, processes)):
            assert time.monotonic() < deadline, "the server's processes do not end"
            time.sleep(0.02)
        # A process that nobody buries still looks alive: the server would take it for its own.
        for mark in (Path(self.data, "postmaster.pid"), Path(self.folder, ".s.PGSQL.5432.lock")):
            mark.unlink(missing_ok=True)

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def _run(self, tool: str, *arguments: str) -> None:
        subprocess.run([*self.as_user, self.tools / tool, *arguments], check=True, stdout=subprocess.DEVNULL)


def _runs(process: psutil.Process) -> bool:
    """Is it still there, otherwise than dead and not buried?"""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server, the measures kept in it; skipped where Debian's package is absent."""
    if not POSTGRES:
        pytest.skip("PostgreSQL n'est pas installé (paquet Debian postgresql)")
    with tempfile.TemporaryDirectory(prefix="pg", dir=MEMORY if os.access(MEMORY, os.W_OK) else "/tmp") as folder:
        server = Server(folder)
        monkeypatch.setenv("ATELIER_BASE_MESURES", server.url)
        try:
            yield server
        finally:
            server.stop()
