"""Nodes that show data and take files: upload, picture, gallery, chart of points, bars, checkboxes.

Drawn by `static/kit/pictures.js`. Each one says in words all that it shows: a chart is never the only way to a figure.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import french


def upload(id: str, label: str, *, accept: Sequence[str] = (), most: int = 20_000_000, hint: str = "") -> Node:
    """A place to drop or choose one file of at most `most` bytes.

    Its event's detail has `name` and, as bytes, `data`.
    """
    return {
        "type": "upload",
        "id": id,
        "label": french(label),
        "accept": ",".join(f".{extension}" for extension in accept),
        "most": most,
        "hint": french(hint),
    }


def picture(id: str, png: bytes | None, alternative: str, waiting: str = "") -> Node:
    """A PNG and the text that says what it says; `waiting` stands in its place until there is one."""
    return {"type": "picture", "id": id, "src": _address(png), "alt": french(alternative), "waiting": french(waiting)}


def gallery(id: str, label: str, options: Sequence[tuple[str, str, bytes | None]], value: str) -> Node:
    """One choice among pictures: options of key, name and PNG (None while it is being made)."""
    cards = [[key, french(name), _address(png)] for key, name, png in options]
    return {"type": "gallery", "id": id, "label": french(label), "options": cards, "value": value}


def bars(id: str, label: str, items: Sequence[Node]) -> Node:
    """Scores as bars: items of `title`, `text` (the score in words), `low`, `value`, `high` (0 to 100), `note`."""
    shown = [{**item, "title": french(item["title"]), "text": french(item["text"])} for item in items]
    return {"type": "bars", "id": id, "label": french(label), "items": shown}


def checks(id: str, label: str, options: Sequence[tuple[str, str, bool]]) -> Node:
    """Independent yes-or-no choices, sent as they change: detail `key` and `checked`."""
    return {
        "type": "checks",
        "id": id,
        "label": french(label),
        "options": [[key, french(text), on] for key, text, on in options],
    }


def chart(
    id: str,
    title: str,
    alternative: str,
    *,
    x_label: str,
    y_label: str,
    x_ticks: Sequence[tuple[float, str]] = (),
    y_ticks: Sequence[tuple[float, str]] = (),
    zones: Sequence[Node] = (),
    points: Sequence[Node] = (),
    help: str = "",
) -> Node:
    """A chart whose title says the finding. All places are percentages of the plot, from its bottom left.

    `zones`: `x, y, width, height, text, look`. `points`: `key, x, y, sign, label, name, chosen, side`,
    to be chosen, dragged or moved with the arrows: their event's detail has `key`, and `x`, `y` when moved.
    """
    return {
        "type": "chart",
        "id": id,
        "title": french(title),
        "alt": french(alternative),
        "xLabel": french(x_label),
        "yLabel": french(y_label),
        "xTicks": [[place, french(text)] for place, text in x_ticks],
        "yTicks": [[place, french(text)] for place, text in y_ticks],
        "zones": list(zones),
        "points": list(points),
        "help": french(help),
    }


def _address(png: bytes | None) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii") if png else ""
