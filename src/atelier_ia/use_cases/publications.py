"""The second starter of the method: one event of the commune, one text for each channel.

It builds the request from a text that has passed the guard, and reads the channels back from the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from atelier_ia.documents.typography import clock_times, ended
from atelier_ia.settings import Collectivite, Settings
from atelier_ia.use_cases.emails import house_style, quoted

CHANNELS: dict[str, int] = {"Facebook": 900, "Site internet": 2500, "PanneauPocket": 400, "Panneau lumineux": 140}
"""Channel → characters that it takes at most (site and network: our own choice, kept readable)."""

DEFAULT_INSTRUCTION = (
    "Tu es chargé de communication de la mairie. À partir de l'annonce ci-dessous, rédige une publication Facebook, "
    "une actualité pour le site internet, un message PanneauPocket et un texte très court de panneau lumineux. Donne "
    "la date, l'heure, le lieu, le tarif et l'inscription. Ton chaleureux et simple, sans rien inventer. Une ligne "
    "avec le nom du support avant chaque texte."
)
REMARK = re.compile(r"^[ \t]*À compléter avant publication\s*:.*\Z", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Event:
    """What one must know of an event to announce it; free words, empty when unknown."""

    what: str
    when: str
    where: str
    price: str = ""
    booking: str = ""
    more: str = ""

    def text(self) -> str:
        """The announcement: its title, then one sentence per fact."""
        place = ", ".join(part.strip() for part in (self.when, self.where) if part.strip())
        lines = (
            place,
            f"Tarif : {self.price.strip()}" if self.price.strip() else "",
            f"Inscription : {self.booking.strip()}" if self.booking.strip() else "",
            self.more.strip(),
        )
        sentences = [ended(line[:1].upper() + line[1:]) for line in lines if line]
        return "\n".join(part for part in (self.what.strip(), "", *sentences)).strip()


def build_messages(text: str, instruction: str, settings: Settings) -> list[dict[str, Any]]:
    """The request for the publications; `text` and `instruction` are already masked."""
    return [
        {"role": "system", "content": house_style(settings)},
        {"role": "user", "content": quoted(instruction, text)},
    ]


def split_channels(answer: str) -> dict[str, str]:
    """Channel → its text, in the answer's order; empty when the answer names no channel.

    A closing remark (« À compléter avant publication ») is left out: the screen shows it apart.
    """
    answer = REMARK.sub("", answer)
    names = "|".join(re.escape(name) for name in CHANNELS)
    heading = re.compile(rf"^[\s#*_•–-]*({names})[\s*_]*:?[\s*_]*$", re.IGNORECASE | re.MULTILINE)
    found = list(heading.finditer(answer))
    ends = [*(match.start() for match in found[1:]), len(answer)]
    canonical = {name.casefold(): name for name in CHANNELS}
    return {
        canonical[match[1].casefold()]: answer[match.end() : end].strip()
        for match, end in zip(found, ends, strict=False)
    }


def alternative_text(event: Event, own: Collectivite) -> str:
    """A text alternative for the event's poster: what it says, for those who cannot see it."""
    facts = [event.what.strip().rstrip("."), event.when.strip(), event.where.strip()]
    told = clock_times(", ".join(fact for fact in facts if fact))
    return ended(f"Affiche {'de la commune ' if own.kind == 'commune' else ''}{own.of} : {told}")
