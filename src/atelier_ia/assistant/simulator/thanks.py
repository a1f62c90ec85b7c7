"""Does a message only thank? What it still asks for, or reports, is not to be lost behind the thanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.assistant.simulator.mood import ANGER, THANKS
from atelier_ia.assistant.words import fold

_BUT = re.compile(
    r"\b(?:suggestions?|bemol|dommage (?:que|pour|seulement)|par contre|en revanche|seul (?:regret|reproche)"
    r"|(?:une|petite|autre|quelques) (?:petites? )?(?:idee|remarque|question|demande|requete)s?|il manqu\w+"
    r"|serai(?:t|ent) (?:tres |bien |vraiment |aussi )?(?:bien|mieux|utiles?|bienvenue?s?|apprecie\w*|super|parfait)"
    r"|l'an prochain|la prochaine fois|a quand|on attend)\b"
    # « la branche cassée qui pend est toujours là »: something is still wrong.
    r"|\b(?:est|sont|reste|traine|pend|trainent|pendent|restent) (?:toujours|encore)\b"
    r"|\b(?:bouge|grince|fuit|fuient|coule|penche|clignote|bouche|branle|s'effrite)(?:nt)?\b"
    r"|\btoujours (?:pas|casse\w*|en panne|bouche\w*|eteint\w*|ferme\w*)\b"
)
_PRAISE = re.compile(
    r"\b(?:formidables?|remarquables?|exemplaires?|admirables?|impeccables?|au top|geni(?:al|aux|ales?)|chapeau"
    r"|reconnaissan\w+|gentillesse"
    r"|serviabl\w+|aimables?|bienveillan\w+|professionnalisme|reactivite|ravie?s?|enchantee?s?"
    r"|on ne se plaint pas|grandiose|magnifique)\b"
)
# « Transmettez-leur, s'il vous plaît », « dites-le-leur de ma part »: done with the thanks
_PASSED_ON = re.compile(
    r"^\W*(?:(?:et|merci de|vous pouvez|pouvez-vous|pourriez-vous) )?(?:bien )?(?:(?:le|la|les) )?(?:(?:leur|lui) )?"
    r"(?:transmett\w+|dit\w*|dire|faire passer|faites passer|passez)(?:[ -](?:le|la|les))?(?:[ -](?:leur|lui))\b\W*"
    r"(?:(?:s'il (?:vous|te) plait|svp|de (?:ma|notre) part|bien)\W*)*$"
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


def without_passing_on(told: Sequence[str]) -> list[str]:
    """`told` without the request to pass the thanks on, where there are thanks: the reply says that they are."""
    thanked = any(THANKS.search(fold(text)) for text in told)
    return [text for text in told if not (thanked and _PASSED_ON.match(fold(text)))]
