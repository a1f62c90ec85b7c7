"""The register of measures for AI literacy (règlement (UE) 2024/1689, article 4, as amended in July 2026).

What was done, when, for how many people: dated measures, never a promise of an individual level, never a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from atelier_ia.documents.spreadsheets import Cell, Column, write_csv
from atelier_ia.documents.typography import hours as hours_text
from atelier_ia.documents.typography import long_date, number, plural, short_date, typeset_all
from atelier_ia.documents.whole_file import write_whole
from atelier_ia.measurement.anonymity import THRESHOLD
from atelier_ia.measurement.hr_records import HrRecords

LAYOUT = Path(__file__).with_name("templates") / "registre.typ"
_COLUMNS = (
    Column("Date", 12, "date"),
    Column("Mesure", 40),
    Column("Agents", 10),
    Column("Durée (heures)", 12, "decimal"),
)

_NOTES = (
    "L'article 4 demande de prendre des mesures pour développer la maîtrise de l'IA des personnes qui utilisent ces "
    "systèmes pour le compte de la collectivité, selon leurs connaissances, leur expérience et le contexte ; il "
    "n'impose pas de garantir un niveau individuel.",
    "Preuves conservées : feuilles de présence, programmes, exercices et attestations. Les noms n'y figurent pas ; le "
    "service des ressources humaines les détient.",
    "À compléter par la collectivité : charte d'usage, notes de service, documentation remise, systèmes utilisés.",
)


@dataclass(frozen=True)
class Measure:
    """One session held: how many people came, and how long it lasted (hours)."""

    day: date
    title: str
    people: int
    hours: float

    @property
    def told_people(self) -> str:
        """The number of people, not told under the threshold."""
        return number(self.people) if self.people >= THRESHOLD else f"moins de {THRESHOLD}"


def measures(records: HrRecords) -> tuple[Measure, ...]:
    """The sessions that took place, in order of date; individual coaching is not listed."""
    titles = {line.module: line.title for line in records.lines}
    return tuple(Measure(held.day, titles[held.module], held.people, held.hours) for held in records.sessions_held)


def _told(held: Sequence[Measure], records: HrRecords) -> str:
    """What the register amounts to, in one sentence; nothing before the first session."""
    if not held:
        return ""
    people = plural(records.people, "agent formé", "agents formés")
    return f"{plural(len(held), 'séance')} et {people} depuis le {long_date(held[0].day)}. "


def write_register(records: HrRecords, folder: Path, today: date) -> tuple[Path, Path]:
    """Write `registre_maitrise_ia.pdf` and `.csv` into `folder` (created); returns both."""
    from atelier_ia.documents.reports import render_pdf

    held = measures(records)
    name = records.settings.collectivite.name
    content: dict[str, Any] = {
        "title": "Registre des mesures de maîtrise de l'IA",
        "author": name,
        "subject": "Mesures prises au titre de l'article 4 du règlement (UE) 2024/1689.",
        "foot": f"{name} · Registre des mesures de maîtrise de l'IA · {short_date(today)}",
        "context": f"Article 4 du règlement (UE) 2024/1689. {_told(held, records)}Situation au {long_date(today)}.",
        "rows": [[short_date(item.day), item.title, item.told_people, hours_text(item.hours)] for item in held],
        "notes": list(_NOTES),
    }
    folder.mkdir(parents=True, exist_ok=True)
    pdf = write_whole(folder / "registre_maitrise_ia.pdf", render_pdf(LAYOUT, typeset_all(content)))
    rows: list[tuple[Cell, ...]] = [(item.day, item.title, item.told_people, float(item.hours)) for item in held]
    return pdf, write_csv(folder / "registre_maitrise_ia.csv", _COLUMNS, rows)
