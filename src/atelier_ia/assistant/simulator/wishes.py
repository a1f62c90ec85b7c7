"""The kind words that a message calls for: a recovery to wish, thanks to pass on."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import MONTH
from atelier_ia.assistant.words import fold

_RECOVERING = re.compile(
    r"\b(?:je vais mieux|ma chute|mon accident|mon operation|je suis (?:tombee?|hospitalisee?)|(?:bras|jambe"
    r"|pied|poignet) (?:dans le|cassee?|est foule|n'est que foule))\b"
)
KIN = {
    "mari": "mari", "femme": "épouse", "epouse": "épouse", "epoux": "époux", "pere": "père", "papa": "père",
    "mere": "mère", "maman": "mère", "fils": "fils", "fille": "fille", "frere": "frère", "soeur": "sœur",
    "compagne": "compagne", "compagnon": "compagnon", "conjoint": "conjoint", "conjointe": "conjointe",
    "grand-mere": "grand-mère", "grand-pere": "grand-père", "oncle": "oncle", "tante": "tante", "bebe": "bébé",
}  # fmt: skip
_KIN_HURT = re.compile(
    rf"\b(?:mon|ma) (?P<kin>{'|'.join(sorted(KIN, key=len, reverse=True))})(?: \w+)?,? (?:qui )?"
    r"(?:va mieux|tombee?\b|est (?:encore |toujours )?(?:tombee?|hospitalisee?|blessee?|a l'hopital)"
    r"|(?:s'est|se) (?:cassee?|blessee?|foulee?|fait mal)|sort (?:de l'hopital|d'hopital)"
    r"|a fait une (?:mauvaise )?chute"
    r"|a ete (?:operee?|hospitalisee?|blessee?|renversee?)|vient d'etre (?:operee?|hospitalisee?))"
)
_THANKED = re.compile(
    r"\b(?:remercier|remercie|remercions|merci (?:a|aux?)|bravo (?:a|aux?)|felicit\w+)\b[^.?!]{0,60}"
    r"\b(?:agents?|equipes?|services?|personnel|employee?s?|secretaires?|policiers?|animat\w+|jardiniers?|mairie)\b"
)
_JUST = (
    r"(?=[^.?!]{0,50}\b(?:hier|ce matin|cette nuit|cette semaine|la semaine derniere|maternite|il y a \w+ jours"
    rf"|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|\d{{1,2}} {fold(MONTH)})\b)"
    r"(?![^.?!]{0,60}\b(?:19\d\d|20[01]\d|202[0-4])\b)"
)
_BORN = re.compile(
    rf"\b(?:ma|mon|notre) (?:petite? )?[a-z]{{3,12}} (?:[a-z]+ )?(?:est nee?\b|vient de naitre){_JUST}"
    r"|\b(?:bonheur|joie) d'(?:accueillir|annoncer la naissance)|\b(?:je viens|elle vient) d'accoucher"
)
_MARRYING = re.compile(
    r"\b(?:allons|souhaitons|souhaiterions|voulons|aimerions|voudrions|va|veut|voudrait|aimerait|souhaite) (?:nous|se) "
    r"(?:marier|pacser)\b|\b(?:nous nous (?:marions|pacsons)|on se (?:marie|pacse))\b"
)
_MOVED_IN = re.compile(
    r"\b(?:(?:venons|viens|vient) (?:tout juste |juste )?d(?:'|e )(?:emmenager|nous installer|m'installer|s'installer)"
    r"|(?:avons|ai|a) emmenage|nouve(?:aux|lle|l) (?:arrivants?|habitante?s?)|emmenageons|nous nous installons)\b"
    r"(?![^.?!]{0,40}\bil y a (?:\w+ )?ans?\b)"
)
PASSED_ON = "Nous transmettons vos remerciements aux agents concernés."


def recovery(said: str) -> str:
    """The wish to somebody who was hurt or ill, or to one of theirs; '' when nobody was."""
    folded = fold(said)
    if _RECOVERING.search(folded):
        return "Nous vous souhaitons un bon rétablissement."
    hurt = _KIN_HURT.search(folded)
    return f"Nous souhaitons un bon rétablissement à votre {KIN[hurt['kin']]}." if hurt else ""


def congratulations(said: str) -> str:
    """What to say to somebody whose child is just born, or who is to marry; '' to the others."""
    folded = fold(said)
    return "Toutes nos félicitations." if _BORN.search(folded) or _MARRYING.search(folded) else ""


def welcome(said: str) -> str:
    """What to say to somebody who has just moved in; '' to the others."""
    return "Bienvenue dans notre commune." if _MOVED_IN.search(fold(said)) else ""


def thanks_to_pass_on(said: str) -> str:
    """What to say of the thanks to the staff that come with a request; '' when there are none."""
    return PASSED_ON if _THANKED.search(fold(said)) else ""


def only_thanks_said(sentence: str) -> bool:
    """Does a sentence thank the staff, or ask that they be told, and nothing else?"""
    folded = fold(sentence)
    if "?" in sentence:
        return False
    return bool(
        _THANKED.search(folded)
        or re.match(
            r"\W*merci (?:de|d')(?: bien)? ?(?:le|la|les) leur (?:dire"
            r"|faire)",
            folded,
        )
    )
