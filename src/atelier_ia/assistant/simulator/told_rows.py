"""The rows of a table told as lines: « | Mardi | fermé | 14 h-18 h | » → « Mardi : matin fermé, … »."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import MONTH, lower_first

_RULE = re.compile(r"^\s*\|?[\s:|-]*-{3,}[\s:|-]*$")
_ROW = re.compile(r"^\s*\|.+\|\s*$")

_DAY_ALONE = re.compile(
    r"^(?:lun|mar|mer|jeu|ven|sam|dim)(?:di|credi|dredi|anche)?\.?\s(?:1er|[12]?\d|3[01])(?=\s:\s)",
    re.IGNORECASE | re.MULTILINE,
)
_SAID_BY_ITSELF = re.compile(
    r"(?:horaires?|heures?|lieux?|où|dates?|jours?|publics?|âges?|pour qui|activités?|ateliers?|animations?|quoi"
    r"|mesures?"
    r"|objets?|thèmes?|salles?|rues?|voies?|intervenante?s?|qui|par|animé|organis\w+|remarques?|obs\w*|détails?)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[\d\s.,+-]+(?:M€|k€|€|%)?(?:\s*\([^()]*\))?")
# What the first column of a table of anything is called
_HEAD = re.compile(
    r"(?:créneaux?|chapitres?|jours?|horaires?|postes?|lieux?|activités?|tarifs?|salles?"
    r"|classes?)\W*$",
    re.I,
)
# … and of one whose cells are words (« hand », « judo »), which only their column explains
_SLOTS = re.compile(r"(?:créneaux?|jours?|horaires?)\W*$", re.IGNORECASE)


def told_rows(text: str, *, named: bool = False) -> str:
    """`text` with its ruled tables told row by row, each cell under the name of its column; the rest as it is.

    With `named`, columns that tell one thing twice (« avant », « après ») name their cells without a rule too.
    """
    lines = _piped(text.replace("\r\n", "\n").split("\n"))
    text = "\n".join(lines)
    if not any(_RULE.match(line) for line in lines):
        return "\n".join(_unruled(lines, named=named)) if text.count("|") > 3 else text
    found: list[str] = []
    columns: list[str] = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if _RULE.match(line) and "|" in line:
            continue
        if not _ROW.match(line):
            columns = []
            found.append(line)
        elif _RULE.match(following):
            columns = _cells(line)
        else:
            found.append(_told(columns, _cells(line)))
    return "\n".join(found)


_SLASHED = re.compile(
    r"(?P<led>\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|les?|du|au|dès le|avant|pour le|lun|mar|mer"
    r"|jeu|ven|sam|dim)"
    r"\.?\s)(?P<day>0?[1-9]|[12]\d|3[01])/(?P<month>0?[1-9]|1[0-2])(?:/(?P<year>(?:20)?\d\d))?(?![\d/])",
    re.IGNORECASE,
)
_NAMES = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")  # fmt: skip


_PADDED = re.compile(
    r"(?<![\d/])(?P<led>)(?P<day>0[1-9]|[12]\d|3[01])/(?P<month>0[1-9]|1[0-2])(?:/(?P<year>(?:20)?\d\d))?(?![\d/])"
)


def _named_day(match: re.Match[str]) -> str:
    """« mercredi 9/12 » → « mercredi 9 décembre »."""
    day = "1er" if match["day"] in ("1", "01") else match["day"].lstrip("0")
    return f"{match['led']}{day} {_NAMES[int(match['month']) - 1]}" + (
        f" 20{match['year'][-2:]}" if match["year"] else ""
    )


def with_months(text: str) -> str:
    """« Mer. 9 : heure du conte » → « Mer. 9 décembre : … », where the text names one month only."""
    text = _PADDED.sub(_named_day, _SLASHED.sub(_named_day, text))
    months = {match[0].lower() for match in re.finditer(rf"\b{MONTH}\b", text, re.IGNORECASE)}
    return _DAY_ALONE.sub(lambda match: f"{match[0]} {next(iter(months))}", text) if len(months) == 1 else text


def _piped(lines: list[str]) -> list[str]:
    """Rows whose cells are parted by semicolons (at least three lines of as many cells) told with bars."""
    found = list(lines)
    place = 0
    while place < len(lines):
        marks = lines[place].count(";")
        end = place
        while marks >= 2 and end < len(lines) and lines[end].count(";") == marks and "|" not in lines[end]:
            end += 1
        if end - place >= 3:
            found[place:end] = [line.replace(";", "|") for line in lines[place:end]]
        place = max(end, place + 1)
    return found


def _unruled(lines: list[str], *, named: bool) -> list[str]:
    """Rows of at least three cells, one under the other, whose first may give the names of the columns."""
    found: list[str] = []
    place = 0
    while place < len(lines):
        width = len(_cells(lines[place]))
        end = place
        while end < len(lines) and "|" in lines[end] and len(_cells(lines[end])) == width:
            end += 1
        if width < 3 or end - place < 2:
            found.append(lines[place])
            place += 1
            continue
        rows = [_cells(line) for line in lines[place:end]]
        heads = [re.sub(r"\b20\d\d\b|\d{1,2}/\d{1,2}\b", "", cell) for cell in rows[0]]  # of a year, until a day
        known, slots = bool(_HEAD.match(heads[0])), bool(_SLOTS.match(heads[0]))
        headed = len(rows) > 2 and (known or not any(re.search(r"\d", cell) or len(cell.split()) > 4 for cell in heads))
        # Of one thing told twice (« avant », « après »), each cell must say which it is.
        twice = named and headed and len([name for name in rows[0][1:] if not _SAID_BY_ITSELF.match(name)]) >= 2
        for cells in rows[1:] if headed else rows:
            # « demandé 312 000 », but « 10h30 » and « dès 8 ans » say what they are
            names = [
                name if slots or _FIGURE.fullmatch(cell) or (twice and not _SAID_BY_ITSELF.match(name)) else ""
                for name, cell in zip(rows[0], cells, strict=True)
            ]
            found.append(_told(names if headed else [], cells))
        place = end
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _told(columns: list[str], cells: list[str]) -> str:
    names = [lower_first(name) for name in columns] if len(columns) == len(cells) else [""] * len(cells)
    first, *others = zip(names, cells, strict=True)
    rest = [
        f"{cell} en {name}" if re.fullmatch(r"20\d\d", name) else f"{name} {cell}".strip()
        for name, cell in others
        if re.search(r"\w", cell)
    ]
    return f"{first[1]} : {', '.join(rest)}." if rest else f"{first[1]}."
