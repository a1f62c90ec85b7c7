"""The town at the end of an address: where its name stops, with or without a postcode before it."""

from __future__ import annotations

import re

from atelier_ia.privacy.address_patterns import (
    STOP_WORDS,
)
from atelier_ia.privacy.lexicon import CAPITAL, EMPTY, FIRST, KNOWN, PLACE
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.wordlists import words

# « Marseille 4e », « Lyon 3e arrondissement »
_WITH_DISTRICTS = ("paris", "lyon", "marseille")
_DISTRICT = re.compile(
    r",? ?\(?\d{1,2} ?(?:er|eme|ieme|e)(?: arr(?:ondissement|(?:dt"
    r"|t)?\.?)(?![a-z]))?\)?(?![0-9a-z])(?! ?(?:etage|et\b|porte|boite))"
)
_GOES_ON = words("towns_then")
_PAUSES = (",", ".", ";", ")", "\n", "")


def town_end(reading: Reading, end: int, position: int) -> int:
    """The end of the town's name that starts at `position`, or `end` when there is none."""
    index = reading.index_from(position)
    if (
        index >= len(reading)
        or reading.starts[index] > position + 2
        or "\n" in reading.text[end : reading.starts[index]]
    ):
        return end
    low, bits = reading.low, reading.bits
    shaped = not reading.lower_case
    if shaped and not bits[index] & CAPITAL and low[reading.starts[index] : reading.ends[index]] in STOP_WORDS:
        return end
    end = reading.ends[index]
    words = 1
    while index + 1 < len(reading) and words < 8:
        gap = reading.gap(index)
        word = reading.low_word(index)
        following = reading.low_word(index + 1)
        bit = bits[index + 1]
        if (gap in ("-", "'", " - ", "- ") and (gap != " - " or (bit & CAPITAL and following == "cedex"))) or (
            gap in (" ", "  ")
            and (
                (
                    word
                    in (
                        "saint",
                        "sainte",
                        "st",
                        "ste",
                        "le",
                        "la",
                        "les",
                        "l",
                        "sur",
                        "sous",
                        "en",
                        "de",
                        "du",
                        "des",
                        "d",
                        "lès",
                        "lez",
                        "aux",
                        "notre",
                        "mont",
                        "val",
                        "villeneuve",
                        "bourg",
                        "port",
                        "bois",
                        "la",
                        "chateau",
                    )
                    and following not in ("et", "je", "nous", "vous", "il", "elle", "est")
                )
                or following == "cedex"
                or (
                    not shaped
                    and following in ("l", "d")
                    and index + 2 < len(reading)
                    and reading.gap(index + 1) in (" ", "'")
                )
                or (
                    following in ("sur", "sous", "en", "les", "lez", "la", "le", "de", "du", "des", "d")
                    and _town_goes_on(reading, index + 1)
                )
                or (
                    shaped
                    and not reading.upper_case
                    and bit & CAPITAL
                    and not bit & EMPTY
                    and words < 4
                    and not bit & FIRST
                )
                or (not shaped and words == 1 and _second_word(reading, index, position))
            )
        ):
            pass
        else:
            break
        index += 1
        end = reading.ends[index]
        words += 1
    if low.endswith(_WITH_DISTRICTS, position, end) and (numbered := _DISTRICT.match(low, end)):
        return numbered.end()
    district = re.compile(r" ?(?:cedex)? ?(?:\d{1,2}(?:e|er|eme)?(?![0-9a-z.,/:]| ?h|[ ]\w))?").match(low, end)
    if (
        district
        and district.end() > end
        and (low[end : district.end()].strip() and ("cedex" in district[0] or re.search(r"\d(?:e|er)", district[0])))
    ):
        end = district.end()
    while low[end - 1] == " ":
        end -= 1
    return end


def _second_word(reading: Reading, index: int, position: int) -> bool:
    """« 48130 aumont aubrac, »: without capitals, a second word before a pause, after a postcode."""
    bit = reading.bits[index + 1]
    after = reading.text[reading.ends[index + 1] : reading.ends[index + 1] + 1]
    coded = reading.low[max(0, position - 8) : position].rstrip()[-1:].isdigit()
    return coded and after in _PAUSES and not bit & (EMPTY | FIRST) and (bool(bit & PLACE) or not bit & KNOWN)


def _town_goes_on(reading: Reading, index: int) -> bool:
    if index + 1 >= len(reading) or reading.gap(index) not in (" ", "'", "-"):
        return False
    bit = reading.bits[index + 1]
    if reading.lower_case or reading.upper_case:
        return not bit & EMPTY and bool(
            bit & PLACE or not bit & KNOWN or reading.low_word(index) in ("sur", "sous", "les")
        )
    return bool(bit & CAPITAL)


def bare_town(reading: Reading, end: int) -> int:
    """A town without its postcode, right after the street: « , Rennes », « à Saint-Malo »."""
    low = reading.low
    link = re.compile(r",? (?:a |au |aux )|, ?|  ?- ?|\n| \(").match(low, end)
    if link is None:
        return end
    index = reading.index_from(link.end())
    if index >= len(reading) or reading.starts[index] != link.end():
        return end
    bit = reading.bits[index]
    named = bool(bit & PLACE) or (
        bool(bit & CAPITAL) and not reading.lower_case and not bit & EMPTY and " a" in link[0]
    )
    after = reading.text[reading.ends[index] : reading.ends[index] + 1]
    if link[0].startswith(",") and bit & CAPITAL and not bit & (KNOWN | FIRST) and not reading.lower_case:
        named = named or after in ("", ".", ";", ")", "\n")  # « 7 cité Allende, Lanester. »
    if link[0] == ", " and reading.lower_case and not bit & (KNOWN | FIRST | EMPTY):
        named = named or after in ("", ".", ";", ")", "\n")
    if link[0].strip() == "a" and reading.lower_case and not bit & (KNOWN | FIRST | EMPTY):
        # « 12 rue basse a fouras. », « douze impasse des genêts à montaigu mon numéro c'est… »
        onward = reading.low_word(index + 1) if index + 1 < len(reading) else ""
        named = named or after in ("", ".", ";", ")", ",", "\n") or onward in _GOES_ON
    if reading.low_word(index) in ("saint", "sainte", "st", "le", "la", "les") and bit & CAPITAL and " a" in link[0]:
        named = True
    if not named or (bit & PLACE and not bit & CAPITAL and not reading.lower_case):
        return end
    if link[0] == "\n" and not bit & PLACE:
        return end
    return town_end(reading, end, link.end())
