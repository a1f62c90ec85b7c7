"""Wire-level contracts: per provider, a local server that accepts exactly what it accepts, in its shapes.

The rules of each server are those of the provider's published interface, never read from our own table.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.providers import load_providers
from atelier_ia.assistant.simulator.mistakes import with_mistake
from atelier_ia.settings import Settings
from tests.assistant.servers import USAGE, Handler, piece, serve, usage_piece, whole

SCHEMA = {
    "type": "object",
    "properties": {"titre": {"type": "string"}, "places": {"type": "integer"}},
    "required": ["titre", "places"],
    "additionalProperties": False,
}
DATA = {"titre": "Fête", "places": 40}

COMMON_FIELDS = {"model", "messages", "temperature", "top_p", "n", "stream", "stop", "metadata", "response_format"}
COMMON_FIELDS |= {"tools", "tool_choice", "presence_penalty", "frequency_penalty", "prediction", "reasoning_effort"}
COMMON_FIELDS |= {"parallel_tool_calls", "prompt_cache_key", "service_tier", "max_tokens"}
OPENAI_FIELDS = COMMON_FIELDS | {"stream_options", "max_completion_tokens", "seed", "user", "store", "logit_bias"}
OPENAI_FIELDS |= {"logprobs", "top_logprobs", "modalities", "verbosity", "safety_identifier"}
MISTRAL_FIELDS = COMMON_FIELDS | {"random_seed", "min_tokens", "repetition_penalty", "top_k", "prompt_mode"}
MISTRAL_FIELDS |= {"guardrails", "safe_prompt"}


@dataclass(frozen=True)
class Contract:
    """One provider's rules. `refuses(body)` gives (status, body) of a refusal, or None."""

    key: str
    refuses: Callable[[dict[str, Any]], tuple[int, Any] | None]
    done: bool = True
    parts: bool = False
    usage: str = "asked"  # asked | always | never
    structured: bool = True
    needs_key: bool = True


def _detail(field: str) -> dict[str, Any]:
    return {"detail": [{"type": "extra_forbidden", "loc": ["body", field], "msg": "Extra inputs are not permitted"}]}


def _error(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}}


def openai_rules(body: dict[str, Any]) -> tuple[int, Any] | None:
    for field in body:
        if field not in OPENAI_FIELDS:
            return 400, _error(f"Unrecognized request argument supplied: {field}")
    if "max_tokens" in body:
        return 400, _error("Unsupported parameter: 'max_tokens' is not supported with this model.")
    if body.get("temperature", 1) != 1:
        return 400, _error("Unsupported value: 'temperature' does not support 0.3 with this model.")
    return None


def mistral_rules(body: dict[str, Any]) -> tuple[int, Any] | None:
    for field in body:
        if field not in MISTRAL_FIELDS:
            return 422, {"object": "error", "message": _detail(field), "type": "invalid_request_error"}
    form = body.get("response_format", {}).get("type")
    if form == "json_object" and "json" not in json.dumps(body["messages"]).lower():
        return 400, {"object": "error", "message": "JSON mode needs the word JSON", "type": "invalid_request_error"}
    return None


def anthropic_rules(body: dict[str, Any]) -> tuple[int, Any] | None:
    for field in ("temperature", "top_p"):
        if field in body:
            return 400, {
                "type": "error",
                "error": {"type": "invalid_request_error", "message": f"{field} is deprecated"},
            }
    if not (body.get("max_tokens") or body.get("max_completion_tokens")):
        return 400, {"type": "error", "error": {"type": "invalid_request_error", "message": "max_tokens: required"}}
    return None


def fastapi_rules(body: dict[str, Any]) -> tuple[int, Any] | None:
    for field in body:
        if field not in OPENAI_FIELDS or field == "max_completion_tokens":
            return 422, _detail(field)
    return None


def local_rules(body: dict[str, Any]) -> tuple[int, Any] | None:
    unknown = [field for field in body if field not in OPENAI_FIELDS or field == "max_completion_tokens"]
    return (400, _error(f"unknown field {unknown[0]}")) if unknown else None


def strict_minimum(body: dict[str, Any]) -> tuple[int, Any] | None:
    """A server that knows only the oldest fields, and no JSON mode at all."""
    for field in body:
        if field not in {"model", "messages", "stream", "max_tokens", "temperature"}:
            return 422, _detail(field)
    return None


CONTRACTS: dict[str, Contract] = {
    "openai": Contract("OPENAI_API_KEY", openai_rules),
    "anthropic": Contract("ANTHROPIC_API_KEY", anthropic_rules, structured=False),
    "mistral": Contract("MISTRAL_API_KEY", mistral_rules, parts=True, usage="always"),
    "albert": Contract("ALBERT_API_KEY", fastapi_rules),
    "opengatellm": Contract("OPENGATELLM_API_KEY", fastapi_rules, done=False),
    "scaleway": Contract("SCW_SECRET_KEY", local_rules),
    "ollama": Contract("", local_rules, needs_key=False),
    "llamacpp": Contract("", local_rules, usage="never", needs_key=False),
    "vllm": Contract("", local_rules, needs_key=False),
    "lmstudio": Contract("", local_rules, done=False, needs_key=False),
    "autre": Contract("", strict_minimum, usage="never", structured=False, needs_key=False),
}


def respond(contract: Contract, handler: Handler, body: dict[str, Any]) -> None:
    if handler.path.endswith("/models"):
        handler.json(
            200, {"object": "list", "data": [{"id": "modele-installe", "object": "model", "type": "text-generation"}]}
        )
        return
    if contract.needs_key and handler.headers.get("authorization") != "Bearer sk-essai":
        handler.json(401, {"detail": "Invalid token"})
        return
    refusal = contract.refuses(body)
    if refusal is not None:
        handler.json(*refusal)
        return
    wants_data = any("schéma JSON" in str(m.get("content")) for m in body["messages"]) or "response_format" in body
    text = json.dumps(DATA) if wants_data else "Bonjour à tous."
    if wants_data and not contract.structured:
        text = f"Voici l'objet demandé :\n```json\n{text}\n```"
    if not body.get("stream"):
        content: Any = (
            [{"type": "thinking", "thinking": "…"}, {"type": "text", "text": text}] if contract.parts else text
        )
        handler.json(200, whole(content, usage=None if contract.usage == "never" else USAGE))
        return
    chunks = [{**piece(None), "choices": [{"index": 0, "delta": {"role": "assistant"}, "finish_reason": None}]}]
    for start in range(0, len(text), 5):
        part: Any = text[start : start + 5]
        chunks.append(piece([{"type": "text", "text": part}] if contract.parts else part))
    if contract.usage == "always":
        chunks.append(piece(None, "stop", usage=USAGE))
    else:
        chunks.append(piece(None, "stop"))
        if contract.usage == "asked" and (body.get("stream_options") or {}).get("include_usage"):
            chunks.append(usage_piece())
    handler.events(chunks, done=contract.done)


def test_every_provider_has_its_contract() -> None:
    """Is each provider of the table proved here?"""
    assert {provider.id for provider in load_providers()} == set(CONTRACTS) | {"simulateur"}


@pytest.mark.parametrize("identifier", CONTRACTS)
@pytest.mark.parametrize("mode", ["whole", "stream", "structured", "structured stream"])
def test_provider(
    with_assistant: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, identifier: str, mode: str
) -> None:
    """Does our client pass on this provider's server: plain, streamed, structured?"""
    contract = CONTRACTS[identifier]
    if contract.key:
        monkeypatch.setenv(contract.key, "sk-essai")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-stray")
    with serve(lambda handler, body: respond(contract, handler, body)) as server:
        settings = with_assistant(provider=identifier, base_url=server.url, timeout_seconds=5, requests_per_minute=0)
        assistant = open_assistant(settings)
        messages = with_mistake([{"role": "user", "content": "Dis bonjour."}], "chiffre_faux")
        schema = SCHEMA if mode.startswith("structured") else None
        if mode.endswith("stream"):
            stream = assistant.stream(messages, schema=schema)
            for _ in stream:
                pass
            reply = stream.reply
        else:
            reply = assistant.ask(messages, schema=schema)
        assert reply.complete
        if schema:
            assert reply.data == DATA
        else:
            assert reply.text == "Bonjour à tous."
        assert reply.usage.estimated == (contract.usage == "never")
        if contract.usage != "never":
            assert reply.usage.prompt_tokens == 11
        chats = [(headers, body) for path, headers, body in server.seen if path.endswith("/chat/completions")]
        headers, body = chats[-1]
        assert body["model"] == (assistant.provider.model or "modele-installe")
        assert "erreur:" not in json.dumps(body)
        assert "org-stray" not in str(headers)
