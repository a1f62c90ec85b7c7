"""French numbers written in words → figures, for the transcripts that spell everything out."""

from __future__ import annotations

import re

_VALUES = {
    "zero": 0, "zéro": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "huitante": 80, "nonante": 90, "cent": 100, "cents": 100, "mille": 1000, "premier": 1,
}  # fmt: skip
_WORD = "|".join(sorted((word for word in _VALUES if word != "premier"), key=len, reverse=True))
SPELLED = rf"(?<![\w-])(?:{_WORD})(?:(?:\s+et\s+|-et-|\s|-)(?:{_WORD}))*\b(?!-\w)"
_RUN = re.compile(SPELLED, re.IGNORECASE)
_ALONE = frozenset({"un", "une", "neuf", "cent", "mille", "six"})


def in_figures(text: str, *, alone: bool = True) -> str:
    """« vingt-huit janvier deux mille vingt-sept » → « 28 janvier 2027 »; « un », « neuf » too when `alone`."""

    def written(match: re.Match[str]) -> str:
        words = [word for word in re.split(r"[\s-]+", match[0].lower()) if word != "et"]
        if len(words) == 1 and not alone and words[0] in _ALONE:
            return match[0]
        return " ".join(str(value) for value in _read(words))

    return _RUN.sub(written, text)


_MONTHS = r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_SPOKEN_SPAN = re.compile(
    rf"\b(?P<led>du|le|les)\s+(?P<first>{SPELLED})\s+(?P<link>au|et)\s+(?={SPELLED}\s+{_MONTHS})", re.I
)
_SPOKEN_DATE = re.compile(
    rf"(?P<day>{SPELLED}|\bpremier)(?P<month>\s+{_MONTHS}\b)(?P<year>\s+deux\s+mille(?:[\s-](?:{_WORD}))*)?", re.I
)
_SPOKEN_DAY = re.compile(
    rf"\b(?P<led>le|au|du|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+(?P<day>{SPELLED})(?=\s*[,.;]|\s+(?:au|à|chez|de)\b)",
    re.I,
)
_SPOKEN_HOUR = re.compile(
    rf"(?P<hour>{SPELLED})\s+heures?\b(?:\s+(?P<minutes>cinq|dix|quinze|vingt(?:-cinq)?|trente(?:-cinq)?"
    rf"|quarante(?:-cinq)?"
    r"|cinquante(?:-cinq)?|et demie|et quart)\b|(?!\s+(?:de|par|et)\b))",
    re.I,
)


_PARTS = {"quart": "15", "quinze": "15", "demi": "30", "demie": "30", "trente": "30", "quarante-cinq": "45"}
# « minuit trente », « midi et demi »
_TWELVE = re.compile(
    rf"\b(?P<twelve>midi|minuit)\s(?:et\s)?(?P<part>{'|'.join(sorted(_PARTS, reverse=True))})\b", re.IGNORECASE
)


def spoken_times(text: str) -> str:
    """« treize mars deux mille vingt-sept à quatorze heures trente » → « 13 mars 2027 à 14 h 30 »."""

    def hour(match: re.Match[str]) -> str:
        minutes = (match["minutes"] or "").lower()
        told = {"et demie": "30", "et quart": "15"}.get(minutes) or (in_figures(minutes) if minutes else "")
        return f"{in_figures(match['hour'])} h{f' {int(told):02d}' if told else ''}"

    text = _TWELVE.sub(
        lambda match: f"{'12' if match['twelve'].lower() == 'midi' else '0'} h {_PARTS[match['part'].lower()]}", text
    )
    if quoted := re.search(r"«[^»\n]*»|\"[^\"\n]*\"|“[^”\n]*”", text):  # a slogan is told as it was written
        return spoken_times(text[: quoted.start()]) + quoted[0] + spoken_times(text[quoted.end() :])
    if _SPOKEN_DATE.search(text):  # « le quatorze mars, non pas le quatorze, … »
        text = _SPOKEN_DAY.sub(lambda match: f"{match['led']} {in_figures(match['day'])}", text)
    text = _SPOKEN_SPAN.sub(lambda match: f"{match['led']} {in_figures(match['first'])} {match['link']} ", text)
    text = _SPOKEN_DATE.sub(
        lambda match: (
            ("1er" if match["day"].lower() == "premier" else in_figures(match["day"]))
            + match["month"]
            + (f" {in_figures(match['year'].strip())}" if match["year"] else "")
        ),
        text,
    )
    return re.sub(r"\bdu 1 au\b", "du 1er au", _SPOKEN_HOUR.sub(hour, text))


_COLON_HOUR = re.compile(
    r"(?<=[\w,.(=:—–>→-] )([01]?\d|2[0-3]):([0-5]\d)\b(?!:)"  # not « [00:12:31] », a place in a recording
)


def written_hours(text: str) -> str:
    """« début 18:32 » → « début 18 h 32 »; the marks of a recording at the start of a line stay."""
    return _COLON_HOUR.sub(r"\1 h \2", text)


def _read(words: list[str]) -> list[int]:
    """One number, or several when two stand side by side (« vingt-six deux »)."""
    values = [_VALUES[word] for word in words]
    found = []
    place = 0
    while place < len(values):
        number, place = _number(values, place)
        found.append(number)
    return found


def _number(values: list[int], place: int) -> tuple[int, int]:
    """The number that starts at `place`, and where it ends."""
    if values[place] == 1000:
        number, place = 1000, place + 1
    else:
        number, place = _below_thousand(values, place)
        if place == len(values) or values[place] != 1000:
            return number, place
        number, place = number * 1000, place + 1
    if place < len(values) and 0 < values[place] < 1000:
        rest, place = _below_thousand(values, place)
        number += rest
    return number, place


def _below_thousand(values: list[int], place: int) -> tuple[int, int]:
    if values[place] == 100:
        number, place = 100, place + 1
    elif values[place] in range(2, 10) and values[place + 1 : place + 2] == [100]:
        number, place = values[place] * 100, place + 2
    else:
        return _below_hundred(values, place)
    if place < len(values) and 0 < values[place] < 100:
        rest, place = _below_hundred(values, place)
        number += rest
    return number, place


def _below_hundred(values: list[int], place: int) -> tuple[int, int]:
    number, place = values[place], place + 1
    if number == 4 and values[place : place + 1] == [20]:
        number, place = 80, place + 1
    following = values[place] if place < len(values) else 0
    if number in (60, 80) and following == 10:
        rest, place = _below_hundred(values, place)
        return number + rest, place
    if (number in (60, 80) and 0 < following < 20) or (number in (20, 30, 40, 50) and 0 < following < 10):
        return number + following, place + 1
    if number == 10 and following in (7, 8, 9):
        return number + following, place + 1
    return number, place
