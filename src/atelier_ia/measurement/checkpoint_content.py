"""What a checkpoint report says, in plain French, from the figures and never further than they allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from atelier_ia.documents.typography import NBSP, long_date, number, plural, short_date
from atelier_ia.measurement.anonymity import CROSSING_THRESHOLD
from atelier_ia.measurement.charts import by_use_case, chart_data
from atelier_ia.measurement.costs import Cost
from atelier_ia.measurement.decisions import Proposal, propose, told_minutes, told_share
from atelier_ia.measurement.indicators import ADOPTION_ALERT, REFERENCE_MINUTES_A_WEEK, Indicators
from atelier_ia.measurement.linking import PairedChange
from atelier_ia.measurement.statistics import Interval
from atelier_ia.measurement.surveys import Wave, read_suggestions
from atelier_ia.measurement.weekly import Week
from atelier_ia.settings import Settings

MAX_SUGGESTIONS = 8
MOST_NAMED = 3
FEW_ANSWERS = 30
"""Below this many answers a title counts persons rather than per cent."""
BEFORE_AFTER = "Avant et après sans groupe témoin : d'autres causes que l'assistant peuvent expliquer un changement."
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
        "figures": _key_figures(figures, others.measured_week),
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
        "cost": others.cost.told if others.cost else "",
    }
    fails += _response_rate(figures)
    if elected:
        content["figures"] = [_trained(figures), content["figures"][0], content["figures"][2]]
        content["asked"] = proposal.asked
        content["uncertain"] = [*_uncertain(figures), BEFORE_AFTER]
        return content
    works_more, fails_more = _paired_findings(others.paired)
    works += works_more
    fails += fails_more
    content["references"] = _references(figures, others)
    content["uses"] = [[USE_CASES.get(case, case.capitalize()), number(count)] for case, count in others.uses]
    content["charts"] = chart_data(figures, others.weeks, USE_CASES)
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
        for line in by_use_case(figures.times)
    ]
    if figures.answers >= CROSSING_THRESHOLD:
        content["suggestions"] = list(read_suggestions(figures.wave, MAX_SUGGESTIONS))
    content["method"] = [
        "L'adoption est la part des agents qui utilisent l'assistant, au moins parfois, parmi ceux qui ont répondu au "
        "questionnaire.",
        "Questionnaire anonyme, sans identité ni date de réponse ; deux vagues ne sont reliées que pour qui a choisi "
        "un code. Les fourchettes sont des intervalles de confiance à 95 %.",
        "Aucun résultat n'est montré pour moins de 10 réponses, ni quand toutes sont identiques ; les petits services "
        "sont regroupés. Un bilan déjà diffusé ne change que si au moins 5 réponses nouvelles sont arrivées, qui ne "
        "disent pas toutes la même chose.",
        "Le temps « mesuré » vient du chronomètre (même tâche sans et avec l'assistant), le temps « déclaré » des "
        "estimations des agents ; ils ne s'additionnent pas. Un gain sur une tâche n'est pas un gain sur la semaine.",
        "« Postes actifs » : navigateurs où un brouillon a été copié ou téléchargé dans la semaine, comptés sans "
        "savoir qui. Deux agents sur un même poste comptent pour un. Les agents actifs sont ceux que compte l'outil.",
        BEFORE_AFTER,
        f"Repères observés par la méthode, à ne pas confondre avec ces résultats : environ "
        f"{number(REFERENCE_MINUTES_A_WEEK / 60)} h par agent et par semaine ; alerte sous "
        f"{number(100 * ADOPTION_ALERT, 0)} % d'adoption après un mois.",
    ]
    return content


def _title(figures: Indicators, proposal: Proposal, elected: bool) -> str:
    adoption = figures.adoption
    if adoption is None:
        if figures.answers < CROSSING_THRESHOLD:
            return f"{figures.wave} : encore trop peu de réponses pour conclure"
        return f"{figures.wave} : des réponses trop semblables pour être montrées sans trahir personne"
    if adoption.n < FEW_ANSWERS:
        used = number(adoption.estimate * adoption.n, 0)
        told = f"{used} des {number(adoption.n)} agents qui ont répondu utilisent l'assistant"
    else:
        told = f"{_percent(adoption)} des agents qui ont répondu utilisent l'assistant"
    if figures.wave == "J+90" or elected:
        return f"{proposal.label} : {told}"
    if adoption.high is not None and adoption.high < ADOPTION_ALERT:
        return f"Alerte : {told}, sous le seuil de {number(100 * ADOPTION_ALERT, 0)} %"
    return told


def _key_figures(figures: Indicators, measured: Interval | None) -> list[list[str]]:
    """Each figure, what it counts, and how far it can be trusted."""
    adoption, helped, minutes = figures.adoption, figures.helped, figures.declared_minutes
    limits = f"{_between(minutes, 1)} ; {plural(minutes.n, 'estimation')}" if minutes else ""
    if measured is not None:
        sure = measured.low is not None and measured.low > 0
        told = f"{number(measured.estimate, 0)}{NBSP}min ({_between(measured, 1)})" if sure else "gain non établi"
        limits += f"{' ; ' if limits else ''}d'après les mesures : {told}"
    return [
        [_percent(adoption), "des agents qui ont répondu utilisent l'assistant", _limits(adoption, figures.answers)],
        [_percent(helped), "des agents actifs disent leur travail facilité", _limits(helped, None)],
        [
            f"{number(minutes.estimate, 0)} min" if minutes else "—",
            "gagnées par semaine, déclarées par les agents",
            limits or "trop peu d'estimations",
        ],
    ]


def _trained(figures: Indicators) -> list[str]:
    told = "agent formé" if figures.trained < 2 else "agents formés"
    return [number(figures.trained), told, f"pour un effectif de {number(figures.headcount)}"]


def _limits(interval: Interval | None, answers: int | None) -> str:
    if interval is None:
        reason = "trop peu" if (answers or 0) < CROSSING_THRESHOLD else "trop semblables"
        return f"{plural(answers, 'réponse')} : {reason} pour conclure" if answers is not None else ""
    return f"{_between(interval, 100)} % ; {plural(interval.n, 'réponse')}"


def _between(interval: Interval, scale: float) -> str:
    if interval.low is None or interval.high is None:
        return ""
    return f"entre {number(scale * interval.low, 0)} et {number(scale * interval.high, 0)}"


def _uncertain(figures: Indicators) -> list[str]:
    """What the figures do not allow to say, in few sentences."""
    found = []
    adoption = figures.adoption
    if adoption is not None and (adoption.low or 0) < ADOPTION_ALERT <= (adoption.high or 0):
        found.append(f"L'adoption peut être au-dessus ou au-dessous de {number(100 * ADOPTION_ALERT, 0)} %.")
    unproved = [
        USE_CASES.get(line.use_case, line.use_case)
        for line in figures.times
        if line.origin == "mesuré" and (line.saved.low is None or line.saved.low <= 0 <= (line.saved.high or 0))
    ]
    if unproved:
        found.append(f"Gain de temps pas encore établi : {' ; '.join(unproved)}.")
    return found + _response_rate(figures)


def _response_rate(figures: Indicators) -> list[str]:
    """Who did not answer may differ: said as long as less than four agents out of five did."""
    if not 0 < figures.answers < 0.8 * figures.headcount:
        return []
    return [
        f"{plural(figures.answers, 'réponse')} pour un effectif de {number(figures.headcount)} : les agents qui n'ont "
        "pas répondu peuvent penser autrement."
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
            works.append(f"{told}. C'est au-dessus du seuil d'alerte de 30 %.")
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
        told = " ; ".join(silent) if len(silent) <= MOST_NAMED else plural(len(silent), "service")
        fails.append(f"Pas assez de réponses, ou réponses identiques : {told}.")
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
