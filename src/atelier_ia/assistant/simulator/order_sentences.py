"""Measures jotted down, told as sentences: « Stationnement interdit » → « Le stationnement est interdit ».

Only a thing, or two, followed at once by what is decided of it; anything else stays as it was told.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import lower_first, upper_first
from atelier_ia.assistant.words import fold

_STATE = (
    r"(?:interdit|autorisé|limité|alterné|fermé|barré|maintenu|réservé|posé|coupé|rangé|rentré|ouvert|suspendu"
    r"|neutralisé|exclu"
    r"|abrogé|déplacé|affiché|prévu|installé|protégé|garanti|assuré|exigé|dévié|stérilisé|balisé|éclairé|conservé"
    r"|libéré|mis en place"
    r"|inchangé|obligatoire|applicable|permis|prêté|fourni|signalé)"
)
_JOTTED = re.compile(
    r"^(?P<things>(?!(?:le|la|les|l['’]|un|une|des|ce|cette|ces|tout|toute|tous|toutes|il|elle|ils|elles|pas|sauf"
    r"|non|seuls?|si|en|du|de|à|au"
    r"|sont|est|vu|chemin fermé|après|avant|dès)\b)[^\W\d][\w'’-]*"
    r"(?:\s(?!(?:pas|non|plus|est|sont|sera|seront|a|ont|doit|doivent|peut|peuvent|reste|restent|ne"
    r"|n['’])\b)[^\s:;.,()\d]+){0,5}?)"
    rf"\s(?P<state>{_STATE}(?:e|s|es)?)\b(?P<rest>[^:]*)$",
    re.IGNORECASE,
)
_FEMININE = re.compile(
    r"(?:circulation|vitesse|chaussee|voie|rue|place|route|allee|avenue|impasse|baignade|peche|vente|consommation"
    r"|traversee"
    r"|signalisation|deviation|benne|barriere|branche|racine|haie|mesure|zone|redevance|terrasse|aire|salle|ecole"
    r"|installation"
    r"|utilisation|detention|borne|grille|porte|sortie|entree|sonorisation|sono|musique|restauration|remise|emprise"
    r"|priorite)s?$"
)
_MASCULINE_S = re.compile(r"^(?:acces|depot|bois|poids|parcours|cours|repas|tapis|bus|temps)$")
_SAUF = re.compile(r"^(?:sauf|hormis|excepté|à l['’]exception d)\b", re.IGNORECASE)
_SET_UP = re.compile(
    r"^(?P<what>déviation|alternat)(?= (?:par|via|sur|mise? en place|possible|vers)\b)(?: mise? en place)?",
    re.IGNORECASE,
)
_BANNED = re.compile(r"^interdiction (?P<of>d['’]|de )(?P<verb>[a-zà-ÿ]+(?:er|ir|re|oir)\b)", re.IGNORECASE)
_NOT_TO = re.compile(r"^ne pas (?P<verb>[a-zà-ÿ]+(?:er|ir|re|oir)\b)", re.IGNORECASE)
_TOLD_TO = re.compile(r"^(?:à )?notifier(?:,? (?:et )?publier)?\b(?P<rest>[^.]*)$", re.IGNORECASE)
_ERRAND = re.compile(
    r"^(?:(?:à )?publier(?: tout de suite| vite| rapidement)?|affichage|urgent|spécimen de signature à joindre"
    r"|copie préfecture"
    r"|date (?:de |d['’])?(?:signature|notification)\s*:.*|signature\s*:.*|projet|arrêté permanent)\W*$",
    re.IGNORECASE,
)


def in_sentences(measures: list[str]) -> list[str]:
    """The measures of an article, an exception joined to what it bears on, errands left out."""
    found: list[str] = []
    for told in measures:
        text = told.strip()
        if _ERRAND.match(text):
            continue
        if _SAUF.match(text) and found:
            found[-1] = f"{found[-1].rstrip('. ')}, {lower_first(text)}"
            continue
        found.append(_sentence(text))
    return found or measures


def _sentence(text: str) -> str:
    if set_up := _SET_UP.match(text):
        une = "Une déviation est mise" if set_up["what"].lower() == "déviation" else "Un alternat est mis"
        return f"{une} en place{text[set_up.end() :]}"
    if banned := _BANNED.match(text) or _NOT_TO.match(text):
        verb = banned["verb"].lower()
        return f"Il est interdit {'d' + chr(39) if fold(verb)[0] in 'aeiouh' else 'de '}{verb}{text[banned.end() :]}"
    if notified := _TOLD_TO.match(text):
        rest = re.sub(r",?\s*(?:copie )?(?:préfecture|préfet)\b", "", notified["rest"])
        return f"Le présent arrêté est notifié{rest.rstrip(' .')}"
    if jotted := _JOTTED.match(text):
        return _told(jotted)
    first = re.match(r"[A-ZÀ-Ý]?[a-zà-ÿ]+(?=\s)", text)
    if first and first[0].lower() in _ORDERED:
        verb = first[0].lower()
        return f"Il convient {'d' + chr(39) if fold(verb)[0] in 'aeiouh' else 'de '}{verb}{text[first.end() :]}"
    return text


# What an arrêté may order to do, in a note: nouns that end like verbs (« chantier », « loisir ») are none.
_ORDERED = frozenset(
    [
        "laisser",
        "prévoir",
        "déclarer",
        "basculer",
        "interrompre",
        "maintenir",
        "assurer",
        "garder",
        "respecter",
        "afficher",
        "informer",
        "prévenir",
        "remettre",
        "nettoyer",
        "libérer",
        "signaler",
        "baliser",
        "poser",
        "retirer",
        "éclairer",
        "protéger",
        "permettre",
        "rappeler",
        "contacter",
        "tenir",
        "mettre",
        "installer",
        "couper",
        "élaguer",
        "évacuer",
        "rendre",
        "démonter",
    ]
)


def _told(match: re.Match[str]) -> str:
    things = re.sub(r"\s\+\s", " et ", match["things"])
    state = match["state"].lower()
    heads = [part.split()[0] for part in re.split(r" et ", things) if part.split()]
    plural = len(heads) > 1 or _many(heads[0]) or (state.endswith("s") and state != "permis")
    feminine = all(_FEMININE.search(fold(head)) for head in heads) or bool(re.search(r"(?:ée|ite|te|ue)s?$", state))
    if "mis en place" not in state and state != "permis":
        neutral = re.search(r"obligatoire|applicable", state)
        root = re.sub(r"s$", "", state) if neutral else re.sub(r"(?:es|e|s)$", "", state)
        state = root + ("e" if feminine and not neutral else "") + ("s" if plural else "")
    if len(heads) == 1:
        things = _with_article(things, feminine=feminine, plural=plural)
    else:
        things = " et ".join(
            _with_article(part, feminine=False, plural=all(map(_many, part.split()[:2])) or _many(part.split()[-1]))
            for part in things.split(" et ")
        )
    return upper_first(f"{things} {'sont' if plural else 'est'} {state}{match['rest']}")


def _many(head: str) -> bool:
    return head.endswith(("s", "x")) and not _MASCULINE_S.search(fold(head))


def _with_article(things: str, *, feminine: bool, plural: bool) -> str:
    head = fold(things.split()[0])
    if plural:
        return f"les {lower_first(things)}"
    if head[0] in "aeiouh" and head not in ("haie", "halle"):
        return f"l'{lower_first(things)}"
    return f"{'la' if feminine or _FEMININE.search(head) else 'le'} {lower_first(things)}"
