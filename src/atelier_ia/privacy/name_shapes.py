"""Names that a whole turn of phrase shapes: « Gontran à l'appareil », « Ambre G. », « Nom ........ SISSOKO-PETIT ».

Each shape says by itself that a person stands there: a word of the dictionary may be a name (« Blanc le gardien »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.lexicon import CAPITAL, CIVILITY, EMPTY, FIRST, KNOWN, ORGANISATION, PLACE, SURNAME
from atelier_ia.privacy.names import NameReader
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_NAME = r"[A-ZÀ-Þ][a-zà-ÿ'’]{1,20}(?:-[A-ZÀ-Þ][a-zà-ÿ'’]{1,20})?"
_SPEAKS = re.compile(rf"(?<![\w-])({_NAME}(?: [A-ZÀ-Þ][\w'’-]{{1,20}})?),? (?:à l'appareil|au bout du fil)(?![\w])")
_HOSTS = frozenset(("chez", "avec", "par", "voir", "a"))
_JOBS = words("names_keepers")
_SHORTENED = re.compile(rf"(?<![\w.'’-])({_NAME} [A-ZÀ-Þ]\.)(?=[ ,;:)\n]|$)")
_DOTTED = re.compile(
    r"(?:^|\n)[ \t]*(?:pre)?noms?(?: [a-z' ]{2,24})?[ ]?[._…]{3,60} ?([^\W\d_][^\n:;|0-9]{1,38}?)[ .]*(?=\n|$)"
)
_TITLE_THEN = re.compile(rf"(?:Monsieur|Madame|M\.|Mme), ({_NAME}, {_NAME})(?=\n|$)")
_THE_FAMILY = re.compile(r"(?<![a-z])(?:pour|chez|avec|dossier) les ([a-z'-]{4,18})(?= )")
_MORE = re.compile(rf"(?:, {_NAME}){{1,4}}(?= ?(?:[|;\t\n]|$))")


def find_name_shapes(names: NameReader) -> Iterator[Span]:
    """Names that a turn of phrase shapes; overlaps are settled later."""
    reading = names.reading
    if "..." in reading.text or "___" in reading.text or "…" in reading.text:
        for match in _DOTTED.finditer(reading.low):
            yield Span(match.start(1), match.end(1), "NOM", "masquer", "nom dans un champ")
    if reading.lower_case:
        for match in _THE_FAMILY.finditer(reading.low):
            bit = names.bits[reading.index_from(match.start(1))]
            if bit & SURNAME and not bit & (KNOWN | PLACE | ORGANISATION):
                yield Span(match.start(1), match.end(1), "NOM", "verifier", "famille")
    if reading.upper_case:
        return
    for match in _SHORTENED.finditer(reading.text):
        bit = names.bits[reading.index_from(match.start(1))]
        if bit & FIRST and not bit & (CIVILITY | EMPTY):
            yield Span(match.start(1), match.end(1), "NOM", "verifier", "prénom et initiale")
    yield from _hosts(names)
    told = [_TITLE_THEN] if "Monsieur, " in reading.text or "Madame, " in reading.text else []
    if "appareil" in reading.low or "bout du fil" in reading.low:
        told.append(_SPEAKS)
    for pattern in told:
        for match in pattern.finditer(reading.text):
            bit = names.bits[reading.index_from(match.start(1))]
            if not bit & (CIVILITY | EMPTY) or bit & FIRST:
                yield Span(match.start(1), match.end(1), "NOM", "verifier", "personne qu'une tournure désigne")


def _hosts(names: NameReader) -> Iterator[Span]:
    """« chez Blanc le gardien »."""
    reading = names.reading
    low_words = reading.low_words
    for index, word in enumerate(low_words):
        if word in _JOBS and index > 2 and low_words[index - 1] in ("le", "la") and low_words[index - 3] in _HOSTS:
            bit = names.bits[index - 2]
            if bit & CAPITAL and not bit & (CIVILITY | PLACE | ORGANISATION) and (not bit & EMPTY or bit & FIRST):
                yield names.span(index - 2, index - 1, "verifier", "personne qu'une tournure désigne")


def whole_name(reading: Reading, bits: list[int], span: Span) -> Span:
    """`span` with the first names that follow it: « BOURDIN Jean, Pierre, Lucien », « docteur cohen solal »."""
    end = span.end
    more = _MORE.match(reading.text, end)
    if more is not None:
        first = reading.index_from(end)
        last = reading.index_at(more.end() - 1)
        if all(bits[index] & FIRST for index in range(first, last + 1)):
            end = more.end()
    index = reading.index_from(end)
    if (
        (reading.lower_case or (reading.upper_case and span.reason == "nom annoncé par la phrase"))
        and index < len(reading)
        and reading.low[end : reading.starts[index]] == " "
        and bits[index] & FIRST
        and (reading.upper_case or not bits[index] & KNOWN)
    ):
        end = reading.ends[index]
    return span if end == span.end else Span(span.start, end, span.label, span.level, span.reason)
