"""Build the body of a chat request from what the provider is known to accept (`providers.toml`), and nothing more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from atelier_ia.assistant.providers import Provider
from atelier_ia.assistant.replies import Message
from atelier_ia.assistant.simulator.mistakes import without_marks

Structured = Literal["json_schema", "json_object", "aucun"]

# Reasoning models spend the same allowance on thinking: a short answer still needs room.
MAX_TOKENS = 4096
TEMPERATURE = 0.3
SEED = 7

_WEAKER: dict[Structured, Structured | None] = {"json_schema": "json_object", "json_object": "aucun", "aucun": None}


def weaker(level: Structured) -> Structured | None:
    """The next way of asking for structured data when a server refuses `level`."""
    return _WEAKER[level]


def chat_body(
    provider: Provider,
    messages: Sequence[Message],
    *,
    stream: bool,
    schema: dict[str, Any] | None = None,
    level: Structured | None = None,
) -> dict[str, Any]:
    """The arguments of `client.chat.completions.create`; `level` overrides how structured data are asked for."""
    able = provider.capabilities
    told = list(messages) if provider.simulated else without_marks(messages)
    body: dict[str, Any] = {"model": provider.model, "messages": told, "stream": stream}
    body[able.token_limit] = MAX_TOKENS
    if able.temperature:
        body["temperature"] = TEMPERATURE
    if able.seed == "seed":
        body["seed"] = SEED
    elif able.seed:
        body["extra_body"] = {able.seed: SEED}
    if stream and able.stream_usage == "stream_options":
        body["stream_options"] = {"include_usage": True}
    if schema is not None:
        _ask_structured(body, schema, level or able.structured, able.json_word)
    return body


def _ask_structured(body: dict[str, Any], schema: dict[str, Any], level: Structured, json_word: bool) -> None:
    if level == "json_schema":
        body["response_format"] = {"type": "json_schema", "json_schema": {"name": "reponse", "schema": schema}}
        if not json_word:
            return
    elif level == "json_object":
        body["response_format"] = {"type": "json_object"}
    order = "Réponds uniquement par un objet JSON, sans texte autour, conforme à ce schéma JSON :\n" + json.dumps(
        schema, ensure_ascii=False
    )
    body["messages"] = _with_system(body["messages"], order)


def _with_system(messages: list[Message], text: str) -> list[Message]:
    if messages and messages[0].get("role") == "system":
        first = dict(messages[0])
        first["content"] = f"{first.get('content', '')}\n\n{text}"
        return [first, *messages[1:]]
    return [{"role": "system", "content": text}, *messages]
