"""What taking part costs, in the words of the notes: the clauses that tell a price, not those of a budget or a gift."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import clean, loose_sentences
from atelier_ia.assistant.words import fold

MOST = 4  # clauses told
LONGEST = 90  # characters of one

_PRICE = re.compile(
    r"\b(?:(?:entrée|participation|accès|animation)s?\s+(?:libre|gratuite?)s?\b|gratuite?s?\b|payante?s?\b"
    r"|(?<![\d,])(?<!\d\s)\d{1,3}(?:,\d+)?\s?(?:€|euros?\b)"
    r"|(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente)\seuros?\b)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"\s*[.;!?](?:\s+|$)|,\s+|\s[–—-]\s|\s(?=mais\s)|\s:\s(?=\D{0,12}(?:entrée|gratuit))")
# « navette gratuite », « un café gratuit »: something else is free; a prize, a budget or a gift is no price.
_OF_ELSE = re.compile(
    r"\b(?:navettes?|parkings?|vestiaires?|cafes?|collations?|gouters?|transports?|wi-?fi|stationnement|boissons?"
    r"|essais?|bennes?"
    r"|garderie|apero|aperitif|pots?|sacs?|composteurs?|livraison|retour) (?:\w+ )?gratuite?s?\b"
)
_NO_PRICE = re.compile(
    r"\b(?:enveloppe|budget\w*|subvention\w*|cout\w*|montants?|objectif|recolte\w*|collecte\w* (?:de )?\d|reverse\w*"
    r"|dons? de"
    r"|cagnotte|amende\w*|gagner|gagnant\w*|bons? d'achat|d'une valeur|catalogue|en liquide|plaintes?|arnaques?"
    r"|escroqu\w+|prejudice|financ\w+|invest\w+|travaux|aide de"
    r"|prime)\b"
)


def price_told(source: str) -> str:
    """The clauses that tell what it costs, in their order; '' when none does."""
    found: list[str] = []
    for sentence in (one for line in source.split("\n") for one in loose_sentences(line)):
        for clause in _CLAUSES.split(sentence):
            told = fold(clause)
            match = _PRICE.search(clause)
            if not match or _NO_PRICE.search(told) or _OF_ELSE.search(told):
                continue
            if re.match(r"gratuit|entrée libre", match[0], re.IGNORECASE) and not re.search(r"\d", clause):
                clause = clause[match.start() :]
            text = clean(re.sub(r"^\W*(?:(?:et|mais|donc)\s)?(?:c['’]est\s)?", "", clause)).strip("() ")
            text = text + ")" if text.count("(") > text.count(")") else text
            if len(text) <= LONGEST:
                found.append(text)
    distinct = list(dict.fromkeys(found))
    return ", ".join(distinct) if len(distinct) <= MOST else "plusieurs tarifs, voir le texte"


def short_price(price: str) -> str:
    """The price as a short text may tell it: one clause; '' when there are several, or a long one."""
    return price if price and ", " not in price and len(price) <= 40 else ""
