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
_QUOTED_FILE = re.compile(rf"(?:dossier|affaire|succession|famille) «[  ]?({_NAME})[  ]?»")
_THE_FAMILY = re.compile(r"(?<![a-z])(?:pour|chez|avec|dossier) les ([a-z'-]{4,18})(?= )")
_MORE = re.compile(rf"(?:, {_NAME}){{1,4}}(?= ?(?:[|;\t\n]|$))")


# « André, 88 ans, et Madeleine, 85 ans », « Anziza (née le 28/01/2021) »
_AGED = re.compile(
    rf"(?<![\w'’-])(?![LDJ]['’])({_NAME})(?=(?:,| \() ?(?:\d{{1,3}} (?:ans|mois)(?![\w])|âgée? de \d)"
    rf"|(?: \(|, )n[ée]+ (?:le|en) )"
)
# « Titi Rouvière »: a syllable said twice, then a surname.
_TWICE = re.compile(r"(?<![\w'’-])(?=[a-z]+ )([a-z]{2,3})\1 [a-z]")
# « maël et jade mangerons »: of two first names before a plural verb, one is a word too.
_BEFORE_AND = re.compile(r"(?<![\w'’-])[a-z'-]{3,15}$")
_TWO = re.compile(
    r" et ([a-z'-]{3,15})(?= (?:ne |n'|se |s'|y |en |nous )?(?:[a-z]{2,10}r(?:ons"
    r"|ont)|sont|vont|ont|mangent|viennent"
    r"|restent|partent|rentrent|arrivent|dorment|jouent|peuvent|veulent|doivent|etaient|avaient)(?![a-z]))"
)
# « SAÏD 0MAR », « C1ément 0livier BERNARDEAU »: a scanner's figure at the head of a name, or inside it.
_SCANNED = re.compile(
    r"(?: (?!1[eè]re?)(?=[A-Za-zÀ-ÿ]*[01][A-Za-zÀ-ÿ])[A-ZÀ-Þ01][A-Za-zÀ-ÿ01]{3,20}(?!\w)){1,2}"
    r"(?: [A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,24}(?!\w))?"
)


_ARTICLES = words("names_determiners")


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
    yield from _two_names(names)
    if reading.upper_case:
        return
    for match in _AGED.finditer(reading.text):
        bit = names.bits[reading.index_from(match.start(1))]
        if bit & (CIVILITY | EMPTY) and not bit & FIRST:
            continue
        if bit & FIRST or (
            "n" in reading.text[match.end(1) : match.end(1) + 3] and not bit & (KNOWN | PLACE | ORGANISATION)
        ):
            yield Span(match.start(1), match.end(1), "NOM", "verifier", "prénom et âge")
    for match in _QUOTED_FILE.finditer(reading.text) if "«" in reading.text else ():
        bit = names.bits[reading.index_from(match.start(1))]
        if not bit & (KNOWN | PLACE | ORGANISATION) or bit & (FIRST | SURNAME):
            yield Span(match.start(1), match.end(1), "NOM", "masquer", "nom d'un dossier")
    for match in _TWICE.finditer(reading.low):
        first = reading.index_from(match.start())
        bit = names.bits[first + 1]
        if names.bits[first] & CAPITAL and bit & CAPITAL and bit & SURNAME and not bit & (KNOWN | PLACE):
            yield names.span(first, first + 2, "verifier", "surnom et nom")
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


def _two_names(names: NameReader) -> Iterator[Span]:
    """« maël et jade mangerons pas »: two first names without capitals, of which one at least is no word."""
    reading = names.reading
    if " et " not in reading.low:
        return
    for match in _TWO.finditer(reading.low):
        before = _BEFORE_AND.search(reading.low, max(0, match.start() - 17), match.start())
        if before is None:
            continue
        index = reading.index_from(before.start())
        first, second = names.bits[index], names.bits[index + 2] if index + 2 < len(reading) else 0
        plain = EMPTY | CIVILITY | ORGANISATION
        if not first & FIRST or not second & FIRST or (first | second) & plain or (first & KNOWN and second & KNOWN):
            continue
        yield names.span(index, index + 1, "masquer", "prénom devant un verbe")
        yield names.span(index + 2, index + 3, "masquer", "prénom devant un verbe")
        again = {reading.low_word(index), reading.low_word(index + 2)}
        for place, word in enumerate(reading.low_words):
            if word in again and place and reading.low_words[place - 1] not in _ARTICLES:
                yield names.span(place, place + 1, "verifier", "prénom déjà rencontré")


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
    scanned = _SCANNED.match(reading.text, end)
    if scanned is not None:
        end = scanned.end()
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
