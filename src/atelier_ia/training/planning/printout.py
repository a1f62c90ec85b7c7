"""The plan as a printable PDF: the picture, the steps, every session, what to check. Accessible (tagged, in French)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from atelier_ia.documents.reports import render_pdf
from atelier_ia.documents.typography import hours, long_date, plural, short_date, typeset
from atelier_ia.documents.whole_file import write_whole
from atelier_ia.errors import AtelierError
from atelier_ia.training.planning.exports import plan_as_ics, weekday, write_plan_workbook
from atelier_ia.training.planning.gantt import describe, draw, finding
from atelier_ia.training.planning.plan import Plan, Session
from atelier_ia.training.planning.progress import Progress

FILES = ("plan.ics", "plan.xlsx", "plan.svg", "plan.png", "plan.txt", "plan.pdf")
TEMPLATE = Path(__file__).with_name("plan.typ")


def plan_as_pdf(plan: Plan, progress: Progress, *, moment: datetime | None = None) -> bytes:
    """The PDF/UA of the plan, landscape A4; `moment` is the date written in the file (give one for the same bytes).

    Raises:
        LayoutError: the page cannot be laid out.
    """
    data = {
        "author": plan.collectivite,
        "title": typeset(finding(plan, progress)),
        "context": typeset(
            f"Plan de déploiement du {long_date(plan.start)} au {long_date(plan.end)} ; "
            f"situation au {long_date(progress.today)}"
        ),
        "figures": [
            [plural(len([s for s in plan.sessions if s.start]), "séance"), "à tenir, salle et animation réservées"],
            [
                plural(sum(s.participants for s in plan.step("m2_metiers").sessions), "agent"),
                "à former dans leur métier",
            ],
            [long_date(plan.step("j90").start), "décision : garder, étendre ou changer de cap"],
        ],
        "alternative": describe(plan, progress),
        "steps": [
            [
                typeset(step.method.title),
                typeset(step.method.audience),
                _span(step.start.strftime("%d/%m/%Y"), step.end.strftime("%d/%m/%Y")),
                progress.step_statuses[step.method.id] + (" (hors fenêtre)" if step.outside_window else ""),
                typeset(step.method.goal),
            ]
            for step in plan.steps
        ],
        "sessions": [_session_row(session, progress) for session in plan.sessions if session.start],
        "tasks": [
            [typeset(s.title), _span(short_date(s.day), short_date(s.end_day)), typeset(s.note)]
            for s in plan.step("diagnostic").sessions
        ],
        "warnings": [typeset(text) for text in plan.warnings],
        "closures": typeset(_closures(plan)),
    }
    images = {"gantt.svg": draw(plan, progress, titled=False)}
    return bytes(render_pdf(TEMPLATE, data, images, when=moment))


def _session_row(session: Session, progress: Progress) -> list[str]:
    assert session.start is not None
    assert session.end is not None
    begin, end = (hours(moment.hour + moment.minute / 60) for moment in (session.start, session.end))
    return [
        f"{weekday(session.day)} {short_date(session.day)}",
        f"{begin} – {end}",
        typeset(session.title),
        str(session.participants or ""),
        session.room,
        session.trainer,
        progress.statuses[session.id],
    ]


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def _closures(plan: Plan) -> str:
    """The days avoided, one sentence: consecutive days of one reason are told together."""
    runs: list[tuple[str, str, str]] = []
    previous_reason = ""
    for day, reason in plan.closures:
        written = short_date(day)
        if runs and reason == previous_reason:
            runs[-1] = (runs[-1][0], written, reason)
        else:
            runs.append((written, written, reason))
        previous_reason = reason
    if not runs:
        return "Aucun jour de semaine n'est fermé pendant le plan."
    parts = [f"{_span(first, last)} ({reason})" for first, last, reason in runs]
    return f"Jours évités : {' ; '.join(parts)}."


def write_all(plan: Plan, progress: Progress, folder: Path) -> list[Path]:
    """Write plan.ics, plan.xlsx, plan.svg, plan.png, plan.txt (text alternative) and plan.pdf in `folder` (created).

    Raises:
        AtelierError: the folder or a file cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        targets = {
            name: folder / name for name in ("plan.ics", "plan.xlsx", "plan.svg", "plan.png", "plan.txt", "plan.pdf")
        }
        write_whole(targets["plan.ics"], plan_as_ics(plan))
        write_plan_workbook(plan, progress, targets["plan.xlsx"])
        draw(plan, progress, targets["plan.svg"])
        draw(plan, progress, targets["plan.png"], "png")
        write_whole(targets["plan.txt"], f"{describe(plan, progress)}\n".encode())
        write_whole(targets["plan.pdf"], plan_as_pdf(plan, progress))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AtelierError(
            f"Le plan ne peut pas être écrit dans {folder} ({reason}) ; choisissez un autre dossier avec --dossier."
        ) from None
    return list(targets.values())
