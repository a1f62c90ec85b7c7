"""A message typed in one breath, cut where a new question or a new statement begins.

« mon fils a 16 ans je sais pas comment on fait c'est obligatoire faut quoi comme papiers » → four sentences.
"""

from __future__ import annotations

import re
from itertools import pairwise

BREATH = 10  # words without a mark from which a sentence is cut
LEAST = 4  # words of a sentence so made
_SENTENCE = re.compile(r"[^,;:.?!()«»\n]+")
_QUESTION = (
    r"(?:(?:et |mais )?(?:aussi )?(?:est-ce qu(?:e |['’]|['’]?il)"
    r"|c['’]est (?:quoi|combien|possible|obligatoire|payant|gratuit)\b"
    r"|comment (?:on|je|faire|ça|il faut)|combien (?:ça|il faut|de temps)|(?:il )?faut (?:quoi|combien)\b"
    r"|qui c['’]est qui|qui est-ce qui|à qui (?:je|on|il faut)|peut-on|faut-il|puis-je|dois-je|y a-t-il))"
)
_STATEMENT = (
    r"(?:je (?:ne )?sais pas (?:comment|si|où|quand)|personne (?:ne )?(?:répond|repond)|merci"
    r"|(?:et )?(?:d['’]ailleurs|du coup|en plus|sinon|par contre)|je (?:fais|fait|dois faire) (?:comment|quoi))\b"
)
_CUT = re.compile(rf"\s+(?=(?:{_QUESTION}|{_STATEMENT}))", re.IGNORECASE)
# What a clause still hangs on.
_OPEN = re.compile(
    r"(?:\b(?:que?|qui|dont|où|si|et|ou|mais|car|donc|comme|quand|lorsque|puisque|alors|puis|parce|de|à|a|pour"
    r"|avec|chez|par"
    r"|sans|dans|sur|en|savoir|sais|sais pas|dire|demande|demander|voir|ne|moi|c['’]est|bonjour|bonsoir|est-ce|ici)"
    r"|['’]il|['’]on|qu['’]elle)$",
    re.IGNORECASE,
)


# How a line begins that says something else than the one above it, in a message typed without marks.
_NEW_LINE = re.compile(
    r"(?:merci|mrc|cdt|cdlt|cordialement|bisous?|bises|bonne|bon (?:courage|week)|bravo|je|j['’]|on|nous|vous|il"
    r"|elle|ils|elles|est[- ]ce|c['’]est"
    r"|cc|c|mon|ma|mes|mme|mr|m\.|tel|t[ée]l|d[ée]sol\w*|pardon|et (?:du coup|puis|aussi)|du coup|voil[aà]|faut"
    r"|y a|ya|comment|combien|pouvez|peut|ps|vite)"
    r"(?![\w])",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"(?:[,;:.?!…(«–-]|\b(?:que?|qui|dont|où|si|et|ou|mais|car|donc|comme|quand|de|du|des|à|a|au|aux|le|la|les|un"
    r"|une|pour|avec|chez|par|sans"
    r"|dans|sur|en|ne|mon|ma|mes|ce|cette|son|sa|ses|leur|notre|votre|plus|très|bonjour|bonsoir|madame|monsieur))$",
    re.IGNORECASE,
)


def closed_lines(text: str) -> str:
    """`text` with a full stop at the end of the lines that lack one and that the next line does not go on with."""
    lines = text.split("\n")
    for place, (line, following) in enumerate(pairwise(lines)):
        told = line.rstrip()
        if len(told.split()) >= LEAST and not _HANGING.search(told[-12:]) and _NEW_LINE.match(following.strip()):
            lines[place] = f"{told}."
    return "\n".join(lines)


def in_sentences(text: str) -> str:
    """`text` with a full stop, or a question mark, where its author wrote on; a text with marks is left alone."""
    return _SENTENCE.sub(lambda match: _cut(match[0], text[match.end() : match.end() + 1]), text)


def _cut(breath: str, mark: str) -> str:
    if len(breath.split()) < BREATH:
        return breath
    pieces: list[str] = []
    start = 0
    for cut in _CUT.finditer(breath):
        piece = breath[start : cut.start()]
        if len(piece.split()) < LEAST or _OPEN.search(piece[-20:]):
            continue
        pieces.append(piece)
        start = cut.end()
    pieces.append(breath[start:])
    if len(pieces) == 1:
        return breath
    told = [_closed(piece, first=not place) for place, piece in enumerate(pieces[:-1])]
    last = pieces[-1]
    if not mark.strip(" \n") and re.match(_QUESTION, last.strip(), re.IGNORECASE):
        last = f"{last.rstrip()} ?{last[len(last.rstrip()) :]}"
    return " ".join([*told, last[:1].upper() + last[1:]])


def _closed(piece: str, *, first: bool) -> str:
    text = piece.strip()
    lead = piece[: len(piece) - len(piece.lstrip())]
    asked = re.match(_QUESTION, text, re.IGNORECASE)
    begun = text if first else f"{text[:1].upper()}{text[1:]}"
    return f"{lead}{begun}{' ?' if asked else '.'}"
