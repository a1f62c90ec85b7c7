"""Names that stand beside a parcel: « H0112 (Le Floc'h) », « OB 772 – Colin / Olive », « parcelle n° 2 : Potier »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from atelier_ia.privacy.lexicon import CAPITAL, CIVILITY, EMPTY, FIRST, KNOWN, ORGANISATION, PLACE, SURNAME
from atelier_ia.privacy.names import NameReader
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_BESIDE = re.compile(
    r" ?(?:\(| [–—-] ?|- | ?: | ?[;|\t] ?)(?:propri[ée]taires?|propr?\.?|appartenant à|héritiers?|hoirie)?[ :]{0,3}"
)
_AFTER = re.compile(r" ?(?:[),;:/|\t\n]|[–—-] |$| et (?=[A-ZÀ-Þ]))")
_THEN = re.compile(r" ?/ ?| et ")
# What a land register says of a parcel, and of whom it does not name.
_LAND_WORDS = words("owners_land")


def owners_of_parcels(names: NameReader, found: Iterable[Span]) -> Iterator[Span]:
    """Whoever is named beside a parcel of `found`, written with capitals, of a list or of none at all."""
    reading = names.reading
    if reading.lower_case or reading.upper_case:
        return
    for parcel in found:
        if parcel.label != "CADASTRE":
            continue
        beside = _BESIDE.match(reading.text, parcel.end)
        place = beside.end() if beside else -1
        while 0 <= place < len(reading.text):
            index = reading.index_from(place)
            if index >= len(reading) or reading.starts[index] != place or not _may_name(names, index):
                break
            end = min(names.take(index, forced=True), index + 4)
            if end <= index or _AFTER.match(reading.text, reading.ends[end - 1]) is None:
                break
            yield names.span(index, end, "verifier", "nom à côté d'une parcelle")
            then = _THEN.match(reading.text, reading.ends[end - 1])
            place = then.end() if then else -1


def _may_name(names: NameReader, index: int) -> bool:
    bit, word = names.bits[index], names.reading.low_word(index)
    if not bit & CAPITAL or bit & (ORGANISATION | CIVILITY) or word in _LAND_WORDS or len(word) < 2:
        return False
    if bit & EMPTY and not bit & SURNAME:
        return word in ("le", "la", "de", "du", "el", "ben", "da", "dos") and index + 1 < len(names.bits)
    if bit & PLACE and not bit & (FIRST | SURNAME):
        return False
    return bool(bit & (FIRST | SURNAME)) or not bit & KNOWN
