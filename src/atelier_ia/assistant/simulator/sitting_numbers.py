"""Deliberations called by their whole number in the run of a dictation, each brought to a line of its own.

« D'abord la 2026-110, l'emprunt, 17 pour. Après la 2026-111… » → « Délibération n° 2026-110 : l'emprunt, 17 pour. ».
"""

from __future__ import annotations

import re

LEAST = 2  # numbers that follow one another, from which they open points
_LINK = (
    r"(?:(?:d['’]abord|on commence par|après|ensuite|puis|et|enfin|alors|donc|pour (?:finir|terminer"
    r"|commencer)|on passe|en dernier|bon|voilà|euh)[\s,]+)*"
)
_CALLED = re.compile(
    rf"(?:^|(?<=[.;:!?\n,])|(?<=\s))[^\S\n]*{_LINK}(?:(?:à\s)?la|le|à la)\s+(?:(?:d[ée]lib[ée]ration|d[ée]lib\.?)\s+)?"
    r"(?:n°\s?)?(?P<number>(?P<year>20\d\d)[-/](?P<rank>\d{1,3}))\b[\s,:–—-]*(?:(?:c['’](?:était|est)|qui était"
    r"|concerne|portait? sur|sur)\s+)?",
    re.IGNORECASE,
)


# « La 61, budget annexe… La 62, tarif… »: at least three that follow one another, each at the start of a sentence
_SHORT = re.compile(
    rf"(?:^|(?<=[.;!?])\s+|\n)[^\S\n]*{_LINK}(?:la\s+(?:(?:d[ée]lib[ée]ration|d[ée]lib\.?|num[ée]ro)\s+)?|num[ée]ro\s+)"
    r"(?P<rank>\d{1,3})(?!\s?(?:h\b|%|€))\b[\s,:–—-]*(?:(?:c['’](?:était|est)|qui était|concerne|portait? sur|sur)\s+)?"
    r"(?=(?:l[ea]s?\s|l['’])?[a-zà-ÿ]{3})",
    re.IGNORECASE,
)
SERIES = 3
# « toutes les délib c'est 2026 tiret le numéro »
_YEAR = re.compile(
    r"(?:^|(?<=[.;!?\n]))[^.;!?\n]{0,60}\b(?:délib\w*|numéros?)\b[^.;!?\n]{0,30}?\b(?P<year>20\d\d)\s*"
    r"(?P<mark>tiret|barre|slash|[-/])\s*(?:et\s+|puis\s+)?(?:le|son|leur) (?:numéro|n°|rang)[^.;!?\n]*[.;!?]?",
    re.IGNORECASE,
)


# « Les numéros : 26-088 à 26-092. »
_RANGE = re.compile(
    r"(?:^|(?<=[.;!?\n]))[^.;!?\n]{0,40}\bnum[ée]ros?\b[^.;!?\n]{0,40}?\b(?P<lead>\d{2,4}[-/])(?P<first>\d{1,4})\s*"
    r"(?:à|au|->|→|–)\s*(?P=lead)(?P<last>\d{1,4})\b[^.;!?\n]*[.;!?]?",
    re.IGNORECASE,
)
MOST = 99  # deliberations that a range may number
# « (délibération CCAS-2026-19) » told with its point
REFERENCE = re.compile(
    r"\s*\(\s*(?:d[ée]lib[ée]ration|d[ée]lib\.?)?\s*(?:n°\s?)?(?P<number>(?:[A-Z]{1,6}-)?20\d\d[-/]\d{1,4})\s*\)"
)


def ranged(text: str) -> tuple[str, list[str]]:
    """(`text` without the sentence that gives the numbers of all its deliberations as a range, those numbers)."""
    match = _RANGE.search(text)
    if not match:
        return text, []
    first, last = int(match["first"]), int(match["last"])
    if not 0 < last - first < MOST:
        return text, []
    width = len(match["first"])
    numbers = [f"{match['lead']}{rank:0{width}d}" for rank in range(first, last + 1)]
    return text[: match.start()] + text[match.end() :], numbers


def _shortly(text: str) -> str:
    """A line for each deliberation that is called by its rank alone, with the year that the notes tell of all."""
    called: list[re.Match[str]] = []
    for match in _SHORT.finditer(text):
        if not called or int(match["rank"]) == int(called[-1]["rank"]) + 1:
            called.append(match)
    if len(called) < SERIES:
        return text
    year = _YEAR.search(text, called[0].start())
    lead = f"{year['year']}{'/' if year['mark'].lower() in ('barre', 'slash', '/') else '-'}" if year else ""
    for match in reversed(called):
        text = f"{text[: match.start()].rstrip()}\nDélibération n° {lead}{match['rank']} : {text[match.end() :]}"
    return _YEAR.sub("", text).lstrip("\n") if year else text.lstrip("\n")


def numbered_apart(text: str) -> str:
    """`text` with a line for each deliberation of a series that its sentences call; else as it is."""
    text = _shortly(text)
    called = list(_CALLED.finditer(text))
    ranks = [int(match["rank"]) for match in called]
    if len(called) < LEAST or ranks != sorted(set(ranks)):
        return text
    for match in reversed(called):
        before = text[: match.start()].rstrip(" ,")
        text = f"{before}\nDélibération n° {match['number']} : {text[match.end() :]}"
    return text.lstrip("\n")
