"""The plan written down: one JSON document, a calendar for Outlook or Thunderbird (.ics), a workbook (.xlsx)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from atelier_ia.documents.spreadsheets import Column, Sheet, write_workbook
from atelier_ia.documents.tables import column_key
from atelier_ia.documents.typography import long_date, short_date, typeset
from atelier_ia.training.planning.plan import Plan, PlannedStep, Session
from atelier_ia.training.planning.progress import Progress


def plan_as_json(plan: Plan, progress: Progress) -> dict[str, Any]:
    """The plan and where it stands, as JSON values with French keys; days are yyyy-mm-dd, hours hh:mm."""
    return {
        "collectivite": plan.collectivite,
        "debut_demande": plan.requested_start.isoformat(),
        "debut": plan.start.isoformat(),
        "lancement": plan.launch.isoformat(),
        "ouverture": plan.opening.isoformat(),
        "fin": plan.end.isoformat(),
        "date_du_suivi": progress.today.isoformat(),
        "etapes": [_step_json(step, progress) for step in plan.steps],
        "en_retard": [{"seance": late.session.id, "jours": late.days} for late in progress.late],
        "suivi_inconnu": [line.session for line in progress.unknown],
        "jours_evites": [{"date": day.isoformat(), "raison": reason} for day, reason in plan.closures],
        "avertissements": list(plan.warnings),
    }


def _step_json(step: PlannedStep, progress: Progress) -> dict[str, Any]:
    return {
        "id": step.method.id,
        "titre": step.method.title,
        "public": step.method.audience,
        "objectif": step.method.goal,
        "fenetre": [step.window_start.isoformat(), step.window_end.isoformat()],
        "debut": step.start.isoformat(),
        "fin": step.end.isoformat(),
        "hors_fenetre": step.outside_window,
        "etat": progress.step_statuses[step.method.id],
        "seances": [_session_json(session, progress) for session in step.sessions],
    }


def _session_json(session: Session, progress: Progress) -> dict[str, Any]:
    return {
        "id": session.id,
        "titre": session.title,
        "date": session.day.isoformat(),
        "jusqu_au": session.end_day.isoformat(),
        "de": f"{session.start:%H:%M}" if session.start else None,
        "a": f"{session.end:%H:%M}" if session.end else None,
        "heures": session.hours,
        "participants": session.participants,
        "services": dict(session.members),
        "salle": session.room,
        "formateur": session.trainer,
        "remarque": session.note,
        "etat": progress.statuses[session.id],
    }


def weekday(day: date) -> str:
    """'lundi' … 'dimanche'."""
    return ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")[day.weekday()]


def plan_as_ics(plan: Plan, *, stamp: datetime | None = None) -> bytes:
    """The plan as an iCalendar file: one event per session, all-day ones for tasks; importing it again updates it.

    `stamp` is the time written as the file's own (now by default; give one for reproducible bytes).
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Atelier IA//Plan de déploiement//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Atelier IA – {plan.collectivite}")
    calendar.add("x-wr-timezone", plan.time_zone)
    zone = ZoneInfo(plan.time_zone)
    for session in plan.sessions:
        calendar.add_component(_event(plan, session, zone, stamp or datetime.now(UTC)))
    calendar.add_missing_timezones(plan.start, plan.end + timedelta(days=1))
    return bytes(calendar.to_ical())


def _event(plan: Plan, session: Session, zone: ZoneInfo, stamp: datetime) -> Any:
    from icalendar import Event

    event = Event()
    # The same session keeps its identifier from one export to the next: calendars update it instead of doubling it.
    event.add("uid", f"{session.id}@{column_key(plan.collectivite) or 'collectivite'}.atelier-ia.example")
    event.add("dtstamp", stamp)
    event.add("summary", typeset(session.title))
    if session.start is None or session.end is None:
        event.add("dtstart", session.day)
        event.add("dtend", session.end_day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", datetime.combine(session.day, session.start, zone))
        event.add("dtend", datetime.combine(session.day, session.end, zone))
    if session.room:
        event.add("location", session.room)
    lines = [plan.step(session.step).method.goal + "."]
    if session.participants:
        lines.append(f"Participants : {session.participants}.")
    if session.trainer:
        lines.append(f"Animation : {session.trainer}.")
    if session.note:
        lines.append(session.note)
    event.add("description", typeset("\n".join(lines)))
    return event


def write_plan_workbook(plan: Plan, progress: Progress, target: Path) -> Path:
    """Write the plan as a workbook: the steps, every session, the days avoided and the points to check."""
    steps = Sheet(
        "Étapes",
        [
            Column("Étape", 46),
            Column("Public", 46),
            Column("Début", 12, "date"),
            Column("Fin", 12, "date"),
            Column("Fenêtre de la méthode", 26),
            Column("Séances", 9, "whole"),
            Column("État", 12),
            Column("Objectif", 60),
        ],
        [
            (
                step.method.title,
                step.method.audience,
                step.start,
                step.end,
                f"{short_date(step.window_start)} – {short_date(step.window_end)}"
                + (" (dépassée)" if step.outside_window else ""),
                len(step.sessions),
                progress.step_statuses[step.method.id],
                step.method.goal,
            )
            for step in plan.steps
        ],
        heading=f"{plan.collectivite} : du {long_date(plan.start)} au {long_date(plan.end)}",
    )
    sessions = Sheet(
        "Séances",
        [
            Column("Identifiant", 20),
            Column("Séance", 56),
            Column("Jour", 11),
            Column("Date", 12, "date"),
            Column("Jusqu'au", 12, "date"),
            Column("De", 8),
            Column("À", 8),
            Column("Heures", 8, "decimal"),
            Column("Participants", 12, "whole"),
            Column("Salle", 24),
            Column("Animation", 30),
            Column("État", 12),
            Column("Remarque", 60),
        ],
        [
            (
                session.id,
                session.title,
                weekday(session.day),
                session.day,
                session.end_day,
                f"{session.start:%H:%M}" if session.start else None,
                f"{session.end:%H:%M}" if session.end else None,
                session.hours or None,
                session.participants or None,
                session.room,
                session.trainer,
                progress.statuses[session.id],
                session.note,
            )
            for session in plan.sessions
        ],
    )
    closures = Sheet(
        "Jours évités",
        [Column("Jour", 11), Column("Date", 12, "date"), Column("Raison", 50)],
        [(weekday(day), day, reason) for day, reason in plan.closures],
    )
    points = Sheet("À vérifier", [Column("Point à vérifier", 120)], [(text,) for text in plan.warnings])
    return write_workbook(
        target,
        [steps, sessions, closures, points],
        title=f"Plan de déploiement – {plan.collectivite}",
        author=plan.collectivite,
    )
