"""The sign-in sheet of a session (one line per person, half-day by half-day), and the page projected to check in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from atelier_ia.documents.typography import long_date, plural, typeset_all
from atelier_ia.settings import Settings
from atelier_ia.training.attendance import half_days_of
from atelier_ia.training.check_in import OpenSession
from atelier_ia.training.roster import Learner, by_name

LAYOUT = Path(__file__).with_name("templates") / "emargement.typ"
_EMPTY_LINES = 3
"""Lines left for people who come without being on the list."""
_FULL_ROOM = 12


def sign_in_pdf(
    title: str, day: date | None, hours: float, learners: Iterable[Learner], settings: Settings, *, place: str = ""
) -> bytes:
    """The sheet of one session of `hours`, learners by name, one signature column per half-day.

    Without a day, the date is left to be written by hand; without a list, lines are left for a full room.
    """
    from atelier_ia.documents.reports import render_pdf
    from atelier_ia.documents.typography import hours as hours_text

    people = by_name(learners)
    rows = [[f"{who.last_name} {who.first_name}".strip(), settings.service_name(who.service)] for who in people]
    name = settings.collectivite.name
    when = f"Le {long_date(day)}" if day else "Le ……………………………………"
    empty = [["", ""]] * (_EMPTY_LINES if rows else _FULL_ROOM)
    content = {
        "title": f"Feuille de présence – {title}",
        "author": name,
        "heading": title,
        "context": ", ".join(part for part in (when, hours_text(hours), place) if part),
        "foot": f"{name} · Feuille de présence · {plural(len(rows), 'personne') if rows else 'à remplir'}",
        "columns": ["Matin", "Après-midi"] if half_days_of(hours) == 2 else ["Signature"],
        "notice": "Cette feuille prouve la présence (suivi de formation, livret individuel). Elle est conservée par le "
        "service des ressources humaines et n'a aucun usage disciplinaire.",
    }
    # Names are printed exactly as they were typed.
    return render_pdf(LAYOUT, typeset_all(content) | {"rows": rows + empty})


def projected_pdf(sessions: Sequence[OpenSession], settings: Settings, link: str = "") -> bytes:
    """One page per half-day to project: its code, and the QR code of the page at `link` when it is known.

    Raises:
        PosterError: the address cannot be drawn as a QR code.
    """
    from atelier_ia.documents.posters import qr_svg
    from atelier_ia.documents.reports import render_pdf

    name = settings.collectivite.name
    content = {
        "title": f"Signer sa présence – {sessions[0].title}",
        "author": name,
        "context": f"Séance du {long_date(sessions[0].day)}",
        "link": link,
        "shown": urlsplit(link).netloc,
        "sessions": [
            {
                "title": item.title,
                "context": f"{long_date(item.day)}" + (f", {item.half}" if item.half != "séance" else ""),
                "code": f"{item.code[:3]} {item.code[3:]}",
            }
            for item in sessions
        ],
    }
    images = {"qr.svg": qr_svg(link)} if link else {}
    return render_pdf(LAYOUT.with_name("seance.typ"), typeset_all(content), images)
