"""Audio to text and text to image, where the provider offers them, through the same `openai` client.

The recording leaves the machine: the screen that calls this has told the person so. Nothing is kept here.
"""

from __future__ import annotations

import base64
import binascii
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from atelier_ia.assistant import faults
from atelier_ia.assistant.budget import Budget
from atelier_ia.assistant.client import Assistant
from atelier_ia.assistant.errors import AssistantError, Cancelled
from atelier_ia.assistant.exchange import FIRST_PAUSE_SECONDS, MAX_ATTEMPTS, MAX_PAUSE_SECONDS
from atelier_ia.assistant.recordings import Part, parts
from atelier_ia.assistant.replies import Identity
from atelier_ia.assistant.turns import Turns

Result = TypeVar("Result")
IMAGE_SIZES = ("1024x1024", "1024x1536", "1536x1024")


@dataclass(frozen=True)
class Segment:
    """One stretch of speech: who (''=unknown, as named by the provider), from and to in seconds of the whole."""

    speaker: str
    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Transcript:
    """A recording as text; `notice` is French and must be shown when not empty."""

    text: str
    segments: tuple[Segment, ...]
    identity: Identity
    notice: str = ""

    def dialogue(self) -> str:
        """The text with a line per speaker's turn, or the plain text when nobody was told apart."""
        if not any(segment.speaker for segment in self.segments):
            return self.text
        lines: list[str] = []
        last = None
        for segment in self.segments:
            if segment.speaker == last and lines:
                lines[-1] += f" {segment.text.strip()}"
            else:
                lines.append(f"{segment.speaker or 'Intervenant'} : {segment.text.strip()}")
            last = segment.speaker
        return "\n".join(lines)


def transcribe(
    assistant: Assistant,
    name: str,
    data: bytes,
    *,
    cancel: threading.Event | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Transcript:
    """The text of a recording (French). `on_progress(done, total)` counts the pieces of a long one.

    Raises:
        AssistantError: the provider has no transcription, the file does not suit it, or it failed.
    """
    ability = assistant.provider.capabilities.transcription
    if ability is None:
        raise AssistantError(
            f"{assistant.provider.label} ne transcrit pas d'enregistrement ; choisissez un fournisseur qui le fait "
            "(tableau dans docs/fournisseurs.md)."
        )
    pieces = parts(name, data, ability)
    budget = Budget(assistant.settings)
    budget.check(assistant.provider, priced=False)
    texts: list[str] = []
    segments: list[Segment] = []
    for number, piece in enumerate(pieces):
        answer = _attempts(assistant, lambda piece=piece: _send(assistant, piece), cancel)  # type: ignore[misc]
        budget.record_unpriced(assistant.provider, ability.model)
        text, found = _read(answer, piece.start, number if len(pieces) > 1 else None)
        texts.append(text)
        segments += found
        if on_progress is not None:
            on_progress(number + 1, len(pieces))
    whole = "\n".join(text for text in texts if text)
    if not whole:
        raise AssistantError("La transcription est vide ; vérifiez que l'enregistrement contient de la parole.")
    notice = ""
    if len(pieces) > 1:
        notice = (
            f"L'enregistrement a été traité en {len(pieces)} parties : relisez les raccords ; "
            "les voix sont numérotées partie par partie."
        )
    return Transcript(whole, tuple(segments), assistant.identity, notice)


def draw(
    assistant: Assistant, description: str, *, size: str = "1024x1024", cancel: threading.Event | None = None
) -> bytes:
    """A PNG made from `description`, where the provider offers images.

    Raises:
        AssistantError: no image endpoint, unknown size, or a failure.
    """
    ability = assistant.provider.capabilities.images
    if ability is None:
        raise AssistantError(
            f"{assistant.provider.label} ne produit pas d'image ; composez l'affiche avec l'atelier, "
            "ou choisissez un fournisseur qui le fait (tableau dans docs/fournisseurs.md)."
        )
    if size not in IMAGE_SIZES:
        raise AssistantError(f"Cette taille d'image n'existe pas ; choisissez parmi : {', '.join(IMAGE_SIZES)}.")
    budget = Budget(assistant.settings)
    budget.check(assistant.provider, priced=False)

    def send() -> bytes:
        client, _ = assistant.connect()
        answer = client.images.generate(model=ability.model, prompt=description, size=size, n=1)  # type: ignore[call-overload]
        encoded = answer.data[0].b64_json if answer.data else None
        try:
            image = base64.b64decode(encoded or "", validate=True)
        except binascii.Error:
            image = b""
        if image[:8] != b"\x89PNG\r\n\x1a\n":
            raise ValueError("no image")
        return image

    image = _attempts(assistant, send, cancel)
    budget.record_unpriced(assistant.provider, ability.model)
    return image


def _attempts(assistant: Assistant, send: Callable[[], Result], cancel: threading.Event | None) -> Result:
    stop = cancel or threading.Event()
    quota = assistant.provider.capabilities.requests_per_minute
    pause = FIRST_PAUSE_SECONDS
    for attempt in range(1, MAX_ATTEMPTS + 1):
        if quota:  # a retry counts as one more request
            Turns(quota, assistant.provider.id).wait(lambda place: None, stop)
        if stop.is_set():
            raise Cancelled
        try:
            return send()
        except Exception as error:
            fault = faults.explain(error, assistant.provider)
            faults.record(fault, error, assistant.provider, attempt)
            wait = pause if fault.retry_after is None else fault.retry_after
            if not fault.retriable or attempt == MAX_ATTEMPTS or wait > MAX_PAUSE_SECONDS:
                raise fault.error() from None
            stop.wait(wait)
            pause *= 2
    raise AssertionError("unreachable")


def _send(assistant: Assistant, piece: Part) -> Any:
    ability = assistant.provider.capabilities.transcription
    assert ability is not None
    client, _ = assistant.connect()
    options: dict[str, Any] = {"model": ability.model, "file": (piece.name, piece.data), "language": "fr"}
    if ability.speakers == "diarized_json":
        options["response_format"] = "diarized_json"
    elif ability.speakers == "speaker_id":
        options["extra_body"] = {"diarize": True, "timestamp_granularities": ["segment"]}
    if ability.chunking_strategy:
        options["chunking_strategy"] = "auto"
    return client.audio.transcriptions.create(**options)


def _read(answer: Any, offset: float, number: int | None) -> tuple[str, list[Segment]]:
    """Text and segments of one answer; `number` keeps the voices of different pieces apart."""
    text = answer if isinstance(answer, str) else str(getattr(answer, "text", "") or "")
    found = []
    for raw in getattr(answer, "segments", None) or []:
        speaker = _get(raw, "speaker")
        if speaker is None:
            speaker = _get(raw, "speaker_id")
        voice = "" if speaker is None else str(speaker)
        if voice and number is not None:
            voice = f"{voice} (partie {number + 1})"
        start, end = float(_get(raw, "start") or 0), float(_get(raw, "end") or 0)
        found.append(Segment(voice, offset + start, offset + end, str(_get(raw, "text") or "")))
    return text.strip(), found


def _get(holder: Any, name: str) -> Any:
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)
