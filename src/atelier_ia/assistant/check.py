"""Reach the configured provider and say in one French sentence whether it answers; used by `atelier diagnostic`."""

from __future__ import annotations

from atelier_ia.assistant.client import Assistant, open_assistant
from atelier_ia.assistant.errors import AssistantError
from atelier_ia.settings import Settings

PROBE_SECONDS = 10.0
_QUESTION = [{"role": "user", "content": "Réponds par le mot : bonjour."}]


def check_provider(settings: Settings) -> tuple[bool, str]:
    """(ok, sentence): key, network, proxy, certificate, model and quota of the provider in `atelier.toml`.

    Sends one question of a few words, which costs next to nothing; never falls back to the simulator.
    """
    quick = settings.assistant.model_copy(
        update={
            "fallback": "",
            "requests_per_minute": 0,
            "timeout_seconds": min(settings.assistant.timeout_seconds, PROBE_SECONDS),
        }
    )
    settings = settings.model_copy(update={"assistant": quick})
    try:
        assistant = open_assistant(settings)
        if assistant.identity.simulated:
            return True, "Le simulateur intégré répond, sans clé ni réseau (ce n'est pas une IA)."
        reply = assistant.ask(_QUESTION)
    except AssistantError as error:
        return False, str(error)
    return True, f"{_who(assistant)} répond ; hébergement : {reply.identity.hosting}."


def _who(assistant: Assistant) -> str:
    return f"{assistant.identity.label} (modèle {assistant.identity.model})"
