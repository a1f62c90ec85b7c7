"""What one sentence of a sitting says of a point: its title, whether it names it, what it changes to how it ended."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator import agenda
from atelier_ia.assistant.simulator.french import clean, upper_first
from atelier_ia.assistant.simulator.votes import Outcome, tells_result
from atelier_ia.assistant.words import fold, stems

TITLE = 220  # characters of a point's title


def amends(told: str) -> bool:
    """Is a result that of an amendment, not of the whole text?"""
    return bool(re.search(r"\bamendement", fold(told))) and not re.search(
        r"\bamendement compris|\bavec l'amendement|\bainsi (?:amend|modif)", fold(told)
    )


def heading(text: str) -> str:
    """What a sentence says before it tells how a point ended; all of it when it does not."""
    cut = agenda.RESULT_WORD.search(text)
    return text[: cut.start()] if cut else text


def headed(text: str) -> bool:
    """Does a sentence name a matter, then tell how it ended (« PV du 3 mai, pas de remarque, unanimité »)?"""
    head = heading(text) if agenda.RESULT_WORD.search(text) else ""
    return (
        len(stems(head)) >= (1 if agenda.TRANSITION.match(fold(head)) else 2)
        and not tells_result(head)
        and not agenda.VOTING.match(fold(head))
    )


def names_point(text: str, folded: str) -> bool:
    """Does a bullet name a point, rather than count votes or say who is there?"""
    cut = agenda.RESULT_WORD.search(text)
    head = text[: cut.start()] if cut else text
    return len(stems(head)) >= 1 and not tells_result(head) and (bool(cut) or not agenda.FORMAL.search(folded))


def titled(text: str) -> str:
    """The title of a point: without what leads to it or trails behind, brackets closed."""
    text = re.sub(
        r"^(?:\W+|(?:enfin|ensuite|puis|alors|maintenant|(?:premi[èe]re|deuxi[èe]me|troisi[èe]me|quatri[èe]me"
        r"|cinqui[èe]me|sixi[èe]me)ment|pour finir|pour terminer|en dernier)\b[\s,:]*|(?:le|la|les"
        r"|un|une|du|des|de la)\s+|l['’]|de l['’])+",
        "",
        clean(text),
        flags=re.IGNORECASE,
    )
    text = re.sub(
        r"(?:[\s,]+(?:est|sont|a été|ont été|alors|donc|là|mais|c['’]était|c['’]est(?: passée?)?(?: à)?|ah non"
        r"|(?:c['’]était |c['’]est )?à huis[- ]clos"
        r"|on l['’]a|on les a|du coup|et"
        r"|ça|:\s*(?:il|elle|on|le conseil)|voilà"
        r"|au total|(?:, )?au vote|, vote|(?:[àa] l['’])?unanimit[ée]|[:–-]\s*(?:(?:ce|le|la|cette)\s)?(?:info"
        r"|point|sujet|question"
        r"|dossier|d[ée]lib[ée]ration)))+$",
        "",
        clean(text).rstrip(" |/"),
    )
    text = re.sub(r"^[Ss]ubv\b\.?\s+(?=\w)", "Subvention ", text)
    text = re.sub(r"\s+ce sera\s+", " : ", text)
    if len(text) > TITLE:
        text = f"{text[:TITLE].rsplit(' ', 1)[0]}…"
    text = clean(text)
    if text.count("(") == text.count(")") + 1:
        text = f"{text})"
    elif text.count(")") > text.count("("):
        text = clean(text.replace(")", " "))
    return upper_first(text)


def later(before: Outcome, now: Outcome, told: str) -> Outcome:
    """What a later sentence changes: a point put off stays so, « prend acte » says more than « unanimité »."""
    if before == "prend acte" and re.search(r"\b(?:adopt|approuv)", fold(told)):
        return now or before
    if before in ("reportée", "retirée", "prend acte"):
        return before
    return now or before
