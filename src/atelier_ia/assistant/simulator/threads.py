"""A reminder over a quoted thread: what the person wrote before, and not what the town hall answered by itself."""

from __future__ import annotations

import re

from atelier_ia.assistant.words import fold

THREAD = re.compile(
    r"^\W*(?:-{2,}\s*(?:message|mail|courriel)\s+(?:d['’]origine|transf[ée]r[ée]|original|initial)"
    r"|le \d.{3,80}a [ée]crit\s*:)",
    re.IGNORECASE,
)
REMINDS = re.compile(
    r"\b(?:relanc\w+|rappel de mon|sans reponse|sans nouvelles?|(?:pas|jamais) (?:eu|recu) (?:de "
    r"|la moindre )?(?:reponse|retour|nouvelle)s?"
    r"|(?:aucune?|toujours pas de) (?:reponse|retour|nouvelle)s?|ci-dessous|message precedent"
    r"|mon (?:premier|precedent|dernier) (?:mail|message|courrier|courriel)|reste\w* sans (?:suite|reponse))\b"
)
_AUTOMATIC = re.compile(
    r"\breponse automatique|ne pas (?:y )?repondre|(?:message|demande|courriel)\b.{0,30}\b(?:a bien ete recue?"
    r"|bien recue?)"
    r"|accus(?:ons|e) reception|avons bien recu votre|meilleurs delais\b"
)
_HEADING = re.compile(r"^\s*(?:de|from|envoy[ée]|sent|date|[àa]|to|cc|objet|subject)\s*:", re.IGNORECASE)
_FAREWELL = re.compile(
    r"^\W*(?:(?:bien )?cordialement|cdl?m?t|salutations|respectueusement|bien a vous|sincerement"
    r"|bonne (?:journee|soiree)"
    r"|merci(?: d'avance| beaucoup| par avance)?\W*$|dans l'attente|veuillez|je vous prie)"
)
_NAME = re.compile(r"^\W*(?:M\.|Mme|Mr)?\s*[A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w'’-]+){0,3}\W*$")
_RESENT = re.compile(
    r"^\W*(?:bonjour\W+)?(?:je (?:me permets|viens|reviens|vous|souhaite)|nous (?:nous permettons|revenons"
    r"|vous)|suite a"
    r"|comme indique|rappel|relance|voir|cf)\b(?!.*\?)"
)


def reminder(sentence: str) -> bool:
    """Does a sentence only remind the town hall of an earlier message?"""
    return bool(REMINDS.search(fold(sentence)) and _RESENT.match(fold(sentence)))


def quoted_before(source: str) -> str:
    """What the writer of a reminder had written in the thread quoted under it; '' for no reminder."""
    fresh, parts = _parts(source)
    if not parts or not REMINDS.search(fold(fresh)):
        return ""
    return "\n\n".join(filter(None, (_own(heading, lines) for heading, lines in parts)))


def _parts(source: str) -> tuple[str, list[tuple[str, list[str]]]]:
    """(what is written anew, each quoted message with the line that says who wrote it)."""
    fresh: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    depth = 0
    for line in source.replace("\r\n", "\n").split("\n"):
        mark = re.match(r"\s*((?:>\s?)*)", line)
        level = mark[1].count(">") if mark else 0
        text = line[mark.end() :] if mark else line
        if THREAD.match(text):
            parts.append((text, []))
        elif level > depth and level and text.strip() and (not parts or parts[-1][1]):
            parts.append(("", [text]))
        elif parts:
            parts[-1][1].append(text)
        else:
            fresh.append(line)
        depth = level if text.strip() else depth
    return "\n".join(fresh), parts


def _own(heading: str, lines: list[str]) -> str:
    """The words of the person in a quoted message; '' for the town hall's own."""
    headings = " ".join([heading, *(line for line in lines if re.match(r"\s*(?:de|from)\s*:", line, re.I))])
    body = "\n".join(lines)
    if re.search(r"\bmairie\b|@ville", fold(headings)) or _AUTOMATIC.search(fold(re.sub(r"\s+", " ", body))):
        return ""
    kept: list[str] = []
    for line in lines:
        if _FAREWELL.match(fold(line)):
            break
        if not _HEADING.match(line):
            kept.append(line)
    while kept and (not kept[-1].strip() or (len(kept) > 1 and _NAME.match(kept[-1]))):
        kept.pop()
    return "\n".join(kept)
