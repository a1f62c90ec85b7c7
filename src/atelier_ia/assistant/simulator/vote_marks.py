"""Counts of a vote, however they are jotted down, written out: « P23 C0 A6 » → « 23 pour, 0 contre, 6 abstentions ».

Also « 18 p / 5 c / 3 abs », « Vote 22 / 0 / 3 », « pour vingt-huit », « contre : M. A et Mme B », « unan. », and the
figures taken back on the spot (« 20 pour, non 21 pour »). A lone letter counts only where nothing else can be meant.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.spelled import SPELLED, in_figures
from atelier_ia.assistant.words import fold

LABELS = ("pour", "contre", "abstention", "blanc", "nul")
_NUM = (
    r"(?:(?<![\d.,/°+-])(?<!\d )(?<!\d\u00a0)(?<!\d\u202f)\d{1,3}(?![\d%€]|[.,/]\d|[ \u00a0\u202f]\d{3}\b)"
    rf"|{SPELLED}|\b(?:aucune?|personne|néant)\b)"
)
_WORD = (
    r"(?:d[ée]favorables?|favorables?|pour(?!\s+cent\b)|pr(?=\s*(?:[,;/]|\d|$))|contre|abstentions?|abstenus?"
    r"|abst\b\.?|abs\b\.?|(?:qui\s+)?(?:s['’]absti(?:ent|ennent)|s['’]est abstenue?|se sont abstenue?s)"
    r"|(?:votes? |bulletins? )?(?:blancs?|nuls?))(?![\w-])"
)
_LETTER = r"(?:[PpCcAa](?![\w'’])(?!\.\w))"
_FROM_LETTER = r"(?:(?<![\w'’])[PpCcAa](?=\s?[:=]?\s?\d))"
_YES = r"(?:oui|non)\b"
_BETWEEN = (
    r"[\s]*(?:[,;/|&+–—.-]|\bet\b|\bdont\b|\bni\b)?[\s]*(?:(?:qui|y a|il y a)\s+(?:est\s+|vote\s+"
    r"|s['’]y\s+)?(?:des?\s+)?)?"
)
_VOICES = r"(?:\s*(?:voix|votes?|v\.|[ée]lus?|conseillers?|sont|ont voté|votent|se sont))*\s*(?:d['’]\s?)?"
_EQUALS = r"\s*(?:[:=?]|de)?\s*"


def _runs(word: str, letter: str, from_letter: str) -> tuple[str, str]:
    """(counts before their labels, labels before their counts)."""
    counted = rf"{_NUM}{_VOICES}\s?(?:{word}|{letter})"
    named = (
        rf"(?:\bqui\s+(?:est|vote)\s+|\b(?:y a-t-il|il y a) des\s+)?(?:\b{word}"
        rf"|{from_letter}){_EQUALS}{_NUM}(?:\s*voix\b)?"
    )
    return (
        rf"{counted}(?:{_BETWEEN}{counted})+",
        rf"{named}(?:{_BETWEEN}{named})+",
    )


_FIRST, _SECOND = _runs(_WORD, _LETTER, _FROM_LETTER)
_OUI, _OUI_FIRST = _runs(rf"(?:{_YES}|{_WORD})", _LETTER, _FROM_LETTER)
_RUN = re.compile(rf"(?P<count>{_FIRST})|(?P<label>{_SECOND})", re.IGNORECASE)
_YES_RUN = re.compile(rf"(?P<count>(?=[^,;/\n]{{1,12}}\boui\b){_OUI})|(?P<label>(?=oui\b){_OUI_FIRST})", re.IGNORECASE)
_END = (
    r"(?=\s*(?:[,;.)\]…|!]|$|\n|\s[–—/-]\s|\(|l['’]avis\b|adopt|approuv|rejet|à l['’]unan|merci\b|donc\b|c['’]est\b))"
)
_ALONE = re.compile(
    rf"(?P<count>{_NUM}{_VOICES}\s?(?:{_WORD}){_END}|{_NUM}\s?(?-i:[PC]){_END}"
    rf"|(?<=[:→>]\s)\d{{1,3}}\s?p(?=\s*(?:$|\n)))"
    rf"|(?P<label>\b(?:{_WORD}){_EQUALS}{_NUM}(?:\s*voix)?{_END}|(?<![\w'’])(?-i:P)\s?[:=]?\s?\d{{1,3}}(?!\d){_END})",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"(?P<num>{_NUM})|(?P<name>{_WORD}|{_YES}|(?<![^\W\d_])[PpCcAa](?![^\W\d_]))", re.IGNORECASE)
_PERSON = r"(?:(?:M\.|Mme|MM\.|Mmes|Mlle)\s+[A-ZÀ-Ý][\wÀ-ÿ’'-]+(?:\s(?!(?:et|Et)\b)[A-ZÀ-Ý][\wÀ-ÿ’'-]+){0,2})"
_NAMED = re.compile(
    rf"(?<!\d )(?<!\d)(?<!voix )(?<!vote )(?<!parle )\b(?P<label>[Cc]ontre|[Aa]bstentions?|[Aa]bst\.?)\s*[:?=]?\s*"
    rf"(?P<who>{_PERSON}(?:(?:\s*,\s*|\s+et\s+){_PERSON})*)(?=\s*(?:[,;.)]|$|\n))",
    re.MULTILINE,
)
# « Abstention ? Paul. » : first names, where a question calls for them.
_FIRST_NAME = (
    rf"(?!(?i:{SPELLED}))(?!(?:Non|Aucune?|Pas|Personne|Unanimit|Adopt|Merci|Tr[èe]s|Qui|Il|Elle|Je|C['’]"
    rf"|L[ea]s?\b|Bien|On|Ok|Oui|Z[ée]ro)\w*)[A-ZÀ-Ý][a-zà-ÿ-]+"
)
_ALONE_NAMED = re.compile(
    rf"\b(?P<label>[Cc]ontre|[Aa]bstentions?)\s*\?\s*(?P<who>{_FIRST_NAME}(?:(?:\s*,\s*"
    rf"|\s+et\s+){_FIRST_NAME})*)(?=\s*(?:[.;)]|$|\n))",
    re.MULTILINE,
)
# « contre ? Julie, avec le pouvoir de Marc, donc deux », « les autres pour, ça fait neuf »
_SUMMED = re.compile(
    rf"(?:\b(?:qui est |les autres (?:sont )?))?\b(?P<label>pour|contre|abstentions?)\b\s*(?:\?|,)[^.?!\n\d]{{0,60}}?"
    rf"\b(?:donc|soit|ça fait|au total)\s+(?P<count>{_NUM})(?=\s*(?:[.,;)]|$|\n))",
    re.IGNORECASE,
)
_SLASHED = re.compile(
    r"(?P<led>\b(?:votes?|vt|r[ée]sultat|scrutin)\b\s*[:=]?\s*|(?:→|->|=>|[:(–—])\s*|(?<=[a-zà-ÿ\d)]\.\s)|(?<=[,;]\s))"
    r"(?P<counts>\d{1,3}(?:\s*[/–-]\s*\d{1,3}){1,2})(?![\d/])(?P<label>\s*abst\w*\.?)?(?!\s*(?:€|euros?|ans\b|h\b))",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    rf"\b(?P<more>\d{{1,3}}|{SPELLED})\s+voix\s+contre\s+(?P<less>\d{{1,3}}\b|{SPELLED})"
    r"(?!\s+(?:à|pour)\s+(?-i:M\.|Mme|[A-ZÀ-Ý]))",  # « 11 voix contre 7 à M. Pic »: an election
    re.IGNORECASE,
)
_CARRIED = re.compile(
    rf"(?P<led>\b(?:adopt|approuv)[ée]e?s?,?\s+(?:(?:par|avec|à)\s+)?)(?P<count>{_NUM})\s+voix\b(?!\s+(?:pour"
    rf"|contre|et\b))",
    re.IGNORECASE,
)
# « U sauf Le Gac abst », « unanimité moins M. Le Gac qui s'abstient »
_BUT = re.compile(
    r"(?<!\w)(?:(?:[àa] l['’]\s?)?unanimité|unan\w*\.?|U)\s+(?:sauf|moins|hormis|excepté)\s+"
    r"(?P<who>(?:(?:M\.|Mme|MM\.|Mmes)\s)?(?-i:[A-ZÀ-Ý])[\wÀ-ÿ'’-]+(?:(?:\s|,\s|\set\s)(?:(?:M\.|Mme)\s)?(?-i:[A-ZÀ-Ý])"
    r"[\wÀ-ÿ'’-]+){0,4})\s*,?\s*\(?(?:qui\s+)?(?P<label>s['’]absti\w+|abst\w*\.?|(?:vote(?:nt)?\s)?contre)\)?",
    re.IGNORECASE,
)
_UNANIMOUS = re.compile(
    r"(?<!\w)(?:[àa] l['’]\s?)?(?:unan|una|unanim|unanime)\b\.?(?!\w)"
    r"|(?<=[:→=>(]\s)U(?=\s*(?:$|\n|[.;)]))"
    r"|(?:qui est pour ?\?\s*)?\b(?:tout le monde|tous|toutes et tous)\s*(?:(?:est|sont|vote|votent|lève la main)\s*)?"
    r"(?:pour|d['’]accord|favorables?)?(?=\s*(?:[.,;)]|$|\n|\b(?:apr[èe]s|ensuite|puis|donc|adopt)))(?<=pour"
    r"|cord|able|bles|onde)(?<!à tout le monde)"
    r"(?<!de tout le monde)(?<!pour tout le monde)",
    re.IGNORECASE,
)
_AFTER = (
    r"(?=\s*(?:[,;.:)(!…»-]|$|\n|l['’]avis\b|adopt|approuv|rejet|à l['’]unan|merci\b|donc\b|c['’]est\b|amend"
    r"|(?:de\s+)?(?:MM?\.|Mmes?\b|[Mm]onsieur|[Mm]adame)"
    r"|(?:et\s+)?\d{1,3} (?:voix )?(?:pour|contre|abst|blanc|nul)))"
)
_COUNT = r"\d{1,3} (?:voix )?(?:pour|contre|abstentions?|blancs?|nuls?)\b"
_COUNTS = rf"{_COUNT}(?:(?:,|;| et|)\s+{_COUNT})*"
# No vote has more labels; a longer run, looked for from each of its counts, would take the square of its length.
_FEW = rf"{_COUNT}(?:(?:,|;| et|)\s+{_COUNT}){{0,3}}"
# « 20 pour, 3 abstentions -> ça fait 23 ! ERREUR, 20 pour, 2 abstentions »: counted again in the same line
_COUNTED_AGAIN = re.compile(
    rf"{_FEW}[^\n]{{0,80}}?\b(?:erreur|recompt\w+|rectif\w*|corrig\w*|correction|faux)\b"
    rf"[^\n\d]{{0,40}}?(?P<second>{_FEW})",
    re.IGNORECASE,
)
# « 3 contre (A, B, C) », « 2 abstentions : A, B par pouvoir », « 1 abstention de Mme A »
_CALLED = r"(?:(?:M\.|MM\.|Mme|Mmes|Mlle|[Mm]onsieur|[Mm]adame)\s)?[A-ZÀ-Ý][\wÀ-ÿ'’-]+"
_VOTERS = re.compile(
    rf"\b\d{{1,3}} (?:voix )?(?P<label>contre|abstentions?)\s*(?:\((?:dont\s)?(?P<held>(?:[A-ZÀ-Ý]|le groupe|groupe"
    rf"|l['’]opposition)[^()\n]{{2,200}})\)"
    rf"|\s?:\s(?P<told>{_CALLED}[^.;:()\n]{{0,160}})(?=[.;\n]|$)"
    rf"|,?\s(?:de\s|d['’])?(?P<one>(?:M\.|MM\.|Mmes?|[Mm]onsieur|[Mm]adame)\s[A-ZÀ-Ý][\wÀ-ÿ'’-]+(?:(?:,\s|\set\s|\s)(?:(?:M\.|Mme)\s)?"
    rf"[A-ZÀ-Ý][\wÀ-ÿ'’-]+)*(?:\spar\s(?:pouvoir|procuration))?)(?=\s*(?:[.,;)\n]|$|\d)))"
)
_PLAIN = re.compile(_COUNTS + r"[\s.]*", re.IGNORECASE)
TAKEN_BACK = (
    r"(?:(?:euh|ah|oh|enfin|ou|bah|attention)\W+)*(?:(?:non|nan|nope)(?:\W+(?:pardon|en fait|finalement"
    r"|plut[ôo]t|c['’]est|attende?[zs]"
    r"|je (?:corrige|me (?:suis )?tromp\w+|rectifie)|erreur|correction))*"
    r"|pardon(?:\W+(?:c['’]est|plut[ôo]t))?|erreur|plut[ôo]t|rectifi\w*|rectif\.?|corrig[ée]e? en"
    r"|je (?:corrige|me trompe|me suis tromp[ée]e?|rectifie|(?:me )?reprends)|correction|en fait"
    r"|au temps pour moi|autant pour moi)"
)
_CORRECTED = re.compile(
    rf"(?P<first>{_FEW})[\s,;:.…()–—-]+{TAKEN_BACK}[\s,;:.…–—-]*(?:c['’]est\s+)?"
    rf"(?:(?P<second>{_FEW})|(?P<bare>\d{{1,3}})(?=\s*(?:[,;.)…]|$|\n)))",
    re.IGNORECASE,
)


# « 9 pour / 5 contre, non 10 / 4 »
_RECOUNTED = re.compile(
    rf"\d{{1,3}}\s*pour\W+\d{{1,3}}\s*contre{{0,1}}\W+{TAKEN_BACK}\W+(?P<pour>\d{{1,3}})\s*[/–-]\s*(?P<contre>\d{{1,3}})(?![\d/])",
    re.IGNORECASE,
)


def written_out(text: str, voters: int = 0) -> str:
    """`text` with its counts in words; `voters` (present and represented) proves bare « 22 / 0 / 3 »."""
    text = _RECOUNTED.sub(r"\g<pour> pour, \g<contre> contre", text)
    text = _SLASHED.sub(lambda match: _slashed(match, voters), text)
    text = _AGAINST.sub(lambda match: _against(match, text), text)
    text = _SUMMED.sub(lambda match: said({_label(match["label"]): _value(match["count"])}), text)
    text = _NAMED.sub(_named, text)
    text = _ALONE_NAMED.sub(_named, text)
    text = _CARRIED.sub(lambda match: f"{match['led']}{said({'pour': _value(match['count'])})}", text)
    for pattern in (_YES_RUN, _RUN, _ALONE):
        text = pattern.sub(_run, text)
    text = _BUT.sub(_but, text)
    text = _UNANIMOUS.sub("à l'unanimité", text)
    text = _COUNTED_AGAIN.sub(lambda match: said(_parsed(match["second"])), text)
    return _CORRECTED.sub(_corrected, text)


def voters_named(text: str) -> list[tuple[str, str]]:
    """Who voted against or abstained, as a text already written out names them: (label, names)."""
    return [
        (_label(match["label"]), (match["held"] or match["told"] or match["one"]).strip(" ,"))
        for match in _VOTERS.finditer(text)
    ]


def without_voters(text: str) -> str:
    """What a text already written out says besides its counts and the names told with them."""
    return without_counts(_VOTERS.sub(" ", text))


def _but(match: re.Match[str]) -> str:
    """« U sauf A abst » → « à l'unanimité moins 1 abstention (A) »."""
    who = [name for name in re.split(r",\s|\set\s", match["who"]) if name]
    return f"à l'unanimité moins {said({_label(match['label'].split()[-1]): len(who)})} ({match['who']})"


def announced(text: str) -> dict[str, int]:
    """The counts that a text already written out announces: the first of each label."""
    counts: dict[str, int] = {}
    for found in re.finditer(_COUNT + _AFTER, text):
        value, *_, name = found[0].split()
        counts.setdefault(_label(name), int(value))
    return counts


def without_counts(text: str) -> str:
    """What a text already written out says besides its counts."""
    return re.sub(r",(?:\s*,)+", ",", re.sub(_COUNTS, " ", text))


def recounted(text: str, instead: str) -> str:
    """`text` with its counts replaced by those that `instead` announces."""
    counts = said(announced(text) | announced(instead))
    return re.sub(_COUNTS, counts, text, count=1) if re.search(_COUNTS, text) else f"{text} {counts}"


def said(counts: dict[str, int]) -> str:
    """The counts in words: « 20 pour, 1 abstention »."""
    return ", ".join(f"{count} {_plural(label, count)}" for label, count in counts.items())


def _plural(label: str, count: int) -> str:
    return f"{label}s" if count > 1 and label not in ("pour", "contre") else label


def _label(name: str) -> str:
    told = fold(name).strip(" .")
    if "abst" in told:
        return "abstention"
    for label, start in (
        ("contre", ("contre", "c", "defav", "non")),
        ("pour", ("pour", "p", "pr", "favor", "oui")),
        ("abstention", ("abs", "s'abs", "a")),
        ("blanc", ("blanc", "vote blanc", "votes blanc", "bulletin blanc", "bulletins blanc")),
    ):
        if any(told.startswith(word) if len(word) > 1 else told == word for word in start):
            return label
    return "nul"


def _value(written: str) -> int:
    told = in_figures(written)
    return int(told) if told.isdigit() else 0 if not re.match(r"\d", told) else int(told.split()[0])


def _run(match: re.Match[str]) -> str:
    """One run of counts; a label that comes again begins another run. Counts in full stay as they are told."""
    if _PLAIN.fullmatch(match[0]):
        return match[0]
    pairs: list[tuple[str, int]] = []
    label, value = "", -1
    for token in _PAIR.finditer(match[0]):
        if token["num"]:
            value = _value(token["num"])
        else:
            label = _label(token["name"])
        if label and value >= 0:
            pairs.append((label, value))
            label, value = "", -1
    runs: list[dict[str, int]] = [{}]
    for name, count in pairs:
        if name in runs[-1]:
            runs.append({})
        runs[-1][name] = count
    trail = re.search(r"[\s.]*$", match[0])
    return " ; ".join(said(run) for run in runs if run) + (trail[0] if trail else "")


def _named(match: re.Match[str]) -> str:
    who = re.split(r"\s*,\s*|\s+et\s+", match["who"])
    return f"{said({_label(match['label']): len(who)})} ({match['who']})"


def _slashed(match: re.Match[str], voters: int) -> str:
    counts = [int(value) for value in re.findall(r"\d+", match["counts"])]
    if voters and counts == [voters, voters]:
        return f"{match['led']}{said({'pour': counts[0]})}"  # « 18/18 »
    called = bool(re.match(r"\w", match["led"]))
    if not (called or (voters and sum(counts) == voters)) or max(counts) > 250:
        return match[0]
    labels = ("pour", "abstention") if match["label"] and len(counts) == 2 else LABELS
    return match["led"] + said(dict(zip(labels, counts, strict=False)))


def _against(match: re.Match[str], text: str) -> str:
    """« par 15 voix contre 12 »: the greater number won, whichever way the sentence says."""
    line = fold(text[text.rfind("\n", 0, match.start()) + 1 : match.end() + 80])
    more, less = _value(match["more"]), _value(match["less"])
    lost = re.search(r"\brejet|\brepouss|\bpas adopt|\brefus", line)
    return said({"pour": less, "contre": more} if lost else {"pour": more, "contre": less}) + ","


def _corrected(match: re.Match[str]) -> str:
    """What was said first, with the figures said instead."""
    first = _parsed(match["first"])
    if match["bare"]:
        first[list(first)[-1]] = int(match["bare"])
    else:
        first |= _parsed(match["second"])
    return said(first)


def _parsed(counts: str) -> dict[str, int]:
    return {_label(name): int(value) for value, name in re.findall(r"(\d+) (?:voix )?(\w+)", counts)}
