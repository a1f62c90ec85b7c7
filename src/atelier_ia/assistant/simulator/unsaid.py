"""What a message tells and a reply does not say: each sentence is taken up in its place, so that nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from atelier_ia.assistant.simulator.dangers import delicate
from atelier_ia.assistant.simulator.french import AMOUNT, DATE, HOUR, MONTH, WEEKDAY
from atelier_ia.assistant.simulator.mail import Mail
from atelier_ia.assistant.simulator.neutral import public
from atelier_ia.assistant.simulator.phrasing import NOTED
from atelier_ia.assistant.simulator.raised import FURTHER, asks, tells_of
from atelier_ia.assistant.simulator.taking_up import again, confidential
from atelier_ia.assistant.simulator.wishes import only_thanks_said
from atelier_ia.assistant.words import fold, stems

LONGEST = 26  # words taken up of one sentence
ASKED = 0.7  # of the words of a request
HELD = 0.6  # of the words of a sentence, that a reply holds when it says it
FEWEST = 2  # meaningful words under which a sentence says nothing by itself
MOST = 5  # sentences taken up
_FAMILY = 6  # letters that tell the verb and the noun of one thing
_NAMED = re.compile(r"(?<!^)(?<![.!?:«\"]\s)\b[A-ZÀ-Ý][\wà-ÿ]{2,}")
_SELF = re.compile(r"\W*(?:je m'appelle|je suis (?:m\.|mr|mme|monsieur|madame)\b)")
_TOLD_OF = re.compile(r"Vous (?:nous |vous )?\w+ (?:aussi )?(?:qu['’e]\w* ?|: ?)?")
_WANTED = re.compile(
    r"Vous (?:(?:nous )?(?:demandez|interrogez)|souhaitez|aimeriez|proposez|exigez|sollicitez|cherchez|contestez)\b"
)
_MISSAID = re.compile(
    r"\bqu(?:e |['’])(?:à |de |pour |c['’]est (?:quel|quoi|qui|où|combien))|\bparce\.?$|\bsi nous \w+(?:er|ir)\b"
)
_WHEN = re.compile(rf"\b(?:{fold(WEEKDAY)}|{fold(MONTH)}|matin|soir|nuit|week-end|semaines?|mois|ans?|annees?)\b")
_EMPTY = re.compile(
    r"^\W*(?:merci\b|bravo\b|bonne (?:journee|soiree|fin|continuation)|bon (?:week|dimanche|courage)|desole\w*"
    r"|[^?]*\ben (?:piece jointe|pj|annexe)\b|[^?]*\bci-jointe?s?\b|repondez|c'est (?:tout|urgent)|voila|a bientot"
    r"|bien a vous|cordialement|dans l'attente|en attend|(?:comment|que) faire\W*$|je (?:ne )?(?:sais|comprends)\b"
    r"|j'espere\b|je compte sur)"
)


@dataclass(frozen=True)
class Unsaid:
    """A sentence of the mail, by its place among those that say something, and how it is taken up."""

    place: int
    told: str
    wanted: bool  # asked, wished or offered, rather than told


def unsaid(mail: Mail, reply: str) -> list[Unsaid]:
    """The sentences of `mail` that `reply` does not say, in their order; none of what is not to be said again."""
    if confidential(mail) or any(one.procedure.senders for one in mail.subjects):
        return []
    if delicate("\n".join(mail.sentences)) or (mail.mood == "remerciement" and not mail.subjects):
        return []
    held, families = _held(reply)
    found = []
    for place, sentence in enumerate(mail.told):
        if _says(reply, held, families, sentence) or _EMPTY.match(fold(sentence)) or _SELF.match(fold(sentence)):
            continue
        if only_thanks_said(sentence):
            continue
        told = again(mail, sentence, LONGEST)
        new = [word for word in dict.fromkeys(stems(told)) if word not in held]
        if new and _worth_saying(told, new, mail):
            wanted = "?" in sentence or sentence in mail.requests or bool(_WANTED.match(told))
            found.append(Unsaid(place, told, wanted))
            held.update(stems(told))
    return found[:MOST]


def _held(reply: str) -> tuple[set[str], set[str]]:
    """The words of `reply`, and the beginnings of its long ones."""
    held = set(stems(reply))
    return held, {word[:_FAMILY] for word in held if len(word) >= _FAMILY}


def _worth_saying(told: str, new: Sequence[str], mail: Mail) -> bool:
    """Does what is taken up bring a question, a figure, a name, or a thing that a town hall deals with?"""
    body = _TOLD_OF.sub("", told, count=1)
    if _MISSAID.search(told):
        return False
    if _WANTED.match(told):
        return True
    if told.startswith(f"{NOTED} :"):  # words without a verb: their figures alone matter
        return bool(DATE.search(body) or AMOUNT.search(body) or HOUR.search(body))
    specific = bool(re.search(r"\d", body) or _NAMED.search(f"x {body}") or _WHEN.search(fold(body)))
    return specific or any(word in mail.civic or public(word) for word in new)


def _says(reply: str, held: set[str], families: set[str], sentence: str) -> bool:
    words = [word for word in dict.fromkeys(stems(sentence)) if word not in FURTHER]
    if "?" in sentence and len(words) < FEWEST + 1 and tells_of(reply, sentence):
        return True
    if len(words) < FEWEST:
        return not ("?" in sentence and words and words[0] not in held)
    named = {word for name in _NAMED.findall(sentence) for word in stems(name)}
    if not named <= held:
        return False
    return sum(word in held or word[:_FAMILY] in families for word in words) >= (
        ASKED if asks(sentence) else HELD
    ) * len(words)
