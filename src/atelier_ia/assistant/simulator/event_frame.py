"""When, at what time and where what is announced takes place, and whether it is put off or cancelled."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from atelier_ia.assistant.simulator.french import (
    DATE,
    HOUR,
    Facts,
    clean,
    facts,
    join_and,
    loose_sentences,
    lower_first,
)
from atelier_ia.assistant.words import fold

LONG = 40  # words of a sentence whose first hour may be of anything
LISTED = re.compile(r"^\s*(?:[-–—*•]|(?:[A-Ha-h]|\d{1,2})[.)])\s")


@dataclass(frozen=True)
class Frame:
    """What is said together of what is announced; `status` is « reporté », « annulé »… as the notes write it."""

    when: str = ""
    hours: str = ""
    place: str = ""
    status: str = ""
    moved: bool = False  # to the day that `when` gives


_STATUS = re.compile(
    r"\b(?P<status>reportée?s?|annulée?s?|décalée?s?|déplacée?s?|avancée?s?)\b(?!\s(?:si|en cas"
    r"|quand)\b)",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:si|en cas|pas|serait|pourrait|sinon|peut être|risque)\b", re.IGNORECASE)
_NOT_HELD = re.compile(
    r"\b(?:ne pourra(?:nt)? (?:pas )?(?:avoir lieu|se (?:jouer|tenir|dérouler))(?: pas)?"
    r"|ne pourra(?:nt)? pas (?:avoir lieu"
    r"|se (?:jouer|tenir|dérouler))|n['’]aur(?:a|ont) pas lieu)\b",
    re.IGNORECASE,
)
_NEW_DAY = re.compile(
    r"\b(?:report[ée]\w*|décal\w+|déplac\w+|avanc\w+|remise?s?|nouvelles? dates?)\b[^.!?\n]{0,60}?"
    rf"(?P<day>{DATE.pattern})(?P<rest>[^.!?\n]*)",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(r"passage\b.*\b[A-Z]{2}")  # « passage de UX à UB », « passage GS-CP »
_SAME_PLACE = re.compile(r"\bmême (?:lieu|endroit|salle|adresse|place)\b", re.IGNORECASE)


def without_status(title: str) -> str:
    """A title without « reporté » or « annulé », which are told of it apart."""
    return re.split(r"\s(?:(?:est|sont|sera|seront) )?" + _STATUS.pattern, title, maxsplit=1, flags=re.IGNORECASE)[0]


_SITE = (
    r"(?:maison|salle|foyer|centre|espace|école|gymnase|médiathèque|auditorium|halle|local|ateliers|jardins?|boulodrome"
    r"|caserne|ferme|moulin|théâtre|cinéma)"
)
_PART = r"(?:cour|hall|parvis|jardin|parking|préau|terrain|parvis)"
_WAY = r"(?:\d{1,4}(?:\s(?:bis|ter))?,?\s)?(?:rue|avenue|allée|chemin|boulevard|place|quai|impasse|route)\b"


def _whole_place(place: str, told: Facts, source: str) -> str:
    """« 4 rue Haute » → « maison des jeunes, 4 rue Haute »; « école Pasteur » → « cour de l'école Pasteur »."""
    if not place:
        return ""
    named = re.escape(place)
    if part := re.search(rf"\b{_PART} (?:de la |de l['’]|du ){named}", source, re.IGNORECASE):
        return lower_first(part[0])
    if re.match(_WAY, place, re.IGNORECASE):
        site = re.search(rf"\b(?P<site>{_SITE}\b[^.,;:\n\d]{{0,45}}?),?\s{named}", source, re.IGNORECASE)
        return f"{site['site']}, {place}" if site else place
    way = next(
        (one for one in told.places if re.match(_WAY, one) and re.search(rf"{named},?\s{re.escape(one)}", source)), ""
    )
    return f"{place}, {way}" if way else place


def _status(source: str) -> str:
    """« reporté », « annulée »… when the first sentences say so of what is announced."""
    opening = loose_sentences(source)[:3]
    for place, sentence in enumerate(opening):
        for match in _STATUS.finditer(sentence):
            own = place == 0 or re.match(
                r"\W*(?:il|elle|ils|elles|cet?t?e? \w+|reporté|annulé)\b", sentence, re.IGNORECASE
            )
            if (own or len(sentence.split()) <= 12) and not _IF.search(sentence[: match.end()][-40:]):
                return match["status"].lower()
    return "annulé" if opening and _NOT_HELD.search(opening[0]) else ""


def framed(told: Facts, source: str) -> Frame:
    """The frame of what `source` announces: said together, or the only ones there are."""
    told = replace(told, places=tuple(place for place in told.places if not _NO_PLACE.match(place)))
    when, hours, place = _framed(told, source)
    place = _whole_place(place or _spot(source, when), told, source)
    status = _status(source)
    if not status:
        return Frame(when, hours, place)
    moved = _NEW_DAY.search(source)
    if not moved:
        return Frame(when, hours, place, status)
    rest = moved["rest"]
    new_place = _place(facts(rest), rest) or _spot(rest, "")
    hour = HOUR.search(rest)
    kept = place if _SAME_PLACE.search(source) or len(told.places) <= 1 else ""
    return Frame(clean(moved["day"]), clean(hour[0]) if hour else "", new_place or kept, status, moved=True)


# « jardin du presbytère », « hall de la mairie », « ludothèque Les Petits Pions »: a place without a name of its own
_SPOT = re.compile(
    r"(?:\A\s*|\n\s*(?:-\s)?|[.]\s|\b)(?:(?<=[\n\s.-])(?=halle|gymnase|salle|foyer|stade|parvis)|dans (?:le|la"
    r"|l['’])|au|à la|à l['’]|sur l[ea]|,|\d\s?h(?:\s?\d\d)?,?)\s*(?P<spot>(?:déchèterie"
    r"|déchetterie|jardin|parking|hall|auditorium"
    r"|cour|préau|ludothèque|médiathèque|bibliothèque|salle|parvis|foyer|gymnase|halle|stade|piscine|théâtre"
    r"|cinéma|local|maison|aire|terrain|square|place|parc|ateliers)"
    r"(?:\s(?:de la\s|de l['’]|du\s|des\s|de\s|d['’])(?!\d+(?!er|e\b))[\wÀ-ÿ-]+(?:\s(?-i:[A-ZÀ-Ý])[\wÀ-ÿ'’-]+)*"
    r"|\s(?-i:[A-ZÀ-Ý])[\wÀ-ÿ'’-]+(?:\s(?-i:[A-ZÀ-Ý])[\wÀ-ÿ'’-]+)*))",
    re.IGNORECASE,
)


def _spot(source: str, when: str) -> str:
    """The only such place, or the one that is said with the day; '' when there is none."""
    found = list(dict.fromkeys(clean(match["spot"]) for match in _SPOT.finditer(source)))
    said = next((part for part in loose_sentences(source) if when and when in part and _SPOT.search(part)), "")
    with_day = _SPOT.search(said)
    if with_day or len(found) == 1:
        return clean(with_day["spot"]) if with_day else found[0]
    known = next((match for part in loose_sentences(source)[:2] if (match := _KNOWN_SITE.search(part))), None)
    return clean(known["site"]) if known and not found else ""


# « à la médiathèque », « en mairie »: the only one of its sort in the town
_KNOWN_SITE = re.compile(
    r"\b(?:à la |au |à l['’]|en |devant la |devant l['’])(?P<site>médiathèque|bibliothèque|mairie|ludothèque|piscine"
    r"|déchèterie|gymnase"
    r"|cinéma|théâtre|hôtel de ville|cimetière|stade|église|CCAS)\b(?! d[eu]\b)",
    re.IGNORECASE,
)
_ABOUT = r"\b(?:sur|concernant|réaménagement de|travaux de|avenir de|projet de)\s+(?:la\s+|le\s+|l['’])?"


def _place(told: Facts, source: str) -> str:
    """Where: the first place named after the date (« réunion sur la rue des Vignes, le 18 mars, école du Lavoir »)."""
    dated = source.find(told.dates[0]) if told.dates else -1
    after = [place for place in told.places if dated >= 0 and source.find(place) > dated]
    before = [place for place in told.places if not re.search(_ABOUT + re.escape(place), source)]
    return next(iter([*(after if not before else []), *before, *told.places]), "")


_DEADLINE = re.compile(
    r"(?:\bavant|\bd['’]ici|\bdepuis|\bau plus tard|\brendre|\bn[ée]e?s?(?: (?:le|en|avant|après))?"
    r"|\bjusqu['’])\s*(?:le\s|au\s|du\s)?\s*$"
    # « arrêté n° 2026-211 du 2 décembre »: the day of an act
    r"|\b(?:arrêté|délibération|délib|loi|décret|courrier|circulaire|avis|vote|élections?)\b[^.,;:\n]{0,45}\bdu\s*$",
    re.IGNORECASE,
)


def _own_dates(text: str) -> list[str]:
    """The days of a text, without its deadlines."""
    return [
        clean(day[0])
        for day in DATE.finditer(text)
        if not _DEADLINE.search(text[max(0, day.start() - 70) : day.start()])
    ]


def _framed(told: Facts, source: str) -> tuple[str, str, str]:
    """(when, at what time, where) of what is announced: said together, or the only ones there are."""
    hours = [hour for hour in told.hours if not re.search(r"\b(?:24|48|72)\s?(?:h|heures)\b", hour)]
    parts = loose_sentences(source)
    dated = [part for part in parts if _own_dates(part)]
    if not dated:
        spoken = re.search(
            r"\b(?:du\s+\d{1,2}\s+au\s+\d{1,2}\s+\w+|ce (?:week-end|soir|samedi|dimanche))", source, re.IGNORECASE
        )
        if spoken or not told.dates:
            return spoken[0] if spoken else "", _between(hours[0], source) if hours else "", _place(told, source)
        limit = re.search(rf"(?:{_DEADLINE.pattern[:-1]})(?:{DATE.pattern})", source, re.IGNORECASE)
        return clean(limit[0]) if limit else told.dates[0], "", told.places[0] if len(told.places) == 1 else ""
    several = [part for part in dated if HOUR.search(part)]
    if len(several) >= 2 and len({day for part in several for day in _own_dates(part)[:1]}) >= 2:
        if several[0] is dated[0] and not LISTED.match(several[0]):
            return _own_dates(dated[0])[0], _said_with(hours, several[0]), _place(facts(several[0]), several[0])
        return ", ".join(dict.fromkeys(_own_dates(part)[0] for part in several)), "", ""
    days = [day for part in dated for day in _own_dates(part)]
    alone = len({_day_month(day) for day in [*days, *told.dates]}) == 1
    first = max((day for day in days if _day_month(day) == _day_month(days[0])), key=len)
    # What is said with the day; failing that, the only hour or place there is.
    hour = _said_with(hours, dated[0]) or (hours[0] if alone and len(hours) == 1 else "")
    place = _place(facts(dated[0]), dated[0]) or _spot(dated[0], first)
    if not place and (len(told.places) == 1 or (alone and not _several_places(told, parts))):
        place = _place(told, source)
        place = place if any(place in part for part in parts[:4]) else ""
    if listed := _days_listed(dated[0]):
        return *listed, place
    return _span(first, source), _between(hour, source), place


def _several_places(told: Facts, parts: list[str]) -> bool:
    """Does one sentence list places (« rues concernées : … »), none of which is the place?"""
    return any(sum(place in part for place in told.places) >= 2 for part in parts)


_DAY_HOURS = re.compile(rf"(?P<day>{DATE.pattern})[\s,:]*(?:,\s)?(?P<hours>{HOUR.pattern})", re.IGNORECASE)


def _days_listed(sentence: str) -> tuple[str, str] | None:
    """« samedi 12 décembre de 10 h à 20 h et dimanche 13 décembre de 10 h à 18 h » → both days, each with its hours."""
    found = list(_DAY_HOURS.finditer(sentence))
    if len(found) < 2 or len({_day_month(one["day"]) for one in found}) < 2:
        return None
    if re.search(r"\bau\s*$", sentence[: found[1].start()]):
        return f"du {_timed(found[0])} au {_timed(found[1])}", ""
    if len({one["hours"] for one in found}) == 1:
        return join_and([clean(one["day"]) for one in found[:4]]), clean(found[0]["hours"])
    return join_and([_timed(one) for one in found[:4]]), ""


def _timed(match: re.Match[str]) -> str:
    return f"{clean(match['day'])} {clean(match['hours'])}"


def _span(day: str, source: str) -> str:
    """« 1er juillet » → « du 1er juillet au 31 août 2029 » where the notes say so."""
    span = re.search(rf"(?:\bdu\s+)?{re.escape(day)}\s+au\s+(?:{DATE.pattern})", source, re.IGNORECASE)
    return (span[0] if span[0].lower().startswith("du ") else f"du {span[0]}") if span else day


def _day_month(day: str) -> str:
    """« samedi 8 mai 2027 » → « 8 mai »."""
    return " ".join(re.findall(r"\b(?:1er|\d{1,2})\b|[a-zà-ÿ]{3,}(?=\s+\d{4}$|$)", fold(day)))


def _between(hours: str, source: str) -> str:
    return f"entre {hours}" if hours and f"entre {hours}" in source else hours


def _said_with(hours: list[str], sentence: str) -> str:
    """The hour that follows the day, else the first of a sentence that is no list of them."""
    day = DATE.search(sentence)
    after = sentence[day.end() : day.end() + 40] if day else ""
    if noon := re.match(r"\W*(?:à\s)?(?P<noon>midi|minuit)\b", after):
        return noon["noon"]
    near = next((hour for hour in hours if hour in after), "")
    return near or next((hour for hour in hours if hour in sentence and len(sentence.split()) <= LONG), "")
