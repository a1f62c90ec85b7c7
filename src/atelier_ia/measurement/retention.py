"""What is kept, how long, and its deletion on time; what is held on one person, for the right of access.

| data | kept |
|---|---|
| times, uses, survey answers, inhabitants' opinions (anonymous) | 13 months |
| codes that link two waves, their salt | destroyed 150 days after the start |
| personal codes, correction requests once decided | 13 months |
| real cases (pseudonymised) | the date chosen at their import |
| roster, attendance, results (nominative) | the programme, then the attestations alone: deleted by HR, not here |
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from atelier_ia.documents.whole_file import clear_stale
from atelier_ia.measurement import linking, surveys, time_records, tool_votes, uses
from atelier_ia.measurement.hr_records import HrRecords
from atelier_ia.measurement.record_base import purge_records
from atelier_ia.settings import Settings, data_folder, load_settings
from atelier_ia.training.roster import Learner
from atelier_ia.use_cases import real_cases

MEASURES_DAYS = 396


@dataclass(frozen=True)
class Purged:
    """What was deleted: a French name of the data and the number of records."""

    what: str
    count: int


def purge(today: date | None = None, settings: Settings | None = None) -> tuple[Purged, ...]:
    """Delete all that is past its date.

    Raises:
        AtelierError: a store cannot be reached; what was deleted before stays deleted.
    """
    day = today or date.today()
    limit = day - timedelta(days=MEASURES_DAYS)
    folder = data_folder()
    return (
        Purged("codes reliant deux questionnaires", linking.close_when_over(settings or load_settings(), day)),
        Purged("temps mesurés et déclarés", time_records.purge(limit)),
        Purged("usages des applications", uses.purge(limit)),
        Purged("réponses aux questionnaires et avis", surveys.purge(limit)),
        Purged("votes des comparaisons à l'aveugle", tool_votes.purge(limit)),
        Purged("cas réels", real_cases.purge(day)),
        Purged("codes personnels et corrections décidées", purge_records(limit)),
        Purged("fichiers interrompus", clear_stale(folder, folder / "rapports", folder / "rapports" / "attestations")),
    )


def personal_record(records: HrRecords, roster: Iterable[Learner], identifier: str) -> dict[str, Any]:
    """All that is held on one person, as HR sees it (JSON values); empty when nothing is.

    Anonymous answers and times are not in it: nothing links them to anybody.
    """
    lines = records.lines_of(identifier)
    person = next((who for who in roster if who.identifier == identifier), lines[0].learner if lines else None)
    if person is None:
        return {}
    who = asdict(person)
    return {
        "personne": {
            "identifiant": who["identifier"],
            "nom": who["last_name"],
            "prenom": who["first_name"],
            "service": records.service_of(person),
            "categorie": who["category"],
            "sexe": who["sex"],
            "statut": who["status"],
            "grade": who["grade"],
            "autres": dict(who["extra"]),
        },
        "formations": [
            {
                "module": line.title,
                "code": line.module,
                "premier_jour": line.first_day.isoformat() if line.first_day else None,
                "dernier_jour": line.last_day.isoformat() if line.last_day else None,
                "heures": line.hours,
                "demi_journees": line.half_days,
                "modalite": line.modality,
                "seances_suivies": line.attended,
                "seances_prevues": line.sessions,
                "resultat": line.outcome or "suivi",
            }
            for line in lines
        ],
    }
