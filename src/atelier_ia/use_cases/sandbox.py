"""The fictional commune's files (`sandbox_data/`), read through strict models.

The commune's name, hours and phone follow `atelier.toml`: texts may hold `{commune}` and its kin, expanded here.
Nothing in these files is about a real person; `tests/content` proves that names, streets and figures agree.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, field_validator

from atelier_ia.content import ContentError, StrictModel, load_toml, read_text
from atelier_ia.settings import Settings, load_settings, project_root

EMAILS_NAME = "courriels.toml"
ORGANISATION_NAME = "organisation.toml"
REFERENCE_NAME = "val_fontaine.toml"

Model = TypeVar("Model", bound=StrictModel)


class CitizenEmail(StrictModel):
    """One message received by the mairie, with what a right reply holds (`expected`) and where it can go wrong."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    day: date = Field(alias="date")
    sender: str = Field(alias="expediteur")
    sender_address: str = Field(alias="adresse_expediteur")
    subject: str = Field(alias="objet")
    body: str = Field(alias="corps", min_length=1)
    service: str
    voice: str = Field(alias="registre")
    procedures: tuple[str, ...]
    expected: tuple[str, ...] = Field(alias="attendus", min_length=1)
    traps: tuple[str, ...] = Field((), alias="pieges")

    @field_validator("body")
    @classmethod
    def _trimmed(cls, body: str) -> str:
        return body.strip()

    @property
    def text(self) -> str:
        """The message as the mailbox shows it: sender, subject, a blank line, body."""
        sender = f"{self.sender} <{self.sender_address}>".strip()
        return f"De : {sender}\nObjet : {self.subject or '(sans objet)'}\n\n{self.body}"


class _EmailFile(StrictModel):
    emails: tuple[CitizenEmail, ...] = Field(alias="courriels", min_length=1)


class Document(StrictModel):
    """A working document of the sandbox (notes, announcement, transcript…): a title, then the text."""

    id: str
    title: str
    text: str


class Council(StrictModel):
    """The municipal council: day of its installation, seats, and the names of its lists (in the order of `list`)."""

    installed: date = Field(alias="installe_le")
    seats: int = Field(alias="sieges", gt=0)
    lists: tuple[str, ...] = Field(alias="listes")


class ElectedPerson(StrictModel):
    """A member of the council."""

    id: str
    civility: Literal["Madame", "Monsieur"] = Field(alias="civilite")
    first_name: str = Field(alias="prenom")
    last_name: str = Field(alias="nom")
    office: str = Field(alias="fonction")
    delegation: str
    list: int = Field(alias="liste", ge=1)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Direction(StrictModel):
    """Who directs the services, and the data-protection officer."""

    director: str = Field(alias="dgs")
    director_phone: str = Field(alias="dgs_telephone")
    director_email: str = Field(alias="dgs_courriel")
    dpo: str
    dpo_email: str = Field(alias="dpo_courriel")
    dpo_note: str


class ServiceSheet(StrictModel):
    """Where a service sits, who answers for it and what it does; `id` is the one of `atelier.toml`."""

    id: str
    head: str = Field(alias="responsable")
    office: str = Field(alias="fonction")
    room: str = Field(alias="bureau")
    phone: str = Field(alias="telephone")
    email: str = Field(alias="courriel")
    hours: str = Field(alias="horaires")
    duties: tuple[str, ...] = Field(alias="missions", min_length=1)


class Agent(StrictModel):
    """An agent named in the mail, besides the heads of service."""

    id: str
    name: str = Field(alias="nom")
    service: str
    office: str = Field(alias="fonction")


class Quarter(StrictModel):
    """A quarter of the commune."""

    id: str
    name: str = Field(alias="nom")


class Street(StrictModel):
    """A street; `domain` says who looks after it."""

    name: str = Field(alias="nom")
    quarter: str = Field(alias="quartier")
    domain: Literal["communal", "départemental"] = Field(alias="domaine")


class Place(StrictModel):
    """A public place of the commune (school, hall, cemetery…)."""

    id: str
    name: str = Field(alias="nom")
    street: str = Field(alias="rue")
    kind: str = Field(alias="nature")


class Partner(StrictModel):
    """Another public body, and what is in its hands."""

    id: str
    name: str = Field(alias="nom")
    short_name: str = Field(alias="usage")
    kind: Literal["intercommunalité", "syndicat", "état", "autre"] = Field(alias="nature")
    duties: tuple[str, ...] = Field(alias="competences", min_length=1)
    phone: str = Field(alias="telephone")
    email: str = Field(alias="courriel")
    website: str = Field(alias="site")


class Association(StrictModel):
    """A local association and who presides over it."""

    id: str
    name: str = Field(alias="nom")
    president: str = Field(alias="presidence")
    purpose: str = Field(alias="objet")


class Organisation(StrictModel):
    """The whole of `organisation.toml`."""

    council: Council = Field(alias="conseil")
    elected: tuple[ElectedPerson, ...] = Field(alias="elus")
    direction: Direction
    services: tuple[ServiceSheet, ...]
    agents: tuple[Agent, ...]
    quarters: tuple[Quarter, ...] = Field(alias="quartiers")
    streets: tuple[Street, ...] = Field(alias="rues")
    places: tuple[Place, ...] = Field(alias="lieux")
    partners: tuple[Partner, ...] = Field(alias="partenaires")
    associations: tuple[Association, ...]

    @property
    def mayor(self) -> ElectedPerson:
        return next(person for person in self.elected if person.office == "maire")


def sandbox_folder() -> Path:
    """Where the fictional commune's files are kept."""
    return project_root() / "sandbox_data"


def load_emails() -> tuple[CitizenEmail, ...]:
    """The citizens' e-mails of the sandbox, in the order of the file, texts in this collectivité's name."""
    settings = load_settings()
    emails = _load(sandbox_folder() / EMAILS_NAME, settings, _EmailFile).emails
    return tuple(email.model_copy(update={"service": settings.own_service(email.service)}) for email in emails)


def load_email(identifier: str) -> CitizenEmail:
    """The e-mail `identifier`; `ContentError` when the sandbox has none of that name."""
    found = next((email for email in load_emails() if email.id == identifier), None)
    if found is None:
        raise ContentError(f"Aucun courriel « {identifier} » dans {EMAILS_NAME} ; vérifiez son identifiant.")
    return found


def load_document(identifier: str) -> Document:
    """The document `sandbox_data/documents/<identifier>.md`, its first line as title; `ContentError` when unknown."""
    folder = sandbox_folder() / "documents"
    known = sorted(path.stem for path in folder.glob("*.md"))
    if identifier not in known:
        listed = ", ".join(known) or "aucun"
        raise ContentError(f"Aucun document « {identifier} » dans le bac à sable ; documents connus : {listed}.")
    title, _, text = read_text(folder / f"{identifier}.md").partition("\n")
    document = Document(id=identifier, title=title.lstrip("# ").strip(), text=text.strip())
    return localised(document, load_settings())


def load_organisation() -> Organisation:
    """Services, elected people, streets, places, partners and associations of the commune."""
    settings = load_settings()
    organisation = _load(sandbox_folder() / ORGANISATION_NAME, settings, Organisation)
    # The fictional person who presides has the gender that `atelier.toml` gives (`executif`).
    first_name, _, last_name = settings.localise("{executif_nom}").partition(" ")
    civility = "Madame" if settings.collectivite.executive.startswith("la ") else "Monsieur"
    named = {"first_name": first_name, "last_name": last_name, "civility": civility}
    elected = (
        person.model_copy(update=named) if person is organisation.mayor else person for person in organisation.elected
    )
    return organisation.model_copy(update={"elected": tuple(elected)})


def reference_settings() -> Settings:
    """The settings of the fictional commune that the sandbox was written for."""
    return load_settings(sandbox_folder() / REFERENCE_NAME)


def _load(path: Path, settings: Settings, model: type[Model]) -> Model:
    return localised(load_toml(path, model), settings)


def localised(content: Model, settings: Settings) -> Model:
    """`content` with every text expanded by `Settings.localise`."""

    def expand(value: Any) -> Any:
        if isinstance(value, str):
            return settings.localise(value)
        if isinstance(value, dict):
            return {key: expand(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [expand(item) for item in value]
        return value

    return type(content).model_validate(expand(content.model_dump(by_alias=True)))
