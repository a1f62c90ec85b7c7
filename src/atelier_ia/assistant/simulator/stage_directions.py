"""What was heard in the room (laughter, applause, hubbub), which no document tells."""

from __future__ import annotations

import re

_NOISE = r"(?:applaudissements?|rires?|sourires?|brouhaha|murmures?|huées?|ovations?|exclamations?|protestations?)"
_SEVERAL = rf"{_NOISE}(?:\s*(?:,|puis|et)\s*{_NOISE})*"
_WHOSE = (
    r"(?:\s(?:du public|de la salle|dans (?:la salle|le public|l['’]assemblée)|nourris|généraux|hier(?: soir)?"
    r"|pour conclure"
    r"|(?:de|du|des|pour|à|sur)\s(?:[^,.;!?\n]|(?<=\bM)\.){2,60}))*"
)
_STAND = (
    r"(?:debout tout le monde|tout le monde (?:est )?debout|(?:belle|grosse|vive) émotion|(?:la salle"
    r"|le public) (?:applaudit|rit)"
    r"|ça fait (?:plaisir|chaud au cœur))"
)
_RULES = (
    # « (applaudissements dans le public) »
    re.compile(rf"[^\S\n]*[(\[*]\s*(?:\w+ ){{0,3}}{_NOISE}\b[^()\[\]*\n]{{0,50}}[)\]*]", re.IGNORECASE),
    # « …, avec applaudissements »
    re.compile(
        rf"(?:[^\S\n]*[,;–—][^\S\n]*|[^\S\n]+)(?:avec|sous|suivie?s? d['’e])\s?(?:les |des |de |d['’])?(?:vifs "
        rf"|longs |nombreux )?"
        rf"{_SEVERAL}(?: (?:du|de la|dans|général|nourris|de tous)[^,.;\n]{{0,30}})?(?=\s*(?:[,.;]|$))",
        re.IGNORECASE | re.MULTILINE,
    ),
    # « …, rires puis applaudissements. »
    re.compile(
        rf"[^\S\n]*[,;][^\S\n]*(?:{_SEVERAL}{_WHOSE}|{_STAND})(?=\s*(?:[,.;!]|$))", re.IGNORECASE | re.MULTILINE
    ),
    # « Applaudissements pour Monique. »
    re.compile(
        rf"(?:(?<=[.!?])[^\S\n]+|^[^\S\n]*(?:[-•*][^\S\n]*)?)(?:{_SEVERAL}{_WHOSE}|{_STAND})\s*(?:[.!]+|$)",
        re.IGNORECASE | re.MULTILINE,
    ),
)


def without_noise(text: str) -> str:
    """`text` without its stage directions; « Rires garantis » and the like, which announce, stay."""
    for pattern in _RULES:
        text = pattern.sub("", text)
    return re.sub(r",?[^\S\n]*comme d['’]hab(?:itude)?(?![\w'’])", "", text, flags=re.IGNORECASE)
