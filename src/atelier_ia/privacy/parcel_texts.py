"""Parcels of a text about land, whatever its kind: « RAS sur B 12 », « H0112 (Le Floc'h) », « AO 1 à 6, coupe ».

Nothing announces them but what the text is about: enough words of land, and every shape of a parcel that stands where
a parcel may be told is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.wordlists import words

# What speaks of land by itself, and what does so with another such word.
_STRONG = re.compile(
    r"(?<![a-z])(?:parcel|cadastr|geom(?:etre|\.)|bornage|remembrement|amenagement foncier|emprises?(?![a-z])|foncier"
    r"|sans maitre|bail rural|fermage|france domaine|recolement|affouage|spanc|zone inondable|debroussaill"
    r"|travaux connexes|droit de prefer|preempt|dia(?![a-z])|immeuble non bati|taxe fonciere|releve de propriete"
    r"|alignement|registre des autorisations|echange de terrain|ouverture de chantier"
    r"|(?:pc|dp|pd|cu|pa) ?\d{3} ?\d{3} ?\d\d)"
)
_WEAK = re.compile(
    r"(?<![a-z])(terrains?|friches?|vignes?|taillis|landes?|prairies?|bois|foret|borne|soulte|indivis\w*"
    r"|succession|notaire|lieu-?dit|spanc|assainissement|raccorde|fosse|curer|clotures?|garage|permis|daact|implantation"
    r"|constructible|servitude|bailleur|preneur|plu|proprietaires?|ruine|ares|old|sapins?|chenes?|culture|verger|etang"
    r"|hangar|chalet|bati|pature|jardins?|captage|epandage|riverains?|ravalement"
    r"|pergola|piscine|surelevation|usufruit|arpentage|mur|chemin|plan|arbres?|bout|€ ?/ ?m²|m²)(?![a-z])"
)
_ENOUGH = 2
_SHORTEST = 4  # characters of « A 12 »: « A 1 », « A 2 » are the actions of a plan

_UNLIKE = r"(?![\w%€@°]|[.,]\d| ?(?:m2|m²|ha\b|€|h\b|%|km\b|mm\b|cm\b|kg\b|t\b|kv\b|kw\b|ans\b|euros|jours?\b|mois\b))"
_MORE = (
    rf"(?:(?:, ?| et | à |/|-)(?:n ?[°º] ?)?\d{{1,4}}(?: ?p{{1,2}}(?!\w))?{_UNLIKE}"
    r"(?! [a-zà-ÿ]{3,} \d| ?[A-Z]{1,2} ?\d))"
)
_SHAPE = re.compile(
    r"(?:(?<=ex-)|(?<![\w'’./@°-]))(?<!\d )(?:[0O](?=[A-Z] ?\d))?(?P<letters>[A-Z]{1,2})"
    r"(?P<sign> ?n ?[°º]s? ?\.?)?[ .-]?"
    rf"(?P<number>\d \d{{3}}(?! \d)|\d{{1,4}})(?:[a-d]|bis|ter| ?p{{1,2}})?(?!\w){_UNLIKE}{_MORE}{{0,8}}"
)
# « sur la YB 118 », « c'est la b 214 »: an article tells a parcel wherever it is.
_ARTICLED = re.compile(
    r"(?<=[ '(])(?:la|les) (?P<letters>(?-i:[A-Z]{2})) ?(?P<number>\d{1,4})(?![\w%€@°.-]|[,.]\d| ?(?:m2|m²|h\b|€|km\b))"
)
_ONE_LETTER = re.compile(r"(?<=[ '])la (?P<letters>[b-hjkmo-z]) (?P<number>\d{3,4})(?![\w%€@°]|[.,]\d| ?(?:m2|€|km\b))")
_LOWER = re.compile(
    r"(?<=[ ,(])(?P<letters>[a-z]{2}) ?(?P<number>\d{1,4})(?![\w%€@°]|[.,]\d| ?(?:m2|m²|h\b|€|km\b|ans\b))"
)
# Where a parcel may be told: at the head of a line or of a cell, in a list, in brackets, after a little word.
_PLACE = re.compile(
    r"(?:^|[\n\t;|(,:/→>–-] {0,3}|ex-|(?<![a-z'])(?:sur|la|les|le|en|et|du|des|de|entre|ex|si|dite?|ou|a|par|pour"
    r"|vers|avec)[ ]|[•*·] )$"
)
_BARRED = re.compile(
    r"(?<![a-z])(?:routes?|rd|rn|departementale|autoroute|bus|cars?|lignes?|salles?|lots?|bat|batiments?|portes?|articles?"
    r"|art|classes?|formats?|servitudes?|codes?|indices?|affiches?|ilots?|candidate?s?|reserves?|nf|equipes?|bornes?"
    r"|groupes?|panneaux?|circulaire|norme|notes?|instruction|appartements?|logements?|types?|modeles?|carres?|allees?"
    r"|tombes?|rangs?|quais?|places?|stands?|bureaux?|zones?|secteurs?|sortie|chemins?|niveau|grade|categories?|series?"
    r"|versions?|unites?|sites?|plans?|annexes?|pieces?|figures?|tableaux?|regards?|poteaux?|sondages?|points?|escaliers?"
    r"|hall|parking|vestiaires?|courts?|terrains? de \w+|bp|cedex|tel)[ n°º]*$"
    r"|(?<![a-z])(?:salle|lot|bat|batiment|porte|appartement|logement|place|bureau|type|classe|quai|stand|hall)s? ?: ?$"
)
_STREET = re.compile(r"(?:rue|cours|avenue|place|quai|boulevard|route|chemin|cs|za|zi)(?![a-z])[^\n]{0,40}$")
_NUMBERED_SECTION = re.compile(r"(?<![a-z])sect(?:ions?|\.)? ?:? ?(\d{1,2})(?!\d)")
_ROADS_AND_FORMS = words("parcel_texts_never")
_AMBIGUOUS = words("parcels_not_capitals")
_NO_SECTION = words("numbers_not_section")
_TWO_LETTERS = words("parcel_texts_words")


def in_land_texts(reading: Reading) -> Iterator[tuple[int, int]]:
    """Every parcel of a text about land, without a word for it; nothing in any other text."""
    low = reading.low
    if reading.upper_case:
        return
    found = [
        (match.start("letters"), match.end())
        for match in _ARTICLED.finditer(reading.text)
        if match["letters"] not in _ROADS_AND_FORMS and match["letters"] not in _AMBIGUOUS
    ]
    if not _about_land(low):
        yield from found
        return
    if reading.lower_case:
        found += [(match.start("letters"), match.end()) for match in _ONE_LETTER.finditer(low)]
    doubtful: list[tuple[int, int]] = []
    for match in _SHAPE.finditer(reading.text):
        letters, number = match["letters"], match["number"]
        before = low[max(0, match.start() - 26) : match.start()]
        if letters in _ROADS_AND_FORMS or _BARRED.search(before) or not _PLACE.search(before):
            continue
        if letters == "BP" and (
            re.match(r"[, \n]{1,3}\d{5}(?!\d)", low[match.end() : match.end() + 9])
            or _STREET.search(low, max(0, match.start() - 60), match.start())
        ):
            continue  # a post box
        glued = reading.text[match.start("number") - 1].isalpha()
        if len(letters) == 1 and not match["sign"] and glued and len(number) < 4:
            continue  # « M57 », « la phase P1 »: a section of one letter stands apart from its number
        # One letter and one figure, letters that mean something else too: only beside others.
        sure = match["sign"] or (len(letters) == 2 or len(number) > 1)
        (found if sure and letters not in _AMBIGUOUS else doubtful).append(match.span())
    if reading.lower_case or not found:
        for match in _LOWER.finditer(low):
            letters = match["letters"]
            before = low[max(0, match.start() - 26) : match.start()]
            if letters in _TWO_LETTERS or letters in _NO_SECTION or letters.upper() in _ROADS_AND_FORMS:
                continue
            if _PLACE.search(before) and not _BARRED.search(before):
                found.append(match.span())
    for told in _NUMBERED_SECTION.finditer(low):  # Alsace and Moselle: « section 37 », then « 37/112 »
        found += [match.span() for match in re.finditer(rf"(?<![\d/.,-]){told[1]}/\d{{1,4}}(?![\d/])", low)]
    yield from found
    if found or sum(end - start > _SHORTEST for start, end in doubtful) > 1:
        yield from doubtful


def _about_land(low: str) -> bool:
    strong = _STRONG.search(low) is not None
    weak: set[str] = set()
    for match in _WEAK.finditer(low):
        weak.add(match[1])
        if 2 * strong + len(weak) > _ENOUGH:
            return True
    return 2 * strong + len(weak) > _ENOUGH
