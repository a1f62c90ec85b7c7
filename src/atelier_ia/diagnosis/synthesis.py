"""The synthesis of the diagnostic as structured text: what was said, what was measured, what was found, what to do.

Plain sections that `documents` can turn into .docx or PDF and an app can show; nothing more certain than the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atelier_ia.diagnosis.audit import REFERENCE_SHARE, WEEK_HOURS, AuditAnswers, read_answers
from atelier_ia.diagnosis.results import QuestionnaireResults
from atelier_ia.diagnosis.time_log import TaskTime
from atelier_ia.diagnosis.tool_map import ToolMapSummary
from atelier_ia.diagnosis.volumes import WeeklyLoad
from atelier_ia.documents.typography import case_minutes, number, percent, plural, typeset

TOP_TASKS = 5


@dataclass(frozen=True)
class TextTable:
    """A small table: titles of the columns, rows of texts already in French form."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part of the synthesis: a title that says the finding, paragraphs, and at most one table."""

    title: str
    paragraphs: tuple[str, ...]
    table: TextTable | None = None


@dataclass(frozen=True)
class DiagnosticData:
    """All that was gathered; what is missing is None or empty, and the synthesis says so."""

    audit: AuditAnswers | None = None
    results: QuestionnaireResults | None = None
    times: Sequence[TaskTime] = ()
    loads: Sequence[WeeklyLoad] = ()
    tools: ToolMapSummary | None = None


def write_synthesis(data: DiagnosticData, collectivite: str) -> tuple[Section, ...]:
    """The sections of the synthesis, in the order of reading. The first one holds the essentials."""
    sections = [
        _essentials(data, collectivite),
        _audit(data),
        _questionnaire(data),
        _times(data),
        _tools(data),
        _missing(data),
    ]
    return tuple(_typeset(section) for section in sections if section is not None)


def as_markdown(sections: Sequence[Section]) -> str:
    """The sections as Markdown, for a notebook, an e-mail or a text file."""
    parts = []
    for section in sections:
        parts.append(f"## {section.title}")
        parts += section.paragraphs
        if section.table is not None:
            rows = [section.table.columns, tuple("---" for _ in section.table.columns), *section.table.rows]
            parts.append("\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows))
    return "\n\n".join(parts) + "\n"


def _essentials(data: DiagnosticData, collectivite: str) -> Section:
    lines = []
    if data.loads:
        first = data.loads[0]
        word = "estimé" if not first.time.measured else "mesuré trop peu de fois" if first.time.fragile else "mesuré"
        hours = number(round(first.hours, 1))
        lines.append(f"La tâche la plus lourde est « {first.task} » : {hours} h par semaine, temps {word}.")
    if data.results:
        low, high = (number(100 * share, 0) for share in REFERENCE_SHARE)
        share = percent(data.results.mean_hours, WEEK_HOURS)
        lines.append(
            f"Les agents déclarent en moyenne {number(round(data.results.mean_hours, 1))} h de tâches répétitives "
            f"par semaine, soit {share} de leur temps ; la méthode observe {low} à {high} %."
        )
    if data.tools and data.tools.duplicates:
        lines.append(f"{plural(len(data.tools.duplicates), 'usage')} à plusieurs outils : autant de choix à faire.")
    if not lines and data.audit:
        lines.append(
            f"La direction estime à {number(data.audit.weekly_hours)} h par semaine et par personne le travail "
            "répétitif ; rien de mesuré ne le confirme encore."
        )
    elif not lines and (data.times or data.tools):
        lines.append("Le recueil a commencé ; ce qui manque pour décider est dit à la fin.")
    elif not lines:
        lines.append("Rien n'est encore recueilli : commencez par l'audit en trois questions.")
    return Section(f"L'essentiel pour {collectivite}", tuple(lines))


def _audit(data: DiagnosticData) -> Section | None:
    if data.audit is None:
        return None
    reading = read_answers(data.audit)
    listed = " ; ".join(f"{rank}. {text}" for rank, text in enumerate(data.audit.irritants, start=1))
    return Section(
        f"Ce que dit la direction : {_lowered(reading.level)}",
        (f"Irritants cités : {listed}.", reading.comparison, reading.advice),
    )


def _questionnaire(data: DiagnosticData) -> Section | None:
    results = data.results
    if results is None:
        return None
    tasks = next(item for item in results.questions if item.id == "taches")
    top = sorted(tasks.choices, key=lambda choice: -choice.count)[:TOP_TASKS]
    paragraphs = [
        f"{plural(results.answers, 'réponse anonyme', 'réponses anonymes')}, "
        f"soit {percent(results.participation, 1)} des agents."
    ]
    if results.participation < 0.3:
        paragraphs.append(
            "Moins d'un agent sur trois a répondu : ces chiffres ne parlent que pour ceux qui l'ont fait."
        )
    regular = results.share("usage_ia", "parfois") + results.share("usage_ia", "souvent")
    paragraphs.append(
        f"{percent(regular, 1)} disent déjà utiliser une IA pour leur travail, au moins de temps en temps."
        if regular
        else "Personne ne dit utiliser une IA pour son travail, même de temps en temps."
    )
    personal = results.share("compte", "personnel")
    if personal:
        paragraphs.append(f"Parmi eux, {percent(personal, 1)} avec un compte personnel : un outil encadré est attendu.")
    worries = next(item for item in results.questions if item.id == "craintes")
    first = max(worries.choices, key=lambda choice: choice.count)
    if first.count:
        paragraphs.append(f"Première inquiétude : {_lowered(first.text)} ({percent(first.share, 1)}).")
    said = "plusieurs tâches à égalité" if top[0].count == top[1].count else f"{_lowered(top[0].text)} d'abord"
    title = f"Ce que disent les agents : {said}" if top[0].count else "Réponses"
    rows = tuple((choice.text, percent(choice.share, 1)) for choice in top if choice.count)
    return Section(title, tuple(paragraphs), TextTable(("Tâche qui pèse", "Part des réponses"), rows))


def _times(data: DiagnosticData) -> Section | None:
    if not data.times:
        return None
    hours = {load.task: load.hours for load in data.loads}
    rows = tuple(
        (
            time.task,
            case_minutes(time.median_minutes),
            str(time.entries),
            f"{number(round(hours[time.task], 1))} h" if time.task in hours else "volume inconnu",
            "estimé" if not time.measured else "fragile" if time.fragile else "mesuré",
        )
        for time in sorted(data.times, key=lambda one: -hours.get(one.task, 0.0))
    )
    fragile = sum(time.fragile for time in data.times)
    paragraphs = [f"{plural(len(data.times), 'tâche relevée', 'tâches relevées')}, temps médian par cas."]
    if fragile:
        paragraphs.append(
            f"{plural(fragile, 'tâche repose', 'tâches reposent')} sur moins de cinq mesures : à compléter."
        )
    columns = ("Tâche", "Temps par cas", "Mesures", "Par semaine", "Fiabilité")
    return Section("Ce que montre la mesure", tuple(paragraphs), TextTable(columns, rows))


def _tools(data: DiagnosticData) -> Section | None:
    tools = data.tools
    if tools is None:
        return None
    paragraphs = [f"{plural(tools.tools, 'outil recensé', 'outils recensés')}."]
    if tools.without_register:
        paragraphs.append(f"Données personnelles sans fiche au registre : {', '.join(tools.without_register)}.")
    if tools.personal_accounts:
        paragraphs.append(f"Utilisés avec des comptes personnels : {', '.join(tools.personal_accounts)}.")
    if tools.unused:
        paragraphs.append(f"Payés ou installés sans utilisateur : {', '.join(tools.unused)}.")
    rows = tuple(
        (
            item.use,
            ", ".join(item.tools),
            f"{number(item.yearly_cost, 0)} € par an" if item.yearly_cost is not None else "coût inconnu",
        )
        for item in tools.duplicates
    )
    count = len(tools.duplicates)
    title = f"Les outils en place : {plural(count, 'doublon')}" if count else "Les outils en place : aucun doublon"
    return Section(title, tuple(paragraphs), TextTable(("Usage", "Outils", "Coût connu"), rows) if rows else None)


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def _missing_volumes(data: DiagnosticData) -> str:
    which = plural(_without_volume(data), "tâche mesurée", "tâches mesurées") if data.loads else "chaque tâche"
    return f"le nombre de cas par semaine de {which}"


def _without_volume(data: DiagnosticData) -> int:
    known = {load.task for load in data.loads}
    return sum(time.measured and time.task not in known for time in data.times)


def _missing(data: DiagnosticData) -> Section | None:
    missing = [
        name
        for name, value in (
            ("l'audit de la direction", data.audit),
            ("le questionnaire aux agents (clos, cinq réponses au moins)", data.results),
            ("le relevé de temps", data.times or None),
            (_missing_volumes(data), data.loads if data.loads and not _without_volume(data) else None),
            ("la carte des outils", data.tools),
        )
        if value is None
    ]
    if not missing:
        return None
    return Section(
        "Ce qui manque encore", (f"Pour décider sur des faits, il reste à recueillir : {' ; '.join(missing)}.",)
    )


def _typeset(section: Section) -> Section:
    table = section.table
    if table is not None:
        table = TextTable(
            tuple(map(typeset, table.columns)), tuple(tuple(typeset(cell) for cell in row) for row in table.rows)
        )
    return Section(typeset(section.title), tuple(map(typeset, section.paragraphs)), table)
