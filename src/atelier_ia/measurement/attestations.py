"""Attestations of training: one accessible PDF per person, with what the *livret individuel de formation* asks.

Décret 2008-830 (livret: date, duration, level of each training, attestations annexed); article L. 6353-1 no longer
requires one, so the text says what it is not: neither a certification nor a CNFPT course. Numbers are kept in
`var/attestations.csv`: the same content keeps its number, a new content gets a new one that replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from atelier_ia import __version__
from atelier_ia.assistant.words import fold
from atelier_ia.documents.shared_file import alone_on
from atelier_ia.documents.tables import parse_date
from atelier_ia.documents.typography import hours as hours_text
from atelier_ia.documents.typography import long_date, plural, short_date, typeset_all
from atelier_ia.documents.whole_file import write_whole
from atelier_ia.measurement.attestation_register import REGISTER_NAME, Register
from atelier_ia.measurement.hr_lines import LEVEL, AgentLine, TrainingLine
from atelier_ia.measurement.hr_records import HrRecords
from atelier_ia.settings import data_folder

TITLE = "Utiliser l'intelligence artificielle générative dans son service public local"
EVALUATION = "Exercices pratiques corrigés selon un barème publié ; « acquis » à partir de 60 % des points."
_LAYOUT = Path(__file__).with_name("templates") / "attestation.typ"


@dataclass(frozen=True)
class Attestation:
    """One attestation written: its number, the person, the file, its date, the number it replaces (empty as a rule)."""

    number: str
    learner: str
    path: Path
    issued: date
    replaces: str = ""


def write_attestations(
    records: HrRecords,
    folder: Path,
    today: date,
    skills: Mapping[str, Sequence[str]] | None = None,
    register: Path | None = None,
) -> tuple[Attestation, ...]:
    """One PDF in `folder` for each person of the roster who attended training.

    `skills` gives the objectives of each module.

    Raises:
        TableError: the register was altered and cannot be read.
    """
    from atelier_ia.documents.reports import render_pdf

    folder.mkdir(parents=True, exist_ok=True)
    source = register or data_folder() / REGISTER_NAME
    with alone_on(source):  # two at once would give the same numbers
        known = Register(source)
        done = []
        for agent, lines in records.persons():
            if agent.hours <= 0 or not agent.known:
                continue
            content = attestation_content(records, agent, lines, skills or {})
            issue = known.issue_for(agent.learner.identifier, agent.hours, content, today)
            issued = parse_date(issue.issued)
            own = records.settings.collectivite
            printed = content | {
                "number": issue.number,
                "replaces": f"Annule et remplace l'attestation n° {issue.replaces}." if issue.replaces else "",
                "place": f"{own.town or own.name}, le {long_date(issued)}",
                "foot": f"Attestation n° {issue.number} · {own.name}",
            }
            exact = {"person": printed["person"], "modules": printed["modules"]}
            target = folder / f"attestation_{issue.number}_{file_name(agent)}.pdf"
            write_whole(target, render_pdf(_LAYOUT, typeset_all(printed) | exact))
            done.append(Attestation(issue.number, agent.learner.identifier, target, issued, issue.replaces))
        # Written once all files are there: a number never stands for a file that does not exist.
        known.write()
    return tuple(done)


def attestation_content(
    records: HrRecords, agent: AgentLine, lines: Sequence[TrainingLine], skills: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """What the attestation says, number and date apart."""
    own = records.settings.collectivite
    who = agent.learner
    objectives = list(dict.fromkeys(skill for line in lines for skill in skills.get(line.module, ())))
    span = ""
    if agent.first_day and agent.last_day:
        same = agent.first_day == agent.last_day
        span = (
            f"le {long_date(agent.first_day)}"
            if same
            else f"du {long_date(agent.first_day)} au {long_date(agent.last_day)}"
        )
    place = f"{own.postcode} {own.town}".strip()
    return {
        "title": f"Attestation de formation – {who.full_name}",
        "author": own.name,
        "address": ", ".join(part for part in (own.street, place, f"SIRET {own.siret}" if own.siret else "") if part),
        "person": who.full_name,
        "position": " · ".join(part for part in (who.grade, records.service_of(who)) if part),
        "action": TITLE,
        "span": span,
        "duration": f"{hours_text(agent.hours)}, soit {plural(agent.half_days, 'demi-journée')}",
        "modality": agent.modality or "présentiel",
        "objectives": objectives[:8],
        "modules": [
            [
                line.title,
                short_date(line.first_day) if line.first_day else "—",
                hours_text(line.hours),
                line.outcome or "suivi",
            ]
            for line in lines
        ],
        "evaluation": EVALUATION if agent.evaluated else "aucune : seule la présence est attestée",
        "level": LEVEL,
        "programme": f"Atelier IA, version {__version__}",
        "organiser": f"{own.name}, formation interne",
    }


def file_name(agent: AgentLine) -> str:
    """The person's last name as it may stand in the name of a file."""
    bare = fold(agent.learner.last_name)
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")[:40] or "agent"
