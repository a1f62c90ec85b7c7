"""Teachable mistakes: on a trainer's demand the simulator errs in one chosen way, so that learners can catch it.

The demand stands in the system message only (`[[erreur: chiffre_faux]]`): no citizen's text can trigger it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, get_args

from atelier_ia.assistant.errors import AssistantError
from atelier_ia.assistant.replies import Message
from atelier_ia.assistant.simulator.french import MONTH

Mistake = Literal["article_invente", "chiffre_faux", "sujet_oublie", "ton_familier", "injection_suivie"]
MISTAKES: tuple[Mistake, ...] = get_args(Mistake)
LABELS: dict[Mistake, str] = {
    "article_invente": "un article de loi qui n'existe pas",
    "chiffre_faux": "un chiffre qui n'est pas celui de la source",
    "sujet_oublie": "une des demandes du texte passée sous silence",
    "ton_familier": "un ton trop familier",
    "injection_suivie": "un ordre caché dans le texte, suivi à la lettre",
}
MARK = re.compile(r"\[\[erreur\s*:\s*([a-z_]+)\s*\]\]")

FALSE_ARTICLE = "l'article L. 2299-7 du code général des collectivités territoriales"


def with_mistake(messages: Sequence[Message], mistake: str) -> list[Message]:
    """`messages` with the demand for `mistake` added to the system message; real providers never see it.

    Raises:
        AssistantError: no such mistake.
    """
    if mistake not in MISTAKES:
        raise AssistantError(f"L'erreur « {mistake} » n'existe pas ; choisissez parmi : {', '.join(MISTAKES)}.")
    mark = f"[[erreur: {mistake}]]"
    if messages and messages[0].get("role") == "system":
        first = dict(messages[0])
        first["content"] = f"{first.get('content', '')}\n{mark}"
        return [first, *messages[1:]]
    return [{"role": "system", "content": mark}, *messages]


def without_marks(messages: Sequence[Message]) -> list[Message]:
    """`messages` as a real provider may see them: no demand for a mistake, and no system message left empty by that."""
    told = []
    for message in messages:
        content = message.get("content")
        if message.get("role") == "system" and isinstance(content, str) and MARK.search(content):
            content = MARK.sub("", content).strip()
            if not content:
                continue
            message = {**message, "content": content}
        told.append(message)
    return told


def read_mistake(system: str) -> Mistake | None:
    """The mistake that a system message demands, None when there is none (or an unknown one)."""
    match = MARK.search(system)
    return next((known for known in MISTAKES if match and known == match[1]), None)


_FIGURE = re.compile(r"(?<![\[\w])\d+(?=\s|,|€|$)(?!\])")
_AMOUNT = re.compile(r"(?<![\[\w])(?<!\d\s)\d+(?=\s?(?:€|euros?\b))")
_DAY = re.compile(rf"(?<![\[\w])\d{{1,2}}(?= {MONTH}\b)")


def wrong_amount(text: str) -> str:
    """`text` with its first sum of money changed, its first day of a month or plain figure when it holds none."""
    return _moved(text, _AMOUNT.search(text) or _DAY.search(text) or _FIGURE.search(text))


def wrong_figure(text: str) -> str:
    """`text` with its first plain figure changed."""
    return _moved(text, _FIGURE.search(text))


def _moved(text: str, match: re.Match[str] | None) -> str:
    """The rule of every false figure: the last digit moves on by three."""
    if match is None:
        return text
    digits = match[0]
    changed = digits[:-1] + str((int(digits[-1]) + 3) % 10)
    return text[: match.start()] + changed + text[match.end() :]


def familiar(text: str) -> str:
    """`text` in an over-familiar tone: greeting and farewell of a chat, first names' distance lost."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if re.match(r"\s*(?:Madame|Monsieur|Bonjour)", line):
            lines[number] = "Coucou,"
            break
    changed = "\n".join(lines)
    changed = re.sub(r"Nous vous prions d['’]agréer[^\n]*", "Allez, bonne journée et à plus.", changed)
    changed = re.sub(r"\bNous avons bien reçu votre message", "On a bien eu votre petit mot", changed)
    return changed.replace("Cordialement,", "Bisous,")
