"""The room's one way to a model, OpenAI-compatible: the key, the guard, the budget and the queue are on this side.

Which model answers, and how it is asked, is the room's choice (`atelier.toml`); of a participant's request only the
messages count. A message that holds personal data is refused, and when the guard cannot look, nothing leaves.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

from atelier_ia.assistant import Assistant
from atelier_ia.assistant.errors import AssistantError
from atelier_ia.assistant.simulator.protocol import CREATED
from atelier_ia.errors import AtelierError
from atelier_ia.privacy import detect
from atelier_ia.rooms.desk_app import Participants
from atelier_ia.rooms.keeping import Keeping
from atelier_ia.rooms.store import RoomStore

MAX_CHARACTERS = 60_000
_ROLES = ("system", "user", "assistant")
_PERSONAL = (
    "Ce texte contient une donnée personnelle ; il n'a pas été envoyé. Masquez-la (« %masquer »), puis recommencez."
)


class Models(Participants):
    """The room's model, as the only one."""

    def initialize(self, keeping: Keeping, store: RoomStore, assistant: Assistant) -> None:  # type: ignore[override]
        super().initialize(keeping, store)
        self.assistant = assistant

    def get(self) -> None:
        identity = self.assistant.identity
        model = {"id": identity.model or "salle", "object": "model", "created": CREATED, "owned_by": "atelier-ia"}
        self.finish({"object": "list", "data": [model]})

    def refuse(self, status: int, sentence: str) -> None:
        """Errors in the shape that the `openai` client reads."""
        self.set_status(status)
        self.finish({"error": {"message": sentence, "type": "atelier", "param": None, "code": None}})


class Completions(Models):
    """Chat completions, streamed or whole."""

    cancel: threading.Event | None = None

    def on_connection_close(self) -> None:
        if self.cancel is not None:
            self.cancel.set()

    async def post(self) -> None:
        try:
            request = self.body()
            messages = checked_messages(request)
            await asyncio.to_thread(guard, messages)
        except AtelierError as error:
            self.refuse(400, str(error))
            return
        except Exception:  # the guard could not look: nothing leaves
            self.refuse(
                503, "Le garde-fou ne peut pas vérifier ce texte ; rien n'a été envoyé, prévenez la formatrice."
            )
            return
        self.cancel = threading.Event()
        try:
            if request.get("stream"):
                await self._stream(messages)
            else:
                reply = await asyncio.to_thread(
                    self.assistant.ask, messages, cancel=self.cancel, schema=wanted_schema(request)
                )
                choice = {"index": 0, "message": {"role": "assistant", "content": reply.text}, "finish_reason": "stop"}
                self.finish({**self._head("chat.completion"), "choices": [choice]})
        except AtelierError as error:
            kind = error.kind if isinstance(error, AssistantError) else ""
            self.refuse(429 if kind in ("quota", "budget") else 503, str(error))

    async def _stream(self, messages: list[dict[str, Any]]) -> None:
        loop, pieces = asyncio.get_running_loop(), asyncio.Queue[str | BaseException | None]()

        def put(item: str | BaseException | None) -> None:
            loop.call_soon_threadsafe(pieces.put_nowait, item)

        def work() -> None:
            try:
                for piece in self.assistant.stream(messages, cancel=self.cancel):
                    put(piece)
                put(None)
            except BaseException as error:
                put(error)

        worker = asyncio.create_task(asyncio.to_thread(work))
        started = False
        while (item := await pieces.get()) is not None:
            if isinstance(item, BaseException):
                await worker
                if started or not isinstance(item, AtelierError):
                    break
                raise item
            if not started:
                self.set_header("Content-Type", "text/event-stream; charset=utf-8")
                self.set_header("Cache-Control", "no-store")
                self._event({"role": "assistant", "content": ""})
                started = True
            self._event({"content": item})
            await self.flush()
        self._event({}, "stop")
        self.write("data: [DONE]\n\n")
        self.finish()

    def _event(self, delta: dict[str, Any], reason: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        event = {**self._head("chat.completion.chunk"), "choices": [choice]}
        self.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n")

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": "salle-1", "object": kind, "created": CREATED, "model": self.assistant.identity.model or "salle"}


def checked_messages(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages of a request, role and text only.

    Raises:
        AtelierError: there is none, or they are too long.
    """
    found = []
    for message in request.get("messages") or ():
        if not isinstance(message, dict) or message.get("role") not in _ROLES:
            raise AtelierError("Cette demande n'a pas la forme attendue ; utilisez les commandes de l'atelier.")
        content = message.get("content")
        if not isinstance(content, str):
            raise AtelierError("Cette demande n'est pas un texte ; utilisez les commandes de l'atelier.")
        found.append({"role": message["role"], "content": content})
    if not found or sum(len(message["content"]) for message in found) > MAX_CHARACTERS:
        raise AtelierError("Cette demande est vide ou trop longue ; gardez l'essentiel.")
    return found


def guard(messages: list[dict[str, Any]], look: Callable[[str], Any] = detect) -> None:
    """Refuse messages in which the guard is sure to find someone's data.

    Raises:
        AtelierError: it found some.
    """
    for message in messages:
        if any(span.level == "masquer" for span in look(message["content"])):
            raise AtelierError(_PERSONAL)


def wanted_schema(request: dict[str, Any]) -> dict[str, Any] | None:
    """The JSON schema of a structured request, None for plain text."""
    wanted = request.get("response_format")
    schema = wanted.get("json_schema", {}).get("schema") if isinstance(wanted, dict) else None
    return schema if isinstance(schema, dict) else None


def handlers(keeping: Keeping, store: RoomStore, assistant: Assistant) -> list[Any]:
    """The model's addresses."""
    shared = {"keeping": keeping, "store": store, "assistant": assistant}
    return [(r"/v1/models", Models, shared), (r"/v1/chat/completions", Completions, shared)]
