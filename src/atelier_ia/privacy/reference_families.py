"""References by family: what « enregistré sous » announces, accounting chains, cards; the letters of a number.

« enregistrement sous CP-2024-019 », « bordereau 412, pièce 1907 », « CMI-S 13 0047 8812 »; « FPS 730 24 0091 556 »,
where « FPS » is part of the reference, and « (abonné n° 77-20814) », where the brackets hold nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.numbers import count_digits, looks_like_date
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_UNDER = re.compile(
    r"(?<![a-z])(?:(?:enregistre(?:ment|e?s?)|class(?:ee?s?|ement)|inscri(?:te?s?|ption)|ouverte?s?|depot|deposee?s?"
    r"|cotee?s?"
    r"|archivee?s?|identifiee?s?|instruite?s?|transmise?s?|suivie?s?|repris\w*) sous|sous) "
    r"(?:(?:le |la |les )?(?:n ?[°o]s?|numeros?|references?|refs?\.?|cotes?|identifiants?|codes?|matricules?"
    r"|intitule) ?:? ?)?"
    r"((?=[a-z0-9/.\-]{0,16}\d{2})(?:[a-z]{1,6}[-/.]?)?\d[a-z0-9]{0,10}(?:[-/.][a-z0-9]{1,10}){1,4}"
    r"|(?:[a-z]{1,6}[-/.]){1,3}\d[a-z0-9]{2,10})(?![0-9a-z/])"
)
_CHAIN = re.compile(
    r"(?<![a-z])(?:bordereau|piece|titre|mandat|role|liasse|folio|volume|carton|engagement|liquidation|serie)"
    r" (?:n ?[°o] ?)?\d{1,6}[a-z]?(?:(?:,| -| –|/| et) ?(?:bordereau|piece|titre|mandat|liasse|folio|carton|case|acte"
    r"|engagement|ligne|bulletin) (?:n ?[°o] ?)?\d{1,6}[a-z]?){1,3}(?![0-9a-z])"
)
_CARD = re.compile(
    r"(?<![a-z])(?:cmi(?:[ -]?[spi])?|carte mobilite inclusion)(?:,? (?:n ?[°o]|numero|est la|est le"
    r"|porte le n ?[°o]|:))? ?:? ?"
    r"(\d[0-9a-z]{1,4}(?:[ \-/]\d{2,6}){1,4})(?![0-9a-z])"
)
# « la mention TLV 35 0071 226 »: groups of figures after letters, where a word announces a reference
_GROUPS = re.compile(
    r"(?<![a-z])(?:mention|references?|ref\.?|numeros?|avis|dossier|titre|suivi|identifiant)(?: [a-z']{2,12}){0,2}"
    r"(?: ?:| n ?[°o]| est(?: le| la)?)? "
    r"([a-z]{2,6}(?:-[a-z])? \d{2,4}(?:[ \-/]\d{2,6}){1,4})(?![0-9a-z]|[.,]\d| ?€| ?euros)"
)
_ANNOUNCING = words("references_announcing")
_CHAINED = words("references_chained")
_LETTERS = re.compile(r"(?<![\w./-])([A-Z]{2,6}(?:-[A-Z]{1,3})?) $")
_NOT_LETTERS = frozenset(word.upper() for word in words("references_not_letters"))
_BRACKETED = re.compile(
    r"\(((?:dossiers?|abonnee?|clients?|contrats?|references?|ref\.?|tickets?|matricules?|usagers?|adherente?"
    r"|demandes?|affaire"
    r"|factures?|titres?|procedures?|recl(?:amation|\.)|signalement|sinistre|recours|plainte"
    r"|registre)?(?:,? ?n ?[°o]s?\.?)? ?:? ?)$"
)


def find_reference_families(reading: Reading) -> Iterator[Span]:
    """References that an expression of filing, an accounting chain or the name of a card announces."""
    low = reading.low
    if "sous" in low:
        for match in _UNDER.finditer(low):
            if count_digits(match[1]) > 2 and not looks_like_date(match[1]):
                yield Span(match.start(1), match.end(1), "REF_DOSSIER", "verifier", "référence annoncée")
    for match in _ahead(reading, _ANNOUNCING, _GROUPS):
        letters, _, figures = match[1].partition(" ")
        if letters.upper() in _NOT_LETTERS:
            continue  # « mon numéro est le 06 39 98 41 07 »
        if count_digits(figures) > 5 and not looks_like_date(figures):
            yield Span(match.start(1), match.end(1), "REF_DOSSIER", "verifier", "référence annoncée")
    for match in _ahead(reading, _CHAINED, _CHAIN):
        yield Span(match.start(), match.end(), "REF_DOSSIER", "verifier", "suite comptable")
    if "cmi" in low or "mobilite inclusion" in low:
        for match in _CARD.finditer(low):
            if count_digits(match[1]) > 5:
                begin = match.start() if low.startswith("cmi", match.start()) else match.start(1)
                yield Span(begin, match.end(), "REF_DOSSIER", "masquer", "numéro d'une carte")


def _ahead(reading: Reading, wakers: frozenset[str], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches of `pattern` that begin with one of `wakers`: a text is read once, word by word."""
    done = 0
    for word, start in zip(reading.low_words, reading.starts, strict=True):
        if word in wakers and start >= done:
            match = pattern.match(reading.low, start)
            if match is not None:
                done = match.end()
                yield match


def whole_reference(reading: Reading, span: Span) -> Span:
    """`span` with the capitals that belong to it, and what announces it when brackets hold nothing else."""
    if span.label != "REF_DOSSIER":
        return span
    start = span.start
    letters = _LETTERS.search(reading.text, max(0, start - 12), start)
    if letters is not None and not reading.upper_case and letters[1] not in _NOT_LETTERS:
        start = letters.start()
    bracket = _BRACKETED.search(reading.low, max(0, start - 30), start)
    if bracket is not None and reading.low[span.end : span.end + 1] == ")":
        start = bracket.start(1)
    return span if start == span.start else Span(start, span.end, span.label, span.level, span.reason)
