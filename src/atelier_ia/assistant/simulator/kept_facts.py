"""The facts of a mail that a reply does not say yet (amounts, dates, places, references, names): listed once."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import (
    AMOUNT,
    DATE,
    HOUR,
    PLACE,
    SINCE,
    WEEKDAY,
    clean,
    join_and,
    lower_first,
)
from atelier_ia.assistant.simulator.mail import Mail
from atelier_ia.assistant.simulator.taking_up import confidential, own_names
from atelier_ia.assistant.simulator.unfit_words import lives_on, repeatable
from atelier_ia.assistant.words import fold

MOST = 4  # facts listed
LONG = 10  # sentences from which only those that the reply takes up give their figures

REFERENCE = re.compile(
    r"\b(?:[Ee]mplacement|[Tt]ombe|[Cc]oncession|[Cc]aveau|[Cc]ase) (?:n° ?)?[A-Z]{1,2}[- ]?\d{1,4}\b"
    r"|\b[Cc]arr[ée] [A-Z0-9]{1,2}\b(?:,? (?:rang|emplacement|tombe|n°) ?\d+)*|\bPC \d{3}(?: [\dA-Zx]+){1,3}\b"
    r"|\b[A-Z]{2,4}(?:[-/ ]\d{2,}|[-/][A-Z0-9]*\d[A-Z0-9]*)(?:[-/][A-Z0-9]+)*\b(?! ?(?:€|euros))"
    r"|(?<=n° )[\dA-Z][\dA-Z/-]{4,}\b|(?<=numéro )\d{5,}\b|\b(?:ligne|bus|parcelle) [A-Z]{0,2} ?\d{1,4}\b"
)
_PLATE = re.compile(r"[A-Z]{2}[- ]?\d{3}[- ]?[A-Z]{2}")
_NO_PLACE = re.compile(r"\b(?:crottes?|poubelles?|ordures|honte|noël|la trésorerie|place à)\b", re.IGNORECASE)
_STOP = re.compile(r"\barr[êe]t (?:de (?:bus|car) )?[\"“«]?\s?([A-ZÀ-Ý][\wà-ÿ’'-]+(?:[ -][A-ZÀ-Ý][\wà-ÿ’'-]+)*)")
_DISTANCE = re.compile(  # « à 200 m de la chapelle »
    r"\bà (\d+(?:[.,]\d+)? ?(?:m|km|mètres|kilomètres)) (d(?:e la |e l['’]|u |es |e mon |['’]une? )[a-zà-ÿ-]{4,}"
    r"(?: (?:classée?|inscrite?|protégée?)\b| [A-ZÀ-Ý][\wà-ÿ-]+)?)"
)
_MEASURE = re.compile(
    r"\b\d+(?:[.,]\d+)?(?:\s?[x×]\s?\d+(?:[.,]\d+)?)?\s?(?:m²|m2|m³|m3|mètres?(?: carrés| cubes)?|m|cm|km|kg"
    r"|litres?)(?!\w)"
)
_COUNT = re.compile(
    r"\b(?:\d{1,4}|une? (?:[a-z]+aine)|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente)"
    r" (?:d['’]|de )?(?:personnes?|adh[ée]rente?s?|enfants|[ée]l[èe]ves|licenci[ée]e?s|membres|invit[ée]s"
    r"|convives|tables|chaises"
    r"|bancs|barri[èe]res|familles|foyers|riverains?|logements?|exemplaires?|places|coureurs|participants?|repas)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?:\b(?:en|de|vers|depuis) )(1[5-9]\d\d(?: (?:ou|et|à) (?:1[5-9]|20)\d\d)?)\b(?! ?(?:€|euros|personnes|m))"
)
_WEEKDAY = re.compile(
    rf"\b{WEEKDAY}s?\b(?: (?:matin|soir|après-midi))?(?: \d{{1,2}}\b(?! ?h))?(?:(?: et "
    rf"|, ){WEEKDAY}\b(?: \d{{1,2}}\b(?! ?h))?)*"
    r"(?! (?:dernier|prochain))"
)


_DAY_FIRST = re.compile(rf"(?:{WEEKDAY} )?(?:\d|1er\b)", re.IGNORECASE)
_GONE = re.compile(r"\bderni[eè]re?s?\b|\bhier\b|\bce matin\b", re.IGNORECASE)  # told beside what happened, or useless


def kept_facts(mail: Mail, reply: str) -> str:
    """One sentence that says the facts of a mail that `reply` leaves out; '' when it leaves none out."""
    if confidential(mail) or any(subject.procedure.senders for subject in mail.subjects):
        return ""
    text = "\n".join(sentence for sentence in mail.told if not lives_on(sentence))
    said = _bare(reply)
    found: list[tuple[str, str, list[str]]] = []
    done: set[str] = set()

    def add(one: str, several: str, items: list[str], most: int = 2) -> None:
        kept: list[str] = []
        for item in dict.fromkeys(clean(item) for item in items):
            bare = _bare(item)
            if item and repeatable(item) and bare not in said and not any(bare in one for one in done):
                kept.append(item)
                done.add(bare)
        if kept:
            found.append((one, several, kept[:most]))

    dateless = DATE.sub(" ", text)
    places = mail.facts.places
    add("l’arrêt", "les arrêts", _STOP.findall(text), 1)
    add("le nom", "les noms", own_names(text))
    add("la référence", "les références", [ref for ref in REFERENCE.findall(dateless) if not _PLATE.match(ref)])
    add("le lieu", "les lieux", [place for place in places if not _NO_PLACE.search(place)])
    dates = [date for date in mail.facts.dates if not _GONE.search(date)]
    add("la date", "les dates", [lower_first(day) for day in dates], 3)
    if not dates:
        add("la durée indiquée", "les durées indiquées", SINCE.findall(text), 1)
        if len(mail.told) <= LONG:
            add("le jour indiqué", "les jours indiqués", _WEEKDAY.findall(text), 1)
    text = text if len(mail.told) <= LONG else "\n".join([*(one.sentence for one in mail.subjects), *mail.requests])
    dateless = DATE.sub(" ", text)
    add("l’horaire", "les horaires", [match[0] for match in HOUR.finditer(text)], 1)
    add("le montant", "les montants", AMOUNT.findall(text))
    add("la distance", "les distances", [f"{match[1]} {match[2]}" for match in _DISTANCE.finditer(text)], 1)
    add("la dimension", "les dimensions", _MEASURE.findall(AMOUNT.sub(" ", PLACE.sub(" ", _DISTANCE.sub(" ", text)))))
    add("l’effectif", "les effectifs", _COUNT.findall(text), 2)
    add("l’année", "les années", _YEARS.findall(dateless), 1)
    parts = []
    left = MOST
    for one, several, items in found:
        items = items[:left]
        left -= len(items)
        if items:
            parts.append(_named(several if len(items) > 1 else one, items))
    return f"Nous avons bien noté {join_and(parts)}." if parts else ""


def _named(what: str, items: list[str]) -> str:
    """« la date du 14 mars », « l'adresse du 6 allée des Pins », « le montant de 120 € », « le lieu (la halle) »."""
    if what in ("la date", "les dates") and all(_DAY_FIRST.match(item) for item in items):
        return f"{what} {join_and([f'du {item}' for item in items])}"
    if what == "le lieu" and items[0][:1].isdigit():
        return f"l’adresse du {items[0]}"
    if what in ("le montant", "l’horaire") and items[0][:1].isdigit():
        return f"{what} de {items[0]}"
    if what.endswith(("référence", "références", "arrêt")):
        return f"{what} {join_and(items)}"
    return f"{what} ({join_and(items)})"


def _bare(text: str) -> str:
    """A text in which the same fact is always written the same way."""
    text = re.sub(r"(\d)[\s.\u00a0\u202f](?=\d{3}\b)", r"\1", fold(text))
    text = re.sub(r"\s*euros?\b|\s*€", "€", text)
    return re.sub(r"\s+|[\"«»]", "", text.replace("m2", "m²"))
