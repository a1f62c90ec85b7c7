"""The base of every app: its state, its events, and the boundary that turns failures into French sentences.

A subclass describes its screen in `view()` and handles the event `x` (or `x-1`, `x-2`…) in `on_x(values, detail)`.
Whatever fails, what was typed stays: the browser keeps its fields, `keep()` says what a fresh kernel needs to go on.
"""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from atelier_ia.apps.kit.components import Node, notice
from atelier_ia.apps.kit.screen import Screen
from atelier_ia.errors import AtelierError

log = logging.getLogger(__name__)

UNEXPECTED = (
    "Une erreur inattendue s'est produite. Ce que vous avez écrit est toujours là : réessayez, "
    "puis prévenez votre référent si elle revient."
)


class App(ABC):
    """One screen of an app. Events arrive one at a time; work that lasts runs in `background`."""

    def __init__(self) -> None:
        self.problem = ""
        self.week_seen = ""
        self._focus: Node | None = None
        self._announcement: Node | None = None
        self._number = 0
        self._heard = 0
        self._lock = threading.RLock()
        self.screen = Screen(self._receive)
        self.refresh()

    @abstractmethod
    def view(self) -> Sequence[Node | None]:
        """The components of the current screen, top to bottom; None is left out."""

    def keep(self) -> Node:
        """What a fresh kernel must know to take this page over; it lives in the tab's memory only."""
        return {}

    def resume(self, memory: Node, values: dict[str, str]) -> None:  # noqa: B027 - most apps have nothing to resume
        """Goes on from `memory` (of `keep`, in an older kernel) and the fields' `values`."""

    def opened(self) -> bool:
        """Called when a browser connects, maybe long after the page was made: True to have the screen drawn again."""
        return False

    def refresh(self) -> None:
        """Sends the current screen to the browser; safe from any thread."""
        with self._lock:
            self.screen.show(
                {
                    "children": [node for node in self._children() if node is not None],
                    "memory": self.keep(),
                    "focus": self._focus,
                    "announcement": self._announcement,
                    "heard": self._heard,
                }
            )

    def _children(self) -> Sequence[Node | None]:
        try:
            return self.view()
        except Exception as error:
            self.problem = self._explain(error)
            self.recover()
            return self.view()

    def _explain(self, error: Exception) -> str:
        if isinstance(error, AtelierError):
            return str(error)
        # Neither the message nor the values go to the log: they may hold personal data.
        log.error("app %s failed: %s", type(self).__name__, type(error).__name__)
        return UNEXPECTED

    def recover(self) -> None:  # noqa: B027 - most apps have one screen only
        """Goes back to a screen that can be shown, after `view` has failed."""

    def focus(self, id: str, *, top: bool = False) -> None:
        """Moves the focus to the element `id` at the next refresh; `top` also scrolls to the step line."""
        self._number += 1
        self._focus = {"id": id, "number": self._number, "top": top}

    def announce(self, text: str) -> None:
        """Has screen readers say `text` at the next refresh."""
        self._number += 1
        self._announcement = {"text": text, "number": self._number}

    def problem_notice(self) -> Node | None:
        """The message of the last failure, to be placed in the view where the person looks."""
        return notice("erreur", self.problem, id="probleme") if self.problem else None

    def guarded(self, work: Callable[[], None], heard: int | None = None) -> None:
        """Runs `work`; a failure becomes `self.problem` and the screen is drawn again in all cases.

        `heard` is the number of the message that `work` takes into account: what is drawn before its end, by a thread,
        still shows older values, and the browser then keeps what was typed."""
        try:
            work()
        except Exception as error:
            self.problem = self._explain(error)
        if heard is not None:
            self._heard = heard
        self.refresh()

    def background(self, work: Callable[[], None]) -> threading.Thread:
        """Runs `work` in a thread of its own, within the same boundary."""
        thread = threading.Thread(target=self.guarded, args=(work,), daemon=True)
        thread.start()
        return thread

    def _receive(self, content: dict[str, Any]) -> None:
        values = content.get("values") or {}
        if content.get("type") == "resume":
            self.guarded(lambda: self.resume(content.get("memory") or {}, values), content.get("sequence"))
            return
        if content.get("type") == "hello":
            # A click sent before the browser had noted its week knows less than we do.
            self.week_seen = max(self.week_seen, str(content.get("week") or ""))
            if self.opened():
                self.refresh()
            return
        name, _, which = str(content.get("id", "")).partition("-")
        handler = getattr(self, f"on_{name}", None)
        if content.get("type") != "event" or handler is None:
            return
        self.problem = ""
        detail = {"which": which, **(content.get("detail") or {})}
        self.guarded(lambda: handler(values, detail), content.get("sequence"))

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.screen)
