"""Notes of a sitting laid out before they are read: numbers said aloud, the roll on lines of its own, a point a line.

« Un, emprunt… Deux, avenant… » → « 1. Emprunt… 2. Avenant… »; « la séance du premier décembre deux mille vingt-six »
→ « du 1er décembre 2026 »; « 21 présents. pouvoirs : A > B. excusée sans pouvoir Mme C » → three lines.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import upper_first
from atelier_ia.assistant.simulator.spelled import spoken_times

_ORDERS = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_RANKS = (
    "premi[èe]rement|primo", "deuxi[èe]mement|secundo", "troisi[èe]mement|tertio", "quatri[èe]mement",
    "cinqui[èe]mement", "sixi[èe]mement", "septi[èe]mement", "huiti[èe]mement", "neuvi[èe]mement", "dixi[èe]mement",
)  # fmt: skip
_ROLL_END = re.compile(
    r"(?<=[\w)])(?:\s*[.;]\s*|\s+-\s+)(?=(?:pouvoirs?|procurations?|excusée?s?|absente?s?|secrétaire|présidente?"
    r"|quorum|votants"
    r"|représentée?s?)\b)",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"(?<=[\wÀ-ÿ])\s*(?:>|->|→|=>)\s*(?=(?:M\.|Mme\s|[A-ZÀ-Ý]))")
_WITHOUT_PROXY = re.compile(
    r"\b(?P<label>[EeAa](?:xcus|bsent)\w*)\s(?:et\s)?(?:(?:sans|n['’]ayant pas donné(?: de)?)\s(?:pouvoir"
    r"|procuration))\s*:?\s+(?=(?:M\.|MM\.|Mmes?|Mlle|[A-ZÀ-Ý]))"
)
_PUT_BACK = re.compile(
    r"^[^\S\n]*(?P<what>(?!n\s?°|n[o°]\d)[a-zà-ÿ][^:\n]{2,70}?)\s*(?P<mark>[:,–-])\s*(?=(?:point\s)?(?:retirée?"
    r"|reportée?|ajournée?|adoptée?"
    r"|approuvée?|rejetée?|renvoyée?|unanim|à l['’]unanim|\d+ (?:voix )?pour|pour \d|pour\s?:|prend acte|pris acte"
    r"|info))",
    re.IGNORECASE | re.MULTILINE,
)
# « - Vente terrain / 21 P 3 C »
_SLASHED = re.compile(
    r"(?<=[\w€)])\s/\s(?=(?:\d{1,2}\s?(?:P|pour|voix)\b|unanim|prend acte|pris acte|retir|report|ajourn|adopt"
    r"|approuv|rejet))"
)
# « … propose Simone-Veil. adopté 22 pour »
_RESULT = re.compile(r"(?<=[\wÀ-ÿ]{3}\.\s)[a-zà-ÿ](?=(?:dopt|pprouv|ejet|nanim|etir|eport)\w+)")


def laid_out(text: str) -> str:
    """`text` with what is said of the sitting where a reader looks for it; its words stay."""
    text = re.sub(r"\s*(?<=[.!?])\s*(?:[Vv]oilà,?\s)?[Cc]['’]est tout\W*\Z", "", text)
    text = _numbered(_numbered(_said_day(text), [f"(?:{one})" for one in _RANKS]), list(_ORDERS))
    lines = []
    for number, line in enumerate(_dotted(text.split("\n"))):
        short = _GIVEN.search(line) or _WITHOUT_PROXY.search(line)
        if number < 8 and short and re.search(r"\b(?:pouvoirs?|procurations?)\b", line, re.IGNORECASE):
            line = ".\n".join(upper_first(part) for part in _ROLL_END.split(line))
            line = _WITHOUT_PROXY.sub(lambda match: f"{upper_first(match['label'])} : ", _GIVEN.sub(" à ", line))
        lines.append(line)
    lines = [_SLASHED.sub(" : ", re.sub(r"\s/\s*U\.?\s*$", " / unanimité", line)) for line in lines]
    text = _PUT_BACK.sub(
        lambda match: f"{upper_first(match['what'])}{' - ' if match['mark'] in '-–' else ' : '}", "\n".join(lines)
    )
    return _RESULT.sub(lambda match: match[0].upper(), text)


# « 1 tarifs cantine », « 2 dérogation »: points numbered without a mark
_BARE = re.compile(
    r"[^\S\n]*(?P<rank>\d{1,2})[^\S\n]+(?=[A-Za-zÀ-ÿ]{2})(?!(?:pour|contre|voix|abst\w*|h|heures?|€|euros?|présente?s?"
    r"|pouvoirs?|procurations?|votants?|élue?s?|membres?|personnes?|conseillère?s?|absente?s?|[a-zéû]+ 20\d\d)\b)",
    re.IGNORECASE,
)


def _dotted(lines: list[str]) -> list[str]:
    """Lines that open by numbers following one another from 1, two at least, each with a mark after its number."""
    found: dict[int, re.Match[str]] = {}
    for place, line in enumerate(lines):
        match = _BARE.match(line)
        if match and int(match["rank"]) == len(found) + 1:
            found[place] = match
    if len(found) < 2:
        return lines
    return [
        f"{found[place]['rank']}. {upper_first(line[found[place].end() :])}" if place in found else line
        for place, line in enumerate(lines)
    ]


def _said_day(text: str) -> str:
    """The day and the hour of the sitting in figures, where its opening says them in words."""
    opening = re.match(r"[^\n]{0,400}", text)
    head = opening[0] if opening else ""
    if not re.search(r"\b(?:séance|conseil|réunion)\b", head, re.IGNORECASE):
        return text
    first = re.match(
        r".{0,400}?\b(?:heures?\b(?:\s(?:trente|quinze|quarante-cinq|et demie|et quart))?"
        r"|deux\s+mille[a-zé -]*)",
        head,
    )
    cut = re.search(r"[.;]\s", head[first.end() :]) if first else None
    until = first.end() + (cut.start() if cut else 0) if first else 0
    return spoken_times(text[:until]) + text[until:]


def _numbered(text: str, orders: list[str]) -> str:
    """« Un, … Deux, … » in order, each at the start of a sentence → numbered lines; anything else stays."""
    places = []
    start = 0
    for order in orders:
        found = re.search(
            rf"(?:^|(?<=[.!?;])\s+|\n\s*)(?P<said>{order})\s*[,:–-]\s+(?=\w)", text[start:], re.IGNORECASE
        )
        if not found:
            break
        places.append((start + found.start(), start + found.end()))
        start += found.end()
    if len(places) < 2:
        return text
    told = text[: places[0][0]]
    for number, (_, after) in enumerate(places, start=1):
        until = places[number][0] if number < len(places) else len(text)
        told += f"\n{number}. {upper_first(text[after:until].strip())}"
    return told
