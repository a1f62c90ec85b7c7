"""When a sitting opened and when it ended, from its notes."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import HOUR, clean
from atelier_ia.assistant.simulator.spelled import in_figures

_TOP = 300  # characters within which a span of hours is the sitting's own
# « Samson part à 20 h 30 », « la maire se retire à 19 h 40 »: no hour of the sitting's own.
_MOVES = re.compile(
    r"\b(?:part|partie?|arriv\w*|quitt\w*|retir\w*|revien\w*|revenue?|sort|sortie?|suspen\w*|départ|reprise|retour)\b"
    r"[^.;\n]{0,25}$",
    re.IGNORECASE,
)


def opened_and_ended(source: str) -> tuple[str, str]:
    """(when it opened, when it ended), each '' when the notes do not tell it."""
    figures = _clock(in_figures(source))
    hours = [clean(match[0]) for match in HOUR.finditer(figures) if not _MOVES.search(figures[: match.start()][-80:])]
    opened = _near(
        figures, r"(?:ouvert\w*|ouv\b|début\w*|ouvre|séance est ouverte|à partir de|convoqu\w*|commenc\w*)"
    ) or (hours[0] if hours else "")
    ended = _near(
        figures, r"(?:levée?|clôt\w*|clos[e]?\b(?! de)|fin de (?:la )?séance|\bfin\b|lève|termin\w*)", last=True
    )
    whole = re.fullmatch(r"(?:de )?(\d[^à]*?)\s*(?:à|-|–)\s*(\d.*)", opened)
    if whole and not ended:
        opened, ended = clean(whole[1]), clean(whole[2])
    tail = HOUR.search(figures, max(0, len(figures) - 120))
    if not ended and tail and len(figures) > 400:
        ended = clean(tail[0])
    span = re.search(rf"(?P<from>{HOUR.pattern})\s*(?:→|->|—|–)\s*(?P<to>{HOUR.pattern})", figures[:_TOP])
    if span and not ended:
        opened, ended = clean(span["from"]), clean(span["to"])
    if len(hours) == 1 and ended:
        opened = ""
    return _short(opened), _short(ended)


def _short(told: str) -> str:
    return re.sub(r"\b(\d{1,2}) heures?\b", r"\1 h", told)


def _clock(text: str) -> str:
    return re.sub(
        r"\b(\d{1,2}) heures? (\d{1,2})\b(?! (?:voix|pour|contre))",
        lambda match: f"{match[1]} h {int(match[2]):02d}",
        text,
    )


def _near(source: str, words: str, *, last: bool = False) -> str:
    found = list(re.finditer(rf"\b{words}[^.\n]{{0,40}}?({HOUR.pattern})", source, re.IGNORECASE))
    if not found:
        return ""
    return clean((found[-1] if last else found[0])[1])
