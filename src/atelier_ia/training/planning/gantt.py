"""The plan as a picture (Gantt chart, SVG or PNG) and as the text that stands for it.

Readable in black and white: what is done is plain, what is late is hatched and named, nothing relies on colour alone.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from atelier_ia.documents.plotting import ACCENT, INK, MIST, PALE, SAND, SLATE, Kind, bare, new_figure, save
from atelier_ia.documents.typography import long_date, plural, typeset
from atelier_ia.documents.whole_file import write_whole
from atelier_ia.training.planning.plan import Plan, PlannedStep
from atelier_ia.training.planning.progress import Progress, Status

_BEHIND = {"facecolor": "#FFFFFF", "edgecolor": "none", "pad": 1.5}
_LOOK: dict[Status, tuple[str, str, str]] = {  # fill, edge, hatch
    "faite": (SLATE, SLATE, ""),
    "en cours": (PALE, SLATE, ""),
    "aujourd'hui": (PALE, SLATE, ""),
    "en retard": ("#FFFFFF", ACCENT, "////"),
    "à venir": (MIST, SLATE, ""),
}


def finding(plan: Plan, progress: Progress) -> str:
    """The title of the picture: what it shows, in one sentence."""
    weeks = -(-((plan.end - plan.start).days + 1) // 7)
    late = len(progress.late)
    if late:
        return f"{plural(late, 'séance')} en retard au {long_date(progress.today)}"
    if plan.step("m2_metiers").outside_window:
        return f"Les ateliers dépassent le mois 2 : décision le {long_date(plan.step('j90').start)}"
    return f"{weeks} semaines, de l'état des lieux à la décision du {long_date(plan.step('j90').start)}"


def describe(plan: Plan, progress: Progress) -> str:
    """The text alternative of the picture: every step, its dates, its sessions and where it stands."""
    lines = [
        f"Calendrier de {plan.collectivite}, du {long_date(plan.start)} au {long_date(plan.end)}, "
        f"situation au {long_date(progress.today)}."
    ]
    for step in plan.steps:
        status = progress.step_statuses[step.method.id]
        late = " ; après la fenêtre de la méthode" if step.outside_window else ""
        count = f", {plural(len(step.sessions), 'séance')}" if len(step.sessions) > 1 else ""
        lines.append(f"{step.method.title} : {_dates(step)}{count} ; {status}{late}.")
    return typeset("\n".join(lines))


def draw(
    plan: Plan,
    progress: Progress,
    target: Path | None = None,
    kind: Kind = "svg",
    *,
    titled: bool = True,
    width: float = 10.2,
) -> bytes:
    """The picture as bytes, also written to `target` when given. Same plan, same bytes.

    `titled` False leaves the title out, for a page that already says it; `width` in inches: the narrower the picture,
    the larger its letters once it is stretched.
    """
    with new_figure(width, 4.9) as (figure, axes):
        _fill(axes, plan, progress, width)
        if titled:
            title = typeset(finding(plan, progress))
            axes.set_title(title, loc="left", fontsize=14, fontweight="bold", color=SLATE, pad=16)
        data = save(figure, kind, finding(plan, progress))
    if kind == "svg":
        data = _accessible(data, plan, progress)
    if target is not None:
        write_whole(target, data)
    return data


def _fill(axes: Any, plan: Plan, progress: Progress, width: float) -> None:
    steps = plan.steps
    for row, step in enumerate(steps):
        first, last = _number(step.window_start), _number(step.window_end) + 1
        axes.barh(row, last - first, left=first, height=0.74, color="none", edgecolor=PALE, linestyle=":", linewidth=1)
        for session in step.sessions:
            fill, edge, hatch = _LOOK[progress.statuses[session.id]]
            span = (session.end_day - session.day).days + 1
            axes.barh(row, span, left=_number(session.day), height=0.46, color=fill, edgecolor=edge, hatch=hatch)
        status = progress.step_statuses[step.method.id]
        label = _short_dates(step) + (f" ({status})" if status != "à venir" else "")
        end = max(_number(step.end) + 1, last) + 1
        axes.text(end, row, typeset(label), va="center", ha="left", fontsize=10, color=INK, bbox=_BEHIND, zorder=5)
    axes.set_yticks(range(len(steps)), [typeset(step.method.title) for step in steps], fontsize=10, color=INK)
    axes.invert_yaxis()
    _time_axis(axes, plan, width)
    if plan.start <= progress.today <= plan.end:
        axes.axvline(_number(progress.today), color=ACCENT, linewidth=1.5)
        axes.text(_number(progress.today), -0.85, "aujourd’hui", color=ACCENT, ha="center", fontsize=9)
    bare(axes, "top", "right", "left")
    axes.tick_params(axis="y", length=0)


def _time_axis(axes: Any, plan: Plan, width: float) -> None:
    start, end = plan.start - timedelta(days=plan.start.weekday()), plan.end
    span = (end - start).days
    axes.set_xlim(_number(start), _number(end) + max(14, span * 0.2))
    step = 7 * max(1, -(-span // round(7 * 1.1 * width)))
    ticks = [start + timedelta(days=offset) for offset in range(0, span + 1, step)]
    axes.set_xticks([_number(day) for day in ticks], [f"{day:%d/%m}" for day in ticks], fontsize=9)
    axes.set_xlabel(
        "En pointillé : la fenêtre de la méthode. Sur fond beige : les jours évités.",
        fontsize=9,
        color=INK,
        loc="left",
    )
    axes.grid(axis="x", color=MIST, linewidth=0.8)
    axes.set_axisbelow(True)
    for day, _ in plan.closures:
        axes.axvspan(_number(day), _number(day) + 1, color=SAND, zorder=0, linewidth=0)


def _accessible(svg: bytes, plan: Plan, progress: Progress) -> bytes:
    """The SVG with a role, a title and the text alternative that screen readers read."""
    from xml.sax.saxutils import escape

    title, text = escape(typeset(finding(plan, progress))), escape(describe(plan, progress))
    head, _, rest = svg.decode("utf-8").partition("<svg ")
    opening, _, body = rest.partition(">")
    return (
        f'{head}<svg role="img" lang="fr" aria-labelledby="plan-titre plan-texte" {opening}>\n'
        f'<title id="plan-titre">{title}</title>\n<desc id="plan-texte">{text}</desc>{body}'
    ).encode()


def _number(day: date) -> int:
    return day.toordinal()


def _dates(step: PlannedStep) -> str:
    if step.start == step.end:
        return f"le {long_date(step.start)}"
    return f"du {long_date(step.start)} au {long_date(step.end)}"


def _short_dates(step: PlannedStep) -> str:
    if step.start == step.end:
        return f"{step.start:%d/%m}"
    return f"{step.start:%d/%m} – {step.end:%d/%m}"
