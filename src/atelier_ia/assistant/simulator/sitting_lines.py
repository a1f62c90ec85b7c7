"""Lines of a sitting's notes whose marks stand for a sentence: arrows, dashes, an agenda that is told again below.

« Taux inchangés -> unanimité » → « - Taux inchangés : unanimité »; « 2/ Subvention - M. A demande si… - unanimité » →
« 2/ Subvention. M. A demande si…. Unanimité. »; the bullets of an agenda give their title to the lines that follow.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import upper_first
from atelier_ia.assistant.simulator.votes import tells_result
from atelier_ia.assistant.words import fold

ARROWS = 2  # lines « matter -> how it ended », from which each is a point
_ARROWED = re.compile(r"^\s*(?P<title>[^\n]{3,160}?)\s*(?:-+>|=+>|→)\s*(?P<told>[^\n]+)$")
_NUMBERED = re.compile(
    r"^(?P<head>\s*(?:Délibération n° \S+ :\s*|(?:(?:point|d[ée]lib\w*"
    r"|n°)\s*)?\d{1,2}\s?[/.):-]\s*))(?P<rest>\S[^\n]*\s[-–—]\s[^\n]+)$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[-–—]\s+")
_ROLL = re.compile(r"\b(?:présent|pouvoir|absent|excus|procuration|secrétaire|quorum)", re.IGNORECASE)
_AGENDA = re.compile(r"^\W*(?:l['’])?ordre du jour\W*$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-–—*•·]|\d{1,2}\s?[.)/-])\s+")
_LABELLED = re.compile(r"^\s*(?P<title>[^:\n]{3,90}?)\s*:\s+(?P<told>\S.*)$")


def pointed(lines: list[str]) -> list[str]:
    """`lines` with their marks read."""
    return _arrowed([parted_by_dashes(line) for line in _agenda_taken(lines)])


def _arrowed(lines: list[str]) -> list[str]:
    told = [
        match if (match := _ARROWED.match(line)) and tells_result(match["told"]) and not _ROLL.search(line) else None
        for line in lines
    ]
    if sum(match is not None for match in told) < ARROWS:
        return lines
    bare = not any(
        re.match(r"^\s*(?:(?:d[ée]lib|point|n°)?\s*\d{1,2}\s?[/.):-]|[A-Z]{1,4}-\d{2,4}[-/]\d)", line, re.IGNORECASE)
        for line in lines
    )
    return [
        f"{'- ' if bare and not _BULLET.match(match['title']) else ''}{match['title']} : {match['told']}"
        if match
        else line
        for line, match in zip(lines, told, strict=True)
    ]


def parted_by_dashes(line: str) -> str:
    """A numbered line parted by dashes whose last part tells the vote, as sentences."""
    match = _NUMBERED.match(line)
    if not match:
        return line
    title, *middle, last = _PARTS.split(match["rest"])
    if tells_result(title) or not tells_result(last) or len(title.split()) < 2:
        return line
    said = [f"{upper_first(part.rstrip('.'))}." for part in (*middle, last)]
    return f"{match['head']}{title}. {' '.join(said)}" if middle else f"{match['head']}{title} : {last}"


def _agenda_taken(lines: list[str]) -> list[str]:
    """The lines, without an agenda whose every matter is told again below under the title that the agenda gives."""
    start = next((place for place, line in enumerate(lines) if _AGENDA.match(line)), -1)
    if start < 0:
        return lines
    end = start + 1
    while end < len(lines) and (_BULLET.match(lines[end]) or not lines[end].strip()):
        end += 1
    titles = [_BULLET.sub("", line).strip() for line in lines[start + 1 : end] if line.strip()]
    rest = list(lines[end:])
    taken = 0
    for title in titles:
        for place, line in enumerate(rest):
            match = _LABELLED.match(line)
            if match and _same(title, match["title"]):
                longer = title if len(title) >= len(match["title"]) else match["title"]
                told = match["told"]
                rest[place] = f"- {longer} : {told}" if _ends_at_once(told) else f"- {longer}. {upper_first(told)}"
                taken += 1
                break
    if len(titles) < 2 or taken < len(titles):
        return lines
    return [*lines[:start], *rest]


def _ends_at_once(told: str) -> bool:
    """Does what follows a title begin with how the point ended?"""
    return tells_result(" ".join(told.split()[:3]))


def _same(title: str, other: str) -> bool:
    first, second = (re.findall(r"\w{3,}", fold(re.sub(r"\([^()]*\)", "", text))) for text in (title, other))
    size = min(len(first), len(second))
    return size > 0 and first[:size] == second[:size]
