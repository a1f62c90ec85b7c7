"""Which sentences of a sheet a message calls for: its core, and of the rest what the message gives a reason to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from atelier_ia.assistant.knowledge import Condition, Procedure, rare_words, says_one
from atelier_ia.assistant.simulator.french import sentences
from atelier_ia.assistant.simulator.subjects import Subject
from atelier_ia.assistant.words import fold, says, stems

RARE = 8  # procedures that may hold a word for it to tell what one sentence of a sheet is about

_PRICED = r"\b(?:tarif|prix|cout|combien|payant|gratuit)\w*\b"
_WONDERED = (
    r"\bdelais?\b|\bcombien de temps\b",
    _PRICED,
    r"\brendez-vous\b",
    r"\btax\w+\b",
    r"\bdistances?\b|\breculs?\b|\blimites? (?:du|de la|separative)",
    r"\bquand\b[^?]{0,40}\b(?:reponse|decision|resultat)s?\b|\bdecision\b|\bcommission\b|\bnotifi\w+",
    r"\bqui (?:a )?decide\b|\bdecid\w+|\brelev\w+",
    r"\bhoraires?\b|\bouvert\w*\b",
    r"\bpresen\w+\b|\b(?:doit|dois|faut)(?:-il|-elle|-je)? (?:\w+ )?(?:venir|amener|emmener|ramener)\b",
)


def wondered(told: Sequence[str], sentence: str) -> bool:
    """Does a sentence of an answer speak of what the sentences `told` ask (a delay, a price, an appointment)?"""
    asked, said = fold("\n".join(told)), fold(sentence)
    priced = re.search(_PRICED, asked) and re.search(r"\d\s?€", said)
    return bool(priced) or any(re.search(words, asked) and re.search(words, said) for words in _WONDERED)


def apt(subjects: Sequence[Subject], told: Sequence[str], procedures: Sequence[Procedure]) -> list[Subject]:
    """`subjects` but those that a more precise one stands for, each with what the sentences `told` call for."""
    broader = {name for one in subjects for name in one.procedure.supersedes}
    kept = [one for one in subjects if one.procedure.id not in broader]
    return [_fitted(one, kept, told, procedures) for one in kept]


def _fitted(
    subject: Subject, subjects: Sequence[Subject], told: Sequence[str], procedures: Sequence[Procedure]
) -> Subject:
    """`subject` with, in the answer of its sheet, only what the message calls for."""
    sheet = subject.procedure
    first, *rest = sentences(sheet.answer)
    others = [one.sentence for one in subjects if one is not subject and one.sentence not in subject.sentence]
    mine = [one for one in told if subject.sentence in one or not any(other in one for other in others)]
    core = f"{sheet.title} {first}"
    kept = [
        one
        for one in rest
        if not (on := condition(sheet, one))
        or (says_one("\n".join(told), on.words) if on.words else _own(one, core, mine, procedures))
    ]
    if len(kept) == len(rest):
        return subject
    update = {"answer": " ".join([first, *kept])}
    if says(sheet.answer, sheet.referral):  # told already by a sentence that is left out, not to be brought back
        update["referral"] = ""
    return replace(subject, procedure=sheet.model_copy(update=update))


def condition(sheet: Procedure, sentence: str) -> Condition | None:
    """When a sentence of a sheet's answer is apt; None for one that always is."""
    return next((one for one in sheet.only_if if sentence.startswith(one.phrase)), None)


def _own(sentence: str, core: str, told: Sequence[str], procedures: Sequence[Procedure]) -> bool:
    """Is a sentence about what is asked (a delay, a price), or are words that few sheets hold said in the message?"""
    own = set(stems(sentence)) - set(stems(core))
    return wondered([one for one in told if "?" in one], sentence) or bool(
        own & rare_words("\n".join(told), RARE, procedures)
    )
