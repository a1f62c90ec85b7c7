"""Where an address really ends, and begins: the town said after it, the dwelling named before it."""

from __future__ import annotations

import re

from atelier_ia.privacy.lexicon import EMPTY, KNOWN, PLACE
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.towns import town_end

# « hameau de la bastide | neuve à saint-hippolyte-du-fort », « 12 rue Basse | à Saint-Malo »
_TOWN = re.compile(r"(?: [a-z]{4,12})?,? a ((?:(?:la|le|les) |l')?[a-z]{2,14}(?:[-'][a-z]{1,14}){0,5})(?![a-z-])")
_HYPHENED_TOWN = re.compile(r",? ([a-z]{3,16}(?:-[a-z']{2,16}){1,4})(?![a-z-])")
_ARTICLE_TOWN = re.compile(r", (?:la |le |les |l'|saint |sainte |st )([a-z-]{4,20})(?=[.,;)\n]|$)")
_CODE_BEHIND = re.compile(r",? ?\((?:0[1-9]|[1-8]\d|9\d|2[ab])(?:\d{3})?\)")
_TOWN_THEN_CODE = re.compile(r", [a-z][a-z' \-]{2,32}? ?\((?:0[1-9]|[1-8]\d|9\d|2[ab])\d{3}\)")
_COUNTRY = re.compile(
    r"(?:, ?| - | \(|\n)(?:belgique|suisse|luxembourg|espagne|allemagne|italie|portugal|royaume-uni|maroc|algerie"
    r"|tunisie"
    r"|senegal|canada|pays-bas|monaco|andorre)\)?(?![a-z])"
)
_DWELLING = re.compile(
    r"(?<![\w])(?:(?:le |la |au |l')?(?:couvent|presbytere|chalet|ferme|moulin|mas|chateau|manoir|camping|caravane|gite"
    r"|pension|centre|foyer|batiment|bat\.?|immeuble|residence|tour|bastide|peniche|monastere|internat"
    r"|caserne)(?: [^\n,;:.()0-9]{2,28})?, ?"
    r"(?:\d{1,2} ?(?:e|er|eme) (?:etage )?(?:droite|gauche|face)?,? ?)?)$"
)


_OF_SOMEBODY = re.compile(r" (?:chez|notre|nos|mon|ma|mes|son|sa|ses|leurs?)(?![a-z])")


def whole_address(reading: Reading, span: Span) -> Span:
    """`span` with its town, its department in brackets and the dwelling that a comma parts from its street."""
    if span.label != "ADRESSE":
        return span
    low, start, end = reading.low, span.start, span.end
    before = _DWELLING.search(low, max(0, start - 46), start) if low[start].isdigit() else None
    if before is not None and _is_named(reading, before.start(), before.end()):
        start = before.start()
    end = _with_town(reading, end)
    for more in (_TOWN_THEN_CODE, _CODE_BEHIND, _COUNTRY):
        found = more.match(low, end)
        end = found.end() if found else end
    return span if (start, end) == (span.start, span.end) else Span(start, end, span.label, span.level, span.reason)


def _is_named(reading: Reading, start: int, end: int) -> bool:
    """Does the dwelling bear a name, or stand alone (« couvent, »)? Not « la résidence de nos filles, 5 rue Haute »."""
    if _OF_SOMEBODY.search(reading.low, start, end):
        return False
    words = re.findall(r"[^\W\d_]+", reading.text[start:end])
    return reading.lower_case or len(words) < 3 or any(word[0].isupper() for word in words[1:])


def _with_town(reading: Reading, end: int) -> int:
    low = reading.low
    said = _TOWN.match(low, end)
    if said is not None and "-" in said[1]:
        capital = reading.text[said.start(1)].isupper()
        if capital or reading.lower_case:
            return max(said.end(1), town_end(reading, end, said.start(1)))
    if not reading.lower_case:
        return end
    hyphened = _HYPHENED_TOWN.match(low, end)
    if hyphened is not None and not _known(reading, hyphened.start(1)):
        return hyphened.end()
    article = _ARTICLE_TOWN.match(low, end)
    return article.end() if article is not None and not _known(reading, article.start(1)) else end


def _known(reading: Reading, position: int) -> bool:
    bit = reading.bits[min(reading.index_from(position), len(reading.bits) - 1)]
    return bool(bit & (KNOWN | EMPTY)) and not bit & PLACE
