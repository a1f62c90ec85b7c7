"""A notebook's first cell may run again: IPython would only print an English line and load nothing."""

from __future__ import annotations

from typing import Any


def may_load_again(shell: Any, name: str) -> None:
    """Once the cell that loads the extension `name` has run, let the same cell load it anew."""

    def forget(*_: Any) -> None:
        shell.extension_manager.loaded.discard(name)
        shell.events.unregister("post_run_cell", forget)

    shell.events.register("post_run_cell", forget)
