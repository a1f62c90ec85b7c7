"""What makes each kernel copy less of the template's memory: a page is shared until somebody writes to it.

In Python, looking at an object writes its reference count. The habits below look at thousands of objects that a
kernel never uses; without them a session holds about 15 MB less of its own (measured with `bench/bench_apps.py`).
"""

from __future__ import annotations

import collections.abc
import sys
import types
from collections.abc import Iterable
from typing import Any


class _SystemWithoutModules(types.ModuleType):
    """`sys` as one module sees it, with no imported modules to go through."""

    modules: dict[str, types.ModuleType]

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


def keep_shared() -> None:
    """Call once in the template process, after all imports."""
    _hide_modules()
    _know_modules()
    _know_subclasses()


def _hide_modules() -> None:
    """ipykernel notes the file of each of the two thousand modules at each start, for a debugger that is not there."""
    kernel = sys.modules.get("ipykernel.ipkernel")
    if kernel is None or getattr(sys.modules.get("ipykernel.debugger"), "_is_debugpy_available", True):
        return
    view = _SystemWithoutModules("sys")
    view.modules = {}
    kernel.sys = view  # type: ignore[attr-defined]


def _know_modules() -> None:
    """IPython notes the names of all modules at each start (`%reset --aggressive` forgets the later ones): the same set
    of names serves all kernels."""
    shellapp = sys.modules.get("IPython.core.shellapp")
    if shellapp is None:
        return
    known = set(sys.modules)

    def names(given: Iterable[Any] = ()) -> set[Any]:
        return known if isinstance(given, collections.abc.KeysView) else set(given)

    shellapp.set = names  # type: ignore[attr-defined]


def _know_subclasses() -> None:
    """Asking whether a text is a mapping, as `logging` does, goes through all subclasses of `Mapping` the first time;
    the answer is then known to all kernels. It holds until a class registers itself as one."""
    for known in ("", 0, 0.0, dict[str, str](), list[str](), tuple[str, ...]()):
        for kind in (collections.abc.Mapping, collections.abc.MutableMapping, collections.abc.Sequence):
            isinstance(known, kind)
