"""Addresses of homes: number and street, with what surrounds them (building, postcode, town).

A public place is left alone: the address of the mairie, of a school, of a firm. What decides is the nearest clue to the
left: an institution, or a person and words such as « demeurant ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.address_patterns import (
    AFTER,
    AT_NOUNS,
    BEFORE,
    CODE_AFTER,
    CODE_AND_TOWN,
    FOREIGN_CODE,
    HAMLET,
    HAMLET_AND_CODE,
    IN_STREET_DATE,
    LINK,
    LIVES_AND_CODE,
    LIVES_IN,
    NUMBER,
    NUMBER_AFTER,
    PLACE_LABEL,
    POSTCODE,
    PUBLIC,
    SPOKEN_NUMBER,
    STOP_WORDS,
    THEN_NUMBER,
    TITLES,
)
from atelier_ia.privacy.home_or_public import is_public, trimmed_end
from atelier_ia.privacy.lexicon import CAPITAL, EMPTY, FIRST, KNOWN, PLACE, STREET, SURNAME
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.towns import bare_town, town_end
from atelier_ia.privacy.wordlists import wakers, words

_SHORTENED, _OFTEN_WORDS = words("addresses_shortened"), words("addresses_often_words")
_NEVER_SPOKEN, _OFTEN_NOUNS = words("addresses_never_spoken"), words("addresses_often_nouns")
_SENTENCE_END = re.compile(r"(?<=[a-zà-ÿ0-9]{4})\. (?=[A-ZÀ-Þ])| ?»")
_HOUR = re.compile(r"(?<![0-9])\d{1,2} ?h ?$")
_PARCELS = re.compile(
    r"(?:numeros?|n[°o]s?|section|parcelles?|cadastre\w*)[^.;:\n]{0,20}\d, ?$"
    r"|(?:section|parcelles?|cadastr\w+) (?:section )?[a-z0-9]{1,3},? $"
)
_PLACE_LABEL_WAKERS = wakers("addresses_place_label")


def find_addresses(reading: Reading) -> Iterator[Span]:
    """Every home address of `reading`."""
    low = reading.low
    done = -1
    for index, bit in enumerate(reading.bits):
        if (bit & STREET or (reading.low_words[index] in ("r", "lot") and _short_street(reading, index))) and (
            reading.starts[index] >= done
        ):
            span = _street(reading, index)
            if span is not None:
                done = span.end
                yield span
    yield from _stated(reading)
    yield from _hamlets(reading, low)


def _short_street(reading: Reading, index: int) -> bool:
    """« 12 r. Haute », « 12 r des lilas », « 2 lot. du Stade »."""
    gap = reading.gap(index)
    if reading.low_words[index] == "lot":
        return (
            gap == ". "
            and reading.low[max(0, reading.starts[index] - 2) : reading.starts[index]].strip()[-1:].isdigit()
        )
    if gap[:1] == ".":
        return True
    before = reading.low[max(0, reading.starts[index] - 8) : reading.starts[index]]
    return gap == " " and re.search(r"\d(?: ?(?:bis|ter|[a-d]))?,? $", before) is not None


def _street(reading: Reading, index: int) -> Span | None:
    low = reading.low
    position = reading.starts[index]
    word = reading.low_word(index)
    left = max(0, position - 32)
    number = NUMBER.search(low, left, position)
    spoken = None
    if number is None:
        if position and low[position - 1] not in " \n,":
            return None
        if (numbered := _numbered_after(reading, index)) is not None:
            return numbered
        spoken = SPOKEN_NUMBER.search(low, max(0, position - 45), position)
        if spoken is not None and spoken[0].strip(" -") in ("et", "bis", "ter"):
            spoken = None
        if spoken is None or word in _NEVER_SPOKEN:
            return None
        if (
            re.search(r"\b(?:une|un|les|des|deux|trois)[ -]$", spoken[0])
            and len(re.split(r"[ -]+", spoken[0].strip(" -"))) == 1
        ):
            return None
    if number is not None and (year := re.match(r"(?:19|20)\d\d ?- ?(?=\d)", number[0])):
        number = NUMBER.search(low, number.start() + year.end(), position)
        if number is None:
            return None
    start = number.start() if number else spoken.start()  # type: ignore[union-attr]
    if number is not None and _HOUR.search(low, max(0, number.start() - 6), number.start()):
        return None
    if number is not None and _PARCELS.search(low, max(0, number.start() - 30), number.start()):
        return None
    if number is not None and re.match(r"(?:19|20)\d\d\b", number[0]) and not re.search(r"[,]", number[0]):
        return None
    after = low[reading.ends[index] : reading.ends[index] + 2]
    if word in _OFTEN_NOUNS and number is not None:
        # « 12 places », « 2 cours de français », « 3 mails »: a street has a capital or a link after it.
        following = reading.bits[index + 1] if index + 1 < len(reading) else 0
        if not (following & CAPITAL) and not re.match(
            r"\.? (?:d[eu]s?|d'|l|s(?:ain)?te? ?-?|bel-)", low[reading.ends[index] : reading.ends[index] + 5]
        ):
            return None
        if (
            word in ("cours", "place", "parc", "mail", "voie")
            and not reading.lower_case
            and not has_capital_name(reading, index)
        ):
            return None
    if not after:
        return None
    end = street_end(reading, index)
    named = end > reading.ends[index] + 1
    end, full = address_tail(reading, end)
    if not named and not full:
        return None
    before = BEFORE.search(low, max(0, start - 90), start)
    if before and before.start() < start:
        start = before.start()
    if low[start : start + 1] == "\n":
        start += 1
    dwelling = before is not None and re.search(r"(?<![a-z])(?:logement|lgt|appartement|app?t)(?![a-z])", before[0])
    verdict = False if dwelling else is_public(low, start, end)
    if verdict is True:
        return None
    while end > start and low[end - 1] in " ,-\n(;":
        end -= 1
    sure = full or verdict is False
    return Span(
        start, end, "ADRESSE", "masquer" if sure else "verifier", "adresse d'un domicile" if sure else "numéro et rue"
    )


def _numbered_after(reading: Reading, index: int) -> Span | None:
    """« rue du Puits au 15 »: the number comes after the street."""
    end = street_end(reading, index)
    if end <= reading.ends[index] + 1:
        return None
    numbered = NUMBER_AFTER.match(reading.low, end)
    start = reading.starts[index]
    if numbered is None or is_public(reading.low, start, numbered.end()) is True:
        return None
    end, _ = address_tail(reading, numbered.end())
    return Span(start, trimmed_end(reading.low, end), "ADRESSE", "verifier", "rue et numéro")


def has_capital_name(reading: Reading, index: int) -> bool:
    """Does a capital come within the three words after `index`, on the same line?"""
    for ahead in range(index + 1, min(index + 4, len(reading))):
        if "\n" in reading.text[reading.ends[index] : reading.starts[ahead]]:
            return False
        if reading.bits[ahead] & CAPITAL:
            return True
    return False


def street_end(reading: Reading, index: int) -> int:
    """Where the street's name ends: words linked by particles, capitals, hyphens."""
    low, bits = reading.low, reading.bits
    end = reading.ends[index]
    dated = IN_STREET_DATE.match(low, end)
    if dated:
        return dated.end()
    names = 0
    last_title = True
    position = index
    cased = not reading.lower_case
    while position + 1 < len(reading) and names < 8:
        gap = reading.gap(position)
        if gap == " 1" and reading.low_word(position + 1) in ("a", "e", "es"):
            position += 1  # « de 1a République », read by a scanner
            continue
        if "\n" in gap or len(gap) > 3 or any(mark in gap for mark in ",;:()!?/|0123456789\t"):
            break
        if "." in gap and len(reading.words[position]) > 1 and reading.low_word(position) not in _SHORTENED:
            break
        position += 1
        word = reading.low_word(position)
        bit = bits[position]
        if word in LINK and "-" not in gap:
            ahead = reading.starts[position] + len(word)
            dated = IN_STREET_DATE.match(low, ahead) if word in ("du", "de") else None
            if dated:
                return dated.end()
            if not _link_leads_on(reading, position, names):
                break
            continue
        if gap == " - ":
            break
        if "-" in gap or gap == "'":
            end = reading.ends[position]
            names += 1
            last_title = word in TITLES
            continue
        if word in STOP_WORDS and not (names == 0 and bit & CAPITAL and cased):
            break
        if names == 0 or last_title or (bit & CAPITAL and cased and not reading.upper_case):
            accepted = True
        else:
            previous = bits[position - 1]
            accepted = (
                (names == 1 and bool(previous & FIRST) and not bit & EMPTY and reading.lower_case)
                or (bool(bit & (FIRST | SURNAME)) and bool(previous & (FIRST | SURNAME)))
                or not (bit & (KNOWN | PLACE))
            )
        if not accepted and reading.low_word(position - 1) in LINK:
            accepted = True
        if not accepted:
            break
        end = reading.ends[position]
        names += 1
        last_title = word in TITLES or (len(word) == 1)
    # « rue A », « allée 3 »
    numbered = re.compile(r" (?:n ?[°ºo] ?)?\d{1,3}(?![0-9])").match(low, end) if names == 0 else None
    return numbered.end() if numbered else end if names else reading.ends[index]


def _link_leads_on(reading: Reading, position: int, names: int) -> bool:
    """Does the particle at `position` continue the street's name?"""
    if position + 1 >= len(reading):
        return False
    gap = reading.gap(position)
    if gap == " 1":
        return True
    if "\n" in gap or len(gap) > 2 or any(character.isdigit() for character in gap):
        return False
    word = reading.low_word(position)
    bit = reading.bits[position + 1]
    following = reading.low_word(position + 1)
    if names == 0:
        return True
    if word in ("a", "aux") and following in AT_NOUNS:
        return True
    if word in ("a", "au", "aux", "en", "sur", "et"):
        # « rue des Lilas à Rennes » is dealt with as a town
        return bool(bit & CAPITAL) and not reading.lower_case and word in ("et", "aux", "en", "sur") and not bit & EMPTY
    if following in LINK:
        return True
    return bool(bit & CAPITAL) or not (bit & EMPTY)


def address_tail(reading: Reading, end: int) -> tuple[int, bool]:
    """Extend the address by its building, its postcode and its town; says whether a postcode was there."""
    low = reading.low
    numbered = THEN_NUMBER.match(low, end)
    if numbered:
        end = numbered.end()
    complement = AFTER.match(low, end)
    if complement:
        code = CODE_AND_TOWN.search(low, end, min(len(low), complement.end() + 12))
        end = min(complement.end(), code.start()) if code else complement.end()
        while low[end - 1] in " ,-\n":
            end -= 1
    postcode = POSTCODE.match(low, end)
    if postcode is None:
        # Words that the street's name left out, up to a postcode on the same line or the next one.
        gap = re.compile(
            r"(?:[^\n.;:!?()0-9]|[0-9](?=[a-z])){0,40}\n?[^\n.;:!?()0-9]{0,30}(?=(?:0[1-9]|[1-8]\d|9\d) ?\d{3} "
            r"?[a-z])"
        ).match(low, end)
        if gap and not re.search(
            r"(?<![a-z])(?:je|il|elle|nous|vous|et|est|tel|au|n|ne|nee|numero|dossier|a|montant|euros?)(?![a-z])",
            gap[0],
        ):
            postcode = POSTCODE.match(low, gap.end())
    if postcode is not None:
        return town_end(reading, postcode.end(1), postcode.end()), True
    bare = bare_town(reading, end)
    after = CODE_AFTER.match(low, bare) if bare > end else None
    if after:
        return after.end(), True
    abroad = FOREIGN_CODE.match(low, end)
    if abroad and reading.text[abroad.end()].isupper() and not reading.upper_case:
        return town_end(reading, abroad.end(1), abroad.end()), True
    return bare, False


def _stated(reading: Reading) -> Iterator[Span]:
    """What follows « demeurant », « Adresse : »: a street without a number, a hamlet, a place and its postcode."""
    low = reading.low
    for match in reading.woken(_PLACE_LABEL_WAKERS, PLACE_LABEL):
        start = match.end()
        line_end = min(reading.line(start - 1)[1], start + 160)
        if start >= line_end:
            continue
        index = reading.index_from(start)
        if (
            index >= len(reading)
            or reading.starts[index] > start + 4
            or re.search(r"\d", low[start : reading.starts[index]])
        ):
            continue
        word = reading.low_word(index)
        field = ":" in match[0]
        if PUBLIC.match(low, start):
            continue
        first = index
        if word in ("la", "le", "l", "les") and index + 1 < len(reading) and reading.bits[index + 1] & STREET:
            index += 1
            word = reading.low_word(index)
        if word == "mail" and not has_capital_name(reading, index):
            continue
        if (reading.bits[index] & STREET and word not in _OFTEN_WORDS) or (
            reading.bits[index] & STREET and has_capital_name(reading, index)
        ):
            end = street_end(reading, index)
            if end <= reading.ends[index]:
                continue
            end, _ = address_tail(reading, end)
            yield Span(reading.starts[first], trimmed_end(low, end), "ADRESSE", "verifier", "rue d'un domicile")
        elif field:
            stop = re.compile(
                r"(?:tel|telephone|mail|courriel|email|ne\(?e?\)? le|date|portable|code postal|ville|commune|nom"
                r"|prenom|profession|  |\t|\|)"
            ).search(low, start, line_end)
            end = stop.start() if stop else line_end
            closed = _SENTENCE_END.search(reading.text, start, end)
            end = closed.start() if closed else end
            value = low[start:end].strip()
            if (
                len(value) < 4
                or "@" in value
                or "http" in value
                or "www" in value
                or value.startswith(("mail", "ip", "e-mail", "web"))
            ):
                continue
            follow = POSTCODE.match(low, end)
            if follow and "\n" in follow[0]:
                end = town_end(reading, follow.end(1), follow.end())
            if re.search(r"\d{5}|\d", low[start:end]) or HAMLET.match(value) or reading.bits[index] & CAPITAL:
                yield Span(
                    reading.starts[index] if not low[start].isdigit() else start,
                    trimmed_end(low, end),
                    "ADRESSE",
                    "verifier",
                    "adresse indiquée",
                )


def _hamlets(reading: Reading, low: str) -> Iterator[Span]:
    """« lieu-dit Kerbihan, 29000 Quimper » and a hamlet where someone lives."""
    if CODE_AND_TOWN.search(low) is None:
        yield from _lived_in_hamlets(reading, low)
        return
    for match in HAMLET_AND_CODE.finditer(low):
        if is_public(low, match.start(), match.end()) is True:
            continue
        end = town_end(reading, match.end(2), match.end())
        yield Span(match.start(), trimmed_end(low, end), "ADRESSE", "masquer", "lieu-dit et commune d'un domicile")
    for match in LIVES_AND_CODE.finditer(low):
        if PUBLIC.search(match[1]) is None:
            end = town_end(reading, match.end(2), match.end())
            yield Span(match.start(1), trimmed_end(low, end), "ADRESSE", "verifier", "domicile et sa commune")
    yield from _lived_in_hamlets(reading, low)


def _lived_in_hamlets(reading: Reading, low: str) -> Iterator[Span]:
    if "dit" not in low and "hameau" not in low:
        return
    for match in LIVES_IN.finditer(low):
        index = reading.index_from(match.end())
        if index < len(reading) and reading.starts[index] == match.end():
            end = town_end(reading, match.end(), match.end())
            if end > match.end():
                yield Span(match.start(1), trimmed_end(low, end), "ADRESSE", "verifier", "lieu-dit d'un domicile")
