"""Whole lines of a note that their author keeps for colleagues: they go before anything else is read.

In notes of several lines, a line holds one matter. One that opens as between colleagues (« pour info à vous seuls : »,
« contexte : »), that is closed by what is not to be told (« …, donc rien dans la com »), by another question, or that
stands in brackets after the text, goes whole: what stands around a remark of this sort belongs with it.
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
    r"|contexte\s*:|hors sujet\b|rien a voir\b|(?:sinon )?autre (?:chose|question|sujet)\b|pour la petite histoire\b"
    r"|(?:a|a n'en) (?:garder|rester) (?:pour|entre)\b|confidentiel\w*\s*[:,.!]|off\s*:|ne pas publier\b)"
)
_TELL = (
    r"(?:di(?:re|tes|s|sez)|cit(?:er|ez|e)|parl(?:er|ez|e)|annonc(?:er|ez|e)|publi(?:er|ez|e)|ecri(?:re|vez|s)"
    r"|met(?:tre|tez|s)|diffus(?:er|ez|e)|communiqu(?:er|ez|e)|mentionn(?:er|ez|e)|evoqu(?:er|ez|e)|devoil(?:er|ez|e)"
    r"|ebruit(?:er|ez|e)|affich(?:er|ez|e)|repet(?:er|ez|e))"
)
_NOT_TOLD = re.compile(
    rf"\bne (?:surtout )?(?:rien|pas (?:l[ea]s? |en |l')?){_TELL}\b|\bne rien {_TELL}\b"
    r"|\b(?:donc |alors |surtout )(?:rien|pas un mot|silence|motus)\b"
    r"|\brien (?:dans|sur) (?:la com\w*|les? \w+|l'\w+)\b"
    rf"|\b(?:c'est |ca c'est |ca )?(?:juste|seulement|uniquement|que) (?:pour|entre) {_TO_US}\b"
    r"|\bc'est une autre (?:question|histoire)\b|\b(?:elle|il|ils|elles) (?:n'est|ne sont|n'en sait|ne savent?|ne sait)"
    r" (?:pas|rien)(?: encore)? (?:au courant|prevenue?s?|informee?s?|encore|rien)?\b|\bc'est une surprise\b"
    rf"|\b(?:on|tu|vous) (?:n'en |ne |n')?(?:en |l[ea]s? |l')?{_TELL} (?:pas|rien)\W*$|\bpas un mot\b|\bmotus\b"
)
_NOTE = re.compile(r"^\W*(?:nb|n\.b\.?|ps|p\.s\.?|nota|attention|note|remarque)\b")
# News for all, even in brackets: where to ask, at what price, for whom, at what time.
_NEWS = re.compile(
    r"\b(?:gratuit\w*|entree|tarifs?|inscri\w+|reserv\w+|renseignements?|contacts?|tel\b|places?|limitee?s?|ouverte?s?"
    r"|interdit\w*|obligatoire\w*|conseille\w*|prevoir|annul\w+|report\w+|repli|pluie|acces\w*|parking|navette)"
    r"|\d\s?h\b|@|\b0\d(?:[ .]?\d\d){4}|\b\d{1,2}(?:er)? (?:janv|fev|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec)"
)


def without_own_lines(text: str) -> str:
    """`text` without the lines that are for colleagues; unchanged where it holds too few lines to tell them apart."""
    lines = text.replace("\r\n", "\n").split("\n")
    filled = [place for place, line in enumerate(lines) if line.strip()]
    if len(filled) < FEW:
        return text
    first = filled[0]
    kept: list[str] = []
    under = False  # the lines under « Pour info interne : » go with it, to the next blank
    for place, line in enumerate(lines):
        under = under and bool(line.strip())
        if under or (place > first and _own(line)):
            under = under or bool(line.strip().endswith(":"))
            continue
        kept.append(line)
    return "\n".join(kept)


def _own(line: str) -> bool:
    """Is the whole line for colleagues?"""
    told = fold(line.strip())
    words = told.split()
    if not words or len(words) > LONG:
        return False
    if _OPENS.match(told):
        return True
    if re.fullmatch(r"\([^()]*\)\W*", told):
        return not _NEWS.search(told)
    if _NOTE.match(told):
        return bool(_NOT_TOLD.search(told))
    *before, last = map(fold, loose_sentences(line) or [line])
    # « Réouverture le lundi 4. Médiathèque : ne rien mettre. »: news stand before what is kept back, and stay.
    closing = " ".join(last.split()[-CLOSING:])
    return bool(_NOT_TOLD.search(closing)) and "»" not in closing and not any(map(_NEWS.search, before))
