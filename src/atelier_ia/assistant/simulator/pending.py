"""The questions of a mail that await an answer: together, before « Sur ce point… », and kept when words are few."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from atelier_ia.assistant.simulator.drafting import Unit
from atelier_ia.assistant.simulator.french import CHECK, ending, word_count

_ASKED = re.compile(r"\b[Vv]ous (?:nous (?:demandez|interrogez)|demandez)\b|\bet nous demandez\b|: « [^»]*\?")
FACT_THEN = re.compile(r"(?P<fact>.+?),? et (?P<asked>nous demandez .+)")
_LATER = "nous vous répondrons après vérification"


def is_asked(told: str) -> bool:
    """Does what is taken up tell a question?"""
    return bool(_ASKED.search(told))


def awaits(told: str) -> bool:
    """Is this a question, or the sentence that says when it will be answered?"""
    return is_asked(told) or _LATER in told


def later(who: str, point: str = "Sur ce point") -> str:
    """The sentence that follows questions without an answer."""
    return f"{point}, {_LATER} auprès {who} {CHECK}."


def with_question(units: Sequence[Unit], told: str, paragraph: int) -> list[Unit]:
    """`units` with a question among those that await an answer, in their `paragraph`."""
    done = list(units)
    mine = [index for index, unit in enumerate(done) if unit.paragraph == paragraph]
    awaited = [index for index in mine if _LATER in done[index].text]
    if awaited:
        done.insert(awaited[0], Unit(paragraph, 1, ending(told)))
        return done
    end = mine[-1] + 1 if mine else len(done)
    done[end:end] = [Unit(paragraph, 1, ending(told)), Unit(paragraph, 1, later("du service concerné"))]
    return done


def asked_first(units: Sequence[Unit], ends: Sequence[Unit], limit: int | None) -> list[Unit]:
    """`units` in which questions must stay, as far as what must stay already leaves them words."""
    if limit is None:
        return list(units)
    kept = list(units)
    room = limit - sum(word_count(unit.text) for unit in (*units, *ends) if not unit.rank)
    awaited = next((place for place, unit in enumerate(kept) if _LATER in unit.text), None)
    for place, unit in enumerate(units):
        if not unit.rank or not is_asked(unit.text):
            continue
        wanted = [place, *([awaited] if awaited is not None and kept[awaited].rank else [])]
        cost = sum(word_count(kept[one].text) for one in wanted)
        if cost <= room:
            room -= cost
            for one in wanted:
                kept[one] = replace(kept[one], rank=0)
    return kept
