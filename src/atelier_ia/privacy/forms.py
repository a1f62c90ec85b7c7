"""Data that are recognised by their own form: e-mail, telephone, social security, bank account, plate, SIRET.

A checksum that fails never removes a mask: people mistype and scanners misread. Every repetition is bounded, so that no
text makes these patterns slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.numbers import UNITS
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Level, Span
from atelier_ia.privacy.wordlists import words

_S = r"[ .\-/_,]{0,3}"
_N = "[0-9oil]"  # digits as a scanner may have read them; patterns run on the lower-case text
_PHONE = re.compile(
    rf"(?<![\w+])(?:\(?(?:\+ ?|00 ?)33\)?[ .\-]{{0,2}}(?:\( ?0 ?\)[ .\-]{{0,2}})?0?{_S}[1-9]"
    rf"|\(?[0o]\)?{_S}[1-9il])(?:{_S}{_N}){{8}}(?![0-9a-z]|/20\d\d)"
)
# Five pairs, as a scanner reads them: « O2 6l 9l O7 33 ».
_PAIRS = re.compile(rf"[0o]{_N}(?: {_N}{{2}}){{4}}")
# « (687) 27 31 58 »: six figures, in the Pacific and at Saint-Pierre.
_PACIFIC_PHONE = re.compile(r"\((?:\+ ?|00 ?)?(?:687|689|508|681)\) ?\d{2}(?:[ .]?\d{2}){2,3}(?!\d)")
_FOREIGN_PHONE = re.compile(r"[+0](?<!\w[+0])(?:(?<=\+) ?|(?<=0)0)(?!33)[1-9]\d{0,2}(?:[ .\-/()]{0,3}\d){7,12}(?!\d)")
_NIR = re.compile(
    rf"(?<![0-9a-z])[1-478il][ .\-]{{0,2}}{_N}[ ]?{_N}[ .\-]{{0,2}}(?:[0o][ ]?[1-9il]|[1il][ ]?[0-2oil]"
    rf"|[2-9][ ]?{_N})[ .\-]{{0,2}}(?:{_N}[ ]?{_N}|2[ab])"
    rf"[ .\-]{{0,2}}{_N}{{3}}[ .\-]{{0,2}}{_N}{{3}}(?:[ .\-/|]{{0,3}}(?:\(?cle ?:? ?)?{_N}(?:{_N}|\?)\)?)?(?![0-9a-z])"
)
_IBAN_FR = re.compile(r"(?<![0-9a-z])fr[ .\-]?[0-9oil]{2}(?:[ .\-]{0,2}[0-9a-z]){23}(?![0-9a-z])")
_IBAN_NOISY = re.compile(r"(?<![0-9a-z])fr[ .\-]?[0-9oil]{2}(?:[ .\-]{0,2}[0-9oil]){9,21}[0-9a-z]{0,4}(?![0-9a-z])")
_IBAN_OTHER = re.compile(r"(?<![0-9a-z])[a-z]{2}[0-9]{2}(?:[ \-]?[0-9a-z]{4}){2,7}(?:[ \-]?[0-9a-z]{1,4})?(?![0-9a-z])")
_RIB = re.compile(r"\d(?<![0-9a-z]\d)\d{4}[ |;,/\-]{1,4}\d{5}[ |;,/\-]{1,4}[0-9a-z]{11}[ |;,/\-]{1,4}\d{2}(?![0-9a-z])")
_RIB_PART = re.compile(
    r"(?<![a-z])(?:banque|guichet|etablissement|compte|cle|cle rib)(?: n ?[°o])?[ :|]{1,3}"
    r"(\d{5}|(?=[a-z]{0,4}\d{4})[0-9a-z]{11}|\d{2})(?![0-9a-z-])"
)
_SIRET = re.compile(
    rf"(?<![0-9a-z]){_N}{{3}}[ .]{{0,2}}{_N}{{3}}[ .]{{0,2}}{_N}{{3}}[ .\-]{{0,2}}(?:{_N}{{5}}|{_N}{{2}} "
    rf"{_N}{{3}}|{_N}{{3}} {_N}{{2}})(?![0-9a-z])"
)
_NINE_DIGITS = re.compile(r"[0-9oil](?:[ .\-]{0,2}[0-9oil]){8}")
_SIREN = re.compile(r"\d(?<![0-9a-z]\d)\d{2}[ .]?\d{3}[ .]?\d{3}(?![0-9a-z]| ?\d)")
_SIREN_CUE = re.compile(r"siren|\brcs\b|registre du commerce|immatriculee? (?:au|sous)|\brne\b|repertoire des metiers")
_VAT = re.compile(r"(?<![0-9a-z])fr ?[0-9a-z]{2} ?\d{3} ?\d{3} ?\d{3}(?![0-9a-z]| ?\d)")
_DATE_FIRST = re.compile(r"\d{1,2}[ ]?[/.\-][ ]?\d{1,2}[ ]?[/.\-][ ]?(?:19|20)\d\d")

_AROUND_AT = re.compile(r"(?:[\w-]{2,30} \. ?)?[\w.+%'~-]{1,64} ?$")
_DOMAIN = re.compile(r" ?[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[a-z][a-z01]{1,11}(?![a-z0-9])")
_NOISY_DOMAIN = re.compile(
    r" ?[\w-]{1,63}(?: ?[.,;] ?[\w-]{1,63}){0,3} ?[.,; ] ?(?:fr|com|net|org|eu|be|ch|bzh|info|pro|gouv"
    r"|example|re|corsica|alsace|paris)(?![\w])"
)
_BARE_DOMAIN = re.compile(
    r" ?(?:gmail|orange|wanadoo|free|sfr|laposte|hotmail|outlook|yahoo|live|icloud|bbox|neuf|protonmail"
    r"|proton)(?: ?[.,]? ?(?:com|fr|net|org|me))?(?![\w])"
)
_AT_SIGN = re.compile(r"arr?oba|a commercial|[(\[{<*_\- ] ?at ?[)\]}>*_\- ]|[(\[{<] ?(?:a|chez|@)[ ]?[)\]}>]|©")
_SPOKEN_AT = re.compile(
    r"(?: ?[(\[{<] ?(?:at|arobase|arobas|a|chez|@)[ ]?[)\]}>] ?| ?[-_*]at[-_*] ?|[ -](?:ar{1,2}oba[sz]e?"
    r"|a commercial)[ -]"
    r"| at (?=[\w\-]{2,30}(?: ?(?:\.|,|\(dot\)|\[dot\]|\(point\)) ?| (?:point|dot) )(?:fr|com|net|org|eu|be|ch|bzh"
    r"|info|example"
    r"|exemple)(?![a-z]))|©(?=[\w\-]{2,30}\.[a-z]{2,10}))"
)
_SPOKEN_LOCAL = re.compile(
    r"(?:[\w.+-]{1,40} ?(?:point|[(\[]point[)\]]|[(\[]dot[)\]]|dot|[(\[]tiret[)\]]|tiret (?:du )?(?:bas|six|huit|6"
    r"|8)|tiret"
    r"|underscore|souligne|\.) ?){0,4}[\w.+-]{1,40}"
    rf"(?: (?:{UNITS})(?:[ \-](?:{UNITS})){{0,3}}| \d{{1,4}})?$"
)
_BEFORE_CHEZ = re.compile(r"(?<![\w.])[\w\-]{1,40}(?:(?: point |\.| tiret )[\w\-]{1,40}){0,3}$")
_AFTER_CHEZ = re.compile(r"[\w\-]{2,30} ?(?:point|\.) ?(?:fr|com|net|org|eu|be|ch|bzh|info|example)(?![a-z])")
_SPOKEN_DOMAIN = re.compile(
    r"[\w-]{1,40}(?: ?(?:point|dot|tiret|\(dot\)|\[dot\]|\(point\)|\[point\]|\(\.\)|\.) ?[\w-]{1,40}){1,4}"
)
_FUNCTIONAL = words("forms_functional")
# « mairie.val-fontaine@ » bears the name of a town; « etatcivil.verdier@ » bears that of an agent.
_PLACE_AFTER = re.compile(
    r"(?:mairie|commune|ville|ccas|cias|ecole|college|lycee|mediatheque|police|cc|communaute|prefecture|creche"
    r"|no-?reply"
    r"|ne-?pas-?repondre)"
)
_LIBERAL = re.compile(r"avocat|notaire|huissier|architecte|geometre|medecin|infirmier|expert|docteur|(?:^|[-.])dr-")
_PUBLIC_CORE = re.compile(
    r"^(?:mairie|commune|ville|ccas|urbanisme|etat-?civil|accueil|contact|secretariat|service|no-?reply"
    r"|ne-?pas-?repondre|dpo|rgpd|ecole|college|lycee|mediatheque|police|cc|communaute|prefecture"
    r"|info)(?:[._-]|s?$|\d)"
)


def find_forms(reading: Reading) -> Iterator[Span]:
    """Every datum of `reading` that its own form gives away; overlaps are settled later."""
    low = reading.low
    if "@" in low or _AT_SIGN.search(low):
        yield from _emails(low)
    position = low.find(" chez ")
    while position >= 0:
        domain = _AFTER_CHEZ.match(low, position + 6)
        local = _BEFORE_CHEZ.search(low, max(0, position - 60), position) if domain else None
        if domain is not None and local is not None:
            yield Span(local.start(), domain.end(), "EMAIL", "verifier", "adresse de courriel dictée")
        position = low.find(" chez ", position + 1)
    yield from _bank(low)
    yield from _phones(low)
    yield from _social_security(low)
    yield from _companies(low)


def is_functional(address: str) -> bool:
    """Is this e-mail address that of a service rather than of a person?"""
    local, _, domain = address.lower().partition("@")
    local = local.strip(" .<>'")
    if local == "cabinet" and _LIBERAL.search(domain):
        return False  # the practice of one person
    parts = [part for part in re.split(r"[._+\-0-9]+", local) if part]
    named = len(parts) > 1 and parts[-1] not in _FUNCTIONAL and not _PLACE_AFTER.match(local)
    if (
        _PUBLIC_CORE.match(local)
        and not named
        and (len(parts) < 2 or parts[0] not in ("contact", "accueil", "secretariat", "service", "info"))
    ):
        return True
    return bool(parts) and all(
        part in _FUNCTIONAL or (len(part) > 3 and part.rstrip("s") in _FUNCTIONAL) for part in parts
    )


def _emails(low: str) -> Iterator[Span]:
    position = low.find("@")
    while position >= 0:
        left = _AROUND_AT.search(low, max(0, position - 65), position)
        right = (
            _DOMAIN.match(low, position + 1 + low.startswith("\n", position + 1))
            or _NOISY_DOMAIN.match(low, position + 1)
            or _BARE_DOMAIN.match(low, position + 1)
        )
        if left and right:
            start, end = left.start(), right.end()
            while start < position and low[start] in ".'-+~":
                start += 1
            if start < position and not is_functional(low[start:end]):
                yield Span(start, end, "EMAIL", "masquer", "adresse de courriel")
        position = low.find("@", position + 1)
    for match in _spoken_signs(low):
        left = _SPOKEN_LOCAL.search(low, max(0, match.start() - 90), match.start())
        right = _SPOKEN_DOMAIN.match(low, match.end())
        if left and right and not is_functional(left[0].replace(" point ", ".").replace(" ", ".")):
            start = left.start()
            yield Span(start, right.end(), "EMAIL", "masquer", "adresse de courriel dictée ou déguisée")


def _spoken_signs(low: str) -> Iterator[re.Match[str]]:
    """What stands for « @ », where one of its signs was seen."""
    done = 0
    for sign in _AT_SIGN.finditer(low):
        match = _SPOKEN_AT.search(low, max(done, sign.start() - 3), min(len(low), sign.end() + 60))
        if match is not None and match.start() <= sign.end():
            done = match.end()
            yield match


def _digits(piece: str) -> int:
    return sum(character.isdigit() for character in piece)


_WORD_AFTER = re.compile(r"[ .]+[ilo]{1,2}$")


def _phones(low: str) -> Iterator[Span]:
    for match in _PHONE.finditer(low):
        piece = match[0]
        least = (
            6
            if re.search(
                r"te[l1i]e?[a-z0-9]*\.? ?:? ?$|port\w*\.? ?:? ?$", low[max(0, match.start() - 14) : match.start()]
            )
            else 7
        )
        if _PAIRS.fullmatch(piece) and _digits(piece) > 1:
            least = 2
        if _digits(piece) < least or _DATE_FIRST.match(piece.lstrip("(")):
            continue
        shift = 1 if piece.startswith("(") and ")" not in piece else 0
        number = re.sub(r"[^0-9]", "", piece.replace("o", "0").replace("i", "1").replace("l", "1"))
        if number.startswith("08") or low.endswith(("standard ", "standard : ", "standard: "), 0, match.start()):
            continue  # 0 800…, a switchboard: a service, not a person
        # « … 018 41. Il nous manque » ends before « Il », whatever a bad scan reads there.
        end = match.start() + len(_WORD_AFTER.sub("", piece))
        yield Span(match.start() + shift, end, "TEL", "masquer", "numéro de téléphone")
    for match in _PACIFIC_PHONE.finditer(low):
        yield Span(match.start(), match.end(), "TEL", "masquer", "numéro de téléphone")
    for match in _FOREIGN_PHONE.finditer(low):
        yield Span(match.start(), match.end(), "TEL", "masquer", "numéro de téléphone international")


def _social_security(low: str) -> Iterator[Span]:
    for match in _NIR.finditer(low):
        piece = match[0]
        digits = _digits(piece)
        if digits < 9 or _DATE_FIRST.match(piece):
            continue
        before = low[max(0, match.start() - 60) : match.start()]
        if re.search(r"fiscal|\bspi\b|impot|siret|iban|allocataire|avis d", before) and not re.search(
            r"secu|nir\b|\bss\b", before
        ):
            continue
        level: Level = (
            "masquer"
            if digits >= 14 or re.search(r"secu|\bnir\b|\binsee\b|carte vitale|\bss\b|immatriculation|assure", before)
            else "verifier"
        )
        yield Span(match.start(), match.end(), "NIR", level, "numéro de sécurité sociale")


def _mod97(account: str) -> bool:
    moved = account[4:] + account[:4]
    try:
        return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1
    except ValueError:
        return False


def _bank(low: str) -> Iterator[Span]:
    found = False
    for match in _IBAN_FR.finditer(low):
        if _digits(match[0]) >= 14:
            found = True
            yield Span(match.start(), match.end(), "IBAN", "masquer", "numéro de compte bancaire (IBAN)")
    if not found or low.count("fr") > 1:
        for match in _IBAN_NOISY.finditer(low):
            if _digits(match[0]) >= 14:
                yield Span(match.start(), match.end(), "IBAN", "masquer", "numéro de compte bancaire (IBAN)")
    for match in _IBAN_OTHER.finditer(low):
        if _digits(match[0]) < 8:
            continue
        piece = match[0]
        while True:
            compact = re.sub(r"[ \-]", "", piece)
            if 15 <= len(compact) <= 34 and _mod97(compact):
                yield Span(
                    match.start(), match.start() + len(piece), "IBAN", "masquer", "numéro de compte bancaire (IBAN)"
                )
                break
            cut = max(piece.rfind(" "), piece.rfind("-"))
            if cut < 15:
                if re.search(r"iban|rib\b|compte", low[max(0, match.start() - 40) : match.start()]):
                    yield Span(
                        match.start(), match.end(), "IBAN", "verifier", "numéro de compte bancaire (clé inexacte)"
                    )
                break
            piece = piece[:cut]
    if "guichet" in low:
        for match in _RIB_PART.finditer(low):
            yield Span(match.start(1), match.end(1), "IBAN", "masquer", "partie d'un relevé d'identité bancaire")
    for match in _RIB.finditer(low):
        yield Span(match.start(), match.end(), "IBAN", "masquer", "relevé d'identité bancaire")


def _luhn(digits: str) -> bool:
    total = 0
    for place, character in enumerate(reversed(digits)):
        value = int(character) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


# Numbers of communes, départements, regions, their groups and their social services: public, and nobody's.
_PUBLIC_BODY = re.compile(r"2[0-6]\d{12}$")
_PUBLIC_NAME = re.compile(
    r"commune|mairie|ville de|communaute|departement|region|ccas|cias|collectivite|metropole|agglo"
    r"|syndicat (?:mixte|interc)|employeur public"
)


def is_public_siret(low: str, start: int, digits: str) -> bool:
    """Is it the SIRET of a public body, named before it: « commune de Thann, SIRET 216 803 340 00011 »?"""
    return _PUBLIC_BODY.match(digits) is not None and _PUBLIC_NAME.search(low, max(0, start - 90), start) is not None


def _companies(low: str) -> Iterator[Span]:
    if _NINE_DIGITS.search(low) is None:
        return
    for match in _SIRET.finditer(low):
        digits = re.sub(r"\D", "", match[0].replace("o", "0").replace("i", "1").replace("l", "1"))
        before = low[max(0, match.start() - 40) : match.start()]
        if "siret" in before:
            public = is_public_siret(low, match.start(), digits)
            yield Span(match.start(), match.end(), "SIRET", "verifier" if public else "masquer", "numéro SIRET")
        elif _digits(match[0]) == 14 and _luhn(digits):
            yield Span(match.start(), match.end(), "SIRET", "verifier", "14 chiffres qui forment un numéro SIRET")
    for match in _SIREN.finditer(low):
        before = low[max(0, match.start() - 40) : match.start()]
        if _SIREN_CUE.search(before) or re.match(r",? ?(?:\(|- ?)?r\.?c\.?s\b", low[match.end() : match.end() + 8]):
            yield Span(match.start(), match.end(), "SIRET", "masquer", "numéro SIREN")
        elif "siret" in before:
            yield Span(match.start(), match.end(), "SIRET", "masquer", "numéro SIRET incomplet")
    for match in _VAT.finditer(low):
        if _digits(match[0]) >= 10:
            yield Span(match.start(), match.end(), "SIRET", "masquer", "numéro de TVA, qui contient le SIREN")
