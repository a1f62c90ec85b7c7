"""The numbers of attestations, in `var/attestations.csv`: the same content keeps its number, a new one replaces it.

The register is read into a private temporary base and written back from it, a line at a time: memory does not follow
the number of attestations.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from atelier_ia.documents.private_base import temporary_base
from atelier_ia.documents.spreadsheets import Column, write_csv
from atelier_ia.documents.tables import stream_csv
from atelier_ia.documents.typography import short_date
from atelier_ia.settings import data_folder

REGISTER_NAME = "attestations.csv"
_TITLES = ("numero", "identifiant", "emise_le", "heures", "empreinte", "remplace")
_SCHEMA = """
CREATE TABLE issues (place INTEGER PRIMARY KEY, number TEXT, learner TEXT, issued TEXT, hours TEXT, digest TEXT,
 replaces TEXT);
CREATE INDEX last_of ON issues (learner, place)
"""
_ISSUE = "number, learner, issued, hours, digest, replaces"


@dataclass(frozen=True)
class Issue:
    """One line of the register; `issued` (dd/mm/yyyy) and `hours` as they are written."""

    number: str
    learner: str
    issued: str
    hours: str
    digest: str
    replaces: str


class Register:
    """The numbers already given in the file at `path`, and the next ones.

    Raises:
        TableError: the register was altered and cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._base = temporary_base(_SCHEMA)
        self._used: dict[str, int] = {}
        for issue in _read(path):
            self._add(issue)

    def issue_for(self, learner: str, hours: float, content: Mapping[str, Any], today: date) -> Issue:
        """The issue already in the register for this very content, else a new one replacing the person's last."""
        # What the program alone says of itself is no reason for a new number.
        stable = {key: value for key, value in content.items() if key not in ("programme", "level")}
        digest = hashlib.sha256(json.dumps(stable, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
        row = self._base.execute(
            f"SELECT {_ISSUE} FROM issues WHERE learner = ? ORDER BY place DESC LIMIT 1", (learner,)
        ).fetchone()
        last = Issue(*row) if row else None
        if last is not None and last.digest == digest:
            return last
        number = f"{today.year}-{self._used.get(str(today.year), 0) + 1:04d}"
        written = f"{hours:.2f}".replace(".", ",")
        made = Issue(number, learner, short_date(today), written, digest, last.number if last else "")
        self._add(made)
        return made

    def write(self) -> Path:
        """Write the file, whole or not at all."""
        rows = self._base.execute(f"SELECT {_ISSUE} FROM issues ORDER BY place")
        return write_csv(self.path, [Column(title) for title in _TITLES], rows)

    def _add(self, issue: Issue) -> None:
        year, _, rank = issue.number.partition("-")
        self._base.execute(f"INSERT INTO issues ({_ISSUE}) VALUES (?, ?, ?, ?, ?, ?)", astuple(issue))
        self._used[year] = max(int(rank), self._used.get(year, 0))


def replaced_by(number: str, register: Path | None = None) -> str:
    """The number of the attestation that replaced `number` in the register; '' when none did."""
    found = ""
    for issue in _read(register or data_folder() / REGISTER_NAME):
        if issue.replaces == number:
            found = issue.number
    return found


def _read(path: Path) -> Iterator[Issue]:
    if not path.is_file():
        return
    with stream_csv(path, _TITLES) as table:
        for row in table.rows:
            number = table.value(row, "numero", _number, "le numéro a la forme 2027-0001.")
            cells = row.cells
            yield Issue(
                number, cells["identifiant"], cells["emisele"], cells["heures"], cells["empreinte"], cells["remplace"]
            )


def _number(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{4,6}", text):
        raise ValueError(text)
    return text
