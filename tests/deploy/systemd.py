"""What systemd itself says of a unit, without any systemd running: its own checker."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest


def complaints(text: str, folder: Path) -> list[str]:
    """The lines of `systemd-analyze verify` about that unit; its programs need not be installed."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze n'est pas installé")
    unit = folder / "essai.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.M), encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", "--generators=no", str(unit)]
    environment = {**os.environ, "SYSTEMD_LOG_TARGET": "console"}  # to us, also where systemd runs
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=environment)
    return [line for line in done.stderr.splitlines() if unit.name in line]
