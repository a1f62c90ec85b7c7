"""The cards that HR hands over: one per person, with the identifier and the personal code that open their record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from atelier_ia.documents.typography import long_date, typeset_all
from atelier_ia.documents.whole_file import write_whole
from atelier_ia.settings import Settings
from atelier_ia.training.roster import Learner

_LAYOUT = Path(__file__).with_name("templates") / "cartons.typ"
CARDS_IN_A_FILE = 2000


def write_cards(
    cards: Sequence[tuple[Learner, str]], folder: Path, settings: Settings, today: date
) -> tuple[Path, ...]:
    """The PDF of `cards` (person, code), eight to a page, sorted by service and name; several files when they are many.

    Only the owner may read the files: they hold codes in clear until HR deletes them.
    """
    from atelier_ia.documents.reports import render_pdf

    name = settings.collectivite.name
    ordered = sorted(cards, key=lambda card: (card[0].service, card[0].last_name.casefold(), card[0].identifier))
    texts = {
        "title": "Cartons d'accès à son dossier de formation",
        "author": name,
        "subject": "Un carton par personne, à remettre en main propre.",
        "heading": "Mon dossier de formation",
        "how": "Dans les applications de l'atelier, ouvrez « Mon dossier » : vous y verrez ce qui est conservé sur "
        "vous, et pourrez le faire corriger. Gardez ce code pour vous.",
        "date": f"Remis le {long_date(today)}",
    }
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for start in range(0, len(ordered), CARDS_IN_A_FILE):
        rows = [
            {
                "name": who.full_name,
                "service": settings.service_name(who.service),
                "identifier": who.identifier,
                "code": code,
            }
            for who, code in ordered[start : start + CARDS_IN_A_FILE]
        ]
        number = f"_{start // CARDS_IN_A_FILE + 1}" if len(ordered) > CARDS_IN_A_FILE else ""
        target = folder / f"cartons_dossier{number}.pdf"
        made.append(write_whole(target, render_pdf(_LAYOUT, typeset_all(texts) | {"cards": rows})))
        target.chmod(0o600)
    return tuple(made)
