"""The nodes of a screen: each function returns a JSON-ready dict that the browser side draws as semantic HTML.

Texts of the interface get French typography here; values that people typed are left exactly as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from atelier_ia.apps.kit.typography import french

Node = dict[str, Any]
Tone = Literal["info", "succes", "alerte", "erreur"]


def group(*children: Node | None, look: str = "groupe", id: str = "") -> Node:
    """Children one after the other; `None` children are left out."""
    return _node("group", id, look=look, children=_present(children))


def columns(*children: Node | None, look: str = "") -> Node:
    """Children side by side, stacked on a narrow screen."""
    return _node("columns", "", look=look, children=_present(children))


def actions(*children: Node | None) -> Node:
    """The bar of buttons at the foot of a step; the primary one comes last."""
    return _node("actions", "actions", children=_present(children))


def steps(labels: Sequence[str], current: int) -> Node:
    """Where one is: `current` counts from 1."""
    return _node("steps", "etapes", labels=[french(label) for label in labels], current=current)


def panel(id: str, title: str, *children: Node | None, hint: str = "", look: str = "") -> Node:
    """A titled section; its heading `<id>-titre` can take the focus."""
    return _node("panel", id, title=french(title), hint=french(hint), look=look, children=_present(children))


def notice(tone: Tone, text: str, *children: Node | None, title: str = "", id: str = "", look: str = "") -> Node:
    """A message with its sign and its word; the tone `erreur` is announced at once by screen readers."""
    return _node(
        "notice", id, tone=tone, title=french(title), text=french(text), look=look, children=_present(children)
    )


def prose(text: str, look: str = "", id: str = "") -> Node:
    """Paragraphs of the interface (blank lines between them)."""
    return _node("prose", id, text=french(text), look=look)


def quotation(label: str, text: str) -> Node:
    """Someone's own words, exactly as they are."""
    return _node("quotation", "", label=french(label), text=text)


def field(
    id: str,
    label: str,
    value: str = "",
    *,
    kind: Literal["court", "long", "nombre", "choix", "secret"] = "court",
    hint: str = "",
    error: str = "",
    unit: str = "",
    rows: int = 4,
    options: Iterable[tuple[str, str]] | None = None,
    suggestions: Sequence[str] = (),
    live: bool = False,
    submit: str = "",
    locked: bool = False,
    look: str = "",
) -> Node:
    """A labelled field. `live` sends each change; `submit` names the button that Enter presses; `suggestions` are
    proposed as one types, and any other text is accepted; a `secret` is hidden while it is typed."""
    choices = None if options is None else [[key, french(text)] for key, text in options]
    return _node(
        "field",
        id,
        label=french(label),
        value=value,
        kind=kind,
        hint=french(hint),
        error=french(error),
        unit=french(unit),
        rows=rows,
        options=choices,
        suggestions=list(suggestions) or None,
        live=live,
        submit=submit,
        locked=locked,
        look=look,
    )


def button(
    id: str,
    label: str,
    look: Literal["primaire", "secondaire", "discret"] = "secondaire",
    *,
    disabled: bool = False,
    sign: str = "",
    selection: str = "",
    described: str = "",
) -> Node:
    """A button whose label is a verb; `selection` names a text whose selected passage goes with the event."""
    return _node(
        "button",
        id,
        label=french(label),
        look=look,
        disabled=disabled,
        sign=sign,
        selection=selection,
        described=described or None,
    )


def link(id: str, label: str, address: str) -> Node:
    """A link to another page of this same server; `address` is relative to the app's page."""
    return _node("link", id, label=french(label), address=address)


def copy_button(id: str, label: str, source: str, look: str = "secondaire") -> Node:
    """Copies the field `source` to the clipboard, then sends its event."""
    return _node("copyButton", id, label=french(label), **{"from": source}, look=look)


def picker(id: str, label: str, options: Sequence[Node], value: str) -> Node:
    """One item out of a list of cards; each option has `value`, `title`, `detail` and `excerpt`."""
    return _node("picker", id, label=french(label), options=list(options), value=value)


def radios(id: str, label: str, options: Sequence[tuple[str, str]], value: str) -> Node:
    """A short closed question, all its answers in view."""
    return _node("radios", id, label=french(label), options=[[key, french(text)] for key, text in options], value=value)


def disclosure(id: str, title: str, *children: Node | None, open: bool = False) -> Node:
    """A part that opens on demand, or when `open` becomes true."""
    return _node("disclosure", id, title=french(title), open=open, children=_present(children))


def figure(value: str, unit: str, label: str, look: str = "") -> Node:
    """A large figure and what it counts."""
    return _node("figure", "", value=value, unit=unit, label=french(label), look=look)


def masked(id: str, label: str, runs: Sequence[Node]) -> Node:
    """A text with its placeholders: runs of `{"text"}`, `{"text", "token", "label", "level"}`."""
    return _node("masked", id, label=french(label), runs=list(runs))


def findings(id: str, label: str, items: Sequence[Node]) -> Node:
    """The data found: items of `key, original, token, reason, level, masked`."""
    shown = [{**item, "reason": french(item["reason"])} for item in items]
    return _node("findings", id, label=french(label), items=shown)


def alert_choice(
    id: str, label: str, original: str, reason: str, options: Sequence[tuple[str, str]], value: str
) -> Node:
    """A sensitive passage that the person must settle before going on."""
    return _node(
        "alertChoice",
        id,
        label=french(label),
        original=original,
        reason=french(reason),
        options=[[key, french(text)] for key, text in options],
        value=value,
    )


def letter(id: str, label: str, heading: Node, value: str, streaming: bool) -> Node:
    """A sheet of letter paper, read-only while it is being written; `heading` has sender, office, place, subject."""
    return _node("letter", id, label=french(label), heading=heading, value=value, streaming=streaming)


def plot(
    id: str, caption: str, alternative: str, points: Sequence[Node], ticks: Sequence[tuple[float, str]], unit: str
) -> Node:
    """A line over time; points of `label, value`, those of a forecast also `low, high`. `alternative` says it in words;
    `ticks` are the values of the scale, from 0 up."""
    return _node(
        "plot",
        id,
        caption=french(caption),
        alternative=french(alternative),
        points=list(points),
        ticks=[[value, french(text)] for value, text in ticks],
        unit=french(unit),
    )


def table(id: str, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Node:
    """A table whose first column names each row."""
    return _node(
        "table",
        id,
        caption=french(caption),
        columns=[french(name) for name in columns],
        rows=[[french(cell) for cell in row] for row in rows],
    )


def stopwatch(label: str, elapsed: float, running: bool, id: str = "chrono") -> Node:
    """A time that runs on screen from `elapsed` seconds."""
    return _node("stopwatch", id, label=french(label), elapsed=elapsed, running=running)


def _node(type: str, id: str, **properties: Any) -> Node:
    node: Node = {"type": type, **properties}
    if id:
        node["id"] = id
    return node


def _present(children: Iterable[Node | None]) -> list[Node]:
    return [child for child in children if child is not None]
