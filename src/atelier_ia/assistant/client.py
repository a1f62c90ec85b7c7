"""The assistant of the whole product: one object to ask a model, whatever the provider, that survives its failures.

Never masks personal data: whoever calls it with a person's text has passed through the guard (`use_cases.drafting`).
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from atelier_ia.assistant.budget import Budget
from atelier_ia.assistant.errors import AssistantError, Cancelled
from atelier_ia.assistant.exchange import End, Exchange, Failure, Piece, Sending, Waiting
from atelier_ia.assistant.providers import Provider, configured, find_provider
from atelier_ia.assistant.replies import Identity, Message, Reply, Usage
from atelier_ia.assistant.structured import read_object
from atelier_ia.assistant.turns import Turns
from atelier_ia.settings import Settings

if TYPE_CHECKING:
    import httpx2
    from openai import OpenAI

POLL_SECONDS = 0.1
STOPPED = "Arrêté à votre demande : ce qui est arrivé est gardé."
NOT_STRUCTURED = "La réponse n'a pas la forme attendue : relancez la demande ou remplissez les champs à la main."


def open_assistant(settings: Settings, *, transport: httpx2.BaseTransport | None = None) -> Assistant:
    """The assistant that `atelier.toml` describes; `transport` replaces the network (tests).

    Nothing heavy is imported and nothing is sent until the first question.

    Raises:
        AssistantError: the provider does not exist.
    """
    return Assistant(settings, configured(settings.assistant), transport)


class Assistant:
    """Ask a model. `identity` says who answers, for the banner of every screen."""

    def __init__(self, settings: Settings, provider: Provider, transport: httpx2.BaseTransport | None = None) -> None:
        self.settings = settings
        self.provider = provider
        self.identity = identity_of(provider)
        self._transport = transport
        self._lock = threading.Lock()
        self._client: OpenAI | None = None

    def stream(
        self,
        messages: Sequence[Message],
        *,
        cancel: threading.Event | None = None,
        schema: dict[str, Any] | None = None,
        on_wait: Callable[[int], None] | None = None,
    ) -> ReplyStream:
        """Send `messages` (OpenAI-style dicts) and return the pieces of the answer as they arrive.

        `cancel` stops it; `schema` (JSON Schema of an object) asks for structured data, found in `.reply.data`;
        `on_wait(place)` is called, in the thread that iterates, while the request stands in the class queue.
        Errors are raised by the iteration, as `AssistantError`.
        """
        return ReplyStream(self, messages, cancel=cancel, schema=schema, on_wait=on_wait)

    def ask(
        self,
        messages: Sequence[Message],
        *,
        cancel: threading.Event | None = None,
        schema: dict[str, Any] | None = None,
        on_wait: Callable[[int], None] | None = None,
    ) -> Reply:
        """The whole answer at once; `AssistantError` when there is none (`Cancelled` when it was stopped)."""
        pieces = ReplyStream(self, messages, cancel=cancel, schema=schema, on_wait=on_wait, whole=True)
        for _ in pieces:
            pass
        reply = pieces.reply
        if not reply.text and cancel is not None and cancel.is_set():
            raise Cancelled
        return reply

    def connect(self) -> tuple[OpenAI, Provider]:
        """The `openai` client under this assistant, opened at the first use, and the provider with its model.

        Raises:
            AssistantError: no key, or a local server that does not say which models it has.
        """
        from atelier_ia.assistant.connection import open_client

        with self._lock:
            if self._client is None:
                transport = self._transport
                if transport is None and self.provider.simulated:
                    from atelier_ia.assistant.simulator.transport import SimulatorTransport

                    transport = SimulatorTransport(self.settings)
                client = open_client(self.provider, self.settings.assistant.timeout_seconds, transport)
                if not self.provider.model:
                    self.provider = self.provider.model_copy(update={"model": self._first_model(client)})
                    self.identity = identity_of(self.provider)
                self._client = client
            return self._client, self.provider

    def exchange(self, messages: Sequence[Message], stream: bool, schema: dict[str, Any] | None) -> Exchange:
        """One request, ready to start, in the class queue when the provider has a quota."""
        quota = self.provider.capabilities.requests_per_minute
        turns = Turns(quota, self.provider.id) if quota and not self.provider.simulated else None
        return Exchange(
            self.provider,
            self.connect,
            messages,
            stream=stream,
            schema=schema,
            timeout_seconds=self.settings.assistant.timeout_seconds,
            wait_for_turn=turns.wait if turns else None,
        )

    def _first_model(self, client: OpenAI) -> str:
        """A local server without a configured model: the first one that it offers."""
        from atelier_ia.assistant import faults

        try:
            names = [model.id for model in client.models.list()]
        except Exception as error:
            fault = faults.explain(error, self.provider)
            faults.record(fault, error, self.provider, 1)
            raise fault.error() from None
        if not names:
            raise AssistantError(
                f"{self.provider.label} n'a aucun modèle ; installez-en un, ou indiquez « modele » dans atelier.toml."
            )
        return names[0]


class ReplyStream(Iterator[str]):
    """The pieces of one answer. `.reply` holds what has arrived so far, and the final state after the end.

    `place` is the place in the class queue (0 when not waiting); `identity` changes when the simulator takes over.
    """

    def __init__(
        self,
        assistant: Assistant,
        messages: Sequence[Message],
        *,
        cancel: threading.Event | None = None,
        schema: dict[str, Any] | None = None,
        on_wait: Callable[[int], None] | None = None,
        whole: bool = False,
    ) -> None:
        self.identity = assistant.identity
        self.place = 0
        self._assistant = assistant
        self._messages = list(messages)
        self._cancel = cancel
        self._schema = schema
        self._on_wait = on_wait
        self._whole = whole
        self._text: list[str] = []
        self._notices: list[str] = []
        self._sent_at: float | None = None
        self._final: Reply | None = None
        self._budget = Budget(assistant.settings)
        warning = self._budget.check(assistant.provider)
        if warning:
            self._notices.append(warning)
        self._exchange: Exchange | None = None

    @property
    def reply(self) -> Reply:
        """The answer: final once the iteration has ended, partial (`complete` False) before."""
        if self._final is not None:
            return self._final
        return Reply("".join(self._text), self.identity, complete=False, notice=" ".join(self._notices))

    def close(self) -> None:
        """Stop listening; what has arrived is kept."""
        if self._final is None:
            self._finish(End(False, STOPPED))

    def __iter__(self) -> ReplyStream:
        return self

    def __next__(self) -> str:
        if self._final is not None:
            raise StopIteration
        if self._exchange is None:
            self._start(self._assistant)
        while True:
            if self._cancel is not None and self._cancel.is_set():
                self.close()
                raise StopIteration
            assert self._exchange is not None
            try:
                event = self._exchange.events.get(timeout=POLL_SECONDS)
            except queue.Empty:
                if self._must_switch():
                    seconds = self._assistant.settings.assistant.fallback_after_seconds
                    self._switch(f"n'a pas répondu en {seconds:g} s")
                continue
            match event:
                case Waiting(place):
                    self.place = place
                    if self._on_wait is not None:
                        self._on_wait(place)
                case Sending():
                    self.place = 0
                    self._sent_at = time.monotonic()
                case Piece(text):
                    self._text.append(text)
                    return text
                case Failure(error):
                    if not self._can_switch() or isinstance(error, Cancelled):
                        self._final = Reply("", self.identity, False, str(error))
                        raise error
                    self._switch("n'a pas pu répondre")
                case End():
                    self._finish(event)
                    raise StopIteration

    def _start(self, assistant: Assistant) -> None:
        self._exchange = assistant.exchange(self._messages, not self._whole, self._schema)
        self._exchange.start()

    def _can_switch(self) -> bool:
        wanted = self._assistant.settings.assistant.fallback == "simulateur"
        return wanted and not self.identity.simulated and not self._text

    def _must_switch(self) -> bool:
        if self._sent_at is None or not self._can_switch():
            return False
        return time.monotonic() - self._sent_at >= self._assistant.settings.assistant.fallback_after_seconds

    def _switch(self, what: str) -> None:
        """The simulator takes over, and the banner says so."""
        assert self._exchange is not None
        self._exchange.stop.set()
        label = self.identity.label
        stand_in = Assistant(self._assistant.settings, find_provider("simulateur"))
        self.identity = stand_in.identity
        self._notices.append(f"{label} {what} : cette réponse vient du simulateur, pas d'une IA.")
        self._sent_at = None
        self._start(stand_in)

    def _finish(self, end: End) -> None:
        if self._exchange is not None:
            self._exchange.stop.set()
        if not self.identity.simulated:
            self.identity = self._assistant.identity
        text = "".join(self._text)
        notices = [*self._notices, *([end.notice] if end.notice else [])]
        data = None
        if self._schema is not None and end.complete:
            data = read_object(text, self._schema)
            if data is None:
                notices.append(NOT_STRUCTURED)
        usage = self._account(end, text)
        self._final = Reply(text, self.identity, end.complete, " ".join(notices), usage, data)

    def _account(self, end: End, text: str) -> Usage:
        if self._sent_at is None and not text:
            return Usage()
        provider = find_provider("simulateur") if self.identity.simulated else self._assistant.provider
        return self._budget.record(provider, end.usage, self._messages, text)


def identity_of(provider: Provider) -> Identity:
    """Who answers, with the French banner of the screens."""
    if provider.simulated:
        notice = "Simulateur, pas une IA : réponses composées sur cette machine par des règles, sans clé ni réseau."
    else:
        model = f", modèle {provider.model}" if provider.model else ""
        notice = f"{provider.label}{model} ; hébergement : {provider.hosting}."
    return Identity(provider.id, provider.label, provider.model, provider.hosting, provider.simulated, notice)
