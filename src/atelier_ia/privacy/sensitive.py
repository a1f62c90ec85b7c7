"""Health data and the other data of RGPD articles 9 and 10, said of somebody: they raise an alert.

A word alone (« handicap », « religion ») is ordinary administrative prose; what is sensitive is a word and a person in
the same sentence. Replacing such words would not protect anyone, so a person decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from atelier_ia.privacy.lexicon import CAPITAL, FIRST, KNOWN, ORGANISATION, PLACE, SURNAME, word_list
from atelier_ia.privacy.nobody_told import NobodyTold
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.said_of_no_one import is_general, is_of_a_thing
from atelier_ia.privacy.sensitive_patterns import (
    FORM,
    HEALTH,
    HEALTH_PHRASE,
    HEALTH_WEAK,
    INSTITUTION,
    NOT_PERSONAL,
    SELF,
    SENSITIVE,
    SENSITIVE_PHRASE,
    SOMEBODY,
)
from atelier_ia.privacy.sounds import heard
from atelier_ia.privacy.spans import Label, Span
from atelier_ia.privacy.telling_phrases import WAKERS, phrases_at, widened
from atelier_ia.privacy.wordlists import words


def find_sensitive(reading: Reading, people: Sequence[Span]) -> Iterator[Span]:
    """Alerts of `reading`; `people` are the names already found, sorted by start."""
    low = reading.low
    starts = [span.start for span in people]
    nobody = NobodyTold(reading, people)
    health, sensitive = _cache_health, _cache_sensitive
    done = quiet = -1
    bits, begins = reading.bits, reading.starts
    for index, word in enumerate(reading.low_words):
        if health.get(word) is False and not sensitive[word] and bits[index] & _READABLE and word not in WAKERS:
            continue  # most words of a text: known, and telling nothing
        start = begins[index]
        label: Label
        if word in WAKERS:
            for told in phrases_at(low, start, reading.ends[index]):
                if is_general(low, told.start, told.label) or is_of_a_thing(low, told.start, told.end):
                    continue
                if (
                    told.alone
                    or (0 < done <= told.start < done + _CLOSE and _SENTENCE.search(low, done, told.start) is None)
                    or _of_somebody(low, told.start, told.end, told.label, people, starts)
                ):
                    if nobody(told.start, told.end):
                        quiet = told.end
                        continue
                    begin, done = _within(low, told.start, told.end, people, starts)
                    yield Span(begin, done, told.label, "alerte", _REASONS[told.label])
                    break
        if (
            word == "avc"
            and reading.words[index] != "AVC"
            and not low.endswith(("un ", "l'", "d'", "on ", "et "), 0, start)
        ):
            continue  # « avc » for « avec »
        if word == "sourde" and low.startswith(" oreille", reading.ends[index]):
            continue
        wakes = health.get(word)
        if wakes is None:
            if len(health) > 100_000:
                health.clear()
                sensitive.clear()
            plain = word.replace("œ", "oe")
            wakes = health[word] = plain in HEALTH_WORDS or HEALTH.fullmatch(plain) is not None
            sensitive[word] = (
                SENSITIVE.fullmatch(plain.removesuffix("s")) is not None or SENSITIVE.fullmatch(plain) is not None
            )
        if wakes:
            label = "SANTE"
        elif sensitive[word]:
            label = "SENSIBLE"
        else:
            told_aloud = None if reading.bits[index] & _READABLE else _aloud(reading, index)
            if (
                told_aloud
                and _of_somebody(low, start, reading.ends[index], told_aloud, people, starts)
                and not nobody(start, reading.ends[index])
            ):
                yield Span(start, reading.ends[index], told_aloud, "alerte", _REASONS[told_aloud])
            continue
        if start < done:
            continue
        end = reading.ends[index]
        if label == "SANTE" and HEALTH_WEAK.fullmatch(word):
            phrase = HEALTH_PHRASE.match(low, start) or HEALTH_PHRASE.match(
                low, low.rfind(" ", 0, max(0, start - 1)) + 1
            )
            if phrase is None and not _POSSESSED_STATE.search(low, max(0, start - 7), end):
                continue
            end = max(end, phrase.end()) if phrase else end
        elif label == "SENSIBLE":
            phrase = None
            for back in (0, 1, 2, 3):
                begin = reading.starts[max(0, index - back)]
                phrase = SENSITIVE_PHRASE.match(low, begin)
                if phrase and phrase.end() > start:
                    break
                phrase = None
            if phrase is None:
                continue
            end = max(end, phrase.end())
        if (
            is_general(low, widened(low, start, end)[0], label)
            or is_general(low, start, label)
            or not (
                (0 < done <= start < done + _CLOSE and _SENTENCE.search(low, done, start) is None)
                or _of_somebody(low, start, end, label, people, starts)
            )
        ):
            continue
        if (0 < quiet <= start < quiet + _CLOSE and _SENTENCE.search(low, quiet, start) is None) or nobody(start, end):
            quiet = end  # what a list goes on with is told of nobody either
            continue
        start, done = _within(low, start, end, people, starts)
        yield Span(start, done, label, "alerte", _REASONS[label])
    for match in reading.woken(_FORM_WAKERS, FORM):
        before = low[max(0, match.start() - 6) : match.start()].rstrip(" \t>*-•")
        apart = low.endswith("  ", 0, match.start())
        if before and before[-1] not in "\n|;,." and not apart:
            continue
        value = match[0].partition(":")[2] or match[0].partition("?")[2]
        if match[0].startswith("regime") and _OF_INSURANCE.search(value):
            continue
        if "☐" in match[0] or (match[0].startswith("vaccin") and _UP_TO_DATE.search(match[0])):
            continue
        if re.match(r" ?(?:non|neant|aucune?|ras|n/a|sans objet|/)", value) or NOT_PERSONAL.search(match[0]):
            continue
        if INSTITUTION.search(low[max(0, match.start() - 40) : match.start()]):
            continue
        label = (
            "SENSIBLE"
            if re.match(r"repas|menu|religion|confession|syndicat|appartenance|casier|situation judiciaire", match[0])
            else "SANTE"
        )
        if value.strip() and not nobody(match.start(), match.end()):
            begin, end = _after_names(low, match.start(), match.end(), people, starts)
            yield Span(begin, end, label, "alerte", "renseignement d'un formulaire")


# Words that are read as they are written.
_READABLE = KNOWN | FIRST | SURNAME | PLACE | ORGANISATION


def _aloud(reading: Reading, index: int) -> Label | None:
    """What a word that no list knows, without a capital, tells when read aloud: « muzulmane »."""
    if reading.bits[index] & CAPITAL and not reading.upper_case:
        return None
    return heard(reading.low_words[index])


_FORM_WAKERS = words("sensitive_form_words")
_REASONS: dict[Label, str] = {
    "SANTE": "santé d'une personne",
    "SENSIBLE": "donnée sensible (RGPD, articles 9 et 10)",
}


def _within(low: str, start: int, end: int, people: Sequence[Span], starts: list[int]) -> tuple[int, int]:
    """The whole telling phrase, which stops at the names around it; of a phrase that holds a name, its longer side."""
    inside = bisect_left(starts, start)
    while inside < len(people) and people[inside].start < end:
        if people[inside].start - start >= end - people[inside].end:
            end = people[inside].start
            break
        start = people[inside].end
        inside += 1
    while start < end and low[start] in " ,:;(":
        start += 1
    begin, stop = widened(low, start, end)
    following = bisect_left(starts, start)
    if following < len(people):
        stop = max(end, min(stop, people[following].start))
    if following:
        begin = min(start, max(begin, people[following - 1].end))
    return begin, stop


def _after_names(low: str, start: int, end: int, people: Sequence[Span], starts: list[int]) -> tuple[int, int]:
    """The field `start:end`, from the last name that it holds: « Repas de Nolan : halal » tells it after the name."""
    last = bisect_left(starts, end) - 1
    if last < 0 or not start < people[last].end < end or not re.search(r"[a-z]{3}", low[people[last].end : end]):
        return start, end
    start = people[last].end
    while low[start] in " ,:;()":
        start += 1
    return start, end


# What stands this close after an alert, in the same sentence, is said of the same person (characters between them).
_CLOSE = 12
HEALTH_WORDS = word_list("sante")
_cache_health: dict[str, bool] = {}
_cache_sensitive: dict[str, bool] = {}


_OF_INSURANCE = re.compile(
    r"(?<![a-z])(?:caf|msa|general|cnracl|ircantec|social|indiciaire|micro|matrimonial|communaute)(?![a-z])"
)
_UP_TO_DATE = re.compile(r"a jour(?: ?: ?oui| ?$)")


def _is_own(low: str, start: int, left: str) -> bool:
    """Does « mon », « son », « c'est un », « absente pour » stand right before? (« son traitement » is a salary.)"""
    told = low.startswith(("conge de longue", "conge de grave", "conge longue"), start)
    return _OWN.search(left) is not None and (told or not low.startswith(_OF_EVERYBODY, start))


_OF_EVERYBODY = (
    "traitement",
    "empreinte",
    "conge",
    "sante",
    "religion",
    "syndicat",
    "medic",
    "arret",
    "accident",
    "vote",
)

_SENTENCE = re.compile(r"(?<!\bm)(?<!\bmr)(?<!\bdr)(?<!\bme)(?<!\bmme)[.!?] |\n\s*\n|\n(?=[-•*])")
_SHOWS = re.compile(
    r"(?:(?<![a-z])(?:il|elle|qui)|,) (?:presente|a|souffre|fait|subit|connait|montre|developpe|avait|presentait) "
    r"(?:\w+ )?$"
)
# « son cancer », « c'est un gitan », « absente vendredi pour l'Aïd », « motif de l'absence : hernie discale »
_OWN = re.compile(
    r"(?<![a-z])(?:mon|ma|mes|ton|ta|tes|son|sa|ses|leurs?|notre|nos|votre|vos|c'est (?:une?|des)(?: \w+)?) $"
    r"|(?:^|[\n;|:,] ?|- )(?:absente?s?|excusee?s?|indisponible|declaree?s?|motif)(?: (?:de |d'"
    r"|de l')?\w+){0,4}? ?[:(]? ?$"
)
# « son traitement », but neither « 90 % de son traitement » (a salary) nor « ma psychologue » (somebody else).
_POSSESSED_STATE = re.compile(
    r"(?<![a-z])(?<!% de )(?<!moitie de )(?<!tout )(?:mon|ma|mes|son|sa|ses|notre) "
    r"(?!psychologue|diagnosti|kine|orthophoniste|fauteuil(?!s? (?:roulant|electrique))|traitement (?:est vers|brut"
    r"|net|indiciaire|mensuel|sera vers))[a-z]"
)
_STATED = re.compile(r"(?:je|j'ai|suis|est|mon|ma|son|sa|a la|en) (?:[a-z]+ )?$")
# « m'a prescrit un arrêt, puis de la kinésithérapie »: what stands before is no institution.
_CARED = (
    *("puis de la ", "besoin de la ", "suit de la ", "fait de la ", "fais de la ", "prescrit de la ", "et de la "),
    *("suite a des ", "victime de ", "subi des ", "a cause des ", "fui des ", "fui les "),
)
_POSSESSED = re.compile(r"(?<![a-z])(?:mon|ma|mes|son|sa|ses) ")


def _of_somebody(low: str, start: int, end: int, label: Label, people: Sequence[Span], starts: list[int]) -> bool:
    """Is a person spoken of in the sentence around `start:end`?"""
    left_bound = max(0, start - 150)
    sentence_start = left_bound
    for mark in _SENTENCE.finditer(low, left_bound, start):
        sentence_start = mark.end()
    stop = _SENTENCE.search(low, end, min(len(low), end + 90))
    sentence_end = stop.start() if stop else min(len(low), end + 90)
    left = low[sentence_start:start]
    if INSTITUTION.search(left) and not _STATED.search(left[-12:]) and not left.endswith(_CARED):
        near = low[max(sentence_start, start - 60) : end]
        first = bisect_left(starts, start - 60)
        named = first < len(people) and people[first].start < start
        after = bisect_left(starts, end)
        named = named or (after < len(people) and low[end : people[after].start] in (" de ", " d'", " pour ", " : "))
        named = named or low.startswith((" de mon ", " de ma ", " de mes ", " de notre ", " de nos "), end)
        if not named and not SELF.search(near) and not _SHOWS.search(near):
            return False
    sentence = low[sentence_start:sentence_end]
    if NOT_PERSONAL.search(sentence) and not re.search(r"(?<![a-z'])(?:je|j'|mon|ma)(?![a-z])", left):
        return False
    if (
        _POSSESSED.search(low, start, end)
        or _is_own(low, start, left)
        or SELF.search(sentence)
        or SOMEBODY.search(sentence)
    ):
        return True
    first = bisect_left(starts, sentence_start)
    if first < len(people) and people[first].start < sentence_end:
        return True
    # Telegraphic files: « Demandeur : SYLLA Mamadou. Reconnu travailleur handicapé, ALD depuis 2021. »
    nearest = people[first - 1].end if first else -1
    if nearest >= 0 and start - _FILE <= nearest and "\n\n" not in low[nearest:start]:
        return True
    if _in_record(low, start, people, starts):
        return True
    return label == "SANTE" and _in_letter(low, start, end, people, starts)


# « Agent : DIALLO Aminata », « Nom : LECOMTE »: a record is of one person, whatever its headings and empty lines.
_RECORD = re.compile(
    r"(?:^|\n)[ *#>-]*(?:[^\n:|;\t]{0,24} )?(?:agent(?: evaluee?)?|noms?(?: et prenoms?| prenoms?)?|salariee?"
    r"|patiente?|enfant|eleve"
    r"|beneficiaire|residente?|usagere?|interessee?|victime|demandeu(?:r|se)|assuree?|stagiaire|candidate?"
    r"|personne concernee) ?: ?(?=[^\n]{2})"
)
_RECORD_LENGTH = 2_000  # characters of a record
_FIELD = 40  # of a field, in which its name stands


def _in_record(low: str, start: int, people: Sequence[Span], starts: list[int]) -> bool:
    """Does `start` stand in a record whose field names one person?"""
    ends = [field.end() for field in _RECORD.finditer(low, max(0, start - _RECORD_LENGTH), start)]
    if not ends:
        return False
    named = bisect_left(starts, ends[-1])
    return named < len(people) and people[named].start < min(start, ends[-1] + _FIELD)


# A file told in short sentences, without an empty line, is of one person over this many characters.
_FILE = 600
_SUBJECT = re.compile(r"[ *#>-]*(?:objet|obj|sujet|motif|concerne|re|tr) ?: ?[^\n]{0,80}$")
_WRITER = re.compile(r"(?<![a-z])(?:je|j'|j'ai|mon|ma|mes)(?![a-z])")


def _in_letter(low: str, start: int, end: int, people: Sequence[Span], starts: list[int]) -> bool:
    """Is it the subject of a letter that then speaks of somebody, or told by who writes « je soussigné »?"""
    if low.rfind("je soussign", max(0, start - 900), start) >= 0:
        return True
    if not _SUBJECT.match(low, low.rfind("\n", 0, start) + 1, start):
        return False
    after = bisect_left(starts, end)
    return (after < len(people) and people[after].start < end + 300) or _WRITER.search(low, end, end + 350) is not None
