"""Notes of a sitting told in paragraphs that nothing marks: each opens with its matter, its vote is at the end.

« Règlement de la médiathèque : rien à dire, unanimité. » → « - Règlement de la médiathèque : unanimité. »;
« L'emprunt : M. A dit que… 17 pour 6 contre. » → « - L'emprunt. M. A dit que… 17 pour 6 contre. ».
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.agenda import PUT_OFF
from atelier_ia.assistant.simulator.french import loose_sentences, upper_first
from atelier_ia.assistant.simulator.prose import matter
from atelier_ia.assistant.simulator.sitting_clauses import WHO_SPEAKS
from atelier_ia.assistant.simulator.votes import RESULT, outcome_of, tells_result
from atelier_ia.assistant.words import fold

PARAGRAPHS = 2  # paragraphs that name their matter, from which the notes are told so
LABEL_WORDS = 14  # words of a matter, at most
SHORT_LABEL = 7  # words of a matter whose end is not told
TALK = 4  # words told of it, at least
_TITLE_ALONE = re.compile(r"^\s*[A-ZÀ-Ý][^.:;!?,|\d]*(?:\d[^.:;!?,|]*)?$")
SHORT = 16  # words of a paragraph that is one sentence: a matter and how it ended
_MARKED = re.compile(
    r"^\s*(?:[-–—*•·>|]|\d{1,3}\s+(?!h\b|heures?\b|pr[ée]sent|pouvoir|procur|votant|conseill|membres|[ée]lus\b|absent|excus)[a-zà-ÿ]|\d{1,4}\s?[.)°/:–-]\s|[IVX]{1,4}\s?[.)–-]"
    r"|[a-hA-H][.)]\s|\(|"
    r"(?:point|d[ée]lib\w*|question|rapport|objet|affaire|dossier)\s*(?:n°\s?)?\d|objet\s*:|[A-Z]{0,3}-?\d{2,4}-\d)",
    re.IGNORECASE,
)
# Who sits, when it opens and ends, who speaks: no matter stands there.
_NO_MATTER = re.compile(
    r"^\W*(?:presente?s?|absente?s?|excuse\w*|pouvoirs?|procurations?|represente\w*|secretaire|quorum|date|heure"
    r"|president\w*|seance|conseil\b|cm\b|convocation|ordre du jour|ouverture|cloture|fin\b|levee\b|termine|debut\b"
    r"|lieu|votants?|etaient|en exercice|nombre de|pv\b(?! (?:precedent|du\b))|compte[- ]rendu|liste\b"
    r"|notes?\b|alors\b|puis\b"
    r"|m\.|mm\.|(?:mme|mmes|monsieur|madame|le maire|la maire|mairie|maire)\b|voix\b|vote\b|pour\b|contre\b|abst\w*"
    r"|resultat|debat|intervenant\w*|locut\w+|speaker\w*)"
)
_LABEL = re.compile(r"^\s*(?P<label>[^\W\d_](?:[^:.!?\n]|(?<=\bM)\.){2,110}?)\s*:\s+(?P<told>\S.*)$")
_PERSON = re.compile(r"(?:M\.|Mme|MM\.|Mmes|[Ll][ea] (?:maire|DGS)|[Ll]['’](?:adjointe?|opposition))\s")
_NOTHING_SAID = re.compile(r"^\W*(?:rien à (?:dire|signaler)|sans débat|pas de (?:débat|remarques?|questions?))\W+")


def paragraphed(lines: list[str]) -> list[str]:
    """`lines` with a bullet before each paragraph that opens a matter; notes told otherwise are left as they are."""
    if any(_MARKED.match(line) or "\t" in line for line in lines):
        return lines
    lines = [apart for line in lines for apart in _several(line)]
    if sum(map(bool, map(_capitals, lines))) >= PARAGRAPHS:
        return [f"- {_capitals(line)}" if _capitals(line) else line for line in lines]
    if titled := _under_titles(lines):
        return titled
    opened = [_opens(line, first=place == 0) for place, line in enumerate(lines)]
    if sum(bool(told) for told in opened) < PARAGRAPHS or not (
        any(map(_labelled, lines)) or any(map(_narrated, lines[1:]))
    ):
        return lines
    # Where matters are told so, one whose end nobody tells is a point as well: its end is left to be checked.
    found = [
        told or (_opens_unended(line) if place else "")
        for place, (told, line) in enumerate(zip(opened, lines, strict=True))
    ]
    return [told or line for told, line in zip(found, lines, strict=True)]


def _several(line: str) -> list[str]:
    """« Le garage : unanimité. La halle : 27 pour. »: as many lines as sentences that name a matter and its end."""
    apart = loose_sentences(line)
    ended = [one for one in apart if _LABEL.match(one) and _labelled(one)]
    return apart if len(apart) > 1 and len(ended) == len(apart) else [line]


def _opens_unended(line: str) -> str:
    match = _LABEL.match(line)
    if not match or _NO_MATTER.match(fold(match["label"])) or len(match["label"].split()) > SHORT_LABEL:
        return ""
    return f"- {match['label']}. {upper_first(match['told'])}" if len(match["told"].split()) >= TALK else ""


def _under_titles(lines: list[str]) -> list[str]:
    """Short lines that stand alone above what is told of them, each under a bullet; [] when they make no series."""
    titles = [
        place
        for place, line in enumerate(lines[:-1])
        if place
        and _TITLE_ALONE.match(line)
        and not _NO_MATTER.match(fold(line))
        and not tells_result(line)
        and len(lines[place + 1].split()) > len(line.split())
        and (not lines[place - 1].strip() or lines[place - 1].rstrip().endswith("."))
    ]
    if len(titles) < PARAGRAPHS:
        return []
    ended = sum(
        any(tells_result(one) for told in lines[start + 1 : end] for one in loose_sentences(told))
        for start, end in zip(titles, [*titles[1:], len(lines)], strict=True)
    )
    if ended < PARAGRAPHS:
        return []
    return [f"- {line.strip().rstrip(':')}." if place in titles else line for place, line in enumerate(lines)]


def _capitals(line: str) -> str:
    """A heading in capitals as a sentence (« CONVENTION FOURRIÈRE » → « Convention fourrière. »); '' for another."""
    told = line.strip().rstrip(" :.")
    if not re.fullmatch(r"[A-ZÀ-Ý\d][A-ZÀ-Ý\d\s'’°,()/-]{7,90}", told) or _NO_MATTER.match(fold(told)):
        return ""
    if len(re.findall(r"[A-ZÀ-Ý]{3,}", told)) < 1 or tells_result(told):
        return ""
    words = [
        word
        if re.search(r"\d", word)
        or not re.search(r"[AEIOUYÀÉÈÊ]", word)
        or (after and after[0].isdigit() and len(word) <= 3)
        else word.lower()
        for word, after in zip(told.split(), [*told.split()[1:], ""], strict=True)
    ]
    return f"{upper_first(' '.join(words))}."


def _labelled(line: str) -> re.Match[str] | None:
    """The matter that a paragraph names before a colon, where the paragraph tells how it ended."""
    match = _LABEL.match(line)
    if not match or _NO_MATTER.match(fold(match["label"])) or len(match["label"].split()) > LABEL_WORDS:
        return None
    if tells_result(match["label"]):
        return None
    if re.match(r"\W*(?:questions? diverses|informations? diverses|divers|tour de table)\b", fold(match["label"])):
        return match
    ended = any(tells_result(one) or outcome_of(one) for one in loose_sentences(match["told"]))
    return match if ended else None


# « Mme A est désignée correspondante défense »: a name before a colon would be a speaker
_CHOSEN = re.compile(
    r"^(?P<who>(?:M\.|Mme)\s[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+)?)\s(?:est|a été)\s(?:désigné|nommé"
    r"|élu)e?\s(?:comme\s)?"
)
# « Le maire présente d'abord la DM n° 3, qui… », « La convention est ensuite examinée », « La vente suscite un débat »
_WHO = r"(?:[Ll][ea]\s(?:maire|DGS|première?\sadjointe?)|(?:M\.|Mme)\s[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+)?)"
_WHEN = r"(?:(?:ensuite|d['’]abord|enfin|alors|également|aussi|puis|maintenant)\s)?"
_TOLD = (
    re.compile(
        r"^\W*(?:[Ss]ur|[Cc]oncernant|[Ss]['’]agissant d[eu]s?|[Aa]u sujet d[eu]s?|[ÀA] propos d[eu]s?)\s"
        rf"(?P<label>(?:l[ea]s?\s|l['’])?[^.,;:]{{3,80}}?)(?P<rest>,\s{WHO_SPEAKS}[^.;]*)?\.\s"
    ),
    re.compile(
        rf"^\W*(?:(?:[Ee]nsuite|[Ee]nfin|[Pp]uis|[Aa]près)[,\s]+)?{_WHO}\s(?:présente|expose|rapporte|soumet"
        rf"|explique|détaille)\s{_WHEN}"
        r"(?P<label>(?:le|la|les|l['’]|un|une|des)\s?[^.;:]{4,140}?)(?P<rest>,\s(?:qui|dont|afin|pour)\s[^.;]*)?\.\s"
    ),
    re.compile(
        rf"^\W*(?P<label>(?:[Ll]es?|[Ll]a|[Ll]['’])\s?[^.;:]{{4,120}}?)\s(?:est|sont|a été|ont été)\s{_WHEN}"
        r"(?:examin|présent|étudi|abord|soumis|évoqu|discut|exposé)[^.;]{0,60}\.\s"
    ),
    re.compile(
        r"^\W*(?P<label>(?:[Ll]es?|[Ll]a|[Ll]['’])\s?[^.;:]{4,120}?)\s(?:suscit|donn|soul[eè]v|provoqu|fait|a"
        r" (?:suscité|donné|soulevé"
        r"|fait))\w*\s(?:(?:lieu|débat|l['’]objet|un|une|de|des|plusieurs|quelques|beaucoup)\b)[^.;]{0,60}\.\s"
    ),
    re.compile(
        r"^\W*(?:[Vv]ien(?:t|nent)|[Aa]rrive(?:nt)?)\s(?:ensuite|enfin|alors|après|maintenant)\s"
        r"(?P<label>(?:les?|la|l['’]|une?|des)\s?[^.;:]{4,120}?)[.:]\s"
    ),
    re.compile(
        r"^\W*(?:[Oo]n|[Nn]ous|[Ll]e conseil)\s(?:passe|passons|a parlé|parle|aborde|abordons|a abordé|examine"
        r"|a examiné|en vient)\s"
        rf"{_WHEN}(?:à|au|aux|de|du|des|d['’])?\s?(?P<label>(?:le|la|les|l['’])?\s?[^.;:]{{4,120}}?)[.:]\s"
    ),
)


def _narrated(line: str) -> str:
    """A paragraph of a story that names its matter first, under a bullet; '' when it names none, or tells no end."""
    match = next((found for one in _TOLD if (found := one.match(line))), None)
    told = line[match.end() :] if match else ""
    if not match or tells_result(match["label"]):
        return ""
    if not (any(tells_result(one) for one in loose_sentences(told)) or PUT_OFF.search(fold(told))):
        return ""
    label = re.sub(r"^(?:les?|la)\s|^l['’]\s?", "", match["label"], flags=re.IGNORECASE)
    # What the chair says of it besides stays in the sentence that names it, told as it was.
    said = f"{line[: match.end()].strip()} " if match.groupdict().get("rest") else ""
    said = re.sub(r"(?<=\d) (?=pour\s)", ", ", said)  # « le chapitre 011 pour le fuel » counts no vote
    return f"- {upper_first(label)}. {said}{told}"


def _opens(line: str, *, first: bool) -> str:
    """The paragraph under a bullet when it opens a matter; '' when it does not."""
    if not first and (story := _narrated(line)):
        return story
    if not first and (match := _labelled(line)):
        told = _NOTHING_SAID.sub("", match["told"])
        ends = tells_result(" ".join(told.split()[:4]))
        alone = len(loose_sentences(told)) == 1 and not _PERSON.match(told)
        return f"- {match['label']} : {told}" if ends or alone else f"- {match['label']}. {upper_first(told)}"
    if first or _NO_MATTER.match(fold(line)):
        return ""
    apart = loose_sentences(line)
    if not apart or not 2 <= len(apart[0].split()) <= SHORT or not tells_result(apart[0]):
        return ""
    if (
        len(apart) == 1
        and re.match(r"\W*(?:enfin|ensuite|puis|le|la|les|l['’]|mme|m\.)\b", fold(line))
        and (named := matter(line))
    ):
        end = re.search(
            r",?\s*à l['’]unanimité\b.*$|\b(?:est|sont) (?:adopt|approuv|rejet|report|retir|ajourn).*$", line
        )
        named = _CHOSEN.sub(r"Désignation de \g<who>, ", named)
        return f"- {named} : {end[0].strip(' ,')}" if end else f"- {line.strip()}"
    # « Indemnité du régisseur unanimité. »: the matter, then how it ended.
    end = RESULT.search(fold(apart[0]))
    return f"- {line.strip()}" if end and len(apart[0][: end.start()].split()) >= 2 else ""
