"""A table of actions pasted in notes (who, when, state) → actions, each with who is charged with it and its term."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import clean
from atelier_ia.assistant.words import fold

_WHAT = re.compile(
    r"^(?:actions?|taches?|quoi|sujets?|travaux|objet|points?|chantiers?|lots?|postes?|constats?|reserves?"
    r"|dossiers?|themes?|lieux?|equipements?|batiments?|a faire)\b"
)
_WHO = re.compile(r"^(?:qui|responsables?|pilotes?|charge\w*|referente?s?|porteu\w+|agents?|service)\b")
_WHEN = re.compile(
    r"^(?:echeances?|delais?|quand|pour (?:quand|le)|dates?(?: limite| butoir)?|avant(?: le)?|limite|terme)\b"
)
_RULE = re.compile(r"^[\s|:-]+$")


def action_rows(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """(`text` without its tables of actions, the actions as (who, what, term)); a table of anything else stays."""
    found: list[tuple[str, str, str]] = []
    kept: list[str] = []
    columns: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) < 2:
            columns = []
            kept.append(line)
            continue
        heads = [fold(cell) for cell in cells]
        if any(_WHAT.match(head) for head in heads) and any(_WHO.match(head) for head in heads):
            columns = heads
        elif columns and _RULE.match(line):
            continue
        elif columns and len(cells) == len(columns):
            found.append(_action(columns, cells))
        else:
            kept.append(line)
    return "\n".join(kept), found


def _action(columns: list[str], cells: list[str]) -> tuple[str, str, str]:
    """One row: what is not who nor when is told with the action, its state last."""
    who = when = ""
    told: list[str] = []
    for head, cell in zip(columns, cells, strict=True):
        if not re.search(r"\w", cell):
            continue
        if not who and _WHO.match(head):
            who = clean(cell)
        elif not when and _WHEN.match(head):
            when = clean(cell)
        else:
            told.append(clean(cell))
    what = f"{told[0]} : {', '.join(told[1:])}" if len(told) > 1 else (told or [""])[0]
    return who, what, when
