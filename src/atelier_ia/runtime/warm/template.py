"""Start the template process of the warm kernels, with an environment that holds no secret."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from atelier_ia.runtime.processes import MARK_VARIABLE, PARENT_VARIABLE, Child, stop_all
from atelier_ia.runtime.warm.protocol import PROVISIONER, PROVISIONER_VARIABLE, WARM_VARIABLE

if TYPE_CHECKING:
    from atelier_ia.runtime.places import Places

# What the template process may know; the kernels receive their own environment from whoever asks for them.
_KEPT = (
    "PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "USER", "LOGNAME", "PYTHONUTF8",
    "ATELIER_RACINE", MARK_VARIABLE, PARENT_VARIABLE, "MPLCONFIGDIR", "IPYTHONDIR",
)  # fmt: skip
_KEPT_PREFIXES = ("LC_", "JUPYTER_CONFIG", "JUPYTER_DATA", "JUPYTER_PATH", "JUPYTER_PREFER")
# One thread only: forking a process that has several is unsafe, and numpy's linear algebra starts some at import.
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")


def available() -> bool:
    """Whether this system can fork kernels safely (Linux with pidfd); elsewhere kernels start normally."""
    return sys.platform.startswith("linux") and hasattr(os, "pidfd_open") and not os.environ.get("ATELIER_SANS_RELAIS")


def template_environment(environment: dict[str, str]) -> dict[str, str]:
    """`environment` reduced to what the template process needs: no key, no token, no proxy password."""
    kept = {name: value for name, value in environment.items() if name in _KEPT or name.startswith(_KEPT_PREFIXES)}
    # ipykernel reads its parent's number at import; 1 means "watch nobody": each kernel watches its requester.
    kept["JPY_PARENT_PID"] = "1"
    kept["MALLOC_ARENA_MAX"] = "2"  # kernels have ten threads; one heap each would cost memory for nothing
    return kept | _ONE_THREAD | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}


def warm_child(places: Places, environment: dict[str, str]) -> Child | None:
    """The template process of a launch, not started yet; None where warm kernels are not available."""
    if not available():
        return None
    return _child(places.warm_socket, places.logs / "noyaux.log", environment)


def _child(path: Path, log: Path, environment: dict[str, str]) -> Child:
    return Child(
        name="noyaux",
        arguments=[sys.executable, "-m", "atelier_ia.runtime.warm.zygote", str(path)],
        environment=template_environment(environment),
        folder=path.parent,
        log=log,
    )


@contextmanager
def warm_kernels(patience: float = 30.0) -> Iterator[dict[str, str]]:
    """A template process of one's own (a trust domain of its own, for instance grading), ended on leaving.

    Yields the environment variables that make the kernels of jupyter_client, nbclient and nbgrader come from it; none
    when warm kernels are not available here or not ready after `patience` seconds: kernels then start normally.
    """
    if not available():
        yield {}
        return
    folder = Path(tempfile.mkdtemp(prefix=f"atelier-{os.getpid()}-", dir="/tmp"))
    mark = secrets.token_hex(8)
    child = _child(
        folder / "noyaux",
        folder / "noyaux.log",
        {**os.environ, MARK_VARIABLE: mark, PARENT_VARIABLE: str(os.getpid())},
    )
    try:
        child.start()
        deadline = time.monotonic() + patience
        while not (folder / "noyaux").exists() and child.running and time.monotonic() < deadline:
            time.sleep(0.02)
        ready = (folder / "noyaux").exists()
        yield {PROVISIONER_VARIABLE: PROVISIONER, WARM_VARIABLE: str(folder / "noyaux")} if ready else {}
    finally:
        stop_all([child], mark)
        shutil.rmtree(folder, ignore_errors=True)
