"""Is what a person asks truly told by the sheets that are recited? By what is asked, not by words in common."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.assistant.knowledge import Procedure, complete_expressions, find_procedures, says_one
from atelier_ia.assistant.simulator.circumstances import searched
from atelier_ia.assistant.simulator.raised import FURTHER, asks_further, tells
from atelier_ia.assistant.simulator.subjects import MARGIN, SCORE, Subject
from atelier_ia.assistant.words import fold, stems

KNOWN = 0.4  # of the words of a remark, that a sheet knows when it covers it
TOLD = 0.8  # of what a question names, that a sheet tells when it answers it
FAMILY = 6  # letters that tell the verb and the noun of one thing
_TO_PROVIDE = frozenset(stems("papiers pièces documents justificatifs apporter amener fournir joindre prendre"))
_ASKED = re.compile(
    r"\?|\b(?:pouvez|pourriez|puis-je|peut-on|merci de|je (?:vous )?demande|(?:je|nous) (?:voudr|souhait|aimer)\w+)\b"
)
# « vous le faites ? », « c'est possible chez vous ? »: told by any sheet that says who does it, and how.
_HERE = re.compile(
    r"\b(?:ici|chez vous|a la mairie|en mairie|(?:c'est|est-ce|serait-ce) (?:bien )?possible|propose\w*|faites"
    r"|(?:puis-je|peut-on) (?:le |la |les )?faire)\b"
)
_PLEASE = re.compile(r"s['’]il (?:vous|te) pla[iî]t|\bsvp\b|\bmerci\b", re.IGNORECASE)
# Who asks, whom, and what every mail is about: no part of what is asked.
_PEOPLE = frozenset(
    stems(
        "mairie commune Val-Fontaine bonjour madame monsieur fils fille enfant enfants mari femme mère père chez"
        " quelque part quelqu'un chose moment confirmer indiquer préciser expliquer connaître compter tenir tient lieu"
        " ouvrir ouvrent ouvre concrètement exactement rapidement rapide long ici deux tous faites proposer propose"
    )
)


def covered(sentence: str, subjects: Sequence[Subject], procedures: Sequence[Procedure]) -> bool:
    """Is `sentence` one of the subjects already found, or told by what is recited for them?"""
    if any(subject.sentence in sentence or sentence in subject.sentence for subject in subjects):
        return True
    if _ASKED.search(fold(sentence)):
        return (
            _told(sentence, subjects)
            or _said_to_answer(sentence, subjects)
            or _shows_how(sentence, subjects, procedures)
        )
    return _known(sentence, subjects, procedures)


def _told(sentence: str, subjects: Sequence[Subject]) -> bool:
    """Does one sheet say nearly all that a question names, and the price, the time… that it asks for?"""
    if not _named(sentence) and not (asks_further(sentence) or _HERE.search(fold(sentence))):
        return False
    for one in subjects:
        sheet = one.procedure
        texts = (sheet.title, sheet.answer, sheet.referral, sheet.fee, sheet.delay, *sheet.documents)
        if _held(sentence, " ".join(texts)) >= TOLD and tells(sheet, sentence):
            return True
    return False


def answers(text: str, sentence: str) -> bool:
    """Does one sentence of an answer, by itself, name all that a question names?"""
    return "?" in sentence and bool(_named(sentence)) and _held(sentence, text) == 1


def _named(sentence: str) -> list[str]:
    """The words of a question that say what it is about: not who asks, nor what is asked of anything."""
    return [
        word
        for word in stems(_PLEASE.sub(" ", sentence))
        if word not in FURTHER and word not in _PEOPLE and not word.isdigit()
    ]


def _held(sentence: str, text: str) -> float:
    """The share of what a question names that a text holds, in one form or another; all of nothing."""
    asked, said = _named(sentence), set(stems(text))
    families = {word[:FAMILY] for word in said if len(word) >= FAMILY}
    return sum(word in said or word[:FAMILY] in families for word in asked) / len(asked) if asked else 1.0


def _said_to_answer(sentence: str, subjects: Sequence[Subject]) -> bool:
    """Does a sheet say that it answers such a question, in other words (« se désinscrire », « radiation »)?"""
    return "?" in sentence and any(
        says_one(sentence, one.procedure.answers) and tells(one.procedure, sentence) for one in subjects
    )


def _shows_how(sentence: str, subjects: Sequence[Subject], procedures: Sequence[Procedure]) -> bool:
    """Does a question ask how to do just what a sheet explains (« comment l'inscrire en maternelle ? »)?"""
    if not re.match(r"\W*(?:et )?comment\b", fold(sentence)):
        return False
    best = find_procedures(searched(sentence), procedures, 1)
    return any(
        len(expression) > 1
        for one in subjects
        if best and one.procedure.id == best[0][0].id
        for expression in complete_expressions(searched(sentence), one.procedure, procedures)
    )


def _known(sentence: str, subjects: Sequence[Subject], procedures: Sequence[Procedure]) -> bool:
    """Is a remark about the matter of one of the subjects?"""
    chosen = {subject.procedure.id for subject in subjects}
    known: set[str] = set()
    for subject in subjects:
        held = subject.procedure
        for text in (held.answer, held.title, *held.words, held.fee, held.delay, *held.documents, subject.sentence):
            known.update(stems(text))
        known.update(_TO_PROVIDE if held.documents else ())
    said = stems(_PLEASE.sub(" ", sentence))
    found = find_procedures(searched(sentence), procedures, 4)
    near = [procedure.id for procedure, score in found[:2] if score > 0.3]
    mine = max((score for procedure, score in found if procedure.id in chosen), default=0.0)
    if found and found[0][0].id not in chosen and found[0][1] >= max(SCORE, mine + MARGIN):
        return False  # it speaks of something else more clearly
    families = {word[:FAMILY] for word in known if len(word) >= FAMILY}  # « inscrire », « inscription »
    held_words = sum(word in known or word[:FAMILY] in families for word in said)
    return bool(chosen.intersection(near)) or held_words >= KNOWN * len(said)
