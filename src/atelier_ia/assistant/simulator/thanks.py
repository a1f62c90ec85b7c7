"""Does a message only thank? What it still asks for, or reports, is not to be lost behind the thanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.assistant.simulator.mood import ANGER, THANKS
from atelier_ia.assistant.words import fold

_BUT = re.compile(
    r"\b(?:suggestions?|bemol|dommage (?:que|pour|seulement)|par contre|en revanche|seul (?:regret|reproche)"
    r"|une idee|il manqu\w+|ce serait (?:bien|mieux)|l'an prochain|la prochaine fois|a quand|on attend)\b"
    # « la branche cassée qui pend est toujours là »: something is still wrong.
    r"|\b(?:est|sont|reste|traine|pend|trainent|pendent|restent) (?:toujours|encore)\b"
    r"|\btoujours (?:pas|casse\w*|en panne|bouche\w*|eteint\w*|ferme\w*)\b"
)
_PRAISE = re.compile(
    r"\b(?:formidables?|remarquables?|exemplaires?|admirables?|impeccables?|au top|geni(?:al|aux|ales?)|chapeau"
    r"|reconnaissan\w+|gentillesse"
    r"|serviabl\w+|aimables?|bienveillan\w+|professionnalisme|reactivite|ravie?s?|enchantee?s?"
    r"|on ne se plaint pas|grandiose|magnifique)\b"
)
OPENING = 3  # sentences, the subject line included, among which a mail of thanks says so


def only_thanks(title: str, told: Sequence[str], request: re.Pattern[str]) -> bool:
    """Does a mail begin with thanks or praise, thank, and ask for nothing that `request` finds?"""
    if any(ANGER.search(fold(sentence)) or _BUT.search(fold(sentence)) for sentence in told):
        return False  # « Ah bravo ! », « petite suggestion »
    thanks = [place for place, text in enumerate((title, *told)) if THANKS.search(fold(text))]
    praised = any(_PRAISE.search(fold(text)) for text in told[:OPENING])
    begins = bool(thanks) and (thanks[0] < OPENING or praised)
    return begins and not any(request.search(THANKS.sub(" ", fold(sentence))) for sentence in told)
