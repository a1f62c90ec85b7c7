"""Which line of notes names the meeting, and which day is that of the meeting."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import DATE, clean, loose_sentences
from atelier_ia.assistant.simulator.meeting_words import ACTION, DECISION, GATHERED, TITLE
from atelier_ia.assistant.words import fold

LINE_WORDS = 14
TITLE_WORDS = 18
HEADING = 160  # characters in which notes say when the meeting was


def roll_follows(line: str, after: list[str]) -> str:
    """A first line that the roll follows names the meeting, whatever it says; '' when none does."""
    told = clean(line)
    return (
        told
        if after and after[0].startswith("Présents :") and 2 <= len(told.split()) <= TITLE_WORDS and told in line
        else ""
    )


def heading(line: str) -> str:
    """The sentence of a first line that names the meeting; '' when none does."""
    first = next(iter(loose_sentences(line)), "").strip()
    whole = first if len(first.split()) <= TITLE_WORDS and first in line else ""
    if not whole or GATHERED.search(whole):
        return ""
    return whole.rstrip(".") if TITLE.match(whole) or _names_meeting(whole) else ""


# « CMJ mercredi 2 décembre 14h30-16h », « Projet de logiciel - réunion de lancement »
_DATED = re.compile(rf"{DATE.pattern}|\b\d{{1,2}}/\d{{1,2}}\b", re.IGNORECASE)


def _names_meeting(told: str) -> bool:
    """Does a first line name a meeting without its usual words: a body and its day, or « … - réunion de … »?"""
    if ":" in told or len(told.split()) > LINE_WORDS or ACTION.search(fold(told)) or DECISION.search(fold(told)):
        return False
    day = _DATED.search(told)
    if re.search(
        r"[-–—]\s*(?:réunion|réu|point|comité|atelier|rencontre|commission|conseil|copil|bilan"
        r"|cr)\b",
        told,
        re.I,
    ):
        return True
    # « PCS - exercice inondation : retour du 25/11 », « Restaurant scolaire - menus - 15/01 - 16 h 30 »
    if day and re.search(r"\s[-–—]\s", told) and not re.match(r"\W*[-•*>]\s", told):
        return True
    return bool(
        day
        and re.match(r"[A-ZÀ-Ý]{2,}\b|[A-ZÀ-Ý][a-zà-ÿ]+\s(?:d|de |du |des |[A-ZÀ-Ý]|entre)", told)
        and day.start() > 2
    )


def heading_date(day: str, source: str) -> bool:
    """Is this the day of the meeting (written in the first lines), not a deadline?"""
    if re.search(r"\b\d{1,2}[/.]\d{1,2}\b", source.strip().split("\n")[0]) and "/" not in day:
        return False  # « lundi 23/11 » is the day
    if re.search(rf"\b(?:avant|d['’]ici|pour|jusqu['’]au|dès)\s+(?:le\s+)?{re.escape(day)}", source, re.IGNORECASE):
        return False
    lines = [
        line
        for line in source.strip().split("\n")[:3]
        if "|" not in line and not re.match(r"\W*[^:\n]{3,40}\s:\s[^\n]*\b(?:le|avant|pour)\s", line)
    ]
    opening = re.sub(r"\s+", " ", "\n".join(lines))[:HEADING]
    return day in opening and not re.search(r"\b(?:prochaine?|revoit|retrouve)\b[^.]{0,40}$", opening.split(day)[0])
