"""Weigh the tools for one need: who is excluded and why, who scores what, and how sure that is.

A cell to verify makes the score an interval; when two intervals overlap, nothing pretends to decide between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from atelier_ia.documents.typography import number, short_date, typeset
from atelier_ia.tool_choice.comparison import BEST_NOTE, Comparison, Criterion, Tool


@dataclass(frozen=True)
class Need:
    """What the tool is for. `use_case` '' is any; `state_body` is True for a State administration, never a commune."""

    use_case: str = ""
    personal_data: bool = True
    inside_union: bool = False
    offline: bool = False
    state_body: bool = False


@dataclass(frozen=True)
class Exclusion:
    """A tool that the need rules out; `reasons` are French sentences with their source and date."""

    tool: Tool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ScoredTool:
    """A tool and its score out of 100: between `low` and `high` according to what is still to verify.

    `contributions` maps each criterion to the points that it brings at most likely; `to_verify` are its doubtful cells.
    """

    tool: Tool
    low: float
    score: float
    high: float
    contributions: Mapping[str, float]
    to_verify: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """The tools kept, best first; the excluded ones; a conclusion in French; `decided` when one is clearly ahead."""

    kept: tuple[ScoredTool, ...]
    excluded: tuple[Exclusion, ...]
    conclusion: str
    decided: bool


def rank_tools(comparison: Comparison, need: Need, today: date, weights: Mapping[str, int] | None = None) -> Ranking:
    """Rank the tools that serve `need`. `weights` (criterion → 0 to 5) replaces the table's own."""
    chosen = {item.id: (weights or {}).get(item.id, item.weight) for item in comparison.criteria}
    kept, excluded = [], []
    for tool in comparison.tools:
        if not tool.serves(need.use_case):
            continue
        reasons = _exclusions(tool, need)
        if reasons:
            excluded.append(Exclusion(tool, tuple(map(typeset, reasons))))
        else:
            kept.append(_scored(tool, comparison.criteria, chosen, need, today))
    kept.sort(key=lambda item: (-item.score, -item.low, item.tool.name))
    decided, conclusion = _conclude(kept, comparison.criteria)
    if kept and not any(chosen.values()):
        decided, conclusion = False, "Tous les critères sont ignorés : donnez du poids à l'un d'eux pour comparer."
    return Ranking(tuple(kept), tuple(excluded), typeset(conclusion), decided)


def _exclusions(tool: Tool, need: Need) -> list[str]:
    reasons = []
    if tool.access is not None and tool.access.reserved_to == "État" and not need.state_body:
        access = tool.access
        reasons.append(
            f"Réservé à l'État d'après les règles publiées. {access.finding} "
            f"(Source : {access.source} ; lu le {short_date(access.checked)}, à vérifier avant de renoncer.)"
        )
    if need.personal_data and tool.contract == "non":
        reasons.append(f"Des données personnelles seraient traitées sans contrat. {tool.contract_note}")
    if need.offline and tool.zone != "sur place":
        reasons.append("Vous demandez que rien ne sorte de la mairie ; cet outil fonctionne ailleurs.")
    elif need.inside_union and tool.zone == "hors Union":
        reasons.append("Vous demandez un hébergement dans l'Union européenne ; celui-ci n'y est pas.")
    return reasons


def _scored(
    tool: Tool, criteria: tuple[Criterion, ...], weights: Mapping[str, int], need: Need, today: date
) -> ScoredTool:
    total = sum(weights.values()) * BEST_NOTE or 1
    low = likely = high = 0.0
    contributions, doubts = {}, []
    for criterion in criteria:
        cell, weight = tool.cells[criterion.id], weights[criterion.id]
        least, most = cell.bounds(today)
        middle = cell.note if cell.note is not None else (least + most) / 2
        contributions[criterion.id] = 100 * weight * middle / total
        low += 100 * weight * least / total
        likely += contributions[criterion.id]
        high += 100 * weight * most / total
        if weight and cell.doubtful(today):
            old = f", lu le {short_date(cell.checked)}, il y a plus de six mois" if cell.stale(today) else ""
            doubts.append(typeset(f"{criterion.title} : {cell.finding} ({cell.source}{old})"))
    warnings = []
    if need.inside_union and tool.zone == "à vérifier":
        warnings.append("Hébergement dans l'Union européenne à obtenir par contrat.")
    if need.personal_data and tool.contract == "à vérifier":
        warnings.append(tool.contract_note)
    return ScoredTool(tool, low, likely, high, contributions, tuple(doubts), tuple(map(typeset, warnings)))


def _conclude(kept: list[ScoredTool], criteria: tuple[Criterion, ...]) -> tuple[bool, str]:
    if not kept:
        return False, "Aucun outil ne répond à ces exigences : assouplissez-en une, ou complétez le comparatif."
    first = kept[0]
    if len(kept) == 1:
        return True, f"Un seul outil répond à ces exigences : {first.tool.name} ({_range(first)})."
    if all(first.low > other.high for other in kept[1:]):
        best = max(criteria, key=lambda item: first.contributions[item.id])
        return True, (
            f"{first.tool.name} est devant quoi qu'il reste à vérifier ({_range(first)}), "
            f"d'abord pour « {best.title} ». Un seul outil pour cet usage."
        )
    rivals = [item.tool.name for item in kept[1:] if item.high >= first.low]
    return False, (
        f"{first.tool.name} est en tête ({_range(first)}), mais ce qui reste à vérifier ne permet pas de trancher "
        f"avec : {' ; '.join(rivals)}. Vérifiez les cases signalées, puis gardez un seul outil pour cet usage."
    )


def _range(item: ScoredTool) -> str:
    low, high = number(item.low, 0), number(item.high, 0)
    return f"{low} sur 100" if low == high else f"entre {low} et {high} sur 100"
