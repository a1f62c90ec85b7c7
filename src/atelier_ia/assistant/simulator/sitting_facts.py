"""What notes of a sitting say of it besides who sat: which assembly, the day it was called, the tellers, suspensions.

« Conseil d'administration du CCAS », « Convocation du 19 novembre », « Assesseurs : Mme A », « suspension 19 h 50 ».
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import DATE, clean, loose_sentences
from atelier_ia.assistant.simulator.spelled import spoken_times

TOP = 400  # characters in which notes say which assembly sits
_DAY = rf"(?:{DATE.pattern}|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{1,2}}(?:er)? [a-zûé]{{3,9}}\.?)"
_CONVENED = re.compile(
    rf"\b[Cc]onvoc(?:ation|\.)?\s*(?:est |adressée |envoyée )?(?:(?:du|le|en date du|:"
    rf"|en urgence le)\s*)?(?P<day>{_DAY})",
)
_TELLERS = re.compile(
    r"\b(?:[Aa]ssesseure?s?|[Ss]crutat(?:eurs?|rices?))\s*:\s*(?P<who>(?:[^.;:\n]|(?<=\bM)\.|(?<=\bMM)\.){3,120})"
)
_SUSPENDED = re.compile(
    r"\b(?:(?:la )?séance (?:est |a été )?suspendue|suspen(?:sion|d|dre)(?: de)?(?: la)?(?: séance)?)\b"
    r"(?P<when>[^.;,\n]{0,60}?\d{1,2}\s?(?:h|heures?)[^.;,\n]{0,40})",
    re.IGNORECASE,
)


def body(source: str) -> str:
    """The assembly that sat, with its article contracted: « conseil municipal » unless the notes name another."""
    top = source[:TOP]
    if re.search(r"\bconseil d['’]administration\b[^.\n]{0,20}\bCCAS\b|\bCA (?:du )?CCAS\b", top, re.IGNORECASE):
        return "conseil d'administration du CCAS"
    return "conseil municipal"


def convened(source: str) -> str:
    """The day of the notice of meeting; '' when the notes do not tell it."""
    match = _CONVENED.search(source)
    return clean(match["day"]) if match else ""


def tellers(source: str) -> str:
    """Who counts the ballots; '' when the notes do not tell it."""
    match = _TELLERS.search(source)
    return clean(match["who"]) if match else ""


def suspensions(source: str) -> list[str]:
    """When the sitting was suspended, each time."""
    text = spoken_times(source)
    return list(dict.fromkeys(clean(match["when"]) for match in _SUSPENDED.finditer(text)))


def only_suspends(sentence: str) -> bool:
    """Does a sentence tell a suspension and its hours, and nothing else?"""
    match = _SUSPENDED.search(sentence)
    if not match:
        return False
    return len(sentence.split()) <= len(match[0].split()) + 3 and len(loose_sentences(sentence)) == 1
