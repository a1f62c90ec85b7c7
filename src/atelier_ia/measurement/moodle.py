"""Two files that Moodle imports as they are: the accounts to create, and what is acquired. Commas, UTF-8, no mark.

The grades file says 100 for an acquired module and « - », Moodle's own sign for no grade, for one in progress: marks
stay with the trainers. It names only persons who have an account in the other file: a single stranger makes Moodle
refuse the whole import. Names are written exactly as they are; these files are for Moodle, not for a spreadsheet.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from atelier_ia.documents.tables import column_key
from atelier_ia.documents.whole_file import whole_file
from atelier_ia.errors import AtelierError
from atelier_ia.measurement.hr_records import HrRecords
from atelier_ia.settings import Settings
from atelier_ia.training.roster import Learner

ACQUIRED, NO_GRADE, NO_NAME = "100", "-", "-"
_EMAIL_COLUMNS = ("courriel", "email", "mail", "adressemail", "adresseelectronique", "messagerie")


@dataclass(frozen=True)
class MoodleFiles:
    """Both files, and the identifiers left out of the accounts for want of an address."""

    users: Path
    grades: Path
    without_email: tuple[str, ...]


def write_moodle_files(
    records: HrRecords, learners: Sequence[Learner], folder: Path, settings: Settings, domain: str = ""
) -> MoodleFiles:
    """Write `moodle_comptes.csv` and `moodle_resultats.csv` into `folder` (created). Without an address column in the
    roster, `domain` makes one out of the identifier.

    Raises:
        AtelierError: two persons would have the same Moodle account.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = {who.identifier: moodle_name(who.identifier) for who in learners}
    owners: dict[str, str] = {}
    for identifier, name in names.items():
        other = owners.setdefault(name, identifier)
        if other != identifier:
            raise AtelierError(
                f"« {other[:40]} » et « {identifier[:40]} » donneraient le même compte Moodle ; "
                "changez l'un des deux identifiants."
            )
    users, missing = [], []
    for who in learners:
        email = _email(who, domain)
        if not email:
            missing.append(who.identifier)
            continue
        cohort = column_key(settings.service_name(who.service)) or "sans_service"
        shown = (who.first_name or NO_NAME, who.last_name or NO_NAME)  # Moodle refuses an empty one
        users.append((names[who.identifier], *shown, email, who.identifier, cohort))
    accounts = {user[4] for user in users}
    modules = {line.module: line.title for line in records.lines if line.outcome}
    grades = (
        (agent.learner.identifier, *(ACQUIRED if (module, "acquis") in told else NO_GRADE for module in modules))
        for agent, lines in records.persons()
        for told in [{(line.module, line.outcome) for line in lines}]
        if agent.learner.identifier in accounts
    )
    return MoodleFiles(
        _write(
            folder / "moodle_comptes.csv", ("username", "firstname", "lastname", "email", "idnumber", "cohort1"), users
        ),
        _write(folder / "moodle_resultats.csv", ("idnumber", *modules.values()), grades),
        tuple(missing),
    )


def moodle_name(identifier: str) -> str:
    """A username that Moodle takes: lower case, letters and digits of ASCII, and . _ - @."""
    bare = unicodedata.normalize("NFKD", identifier).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._@-]", "", bare) or "agent-" + identifier.encode("utf-8").hex()[:24]


def _email(who: Learner, domain: str) -> str:
    for title, value in who.extra.items():
        if column_key(title) in _EMAIL_COLUMNS and "@" in value:
            return value
    if "@" in who.identifier:
        return who.identifier
    return f"{moodle_name(who.identifier)}@{domain}" if domain else ""


def _write(target: Path, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with whole_file(target) as partial, partial.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(titles)
        writer.writerows(rows)
    return target
