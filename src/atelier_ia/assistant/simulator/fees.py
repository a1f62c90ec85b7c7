"""The fee of a sheet, as far as it answers a message: the part that is asked for, none for a hall it does not know."""

from __future__ import annotations

import re

from atelier_ia.assistant.knowledge import Procedure
from atelier_ia.assistant.simulator.french import AMOUNT, CHECK, clean
from atelier_ia.assistant.words import fold, stems

_HALL = re.compile(
    r"\b[Ss]alle (?:(?:des f[êe]tes|polyvalente|municipale|communale) )?"
    r"(?:de la |de l['’]|des |du |de |d['’])?(?:[A-ZÀ-Ý][\wÀ-ÿ'’-]+)(?:[ -][A-ZÀ-Ý][\wÀ-ÿ'’-]+){0,3}"
)


def unknown_hall(sheet: Procedure, said: str, own: str = "") -> str:
    """The hall that a message names and that a sheet on halls does not; '' when it names none, or one of `own` town."""
    told = fold(f"{sheet.answer} {sheet.fee} {own}")
    if "salle" not in fold(sheet.fee):
        return ""
    names = [clean(match[0]) for match in _HALL.finditer(said)]
    unknown = [name for name in names if not set(stems(name)) - {"sall", "salle", "fet", "fete"} <= set(stems(told))]
    return unknown[0] if unknown and len(unknown) == len(names) else ""


def to_check(hall: str) -> str:
    """What is said of a hall that no sheet describes."""
    return f"Nous vérifions si la {hall[:1].lower()}{hall[1:]} peut être louée et à quel tarif {CHECK}."


def without_amounts(text: str) -> str:
    """« chèque de caution de 600 € » → « chèque de caution »."""
    return clean(re.sub(rf" (?:de |d['’])?{AMOUNT.pattern}", "", text))


def asked_part(fee: str, said: str) -> str:
    """Of « gratuit pour un déménagement ; benne : 8 € par jour », the part that the message is about, or all."""
    parts = [part.strip() for part in fee.split(" ; ")]
    if len(parts) < 2:
        return fee
    words = [set(stems(part)) for part in parts]
    asked = set(stems(said))
    named = [
        part
        for place, part in enumerate(parts)
        if asked & (words[place] - set().union(*(other for number, other in enumerate(words) if number != place)))
    ]
    return named[0] if len(named) == 1 and "gratuit" in named[0] else fee
