"""The same masked request on several tools, compared blind: who answers is known only after the vote.

The tools are those that this collectivité has configured: the one of `atelier.toml`, those of its `comparer` line, and
those whose access key is in the environment. With none, the simulator is compared with itself, and says so.
Everything passes through `drafting`: nothing leaves that a person has not confirmed.
"""

from __future__ import annotations

import os
import random
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field

from atelier_ia.assistant import Assistant
from atelier_ia.assistant.providers import SIMULATOR, Provider, configured, find_provider, load_providers
from atelier_ia.assistant.simulator.mistakes import LABELS, Mistake, with_mistake
from atelier_ia.content import StrictModel, load_toml
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings
from atelier_ia.use_cases import acts, drafting, emails, meetings
from atelier_ia.use_cases.drafting import Confirmed, MessageBuilder
from atelier_ia.use_cases.sandbox import load_emails

MOST = 4
LETTERS = "ABCD"
VEIL = "[nom de l'outil]"
CUT = "Cette réponse a été coupée en cours de route ; jugez ce qui est arrivé, ou relancez la demande."
SPARE_MISTAKES: tuple[Mistake, ...] = ("chiffre_faux", "ton_familier")
"""What may be slipped in when a text gives no hold to the mistake of its request (a single subject to forget)."""
NO_MISTAKE = "aucune erreur n'a pu être glissée dans un texte aussi simple"
_BRANDS = (
    r"ChatGPT|OpenAI|GPT[-‑]?\d(?:[\w.-]*\w)?|Claude|Anthropic|Mistral(?: AI)?|Albert|OpenGateLLM|Scaleway|"
    r"Llama[\w.-]*|Qwen[\w.-]*|Gemma[\w.-]*|Le Chat|Simulateur"
)


class Request(StrictModel):
    """Something to ask; `hurried` and `mistake` serve the simulator's own variants."""

    id: str
    name: str = Field(alias="nom", min_length=1)
    hurried: str = Field(alias="pressee", min_length=1)
    mistake: Mistake = Field(alias="erreur")

    @property
    def instruction(self) -> str:
        """The careful instruction of the use case's own app."""
        return _PARTS[self.id][0]

    @property
    def build(self) -> MessageBuilder:
        """How the use case's own app makes its messages."""
        return _PARTS[self.id][1]

    @property
    def example(self) -> str:
        """A text to begin with."""
        return _PARTS[self.id][2]()


class _Requests(StrictModel):
    requests: tuple[Request, ...] = Field(alias="demandes", min_length=1)


@dataclass(frozen=True)
class Contestant:
    """One tool, or one variant of the simulator; `key` names it in the counts of votes."""

    key: str
    name: str
    detail: str
    provider: Provider
    instruction: str = ""
    mistake: str = ""

    @property
    def simulated(self) -> bool:
        """Is it the simulator?"""
        return self.provider.simulated


@dataclass(frozen=True)
class Answer:
    """What one contestant wrote, personal data put back; `failure` when it wrote nothing, `notice` of a cut answer."""

    contestant: Contestant
    text: str = field(repr=False)
    seconds: float = 0.0
    failure: str = ""
    unknown: tuple[str, ...] = ()
    notice: str = ""


@lru_cache(maxsize=1)
def load_requests() -> tuple[Request, ...]:
    """What can be asked, the first one on opening."""
    return load_toml(Path(__file__).with_name("comparaison.toml"), _Requests).requests


def find_request(identifier: str) -> Request:
    """The request of that identifier, the first one otherwise."""
    return next((request for request in load_requests() if request.id == identifier), load_requests()[0])


def contestants(
    settings: Settings, request: Request, environment: Mapping[str, str] | None = None
) -> tuple[Contestant, ...]:
    """Who can answer here, in alphabetical order: at most four tools, or the simulator's variants."""
    tools = _tools(settings, os.environ if environment is None else environment)
    if len(tools) >= 2:
        return tools
    return (*tools, *_variants(request)[: 1 if tools else 3])


def ask_all(
    confirmed: Confirmed,
    instruction: str,
    request: Request,
    chosen: Sequence[Contestant],
    settings: Settings,
    *,
    cancel: threading.Event | None = None,
    on_answer: Callable[[int], None] | None = None,
    open_with: Callable[[Settings, Provider], Assistant] = Assistant,
) -> tuple[Answer, ...]:
    """The answers of all the `chosen`, asked together; `on_answer(count)` tells how many have come, never whose.

    Raises:
        DraftingError: the instruction is empty, too long, or holds personal data.
    """
    drafting.masked_instruction(instruction, confirmed.masking)
    # The stand-in would answer under another's name.
    alone = settings.model_copy(update={"assistant": settings.assistant.model_copy(update={"fallback": ""})})

    def ask(contestant: Contestant) -> Answer:
        def build(text: str, wanted: str, own: Settings) -> list[dict[str, Any]]:
            messages = request.build(text, wanted, own)
            return with_mistake(messages, contestant.mistake) if contestant.mistake else messages

        begun = time.monotonic()
        try:
            stream = drafting.draft(
                confirmed,
                contestant.instruction or instruction,
                build,
                alone,
                assistant=open_with(alone, contestant.provider),
                cancel=cancel,
            )
            for _ in stream:
                pass
            draft = stream.draft
        except AtelierError as error:
            return Answer(contestant, "", time.monotonic() - begun, str(error))
        # A whole answer's notice (a budget's warning) would tell a paid tool from the others.
        notice = "" if draft.complete else CUT
        return Answer(contestant, draft.text.strip(), time.monotonic() - begun, "", draft.unknown, notice)

    with ThreadPoolExecutor(max_workers=MOST) as pool:
        tasks = [pool.submit(ask, contestant) for contestant in chosen]
        for count, _ in enumerate(as_completed(tasks), 1):
            if on_answer is not None:
                on_answer(count)
    answers = [task.result() for task in tasks]
    careful = {one.text for one in answers if one.text and one.contestant.simulated and not one.contestant.mistake}
    return tuple(_with_its_mistake(answer, careful, ask) for answer in answers)


def shuffled(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """The answers that have a text, in an order drawn at random: the first is Réponse A.

    Raises:
        DraftingError: fewer than two tools have answered.
    """
    arrived = [answer for answer in answers if answer.text]
    if len(arrived) < 2:
        told = next((answer.failure for answer in answers if answer.failure), "")
        raise drafting.DraftingError(
            f"Il faut deux réponses pour comparer, et {len(arrived)} seule est arrivée. {told}".strip()
            if arrived
            else f"Aucune réponse n'est arrivée ; réessayez, votre texte est gardé. {told}".strip()
        )
    random.SystemRandom().shuffle(arrived)
    return tuple(arrived)


def veiled(text: str, source: str) -> str:
    """`text` without the name under which a tool would give itself away; a name that `source` holds is a person's."""
    theirs = source.casefold()

    def hide(found: re.Match[str]) -> str:
        return found[0] if found[0].casefold() in theirs else VEIL

    return re.sub(rf"\b(?:{_BRANDS})\b", hide, text, flags=re.IGNORECASE)


def mistake_label(contestant: Contestant) -> str:
    """In words, the mistake that this variant makes on purpose; empty when it makes none."""
    return next((label for mistake, label in LABELS.items() if mistake == contestant.mistake), "")


def _with_its_mistake(answer: Answer, careful: set[str], ask: Callable[[Contestant], Answer]) -> Answer:
    """`answer`, or, when its mistake changed nothing in this text, one with a mistake that can be found in it."""
    who = answer.contestant
    if not who.mistake or answer.text not in careful:
        return answer
    for other in SPARE_MISTAKES:
        again = ask(replace(who, mistake=other, detail=f"l'erreur à trouver : {LABELS[other]}"))
        if again.text and again.text not in careful:
            return again
    return replace(answer, contestant=replace(who, mistake="", detail=NO_MISTAKE))


def _tools(settings: Settings, environment: Mapping[str, str]) -> tuple[Contestant, ...]:
    own = configured(settings.assistant)
    found: dict[str, Provider] = {} if own.simulated else {own.id: own}
    for identifier in settings.assistant.compare:
        found.setdefault(identifier, find_provider(identifier))
    for provider in load_providers():
        if provider.key_variable and provider.base_url and environment.get(provider.key_variable, "").strip():
            found.setdefault(provider.id, provider)
    found.pop(SIMULATOR, None)
    tools = sorted(found.values(), key=lambda provider: provider.label.casefold())[:MOST]
    return tuple(
        Contestant(
            f"{provider.id}:{provider.model}"[:80],
            f"{provider.label}, modèle {provider.model}" if provider.model else provider.label,
            f"hébergement : {provider.hosting}",
            provider,
        )
        for provider in tools
    )


def _variants(request: Request) -> tuple[Contestant, ...]:
    simulator = find_provider(SIMULATOR)
    label = LABELS[request.mistake]
    return (
        Contestant("simulateur:soignee", "Simulateur, avec votre consigne", "la consigne que vous avez lue", simulator),
        Contestant(
            "simulateur:pressee",
            "Simulateur, avec une consigne pressée",
            f"la consigne était seulement : « {request.hurried.rstrip('.')} »",
            simulator,
            instruction=request.hurried,
        ),
        Contestant(
            "simulateur:erreur",
            "Simulateur, avec une erreur glissée exprès",
            f"l'erreur à trouver : {label}",
            simulator,
            mistake=request.mistake,
        ),
    )


def _first_email() -> str:
    inbox = load_emails()
    return next((email.text for email in inbox if email.id == "cantine_et_bus"), inbox[0].text)


_PARTS: dict[str, tuple[str, MessageBuilder, Callable[[], str]]] = {
    "courriels": (emails.DEFAULT_INSTRUCTION, emails.build_messages, _first_email),
    "reunions": (meetings.DEFAULT_INSTRUCTION, meetings.build_messages, lambda: meetings.EXAMPLE),
    "arretes": (acts.DEFAULT_INSTRUCTION, acts.build_messages, lambda: acts.EXAMPLES[0].text()),
}
