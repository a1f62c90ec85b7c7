"""A message typed in one breath, cut where a new question or a new statement begins.

« mon fils a 16 ans je sais pas comment on fait c'est obligatoire faut quoi comme papiers » → four sentences.
"""

from __future__ import annotations

import re

BREATH = 10  # words without a mark from which a sentence is cut
LEAST = 4  # words of a sentence so made
_SENTENCE = re.compile(r"[^,;:.?!()«»\n]+")
_QUESTION = (
    r"(?:(?:et |mais )?(?:aussi )?(?:est-ce qu(?:e |['’]|['’]?il)"
    r"|c['’]est (?:quoi|combien|possible|obligatoire|payant|gratuit)\b"
    r"|comment (?:on|je|faire|ça|il faut)|combien (?:ça|il faut|de temps)|(?:il )?faut (?:quoi|combien)\b"
    r"|qui c['’]est qui|qui est-ce qui|à qui (?:je|on|il faut)|peut-on|faut-il|puis-je|dois-je|y a-t-il))"
)
_STATEMENT = r"(?:je (?:ne )?sais pas (?:comment|si|où|quand)|personne (?:ne )?(?:répond|repond)|merci)\b"
_CUT = re.compile(rf"\s+(?=(?:{_QUESTION}|{_STATEMENT}))", re.IGNORECASE)
# What a clause still hangs on.
_OPEN = re.compile(
    r"(?:\b(?:que?|qui|dont|où|si|et|ou|mais|car|donc|comme|quand|lorsque|puisque|alors|puis|parce|de|à|a|pour|avec|chez|par"
    r"|sans|dans|sur|en|savoir|sais|sais pas|dire|demande|demander|voir|ne|moi|c['’]est|bonjour|bonsoir|est-ce|ici)"
    r"|['’]il|['’]on|qu['’]elle)$",
    re.IGNORECASE,
)


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
