"""A stopwatch that survives a lost kernel: it counts by the wall clock, its state goes to the page's memory."""

from __future__ import annotations

import time
from typing import Any


class Stopwatch:
    """Starts, pauses, goes on; `elapsed` is in seconds."""

    def __init__(self) -> None:
        self._before = 0.0
        self._since: float | None = None

    @property
    def elapsed(self) -> float:
        """Seconds run so far, pauses left out."""
        return self._before + (max(time.time() - self._since, 0) if self._since is not None else 0)

    @property
    def running(self) -> bool:
        return self._since is not None

    def start(self) -> None:
        """Starts or goes on."""
        if self._since is None:
            self._since = time.time()

    def stop(self) -> None:
        """Stops; the elapsed time stays."""
        self._before, self._since = self.elapsed, None

    def toggle(self) -> None:
        """Pauses when it runs, goes on when it is paused."""
        (self.stop if self.running else self.start)()

    def reset(self) -> None:
        """Back to zero, stopped."""
        self._before, self._since = 0.0, None

    def keep(self) -> dict[str, Any]:
        """Its state, for `resume`."""
        return {"before": self._before, "since": self._since}

    def resume(self, kept: Any) -> None:
        """Goes on from `keep` of an older kernel; the time in between counts when it was running."""
        kept = kept if isinstance(kept, dict) else {}
        since = kept.get("since")
        self._before = float(kept.get("before") or 0)
        self._since = float(since) if since is not None else None
