"""Who may come in, and by which door: `connexion.toml`, beside `atelier.toml`; without it, the class code alone.

It names trainers, so it stands apart from `atelier.toml`, which participants may read. Secrets come from the
environment only.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator
from stdnum.fr import siret

from atelier_ia.content import ContentError, StrictModel, load_toml
from atelier_ia.settings import project_root

FILE = "connexion.toml"
FILE_VARIABLE = "ATELIER_CONNEXION"  # another place for the file (a cluster mounts it where it can)
PROCONNECT_SECRET = "ATELIER_PROCONNECT_SECRET"
CODE, PROCONNECT, MOODLE = "code", "proconnect", "moodle"
Way = Literal["code", "proconnect", "moodle"]
_HERE = ("127.0.0.1", "localhost", "::1")


def _address(value: str) -> str:
    """An https address without a trailing slash; http only on this very machine (a trial)."""
    parts = urlsplit(value)
    if not parts.hostname or parts.query or parts.fragment:
        raise ValueError("il faut une adresse complète, comme https://atelier.mairie.example.")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
        raise ValueError("il faut une adresse en https://.")
    return value.rstrip("/")


def _siret(value: str) -> str:
    if not siret.is_valid(value):
        raise ValueError(f"« {value} » n'est pas un numéro SIRET ; il compte 14 chiffres, dont une clé de contrôle.")
    return str(siret.compact(value))


Address = Annotated[str, AfterValidator(_address)]
Siret = Annotated[str, AfterValidator(_siret)]
Person = Annotated[str, AfterValidator(lambda value: value.strip().casefold()), Field(min_length=1)]


class ProConnect(StrictModel):
    """ProConnect as it was registered for this service. `trainers` and `admins`: e-mail addresses or `sub`."""

    issuer: Address = Field(alias="adresse")
    client: str = Field(min_length=1)
    algorithm: Literal["RS256", "ES256", "HS256"] = Field("RS256", alias="signature")
    pkce: bool = True
    sirets: tuple[Siret, ...] = ()  # on a shared hub: those of its collectivités when none is given
    roles: tuple[str, ...] = ()
    hours: float = Field(12, alias="heures", gt=0, le=24)
    trainers: tuple[Person, ...] = Field((), alias="formatrices")
    admins: tuple[Person, ...] = Field((), alias="administrateurs")


class Moodle(StrictModel):
    """A Moodle that launches the atelier. `trainers` and `admins`: Moodle's user numbers."""

    issuer: Address = Field(alias="adresse")
    client: str = Field(min_length=1)
    deployments: tuple[str, ...] = Field(alias="deploiements", min_length=1)
    authorize: Address | None = Field(None, alias="autorisation")
    tokens: Address | None = Field(None, alias="jetons")
    keys: Address | None = Field(None, alias="cles")
    sirets: tuple[Siret, ...] = ()  # of the collectivités that it serves: needed on a shared hub only
    trainers: tuple[Person, ...] = Field((), alias="formatrices")
    admins: tuple[Person, ...] = Field((), alias="administrateurs")

    @property
    def authorize_url(self) -> str:
        """Where the browser goes to be recognised."""
        return self.authorize or f"{self.issuer}/mod/lti/auth.php"

    @property
    def token_url(self) -> str:
        """Where the atelier asks for the right to send marks."""
        return self.tokens or f"{self.issuer}/mod/lti/token.php"

    @property
    def keys_url(self) -> str:
        """Where the platform's public keys are."""
        return self.keys or f"{self.issuer}/mod/lti/certs.php"


class Entrances(StrictModel):
    """The whole of `connexion.toml`."""

    ways: tuple[Way, ...] = Field(("code",), alias="entrees", min_length=1)
    public: Address | None = Field(None, alias="adresse_publique")
    proconnect: ProConnect | None = None
    moodle: Moodle | None = None

    @model_validator(mode="after")
    def _complete(self) -> Entrances:
        for way in (PROCONNECT, MOODLE):
            if way in self.ways and getattr(self, way) is None:
                raise ValueError(f"l'entrée « {way} » demande la table [{way}] ; ajoutez-la.")
        if set(self.ways) != {CODE} and self.public is None:
            raise ValueError("la clé « adresse_publique » manque ; donnez l'adresse que tapent les agents.")
        return self

    @property
    def listed(self) -> bool:
        """Whether trainers come in by these entrances."""
        tables = (self.proconnect if PROCONNECT in self.ways else None, self.moodle if MOODLE in self.ways else None)
        return any(table is not None and (table.trainers or table.admins) for table in tables)

    @property
    def hub(self) -> str:
        """The hub's public address, without a trailing slash."""
        return f"{self.public}/hub"


def load_entrances() -> Entrances:
    """What `connexion.toml` says; the class code alone when there is no such file.

    Raises:
        ContentError: the file does not fit.
    """
    named = os.environ.get(FILE_VARIABLE, "")
    path = Path(named) if named else project_root() / FILE
    if not named and not path.exists():
        return Entrances.model_validate({})
    return load_toml(path, Entrances)


def ready_entrances() -> Entrances:
    """The same for whoever is about to open them: their secrets are there too.

    Raises:
        ContentError: the file does not fit, or a secret is missing from the environment.
    """
    entrances = load_entrances()
    if PROCONNECT in entrances.ways:
        proconnect_secret()
        if entrances.proconnect and not entrances.proconnect.sirets:
            raise ContentError(
                "L'entrée par ProConnect demande la clé « sirets » : donnez le SIRET de chaque établissement admis."
            )
    return entrances


def hub_entrances(path: Path | None, sirets: frozenset[str]) -> Entrances | None:
    """The same for a hub shared by the collectivités that have these SIRET; None when the file opens no entrance.

    Raises:
        ContentError: the file does not fit a shared hub, or a secret is missing from the environment.
    """
    named = path or (Path(os.environ[FILE_VARIABLE]) if os.environ.get(FILE_VARIABLE) else None)
    entrances = load_toml(named, Entrances) if named else Entrances.model_validate({})
    if set(entrances.ways) == {CODE}:
        return None
    if CODE in entrances.ways:
        raise ContentError("Le code de séance n'ouvre qu'une salle ; retirez « code » des entrées de ce hub partagé.")
    proconnect, moodle = entrances.proconnect, entrances.moodle
    if PROCONNECT in entrances.ways and proconnect:
        proconnect_secret()
        proconnect = proconnect.model_copy(update={"sirets": proconnect.sirets or tuple(sorted(sirets))})
    if MOODLE in entrances.ways and moodle and not moodle.sirets:
        raise ContentError(
            "Sur un hub partagé, la table [moodle] demande « sirets » : le SIRET de chaque collectivité qu'il sert."
        )
    ours = (proconnect if PROCONNECT in entrances.ways else None, moodle if MOODLE in entrances.ways else None)
    used = {number for table in ours if table for number in table.sirets}
    if unknown := sorted(used - sirets):
        raise ContentError(
            f"Le SIRET {unknown[0]} n'est d'aucune collectivité du hub ; ajoutez-le dans collectivites.toml."
        )
    if not used:
        raise ContentError("Aucune collectivité n'a de SIRET ; donnez-les dans collectivites.toml (clé « sirets »).")
    return entrances.model_copy(update={"proconnect": proconnect, "moodle": moodle})


def proconnect_secret() -> str:
    """The client secret that ProConnect gave for this service.

    Raises:
        ContentError: the environment does not hold it.
    """
    secret = os.environ.get(PROCONNECT_SECRET, "").strip()
    if not secret:
        raise ContentError(
            "L'entrée par ProConnect demande son secret ; donnez-le dans la variable d'environnement "
            f"{PROCONNECT_SECRET}."
        )
    return secret
