"""What is taken back after other words: « le 12 juin aux halles, pardon, le 19 » → « le 19 juin aux halles ».

`corrections.py` reads two things side by side; here the first stands further back in the same line. Only words that
surely take back are read, and only when a thing of the same sort (days, hours, ranks, figures, places) follows at once.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import MONTH, PLACE, WEEKDAY
from atelier_ia.assistant.simulator.reported import has_verb

_NUMBER = r"(?:1er|\d{1,2})(?![\d,.]?\d)"
_CLOCK = r"(?:[01]?\d|2[0-4])\s?(?:h|heures?)(?:\s?[0-5]\d)?\b"
_RANK = (
    r"(?:1re|1ère|1er|\d{1,2}(?:e|ème|nde?)|premi(?:er|ère)s?|deuxième|seconde?|troisième|quatrième|cinquième|sixième"
    r"|dernière?)\b"
)
_COUNT = r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?"
_UNIT = r"(?:\s?(?:€|euros?\b|%|[a-zà-ÿ]{3,}\b|m²|m2\b|m\b|km\b|kg\b))"
_LEAD = (
    r"(?<![\w'’])(?:(?:à la|à l['’]|au|aux|à|devant (?:la|le|l['’])|dans (?:la|le|l['’])|derrière (?:la|le|l['’])|en|la"
    r"|le|l['’])\s*)"
)
# From what tells most to what tells least: the first that fits what is said instead is the sort of both.
_SORTS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "span",
            rf"du\s+(?:{WEEKDAY}\s+)?{_NUMBER}(?:\s+{MONTH})?\s+au\s+(?:{WEEKDAY}\s+)?{_NUMBER}(?:\s+{MONTH})?"
            r"(?:\s+\d{4}\b)?",
        ),
        ("days", rf"(?:{WEEKDAY}\s+)?{_NUMBER}\s+(?:et|ou)\s+(?:{WEEKDAY}\s+)?{_NUMBER}\s+{MONTH}(?:\s+\d{{4}}\b)?"),
        ("hours", rf"(?:de\s+)?{_CLOCK}\s*(?:-|–|à)\s*{_CLOCK}"),
        ("hour", _CLOCK),
        ("day", rf"(?:{WEEKDAY}\s+)?{_NUMBER}\s+{MONTH}(?:\s+\d{{4}}\b)?|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b"
            rf"|{WEEKDAY}(?:\s+{_NUMBER}(?!\s?(?:h|€|%)))?"),
        ("class", r"(?:TPS|PS|MS|GS|CP|CE[12]|CM[12])\b"),
        ("rank", _RANK),
        ("figure", rf"{_COUNT}{_UNIT}"),
        ("place", rf"{_LEAD}?(?-i:{PLACE.pattern})"),
    )
)  # fmt: skip
_MARK = re.compile(
    r"(?P<open>\s*(?:[,;:.…(–—]|\s-|[-=]+>|→)[\s.…]*)(?:(?:euh|ah|oh|enfin|ou|oups|bah|attention|mais)\W+)*"
    r"(?:non|nan|pardon|oups|erreur|correction|rectif\w*(?: d[eu] [^\n,;:.]{2,40}(?=\s?:))?"
    r"|je (?:me (?:suis )?tromp\w+|corrige|rectifie|(?:me )?reprends|recommence)"
    r"|(?:au|autant) (?:temps )?pour moi|changé|changement|modifié)(?![\w-])"
    r"(?:\W+(?:non|pardon|erreur|correction|oups|en fait|finalement|plut[ôo]t|je (?:me (?:suis )?tromp\w+|corrige"
    r"|rectifie|(?:me )?reprends|recommence|veux dire"
    r"|voulais dire)|c['’]est|ce sera|ce serait|il faut lire|lire|attende?[zs]|(?:au|autant) (?:temps )?pour moi)\b)*"
    r"[\s,;:.…–—-]*(?P<led>(?:le|la|les|du|pour le|l['’])\s*)?",
    re.IGNORECASE,
)
_LATE = re.compile(r"\s*,?\s*(?:finalement|en fait|plut[ôo]t|pardon|bien sûr|en réalité)\b", re.IGNORECASE)
_REASON = re.compile(r"\s*\((?P<told>[^()\d]{3,80})\)")
_DAY_ALONE = re.compile(rf"{_NUMBER}(?!\s?(?:h\b|heures|€|%|euros|ans\b)|\s+[a-zà-ÿ]{{3,}}\s*(?:[.;]|$))")
_BARE = re.compile(rf"{_COUNT}(?=\s*(?:[,;.)…!?]|$|\n))")
_VOTES = re.compile(r"\d\s?(?:pour|contre|voix|abst\w*)\b", re.IGNORECASE)  # `vote_marks.py` reads those
_REACH = 160  # characters between what is taken back and what takes it back


# « sur 20 ans, pardon sur 15 ans », « dès 8 h… non dès 10 h »: what is said instead begins with the same word.
_LED_AGAIN = re.compile(
    r"(?<![\w'’-])(?P<led>sur|pour|pendant|dans|dès|jusqu['’]à|chez|avec|sous|avant|après|vers|depuis|au|aux|à"
    r"|en|du|des|de)\s"
    r"(?:(?!(?P=led)\s)[^,.;:!?()\n…]){2,40}?(?:\s*(?:,|…|\.{2,}|\s-)[\s,….]*|\s+(?=(?:euh |ah )*(?:non )?pardon))"
    r"(?:(?:euh|ah|oh|enfin)\W+)*(?:non(?:\W+pardon)?|pardon|rectif\w*|erreur|je (?:corrige|rectifie"
    r"|(?:me )?reprends))[\s,:….]+"
    r"(?=(?P=led)\s(?!que\b|l[ea]s?\s[\w-]+\sc['’]est))",
    re.IGNORECASE,
)
# « vidange du 8 au 21 février. Enfin non, réouverture avancée, vidange du 8 au 18 »: the sentence is told again.
_TOLD_AGAIN = re.compile(
    r"\b(?P<noun>[a-zà-ÿ]{4,})(?P<between>(?:\s[a-zà-ÿ]{4,}){0,2}\s(?:du|le|à|au|de)\s)"
    r"(?P<old>[^.\n]{2,45}?)(?P<stop>\s*[.…]+\s*)(?:enfin|ah|euh)?\W*(?:non(?!\W+pas\b)|rectif\w*|erreur|pardon)[\s,:]+"
    r"(?P<news>[^.\n]{0,60}?\b(?P=noun)\s(?:du|le|à|au|de)\s(?P<new>[^,.;\n]{2,45}))",
    re.IGNORECASE,
)


def _again(match: re.Match[str]) -> str:
    said = match["news"][:1].upper() + match["news"][1:]
    return f"{match['noun']}{match['between']}{match['new']}{match['stop'].rstrip() or '.'} {said}"


def taken_back(text: str) -> str:
    """`text` with each thing that is taken back further on replaced by what is said instead."""
    text = _TOLD_AGAIN.sub(_again, _LED_AGAIN.sub("", text))
    place = 0
    while mark := _MARK.search(text, place):
        place = mark.end()
        found = _instead(text, mark)
        if found:
            text, place = found
    return text


def _instead(text: str, mark: re.Match[str]) -> tuple[str, int] | None:
    start = max(text.rfind("\n", 0, mark.start()) + 1, mark.start() - _REACH)
    before = text[start : mark.start()]
    sort, new = _sorted(text, mark)
    if new is None or _VOTES.search(new[0]):
        return None
    following = re.match(r"\s*(?:(?:le|la|les|l['’]|par|pour)\s?)?([^\W\d_]{4,})", text[new.end() :])
    old = _last(before, sort, new[0], following[1] if following else "")
    if old is None:
        return None
    said = _whole(sort, old[0], new[0])
    if (mark["led"] or "").strip() == "le" and not re.search(
        r"\b(?:le|du|au|ce)\s*$", before[: old.start()], re.IGNORECASE
    ):
        said = f"le {said}"
    end = new.end()
    if late := _LATE.match(text, end):
        end = late.end()
    if "(" in mark["open"] and text[end : end + 1] == ")":
        end += 1
    elif (reason := _REASON.match(text, end)) and has_verb(reason["told"]):
        end = reason.end()
    if re.search(r"\d", old[0]) and (why := re.compile(rf",\s*(?:le\s+)?{_number(old[0])}\b[^.;\n]*").match(text, end)):
        end = why.end()  # « …, le 4 c'est lundi »: why the first was wrong
    if following and sort == "figure" and following[1] in before[old.end() :]:
        end += following.end()
    rate = re.match(r"\s?/\s?[\w²]+", before[old.end() :])  # « 92 €/m², pardon 95 €/m² »
    if rate and text.startswith(rate[0], end):
        end += len(rate[0])
    head = text[: start + old.start()] + said + before[old.end() :]
    return head + text[end:], len(head)


def _number(told: str) -> str:
    found = re.search(r"\d+", told)
    return found[0] if found else ""


def _sorted(text: str, mark: re.Match[str]) -> tuple[str, re.Match[str] | None]:
    """The sort of what stands right after the words that take back, and what it is."""
    for sort, pattern in _SORTS:
        led = mark.start("led") if sort == "place" and mark["led"] else mark.end()
        if new := pattern.match(text, led):
            return sort, new
    if (mark["led"] or "").strip() == "le" and (new := _DAY_ALONE.match(text, mark.end())):
        return "date", new
    return "bare", _BARE.match(text, mark.end())


def _last(before: str, sort: str, new: str, word: str = "") -> re.Match[str] | None:
    """The last thing of this sort that was said, of the same `word` if one is; a bare figure takes back a figure."""
    pattern = dict(_SORTS)[{"bare": "figure", "date": "day"}.get(sort, sort)]
    held = list(pattern.finditer(before))
    if sort in ("figure", "bare"):
        held = [match for match in held if not _timed(before, match)]
    if sort == "figure":  # chairs do not take back tables
        same = [match for match in held if _unit(match[0]) == _unit(new)]
        alone = re.search(rf"{_COUNT}[\s.…]*$", before)  # « 23 400... pardon 24 300 € »
        if not same and alone and len(re.sub(r"\D", "", alone[0])) > 2:
            return re.search(rf"{_COUNT}(?=[\s.…]*$)", before)
        named = [match for match in same if word and re.match(rf"\s*(?:\w{{1,4}}\s)?{word}\b", before[match.end() :])]
        held = named or same
    return held[-1] if held else None


def _unit(figure: str) -> str:
    unit = re.sub(rf"^{_COUNT}\s?", "", figure.lower())
    return "€" if unit.startswith(("€", "euro")) else unit.rstrip("s")


def _timed(before: str, match: re.Match[str]) -> bool:
    """Is a figure part of a date, an hour or an age?"""
    return bool(re.search(rf"{MONTH}|\b(?:h|heures?|ans|et|au|à|ou)\b", match[0], re.IGNORECASE)) or bool(
        re.search(r"\b(?:le|n°|numéro)\s*$", before[: match.start()], re.IGNORECASE)
    )


def _whole(sort: str, old: str, new: str) -> str:
    """What is said instead, with the month, the unit or the year that only the first version told."""
    if sort == "bare":
        return new + re.sub(rf"^{_COUNT}", "", old)
    if sort == "date":  # « mardi 4 janvier… non, le 5 »: the day of the week is no longer known
        return new + re.sub(rf"^(?:{WEEKDAY}\s+)?{_NUMBER}", "", old, flags=re.IGNORECASE)
    if sort in ("day", "days") and not re.search(rf"{MONTH}|/", new, re.IGNORECASE):
        month = re.search(rf"\s{MONTH}(?:\s+\d{{4}})?$", old, re.IGNORECASE)
        return new + (month[0] if month and re.search(r"\d$", new) else "")
    if sort in ("day", "days", "span") and not re.search(r"\d{4}$", new) and (year := re.search(r"\s\d{4}$", old)):
        return new + year[0]
    return new
