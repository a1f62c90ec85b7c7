"""The guard's one way through a text: normalise, read, apply every family of rules, propagate, settle overlaps.

It fails closed: whatever goes wrong becomes a `PrivacyError`, which carries nothing of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from atelier_ia.privacy.address_ends import whole_address
from atelier_ia.privacy.addresses import find_addresses
from atelier_ia.privacy.bare_numbers import find_bare_numbers, is_ordinary
from atelier_ia.privacy.birth_dates import dates_after_names, find_birth_dates
from atelier_ia.privacy.cues import CueReader
from atelier_ia.privacy.foreign_homes import find_foreign_homes
from atelier_ia.privacy.forms import find_forms
from atelier_ia.privacy.home_or_public import is_nowhere, is_service
from atelier_ia.privacy.homes_in_words import find_homes_in_words
from atelier_ia.privacy.homes_to_the_end import find_homes_to_the_end
from atelier_ia.privacy.homes_without_street import find_places
from atelier_ia.privacy.joined_names import joined_names, surname_first, whole_person
from atelier_ia.privacy.lexicon import (
    CAPITAL,
    COMMON,
    EMPTY,
    FIRST,
    KNOWN,
    ORGANISATION,
    PARTICLE,
    PLACE,
    SURNAME,
    UPPER,
    lexicon,
)
from atelier_ia.privacy.local_list import LocalList, fold_value, load_local_list, parse_names
from atelier_ia.privacy.name_shapes import find_name_shapes, whole_name
from atelier_ia.privacy.named_things import is_thing
from atelier_ia.privacy.names import NameReader
from atelier_ia.privacy.normalise import normalise
from atelier_ia.privacy.not_files import is_always_a_file, is_not_file, of_business, of_nobody
from atelier_ia.privacy.numbers import find_numbers
from atelier_ia.privacy.ordinary_places import OrdinaryPlaces
from atelier_ia.privacy.ordinary_things import is_of_a_thing_or_a_service
from atelier_ia.privacy.owners import owners_of_parcels
from atelier_ia.privacy.parcels import find_parcels
from atelier_ia.privacy.passages import one_per_passage, without_doubtful_homes, without_what_is_told
from atelier_ia.privacy.person_links import PersonLinks
from atelier_ia.privacy.plates import find_plates
from atelier_ia.privacy.postcode_blocks import find_before_postcodes
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.reference_families import find_reference_families, whole_reference
from atelier_ia.privacy.references import alike, find_references
from atelier_ia.privacy.rosters import Rosters
from atelier_ia.privacy.said_places import find_said_places
from atelier_ia.privacy.sensitive import find_sensitive
from atelier_ia.privacy.spans import ALERTS, PrivacyError, Span, once, without_inner, without_overlap
from atelier_ia.privacy.streets_without_number import find_told_homes, homes_after_names
from atelier_ia.privacy.tables import find_cells

_FAILURE = (
    "La protection des données n'a pas pu analyser ce texte ; rien n'a été envoyé. Réessayez avec un texte plus court."
)


_SURE_FORMS = frozenset({"TEL", "EMAIL", "IBAN", "NIR"})


def detect(text: str, names: LocalList | Iterable[str] | None = None) -> list[Span]:
    """Personal data of `text`, sorted by start and without overlap.

    `names` replaces the collectivité's own list (people's names, or a `LocalList`); by default the list of
    `var/confidentialite/liste.csv` counts.

    Raises:
        PrivacyError: the analysis failed; nothing of `text` may then be sent.
    """
    try:
        known = load_local_list() if names is None else parse_names(names)
        return _detect(text, known)
    except PrivacyError:
        raise
    except (Exception, RecursionError, MemoryError):
        raise PrivacyError(_FAILURE) from None


def _detect(text: str, known: LocalList) -> list[Span]:
    if not isinstance(text, str):
        raise PrivacyError(_FAILURE)
    if not text.strip():
        return []
    normal = normalise(text)
    reading = Reading(normal.text)
    found = list(find_forms(reading))
    found += find_plates(reading)
    found += find_numbers(reading)
    found += find_birth_dates(reading)
    found += find_bare_numbers(reading)
    found += find_parcels(reading)
    found += find_references(reading)
    found += find_reference_families(reading)
    found += find_cells(reading)
    found += alike(reading, found)
    found += find_addresses(reading)
    found += find_places(reading)
    found += find_told_homes(reading)
    found += find_foreign_homes(reading)
    found += find_homes_to_the_end(reading)
    found += find_before_postcodes(reading)
    reader = NameReader(reading)
    famous = lexicon().celebrated
    names = list(reader.civilities())
    names += [
        span
        for span in (
            *CueReader(reader).all(),
            *PersonLinks(reader).all(),
            *OrdinaryPlaces(reader).all(),
            *reader.general(),
        )
        if reading.low[span.start : span.end].replace("-", " ") not in famous
    ]
    names += [*find_name_shapes(reader), *owners_of_parcels(reader, found)]
    names = once(names)
    names += [
        span
        for span in list(Rosters(reader, names, found).all())
        if reading.low[span.start : span.end].replace("-", " ") not in famous
    ]
    names = [
        span
        for span in names
        if not reading.low.startswith("pere noel", span.start - 5)
        and not _in_an_address(reading.text, span.start)
        and not is_thing(reading, span)
        and not (
            " " in reading.low[span.start : span.end] and _WORK.search(reading.low, max(0, span.start - 22), span.start)
        )
    ]
    names += _listed(reading, known)
    names += _propagated(reader, names, found)
    names = once(names)
    names = [whole_person(reading, whole_name(reading, reader.bits, span)) for span in names]
    found += _completed(names, reader)
    found += dates_after_names(reading, names)
    found += homes_after_names(reading, names)
    found += find_homes_in_words(reading, names, [span for span in found if span.label == "CADASTRE"])
    found += find_said_places(reading, names, [span for span in found if span.label == "ADRESSE"])
    found = [
        whole_address(reading, whole_reference(reading, _to_the_word(reading, span)))
        for span in found
        if not is_ordinary(reading.low, span)
        and not is_not_file(reading, span)
        and not of_business(reading, span, names)
        and not is_of_a_thing_or_a_service(reading, span, names)
        and (span.label != "ADRESSE" or not (is_service(reading.low, span.start) or is_nowhere(reading.low, span)))
    ]
    if of_nobody(reading, found):
        found = [span for span in found if span.label != "REF_DOSSIER" or is_always_a_file(span)]
    settled = joined_names(reading, without_overlap(without_inner(_but_sure_numbers(found))))
    people = [span for span in settled if span.label == "NOM"]
    alerts = list(find_sensitive(reading, people))
    if alerts:
        settled = without_doubtful_homes(reading.text, settled, alerts)
        settled = without_what_is_told(reading.text, settled, alerts)
        settled = one_per_passage(reading.low, without_overlap([*settled, *alerts]))
    if known.ignored:
        settled = [
            s for s in settled if s.label in ALERTS or fold_value(reading.text[s.start : s.end]) not in known.ignored
        ]
    result = []
    for span in settled:
        start, end = _trimmed(reading.text, span.start, span.end)
        if start < end:
            start, end = normal.original(start, end)
            result.append(Span(start, end, span.label, span.level, span.reason))
    return result


# « un roman de Georges Sand »: whoever wrote it is no user of the mairie.
_WORK = re.compile(
    r"(?<![a-z])(?:romans?|albums?|films?|(?:o|œ)e?uvres?|pieces? de theatre|symphonie|recueil|poemes?|contes?"
    r"|documentaire|sculptures?|tableaux?|toiles?|chansons?) (?:de |d')$"
)


def _in_an_address(text: str, start: int) -> bool:
    """Is it a word of what follows the sign « @ » (« urbanisme@saintgeniez.fr »)?"""
    sign = text.rfind("@", max(0, start - 40), start)
    return sign > 0 and text[sign - 1].isalnum() and not any(character.isspace() for character in text[sign:start])


def _to_the_word(reading: Reading, span: Span) -> Span:
    """An address up to the end of its last word, where a scanner put a figure in it: « Lava1 »."""
    end = span.end
    if span.label == "ADRESSE" and reading.low[end - 1].isalpha():
        while end < len(reading.low) and end - span.end < 8 and reading.low[end].isalnum():
            end += 1
    return span if end == span.end else Span(span.start, end, span.label, span.level, span.reason)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _but_sure_numbers(spans: list[Span]) -> list[Span]:
    """Without the references that swallow a number known by its own form: « suivi par Mme Roux 06 39 98 41 07 »."""
    sure = sorted((s.start, s.end) for s in spans if s.label in _SURE_FORMS and s.level == "masquer")

    def swallows(span: Span) -> bool:
        place = bisect_left(sure, (span.start, 0))
        return place < len(sure) and sure[place][1] <= span.end

    return [s for s in spans if s.label != "REF_DOSSIER" or s.level != "verifier" or not swallows(s)]


_INITIAL_AFTER = re.compile(r" [b-z]\.(?=[\s,;)]|$)")
_FIRST_AFTER = re.compile(r" \([A-ZÀ-Þ][a-zà-ÿ'’-]{2,20}\)")
_INITIAL_BEFORE = re.compile(r"(?<![\w'.])[^\W\d_]\. ?(?:-? ?[^\W\d_]\. ?)?$")


def _completed(names: list[Span], reader: NameReader) -> list[Span]:
    """Names up to their true borders: an initial or a capitalised particle before, a scanner's digit inside a word."""
    reading = reader.reading
    text, bits = reading.text, reading.bits
    found = []
    for span in names:
        start, end = span.start, span.end
        while end < len(text) and (text[end].isalnum() and text[end - 1].isalnum()) and end - span.end < 20:
            end += 1
        index = reading.index_from(start)
        while (
            index and bits[index - 1] & PARTICLE and bits[index - 1] & CAPITAL and reading.gap(index - 1) in (" ", "'")
        ):
            word = reading.low_word(index - 1)
            shapeless = reader.shapeless(index - 1)
            begun = word in ("le", "la", "de", "du") and surname_first(reading, index)
            if (
                shapeless
                or (word in ("l", "la", "les", "d") and bits[index] & KNOWN and not begun)
                or (
                    word
                    not in ("le", "la", "el", "ben", "van", "da", "dos", "de", "du", "o", "n", "d", "al", "von", "di")
                )
            ):
                break
            if (
                reader.sentence_start(index - 1)
                and not bits[index - 1] & UPPER
                and word in ("le", "la", "les", "l", "de", "du", "d")
                and not begun
            ):
                break
            index -= 1
            start = reading.starts[index]
        initial = _INITIAL_BEFORE.search(text, max(0, start - 8), start)
        if initial and initial[0][0].lower() != "m":
            start = initial.start()
        elif initial is None or initial[0][0].lower() == "m":
            previous = index - 1
            if (
                previous >= 0
                and reader.shapeless(index)
                and reading.gap(previous) == " "
                and len(reading.words[previous]) > 3
            ):
                bit = bits[previous]
                if (
                    not bit & (KNOWN | PLACE | ORGANISATION | FIRST)
                    and reading.words[index] != reading.words[previous]
                    and bits[index] & SURNAME
                    and not bits[index] & KNOWN
                ):
                    start = reading.starts[previous]
        more = _INITIAL_AFTER.match(reading.low, end) if reading.lower_case else _FIRST_AFTER.match(text, end)
        if more and (reading.lower_case or bits[min(reading.index_from(end), len(bits) - 1)] & FIRST):
            end = more.end()
        found.append(Span(start, end, span.label, span.level, span.reason))
    return found


def _listed(reading: Reading, known: LocalList) -> list[Span]:
    """What the collectivité's own list names, wherever it stands."""
    if not known.values:
        return []
    longest = max(value.count(" ") for value in known.values) + 1
    heads = {value.split(" ", 1)[0] for value in known.values}
    found = []
    count = len(reading)
    for index in range(count):
        if reading.low_word(index) not in heads:
            continue
        for stop in range(min(count, index + longest), index, -1):
            piece = reading.low[reading.starts[index] : reading.ends[stop - 1]]
            label = known.values.get(fold_value(piece))
            if label is None or (
                stop == index + 1 and reading.bits[index] & KNOWN and not reading.bits[index] & CAPITAL
            ):
                continue
            found.append(
                Span(reading.starts[index], reading.ends[stop - 1], label, "masquer", "liste de la collectivité")
            )
            break
    return found


_OF_TOWNS = frozenset(("saint", "sainte", "saints", "ste", "notre", "dame"))


def _parts_of(spans: Iterable[Span], reading: Reading) -> dict[str, int]:
    """Folded words of the names found with certainty, for propagation: word → its bits."""
    words: dict[str, int] = {}
    for span in spans:
        if span.label != "NOM":
            continue
        index = reading.index_from(span.start)
        while index < len(reading) and reading.ends[index] <= span.end:
            bit = reading.bits[index]
            if (
                len(reading.words[index]) > 2
                and not bit & EMPTY
                and not (bit & PARTICLE and not bit & CAPITAL)
                and reading.low_word(index) not in _OF_TOWNS
            ):
                words[reading.low_word(index)] = bit
            index += 1
    return words


def _propagated(reader: NameReader, names: list[Span], others: list[Span]) -> list[Span]:
    """Other mentions of the people found with certainty: surname alone, first name alone, without the civility."""
    reading = reader.reading
    words = _parts_of([span for span in names if span.level == "masquer"], reading)
    # A less certain name spreads only its words that mean nothing else.
    doubtful = _parts_of(
        [span for span in names if span.level == "verifier" and " " in reading.text[span.start : span.end]], reading
    )
    words |= {word: bit for word, bit in doubtful.items() if not bit & KNOWN and word not in words}
    for span in others:
        if span.label == "EMAIL":
            index = reading.index_from(span.start)
            stop = reading.low.find("@", span.start, span.end)
            while index < len(reading) and reading.ends[index] <= stop:
                word = reading.low_word(index)
                if len(word) > 3 and not reading.bits[index] & KNOWN:
                    words.setdefault(word, reading.bits[index])
                index += 1
    if not words:
        return []
    taken = {
        index for span in names for index in range(reading.index_from(span.start), reading.index_at(span.end - 1) + 1)
    }
    found = []
    for index, bit in enumerate(reading.bits):
        if index in taken:
            continue
        word = reading.low_word(index)
        if word not in words:
            continue
        capital = bit & CAPITAL and not reader.shapeless(index)
        if bit & KNOWN and not (bit & FIRST and not bit & COMMON):
            # « Petit », « Boulanger »: only where a capital cannot be that of a sentence.
            beside = index and index - 1 in taken and reading.gap(index - 1) == " " and bit & UPPER
            if not beside and (not capital or reader.sentence_start(index)):
                continue
        elif not capital and not reader.shapeless(index) and len(word) < 4:
            continue
        if reader.blocked(index):
            continue
        found.append(reader.span(index, index + 1, "verifier", "nom déjà rencontré dans le texte"))
    return _merged(found, reading)


def _merged(spans: list[Span], reading: Reading) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and reading.text[merged[-1].end : span.start] in (" ", "-"):
            merged[-1] = Span(merged[-1].start, span.end, "NOM", span.level, span.reason)
        else:
            merged.append(span)
    return merged
