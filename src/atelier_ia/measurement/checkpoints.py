"""The checkpoint reports: J+15 (malfunctions), J+30 (first figures), J+90 (decision), and the page for elected people.

Each is a dashboard of one page, a report as an accessible PDF, and the same to amend as a .docx. A report given out
once is not given out again with one or two answers more (`publication`): the first figures stay.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from atelier_ia.documents.typography import typeset, typeset_all
from atelier_ia.documents.whole_file import write_whole
from atelier_ia.measurement import publication
from atelier_ia.measurement.charts import draw_chart
from atelier_ia.measurement.checkpoint_content import Surroundings, checkpoint_content
from atelier_ia.measurement.costs import read_cost
from atelier_ia.measurement.hr_sources import read_records
from atelier_ia.measurement.indicators import Indicators, compute, measured_week
from atelier_ia.measurement.linking import paired_change
from atelier_ia.measurement.surveys import WAVES, Wave, count_answers, count_opinions
from atelier_ia.measurement.time_records import iter_pairs
from atelier_ia.measurement.uses import read_weeks, week_of
from atelier_ia.measurement.weekly import uses_by_case, weekly_adoption
from atelier_ia.settings import Settings, load_settings
from atelier_ia.tool_choice.deployment import load_deployment
from atelier_ia.training.attendance import iter_attendance

TEMPLATES = Path(__file__).with_name("templates")
DASHBOARD_CHART = (5.05, 1.65)
"""Inches of a chart on the dashboard: that of its place in `tableau.typ`."""
RECENT_WEEKS = 4
"""Complete weeks over which the uses of a week are averaged."""


@dataclass(frozen=True)
class Checkpoint:
    """The files of a checkpoint; `frozen` says that the figures are those of an earlier export. The page for elected
    people has no dashboard."""

    pdf: Path
    docx: Path
    content: Mapping[str, Any]
    frozen: bool
    dashboard: Path | None = None


def write_checkpoint(
    wave: Wave, folder: Path, *, settings: Settings | None = None, today: date | None = None, elected: bool = False
) -> Checkpoint:
    """Write the report of `wave` into `folder` (created); `elected` writes the one page for elected people instead.

    Raises:
        AtelierError: a source cannot be read.
    """
    from atelier_ia.documents.reports import render_pdf

    own = settings or load_settings()
    contents, frozen = _published(wave, own, today or date.today())
    kind = "elus" if elected else "etape"
    content = contents[kind]
    folder.mkdir(parents=True, exist_ok=True)
    suffix = wave.lower().replace("+", "")
    pdf, word = folder / f"{kind}_{suffix}.pdf", folder / f"{kind}_{suffix}.docx"
    write_whole(pdf, render_pdf(TEMPLATES / f"{kind}.typ", typeset_all(content)))
    write_whole(word, _word(content, own))
    dashboard = None
    if not elected:
        dashboard = write_whole(folder / f"tableau_{suffix}.pdf", _dashboard(content))
    return Checkpoint(pdf, word, content, frozen, dashboard)


def _published(wave: Wave, settings: Settings, today: date) -> tuple[Mapping[str, Any], bool]:
    """The contents of `wave` by kind of report, or those given out earlier when the answers since would be found by
    difference. Both kinds are frozen together: side by side they are two exports."""
    before = publication.read_publication(wave)
    first = publication.layout_from_json(before["disposition"]) if before else None
    figures, around = _figures(wave, settings, today, first)
    if before is not None:
        counts = publication.counts_from_json(before["comptes"])
        sizes = {str(name): int(size) for name, size in before["effectifs"].items()}
        if not (publication.may_update(counts, figures.counts) and publication.may_recount(sizes, figures.sizes)):
            return before["contenus"], True
    contents = {
        kind: checkpoint_content(figures, settings, today, elected=kind == "elus", around=around)
        for kind in ("etape", "elus")
    }
    publication.keep_publication(
        wave,
        {
            "disposition": publication.layout_as_json(figures.layout),
            "comptes": figures.counts,
            "effectifs": figures.sizes,
            "contenus": contents,
        },
    )
    return contents, False


def _figures(
    wave: Wave, settings: Settings, today: date, first: publication.Layout | None
) -> tuple[Indicators, Surroundings]:
    trained = read_records(settings).people
    used = read_weeks(until=today)
    figures = compute(wave, count_answers(wave), iter_pairs(), count_opinions(), settings, trained, first)
    earlier = WAVES[WAVES.index(wave) - 1] if wave != WAVES[0] else None
    recent = [week for week in used if week_of(today) - timedelta(weeks=RECENT_WEEKS) <= week.monday < week_of(today)]
    uses_a_week = {case: count / RECENT_WEEKS for case, count in uses_by_case(recent)}
    return figures, Surroundings(
        weeks=weekly_adoption(settings, load_deployment(settings=settings), iter_attendance(), used, today),
        uses=uses_by_case(used),
        cost=read_cost(settings),
        paired=paired_change(earlier, wave) if earlier else None,
        measured_week=measured_week(figures.times, uses_a_week, trained),
    )


def _dashboard(content: Mapping[str, Any]) -> bytes:
    """The one page: key figures, decision, charts with their text."""
    from atelier_ia.documents.reports import render_pdf

    charts = content["charts"]
    pictures = {
        f"graphique{index}.svg": draw_chart(chart, size=DASHBOARD_CHART, letters=8.5)
        for index, chart in enumerate(charts)
    }
    shown = [{"title": chart["title"], "alt": chart["alt"]} for chart in charts]
    return render_pdf(TEMPLATES / "tableau.typ", typeset_all({**content, "charts": shown}), pictures)


def _word(content: Mapping[str, Any], settings: Settings) -> bytes:
    """The same report to amend in Word."""
    from atelier_ia.documents.word import add_paragraph, new_document, to_bytes, write_blocks

    document = new_document(None, title=content["title"], author=settings.collectivite.name, subject="Point d'étape")
    add_paragraph(document, typeset(content["title"]), style="Heading 1")
    add_paragraph(document, typeset(content["context"]))
    figures = content["figures"]
    lines = ["## Les chiffres"]
    lines += [
        f"- **{figure}** {label}" + "".join(f" ({limit})" for limit in rest if limit)
        for figure, label, *rest in figures
    ]
    if content["decision"]:
        lines += ["", f"## Décision proposée : {content['decision']}", *(f"- {item}" for item in content["reasons"])]
    lists = [("Ce qui marche", "works"), ("Ce qui ne marche pas, ou reste à établir", "fails")]
    if "uncertain" in content:
        lines += ["", "## Ce qui vous est demandé", content["asked"]]
        lists = [("Ce qui reste incertain", "uncertain")]
    for title, key in lists:
        lines += ["", f"## {title}", *(f"- {item}" for item in content[key] or ["Rien d'établi à ce jour."])]
    write_blocks(document, typeset("\n".join(lines)))
    for chart in content["charts"]:
        add_paragraph(document, typeset(chart["title"]), style="Heading 2")
        _add_picture(document, draw_chart(chart, "png"), chart["alt"])
    lines = []
    for title, head, rows in (
        ("À côté des repères de la méthode", "| Indicateur | Ici | Repère |", content["references"]),
        (
            "Adoption par service",
            "| Service | Réponses | Adoption |",
            [(row["name"], row["answers"], row["told"]) for row in content["services"]],
        ),
        ("Temps par tâche", "| Cas d'usage | Origine | Nombre | Sans | Avec | Gain moyen |", content["times"]),
        ("Usages comptés dans les applications", "| Cas d'usage | Usages |", content["uses"]),
    ):
        if rows:
            lines += ["", f"## {title}", "", head, *("| " + " | ".join(map(_cell, row)) + " |" for row in rows)]
    for title, items in (
        ("Coût", [content["cost"]] if content["cost"] else []),
        ("Ce que les agents proposent", content["suggestions"]),
        ("Méthode", content["method"]),
    ):
        if items:
            lines += ["", f"## {title}", *(f"- {' '.join(item.split())}" for item in items)]
    write_blocks(document, typeset("\n".join(lines)))
    return to_bytes(document)


def _add_picture(document: Any, png: bytes, alternative: str) -> None:
    from docx.shared import Cm

    shape = document.add_picture(io.BytesIO(png), width=Cm(16))
    shape._inline.docPr.set("descr", alternative)


def _cell(text: str) -> str:
    return text.replace("|", "/")
