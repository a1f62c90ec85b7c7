"""Homes said in full after a verb or a field, up to where the phrase ends; hamlets whose postcode has no town.

« elle habite la tour à côté de l'école, 11e étage », « Domicile : grange aménagée, par la piste », « La Borie, 24510 ».
A verb alone is not enough: the phrase has to name something that people live in, or a way and its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.address_patterns import PUBLIC
from atelier_ia.privacy.home_or_public import trimmed_end
from atelier_ia.privacy.lexicon import CAPITAL, CIVILITY, EMPTY, FIRST, ORGANISATION, SURNAME
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import wakers, words

_LIVES = re.compile(
    r"(?<![a-z'])(?:j ?'?habite|habit(?:e|es|ons|ent|ait|er|ant)|demeur(?:ant|ons)|domiciliee?s?|resid(?:e|ant|ons)"
    r"|log(?:e|ee|ees|es|ent|eons)|(?<=il )creche|(?<=elle )creche|(?<=je )creche|(?<=on )creche"
    r"|dor(?:t|s|ment|mons)|viv(?:re|ons|ent)|vi[ts]|hebergee?s?"
    r"|demenagee?(?= (?:a|au|aux|dans|chez) )|(?:on|je|nous|elle|il) (?:est|suis|sommes)(?: provisoirement)?"
    r"(?= chez (?:mes|ma|mon|ses|sa|son|une?) "
    r"| au[ -]dessus d| a l'? ?ehpad| en foyer)|repli chez (?:elle|lui)|chez (?:nous|moi),?)"
    r"(?: (?:actuellement|provisoirement|toujours|maintenant|seule?|desormais))?"
    r"(?:(?<=moi),|(?<=nous),)? ?:? (?=[a-z0-9])"
)
_END = re.compile(
    r"[;:()\[\]\n\t|»\"<]|[.!?](?=[ \n]|$)|,? (?:et|mais|car|depuis|qui|dont|avec|pour|parce|parceque|alors"
    r"|donc|le temps|merci|avant que|jusqu\w*|quand|afin|sans(?! nom| ascenseur| numero)|c'est|c est) (?!chez )"
    r"|,? (?:je|j'|j |il|elle|ils|elles|nous|on|vous|tu|ca|tel|a (?:ete|fait|une?)|est|sont|ont|n'|ne|s'est)(?![a-z])"
    r"|,? (?:vend|vendent|deale|trafique|frappe|bat|insulte|menace|boit|crie|hurle|jette|depose|brule|fait|prend"
    r"|souffre|travaille|garde|attend|demande|refuse|conteste|veut|peut|doit|va|part|sort|rentre|touche"
    r"|percoit|gagne)(?![a-z])"
    r"|, (?:mon|ma|mes|son|sa|merci|comparant|assiste|certifi\w*|pas|ou|en|moi|lui|mail|rep|au titre|defere)(?![a-z])"
)
_WHERE = re.compile(
    r"(?<![a-z])(?:adresse(?: (?:a taire|du domicile|personnelle|exacte|actuelle))?|domicile|siege et domicile|logement"
    r"(?: en france)?|habitation|ou (?:vivez-vous|habitez-vous|logez-vous)|ou(?= ?[:?>\t])|lieu de vie|demeurant"
    r"|logee?)(?: ?(?:[:?]|\t) ?|> ?| (?=\d{1,3}(?:e|er|eme)? ))(?=[a-z0-9])"
    r"|siege ?: ?(?=(?:la )?(?:ferme|mas|domaine|lieu-dit|hameau) )"
    r"|\"(?:lieu|adresse|domicile)\": \"|adr(?:;[a-z=]{4,9})?:;*"
    r"|(?<=, )du (?=hameau |lieu-dit )"
)
# What the person does or is comes after where they live: « demeurant …, dans l'impossibilité de… »
_ONWARD = re.compile(
    r",? (?:qui|dont|lequel|laquelle) |, (?:est|etait|sont|s'est|se|a (?:ete|fait|mis|tenu|refuse|ouvert"
    r"|construit|edifie|porte|donne|frappe|vole|insulte|menace|commis|reconnu|depose|jete|casse|degrade|perdu|subi|eu"
    r"|recu|percu|obtenu|demande|sollicite|dit|declare|pris|quitte|abandonne|laisse|installe|brule|coupe|traite|agresse"
    r"|bouscule|crache|tague|force|circule|conduit|stationne|omis|cesse|heurte|percute|presente|adresse|ecrit)|souffr\w*|presente|circul\w*|conduis\w*|sent|pour|pris|prise|surpris|relev|verbalis)(?![a-z])"
    r"|, (?:dans l'|ne |empeche|donne|declar|agissant|autoris|sollicit|souhait|titulaire|ayant|atteint|age|represent"
    r"|certifi"
    r"|attest|ci-apres|proprietaire|locataire|propriete|exploitant|gerant|profession|retrait|celibataire|marie|pacs"
    r"|veu[fv])"
)
_DWELLING = words("homes_dwellings")
_PART = words("homes_parts")
_NUMBERED = re.compile(
    r"(?:au |a la |a l'|le |la )?(?:numero )?\d{1,4}(?:/\d{1,3})?(?: ?(?:bis|ter|[a-d])\b)?(?:[ ,]|$)"
)
_KIND_ONLY = re.compile(
    r"(?:au |a la |a l'|le |la |l'|une? |en )?(?:lieu[ -]?dit|hameau|bourg|maison|appartement|residence|ferme"
    r"|foyer|ehpad|etage(?: superieur| inferieur| du dessus| du dessous)?|maison de retraite)"
)
_THEN_NUMBER = re.compile(r"(?:a |au |le |la )?[a-z' \-]{4,30} \d{1,4}(?:,|$)")
_REJECTED = re.compile(
    r"(?:sur place|sous (?:mon|son|notre|leur|le meme) toit|cote a cote|en |avec |a ce jour|depuis |une? (?:commune"
    r"|ville|region|petite ville)"
    r"|dans (?:le quartier|la commune|le secteur|la rue|ce|cette"
    r"|notre|votre)|au 11[589]|d(?:e|u) |d'|une? lieu|la commune|le quartier"
    r"|a cote|a proximite|a moins|pres |sur (?:la|le) (?:commune|territoire)"
    r"|\d+ (?:ans|mois|km|jours|personnes|enfants|familles))"
)
_CODE = re.compile(r", ([0-9][0-9oil](?<![0-9a-z]..) ?[0-9oil]{3})(?=[.;,)\]\n]| ?$| [–-])")
_CHUNK = re.compile(
    r"(?:^|[\n:;(\t|>»,]|[.!?]| [–-]|\]| (?:at|situee?)) ?"
    r"((?:(?:au |aux |le |la |les |chez |campagne |domaine |lieu-dit |ferme )[^\n:;,()\t|>»]{3,30}, )?"
    r"[^\n:;,()\t|>»]{3,40})$"
)
_LIVES_WAKERS = wakers("homes_to_the_end_lives")


def find_homes_to_the_end(reading: Reading) -> Iterator[Span]:
    """Homes told by a whole phrase; overlaps are settled later."""
    low = reading.low
    for match in reading.woken(_LIVES_WAKERS, _LIVES):
        end = _cut(low, match.end(), _phrase_end(low, match.end(), 95))
        phrase = low[match.end() : end]
        if not _REJECTED.match(phrase) and _is_dwelling(phrase) and not PUBLIC.match(phrase):
            yield _span(match.end(), trimmed_end(low, end))
    for match in _WHERE.finditer(low):
        stop = re.compile(r"[;\n\t|»\"<]|\. |(?<![a-z])(?:tel|mail|courriel)\b|$").search(
            low, match.end(), min(len(low), match.end() + 100)
        )
        end = stop.start() if stop else match.end()
        onward = _ONWARD.search(low, match.end(), end)
        end = onward.start() if onward else end
        phrase = low[match.end() : end]
        if len(phrase) > 5 and "@" not in phrase and not PUBLIC.match(phrase) and _is_dwelling(phrase):
            yield _span(match.end(), trimmed_end(low, end))
    yield from _codes_alone(reading)


def _span(start: int, end: int) -> Span:
    return Span(start, end, "ADRESSE", "verifier", "domicile dit en toutes lettres")


def _phrase_end(low: str, start: int, reach: int) -> int:
    found = _END.search(low, start, min(len(low), start + reach))
    return found.start() if found else min(len(low), start + reach)


def _cut(low: str, start: int, end: int) -> int:
    """`end` moved back before the first piece, after a comma, that says nothing of a place."""
    pieces = low[start:end].split(", ")
    reach = start + len(pieces[0])
    for piece in pieces[1:]:
        said = set(re.findall(r"[a-z]+", piece))
        if _DWELLING.isdisjoint(said) and _PART.isdisjoint(said) and not re.match(r"\d{1,5}(?: ?e\b)?|\w+$", piece):
            break
        reach += 2 + len(piece)
    return reach


def _is_dwelling(phrase: str) -> bool:
    """Does the phrase name what people live in, or a way and its number?"""
    if _KIND_ONLY.fullmatch(phrase):
        return False
    pieces = re.findall(r"[a-z]+", phrase)
    if len(pieces) > 1 and not _DWELLING.isdisjoint(pieces[:8]):
        return True
    if _THEN_NUMBER.match(phrase):
        return True
    return _NUMBERED.match(phrase) is not None and re.match(r"\d+ [a-z]+$", phrase) is None


def _codes_alone(reading: Reading) -> Iterator[Span]:
    """« Le Cayrou, 12200 »: the hamlet and the postcode, when nobody wrote the town."""
    low, text = reading.low, reading.text
    for match in _CODE.finditer(low):
        if sum(map(str.isdigit, match[1])) < 3:
            continue
        chunk = _CHUNK.search(low, max(0, match.start() - 64), match.start())
        if chunk is None:
            continue
        start = chunk.start(1)
        first = re.compile(r"[A-ZÀ-Þ]").search(text, start, match.start())
        bits = reading.bits[reading.index_from(start) : reading.index_from(match.start())]
        if first is None or PUBLIC.search(low, start, match.start()) or not bits:
            continue
        if any(bit & (CIVILITY | ORGANISATION) and not bit & (FIRST | EMPTY) for bit in bits):
            continue
        if len(bits) == 2 and bits[0] & FIRST and bits[1] & (SURNAME | CAPITAL):
            continue
        yield _span(start, match.end(1))
