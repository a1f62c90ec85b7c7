"""A stopwatch that can pause, and that a page can keep: it goes on counting while the process behind it is replaced."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


class Stopwatch:
    """Counts seconds of `clock`, by default the wall clock, the only one that two processes share."""

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or time.time
        self._kept = 0.0
        self._since: float | None = None

    @property
    def running(self) -> bool:
        """Is it counting?"""
        return self._since is not None

    @property
    def seconds(self) -> float:
        """Seconds counted so far, pauses left out."""
        return self._kept + (max(self._clock() - self._since, 0.0) if self._since is not None else 0.0)

    def start(self) -> None:
        """Start, or go on after a pause; nothing when it already runs."""
        if self._since is None:
            self._since = self._clock()

    def pause(self) -> None:
        """Stop counting; nothing when it does not run."""
        self._kept, self._since = self.seconds, None

    def toggle(self) -> None:
        """Pause when it runs, go on when it does not."""
        (self.pause if self.running else self.start)()

    def reset(self) -> None:
        """Back to zero, stopped."""
        self._kept, self._since = 0.0, None

    def keep(self) -> dict[str, float | None]:
        """Its state, for `resume`."""
        return {"kept": self._kept, "since": self._since}

    def resume(self, state: Any) -> None:
        """Go on from `keep`; the time in between counts when it was running. Anything else puts it back to zero."""
        known = state if isinstance(state, dict) else {}
        since = known.get("since")
        self._kept = float(known.get("kept") or 0.0)
        self._since = None if since is None else float(since)
