"""Small French writing helpers for what learners read: typographic spaces, numbers, dates, escaped HTML."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

NARROW = "\u202f"
WIDE = "\u00a0"


def typeset(text: str) -> str:
    """`text` with the non-breaking spaces that French typography asks for before ; : ! ? » and after «."""
    text = re.sub(r"[ \u00a0\u202f]+([;!?])", NARROW + r"\1", text)
    text = re.sub(r"[ \u00a0\u202f]+(:)(?!\S*//)", WIDE + r"\1", text)
    text = re.sub(r"«[ \u00a0\u202f]*", "«" + WIDE, text)
    return re.sub(r"[ \u00a0\u202f]*»", WIDE + "»", text)


def html(text: str) -> str:
    """`text` typeset and escaped: nothing a learner wrote becomes markup."""
    return escape(typeset(text))


def number(value: float) -> str:
    """1,5 and 2, never 1.50."""
    return f"{round(value, 2):g}".replace(".", ",")


def points(value: float) -> str:
    """ "1,5 point", "2 points"."""
    return f"{number(value)}{WIDE}point{'s' if abs(value) >= 2 else ''}"


def day_and_hour(moment: datetime) -> str:
    """ "le 11/01/2027 à 9 h 05" in local time."""
    return f"le {moment:%d/%m/%Y} à {moment.hour}{WIDE}h{WIDE}{moment:%M}"
