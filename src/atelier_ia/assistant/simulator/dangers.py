"""What cannot wait for an answer by mail: the number to call, said first. Rules, readable by a trainer."""

from __future__ import annotations

import re

from atelier_ia.assistant.words import fold

_VIOLENCE = "le 119 reçoit les alertes"
# (what a message says, what it is told first, does it leave other sheets without object?)
_DANGERS = (
    (
        r"\b(?:suicid\w+|en finir(?: avec la vie)?|plus envie de vivre|(?:menac\w+|parle|veut|envie) (?:de |d'"
        r"|a )?(?:se (?:jeter|tuer|pendre|suicider)|mourir|en finir)|envie de mourir|mettre fin a mes jours"
        r"|me foutre en l'air"
        r"|si (?:je n'etais|j'etais|je serais|je n'existais) plus (?:la|de ce monde))\b",
        "Si vous pensez au suicide ou si vous vous sentez à bout, appelez dès maintenant le 3114, gratuit et"
        " ouvert jour et "
        "nuit, ou le 15 ou le 112 en cas d'urgence.",
        False,
    ),
    (
        r"\b(?:obus|grenades?(?! (?:au|en|de sirop))|munitions?|engins? explosifs?|bombe (?:ou|de la guerre"
        r"|non explosee))\b",
        "Un engin de guerre peut exploser même ancien : ne le touchez plus, ne le déplacez pas, éloignez-vous et"
        " appelez sans "
        "attendre le 17 ou le 112. La préfecture envoie les démineurs.",
        True,
    ),
    (
        r"\b(?:odeur|fuite) de gaz\b",
        "Devant une odeur de gaz, quittez les lieux sans toucher aux interrupteurs et appelez, une fois dehors, le"
        " 18 ou le 112.",
        False,
    ),
    (
        r"\b(?:cable|fil|ligne) (?:electrique )?(?:est |a |tombee? )?(?:au sol|a terre|par terre|arrachee?)\b",
        "N'approchez pas d'un câble tombé ni d'objets qui le touchent et appelez le 18 ou le 112.",
        False,
    ),
    (
        r"\b(?:mon (?:mari|conjoint|compagnon|ex)|ma (?:femme|compagne)|il|elle) (?:me|nous) (?:frappe|bat|tape"
        r"|menace de mort)\b",
        "En cas de danger, appelez le 17 ou le 112 ; le 3919 écoute et oriente gratuitement les personnes victimes"
        " de violences.",
        False,
    ),
    (
        r"\b(?:dame|voisine?s?|femme|couple|homme|petite?s?|enfants?|gamine?s?|bebe|mere|maman)\b.{0,110}"
        r"\b(?:crie[rs]? (?:presque |de douleur|au secours|tous)|hurle[rs]? (?:de|a|presque)|du sang|des coups\b"
        r"|frappe[erz]*\b|battue?s?\b"
        r"|la (?:bat|cogne|tape)\b|des bleus|maltrait\w+|violent (?:avec|envers))",
        "Si des violences ont lieu ou si un danger est immédiat, appelez le 17 ou le 112 (114 par message). Le"
        " 3919 écoute"
        " et oriente les victimes de violences et leurs proches, le 119 reçoit les alertes sur un enfant en"
        " danger : il n'est"
        " pas nécessaire d'être certain, et l'appel reste confidentiel. Le CCAS peut aussi vous recevoir.",
        True,
    ),
    (
        r"\b(?:fils|fille|enfant)\b[^.?!]{0,60}\b(?:se fait|est|a ete) (?:\w+ )?(?:rackett\w+|harcel\w+|taper"
        r"|tabass\w+|frapp\w+|humili\w+)\b",
        "Nous transmettons ces faits à la direction de l'école et au responsable du temps périscolaire. Le 3018"
        " conseille "
        "gratuitement les familles en cas de harcèlement ; un danger se signale au 17 ou au 119.",
        True,
    ),
)


def delicate(text: str) -> bool:
    """Does a message tell of violence done to someone? It is then never told again."""
    return any(_VIOLENCE in told for told in dangers(text)[0])


def dangers(text: str) -> tuple[list[str], bool]:
    """What to say first about the dangers that a message tells of; is any sheet then beside the point?"""
    folded = fold(re.sub(r"\s+", " ", text))
    found = [(told, alone) for pattern, told, alone in _DANGERS if re.search(pattern, folded)]
    return [told for told, _ in found], any(alone for _, alone in found)
