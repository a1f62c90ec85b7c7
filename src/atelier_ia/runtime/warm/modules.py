"""What the template process imports before any kernel is asked for. Only names: a missing one is passed over."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import pkgutil
import sys

from atelier_ia.runtime.warm.shared_pages import keep_shared

PRELOADED = (
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "ipykernel.ipkernel",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.payloadpage",
    "IPython.utils.wildcard",
    "IPython.core.interactiveshell",
    "IPython.core.magics",
    "IPython.core.history",
    "IPython.core.pylabtools",
    "IPython.display",
    "IPython.extensions.storemagic",
    "comm",
    "jedi",
    "traitlets.config",
    "tornado.locks",
    "tornado.platform.asyncio",
    "tornado.queues",
    "zmq.eventloop.zmqstream",
    "zmq.utils.garbage",
    "encodings.ascii",
    "encodings.idna",
    "encodings.latin_1",
    "encodings.utf_8_sig",
    "faulthandler",
    "ipywidgets",
    "anywidget",
    "numpy",
    "numpy.random",
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "pydantic",
    "httpx2",
    "openai",
    "openai.resources.chat.completions",
    "openai.types.chat",
    "docx",
    "holidays",
    "sqlalchemy.dialects.sqlite",
    "typst",
)
# Packages of ours whose every module is imported: what the notebooks and the apps call.
OWN_PACKAGES = ("assistant", "privacy", "use_cases", "apps", "documents", "diagnosis", "measurement", "tool_choice")

FIRST_APP = "email_reply"


def preload() -> list[str]:
    """Import everything; returns the names that could not be."""
    without_debugger()
    missing = [name for name in (*PRELOADED, *own_modules()) if not _imported(name)]
    with contextlib.suppress(Exception):
        import matplotlib.font_manager

        matplotlib.font_manager.findfont("DejaVu Sans")  # builds the font cache once for all kernels
    with contextlib.suppress(Exception):
        from atelier_ia.privacy import detect

        detect("Madame Durand, 06 39 98 00 00")  # loads the guard's word lists: a second that no kernel pays again
    _open_once()
    keep_shared()
    return missing


def _open_once() -> None:
    """Opens the most used app and closes it: what runs for the first time here runs for the first time in no kernel,
    and the pages of memory that it writes stay shared. No thread, no connection: an app waits for a first click."""
    with contextlib.suppress(Exception):
        importlib.import_module(f"atelier_ia.apps.{FIRST_APP}").app().screen.close()


def without_debugger() -> None:
    """Leave the step-by-step debugger out: it costs each kernel 10 MB and 0.1 s, and nobody here steps through code.

    ipykernel decides it when `ipykernel.debugger` is imported; `import debugpy` itself keeps working in the kernels.
    """
    if "debugpy" not in sys.modules:
        sys.modules["debugpy"] = None  # type: ignore[assignment]
        _imported("ipykernel.debugger")
        del sys.modules["debugpy"]


def own_modules() -> list[str]:
    """Every module of `OWN_PACKAGES` that exists in this checkout."""
    found = ["atelier_ia.settings", "atelier_ia.training.magics"]
    for package in OWN_PACKAGES:
        name = f"atelier_ia.{package}"
        with contextlib.suppress(ImportError):
            spec = importlib.util.find_spec(name)
            if spec is not None and spec.submodule_search_locations:
                found.append(name)
                found += [
                    module.name
                    for module in pkgutil.walk_packages(
                        spec.submodule_search_locations, f"{name}.", onerror=lambda _: None
                    )
                    if not module.name.endswith("__main__")
                ]
    return found


def _imported(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True
