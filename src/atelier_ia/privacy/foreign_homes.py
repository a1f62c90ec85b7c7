"""Homes abroad: « 221B Baker Street, London NW1 6XE », « Calle Mayor 14 », « rue Haute 17, 7000 Mons (Belgique) ».

The kind of street is what gives them away; the number may follow the name, and the code has four figures or letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.home_or_public import is_public, trimmed_end
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span

_WORD = r"[A-ZÀ-Þ][\w'’\-]{1,20}"
_TOWN = r"[A-ZÀ-Þ][a-zà-ÿ'’\-]{1,20}"
_NUMBER = r"\d{1,4} ?(?:[a-hA-H]\b|bis\b)?"
_COUNTRY = (
    r"(?:Belgique|Suisse|Luxembourg|Allemagne|Espagne|Italie|Portugal|Angleterre|Royaume-Uni|UK|Irlande|Pays-Bas"
    r"|Autriche"
    r"|Pologne|Roumanie|Maroc|Algérie|Tunisie|Sénégal|Mali|Canada|Québec|Andorre|Monaco|Turquie|Grèce|États-Unis|USA"
    r"|Deutschland|España|Italia|Côte d'Ivoire|Cameroun|Madagascar|Comores|Haïti|Brésil|Suriname)"
)
# The code and the town, then the country.
_TAIL = (
    rf"(?:[ ,\-]{{0,3}}\n?[ ]?(?:(?:[A-Z]{{1,2}} ?- ?)?\d{{4,5}}(?:-\d{{3}})?(?: [A-Z]{{2}})?,? )?{_TOWN}"
    rf"(?:[ -]{_TOWN}){{0,2}}"
    r"(?:,? [A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}|,? \(?[A-Z]{2}\)?(?= \d{5})(?: \d{5})|,? [A-Z]\d[A-Z] ?\d[A-Z]\d)?"
    rf"(?:,? ?\(?{_COUNTRY}\)?)?)"
)
_NAMED = (
    rf"(?:{_NUMBER},? (?:{_WORD} ){{1,3}}(?:Street|St\.?|Road|Rd|Lane|Avenue|Drive|Close|Way|Court|Square|Gardens"
    rf"|Terrace"
    r"|Crescent|Place|Row|Hill|Grove)(?![\w'’\-])"
    r"|(?:Calle|C/|Avenida|Avda\.?|Plaza|Paseo|Carrer|Via|Viale|Corso|Piazza|Vicolo|Rua|Travessa|Praça|Largo|Estrada"
    r"|Ulica"
    rf"|ul\.|Strada|Str\.|Bulevardul|Rue|Avenue|Chemin|Place|Route|Boulevard|Quai|Allée|rue|avenue|chemin|route|place"
    rf"|boulevard|quai|allée|chaussée)(?: (?:de|del|della|dei|do|da|dos|di|la|los|las|des|du|d'|l'|le|les|et|von"
    rf"|der)| [dl]['’]|"
    rf" {_WORD}){{1,6}},? (?:n[°º.] ?|bte ?)?{_NUMBER}(?:,? (?:bte|boîte|box|bus) ?\w{{1,4}})?"
    r"|[A-ZÄÖÜ][\wäöüß\-]{2,24}(?:stra(?:ss|ß)e|straat|laan|gasse|gaß|weg|platz|allee|dreef|plein|kade|gracht|steenweg)"
    rf" {_NUMBER})"
)
_FOREIGN = re.compile(rf"(?<![\w/.-]){_NAMED}(?P<tail>{_TAIL})?")
_CODED = re.compile(r"(?<![\w-])(?:(?:[ABCDEFIL]|CH|LU) ?- ?)?\d{4}(?: [A-Z]{2})? [A-ZÀ-Þ]")
_ABROAD = re.compile(
    r"Street|Road|Lane|Calle|Avenida|Via |Rua |stra|weg |gasse|laan|platz|plein|Corso|Piazza|Plaza|Carrer|Ulica"
    r"|ul\.|Strada"
    r"|Square|Drive|Close|Court|Terrace|Gardens|kade|gracht|dreef|Viale|Praça|allee"
)
_FRENCH = re.compile(r"(?:rue|avenue|chemin|place|route|boulevard|quai|all[ée]e|chauss[ée]e)", re.IGNORECASE)


def find_foreign_homes(reading: Reading) -> Iterator[Span]:
    """Every home abroad; a French kind of street needs a code of four figures or a country after it."""
    text = reading.text
    if reading.lower_case or reading.upper_case:
        return
    if _ABROAD.search(text) is None and _CODED.search(text) is None:
        return
    for match in _FOREIGN.finditer(text):
        tail = match["tail"] or ""
        if _FRENCH.match(match[0]) and not re.search(r"(?<!\d)\d{4} [A-ZÀ-Þ]|" + _COUNTRY, tail):
            continue
        start, end = match.span()
        if tail and not re.search(r"\d", tail) and not re.search(_COUNTRY, tail) and "\n" in tail:
            end = match.start("tail")
        if is_public(reading.low, start, end) is not True:
            yield Span(start, trimmed_end(reading.low, end), "ADRESSE", "verifier", "adresse à l'étranger")
