"""Parcels set out in columns, said aloud, or named again by a section that the text already gave.

« Section;Numéro » above « ZA;0018 », « la C mille deux cent trois », « B comme Bernard, numéro 45 »;
after « parcelle AS 214 », « AS 215 » needs no word before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from atelier_ia.privacy.numbers import UNITS
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import wakers, words

_NOT_SECTION = words("numbers_not_section")
_NOT_CAPITALS = words("parcels_not_capitals")

_SIGNS = ("\t", "|", ";", ",")
_SPACES = re.compile(r"\t| {2,}")
_SECTION_HEADING = re.compile(r'[ "*_]*(?:sections?|sect\.?)(?: cadastrales?| cad\.?)?[ "*_]*')
_NUMBER_HEADING = re.compile(
    r'[ "*_]*(?:n ?[°ºo]s?\.?|num(?:ero)?s?\.?|plan|parcelles?)(?: ?(?:de |du |d\')?(?:la )?(?:plan|parcelles?'
    r'|cadastrale?s?|cad\.?))*[ "*_]*'
)
_SECTION_CELL = re.compile(r'[ "]*(?:\d{3} ?)?0?[a-z]{1,2}[ "]*')
_NUMBER_CELL = re.compile(r'[ "]*(?:n ?[°º] ?)?[\doil]{1,4} ?p{0,2}(?:[ ,;/\-]{1,3}(?:et )?\d{1,4} ?p{0,2})*[ "]*')
_ALOUD_WAKERS = wakers("parcel_layouts_aloud")


def in_columns(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where a column « Section » stands beside a column of numbers: both cells of each row, as one."""
    low = reading.low
    if "sect" not in low:
        return
    start = 0
    columns: tuple[re.Pattern[str], int] | None = None
    for line in low.split("\n"):
        if "sect" in line:
            columns = _heading(line) or columns
        elif columns is not None and line.strip(" |:+=-\t"):
            cells = list(_cells(line, columns[0]))
            place = columns[1]
            if len(cells) <= place + 1:
                columns = None
            else:
                (begin, middle), (number, end) = cells[place], cells[place + 1]
                if _SECTION_CELL.fullmatch(line, begin, middle) and _NUMBER_CELL.fullmatch(line, number, end):
                    yield _bare(low, start + begin, start + end)
        start += len(line) + 1


def _heading(line: str) -> tuple[re.Pattern[str], int] | None:
    """How the line of headings is cut, and the place of its column « Section », when a number stands next to it."""
    if len(line) > 300:
        return None
    for cut in (*(re.compile(re.escape(sign)) for sign in _SIGNS if sign in line), _SPACES):
        cells = list(_cells(line, cut))
        for place, (start, end) in enumerate(cells[:-1]):
            following = cells[place + 1]
            if _SECTION_HEADING.fullmatch(line, start, end) and _NUMBER_HEADING.fullmatch(line, *following):
                return cut, place
    return None


def _cells(line: str, cut: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    done = 0
    for match in cut.finditer(line):
        yield done, match.start()
        done = match.end()
    yield done, len(line)


def _bare(low: str, start: int, end: int) -> tuple[int, int]:
    while low[start] in ' "':
        start += 1
    while low[end - 1] in ' "':
        end -= 1
    return start, end


_CELL = re.compile(
    r"(?:^|[\t;|\n])[ ]{0,2}([A-Z]{1,2} ?(?:n ?[°º] ?)?\d{2,4}(?:,? (?:et )?[A-Z]{0,2} ?\d{1,4}){0,5})"
    r"(?= ?[\t;|\n]| ?$)"
    r"|(?<=[;\t|] )([A-Z]{2} ?(?:n ?[°º] ?)?\d{1,4})(?= ?[\t;|\n])"
)
_BUILT = re.compile(
    r"verand|piscine|maison|demolition|grange|permis|urbanis|construction|cloture|terrain|parcelle|zone|plu(?![a-z])"
    r"|abri|proprietaire|foncier|riverain|chemin rural|preempt|cadastr|bornage|remembrement"
)
# « - WA 5 et WA 6 : consorts Maheu », « DIA 26-0213 – B 1544, immeuble »: at the head of a line, or after its number.
_HEAD = re.compile(
    r"\n(?:[-–—•*·] ?|\d{1,2}[.)] )?(?:(?:DIA|D\.I\.A\.)[^\n;:–—]{0,24} ?[–—:-] ?)?"
    r"((?:[A-Z] \d{2,4}|[A-Z]{2} \d{1,4})(?:(?:, | et | / )[A-Z]{1,2} \d{1,4}){0,6})(?= ?[:–—;,(]| - )"
)
_BOUNDED = re.compile(
    r"riverain|proprietaire|chemin rural|(?<![a-z])dia(?![a-z])|preempt|foncier|parcelle|cadastr|matrice|bornage"
)


# Letters that mean something else elsewhere, and name a section where a text about land has a parcel to tell.
_RARE_LETTERS = re.compile("A[GMRSO]|B[DOPT]|MO|PE|HA")


def in_cells(reading: Reading) -> Iterator[tuple[int, int]]:
    """« ; E 1177 ; », « - WA 4 : » in at least two rows of a table of works, or of a list of land."""
    for pattern, about in ((_CELL, _BUILT), (_HEAD, _BOUNDED)):
        found, rare = [], []
        for match in pattern.finditer(reading.text):
            group = match.lastindex or 0
            letters = re.split(r"[ \dn]", match[group])[0]
            if letters not in _NOT_CAPITALS:
                found.append(match.span(group))
            elif _RARE_LETTERS.fullmatch(letters):
                rare.append(match.span(group))
        if len(found) > 1 and about.search(reading.low):
            yield from found
            yield from rare if len(found) > 2 else ()


_LETTER = (
    r"(?:[a-z](?: comme [a-z\-]{2,14})?|be|ce|effe|ge|ache|ji|ka|elle|emme|enne|pe|qu|erre|esse|te|ve|iks|zed|zede)"
)
_UNIT = UNITS.removesuffix("|et") + "|et (?=une?(?![a-z])|onze)"
_NUMERAL = rf"(?:{_UNIT})(?:[ \-](?:{_UNIT})){{0,6}}"
_HUNDREDS = rf"(?:(?:{_UNIT})[ \-])?(?:cents?|mille)(?:[ \-](?:{_UNIT})){{0,5}}"
# Letters told one by one, then a number told or written; a long number says that it is one.
_ALOUD = re.compile(
    rf"(?<![a-z'])(?:(?P<sure>(?:parcelles?|section|cadastree?s?|terrain)(?: (?:c'est|est|la|le|en|sur|numero|n°|:))"
    rf"{{0,2}}|c'est)|la|sur la|en|de la|dans la) "
    rf"(?P<said>(?:{_LETTER}(?:(?:, | )(?:et )?{_LETTER})?|(?P<pair>[a-z]{{2}}))(?:, | )(?:(?:le )?(?:numero"
    rf"|n ?[°º]) ?)?"
    rf"(?:(?P<hundreds>{_HUNDREDS})|{_NUMERAL}|\d{{1,4}}))(?![0-9a-z'])"
)
_ANOTHER = re.compile(
    rf"(?:,| et|,? puis|,? plus)(?: la| le)? ({_LETTER}(?:(?:, | ){_LETTER})? (?:(?:numero|n ?[°º]) ?)?(?:{_NUMERAL}"
    rf"|\d{{1,4}}))(?![0-9a-z'])"
)
_SPELLED = re.compile(r" comme |(?<![a-z])(?:zed|zede|ache|effe|iks)(?![a-z])")


def said_aloud(reading: Reading, told: bool) -> Iterator[tuple[int, int]]:
    """« la C mille deux cent trois », « section B comme Bernard, numéro 45 »; `told`: the text speaks of parcels."""
    low = reading.low
    if not told and " cent" not in low and " mille" not in low and " comme " not in low:
        return
    for match in reading.woken(_ALOUD_WAKERS, _ALOUD):
        said = match["said"]
        spelled = _SPELLED.search(said) is not None
        written = said[-1].isdigit()
        cue = match["sure"] is not None and match["sure"] != "c'est"
        if written and not (spelled and (cue or told)):
            continue  # « la D 421 »: other rules read figures
        apart = told and re.match(r"[a-z],? [a-z],? ", said) is not None
        if not (spelled or cue or apart or (told and match["pair"])) and (
            match["hundreds"] is None or not (told or _LAND.search(low))
        ):
            continue
        pair = match["pair"]
        if pair and (pair in _NOT_SECTION or not (reading.lower_case or reading.text[match.start("pair")].isupper())):
            continue
        if said[0] in "ad" and said[1] == " " and not (cue or spelled):
            continue
        yield match.start("said"), match.end("said")
        done = match.end()
        while (another := _ANOTHER.match(low, done)) is not None:
            yield another.start(1), another.end(1)
            done = another.end()


_LAND = re.compile(r"parcelle|cadastr|terrain|lotissement|bornage|geometre|champ|cloture|urbanisme")
_LETTERS = re.compile(
    r"(?<![a-z])(?:\d{3} ?)?0?([a-z]{1,2})(?=[ \-/.,]{0,2}(?:n ?[°ºo]s?\.? ?|num\w* |parcelles? (?:n ?[°º] ?)?)?\d)"
)
_TAIL = (
    r"[ \-]?(?:n ?[°ºo]s?\.? ?|nos )?\d{{1,4}}(?:[a-b](?!\w)| ?p{{1,2}}(?!\w))?(?![\w@°]|[.,]\d"
    r"| ?(?:m2|m²|ha\b|€|h\b|%|ans\b|euros|mois|jours?\b))(?:(?:, | et |/|-){}\d{{1,4}}(?: ?p{{1,2}})?(?![\w€²]"
    r"|[.,]\d| ?(?:m|h|€|%|ans)| [A-Za-z]{{1,2}} \d))*"
)
_OTHER = re.compile(
    r"\b(?:route|rd|rn|autoroute|bus|ligne|salles?|affiches?|candidate?s?|reserves?|nf|equipes?|bornes?|groupes?|panneaux?"
    r"|bat|batiment|porte|article|art|classe|format|bureau|suffixes?|codes?|indices?)\W*$"
)


def named_again(reading: Reading, found: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """Other parcels of the sections that `found` gives: « AS 215 », where « parcelle AS 214 » was read."""
    low = reading.low
    sections = {match[1] for span in found for match in _LETTERS.finditer(low[span.start : span.end])}
    shapeless = reading.lower_case or reading.upper_case
    kept = sorted(letters for letters in sections if not shapeless or letters not in _NOT_SECTION)
    if not kept or len(kept) > 40:
        return
    # Two letters that are no word are a section without capitals too, or with points: « zc9 », « Z.C. 10 ».
    folded = [letters for letters in kept if len(letters) == 2 and letters not in _NOT_SECTION]
    for text, known in ((reading.text, [letters.upper() for letters in kept]), (low, kept if shapeless else folded)):
        if not known or (shapeless and text is not low):
            continue
        joined = "|".join(r"\.?".join(letters) + (r"\.?" if len(letters) == 2 else "") for letters in known)
        pattern = re.compile(rf"(?<![\w'./@-])0?(?:{joined}){_TAIL.format(f'(?:(?:{joined}) ?)?')}")
        for match in pattern.finditer(text):
            if not _OTHER.search(low, max(0, match.start() - 14), match.start()):
                yield match.start(), match.end()


# « AL 12, AL 13, AL 15 »: the same section again and again, in a text about land.
_REPEATED = re.compile(
    r"([A-Z](?<![\w'./-][A-Z])[A-Z]?) ?\d{1,4}(?![\w€%]|[.,]\d)"
    r"(?:(?:, | et |,? puis |; ?| ; | / ?|/)\1 ?\d{1,4}(?![\w€%]|[.,]\d))+"
)
_RARE = re.compile(
    rf"(?:{_RARE_LETTERS.pattern}) ?\d(?:(?<=[:;,] .. .)|"
    r"(?<=[:;,] ...)|(?<=\n.. .)|(?<= (?:et|la) .. .)|(?<= sur .. .))\d{0,3}"
    r"(?![\w€%]|[.,]\d| ?(?:m2|m²|€|ha\b))"
)
_BOOK = words("parcels_books")


def _about_land(low: str) -> int:
    """How many words of land or building stand in the text."""
    return sum(word in low for word in _BOOK)


def of_land_books(reading: Reading, read: int) -> Iterator[tuple[int, int]]:
    """Parcels of a text about land, without a word for them; `read` is how many were found already."""
    text, low = reading.text, reading.low
    if reading.lower_case or reading.upper_case:
        return
    about = None
    for match in _REPEATED.finditer(text):
        if about is None:
            about = _about_land(low)
        bounds = match[1] not in _NOT_CAPITALS and not _OTHER.search(low, max(0, match.start() - 14), match.start())
        if bounds and (about > 1 or (about and len(match[1]) == 2)):
            read += 1
            yield match.start(), match.end()
    if read and (_about_land(low) if about is None else about) > 1:
        for match in _RARE.finditer(text):
            yield match.start(), match.end()
