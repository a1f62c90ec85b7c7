"""« Projeter cette leçon » (anywidget): the lesson's own cells full screen, one heading at a time, widgets alive."""

from __future__ import annotations

from pathlib import Path

import anywidget

_STATIC = Path(__file__).with_name("static")


class Projection(anywidget.AnyWidget):  # type: ignore[misc]
    """A button; everything happens in the browser (static/projection.js), nothing comes back."""

    _esm = _STATIC / "projection.js"
    _css = _STATIC / "projection.css"
