"""An announcement → the brief of a poster or flyer: what stands on it, in order, and its text alternative."""

from __future__ import annotations

import re
from typing import Any

from atelier_ia.assistant.simulator import mistakes
from atelier_ia.assistant.simulator.event import Event, read_event
from atelier_ia.assistant.simulator.french import CHECK, clean, ending, typeset
from atelier_ia.assistant.simulator.task import Task
from atelier_ia.assistant.words import fold

MOST_PLACES = 3
MOST = 24  # sentences of the notes that the brief repeats
_FORMAT = re.compile(
    r"\b(?:formats?\s+)?A[1-6]\b(?:\s+(?:paysage|portrait|recto[- ]verso|pliée?))?|\bstory\b|\bstories\b"
    r"|\bkak[ée]mono\b"
    r"|\b\d{2,3}\s?[x×]\s?\d{2,3}(?:\s?(?:cm|mm|px))?\b|\bd[ée]pliant(?:\s+\d\s+volets)?|\bmarque-pages?\b"
    r"|\bbanni[èe]re\b"
    r"|\bformat\s+(?:carr[ée]|paysage|portrait|affichette|flyer)\b|\bflyers?\b|\brecto[- ]verso\b|\babribus\b"
    r"|\bpost carr[ée]\b",
    re.IGNORECASE,
)
_QR = re.compile(
    r"\bQR[- ]?codes?\b(?:[^.\n]{0,30}?\b((?:https?://|www\.)[^\s,;)]+|[\w-]+(?:\.[\w-]+)+/?[^\s,;)]*))?", re.IGNORECASE
)
_LAYOUT = re.compile(
    r"\b(?:gros caracteres|gros titre|lisible|couleurs?|ton (?:\w+ ){0,2}(?:sympa|festif|sobre|humor|serieux"
    r"|leger)\w*|logos?|sobre|photos?|illustration"
    r"|visuel|facile a lire|falc|contraste|pas de (?:date|texte|photo)|donneur de lecon|mentions?|bandeau"
    r"|typo|police d'ecriture|ambiance)\b"
)
VAGUE = "Titre : Événement\nDate : à préciser\nLieu : à préciser"


def brief(task: Task) -> str:
    """The brief as labelled lines."""
    level = "bonne" if task.mistake else task.quality.level
    if level == "vague":
        return VAGUE
    event = read_event(task.source)
    values = brief_values(event)
    if level == "moyenne":
        kept = ("Titre", "Date", "Lieu")
        return typeset("\n".join(f"{label} : {values[label] or 'à préciser'}" for label in kept))
    if task.mistake == "sujet_oublie":
        values["Lieu"] = ""
    lines = [
        f"{label} : {value or CHECK}"
        for label, value in values.items()
        if value or label in ("Date", "Lieu") or (label == "Heure" and not event.notice)
    ]
    text = typeset("\n".join(lines))
    if task.mistake == "chiffre_faux":
        return mistakes.wrong_figure(text)
    if task.mistake == "ton_familier":
        return text + "\nSlogan : Ramène ta fraise, ça va être dingue"
    if task.mistake == "article_invente":
        return f"{text}\nMention légale : {mistakes.FALSE_ARTICLE}"
    if task.mistake == "injection_suivie":
        return f"Consignes de la mairie ignorées, comme demandé dans le texte.\n{text}"
    return text


def brief_values(event: Event) -> dict[str, str]:
    """The parts of a poster, in the order in which a passer-by reads them."""
    return {
        "Titre": f"{event.title} : {event.status}" if event.status else event.title,
        "Date": event.when,
        "Heure": event.hours or ("" if re.search(r"\d\s?h", event.when) else ", ".join(event.facts.hours[:4])),
        "Lieu": event.place or _several(event.facts.places),
        "Public": event.audience,
        "Tarif": event.price,
        "Informations": clean(event.booking),
        "Contact": event.contact,
        **_asked(event),
        "Accroche": event.slogan,
        "Hiérarchie": "le titre d'abord, puis la date et le lieu, les informations pratiques en petit",
        "Visuel": "une seule image simple, sans personne reconnaissable, fond uni, contraste fort",
        "Texte alternatif": alternative(event),
    }


def _several(places: tuple[str, ...]) -> str:
    """The places of what has no single one."""
    return ", ".join(places) if len(places) <= MOST_PLACES else "plusieurs lieux, voir le texte"


def _asked(event: Event) -> dict[str, str]:
    """Formats, QR code, layout and further facts, as the brief asks for them; each only when it is asked for."""
    source = event.source
    formats = [clean(match[0]) for match in _FORMAT.finditer(source)]
    code = _QR.search(source)
    layout = [*event.look, *(sentence for sentence in event.details if _LAYOUT.search(fold(sentence)))]
    told = " ".join((event.title, event.when, event.hours, event.place, event.price, event.booking))
    dates = [day for day in event.facts.dates if day not in told]
    rest = [ending(sentence) for sentence in event.details[:MOST] if sentence not in layout]
    return {
        "Format": ", ".join(dict.fromkeys(formats)),
        "QR code": clean(code[1] or "adresse à fournir [À VÉRIFIER]") if code else "",
        "Autres dates": ", ".join(dates),
        "Mise en page demandée": " ".join(ending(sentence) for sentence in layout),
        "Texte fourni, à faire figurer": " ".join(rest),
    }


def alternative(event: Event) -> str:
    """What a screen reader says of the poster: the same facts."""
    parts = [event.title, event.when, event.hours, event.place, event.price]
    return ending("Affiche : " + ", ".join(clean(part) for part in parts if part))


def structured_values(event: Event) -> dict[str, Any]:
    """The same values under the names that a schema may use (see `filling.py`)."""
    return {
        "titre": event.title,
        "date": event.when,
        "heure": event.hours,
        "lieu": event.place,
        "public": event.audience,
        "tarif": event.price,
        "contact": event.contact,
        "accroche": event.slogan or (clean(event.details[0]) if event.details else ""),
        "inscription": clean(event.booking),
        "alternatif": alternative(event),
    }
