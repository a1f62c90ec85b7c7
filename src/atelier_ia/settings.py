"""This collectivité's settings: `atelier.toml`, read through strict models.

Secrets (provider keys, database passwords) never stand here: they come from the environment only.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.folders import ROOT_VARIABLE, SETTINGS_NAME, data_folder, project_root
from atelier_ia.place_names import at_place, of_place

__all__ = [
    "ROOT_VARIABLE",
    "SETTINGS_NAME",
    "AssistantSettings",
    "Calendar",
    "Collectivite",
    "Correspondence",
    "Identifier",
    "Service",
    "Settings",
    "data_folder",
    "load_settings",
    "project_root",
]

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Collectivite(StrictModel):
    """Who the local authority is; its public contact details stand in letters and posters."""

    name: str = Field(alias="nom", min_length=1, max_length=120)
    kind: Literal["commune", "agglomération", "métropole", "syndicat", "autre"] = Field("commune", alias="type")
    head: Literal["", "la maire", "le maire", "la présidente", "le président"] = Field("", alias="executif")
    inhabitants: int = Field(alias="habitants", gt=0)
    street: str = Field("", alias="adresse")
    postcode: str = Field("", alias="code_postal")
    town: str = Field("", alias="ville")
    siret: str = Field("", pattern=r"^(\d{14})?$")
    email: str = Field("", alias="courriel")
    phone: str = Field("", alias="telephone")
    website: str = Field("", alias="site")
    opening_hours: str = Field("", alias="horaires")
    logo: str = ""
    accent: str = Field("", alias="couleur", pattern=r"^(#[0-9a-fA-F]{6})?$")
    opinion_url: str = Field("", alias="adresse_avis", pattern=r"^(https?://[^\s?#]+)?$", max_length=120)

    @property
    def of(self) -> str:
        """The name after *de*, article joined: « de Val-Fontaine », « du Havre », « d'Orléans »."""
        return of_place(self.name)

    @property
    def place(self) -> str:
        """Where one lives: the commune's own name; for an authority that is no town, the town of its seat."""
        return self.town if self.kind != "commune" and self.town else self.name

    @property
    def at(self) -> str:
        """That place after *à*: « au Havre »."""
        return at_place(self.place)

    @property
    def executive(self) -> str:
        """Who signs, as people say it: « la maire », « le président »; the masculine when `atelier.toml` is silent."""
        return self.head or ("le maire" if self.kind == "commune" else "le président")

    @property
    def fictional_domain(self) -> str:
        """The domain of the sandbox's functional mailboxes: never a real one."""
        plain = unicodedata.normalize("NFKD", self.name.lower().replace("œ", "oe")).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") + ".example"

    @property
    def opinion_hosts(self) -> tuple[str, ...]:
        """The host name under which inhabitants reach their page, when the DSI has published one."""
        host = urlsplit(self.opinion_url).hostname
        return (host,) if host else ()


class Service(StrictModel):
    """One service of the collectivité and its head count (persons).

    `replaces` names the services of the fictional commune whose work it does, for the sandbox's e-mails and procedures.
    """

    id: Identifier
    name: str = Field(alias="nom", min_length=1)
    headcount: int = Field(alias="effectif", ge=0)
    pole: str = ""
    replaces: tuple[Identifier, ...] = Field((), alias="remplace")


# fmt: off
SchoolZone = Literal[
    "A", "B", "C", "Corse", "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte", "Saint-Barthélemy",
    "Saint-Martin", "Saint-Pierre-et-Miquelon", "Nouvelle-Calédonie", "Polynésie française", "Wallis-et-Futuna",
    "aucune",
]
# fmt: on
"""Whose school calendar the plan avoids; what is known of each is in `training/planning/vacances_scolaires.toml`."""


class Calendar(StrictModel):
    """When the three months begin, and what the plan has to avoid."""

    start: date = Field(alias="debut")
    school_zone: SchoolZone = Field("aucune", alias="zone_scolaire")
    holidays: str = Field("métropole", alias="jours_feries")
    closed_days: tuple[date, ...] = Field((), alias="jours_fermes")


class AssistantSettings(StrictModel):
    """Which model answers. The key is read from the environment variable that the provider table names."""

    provider: str = Field("simulateur", alias="fournisseur", min_length=1)
    model: str = Field("", alias="modele")
    base_url: str = Field("", alias="adresse", pattern=r"^(https?://.+)?$")
    timeout_seconds: float = Field(60, alias="delai_secondes", gt=0, le=600)
    fallback: Literal["", "simulateur"] = Field("", alias="secours")
    fallback_after_seconds: float = Field(8, alias="secours_apres_secondes", gt=0, le=120)
    requests_per_minute: int = Field(0, alias="requetes_par_minute", ge=0)
    budget_warning_euros: float = Field(0, alias="budget_alerte_euros", ge=0)
    compare: tuple[str, ...] = Field((), alias="comparer")
    budget_limit_euros: float = Field(0, alias="budget_limite_euros", ge=0)


class Correspondence(StrictModel):
    """The house style of letters and e-mails."""

    tone: Literal["cordial", "formel", "simple"] = Field("cordial", alias="ton")
    opening: str = Field("Madame, Monsieur,", alias="formule_appel", min_length=1)
    closing: str = Field(alias="formule_politesse", min_length=1)
    signature: str = Field(min_length=1)


class Settings(StrictModel):
    """The whole of `atelier.toml`."""

    collectivite: Collectivite
    services: tuple[Service, ...] = Field(min_length=1)
    calendar: Calendar = Field(alias="calendrier")
    assistant: AssistantSettings = Field(default_factory=lambda: AssistantSettings.model_validate({}))
    correspondence: Correspondence = Field(alias="courrier")

    @field_validator("services")
    @classmethod
    def _distinct_services(cls, services: tuple[Service, ...]) -> tuple[Service, ...]:
        seen: set[str] = set()
        for service in services:
            if service.id in seen:
                raise ValueError(f"l'identifiant « {service.id} » sert deux fois ; donnez-en un autre.")
            seen.add(service.id)
        return services

    @model_validator(mode="after")
    def _own_url_when_other(self) -> Settings:
        if self.assistant.provider == "autre" and not self.assistant.base_url:
            raise ValueError("le fournisseur « autre » demande aussi « assistant.adresse » ; indiquez son URL.")
        return self

    @property
    def headcount(self) -> int:
        """Agents in all services (persons)."""
        return sum(service.headcount for service in self.services)

    def service_name(self, identifier: str) -> str:
        """The French name of a service (of the one that replaces it), or the identifier itself when nothing says."""
        own = self.replacing_service(identifier)
        return next((service.name for service in self.services if service.id == own), identifier)

    def own_service(self, reference: str) -> str:
        """The service here that does the work of `reference`, a service of the fictional commune: the one of that
        name, else the one that says so (`remplace`), else the first of the list, which a small town hall's desk is."""
        declared = self.replacing_service(reference)
        return declared or self.services[0].id

    def replacing_service(self, reference: str) -> str:
        """The same when `atelier.toml` says it, '' when it does not."""
        named = [service.id for service in self.services if service.id == reference]
        named += [service.id for service in self.services if reference in service.replaces]
        return named[0] if named else ""

    def localise(self, text: str) -> str:
        """`text` with `{commune}`, `{ville}`, `{courriel}`, `{telephone}`, `{adresse}`, `{horaires}`, `{site}`,
        `{domaine}`, `{signature}`, `{formule_politesse}`, `{service:id}` and the words of the executive (`{executif}`,
        `{Executif}`, `{executif_nom}`…) replaced by this collectivité's; other braces stay."""
        own = self.collectivite
        values = {
            "commune": own.name,
            "ville": own.place,
            "courriel": own.email,
            "telephone": own.phone,
            "adresse": ", ".join(part for part in (own.street, f"{own.postcode} {own.town}".strip()) if part),
            "horaires": own.opening_hours,
            "site": own.website,
            "domaine": own.fictional_domain,
            "signature": self.correspondence.signature,
            "formule_politesse": self.correspondence.closing,
            **_executive_words(own.executive),
        }

        def replacement(match: re.Match[str]) -> str:
            name = match[1]
            if name.startswith("service:"):
                return self.service_name(name.removeprefix("service:"))
            return values.get(name, match[0])

        # « de {commune} » becomes « du Havre » or « d'Orléans », with bold marks left where they are.
        text = re.sub(r"\b([Dd]e) (\*{0,2})\{commune\}", lambda found: _joined(found, own.of), text)
        text = re.sub(r"(?<!\w)([àÀ]) (\*{0,2})\{commune\}", lambda found: _joined(found, own.at), text)
        text = text.replace("de {executif}", f"d{values['executif_de'][1:]}")
        return re.sub(r"\{([A-Za-z_]+(?::[a-z0-9_]+)?)\}", replacement, text)


def _executive_words(executive: str) -> dict[str, str]:
    """The words that agree with the fictional elected person who presides in the sandbox."""
    article, office = executive.split(" ")
    woman = article == "la"
    title = office[0].upper() + office[1:]
    return {
        "executif": executive,
        "Executif": f"{article.capitalize()} {office}",
        "executif_de": f"de {executive}" if woman else f"du {office}",
        "executif_fonction": office,
        "executif_nom": "Hélène Castagnier" if woman else "Henri Castagnier",
        "executif_civilite": "Mme" if woman else "M.",
        "executif_adresse": f"Madame la {title}" if woman else f"Monsieur le {title}",
        "executif_cher": "Chère Hélène" if woman else "Cher Henri",
    }


def _joined(found: re.Match[str], words: str) -> str:
    if found[1][0].isupper():
        words = words[0].upper() + words[1:]
    if not found[2]:
        return words
    preposition, apostrophe, rest = words.partition("'") if re.match(r"[Dd]'", words) else words.partition(" ")
    return f"{preposition}{apostrophe}{found[2]}{rest}"


def load_settings(path: Path | None = None) -> Settings:
    """The settings of `path`, by default those of the project root; `ContentError` in French when they are wrong."""
    target = (path or project_root() / SETTINGS_NAME).resolve()
    try:
        changed = target.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _cached(target, changed)


@lru_cache(maxsize=8)
def _cached(path: Path, _changed: int) -> Settings:
    return load_toml(path, Settings)
