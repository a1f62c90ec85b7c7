"""What notes tell again further on, in other words than a bare value: a bracket, a term told anew, a bare « non ».

« départ 9 h 30, 5 € (attention : départ 10 h finalement) » → « départ 10 h, 5 € »; « jusqu'au 19 décembre... pardon
jusqu'au vendredi 18 » → « jusqu'au vendredi 18 décembre »; « 4 200 € TTC non 4 600 € TTC » → « 4 600 € TTC ».
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import MONTH, WEEKDAY

_DAY = rf"(?:{WEEKDAY}\s+)?(?:1er|\d{{1,2}})(?![\dh]|\s?h\b|\s?€)(?:\s+{MONTH}(?:\s+\d{{4}})?)?|\d{{1,2}}/\d{{1,2}}"
_CLOCK = r"(?:[01]?\d|2[0-4])\s?h(?:\s?[0-5]\d)?(?!\w)"
_SUM = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?\s?(?:€|%|euros?\b)(?:\s(?:TTC|HT))?"
_SORTS = (_CLOCK, _SUM, rf"(?:{WEEKDAY}\s+)?(?:1er|\d{{1,2}})\s+{MONTH}")
_TERM = r"(?P<led>jusqu['’]au|avant le|à partir du|à compter du|dès le|d['’]ici le|au plus tard le|pour le)"
_BACK = r"(?:(?:euh|ah|oh|enfin)\W+)*(?:non\W+pardon|non|pardon|erreur|rectif\w*|correction|je (?:corrige|rectifie))"
_TERM_AGAIN = re.compile(
    rf"\b{_TERM}\s(?P<old>{_DAY})\s*(?:[,;:.…–—(-]+\s*){_BACK}[\s,:….]+(?P=led)\s(?P<new>{_DAY})", re.IGNORECASE
)
# A bracket that says by one of these words that it changes something.
_CHANGES = re.compile(
    r"\b(?:finalement|en fait|plutôt|désormais|maintenant|rectif\w*|correction|changé\w*|changement|modifié\w*"
    r"|décalé\w*"
    r"|avancé\w*|reculé\w*|maj|mise à jour)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\((?P<told>[^()\n]{6,140})\)")
_NOUN = r"(?P<noun>[a-zà-ÿ]{4,})\s*(?:(?:à|a|le|:|=)\s*)?"
_SAME_UNIT = re.compile(
    r"(?P<old>(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?)\s?(?P<unit>€|%|m²|km|kg)(?P<tax>\s(?:TTC|HT))?"
    r"\s*[,(…–—-]*\s*(?:non|pardon)\s*[,:]?\s+"
    r"(?P<new>\d{1,3}(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?\s?(?P=unit))(?P<again>\s(?:TTC|HT))?",
    re.IGNORECASE,
)
# « goûter offert à midi - casse-croûte plutôt »
_RATHER = re.compile(
    r"^(?P<lead>[^\S\n]*(?:[-•*][^\S\n]+)?)(?P<old>[a-zà-ÿ][a-zà-ÿ'’-]{3,})(?P<rest> [^\n.;:,()]{3,50}?)"
    r"[^\S\n]+[-–—][^\S\n]+"
    r"(?P<new>[a-zà-ÿ][a-zà-ÿ'’-]{3,}(?: [a-zà-ÿ'’-]{3,})?) (?:plutôt|finalement)(?=[^\S\n]*(?:[.;\n]|$))",
    re.IGNORECASE | re.MULTILINE,
)


def told_again(text: str) -> str:
    """`text` with what it tells anew told once, as it is told last."""
    text = _TERM_AGAIN.sub(_termed, text)
    text = _SAME_UNIT.sub(lambda match: f"{match['new']}{match['again'] or match['tax'] or ''}", text)
    text = _RATHER.sub(lambda match: f"{match['lead']}{match['new']}{match['rest']}", text)
    return "\n".join(_line(line) if "(" in line else line for line in text.split("\n"))


def _termed(match: re.Match[str]) -> str:
    """The term said last, with the month that only the first one told."""
    month = re.search(rf"\s{MONTH}(?:\s+\d{{4}})?$", match["old"], re.IGNORECASE)
    bare = re.search(r"(?:\d|1er)$", match["new"]) and "/" not in match["new"]
    return f"{match['led']} {match['new']}{month[0] if month and bare else ''}"


def _line(line: str) -> str:
    """A line whose brackets change a value told with the same noun before them."""
    place = 0
    while bracket := _BRACKET.search(line, place):
        place = bracket.end()
        if not _CHANGES.search(bracket["told"]):
            continue
        for sort in _SORTS:
            new = re.search(rf"\b{_NOUN}(?P<value>{sort})", bracket["told"], re.IGNORECASE)
            if not new:
                continue
            before = line[: bracket.start()]
            old = list(
                re.finditer(
                    rf"\b{re.escape(new['noun'])}\s*(?:(?:à|a|le|:|=)\s*)?(?P<value>{sort})", before, re.IGNORECASE
                )
            )
            if old:
                last = old[-1]
                head = before[: last.start("value")] + new["value"] + before[last.end("value") :]
                line, place = head + line[bracket.end() :], len(head)
                break
    return line
