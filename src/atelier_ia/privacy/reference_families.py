"""References by family: the number of what bears one, and what « enregistré sous » announces.

Accounting chains, cards, registers; the letters of a number.

« enregistrement sous CP-2024-019 », « bordereau 412, pièce 1907 », « CMI-S 13 0047 8812 »; « FPS 730 24 0091 556 »,
where « FPS » is part of the reference, and « (abonné n° 77-20814) », where the brackets hold nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.numbers import UNITS, count_digits, looks_like_date
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_UNDER = re.compile(
    r"(?<![a-z])(?:(?:enregistre(?:ment|e?s?)|class(?:ee?s?|ement)|inscri(?:te?s?|ption)|ouverte?s?|depot|deposee?s?"
    r"|cotee?s?|archivee?s?|identifiee?s?|instruite?s?|transmise?s?|suivie?s?|repris\w*) sous|sous) "
    r"(?:(?:le |la |les )?(?:n ?[°o]s?|numeros?|references?|refs?\.?|cotes?|identifiants?|codes?|matricules?"
    r"|intitule) ?:? ?)?((?=[a-z0-9/.\-]{0,16}\d{2})(?:[a-z]{1,6}[-/.]?)?\d[a-z0-9]{0,10}(?:[-/.][a-z0-9]{1,10}){1,4}"
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
# After a word for what bears a number: what the number is of, a sign (« n° », « : », « # »…), the number.
_BORNE = re.compile(
    r"(?:\(s\))?(?:\.(?! [a-z']{2,30} (?!\d)))?"
    r"(?P<by>(?: (?:de |du |des |d'|de la |de l'|l'|la )?(?!num)[a-z]{3,15}(?![a-z0-9/.\-])){0,2}?)"
    r"(?P<sign>,? ?(?:[(\[] ?)?(?:(?:sous|porte|portant|est|c'? ?est|c|au|enregistree?) )?(?:(?:le|la|les) )?"
    r"(?:(?:n ?[°ºo]s?\.?|nos|numeros?|num\.?|ref(?:erence)?s?\.?|id|code)(?![a-z])[ :]{0,3}){0,2}"
    r"(?:[:#=] ?){0,2}(?:(?:c'? ?est|est) (?:le |la )?)?(?:n ?[°ºo]s? ?)?#?)"
    r"(?P<value>(?<![0-9a-z])(?:[a-z]{1,6} (?=\d))?(?=[a-z0-9/_.\-]{0,18}\d)[0-9a-z]{1,18}"
    r"(?:[/_.\-]{1,2}[0-9a-z]{1,14}){0,6}"
    r"(?: (?:(?=[oil]*\d)[0-9oil]{2,8}|\d{1,8}[a-z]{1,3}|[a-z]{1,3}\d{1,6}|[a-z](?![a-z']))(?![0-9a-z/]"
    r"|[.,]\d)){0,6})(?![0-9a-z]|[.,]\d)"
)
_SIGNED = re.compile(r"[(\[:#=]|n ?[°ºo]|num|nos|ref|est|id|code")
# What a firm numbers too: a household's only where the text speaks of one.
_TRADED = frozenset({"facture", "avoir", "devis", "commande", "rapport"})
_HOUSEHOLD = re.compile(
    r"cantine|periscolaire|creche|famille|regie|recette|executoire|impaye|usager|abonne|foyer|redevable|eau\b|loyer"
    r"|garderie|debiteur"
)
_MIXED = re.compile(r"(?=[^ ]*[a-z])(?:[^ ]*\d){3}|(?:[a-z]{1,6} )?\d+[/\-]\d+|[a-z]{1,6} \d{2,}[ \-/]\d")
_BEARERS = words("references_bearers")
_SURE_BEARERS = words("references_sure_bearers")
# The number of a request for social housing: no telephone is read inside it.
_UNIQUE = frozenset({"unique", "nur", "nud"})
_AFTER_VALUE = re.compile(
    r" ?(?:€|euros?\b|eur\b|h\b|h\d|m2|m²|m3|m³|%|ans?\b|jours?\b|mois\b|pages?\b|heures?\b|personnes?\b|semaines?\b"
    r"|habitants\b|kg\b|km\b|tonnes?\b|litres?\b|kwh\b|places?\b|°|kva\b|pieces?\b|exemplaires?\b|enfants?\b"
    r"|minutes?\b)"
)
_COUNTED = re.compile(r" [a-z]{3,14}s(?![a-z])")
_MONTH = re.compile(
    r"\d{1,2} (?:janv|fev|mars|avr|mai|juin|juil|aou|sept|oct|nov|dec)|[\dl]{1,2}(?:er|h\d{0,2}|e|eme)\b"
)
_ACTS = words("references_acts")
# « PA 24 0002 »: a permit as people tell it, without the commune.
_PERMITS = frozenset({"pc", "dp", "pa", "pd", "cu", "cua", "cub", "at", "dia", "aot"})
_SHORT_PERMIT = re.compile(
    r"(?<![0-9a-z])(?:pc|dp|pa|pd|cu[ab]?|at|dia"
    r"|aot)[ \-]?(?:n ?[°º] ?)?(?:20)?\d{2}[ \-/.]?[a-z]?\d{3,5}(?:[ \-]?[mt]\d{1,2})?"
    r"(?![0-9a-z]| ?(?:€|euros|habitants|m2|m²|\d))"
)
_PERMITTING = re.compile(
    r"permis|declaration|certificat|urbanis|instruct|dossier|travaux|construi|preemption|amenage|lotiss|arrete|plu\b"
    r"|parcelle"
)
# « le dossier c'est le quarante-quatre dix-sept deux cent trois »
_AND = "tiret|slash|barre(?: oblique)?|point|trait d'union|espace"
_DICTATING = words("references_dictating")
_DICTATED = re.compile(
    rf"(?<![a-z])(?:dossier|references?|ref|numero|identifiant|ticket|matricule|demande|recours|plainte)"
    rf"(?: (?:de |du |d')?(?:la |l')?[a-z]{{3,12}}){{0,2}}"
    rf"(?:,? (?:c'? ?est|est|porte)(?: le| la)?| ?:|(?= (?:[a-z] ){{2}})) "
    rf"((?:[a-z] ){{0,6}}(?:{UNITS})(?:[ ,\-]{{1,2}}(?:{UNITS}|{_AND}|[a-z](?= (?:{UNITS}|{_AND}"
    rf"|[a-z])(?![a-z])))){{2,18}})(?![a-z])"
)
# Shapes of registers: a court's roll, the ministry's file, a file's year and number, a chassis. The first class is what
# the engine looks for; what stands before is checked right after it.
_PIECE = re.compile(r"[A-Z\d](?<![\w/.,-][A-Z\d])[A-Z\dOl]{0,6}[/-][A-Z\d][\w/.\-]{1,22}(?<![.\-/])(?![\w/-])")
_REGISTER = re.compile(
    r"\d{2}/\d{5}|[A-Z0-9]{4}-[A-Z]-[A-Z0-9]{3}-[A-Z0-9]{4}|\d{4,5}/\d{4,5}/(?:20)?\d{2}|20\d\d[/-]\d\d[/-]\d{3,6}"
    r"|[A-Z]{1,6}[/-](?:[A-Z]{1,4}[/-])?(?:20)?\d{2}[/.\-][\dOl]{2,6}(?:[/-][A-Z0-9]{1,6})?"
)
_CHAMBER = re.compile(r"(?<![\w/.,-])[A-Z]{1,2} $")
_CHASSIS = re.compile(r"[A-HJ-NPR-Z\d](?<!\w[A-Z\d])(?=[A-Z]*\d)(?=\d*[A-Z])[A-HJ-NPR-Z\d]{16}(?!\w)")
_ANNOUNCING = words("references_announcing")
_CHAINED = words("references_chained")
_LETTERS = re.compile(r"(?<![\w./-])([A-Z]{2,6}(?:-[A-Z]{1,3})?) $")
_NOT_LETTERS = frozenset(word.upper() for word in words("references_not_letters"))
_BRACKETED = re.compile(
    r"\(((?:dossiers?|abonnee?|clients?|contrats?|references?|ref\.?|tickets?|matricules?|usagers?|adherente?"
    r"|demandes?|affaire|factures?|titres?|procedures?|recl(?:amation|\.)|signalement|sinistre|recours|plainte"
    r"|registre)?(?:,? ?n ?[°o]s?\.?)? ?:? ?)$"
)


def find_reference_families(reading: Reading) -> Iterator[Span]:
    """References that an expression of filing, an accounting chain or the name of a card announces."""
    low = reading.low
    yield from _borne(reading)
    yield from _of_registers(reading)
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


def _borne(reading: Reading) -> Iterator[Span]:
    """« facture FA26-00417 », « numéro unique 0930724051188BD4 », « plainte (2026-0117-4431) »."""
    low = reading.low
    for index, word in enumerate(reading.low_words):
        if word not in _BEARERS and word.removesuffix("s") not in _BEARERS:
            continue
        match = _BORNE.match(low, reading.ends[index])
        if match is None:
            continue
        start, value = match.start("value"), match["value"]
        letters, _, figures = value.partition(" ")
        if letters in _ACTS:
            continue
        if letters.isalpha() and letters.upper() in _NOT_LETTERS:
            start, value = match.end() - len(figures), figures
        digits = count_digits(value)
        if digits < 2 or looks_like_date(value) or _MONTH.match(low, start) or _AFTER_VALUE.match(low, match.end()):
            continue
        long = word in _SURE_BEARERS and digits > 8
        if word == "matricule" and digits < 3:
            continue
        if value.isdigit() and match["sign"].strip() == ":" and _COUNTED.match(low, match.end()):
            continue  # « le registre des accidents : 14 chutes »
        if not long and re.fullmatch(
            r"\d{1,2}/\d{1,2}|r[et]2\d{3}|(?:19|20)\d\d(?:[-/](?:19|20)\d\d)?|\d{1,3}(?:[. ]\d{3})+|\d+[.,]\d{1,2}",
            value,
        ):
            continue
        acts = {*reading.low_words[max(0, index - 3) : index], *re.findall("[a-z]+", match["by"])}
        if not _ACTS.isdisjoint(acts):
            continue
        if word.rstrip("s") in _TRADED and not _HOUSEHOLD.search(low, max(0, start - 90), start + 90):
            continue
        bare = not _SIGNED.search(match["sign"]) and not re.search(r"num|ref", match["by"])
        if bare and not _MIXED.match(value) and not (word in _SURE_BEARERS and digits > 3 and not match["by"]):
            continue
        sure = word in _UNIQUE and digits > 10
        yield Span(start, match.end(), "REF_DOSSIER", "masquer" if sure else "verifier", "référence annoncée")


def _of_registers(reading: Reading) -> Iterator[Span]:
    low, text = reading.low, reading.text
    for match in _ahead(reading, _PERMITS, _SHORT_PERMIT):
        shaped = text[match.start() : match.start() + 2].isupper() and not reading.upper_case
        if _PERMITTING.search(low if shaped else low[max(0, match.start() - 60) : match.start()]):
            yield Span(match.start(), match.end(), "REF_DOSSIER", "verifier", "numéro d'un dossier d'urbanisme")
    for match in _ahead(reading, _DICTATING, _DICTATED):
        yield Span(match.start(1), match.end(1), "REF_DOSSIER", "verifier", "numéro dicté")
    for match in (*_PIECE.finditer(text), *_CHASSIS.finditer(text)):
        piece, start = match[0], match.start()
        if match.re is _PIECE and _REGISTER.fullmatch(piece) is None:
            continue
        chamber = _CHAMBER.search(text, max(0, start - 4), start) if piece[2] == "/" else None
        near = low[max(0, start - 34) : start]
        if count_digits(piece) > 2 and _ACTS.isdisjoint(re.findall("[a-z]+", near)):
            start = chamber.start() if chamber else start
            yield Span(start, match.end(), "REF_DOSSIER", "verifier", "forme d'une référence")


def _ahead(reading: Reading, wakers: frozenset[str], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches of `pattern` that begin with one of `wakers`: a text is read once, word by word."""
    done = 0
    for word, start in zip(reading.low_words, reading.starts, strict=True):
        if word in wakers and start >= done:
            match = pattern.match(reading.low, start)
            if match is not None:
                done = match.end()
                yield match


# « DV-25-0639. Budget restant », « CM-2024-0561 – maintenance »: the words after a reference are not its own.
_NEXT_SENTENCE = re.compile(r"(?<=\d)(?:\. [A-ZÀ-Þ][a-zà-ÿ]+| [–-] [a-zà-ÿ]{4,}|(?<=\d) à)$")


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
    end = span.end
    following = _NEXT_SENTENCE.search(reading.text, max(start, end - 24), end)
    if following is not None and following.start() > start:
        end = following.start()
    return span if (start, end) == (span.start, span.end) else Span(start, end, span.label, span.level, span.reason)
