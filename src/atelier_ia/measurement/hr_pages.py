"""The two PDF of the HR report: the summary for management and the council, and the nominative statement for HR.

Both say their finding in plain French; the layouts are the Typst templates beside this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from atelier_ia.documents.typography import hours as hours_text
from atelier_ia.documents.typography import long_date, number, percent, plural, short_date, typeset_all
from atelier_ia.measurement.anonymity import CROSSING_THRESHOLD, THRESHOLD
from atelier_ia.measurement.hr_records import HrRecords
from atelier_ia.measurement.hr_tables import GroupLine, Overview, SummaryTables, summary_tables

LAYOUTS = Path(__file__).with_name("templates")
RESTRICTED = "Document nominatif réservé au service des ressources humaines : ne pas diffuser."


def summary_pdf(
    records: HrRecords, today: date, tables: SummaryTables | None = None, results_of: date | None = None
) -> bytes:
    """The accessible PDF for management and the council: aggregates only (see `summary_content`)."""
    from atelier_ia.documents.reports import render_pdf

    content = summary_content(records, today, tables, results_of)
    return render_pdf(LAYOUTS / "bilan_formation.typ", typeset_all(content))


def nominative_pdf(records: HrRecords, today: date) -> bytes:
    """The accessible PDF for HR: one line per person and module, by service."""
    from atelier_ia.documents.reports import render_pdf

    groups: dict[str, list[list[str]]] = {}
    for line in records.lines:
        groups.setdefault(records.service_of(line.learner), []).append(
            [
                f"{line.learner.last_name} {line.learner.first_name}".strip(),
                line.learner.category or "—",
                line.title,
                _days(line.first_day, line.last_day),
                number(line.hours),
                number(line.half_days),
                line.modality or "—",
                f"{line.attended} sur {line.sessions}" if line.sessions else "—",
                line.outcome or "suivi",
            ]
        )
    name = records.settings.collectivite.name
    content: dict[str, Any] = {
        "title": "État nominatif des formations à l’IA",
        "author": name,
        "subject": "Formations suivies par agent : modules, dates, durées, résultat.",
        "foot": f"{name} · État nominatif · {RESTRICTED}",
        "context": f"{RESTRICTED} Arrêté au {long_date(today)}.",
        "notes": [
            "« Acquis » : au moins 60 % des points du module. « En cours » : le module n'est pas encore rendu, pas "
            "encore corrigé, ou reste à consolider ; rien d'autre n'est transmis. Aucun usage disciplinaire.",
            "Formation interne de la collectivité : ni certification, ni stage du CNFPT.",
        ],
    }
    # Names and titles are laid out exactly as they were typed.
    tables = [{"name": service, "rows": rows} for service, rows in groups.items()]
    return render_pdf(LAYOUTS / "etat_nominatif.typ", typeset_all(content) | {"groups": tables})


def summary_content(
    records: HrRecords, today: date, tables: SummaryTables | None = None, results_of: date | None = None
) -> dict[str, Any]:
    """What the summary says, as the template expects it (French texts).

    `tables` and `results_of` come from `hr_publication.settle`; without them, the tables are those of `records`.
    """
    shown = tables or summary_tables(records)
    figures, services = shown.overview, shown.services
    name = records.settings.collectivite.name
    period = records.period
    context = f"Parcours Atelier IA, situation au {long_date(today)}."
    if period:
        context += f" Formations du {long_date(period[0])} au {long_date(period[1])}."
    if results_of is not None:
        context += (
            f" Résultats arrêtés au {long_date(results_of)} : les nouveaux sont trop peu nombreux pour être ajoutés "
            "sans désigner des personnes."
        )
    return {
        "title": _finding(figures),
        "author": name,
        "subject": "Bilan des formations à l'intelligence artificielle : effectifs, heures, résultats.",
        "foot": f"{name} · Bilan des formations à l'IA · {short_date(today)}",
        "context": context,
        "figures": [
            [number(figures.people), f"agents formés, pour un effectif de {number(figures.headcount)}"],
            [hours_text(figures.hours), f"de formation, soit {plural(figures.half_days, 'demi‑journée')}"],
            [
                f"{number(100 * figures.acquired, 0)} %" if figures.acquired is not None else "—",
                "des agents évalués ont tout acquis"
                if figures.acquired is not None
                else "résultats : effectif encore trop faible",
            ],
        ],
        "findings": _findings(figures, services),
        "sections": [
            _section("Étapes du parcours", "Étape", None, shown.stages, figures),
            _section("Services", "Service", "Part de l'effectif", services, figures),
            _section("Modules", "Module", None, shown.modules, figures),
        ],
        "method_title": "Comment lire ce bilan",
        "method": [
            "Un agent est formé dès qu'il a suivi une séance ou rendu un module. Une demi-journée compte quatre heures "
            "au plus ; un module rendu sans feuille de présence compte pour sa durée prévue.",
            "« Tout acquis » : part des agents évalués qui ont obtenu au moins 60 % des points de chaque module rendu.",
            f"Aucun groupe de moins de {THRESHOLD} agents n'est montré seul, ni aucun résultat pour moins de "
            f"{CROSSING_THRESHOLD} agents ou quand toutes les réponses sont les mêmes : ces lignes sont regroupées ou "
            "remplacées par un tiret, de sorte que les totaux ne révèlent personne.",
            "L'accompagnement individuel n'entre dans aucun rapport.",
            "Ce bilan documente les mesures prises pour la maîtrise de l'IA par les agents (règlement européen sur "
            "l'IA, article 4) ; il n'atteste pas d'un niveau individuel.",
        ],
    }


def _finding(figures: Overview) -> str:
    if not figures.people:
        return "Aucun agent n'est encore formé"
    told = f"{plural(figures.people, 'agent formé', 'agents formés')} à l'IA"
    fraction = _fraction(figures.people, figures.headcount)
    return f"{told} : {fraction} de l'effectif" if fraction else told


def _fraction(part: int, whole: int) -> str:
    """'un quart' when the share is within two points of a plain fraction, else the percentage."""
    if not whole or part > whole:
        return ""
    plain = ((0.1, "un dixième"), (0.2, "un cinquième"), (0.25, "un quart"), (1 / 3, "un tiers"), (0.5, "la moitié"))
    more = ((2 / 3, "les deux tiers"), (0.75, "les trois quarts"))
    near = [word for value, word in (*plain, *more) if abs(part / whole - value) <= 0.01]
    return near[0] if near else percent(part, whole)


def _findings(figures: Overview, services: Sequence[GroupLine]) -> list[str]:
    if not figures.people:
        return ["Les présences et les résultats apparaîtront ici après la première séance."]
    sentences = [f"Chaque agent formé a suivi en moyenne {hours_text(figures.hours / figures.people)} de formation."]
    alone = [line for line in services if not line.members and line.people <= line.headcount > 0]
    reached = [line for line in alone if line.people]
    if len(reached) > 1:
        ahead = max(reached, key=lambda line: line.people / line.headcount)
        sentences.append(
            f"Le service le plus engagé est « {ahead.name} » : "
            f"{percent(ahead.people, ahead.headcount)} de son effectif."
        )
    waiting = [line.name for line in alone if not line.people]
    if waiting:
        words = "le service suivant" if len(waiting) == 1 else "les services suivants"
        sentences.append(f"La formation n'a pas commencé dans {words} : {' ; '.join(waiting)}.")
    return sentences


def _section(
    title: str, first: str, share_title: str | None, lines: Sequence[GroupLine], figures: Overview
) -> dict[str, Any]:
    merged = next((line for line in lines if line.members), None)
    note = ""
    if merged is not None:
        note = f"{merged.name} : {' ; '.join(merged.members)}."
    elif not lines and figures.people:
        note = "Les effectifs sont trop faibles pour être détaillés sans désigner des personnes."
    return {
        "title": title,
        "first": first,
        "share_title": share_title,
        "with_results": any(line.acquired is not None for line in lines),
        "note": note,
        "rows": [
            {
                "name": line.name,
                "people": number(line.people),
                "share": [line.people / line.headcount, percent(line.people, line.headcount)]
                if line.people <= line.headcount > 0
                else None,
                "hours": number(line.hours),
                "half_days": number(line.half_days),
                "acquired": f"{number(100 * line.acquired, 0)} %" if line.acquired is not None else "—",
            }
            for line in lines
        ],
    }


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "—"
    return short_date(first) if first == last else f"{short_date(first)} – {short_date(last)}"
