"""A real PostgreSQL for a test, where Debian's package is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

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
        self._run("pg_ctl", "-D", self.data, "-w", "-l", f"{self.folder}/log", "-o", options, "start")

    def kill(self) -> None:
        """kill -9 of the server and of all its processes."""
        parent = int(Path(self.data, "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for process in (parent, *map(int, children)):
            os.kill(process, signal.SIGKILL)
        # A process that nobody buries still looks alive: the server would take it for its own.
        for mark in (Path(self.data, "postmaster.pid"), Path(self.folder, ".s.PGSQL.5432.lock")):
            mark.unlink(missing_ok=True)

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def _run(self, tool: str, *arguments: str) -> None:
        subprocess.run([*self.as_user, self.tools / tool, *arguments], check=True, stdout=subprocess.DEVNULL)


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
