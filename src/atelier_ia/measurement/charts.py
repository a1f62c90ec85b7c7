"""The charts of a checkpoint: first their data (JSON values, with a title that says the finding and a text that says
all they show), then their picture by matplotlib. A report given out again is drawn again from the same data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atelier_ia.documents.plotting import ACCENT, INK, MIST, PALE, SLATE, Kind, bare, new_figure, save
from atelier_ia.documents.typography import in_words, number, plural, typeset
from atelier_ia.measurement.anonymity import THRESHOLD
from atelier_ia.measurement.decisions import among
from atelier_ia.measurement.indicators import ADOPTION_ALERT, Indicators
from atelier_ia.measurement.statistics import Interval
from atelier_ia.measurement.time_records import UseCaseTimes
from atelier_ia.measurement.weekly import Week

MOST_ROWS = 8
SHOWN_WEEKS = 16


def chart_data(figures: Indicators, weeks: Sequence[Week], use_cases: Mapping[str, str]) -> list[dict[str, Any]]:
    """The charts that the figures allow: adoption by service, minutes per task, weeks; a chart without data is left
    out."""
    made = (_adoption(figures), _times(figures, use_cases), _weeks(weeks))
    return [chart for chart in made if chart["rows"]]


def draw_chart(
    chart: Mapping[str, Any], kind: Kind = "svg", size: tuple[float, float] | None = None, letters: float = 10
) -> bytes:
    """The picture of `chart`, without its title: the page says it. `size` in inches (by default as high as its rows
    need) and `letters` in points: placed at that very size, all the charts of a page have the same letters."""
    width, height = size or (6.2, 2.5 if chart["kind"] == "weeks" else 0.9 + 0.34 * len(chart["rows"]))
    with new_figure(width, height) as (figure, axes):
        _DRAW[chart["kind"]](axes, chart["rows"], letters)
        return save(figure, kind, typeset(chart["title"]))


def by_use_case(times: Sequence[UseCaseTimes]) -> list[UseCaseTimes]:
    """The most measured use case first, its measures before its estimates."""
    order = list(dict.fromkeys(line.use_case for line in times))
    return sorted(times, key=lambda line: (order.index(line.use_case), line.origin != "mesuré"))


def _adoption(figures: Indicators) -> dict[str, Any]:
    lines = [("Ensemble", figures.adoption), *((line.name, line.adoption) for line in figures.services)]
    known = [(name, share) for name, share in lines if share is not None]
    rows = [_interval_row(name, share, 100) for name, share in known[:MOST_ROWS]]
    above = [name for name, share in known[1:] if share.low is not None and share.low >= ADOPTION_ALERT]
    limit = f"{number(100 * ADOPTION_ALERT, 0)} %"
    if len(rows) > 1:
        who = "Un service dépasse" if len(above) == 1 else f"{in_words(len(above)).capitalize()} services dépassent"
        title = f"{who} nettement {limit} d'adoption"
        title = title if above else f"Aucun service ne dépasse encore nettement {limit} d'adoption"
    else:
        title = _whole_finding(rows[0], limit) if rows else ""
    told = [f"{row['name']} : {_told(row, '%')}" for row in rows]
    return {
        "kind": "adoption",
        "title": title,
        "alt": _alt("Adoption", told, f"Seuil d'alerte : {limit}."),
        "rows": rows,
    }


def _times(figures: Indicators, use_cases: Mapping[str, str]) -> dict[str, Any]:
    rows = []
    for line in by_use_case(figures.times)[:MOST_ROWS]:
        name = use_cases.get(line.use_case, line.use_case)
        rows.append(_interval_row(f"{name} ({line.origin})", line.saved, 1) | {"plain": line.origin == "mesuré"})
    measured = [line.saved for line in figures.times if line.origin == "mesuré"]
    won = sum(saved.low is not None and saved.low > 0 for saved in measured)
    if won:
        title = f"Un gain de temps est établi pour {among(won, len(measured))}"
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
    title = f"{plural(rows[-1]['trained'], 'agent formé', 'agents formés')} à ce jour" if rows else ""
    used = next((row for row in reversed(rows) if row["stations"]), None)
    if used:
        title += f" ; {number(used['stations'])} postes actifs la semaine du {used['week']}"
    return {"kind": "weeks", "title": title, "alt": _alt("Semaine par semaine", told), "rows": rows}


def _whole_finding(row: Mapping[str, Any], limit: str) -> str:
    if row["low"] >= 100 * ADOPTION_ALERT:
        return f"L'adoption est au-dessus du seuil d'alerte de {limit}"
    if row["high"] < 100 * ADOPTION_ALERT:
        return f"L'adoption est sous le seuil d'alerte de {limit}"
    return f"On ne peut pas encore situer l'adoption face au seuil de {limit}"


def _interval_row(name: str, share: Interval, scale: float) -> dict[str, Any]:
    low, high = (share.estimate if end is None else end for end in (share.low, share.high))
    return {"name": name, "value": scale * share.estimate, "low": scale * low, "high": scale * high, "n": share.n}


def _told(row: Mapping[str, Any], unit: str) -> str:
    low, value, high = (number(row[key], 0) for key in ("low", "value", "high"))
    what = "réponse" if unit == "%" else "mesure" if row["plain"] else "estimation"
    return f"{value} {unit}, entre {low} et {high} ({plural(row['n'], what)})"


def _alt(subject: str, told: Sequence[str], more: str = "") -> str:
    return typeset(f"{subject}. {' ; '.join(told)}. {more}".strip())


def _draw_intervals(axes: Any, rows: Sequence[Mapping[str, Any]], unit: str, letters: float) -> None:
    for place, row in enumerate(rows):
        axes.plot(
            [row["low"], row["high"]],
            [place, place],
            color=PALE,
            linewidth=0.7 * letters,
            solid_capstyle="butt",
            zorder=2,
        )
        fill = SLATE if row.get("plain", True) else "white"
        axes.plot(
            row["value"], place, "o", markersize=0.8 * letters, markerfacecolor=fill, markeredgecolor=SLATE, zorder=3
        )
        label = f"{number(row['value'], 0)} {unit}"
        axes.annotate(
            typeset(label),
            (row["high"], place),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=letters,
            color=INK,
        )
    axes.set_yticks(range(len(rows)), [typeset(_short(row["name"])) for row in rows], fontsize=letters, color=INK)
    axes.set_ylim(len(rows) - 0.5, -0.8)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=MIST)
    axes.set_axisbelow(True)
    bare(axes, "top", "right", "left")


def _draw_adoption(axes: Any, rows: Sequence[Mapping[str, Any]], letters: float) -> None:
    _draw_intervals(axes, rows, "%", letters)
    axes.set_xlim(0, 112)
    axes.set_xticks(range(0, 101, 20), [f"{value} %" for value in range(0, 101, 20)], fontsize=letters - 1)
    axes.axvline(100 * ADOPTION_ALERT, color=ACCENT, linestyle="--", linewidth=1.5)
    told = f"alerte : {number(100 * ADOPTION_ALERT, 0)} %"
    axes.annotate(
        typeset(told), (100 * ADOPTION_ALERT, 1), (4, 0), xycoords=("data", "axes fraction"),
        textcoords="offset points", color=ACCENT, fontsize=letters - 1, va="top",
    )  # fmt: skip


def _draw_times(axes: Any, rows: Sequence[Mapping[str, Any]], letters: float) -> None:
    _draw_intervals(axes, rows, "min", letters)
    axes.axvline(0, color=ACCENT, linestyle="--", linewidth=1.5)
    low, high = min(0, *(row["low"] for row in rows)), max(1, *(row["high"] for row in rows))
    axes.set_xlim(low * 1.1, high + (high - low) * 0.18)
    axes.tick_params(axis="x", labelsize=letters - 1)
    axes.set_xlabel("minutes gagnées par tâche", fontsize=letters - 1, color=INK)


def _draw_weeks(axes: Any, rows: Sequence[Mapping[str, Any]], letters: float) -> None:
    from matplotlib.ticker import MaxNLocator

    looks = (
        ("equipped", "équipés", PALE, ":", ""),
        ("trained", "formés", SLATE, "-", ""),
        ("active", "actifs", ACCENT, "-", "s"),
        ("stations", "postes actifs", ACCENT, "--", "o"),
    )
    ends: list[tuple[float, int, str, str]] = []
    for key, name, colour, line, marker in looks:
        points = [(index, row[key]) for index, row in enumerate(rows) if row[key] is not None]
        if not points:
            continue
        axes.plot(
            *zip(*points, strict=True), color=colour, linestyle=line, marker=marker or "o", markersize=4, linewidth=2
        )
        ends.append((points[-1][1], points[-1][0], f"{name} : {number(points[-1][1])}", colour))
    top = max((value for value, *_ in ends), default=1) or 1
    previous = -top
    for value, week, name, colour in sorted(ends):
        place = max(value, previous + top * 0.13)  # direct labels, one above the other
        axes.annotate(
            typeset(name), (week, place), (8, 0), textcoords="offset points", va="center", fontsize=letters,
            color=INK if colour == PALE else colour, annotation_clip=False,
        )  # fmt: skip
        previous = place
    step = -(-len(rows) // 10)
    axes.set_xticks(range(0, len(rows), step), [row["week"] for row in rows[::step]], fontsize=letters - 1)
    axes.set_xlim(-0.3, len(rows) - 1 + max(1.5, len(rows) * 0.3))
    axes.set_ylim(0, max(top, previous) * 1.12)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.tick_params(axis="y", labelsize=letters - 1)
    axes.grid(axis="y", color=MIST)
    bare(axes, "top", "right", "left")


def _short(name: str) -> str:
    return name if len(name) <= 38 else f"{name[:37]}…"


_DRAW = {"adoption": _draw_adoption, "times": _draw_times, "weeks": _draw_weeks}
