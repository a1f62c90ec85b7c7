"""The table of providers: where each one lives, who may use it, and what its requests may hold.

Nothing here talks to a network. `providers.toml` is data: to add a provider, add a table there and a wire-level test.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field

from atelier_ia.assistant.errors import AssistantError
from atelier_ia.content import StrictModel, load_toml
from atelier_ia.settings import AssistantSettings

SIMULATOR = "simulateur"
_TABLE = Path(__file__).with_name("providers.toml")


class TranscriptionAbility(StrictModel):
    """What a provider's transcription endpoint takes. Sizes in megabytes (10⁶ bytes), lengths in minutes."""

    model: str = Field(alias="modele", min_length=1)
    max_megabytes: float = Field(alias="taille_max_mo", gt=0)
    formats: tuple[str, ...] = Field(min_length=1)
    speakers: Literal["", "diarized_json", "speaker_id"] = Field("", alias="locuteurs")
    chunking_strategy: bool = Field(False, alias="decoupage_auto")
    max_minutes: float = Field(0, alias="decoupage_minutes", ge=0)


class ImageAbility(StrictModel):
    """The image model of a provider that offers `/images/generations`."""

    model: str = Field(alias="modele", min_length=1)


class Capabilities(StrictModel):
    """What decides the shape of a request."""

    token_limit: Literal["max_tokens", "max_completion_tokens"] = Field("max_tokens", alias="limite_jetons")
    temperature: bool
    seed: Literal["", "seed", "random_seed"] = Field("", alias="graine")
    structured: Literal["json_schema", "json_object", "aucun"] = Field(alias="format_structure")
    json_word: bool = Field(False, alias="mot_json")
    stream_usage: Literal["stream_options", "toujours", "aucun"] = Field(alias="usage_flux")
    requests_per_minute: int = Field(0, alias="requetes_par_minute", ge=0)
    transcription: TranscriptionAbility | None = None
    images: ImageAbility | None = None


class Provider(StrictModel):
    """One line of the table; `access` and `hosting` are shown to people, with the date they were checked."""

    id: str = Field(pattern=r"^[a-z][a-z0-9]*$")
    label: str = Field(alias="nom", min_length=1)
    base_url: str = Field(alias="adresse")
    key_variable: str = Field("", alias="variable_cle")
    key_optional: bool = Field(False, alias="cle_facultative")
    model: str = Field("", alias="modele")
    hosting: str = Field(alias="hebergement", min_length=1)
    access: str = Field(alias="acces", min_length=1)
    source: str = Field(min_length=1)
    checked_on: date = Field(alias="verifie_le")
    capabilities: Capabilities = Field(alias="capacites")

    @property
    def simulated(self) -> bool:
        """True for the embedded simulator only."""
        return self.id == SIMULATOR


class _Table(StrictModel):
    providers: tuple[Provider, ...] = Field(alias="fournisseurs", min_length=1)


@lru_cache(maxsize=1)
def load_providers() -> tuple[Provider, ...]:
    """All providers, in the order of the table."""
    return load_toml(_TABLE, _Table).providers


def find_provider(identifier: str) -> Provider:
    """The provider `identifier`; `AssistantError` listing the known ones when there is none."""
    for provider in load_providers():
        if provider.id == identifier:
            return provider
    known = ", ".join(provider.id for provider in load_providers())
    raise AssistantError(
        f"Le fournisseur « {identifier} » n'existe pas ; choisissez-en un dans atelier.toml, rubrique "
        f"[assistant] : {known}."
    )


def configured(settings: AssistantSettings) -> Provider:
    """The provider that `atelier.toml` names, with its own URL and model in place of the table's."""
    provider = find_provider(settings.provider)
    changes: dict[str, object] = {}
    if settings.base_url:
        changes["base_url"] = settings.base_url
    if settings.model:
        changes["model"] = settings.model
    if settings.requests_per_minute:
        quota = provider.capabilities.model_copy(update={"requests_per_minute": settings.requests_per_minute})
        changes["capabilities"] = quota
    return provider.model_copy(update=changes)


def read_key(provider: Provider, environment: Mapping[str, str] | None = None) -> str:
    """The access key, from the environment only; a stand-in where the server asks for none.

    Raises:
        AssistantError: the provider needs a key and its variable is empty.
    """
    values = os.environ if environment is None else environment
    key = values.get(provider.key_variable, "").strip() if provider.key_variable else ""
    if key:
        return key
    if provider.key_variable and not provider.key_optional:
        raise AssistantError(
            f"La clé d'accès à {provider.label} manque ; donnez-la par la variable d'environnement "
            f"{provider.key_variable}, jamais dans un fichier du projet."
        )
    return "sans-cle"


def is_loopback(url: str) -> bool:
    """Is this URL on this very machine (which no proxy can reach for us)?"""
    host = urlsplit(url).hostname or ""
    return host == "localhost" or host.endswith(".localhost") or host.startswith("127.") or host == "::1"
