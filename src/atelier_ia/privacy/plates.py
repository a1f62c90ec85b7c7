"""Number plates: French ones of both kinds, foreign ones after a word for a vehicle, those that are spelled aloud."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from atelier_ia.privacy.numbers import UNITS, count_digits, looks_like_date
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_PLATE = re.compile(r"(?<![\w-])([a-z]{2})([ .\-]{0,2})([0-9]{3}|[0-9oil]{3})([ .\-]{0,2})([a-z]{2})(?![\w-])")
_OLD_PLATE = re.compile(r"\d(?<![\w-]\d)\d{0,3}([ \-]?)([a-z]{2,3})([ \-]?)(?:97\d|\d{2}|2[ab])(?![\w-])")
# Four digits, two capitals and a department, alone in a cell: « 5821 WT 49 ; ».
_CELL = re.compile(r"(?:^ ?|(?<=[\n\t;|])|(?<=[\n\t;|] ))\d{4} [A-Z]{2,3} (?:\d{2,3}|2[AB])(?= ?(?:[\n\t;|]|$))")
_BELGIAN_PLATE = re.compile(r"(?<![\w-])[1-9]-[A-Z]{3}-\d{3}(?![\w-])")
_VEHICLE = re.compile(
    r"immatricul|plaque|vehicule|voiture|scooter|\bmoto|camion|fourgon|utilitaire|caravane|remorque"
    r"|camping-car|betailler|benne|\bvan\b|fourgonnette|citerne|moissonneu|semi-|porteur|\bauto\b|berline|epave|stationn|clio|peugeot|renault|citroen|quad|tracteur|twingo|megane|scenic"
    r"|kangoo|master|trafic|dacia|sandero|duster"
    r"|golf|polo|audi|bmw|mercedes|toyota|yaris|ford|fiesta|opel|corsa|fiat|panda|kia|hyundai|nissan|seat|skoda"
    r"|berlingo|partner"
    r"|jumper|boxer|ducato|picasso|zafira|espace|volkswagen|volvo|mini\b|suzuki|honda|yamaha|kymco|piaggio"
    r"|\b[234]08\b|\bc[345]\b"
    r"|2cv|\b4l\b|bagnole|caisse|mobylette|cyclo|ma roue|amende|\bpv\b|fourriere|parebrise|pare-brise|gare[e]?\b"
)
# Right after « immatriculé », « plaque »: any short mixture of letters and digits, of any country.
_TOLD = re.compile(
    r"(?:immatricul[a-z]*|immat\b\.?|plaques?|plaque [a-z]{4,15})(?: d'immatriculation)?(?: (?:est|c'est|sous le"
    r"|n ?[°ºo]"
    r"|numero|provisoire|etrangere))?(?: n ?[°ºo])?[ :«\"(]{1,3}"
    r"((?=[a-z \-]{0,5}\d|\d[\d \-]{0,4}[a-z])[0-9a-z]{1,4}(?:[ \-.]?[0-9a-z]{1,6}){1,3})(?![0-9a-z])"
)
# After a vehicle, capitals only.
_FOREIGN = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,3}-[A-Z]{1,2} ?\d{1,4}|\d{4} ?[B-DF-HJ-NPR-TV-Z]{3}|[A-Z]{1,2} \d{2,3} [A-Z]{3}"
    r"|[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]{2} ?\d{4,6}|[A-Z]{2,3} [A-Z0-9]{2}\d[A-Z0-9]{2}|\d{2}-[A-Z]{2}-\d{2}"
    r"|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{1,2}-\d{3}-[A-Z]{1,2}|\d-[A-Z]{3}-\d{3}|WW?[ -]?\d{3}[ -]?[A-Z]{2}"
    r"|[A-Z]{2,3} \d{4,5}(?: ?[A-Z])?)(?![\w-])"
)
# « G H 412 K L »
_SPACED = re.compile(r"[A-HJ-NP-TV-Z](?<![\w-].) [A-HJ-NP-TV-Z] \d{3} [A-HJ-NP-TV-Z] [A-HJ-NP-TV-Z](?![\w'-])")
_NAMES = "a|be|ce|de|e|effe|ge|hache|ache|i|ji|ka|elle|emme|enne|o|pe|qu|erre|esse|te|u|ve|double ve|iks|ix|zed|zede"
_LETTER = rf"(?:[a-z](?: comme [a-z]+(?:-[a-z]+)?)?|{_NAMES})"
_NUMERAL = rf"(?:\d{{1,3}}|(?:{UNITS})(?:[ -](?:{UNITS})){{0,5}})"
_GAP = r"[ ,\-]{1,3}"
_SPELLED = re.compile(
    rf"(?<![a-z0-9']){_LETTER}(?:{_GAP}{_LETTER}){{1,2}}{_GAP}(?:tiret )?{_NUMERAL}{_GAP}(?:tiret )?{_LETTER}"
    rf"{_GAP}{_LETTER}(?![a-z0-9])"
)
_HALF_SPELLED = re.compile(
    rf"(?:plaque|immatricul\w*|scooter|voiture|moto|camion|vehicule)(?: c'?est| est)? ([a-z]{{2}} (?:{UNITS})"
    rf"(?:[ -](?:{UNITS})){{0,4}} [a-z]{{2,8}})(?![a-z])"
)


def find_plates(reading: Reading) -> Iterator[Span]:
    """Every number plate of `reading`; overlaps are settled later."""
    low, text = reading.low, reading.text
    french = list(_plates(reading))
    yield from french
    for match in _TOLD.finditer(low):
        piece = match[1]
        if (
            4 < len(piece) < 13
            and count_digits(piece) > 1
            and not (looks_like_date(piece) or re.search("[a-z]{4}", piece))
        ):
            yield Span(match.start(1), match.end(1), "PLAQUE", "masquer", "plaque d'immatriculation")
    if not reading.upper_case:
        for match in _FOREIGN.finditer(text):
            if (french or _VEHICLE.search(low, max(0, match.start() - 60), match.start())) and match[0][
                :2
            ].lower() not in _NOT_PLATE:
                yield Span(match.start(), match.end(), "PLAQUE", "verifier", "forme d'une plaque étrangère")
    for match in _SPACED.finditer(text):
        yield Span(match.start(), match.end(), "PLAQUE", "verifier", "forme d'une plaque d'immatriculation")
    for match in _HALF_SPELLED.finditer(low):
        yield Span(match.start(1), match.end(1), "PLAQUE", "masquer", "plaque d'immatriculation dictée")
    for match in _SPELLED.finditer(low):
        if " comme " in match[0] or _VEHICLE.search(low, max(0, match.start() - 70), match.start()):
            yield Span(match.start(), match.end(), "PLAQUE", "masquer", "plaque d'immatriculation épelée")


_GRAMMAR = words("plates_grammar")
_NOT_PLATE = words("forms_not_plate")


def _plates(reading: Reading) -> Iterator[Span]:
    low, text = reading.low, reading.text
    told: list[int] = []
    for match in _PLATE.finditer(low):
        first, gap, number, second_gap, last = match.groups()
        piece = text[match.start() : match.end()]
        if count_digits(number) < 2:
            continue
        if first in _GRAMMAR and last in _GRAMMAR and " " in gap and piece.islower():
            continue  # « le 250 se situe »
        before = low[max(0, match.start() - 70) : match.start()]
        cue = _VEHICLE.search(before) is not None
        upper = piece.isupper() and not reading.upper_case
        joined = gap.strip() == second_gap.strip() and (gap == second_gap) and " " not in gap
        if (
            cue
            or (upper and gap == second_gap and first not in _NOT_PLATE and last not in _NOT_PLATE)
            or (joined and gap)
        ):
            told.append(match.start())
            yield Span(match.start(), match.end(), "PLAQUE", "masquer", "plaque d'immatriculation")
        elif joined and number.isdigit():
            yield Span(match.start(), match.end(), "PLAQUE", "verifier", "forme d'une plaque d'immatriculation")
    for match in _BELGIAN_PLATE.finditer(text):
        yield Span(match.start(), match.end(), "PLAQUE", "masquer", "plaque d'immatriculation belge")
    for match in _OLD_PLATE.finditer(low):
        before = low[max(0, match.start() - 60) : match.start()]
        letters = match[2]
        if letters in _NOT_PLATE or letters in ("rue", "des", "les", "mai", "bis", "ter", "cv", "km", "ans"):
            continue
        beside = (
            told
            and match.start() - told[max(0, bisect_left(told, match.start()) - 1)] in range(1, 40)
            and text[match.start() : match.end()].isupper()
        )
        alone = _CELL.match(text, match.start()) is not None
        if beside or _VEHICLE.search(before) or (alone and not reading.upper_case):
            yield Span(match.start(), match.end(), "PLAQUE", "masquer", "ancienne plaque d'immatriculation")
