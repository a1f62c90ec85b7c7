"""Homes told by what is around them: « j'habite au-dessus du tabac », « chez ma sœur, 9 rue… », « fond de cour ».

Three readings: the whole place after a verb of living, what comes right before or after an address already found, and
the place after somebody's name. A place has to be told precisely: a landmark, a figure or a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from atelier_ia.privacy.address_patterns import PUBLIC
from atelier_ia.privacy.home_or_public import is_public, trimmed_end
from atelier_ia.privacy.lexicon import CAPITAL, CIVILITY, FIRST, KNOWN, ORGANISATION, PLACE, UPPER
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_ART = (
    r"(?:le |la |les |l'|l |un |une |du |de la |de l'|de l |des |d'|de |au |aux |a la |a l'|mon |ma |mes |son |sa |ses "
    r"|leur |notre |cette |ce )"
)
_KIND = (
    r"(?:maisons?|pavillons?|studio|appart\w*|appt?|apt|logement|chambre|grange|ferme|cabane|caravane|mobil-?home"
    r"|peniche"
    r"|bateau|tente|yourte|parking|camping|foyer|residence|immeuble|tour|cite|lot|lotissement|batiment|bat|villa|chalet"
    r"|mas|moulin|borde|presbytere|chateau|etage|palier|sous-sol|rdc|rez-de-chaussee|porte|entree|escalier|esc"
    r"|interphone"
    r"|boite|hall|cour|impasse|rue|allee|chemin|route|place|quai|sentier|venelle|hameau|lieu-?dit|quartier|bourg|cave"
    r"|garage|hangar|squat|coloc\w*|emplacement|empl|amarrage|ponton|case|atelier|grenier|combles|loge|gite|hotel"
    r"|auberge"
    r"|internat|ehpad|coron|ravine|morne|ilet|pk|box|cage|bloc|volets|caserne|terrain|aire|digue|plage|forge|longere"
    r"|parvis|grand-?rue|voilier|ponton|port|km|digicode|code)"
)
# What tells where a thing is, by another one.
_BESIDE = (
    r"(?:juste )?(?:au[ -]dessus|au[ -]dessous|en dessous|derriere|devant|en face|face|a cote|pres|au fond|au bout"
    r"|au milieu"
    r"|au coin|a l'angle|a l'entree|en haut|en bas|tout en haut|tout en bas|haut|bas|sous|apres|avant|cote|fond"
    r"|bout|vers"
    r"|le long|a gauche|a droite|avant le|entre)"
)
_STOP = (
    r"(?= ?[,.!?;:()\n\t\"]| ?$| [–-] | (?:(?:et|mais|depuis|donc|car|qui|que|qu|ou|avec|quand|parce|pour|sans|je|j|il"
    r"|elle|on|nous|vous"
    r"|ils|mon|ma|mes|elle|c'est|c|est|sont|ne|n|ai|il y a|merci|svp|tel|en ce moment|ce|bonjour|son|sa|ya|y|moi|toi|se"
    r"|plus|pas|aussi|voila|euh|mais|cela|ca|dont)(?![a-z])|[a-z0-9._%+-]+@))"
)
_WORDS = r"(?:(?:(?:empl|bat|res|appt|apt|esc|lot|ch|st|ste)\.|[a-z0-9à-ÿ'’«»-]+) ?){1,9}?"
_LIVES = re.compile(
    r"(?<![a-z])(?:(?:j ?'? ?habit(?:e|ais)|habit(?:e|es|ons|ez|ent|ait|aient|ant)|demeur(?:e|es|ons|ent|ant|ait)"
    r"|resid(?:e|es|ons|ent"
    r"|ant|ait)|log(?:e|es|ee|ees|eons|ent|eait|era|er|eront)|(?:je|on|ils|elles|il|elle|nous) crech(?:ent|ons|e)"
    r"|vi(?:s|t|vons|vent|vait|vant)|dor(?:s|t|ment|mait)|camp(?:e|ent|ait)|heberge(?:e|s|es)?|domiciliee?s?"
    r"|(?:ete|etaient|sommes|suis) (?:\w+ )?(?:places|placee?s?|reloge\w*)|j ?'?occupe|nous occupons|(?:il|elle"
    r"|ils|elles|on|nous) rest(?:e"
    r"|ent|ons)"
    r"|demenag\w+(?: du [^.;\n]{5,50})?|emmenag\w+|quartier ?:|domicile ?:|adresse[a-z' ]{0,24}:|bien ?:|logement ?:"
    r"|(?:ma|sa|notre|leur|la) (?:case|maison|cabane|caravane|ferme) est|chez (?:moi|nous|lui|elle|eux),?)"
    r"(?![a-z])) ?:? ?(?:dedans |tout seul |toute seule |seule?s? |toujours |actuellement |maintenant |desormais "
    r"|encore |ensemble "
    r"|provisoirement |tous )?"
)
_FIRST_PART = re.compile(
    rf"(?:(?:{_BESIDE})(?:(?: {_ART}?|{_ART})?{_WORDS})?{_STOP}"
    rf"|(?:dans |ds |a bord du |a bord de la |a |au |aux |en |sur |chez |a la |a l'|a l )?{_ART}?(?:ancienne? "
    rf"|petite? |vieille |derniere "
    rf"|premiere )?{_KIND}"
    rf"(?![a-z])(?: ?{_WORDS})?{_STOP}"
    rf"|chez {_WORDS}{_STOP})"
)
_NEXT_PART = re.compile(
    rf",? ?(?:(?:{_BESIDE}|dernier|derniere|premier|premiere|deuxieme|troisieme|quatrieme|cinquieme"
    rf"|\d{{1,2}} ?(?:er|e|eme|ieme)|meme"
    rf"|mitoyen\w*|au|a la|a l'|en|dans|chez) (?:{_ART})?(?:[a-z0-9à-ÿ'’-]+)(?: (?:de |du |des |de la |de l'|d'|a "
    rf"|au |le |la |l'|l )?"
    rf"[a-z0-9à-ÿ'’-]+){{0,4}}?|{_KIND}(?![a-z])(?: [a-z0-9à-ÿ'’«»-]+){{0,5}}?|\d{{1,4}}(?: ?(?:bis|ter"
    rf"|[a-d])\b)?,? {_KIND}"
    rf"(?: [a-z0-9à-ÿ'’-]+){{1,6}}?|\d{{5}}(?: [a-z'’-]+){{0,3}}?){_STOP}"
)
_TOWN_PART = re.compile(
    r",? (?:(?:à|À|en|les|la|le) )?[A-ZÀ-Þ][\w'’-]{2,24}(?: [A-ZÀ-Þ][\w'’-]+)?(?: \d{5})?(?= ?[,.;:)\n\t]| ?$)"
)
_LANDMARK = re.compile(rf"(?<![a-z]){_BESIDE} (?:{_ART}|de |d'|a |au )")
_VAGUE = re.compile(
    r"maison (?:des |de la |du |de l')|(?:ses|leurs|nos|mes) moyens|\d ?h(?![a-z])|la peur|l'attente|la rue$"
    r"|la misere|l'angoisse|ce quartier"
    r"|la commune|la ville|le village"
    r"|la meme maison|une? (?:maison|pavillon|villa|chalet|studio|appartement|logement|immeuble|foyer|residence"
    r"|chambre|caravane"
    r"|hotel)(?: \w+)?$"
    r"|(?:son|mon|notre|leur|le|sa|ma|la) (?:logement|appartement|domicile|maison|quartier|rue|cite|residence)$"
    r"|le secteur|sous (?:mon|son|notre|leur|le meme|un) toit|sur place|cote a cote|camping municipal$"
    r"|maison$|appartement$|des conditions|en (?:immeuble|pavillon|residence|lotissement|copropriete)$"
)
_PLACE_LEFT = re.compile(
    r"(?:(?<![a-z])(?:chez|c/o) (?:m\.|mme|mlle|mr|monsieur|madame|la famille|famille) [a-zà-ÿ' -]{2,24},? (?:au )?"
    r"|(?<![a-z])chez (?:mon|ma|mes|son|sa|ses|notre|leur|leurs|l'|la|le|un|une"
    r"|des) ?[a-zœ-]+(?:[ -][a-zœ-]+)?(?: a [a-z-]+)?,? (?:au )?"
    r"|(?<![a-z])(?:en residence \w+|au foyer(?: \w+)?|en foyer|au camping|en colocation|a la colocation"
    r"|a l'hotel(?: \w+)?"
    r"|presbytere|pavillon \w+|peniche (?:« )?[a-z' ]{3,20}(?: »)?),? (?:du |au )?"
    r"|(?<![a-z])(?:au |a la |a l'|dans la |dans le |juste |chemin [a-z-]{3,20}, |route [a-z-]{3,20}, ))$"
)
_TOWN_LEFT = re.compile(r"(?<!\w)(?:à |À )[A-ZÀ-Þ][\w'’-]{2,24}, $")
# « Le Bourg, 6 montée de l'Église »: the hamlet before the number.
_HAMLET_LEFT = re.compile(
    r"(?:: |\n|(?:demeurant|domiciliée?s?|habite|habitons|résidant|réside)(?: au| à)? )"
    r"((?:(?:Le|La|Les|L['’]|Au|À)[ ]?)?[A-ZÀ-Þ][\w'’-]{2,20}(?: (?:de |du |des |d['’]|la "
    r"|le ){0,2}[A-ZÀ-Þ][\w'’-]+){0,2}), $"
)
_ARTICLE_LEFT = re.compile(r"(?<!\w)(?:l[ae]s? |l')$")
_FIELD = re.compile(
    r"(?:^|[\n\t|;>])[ ]{0,3}(?:domicile|ad ?resse(?: (?:agent|personnelle|postale|actuelle|du domicile|inchangee"
    r"|complete)){0,3})"
    r" ?: ?(\d[^\n;\t|@]{4,60}?)(?=\.? *(?:[\n;\t|]|$)|\. [A-Z])"
)
_CODED = re.compile(
    r"(?<![\w-])(?:Maison|Villa|Ferme|Moulin|Mas|Domaine|Château|Chalet|Lieu-dit|Lieudit|Hameau|Cité|Quartier|mas"
    r"|villa|ferme"
    r"|moulin|chalet|hameau|lieu-dit|lieudit) [^,;:\n.]{3,40},(?: [^,;:\n.]{3,40},)? \d{5}(?![\d ])"
)
_PITCH = re.compile(
    r"camping(?<![a-z]camping)(?: [a-z'-]+){0,4},? (?:empl(?:acement|\.)?|mobil-?home|parcelle"
    r"|place) ?(?:n ?[°o] ?)?\d{1,4}[a-z]?\b"
)
_NAMED_HOUSE = re.compile(
    r"(?<![\w-])(?:villa|chalet|péniche|mas|borde) (?:« )?[A-ZÀ-Þ][\w'’-]{2,24}(?: [A-ZÀ-Þ][\w'’-]+)?"
)
_CODED_WAKERS, _NAMED_WAKERS = words("said_coded_words"), words("said_named_words")
_AFTER_NAME = re.compile(
    rf"(?:, |\t| – | - | \()(?:(?:n ?[°o] ?\d{{1,3}}(?: ?(?:bis|ter))?)(?=,| signature|\)|\n)|(?:appt?|apt|bat"
    rf"|batiment|chambre|logement"
    rf"|porte|lot|villa|pavillon|maison|caravane|peniche|studio|la cabane|la ferme|le moulin|\d{{1,2}} ?(?:er|e|eme)"
    rf"(?= (?:etage|gauche|droite|face)))(?![a-z])(?: ?[a-z0-9'’°-]+){{1,6}}?{_STOP}"
    rf"|{_BESIDE} {_ART}[a-z'’ -]{{3,34}}?{_STOP})"
)
_BLOCK = re.compile(
    r"\n[ ]{0,2}((?:La|Le|Les|L'|Mas|Villa|Ferme|Moulin|Domaine|Ker\w+|Lieu-dit"
    r"|Hameau)[^\n@\d]{2,50}, ?\d{5} [^\n]{2,30})"
)


def find_said_places(reading: Reading, people: Sequence[Span], homes: Sequence[Span]) -> Iterator[Span]:
    """Places told by words; `people` and `homes` are what was found before."""
    low = reading.low
    for match in _LIVES.finditer(low):
        span = _lived(reading, match.end())
        if span is not None:
            yield span
    for match in _FIELD.finditer(low):
        if is_public(low, match.start(1), match.end(1)) is not True:
            yield _span(low, match.start(1), match.end(1))
    for match in _PITCH.finditer(low):
        yield _span(low, match.start(), match.end())
    for match in reading.woken(_CODED_WAKERS, _CODED, reading.text):
        if is_public(low, match.start(), match.end()) is not True:
            yield _span(low, match.start(), match.end())
    for match in reading.woken(_NAMED_WAKERS, _NAMED_HOUSE, reading.text):
        line = reading.line(match.start())[0]
        if any(line <= person.start < match.start() and match.start() - person.end < 80 for person in people):
            yield _span(low, match.start(), _chain(reading, match.end()))
    for home in homes:
        if home.label == "ADRESSE":
            start, end = _left(reading, home.start), _chain(reading, home.end)
            if (start, end) != (home.start, home.end):
                yield Span(start, end, "ADRESSE", home.level, home.reason)
    for person in people:
        found = _AFTER_NAME.match(low, person.end)
        if found is not None:
            begin = person.end + len(re.match(r"[, \t–(-]*", low[person.end : found.end()])[0])  # type: ignore[index]
            if not _VAGUE.search(low[begin : found.end()]):
                yield _span(low, begin, _chain(reading, found.end()))
        block = _BLOCK.match(reading.text, person.end)
        if block is not None:
            yield _span(low, block.start(1), block.end(1))


def _span(low: str, start: int, end: int) -> Span:
    return Span(start, trimmed_end(low, end), "ADRESSE", "verifier", "lieu où vit quelqu'un")


def _lived(reading: Reading, start: int) -> Span | None:
    low = reading.low
    first = _FIRST_PART.match(low, start, min(len(low), start + 90))
    if first is None:
        return None
    end = _chain(reading, first.end())
    inside = low[start:end]
    if not _precise(reading, start, end) or (_VAGUE.search(inside) and "," not in inside):
        return None
    return _span(low, start, end)


def _precise(reading: Reading, start: int, end: int) -> bool:
    """A landmark, a figure, a name that is no town's, or a described house."""
    inside = reading.low[start:end]
    if (
        re.search(r"\d", inside)
        or _LANDMARK.search(inside)
        or re.search(r"(?:aux|a) (?:volets|portail|toit)|retape", inside)
    ):
        return True
    if reading.lower_case or reading.upper_case:
        return re.search(rf"{_KIND} (?:de |du |des |d'|de la |les |la |le |l'|[a-z]{{1,2}}$)", inside) is not None
    index = reading.index_from(start)
    while index < len(reading) and reading.ends[index] <= end:
        bit = reading.bits[index]
        if bit & CAPITAL and not bit & (CIVILITY | UPPER) and not (bit & (PLACE | FIRST) and not bit & KNOWN):
            return True
        index += 1
    return False


def _left(reading: Reading, start: int) -> int:
    """Back over « chez sa sœur, », « en résidence sociale, », « à Genève, », « le »."""
    low = reading.low
    town = _TOWN_LEFT.search(reading.text, max(0, start - 34), start)
    if town is not None:
        return town.start()
    hamlet = _HAMLET_LEFT.search(reading.text, max(0, start - 50), start) if reading.text[start].isdigit() else None
    if hamlet is not None and _is_hamlet(reading, hamlet.start(1), hamlet.end(1)):
        return hamlet.start(1)
    article = _ARTICLE_LEFT.search(low, max(0, start - 4), start) if reading.text[start].isupper() else None
    if article is not None:
        return article.start()
    for _ in range(2):
        before = _PLACE_LEFT.search(low, max(0, start - 48), start)
        if before is None or (
            low[before.start() : start].startswith(("a ", "au ", "en ", "dans ")) and not before[0].strip()
        ):
            break
        start = before.start()
    return start


def _is_hamlet(reading: Reading, start: int, end: int) -> bool:
    """Is it no person, no service: « Le Bourg », « Pont-Bas », « Les Quatre Vents »?"""
    first, last = reading.index_from(start), reading.index_at(end - 1)
    article = reading.low_word(first) in ("le", "la", "les", "l")
    bits = [bit for bit in reading.bits[first : last + 1] if bit & CAPITAL][article:]
    if PUBLIC.search(reading.low, start, end) or any(bit & (CIVILITY | ORGANISATION) for bit in bits):
        return False
    return article or reading.low_word(first) in ("bourg", "hameau", "village", "lieu", "ferme", "quartier")


def _chain(reading: Reading, end: int) -> int:
    """`end` moved after « , fond de cour », « derriere l eglise », « , 2e boîte à gauche », « , Vézelois »."""
    for _ in range(5):
        further = _NEXT_PART.match(reading.low, end, min(len(reading.low), end + 60)) or (
            None if reading.lower_case or reading.upper_case else _town(reading, end)
        )
        if further is None or further.end() == end:
            break
        end = further.end()
    return end


def _town(reading: Reading, end: int) -> re.Match[str] | None:
    found = _TOWN_PART.match(reading.text, end, min(len(reading.text), end + 60))
    if found is None or not found[0].startswith(","):
        return None
    index = reading.index_from(end)
    bit = reading.bits[index]
    if bit & CIVILITY or (bit & FIRST and not bit & PLACE) or (bit & UPPER and len(reading.words[index]) < 4):
        return None
    return found
