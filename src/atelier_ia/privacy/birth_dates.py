"""Birth dates that a whole field or a relative announces: « ÉTAT CIVIL / date : … », « ma fille (le 12/03/2015) »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.numbers import DATE, MONTHS, UNITS
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.tables import heading_above

_D = "[0-9oil]"
_FIELD_DATE = re.compile(
    r"(?:\bbday:|<(?:ne|nee|naissance|date_?naissance|ddn)>"
    r"|\b(?:birth_?date|dob|date_?naiss\w*)\W{1,4})((?:19|20)\d\d-?\d\d-?\d\d)(?!\d)"
)
# « ÉTAT CIVIL / date : 22 juillet 1980 », « la date du petit, c'est le 6 février 2021 »
_DATE_OF = re.compile(
    r"(?:etat civil|naissance)[ :]{0,2}\n[ ]{0,4}date ?:? ?(?=[0-9])"
    r"|(?<![a-z])dates? (?:de naissance )?(?:du |de la |de l'|de |de mon |de ma |d')(?:petite?|bebe|fils|fille"
    r"|enfant|gamine?"
    r"|mari|femme|mere|pere|jumeaux|aine\w*|cadet\w*)(?: [a-z-]{2,16})?,? (?:c'?est |c est |est |: ?)?(?:le )?(?=[0-9])"
)
# « 12/11/1956, né à Lyon »
_THEN_BORN = re.compile(r"\d,? (?:et )?nee? (?:a|au|aux|en) [a-z]")
_BORN_AT = re.compile(
    r"(?<![a-z])nee? a [a-z][a-z' \-]{1,28} (?:vers|en|courant|debut|fin) ((?:18|19|20)\d\d)(?![0-9])"
)
# « née Marchand en 1941 », « NIR : 2 49 02 … 66 (février 1949) », « enfant Lénaïck, 2017 »
_BORN_NAMED = re.compile(r"(?<![a-z])nee? [a-z][a-z' \-]{2,28} en ((?:18[5-9]|19\d|20\d)\d)(?![0-9])")
_BORN_SHORT = re.compile(r"(?<![a-z])nee? en ('?[2-9]\d)(?![0-9/.%-]| ?(?:ans|semaines|heures))")  # « né en 41 »
_AFTER_NIR = re.compile(
    rf"(?:nir|secu(?:rite sociale)?)[ :]{{1,3}}[0-9ab \-]{{13,24}} ?\(((?:{MONTHS}) (?:19|20)\d\d|(?:19|20)\d\d)\)"
)
_CHILD_YEAR = re.compile(
    r"(?<![a-z])(?:enfant|fils|fille|bebe|eleve)s? (?:[a-z][a-z'\-]{1,20} ?){1,2}, (20[0-2]\d)(?=[\n,;.)]|$)"
)
_DDN = re.compile(rf"\bd\. ?n\.? ?:? ?({_D}{{1,2}}[/.\-]{_D}{{1,2}}[/.\-](?:{_D}{{4}}|{_D}{{2}}))")
_KIN_THEN = re.compile(
    r"(?:fils|fille|enfant|bebe|fiston|jumeaux|jumelles|mari|femme|mere|pere|frere|soeur)(?: [a-z\-]{2,20}){0,2}"
    r"(?:, | \(|: )(?:le )?"
)


# « Le vingt-deux janvier deux mille vingt-six à quatre heures dix minutes, est née »
_SAID = rf"(?:(?:{UNITS})[ -]){{1,6}}"
_ACT = re.compile(
    rf"(?<![a-z])le ((?:{_SAID}|\d{{1,2}}(?:er)? )(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre"
    rf"|novembre|decembre) (?:\d{{4}}|(?:{UNITS})(?:[ -](?:{UNITS})){{1,6}}))(?=[ ,][^.;\n]{{0,60}}\b(?:est"
    rf"|sont) nee?s?\b)"
)


def find_birth_dates(reading: Reading) -> Iterator[Span]:
    """Dates of birth beside a field's name or a relative; overlaps are settled later."""
    low = reading.low
    for kin in _KIN_THEN.finditer(low):
        date = DATE.match(low, kin.end())
        if date is not None and re.search(r"(?:19|20)\d\d$", date[0]) and low[date.end() : date.end() + 1] in ",).;\n":
            yield Span(date.start(), date.end(), "DATE_NAISSANCE", "verifier", "date de naissance")
    for match in _ACT.finditer(low) if "acte de naissance" in low else ():
        yield Span(match.start(1), match.end(1), "DATE_NAISSANCE", "verifier", "date de naissance")
    for match in _THEN_BORN.finditer(low):
        dates = list(DATE.finditer(low, max(0, match.start() - 24), match.start() + 1))
        if dates and dates[-1].end() == match.start() + 1 and re.search(r"(?:19|20)\d\d$", dates[-1][0]):
            yield Span(dates[-1].start(), dates[-1].end(), "DATE_NAISSANCE", "verifier", "date de naissance")
    for match in (
        *_BORN_NAMED.finditer(low),
        *_BORN_SHORT.finditer(low),
        *_AFTER_NIR.finditer(low),
        *_CHILD_YEAR.finditer(low),
    ):
        yield Span(match.start(1), match.end(1), "DATE_NAISSANCE", "verifier", "année de naissance")
    for match in _BORN_AT.finditer(low):
        yield Span(match.start(1), match.end(1), "DATE_NAISSANCE", "verifier", "année de naissance")
    place = low.find("date")
    while place >= 0:
        told = _DATE_OF.search(low, max(0, place - 18), min(len(low), place + 80))
        place = low.find("date", place + 4)
        date = DATE.match(low, told.end()) if told else None
        if date is not None and re.search(r"(?:19|20)\d\d$", date[0]):
            yield Span(date.start(), date.end(), "DATE_NAISSANCE", "verifier", "date de naissance")
    for mark in (*_FIELD_DATE.finditer(low), *_DDN.finditer(low)):
        yield Span(mark.start(1), mark.end(1), "DATE_NAISSANCE", "masquer", "date de naissance")


_DATED = re.compile(r"\)?\.? ?(?:\( ?| - |, |\t|; ?| \| ?| {2,6})(?:ne\(?e?\)? le |le )?$")


# Figures as a scanner reads them.
_READ = str.maketrans("oil", "011")


# « Mme Blanche Ferreira (1951) », « je suis retraitée, Josette Masson, 1949, bénéficiaire »
# « BERTHIER Marcel (1921-1994) », « SIMONNET Yvette 1925-2009 »: the first year of a life
_YEAR_AFTER = re.compile(
    r" ?\((?P<alone>192[6-9]|19[3-9]\d|20[0-2]\d)\)|, (?P<between>19[3-9]\d|200\d)(?=,)"
    r"|,? ?\(?(?P<life>(?:18[3-9]|19\d|20[0-2])\d) ?[-/†+] ?(?P<dead>(?:18[5-9]|19\d|20[0-4])\d)(?![\d/-])"
    r"|,? ?\(?(?:n\.|°|\*) ?(?P<sign>(?:18[3-9]|19\d)\d)(?![\d/-])"
)
_LIFE = 15  # years: a shorter one is a school year, or a mandate


_OTHER_DATE = re.compile(r"(?:jour|dates?)(?! ?(?:de |d'|\(?s?\)? ?)?(?:naiss|ne))(?![a-z])")


def _in_other_column(reading: Reading, place: int) -> bool:
    """Does the heading of the table say « Date », and nothing of a birth, above what stands at `place`?"""
    return _OTHER_DATE.match(heading_above(reading, place)) is not None


def dates_after_names(reading: Reading, names: list[Span]) -> list[Span]:
    """« Jean Dupont (12/03/1985) », « DUPONT Jean - 12/03/1985 »: in a list of people, a birth date."""
    found = []
    for span in names:
        year = _YEAR_AFTER.match(reading.low, span.end)
        if year is not None and (year["dead"] is None or int(year["dead"]) - int(year["life"]) >= _LIFE):
            start, end = next(year.span(kind) for kind in ("alone", "between", "life", "sign") if year[kind])
            found.append(Span(start, end, "DATE_NAISSANCE", "verifier", "année qui suit un nom"))
            continue
        date = DATE.search(reading.low, span.end, min(len(reading.low), span.end + 34))
        written = date[0].translate(_READ) if date else ""
        if date is None or not re.search(r"\d\d$", written):
            continue
        between = reading.low[span.end : date.start()]
        old = re.search(r"(?:19\d\d|200\d|201\d)$", written) is not None or written[:2] == "19"
        if _in_other_column(reading, date.start()):
            continue
        if _DATED.fullmatch(between) and (between.strip() not in (",", ", le") or old):
            found.append(Span(date.start(), date.end(), "DATE_NAISSANCE", "verifier", "date qui suit un nom"))
    return found
