"""The verb `atelier simulateur`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _hear_interrupts() -> None:
    """Ctrl-C is heard even when the tests run in the background of a shell, which has its children ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_serves_then_stops() -> None:
    """Does the verb print its address, answer there, and stop without a trace?"""
    command = [sys.executable, "-c", "from atelier_ia.cli import main; main()", "simulateur", "--port", "0"]
    environment = {**os.environ, "ATELIER_RACINE": str(ROOT), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hear_interrupts,
    )
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line.startswith("Simulateur, pas une IA : http://127.0.0.1:")
        url = line.split(" : ")[1].split(" ")[0]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{url}/models", timeout=10) as answer:
            assert json.load(answer)["data"][0]["id"] == "simulateur-atelier"
    finally:
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=20)
    assert "Traceback" not in errors
