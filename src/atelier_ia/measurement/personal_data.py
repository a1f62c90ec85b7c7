"""What a person may ask of their own record: to see it, to have it corrected, to have it erased.

The record is nominative (roster, attendance, results); anonymous answers are in nobody's record, and only their owner's
code can take them back (`linking.forget`). A correction is written where HR writes: `var/apprenants.csv` and
`var/presences.csv`; the next reports and attestations follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from atelier_ia.documents.shared_file import alone_on
from atelier_ia.documents.spreadsheets import Column, csv_bytes
from atelier_ia.documents.tables import column_key, parse_date, parse_yes_no
from atelier_ia.documents.typography import hours as hours_text
from atelier_ia.documents.typography import long_date, plural, short_date, typeset
from atelier_ia.documents.whole_file import write_whole
from atelier_ia.errors import AtelierError
from atelier_ia.measurement.record_base import forget_record
from atelier_ia.settings import Settings
from atelier_ia.training.attendance import (
    Attendance,
    attendance_path,
    read_attendance,
    session_hours,
    write_attendance,
)
from atelier_ia.training.check_in import forget_person
from atelier_ia.training.roster import Learner, parse_roster, read_roster, roster_path, write_roster

FIELDS = ("nom", "prenom", "service", "categorie", "sexe", "statut", "grade")


def correct_person(identifier: str, changes: Mapping[str, str], settings: Settings) -> Learner:
    """Correct fields of the roster (`nom`, `prenom`, `service`…, or a column of the collectivité's own); returns the
    corrected person.

    Raises:
        AtelierError: nobody has that identifier, a field is unknown or its value does not fit.
    """
    with alone_on(roster_path()):
        learners = list(read_roster(settings=settings))
        place = next((index for index, who in enumerate(learners) if who.identifier == identifier), None)
        if place is None:
            raise AtelierError("Personne n'a cet identifiant dans var/apprenants.csv ; vérifiez-le.")
        old = learners[place]
        cells = dict(zip(FIELDS, _cells(old), strict=True)) | dict(old.extra)
        for name, value in changes.items():
            known = next((title for title in cells if column_key(title) == column_key(name)), None)
            if known is None:
                raise AtelierError(f"Le champ « {name[:40]} » n'existe pas ; champs connus : {', '.join(cells)}.")
            cells[known] = value.strip()
        # Read again as HR's file would be: the same rules, the same sentences.
        columns = [Column("identifiant"), *(Column(title) for title in cells)]
        (made,) = parse_roster(csv_bytes(columns, [(identifier, *cells.values())]), "correction", settings)
        learners[place] = made
        write_roster(learners)
    return made


def correct_presence(identifier: str, day: str, module: str, value: str, *, add: bool = False) -> None:
    """Correct one line of attendance: `value` is « oui », « non » or a duration such as 3,5 or 2 h 30. With `add`, a
    session that the sheet does not have is written, if its duration is given.

    Raises:
        AtelierError: no such line, or a value that cannot be read.
    """
    try:
        when = parse_date(day)
        try:
            change: dict[str, Any] = {"present": parse_yes_no(value)}
        except ValueError:
            change = {"present": True, "hours": session_hours(value), "half_days": None}
    except ValueError:
        raise AtelierError("Une présence se corrige par un jour comme 25/01/2027 et « oui », « non » ou 3,5.") from None
    with alone_on(attendance_path()):
        lines = list(read_attendance())
        place = next(
            (i for i, line in enumerate(lines) if (line.learner, line.day, line.module) == (identifier, when, module)),
            None,
        )
        if place is not None:
            lines[place] = replace(lines[place], **change)
        elif add and change.get("hours"):
            lines.append(Attendance(identifier, when, module, **change))
        else:
            raise AtelierError(
                "Cette personne n'a pas de ligne pour ce jour et ce module ; voyez sa fiche pour les codes, ou donnez "
                "la durée de la séance à ajouter."
                if add
                else "Cette personne n'a pas de ligne pour ce jour et ce module ; voyez sa fiche pour les codes."
            )
        write_attendance(lines)


def erase_person(identifier: str, settings: Settings) -> dict[str, int]:
    """Delete a person from the roster, the attendance, the open sheets, the codes and the correction requests; returns
    how many lines of each.

    The marks are nbgrader's and the numbers of attestations are archives: they are not deleted here.
    """
    with alone_on(roster_path()), alone_on(attendance_path()):
        learners, lines = read_roster(settings=settings), read_attendance()
        kept_learners = [who for who in learners if who.identifier != identifier]
        kept_lines = [line for line in lines if line.learner != identifier]
        if len(kept_learners) < len(learners):
            write_roster(kept_learners)
        if len(kept_lines) < len(lines):
            write_attendance(kept_lines)
    return {
        "liste des agents": len(learners) - len(kept_learners),
        "présences": len(lines) - len(kept_lines),
        "signatures": forget_person(identifier),
        **forget_record(identifier),
    }


def write_personal_sheet(record: Mapping[str, Any], settings: Settings, target: Path, today: date) -> Path:
    """The record as a .docx to hand to the person, with room to ask for corrections."""
    from atelier_ia.documents.word import add_paragraph, new_document, to_bytes, write_blocks

    person = record["personne"]
    title = typeset("Vos données de formation")
    document = new_document(None, title=title, author=settings.collectivite.name, subject="Droit d'accès")
    add_paragraph(document, title, style="Heading 1")
    add_paragraph(document, typeset(f"Fiche établie le {long_date(today)} à votre demande (RGPD, article 15)."))
    told = {"identifiant": "Identifiant", "nom": "Nom", "prenom": "Prénom", "service": "Service"}
    told |= {"categorie": "Catégorie", "sexe": "Sexe", "statut": "Statut", "grade": "Grade"}
    facts = [(label, person[key]) for key, label in told.items()] + list(person["autres"].items())
    lines = ["## Ce que la liste des agents dit de vous", "", "| Champ | Valeur |"]
    lines += [f"| {_cell(label)} | {_cell(value) or '—'} |" for label, value in facts]
    lines += ["", "## Vos formations", "", "| Module | Code | Dates | Durée | Présence | Résultat |"]
    for item in record["formations"]:
        days = [short_date(date.fromisoformat(day)) for day in (item["premier_jour"], item["dernier_jour"]) if day]
        cells = (
            item["module"],
            item["code"],
            " – ".join(dict.fromkeys(days)) or "—",
            f"{hours_text(item['heures'])}, {plural(item['demi_journees'], 'demi-journée')}",
            f"{item['seances_suivies']} sur {item['seances_prevues']}" if item["seances_prevues"] else "—",
            item["resultat"],
        )
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    lines += [
        "",
        "## Une erreur ?",
        "Notez-la ci-dessous et rendez cette fiche au service des ressources humaines : il corrige, et vous remet une "
        "nouvelle fiche. Une attestation corrigée annule et remplace la précédente.",
        "",
        *["…………………………………………………………………………………………………………"] * 3,
        "",
        "Vos réponses aux questionnaires et vos temps mesurés ne figurent pas ici : rien ne les relie à vous.",
    ]
    write_blocks(document, typeset("\n".join(lines)))
    target.parent.mkdir(parents=True, exist_ok=True)
    return write_whole(target, to_bytes(document))


def _cells(who: Learner) -> tuple[str, ...]:
    return (who.last_name, who.first_name, who.service, who.category, who.sex, who.status, who.grade)


def _cell(text: str) -> str:
    return str(text).replace("|", "/")
