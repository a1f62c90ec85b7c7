"""How what a person told is said in a whole answer: plainly where it can be, and not always with the same words."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import upper_first
from atelier_ia.assistant.words import fold

_WRONG = re.compile(
    r"\b(?:cass|pann|trou|fuit|fui|bouch|etein|defonc|dang|accident|vol(?:e|s|ent|ee?s?)\b|degrad|brui|aboi|hurl"
    r"|sonn|reveill|tomb|retard|inond|abim|abandon"
    r"|debord|arrach|bloqu|gar(?:e|ent|ee?s?)\b|roul|jet|sal[ei]|dechet|poubelle|rats?\b|nid|frelon|odeur|pu(?:e"
    r"|ent)\b|nuisanc|vitesse|clignot"
    r"|ferm(?:ee?s?|es?)\b|penche|pend\b|glisse|verglas|neige|manqu|disparu|couch|fissur|effondr|coul|refoul|brul"
    r"|tag|incendi|mordu|agress|squat|moisi"
    r"|toujours pas|jamais|plus (?:de|d'|rien|aucun)|ne (?:marche|fonctionne|s'allume|passe)|n'est (?:pas|plus)"
    r"|n'(?:a|ont) (?:pas|plus))\w*"
)
NOTED = "Vous nous indiquez"
_AGAIN = {
    "Vous nous indiquez qu": ("Vous précisez qu", "Vous ajoutez qu"),
    "Vous nous demandez ": ("Vous demandez aussi ", "Vous demandez également "),
    f"{NOTED}\u00a0:": ("Vous précisez\u00a0:", "Vous ajoutez\u00a0:"),
    "Vous nous signalez qu": ("Vous signalez aussi qu",),
}
# What somebody thinks, or says of others, is told as theirs.
_THEIR_WORD = re.compile(
    r"\bvous (?:(?:ne|n['’]|y|en|l[ae]s?) ?)*(?:êtes (?:pas |plus )?(?:d['’]accord|sûre?|certaine?|persuadée?|contre)"
    r"|trouvez|pensez|croyez|estimez|savez|espérez|supposez|comprenez|avez l['’]impression|vous appelez)\b"
    r"|\b(?:on|ils?|elles?|personne|nous) (?:ne |n['’]|y |en |l[ae]s? |leur |lui |vous )*(?:\w+)|[«“]",
    re.IGNORECASE,
)


def wrong(text: str) -> bool:
    """Does a sentence tell of something that is wrong?"""
    return bool(_WRONG.search(fold(text)))


_LISTED = re.compile(
    rf"((?:{NOTED}|Vous nous signalez)\s: [^.«\n]+)\. "
    rf"(?:{NOTED}|Vous nous signalez)(?: l[’']adresse suivante)?\s: (?=[^«])"
)


def direct(sentence: str) -> str:
    """« Vous nous indiquez que vous partez en mai » → « Vous partez en mai », where it says only what one does."""
    if sentence.startswith(f"{NOTED} : ") and wrong(sentence):
        return sentence.replace(NOTED, "Vous nous signalez", 1)
    told = sentence.removeprefix(f"{NOTED} que ")
    if (
        told == sentence
        or not told.startswith("vous ")
        or _THEIR_WORD.search(told.split(" et nous demandez ")[0])
        or wrong(told)
    ):
        return sentence
    return upper_first(re.sub(r"\bet que vous\b", "et vous", told))


_SEVERAL = re.compile(r"\bSur ce point(?=, (?:y compris le tarif, )?nous vous répondrons)")
_ASKED = re.compile(r"\b(?:demandez|interrogez)\b")
_AND_ASKED = re.compile(r"\bdemandez [^.]* et (?:si |s[’']ils?|qui |quand |comment |combien |où |quel|ce qu)")


def varied(text: str) -> str:
    """A whole answer whose restatements do not all begin with the same words."""
    text = _LISTED.sub(r"\1 ; ", text)
    for lead, others in _AGAIN.items():
        first, *rest = text.split(lead)
        for number, piece in enumerate(rest):
            first += (others[min(number, len(others)) - 1] if number else lead) + piece
        text = first
    lines = text.split("\n")
    text = "\n".join(_SEVERAL.sub("Sur ces points", line) if _several(line) else line for line in lines)
    return re.sub(r"(Vous demandez aussi [^.]{0,25}?) (?:aussi|également)\b", r"\1", text)


def _several(paragraph: str) -> bool:
    """Does a paragraph tell more than one question?"""
    return len(_ASKED.findall(paragraph)) > 1 or bool(_AND_ASKED.search(paragraph))
