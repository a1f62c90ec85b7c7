"""The kind words that a message calls for: a recovery to wish, thanks to pass on."""

from __future__ import annotations

import re

from atelier_ia.assistant.words import fold

_RECOVERING = re.compile(
    r"\b(?:je vais mieux|ma chute|mon accident|mon operation|je suis (?:tombee?|hospitalisee?)|(?:bras|jambe"
    r"|pied|poignet)"
    r" (?:dans le|cassee?|est foule|n'est que foule))\b"
)
_KIN = {
    "mari": "mari", "femme": "épouse", "epouse": "épouse", "epoux": "époux", "pere": "père", "papa": "père",
    "mere": "mère", "maman": "mère", "fils": "fils", "fille": "fille", "frere": "frère", "soeur": "sœur",
    "compagne": "compagne", "compagnon": "compagnon", "conjoint": "conjoint", "conjointe": "conjointe",
    "grand-mere": "grand-mère", "grand-pere": "grand-père",
}  # fmt: skip
_KIN_HURT = re.compile(
    rf"\b(?:mon|ma) (?P<kin>{'|'.join(sorted(_KIN, key=len, reverse=True))})(?: \w+)?,? (?:qui )?"
    r"(?:va mieux|tombee?\b|est (?:encore |toujours )?(?:tombee?|hospitalisee?|blessee?|a l'hopital)"
    r"|(?:s'est|se) (?:cassee?|blessee?|foulee?|fait mal)|sort (?:de l'hopital|d'hopital)"
    r"|a fait une (?:mauvaise )?chute"
    r"|a ete (?:operee?|hospitalisee?|blessee?|renversee?)|vient d'etre (?:operee?|hospitalisee?))"
)
_THANKED = re.compile(
    r"\b(?:remercier|remercie|remercions|merci (?:a|aux?)|bravo (?:a|aux?)|felicit\w+)\b[^.?!]{0,60}"
    r"\b(?:agents?|equipes?|services?|personnel|employee?s?|secretaires?|policiers?|animat\w+|jardiniers?|mairie)\b"
)
PASSED_ON = "Nous transmettons vos remerciements aux agents concernés."


def recovery(said: str) -> str:
    """The wish to somebody who was hurt or ill, or to one of theirs; '' when nobody was."""
    folded = fold(said)
    if _RECOVERING.search(folded):
        return "Nous vous souhaitons un bon rétablissement."
    hurt = _KIN_HURT.search(folded)
    return f"Nous souhaitons un bon rétablissement à votre {_KIN[hurt['kin']]}." if hurt else ""


def thanks_to_pass_on(said: str) -> str:
    """What to say of the thanks to the staff that come with a request; '' when there are none."""
    return PASSED_ON if _THANKED.search(fold(said)) else ""


def only_thanks_said(sentence: str) -> bool:
    """Does a sentence thank the staff, or ask that they be told, and nothing else?"""
    folded = fold(sentence)
    if "?" in sentence:
        return False
    return bool(
        _THANKED.search(folded) or re.match(r"\W*merci (?:de|d')(?: bien)? ?(?:le|la|les) leur (?:dire|faire)", folded)
    )
