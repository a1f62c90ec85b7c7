"""What looks like somebody's name and is a thing: a firm, a brand, a hall, a group of towns."""

from __future__ import annotations

import re

from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_FIRMS = words("names_firms")
_LANDS = frozenset({"val", "vallee", "pays", "vallees", "terres", "monts", "coteaux", "plaine"})
# « les halles Viollet-le-Duc », « le local Buster-Keaton », « le lieu d'accueil enfants-parents Winnicott »
_HOUSES = re.compile(
    r"(?<![a-z])(?:halles?|local|locaux|hangar|atelier|amphitheatre|auditorium|pole|tiers-lieu|campus|passerelle|fosse"
    r"|(?:lieu|centre) d'(?:accueil|hebergement)(?: [a-z]+(?:-[a-z]+)?)?|oap|zac|ehpad|micro-creche) $"
)
# « les enseignes Petit Bateau et Jules », « les entreprises Terrasse et Fils, Vert Martin et Aqua »
_BRANDS = re.compile(
    r"(?<![a-z])(?:entreprises|soci[ée]t[ée]s|enseignes?|marques?|boutiques|cabinets|groupements|[ée]diteurs|fournisseurs)"
    r" (?:[a-zà-ÿ]{5,12},? )?(?:(?:[A-ZÀ-Þ][\w'’-]{0,20}|et|de|du|la|le),? ){0,8}$"
)
_FIXED_AT = re.compile(r"siege (?:social )?(?:est |sera )?(?:fixe|situe|etabli|transfere) (?:au|a la|a l'|a) $")


def is_thing(reading: Reading, span: Span) -> bool:
    """« Bernard Ingénierie », « les halles Viollet-le-Duc », « un maître cuisinier »: no person."""
    if reading.lower_case or reading.upper_case:
        return False
    low, start = reading.low, span.start
    pieces = low[start : span.end].split()
    if not pieces:
        return False
    if pieces[-1] in _FIRMS and reading.text[span.end - len(pieces[-1])].isupper():
        return True
    if len(pieces) > 2 and pieces[0] in _LANDS and pieces[1] in ("de", "du", "des", "d'"):
        return True
    before = max(0, start - 70)
    if low.endswith("maitre ", 0, start) and reading.text[start].islower():
        return True  # « un maître cuisinier »
    if pieces[0].startswith("l'") and len(pieces) == 1 and reading.text[start].islower():
        return True  # « je remercie l'Harmonie »
    if _HOUSES.search(low, before, start) or _FIXED_AT.search(low, before, start):
        return True
    return _BRANDS.search(reading.text, before, start) is not None
