"""Pictures by matplotlib, with our fonts and colours, readable in black and white; same data, same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Literal

from atelier_ia.documents.reports import FONTS

Kind = Literal["svg", "png"]
SLATE, ACCENT, MIST, INK, PALE, SAND = "#24405F", "#A8431F", "#E8EDF3", "#1F2933", "#9FB3C8", "#F3EEE4"
FONT = "Atkinson Hyperlegible Next"


@contextmanager
def new_figure(width: float, height: float) -> Iterator[tuple[Any, Any]]:
    """A figure of `width` × `height` inches and its axes; draw and `save` it within the block."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    _register_fonts()
    style = {"svg.hashsalt": "atelier-ia", "svg.fonttype": "path", "font.family": [FONT, "DejaVu Sans"]}
    with matplotlib.rc_context(style):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(figure)
        yield figure, figure.subplots()


def save(figure: Any, kind: Kind, title: str) -> bytes:
    """The figure as bytes, without date nor version: two identical pictures do not differ."""
    silent = {"Date": None, "Creator": "Atelier IA", "Title": title}
    metadata = silent if kind == "svg" else {"Software": None, "Title": title}
    stream = io.BytesIO()
    figure.savefig(stream, format=kind, dpi=144, metadata=metadata)
    return stream.getvalue()


def bare(axes: Any, *sides: str) -> None:
    """Hide these sides of the frame (all by default)."""
    for side in sides or ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    from matplotlib import font_manager

    for path in sorted(FONTS.glob("AtkinsonHyperlegibleNext-*.ttf")):
        font_manager.fontManager.addfont(str(path))
