"""Read the announcement of an event: what, when, where, for whom, at what price. What is missing stays missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier_ia.assistant.simulator.french import (
    DATE,
    HOUR,
    Facts,
    clean,
    facts,
    join_and,
    loose_sentences,
    upper_first,
)
from atelier_ia.assistant.simulator.injections import without_orders
from atelier_ia.assistant.simulator.publishable import publishable, without_held
from atelier_ia.assistant.simulator.register import formal, without_lead
from atelier_ia.assistant.words import fold

_SENT = re.compile(
    r"^\s*(?:\((?:transmis|envoyé|reçu|de la part)[^)\n]*\)\s*|(?:de|à|a|cc)\s*:\s[^\n]*(?:\n"
    r"|$))",
    re.IGNORECASE | re.MULTILINE,
)
_TITLE_LINE = re.compile(
    r"^\s*(?:titre|objet|événement|evenement|nom|quoi|intitulé)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE
)
_ANNOUNCED = re.compile(
    r"\b(?:organis(?:e|ent|ons|era|eront|ant)|propos(?:e|ent|ons|era)|accueill(?:e|ent|ons|era)|annonc(?:e"
    r"|ent|ons)|prépar(?:e|ent|ons)|"
    r"lanc(?:e|ent|ons|era)|célèbr(?:e|ent|era)|fête(?!\s+d[eu]|\s+des)(?:nt|ra)?|ouvr(?:e|ent|ira)|inaugur(?:e"
    r"|ent|era)|(?:vous\s+)?(?:invite|convie)(?:nt|ons)?[^.]{0,40}?\s(?:à|au|aux))\s+"
    r"((?:(?:un|une|le|la|les|l['’]|son|sa|ses|notre|nos|des|du|de la)\s*)?[^.,;:!?\n]{4,80}?)"
    r"(?=\s+(?:le|du|au|à partir|dès|ce|ces|samedi|dimanche|lundi|mardi|mercredi|jeudi|vendredi|de \d|à la|à "
    r"l['’]|sur|dans|pour|avec|en|place|salle)\b|[.,;:!?\n(]|$)",
    re.IGNORECASE,
)
_TAKES_PLACE = re.compile(
    r"^\W*((?:Le|La|Les|L['’]|Un|Une)?\s*[^.,;:!?\n]{4,80}?)\s+(?:aura lieu|auront lieu|se tiendra|se déroulera"
    r"|se tient|revient|débute|commence|est prévue?|est organisée?|a lieu|ouvre)",
    re.MULTILINE,
)
_PRICE = re.compile(
    r"\b(?:(?:entrée|participation|accès|animation)s?\s+(?:libre|gratuite?)s?(?:\s+et\s+(?:libre|gratuite?))?"
    r"|gratuite?s?|payant|tarifs?\s*:[^.\n]+|"
    r"(?<![\d,])(?<!\d\s)\d{1,3}(?:\s\d{3})*(?:,\d+)?\s?(?:€|euros?\b)(?:\s(?:moins de|le|la|les|par|pour|l['’]"
    r"|/)\s?[\wÀ-ÿ’'-]+(?:\s[\wÀ-ÿ’'-]+){0,2})?)",
    re.IGNORECASE,
)
_AUDIENCE = re.compile(
    r"\b(?:tout public|en famille|familial\w*|(?:dès|à partir de|pour les)\s+(?:\d+\s*(?:à\s*\d+\s*)?ans"
    r"|enfants|seniors|jeunes|adolescents|familles|habitants|"
    r"plus de \d+ ans|[a-zé]+s)[^.,;\n]{0,30}|réservée? aux [^.,;\n]{3,40}|ouverte? à tous|adultes)",
    re.IGNORECASE,
)
_BOOKING = re.compile(
    r"\b(?:inscri\w+|réserv\w+|résas?\b|sans rendez-vous|sur rendez-vous|billetterie|renseignements?|contact)\b",
    re.IGNORECASE,
)
TITLE_WORDS = 9
MAX_CHARACTERS = 8_000  # an announcement is short; what comes after is left aside
_PHONE = re.compile(r"\b0\d(?:[ .]?\d{2}){4}\b")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,100}\.\w+")
_SITE = re.compile(r"\b(?:https?://|www\.)[^\s,;)]+")


_FOR_WRITER = re.compile(
    r"\W*(?:mettre|mettez|mets|prévoir|prévoyez|utiliser|illustrer|illustrez|joindre|ajouter|reprendre)\b[^.!?]*?"
    r"\b(?:photos?|images?|visuels?|logos?|illustrations?|vidéos?)\b",
    re.IGNORECASE,
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

    @property
    def errands(self) -> list[str]:
        """What is asked of the person who publishes (« Mettre la photo de la boîte »)."""
        return [detail for detail in self.details if _FOR_WRITER.match(detail)]

    @property
    def missing(self) -> list[str]:
        """What a reader would look for and not find, in French."""
        needs = (("la date", self.when), ("l'heure", self.hours), ("le lieu", self.place))
        return [name for name, value in needs if not value]


def read_event(source: str) -> Event:
    """What the announcement `source` says."""
    source = publishable(without_orders(source[:MAX_CHARACTERS])[0])
    source = _SENT.sub("", without_lead(formal(source)))
    told = facts(source)
    title = _title(source)
    contact = " ; ".join(
        dict.fromkeys(match[0].rstrip(".") for pattern in (_PHONE, _MAIL, _SITE) for match in pattern.finditer(source))
    )
    when, hours, place = _framed(told, source)
    place = place or _spot(source, when)
    if (
        not place
        and re.search(r"\b(?:inscri|permanence|recensement)", fold(title))
        and re.search(r"(?:^|[.,]\s|\s)en mairie\b", source, re.IGNORECASE)
    ):
        place = "mairie"
    return Event(
        title=title,
        when=when,
        hours=hours,
        place=place,
        price=", ".join(list(dict.fromkeys(clean(match[0]) for match in _PRICE.finditer(source)))[:3]),
        audience=_first(_AUDIENCE, source),
        booking=next((clean(sentence) for sentence in loose_sentences(source) if _BOOKING.search(sentence)), ""),
        contact=contact,
        details=tuple(_details(source, title)),
        facts=told,
        source=source,
    )


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
    return clean(with_day["spot"]) if with_day else found[0] if len(found) == 1 else ""


_ABOUT = r"\b(?:sur|de|concernant)\s+(?:la\s+|le\s+|l['’])?"


def _place(told: Facts, source: str) -> str:
    """Where: the first place named after the date (« réunion sur la rue des Vignes, le 18 mars, école du Lavoir »)."""
    dated = source.find(told.dates[0]) if told.dates else -1
    after = [place for place in told.places if dated >= 0 and source.find(place) > dated]
    before = [place for place in told.places if not re.search(_ABOUT + re.escape(place), source)]
    return next(iter([*(after if not before else []), *before, *told.places]), "")


_DEADLINE = re.compile(
    r"(?:\bavant|\bd['’]ici|\bdepuis|\bau plus tard|\brendre|\bn[ée]e?s?(?: (?:le|en|avant|après))?"
    r"|\bjusqu['’])\s*(?:le\s|au\s|du\s)?\s*$",
    re.IGNORECASE,
)


def _own_dates(text: str) -> list[str]:
    """The days of a text, without its deadlines."""
    return [
        clean(day[0])
        for day in DATE.finditer(text)
        if not _DEADLINE.search(text[max(0, day.start() - 30) : day.start()])
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
        if several[0] is dated[0] and not _LISTED.match(several[0]):
            return _own_dates(dated[0])[0], _said_with(hours, several[0]), _place(facts(several[0]), several[0])
        return ", ".join(dict.fromkeys(_own_dates(part)[0] for part in several)), "", ""
    days = [day for part in dated for day in _own_dates(part)]
    alone = len({_day_month(day) for day in [*days, *told.dates]}) == 1
    first = max((day for day in days if _day_month(day) == _day_month(days[0])), key=len)
    # What is said with the day; failing that, the only hour or place there is.
    hour = _said_with(hours, dated[0]) or (hours[0] if alone and hours else "")
    place = _place(facts(dated[0]), dated[0])
    if not place and (len(told.places) == 1 or alone):
        place = _place(told, source)
    return _span(first, source), _between(hour, source), place


def _span(day: str, source: str) -> str:
    """« 1er juillet » → « du 1er juillet au 31 août 2029 » where the notes say so."""
    span = re.search(rf"(?:\bdu\s+)?{re.escape(day)}\s+au\s+(?:{DATE.pattern})", source, re.IGNORECASE)
    return (span[0] if span[0].lower().startswith("du ") else f"du {span[0]}") if span else day


def _day_month(day: str) -> str:
    """« samedi 8 mai 2027 » → « 8 mai »."""
    return " ".join(re.findall(r"\b(?:1er|\d{1,2})\b|[a-zà-ÿ]{3,}(?=\s+\d{4}$|$)", fold(day)))


def _between(hours: str, source: str) -> str:
    return f"entre {hours}" if hours and f"entre {hours}" in source else hours


_LISTED = re.compile(r"^\s*(?:[-–—*•]|(?:[A-Ha-h]|\d{1,2})[.)])\s")


def _said_with(hours: list[str], sentence: str) -> str:
    return next((hour for hour in hours if hour in sentence), "")


def _first(pattern: re.Pattern[str], source: str) -> str:
    match = pattern.search(source)
    return clean(match[0]) if match else ""


_ORDERED = re.compile(
    r"^\W*(?:(?:bonjour|bonsoir)[\s,!]*)?(?:(?:alors|donc|bon|voilà)\s+)?(?:pour\s+(?=l['’]affiche|le flyer"
    r"|l['’]affichette))?(?:(?:faites|fais|faire|prépare[rz]?|crée[rz]?|il (?:nous )?faut"
    r"|il (?:nous )?faudrait|je voudrais|on veut|on voudrait|besoin d['’]|(?:pouvez-vous|pourriez-vous|peux-tu"
    r"|tu peux|merci de)\s+(?:nous\s+|me\s+)?(?:préparer|faire|créer|réaliser|concevoir|imaginer))"
    r"[- ]?(?:moi|nous)?\s*)?(?:(?:une?|l['’]|des?)\s*)?(?:affichettes?|affiches?|flyers?|prospectus|tracts?|dépliants?"
    r"|visuels?|posts?|stor(?:y|ies))"
    r"(?:\s+(?:A\d|recto(?:[- ]verso)?|format\s+\w+|\+\s*\w+"
    r"|et\s+(?:une\s+)?\w+))*\s*,?\s*(?:pour\s+(?:dire|rappeler|demander|inviter)\s+(?:aux?\s+\w+\s+)?(?:de\b"
    r"|d['’]|à\b|que\b)?"
    r"|pour\s+(?:annoncer\s+)?(?:le\b|la\b|les\b|l['’])?|sur\s+(?:(?:les|le|la)\b|l['’])?|de\s+rappel|(?:du"
    r"|de la|des)\s+|de\s+l['’]|:|,|-)?\s*",
    re.IGNORECASE,
)


def _title(source: str) -> str:
    bare = _ORDERED.sub("", source, count=1).strip()
    source = bare if len(bare.split()) >= 3 else source
    if quoted := _CALLED.search(" ".join(loose_sentences(source)[:1])):
        return clean(quoted["title"])
    if match := _TITLE_LINE.search(source):
        return clean(match[1])
    lines = [line.strip() for line in source.strip().split("\n") if line.strip()]
    lines[:1] = [re.sub(r"^[-–—*•]\s+", "", line) for line in lines[:1]] if len(lines) > 1 else lines[:1]
    if (
        lines
        and len(lines) > 1
        and 1 < len(lines[0].split()) <= 10
        and not lines[0].endswith((".", ","))
        and ":" not in lines[0]
    ):
        # « Repas des aînés dimanche 14 mars 12 h salle Rameau »: the title, then when and where
        return upper_first(clean((_named(lines[0]) if DATE.search(lines[0]) else lines[0]).rstrip("!")))
    listed = [_LISTED.sub("", line) for line in lines if _LISTED.match(line) and DATE.search(line)]
    if len(listed) >= 2 and listed[0] in lines[0]:
        return upper_first(join_and([_named(clean(line)) for line in listed[:3]]))
    opening = " ".join(loose_sentences(source)[:1])
    for pattern in (_TAKES_PLACE, _ANNOUNCED):
        if match := pattern.search(opening):
            title = re.sub(
                r"^(?:un|une|le|la|les|son|sa|ses|notre|nos|des|du|de la)\s+|^l['’]",
                "",
                clean(match[1]),
                flags=re.IGNORECASE,
            )
            if len(title) > 3:
                return upper_first(title)
    first = [_DATED_LEAD.sub("", sentence, count=1) for sentence in loose_sentences(source)[:1]]
    head = (
        re.sub(r"^pour\s+(?:(?:les|la|le)\s+|l['’])", "", _named(clean(first[0])), flags=re.IGNORECASE) if first else ""
    )
    words = head.split()
    return upper_first(" ".join(words[:TITLE_WORDS])) + ("…" if len(words) > TITLE_WORDS else "")


# « affiche « Je trie à la cantine » »
_CALLED = re.compile(
    r"\b(?:affiches?|flyers?|tracts?|campagne|visuel)\s*[«\"“]\s*(?P<title>[^»\"”]{4,80}?)\s*[»\"”]", re.IGNORECASE
)
_DATED_LEAD = re.compile(
    rf"^\W*(?:(?:à partir d[ue]|à compter d[ue]|dès|du|le|ce"
    rf"|les)\s*(?:le\s+)?)?(?:{DATE.pattern})(?:\s+au\s+(?:{DATE.pattern}))?\s*[:,–-]?\s*"
    r"(?=\S+\s+\S+)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[\s,:;–-]|\bc['’]est\b|\b(?:le|la|les|l['’]|du|de|des|à|au|aux|dès|ce|en|un|une|pour|et)\b)*$", re.IGNORECASE
)


# « En raison du verglas, ramassage suspendu… »
_WHY_FIRST = re.compile(
    r"^\W*(?:en raison|à cause|du fait|compte tenu|suite (?:à|aux?))\b[^,.]{3,60},\s+(?=\S+\s+\S+)", re.IGNORECASE
)


def _named(sentence: str) -> str:
    """What a sentence announces, before it says when, where and how."""
    sentence = _WHY_FIRST.sub("", sentence)
    for end in (DATE, HOUR, re.compile(r"\ble \d{1,2}/\d{1,2}\b"), re.compile(r"\s[:=–-]\s"), re.compile(r"[,;(]")):
        for match in end.finditer(sentence):
            head = _TRAILING.sub("", sentence[: match.start()])
            if len(head.split()) >= 2:
                sentence = head
                break
    return sentence


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
        bare = _ORDERED.sub("", written, count=1).strip()
        sentence = upper_first(bare) if bare != written and len(bare.split()) >= 2 else written
        folded = fold(sentence)
        if _POLITE.match(folded) or clean(sentence) == clean(title):
            continue
        if re.search(r"\b(?:ignore|oublie)\w*\b[^.]{0,40}\b(?:consigne|instruction)", folded):
            continue
        bare = _LISTED.sub("", sentence)
        kept.append(bare if _MAIL.match(bare) or _SITE.match(bare) else upper_first(bare))
    return kept
