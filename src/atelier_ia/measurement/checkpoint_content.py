"""What a checkpoint report says, in plain French, from the figures and never further than they allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from atelier_ia.documents.typography import long_date, number, plural, short_date
from atelier_ia.measurement.anonymity import CROSSING_THRESHOLD
from atelier_ia.measurement.charts import chart_data
from atelier_ia.measurement.costs import Cost
from atelier_ia.measurement.decisions import Proposal, propose, told_minutes, told_share
from atelier_ia.measurement.indicators import ADOPTION_ALERT, REFERENCE_MINUTES_A_WEEK, Indicators
from atelier_ia.measurement.linking import PairedChange
from atelier_ia.measurement.statistics import Interval
from atelier_ia.measurement.surveys import Wave, read_suggestions
from atelier_ia.measurement.weekly import Week
from atelier_ia.settings import Settings

MAX_SUGGESTIONS = 8
PURPOSES: dict[Wave, str] = {
    "J+15": "repérer ce qui ne marche pas et y remédier tout de suite ; il est trop tôt pour mesurer un effet",
    "J+30": "lire les premiers chiffres et ajuster",
    "J+90": "décider : garder, étendre ou changer",
}
USE_CASES = {
    "courriels": "Courriels des habitants",
    "publications": "Publications sur les réseaux",
    "reunions": "Notes de réunion",
    "arretes": "Arrêtés municipaux",
    "visuels": "Affiches et visuels",
}
REFERENCE_GAINS = {
    "courriels": "2 h par agent et par semaine",
    "publications": "1 h par semaine",
    "reunions": "30 min par réunion",
    "arretes": "45 min par document",
}
"""What the method observed, by use case: shown beside our figures, never instead."""


@dataclass(frozen=True)
class Surroundings:
    """What stands around the survey: weeks of adoption, uses by use case, cost, the same persons at two waves, minutes
    a week from measured times and counted uses. Empty or None: not known."""

    weeks: Sequence[Week] = ()
    uses: Sequence[tuple[str, int]] = ()
    cost: Cost | None = None
    paired: PairedChange | None = None
    measured_week: Interval | None = None


def checkpoint_content(
    figures: Indicators,
    settings: Settings,
    today: date,
    elected: bool = False,
    around: Surroundings | None = None,
) -> dict[str, Any]:
    """What the report says (French texts, JSON values)."""
    others = around or Surroundings()
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
        "references": [],
        "uses": [],
        "charts": [],
        "cost": "",
    }
    if elected:
        return content
    works_more, fails_more = _paired_findings(others.paired)
    works += works_more
    fails += fails_more
    content["references"] = _references(figures, others)
    content["uses"] = [[USE_CASES.get(case, case.capitalize()), number(count)] for case, count in others.uses]
    content["charts"] = chart_data(figures, others.weeks, USE_CASES)
    content["cost"] = others.cost.told if others.cost else ""
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
            USE_CASES.get(line.use_case, line.use_case),
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
        "Questionnaire anonyme, sans identité ni date de réponse ; deux vagues ne sont reliées que pour qui a choisi "
        "un code. Les fourchettes sont des intervalles de confiance à 95 %.",
        "Aucun résultat n'est montré pour moins de 10 réponses, ni quand toutes sont identiques ; les petits services "
        "sont regroupés. Un bilan déjà diffusé ne change que si au moins 5 réponses nouvelles sont arrivées, qui ne "
        "disent pas toutes la même chose.",
        "Le temps « mesuré » vient du chronomètre (même tâche sans et avec l'assistant), le temps « déclaré » des "
        "estimations des agents ; ils ne s'additionnent pas. Un gain sur une tâche n'est pas un gain sur la semaine.",
        "« Postes actifs » : navigateurs où un brouillon a été copié ou téléchargé dans la semaine, comptés sans "
        "savoir qui. Deux agents sur un même poste comptent pour un. Les agents actifs sont ceux que compte l'outil.",
        "Avant et après sans groupe témoin : d'autres causes que l'assistant peuvent expliquer un changement.",
        f"Repères observés par la méthode, à ne pas confondre avec ces résultats : environ "
        f"{number(REFERENCE_MINUTES_A_WEEK / 60)} h par agent et par semaine ; alerte sous "
        f"{number(100 * ADOPTION_ALERT, 0)} % d'adoption après un mois.",
    ]
    return content


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
        name = USE_CASES.get(line.use_case, line.use_case)
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


def _references(figures: Indicators, around: Surroundings) -> list[list[str]]:
    """Ours beside the method's: indicator, this collectivité, what the method observed."""
    week = f"environ {number(REFERENCE_MINUTES_A_WEEK / 60)} h"
    declared, measured = figures.declared_minutes, around.measured_week
    rows = [
        ["Gain par agent et par semaine, déclaré", told_minutes(declared, "réponses") if declared else "—", week],
        [
            "Gain par agent et par semaine, d'après les mesures",
            told_minutes(measured, "mesures") if measured else "—",
            week,
        ],
        [
            "Adoption",
            told_share(figures.adoption) if figures.adoption else "—",
            f"alerte sous {number(100 * ADOPTION_ALERT, 0)} % après un mois",
        ],
    ]
    for line in figures.times:
        if line.origin == "mesuré" and line.use_case in REFERENCE_GAINS:
            label = f"{USE_CASES[line.use_case]}, gain mesuré par tâche"
            rows.append([label, told_minutes(line.saved, "mesures"), REFERENCE_GAINS[line.use_case]])
    return rows


def _paired_findings(paired: PairedChange | None) -> tuple[list[str], list[str]]:
    """What changed for those who chose a code, only as far as its interval allows."""
    if paired is None or paired.change.low is None or paired.change.high is None:
        return [], []
    told = (
        f"Parmi les {number(paired.persons)} agents qui ont relié leurs réponses : "
        f"{number(100 * paired.before, 0)} % d'actifs à la vague précédente, "
        f"{number(100 * paired.after, 0)} % à celle-ci"
    )
    if paired.change.low > 0:
        return [f"{told} (hausse établie)."], []
    if paired.change.high < 0:
        return [], [f"{told} (baisse établie)."]
    return [], [f"{told} (changement non établi)."]
