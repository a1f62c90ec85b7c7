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


def numbered_apart(text: str) -> str:
    """`text` with a line for each deliberation of a series that its sentences call; else as it is."""
    called = list(_CALLED.finditer(text))
    ranks = [int(match["rank"]) for match in called]
    if len(called) < LEAST or ranks != sorted(set(ranks)):
        return text
    for match in reversed(called):
        before = text[: match.start()].rstrip(" ,")
        text = f"{before}\nDélibération n° {match['number']} : {text[match.end() :]}"
    return text.lstrip("\n")
