"""Several collectivités on one hub: who belongs to which, and where each one's desk stands.

One file, `collectivites.toml`, without any secret. A person belongs to a collectivité by the SIRET that the log-in
vouches for, by its list, or by a group that the log-in gives; somebody of none, or of two, opens nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.errors import AtelierError
from atelier_ia.rooms.keeping import Keeping, keeping_from

FILE_VARIABLE = "ATELIER_COLLECTIVITES"
SECRETS_VARIABLE = "ATELIER_SECRETS"  # folder that holds one file per collectivité, named after it
SECRETS = "/etc/atelier-ia/secrets"
ANY_TRAINERS = "formatrices"  # given by a log-in that knows trainers, not collectivités
MEMBERS, TRAINERS = "collectivite-", "formatrices-"  # groups of the hub: prefix + the collectivité's name
NOWHERE = "Votre compte n'est rattaché à aucune collectivité ; demandez-le au service informatique."
_ACCOUNT = re.compile(r"[a-z][a-z0-9-]{0,39}")


def _siret(value: str) -> str:
    """Fourteen figures, as a log-in gives them. (The hub of a cluster checks no more: it holds few of our packages.)"""
    plain = "".join(value.split())
    if not re.fullmatch(r"[0-9]{14}", plain):
        raise ValueError(f"« {value} » n'est pas un numéro SIRET ; il compte 14 chiffres.")
    return plain


class Authority(StrictModel):
    """One collectivité: its short name, and where the hub and its people reach its desk."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,30}$")]
    name: str = Field(alias="nom", min_length=1)
    desk: str = Field(alias="guichet", pattern=r"^(https?://[^/\s]+|/\S+)$")
    board: str = Field(alias="tableau", pattern=r"^https?://[^/\s]+$")
    apps: str = Field("", alias="applications", pattern=r"^(https?://[^/\s]+)?$")
    marking: str = Field("", alias="correction", pattern=r"^(https?://[^/\s]+)?$")
    sirets: tuple[Annotated[str, AfterValidator(_siret)], ...] = ()
    members: tuple[str, ...] = Field((), alias="personnes")
    trainers: tuple[str, ...] = Field((), alias="formatrices")

    @property
    def groups(self) -> tuple[str, str]:
        """(its people, its trainers), as groups of the hub."""
        return f"{MEMBERS}{self.id}", f"{TRAINERS}{self.id}"

    @property
    def board_service(self) -> str:
        """The trainer's board, as a service of the hub."""
        return f"salle-{self.id}"

    @property
    def apps_service(self) -> str:
        """The agents' applications, as a service of the hub."""
        return f"applications-{self.id}"

    @property
    def marking_service(self) -> str:
        """Formgrader for its trainers, as a service of the hub."""
        return f"correction-{self.id}"


class Authorities(StrictModel):
    """The whole of `collectivites.toml`."""

    all: tuple[Authority, ...] = Field(alias="collectivites", min_length=1)

    @field_validator("all")
    @classmethod
    def _distinct(cls, found: tuple[Authority, ...]) -> tuple[Authority, ...]:
        names = [item.id for item in found]
        if len(set(names)) < len(names):
            raise ValueError("deux collectivités portent le même « id » ; donnez à chacune le sien.")
        numbers = [number for item in found for number in item.sirets]
        if len(set(numbers)) < len(numbers):
            raise ValueError("deux collectivités ont le même SIRET ; laissez-le à une seule.")
        return found

    @property
    def sirets(self) -> frozenset[str]:
        """All that place somebody."""
        return frozenset(number for item in self.all for number in item.sirets)

    def with_siret(self, siret: str) -> Authority:
        """The collectivité of that SIRET.

        Raises:
            AtelierError: of none.
        """
        for item in self.all:
            if siret and siret in item.sirets:
                return item
        raise AtelierError(NOWHERE)

    def groups_of(self, name: str, siret: str, given: set[str]) -> set[str]:
        """All the groups of somebody who logs in as `name` ("" when names prove nothing) and has the groups `given`."""
        groups = set(given)
        for item in self.all:
            members, trainers = item.groups
            if (name and name in item.members) or (siret and siret in item.sirets):
                groups.add(members)
            if (name and name in item.trainers) or (ANY_TRAINERS in given and members in groups):
                groups.add(trainers)
        return groups

    def of(self, groups: set[str]) -> Authority:
        """The collectivité of somebody in those groups of the hub.

        Raises:
            AtelierError: of none, or of several.
        """
        found = [item for item in self.all if groups & set(item.groups)]
        if not found:
            raise AtelierError(NOWHERE)
        if len(found) > 1:
            raise AtelierError(
                "Votre compte est rattaché à plusieurs collectivités ; demandez au service informatique de choisir."
            )
        return found[0]


def load_authorities(path: Path | None = None) -> Authorities:
    """The collectivités of `path`, by default those of the file that `ATELIER_COLLECTIVITES` names."""
    return load_toml(path or Path(os.environ.get(FILE_VARIABLE, "collectivites.toml")), Authorities)


def keeping_of(identifier: str, folder: Path | None = None) -> Keeping:
    """The secret that one collectivité's desk and the hub share."""
    return keeping_from((folder or Path(os.environ.get(SECRETS_VARIABLE, SECRETS))) / identifier)


def account_of(name: str) -> str:
    """A name of the hub as an account of the room; two names never meet in one account."""
    if _ACCOUNT.fullmatch(name):
        return name
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:28].strip("-")
    seal = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{plain}-{seal}" if plain[:1].isalpha() else f"p-{plain}-{seal}".replace("--", "-")
