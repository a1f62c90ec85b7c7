"""Is a telling word or phrase said of nobody: of anyone, of a service, of a building, of a thing that does not work?

Decided from the words around it alone; what a whole text tells of nobody is in `nobody_told`.
"""

from __future__ import annotations

import re

from atelier_ia.privacy.spans import Label

_NONE = re.compile(r"[a-z ]+ ?: ?(?:aucune?|non|neant|ras|sans objet)(?![a-z])")
_ANY = re.compile(
    r"(?<![a-z])(?:tout|toute|chaque|aucun|aucune|pendant|durant|en cas d[e']|lors d[e']|a l'issue d[e']"
    r"|au terme d[e'])(?: ?une?)?[ ]?$"
)
_NO_ONE = re.compile(
    r"(?:aucune?s? (?:[a-z]+ )?|(?:politiques?|syndicales?|philosophiques?|raciales?)(?:,| ou"
    r"| et) ?(?:[a-z]+ (?:ou|et) )?)$"
)
# « l'équipe mobile de gériatrie » names a service, « un dossier APA » an allowance.
_TEAM = re.compile(
    r"(?<![a-z])(?:equipe|filiere|pole|reseau|plateforme|(?<!le )(?<!un )cadre|interne|praticien\w*|secretariat"
    r"|chef\w* (?:de|du) service"
    r"|professeure?s?|federation|institut|ecole|faculte|diplome|master|formation|colloque|congres)(?: (?!en "
    r"|de )[a-z]+)? (?:de |d'|en |de la )$"
)
# « les primes sont maintenues pendant les congés de maternité »
_DURING = ("pendant les ", "durant les ", "hors ", "sauf ", "outre les ", "lors des ", "y compris les ")
# « l'aire d'accueil des gens du voyage » is a place.
_COUPLES = ("un couple de ", "un couple d'", "couple de femmes", "couple d'hommes")
_WHOEVER = ("pour ", "dans ", "lorsqu'", "quand ", "si ", "pour un ", "dans un ", "lorsqu'un ")
_INSULTED = re.compile(r".{0,3}(?:objet|victimes?) d'(?:un |une )?(?:outrage|insulte|injure)")
_NOT_TOLD = re.compile(
    r"(?:un )?rappel a la loi (?:peut|pourra|doit|est (?:prevu|prononce|une|possible))"
    r"|(?:eglise|temple|chapelle|paroisse|cimetiere) [a-z]+ (?:saint|sainte|notre|du |d[e'])"
    r"|(?:peut |pourra |pouvant )?(?:etre )?deferee? (?:\w+ )?(?:devant |au )(?:le |la )?(?:tribunal|cour"
    r"|juge) administrati"
)
# « retard de huit jours »
_LATE = re.compile(
    r"retard(?:ee?s?)?(?: de| d'| dans| sur| pour|[.,;:!?\n]|$)(?! ?(?:developpement|langage|parole|croissance))"
)
_HEADER = re.compile(
    r"[ |*]*(?:noms?|prenoms?|agents?|eleves?|enfants?|beneficiaires?|demandeu\w+|usagers?|familles?|candidate?s?"
    r"|matricules?|dates?|n ?[°o]|services?|dossiers?)(?: (?:et|de|du|des|/)? ?[a-z']+){0,2} ?[|;\t]"
    r"(?![^\n]*\d)(?=[^\n]*[|;\t])[^\n]*\n[^\n]*[|;\t][^\n]*[|;\t]"
)
# « Langues : français, arabe »
_SPOKEN = re.compile(
    r"(?<![a-z])(?:langues?(?: [a-z]+)? ?:|lv ?[123abc]|parl\w+|interpret\w+|tradu\w+|cours (?:de|d')|niveau|francais"
    r"|anglais|cuisines?)[^\n.]*$"
)
_TONGUES = (
    *("anglais", "espagnol", "allemand", "italien", "portugais", "russe", "chinois", "japonais", "roumain", "polonais"),
    *("ukrainien", "grec", "neerlandais", "coreen", "albanais", "armenien", "vietnamien"),
    "arabe",
    "hebreu",
    "kurde",
    "berbere",
    "kabyle",
    "turc",
    "tamoul",
    "wolof",
    "bambara",
    "soninke",
)
# « le diagnostic de la charpente »
_BUILT = re.compile(
    r"diagnostics? (?:de |du |des |d'|de la |de l')(?:[a-z]+ (?:de|du|des) (?:la |l')?)?(?:charpente|toiture|batiment"
    r"|structure|reseau|territoire|performance|amiante|plomb|archeologi|energeti|ouvrage|pont|eglise|voirie|eclairage"
    r"|sol|commune|quartier|facade|chaudiere|chauffage|assainissement|besoins|accessibilite)"
)
_SCHOOL = re.compile(r"maternelle|\((?:ms|gs|cp|ce1)\)|ecole|cantine|classe")
_AIRE = re.compile(
    r"(?<![a-z])(?:aires?|terrains?|accueil|stationnement|schema|scolarisation|mediat\w+|commission|habitat|comite)"
    r"(?: [a-z']+){0,3} (?:des )?$"
)
_FILE = re.compile(
    r"(?<![a-z])(?:dossiers?|demandes?|plan|imprimes?|formulaires?|commission|equipe|visite|evaluation|instruct\w+"
    r"|referente?|service|beneficiaires?|droits?|allocation|tarif|prise en charge) (?:de l'|d'|de |a l')?$"
)
_ANYONE = re.compile(
    r"(?:(?:les|des|aux|de) (?:personnes|usagers|agents|eleves|enfants|habitants|publics|femmes) (?:[a-z]+ )?"
    r"|(?:acces|accessibles?|accessibilite|circuler|entrer) "
    r"|(?:toute|chaque|tout) (?:personne|usagere?|enfant|agente?|eleve|baign\w+|candidate?|visit\w+|salariee?|parent"
    r"|conduct\w+|proprietaire|contrevenante?) (?:[a-z]+ ){0,2})$"
)


_SAILING = re.compile(
    r"(?:[\t|;\n] ?|(?:stage|ecole|cours|club|section|bateau|base|centre|activite|classe|char) (?:de |a )?:? ?)$"
)
_ASKED_FOR = re.compile(
    r"(?:present|fourni|joindre|produi|apport|demand|exig|sur|muni|accompagnee?s?)[a-z]* "
    r"(?:d')?(?:un |le |d'un )?certificat $"
)
_TITLE = re.compile(
    r"(?:^|\n)[ *#]*(?:declaration|imprime|formulaire|enquete|fiche|registre|constat) (?:d'|de |des |d')?(?:un )?$"
)


def is_general(low: str, start: int, label: Label) -> bool:
    """Is it said of nobody (« aucune opinion politique ») or of anybody (« les personnes en fauteuil roulant »)?"""
    left = low[max(0, start - 45) : start]
    linked = low[start : start + 3] if low.startswith(("de ", "en ", "d'"), start) else ""
    if label == "SANTE" and (_TEAM.search(left + linked) or (_FILE.search(left) and low.startswith("apa", start))):
        return True
    if label == "SENSIBLE" and low.startswith(("des gens du voyage", "gens du voyage"), start) and _AIRE.search(left):
        return True
    if label == "SENSIBLE" and (
        (low.startswith(_COUPLES, start) and left.endswith(_WHOEVER))
        or _INSULTED.match(low, max(0, start - 9)) is not None
    ):
        return True  # whoever it may be, or whom an offence was done to
    if label == "SENSIBLE" and _NOT_TOLD.match(low, start):
        return True  # a building, an act that may be « déféré devant le tribunal administratif »
    if low.startswith(("(ps)", "ps)"), start) and _SCHOOL.search(low, max(0, start - 150), start + 200):
        return True  # « (PS) », a class of nursery school
    if _HEADER.match(low, low.rfind("\n", 0, start) + 1):
        return True  # « Agent | Service | Jour de grève » heads a table
    if label == "SENSIBLE" and _SPOKEN.search(left) and low.startswith(_TONGUES, start):
        return True
    if _BUILT.match(low, start) or (low.startswith("allergie", start) and _NONE.match(low, start) is not None):
        return True
    if label == "SENSIBLE" and low.startswith("voile", start) and _SAILING.search(left or "\n"):
        return True  # a sport, in a column or after « stage de »
    if low.startswith("medical", start) and _ASKED_FOR.search(left):
        return True  # « présenter un certificat médical »
    if low.startswith(("d'accident ", "accident "), start) and _TITLE.search(left):
        return True  # « DÉCLARATION D'ACCIDENT DE SERVICE » heads a form
    if low.startswith("conges de ", start) and left.endswith(_DURING):
        return True
    if low.startswith("bless", start) and left.endswith(("pas de ", "aucun ", "sans ", "ni ", "0 ")):
        return True
    if low.startswith("retard", start) and _LATE.match(low, start):
        return True
    return (
        (label == "SENSIBLE" and _NO_ONE.search(left) is not None)
        or _ANYONE.search(left) is not None
        or _ANY.search(left) is not None
    )


_WORKS = re.compile(r"(?:marche|repond|voit|bouge|tien[st]|fonctionne|respire)[a-z]* ")
_SERVICE = re.compile(
    r"(?<![a-z])(?:bus|cars?|trains?|metro|tram\w*|lignes?|ecoles?|classes?|cantines?|creches?|services?|collecte"
    r"|ramassage|transports?|poste|sncf|ratp) (?:\w+ )?$"
)
_THING = re.compile(
    r"(?<![a-z])(?:lampadaires?|eclairage|lumieres?|chauffage|chaudiere|radiateurs?|ascenseur|portail|portier"
    r"|badges?|site"
    r"|liens?|compte|connexion|internet|box|wifi|ordinateur|imprimante|telephone|tele|boitier|alarme|horloge|feux?"
    r"|volet|numero|portable|mobile|smartphone|tel|mail|messagerie|code|mot de passe|ligne"
    r"|pompe|robinet|chasse|machine|voiture|moteur|frigo|four|camera|borne|barriere|sonnette|interphone|minuterie"
    r"|ventilation"
    r"|vmc|appli(?:cation)?|logiciel|serrure|cle|digicode|fontaine|panneau|vehicule|camion)(?![a-z])[^.!?\n]{0,90}$"
)


_ORDINARY = re.compile(
    r"(?:n'|n' ?)?(?:est|sont|etait) frappee?s? d'(?:aucun"
    r"|une? (?:arrete|servitude|mesure|alignement|interdiction|peremption))"
    r"|renvoyee?s? (?:au (?:depot|magasin|bureau|service|secretariat|guichet)|a l'(?:atelier|accueil|expediteur))"
)
_SLEEPS = re.compile(r"(?<![a-z])dor(?:s|t|mir|mons|ment)(?![a-z])")
_ANYONE_DOES = re.compile(r"on (?:n'|ne )?(?:y )?(?:parle|voit|entend) (?:pas|rien|plus)")
_NOISE = re.compile(
    r"(?<![a-z])(?:bruits?|tapages?|musiques?|cloches?|aboi\w+|chiens?|fetes?|boulevard|sono|basses|nuisances"
    r"|travaux|klaxons?|motos?|scooters?|climatis\w+|pompe a chaleur|coqs?|petards|terrasse|bar)(?![a-z])"
)


def is_of_a_thing(low: str, start: int, end: int) -> bool:
    """« Le lampadaire ne marche plus » tells nobody's health, « le bus était en grève » nobody's union."""
    if low.find("greve", start, end) >= 0 and _SERVICE.search(low, max(0, start - 24), start):
        return True
    if _SLEEPS.search(low, start, end) and _NOISE.search(low, max(0, start - 200), end + 160):
        return True  # whoever a noise keeps awake is not ill
    if _ORDINARY.match(low, start) or (
        low.find("maitresse", start, end) >= 0 and _SCHOOL.search(low, max(0, start - 400), end + 200)
    ):
        return True  # a schoolteacher, a building, a workman sent back to the depot
    if _ANYONE_DOES.match(low, max(0, start - 3)):
        return True  # « on ne parle pas comme ça », « on n'y voit rien »
    return _WORKS.search(low, start, end) is not None and _THING.search(low, max(0, start - 110), start) is not None
