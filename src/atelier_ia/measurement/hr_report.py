"""The HR report: who was trained, when, how long, with which result; and the summary for management and the council.

Four files. For HR alone (they bear names): a workbook, a CSV for the payroll software and a nominative PDF. For the
council: a PDF of aggregates, where small groups are added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from atelier_ia.documents.spreadsheets import Cell, Column, Sheet, write_csv, write_workbook
from atelier_ia.documents.typography import number, plural
from atelier_ia.documents.whole_file import write_whole
from atelier_ia.measurement.anonymity import THRESHOLD
from atelier_ia.measurement.hr_lines import LEVEL, ModuleResult, TrainingLine
from atelier_ia.measurement.hr_pages import RESTRICTED, nominative_pdf, summary_pdf
from atelier_ia.measurement.hr_publication import settle
from atelier_ia.measurement.hr_records import HrRecords, build_records
from atelier_ia.measurement.hr_sources import gradebook_results, module_titles
from atelier_ia.measurement.hr_tables import GroupLine, Overview, SummaryTables, summary_tables
from atelier_ia.settings import Settings, load_settings
from atelier_ia.training.attendance import Attendance, iter_attendance
from atelier_ia.training.roster import Learner, iter_roster

PRINTABLE_LINES = 1500
"""Beyond this many lines (some forty pages) the nominative statement is left to the workbook."""


@dataclass(frozen=True)
class HrReport:
    """The files written, and what the person who asked should know (`warnings`, French sentences)."""

    workbook: Path
    csv: Path
    nominative_pdf: Path | None
    summary_pdf: Path
    agents: int
    hours: float
    warnings: tuple[str, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files written: four, or three when the nominative statement would be too long to print."""
        files = (self.workbook, self.csv, self.nominative_pdf, self.summary_pdf)
        return tuple(path for path in files if path is not None)


def write_hr_report(
    folder: Path,
    *,
    settings: Settings | None = None,
    roster: Iterable[Learner] | None = None,
    attendance: Iterable[Attendance] | None = None,
    results: Iterable[ModuleResult] | None = None,
    titles: Mapping[str, str] | None = None,
    today: date | None = None,
) -> HrReport:
    """Write the report into `folder` (created); what is not given is read from the settings, `var/` and the gradebook.

    Raises:
        AtelierError: a source cannot be read; the sentence names it.
    """
    own = settings or load_settings()
    records = build_records(
        iter_roster(settings=own) if roster is None else roster,
        iter_attendance() if attendance is None else attendance,
        gradebook_results() if results is None else results,
        own,
        module_titles() if titles is None else titles,
    )
    day = today or date.today()
    folder.mkdir(parents=True, exist_ok=True)
    tables = summary_tables(records)
    return HrReport(
        workbook=_write_workbook(folder / "formation_rh.xlsx", records, tables, day),
        csv=write_csv(
            folder / "formation_rh.csv",
            _LINE_COLUMNS,
            (_line_row(line, records.service_of(line.learner)) for line in records.lines),
        ),
        nominative_pdf=_write_nominative(folder / "etat_nominatif_rh.pdf", records, day),
        summary_pdf=write_whole(folder / "bilan_formation.pdf", summary_pdf(records, day, *settle(tables, day))),
        agents=tables.overview.people,
        hours=tables.overview.hours,
        warnings=_warnings(records, tables),
    )


_LINE_COLUMNS = (
    Column("Identifiant", 16),
    Column("Nom", 22),
    Column("Prénom", 18),
    Column("Service", 30),
    Column("Catégorie", 10),
    Column("Sexe", 7),
    Column("Statut", 14),
    Column("Grade", 20),
    Column("Étape", 26),
    Column("Module", 34),
    Column("Code du module", 22),
    Column("Premier jour", 12, "date"),
    Column("Dernier jour", 12, "date"),
    Column("Heures", 9, "decimal"),
    Column("Demi-journées", 10, "decimal"),
    Column("Modalité", 12),
    Column("Séances suivies", 10, "whole"),
    Column("Séances prévues", 10, "whole"),
    Column("Résultat", 16),
    Column("Type de formation", 18),
    Column("Organisme", 16),
    Column("Niveau", 30),
)


def _line_row(line: TrainingLine, service: str) -> tuple[Cell, ...]:
    who = line.learner
    return (
        *(who.identifier, who.last_name, who.first_name, service),
        *(who.category, who.sex, who.status, who.grade),
        *(line.stage, line.title, line.module, line.first_day, line.last_day),
        *(float(line.hours), float(line.half_days), line.modality, line.attended, line.sessions),
        *(line.outcome or "suivi", line.kind, line.provider, LEVEL),
    )


def _write_workbook(target: Path, records: HrRecords, tables: SummaryTables, today: date) -> Path:
    name = records.settings.collectivite.name
    agents = (
        (
            *(line.learner.identifier, line.learner.last_name, line.learner.first_name),
            *(records.service_of(line.learner), line.learner.category, line.learner.grade),
            *(line.first_day, line.last_day, float(line.hours), float(line.half_days), line.half_days / 2),
            *(line.modality, line.attended, line.sessions, line.followed, line.acquired),
            line.outcome or "suivi",
        )
        for line in records.agents
    )
    agent_columns = (
        *_LINE_COLUMNS[:3],
        Column("Service", 30),
        Column("Catégorie", 10),
        Column("Grade", 20),
        *_LINE_COLUMNS[11:15],
        Column("Jours", 8, "decimal"),
        Column("Modalité", 12),
        Column("Séances suivies", 10, "whole"),
        Column("Séances prévues", 10, "whole"),
        Column("Modules suivis", 10, "whole"),
        Column("Modules acquis", 10, "whole"),
        Column("Résultat", 16),
    )
    rsu_columns = (
        *(Column("Catégorie", 12), Column("Sexe", 8), Column("Statut", 16)),
        *(Column("Type de formation", 22), Column("Organisme", 18)),
        *(Column("Agents formés", 10, "whole"), Column("Jours de formation", 12, "decimal")),
    )
    sheets = [
        Sheet("Bilan", (Column("Indicateur", 46), Column("Valeur", 16)), _overview_rows(tables.overview, today)),
        Sheet("Agents", agent_columns, agents, RESTRICTED),
        Sheet(
            "Modules par agent",
            _LINE_COLUMNS,
            (_line_row(line, records.service_of(line.learner)) for line in records.lines),
            RESTRICTED,
        ),
        Sheet(
            "Restent à former",
            (*_LINE_COLUMNS[:5], Column("Grade", 20)),
            (
                (who.identifier, who.last_name, who.first_name, records.service_of(who), who.category, who.grade)
                for who in records.waiting
            ),
            f"{RESTRICTED} Agents de la liste qui n'ont encore suivi aucune séance ni rendu aucun module.",
        ),
        _group_sheet("Par service", "Service", tables.services, tables.overview, with_headcount=True),
        _group_sheet("Par étape", "Étape", tables.stages, tables.overview),
        _group_sheet("Par module", "Module", tables.modules, tables.overview),
        Sheet(
            "Rapport social unique",
            rsu_columns,
            (tuple(asdict(line).values()) for line in tables.rsu),
            "Un agent figure sur autant de lignes qu'il a suivi de types de formation. Réservé au service RH.",
        ),
    ]
    return write_workbook(target, sheets, title="Formations à l'IA : suivi des ressources humaines", author=name)


_ALL = "Ensemble (chaque agent compté une fois)"


def _group_sheet(
    name: str, first: str, lines: Sequence[GroupLine], whole: Overview, *, with_headcount: bool = False
) -> Sheet:
    """An aggregate table and its last line, the whole collectivité; the head count only where it has a meaning."""
    headcount = (Column("Effectif", 10, "whole"), Column("Part de l'effectif", 10, "percent"))
    return Sheet(
        name,
        (
            Column(first, 46),
            Column("Agents formés", 10, "whole"),
            *(headcount if with_headcount else ()),
            Column("Heures", 10, "decimal"),
            Column("Demi-journées", 10, "decimal"),
            Column("Tout acquis (part des agents évalués)", 18, "percent"),
        ),
        (_group_row(line.name, line, with_headcount) for line in lines),
        _grouping_note(lines),
        _group_row(_ALL, whole, with_headcount),
    )


def _group_row(name: str, line: GroupLine | Overview, with_headcount: bool) -> tuple[Cell, ...]:
    share = line.people / line.headcount if line.people <= line.headcount > 0 else None
    return (
        *(name, line.people),
        *((line.headcount or None, share) if with_headcount else ()),
        *(float(line.hours), float(line.half_days), line.acquired),
    )


def _grouping_note(lines: Sequence[GroupLine]) -> str:
    merged = next((line for line in lines if line.members), None)
    note = f"Aucun groupe de moins de {THRESHOLD} agents n'est montré seul."
    return f"{note} {merged.name} : {' ; '.join(merged.members)}." if merged else note


def _overview_rows(figures: Overview, today: date) -> list[tuple[Cell, ...]]:
    return [
        ("Situation au", today),
        ("Agents formés", figures.people),
        ("Effectif de la collectivité", figures.headcount),
        ("Heures de formation", float(figures.hours)),
        ("Demi-journées de formation", float(figures.half_days)),
        (
            "Part des agents évalués ayant tout acquis (en %)",
            round(100 * figures.acquired, 1) if figures.acquired is not None else "effectif trop faible",
        ),
    ]


def _warnings(records: HrRecords, tables: SummaryTables) -> tuple[str, ...]:
    found = []
    if records.unknown:
        several = records.unknown_count > 1
        more = "…" if records.unknown_count > len(records.unknown) else ""
        found.append(
            f"{plural(records.unknown_count, 'identifiant')} des présences ou des résultats "
            f"{'ne figurent' if several else 'ne figure'} pas dans la liste des agents : "
            f"{', '.join(records.unknown)}{more} ; complétez var/apprenants.csv."
        )
    if records.other_services:
        shown = [f"« {word[:40]} »" for word in records.other_services[:5]]
        more = "…" if len(records.other_services) > len(shown) else ""
        found.append(
            f"Dans la liste des agents, {plural(len(records.other_services), 'service')} sans effectif dans "
            f"atelier.toml : {', '.join(shown)}{more} ; écrivez le nom ou l'identifiant qu'atelier.toml leur donne."
        )
    beyond = [f"« {line.name} »" for line in tables.services if line.people > line.headcount > 0]
    if beyond:
        found.append(
            f"Plus d'agents formés que l'effectif : {', '.join(beyond)} ; corrigez l'effectif dans atelier.toml."
        )
    if records.line_count > PRINTABLE_LINES:
        found.append(
            f"L'état nominatif dépasserait {number(PRINTABLE_LINES)} lignes : il n'est pas imprimé ; "
            "filtrez le classeur par service."
        )
    return tuple(found)


def _write_nominative(target: Path, records: HrRecords, today: date) -> Path | None:
    """The nominative statement, unless nobody could read it on paper; an older one is not left beside new files."""
    if records.line_count > PRINTABLE_LINES:
        target.unlink(missing_ok=True)
        return None
    return write_whole(target, nominative_pdf(records, today))
