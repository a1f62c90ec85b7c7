"""What looks like personal data and is the number, the place or the day of a thing, a service or a dead person.

« l'association W423001877 », « norme NF EN 14476 », « titre collectif n° 2026-1188 », « décédée le 28 septembre 2026 »,
« domicilié au CCAS », the school of a child in its column of a table, the address of a firm beside its RCS number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.privacy.lexicon import FIRST
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.tables import heading_above

_SIGN = r"(?:(?:sous )?(?:le |la |les )?(?:n ?[°ºo]s?\.?|numeros?|num\.?|ref(?:erence)?s?\.?) ?:? ?)?"
# Numbers that say by their own form what they number: an association, an incident of the computers, a standard.
_SELF_TOLD = re.compile(r"w\d{9}|(?:nf|en|iso|iec|cei|din|nf en)[ -].*")
# A title of many debtors, an income, a call for tenders.
_NUMBERED = re.compile(
    rf"(?<![a-z])(?:(?:titre|mandat|role|bordereau)s? collectifs? {_SIGN}"
    r"|(?:tickets?|incidents?|pannes?) (?:general|global|commun|national|maitre|editeur|generale)[a-z ]{0,16}?"
    rf"(?: est)? ?(?:le |: ?)?{_SIGN}"
    r"|revenus? (?:fisca\w+|impos\w+)(?: annuels?)?(?: (?:de )?ref(?:erence)?s?)?\.? ?:? ?"
    r"|(?:appels? (?:d'offres?|a (?:projets?|candidatures?|concurrence))|consultations?|accords?-cadres?|mapa"
    rf"|avis de (?:marche|publicite|concession)|dialogue competitif|dce|boamp)[^.;\n]{{0,50}}?[ ,(]{_SIGN}"
    rf"|(?:normes?|label|certification) (?:[a-z]+ )?{_SIGN})$"
)
_LOST = re.compile(r"objets? (?:trouves?|perdus?)|registre des trouvailles")
_STANDARD = re.compile(r"(?:nf|en|iso|iec|din|nf en)[ -][\d-]+|.*(?<![a-z])(?:nf en|norme nf|iso \d)")
# Where a service is: a town hall and its floors, the CCAS that takes the letters of who has no home.
_OF_SERVICE = re.compile(
    r"(?:a l'|au |a la |en )?(?:hotel de ville|mairie(?: annexe)?|centre (?:administratif|technique)|ccas|cias|spip"
    r"|centre communal d'action sociale|maison des (?:services|associations|solidarites))"
    r"(?![a-z]|,? \d{1,4},? (?:rue|av))"
)
_CARE = re.compile(r"(?:en |avec )?(?:had|ssiad|ssr|smr|cure|convalescence|reeducation)")
_SEAT = re.compile(r"(?<![a-z])(?:le|son|notre) siege(?: social| administratif)?,? ")
_FIRM = re.compile(r"(?<![a-z])(?:siret|siren|r\.?c\.?s)(?![a-z])")
_OWN_FIRM = re.compile(
    r"entreprise individuelle|entrepreneu\w+ individuel|auto-?entrepreneu|micro-?entreprise"
    r"|(?<![a-z])(?:(?:m|mme|mr|ei)\.? |chez moi|mon |ma |je |j')"
)
_SCHOOLS = re.compile(
    r"(?:ecole|etablissement|groupe scolaire|college|lycee|creche|structure|service|site|affectation|centre|accueil"
    r"|equipement|lieu (?:de travail|d'exercice))s?(?: \w+)?$"
)
_ONLY_SCHOOLS = re.compile(r"(?:ecole|groupe scolaire|college|lycee|creche)s?$")
_DEAD = re.compile(
    r"(?:decede\w*|deces|morte?|inhum\w+|incineree?|crematisee?|obseques|[†+])"
    r"(?:,? (?:a|au|aux|en) [a-z][a-z' -]{1,28}?)?,? ?(?:le|du|de|survenu le|:)? ?:? ?$"
)
_NO_NAME = frozenset({"nee", "ne", "en", "le", "la", "devis", "facture", "bon de commande"})
_OF_A_FIRM = re.compile(r" ?[,(-] ?(?:rcs|siret|siren|s\.?a\.?s\.?u?|s\.?a\.?r\.?l)(?![a-z])")


def is_of_a_thing_or_a_service(reading: Reading, span: Span, names: Sequence[Span]) -> bool:
    """Is `span` the number, the place, the day or the name of something that is nobody?"""
    check = _CHECKS.get(span.label)
    return check is not None and check(reading, span, names)


def _alone_on_line(reading: Reading, span: Span, names: Sequence[Span]) -> bool:
    start, end = reading.line(span.start)
    return not any(name.start < end and start < name.end for name in names)


def _is_number(reading: Reading, span: Span, names: Sequence[Span]) -> bool:
    low = reading.low
    if _SELF_TOLD.fullmatch(low, span.start, span.end) or _NUMBERED.search(low, max(0, span.start - 90), span.start):
        return True
    start, end = reading.line(span.start)
    row = span.start - start < 8 and any(sign in low[span.end : end] for sign in "|;\t")
    return row and _LOST.search(low) is not None and _alone_on_line(reading, span, names)


def _is_place(reading: Reading, span: Span, names: Sequence[Span]) -> bool:
    low = reading.low
    if _CARE.fullmatch(low, span.start, span.end):
        return True  # « rentre chez lui en HAD » tells how he is cared for
    if _OF_SERVICE.match(low, span.start) or _STANDARD.match(low, span.start, span.end):
        return True
    if _SEAT.search(low, span.start, span.end) and _alone_on_line(reading, span, names):
        return True
    if span.level == "verifier" and _SCHOOLS.match(heading_above(reading, span.start)):
        return True
    start, end = reading.line(span.start)
    return (
        _FIRM.search(low, start, end) is not None
        and _OWN_FIRM.search(low, start, end) is None
        and _alone_on_line(reading, span, names)
    )


def _is_day(reading: Reading, span: Span, names: Sequence[Span]) -> bool:
    return _DEAD.search(reading.low, max(0, span.start - 50), span.start) is not None


def _is_word(reading: Reading, span: Span, names: Sequence[Span]) -> bool:
    low = reading.low
    piece = low[span.start : span.end]
    if piece in _NO_NAME or piece.startswith(("de la saint-", "la saint-")):
        return True
    if _OF_A_FIRM.match(low, span.end):
        bits = reading.bits[reading.index_from(span.start) : reading.index_from(span.end)]
        return not any(bit & FIRST for bit in bits)
    heading = heading_above(reading, span.start)
    return _ONLY_SCHOOLS.match(heading) is not None or (
        span.level == "verifier" and _SCHOOLS.match(heading) is not None
    )


_CHECKS = {"REF_DOSSIER": _is_number, "ADRESSE": _is_place, "DATE_NAISSANCE": _is_day, "NOM": _is_word}
