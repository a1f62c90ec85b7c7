"""Data that only the words before them give away: allocataire, tax, identity papers, file, parcel, birth date.

Each rule starts from a word of the text and looks a few characters ahead, never further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Label, Span

MONTHS = (
    "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|janv|fevr?|avr"
    "|juil|sept|oct|nov|dec"
    # as a scanner reads them
    "|rnai|ma[1l]|rnars|ju[1l]n|jui[1l]{1,2}et|ju[1l]{1,3}et|janv[1l]er|fevr[1l]er|avr[1l]l|a0ut|septernbre|0ctobre"
    "|oct0bre|n0vembre|novernbre|decernbre"
)
UNITS = (
    "zero|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    "|vingt|vingts|trente|quarante|cinquante|soixante|septante|huitante|nonante|cent|cents|mille|mil"
    "|premier|et"
)
_SPOKEN = rf"(?:{UNITS})(?:[ -]{{1,2}}(?:{UNITS})){{0,9}}"
_D = "[0-9oil]"
DATE = re.compile(
    rf"(?<![0-9a-z])(?:{_D}{{1,2}} ?[/.\-] ?{_D}{{1,2}} ?[/.\-] ?(?:{_D}{{4}}|{_D}{{2}})|{_D}{{1,2}} "
    rf"{_D}{{1,2}} (?:19|20|l9){_D}{{2}}|\d{{1,2}}[-/. ](?:i{{1,3}}|iv|vi{{0,3}}|i?x|xi{{1,2}})[-/. ](?:19"
    rf"|20)\d\d|(?:19|20)\d\d[-/.]\d\d[-/.]\d\d"
    rf"|(?:{_D}{{1,2}}(?:er)?|1 ?er|premier)[ .\-]{{0,2}}(?:{MONTHS})\.?[ .\-,]{{0,2}}(?:(?:19|20"
    rf"|l9){_D}{{2}}|'?\d{{2}}(?![0-9]| ?h)"
    rf"|(?:deux mille|mille? neuf cents?)(?:[ -]{{1,2}}(?!et [^uo])(?:{UNITS})){{0,5}})?"
    rf"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d|{_SPOKEN} (?:{MONTHS})(?: {_SPOKEN}| (?:19"
    rf"|20)\d\d)?)(?![0-9a-z])"
)
_YEAR = re.compile(
    rf"(?:{MONTHS}) (?:19|20)\d\d(?![0-9])|"
    r"(?<![0-9])(?:18[5-9]\d|(?:19|20)\d\d)(?![0-9])|"
    r"mille? neuf cent[ -](?:[a-z]+[ -]?){1,4}|deux mille(?:[ -](?:[a-z]+)){0,2}"
)
_BOXED_DATE = re.compile(
    r"(?<![0-9])[0-3]?\d ?\| ?[01]?\d ?\| ?(?:19|20)\d\d(?![0-9])"
    r"|(?<![0-9])[0-3o] [0-9oil] ?[./] ?[0-9oil]{2} ?[./] ?[0-9oil]{4}"
)
_BORN = re.compile(
    r"ne ?(?:\(? ?e ?s?\)?|[.·]e|es|s)?[ ]{1,2}(?:(?:le|[1li]e|un|en|a|au|vers)\b"
    r"|(?=[0-9oil]{1,2} ?[/.\-] ?[0-9oil]{1,2} ?[/.\-]|[01]?\d ?[/.\-] ?(?:19|20)\d\d|(?:19|20)\d\d(?!\d)))"
    r"|ne ?(?:\(? ?e ?s?\)?|[.·]e|es|s)? ?(?::|« ?vers|(?:le )?[._…]{2,20}) ?"
)
_BORN_NAMED = re.compile(
    r"nee? (?!de |d'|du |[a-z' -]{0,34}(?:plus|pas|depuis|que|avant|apres"
    r"|jusqu'[a-z]+) )[a-z' \-]{2,40}? (?=le [0-9oil])"
)
_SHORT_DATE = re.compile(r"[ :']{0,3}(?:le )?([0-3]\d [01]\d \d\d)(?![0-9]| \d\d)")
_AGE_THEN = re.compile(r"(?: \(| - |, )(?:du |le )?((?:[0-3]?\d)[/.\-](?:[01]?\d)[/.\-](?:19|20)\d\d)\b")
_OF_YEAR = re.compile(
    r" (?:de|de l'annee|de la classe|du) ((?:19[2-9]\d|20[012]\d)|\d\d(?=[ ,.]|$))(?![0-9]| ?%| ?(?:€|e\b))"
)
_THING = re.compile(
    r"\b(?:batiment|ecole|association|projet|commune|syndicat|club|festival|service|idee|collectif|groupe|reseau"
    r"|eglise|pont|dispositif|structure|mouvement|evenement|tradition|fete|equipement|quartier)\b[^.;!?]{0,20}$"
)
_MONTH_YEAR = re.compile(r"[ :']{0,3}(?:le |en )?((?:0?[1-9]|1[0-2]) ?[/.\-] ?(?:19|20)\d\d)(?![0-9/.\-]\d|\d)")
_BEFORE_YEAR = re.compile(r"[ :']{0,3}(?:en )?")
_AGED = re.compile(r"(?:\bil|elle|fils|fille|petite?|ainee?|cadette?|enfant|lui|(?:mes|ses|les|leurs) \d{1,3}) $")
_NEXT_BORN = re.compile(r"[ ,;]{1,3}(?:et )?(?:la |le |l')?(?!depuis)[a-z\-]{2,20} (?:le |, |: )(?=[0-9a-z])")
_ALNUM = re.compile(
    r"(?<![0-9a-z])(?:[a-z]{1,4}\d|\d)[0-9a-z]{0,14}(?:[ .\-](?:[0-9]|[lo]\d)[0-9a-z]{0,14}"
    r"|[ ][a-z]{1,2}(?= ?(?:\d|[lo]\d))|[ ][a-z]\d{1,8}(?= )){0,"
    r"8}(?![0-9a-z])"
)
_SPOKEN_RUN = re.compile(rf"(?<![a-z])(?:{UNITS})(?:[ ,\-]{{1,2}}(?:{UNITS})){{4,14}}(?![a-z])")
_DIGIT_RUN = re.compile(r"(?<![0-9a-z])[0-9oil](?:[ .]{0,2}[0-9oil]){4,16}(?: ?[a-z])?(?![0-9a-z])")
FILE = re.compile(
    r"(?<![0-9a-z])(?=[0-9a-z/_.\-]*[0-9])[0-9a-z]{1,12}(?:[ ]?[/_.\-][ ]?[0-9a-z]{1,12}){0,6}(?![0-9a-z])"
)
_DIGITAL = re.compile(r"\d")


def count_digits(piece: str) -> int:
    return sum(map(str.isdigit, piece))


def looks_like_date(piece: str) -> bool:
    found = DATE.match(piece)
    return found is not None and found.end() >= len(piece) - 1


class _Rules:
    """The rules, and the words that wake each of them."""

    def __init__(self) -> None:
        self.by_word: dict[str, list[Callable[[str, int, int], Iterator[Span]]]] = {}
        for wakers, rule in (
            (
                "ne nee nes nees naiss est suis classe jour monde ans naissance naissances ddn anniversaire natif"
                " native",
                self.birth,
            ),
            ("allocataire allocataires alloc caf msa", self.beneficiary),
            ("fiscal fiscale fiscaux spi declarant acces imposition impot impots avis", self.tax),
            (
                "carte didentite identite cni cnie cnis passeport passeports sejour resident conduire etranger"
                " agdref permis",
                self.identity,
            ),
            (
                "dossier dossiers ref reference references refs demande requete recepisse sinistre contrat facture "
                "factures abonne abonnement client cliente usager"
                " adherent matricule beneficiaire suivi recommande recours signalement ticket identifiant plainte "
                "courante proces"
                " concession reclamation transport compteur pdl contravention avis titre inscription police"
                " courrier saisine numero cheque "
                "licence commande allocation convocation intervention"
                " pv cmi inclusion badge quittance bail devis permis assure societaire contribuable redevable "
                "bordereau notification pce",
                self.file,
            ),
        ):
            for word in wakers.split():
                self.by_word.setdefault(word, []).append(rule)

    # -- one method per label; `start` and `end` bound the word that woke the rule

    def birth(self, low: str, start: int, end: int) -> Iterator[Span]:
        word = low[start:end]
        if word == "ans" and (told := _AGE_THEN.match(low, end)) is not None:
            yield Span(told.start(1), told.end(1), "DATE_NAISSANCE", "verifier", "date de naissance")
            return
        if word == "monde" and not low.endswith("au ", 0, start):
            return
        if word == "jour" and not low.endswith("vu le ", 0, start):
            return
        if word in ("est", "suis") and (year := _OF_YEAR.match(low, end)) is not None:
            if re.search(
                r"\b(?:il|elle|je|ami|frere|soeur|mari|femme|fils|fille|mere|pere) $", low[max(0, start - 8) : start]
            ):
                yield Span(year.start(1), year.end(1), "DATE_NAISSANCE", "verifier", "année de naissance")
            return
        if word == "suis":
            return
        if word == "classe":
            year = re.compile(r" (?:19[2-9]\d|20[01]\d)(?!\d)").match(low, end)
            if year is not None:
                yield Span(year.start() + 1, year.end(), "DATE_NAISSANCE", "verifier", "année de naissance")
            return
        if word in ("est", "ans"):
            if not low.startswith(" du " if word == "est" else " le ", end) or not _AGED.search(
                low, max(0, start - 16), start
            ):
                return
            date = DATE.match(low, end + 4)
            if date is not None and re.search(r"\d{4}$", date[0]):
                yield Span(date.start(), date.end(), "DATE_NAISSANCE", "verifier", "date de naissance")
            return
        if word in ("naissance", "naissances"):
            before = low[max(0, start - 14) : start]
            if re.search(r"(?:actes?|declaration|extrait|copie) de $", before):
                return
            after = end
        elif word.startswith("n") and word[1] == "e":
            born = _BORN.match(low, start) or _BORN_NAMED.match(low, start)
            if born is None:
                return
            if _THING.search(low, max(0, start - 40), start):
                return
            if word == "ne" and re.search(
                r"(?:\bje|\bil|\belle|\bon|\bnous|\bvous|\bqui|\bils) $", low[max(0, start - 6) : start]
            ):
                return
            after = born.end()
            earlier = list(DATE.finditer(low, max(0, start - 60), start)) if low.endswith("est ", 0, start) else []
            if (
                earlier
                and not earlier[-1][0].endswith(".")
                and re.fullmatch(r"[^.;!?]{0,34}", low[earlier[-1].end() : start])
            ):
                date = earlier[-1]  # « le 12 mai 1991, à Douai, est né… »
                yield Span(date.start(), date.end(), "DATE_NAISSANCE", "masquer", "date de naissance")
                return
        else:
            after = end
        window = low[after : after + 75]
        cut = window.find("\n\n")
        if cut >= 0:
            window = window[:cut]
        month = _MONTH_YEAR.match(window)
        if month is not None and word not in ("jour", "monde", "anniversaire"):
            yield Span(after + month.start(1), after + month.end(1), "DATE_NAISSANCE", "masquer", "mois de naissance")
            return
        found = DATE.search(window)
        boxed = _BOXED_DATE.search(window)
        if boxed is not None and (found is None or boxed.start() < found.start()):
            found = boxed
        if found:
            between = window[: found.start()]
            if len(between) <= 60 and not re.search(
                r"[.;!?] ?\n|[!?;]|\. [a-z]{4}|deces|mariage|delivr|fait a"
                r"|(?:19|20)\d\d.*(?:a partir|depuis|a compter|jusqu|des) (?:du |au |le )?$",
                between,
            ):
                done = after + found.end()
                yield Span(after + found.start(), done, "DATE_NAISSANCE", "masquer", "date de naissance")
                while following := _NEXT_BORN.match(low, done):
                    also = DATE.match(low, following.end())
                    if also is None:
                        return
                    yield Span(also.start(), also.end(), "DATE_NAISSANCE", "masquer", "date de naissance")
                    done = also.end()
                return
        short = _SHORT_DATE.match(window)
        if short is not None:
            yield Span(after + short.start(1), after + short.end(1), "DATE_NAISSANCE", "masquer", "date de naissance")
            return
        lead = _BEFORE_YEAR.match(window)
        year = _YEAR.match(window, lead.end() if lead else 0)
        if year and word not in ("nes", "nees", "naissances"):
            yield Span(after + year.start(), after + year.end(), "DATE_NAISSANCE", "verifier", "année de naissance")

    def beneficiary(self, low: str, start: int, end: int) -> Iterator[Span]:
        for found in self._ahead(low, end, _DIGIT_RUN, 45):
            count = count_digits(found[0])
            if 5 <= count <= 9 and not looks_like_date(found[0]):
                yield self._span(found, "NUM_ALLOCATAIRE", "numéro d'allocataire")
                return
        spoken = _SPOKEN_RUN.search(low, end, min(len(low), end + 110))
        if spoken is not None and spoken.start() < end + 30:
            yield Span(spoken.start(), spoken.end(), "NUM_ALLOCATAIRE", "masquer", "numéro d'allocataire dicté")
            return
        before = low[max(0, start - 40) : start]
        runs = list(_DIGIT_RUN.finditer(before))
        last = runs[-1] if runs else None
        if (
            last is not None
            and 6 <= count_digits(last[0]) <= 8
            and re.fullmatch(r"[ (,:a-z'°.-]{0,28}", before[last.end() :])
        ):
            begin = max(0, start - 40)
            yield Span(begin + last.start(), begin + last.end(), "NUM_ALLOCATAIRE", "masquer", "numéro d'allocataire")

    def tax(self, low: str, start: int, end: int) -> Iterator[Span]:
        if (
            low[start:end] == "avis"
            and not low.startswith("ref", max(0, start - 15))
            and "ref" not in low[max(0, start - 16) : start]
        ):
            return
        if low[start:end] == "acces" and not low.startswith(" en ligne", end):
            return
        for found in self._ahead(low, end, _ALNUM, 55):
            least = 7 if low[start:end] in ("declarant", "acces") else 9
            if least <= count_digits(found[0]) <= 15 and not looks_like_date(found[0]):
                yield self._span(found, "NUM_FISCAL", "numéro fiscal")
                return

    def identity(self, low: str, start: int, end: int) -> Iterator[Span]:
        word = low[start:end]
        before = low[max(0, start - 22) : start]
        if word == "carte" and not re.match(
            r" ?(?:(?:professionnelle|vtc|de sejour|btp|d'ancien combattant) )?(?:n ?[°ºo]|numero|\(|: ?[a-z]?\d)",
            low[end : end + 32],
        ):
            return
        if word == "conduire" and "permis" not in before:
            return
        if word == "permis" and not re.match(r" ?(?:b |c |am |moto )?(?:n ?[°ºo]|numero|:)", low[end : end + 12]):
            return
        if word in ("sejour", "resident", "etranger", "identite") and not re.search(
            r"titre|carte|piece|n[°ºo]|numero|document", before
        ):
            return
        if word == "permis" and re.search(r"construire|amenager|demolir", low[end : end + 14]):
            return
        for found in self._ahead(low, end, _ALNUM, 60):
            piece = found[0]
            new_card = re.fullmatch(r"[0-9a-z]{9}", piece) is not None and count_digits(piece) > 1
            if (
                new_card or (count_digits(piece) >= 4 and count_digits(piece) / len(piece) > 0.35)
            ) and not looks_like_date(piece):
                compact = re.sub(r"[^0-9a-z]", "", piece)
                if 7 <= len(compact) <= 15:
                    yield self._span(found, "NUM_IDENTITE", "numéro de pièce d'identité ou de titre")
                    return

    def file(self, low: str, start: int, end: int) -> Iterator[Span]:
        word = low[start:end]
        if low.endswith("fiscal de ", 0, start):
            return
        line_end = low.find("\n", end, end + 60)
        window_end = end + 60 if line_end < 0 else line_end
        lead = _LEAD.match(low, end, window_end)
        if lead is None:
            return
        found = FILE.match(low, lead.end(), window_end)
        if found is None:
            return
        piece = found[0]
        marked = bool(re.search(r"n ?[°ºo]|numero|num|#|:|ref|est", lead[0]))
        digits = count_digits(piece)
        strong = word in (
            "dossier",
            "ref",
            "reference",
            "matricule",
            "identifiant",
            "recepisse",
            "sinistre",
            "plainte",
            "permis",
        )
        if not marked and not (
            (digits > 5 and len(re.findall(r"[/\-]", piece)) > 1)
            or (strong and (digits > 4 or (digits == 4 and re.search(r"[/_\-a-z]", piece)) or word == "matricule"))
        ):
            return
        if word == "permis" and not re.search(r"[/\-]", piece):
            return
        compound = len(re.findall(r"[/_\-]", piece)) > 1 and digits > 5
        if (
            word == "numero"
            and not compound
            and not re.search(
                r"dossier|demandeur|usager|client|contrat|abonne|adherent|suivi|agent|matricule|enregistrement"
                r"|inscription"
                r"|demande|sinistre|reference",
                lead[0],
            )
        ):
            return
        if digits < (2 if strong else 3) or looks_like_date(piece):
            return
        if (
            word in ("avis", "titre", "police", "proces", "courante", "courrier")
            and "n" not in lead[0]
            and "ref" not in lead[0]
        ):
            return
        if re.match(
            r" ?(?:€|euros?\b|h\b|m2|m²|%|ans\b|jours?\b|mois\b|pages?\b|heures?\b|personnes?\b|habitants\b)",
            low[found.end() : found.end() + 12],
        ):
            return
        if re.search(
            r"(?:arrete|deliberation|loi|decret|marche|article|ordonnance|circulaire|decision|convention|directive"
            r"|reglement)s? ?(?:n ?[°ºo] ?)?$",
            low[max(0, found.start() - 24) : found.start()],
        ):
            return
        if re.fullmatch(r"(?:19|20)\d\d", piece) and not strong:
            return
        yield self._span(found, "REF_DOSSIER", "référence d'un dossier")

    @staticmethod
    def _ahead(low: str, end: int, value: re.Pattern[str], reach: int) -> Iterator[re.Match[str]]:
        """Values that start within `reach` characters after `end`, before the sentence or the paragraph ends."""
        limit = min(len(low), end + reach + 26)
        for found in value.finditer(low, end, limit):
            between = low[end : found.start()]
            if found.start() > end + reach or "\n\n" in between or re.search(r"[.!?] [a-z]{3}|[!?;]\n", between):
                return
            if _DIGITAL.search(found[0]):
                yield found

    @staticmethod
    def _span(found: re.Match[str], label: Label, reason: str) -> Span:
        return Span(found.start(), found.end(), label, "masquer", reason)


_LEAD = re.compile(
    r"(?: ?(?:de |d'|du |des |la |votre |notre |mon |ma |l')?(?:urbanisme|demandeur|avis|suivi|dossier|demande"
    r"|instruction|facture|abonne|usager|usage|client|contrat|sinistre|inscription|adherent|agent"
    r"|enregistrement|reference|"
    r"references|recours|plainte|logement|aide|subvention|recettes?|courrier|assurance|eau|electricite|cantine"
    r"|restauration|garderie|location|caution|garantie"
    r"|interne|unique|social|sociale|logement|verbal|sommes a payer|a rappeler|rappeler|caf|mdph|cmi|apa"
    r"|trentenaire|perpetuelle|cinquantenaire|decennale|complet|surendettement|derogation))"
    r"{0,3}[ ]{0,2}(?:(?:sous le |portant le |porte le |a pour |est le |est |au )?(?:n ?[°ºo]s?\.?|nos?\b"
    r"|numeros?|num\.?|ref\.?|references?|#|est|\.)[ ]{0,2}){0,2}[ .:=\-]{0,4}(?:est le |n ?[°ºo] ?)?"
)
_RULES = _Rules()


_SCANNED = str.maketrans("01345", "oleas")


def find_numbers(reading: Reading) -> Iterator[Span]:
    """Every datum of `reading` that the words around it give away; overlaps are settled later."""
    low = reading.low
    rules = _RULES.by_word
    for word, start, end in zip(reading.low_words, reading.starts, reading.ends, strict=True):
        woken = rules.get(word)
        if woken is None and not word.isalpha():
            woken = rules.get(word.translate(_SCANNED))  # « ALL0CATAIRE »
        if woken is not None:
            for rule in woken:
                yield from rule(low, start, end)
