"""French typography of the screens (never of what people typed): `documents.typography`, plus curly apostrophes."""

from __future__ import annotations

import re

from atelier_ia.documents.typography import NBSP, long_date, number, plural, typeset

__all__ = ["NBSP", "french", "long_date", "minutes", "number", "plural"]


def french(text: str) -> str:
    """`text` with the spaces and apostrophes that a French reader expects.

    >>> french("l'heure")
    'l’heure'
    """
    return re.sub(r"(?<=\w)'(?=\w)", "’", typeset(text))


def minutes(value: float) -> str:
    """Minutes without a useless decimal: 12, but 0,5 and 1,5 under two minutes.

    >>> [minutes(value) for value in (0.5, 0.04, 1.97, 12.4)]
    ['0,5', '0', '2', '12']
    """
    tenth = round(value, 1)
    return number(tenth, 1) if abs(tenth) < 2 and tenth != round(tenth) else number(round(value), 0)
