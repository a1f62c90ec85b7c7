"""Names that make one: « Jeanne Tanguy née Le Calvez », « PAYET LISE-MAY NEE BEGUE », « Ewen et Jeanne Corre »."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.privacy.lexicon import COMMON, FIRST, KNOWN, SURNAME
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span

_MARRIED = re.compile(
    r",? \(?(?:nee?|n[ée]e?|epouse|epoux|ep\.?|epse|veuve|veuf|vve\.?|divorcee?|dite?|alias|usage|nom d'usage)"
    r"(?: ?:)? "
)
# « Inès Bel » → « Inès Bel-Air »; « Bruno » → « Bruno de La Ville-Baugé »; « Jean » → « Jean Maire a écrit »
_HYPHENED = re.compile(r"['’]H(?!\w)|(?:-[A-ZÀ-Þ][a-zà-ÿ'’]{1,20}){1,3}(?![\w])")
_NOBLE = re.compile(
    r" (?:de|du|d['’]) ?(?:La|Le|Les|L['’]) ?[A-ZÀ-Þ][\w’']{2,20}(?:-[A-ZÀ-Þ][\w’']{1,20}){0,2}(?![\w-])"
)
_WROTE = re.compile(r" [A-ZÀ-Þ][a-zà-ÿ'’-]{2,20}(?= (?:a écrit|wrote)(?!\w))")
_CAPITALS = re.compile(r" [A-ZÀ-Þ]{3,20}(?= ?(?:[,.;:)\n(]|$))")
_PARTICLE_FIRST = re.compile(r"(?:^|\n|[:;|\t] ?)((?:DE|DA|DO|DOS|DI|DEL|VAN|VON|EL|AL|BEN|LE|LA|DU|N'|M'|D'|O') ?)$")
_INITIALS_FIRST = re.compile(r"(?<![\w.'’])[A-ZÀ-Þ][a-z]?\. ?-[A-ZÀ-Þ][a-z]?\. ?$")
_INITIAL_FIRST = re.compile(r"(?<![\w.'’])[A-ZÀ-Þ][a-z]?\. ?-$")
_DASH = re.compile(r" ?[–-] ?")
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


def surname_first(reading: Reading, index: int) -> bool:
    """« Goff Yann »: a surname that is no word, then a first name: « Le » may begin it, even at the head of a line."""
    bits = reading.bits
    return bool(
        index + 1 < len(bits)
        and bits[index] & SURNAME
        and not bits[index] & (COMMON | FIRST)
        and bits[index + 1] & FIRST
        and not bits[index + 1] & COMMON
        and reading.gap(index) == " "
    )


def whole_person(reading: Reading, span: Span) -> Span:
    """`span` up to the true ends of the name: what a hyphen, a particle or capitals join to it."""
    text, start, end = reading.text, span.start, span.end
    while end > start and text[end - 1] in " ;,":
        end -= 1
    if not reading.upper_case and not reading.lower_case:
        for pattern in (_HYPHENED, _NOBLE, _WROTE):
            more = pattern.match(text, end)
            end = more.end() if more else end
        first = reading.bits[min(reading.index_from(start), len(reading.bits) - 1)]
        capitals = _CAPITALS.match(text, end) if first & FIRST and re.search(r"[ .]", text[start:end]) is None else None
        if capitals is not None and text[start:end] != text[start:end].upper():
            end = capitals.end()
    if text[start].isupper():
        initials = _INITIAL_FIRST if text[start + 1 : start + 2] == "." else _INITIALS_FIRST
        before = initials.search(text, max(0, start - 10), start)
        if before is None and text[start : start + 2].isupper():
            before = _PARTICLE_FIRST.search(text, max(0, start - 8), start)
            start = before.start(1) if before else start
        elif before is not None:
            start = before.start()
    return span if (start, end) == (span.start, span.end) else Span(start, end, span.label, span.level, span.reason)


def _are_one(reading: Reading, last: Span, span: Span) -> bool:
    if span.start - last.end > 16 or "\n" in reading.text[last.end : span.start]:
        return False
    if _MARRIED.fullmatch(reading.low, last.end, span.start):
        return True
    if _DASH.fullmatch(reading.low, last.end, span.start):
        # « LE FLOC'H – MARZIN Gwenaëlle »
        left, right = reading.text[last.start : last.end], reading.text[span.start : span.end]
        return left.isupper() and right.split()[0].isupper() and not right.isupper() and not reading.upper_case
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
