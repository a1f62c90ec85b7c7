"""Homes read backwards from their postcode: every part of the address before it, on its line or on the lines above.

« Villa Stella Maris, route des Sanguinaires, 20000 Ajaccio », « Les Bruyères, 1er étage, 26110 Nyons », « CHEZ MLLE
NOIROT / 10 GRANDE RUE / 70000 VESOUL »: a postcode and its town are the surest end of an address; what stands before
them is read part by part, as long as it looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.address_patterns import PUBLIC
from atelier_ia.privacy.home_or_public import is_public, trimmed_end
from atelier_ia.privacy.lexicon import CAPITAL, CIVILITY, EMPTY, FIRST, KNOWN, PLACE, SURNAME, UPPER
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.towns import town_end

# A postcode and its town; a scanner may have read its figures as letters.
_CODE = re.compile(
    r"[0-9lo](?<![0-9a-z][0-9lo])(?<![0-9] [0-9lo])(?:\d ?\d{3}|(?<=\d)[0-9oil]{4}|(?=[oil]{0,3}\d)[0-9oil]{4})"
    r" {1,2}(?=[a-z][a-z' \-])"
)
_KIND = (
    r"(?:rue|r\.|avenue|av\.?|boulevard|boul|bd\.?|bld|impasse|imp\.?|allee|all\.?|chemin|chem\.?|route|rte\.?|place"
    r"|pl\.?|quai"
    r"|square|sq\.?|cours|cour|passage|sentier|sente|venelle|ruelle|traverse|montee|cote|faubourg|fbg?\.?|esplanade"
    r"|promenade"
    r"|mail|rond-point|villa|residence|res\.?|cite|clos|hameau|ham\.?|lieu[ -]?dit|lieudit|ld|quartier|lotissement"
    r"|lot\.?|bourg"
    r"|ferme|mas|moulin|domaine|chalet|chateau|manoir|presbytere|prieure|foyer|pension|pavillon|pav\.?|maison"
    r"|immeuble|imm\.?"
    r"|batiment|bat\.?|tour|escalier|esc\.?|entree|hall|porte|appartement|appt?\.?|apt\.?|logement|lgt|chambre|ch\.?"
    r"|bastide"
    r"|etage|studio|boite|bp|cs|poste restante|gite|longere|grange|castel|ecart|ravine|morne|ilet|section"
    r"|habitation"
    r"|pk|point kilometrique|emplacement|caravane|peniche|port|ponton|camping|internat|ker|borde|mobil-?home"
    r"|grande rue|grand-rue)"
)
_PART = re.compile(
    rf"(?:(?:[0-9lio]{{1,4}}(?: ?(?:bis|ter|quater|[a-d])(?![a-z]))?,? )?(?:l[ae]s? |l'|au |aux |a la |a l'|a "
    rf"|de la |ancien(?:ne)? "
    rf"|vieux |vieille |grande |petite )*{_KIND}(?![a-z])"
    r"|(?:\d{1,2} ?(?:er|e|eme|nd|ieme)|premier|deuxieme|troisieme|dernier) ?(?:etage|etg|porte)"
    r"|(?:juste )?(?:au[ -]dessus|au[ -]dessous|derriere|en face|face|a cote|pres|au fond|au bout|a l'angle) (?:d|a)"
    r"|(?:chez|c/o) |[0-9lio]{1,4}(?: ?(?:bis|ter))?,? (?:[a-z'-]{3,20} ){1,3}rue\b|\d{1,4}(?: ?(?:bis|ter|[a-d]))?$)"
)
_BESIDE = re.compile(r"(?:juste )?(?:au[ -]dessus|au[ -]dessous|derriere|en face|face|a cote|pres|chez|c/o) ")
# Where an address starts inside a piece of a sentence: « … indique habiter chez M. Roy ».
_OPENER = re.compile(
    rf"(?:^|[ :.»\"«(])((?:(?:chez|c/o) (?:m\.|mme|mlle|mr|monsieur|madame|la famille|famille|son|sa|ses|mon|ma|mes"
    rf"|une?|le|la|les)? ?"
    rf"|[0-9lio]{{1,4}}(?: ?(?:bis|ter|quater|[a-d])(?![a-z]))?,? (?:l[ae]s? |l')?{_KIND} "
    rf"|(?:villa|residence|hameau|lieu[ -]?dit|ferme|moulin|chalet|domaine|manoir|presbytere|pavillon"
    rf"|ancien(?:ne)? (?:moulin|ferme|ecole|presbytere|gare)|foyer|cite|chalet|poste restante"
    r"|(?:route|chemin|impasse|allee|avenue|rue|montee|sentier|quartier|lotissement|domaine|mas) )(?=[a-z ])))"
)
_SEPARATOR = re.compile(r"(?:[ ]?»)?(?:,[ ]?|[ ]?\n[ ]{0,20}|  +| [–-] |,[ ]?\n[ ]{0,20})$")
_STOP = re.compile(
    r"[:;|\t\"»«()!?]|(?<! m)(?<!mme)(?<! mr)(?<!lot)(?<!res)(?<!bat)(?<! ch)\. |\.\.+|,[ ]?\n|,|\n| [–-] "
)
# « vivre ensemble depuis le 15 août 2021 au Moulin de … »
_SINCE = re.compile(
    r"depuis (?:le )?(?:\d{1,2}(?:er)? )?(?:\d{1,2}/\d{1,2}/\d{2,4}|(?:[a-z]{3,9} )?\d{4}|\w+ (?:ans?"
    r"|mois)),? (?=(?:au?x?|a la|a l'|chez|dans) )"
)
_SAID = re.compile(
    r"(?<![a-z])(?:est|sont|a|ont|suis|je|il|elle|nous|vous|qui|que|et|mais|pour|dans|sur|cette?|notre|votre|demande"
    r"|objet|tel"
    r"|siege|dossier|courrier|mail)(?![a-z'])"
)


def find_before_postcodes(reading: Reading) -> Iterator[Span]:
    """Addresses that end with a postcode and a town, from their first part."""
    low = reading.low
    for match in _CODE.finditer(low):
        start = _start(reading, match.start())
        if start is None or start >= match.start() - 3:
            continue
        if is_public(low, start, match.start()) is True or low.startswith(("bp ", "cs "), start):
            continue
        end = town_end(reading, match.end() - 1, match.end())
        yield Span(start, trimmed_end(low, end), "ADRESSE", "verifier", "adresse qui finit par un code postal")


def _start(reading: Reading, place: int) -> int | None:
    """Where the address that goes on at `place` starts, or None when nothing before it belongs to it."""
    low = reading.low
    start: int | None = None
    cursor = place
    for _ in range(5):
        gap = _SEPARATOR.search(low, max(0, cursor - 24), cursor)
        stop = gap.start() if gap else cursor
        if gap is None and cursor == place:
            stop = cursor - 1 if low[cursor - 1 : cursor] == " " else cursor
        elif gap is None:
            break
        left = max(0, stop - 60)
        begin = left
        for mark in _STOP.finditer(low, left, stop):
            begin = mark.end()
        while begin < stop and low[begin] in " >*-":
            begin += 1
        chunk = low[begin:stop]
        if since := _SINCE.search(chunk):
            begin += since.end()
            chunk = low[begin:stop]
        public = PUBLIC.search(chunk) is not None
        if len(chunk) < 3 or (public and _BESIDE.match(chunk) is None):
            return None if public else start
        if len(chunk) < 56 and _PART.match(chunk) and _SAID.search(chunk) is None:
            start = cursor = begin
            continue
        for opened in _OPENER.finditer(chunk):
            if _SAID.search(chunk, opened.end(1)) is None:
                return begin + opened.start(1)
        named = _name_of_a_place(reading, begin, stop)
        if named is None:
            break
        start = cursor = named
        if named > begin:
            break
    return start


_LINKS = frozenset(["de", "du", "des", "d", "la", "le", "les", "aux", "au", "en", "sur", "et", "l", "a"])


def _name_of_a_place(reading: Reading, start: int, end: int) -> int | None:
    """Where « Les Bruyères », « Bas-du-Bourg », « Errota Zaharra » starts before `end`; None for anything else.

    An article or not, then capitals up to the end; nobody's name, no word of a heading.
    """
    if reading.lower_case or reading.upper_case or re.search(r"\d", reading.low[start:end]):
        return None
    first = index = reading.index_at(end - 1)
    bits: list[int] = []
    while index >= 0 and reading.starts[index] >= start and len(bits) < 5:
        bit, word = reading.bits[index], reading.low_word(index)
        if bit & CAPITAL and not bit & CIVILITY:
            bits.append(bit)
            first = index
        elif not bits or word not in _LINKS:
            break
        index -= 1
    if not bits or (bits[-1] & EMPTY and reading.low_word(first) not in _LINKS):
        return None
    if len(bits) == 1 and bits[0] & (UPPER | EMPTY | SURNAME):
        return None
    if reading.low_word(first) in ("le", "la", "les", "l"):
        return reading.starts[first]
    if any(bit & FIRST for bit in bits) or all(bit & KNOWN and not bit & PLACE for bit in bits):
        return None
    return reading.starts[first]
