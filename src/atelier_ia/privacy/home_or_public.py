"""Is a place that was found somebody's home, or a public place? The nearest clue to its left decides."""

from __future__ import annotations

import re

from atelier_ia.privacy.address_patterns import HOME, LIVING, PUBLIC
from atelier_ia.privacy.spans import Span

_OWN = re.compile(
    r"(?<![a-z])(?:(?:mon|ma|notre|nos|mes|son|sa|leur) (?:\w+ )?(?:adresse|domicile|maison|logement|appartement"
    r"|cave|garage|cour|jardin|portail|porte|fenetres?|toit|immeuble|compteur|voisine?|mere|pere|terrain|trottoir"
    r"|fils|fille)|(?:cheque|caution)(?: [a-z']+){0,3}, $"
    r"|(?:j'ai|avons|a|ont|avoir|viens de|venons de) (?:\w+ )?demenag\w+)(?![a-z])"
)


# « le chantier de mme grelier 12 rue basse », « jsui o 7 rue de Brest », « tu l'envoies au douze avenue… »
_TOLD_HOME = re.compile(
    r"(?<![a-z])(?:(?:m|mme|mr|mlle|monsieur|madame)\.? (?!l[ae] |les |l'|du |de la mairie|d'|direct|presid"
    r"|maire |adjoint|prefet|ministre|depute|conseill)(?:[a-z'-]{2,20} ){1,3}"
    r"|(?:je suis|j'?suis?|jsuis?|chui|on est) (?:au|o|a l'adresse) "
    r"|(?:tu|vous) (?:l'|la |le |les |lui |leur )?(?:envoi|envoy|adress|post)\w* (?:\w+ )?au )$"
)
_PROPERTY = re.compile(
    r"(?<![a-z])(?:immeuble|maison|logement|appartement|batiment|propriete|bien|terrain|local|pavillon"
    r"|edifice)(?: \w+)? (?:situee?s?|sise?s?)(?: au| a l'adresse| a)?,? $"
)
_OWNED = re.compile(
    r"(?<![a-z])(?:apparten\w+ a|propriete de|proprietaires?|occupee? par|lou(?:e|ee) a) (?:m\.|mme|m |mon|mad)"
)


def is_public(low: str, start: int, end: int) -> bool | None:
    """True for a public place, False for a home, None when nothing says which."""
    left = low[max(0, start - 130) : start]
    cut = left.rfind("\n\n")
    if cut >= 0:
        left = left[cut + 2 :]
    row = left.rfind("\n") + 1
    if low.count("|", start - len(left) + row, end + 40) > 2:
        left = left[row:]  # the row above says nothing of this one
    # A sentence that ended says nothing of the next one, unless it is a block of short lines.
    pieces = re.split(r"(?:(?<=[a-z0-9)]{3})[.!?]| [!?])(?: (?=[^\n])|\n)", left)
    left = pieces[-1]
    home = public = -1
    for match in HOME.finditer(left):
        home = match.start()
    for match in PUBLIC.finditer(left):
        if not (match[0].endswith((" du", " des", " de")) and not left[match.end() :].strip()):
            public = match.start()
    if re.search(r"\b(?:m|mme|mr|mlle|monsieur|madame)\b\.? [^\n,;:]{2,45}[\n,][ ]?$", left):
        return False
    right = low[end : end + 60]
    if _TOLD_HOME.search(left) or (_PROPERTY.search(left) and _OWNED.search(low, end, end + 120)):
        return False
    if re.match(
        r",?\s?\(?(?:\s|-|siege|la |a la |locaux de la |dans les locaux|en )?(?:mairie|hotel de ville|ecole"
        r"|siege|salle|ccas)",
        right,
    ):
        return True
    inside = low[start:end]
    if re.search(r"\b(?:bp|cs) ?\d", right[:14] + inside):
        return True
    if re.search(r"place (?:de la |de l'|d')?(?:mairie|hotel de ville|armes)", inside) and home < 0:
        return True
    if _WHERE_LIVES.match(right):
        return False
    if home >= 0 and (home > public or LIVING.search(left) or _OWN.search(left)):
        return False
    if public >= 0:
        return not (left[public:].startswith("siege") and _OWN_FIRM.search(low, max(0, start - 300), start))
    return None


# « l'entrée du 6 rue Basse où il y a Mme Paradis »
_WHERE_LIVES = re.compile(
    r",? (?:ou|chez) (?:qu')?(?:il |elle |je |nous |on |ils )?(?:y a|ya|habit|vit|vivent|log|demeur|resid)"
    r"| ?: ?(?:m|mme|mr|mlle|monsieur|madame|famille)\.? [a-z]"
)
# The seat of a firm of one person is a home.
_OWN_FIRM = re.compile(r"entreprise individuelle|entrepreneu\w+ individuel|auto-?entrepreneu|micro-?entreprise")
_SERVICE = re.compile(
    r"(?<![a-z])(?:(?:notaire|avocate?|huissier|geometre|architecte)s?(?: au barreau[^,;\n]{0,20})? ?:? ?(?:me"
    r"|maitre|m\.)"
    r"? [a-z' -]{3,28}|tresorerie|etude(?: notariale)?|ctm|brigade|regie|cabinet|nos bureaux|guichet|votre accueil"
    r"|festival"
    r"|a renvoyer(?: au)?|a retourner(?: au)?|consulter sur place|double exemplaire|depot|perception|gendarmerie|agence"
    r"|(?:centre|service) des impots(?: foncier)?|comite),? (?:au )?$"
)


def is_service(low: str, start: int) -> bool:
    """Does the name of a service stand right before: « Trésorerie, rue Turgot », « à renvoyer 5 place… »?"""
    return _SERVICE.search(low, max(0, start - 40), start) is not None


# « juste à côté », « au-dessus de chez » moi, « demeure près de trois fois supérieur »: no place that can be found.
_NOWHERE = re.compile(
    r"(?:juste |tout |un peu |la |ici )?(?:a cote|en face|a proximite|tout pres|au[ -]dessus|au[ -]dessous"
    r"|en[ -]dessous|derriere|devant|plus loin|pas loin)(?: d'ici| de (?:chez(?: (?:moi|nous|vous))?|la))?"
    r"|(?:pres|plus|moins|presque|environ)(?: de| d')? ?(?:une?|deux|trois|quatre|cinq|six|dix|vingt|la moitie|\d+)"
    r"(?![a-z]).*"
)


def is_nowhere(low: str, span: Span) -> bool:
    """Is this address in words only « next door », or a comparison?"""
    return (
        span.label == "ADRESSE"
        and span.level == "verifier"
        and _NOWHERE.fullmatch(low, span.start, span.end) is not None
    )


def trimmed_end(low: str, end: int) -> int:
    """`end` moved back over spaces and punctuation (characters of `low`)."""
    while end and low[end - 1] in " ,-\n(;.|\t":
        end -= 1
    return end
