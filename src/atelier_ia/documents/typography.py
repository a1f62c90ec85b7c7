"""French typography: the spaces that a French reader expects, numbers and dates as they are written in France."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

NBSP = "\u00a0"
NARROW = "\u202f"
# Written here: the machine's locale is not to be trusted.
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def typeset(text: str) -> str:
    """`text` with non-breaking spaces before ; : ! ? » % € and after «, and curly apostrophes between letters.

    Only an existing ordinary space changes, so that nothing is added to an address, an hour or a ratio.
    """
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r" (?=[;!?%€])", NARROW, text)
    text = re.sub(r" (?=[:»])", NBSP, text)
    return re.sub(r"(?<=«) ", NBSP, text)


def clock_times(text: str) -> str:
    """`text` with its times of day written as the French print them.

    >>> clock_times("18h30, 9H-12h")
    '18\xa0h\xa030, 9\xa0h-12\xa0h'
    """
    return re.sub(
        r"(?<![\w,.])(\d{1,2})\s?[hH](?:\s?(\d{2}))?(?!\w)",
        lambda found: f"{found[1]}{NBSP}h" + (f"{NBSP}{found[2]}" if found[2] and found[2] != "00" else ""),
        text,
    )


def ended(sentence: str) -> str:
    """`sentence` with a full stop, unless it already ends with a sign of its own.

    >>> [ended(" Buvette "), ended("Buvette."), ended("Venez nombreux !"), ended("Voir « Agenda ».")]
    ['Buvette.', 'Buvette.', 'Venez nombreux !', 'Voir « Agenda ».']
    """
    bare = sentence.strip()
    return bare if bare.endswith(("!", "?", "…", "...")) else bare.rstrip(". ") + "."


def typeset_all(value: Any) -> Any:
    """`value` (JSON) with every text typeset."""
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, dict):
        return {key: typeset_all(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typeset_all(item) for item in value]
    return value


def number(value: float, decimals: int | None = None) -> str:
    """A number as the French write it: decimal comma, thousands apart; `decimals` None keeps up to two of them.

    >>> number(1234.5)
    '1 234,5'
    """
    places = 2 if decimals is None else decimals
    written = f"{value:,.{places}f}"
    if decimals is None and "." in written:
        written = written.rstrip("0").rstrip(".")
    if written.lstrip("-").strip("0.,") == "":
        written = written.lstrip("-")
    return written.replace(",", NARROW).replace(".", ",").replace("-", "−")


def percent(part: float, whole: float) -> str:
    """`part` of `whole` as a rounded percentage; a dash when there is no whole."""
    return f"{number(100 * part / whole, 0)}{NARROW}%" if whole else "—"


def hours(value: float) -> str:
    """Hours as a timetable writes them: 2.5 → '2 h 30'."""
    minutes = round(value * 60)
    whole, rest = divmod(minutes, 60)
    return f"{number(whole)}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")


def case_minutes(value: float) -> str:
    """The minutes that a case takes, to the tenth under ten: '5,5 min', '13 min', 'moins de 0,1 min'."""
    if value < 0.05:
        return f"moins de 0,1{NBSP}min"
    return f"{number(round(value, 1) if value < 9.95 else int(value + 0.5))}{NBSP}min"


def plural(count: float, singular: str, several: str | None = None) -> str:
    """'1 agent', '2 agents', '0 agent' (French: plural from 2)."""
    return f"{number(count)}{NBSP}{singular if abs(count) < 2 else several or singular + 's'}"


def in_words(count: int) -> str:
    """'un', 'deux' … 'dix' in a title, the figure beyond."""
    words = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
    return words[count] if 0 <= count < len(words) else number(count)


def long_date(day: date) -> str:
    """'1er février 2027', the form of letters and acts."""
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first}{NBSP}{_MONTHS[day.month - 1]} {day.year}"


def month_name(day: date) -> str:
    """'février'."""
    return _MONTHS[day.month - 1]


def weekday_name(day: date) -> str:
    """'lundi'."""
    return ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")[day.weekday()]


def short_date(day: date) -> str:
    """'01/02/2027', the form of tables."""
    return day.strftime("%d/%m/%Y")


def printable(text: str) -> str:
    """`text` without what no document can carry (control and private characters, half surrogates); tabs and line ends
    stay. Nothing that a person can read is dropped."""
    if text.isprintable():
        return text
    kept = []
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        if char in "\n\t":
            kept.append(char)
            continue
        category = unicodedata.category(char)
        if category in ("Cc", "Cs") or (category == "Cn" and (ord(char) & 0xFFFE) == 0xFFFE):
            continue
        kept.append("\ufffd" if category in ("Co", "Cn") else char)
    return "".join(kept)
