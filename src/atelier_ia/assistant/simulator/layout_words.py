"""How a poster or a post is to look, as notes ask for it (« fond bleu nuit, écrit gros »): told apart from its text."""

from __future__ import annotations

import re

from atelier_ia.assistant.words import fold

_COLOURS = (
    r"(?:bleue?s?|verte?s?|rouges?|jaunes?|roses?|oranges?|violett?e?s?|blanc(?:he)?s?|noire?s?|gris(?:e|es)?|marron"
    r"|beige"
    r"|turquoise|dore\w*|argente\w*|pastels?|fluo|vives?|gaies?|douces?|chaudes?|froides?|sombres?|claire?s?)"
)
_LOOK = re.compile(
    r"\b(?:couleurs?|fond(?=\s(?:\w+ ){0,2}?(?:" + _COLOURS + r"|uni|sombre|clair|sobre|neutre|etoile|d'))|typo\w*"
    r"|police d'ecriture|polices? (?:lisible|grosse)|mise en page|gros caracteres|grosses? lettres|(?:ecrit|ecrire"
    r"|titre)"
    r" (?:bien |en |tres |plus )?gros|gros titre|en gros\b|lisible|bandeau|logos?|pictos?|pictogrammes?|illustrations?"
    r"|dessins? (?:de|d')|visuels?|ambiance|charte graphique|contraste|facile a lire|falc|pas (?:trop )?de texte"
    r"|texte (?:court|trop long|reduit)|peu de texte|style (?:\w+)|ton (?:\w+ ){0,2}(?:sympa|festif|sobre|humor|serieux"
    r"|leger)\w*|tons? (?:" + _COLOURS + r")|sobre\b|joyeu(?:x|se)\b|rigolot?e?\b|donneur de lecon|en haut|en bas"
    r"|photos? floutee?s?|pas de (?:photos?|dates?|texte)|photos? (?:de|d'|du|des)\b|image (?:de|d'|du)\b|mentions?)"
)
_COLOUR = re.compile(rf"^\W*(?:un peu de |du |en |tons? )?{_COLOURS}\b|\b{_COLOURS} et {_COLOURS}\b")
_LABELLED = re.compile(
    r"^\W*(?:l['’])?(?:affiches?|visuels?|flyers?|style|ambiance|couleurs?|look|graphisme|maquette)\b",
    re.IGNORECASE,
)
_PRACTICAL = re.compile(
    r"\d\s?h\b|€|\beuros?\b|\b0\d(?:[ .]?\d\d){4}|@|\b\d{1,2}/\d{1,2}\b|\binscri|\breserv|\bentree\b|\bgratuit"
)
_WISHED = re.compile(
    r"^(?P<start>\W*(?:(?:et|mais|sinon|aussi|alors)\s)*)(?:je (?:verrais|voyais|vois|mettrais|pensais à)(?: bien"
    r"| plutôt)?|j['’]aimerais"
    r"(?: bien)?|je (?:voudrais|souhaite)(?: bien)?|j['’]imagine(?: bien)?|on (?:voudrait|aimerait|verrait"
    r"|imagine)(?: bien)?"
    r"|si possible|ce serait bien(?: avec| d['’]avoir)?|pourquoi pas)\s(?P<what>\S)",
    re.IGNORECASE,
)


def looks(sentence: str) -> bool:
    """Does a sentence only say how the poster is to look?"""
    told = fold(sentence)
    if _PRACTICAL.search(told):
        return False
    return bool(_LOOK.search(told) or (_COLOUR.search(told) and len(told.split()) <= 10) or _labelled(sentence))


def _labelled(sentence: str) -> bool:
    """« Affiche joyeuse, pas de Père Noël », « Visuel : chaussures de randonnée »."""
    return bool(_LABELLED.match(sentence)) and len(sentence.split()) <= 14 and " pour " not in sentence


def look_wished(clause: str) -> str:
    """« je verrais bien un fond vert d'eau » → « un fond vert d'eau »; '' when no look is wished."""
    wished = _WISHED.match(clause)
    if not wished or not looks(clause[wished.start("what") :]):
        return ""
    return clause[: wished.end("start")] + clause[wished.start("what") :]
