"""One use counted when a draft is taken away: its use case and its week, never who (`measurement.uses`)."""

from __future__ import annotations

import contextlib

from atelier_ia.apps.kit import App
from atelier_ia.errors import AtelierError


def count_use(app: App, use_case: str) -> None:
    """Counts one use; a base that refuses never keeps anybody from their draft."""
    from atelier_ia.measurement.uses import record_use, week_mark

    week = week_mark()
    with contextlib.suppress(AtelierError):
        record_use(use_case, first=app.week_seen != week)
        if app.week_seen != week:
            app.week_seen = week
            app.screen.mark_week(week)
