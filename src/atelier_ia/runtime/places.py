"""Where the started programs read, write and listen: nothing of the person's own Jupyter settings counts.

Everything that lasts stands under `var/`; what lives only while the programs run (kernel sockets, tokens) stands in one
private folder with a short name, because a Unix socket's path holds about 100 bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from atelier_ia.errors import AtelierError
from atelier_ia.runtime.processes import MARK_VARIABLE, PARENT_VARIABLE
from atelier_ia.settings import ROOT_VARIABLE, data_folder, project_root

JUPYTER_CONFIG = Path(__file__).with_name("jupyter")

_PREFIX = "atelier-"


@dataclass(frozen=True)
class Places:
    """The folders of one launch; `mark` is a random text that stands in the environment of all its processes."""

    root: Path
    data: Path
    logs: Path
    cache: Path
    running: Path
    mark: str

    @property
    def warm_socket(self) -> Path:
        """The Unix socket on which the template process of the kernels listens."""
        return self.running / "noyaux"


def make_places() -> Places:
    """Create the folders of a launch (owner only).

    Raises:
        AtelierError: one of them cannot be written.
    """
    root, data = project_root(), data_folder()
    places = Places(
        root=root,
        data=data,
        logs=data / "journaux",
        cache=data / "cache",
        running=_running_folder(),
        mark=secrets.token_hex(8),
    )
    for folder in (places.logs, places.cache, data / "jupyter", places.running / "jupyter"):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise AtelierError(f"Le dossier {folder} ne peut pas être créé ({reason}) ; vérifiez vos droits.") from None
    _forget_history(data / "jupyter" / "ipython")
    return places


def _forget_history(ipython: Path) -> None:
    """Tell IPython to keep no history of what is typed: prompts and texts stand in the cells of exercises."""
    profile = ipython / "profile_default"
    profile.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings = {"HistoryManager": {"enabled": False}}
    (profile / "ipython_kernel_config.json").write_text(json.dumps(settings), encoding="utf-8")


def _running_folder() -> Path:
    """A new private folder with a short path, named after this process; those of dead processes are removed."""
    bases = [Path(base) for base in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp") if base]
    for base in bases:
        if len(str(base)) < 24 and os.access(base, os.W_OK):
            _remove_stale(base)
            return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=base))
    raise AtelierError("Aucun dossier temporaire n'est accessible en écriture ; libérez /tmp ou réglez TMPDIR.")


def _remove_stale(base: Path) -> None:
    for folder in base.glob(f"{_PREFIX}*-*"):
        pid = folder.name.removeprefix(_PREFIX).partition("-")[0]
        with contextlib.suppress(OSError):
            if pid.isdigit() and folder.stat().st_uid == os.getuid() and not Path(f"/proc/{pid}").exists():
                if not Path("/proc/self").exists():
                    return
                shutil.rmtree(folder, ignore_errors=True)


def process_environment(places: Places) -> dict[str, str]:
    """The environment of the programs that the launcher starts."""
    jupyter = places.data / "jupyter"
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONHOME", "PYTHONPATH", "JUPYTER_TOKEN", "JPY_PARENT_PID", "JUPYTER_CONFIG_PATH")
    }
    environment |= {
        # nbgrader calls `alembic` by its bare name.
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        ROOT_VARIABLE: str(places.root),
        MARK_VARIABLE: places.mark,
        PARENT_VARIABLE: str(os.getpid()),
        "JUPYTER_CONFIG_DIR": str(jupyter / "reglages"),
        "JUPYTER_CONFIG_PATH": str(JUPYTER_CONFIG),
        "JUPYTER_DATA_DIR": str(jupyter / "donnees"),
        "JUPYTER_RUNTIME_DIR": str(places.running / "jupyter"),
        "JUPYTER_PATH": str(places.root / "voila_apps" / "modele"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTERLAB_SETTINGS_DIR": str(jupyter / "lab" / "reglages"),
        "JUPYTERLAB_WORKSPACES_DIR": str(jupyter / "lab" / "espaces"),
        "IPYTHONDIR": str(jupyter / "ipython"),
        "MPLCONFIGDIR": str(places.cache / "matplotlib"),
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
    }
    return environment
