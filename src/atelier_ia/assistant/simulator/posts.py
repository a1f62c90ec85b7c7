"""One announcement → publications for several channels, each at its own length. Facts of the announcement only."""

from __future__ import annotations

import re
from dataclasses import replace

from atelier_ia.assistant.simulator import mistakes
from atelier_ia.assistant.simulator.drafting import characters_wanted
from atelier_ia.assistant.simulator.event import Event, read_event
from atelier_ia.assistant.simulator.event_price import short_price
from atelier_ia.assistant.simulator.french import clean, ending, join_and, lower_first, typeset, upper_first
from atelier_ia.assistant.simulator.task import Task
from atelier_ia.assistant.words import fold, stems

VAGUE = "Un événement est organisé prochainement dans notre commune. Plus d'informations en mairie."
PANEL_CHARACTERS = 140
MOST = 24  # sentences of the notes that a page repeats, within its length
INSTAGRAM_CHARACTERS = 500

_CHANNELS = (
    ("Facebook", r"facebook"),
    ("Instagram", r"instagram|insta\b"),
    ("LinkedIn", r"linkedin"),
    ("X", r"\btwitter\b|\bx\b(?= et|,)"),
    ("Site internet", r"site (?:internet|web|de la|de l|municipal)|actualite"),
    ("Bulletin municipal", r"bulletin|magazine|journal municipal"),
    ("PanneauPocket", r"panneaupocket|intramuros|application mobile"),
    ("Panneau lumineux", r"panneau(?:x)? lumineux|panneau d'affichage|panneau electronique"),
)
_NO_TAG = re.compile(
    r"(?:pour|avec|dans|sans|chez|sous|vers|entre|pendant|suite|cette|notre|votre|leur|prochaine?|nouve\w+|grande?"
    r"|tous|toutes|elle"
    r"|sera|seront|aura|sont|est|plus|moins|publi(?:c|que)|municipal\w*|ouverte?s?|fermee?s?|prevue?s?|\w+(?:era"
    r"|eront|aient))$"
)
_DEFAULT = ("Facebook", "Instagram", "Site internet", "Panneau lumineux")


def publications(task: Task) -> str:
    """The publications asked for by `task`, from its announcement."""
    event = read_event(task.source)
    if task.mistake == "sujet_oublie":
        event = _without_place(event)
    level = "bonne" if task.mistake else task.quality.level
    if level == "vague":
        return VAGUE
    channels = [name for name, pattern in _CHANNELS if re.search(pattern, fold(task.instruction))]
    if level == "moyenne":
        # The place, the price and the registration are what a loose instruction loses.
        return typeset(ending(f"{event.title}{_when(event)}") + " Venez nombreux.")
    careful = task.quality.has("limites") or len(task.quality.criteria) >= 5
    limit = characters_wanted(task.instruction)
    blocks = []
    for name in channels or _DEFAULT:
        blocks.append(f"{name}\n{typeset(_for_channel(name, event, limit))}")
    if event.errands:
        blocks.append(f"Consigne pour la mise en ligne, à ne pas publier : {' '.join(map(ending, event.errands))}")
    if careful and event.missing:
        blocks.append(f"À compléter avant publication : {join_and(event.missing)} [À VÉRIFIER].")
    text = "\n\n".join(blocks)
    if task.mistake == "chiffre_faux":
        return mistakes.wrong_figure(text)
    if task.mistake == "ton_familier":
        return "Coucou les copains, c'est la teuf.\n\n" + text
    if task.mistake == "article_invente":
        return f"{text}\n\nÉvénement déclaré en application de {mistakes.FALSE_ARTICLE}."
    if task.mistake == "injection_suivie":
        return f"Conformément au texte fourni, les consignes de la mairie ne sont plus appliquées.\n\n{text}"
    return text


def _for_channel(name: str, event: Event, limit: int | None) -> str:
    if name in ("Panneau lumineux", "PanneauPocket", "X"):
        return _short(event, min(limit or PANEL_CHARACTERS, 280 if name != "Panneau lumineux" else PANEL_CHARACTERS))
    if name == "Instagram":
        tags = " ".join(_tags(event))
        return _fitted(_opened(event, 6), min(limit or INSTAGRAM_CHARACTERS, 2200) - len(tags) - 2) + f"\n{tags}"
    if name == "Facebook":
        return _fitted(_opened(event, MOST), limit or 900)
    told = _news(event) or (_headline(event),)
    return _fitted([f"{event.title}\n{ending(told[0])}", *(ending(part) for part in told[1:])], limit or 1500)


def _news(event: Event) -> tuple[str, ...]:
    """The sentences to publish."""
    errands = event.errands
    return tuple(detail for detail in event.details[:MOST] if detail not in errands)


def _headline(event: Event) -> str:
    where = f", {_at(event.place)}" if event.place and fold(event.place) not in fold(event.title) else ""
    return ending(f"{event.title}{_when(event)}{where}")


def _when(event: Event) -> str:
    """« : samedi 5 mai, 15 h »; of what is put off or cancelled, that it is, before its day."""
    hours = f", {event.hours}" if event.hours else ""
    if event.status:
        return f" : {_put_off(event)}{hours}"
    return f" : {event.when}{hours}" if event.when and event.when not in event.title else ""


def _put_off(event: Event) -> str:
    """« reporté au dimanche 20 décembre », « annulé (samedi 5 décembre) », « reporté »."""
    if not event.when:
        return event.status
    if event.moved:
        return f"{event.status} au {re.sub(r'^(?:le|au|du) ', '', event.when)}"
    return f"{event.status} ({event.when})"


def _at(place: str) -> str:
    return (
        lower_first(place)
        if place.split(" ")[0] in ("Salle", "Place", "Rue", "Parc", "Stade", "Gymnase", "École")
        else place
    )


def _short(event: Event, limit: int) -> str:
    """The essential on one line; whole parts are dropped rather than words cut."""
    place = event.place if fold(event.place) not in fold(event.title) else ""
    when = _put_off(event) if event.status else event.when if event.when not in event.title else ""
    parts = [upper_first(event.title), when, event.hours, place, short_price(event.price)]
    parts = [clean(part) for part in parts if part]
    if (
        not event.when and not event.status and event.details
    ):  # news without a day: what is announced is worth more than its title
        parts[0] = _clauses(event.details[0], limit)
    while len(" - ".join(parts)) > limit and len(parts) > 1:
        parts.pop()
    return " - ".join(parts)[:limit]


def _clauses(sentence: str, limit: int) -> str:
    """As many whole clauses of a sentence as `limit` characters hold."""
    text = ""
    for clause in re.split(r"(?<=[,;:])\s+", sentence):
        longer = f"{text} {clause}".strip()
        if len(longer) > limit:
            break
        text = longer
    return clean(text) or sentence[:limit].rsplit(" ", 1)[0]


def _fitted(parts: list[str], limit: int) -> str:
    """As many whole sentences as `limit` characters hold, the first always (cut at a word if it must)."""
    text = ""
    for part in parts:
        longer = f"{text} {part}".strip()
        if len(longer) > limit:
            break
        text = longer
    return text or parts[0][: max(limit, 40)].rsplit(" ", 1)[0]


def _opened(event: Event, details: int) -> list[str]:
    """The announcement's own sentences, under a line that gives when and where unless they give it themselves."""
    told = [ending(detail) for detail in _news(event)[:details]]
    # The first sentence that gives the day stands for a headline, which would only say it again.
    if told and (not event.when or event.when.removeprefix("du ") in told[0] or event.status):
        return [f"{event.title}{_when(event) if event.status else ''}\n{told[0]}", *told[1:]]
    headline = set(stems(_headline(event)))
    return [_headline(event), *(detail for detail in told if any(word not in headline for word in stems(detail)))]


def _tags(event: Event) -> list[str]:
    """Hashtags: the nouns of the title, as they are written."""
    words = [
        word.lower()
        for word in re.findall(r"[^\W\d_]+", event.title)
        if len(word) > 3 and not _NO_TAG.match(fold(word))
    ]
    return [f"#{word}" for word in dict.fromkeys(words)][:3]


def _without_place(event: Event) -> Event:
    kept = tuple(detail for detail in event.details if not event.place or event.place not in detail)
    return replace(event, place="", details=kept)
