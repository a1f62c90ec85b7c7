"""Attestations of training: one accessible PDF per person, with what the *livret individuel de formation* asks.

Décret 2008-830 (livret: date, duration, level of each training, attestations annexed); article L. 6353-1 no longer
requires one, so the text says what it is not: neither a certification nor a CNFPT course. Numbers are kept in
`var/attestations.csv`: the same content keeps its number, a new content gets a new one that replaces it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from atelier_ia import __version__
from atelier_ia.documents.shared_file import alone_on
from atelier_ia.documents.spreadsheets import Column, write_csv
from atelier_ia.documents.tables import parse_csv, parse_date
from atelier_ia.documents.typography import hours as hours_text
from atelier_ia.documents.typography import long_date, plural, short_date, typeset_all
from atelier_ia.documents.whole_file import write_whole
from atelier_ia.measurement.hr_lines import LEVEL, AgentLine, TrainingLine
from atelier_ia.measurement.hr_records import HrRecords
from atelier_ia.settings import data_folder

TITLE = "Utiliser l'intelligence artificielle générative dans son service public local"
EVALUATION = "Exercices pratiques corrigés selon un barème publié ; « acquis » à partir de 60 % des points."
REGISTER_NAME = "attestations.csv"
_LAYOUT = Path(__file__).with_name("templates") / "attestation.typ"
_REGISTER = ("numero", "identifiant", "emise_le", "heures", "empreinte", "remplace")


@dataclass(frozen=True)
class Attestation:
    """One attestation written: its number, the person, the file, its date, the number it replaces (empty as a rule)."""

    number: str
    learner: str
    path: Path
    issued: date
    replaces: str = ""


@dataclass(frozen=True)
class _Issue:
    number: str
    learner: str
    issued: str
    hours: str
    digest: str
    replaces: str


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
        known = _Register(_read_register(source))
        done = []
        for agent, lines in records.persons():
            if agent.hours <= 0 or not agent.known:
                continue
            content = attestation_content(records, agent, lines, skills or {})
            issue = known.issue_for(agent, content, today)
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
        _write_register(source, known.issues)
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


class _Register:
    """The numbers already given, and the next ones."""

    def __init__(self, issues: Iterable[_Issue]) -> None:
        self.issues: list[_Issue] = []
        self._last: dict[str, _Issue] = {}
        self._used: dict[str, int] = {}
        for issue in issues:
            self._add(issue)

    def issue_for(self, agent: AgentLine, content: Mapping[str, Any], today: date) -> _Issue:
        """The issue already in the register for this very content, else a new one replacing the person's last."""
        # What the program alone says of itself is no reason for a new number.
        stable = {key: value for key, value in content.items() if key not in ("programme", "level")}
        digest = hashlib.sha256(json.dumps(stable, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
        last = self._last.get(agent.learner.identifier)
        if last is not None and last.digest == digest:
            return last
        number = f"{today.year}-{self._used.get(str(today.year), 0) + 1:04d}"
        hours = f"{agent.hours:.2f}".replace(".", ",")
        replaced = last.number if last else ""
        self._add(_Issue(number, agent.learner.identifier, short_date(today), hours, digest, replaced))
        return self.issues[-1]

    def _add(self, issue: _Issue) -> None:
        year, _, rank = issue.number.partition("-")
        self.issues.append(issue)
        self._last[issue.learner] = issue
        self._used[year] = max(int(rank), self._used.get(year, 0))


def replaced_by(number: str, register: Path | None = None) -> str:
    """The number of the attestation that replaced `number` in the register; '' when none did."""
    found = [
        issue.number for issue in _read_register(register or data_folder() / REGISTER_NAME) if issue.replaces == number
    ]
    return found[-1] if found else ""


def _read_register(path: Path) -> Iterator[_Issue]:
    if not path.is_file():
        return
    table = parse_csv(path.read_bytes(), path.name, _REGISTER)
    for row in table.rows:
        number = table.value(row, "numero", _number, "le numéro a la forme 2027-0001.")
        cells = row.cells
        yield _Issue(
            number, cells["identifiant"], cells["emisele"], cells["heures"], cells["empreinte"], cells["remplace"]
        )


def _number(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{4,6}", text):
        raise ValueError(text)
    return text


def _write_register(path: Path, issues: Sequence[_Issue]) -> None:
    rows = ((issue.number, issue.learner, issue.issued, issue.hours, issue.digest, issue.replaces) for issue in issues)
    write_csv(path, [Column(title) for title in _REGISTER], rows)


def file_name(agent: AgentLine) -> str:
    """The person's last name as it may stand in the name of a file."""
    bare = unicodedata.normalize("NFKD", agent.learner.last_name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")[:40] or "agent"
