"""Homes that have a name rather than a number: a hamlet, a farm, a house, told by a sentence.

Something has to say that somebody lives there or owns it: a verb (« nous vivons à la ferme des Trois-Chênes »), a
possessive (« notre ferme de Bellevue »), a parcel (« ZK 45, au lieu-dit Harizmendia »), somebody named in the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from atelier_ia.privacy.address_patterns import PUBLIC
from atelier_ia.privacy.addresses import address_tail, street_end
from atelier_ia.privacy.home_or_public import trimmed_end
from atelier_ia.privacy.lexicon import (
    CAPITAL,
    CIVILITY,
    EMPTY,
    FIRST,
    KNOWN,
    ORGANISATION,
    PLACE,
    STREET,
    SURNAME,
    UPPER,
)
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.streets_without_number import chained
from atelier_ia.privacy.wordlists import words

_HOSTS = words("streets_hosts") | words("homes_hosts")
_NOT_HOME = words("homes_not_home")
_JOINERS = words("homes_joiners")
_SOMETIMES = (
    r"(?:,? (?:toujours|actuellement|maintenant|desormais|encore|aussi|tous|seule?s?|ensemble|ici|la-bas|loin|"
    r"a l'ecart|a l'annee|depuis (?:\w+ ){1,3}?(?:ans?|mois|toujours|longtemps|\d{4})|avec (?:\w+ ){1,4}?"
    r"|chez (?:\w+ ){1,2}?)){0,2}"
)
_TO = r"(?:,? ?(?:a|au|aux|a la|a l'|dans|sur|en|de|du|des|vers|le|la|les|l'|,|:|\() ?)?"
# « je vis à … »: the verb, what may come between, a preposition.
_LIVES = re.compile(
    r"(?<![a-z])(?:j ?'? ?hab(?:ite)?|habit(?:e|es|ons|ez|ent|ant|ait|aient|ais|er)|demeur(?:e|es|ons|ent|ant|ait)"
    r"|domicilie\w*|resid(?:e|es|ons|ent|ant|ait)|log(?:e|ee|ees|es|eons|ent)|vi(?:s|t|vons|vent|vant|vait)"
    r"|he(?:r)?berge(?!ment|ur)\w*"
    r"|(?<!est )(?<!sont )(?<!ete )(?<!s')installe\w*|s'(?:est|etait|sont) installe\w*|relog\w*|nous restons"
    r"|je reste|emmenag\w*|demenag\w*|ecris|"
    r"ecrivons|partons|eleveu\w+|agricult\w+|exploitante?s?|maraich\w+|bergere?|fermiere?|j'exploite|nous exploitons"
    r"|chez (?:moi|nous|lui|elle|eux)|voisine?)"
    rf"{_SOMETIMES}(?: (?:la|le|une?|dans la|dans le|dans une?) \w+(?: \w+){{0,2}}, ?|{_TO}) ?$"
)
# « notre ferme de … »
_OURS = re.compile(
    r"(?<![a-z])(?:notre|nos|ma|mon|mes|sa|son|ses|leur|leurs|votre)(?: (?:petite?|vieille|vieux|ancienne?"
    r"|nouvelle|belle))?"
    r" (?:maison|ferme|grange|propriete|terrain|exploitation|gite|verger|cave|garage|residence secondaire|champ"
    r"|parcelle"
    r"|portail|hangar|cabane|caravane|yourte|domicile|habitation|chalet|longere|bergerie|moulin|mas"
    r"|corps de ferme|etable"
    r"|lotissement|hameau|lieu-dit|chemin|domaine|impasse|village|quartier|adresse)(?: (?:familiale?|secondaire|louee?"
    r"|agricole|est|situee?|sise?|se trouve|de famille))?(?:,? ?(?:a|au|aux|de|du|des|d'|de la|de l'|a la|a l'"
    r"|dite?|le|la"
    r"|les|l'|,|:|\() ?){1,2} ?$"
)
_OWNS = re.compile(r"(?<![a-z])(?:proprietaires?|exploit\w+|agricult\w+)(?: \w+)? (?:a|au|aux) $")
_STEMS = tuple(words("homes_living_stems"))
_BEFORE_PLACE = words("homes_before_place")
_POSSESSIVES = tuple(f" {word} " for word in ("notre", "ma", "mon", "sa", "son", "leur", "nos", "mes"))
_AFTER_PARCEL = re.compile(
    r"(?:,? ?\(?(?:au|a|aux|sur|a la|a l'|situee?s?|sise?s?) ?){1,3}(?:lieu[ -]?dit |lieudit )?(?:« ?|\")?$"
)
_LIEU_DIT = re.compile(
    r"(?<![a-z])(?:lieu[ -]?dit|lieudit|hameau)(?: (?:dit )?(?:de |du |des |d'|de la )?)[ «\"]{0,3}(?=[a-z])"
)
_NUMBERED = re.compile(r"\d{1,4}(?: ?(?:bis|ter|[a-d])\b)?,? ")
_GERMANIC = re.compile(
    r"\d(?<![0-9a-z]\d)\d{0,3} ?[a-d]?,? [a-z]{2,18}[ -]?(?:stra(?:ss|ß|s)e|str\.|gasse|gass|weg|platz|ring|straat"
    r"|laan|hof)(?![a-z])"
)
_MILESTONE = re.compile(r"(?<![a-z0-9])pk ?\d{1,3}(?:[.,]\d{1,3})?(?:,? cote (?:mer|montagne))?(?: \w+ )?(?![0-9])")
_LOWER_STOP = words("homes_lower_stop")
# « section AV, n° 12, au lieu-dit Les Quatre Vents », « Terrain : lieu-dit Embidouret »: land, nobody's home.
_OF_LAND = re.compile(
    r"(?<![a-z])(?:parcelles?|section|cadastr\w+|terrains?(?: ?:| situee?s?| sise?s?)"
    r"|[a-z]{1,2} ?(?:n ?[°o] ?)?\d{1,4})"
    r"(?: ?[\w°,/-]+){0,5}?,? ?\(?(?:au |a |sur |situee?s? |sise?s? )*$"
)
_OWN_LAND = re.compile(r"(?<![a-z])(?:ma|mon|mes|notre|nos|sa|son) (?:parcelle|terrain)")
# « l'enfouissement des lignes au hameau de … »: works of the commune, at nobody's home.
_WORKS = re.compile(
    r"(?<![a-z])(?:enfouissement|refection|travaux|desserte|lignes?|reseaux?|assainissement|eclairage|voirie"
    r"|pont|lavoir"
    r"|amenagement|renovation|restauration|extension|raccordement|fibre|antenne|abribus|chantier|enrobes?|curage"
    r"|elagage|fauchage|chapelle|fontaine|calvaire|carrefour|virage|reservoir|station)(?![a-z])[^.;:!?\n]{0,40}$"
)
_KIND = re.compile(
    r"(?:ker|pen|ty|tre|lan|coat|roz|poul|goas|puech|pech|mas|bel|mont|val|font|peyre|castel|champ|etch|harri)"
)
_NEXT_PLACE = re.compile(r"(?:,| -| –|,?\n) ?(?=(?:\d{1,4}(?: ?(?:bis|ter|[a-d])\b)?,? )?[a-z])")


def find_homes_in_words(reading: Reading, people: Sequence[Span], parcels: Sequence[Span]) -> Iterator[Span]:
    """Homes told by a sentence; `people` and `parcels` are what was found before, sorted by start."""
    low = reading.low
    for match in _GERMANIC.finditer(low):
        yield _span(reading, match.start(), match.end())
    for match in _MILESTONE.finditer(low):
        before = low[max(0, match.start() - 40) : match.start()]
        if _LIVES.search(before) or re.search(r"adresse|correspondance|courrier|livraison|domicile", before):
            yield _span(reading, match.start(), match.end())
    if reading.lower_case or reading.upper_case:
        yield from _without_shape(reading)
    else:
        yield from _shaped(reading, parcels)
        yield from _after_names(reading, people)
    yield from _lieux_dits(reading, people, parcels)


def _span(reading: Reading, start: int, end: int) -> Span:
    for _ in range(3):
        end, full = address_tail(reading, chained(reading, end))
        if full or not (onward := _onward(reading, end)):
            break
        end = onward
    return Span(start, trimmed_end(reading.low, end), "ADRESSE", "verifier", "lieu où vit quelqu'un")


def _onward(reading: Reading, end: int) -> int:
    """The end of a further part: « Rochebrune, 12 chemin du Bac », or 0."""
    follow = _NEXT_PLACE.match(reading.low, end)
    if follow is None:
        return 0
    number = _NUMBERED.match(reading.low, follow.end())
    index = reading.index_from(number.end() if number else follow.end())
    if index >= len(reading) or reading.starts[index] > follow.end() + 12:
        return 0
    if not (reading.bits[index] & STREET or reading.low_word(index) in _HOSTS) or not (
        number or (index + 1 < len(reading) and _named(reading, index))
    ):
        return 0
    onward = street_end(reading, index)
    return onward if onward > reading.ends[index] else 0


def _named(reading: Reading, index: int) -> bool:
    """Does a capital come soon after the word: « ferme du Haut-Pré »?"""
    for ahead in range(index + 1, min(index + 4, len(reading))):
        if "\n" in reading.gap(ahead - 1) or any(mark in reading.gap(ahead - 1) for mark in ".,;:()"):
            return False
        if reading.bits[ahead] & CAPITAL:
            return True
        if reading.low_word(ahead) not in _JOINERS:
            return False
    return False


def _shaped(reading: Reading, parcels: Sequence[Span]) -> Iterator[Span]:
    """Capitals tell where the name of the place starts and ends."""
    low, bits = reading.low, reading.bits
    ends = sorted(span.end for span in parcels)
    living = [start for word, start in zip(reading.low_words, reading.starts, strict=True) if word.startswith(_STEMS)]
    done = 0
    for index, bit in enumerate(bits):
        start = reading.starts[index]
        if start < done or not bit & CAPITAL:
            continue
        if bit & UPPER and index and bits[index - 1] & UPPER and bits[index - 1] & KNOWN:
            continue  # a sentence in capitals
        first = _phrase_start(reading, index)
        begin = reading.starts[first]
        left = low[max(0, begin - 70) : begin]
        if any(mark in left[-1:] for mark in ".!?\n") or not left:
            continue
        near = bisect_left(living, begin - 70)
        lived = _LIVES.search(left) if near < len(living) and living[near] < begin else None
        # What a possessive needs right before the place: a preposition, an article or a mark.
        linked = left[-2:-1] in ",:('" or (first and reading.low_words[first - 1] in _BEFORE_PLACE)
        told = (
            lived
            or (first < index and left.endswith(_POSSESSIVES))
            or (linked and (_OURS.search(left) or _OWNS.search(left)))
            or (ends and _after_parcel(low, begin, ends))
        )
        if not told:
            continue
        if not _is_place(reading, index, first, told=bool(lived)):
            continue
        last = _phrase_end(reading, index)
        span = _span(reading, begin, last)
        if PUBLIC.search(low, span.start, span.end) is None:
            done = span.end
            yield span


def _after_parcel(low: str, begin: int, ends: list[int]) -> bool:
    place = bisect_right(ends, begin) - 1
    near = place >= 0 and begin - ends[place] < 28
    return near and _AFTER_PARCEL.fullmatch(low, ends[place], begin) is not None


def _phrase_start(reading: Reading, index: int) -> int:
    """Back over « la ferme des », « le », to the first word of the place."""
    first = index
    while (
        first
        and index - first < 4
        and (
            reading.gap(first - 1) in (" ", "'", "-")
            or (
                reading.gap(first - 1) == ". "
                and reading.low_word(first - 1) in ("lot", "res", "ham", "quart", "dom", "bat")
            )
        )
    ):
        word = reading.low_word(first - 1)
        if word in _HOSTS or reading.bits[first - 1] & STREET:
            first -= 1
            if (
                first
                and reading.low_word(first - 1) in ("la", "le", "les", "l")
                and reading.gap(first - 1) in (" ", "'")
            ):
                first -= 1
            return first
        if word not in _JOINERS or reading.bits[first - 1] & CAPITAL:
            break
        first -= 1
    return index


def _is_place(reading: Reading, index: int, first: int, *, told: bool) -> bool:
    """May the capitalised words be a place, rather than a town, a person, an organisation?"""
    bit, word = reading.bits[index], reading.low_word(index)
    if first < index:
        return word not in _NOT_HOME
    if bit & (CIVILITY | ORGANISATION) or word in _NOT_HOME:
        return False
    after = reading.gap(index)
    composed = after in ("-", " ", "'") and index + 1 < len(reading) and bool(reading.bits[index + 1] & CAPITAL)
    if word in _HOSTS and not composed and not _named(reading, index):
        return False  # « J'habite en Immeuble »
    article = word in ("la", "le", "les", "l")
    if article:
        return composed and not (reading.bits[index + 1] & PLACE and not reading.bits[index + 1] & KNOWN)
    if bit & PLACE and not (bit & KNOWN and composed):
        return False
    if bit & EMPTY and not composed:
        return False
    if bit & (FIRST | SURNAME) and not told:
        return False
    return not (bit & FIRST and not bit & KNOWN and told)


def _phrase_end(reading: Reading, index: int) -> int:
    bits = reading.bits
    count = 0
    while index + 1 < len(reading) and count < 7 and reading.gap(index) in (" ", "-", "'"):
        ahead = index + 1
        while (
            ahead + 1 < len(reading) and reading.low_word(ahead) in _JOINERS and reading.gap(ahead) in (" ", "-", "'")
        ):
            ahead += 1
        if not bits[ahead] & CAPITAL and reading.gap(index) != "-":
            break
        index = ahead
        count += 1
    return reading.ends[index]


def _without_shape(reading: Reading) -> Iterator[Span]:
    """« j habite a la croix des landes »: two nouns linked, a kind of place, or a word that no dictionary knows."""
    low, bits = reading.low, reading.bits
    for index, bit in enumerate(bits):
        start = reading.starts[index]
        if bit & (EMPTY | CIVILITY) or low[start - 1 : start] not in (" ", "'"):
            continue
        left = low[max(0, start - 60) : start]
        if _LIVES.search(left) is None or re.search(r"(?:ecris|partons|chez \w+|voisine?s?|se trouve) ?$", left):
            continue
        word = reading.low_word(index)
        if word in _NOT_HOME or word in _LOWER_STOP:
            continue
        last = index
        while (
            last + 1 < len(reading)
            and last - index < 5
            and reading.gap(last) in (" ", "'", "-")
            and reading.low_word(last + 1) not in _LOWER_STOP
            and not bits[last + 1] & (CIVILITY | FIRST)
        ):
            last += 1
        while last > index and (bits[last] & EMPTY or reading.low_word(last) in _JOINERS):
            last -= 1
        linked = any(reading.low_word(place) in ("de", "du", "des", "la", "d", "l") for place in range(index + 1, last))
        host = word in _HOSTS or word in ("lieu", "lieudit")
        unknown = not bit & (KNOWN | PLACE | FIRST) and len(word) > 4
        if not ((host and last > index) or (linked and not bit & PLACE) or (unknown and _KIND.match(word))):
            continue
        article = re.search(r"(?:la |le |les |l')$", left)
        begin = start - len(article[0]) if article else start
        yield _span(reading, begin, reading.ends[last])


def _lieux_dits(reading: Reading, people: Sequence[Span], parcels: Sequence[Span]) -> Iterator[Span]:
    """« lieu-dit Les Combes », in a sentence that names somebody or a parcel, or says « je »."""
    low = reading.low
    marks = sorted([*people, *parcels], key=lambda span: span.start)
    for match in _LIEU_DIT.finditer(low):
        land = _OF_LAND.search(low, max(0, match.start() - 60), match.start())
        if land is not None and not _OWN_LAND.search(low, max(0, land.start() - 8), land.end()):
            continue
        index = reading.index_from(match.end())
        if index >= len(reading) or reading.starts[index] != match.end():
            continue
        shaped = not (reading.lower_case or reading.upper_case)
        linked = reading.low_word(index) in _JOINERS and _named(reading, index)
        if shaped and not reading.bits[index] & CAPITAL and not linked:
            continue
        stop = max(low.rfind("\n\n", 0, match.start()), match.start() - 200)
        near = any(stop <= span.start < match.end() + 60 for span in marks)
        own = re.search(
            r"(?<![a-z])(?:je|j'|mon|ma|mes|notre|nos|son|sa|ses|nous|terrain|situation)(?![a-z])",
            low[max(0, stop) : match.start()],
        )
        if not near and (own is None or _WORKS.search(low, max(0, match.start() - 60), match.start())):
            continue
        yield _span(reading, match.start(), _phrase_end(reading, index) if shaped else street_end(reading, index))


_LINE_PLACE = re.compile(r"(?:,| [-–]|\t| ?;| ?\|) ?(?=(?:La|Le|Les|L['’])[ '’]?[A-ZÀ-Ý])")


def _after_names(reading: Reading, people: Sequence[Span]) -> Iterator[Span]:
    """« Oksana Hrytsenko, La Tuilerie » at the end of a line."""
    for span in people:
        link = _LINE_PLACE.match(reading.text, span.end)
        if link is None:
            continue
        index = reading.index_from(link.end())
        end = _phrase_end(reading, index)
        after = reading.text[end : end + 1]
        if after in ("", "\n", ",", ";", "|", "\t", ")") and not reading.bits[index + 1] & (PLACE | ORGANISATION):
            yield Span(link.end(), end, "ADRESSE", "verifier", "lieu après un nom")
