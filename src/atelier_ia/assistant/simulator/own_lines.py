"""Whole lines of a note that their author keeps for colleagues: they go before anything else is read.

In notes of several lines, a line holds one matter. One that opens as between colleagues (« pour info à vous seuls : »,
« contexte : ») or that stands in brackets after the text goes whole; a sentence closed by what is not to be told
(« …, donc rien dans la com ») goes with the others of its line, unless these are news.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import loose_sentences
from atelier_ia.assistant.words import fold

FEW = 3  # lines from which a line holds one matter
LONG = 60  # words of a line that may hold several, where only clauses go
CLOSING = 14  # words at the end of a line where what is said of it stands

_TO_US = r"(?:a |pour )?(?:vous|toi|nous|moi|la com\w*|le service|l'equipe|le bureau|le cabinet)(?: seule?s?)?"
_OPENS = re.compile(
    rf"^\W*(?:(?:pour )?infos?(?:rmations?)?,? (?:a |pour )?{_TO_US}\b|pour {_TO_US},? (?:pour )?infos?\b"
    r"|(?:pour )?infos? internes?\b|(?:en |usage |note |a usage )?internes?\s*:|entre nous\b|en aparte\b"
    r"|(?:c'est )?perso\b"
    r"|hors sujet\b|rien a voir\b|(?:sinon )?autre (?:chose|question|sujet)\b|pour la petite histoire\b"
    r"|(?:a|a n'en) (?:garder|rester) (?:pour|entre)\b|confidentiel\w*\s*[:,.!]|off\s*:|ne pas publier\b"
    r"|[^:()\n]{0,40}\([^()]*\b(?:confidentiel\w*|hors (?:compte[- ]rendu|c\.?r\.?|p\.?v\.?)|interne|entre nous)"
    r"\b[^()]*\)\s*:)"
)
_BACKGROUND = re.compile(r"^\W*(?:contexte|pour memoire)\s*:")
_TELL = (
    r"(?:di(?:re|tes|s|sez)|cit(?:er|ez|e)|parl(?:er|ez|e)|annonc(?:er|ez|e)|publi(?:er|ez|e)|ecri(?:re|vez|s)"
    r"|met(?:tre|tez|s)|diffus(?:er|ez|e)|communiqu(?:er|ez|e)|mentionn(?:er|ez|e)|evoqu(?:er|ez|e)|devoil(?:er|ez|e)"
    r"|ebruit(?:er|ez|e)|affich(?:er|ez|e)|repet(?:er|ez|e))"
)
_NOT_TOLD = re.compile(
    rf"\bne (?:surtout )?(?:rien |pas (?:l[ea]s? |en |l')){_TELL}\b"
    rf"|\bne (?:surtout )?pas {_TELL}(?=\W*$|\s*[,;]| sinon)"
    r"|\b(?:donc |alors |surtout )(?:rien|pas un mot|silence|motus)\b"
    r"|\brien (?:dans|sur) (?:la com\w*|les? \w+|l'\w+)\b"
    rf"|\b(?:c'est |ca c'est |ca )?(?:juste|seulement|uniquement|que) (?:pour|entre) {_TO_US}\b"
    r"|\bc'est une autre (?:question|histoire)\b|\b(?:elle|il|ils|elles) (?:n'est|ne sont|n'en sait|ne savent?|ne sait)"
    r" (?:pas|rien)(?: encore)? (?:au courant|prevenue?s?|informee?s?|encore|rien)?\b|\bc'est une surprise\b"
    rf"|\b(?:on|tu|vous) (?:n'en |ne |n')?(?:en |l[ea]s? |l')?{_TELL} (?:pas|rien)\W*$|\bpas un mot\b|\bmotus\b"
    r"|\bne (?:souhaite|veut|desire|tien)(?:nt)? pas (?:a ce )?(?:que (?:ca|cela|son|sa|leur|l'on|les gens)\b|qu'on\b)"
    r"|\ba (?:bien )?(?:lui|leur) (?:expliquer|dire|rappeler|preciser|redire)\W*$"
    r"|\b(?:pas (?:utile|besoin|la peine)|inutile) (?:de |d')(?:l[ea]s? |l'|en )?" + _TELL + r"\b"
)
_NOTE = re.compile(r"^\W*(?:nb|n\.b\.?|ps|p\.s\.?|nota|attention|note|remarque)\b")
# News for all, even in brackets: where to ask, at what price, for whom, at what time.
_NEWS = re.compile(
    r"\b(?:gratuit\w*|entree|tarifs?|inscri\w+|reserv\w+|renseignements?|contacts?|tel\b|places?|limitee?s?|ouverte?s?"
    r"|interdit\w*|obligatoire\w*|conseille\w*|prevoir|annul\w+|report\w+|repli|pluie|acces\w*|parking|navette)"
    r"|\d\s?h\b|@|\b0\d(?:[ .]?\d\d){4}|\b\d{1,2}(?:er)? (?:janv|fev|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec)"
)


def without_own_lines(text: str, *, public: bool = True) -> str:
    """`text` without the lines that are for colleagues; unchanged where it holds too few lines to tell them apart.

    Minutes, not `public`, keep their context and their lines in brackets.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    filled = [place for place, line in enumerate(lines) if line.strip()]
    if len(filled) < FEW:
        return text
    first = filled[0]
    kept: list[str] = []
    under = False  # the lines under « Pour info interne : » go with it, to the next blank
    for place, line in enumerate(lines):
        under = under and bool(line.strip())
        if under or (place > first and _own(line, public)):
            under = under or bool(line.strip().endswith(":"))
        elif place == first:
            kept.append(line)
        elif (left := _without_own_sentences(line)) or not line.strip():
            kept.append(left)
    return "\n".join(kept)


def _own(line: str, public: bool) -> bool:
    """Is the whole line for colleagues?"""
    told = fold(line.strip())
    words = told.split()
    if not words or len(words) > LONG:
        return False
    if _OPENS.match(told) or (public and _BACKGROUND.match(told)):
        return True
    if public and re.fullmatch(r"\([^()]*\)\W*", told):
        return not _NEWS.search(told)
    return bool(_NOTE.match(told) and _NOT_TOLD.search(told))


def _without_own_sentences(line: str) -> str:
    """A line without the sentences that are closed by what is not to be told; '' with no news in what is left."""
    told = loose_sentences(line)
    kept = [sentence for sentence in told if not _closed(sentence)]
    if len(kept) == len(told):
        return line
    return " ".join(kept) if len(fold(line).split()) > LONG or any(_NEWS.search(fold(one)) for one in kept) else ""


def _closed(sentence: str) -> bool:
    """Is a sentence closed by what is said of it (« …, juste pour vous ») rather than of a part of it?"""
    outside = fold(re.sub(r"\([^()]*\)?", " ", sentence)).split()  # « (…, ne pas l'écrire) » bears on its bracket
    closing = " ".join(outside[-CLOSING:])
    return len(outside) <= LONG and "»" not in closing and bool(_NOT_TOLD.search(closing))
