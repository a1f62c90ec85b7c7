"""A real PostgreSQL for a test, where Debian's package is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@pytest.fixture
def postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A PostgreSQL of our own, on a socket in a temporary folder; skipped where Debian's package is absent."""
    if not POSTGRES:
        pytest.skip("PostgreSQL n'est pas installé (paquet Debian postgresql)")
    as_user = ["/usr/sbin/runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        if as_user:
            shutil.chown(folder, "postgres")
        data, tools = f"{folder}/data", POSTGRES[-1].parent
        subprocess.run([*as_user, tools / "initdb", "-D", data, "-A", "trust", "-U", "atelier"], check=True, stdout=-3)
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        control = [*as_user, tools / "pg_ctl", "-D", data, "-w"]
        subprocess.run([*control, "-l", f"{folder}/log", "-o", options, "start"], check=True, stdout=-3)
        try:
            url = f"postgresql+psycopg://atelier@/postgres?host={folder}"
            monkeypatch.setenv("ATELIER_BASE_MESURES", url)
            yield url
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=-3)
