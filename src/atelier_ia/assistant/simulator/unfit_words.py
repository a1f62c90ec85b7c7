"""Words of a message that an answer does not say again: abuse, threats, « tu », what tells of somebody's health."""

from __future__ import annotations

import re

from atelier_ia.assistant.words import fold

_RUDE = re.compile(
    r"\b(?:fout\w+|foutre|merd\w*|con|cons|connard\w*|chier|bordel|put\w{1,3}in|honte\w*|copinage|incapable\w*|nuls?"
    r"|incompeten\w+|fainéant\w*|faineant\w*|feignant\w*|(?:vous|tous|elus?|maire|politiques?|systeme"
    r"|bande de) (?:\w+ )?pourri\w*|pourritures?|escroc\w*|voleurs?|magouill\w*|scandal\w*"
    r"|ras[- ]le[- ]bol|debiles?|abruti\w*"
    r"|porcherie|bons? a rien|parasites?|planque[es]?|guignol\w*|idiot\w*|imbecile\w*|gueule|emmerd\w*"
    r"|c'est du vol|bandes? d(?:e |')(?!roulement|chaussee|stationnement|papier|tissu|rive)|reponses? bateau"
    r"|salop\w+|salauds?"
    r"|crapules?|voyous?|racailles?|delinquan\w+|menteu(?:rs?|ses?)|mensonges?|rigolos?|branquignol\w*|clowns?|tocards?"
    r"|ivrognes?|poivrots?|planques?|bons a rien|(?:est|sont) (?:une? |des )?(?:vraie?s? )?(?:porcs?|cochons?"
    r"|ordures?|fous?|folles?"
    r"|malades mentaux|dangers? publics?|tyrans?)|fait (?:deja )?de la prison|sort\w* de prison|repris de justice)\b"
)


_PRIVATE = re.compile(
    r"\b(?:morphine|cancer\w*|tumeur\w*|chimio\w*|sida|vih|seropositi\w+|depressi\w+|suicid\w+|schizophren\w+|bipolaire"
    r"|psychiatr\w+|alcooli\w+|toxicoman\w+|alzheimer|fin de vie|soins palliatifs|diagnosti\w+|asthm\w*|autis\w+"
    r"|malentendant\w*|parkinson|sclerose|diabet\w*|epilep\w*|trisomi\w*|dyslexi\w*|dyspraxi\w*|oxygene"
    r"|fauteuil roulant|cachets|cardiaques?|traitement medical|(?:son|mon) traitement"
    r"|medicaments?|ordonnance|maladie|malade|hospitalise\w*|enceinte|avortement|ivg"
    r"|(?:verse|paye|paie) (?:pas|plus|jamais) (?:la|de|ma|sa) pension|separee? d(?:e |')(?:son|sa|avec|mon"
    r"|ma)\b|la separation d'avec"
    r"|mon divorce|interdits? bancaires?|surendett\w+|a decouvert|huissiers?|mes dettes"
    r"|(?:mes|vos|des) rayons|radiotherapie|dialyse|vomi\w*|en arret (?:depuis|maladie)|mi-salaire)\b"
)
_UNFIT = re.compile(
    r"\b(?:tu|toi|tes|tien(?:ne)?s?)\b|\bt['’]\w|\b(?:un|des) morts?\b|\ben douce\b|\bbalance[zr]\b"
    r"|\bsous-fifre\w*|\bpipi\b|\bcaca\b|\bcheri\w*|\bcow-?boys?\b|\bvite fait\b|\bfaire sauter\b"
    r"|\bla faire sauter\b|\bgueul\w+|\bfrimeurs?|\bboulot\b|\bthank|\bau black\b|\bplus la\b"
    r"|\bje sais ou (?:il|elle|vous)\b|\bgosses?\b"
    r"|\bglander?\b|\bau diable\b|\bpay\w+ (?:ma|notre|la) tete\b|\bvous (?:regardez|attendez|foutez|mentez"
    r"|dormez|vous moquez|croyez|savez rien)\b"
    r"|\b(?:sinon|ou) (?:on|je|nous) (?:dira|dirons|dirai|publi\w+|saisi\w+|porte\w*)\b|\bque dieu\b|\?\s*\?|!\s*!"
)


# What somebody lives on is theirs to tell.
_MEANS = re.compile(r"\bretraite de \d|(?:euros|€) de retraite|\bpetite retraite|\bau chomage\b|\brsa\b|\baah\b")


def lives_on(text: str) -> bool:
    """Does a sentence tell what somebody lives on?"""
    return bool(_MEANS.search(fold(text)))


def repeatable(text: str) -> bool:
    """May an answer repeat these words? Not abuse, threats, « tu », nor what tells of someone's health."""
    folded = fold(text)
    return not (rude(text) or _UNFIT.search(folded) or _PRIVATE.search(folded))


def rude(text: str) -> bool:
    """Does a sentence hold a word that an answer does not repeat?"""
    return bool(_RUDE.search(fold(text)))
