"""Names that only their link tells: « appeler Maëlwenn », « parents de Rareș », « le maire bertin », « n'guessan ».

The word that follows has to be in no dictionary and no list of places or organisations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier_ia.privacy.lexicon import (
    CAPITAL,
    CIVILITY,
    COMMON,
    EMPTY,
    FIRST,
    INITIAL,
    KNOWN,
    NOISY,
    ORGANISATION,
    PLACE,
    PUBLIC,
    SURNAME,
    UPPER,
)
from atelier_ia.privacy.names import NameReader
from atelier_ia.privacy.sensitive import HEALTH_WORDS
from atelier_ia.privacy.sounds import heard
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import wakers, words

_LINK = re.compile(
    r"(?<![a-z'-])(?:(?:r?appel(?:er|le[rz]?|ez)|prevenir|previens|joindre|contacter|contacte[rz]?|relancer"
    r"|convoque[rz]?|rencontre[rz]?"
    r"|remercier|entendu|auditionne|signe par|vise par|saisi par|envoye par|ecrit par|transmis par|vu avec"
    r"|vois avec|voir avec"
    r"|point avec|discute avec|echange avec|entretien avec|rdv avec|rendez-vous avec|reunion avec|dixit|d'apres"
    r"|selon|comme dit"
    r"|remis a|confie a|attribue a|transmis a|transmettre a|adresse a|copie a|reponse a|bonjour|bonsoir|coucou"
    r"|salut|merci"
    r"|chere?|interlocut(?:eur|rice) (?:sera|est)|remplacee? par|accompagnee? de|accompagnee? par|assistee? de"
    r"|en binome avec"
    r"|(?:parents?|pere|mere|papa|maman|fils|fille|frere|soeur|epou(?:x|se)|conjointe?|veuve?|mari|femme|compagnon"
    r"|compagne"
    r"|tut(?:eur|rice)|curat(?:eur|rice)|amie?|collegue|nounou|nourrice|voisine?|grand-mere|grand-pere|oncle|tante"
    r"|parrain"
    r"|marraine|absence|retour|arrivee|depart|mutation|retraite|remplacement|demande|courrier|mail|message|appel|visite"
    r"|anniversaire|bapteme|deces|obseques|audition|entretien|dossier|inscription|convocation|temoignage) (?:de|d')))"
    r"(?: |(?<=d'))(?=[a-z])"
)
_JOBS = words("neighbour_jobs")
_ELIDED = re.compile(r"(?<![a-z'])[nmd]'(?=[bcdfgjklmnpqrstvwxz][a-z]{2,})")
_ALIAS = re.compile(
    r"(?<![a-z])(?:dite?s?|alias|surnomme\w*|surnom|pseudo(?:nyme)?|meneur|connue? sous le nom de"
    r"|appelee?)(?: :)? ?[«\"“'] ?"
    r"([^«»\"“”\n]{2,25}?) ?[»\"”']"
)
_REVERSED = re.compile(
    r"(?:^|[\n;|\t]|\d\. |- )([A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,24}, [A-ZÀ-Þ][a-zà-ÿ'’-]{2,20})(?= ?[-–—,;:|\t\n(]| ?$)",
    re.MULTILINE,
)
_MOBILE_LINK = re.compile(
    r"(?<![a-z])(?:(?:maman|papa|mere|pere|fils|fille|frere|soeur|nounou|mari|femme|copine?|copain) de|moi c|c'est"
    r"|ici|j'?ai eu|j ai eu"
    r"|vu avec|dis a|dire a|demande a|le ptit|la ptite|le p'tit|mon ptit|cc|coucou|slt|salut) (?=[a-z])"
)
_LISTED = re.compile(r"^[ ]{0,3}[-•*] ([A-ZÀ-Þ][a-zà-ÿ'’-]{2,20}) ?: ", re.MULTILINE)
_PAIRED = re.compile(
    r"(?<![\w-])[A-ZÀ-Þ][\w'’-]+ et ((?:Le|La|De|Du|Ben|El|Van|Von|Da|Dos"
    r"|Di) [A-ZÀ-Þ][a-zà-ÿ'’-]{2,20})(?=[,.;: )\n]|$)"
)
_TITLED = re.compile(
    r"(?<![\w-])(?:chef(?:fe)?|responsable|direct(?:eur|rice)|agente?|conduct(?:eur|rice)|secr[ée]taire|gardienne?"
    r"|technicienne?|adjointe?|m[ée]decin|assistante?|charg[ée]e?|animat(?:eur|rice)|r[ée]f[ée]rente?"
    r"|gestionnaire) (?:de |du |des |d['’])"
    r"[a-zà-ÿ-]{3,16} ([A-ZÀ-Þ][a-zà-ÿ'’-]{3,20})(?![\w'’-])"
)
_ROW = re.compile(r"^([A-ZÀ-Þ][A-ZÀ-Þ'’-]{3,24}(?: [A-ZÀ-Þ][a-zà-ÿ'’-]{2,20})?)(?=\t)", re.MULTILINE)
# « Faïd né le 25/09/2006 »: whoever is born has a name, in whatever list it is not.
_BORN = re.compile(r"(?<![a-z])nee?s? (?:le (?=[0-9u])|en (?=[12]\d)|a (?=[a-z])|au |vers )|(?<![a-z])ne\(e\) le ")
_BORN_NAME = 3  # words
_HANDLE = re.compile(r"@(?<![\w.@/]@)([a-z][a-z0-9_.]{3,29})(?![\w@])")
_LINK_WAKERS = wakers("person_links_link")
_MOBILE_LINK_WAKERS = wakers("person_links_mobile_link")


class PersonLinks:
    """Reads the names of one text by their links."""

    def __init__(self, names: NameReader) -> None:
        self.names = names
        self.reading = names.reading

    def all(self) -> Iterator[Span]:
        """Every name that a link tells."""
        reading = self.reading
        if not (reading.lower_case or reading.upper_case):
            for match in reading.woken(_LINK_WAKERS, _LINK):
                index = reading.index_from(match.end())
                if index < len(reading) and reading.starts[index] == match.end() and self._stranger(index):
                    end = self.names.take(index, forced=True)
                    if end > index and not self.names.blocked(index):
                        yield self.names.span(index, end, "verifier", "nom après un lien entre personnes")
        if reading.lower_case:
            yield from self._lower()
        if reading.upper_case:
            yield from self._upper()
        rows = list(_ROW.finditer(reading.text)) if "\t" in reading.text else []
        for match in rows if len(rows) > 1 else ():
            bit = self.names.bits[reading.index_from(match.start(1))]
            if not bit & (KNOWN | PLACE | ORGANISATION | EMPTY | CIVILITY | NOISY):
                yield Span(match.start(1), match.end(1), "NOM", "verifier", "nom au début d'une ligne de tableau")
        if "dit" in reading.low or "alias" in reading.low or "surnom" in reading.low or "«" in reading.text:
            for match in _ALIAS.finditer(reading.low):
                if match[1] in ("inconnu", "inconnue", "non", "oui", "urgent", "confidentiel"):
                    continue
                shaped = reading.text[match.start(1)].isupper() or reading.lower_case
                if not shaped and self.names.bits[reading.index_from(match.start(1))] & KNOWN:
                    continue  # « l'intitulé dit « nouvel onglet » »
                yield Span(match.start(1), match.end(1), "NOM", "verifier", "surnom")
        for pattern in (_LISTED, _PAIRED, _TITLED):
            for match in pattern.finditer(reading.text):
                index = reading.index_from(match.start(1))
                last = self.names.bits[reading.index_at(match.end(1) - 1)]
                known = last & (PLACE | ORGANISATION | EMPTY) or (last & KNOWN and not last & FIRST)
                wanted = last & FIRST if pattern is _LISTED else not known and not self.names.blocked(index)
                if (
                    wanted
                    and not last & (EMPTY | UPPER)
                    and not (pattern is _PAIRED and not self.names.bits[index - 2] & FIRST)
                ):
                    yield Span(match.start(1), match.end(1), "NOM", "verifier", "nom à sa place de nom")
        for match in _REVERSED.finditer(reading.text):
            index = reading.index_from(match.start(1))
            if not self.names.bits[index] & (ORGANISATION | PLACE | EMPTY | CIVILITY):
                last = reading.index_at(match.end(1) - 1)
                if self.names.bits[last] & FIRST or not self.names.bits[last] & KNOWN:
                    yield Span(match.start(1), match.end(1), "NOM", "masquer", "nom, virgule, prénom")
        yield from self._born()
        yield from self._handles()

    def _born(self) -> Iterator[Span]:
        """The words before « né le », as far as they are written like a name."""
        reading, bits = self.reading, self.names.bits
        if reading.upper_case:
            return
        for match in _BORN.finditer(reading.low):
            end = reading.index_from(match.start())
            if not end or reading.gap(end - 1) not in (" ", ", ", " (", ", (", " – ", " - "):
                continue
            start = end
            while start and end - start < _BORN_NAME and self._named_word(start - 1):
                if start != end and reading.gap(start - 1) not in (" ", "-"):
                    break
                start -= 1
            named = any(bits[index] & (FIRST | SURNAME) or not bits[index] & KNOWN for index in range(start, end))
            if start < end and named and not self.names.blocked(start):
                yield self.names.span(start, end, "verifier", "nom de qui est né")

    def _named_word(self, index: int) -> bool:
        bit = self.names.bits[index]
        if bit & (EMPTY | CIVILITY | ORGANISATION | INITIAL) or self.reading.low_words[index] in _JOBS:
            return False
        if self.reading.lower_case:
            return not bit & (KNOWN | PLACE | NOISY) and len(self.reading.words[index]) > 3
        return bool(bit & CAPITAL) and not (bit & KNOWN and not bit & (FIRST | SURNAME))

    def _stranger(self, index: int) -> bool:
        bit = self.names.bits[index]
        strange = bit & CAPITAL and not bit & (
            KNOWN | PLACE | ORGANISATION | EMPTY | UPPER | INITIAL | CIVILITY | NOISY | PUBLIC
        )
        return (
            bool(strange)
            and len(self.reading.words[index]) > 3
            and self.reading.low_word(index) not in HEALTH_WORDS
            and not self.names.is_model(index)
        )

    def _upper(self) -> Iterator[Span]:
        """In a text all in capitals: a job, then words of no list (« BGD DUFRESNE »)."""
        reading, bits = self.reading, self.names.bits
        for index in range(1, len(reading)):
            if (
                not bits[index] & (KNOWN | PLACE | ORGANISATION | EMPTY | CIVILITY | NOISY | INITIAL)
                and len(reading.words[index]) > 3
                and reading.gap(index - 1) == " "
                and reading.low_word(index - 1) in _JOBS
                and not self.names.blocked(index)
            ):
                end = max(index + 1, self.names.take(index, forced=True))
                yield self.names.span(index, end, "verifier", "nom après un métier")

    def _lower(self) -> Iterator[Span]:
        """In a text without capitals: a job then a surname, « n' » before a consonant (French never elides there)."""
        reading, bits = self.reading, self.names.bits
        for index in range(1, len(reading)):
            bit = bits[index]
            if (
                bit & SURNAME
                and not bit & (KNOWN | PLACE | ORGANISATION | EMPTY)
                and reading.gap(index - 1) == " "
                and reading.low_word(index - 1) in _JOBS
                and not self.names.blocked(index)
            ):
                yield self.names.span(
                    index, max(index + 1, self.names.take(index, forced=True)), "verifier", "nom après un métier"
                )
        for match in reading.woken(_MOBILE_LINK_WAKERS, _MOBILE_LINK):
            index = reading.index_from(match.end())
            if (
                index < len(reading)
                and reading.starts[index] == match.end()
                and not bits[index] & (KNOWN | PLACE | ORGANISATION | EMPTY | CIVILITY | NOISY)
                and len(reading.words[index]) > 4
                and reading.low_words[index] not in HEALTH_WORDS
                and heard(reading.low_words[index]) is None
                and re.search(r"[aeiouy]", reading.low_words[index])
            ):
                yield self.names.span(index, index + 1, "verifier", "mot inconnu où se dit une personne")
        for match in _ELIDED.finditer(reading.low):
            index = reading.index_from(match.end())
            if index < len(reading) and not bits[index] & (KNOWN | PLACE) and len(reading.words[index]) > 3:
                yield Span(match.start(), reading.ends[index], "NOM", "verifier", "nom à particule")

    def _handles(self) -> Iterator[Span]:
        """« @maelle_kerv »: an account that bears a first name or a surname."""
        reading = self.reading
        if "@" not in reading.text:
            return
        for match in _HANDLE.finditer(reading.low):
            first = reading.index_from(match.start(1))
            last = reading.index_at(match.end(1) - 1)
            bits = self.names.bits[first : last + 1]
            if any(bit & (FIRST | SURNAME) and not bit & (COMMON | KNOWN | PLACE | ORGANISATION) for bit in bits):
                yield Span(match.start(1), match.end(1), "NOM", "verifier", "identifiant qui porte un nom")
