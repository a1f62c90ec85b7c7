"""Homes told without « number + street »: a building and its flat, a hamlet and its postcode, a street first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.address_patterns import PUBLIC
from atelier_ia.privacy.lexicon import CAPITAL, CIVILITY, EMPTY, FIRST, KNOWN, ORGANISATION, PLACE, SURNAME
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.towns import town_end
from atelier_ia.privacy.wordlists import wakers, words

_PART = (
    r"(?:bat(?:iment)?\b\.?|bt\b\.?|app?t?s?\b\.?|appartement|escalier|esc\b\.?|porte|logement|lgt|entree|hall"
    r"|chambre|ch\.|emplacement|lit|cellule|case|secteur|maison|mobil-?home|lot\b"
    r"|cage|villa|bloc|tour|allee|etage|studio|pavillon)[ ]?(?:n ?[°ºo]\.? ?)?(?:(?<![a-z])[a-z](?: ?\d{1,4})?\b"
    r"|\d{1,4}(?: ?[a-z])?\b)"
    r"(?: (?:gauche|droite|face))?"
    r"|(?:\d{1,2} ?(?:er|e|eme|nd|ieme)|premier|deuxieme|troisieme|quatrieme|dernier) etage(?: (?:gauche|droite|face))?"
    r"|rez-de-chaussee|rdc\b"
)
_BUILDING = re.compile(
    rf"(?<![a-z])(?:(?:{_PART})[ ,\-]{{1,3}}\n?)?(?:residence|res\.|immeuble|imm\.|lotissement|foyer|ehpad|hotel"
    rf"|camping|villa|cite|hameau|couvent|monastere|terrain|aire|cada|ilet|bangas?|carbets?|internat"
    rf"|les hlm|hlm|tour"
    rf"|copropriete|domaine|clos|quartier)[ \-](?!(?:et|ou|ni|puis|mais) )"
    rf"(?:[a-z][a-z'\-]*[ ,\-]{{1,3}}){{1,5}}?\n?[ ]{{0,2}}(?:{_PART})"
    rf"(?:[ ,\-]{{1,3}}(?:{_PART})){{0,3}}"
)
_TOWN_AND_CODE = re.compile(r",? ?\(?(?:a |de )?([a-z][a-z' \-]{2,32}?) ?\((?:\d{5}|\d{2})\)")
_CODE = re.compile(r"[ ,\-]{0,3}\n?[ ]{0,3}(?:f ?- ?)?(\d{2} ?\d{3})(?![0-9])[ ,]{1,2}(?=[a-z])")
_POSTCODE = re.compile(r"(?<![0-9a-z./-])(?:f ?- ?)?((?:0[1-9]|[1-8]\d|9[0-9]) ?[0-9o]{3})[ ]{1,2}(?=[a-z])")
_CHUNK = re.compile(
    r"(?:^|[\n,:;(\t|>]|\. | - | – )[ ]{0,3}((?:a |au |aux |quartier |lieu-dit |hameau |ferme |villa |residence "
    r"|lotissement |domaine |mas |clos |chez )?[A-ZÀ-Ý][^\n,;:.()!?0-9@|]{2,38}?)[ ]?(?:,|\n| - "
    r"| – | )[ ]{0,2}$"
)
_LIVES = re.compile(
    r"(?<![a-z])(?:j'?habite|habit(?:e|ons|ent|ant|ait)|demeur(?:e|ant|ons)|domiciliee?s?|resid(?:e|ant|ons)"
    r"|vi(?:t|s|vons|vent|vant)"
    r"|logee?s?|installee?s?|(?:voisine?|riveraine?|habitante?|proprietaire|locataire|agricult\w+|exploitante?"
    r"|eleveu\w+"
    r"|maraich\w+|fermiere?)(?: d'une? \w+(?: secondaire)?)?)(?: (?:toujours|actuellement|seule?|ensemble|chez \w+"
    r"|depuis \w+ \w+),?)? (au lieu[ -]?dit (?:« ?|\")?|au |a la |"
    r"a l'|du |de la |aux |sur la |dans la |dans le |le |la |les |a )"
)
_REVERSED = re.compile(
    r"(?<![a-z])(?:rue|avenue|allee|impasse|chemin(?! rural| commun)|place|route(?! depart| nation)|boulevard"
    r"|square|quai|cours|passage|sentier"
    r"|venelle|ruelle) "
    r"[a-z'\-]{2,}(?: [a-z'\-]+){0,4}?(?:,? (?:au )?(?:numero|n ?[°ºo]|num)\.? ?|, )(\d{1,4}(?: ?(?:bis|ter|[a-d])\b)?|"
    r"(?:un(?! [a-z])|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt"
    r"|trente|quarante|cinquante|soixante)(?:[ -](?:et|un|deux|trois|quatre|cinq|six|sept|huit|neuf"
    r"|dix))*)(?![0-9a-z/€])(?! ?(?:euros?|€|h\b|%|m\b))"
)
_JOINERS = frozenset(
    ["de", "du", "des", "la", "le", "les", "d", "l", "aux", "au", "ar", "an", "er", "en", "sur", "sous", "lez"]
)
# « habitant Penn ar Prad », « il habite à kergoat »
_LIVES_AT = re.compile(r"(?<![a-z])(?:habitant|demeurant|residant|domiciliee?s?|habite(?:nt)?|habitons) (?=[a-z])")
_BRETON = re.compile(
    r"(?<![a-z])(?:habite(?:nt)?|habitons|demeure|vi[ts]|reside|loge|(?:sont|est|suis|sommes"
    r"|maison)(?= a ker)) (?:a |au |en )?((?:ker|pen|tre|plou|lan|loc"
    r"|ty|coat|roz|poul)[a-z]{2,14}"
    r"(?:[ -](?:vras|bras|bihan|vihan|huella|izella|coz|nevez|[a-z]{3,9}))?)(?![a-z])(?!')"
)
# Where no postman goes from door to door, a box is where somebody lives.
_OVERSEAS_BOX = re.compile(r"(?<![a-z])(b\.?p\.? ?\d{1,6})(?=[ ,\-]{1,3}9[78]\d{3} )")
_NOT_HOME = words("homes_not_home")
_PUBLIC_CUES = re.compile(r"(?:mairie|hotel de ville|ecole|siege|cedex|bp ?\d|cs ?\d|salle|prefecture)")
_REVERSED_WAKERS = wakers("homes_without_street_reversed")
_INSTITUTION_WAKERS = wakers("homes_without_street_institution")
_BRETON_WAKERS = wakers("homes_without_street_breton")


def find_places(reading: Reading) -> Iterator[Span]:
    """Homes that no street and number tells; overlaps are settled later."""
    low = reading.low
    yield from _buildings(reading, low)
    if "98" in low or "97" in low:
        for match in _OVERSEAS_BOX.finditer(low):
            if not _public(low, match.start()):
                yield Span(match.start(), _closing(reading, match.end(1)), "ADRESSE", "verifier", "boîte postale")
    yield from _before_postcodes(reading, low)
    yield from _lived_in(reading, low)
    yield from _at_capitals(reading, low)
    yield from _institutions(reading, low)
    if "grand" in low:
        for match in _MAIN_STREET.finditer(low):
            if not _public(low, match.start()):
                yield Span(match.start(), _closing(reading, match.end()), "ADRESSE", "verifier", "numéro et rue")
    for match in _FORM_TOWN.finditer(low):
        line_end = reading.line(match.end())[1]
        value = re.compile(r"[^\n;|\t]{2,40}?(?= {2,}|\n|;|\||\t|$)").match(low, match.end(), line_end)
        if value and _FORM_STREET.search(low, max(0, match.start() - 160), match.start()):
            yield Span(value.start(), value.end(), "ADRESSE", "verifier", "commune du domicile, dans un formulaire")
    if "numero" in low or "n°" in low or re.search(r"[a-z], \d", low):
        for match in reading.woken(_REVERSED_WAKERS, _REVERSED):
            if not _public(low, match.start()) and "\n" not in match[0]:
                yield Span(match.start(), _closing(reading, match.end()), "ADRESSE", "verifier", "rue puis numéro")


_NUMBERED = re.compile(
    r"(?:^|[\n,:;(\t|>]|\. | (?:au|adresse|domicile|demeurant|habite)) ?(\d{1,4}(?: ?(?:bis|ter"
    r"|[a-d]))?,? [^\n,;:()!?@|]{3,42}?)"
    r"[ ]?(?:,|\n|-|)[ ]{0,2}$"
)


_MAIN_STREET = re.compile(
    r"\d(?<![0-9a-z/.,\-]\d)\d{0,3}(?: ?(?:bis|ter|[a-d])\b)?,? (?:la )?grand(?:e|')?[ '-]{1,2}(?:rue|place)(?![a-z])"
)
_FORM_TOWN = re.compile(
    r"(?<![a-z])(?:cp|code postal(?: ?(?:et|/) ?(?:ville|commune))?|cp ?/ ?ville|ville|commune)(?: de residence"
    r"| du domicile)? ?: ?"
)
_FORM_STREET = re.compile(r"(?:adresse|voie|domicile|rue)[^\n:]{0,20}:")
_INSTITUTIONS = ("retraite", "ehpad", "foyer", "residence", "usld", "chrs", "cada", "hotel social")
_INSTITUTION = re.compile(
    r"(?<![a-z])(?:est|sont|vit|reside|placee?|entree?|admise?|hebergee?|pere|mere|mari|femme|oncle|tante|soeur"
    r"|frere|parents|papa"
    r"|maman|mamie|papi|papy|chambre|loge)(?: \w+){0,2}? (?:en |a l'|au |a la |dans (?:un |une "
    r"|l')?)?((?:maison de retraite"
    r"|ehpad|foyer(?:-logement| logement| de vie)?|residence (?:autonomie|seniors?|services)|usld|chrs|cada"
    r"|hotel social) "
    r"(?:aux? |a la |la |le |les |du |de la |des |de l'|d')?(?:« ?)?)(?=[a-z])"
)


def _institutions(reading: Reading, low: str) -> Iterator[Span]:
    """« mon père est à l'Ehpad Les Genêts, chambre 212 »: where somebody lives bears a name."""
    if not any(kind in low for kind in _INSTITUTIONS):
        return
    for match in reading.woken(_INSTITUTION_WAKERS, _INSTITUTION):
        named = reading.text[match.end()].isupper()
        if not named and (not reading.lower_case or reading.bits[reading.index_from(match.end())] & EMPTY):
            continue  # « en Ehpad depuis juin »
        end = town_end(reading, match.start(1), match.end())
        rooms = re.compile(rf"(?:[ ,\-]{{1,3}}(?:{_PART})){{1,3}}").match(low, end)
        yield Span(
            match.start(1), _closing(reading, rooms.end() if rooms else end), "ADRESSE", "verifier", "où vit quelqu'un"
        )


def _public(low: str, start: int) -> bool:
    left = low[max(0, start - 60) : start]
    left = re.split(r"\n\n|[.!?] ", left)[-1]
    return PUBLIC.search(left) is not None


def _closing(reading: Reading, end: int) -> int:
    """`end` moved after the postcode and the town, or the town and its code."""
    code = _CODE.match(reading.low, end)
    if code:
        return town_end(reading, code.end(1), code.end())
    town = _TOWN_AND_CODE.match(reading.low, end)
    return town.end() if town else end


def _buildings(reading: Reading, low: str) -> Iterator[Span]:
    for match in _BUILDING.finditer(low):
        yield Span(match.start(), _closing(reading, match.end()), "ADRESSE", "masquer", "bâtiment et logement")


def _before_postcodes(reading: Reading, low: str) -> Iterator[Span]:
    """« Le Moulin Neuf, 79200 Parthenay »: what stands before a postcode, when it is short and capitalised."""
    text = reading.text
    for match in _POSTCODE.finditer(low):
        if not text[match.end() : match.end() + 1].isupper() and not reading.lower_case:
            continue
        numbered = _NUMBERED.search(low, max(0, match.start() - 60), match.start())
        if (
            numbered
            and numbered[1].count(" ")
            and not _public(low, numbered.start(1))
            and not PUBLIC.search(numbered[1])
        ):
            end = town_end(reading, match.end(1), match.end())
            yield Span(numbered.start(1), end, "ADRESSE", "verifier", "numéro, lieu et code postal")
            continue
        chunk = _CHUNK.search(text, max(0, match.start() - 50), match.start())
        if chunk is None or _PUBLIC_CUES.search(low, max(0, match.start() - 40), match.end() + 40):
            continue
        first = reading.index_from(chunk.start(1))
        last = reading.index_at(chunk.end(1) - 1)
        bits = reading.bits[first : last + 1]
        if not bits or any(bit & CIVILITY and not bit & FIRST for bit in bits) or last - first > 6:
            continue
        if any(bit & ORGANISATION and not bit & EMPTY for bit in bits) or PUBLIC.search(
            low, chunk.start(1), chunk.end(1)
        ):
            continue
        if bits[0] & FIRST and any(bit & (SURNAME | CAPITAL) for bit in bits[1:]) and not bits[0] & EMPTY:
            continue  # a person's name on the line above
        if _public(low, chunk.start(1)):
            continue
        end = town_end(reading, match.end(1), match.end())
        yield Span(chunk.start(1), end, "ADRESSE", "verifier", "lieu et code postal")


def _at_capitals(reading: Reading, low: str) -> Iterator[Span]:
    """« habitant Penn ar Prad »: capitals right after the verb; « il habite à kergoat vras », in a text without"
    " capitals."""
    bits = reading.bits
    if reading.lower_case:
        for match in reading.woken(_BRETON_WAKERS, _BRETON):
            yield Span(match.start(1), match.end(1), "ADRESSE", "verifier", "lieu où vit quelqu'un")
        return
    for match in _LIVES_AT.finditer(low):
        index = begin = reading.index_from(match.end())
        if index >= len(reading) or reading.starts[index] != match.end() or reading.upper_case:
            continue
        if (
            not bits[index] & CAPITAL
            or bits[index] & (PLACE | CIVILITY | ORGANISATION)
            or reading.low_word(index) in _NOT_HOME
        ):
            continue
        while index + 1 < len(reading) and index - begin < 6 and reading.gap(index) in (" ", "-", "'"):
            joined = reading.low_word(index + 1) in _JOINERS and index + 2 < len(reading) and bits[index + 2] & CAPITAL
            if not bits[index + 1] & CAPITAL and not joined:
                break
            index += 1
        yield Span(match.end(), _closing(reading, reading.ends[index]), "ADRESSE", "verifier", "lieu où vit quelqu'un")


def _lived_in(reading: Reading, low: str) -> Iterator[Span]:
    """« j'habite à la Croix Blanche »: a place with a name, which is no town."""
    text, bits = reading.text, reading.bits
    for match in _LIVES.finditer(low):
        index = begin = reading.index_from(match.end())
        if index >= len(reading) or reading.starts[index] != match.end():
            continue
        word = reading.low_word(index)
        if bits[index] & (ORGANISATION | SURNAME) and match[1] in ("du ", "de la "):
            continue
        if (match[1] == "a " or (bits[index] & PLACE and not bits[index] & KNOWN)) and not word.startswith("ker"):
            continue
        if not bits[index] & CAPITAL or reading.lower_case or reading.upper_case or word in _NOT_HOME:
            continue
        while index + 1 < len(reading) and index - begin < 6:
            gap = text[reading.ends[index] : reading.starts[index + 1]]
            if gap not in (" ", "-", "'"):
                break
            joined = reading.low_word(index + 1) in _JOINERS
            if not bits[index + 1] & CAPITAL and not (
                joined and index + 2 < len(reading) and bits[index + 2] & CAPITAL
            ):
                break
            index += 1
        article = re.search(r"(?:la |le |les |l')$", match[1])
        start = match.end() - len(article[0]) if article else match.end()
        yield Span(start, _closing(reading, reading.ends[index]), "ADRESSE", "verifier", "lieu où vit quelqu'un")
