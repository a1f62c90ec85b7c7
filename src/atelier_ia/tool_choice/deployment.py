"""What is really deployed: tools open, accounts, register entries, champions, information of the agents, adoption.

Kept in `var/deploiement.toml`, filled by the person in charge with the DSI and the DPO. It holds no name of a person.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from atelier_ia.content import ContentError, StrictModel, load_toml
from atelier_ia.settings import Settings, data_folder
from atelier_ia.tool_choice.editing import copy_once

FILE_NAME = "deploiement.toml"
TEMPLATE = Path(__file__).with_name("deploiement_modele.toml")


class DeployedTool(StrictModel):
    """A tool that agents can open, or will from `opened_on`.

    `services` are those who have access (all when empty); `audience` "référents" while only champions have it.
    `register_entry` is the reference of its entry in the RGPD register, '' when there is none.
    """

    name: str = Field(alias="nom", min_length=1)
    use_cases: tuple[str, ...] = Field(alias="cas_usage", min_length=1)
    opened_on: date = Field(alias="ouvert_le")
    closed_on: date | None = Field(None, alias="ferme_le")
    audience: Literal["agents", "référents"] = Field("agents", alias="public")
    services: tuple[str, ...] = ()
    account: Literal["professionnel", "personnel", "sans compte"] = Field(alias="compte")
    register_entry: str = Field("", alias="registre")

    @model_validator(mode="after")
    def _in_order(self) -> DeployedTool:
        if self.closed_on is not None and self.closed_on < self.opened_on:
            raise ValueError(f"« {self.name} » ferme avant d'ouvrir ; corrigez « ouvert_le » ou « ferme_le ».")
        return self

    def open_at(self, day: date) -> bool:
        """Is the tool in use on `day`?"""
        return self.opened_on <= day and (self.closed_on is None or day < self.closed_on)


class Information(StrictModel):
    """When and how the agents of some services (all when empty) were told why, how, and what will not happen."""

    day: date = Field(alias="date")
    how: str = Field(alias="moyen", min_length=1)
    services: tuple[str, ...] = ()


class Champion(StrictModel):
    """A service that has its champion, since `since`; no name."""

    service: str
    since: date | None = Field(None, alias="depuis")


class AdoptionCount(StrictModel):
    """Counts on a day: agents `equipped` with a tool, those `active` in the last seven days."""

    day: date = Field(alias="date")
    equipped: int = Field(alias="equipes", ge=0)
    active: int = Field(alias="actifs", ge=0)
    service: str = ""

    @model_validator(mode="after")
    def _active_are_equipped(self) -> AdoptionCount:
        if self.active > self.equipped:
            raise ValueError("il y a plus d'agents actifs que d'agents équipés ; corrigez l'un des deux.")
        return self


class Deployment(StrictModel):
    """The whole of `deploiement.toml`."""

    tools: tuple[DeployedTool, ...] = Field((), alias="outils")
    information: tuple[Information, ...] = ()
    champions: tuple[Champion, ...] = Field((), alias="referents")
    adoption: tuple[AdoptionCount, ...] = ()

    def informed_on(self, service: str) -> date | None:
        """The first day when `service` was told, None if it never was."""
        days = [item.day for item in self.information if not item.services or service in item.services]
        return min(days, default=None)


def deployment_path() -> Path:
    """Where the deployment is described."""
    return data_folder() / FILE_NAME


def load_deployment(path: Path | None = None, settings: Settings | None = None) -> Deployment | None:
    """The deployment described in `path` (by default var/deploiement.toml); None when there is no such file.

    Raises:
        ContentError: the file is wrong, or names a service that `settings` does not list.
    """
    source = path or deployment_path()
    if not source.is_file():
        return None
    deployment = load_toml(source, Deployment)
    if settings is not None:
        _check_services(deployment, settings, source.name)
    return deployment


def write_template(path: Path | None = None) -> Path:
    """Write an empty, commented description to fill in; `AtelierError` when there is already one."""
    return copy_once(TEMPLATE, path or deployment_path())


def _check_services(deployment: Deployment, settings: Settings, name: str) -> None:
    known = {service.id for service in settings.services}
    named = [one for tool in deployment.tools for one in tool.services]
    named += [one for item in deployment.information for one in item.services]
    named += [item.service for item in deployment.champions]
    named += [item.service for item in deployment.adoption]
    for service in named:
        if service and service not in known:
            raise ContentError(
                f"{name} : le service « {service} » n'est pas dans atelier.toml ; "
                f"services connus : {', '.join(sorted(known))}."
            )
