"""Cadastral parcels, in every way that people and land registers write them.

A parcel is a section (« AB », « 0B », « ZC ») and a number, with or without the commune and a prefix before it, alone
or in a list. Around a word such as « parcelle » or « cadastré » any letters do; elsewhere only capitals, after a word
for a piece of land, or in a text that speaks of parcels.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from atelier_ia.privacy.numbers import UNITS
from atelier_ia.privacy.parcel_layouts import in_cells, in_columns, named_again, of_land_books, said_aloud
from atelier_ia.privacy.parcel_texts import in_land_texts
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import wakers, words

_NO = (
    r"(?:(?:et |sous )?(?:les? |la )?(?:parcelles? )?(?:n ?[°ºo]s?\.? ?|numeros? |nos |num\.? |n\. ?)?"
    r"(?:plan )?(?:- ?|: ?)?)"
)
_END = (
    r"(?: ?(?:p{1,2}\d?\b|\(?(?:(?:pour|en) )?partie\b\)?|\(p{1,2}\)))?(?![0-9a-z]|[.,]\d| ?(?:m2|m²|ha\b|hectares?"
    r"|€|euros|ca\b|h\b|ans\b"
    r"|jours?|mois|km|metres?|%))"
)
_NUMBER = (
    r"(?:[loi]\d{2,3}|\d \d{3}(?! ?\d)|\d[0-9loi]{0,3}(?:[ab](?![a-z]))?)"
    r"(?:,? lots? (?:n ?[°o] ?)?\d{1,4})?" + _END
)
_SECTION = r"(?:section ?:? ?)?(?:0 ?(?=[a-z]))?(?:[a-z]0(?=,? n)|[a-z]{1,2})"
_PLACE = r"(?:(?:(?:\d{2}|2[ab]) ?)?\d{3} ?(?:\d{3} ?)?)?"
_UNIT = rf"{_PLACE}{_SECTION}(?:[ ,:\-]{{0,3}}|[/.]| {{4,8}}(?=n)){_NO}{_NUMBER}"
_AND = (
    r"(?: ?[,;] ?(?:et )?| et | ?& ?| a | ?/ ?| ?- ?| ou | ainsi que | jusqu'a )(?:(?:les? |la |de la |des |du )"
    r"(?=[a-z]{1,2} ?\d|parcelle|section))?"
)
_FIRST = _UNIT.replace("(?:[a-z]0(?=,? n)|[a-z]{1,2})", "([a-z]0(?=,? n)|[a-z]{1,2})")
_TOLD = re.compile(rf"(?<![0-9a-z'])(?<!\d )({_FIRST})(?:{_AND}(?:{_UNIT}|{_NO}{_NUMBER})){{0,12}}")
_REVERSED = re.compile(
    rf"(?<![0-9a-z])(?:n ?[°ºo]s?\.? ?|numeros? )?\d{{1,4}}{_END}(?:(?: ?, ?| et "
    rf"| a ){_NO}\d{{1,4}}{_END}){{0,6}},? (?:de la |en |de )?"
    r"section (?:0 ?)?[a-z]{1,2}(?![0-9a-z'])"
)
_FIELDS = re.compile(
    rf"(?:sections?|sect\.?)(?:\(s\))?(?: cadastrales?)? ?:? ?((?:0 ?)?[a-z]{{1,2}})(?![a-z])[ ,;|\n/–—\-]{{1,8}}"
    rf"(?:feuilles? ?:? ?(?:n ?[°º] ?)?[0-9 a-z]{{1,9}}[ ,;|\n/\-]{{1,4}})?(?:n ?[°ºo]s?|numeros?|parcelles?|plan)"
    rf"(?:\(s\))?(?: (?:de |du )?(?:la )?(?:parcelles?|plan))?(?:\(s\))?(?: cadastrale?s?)?[ :]{{0,3}}(?:n ?[°º] ?)?"
    rf"{_NUMBER}(?:{_AND}\d{{1,4}}{_END}){{0,8}}"
)
_NUMBERED_SECTION = re.compile(
    rf"sect(?:ion|\.)? ?:? ?\d{{1,2}}(?: ?[,–—-] ?| )(?:parcelles? )?(?:n ?[°ºo]s?\.? ?|numero "
    rf"|parcelles? ){_NUMBER}(?:/\d{{1,3}}(?!\d))?"
)
# « quartier 853 section M n° 166 » (Marseille), « cadastre 649535-2871 » (Nouvelle-Calédonie)
_QUARTER = re.compile(r"quartier \d{3},? $")
# « et 411 AX 0220 »: the prefix of a commune that was merged
_PREFIX_BEFORE = re.compile(r"(?:[:,;(\n]|et|terrain) ?(\d{3}) $")
_OVERSEAS = re.compile(r"(?: n ?[°º]|,| sous le n ?[°º]| :)? ?(\d{4,7}-\d{2,5})(?![\d-])")
_PART_OF = re.compile(
    r"(?:(?:l'|une )?emprise|partie|\d{1,5} (?:m2|m²|ca))(?: de \d{1,5} (?:m2|m²|ca|a))?(?: a prendre)? (?:sur|de) $"
)
_SHEET = re.compile(r"[ :]{1,3}(?:\d{3} ?)?[a-z]{1,2} ?\d{2}(?![0-9a-z])")
_PREFIX = re.compile(r"[ :]{1,3}\d{3}(?![0-9a-z])")
_PREFIXED = re.compile(
    rf"prefixe[ :]{{1,3}}(\d{{3}}[ ,;/\n–—\-]{{1,4}}(?:{_FIELDS.pattern}|{_NUMBERED_SECTION.pattern}))(?![0-9a-z])"
)
_ALONE = re.compile(
    rf"(?:[ :]{{1,3}}|, (?=l[ae]s? (?:n|\d))){_NO}\d{{1,4}}{_END}(?:(?: ?, ?| et ){_NO}\d{{1,4}}{_END}){{0,8}}"
)
_CODE = re.compile(r"\d(?<![0-9a-z]\d)(?:\d{4}|(?<=2)[ab]\d{3}) ?\d{3} ?(?:0[a-z]|[a-z]{2}) ?\d{4}(?![0-9a-z])")
_LETTER_NAMES = "be|ce|de|effe|ge|ache|ji|ka|elle|emme|enne|pe|qu|erre|esse|te|ve|iks|zed|zede"
_SPOKEN = re.compile(
    rf"[ :]{{1,2}}(?:section )?(?:(?:[a-z]|{_LETTER_NAMES})[ ,]{{1,2}}(?:[a-z]|{_LETTER_NAMES})[ ,]{{1,2}}"
    r"(?:numero )?(?:\d{1,4}|"
    rf"(?:{UNITS})(?:[ -](?:{UNITS})){{0,5}})|[bcf-z] (?:{UNITS})(?:[ -](?:{UNITS})){{0,5}})(?![0-9a-z])"
)
# « section A numéro cent vingt-trois »
_SECTION_SPOKEN = re.compile(
    rf"(?<![a-z])section (?:[a-z]{{1,2}}|{_LETTER_NAMES})(?:[ ,]{{1,2}}(?:[a-z]|{_LETTER_NAMES}))?,? (?:numero"
    rf"|n ?[°o]) "
    rf"(?:\d{{1,4}}|(?:{UNITS})(?:[ -](?:{UNITS})){{0,5}})(?![0-9a-z])"
)
# A scanner reads « o » as a nought: « secti0n AT numér0 533 », « parce11e ».
_SCANNED = re.compile(
    r"(?<![0-9a-z])sect[il1][o0]n ?:? ?[a-z0][a-z]?[ ,:]{1,8}(?:parce[l1i]{2}e )?(?:n ?[°º]"
    r"|num[e3]r[o0])s? ?(?:plan |p1an )?[0-9oil]{1,4}(?![0-9a-z])"
)
# « celle de mon cousin Firmin Boulet (D 421) »: the plot of somebody, after the name.
_OF_SOMEBODY = re.compile(
    r"(?<![\w])(?:celles?|parcelles?|terrains?|prés?|champs?|jardins?|bois|propriétés?|vignes?|vergers?) (?:de "
    r"|du |des |d['’])"
    r"(?:M\. )?[^.;:()\n]{2,50}\(((?:n° ?)?[A-Z]{1,2} ?(?:n° ?)?\d{2,4})(?: et [A-Z]{1,2} ?\d{2,4})?\)"
)
# Their plots are numbered from one on.
_GARDENS = re.compile(r"jardins? (?:familia|partage|ouvrier|potager communa)|jardin collectif|parcelle de jardin")
_ANNOUNCED = re.compile(
    r"[ :]{1,3}(?:(?:contigue|voisine|mitoyenne|attenante|riveraine|boisee|batie|agricole|cadastree|numerotee"
    r"|limitrophe|nue"
    r"|concernee|dite|litigieuse|enclavee|constructible|communale|privee|suivante)s?[ :]{1,3}(?:n ?[°o] ?)?)?"
)
# « D 417 (pré, 62 a) »: what the land register says of a parcel; « ZI 7, ZI 8, D 415 »: the list goes on.
_NATURE = re.compile(
    r"[A-Z](?<![\w'./-][A-Z])[A-Z]? ?\d{1,4}(?= ?(?:\(|, |: |– |- )(?:pré|prairie|pâture|lande|bois|taillis|futaie"
    r"|terres?|jardin"
    r"|sols?|vignes?|verger|friche|étang|chemin|cour|maison|grange|bâti|landes|jardins|potager|carrière)(?![\w]))"
)
_LISTED_ON = re.compile(r"(?:(?:, | et |; ?|/)[A-Z]{1,2} ?\d{2,4}(?![\w@°]|[.,]\d| ?(?:m2|m²|ha\b|€|h\b|%)))+")
_NOT_SECTION = words("numbers_not_section")
_CUES = words("parcels_cues")
_LAND = words("parcels_land")
# Capitals only: after a word for a piece of land, after « sur », « du », or in a text that speaks of parcels.
_CAPITALS = re.compile(
    r"[A-Z](?<![\w'./-][A-Z])[A-Z]?(?<!\d [A-Z])(?<!\d [A-Z][A-Z])[ \-]?(?:n ?[°ºo]s?\.? ?|nos )?\d{1,4}(?:[ab](?!\w)"
    r"| ?p{1,2}(?!\w))?"
    r"(?![\w@°]|[.,]\d| ?(?:m2|m²|ha\b|€|h\b|%)|-[A-Za-z])"
    r"(?:(?:, | et |/|-)\d{1,4}(?![\w€²]|[.,]\d| ?(?:m|h|€|%)| [A-Z]{1,2} ?\d))*"
)
# A school year, a thermal regulation: « CM2 », « RE2020 ».
_CODES = re.compile(r"C[EM][12]|GS\d|RE ?20\d\d|RT ?20\d\d|BP ?X|[MT]S\d")
_CLASSES = ("petite ", "moyenne ", "grande ", "petite et moyenne ", "syndicale ")
_DETERMINED = re.compile(
    r"(?:\b(?:sur|du|la|le|les|de la|de|en|par|dite?s?|soit|longe|traverse|jouxte|entre|et|au|d')|[(,;:]"
    r"|\bn[°º]) ?(?:la )?$"
)
_TRAFFIC = re.compile(
    r"route|departementale|circul|vitesse|carrefour|rond-point|pk ?\d|sortie|axe|deviation|virage|giratoire"
)
_SAME_LETTER = re.compile(r"([A-Z])\d{2,4}(?:, | et )\1\d{2,4}(?!\w)")
_ROADS = re.compile(
    r"\b(?:route|rd|rn|autoroute|bus|ligne|salles?|lot|bat|batiment|porte|article|art|classe|format"
    r"|servitudes?|suffixes?|codes?|indices?|affiches?|ilots?|candidate?s?|reserves?|nf|equipes?"
    r"|bornes?|groupes?|panneaux?|circulaire|norme|note|instruction|appartement|logement|type|modele)\W*$"
)
_LOWER = re.compile(
    r"(?<![a-z0-9'])(?:la|le|du|sur|de la|en|terrain|bois|pre|champ|lot|dite?|par) ([a-z]{2}) \d{1,4}(?![0-9a-z]"
    r"|[.,]\d| ?(?:h|€|euros|m2"
    r"|ans|jours?|km)\b)"
)
# « ma zh 14 »: sections of farmland, whose letters are no word.
_Z_SECTION = re.compile(r" (?<=(?:.[lm]a|sur) )(z[b-hk-z] ?\d{1,4})(?![0-9a-z]|[.,]\d| ?(?:h|€|m2|ans|km)\b)")
_NOT_CAPITALS = words("parcels_not_capitals")
_SIGNS = (
    ("0", re.compile(r"0(?<![\w-]0)[A-Z] ?\d{2,4}(?![\w-])")),
    (" 0", re.compile(r"[A-Z](?<![\w-][A-Z])[A-Z] 0\d{3}(?![\w-])")),
    ("Z", re.compile(r"Z(?<![\w-]Z)[A-Z] ?(?:n° ?)?(?:\d{1,4}|[lO]\d{1,3}|\d{1,3}[lO])(?![\w-])")),
)
_PLOTS_WAKERS = wakers("parcels_plots")
_LOWER_WAKERS = wakers("parcels_lower")


def find_parcels(reading: Reading) -> Iterator[Span]:
    """Every parcel of `reading`; overlaps are settled later."""
    last: Span | None = None
    read = [span for span in _all(reading) if not _is_area(reading.low, span)]
    told = bool(read) or "parcelle" in reading.low or "cadastr" in reading.low
    read += [_span(*place, sure=False) for place in said_aloud(reading, told)]
    read += [_span(*place, sure=False) for place in of_land_books(reading, len(read))]
    read += [_span(*place, sure=False) for place in in_land_texts(reading)]
    if read:
        read += [_span(*place, sure=False) for place in named_again(reading, read)]
    for span in sorted((_whole(reading, span) for span in read), key=lambda found: found.start):
        if last is not None and _BETWEEN.fullmatch(reading.low[last.end : span.start]):
            yield Span(last.start, span.end, "CADASTRE", last.level, last.reason)
        last = span
        yield span
    if reading.upper_case:
        return
    for match in reading.woken(_PLOTS_WAKERS, _PLOTS):
        shaped = reading.text[match.start(2) : match.end(2)].isupper()
        if shaped or (reading.lower_case and match[2] not in _NOT_SECTION):
            yield _whole(reading, _span(match.start(1), match.end(1), sure=False))
    if _PERMIT.search(reading.low):
        for match in _PERMIT_CELL.finditer(reading.text):
            yield _span(match.start(1), match.end(1), sure=False)


_AREA = re.compile(r"(?:\d{1,4} ?)?ha ?\d{1,3}")


def _is_area(low: str, span: Span) -> bool:
    """« 0 ha 43 » is no section HA."""
    if _AREA.fullmatch(low, span.start, span.end) is None:
        return False
    return low[span.start].isdigit() or low[max(0, span.start - 2) : span.start].strip()[-1:].isdigit()


def _all(reading: Reading) -> Iterator[Span]:
    low = reading.low
    told = False
    land: list[int] = []
    for index, word in enumerate(reading.low_words):
        if word in _CUES:
            for span in _around(reading, word, reading.starts[index], reading.ends[index]):
                told = True
                yield span
        elif word in _LAND:
            land.append(reading.ends[index])
    yield from (_span(*place, sure=False) for place in in_cells(reading))
    yield from (_span(*place, sure=True) for place in in_columns(reading))
    if "(" in reading.text or ":" in reading.text:
        for match in _NATURE.finditer(reading.text):
            yield _span(match.start(), match.end(), sure=False)
    if "sect" in low:
        cadastral = "parcel" in low or "cadastr" in low
        for pattern in (_SCANNED, _SECTION_SPOKEN) if cadastral else (_SCANNED,):
            for match in pattern.finditer(low):
                yield _span(match.start(), match.end(), sure=True)
    if land or told:
        for match in _OF_SOMEBODY.finditer(reading.text):
            if not _ROADS.search(low, max(0, match.start(1) - 24), match.start(1)):
                yield _span(match.start(1), match.end(1), sure=False)
    for match in _CODE.finditer(low):
        yield _span(match.start(), match.end(), sure=True)
    for sign, pattern in _SIGNS:
        if sign in reading.text:
            for match in pattern.finditer(reading.text):
                yield _span(match.start(), match.end(), sure=False)
    if "z" in low and not reading.lower_case:
        for match in _Z_SECTION.finditer(low):
            yield _span(match.start(1), match.end(1), sure=False)
    if reading.lower_case or (reading.upper_case and (land or told)):
        for match in reading.woken(_LOWER_WAKERS, _LOWER):
            if match[1][0] == "z" or (land and match[1] not in _NOT_SECTION and match[1].upper() not in _NOT_CAPITALS):
                yield _span(match.start(1), match.end(), sure=False)
    told = told or "cadastr" in low or "parcelle" in low
    if not reading.upper_case and (told or land or " sur " in low or " du " in low):
        yield from _in_capitals(reading, told, land)


_OWN_ARTICLE = re.compile(r"(?:^|[^a-z'])(la )$")
_PLOTS = re.compile(
    r"(?:ilots?|parcelles?|sur (?:son|mon|sa|ma|notre|leur|votre)|is on (?:his|my|her|their)"
    r"|(?:echanger|vend(?:re)?|cede[rz]?|(?:echange avec|echangerais?|vendrais?|vends|vendons|vendu|cederais?|acheter"
    r"|acquerir|garder?)(?: pas| plus)?"
    r"(?= la [a-z]{1,2} \d)) la|(?:son|mon|votre|notre) terrain|lots? cadastr\w+)(?: ?: ?| )"
    r"(([a-z]{1,2}) ?\d{1,4}(?:(?:, | et |/)[a-z]{1,2} ?\d{1,4}){0,8})(?![a-z0-9]|[.,]\d| \d)"
)
# « B 12, B 13 et la moitié de la 14 »
_THEN_ALONE = re.compile(
    rf"(?:,| et|,? ainsi que)(?: (?:la moitie|une partie|un bout|partie|le reste) de)? (?:la"
    rf"|le) (?:n ?[°º] ?)?\d{{1,4}}{_END}"
    r"(?! ?(?:rue|avenue|place|janv|fev|mars|avr|mai|juin|juil|aou|sept|oct|nov|dec|er ))"
)
_BETWEEN = re.compile(r"(?: et|,| ou| /) ?")
# « BN 155 » in a cell, in a table of permits
_PERMIT_CELL = re.compile(
    r"(?:(?<=[\t;|])[ ]?|(?<= [-–—] ))([A-Z]{1,2}[ -]?(?:n ?[°º] ?)?\d{1,4}(?: et (?:[A-Z]{1,2} ?)?\d{1,4}){0,4})"
    r"(?=[ ]?[\t;|\n]| [-–—] )"
)
_PERMIT = re.compile(r"(?<![a-z])(?:pc|dp|pa|pd|cu) ?\d{3} ?\d{3} ?\d{2}")


def _whole(reading: Reading, span: Span) -> Span:
    """« la ZC 19 et la ZC 20 », « l'emprise de 60 ca à prendre sur AC 501 »: the article and the part belong to it."""
    low = reading.low
    part = _PART_OF.search(low, max(0, span.start - 50), span.start)
    article = _OWN_ARTICLE.search(low, max(0, span.start - 4), span.start)
    start = part.start() if part else article.start(1) if article else span.start
    quarter = _QUARTER.search(low, max(0, start - 16), start) or _PREFIX_BEFORE.search(low, max(0, start - 8), start)
    start = quarter.start(quarter.lastindex or 0) if quarter else start
    further = None if reading.lower_case or reading.upper_case else _LISTED_ON.match(reading.text, span.end)
    end = further.end() if further else span.end
    alone = _THEN_ALONE.match(low, end)
    end = alone.end() if alone else end
    return span if (start, end) == (span.start, span.end) else Span(start, end, span.label, span.level, span.reason)


def _span(start: int, end: int, *, sure: bool) -> Span:
    return Span(
        start,
        end,
        "CADASTRE",
        "masquer" if sure else "verifier",
        "parcelle cadastrale" if sure else "forme d'une parcelle",
    )


def _around(reading: Reading, word: str, start: int, end: int) -> Iterator[Span]:
    """Parcels after (or right before) a word that announces them."""
    low = reading.low
    numbered = _NUMBERED_SECTION.match(low, start)
    if numbered is not None and not re.search(r"budget|fonctionnement|investissement|vote", low[start - 40 : end + 30]):
        yield _span(start, numbered.end(), sure=True)  # Alsace and Moselle number their sections
    if word == "section" and low.endswith(_CLASSES, 0, start):
        return
    if word.startswith("cadastr"):
        if re.match(r" (?:napoleonien|solaire|vert)", low[end : end + 14]):
            return
        overseas = _OVERSEAS.match(low, end)
        if overseas is not None:
            yield _span(overseas.start(1), overseas.end(1), sure=True)
        for found in _TOLD.finditer(low, max(0, start - 60), start):
            if _ROADS.search(low, max(0, found.start() - 24), found.start()):
                continue
            if found[2] not in _NOT_SECTION and re.fullmatch(r"[^.;!?]{0,24}", low[found.end() : start]):
                yield _span(found.start(), found.end(), sure=False)
    elif word == "cad" and low[end : end + 1] not in (".", " "):
        return
    stop = low.find("\n\n", end, end + 150)
    limit = stop if stop >= 0 else min(len(low), end + 150)
    begin = start if word.startswith("section") else end
    if word.startswith("section") or word == "sect":
        fields = _FIELDS.match(low, start)
        if fields is not None and (len(fields[1]) == 1 or fields[1] not in _NOT_SECTION):
            yield _span(fields.start(1), fields.end(), sure=True)
    if word in ("feuille", "prefixe"):
        joined = _PREFIXED.match(low, start)
        if joined is not None:
            yield _span(joined.start(1), joined.end(1), sure=True)
            return
        sheet = (_SHEET if word == "feuille" else _PREFIX).match(low, end)
        if sheet is not None and re.search(r"parcelle|section|cadastr", low[max(0, start - 60) : end + 60]):
            yield _span(end, sheet.end(), sure=True)
        return
    if word.startswith("parc"):
        spoken = _SPOKEN.match(low, end)
        if spoken is not None:
            yield _span(end, spoken.end(), sure=True)
        gardens = _GARDENS.search(low) is not None
        alone = _ALONE.match(low, end) if not (gardens or _REVERSED.search(low, end, end + 24)) else None
        if (
            alone is not None
            and not low.startswith((" de ", " a "), end)
            and not re.match(r" (?:de|a|sur) \d| (?:lots?|maisons?|jardins?)", low[alone.end() : alone.end() + 9])
        ):
            yield _span(end + 1, alone.end(), sure=True)
    for found in _REVERSED.finditer(low, max(0, start - 30), min(len(low), end + 40)):
        yield _span(found.start(), found.end(), sure=True)
    done = begin
    for found in _TOLD.finditer(low, begin, limit):
        between = low[done : found.start()]
        if len(between) > 60 or re.search(r"\. [a-z]|\bdu \d", between):
            return
        letters = found[2]
        if _CODES.fullmatch(reading.text[found.start() : found.end()]) or between.endswith("servitude "):
            continue
        announced = _ANNOUNCED.fullmatch(between) is not None and done == end
        capitals = not reading.upper_case and reading.text[found.start(2) : found.end(2)].isupper()
        if (
            letters in _NOT_SECTION
            and not (len(letters) == 2 and capitals and announced)
            and not (letters in ("a", "d", "l", "n") and (announced or re.search(r"n ?[°º]|section", found[1])))
        ):
            continue
        if len(letters) == 1 and not re.search(r"section|cadastr|parc|cad\b", between + low[start:end]):
            continue
        yield _span(found.start(), found.end(), sure=True)
        done = found.end()


def _in_capitals(reading: Reading, told: bool, land: list[int]) -> Iterator[Span]:
    """« le terrain BK 218 », « sur AV 18 »; anywhere in a text that speaks of parcels."""
    text, low = reading.text, reading.low
    near_land = told or "bornage" in low or "geometre" in low
    done = 0
    barred = -9
    for match in _CAPITALS.finditer(text):
        letters = re.match(r"[A-Z]{1,2}", match[0])
        if (
            letters is None
            or letters[0] in _NOT_CAPITALS
            or _CODES.fullmatch(match[0])
            or text[letters.end() + match.start() : match.end()].strip(" n°ºo") == ""
        ):
            continue
        before = low[max(0, match.start() - 24) : match.start()]
        if _ROADS.search(before) or 0 <= match.start() - barred < 5:
            barred = match.end()  # « les salles A 101, A 102 et B 12 »
            continue
        determined = _DETERMINED.search(before) is not None or match.start() == 0 or before.endswith(("\n", "- "))
        place = bisect_right(land, match.start()) - 1
        apart = match.start() - land[place] if place >= 0 else 99
        near = apart <= 28
        listed = done and match.start() - done < 5
        if len(letters[0]) == 1:
            bounded = (
                letters[0] == "D" and near_land and not _TRAFFIC.search(low, max(0, match.start() - 60), match.end())
            )
            articles = letters[0] in "LRD" and not before.endswith("en ") and not bounded
            beside = apart == 1 and re.search(r"\d{3}", match[0]) is not None
            long = len(match[0]) > 3 or _SAME_LETTER.match(text, match.start()) is not None
            if not (listed or (long and not articles and (told or bounded or beside or (near and determined)))):
                continue
        elif not (
            told
            or near
            or listed
            or (determined and letters[0][0] in "ABZ" and re.search(r"\b(?:sur|du|la|en) $", before))
        ):
            continue
        done = match.end()
        yield _span(match.start(), match.end(), sure=False)
