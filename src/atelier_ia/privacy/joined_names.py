"""Names that make one: « Jeanne Tanguy née Le Calvez », « PAYET LISE-MAY NEE BEGUE », « Ewen et Jeanne Corre »."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.privacy.lexicon import FIRST, KNOWN, SURNAME
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span

_MARRIED = re.compile(
    r",? \(?(?:nee?|n[ée]e?|epouse|epoux|ep\.?|epse|veuve|veuf|vve\.?|divorcee?|dite?|alias|usage|nom d'usage)"
    r"(?: ?:)? "
)
_COUPLE = re.compile(r" (?:et|&) ")


def joined_names(reading: Reading, spans: Sequence[Span]) -> list[Span]:
    """`spans`, sorted and apart, where a maiden name or the first name of a couple belongs to the name beside it."""
    kept: list[Span] = []
    for span in spans:
        last = kept[-1] if kept else None
        if last is not None and last.label == span.label == "NOM" and _are_one(reading, last, span):
            level = "masquer" if "masquer" in (last.level, span.level) else last.level
            kept[-1] = Span(last.start, span.end, "NOM", level, last.reason)
            continue
        kept.append(span)
    return kept


def _are_one(reading: Reading, last: Span, span: Span) -> bool:
    if span.start - last.end > 16 or "\n" in reading.text[last.end : span.start]:
        return False
    if _MARRIED.fullmatch(reading.low, last.end, span.start):
        return True
    if not _COUPLE.fullmatch(reading.low, last.end, span.start):
        return False
    # Two first names, then the surname of both: the first one stands alone, the second one does not.
    first = reading.bits[reading.index_from(last.start)]
    index = reading.index_from(span.start)
    alone = not re.search(r"[ .]", reading.text[last.start : last.end])
    return (
        alone
        and not (first & SURNAME and not first & FIRST)
        and " " in reading.text[span.start : span.end]
        and bool(reading.bits[index] & FIRST or not reading.bits[index] & (KNOWN | SURNAME))
    )
