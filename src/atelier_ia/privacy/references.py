"""References that a number sign or the name of a file announces, and the values that look like those already found.

« sous le n° 2601145 », « code famille 44172 », « affaire 26/00417 »; then, in a list, every number of the same shape as
one that a word announced. The number of a public act (arrêté, délibération, marché…) is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from functools import lru_cache

from atelier_ia.privacy.numbers import count_digits, looks_like_date
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Label, Span
from atelier_ia.privacy.wordlists import words

_VALUE = (
    r"((?:(?<=: )[a-z]{2,6} (?=\d))?(?=[0-9a-z/_.\-]*[0-9])[0-9a-z]{1,14}(?:[/_.\-][0-9a-z]{1,14}){0,5}(?:"
    r" [0-9]{2,8}(?![0-9/a-z])){0,5}"
    r"(?: [a-z](?![a-z']))?)(?![0-9a-z])"
)
_SIGN = (
    r"(?:n ?[°ºo]s?\.? ?|numeros? |num\.? |no\.? |id\b ?|code |cle |matricule |identifiants? |references? |ref\.? ?)"
)
_NUMBERED = re.compile(
    rf"(?<![a-z0-9'])(?:{_SIGN})(?:(?:de |du |des |d'|de l'|de la |votre |mon )?[a-z]{{2,16}}(?![a-z0-9])"
    rf"(?: (?:de |du |d')?[a-z]{{3,14}}(?![a-z0-9]))?)? ?(?::|=|est le|est|\()? ?(?:n ?[°ºo] ?)?#?{_VALUE}"
)
_FILED = re.compile(
    rf"(?<![a-z])(?:{'|'.join(sorted(words('references_files'), key=len, reverse=True))})s?(?: (?:de |du "
    rf"|d')?[a-z]{{2,14}}(?![a-z0-9\-/.]))?,?"
    rf"(?: (?:est|c'est|porte|sous|enregistree?|inscrite?))?(?: (?:le|les|la))?(?: ?n ?[°ºo]s?"
    rf"| numero)? ?:? ?#?{_VALUE}"
)
_FILED_WAKERS = frozenset(
    form for word in words("references_files") for form in (word.partition("-")[0], word.partition("-")[0] + "s")
)
_SURE_WAKERS = words("references_sure_words")
# What bears the number of one person's file, whatever stands near.
_SURE = re.compile(
    r"(?<![a-z])(?:titres? (?:de recettes?|executoires?)|avis (?:des sommes a payer|de contravention|de paiement"
    r"|d'amende"
    r"|d'echeance)|amende(?: forfaitaire)?|contravention|fps|forfait post-stationnement|quittance"
    r"|mandat de prelevement|rum|ecrou|rg|registre|contrat|recl\.|reclamation|plainte|n ?[°o] (?:de )?famille|dossier"
    r"|cartes? (?:de (?:bus|transport|bibliotheque|cantine|lecteur|fidelite|peche|resident)|famille|jeune|senior"
    r"|lecteur"
    r"|navigo)|abonnement|adhesion|(?:dossier|contrat|declaration|numero) (?:de |du |d')?(?:sinistre|apa|mdph|fsl"
    r"|caf|rsa|dalo"
    r"|assurance|surendettement|retraite|pension|aide sociale|bourse|logement)|compteur(?: d'eau| linky| gaz)?"
    r"|(?:factures?|releve|devis|echeancier|avoir) (?:d'eau|de cantine|de creche|impayee?|edf|periscolaire))"
    r"(?: ?(?:n ?[°ºo]s?\.?|numeros?|:|#|references?|ref\.?)){0,3} ?"
    r"((?:[a-z]{1,4} (?=\d))?(?=[0-9a-z/.\-]{0,16}\d)[0-9a-z]{1,16}(?:[/.\-][0-9a-z]{1,14}){0,5}(?: [0-9]{1,14}"
    r"(?![0-9/a-z])){0,7}"
    r"(?: [a-z](?![a-z']))?)(?![0-9a-z])"
)
_YEARLY = re.compile(r"20\d\d[-/.]\d{1,4}")
_BARE_SIGN = re.compile(r"n ?[°ºo]s?\.? ?|numeros? |num\.? ")
_PUBLIC = words("references_public")
_UNIT_AFTER = re.compile(
    r" ?(?:€|euros?\b|eur\b|h\b|h\d|m2|m²|m3|m³|%|ans?\b|jours?\b|mois\b|pages?\b|heures?\b|personnes?\b"
    r"|habitants\b|kg\b|km\b"
    r"|tonnes?\b|litres?\b|kwh\b|places?\b|°)"
)
_WORD = re.compile(r"[a-z]{2,}")
_SHAPED: tuple[Label, ...] = ("NUM_ALLOCATAIRE", "NUM_FISCAL", "NUM_IDENTITE", "REF_DOSSIER")
_POSTAL = re.compile(r"(?<![0-9a-z])(?:\d[a-z] ?\d{3} ?\d{3} ?\d{4} ?\d|[a-z]{2} ?\d{3} ?\d{3} ?\d{3} ?fr)(?![0-9a-z])")
# The first class is what the engine looks for; the letters that may stand before are read backwards.
_METER = re.compile(r"\d(?<!\d\d)\d{0,3}[a-z]{1,4}\d{5,9}(?![0-9a-z@])")
_BEFORE_METER = re.compile(r"(?:^|[^0-9a-z.@/\-])([a-z]{0,4})$")


def find_references(reading: Reading) -> Iterator[Span]:
    """References that « n° », « code » or the name of a file announces."""
    low = reading.low
    for match in _NUMBERED.finditer(low):
        if re.fullmatch(r"\d{4}", match[1]) and re.fullmatch(r"numero |num\.? ", low[match.start() : match.start(1)]):
            continue  # « le numéro 3919 »
        if _YEARLY.fullmatch(match[1]) and _BARE_SIGN.fullmatch(low, match.start(), match.start(1)):
            continue  # « N° 2026-66. Dénomination d'une rue »
        if not is_public_act(low, match.start(), match.start(1)) and _is_reference(low, match[1], match.end(1), 4):
            yield Span(match.start(1), match.end(1), "REF_DOSSIER", "verifier", "numéro annoncé")
    for match in reading.woken(_FILED_WAKERS, _FILED):
        marked = re.search(r"n ?[°ºo]|numero|:|#|c'est|est le", low[match.start() : match.start(1)]) is not None
        least = 2 if marked else 4
        piece = match[1]
        if not marked and not re.search(r"[/\-a-z]", piece) and count_digits(piece) < 5:
            continue
        if not is_public_act(low, match.start(), match.start(1)) and _is_reference(low, piece, match.end(1), least):
            yield Span(match.start(1), match.end(1), "REF_DOSSIER", "verifier", "référence annoncée")
    for match in reading.woken(_SURE_WAKERS, _SURE):
        coded = re.match(r"[a-z]{1,4}[ \-/.]?\d{2}", match[1]) and not re.match(
            r"(?:de|du|la|le|et|en|a|au|un) ", match[1]
        )
        if _is_reference(low, match[1], match.end(1), 2 if coded else 4):
            yield Span(match.start(1), match.end(1), "REF_DOSSIER", "verifier", "référence annoncée")
    for match in _POSTAL.finditer(low):
        yield Span(match.start(), match.end(), "REF_DOSSIER", "verifier", "numéro d'un envoi")
    for match in _METER.finditer(low):
        before = _BEFORE_METER.search(low, max(0, match.start() - 5), match.start())
        if before is not None:
            yield Span(before.start(1), match.end(), "REF_DOSSIER", "verifier", "forme d'une référence")


def is_public_act(low: str, start: int, end: int) -> bool:
    """Is it the number of an act, of a contract, of a bus: does a public word stand right before, or inside?"""
    near = _WORD.findall(low[max(0, start - 34) : start].rpartition("\n")[2].rpartition(". ")[2])[-4:]
    return not _PUBLIC.isdisjoint(near) or not _PUBLIC.isdisjoint(_WORD.findall(low[start:end]))


def _is_reference(low: str, piece: str, end: int, least: int) -> bool:
    digits = count_digits(piece)
    if digits < least or looks_like_date(piece) or _UNIT_AFTER.match(low, end):
        return False
    return re.fullmatch(r"(?:19|20)\d\d|\d{1,3}(?:\.\d{3})+|\d+[.,]\d{1,2}|0x[0-9a-f]+", piece) is None


@lru_cache(maxsize=512)
def _shaped(shapes: tuple[str, ...]) -> re.Pattern[str]:
    # The first class is what the engine looks for; what stands before is checked right after it.
    first = {"9": r"\d", "a": "[a-z]"}[shapes[0][0]]
    rests = "|".join(
        "".join({"9": r"\d", "a": "[a-z]"}.get(sign, re.escape(sign)) for sign in shape[1:])
        for shape in sorted(shapes, key=len, reverse=True)
    )
    return re.compile(rf"{first}(?<![\w.,/@+\-]{first})(?:{rests})(?![\w@]|[./,\-]\d| ?€| ?euros)")


def _shape(piece: str) -> str:
    return re.sub(r"[a-z]", "a", re.sub(r"\d", "9", piece))


_CELL_BEFORE = re.compile(r"(?:^|[\n;|\t,(«\"]| {2,}|[-–•*] ) ?$")
_PERMIT = re.compile(r"(?:pc|dp|pa|pd|cu[abo]?|at|dia) ?\d")
_NUMBERS_ONE = words("references_bearers")


def _is_another(low: str, match: re.Match[str], reach: list[int]) -> bool:
    """Is it one more: alone in its cell, after a word that bears numbers, or right after another one?"""
    start = match.start()
    before = low[max(0, start - 40) : start]
    if _PERMIT.match(low, start):
        return True
    if _CELL_BEFORE.search(before) or not _NUMBERS_ONE.isdisjoint(_WORD.findall(before.rpartition("\n")[2])):
        return True
    place = bisect_right(reach, start)
    return place > 0 and start - reach[place - 1] < 30 and "." not in low[reach[place - 1] : start]


def alike(reading: Reading, found: Iterable[Span]) -> list[Span]:
    """Values of the same shape as one that a word announced: the other rows of a list."""
    low = reading.low
    shapes: dict[str, Label] = {}
    for span in found:
        piece = low[span.start : span.end]
        if span.label in _SHAPED and len(piece) < 26 and count_digits(piece) > 4 and piece[0].isalnum():
            if _YEARLY.fullmatch(piece):
                continue
            shapes.setdefault(_shape(piece), span.label)
    result: list[Span] = []
    done = {(span.start, span.end) for span in found}
    reach = sorted(span.end for span in found if span.label in _SHAPED)
    kept = list(shapes)[:12]
    for head in ("9", "a"):
        chosen = tuple(shape for shape in kept if shape[0] == head)
        for match in _shaped(chosen).finditer(low) if chosen else ():
            label = shapes.get(_shape(match[0]))
            if label is None or looks_like_date(match[0]) or is_public_act(low, match.start(), match.start()):
                continue
            if (match.start(), match.end()) in done or not _is_another(low, match, reach):
                continue
            insort(reach, match.end())
            result.append(Span(match.start(), match.end(), label, "verifier", "même forme qu'un numéro déjà trouvé"))
    return result
