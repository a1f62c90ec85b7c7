"""Notes of a meeting laid out before they are read: headers of a mail, headings over bullets, numbers, arrows.

« Demandes : » over « * portail » → « - Demandes : portail »; « Commander. -> Paul » → « Commander -> Paul »; a line
that says it is confidential, or an aside, goes.
"""

from __future__ import annotations

import re
from itertools import pairwise

HEADING_WORDS = 6
SERIES = 3  # lines « 1 … », « 2 … » from which the figures number points
_BULLET = re.compile(r"^\s*(?:[-–—*•·>+]+)\s+(?=\S)")
_PLUS = re.compile(r"^(\s*)\+\s+(?=[^\W\d])")
_HEADER = re.compile(r"^\s*(?:de|à|a|cc|cci|from|to|envoyé|date)\s*:\s", re.IGNORECASE)
_OBJECT = re.compile(r"^\s*(?:objet|subject)\s*:\s*(?:(?:tr|re|fwd?)\s*:\s*)*(?:cr\s+(?=\w))?", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"^\s*(?P<rank>\d{1,2})\s+(?=(?:l[ea]s?\s|l['’])?[a-zà-ÿ]{3})")
_CONFIDENTIAL = re.compile(r"[.;,:(–-]\s*(?:strictement |très )?confidentiel(?:le)?s?\W*$", re.IGNORECASE)
_ASIDE = re.compile(r"^\W*(?:aparté|hors sujet|pour rire|anecdote)s?\s*:", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(?:présente?s?|excusée?s?|absente?s?|participants?|décisions?|décidé|actions?|à faire|reste à faire|todo"
    r"|suites?"
    r"|qui fait quoi|actée?s?|validée?s?|retenue?s?|ordre du jour|points? (?:abordés?|divers)|à trancher|questions?"
    r"|étaient là)\b",
    re.IGNORECASE,
)


def noted(text: str) -> str:
    """`text` with one matter a line, each under its heading."""
    lines = [
        line for line in _without_headers(text.split("\n")) if not _ASIDE.match(line) and not _CONFIDENTIAL.search(line)
    ]
    lines = _headed([_PLUS.sub(r"\1- ", line) for line in _numbered(lines)])
    return "\n".join(re.sub(r"(?<=\w)[.;]\s*(?=(?:->|=>|→)\s*\S)", " ", line) for line in lines)


def _without_headers(lines: list[str]) -> list[str]:
    """The lines of a mail without its headers: its object, if it has one, is the first."""
    head = [place for place, line in enumerate(lines[:6]) if _HEADER.match(line)]
    objects = [place for place, line in enumerate(lines[:6]) if _OBJECT.match(line)]
    if not head or not objects:
        return lines
    return [
        _OBJECT.sub("", line) if place in objects else line for place, line in enumerate(lines) if place not in head
    ]


def _numbered(lines: list[str]) -> list[str]:
    """« 1 columbarium : … » as « 1. columbarium : … », where such lines make a series."""
    ranks = [(place, int(match["rank"])) for place, line in enumerate(lines) if (match := _SHORT_NUMBER.match(line))]
    if len(ranks) < SERIES or any(after[1] != before[1] + 1 for before, after in pairwise(ranks)):
        return lines
    places = {place for place, _ in ranks}
    return [_SHORT_NUMBER.sub(r"\g<rank>. ", line) if place in places else line for place, line in enumerate(lines)]


def _headed(lines: list[str]) -> list[str]:
    """Each bullet under a heading told with it; the heading itself goes."""
    found: list[str] = []
    topic = ""
    for place, line in enumerate(lines):
        below = next((one for one in lines[place + 1 :] if one.strip()), "")
        bare = line.strip()
        bullet = _BULLET.match(line)
        opens = bare.endswith(":") and len(bare.split()) <= HEADING_WORDS and _BULLET.match(below)
        if opens and place and not _LABEL.match(bare) and (not bullet or re.match(r"\s{1,}\S", below)):
            topic = re.sub(r"^\W+", "", bare.rstrip(" :"))
            continue
        if topic and bullet and ":" not in line[: len(topic) + 40].split("->")[0]:
            found.append(f"{line[: bullet.end()]}{topic} : {line[bullet.end() :]}")
            continue
        if not bullet and bare:
            topic = ""
        found.append(line)
    return found
