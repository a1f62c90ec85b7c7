"""Notes of a sitting, in any shape, laid out one point per line: « Délibération n° 60 : DM n° 3 : 23 pour, … ».

Tables, series of numbers (« D60 », « 2028/14 », « 1 emprunt ») and dictation without marks are brought to that one
form, which `sitting.py` reads. Nothing is dropped here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from atelier_ia.assistant.simulator.agenda import KIND, ORDINAL
from atelier_ia.assistant.simulator.french import upper_first
from atelier_ia.assistant.simulator.sitting_clauses import titles_apart
from atelier_ia.assistant.simulator.sitting_lines import parted_by_dashes, pointed
from atelier_ia.assistant.simulator.sitting_numbers import numbered_apart
from atelier_ia.assistant.simulator.sitting_paragraphs import paragraphed
from atelier_ia.assistant.simulator.spelled import SPELLED, in_figures
from atelier_ia.assistant.simulator.vote_marks import announced, recounted, written_out
from atelier_ia.assistant.simulator.votes import tells_result
from atelier_ia.assistant.words import fold

DICTATED = 30  # words for one mark, from which a line is dictation
_STEP = 5  # the most that one number of a series exceeds the one before

_NUMBERED = re.compile(
    r"^\s*(?:[-–—*•·>]\s*)?(?P<word>(?:[A-Z]{1,4}-(?=\d{4}-)|[^\W\d_]{1,14}\.?\s*)?(?:n\s?°\s?|n°|no\.?\s|num[ée]ro\s|#)?)"
    r"(?P<number>(?:\d{2,4}\s?[-/.]\s?)?\d{1,4})(?P<sep>\s*[.)°:–—|/=-]+\s*"
    r"|\s+(?=[^\W\d_]))(?P<title>[«\"“]?\s?[^\W\d_].*)$"
)
_RANKED = re.compile(
    r"^\s*(?:[-–—*•·>]\s*)?(?P<rank>[IVX]{1,5}|[a-h]|[A-H])\s*(?:[.)°:–—-]+\s+|\)\s*)(?P<title>[«\"“]?\s?[^\W\d_].*)$"
)
_ROMAN = {"I": 1, "V": 5, "X": 10}
_UNIT = re.compile(
    r"^(?:h\b|heures?\b|pr[ée]sents?|pouvoirs?|procurations?|absents?|excus[ée]|voix|pour|contre|abst|conseill|membres"
    r"|[ée]lus?\b|janvier|f[ée]vrier|mars\b|avril|mai\b|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre|%|€"
    r"|euros?|places|enfants)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"^(?:d[ée]lib\w*|points?|pts?|pt|rapports?|dossiers?|affaires?|aff|questions?|q|d|r|objet|sujet)\b"
)
_HEADER = re.compile(
    r"\b(?:objet|intitule|deliberation|titre|point|affaire|discussion|debats?|pour|contre|abst\w*|resultat|vote|decision|sens)\b"
)
_LEAD = r"(?:(?:et|alors|donc|bon|ensuite|apr[èe]s|puis|voil[àa]|maintenant)\s+)*(?:(?:le|la|les|au|à la)\s|l['’])?"
_TURN = re.compile(
    rf"\s+(?=(?P<turn>{_LEAD}(?:(?:{ORDINAL})\s+{KIND}\b|(?:{ORDINAL})\s+(?:c['’](?:est|était)|concerne|(?:l[ea]s?"
    rf"|une?)\s+[a-zà-ÿ]{{4,}} d)"
    rf"|{KIND}\s+(?:n°\s?|num[ée]ro\s+)?(?:\d|suivante?\b|{SPELLED})"
    rf"|(?<=ensuite )(?!(?:le|la|on)\b)|(?:pour (?:finir|terminer)|en dernier|pour commencer)\b"
    rf"|(?:on|nous)\s+(?:est\s+)?pass(?:e|ons|[ée]s?)\s+(?:aux?\b|à l)|(?<=la )question d[eu]s?\b"
    rf"|(?<=la )s[ée]ance est (?:lev|clos|ouvert)|(?<=l[ea] )secr[ée]taire (?:est|sera)\b"
    rf"|(?:c['’]est )?(?:fini|termin[ée]|lev[ée]e?) [àa]\b)|voil[àa] (?:fini|c['’]est|je|merci|bis|à )"
    rf"|(?:et\s+)?(?:ensuite|apr[èe]s [çc]a|puis|enfin)\s+(?:le|la|les|une?|on a|l['’])))(?P=turn)",
    re.IGNORECASE,
)
_VOTED = re.compile(
    r"(?<=adopt[ée])\s+(?!(?:[àa]|par|en|avec|sans|sous)\b)|(?<=adopt[ée]e)\s+(?!(?:[àa]|par|en|avec|sans|sous)\b)"
    r"|(?<=unanimit[ée])\s+(?!(?:moins|des|et\s+adopt)\b)|(?<=reporté)\s+(?!(?:[àa]|au|en|par|sine|de|d['’])\b)"
    r"|(?<=reportée)\s+(?!(?:[àa]|au|en|par|sine|de|d['’])\b)|(?<=pris acte)\s+(?!d)|(?<=prend acte)\s+(?!d)",
    re.IGNORECASE,
)
_AFTER_VOTE = re.compile(
    r"(?P<end>\b(?:unanimit[ée]|pour|contre|abstentions?|adopt[ée]e?|report[ée]e?|retir[ée]e?|acte"
    r"|vote))\s+(?=apr[èe]s\s+(?:la|le|les|l['’]))"
)
_AMOUNT = re.compile(rf"(?P<count>{SPELLED})(?=\s+(?P<unit>euros?|m[èe]tres|hectares|pour cent|m²))", re.IGNORECASE)
_PRICE = re.compile(rf"(?P<euros>{SPELLED})\s+euros?\s+(?P<cents>{SPELLED})(?!\s+\w*(?:abst|pour|contre|voix))", re.I)


_SPEAKER = re.compile(
    r"^\s*\[(?:LOC|LOCUTEUR|SPK|SPEAKER|INT|INTERVENANT|VOIX)[ _-]?(\w{1,3})\]\s*:?\s*", re.IGNORECASE
)
# « ensuite le columbarium, tout le monde est d'accord ? »: the matter, then the call.
_CALLED = re.compile(
    r",\s*(?P<call>(?:tout le monde (?:est )?d['’]accord|des (?:questions|remarques)|pas d['’]opposition"
    r"|qui (?:est|vote) (?:pour|contre)"
    r"|vous êtes d['’]accord)[^.?!\n]{0,20}\?)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^\s*\((?:enregistrement|transcription|audio|extrait|suite)[^)\n]{0,40}\)\s*(?=\S)", re.IGNORECASE
)
_OBJECT = re.compile(
    r"^\s*(?:[-–—*•·>]\s*)?(?=(?:approbation|adoption|arr[êe]t) (?:du|des) (?:pv|proc[èe]s|compte)|PV\b|v[oœ]e?u\b"
    r"|motions?\b|information\b|infos?(?:\s(?:du\s|de la\s)?(?:maire|municipalité|mairie))?\s*:"
    r"|questions? (?:diverses?|orales?|[ée]crites?)|qd\b|q\.d\."
    r"|d[ée]cisions du maire)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\s*[;,]\s*(?:puis\s+|et\s+)?l['’]ensemble\b")
_KINDRED = re.compile(rf"(?P<kind>\b{KIND}\s+(?:n°\s?|num[ée]ro\s+)?)(?P<number>{SPELLED})", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    """A line that begins with a number."""

    place: int
    word: str
    number: str
    title: str
    bare: bool  # nothing but a space between the number and what follows
    letters: str = ""  # of a number such as « D26-31 »

    @property
    def rank(self) -> int:
        """The number within its year."""
        return int(re.split(r"\D+", self.number)[-1])


def votes_written(text: str, voters: int) -> str:
    """`text` with its votes and amounts in figures, its tables of votes told row by row; the roll is left as it is."""
    lines = _tabled(text.replace("\r\n", "\n").split("\n"))
    lines = [
        _CALLED.sub(
            lambda call: f". {upper_first(call['call'])}", _SPEAKER.sub(r"Locuteur \1 : ", _LABELLED.sub("", line))
        )
        for line in lines
    ]
    # « décision modificative numéro deux, seize pour »: the number is none of the votes.
    lines = [re.sub(r"\bmajorité abs\b\.?", "majorité absolue", line) for line in lines]
    lines = [_SAID_NUMBER.sub(lambda match: f"n° {in_figures(match['number'])},", line) for line in lines]
    lines = [line if _roll(line) else written_out(line, voters) for line in lines]
    return "\n".join(_WHOLE.sub(". L'ensemble", _in_figures(line)) for line in lines)


def laid_out(text: str) -> str:
    """`text`, its votes written out, with one point per line."""
    return "\n".join(
        titles_apart(parted_by_dashes(_dictated(line)))
        for line in _amended(_untold(_dashed(_series(pointed(paragraphed(numbered_apart(text).split("\n")))))))
    )


DASHED = 3  # lines « matter - how it ended », from which each is a point
_DASHED = re.compile(r"^\s*(?P<title>[^\W\d_][^:\n]{3,90}?)\s+[-–—]\s+(?P<told>.+)$")


def _dashed(lines: list[str]) -> list[str]:
    """« Règlement - reporté à juin », told so line after line → « - Règlement : reporté à juin »."""
    told = [match for line in lines if (match := _DASHED.match(line)) and tells_result(match["told"])]
    if len(told) < DASHED:
        return lines
    ends = re.compile(r"\s+[-–—]\s+")
    return [
        f"- {match['title']} : {ends.sub(', ', match['told'])}"
        if (match := _DASHED.match(line)) and not _roll(line)
        else line
        for line in lines
    ]


_SAID_NUMBER = re.compile(
    r"\bnum[ée]ro\s+(?P<number>une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\b(?=\s+\w)", re.IGNORECASE
)


def _in_figures(line: str) -> str:
    """A line with its amounts and the numbers of its points in figures."""
    line = _KINDRED.sub(lambda match: match["kind"] + in_figures(match["number"]).split()[0], line)
    return amounts_in_figures(line)


def amounts_in_figures(text: str) -> str:
    """« mille deux cents euros » → « 1 200 euros », « deux euros cinquante » → « 2,50 euros »."""
    text = _PRICE.sub(lambda match: f"{_spaced(match['euros'])},{int(in_figures(match['cents'])):02d} euros", text)
    text = _AMOUNT.sub(lambda match: _spaced(match["count"]), text)
    return re.sub(r"(?<=\d) pour cent\b", " %", text)


def _spaced(spelled: str) -> str:
    told = in_figures(spelled)
    return f"{int(told):,}".replace(",", " ") if told.isdigit() else spelled


def _roll(line: str) -> bool:
    """Does a line say who sat, whose figures count no vote?"""
    return bool(re.search(r"\bpres(?:\.|ents?\b)|\bpouv(?:oirs?)?\b|\bproc\b|\bexcus", fold(line))) and not re.search(
        r"\bpour\b|\bcontre\b|\bunan", fold(line)
    )


def _tabled(lines: list[str]) -> list[str]:
    """The rows of a table of votes, each told as a sentence: its number, its object, its counts, how it ended."""
    found: list[str] = []
    columns: list[str] = []
    for line in lines:
        mark = "|" if "|" in line else "\t" if "\t" in line else ";"
        cells = [cell.strip() for cell in (line.strip().strip("|") if mark == "|" else line.strip()).split(mark)]
        if len(cells) < 3 or re.fullmatch(r"[\s|:-]+", line):
            if not re.fullmatch(r"[\s|:-]+", line) or not columns:
                found.append(line)
            continue
        heads = _named_in_full([fold(cell).rstrip(".") for cell in cells])
        if sum(bool(_HEADER.search(head)) for head in heads) >= 2 and not any(re.search(r"\d", head) for head in heads):
            columns = heads
        elif columns and len(cells) == len(columns):
            found.append(_row(columns, cells))
        else:
            found.append(line)
    return found


def _named_in_full(heads: list[str]) -> list[str]:
    """« p | c | abs » → « pour | contre | abstention », where at least two of them stand together."""
    full = {"p": "pour", "c": "contre", "a": "abstentions", "abs": "abstentions", "abst": "abstentions"}
    return [full.get(head, head) for head in heads] if sum(head in full for head in heads) >= 2 else heads


def _row(columns: list[str], cells: list[str]) -> str:
    number, talked = "", False
    told: list[str] = []
    counts: list[str] = []
    for head, cell in zip(columns, cells, strict=True):
        if not re.search(r"\w", cell):
            continue
        if not number and re.search(r"^n\W?|\bnum|\bdelib|^#", head) and re.match(r"\W*\w{0,3}\s?\d", cell):
            number = cell
        elif re.search(r"\bpour\b|\bcontre\b|\babst|\bblanc|\bnul", head) and re.fullmatch(r"\d{1,3}", cell):
            counts.append(f"{cell} {head.rstrip('.')}")
        elif told and re.search(r"^(?:discuss|debat|intervention|echange|teneur|observation|remarque|expose)", head):
            told[-1] = f"{told[-1]}. {upper_first(cell.rstrip('.'))}"
            talked = True
        else:
            if counts:
                told.append(", ".join(counts))
                counts = []
            told.append(cell)
    told += [", ".join(counts)] if counts else []
    head = re.sub(r"^\D*(?=\d)", "", number)
    if talked and len(told) > 1:
        told = [f"{told[0]}. {upper_first(' : '.join(told[1:]))}"]
    return f"Délibération n° {head} : {' : '.join(told)}." if head else f"- {' : '.join(told)}."


def _series(lines: list[str]) -> list[str]:
    """Lines that carry a series of numbers, under one mark: « D60 … », « D61 … » → « Délibération n° 60 : … »."""
    groups: dict[str, list[_Line]] = defaultdict(list)
    for place, line in enumerate(lines):
        if ranked := _RANKED.match(line):
            number = str(_rank(ranked["rank"]))
            groups["I" if ranked["rank"].isupper() else "a"].append(
                _Line(place, "", number, ranked["title"], bare=False)
            )
        elif match := _NUMBERED.match(line):
            if _UNIT.match(match["title"]) or _UNIT.match(match["word"].strip()):
                continue
            word = re.sub(r"[^a-z]", "", fold(match["word"]))
            number = re.sub(r"\s", "", match["number"])
            bare = not match["sep"].strip() and not re.search(r"[-/.]", number)
            key = f"{word}/{len(re.split(r'[-/.]', number))}"
            glued = re.fullmatch(r"[A-Z]{1,4}-?", match["word"]) and re.search(r"[-/.]", number)
            groups[key].append(_Line(place, word, number, match["title"], bare, match["word"] if glued else ""))
    lines = list(lines)
    for numbered in groups.values():
        for told in _consecutive(numbered):
            lines[told.place] = f"Délibération n° {told.letters}{told.number} : {told.title}"
    return lines


_MINUTES_OF = re.compile(r"\W*(?:pv|proc[èe]s[- ]verbal)\b", re.IGNORECASE)
_HEAD = re.compile(r"\b(?:pr[ée]sents?\b|pr[ée]s\.|d[ée]but\b|ouvert\w*|s[ée]ance du|secr[ée]taire)", re.IGNORECASE)


HEAD = 2  # lines in which notes say why the council was called
_ONLY = re.compile(r"\bobjet unique\s*:\s*", re.IGNORECASE)


def _untold(lines: list[str]) -> list[str]:
    """Where a series is told, the matters that carry no number of it (« Approbation du PV … », « Vœu … »)."""
    told = sum(bool(re.match(r"\s*[Pp]oint\s+\d", line)) for line in lines)
    if told < 2 and not any(line.startswith("Délibération n° ") for line in lines):
        return lines
    # « PV 4/12, 20 h 35, présents… »: the head of the notes, not the approval of an older one.
    # « Objet unique : le glissement du coteau » above « D1 … », « D2 … »: why the council was called, and no point.
    lines = [_ONLY.sub("Convoqué pour : ", line) if place < HEAD else line for place, line in enumerate(lines)]
    return [
        line
        if place == 0 and (_HEAD.search(line) or (_MINUTES_OF.match(line) and not tells_result(line)))
        else _OBJECT.sub("Objet : ", line)
        for place, line in enumerate(lines)
    ]


def _rank(written: str) -> int:
    """« IV » → 4, « c » → 3."""
    if set(written) <= set(_ROMAN):
        values = [_ROMAN[sign] for sign in written]
        return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return ord(written.lower()) - ord("a") + 1


_ERRATUM = re.compile(
    r"^\W*(?:rectif\w*|erratum|errata|correction|attention|erreur|corrig\w+|au fait"
    r"|ps)\b[^\n]{0,40}?(?:d[ée]lib\w*\.?|point|n°|la|le|l['’])"
    r"\s*(?:n°\s*)?(?P<number>(?:\d{4}[-/])?\d{1,3})\b[^\n]{0,30}?\b(?:lire|c['’](?:est|était)|il (?:y a"
    r"|faut lire)|mettre|plut[ôo]t|:)\s*(?P<said>.+)$",
    re.IGNORECASE,
)


def _amended(lines: list[str]) -> list[str]:
    """« Rectificatif : pour la 12, lire 19 pour et 4 contre » made where it belongs, and no longer told apart."""
    kept = list(lines)
    for line in lines:
        if not (erratum := _ERRATUM.match(line)) or not announced(erratum["said"]):
            continue
        for place, other in enumerate(kept):
            if re.match(rf"Délibération n° (?:\d{{4}}[-/])?0*{erratum['number']} :", other):
                kept[place] = recounted(other, erratum["said"])
                kept.remove(line)
                break
    return kept


def _consecutive(numbered: list[_Line]) -> list[_Line]:
    """The lines of one shape whose numbers go up together; [] when they do not make a series."""
    kept: list[_Line] = []
    for line in numbered:
        if not kept or 0 < line.rank - kept[-1].rank <= (1 if line.bare and not line.word else _STEP):
            kept.append(line)
    named = bool(kept) and bool(_NAMED.match(kept[0].word))
    if len(kept) >= 2 and (named or not kept[0].bare or kept[1].rank == kept[0].rank + 1):
        return kept
    return kept if named and (kept[0].word not in ("q", "r", "d") or len(kept) >= 2) else []


def _dictated(line: str) -> str:
    """A line of dictation, with a break where the matter changes and where a vote ends."""
    words = len(line.split())
    if words < DICTATED or words < DICTATED * len(re.findall(r"[.;!?]", line)):
        return line
    line = _AFTER_VOTE.sub(r"\g<end>\n", _counted_off(line))
    line = _TURN.sub(lambda match: f"\n{match['turn']}", line)
    return ".\n".join(_matter(piece.strip()) for told in line.split("\n") for piece in _pieces(told))


_OFF = re.compile(
    r"\s+(?:(?:et|ensuite|puis|après|alors)\s+)*(?:(?:la|le)\s+)?(?:num[ée]ro\s+)?(?:(?P<year>20\d\d)\s+(?:tiret"
    r"|barre)\s+)?"
    r"(?P<number>\d{1,3})\s+(?:c['’](?:était|est)\s+)?(?:(?:la|le|les)\s+|l['’])?(?=[a-zà-ÿ]{3})",
    re.IGNORECASE,
)
# « …, ah non pour le marché c'est 15 pour, 2 contre »: told at the end, of a point named by one word.
_MEANT = re.compile(
    r"\s+(?:voilà\s+)?(?:ah|euh|oh)\s+non,?\s+pour\s+(?:(?:la|le|les)\s+|l['’])(?P<what>[\w-]+)\s+c['’](?:est|était)\s+"
    r"(?P<said>[^.\n]+)$",
    re.IGNORECASE,
)
SERIES = 3  # numbers that follow one another, from which they count off the points


def _counted_off(line: str) -> str:
    """« la numéro 31 tarif … ensuite 32 règlement … la 33 convention … »: each number of the series opens a point."""
    series: list[re.Match[str]] = []
    for match in _OFF.finditer(line):
        if _UNIT.match(line[match.end() :]):
            continue
        if not series or int(match["number"]) == int(series[-1]["number"]) + 1:
            series.append(match)
        elif len(series) == 1:
            series = [match]
    if len(series) < SERIES:
        return line
    meant = _MEANT.search(line)
    line = line[: meant.start()] if meant and announced(meant["said"]) else line
    for match in reversed(series):
        line = f"{line[: match.start()]}\nDélibération n° {match['number']} : {line[match.end() :]}"
    if not (meant and announced(meant["said"])):
        return line
    return "\n".join(
        recounted(told, meant["said"]) if fold(meant["what"]) in fold(told) else told for told in line.split("\n")
    )


_NEW_MATTER = re.compile(
    rf"^{_LEAD}(?:(?:{ORDINAL})(?!\s+{KIND})|ensuite|apr[èe]s|pour (?:finir|terminer)|en dernier|puis|enfin)\s+"
    r"(?:c['’](?:est|était)\s+|on a (?:voté|parlé|vu|examiné)\s+)?(?P<title>(?:du|de la|des|le|la|les|l['’]|un"
    r"|une)\b.*)$",
    re.IGNORECASE,
)


def _matter(piece: str) -> str:
    """A piece of dictation that opens a matter and tells how it ended, under the mark of a point."""
    opened = _NEW_MATTER.match(piece)
    return f"Objet : {opened['title']}" if opened and tells_result(opened["title"]) else piece


def _pieces(told: str) -> Iterator[str]:
    yield from (piece for piece in _VOTED.split(told) if piece.strip())
