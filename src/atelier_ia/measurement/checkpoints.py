"""The checkpoint reports: J+15 (malfunctions), J+30 (first figures), J+90 (decision), and the page for elected people.

Each is written in plain French from the figures, as an accessible PDF and as a .docx to amend. A report given out once
is not given out again with one or two answers more (`indicators.may_update`): the first figures stay.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from atelier_ia.documents.typography import long_date, number, plural, short_date, typeset, typeset_all
from atelier_ia.measurement.anonymity import CROSSING_THRESHOLD
from atelier_ia.measurement.decisions import Proposal, propose, told_minutes, told_share
from atelier_ia.measurement.hr_sources import read_records
from atelier_ia.measurement.indicators import (
    ADOPTION_ALERT,
    REFERENCE_MINUTES_A_WEEK,
    Indicators,
    compute,
    may_update,
)
from atelier_ia.measurement.statistics import Interval
from atelier_ia.measurement.surveys import Wave, read_answers, read_opinions, read_suggestions, services_of
from atelier_ia.measurement.time_records import read_pairs
from atelier_ia.settings import Settings, data_folder, load_settings

LAYOUT = Path(__file__).with_name("templates") / "etape.typ"
MAX_SUGGESTIONS = 8
PURPOSES: dict[Wave, str] = {
    "J+15": "repérer ce qui ne marche pas et y remédier tout de suite ; il est trop tôt pour mesurer un effet",
    "J+30": "lire les premiers chiffres et ajuster",
    "J+90": "décider : garder, étendre ou changer",
}
_USE_CASES = {
    "courriels": "Courriels des habitants",
    "publications": "Publications sur les réseaux",
    "reunions": "Notes de réunion",
    "arretes": "Arrêtés municipaux",
    "visuels": "Affiches et visuels",
}


@dataclass(frozen=True)
class Checkpoint:
    """The files of a checkpoint; `frozen` says that the figures are those of an earlier export."""

    pdf: Path
    docx: Path
    content: Mapping[str, Any]
    frozen: bool


def write_checkpoint(
    wave: Wave, folder: Path, *, settings: Settings | None = None, today: date | None = None, elected: bool = False
) -> Checkpoint:
    """Write the report of `wave` into `folder` (created); `elected` writes the one page for elected people instead.

    Raises:
        AtelierError: a source cannot be read.
    """
    from atelier_ia.documents.reports import render_pdf

    own = settings or load_settings()
    day = today or date.today()
    figures, asked = _figures(wave, own)
    contents = {kind: checkpoint_content(figures, own, day, elected=kind == "elus") for kind in ("etape", "elus")}
    kept, frozen = _stable(wave, asked, contents)
    kind = "elus" if elected else "etape"
    content = kept[kind]
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{kind}_{wave.lower().replace('+', '')}"
    pdf, word = folder / f"{name}.pdf", folder / f"{name}.docx"
    pdf.write_bytes(render_pdf(LAYOUT, typeset_all(content)))
    word.write_bytes(_word(content, own))
    return Checkpoint(pdf, word, content, frozen)


def checkpoint_content(figures: Indicators, settings: Settings, today: date, elected: bool = False) -> dict[str, Any]:
    """What the report says (French texts, JSON values)."""
    proposal = propose(figures)
    works, fails = _findings(figures)
    own = settings.collectivite
    content: dict[str, Any] = {
        "title": _title(figures, proposal, elected),
        "author": own.name,
        "context": f"Point d'étape {figures.wave} : {PURPOSES[figures.wave]}. Situation au {long_date(today)}.",
        "foot": f"{own.name} · Point d'étape {figures.wave} · {short_date(today)}",
        "figures": _key_figures(figures),
        "works": works,
        "fails": fails,
        "decision": proposal.label if figures.wave == "J+90" or elected else "",
        "reasons": list(proposal.reasons),
        "services": [],
        "times": [],
        "suggestions": [],
        "method": [],
    }
    if elected:
        return content
    content["services"] = [
        {
            "name": line.name,
            "answers": number(line.answers),
            "share": _bar(line.adoption),
            "range": _range(line.adoption),
            "told": told_share(line.adoption).partition(" (")[0] if line.adoption else "—",
            "members": " ; ".join(line.members),
        }
        for line in figures.services
    ]
    content["times"] = [
        [
            _USE_CASES.get(line.use_case, line.use_case),
            line.origin,
            number(line.pairs),
            f"{number(line.median_without, 0)} min",
            f"{number(line.median_with, 0)} min",
            told_minutes(line.saved, "mesures" if line.origin == "mesuré" else "estimations"),
        ]
        for line in figures.times
    ]
    if figures.answers >= CROSSING_THRESHOLD:
        content["suggestions"] = list(dict.fromkeys(read_suggestions(figures.wave)))[:MAX_SUGGESTIONS]
    content["method"] = [
        "Questionnaire anonyme, sans identité ni date de réponse ; les vagues ne sont pas reliées entre elles. Les "
        "fourchettes sont des intervalles de confiance à 95 %.",
        "Aucun résultat n'est montré pour moins de 10 réponses, ni quand toutes sont identiques ; les petits services "
        "sont regroupés. Un bilan déjà diffusé ne change que si au moins 5 réponses nouvelles sont arrivées.",
        "Le temps « mesuré » vient du chronomètre (même tâche sans et avec l'assistant), le temps « déclaré » des "
        "estimations des agents ; ils ne s'additionnent pas. Un gain sur une tâche n'est pas un gain sur la semaine.",
        f"Repères observés par la méthode, à ne pas confondre avec ces résultats : environ "
        f"{number(REFERENCE_MINUTES_A_WEEK / 60)} h par agent et par semaine ; alerte sous "
        f"{number(100 * ADOPTION_ALERT, 0)} % d'adoption après un mois.",
    ]
    return content


def _figures(wave: Wave, settings: Settings) -> tuple[Indicators, dict[str, int]]:
    answers = read_answers(wave)
    records = read_records(settings)
    figures = compute(wave, answers, read_pairs(), read_opinions(), settings, len(records.agents))
    return figures, {service: len(own) for service, own in services_of(answers).items()}


def _stable(
    wave: Wave, asked: Mapping[str, int], contents: dict[str, dict[str, Any]]
) -> tuple[dict[str, dict[str, Any]], bool]:
    """`contents` (by kind of report), or those given out earlier when the answers since would be found by difference.

    Kept in `var/publications.json`. Both kinds of a wave are frozen together: side by side they are two exports.
    """
    path = data_folder() / "publications.json"
    try:
        known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    before = known.get(wave)
    if before is not None and before["reponses"] != dict(asked) and not may_update(before["reponses"], asked):
        return before["contenus"], True
    known[wave] = {"reponses": dict(asked), "contenus": contents}
    partial = path.with_suffix(".partiel")
    partial.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    partial.replace(path)
    return contents, False


def _title(figures: Indicators, proposal: Proposal, elected: bool) -> str:
    adoption = figures.adoption
    if adoption is None:
        return f"{figures.wave} : encore trop peu de réponses pour conclure"
    share = f"{number(100 * adoption.estimate, 0)} %"
    if figures.wave == "J+90" or elected:
        return f"{proposal.label} : {share} d'adoption"
    if adoption.high is not None and adoption.high < ADOPTION_ALERT:
        return f"Alerte : {share} d'adoption, sous le seuil de 30 %"
    return f"{share} des agents qui répondent utilisent l'assistant"


def _key_figures(figures: Indicators) -> list[list[str]]:
    adoption, helped, minutes = figures.adoption, figures.helped, figures.declared_minutes
    return [
        [_percent(adoption), f"d'adoption, sur {plural(figures.answers, 'réponse')}"],
        [_percent(helped), "des agents actifs disent leur travail facilité"],
        [
            f"{number(minutes.estimate, 0)} min" if minutes else "—",
            "gagnées par semaine, déclarées par les agents",
        ],
    ]


def _percent(interval: Interval | None) -> str:
    return f"{number(100 * interval.estimate, 0)} %" if interval else "—"


def _bar(interval: Interval | None) -> list[float] | None:
    if interval is None or interval.low is None or interval.high is None:
        return None
    return [interval.estimate, interval.low, interval.high]


def _range(interval: Interval | None) -> str:
    if interval is None or interval.low is None or interval.high is None:
        return ""
    return f"{number(100 * interval.low, 0)} à {number(100 * interval.high, 0)} %"


def _findings(figures: Indicators) -> tuple[list[str], list[str]]:
    """What works and what does not, each only as far as its interval allows."""
    works, fails = [], []
    adoption = figures.adoption
    if adoption is not None and adoption.low is not None and adoption.high is not None:
        told = f"Adoption : {told_share(adoption)}"
        if adoption.low >= ADOPTION_ALERT:
            works.append(f"{told}. Le seuil d'alerte de 30 % est dépassé.")
        elif adoption.high < ADOPTION_ALERT:
            fails.append(f"{told}. C'est sous le seuil d'alerte : formation, outil ou réticences sont à revoir.")
        else:
            fails.append(f"{told}. On ne peut pas encore dire si le seuil de 30 % est dépassé.")
    for interval, good, bad in (
        (figures.helped, "Travail facilité", "Travail peu facilité"),
        (figures.recommend, "Recommandation à un collègue", "Recommandation à un collègue"),
        (figures.satisfied, "Habitants satisfaits", "Habitants satisfaits"),
    ):
        if interval is None or interval.low is None or interval.high is None:
            continue
        if interval.low >= 0.5:
            works.append(f"{good} : {told_share(interval)}.")
        elif interval.high < 0.5:
            fails.append(f"{bad} : {told_share(interval)}.")
    for line in figures.times:
        if line.origin != "mesuré" or line.saved.low is None or line.saved.high is None:
            continue
        name = _USE_CASES.get(line.use_case, line.use_case)
        told = f"{name} : gain moyen par tâche de {told_minutes(line.saved, 'mesures')}"
        if line.saved.low > 0:
            works.append(f"{told}.")
        elif line.saved.high < 0:
            fails.append(f"{told} : l'assistant fait perdre du temps.")
        else:
            fails.append(f"{told} : pas de gain établi.")
    silent = [line.name for line in figures.services if not line.members and line.adoption is None]
    if silent:
        fails.append(f"Pas assez de réponses, ou réponses identiques : {' ; '.join(silent)}.")
    return works, fails


def _word(content: Mapping[str, Any], settings: Settings) -> bytes:
    """The same report to amend in Word."""
    from atelier_ia.documents.word import add_paragraph, new_document, to_bytes, write_blocks

    document = new_document(None, title=content["title"], author=settings.collectivite.name, subject="Point d'étape")
    add_paragraph(document, content["title"], style="Heading 1")
    add_paragraph(document, typeset(content["context"]))
    lines = ["## Les chiffres", *(f"- **{figure}** {label}" for figure, label in content["figures"])]
    for title, key in (("Ce qui marche", "works"), ("Ce qui ne marche pas, ou reste à établir", "fails")):
        lines += ["", f"## {title}", *(f"- {item}" for item in content[key] or ["Rien d'établi à ce jour."])]
    if content["decision"]:
        lines += ["", f"## Décision proposée : {content['decision']}", *(f"- {item}" for item in content["reasons"])]
    if content["services"]:
        rows = [f"| {_cell(row['name'])} | {row['answers']} | {row['told']} |" for row in content["services"]]
        lines += ["", "## Adoption par service", "", "| Service | Réponses | Adoption |", *rows]
    if content["times"]:
        rows = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in content["times"]]
        lines += ["", "## Temps par tâche", "", "| Cas d'usage | Origine | Nombre | Sans | Avec | Gain moyen |", *rows]
    for title, items in (("Ce que les agents proposent", content["suggestions"]), ("Méthode", content["method"])):
        if items:
            lines += ["", f"## {title}", *(f"- {' '.join(item.split())}" for item in items)]
    write_blocks(document, typeset("\n".join(lines)))
    return to_bytes(document)


def _cell(text: str) -> str:
    return text.replace("|", "/")
