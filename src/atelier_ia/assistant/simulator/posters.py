"""An announcement → the brief of a poster or flyer: what stands on it, in order, and its text alternative."""

from __future__ import annotations

from typing import Any

from atelier_ia.assistant.simulator import mistakes
from atelier_ia.assistant.simulator.event import Event, read_event
from atelier_ia.assistant.simulator.french import clean, ending, typeset
from atelier_ia.assistant.simulator.task import Task

CHECK = "[À VÉRIFIER]"
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
        f"{label} : {value or CHECK}" for label, value in values.items() if value or label in ("Date", "Heure", "Lieu")
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
        "Titre": event.title,
        "Date": event.when,
        "Heure": event.hours,
        "Lieu": event.place,
        "Public": event.audience,
        "Tarif": event.price,
        "Informations": clean(event.booking),
        "Contact": event.contact,
        "Accroche": clean(event.details[0]) if event.details else "",
        "Hiérarchie": "le titre d'abord, puis la date et le lieu, les informations pratiques en petit",
        "Visuel": "une seule image simple, sans personne reconnaissable, fond uni, contraste fort",
        "Texte alternatif": alternative(event),
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
        "accroche": clean(event.details[0]) if event.details else "",
        "inscription": clean(event.booking),
        "alternatif": alternative(event),
    }
