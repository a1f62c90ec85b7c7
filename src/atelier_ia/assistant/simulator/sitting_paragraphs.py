"""Notes of a sitting told in paragraphs that nothing marks: each opens with its matter, its vote is at the end.

« Règlement de la médiathèque : rien à dire, unanimité. » → « - Règlement de la médiathèque : unanimité. »;
« L'emprunt : M. A dit que… 17 pour 6 contre. » → « - L'emprunt. M. A dit que… 17 pour 6 contre. ».
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import loose_sentences, upper_first
from atelier_ia.assistant.simulator.votes import RESULT, outcome_of, tells_result
from atelier_ia.assistant.words import fold

PARAGRAPHS = 2  # paragraphs that name their matter, from which the notes are told so
LABEL_WORDS = 14  # words of a matter, at most
SHORT = 16  # words of a paragraph that is one sentence: a matter and how it ended
_MARKED = re.compile(
    r"^\s*(?:[-–—*•·>|]|\d{1,4}\s?[.)°/:–-]\s|[IVX]{1,4}\s?[.)–-]|[a-hA-H][.)]\s|\(|"
    r"(?:point|d[ée]lib\w*|question|rapport|objet|affaire|dossier)\s*(?:n°\s?)?\d|objet\s*:|[A-Z]{0,3}-?\d{2,4}-\d)",
    re.IGNORECASE,
)
# Who sits, when it opens and ends, who speaks: no matter stands there.
_NO_MATTER = re.compile(
    r"^\W*(?:presente?s?|absente?s?|excuse\w*|pouvoirs?|procurations?|represente\w*|secretaire|quorum|date|heure"
    r"|president\w*|seance|conseil\b|cm\b|convocation|ordre du jour|ouverture|cloture|fin\b|levee\b|termine|debut\b"
    r"|lieu|votants?|etaient|en exercice|nombre de|pv\b(?! (?:precedent|du\b))|compte[- ]rendu|liste\b|notes?\b|alors\b|puis\b"
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
    opened = [_opens(line, first=place == 0) for place, line in enumerate(lines)]
    if sum(bool(told) for told in opened) < PARAGRAPHS or not any(map(_labelled, lines)):
        return lines
    return [told or line for told, line in zip(opened, lines, strict=True)]


def _labelled(line: str) -> re.Match[str] | None:
    """The matter that a paragraph names before a colon, where the paragraph tells how it ended."""
    match = _LABEL.match(line)
    if not match or _NO_MATTER.match(fold(match["label"])) or len(match["label"].split()) > LABEL_WORDS:
        return None
    if tells_result(match["label"]):
        return None
    ended = any(tells_result(one) or outcome_of(one) for one in loose_sentences(match["told"]))
    return match if ended else None


def _opens(line: str, *, first: bool) -> str:
    """The paragraph under a bullet when it opens a matter; '' when it does not."""
    if not first and (match := _labelled(line)):
        told = _NOTHING_SAID.sub("", match["told"])
        ends = tells_result(" ".join(told.split()[:4]))
        alone = len(loose_sentences(told)) == 1 and not _PERSON.match(told)
        return f"- {match['label']} : {told}" if ends or alone else f"- {match['label']}. {upper_first(told)}"
    if first or _NO_MATTER.match(fold(line)):
        return ""
    told = loose_sentences(line)
    if not told or not 2 <= len(told[0].split()) <= SHORT or not tells_result(told[0]):
        return ""
    # « Indemnité du régisseur unanimité. »: the matter, then how it ended.
    end = RESULT.search(fold(told[0]))
    return f"- {line.strip()}" if end and len(told[0][: end.start()].split()) >= 2 else ""
