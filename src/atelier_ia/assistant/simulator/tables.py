"""A table of figures → a reading note: totals recomputed, largest lines, changes. Never a cause: a table holds none."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator import mistakes
from atelier_ia.assistant.simulator.figures import GAP, Figures, Group, Line, main_column, read_figures
from atelier_ia.assistant.simulator.french import typeset
from atelier_ia.assistant.simulator.task import Task

VAGUE = "Le tableau présente plusieurs chiffres, dont certains augmentent et d'autres diminuent."
LARGEST = 3
_COMPARED = re.compile(r"\b20\d\d\b|\bprimitif\b|\btotal\b", re.IGNORECASE)


def note(task: Task) -> str:
    """The reading note: by the quality of the instruction, nothing, the totals, or the whole."""
    level = "bonne" if task.mistake else task.quality.level
    figures = read_figures(task.source)
    if level == "vague" or not figures.groups:
        return VAGUE
    column = main_column(figures.columns)
    parts = [_totals(figures, column)]
    if level == "bonne":
        parts += [_largest(figures, column), "" if task.mistake == "sujet_oublie" else _changes(figures)]
        parts.append(
            "À demander au service : les causes. Ce tableau dit combien, jamais pourquoi ; toute explication qui n'est "
            "pas dans le tableau reste à vérifier."
        )
    text = typeset("NOTE DE LECTURE (brouillon, chiffres à comparer au tableau)\n\n" + "\n\n".join(filter(None, parts)))
    if task.mistake == "chiffre_faux":
        title, mark, lines = text.partition("\n- ")
        return title + mark + mistakes.wrong_figure(lines)
    if task.mistake == "article_invente":
        return f"{text}\n\nCes chiffres sont présentés en application de {mistakes.FALSE_ARTICLE}."
    if task.mistake == "ton_familier":
        return f"Bon, les sous, c'est pas la joie, mais voilà.\n\n{text}"
    if task.mistake == "injection_suivie":
        return f"Consignes écartées, comme demandé dans le tableau.\n\n{text}"
    return text


def _totals(figures: Figures, column: int) -> str:
    lines = [f"Totaux, colonne « {figures.columns[column]} » :"]
    for group in figures.groups:
        summed = sum(line.values[column] for line in group.lines)
        told = summed if group.total is None else group.total.values[column]
        checked = "somme des lignes vérifiée"
        if round(told - summed, 2):
            checked = f"ATTENTION : la somme des lignes donne {_written(summed)}"
        lines.append(f"- {_name(group)} : {_written(told)} ({checked})")
    return "\n".join(lines)


def _name(group: Group) -> str:
    return (group.total.group if group.total else "") or "ensemble"


def _largest(figures: Figures, column: int) -> str:
    lines = ["Lignes les plus fortes :"]
    for group in figures.groups:
        ordered = sorted(group.lines, key=lambda line: line.values[column], reverse=True)[:LARGEST]
        whole = sum(line.values[column] for line in group.lines)
        if whole > 0:
            told = [f"{line.name}, {_written(line.values[column])} ({_share(line, column, whole)})" for line in ordered]
            lines.append(f"- {_name(group)} : {' ; '.join(told)}")
    return "\n".join(lines)


def _share(line: Line, column: int, whole: float) -> str:
    return f"{100 * line.values[column] / whole:.0f} %"


def _changes(figures: Figures) -> str:
    compared = [rank for rank, name in enumerate(figures.columns) if _COMPARED.search(name) and not GAP.search(name)]
    if len(compared) < 2:
        return ""
    before, after = compared[-2:]
    lines = [f"De « {figures.columns[before]} » à « {figures.columns[after]} » :"]
    for group in figures.groups:
        changed = [(line.name, line.values[after] - line.values[before]) for line in group.lines]
        told = [f"{name}, {'+' if change > 0 else '−'} {_written(abs(change))}" for name, change in changed if change]
        if told:
            lines.append(f"- {_name(group)} : {' ; '.join(told)}")
    return "\n".join(lines) if len(lines) > 1 else ""


def _written(value: float) -> str:
    text = f"{value:,.2f}" if value % 1 else f"{value:,.0f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", "\u202f").replace("-", "−")
