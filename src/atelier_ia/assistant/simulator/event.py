"""Read the announcement of an event: what, when, where, for whom, at what price. What is missing stays missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier_ia.assistant.simulator.event_frame import LISTED, framed
from atelier_ia.assistant.simulator.event_price import price_told
from atelier_ia.assistant.simulator.event_titles import ORDERED, title_of
from atelier_ia.assistant.simulator.french import (
    DATE,
    HOUR,
    PLACE,
    Facts,
    clean,
    facts,
    loose_sentences,
    lower_first,
    upper_first,
)
from atelier_ia.assistant.simulator.injections import without_orders
from atelier_ia.assistant.simulator.layout_words import looks
from atelier_ia.assistant.simulator.publishable import publishable, without_held
from atelier_ia.assistant.simulator.register import formal, without_lead
from atelier_ia.assistant.words import fold

_SENT = re.compile(
    r"^\s*(?:\((?:transmis|envoyé|reçu|de la part)[^)\n]*\)\s*|(?:de|à|a|cc)\s*:\s[^\n]*(?:\n"
    r"|$))",
    re.IGNORECASE | re.MULTILINE,
)
_AUDIENCE = re.compile(
    r"\b(?:tout public|en famille|familial\w*|(?:dès|à partir de|pour les)\s+(?:\d+\s*(?:à\s*\d+\s*)?ans"
    r"|enfants|seniors|jeunes|adolescents|familles|habitants|"
    r"plus de \d+ ans|aînés|ados|parents|élèves|adultes|débutants|collégiens|lycéens|étudiants|retraités"
    r"|assistantes maternelles"
    r"|personnes|tout-petits|bébés|demandeurs d['’]emploi)\b[^.,;\n]{0,30}|réservée? aux [^.,;\n]{3,40}"
    r"|ouverte? à tous|adultes)",
    re.IGNORECASE,
)
_BOOKING = re.compile(
    r"\b(?:inscri\w+|réserv(?:ation|er|ez|é)\w*|résas?\b|sans rendez-vous|sur rendez-vous|billetterie"
    r"|renseignements?|contact)\b",
    re.IGNORECASE,
)
MAX_CHARACTERS = 8_000  # an announcement is short; what comes after is left aside
_PHONE = re.compile(r"\b0\d(?:[ .]?\d{2}){4}\b")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,100}\.\w+")
_SITE = re.compile(r"\b(?:https?://|www\.)[^\s,;)]+")


_FOR_WRITER = re.compile(
    r"\W*(?:mettre|mettez|mets|prévoir|prévoyez|utiliser|illustrer|illustrez|joindre|ajouter|reprendre)\b[^.!?]*?"
    r"\b(?:photos?|images?|visuels?|logos?|illustrations?|vidéos?)\b",
    re.IGNORECASE,
)


_SLOGAN = re.compile(
    r"(?:^|(?<=[.!?,;]\s)|(?<=\n))\W*(?:(?:le |avec le |avec |pour le |comme )?(?:slogan|accroche"
    r"|phrase d['’]accroche)(?: possible| proposée?| souhaitée?)?\s*(?:[:=]|ce serait"
    r"|serait|c['’]est|est|on (?:aimerait|voudrait|pensait à)"
    r"|suivante?)*\s*)[«\"“]\s*(?P<slogan>[^»\"”\n]{3,120}?)\s*[»\"”]\s*[.!]?",
    re.IGNORECASE,
)
# What is announced is no gathering: nobody looks for its hour, nor for its place when it bears on a service.
_NOTICE = re.compile(
    r"\b(?:ferme\w*|fermetures?|coupures?|travaux|barree?s?|collectes? (?:des|d')|horaires?|interdi\w+|perturb\w+"
    r"|suspen\w+"
    r"|reouv\w+|rouv\w+|enquete|recensement|inscriptions?|concours|vote|sondage|alerte|vigilance|verglas|neige"
    r"|rappel|recrut\w+"
    r"|offre d'emploi|appel a|distribution|campagne|devi\w+|stationnement|report\w*|annul\w+|nouveau\w*|change\w*)\b"
)


@dataclass(frozen=True)
class Event:
    """One event, as announced; an empty field was not announced."""

    title: str
    when: str
    hours: str
    place: str
    price: str
    audience: str
    booking: str
    contact: str
    details: tuple[str, ...]
    facts: Facts
    source: str = ""
    status: str = ""  # « reporté », « annulé »
    moved: bool = False  # to the day that `when` gives
    slogan: str = ""
    look: tuple[str, ...] = ()  # how it is to look, in the words of the notes

    @property
    def errands(self) -> list[str]:
        """What is asked of the person who publishes (« Mettre la photo de la boîte »)."""
        return [*self.look, *(detail for detail in self.details if _FOR_WRITER.match(detail))]

    @property
    def notice(self) -> bool:
        """Is it news of a service rather than a gathering with an hour of its own?"""
        return bool(_NOTICE.search(fold(f"{self.title} {' '.join(self.details[:1])}")) or self.status)

    @property
    def missing(self) -> list[str]:
        """What a reader would look for and not find, in French."""
        if self.notice:
            return [] if self.when or self.facts.dates or self.facts.since else ["la date"]
        needs = (
            ("la date", self.when or self.facts.dates),
            ("l'heure", self.hours or self.facts.hours or self.when.startswith("du ")),
            ("le lieu", self.place or self.facts.places),
        )
        return [name for name, value in needs if not value]


def read_event(source: str) -> Event:
    """What the announcement `source` says."""
    source = publishable(without_orders(source[:MAX_CHARACTERS])[0])
    source = re.sub(r"(?<=[a-zà-ÿ]{4})\.\s*,\s*", ". ", _SENT.sub("", without_lead(formal(source))))
    slogan = _SLOGAN.search(source)
    source = _SLOGAN.sub("", source) if slogan and len(source) - len(slogan[0]) > 40 else source
    told = facts(source)
    title = title_of(source)
    contact = " ; ".join(
        dict.fromkeys(match[0].rstrip(".") for pattern in (_PHONE, _MAIL, _SITE) for match in pattern.finditer(source))
    )
    frame = framed(told, source)
    sentences = _joined(_details(source, title))
    look = tuple(sentence for sentence in sentences[1:] if looks(sentence))
    details = tuple(sentence for sentence in sentences if sentence not in look)
    return Event(
        title=title,
        when=frame.when,
        hours=frame.hours,
        place=frame.place,
        price=price_told(source),
        audience=_audience(source),
        booking=next((clean(sentence) for sentence in details if _BOOKING.search(sentence)), ""),
        contact=contact,
        details=details,
        facts=told,
        source=source,
        status=frame.status,
        moved=frame.moved,
        slogan=clean(slogan["slogan"]) if slogan else "",
        look=look,
    )


_DAY_ALONE = re.compile(
    rf"(?:le |du |les )?(?:{DATE.pattern})(?:[\s,–-]|(?:au|et|de|à)\b|{DATE.pattern}|{HOUR.pattern})*\.?",
    re.IGNORECASE,
)
_PLACE_ALONE = re.compile(rf"(?:(?:à|au|dans)\s(?:la |le |l['’])?)?(?:{PLACE.pattern})(?:,?\s(?:{PLACE.pattern}))?\.?")


def _joined(told: list[str]) -> list[str]:
    """« Samedi 12 mai, 15 h. » and « Place de la Halle. », each on a line of its own: one sentence."""
    found: list[str] = []
    for sentence in told:
        if found and _PLACE_ALONE.fullmatch(sentence) and _DAY_ALONE.fullmatch(found[-1]):
            found[-1] = f"{found[-1].rstrip('. ')}, {lower_first(sentence)}"
        else:
            found.append(sentence)
    return found


def _audience(source: str) -> str:
    """For whom it is; what a price is for (« gratuit pour les enfants ») says nothing of it."""
    for match in _AUDIENCE.finditer(source):
        before = re.split(r"[.;,\n(]", source[: match.start()][-60:])[-1]
        if not re.search(r"gratuit|€|euro|tarif|réduit|entrée|exposant", before, re.IGNORECASE):
            return clean(match[0])
    return ""


_POLITE = re.compile(
    r"\W*(?:bonjour\b|cordialement\b|objet\b|merci\b(?! (?:aux |a (?:tou[ts]e?s? les?|nos|l'|la|ceux|celles"
    r"|chacun) ?\w)|(?: (?:pour|a))? \w+ \w+ \w+ \w+)(?! (?:de|d')\s?(?!relayer|publier|diffuser|transmettre|passer)))"
)


def _details(source: str, title: str) -> list[str]:
    """The sentences of the announcement, without list labels, greetings or notes to oneself."""
    kept = []
    for written in loose_sentences(source):
        if _SENT.match(written) or not (written := without_held(written)):
            continue  # what the poster must not say is left out of it
        bare = ORDERED.sub("", written, count=1).strip()
        sentence = upper_first(bare) if bare != written and len(bare.split()) >= 2 else written
        folded = fold(sentence)
        if re.match(r"\W*(?:sinon|parce qu|car)\b", folded) and not re.search(r"\d", folded):
            continue  # why, left alone by what went
        if _POLITE.match(folded) or clean(sentence) == clean(title):
            continue
        if re.search(r"\b(?:ignore|oublie)\w*\b[^.]{0,40}\b(?:consigne|instruction)", folded):
            continue
        bare = LISTED.sub("", sentence)
        kept.append(bare if _MAIL.match(bare) or _SITE.match(bare) else upper_first(bare))
    return kept
