"""One request to a provider, carried out in a thread of its own so that the screen can show, wait, stop or switch.

The thread reports through `events`; nobody but `ReplyStream` reads them. It ends by itself: attempts, waiting, answer's
length and duration are all bounded.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from atelier_ia.assistant import faults
from atelier_ia.assistant.errors import AssistantError, Cancelled
from atelier_ia.assistant.providers import Provider
from atelier_ia.assistant.replies import Message
from atelier_ia.assistant.requests import Structured, chat_body, weaker

if TYPE_CHECKING:
    from openai import OpenAI

MAX_ATTEMPTS = 3
MAX_PAUSE_SECONDS = 30.0
FIRST_PAUSE_SECONDS = 0.5
MAX_CHARACTERS = 60_000
WHOLE_ANSWER_FACTOR = 4  # an answer may take this many times the read timeout, never more

CUT = "La réponse a été coupée en cours de route : ce qui est arrivé est gardé, relisez-le ou relancez la demande."
TOO_LONG = "La réponse a été arrêtée car elle ne finissait pas : ce qui est arrivé est gardé."
LIMIT = "La réponse a atteint la longueur maximale : demandez un texte plus court ou relancez."


@dataclass(frozen=True)
class Waiting:
    """The request stands in the class queue; `place` 1 is the next to be served."""

    place: int


@dataclass(frozen=True)
class Sending:
    """The request leaves now."""


@dataclass(frozen=True)
class Piece:
    """Some text arrived."""

    text: str


@dataclass(frozen=True)
class End:
    """The exchange is over. `usage` is (prompt, completion) tokens, None when the provider did not say."""

    complete: bool
    notice: str = ""
    usage: tuple[int, int] | None = None


@dataclass(frozen=True)
class Failure:
    """The exchange failed before any text arrived."""

    error: AssistantError


Event = Waiting | Sending | Piece | End | Failure


class Exchange:
    """Send `messages` to `provider` and report events until an `End` or a `Failure`."""

    def __init__(
        self,
        provider: Provider,
        connect: Callable[[], tuple[OpenAI, Provider]],
        messages: Sequence[Message],
        *,
        stream: bool,
        schema: dict[str, Any] | None,
        timeout_seconds: float,
        wait_for_turn: Callable[[Callable[[int], None], threading.Event], Callable[[float], None]] | None = None,
    ) -> None:
        self.events: queue.Queue[Event] = queue.Queue()
        self.stop = threading.Event()
        self._provider = provider
        self._connect = connect
        self._messages = messages
        self._stream = stream
        self._schema = schema
        self._level: Structured = provider.capabilities.structured
        self._deadline_seconds = WHOLE_ANSWER_FACTOR * timeout_seconds
        self._wait_for_turn = wait_for_turn
        self._pause_class: Callable[[float], None] = lambda seconds: None
        self._received = 0
        self._thread = threading.Thread(target=self._run, name="atelier-assistant", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def _run(self) -> None:
        try:
            # A local server may choose its model at the connection: the provider is known for good from here.
            client, self._provider = self._connect()
            # The turn comes last: what leaves late would meet the next minute's requests at the provider.
            self._take_turn()
            self.events.put(Sending())
            self._attempts(client)
        except AssistantError as error:
            self.events.put(Failure(error))
        except Exception as error:
            # The net under a thread: without an event the screen would wait for ever. No message: it may quote content.
            logging.getLogger("atelier_ia.assistant").error("erreur interne type=%s", type(error).__name__)
            self.events.put(
                Failure(
                    AssistantError("Une erreur interne a interrompu la demande ; votre texte est intact : réessayez.")
                )
            )

    def _take_turn(self) -> None:
        """Stand in the class queue; a request that is sent again counts as one more, and says so if it must wait."""
        if self._wait_for_turn is None:
            return
        places: list[int] = []

        def note(place: int) -> None:
            places.append(place)
            self.events.put(Waiting(place))

        self._pause_class = self._wait_for_turn(note, self.stop)
        if places:
            self.events.put(Sending())

    def _attempts(self, client: OpenAI) -> None:
        pause = FIRST_PAUSE_SECONDS
        attempt = 0
        while True:
            attempt += 1
            try:
                self._once(client)
                return
            except Exception as error:
                if self.stop.is_set():
                    raise Cancelled from None
                fault = faults.explain(error, self._provider)
                faults.record(fault, error, self._provider, attempt)
                if self._received:
                    self.events.put(End(False, CUT))
                    return
                if self._schema is not None and fault.kind == "forme" and (level := weaker(self._level)):
                    self._level, attempt = level, attempt - 1
                    self._take_turn()
                    continue
                if not fault.retriable or attempt >= MAX_ATTEMPTS:
                    raise fault.error() from None
                wait = pause if fault.retry_after is None else fault.retry_after
                if wait > MAX_PAUSE_SECONDS:
                    raise fault.error() from None
                if fault.kind == "quota":
                    self._pause_class(wait)
                if self.stop.wait(wait):
                    raise Cancelled from None
                self._take_turn()
                pause *= 2

    def _once(self, client: OpenAI) -> None:
        body = chat_body(self._provider, self._messages, stream=self._stream, schema=self._schema, level=self._level)
        if self._stream:
            self._read_stream(client, body)
        else:
            self._read_whole(client, body)

    def _read_whole(self, client: OpenAI, body: dict[str, Any]) -> None:
        answer = client.chat.completions.create(**body)
        choice = answer.choices[0]
        text = content_text(choice.message.content)
        if not text.strip():
            raise AssistantEmpty(self._provider)
        self._put(text[:MAX_CHARACTERS])
        self._end(choice.finish_reason, _tokens(answer.usage), truncated=len(text) > MAX_CHARACTERS)

    def _read_stream(self, client: OpenAI, body: dict[str, Any]) -> None:
        started = time.monotonic()
        finish: str | None = None
        usage: tuple[int, int] | None = None
        with client.chat.completions.create(**body) as chunks:
            for chunk in chunks:
                if self.stop.is_set():
                    raise Cancelled
                usage = _tokens(getattr(chunk, "usage", None)) or usage
                # The last chunk of several providers carries the usage and no choice.
                for choice in (getattr(chunk, "choices", None) or [])[:1]:
                    finish = choice.finish_reason or finish
                    self._put(content_text(getattr(choice.delta, "content", None)))
                endless = time.monotonic() - started > self._deadline_seconds
                if endless or self._received > MAX_CHARACTERS:
                    self._end(finish, usage, truncated=True)
                    return
        if not self._received:
            raise AssistantEmpty(self._provider)
        self._end(finish, usage)

    def _put(self, text: str) -> None:
        if text:
            self._received += len(text)
            self.events.put(Piece(text))

    def _end(self, finish: str | None, usage: tuple[int, int] | None, truncated: bool = False) -> None:
        if truncated:
            self.events.put(End(False, TOO_LONG, usage))
        elif finish == "length":
            self.events.put(End(False, LIMIT, usage))
        elif finish is None:
            self.events.put(End(False, CUT, usage))
        else:
            self.events.put(End(True, "", usage))


class AssistantEmpty(Exception):
    """The provider answered without any text."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(provider.id)


def content_text(content: Any) -> str:
    """The text of a message's content, which some providers send as a list of parts (thinking left out)."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(_part_text(part) for part in content)
    return ""


def _part_text(part: Any) -> str:
    if isinstance(part, str):
        return part
    kind = part.get("type") if isinstance(part, dict) else getattr(part, "type", None)
    text = part.get("text") if isinstance(part, dict) else getattr(part, "text", None)
    return text if kind in ("text", "output_text") and isinstance(text, str) else ""


def _tokens(usage: Any) -> tuple[int, int] | None:
    prompt, completion = getattr(usage, "prompt_tokens", None), getattr(usage, "completion_tokens", None)
    if isinstance(prompt, int) and isinstance(completion, int):
        return prompt, completion
    return None
