"""Homes told in a sentence, without a number: « je loue rue de la Poterne », « la dame du 12 », a block above a"
" postcode.

A street alone is nobody's: what makes it a home is a word that says that somebody lives there, just before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from atelier_ia.privacy.address_patterns import BEFORE, COMPLEMENT, PUBLIC
from atelier_ia.privacy.addresses import address_tail, has_capital_name, street_end
from atelier_ia.privacy.home_or_public import trimmed_end
from atelier_ia.privacy.lexicon import CAPITAL, EMPTY, KNOWN, PLACE, STREET
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.towns import town_end
from atelier_ia.privacy.wordlists import words

# Somebody lives there: verbs, and nouns said of one person (« les riverains de la rue X » are nobody).
_LIVES = (
    r"(?:j'?habit\w*|(?:je|j'|on|nous|il|elle|ils) crech(?:e|es|ons|ent)|habit(?:e|es|ons|ez|ent|ant|ait|aient|ais"
    r"|er|ions)|demeur(?:e|es|ons|ez|ent|ant|ait|er)"
    r"|domicili\w*|resid(?:e|es|ons|ez|ent|ant|ait|er)|log(?:e|es|ee|ees|es|eons|ent|er|eait)|heberge\w*"
    r"|vi(?:s|t|vons|vez|vent|vant|vait|vre)|install(?:e|ee|es|ees|er|ons|ant)|demenag\w*|emmenag\w*|loue|loues|louons"
    r"|louent|louait|relog\w*|sedentaris\w*|stationne (?:sa|ma) caravane"
    r"|(?:devant|derriere|pres de|a cote de|jusque|jusqu'a|en face de|au-dessus de|sous|de|venir|passer|passe"
    r"|rends?|rendu\w*|livre[rs]?|intervenu\w*|intervenir|tombee?|arrive\w*)?"
    r" ?chez (?:moi|nous|lui|elle|eux|vous|mes|ses|leurs|ma|mon|sa|son|notre|leur|un tiers|une amie?|un ami|m\.?"
    r"|mr|mme|monsieur|madame|la famille)"
    r"|(?:mon|ma|son|sa|notre|leur|l'|nouvelle|ancienne|votre|mes|ses) ?(?:adresse|domicile|maison|apart|appart\w*"
    r"|logement|studio"
    r"|pavillon|residence (?:principale|secondaire)|residence|immeuble|pied-a-terre|rue|impasse|allee|chemin"
    r"|lotissement"
    r"|quartier|terrain|garage|portail|jardin|bien|jardin|habitation|villa|ferme|garde-meubles?|nouveau logement"
    r"|ancien logement|nouvelle maison|nouvelle adresse|ancienne adresse|ancien domicile|nouveau domicile)"
    r"|(?:une?|cette|ce|la|le) (?:maison|appart\w*|studio|pavillon|logement|residence secondaire|t[1-5]|f[1-5]"
    r"|villa|bien"
    r"|chambre|rez-de-chaussee|duplex|longere|mobil-?home|caravane|peniche|bateau|camion|camping-car|cabane|yourte"
    r"|tente)"
    r"|(?:nounou|nourrice|assistante maternelle|assmat|voisine?|riveraine?|habitante?|locataire|proprietaire|usagere?"
    r"|occupante?|famille|dame|monsieur|couple|papi|mamie|residente?|concierge|gardienne?|demandeu(?:r|se))"
    r"|(?:on est|nous sommes|je suis|on etait|est maintenant|c'est au|appelle d[eu]|appelle depuis)"
    r"|adresse|domicile|hebergement|coordonnees|visite a domicile|vad)"
)
# What may stand between the two, in the same clause.
_BETWEEN = (
    r"(?:[ ,:(]{1,2}(?:(?:actuellement|maintenant|desormais|quelque part|toujours|encore|seule?s?|ensemble|ici|la"
    r"|tous|aussi|juste|bien"
    r"|provisoirement|temporairement|egalement|est|etait|sera|situee?s?|sise?s?|se trouve|donne sur|qui donne sur"
    r"|depuis (?:\w+ ){1,3}?(?:ans?|mois|annees?|semaines?|jours|hier|janvier|fevrier|mars|avril|mai|juin|juillet|aout"
    r"|septembre|octobre|novembre|decembre|\d{4}|toujours|peu|longtemps|ma naissance)|depuis \d{4}|avec (?:\w+ ){1,4}?"
    r"|en (?:location|colocation|hlm|centre-ville|colocation)|parents|grands-parents|mere|pere|fils|fille|soeur|frere"
    r"|tante|oncle|grand-mere|grand-pere|mamie|papi|amie?|cousine?|voisine?|beaux-parents|belle-mere|nounou"
    r"|nourrice|copine"
    r"|copain|compagnon|compagne|un tiers|tiers"
    r"|(?:un|une|le|la|mon|ma|notre|son|sa) (?:petite? |grande? |vieille |vieux |beau |belle )?(?:maison|appart\w*"
    r"|studio"
    r"|chambre|logement|pavillon|t[1-5]|f[1-5]|villa|residence|mobil-?home|caravane|duplex|rez-de-chaussee)"
    r"|au fond|au bout|en haut|en bas|au milieu|a l'angle|au coin|a l'entree|au debut|en face|a cote|pres|le long"
    r"|au croisement"
    r"|vers|aux numeros pairs|a l'etage|au (?:\d\w*|premier|second|deuxieme|troisieme|dernier) etage|au rez-de-chaussee"
    r"|au|aux|a|en|sur|dans|de|du|d|des|par|l|le|la|les|cette|meme)[ ,:(']{0,2}){0,7})?[ ,:('\n]{0,3}"
)
_BEFORE_STREET = re.compile(rf"(?<![a-z])({_LIVES}){_BETWEEN}$")
_PLURAL = re.compile(
    r"(?:les|des|aux|tous les|toutes les|certains|plusieurs|chers|quelques) (?:\w+ )?(?:riverain|habitant|voisin"
    r"|locataire|proprietaire|occupant|resident|usager|maison|famille|logement|appartement|immeuble)e?s?\b"
)
_LIVED_AFTER = re.compile(
    r" chez (?:moi|nous|lui|elle|eux|mon|ma|mes|son|sa|ses)\b|,? ?(?:\([^)\n]{0,20}\) ?)?(?:c'est )?(?:ou|la ou"
    r"|la que|dans laquelle) "
    r"(?:je|j'|nous|on|il|elle|ils|mon|ma|mes|sa|son|ses|leur|habit|vit|vivent|resid|demeur|logent?)"
    r"(?:[^.,;\n]{0,25}(?:habit|vi[stv]|resid|demeur|log))?"
)
# Where people live that is no street: a name must follow, and a word that says that somebody lives there come before.
_HOSTS = words("streets_hosts")
_LINKED = re.compile(r"(?:,|;| -|,?\n| )[ ]?(?:(?:au|a|sur|dans) )?(?:la |le |l'|les )?")
_HAMLET_NEXT = re.compile(r"(?:,| -|,?\n|)[ ]?(?:(?:au|a|sur) )?(?:lieu[ -]?dit|lieudit) (?=[a-z])")
_ENDS_TEXT = re.compile(r"[.!?\n] ?$")
_NOT_AFTER_NAME = frozenset(
    {"cours", "cour", "voie", "porte", "passage", "parc", "mail", "degre", "cote", "pass", "ch", "ld"}
)
_AFTER_NAME = re.compile(
    r"(?: ?\(| (?=du |de la |de l'|des |au |a la )|,| -| :|;| ?/|\.|\n)[ \n]{0,2}(?:au |a la |a l'|du |de la |de l'"
    r"|des |le |la |les |l')?"
)
_COMMON_NOUNS = words("streets_common_nouns")
_NUMBER_ALONE = re.compile(
    r"(?<![a-z])(?:(?:(?:j'?habite|habit(?:e|ons|ent|ant|ait)|demeur(?:e|ons|ent|ant)|log(?:e|ee?s?|eons)|vi(?:s|t"
    r"|vons|vent)"
    r"|on est|nous sommes|resid(?:e|ons|ent|ant)|domicili\w+|chez (?:moi|nous|lui|elle|eux),?)"
    r"(?: (?:juste|actuellement|maintenant|toujours|aussi|nous|donc))? au(?: numero| n ?[°ºo])? "
    r"|(?:la dame|le monsieur|(?:le|la|les|mon|ma|mes|notre|nos|sa|ses|son|du|de la) (?:jeune |vieille |nouvelle? )?"
    r"(?:voisine?s?|gens|famille|locataires?|proprietaires?|occupante?s?|habitante?s?|couple|personne|riveraine?)"
    r"|ceux|celui"
    r"|celle) (?:du|d'en face au|qui habitent? (?:au|le))(?: numero| n ?[°ºo])? )"
    r"(\d{1,3}(?: ?(?:bis|ter|quater|[a-d])\b)?))(?![0-9a-z/°%€])(?!(?:[.,:]\d|er\b|e\b| ?%| ?€| ?h\b| ?km\b| ?m\b"
    r"| ?(?:janvier"
    r"|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|euros?|mois|ans|minutes?"
    r"|metres?|jours?"
    r"|octobre|eme|ieme|e etage|etage)\b))"
)
_AT_OURS = re.compile(
    r"[Cc]hez (?:nous|moi|lui|elle|eux|ma mère|mon père|mes parents),? ?\(((?:[Ll][ae]s? "
    r"|au )?[A-ZÀ-Ý][^)\n\d]{3,32})\)"
)
_NUMBER_AFTER = re.compile(
    r",? (?:du|au|\(du|\(au)(?: numero| n ?[°ºo])? (\d{1,3}(?: ?(?:bis|ter|quater"
    r"|[a-d])\b)?)(?![0-9a-z/°%€])(?!(?:[.,:]\d|er\b| ?[%€]"
    r"| ?(?:h|km|m|e|eme|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|euros?|mois|ans"
    r"|au|et|\d\d|minutes?|jours?|heures?)\b))"
)
_POSTCODE_LINE = re.compile(r"(?:^|\n)[ \t>]{0,4}(?:f ?- ?)?((?:0[1-9]|[1-8]\d|9[0-8]) ?\d{3})[ ]{1,2}(?=[a-z])")
_BLOCK_LINE = re.compile(
    rf"[ \t>]{{0,4}}(?:{COMPLEMENT}|chez |c/o |lieu[ -]?dit|lieudit|hameau|ferme|villa|quartier|domaine|mas |clos "
    rf"|cite "
    rf"|lotissement|lot\b|les |la |le |l'|ker|bat|\d{{1,4}}(?! ?(?:euros|€|h\b)))"
)


_AT_PUBLIC = re.compile(
    r"(?:mairie|ecole|college|lycee|mediatheque|gymnase|prefecture|tribunal|ccas|creche"
    r"|hotel de ville)(?: [a-z\-]+){0,2}, $"
    r"|(?:maison|espace|point|centre|pole|bureau|agence|relais) (?:de la |de l'|des |du |de |d'"
    r"|france )[a-z' \-]{3,40}, $"
)
_OF_DISTRICT = re.compile(r"(?:maisons?|conseils?|comites?|vie|fetes?|projets?|centres?|regies?|reunions?) de $")
_SET_UP = re.compile(r"(?<!s')(?<![a-z])(?:est|sont|sera|seront|ete|etait) $")
_HAS_PLACE = re.compile(
    r", ?(?:lieu[ -]?dit|lieudit|hameau|quartier|rue|chemin|route|allee|impasse|avenue|lotissement|residence"
    r"|ferme|bat)(?![a-z])"
)


def find_told_homes(reading: Reading) -> Iterator[Span]:
    """Homes that a sentence or a block of lines tells; overlaps are settled later."""
    low = reading.low
    done = -1
    for index, bit in enumerate(reading.bits):
        if reading.low_word(index) == "lieu" and low.startswith("dit", reading.ends[index] + 1):
            span = _hamlet(reading, index)
            if span is not None:
                yield span
            continue
        host = not bit & STREET and reading.low_word(index) in _HOSTS
        if not (bit & STREET or host) or reading.starts[index] < done:
            continue
        span = _street(reading, index, host)
        if span is not None:
            done = span.end
            yield span
    if " au " in low or " du " in low or " le " in low:
        for match in _NUMBER_ALONE.finditer(low):
            yield Span(match.start(1), match.end(1), "ADRESSE", "verifier", "numéro où quelqu'un habite")
    for match in _AT_OURS.finditer(reading.text):
        if PUBLIC.search(low, match.start(1), match.end(1)) is None:
            yield Span(match.start(1), match.end(1), "ADRESSE", "verifier", "lieu où quelqu'un habite")
    yield from _blocks(reading)


# « Mme Sultan, 13 les Hauts de Chavril »: a place that is no street, and its number.
_NUMBERED_PLACE = re.compile(
    r", (\d{1,4}(?: ?(?:bis|ter|[A-D]))?,? (?:[Ll]es? |[Ll]a |[Ll]'|[Aa]ux? )[A-ZÀ-Þ][^,.;:()\n]{2,36})(?=[,.;:()\n]|$)"
)


def homes_after_names(reading: Reading, people: Iterable[Span]) -> Iterator[Span]:
    """« Sandrine Weber, rue du Canal »: a street right after somebody's name."""
    low = reading.low
    for span in people:
        number = _NUMBER_AFTER.match(low, span.end)
        if number is not None:
            yield Span(number.start(1), number.end(1), "ADRESSE", "verifier", "numéro où quelqu'un habite")
            continue
        place = _NUMBERED_PLACE.match(reading.text, span.end)
        if place is not None:
            yield Span(place.start(1), place.end(1), "ADRESSE", "verifier", "lieu après un nom")
            continue
        link = _AFTER_NAME.match(low, span.end)
        if link is None:
            continue
        article = re.search(r"(?:la |le |les |l')$", link[0])
        begin = link.end() - len(article[0]) if article else link.end()
        index = reading.index_from(link.end())
        if index + 1 >= len(reading) or reading.starts[index] != link.end():
            continue
        if "(" in link[0]:
            close = low.find(")", link.end(), link.end() + 40)
            inner = reading.low_words[index : reading.index_at(close)] if close > 0 else []
            if len(inner) < 5 and _HOSTS.intersection(inner[1:]) and reading.bits[index] & CAPITAL:
                yield Span(begin, close, "ADRESSE", "verifier", "lieu après un nom")
                continue
        kind = reading.low_word(index)
        if "," in link[0] and reading.bits[index] & CAPITAL and not (reading.bits[index] & STREET or kind in _HOSTS):
            comma = _clause_end(low, link.end())
            inner = reading.low_words[index : reading.index_at(comma - 1) + 1]
            if 1 < len(inner) < 5 and _HOSTS.intersection(inner[1:]):
                end, _ = address_tail(reading, chained(reading, comma))
                yield Span(begin, trimmed_end(low, end), "ADRESSE", "verifier", "lieu après un nom")
                continue
        if not (reading.bits[index] & STREET or kind in _HOSTS) or kind in _NOT_AFTER_NAME:
            continue
        if PUBLIC.match(low, reading.starts[index]):
            continue  # « Madame Lina, de la maison de quartier »
        if "\n" in reading.gap(index) or not _is_name(reading, index):
            continue
        end = street_end(reading, index)
        if end > reading.ends[index]:
            end, _ = address_tail(reading, chained(reading, end))
            yield Span(begin, trimmed_end(low, end), "ADRESSE", "verifier", "rue après un nom")


def _clause_end(low: str, start: int) -> int:
    """Where the words from `start` end: the next mark, at most 40 characters away."""
    found = re.compile(r"[^,.;:()\n]{0,40}").match(low, start)
    return found.end() if found else start


def chained(reading: Reading, end: int) -> int:
    """`end` moved after the streets and places that go on: « Ferme du Petit-Bois, route de Saulzy »."""
    for _ in range(3):
        hamlet = _HAMLET_NEXT.match(reading.low, end)
        if hamlet is not None:
            end = town_end(reading, end, hamlet.end())
            continue
        index = reading.index_from(end)
        if index + 1 >= len(reading) or reading.starts[index] > end + 12:
            return end
        while index + 1 < len(reading) and reading.low_word(index) in ("au", "a", "la", "le", "l", "les"):
            index += 1
        kind = reading.low_word(index)
        if not (reading.bits[index] & STREET or kind in _HOSTS):
            return end
        between = reading.low[end : reading.starts[index]]
        if _LINKED.fullmatch(between) is None or not _is_name(reading, index):
            return end
        onward = street_end(reading, index)
        if onward <= reading.ends[index]:
            return end
        end = onward
    return end


def _street(reading: Reading, index: int, host: bool) -> Span | None:
    """The street at `index` when the words before it, or after it, say that somebody lives there."""
    low = reading.low
    start = reading.starts[index]
    if index + 1 >= len(reading) or "\n" in reading.gap(index) or not _is_name(reading, index):
        return None
    if reading.low_word(index) == "mail" and not has_capital_name(reading, index):
        return None  # « mon adresse mail »
    if _AT_PUBLIC.search(low, max(0, start - 60), start):
        return None
    cue = _BEFORE_STREET.search(low, max(0, start - 90), start)
    before = BEFORE.search(low, max(0, start - 60), start) if cue is None else None
    if before is not None and low[before.start()] != "\n":
        start = before.start()
        cue = _BEFORE_STREET.search(low, max(0, start - 90), start)
    if cue is not None and (_PLURAL.search(low, max(0, cue.start() - 18), start) or PUBLIC.search(cue[0])):
        cue = None
    if cue is not None and cue[1].startswith("install") and _SET_UP.search(low, max(0, cue.start() - 12), cue.start()):
        cue = None  # « le relais est installé rue Pasteur »
    end = street_end(reading, index)
    if end <= reading.ends[index]:
        return None
    if reading.low_word(index) == "quartier" and _OF_DISTRICT.search(low, max(0, start - 14), start):
        return None  # « la maison de quartier des Marronniers »
    alone = not host and not low[end:].strip(" .!\n") and _ENDS_TEXT.search(low, max(0, start - 4), start) is not None
    if cue is None and not alone and (host or _LIVED_AFTER.match(low, end) is None):
        return None
    end, _ = address_tail(reading, chained(reading, end))
    return Span(start, trimmed_end(low, end), "ADRESSE", "verifier", "rue où quelqu'un habite")


def _hamlet(reading: Reading, index: int) -> Span | None:
    """« la maison du lieu-dit Bel-Air »."""
    start = reading.starts[index]
    if (
        index + 2 >= len(reading)
        or reading.gap(index + 1).strip(' «"')
        or _BEFORE_STREET.search(reading.low, max(0, start - 90), start) is None
    ):
        return None
    end = town_end(reading, reading.ends[index + 1], reading.starts[index + 2])
    return (
        Span(start, end, "ADRESSE", "verifier", "lieu-dit où quelqu'un habite")
        if end > reading.ends[index + 1]
        else None
    )


def _is_name(reading: Reading, index: int) -> bool:
    """Is the street's word followed by a name (« rue Basse »), not by an adjective (« résidence secondaire »)?"""
    following = reading.low_word(index + 1)
    if following in _COMMON_NOUNS:
        return False
    if not (reading.lower_case or reading.upper_case):
        if reading.low_word(index) == "aire":
            return following == "d" and has_capital_name(reading, index + 2)
        return has_capital_name(reading, index)
    bit = reading.bits[index + 1]
    if following in ("de", "des", "du", "d", "la", "le", "les", "aux", "l"):
        return index + 2 < len(reading) and not reading.bits[index + 2] & EMPTY
    return not bit & EMPTY and (not bit & KNOWN or bool(bit & PLACE) or len(following) > 3)


def _blocks(reading: Reading) -> Iterator[Span]:
    """The lines of an address above its postcode: « Chez Mme Koné / Bâtiment F / Square des Acacias / 93200 … »."""
    low, text = reading.low, reading.text
    for match in _POSTCODE_LINE.finditer(low):
        if not match.start():
            continue
        top = match.start()
        start = top
        lines = 0
        while lines < 4 and top > 0:
            begin = low.rfind("\n", 0, top) + 1
            line = low[begin:top]
            if not line.strip() or len(line) > 48 or PUBLIC.search(line) or "@" in line:
                if PUBLIC.search(line):
                    start = match.start()
                break
            index = reading.index_from(begin)
            street = index < len(reading) and reading.starts[index] < begin + 4 and reading.bits[index] & STREET
            if not street and _BLOCK_LINE.match(line) is None and _HAS_PLACE.search(line) is None:
                break
            if line.startswith(("chez ", "c/o ")):
                start = begin
                break
            start = begin
            top = begin - 1
            lines += 1
        if start >= match.start():
            continue
        capital = text[match.end() : match.end() + 1].isupper()
        if not capital and not reading.lower_case:
            continue
        end = town_end(reading, match.end(1), match.end())
        yield Span(start, trimmed_end(low, end), "ADRESSE", "verifier", "adresse sur plusieurs lignes")
