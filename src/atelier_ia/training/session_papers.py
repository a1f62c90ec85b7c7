"""What a session puts on paper, as accessible PDF: the trainer's pages, the participants' page, name cards, papers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from atelier_ia.content import read_text
from atelier_ia.documents.typography import NBSP, plural, typeset_all
from atelier_ia.settings import Settings
from atelier_ia.training.roster import Learner, by_name
from atelier_ia.training.session_kit import Part, SessionKit, Slot
from atelier_ia.use_cases.sandbox import load_document, sandbox_folder
from atelier_ia.use_cases.sandbox_tables import load_table

LAYOUTS = Path(__file__).with_name("templates")
BLANK_CARDS = 12
"""Cards without a name, to be filled by hand, when nobody is listed."""


def running_order_pdf(kit: SessionKit, settings: Settings) -> bytes:
    """The trainer's pages: the slots and their parts with their notes, the material, what to do without a network."""
    from atelier_ia.documents.reports import render_pdf

    content = typeset_all(
        {
            "title": f"Déroulé – {kit.title}",
            "author": settings.collectivite.name,
            "heading": kit.title,
            "context": f"Pour : {kit.audience}. {_duration(kit.minutes)} de formation, pauses non comptées.",
            "foot": f"{settings.collectivite.name} · Pages de la formatrice ou du formateur",
            "slots": [_told(slot) | {"parts": [_told(part) for part in slot.parts]} for slot in kit.slots],
            "lists": [
                ["Avant", list(kit.material.beforehand)],
                ["Dans la salle", list(kit.material.room)],
                ["À imprimer", list(kit.material.printouts)],
            ],
            "network": kit.material.without_network,
        }
    )
    return render_pdf(LAYOUTS / "deroule.typ", content)


def participants_pdf(kit: SessionKit, settings: Settings) -> bytes:
    """The page of the wall and of each place: the hours, then what one keeps beside the keyboard."""
    from atelier_ia.documents.reports import render_pdf

    content = typeset_all(
        {
            "title": f"Programme – {kit.title}",
            "author": settings.collectivite.name,
            "heading": kit.title,
            "context": f"{_duration(kit.minutes)}, à votre rythme. Personne n'est noté devant les autres.",
            "foot": f"{settings.collectivite.name} · Programme",
            "slots": [[_clock(slot.start), slot.title, f"{slot.minutes}{NBSP}min", slot.pause] for slot in kit.slots],
            "end": _clock(kit.ends),
            "handouts": [[handout.title, list(handout.lines)] for handout in kit.handouts],
        }
    )
    return render_pdf(LAYOUTS / "programme.typ", content)


def papers_pdf(kit: SessionKit, settings: Settings) -> bytes | None:
    """The sandbox's papers that the session hands out, one per page; None when it hands out none."""
    from atelier_ia.documents.reports import render_pdf

    pages: list[dict[str, Any]] = []
    for name in kit.papers.documents:
        document = load_document(name)
        pages.append({"heading": document.title, "lines": _lines(document.text), "columns": [], "rows": []})
    for name in kit.papers.tables:
        table = load_table(name)
        rows = [list(row) for row in table.rows]
        pages.append({"heading": table.title, "lines": [], "columns": list(table.columns), "rows": rows})
    for name in kit.papers.references:
        text = settings.localise(read_text(sandbox_folder() / "references" / f"{name}.md"))
        title, _, body = text.partition("\n")
        pages.append({"heading": title.lstrip("# ").strip(), "lines": _lines(body), "columns": [], "rows": []})
    if not pages:
        return None
    return render_pdf(
        LAYOUTS / "papiers.typ",
        typeset_all(
            {
                "title": f"Documents – {kit.title}",
                "author": settings.collectivite.name,
                "foot": f"{settings.collectivite.name} · Document d'atelier, personnes et chiffres inventés",
                "pages": pages,
            }
        ),
    )


def name_cards_pdf(kit: SessionKit, learners: Iterable[Learner], settings: Settings) -> bytes:
    """Name cards to fold, one A4 page for two: first name large, service below; blank ones when nobody is listed."""
    from atelier_ia.documents.reports import render_pdf

    people = by_name(learners)
    cards = [[who.first_name or who.last_name, settings.service_name(who.service)] for who in people]
    return render_pdf(
        LAYOUTS / "chevalets.typ",
        {
            "title": f"Chevalets – {kit.title}",
            "author": settings.collectivite.name,
            "session": kit.title,
            "count": plural(len(cards) or BLANK_CARDS, "chevalet"),
            # Names are printed exactly as they were typed.
            "cards": cards or [["", ""]] * BLANK_CARDS,
        },
    )


def _told(part: Part) -> dict[str, Any]:
    notes = (("À dire", part.to_say), ("Ce qui coince", part.goes_wrong), ("Secours", part.fallback))
    return {
        "start": _clock(part.start) if isinstance(part, Slot) else "",
        "minutes": f"{part.minutes}{NBSP}min",
        "title": part.title,
        "pause": isinstance(part, Slot) and part.pause,
        "notes": [[label, text] for label, text in notes if text],
    }


def _clock(start: str) -> str:
    return start.replace(" ", NBSP)


def _lines(text: str) -> list[list[str]]:
    """The lines of a Markdown paper with what they are: title, item or text; bold marks left out."""
    found: list[list[str]] = []
    for line in text.splitlines():
        plain = re.sub(r"\*\*", "", line).strip()
        if not plain:
            continue
        if plain.startswith(("#", "Délibération n°")):
            found.append(["titre", plain.lstrip("# ")])
        elif plain.startswith("- "):
            found.append(["point", plain[2:]])
        else:
            found.append(["texte", plain])
    return found


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")
