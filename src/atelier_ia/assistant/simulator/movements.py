"""Who arrives and who leaves during a sitting, as its notes tell it: what the procès-verbal says before the points."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.attendance import NAME
from atelier_ia.assistant.simulator.french import clean, loose_sentences, upper_first
from atelier_ia.assistant.words import fold

MOST = 8
_LEAD = 6  # characters before who moves, where a sentence tells only that
_WHO = rf"(?:{NAME}|(?:le|la)\s(?:maire|première?\sadjointe?))"
_MOVES = re.compile(
    rf"(?P<who>{_WHO}(?:\s(?:et|,)\s{_WHO})*)\s*(?:\([^()]{{2,30}}\)\s*)?,?\s*(?:qui\s)?(?:arriv(?:e|ent|ée?s?)"
    rf"|est arrivée?|sont arrivée?s|(?:nous )?rejoi(?:nt|gnent)"
    r"|part(?:ent)?(?=\s(?:à|au|avant|après|vers|pour))|est partie?|quitte(?:nt)?(?:\sla\s(?:séance|salle))?"
    r"|s['’]en va|sort(?:ent)?|revien(?:t|nent)|est de retour)\b"
    r"(?:[^.;\n]|(?<=\bM)\.){0,90}"
)
_WHEN = re.compile(r"\d{1,2}\s?h|\bpoint\s|\bavant\b|\bapr[eè]s\b|\bpour (?:ce|le) (?:vote|point)")
_NEXT = re.compile(
    rf"\s*(?:,|;|\bet\b)\s+(?={_WHO}\s+"
    r"(?:arriv|part|quitt|rejoin|sort|revien|s['’]en va|est (?:arriv|parti|de retour)))"
)


_NOUNS = re.compile(
    rf"\b(?:arrivée|départ|retour|sortie)\s(?:de\s(?:la\s)?|d['’]|du\s)?(?-i:{_WHO})(?:[^.;\n]|(?<=\bM)\.){{0,160}}",
    re.IGNORECASE,
)


def only_moves(sentence: str) -> bool:
    """Does a sentence tell an arrival or a departure with its hour, and nothing else?"""
    moved = _NOUNS.search(sentence) or _MOVES.search(sentence)
    return bool(moved and moved.start() <= _LEAD and re.search(r"\d{1,2}\s?h", moved[0]))


def movements(text: str) -> list[str]:
    """Each arrival or departure that says when, in the order of the notes."""
    found: list[str] = []
    for sentence in (one for line in text.split("\n") for one in loose_sentences(line)):
        for part in _NEXT.split(sentence):
            moved = _MOVES.search(part) or _NOUNS.search(part)
            if moved and _WHEN.search(moved[0]) and not re.search(r"\b(?:public|presse)\b", fold(moved[0][:40])):
                found.append(upper_first(clean(re.sub(r",\s*\d+ (?:voix )?(?:pour|contre)\b.*$", "", moved[0]))))
    return list(dict.fromkeys(found))[:MOST]
