"""A participant's server on a machine of its own: a Linux account (TLJH) or a pod, whose walls the system holds.

It finds its folder empty the first time: the desk gives the course, then what is distributed and the feedback, as they
come. A desk that is silent for a while does not prevent anybody from working on what is already there.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

from atelier_ia.folders import ROOT_VARIABLE
from atelier_ia.rooms.parcels import fetch
from atelier_ia.rooms.participants import settle
from atelier_ia.runtime.places import JUPYTER_CONFIG
from atelier_ia.training.desk import DeskError, ask

EVERY = 60.0  # seconds between two looks at what the trainer distributed
_TRIES, _PAUSE = 20, 1.5  # a desk that starts at the same time as we do
HOME_VARIABLE = "ATELIER_MAISON"  # a folder of the account's; the account's own folder by default


def own_environment(home: Path) -> dict[str, str]:
    """Where everything of this server stands: in the participant's own folder, whatever the account's settings."""
    own = home / "var"
    return {
        ROOT_VARIABLE: str(home),
        # Sockets: a short path, and never on a network disk.
        "JUPYTER_RUNTIME_DIR": tempfile.mkdtemp(prefix="j", dir="/tmp"),
        "JUPYTER_CONFIG_DIR": str(own / "jupyter" / "reglages"),
        "JUPYTER_CONFIG_PATH": f"{Path(__file__).with_name('jupyter')}{os.pathsep}{JUPYTER_CONFIG}",
        "JUPYTER_DATA_DIR": str(own / "jupyter" / "donnees"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTERLAB_SETTINGS_DIR": str(own / "jupyter" / "lab" / "reglages"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "jupyter" / "lab" / "espaces"),
        "IPYTHONDIR": str(own / "ipython"),
        "MPLCONFIGDIR": str(own / "matplotlib"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "PYTHONUTF8": "1",
        "MALLOC_ARENA_MAX": "2",
        **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    }


def move_in() -> None:
    """Make the folder ready, then keep it so in the background. Called before anything of Jupyter is imported."""
    home = (Path.home() / os.environ.get(HOME_VARIABLE, "")).resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chdir(home)
    os.environ.update(own_environment(home))
    reset = _received(home)
    settle(home, reset)
    threading.Thread(target=_keep_receiving, args=(home,), daemon=True).start()


def _received(home: Path) -> str:
    """Bring the course; what the trainer wants fresh. Without a desk, what is there already must do."""
    for attempt in range(_TRIES):
        try:
            fetch(home)
            return str(ask("POST", "/remise", {}).get("remise", ""))
        except DeskError:
            if (home / "atelier.toml").is_file() or attempt == _TRIES - 1:
                break
            time.sleep(_PAUSE)
    if not (home / "atelier.toml").is_file():
        sys.exit("L'atelier ne répond pas : le carnet ne peut pas s'ouvrir la première fois sans lui.")
    return ""


def _keep_receiving(home: Path) -> None:
    while True:
        time.sleep(EVERY)
        with contextlib.suppress(DeskError, OSError):
            fetch(home)
