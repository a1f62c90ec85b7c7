"""Which days and places of a request are the arrêté's own, why it is taken, who puts the signs: read from the notes."""

from __future__ import annotations

import re
from dataclasses import replace

from atelier_ia.assistant.simulator.french import CHECK, MONTH, Facts, loose_sentences
from atelier_ia.assistant.simulator.order_measures import decides

UNKNOWN_SIGNS = f"{CHECK} (service ou demandeur)"

# What is told of the request, not of what it asks for.
_OF_THE_REQUEST = re.compile(
    r"\b(?:demande (?:reçue|déposée|faite|arrivée|datée|transmise)|reçue? le|courrier d[ue]|mail d[ue]|courriel d[ue]"
    r"|signature|à signer|signé|avis (?:du|rendu)|délibération du|séance du|convocation|réunion du|constat(?:é"
    r"|ation)? (?:du|le)"
    r"|visite du|en date du|daté\w* du|passage du)\b",
    re.IGNORECASE,
)
_WAY_ROUND = re.compile(r"\b(?:dévi\w+|itinéraire|contourn\w+|par la|par l['’]|via)\b", re.IGNORECASE)
_REASON = re.compile(
    r",?\s+(?P<why>(?:suite (?:à|aux?)|en raison d|à cause d|compte tenu d|du fait d|à la suite d)[^.;\n]{8,})",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"\b(?:panneaux?|signalisation|barrières?|balisage)\b[^.;\n]{0,40}?\b(?:posée?s?|mise?s? en place"
    r"|installée?s?|fournie?s?"
    r"|à (?:la )?charge)\s+(?:par\s+|de\s+|d['’]\s?)(?P<who>(?:la |le |les |l['’])?[^.,;()\n\d]{3,45}?)"
    r"(?=\s*(?:[.,;()\n]|$|\d|\b(?:avant|le|la veille|chaque|du|dès|à partir|au moins|en amont|sous|pour|et|puis)\b))",
    re.IGNORECASE,
)


# « L'an dernier une haie avait brûlé square des Acacias. »: why, elsewhere and before.
_PAST = re.compile(r"\b[Ll]['’]an(?:née)? (?:dernier|dernière|passée?)\b|\bavai(?:t|ent) (?:été )?[a-zà-ÿ]+é")


def _told_elsewhere(place: str, sentences: list[str]) -> bool:
    """Is a place named by a sentence that tells nothing of the past?"""
    return any(place in one and not _PAST.search(one) for one in sentences)


def own_facts(told: Facts, source: str) -> Facts:
    """`told` without the days of the request itself, nor the ways by which traffic goes round; never without any."""
    sentences = [part for line in source.split("\n") for part in loose_sentences(line)]

    def own_day(day: str) -> bool:
        held = [one for one in sentences if day in one]
        return not held or any(not _OF_THE_REQUEST.search(one[: one.index(day)][-60:]) for one in held)

    def own_place(place: str) -> bool:
        held = [one for one in sentences if place in one]
        return not held or any(not _WAY_ROUND.search(one[: one.index(place)]) for one in held)

    past = [one for one in sentences if _PAST.search(one)]
    told = replace(
        told, places=tuple(p for p in told.places if not any(p in one for one in past) or _told_elsewhere(p, sentences))
    )
    dates = tuple(day for day in told.dates if own_day(day))
    places = tuple(place for place in told.places if own_place(place))
    return replace(told, dates=dates or told.dates, places=places or told.places)


def spanned(dates: tuple[str, ...], source: str) -> tuple[str, ...]:
    """« 1er mars », « 31 octobre » → « du 1er mars au 31 octobre » where the notes say so."""
    found: list[str] = []
    for day in dates:
        before = found[-1] if found else ""
        span = before and re.search(
            rf"\b[Dd]u\s+{re.escape(before)}(?:,?\s+\d{{1,2}}\s?h(?:\s?\d\d)?)?\s+au\s+{re.escape(day)}", source
        )
        if span:
            found[-1] = f"du {before} au {day}"
        else:
            found.append(day)
    return tuple(found)


def reasons_apart(source: str) -> str:
    """« limiter à 30 la rue Haute, suite aux plaintes » → « limiter à 30 la rue Haute. Suite aux plaintes »."""
    found = []
    for line in source.split("\n"):
        why = _REASON.search(line)
        if why and decides(line[: why.start()]) and not re.search(rf"\d\s?h\b|{MONTH}", why["why"]):
            told = why["why"]
            line = f"{line[: why.start()]}. {told[:1].upper()}{told[1:]}{line[why.end() :]}"
        found.append(line)
    return "\n".join(found)


def signs_by(source: str) -> str:
    """Who puts the signs, as the notes say; '' when they do not."""
    match = _SIGNS.search(source)
    return match["who"].strip() if match else ""
