"""The charts of a checkpoint: first their data (JSON values, with a title that says the finding and a text that says
all they show), then their picture by matplotlib. A report given out again is drawn again from the same data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atelier_ia.documents.plotting import ACCENT, INK, MIST, PALE, SLATE, Kind, bare, new_figure, save
from atelier_ia.documents.typography import number, plural, typeset
from atelier_ia.measurement.anonymity import THRESHOLD
from atelier_ia.measurement.indicators import ADOPTION_ALERT, Indicators
from atelier_ia.measurement.statistics import Interval
from atelier_ia.measurement.weekly import Week

MOST_ROWS = 8
SHOWN_WEEKS = 16


def chart_data(figures: Indicators, weeks: Sequence[Week], use_cases: Mapping[str, str]) -> list[dict[str, Any]]:
    """The charts that the figures allow: adoption by service, minutes per task, weeks; a chart without data is left
    out."""
    made = (_adoption(figures), _times(figures, use_cases), _weeks(weeks))
    return [chart for chart in made if chart["rows"]]


def draw_chart(chart: Mapping[str, Any], kind: Kind = "svg", width: float = 6.2) -> bytes:
    """The picture of `chart`, without its title: the page says it."""
    height = 2.5 if chart["kind"] == "weeks" else 0.9 + 0.34 * len(chart["rows"])
    with new_figure(width, height) as (figure, axes):
        _DRAW[chart["kind"]](axes, chart["rows"])
        return save(figure, kind, typeset(chart["title"]))


def _adoption(figures: Indicators) -> dict[str, Any]:
    lines = [("Ensemble", figures.adoption), *((line.name, line.adoption) for line in figures.services)]
    known = [(name, share) for name, share in lines if share is not None]
    rows = [_interval_row(name, share, 100) for name, share in known[:MOST_ROWS]]
    above = [row for row in rows[1:] if row["low"] >= 100 * ADOPTION_ALERT]
    limit = f"{number(100 * ADOPTION_ALERT, 0)} %"
    if len(rows) > 1:
        title = f"{plural(len(above), 'service dépasse', 'services dépassent')} nettement {limit} d'adoption"
        title = title if above else f"Aucun service ne dépasse encore nettement {limit} d'adoption"
    else:
        title = f"Adoption et seuil d'alerte de {limit}"
    told = [f"{row['name']} : {_told(row, '%')}" for row in rows]
    return {
        "kind": "adoption",
        "title": title,
        "alt": _alt("Adoption", told, f"Seuil d'alerte : {limit}."),
        "rows": rows,
    }


def _times(figures: Indicators, use_cases: Mapping[str, str]) -> dict[str, Any]:
    rows = []
    order = list(dict.fromkeys(line.use_case for line in figures.times))  # the most measured first
    lines = sorted(figures.times, key=lambda line: (order.index(line.use_case), line.origin != "mesuré"))
    for line in lines[:MOST_ROWS]:
        name = use_cases.get(line.use_case, line.use_case)
        rows.append(_interval_row(f"{name} ({line.origin})", line.saved, 1) | {"plain": line.origin == "mesuré"})
    won = [row for row in rows if row["plain"] and row["low"] > 0]
    measured = sum(row["plain"] for row in rows)
    if won:
        told_won = plural(len(won), "usage mesuré", "usages mesurés")
        title = f"Un gain de temps établi pour {told_won} sur {number(measured)}"
    else:
        title = "Aucun gain de temps établi à ce jour" if measured else "Des gains déclarés, pas encore mesurés"
    told = [f"{row['name']} : {_told(row, 'min')}" for row in rows]
    return {"kind": "times", "title": title, "alt": _alt("Minutes gagnées par tâche", told), "rows": rows}


def _weeks(weeks: Sequence[Week]) -> dict[str, Any]:
    shown = list(weeks)[-SHOWN_WEEKS:]
    rows: list[dict[str, Any]] = [
        {
            "week": week.monday.strftime("%d/%m"),
            "equipped": week.equipped,
            "trained": week.trained,
            "active": week.active,
            "stations": week.stations,
        }
        for week in shown
    ]
    told = []
    for row in rows:
        parts = [
            f"{number(row[key])} {word}"
            for key, word in (("equipped", "équipés"), ("trained", "formés"), ("active", "actifs"))
            if row[key] is not None
        ]
        parts.append(
            f"{number(row['stations'])} postes actifs" if row["stations"] else f"moins de {THRESHOLD} postes actifs"
        )
        told.append(f"semaine du {row['week']}, {', '.join(parts)}")
    last: dict[str, Any] = rows[-1] if rows else {}
    title = f"{plural(last['trained'], 'agent formé', 'agents formés')} à ce jour" if rows else ""
    if rows and last["stations"]:
        title += f", {number(last['stations'])} postes actifs cette semaine"
    return {"kind": "weeks", "title": title, "alt": _alt("Semaine par semaine", told), "rows": rows}


def _interval_row(name: str, share: Interval, scale: float) -> dict[str, Any]:
    low, high = (share.estimate if end is None else end for end in (share.low, share.high))
    return {"name": name, "value": scale * share.estimate, "low": scale * low, "high": scale * high, "n": share.n}


def _told(row: Mapping[str, Any], unit: str) -> str:
    low, value, high = (number(row[key], 0) for key in ("low", "value", "high"))
    return f"{value} {unit}, entre {low} et {high} ({plural(row['n'], 'réponse' if unit == '%' else 'mesure')})"


def _alt(subject: str, told: Sequence[str], more: str = "") -> str:
    return typeset(f"{subject}. {' ; '.join(told)}. {more}".strip())


def _draw_intervals(axes: Any, rows: Sequence[Mapping[str, Any]], unit: str) -> None:
    for place, row in enumerate(rows):
        axes.plot([row["low"], row["high"]], [place, place], color=PALE, linewidth=7, solid_capstyle="butt", zorder=2)
        fill = SLATE if row.get("plain", True) else "white"
        axes.plot(row["value"], place, "o", markersize=8, markerfacecolor=fill, markeredgecolor=SLATE, zorder=3)
        label = f"{number(row['value'], 0)} {unit}"
        axes.annotate(
            typeset(label),
            (row["high"], place),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=10,
            color=INK,
        )
    axes.set_yticks(range(len(rows)), [typeset(_short(row["name"])) for row in rows], fontsize=10, color=INK)
    axes.set_ylim(len(rows) - 0.5, -0.8)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=MIST)
    axes.set_axisbelow(True)
    bare(axes, "top", "right", "left")


def _draw_adoption(axes: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    _draw_intervals(axes, rows, "%")
    axes.set_xlim(0, 112)
    axes.set_xticks(range(0, 101, 20), [f"{value} %" for value in range(0, 101, 20)], fontsize=9)
    axes.axvline(100 * ADOPTION_ALERT, color=ACCENT, linestyle="--", linewidth=1.5)
    axes.annotate("alerte", (100 * ADOPTION_ALERT, -0.62), (4, 0), textcoords="offset points", color=ACCENT, fontsize=9)


def _draw_times(axes: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    _draw_intervals(axes, rows, "min")
    axes.axvline(0, color=ACCENT, linestyle="--", linewidth=1.5)
    low, high = min(0, *(row["low"] for row in rows)), max(1, *(row["high"] for row in rows))
    axes.set_xlim(low * 1.1, high + (high - low) * 0.18)
    axes.tick_params(axis="x", labelsize=9)
    axes.set_xlabel("minutes gagnées par tâche ; point plein : mesuré, point vide : déclaré", fontsize=9, color=INK)


def _draw_weeks(axes: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    looks = (
        ("equipped", "équipés", PALE, ":", ""),
        ("trained", "formés", SLATE, "-", ""),
        ("active", "actifs", ACCENT, "-", "s"),
        ("stations", "postes actifs", ACCENT, "--", "o"),
    )
    ends: list[tuple[float, str, str]] = []
    for key, name, colour, line, marker in looks:
        points = [(index, row[key]) for index, row in enumerate(rows) if row[key] is not None]
        if not points:
            continue
        axes.plot(
            *zip(*points, strict=True), color=colour, linestyle=line, marker=marker or "o", markersize=4, linewidth=2
        )
        ends.append((points[-1][1], f"{name} : {number(points[-1][1])}", colour))
    top = max((value for value, _, _ in ends), default=1) or 1
    previous = -top
    for value, name, colour in sorted(ends):
        place = max(value, previous + top * 0.13)  # direct labels, one above the other
        axes.annotate(
            typeset(name), (len(rows) - 1, place), (8, 0), textcoords="offset points", va="center", fontsize=10,
            color=INK if colour == PALE else colour, annotation_clip=False,
        )  # fmt: skip
        previous = place
    step = -(-len(rows) // 10)
    axes.set_xticks(range(0, len(rows), step), [row["week"] for row in rows[::step]], fontsize=9)
    axes.set_xlim(-0.3, len(rows) - 1 + max(1.5, len(rows) * 0.3))
    axes.set_ylim(0, max(top, previous) * 1.12)
    axes.tick_params(axis="y", labelsize=9)
    axes.grid(axis="y", color=MIST)
    bare(axes, "top", "right", "left")


def _short(name: str) -> str:
    return name if len(name) <= 38 else f"{name[:37]}…"


_DRAW = {"adoption": _draw_adoption, "times": _draw_times, "weeks": _draw_weeks}
