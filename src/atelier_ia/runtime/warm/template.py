"""Start the template process of the warm kernels, with an environment that holds no secret."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from atelier_ia.runtime.processes import MARK_VARIABLE, PARENT_VARIABLE, Child

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
    return kept | _ONE_THREAD | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}


def warm_child(places: Places, environment: dict[str, str]) -> Child | None:
    """The template process, not started yet; None where warm kernels are not available."""
    if not available():
        return None
    return Child(
        name="noyaux",
        arguments=[sys.executable, "-m", "atelier_ia.runtime.warm.zygote", str(places.warm_socket)],
        environment=template_environment(environment),
        folder=places.running,
        log=places.logs / "noyaux.log",
    )
