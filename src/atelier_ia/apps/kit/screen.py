"""The widget that carries a screen to the browser and events back; it holds no decision.

Messages from the browser: `{"type": "event", "id", "detail", "values", "sequence"}`, `{"type": "hello", "revision"}`
after each connection, `{"type": "resume", "memory", "values", "sequence"}` when a fresh kernel takes over a page. To
the browser: the `tree` (`heard` is the sequence of the last message it takes into account), and the messages
`answered`, `append` (streamed text) and `file` (bytes to save).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

Receiver = Callable[[dict[str, Any]], None]

STATIC = Path(__file__).resolve().parents[4] / "voila_apps" / "modele" / "voila" / "templates" / "atelier" / "static"
_SCRIPTS = tuple(
    f"kit/{name}.js" for name in ("dom", "components", "figures", "reading", "writing", "pictures", "forms", "screen")
)
_STYLES = tuple(f"{name}.css" for name in ("jetons", "kit", "champs", "messages", "lettre", "pictures", "graphiques"))
STATE_TYPE = "application/vnd.atelier.screen+json"


@lru_cache(maxsize=1)
def bundle_script() -> str:
    """The browser modules as one module, for JupyterLab and stock Voilà (our own page loads them one by one)."""
    lines: list[str] = []
    for name in _SCRIPTS:
        last = name == _SCRIPTS[-1]
        for line in (STATIC / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("import "):
                continue
            lines.append(line if last else line.removeprefix("export "))
    return "\n".join(lines)


@lru_cache(maxsize=1)
def bundle_style() -> str:
    """The style sheets of the components, tokens included."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in _STYLES)


class Screen(anywidget.AnyWidget):
    """One screen: `show` sends a tree, `receiver` gets the browser's messages."""

    tree = traitlets.Dict().tag(sync=True)

    def __init__(self, receiver: Receiver) -> None:
        self._esm = bundle_script()
        self._css = bundle_style()
        self._receiver = receiver
        self._revision = 0
        self._lock = threading.RLock()
        super().__init__()
        self.on_msg(self._receive)

    def show(self, tree: dict[str, Any]) -> None:
        """Draws `tree` (`children`, and optionally `focus`, `announcement`, `memory`, `heard`); from any thread."""
        with self._lock:
            self._revision += 1
            self.tree = {**tree, "revision": self._revision}

    def append(self, id: str, text: str, length: int) -> None:
        """Adds streamed `text` to the letter `id`, which is then `length` UTF-16 units long."""
        self.send({"type": "append", "id": id, "text": text, "length": length})

    def save_file(self, name: str, kind: str, data: bytes) -> None:
        """Makes the browser save `data` as the file `name` of MIME type `kind`."""
        self.send({"type": "file", "name": name, "kind": kind}, buffers=[data])

    def mark_week(self, week: str) -> None:
        """Has the browser keep `week` (the same word for everybody) as that of its last use; it comes with `hello`."""
        self.send({"type": "week", "week": week})

    def _receive(self, _widget: object, content: dict[str, Any], buffers: list[Any]) -> None:
        if content.get("type") == "hello":
            if content.get("revision") != self._revision:
                self.send_state("tree")
            self._receiver(content)
            return
        if buffers:
            content = {**content, "detail": {**(content.get("detail") or {}), "data": bytes(buffers[0])}}
        try:
            self._receiver(content)
        finally:
            if content.get("type") == "event":
                self.send({"type": "answered", "sequence": content.get("sequence")})

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Carries the state along, so that our page draws the screen without asking the kernel for it."""
        bundle: tuple[dict[str, Any], dict[str, Any]] | None = super()._repr_mimebundle_(**kwargs)
        if bundle is not None:
            identity = f"{Screen.__module__}.{Screen.__name__}"
            state = {"_anywidget_id": identity, "tree": self.tree}
            bundle[0][STATE_TYPE] = {"model_id": self.model_id, "state": state}
        return bundle
