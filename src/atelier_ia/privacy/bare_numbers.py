"""References, parcels, cards and dictated numbers that their own form gives away, without a word before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.numbers import FILE, UNITS, count_digits, looks_like_date
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.references import is_public_act
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import wakers, words

_N = "[0-9oil]"  # digits as a scanner may have read them
_URBANISM = re.compile(
    rf"(?<![0-9a-z])(?:pc(?:mi)?|dp(?:mi|lt)?|pa|pd|cu[abo]?|at|dia|ads|dact|doc)[ .\-:n°]{{0,4}}(?:9[78]\d"
    rf"|[0o]?{_N}{_N}|[0o]?2[ab])"
    rf"[ .\-]?{_N}{{3}}[ .\-]?{_N}{{2}}[ .\-]?[a-z]{{0,2}}[ .\-]?{_N}"
    rf"(?: ?{_N}){{2,4}}(?:[ \-]?[mt]\d{{1,2}})?(?![0-9a-z])"
)
_URBANISM_WAKERS = words("bare_urbanism_words")
_OUR_REFERENCE = re.compile(r"(?:[nv] ?[/.] ?ref|nos ref|vos ref)[a-z.]{0,8} ?:? ?")
_PASSPORT = re.compile(r"\d(?<![0-9a-z]\d)\d[a-z]{2}\d{5}(?![0-9a-z])")
_GROUPED_NUMBER = re.compile(
    r"\d(?<![0-9a-z./,\-+=_]\d)(?:\d{3}(?: \d{4,5}){2,4}|\d{1,4}(?: \d{2,6}){3,5})(?![0-9a-z]| ?€| ?euros)"
)
_NEW_CARD = re.compile(r"[A-Z](?<![\w.@/-][A-Z])\d[A-Z0-9]{7}(?![\w.@/-])")
_SPOKEN_FILE = re.compile(
    r"(?<![a-z])(?:[a-z] ){0,3}(?:(?:zero|quatre-vingt(?:-\w{2,6}){0,2}|soixante(?:-\w{2,6}){0,2}|cinquante-\w{2,6}"
    r"|cents?|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|trente|quarante"
    r"|cinquante"
    r"|soixante|cent|mille|et|[a-z]\b|vingt-\w{2,6}|trente-\w{2,6}|quarante-\w{2,6})[ ,]{1,2}){7,30}(?:zero|une?"
    r"|deux|trois"
    r"|quatre|cinq|six|sept|huit|neuf|dix|vingt|[a-z]\b)"
)
_BORN_ABOUT = re.compile(
    r"(?<![a-z])nee? (?:presumee? )?(?:en|vers|circa|dans l'annee) ((?:18[5-9]|19\d|20\d)\d)(?![0-9])"
)
_NOT_CODE = words("numbers_not_code")
_CODE = re.compile(
    r"[A-Z](?<![\w@./-][A-Z])[A-Z]{1,5}(?:-[A-Z]{2,4})?[ -](?:\d{2,4}[-/.]\d{3,6}|\d{6,9}(?: [A-Z])?)(?![\w@-])"
    r"|[A-Z](?<![\w@./-][A-Z])[A-Z]{1,5}(?:-[A-Z0-9]{1,4}){1,3}-\d{3,6}(?![\w@-])"
    r"|\d(?<![\w@./-]\d)\d{3}[-/][A-Z]{1,4}[-/]\d{3,6}(?![\w@-])"
    r"|[A-Z](?<![\w@./-][A-Z])[A-Z]{2,4}-\d{4}(?:-[A-Z]{2})?(?![\w@-])"
)
_CODED = re.compile(
    r"(?<![a-z])(?:badge|carte|ticket|numero|ref|reference|contrat|stand|compteur|abonnee?|adherente?|licence"
    r"|forfait|pass)"
    r"(?:\.? (?:de |du |d'|la "
    r"|n ?[°o] ?)?[a-z]{3,14}){0,2}\.?(?: :)? ?#?((?:[a-z]{1,3}/)?[a-z]{1,5}-?\d[\d\-/.]{3,14})(?![0-9a-z])"
)
_CODED_WAKERS = words("bare_coded_words")
_ANNOUNCED = re.compile(
    r"(?<![a-z])(?:compte communal|parquet|procedure|concession(?: c'est| c est)?|ref\.?|reference|notee?s?"
    r"|enregistree?|agdref|main courante|inscription|sous le)(?: (?:n ?[°o] ?)?|\. ?)"
    r"((?:pv |rg |mc )?(?=[a-z0-9\-/]*\d)(?:[a-z]{1,4}-?\d{2,8}|[a-z]-\d{1,3}-\d{1,4}"
    r"|\d{2,4}[-/]\d{2,6}(?:[-/]\d{2,6})?|\d{5,10}/(?:19|20)\d\d|\d{10})"
    r"|[a-z] \d{1,4} (?:nord|sud|est|ouest))(?![a-z0-9/\-])"
)
# The registry's own name belongs to its number.
_NAMED = re.compile(r"(?<![a-z])(?:agdref|parquet|instance|ants) (?:n ?[°o] ?)?\d[\d\-/]{7,14}(?!\w)")
_GROUPS_AFTER = re.compile(r"n ?[°o] ?(\d{3,}(?: \d{2,6}){1,4})(?![0-9]| ?€)")
_BENEFICIARY = re.compile(r"\d(?<![\w.,/+-]\d)(?:\d{6}|(?<!\d \d) \d{3} \d{3}) [A-Z](?![\w'])")
_SEVEN = re.compile(
    r"\d(?<![\w.,/+\-]\d)(?<!\d \d)(?:\d{6}|\d \d\d \d{3}|\d{3} \d{3}|\d \d{2} \d{3})"
    r"(?: [a-z](?![a-z0-9']))?"
    r"(?![\w@]|[.,/\-]\d| \d| ?€| ?euros)"
)
_FUND = re.compile(r"(?<![a-z])(?:allocataires?|caf|msa)(?![a-z])")
_PUBLIC_ACT = re.compile(
    r"(?:arretes?|deliberations?|decrets?|lois?|marches?|decisions?|circulaires?|ordonnances?|reglement|directive"
    r"|norme|lot|iso|nf|version"
    r"|appel d'offres|consultation|avis)(?: [a-z']+){0,2} ?(?:n ?[°o] ?)?$"
)
_LONG_NUMBER = re.compile(r"(?<![0-9a-z./,\-+=_])\d{9,20}(?![0-9a-z]| ?€| ?euros|[./=_-]\w)")
_SPOKEN_PHONE = re.compile(
    rf"(?<![a-z])zero[ ,-]{{1,3}}(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf)(?:[ ,\-.]{{1,"
    rf"3}}(?:{UNITS})){{4,16}}(?![a-z])"
)
_PHONE_CUE = re.compile(
    r"(?:tel|telephone|telephones|portable|mobile|fixe|joindre|joignable|fax|port|appeler|rappeler|gsm"
    r"|whatsapp)(?: ?(?:au|est le|est|:|\.|mon numero|a ce numero|sur le|au numero suivant)){0,3}[ :.]{0,"
    r"3}(\+?\d(?:[ .\-/]{0,2}[\do]){5,12})(?![0-9a-z])"
)
_ANNOUNCED_WAKERS = wakers("bare_numbers_announced")


def _beneficiaries(reading: Reading) -> Iterator[Span]:
    """Seven figures and a letter; where they stand or the text speaks of the CAF, seven figures alone too."""
    text, low = reading.text, reading.low
    spoken_of = _FUND.search(low) is not None
    found = list(_BENEFICIARY.finditer(text))
    if spoken_of or found:
        found += _SEVEN.finditer(low)
    for match in found:
        if not is_public_act(low, match.start(), match.start()):
            yield Span(match.start(), match.end(), "NUM_ALLOCATAIRE", "verifier", "forme d'un numéro d'allocataire")


def find_bare_numbers(reading: Reading) -> Iterator[Span]:
    """Every number of `reading` that its own form gives away; overlaps are settled later."""
    low = reading.low
    for match in reading.woken(_URBANISM_WAKERS, _URBANISM):
        yield Span(match.start(), match.end(), "REF_DOSSIER", "masquer", "numéro d'un dossier d'urbanisme")
    for match in _OUR_REFERENCE.finditer(low):
        found = FILE.match(low, match.end(), min(len(low), match.end() + 40))
        if found and count_digits(found[0]) >= 2 and not looks_like_date(found[0]):
            yield Span(found.start(), found.end(), "REF_DOSSIER", "masquer", "référence d'un dossier")
    for match in _BORN_ABOUT.finditer(low):
        yield Span(match.start(1), match.end(1), "DATE_NAISSANCE", "verifier", "année de naissance")
    for match in _PASSPORT.finditer(low):
        yield Span(match.start(), match.end(), "NUM_IDENTITE", "verifier", "forme d'un numéro de passeport")
    for match in _SPOKEN_PHONE.finditer(low):
        yield Span(match.start(), match.end(), "TEL", "masquer", "numéro de téléphone dicté")
    for match in _PHONE_CUE.finditer(low):
        if not match[1].startswith("08"):
            yield Span(match.start(1), match.end(1), "TEL", "verifier", "numéro de téléphone incomplet")
    if "zero" in low:
        for match in _SPOKEN_FILE.finditer(low):
            if sum(len(word) > 1 for word in re.findall(r"[a-z]+", match[0])) < 5:
                continue  # « p e deux l e r i n »: a name that is spelled
            yield Span(match.start(), match.end(), "REF_DOSSIER", "verifier", "numéro dicté")
    for match in _CODE.finditer(reading.text):
        if match[0].partition(" ")[0].partition("-")[0] not in _NOT_CODE and not _PUBLIC_ACT.search(
            low, max(0, match.start() - 34), match.start()
        ):
            yield Span(match.start(), match.end(), "REF_DOSSIER", "verifier", "forme d'une référence")
    for match in reading.woken(_CODED_WAKERS, _CODED):
        if count_digits(match[1]) > 3 and not looks_like_date(match[1]):
            yield Span(match.start(1), match.end(1), "REF_DOSSIER", "verifier", "référence annoncée")
    for match in _NAMED.finditer(low):
        yield Span(match.start(), match.end(), "REF_DOSSIER", "verifier", "référence annoncée")
    for match in reading.woken(_ANNOUNCED_WAKERS, _ANNOUNCED):
        if not looks_like_date(match[1]) and not _PUBLIC_ACT.search(low, max(0, match.start() - 34), match.start()):
            yield Span(match.start(1), match.end(1), "REF_DOSSIER", "verifier", "référence annoncée")
    if "n" in low:
        for match in _GROUPS_AFTER.finditer(low):
            if count_digits(match[1]) > 7 and not _PUBLIC_ACT.search(low, max(0, match.start() - 34), match.start()):
                yield Span(match.start(1), match.end(1), "REF_DOSSIER", "verifier", "long numéro annoncé")
    yield from _beneficiaries(reading)
    for match in _NEW_CARD.finditer(reading.text):
        if 1 < count_digits(match[0]) < 8 and re.search(r"[2-9]", match[0]):  # « D1RECTI0N » is a scanner's
            yield Span(match.start(), match.end(), "NUM_IDENTITE", "verifier", "forme d'un numéro de carte d'identité")
    for match in _GROUPED_NUMBER.finditer(low):
        if count_digits(match[0]) < 11 or re.fullmatch(r"\d{1,3}(?: \d{3})+", match[0]):
            continue  # a telephone number, an amount
        yield Span(match.start(), match.end(), "REF_DOSSIER", "verifier", "long numéro non identifié")
    for match in _LONG_NUMBER.finditer(low):
        if is_public_act(low, match.start(), match.start()):
            continue
        yield Span(match.start(), match.end(), "REF_DOSSIER", "verifier", "long numéro non identifié")


_SCHOOL_YEAR = re.compile(r"(20\d\d) ?[-/–] ?(20\d\d)")
_CHIP = re.compile(
    r"(?<![a-z])(?:puces?|transpondeur|identifiee?|i-?cad|electronique) (?:sous |par )?(?:la puce )?(?:n ?[°o]? ?)?$"
)


_CREDITOR = re.compile(r"(?<![a-z])(?:ics|bic|identifiant creancier(?: sepa)?) ?:? ?$")


def is_ordinary(low: str, span: Span) -> bool:
    """A school year (« 2026-2027 ») that looks like a reference, a dog's chip that looks like a NIR."""
    if span.label not in ("NIR", "REF_DOSSIER"):
        return False
    if _CHIP.search(low, max(0, span.start - 40), span.start):
        return True
    if span.label == "NIR":
        return False
    if _CREDITOR.search(low, max(0, span.start - 30), span.start):
        return True
    years = _SCHOOL_YEAR.fullmatch(low, span.start, span.end)
    return years is not None and int(years[2]) == int(years[1]) + 1
