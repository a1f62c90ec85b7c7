"""The plan as plain text, for a terminal or an e-mail."""

from __future__ import annotations

from atelier_ia.documents.typography import hours, long_date, plural, short_date
from atelier_ia.training.planning.exports import weekday
from atelier_ia.training.planning.plan import Plan, Session
from atelier_ia.training.planning.progress import Progress

_MARKS = {"faite": "✓", "en retard": "!", "en cours": "…", "aujourd'hui": "…", "à venir": " "}


def plan_as_text(plan: Plan, progress: Progress) -> str:
    """Step by step, every session with its place, then what is late and what to check."""
    lines = [
        f"Plan de {plan.collectivite}, du {long_date(plan.start)} au {long_date(plan.end)} "
        f"(situation au {long_date(progress.today)})"
    ]
    for step in plan.steps:
        status = progress.step_statuses[step.method.id]
        outside = " — hors de la fenêtre de la méthode" if step.outside_window else ""
        lines += ["", f"{step.method.title} [{status}]{outside}"]
        lines += [_line(session, progress) for session in step.sessions]
    lines += _late_lines(plan, progress)
    if progress.unknown:
        names = ", ".join(line.session for line in progress.unknown)
        lines += ["", f"Lignes du suivi qui ne correspondent à aucune séance du plan : {names}"]
    if plan.warnings:
        lines += ["", "À vérifier"]
        lines += [f"  - {text}" for text in plan.warnings]
    return "\n".join(lines)


def _late_lines(plan: Plan, progress: Progress) -> list[str]:
    if not progress.late:
        return []
    lines = ["", f"En retard : {plural(len(progress.late), 'séance')}, à tenir ou à noter comme faites"]
    for step in plan.steps:
        late = [item for item in progress.late if item.session.step == step.method.id]
        if late:
            name = late[0].session.id if len(late) == 1 else step.method.id
            lines.append(
                f"  ! {step.method.title} : {plural(len(late), 'séance')}, depuis {plural(late[0].days, 'jour')} "
                f"(atelier planifier --fait {name} --le JJ/MM/AAAA)"
            )
    return lines


def _line(session: Session, progress: Progress) -> str:
    mark = _MARKS[progress.statuses[session.id]]
    if session.start is None or session.end is None:
        days = short_date(session.day)
        if session.end_day != session.day:
            days += f" – {short_date(session.end_day)}"
        return f"  {mark} {days:<24} {session.title}"
    begin, end = (hours(moment.hour + moment.minute / 60) for moment in (session.start, session.end))
    when = f"{weekday(session.day)[:3]}. {short_date(session.day)} {begin}–{end}"
    persons = f", {plural(session.participants, 'personne')}" if session.participants else ""
    place = " · ".join(part for part in (session.room, session.trainer) if part)
    note = f" ({session.note})" if session.note else ""
    return f"  {mark} {when:<29} {session.title}{persons} — {place}{note} [{session.id}]"
