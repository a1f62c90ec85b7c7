"""The one guarded path of a draft: mask → a person confirms → the model writes → the personal data are put back.

Every app that lets the model work on someone's text passes here; nothing else may send a person's text. A failure of
the guard stops everything: an unconfirmed or unmasked text cannot be expressed in this module's types.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from atelier_ia.assistant import Assistant, Identity, ReplyStream, open_assistant
from atelier_ia.documents.typography import number
from atelier_ia.errors import AtelierError
from atelier_ia.privacy import Masking, Span, detect, mask
from atelier_ia.settings import Settings

LONGEST_TEXT = 40_000
LONGEST_INSTRUCTION = 4_000
BLOCKING_LEVELS = ("masquer", "alerte")
_WORD_END = re.compile(r"\s(?=\S*$)")
_SEAL = object()

MessageBuilder = Callable[[str, str, Settings], list[dict[str, Any]]]


class DraftingError(AtelierError):
    """The draft cannot be asked for as it stands; the sentence says what to change."""


@dataclass(frozen=True)
class Confirmed:
    """A masked text that a person has reviewed; only `confirm` makes one."""

    masking: Masking = field(repr=False)
    _seal: object = field(repr=False)

    def __post_init__(self) -> None:
        if self._seal is not _SEAL:
            raise TypeError("only drafting.confirm makes a Confirmed text")


@dataclass(frozen=True)
class Draft:
    """A finished draft. `unknown`: placeholders that the model invented; `missing`: data it left out."""

    text: str
    complete: bool
    identity: Identity
    notice: str = ""
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def prepare(text: str) -> Masking:
    """The personal data found in `text`, masked, to be shown to the person.

    Raises:
        DraftingError: there is no text, or it is too long for one draft.
        PrivacyError: the guard failed; nothing may be sent.
    """
    if not text.strip():
        raise DraftingError("Il n'y a pas encore de texte ; choisissez un exemple ou collez le vôtre.")
    if len(text) > LONGEST_TEXT:
        raise DraftingError(
            f"Le texte est trop long ({number(len(text))} caractères, {number(LONGEST_TEXT)} au plus) ; gardez "
            "l'essentiel."
        )
    return mask(text)


def remask(text: str, spans: Iterable[Span]) -> Masking:
    """`text` with exactly the `spans` that the person keeps masked."""
    return mask(text, sorted(spans, key=lambda span: span.start))


def confirm(masking: Masking, unsettled_alerts: Iterable[Span] = ()) -> Confirmed:
    """The person's agreement to send `masking.text`.

    Raises:
        DraftingError: a sensitive passage still waits for a decision.
    """
    waiting = len(list(unsettled_alerts))
    if waiting:
        raise DraftingError(
            "Une information sensible attend votre décision ; masquez-la ou confirmez qu'elle peut rester."
            if waiting == 1
            else f"{waiting} informations sensibles attendent votre décision ; traitez-les avant de continuer."
        )
    return Confirmed(masking, _SEAL)


def draft(
    confirmed: Confirmed,
    instruction: str,
    build: MessageBuilder,
    settings: Settings,
    *,
    assistant: Assistant | None = None,
    cancel: threading.Event | None = None,
    on_wait: Callable[[int], None] | None = None,
) -> DraftStream:
    """Ask for a draft: the pieces arrive with the personal data already put back; `.draft` holds the end result.

    `build(masked_text, instruction, settings)` makes the messages; `cancel` stops; `on_wait(place)` tells the place in
    the class queue.

    Raises:
        DraftingError: the instruction is empty, too long, or holds personal data.
    """
    request = masked_instruction(instruction, confirmed.masking)
    chosen = assistant or open_assistant(settings)
    messages = build(confirmed.masking.text, request, settings)
    return DraftStream(confirmed.masking, chosen.stream(messages, cancel=cancel, on_wait=on_wait))


def masked_instruction(instruction: str, masking: Masking) -> str:
    """`instruction`, refused when it is empty, too long, or names someone: it leaves with the text, unmasked."""
    wanted = instruction.strip()
    if not wanted:
        raise DraftingError("La consigne est vide ; écrivez ce que le brouillon doit faire.")
    if len(wanted) > LONGEST_INSTRUCTION:
        raise DraftingError(f"La consigne est trop longue ; gardez moins de {number(LONGEST_INSTRUCTION)} caractères.")
    if any(span.level in BLOCKING_LEVELS for span in detect(wanted)):
        raise DraftingError(
            "La consigne contient une donnée personnelle, qui partirait telle quelle ; retirez-la de la consigne, "
            "l'assistant la retrouvera dans le texte masqué."
        )
    return wanted


class DraftStream(Iterator[str]):
    """The pieces of a draft, personal data put back. The joined pieces may differ slightly from `draft.text`, which
    is restored in one go: show it when the stream ends."""

    def __init__(self, masking: Masking, stream: ReplyStream) -> None:
        self._masking = masking
        self._stream = stream
        self._held = ""
        self._over = False

    def __iter__(self) -> DraftStream:
        return self

    def __next__(self) -> str:
        while not self._over:
            try:
                self._held += next(self._stream)
            except StopIteration:
                self._over = True
                break
            ready = self._ready_length()
            if ready:
                piece, self._held = self._held[:ready], self._held[ready:]
                return self._masking.restore(piece).text
        if self._held:
            piece, self._held = self._held, ""
            return self._masking.restore(piece).text
        raise StopIteration

    @property
    def identity(self) -> Identity:
        """Who is answering (the simulator may have taken over)."""
        return self._stream.identity

    @property
    def draft(self) -> Draft:
        """What has arrived, restored as a whole."""
        reply = self._stream.reply
        restoration = self._masking.restore(reply.text)
        return Draft(
            restoration.text,
            reply.complete,
            reply.identity,
            reply.notice,
            tuple(restoration.unknown),
            tuple(restoration.missing),
        )

    def _ready_length(self) -> int:
        """How much of the held text can be restored now: whole words, and no placeholder cut in two."""
        end = _WORD_END.search(self._held)
        length = end.end() if end else 0
        opened = self._held.rfind("[", 0, length)
        if opened >= 0 and "]" not in self._held[opened:length] and len(self._held) - opened < 40:
            length = opened
        return length
