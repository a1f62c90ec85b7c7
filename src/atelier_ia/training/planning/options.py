"""What the plan needs to know of the means at hand: rooms, trainers, council days, the services' own constraints.

Kept in `planification.toml` beside `atelier.toml`; without that file the plan counts on one room of twelve and one
trainer, and says so.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.settings import Settings, project_root

FILE_NAME = "planification.toml"
LARGEST_GROUP = 12
"""Persons in a workshop at most: beyond it, a trainer no longer sees who is stuck (rule of the method)."""

Weekday = Literal["lundi", "mardi", "mercredi", "jeudi", "vendredi"]
HalfDay = Literal["matin", "après-midi"]
WEEKDAYS: tuple[Weekday, ...] = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
HALF_DAYS: tuple[HalfDay, ...] = ("matin", "après-midi")


class Room(StrictModel):
    """A room, its seats and the days when it is taken."""

    name: str = Field(alias="nom", min_length=1)
    seats: int = Field(alias="places", ge=1)
    unavailable: tuple[date, ...] = Field((), alias="indisponible")


class Trainer(StrictModel):
    """Who leads the sessions, and the days when that person is away. A function is enough; a name is not needed."""

    name: str = Field(alias="nom", min_length=1)
    unavailable: tuple[date, ...] = Field((), alias="indisponible")


class Period(StrictModel):
    """Days that the plan avoids, both ends included."""

    name: str = Field(alias="nom", min_length=1)
    start: date = Field(alias="debut")
    end: date = Field(alias="fin")

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise ValueError(f"« {self.name} » finit avant de commencer ; échangez « debut » et « fin ».")
        return self


class ServiceConstraint(StrictModel):
    """When a service cannot leave its post (school restaurants in the morning, leisure centres on Wednesdays…)."""

    id: str
    avoided_days: tuple[Weekday, ...] = Field((), alias="jours_evites", max_length=4)
    avoided_halves: tuple[HalfDay, ...] = Field((), alias="creneaux_evites", max_length=1)


class Sizes(StrictModel):
    """How many persons take part."""

    group: int = Field(LARGEST_GROUP, alias="taille_groupe", ge=2, le=LARGEST_GROUP)
    management: int = Field(8, alias="direction", ge=1, le=200)
    champions_per_service: int = Field(1, alias="referents_par_service", ge=1, le=5)
    smallest: int = Field(3, alias="effectif_minimal", ge=1, le=LARGEST_GROUP)


def _default_sizes() -> Sizes:
    return Sizes.model_validate({})


class PlanOptions(StrictModel):
    """The whole of `planification.toml`; `given` tells whether rooms and trainers come from the file."""

    sizes: Sizes = Field(default_factory=_default_sizes, alias="seances")
    rooms: tuple[Room, ...] = Field((), alias="salles")
    trainers: tuple[Trainer, ...] = Field((), alias="formateurs")
    council_days: tuple[date, ...] = Field((), alias="jours_conseil")
    local_holidays: tuple[Period, ...] = Field((), alias="vacances_locales")
    services: tuple[ServiceConstraint, ...] = ()

    @field_validator("rooms", "trainers")
    @classmethod
    def _distinct(cls, items: tuple[Room | Trainer, ...]) -> tuple[Room | Trainer, ...]:
        seen: set[str] = set()
        for item in items:
            if item.name in seen:
                raise ValueError(f"« {item.name} » figure deux fois ; donnez un autre nom.")
            seen.add(item.name)
        return items

    @property
    def usable_rooms(self) -> tuple[Room, ...]:
        """The rooms of the file, else one room of twelve."""
        return self.rooms or (Room.model_validate({"nom": "Salle de formation", "places": LARGEST_GROUP}),)

    @property
    def usable_trainers(self) -> tuple[Trainer, ...]:
        """The trainers of the file, else one."""
        return self.trainers or (Trainer.model_validate({"nom": "Formatrice ou formateur"}),)

    @property
    def group_limit(self) -> int:
        """Persons per group: the chosen size, or the largest room's seats when it is smaller."""
        return min(self.sizes.group, max(room.seats for room in self.usable_rooms))

    def constraint(self, service: str) -> ServiceConstraint:
        """The constraint of `service`, empty when the file says nothing of it."""
        known = next((item for item in self.services if item.id == service), None)
        return known or ServiceConstraint.model_validate({"id": service})


def load_options(path: Path | None = None, settings: Settings | None = None) -> PlanOptions:
    """The options of `path` (by default `planification.toml` of the project), defaults when there is no file.

    Raises:
        ContentError: the file is wrong, or names a service that `settings` does not list.
    """
    source = path or project_root() / FILE_NAME
    if not source.is_file():
        return PlanOptions.model_validate({})
    options = load_toml(source, PlanOptions)
    return check_services(options, settings, source.name) if settings is not None else options


def check_services(options: PlanOptions, settings: Settings, name: str) -> PlanOptions:
    """`options` for the services of `settings`.

    What is said of a service of the fictional commune goes to the one that replaces it, and falls when none does.

    Raises:
        ContentError: the options name a service that neither knows.
    """
    from atelier_ia.content import ContentError
    from atelier_ia.use_cases.sandbox import reference_settings

    known = [service.id for service in settings.services]
    kept: dict[str, ServiceConstraint] = {}
    for item in options.services:
        own = settings.replacing_service(item.id)
        if own:
            kept.setdefault(own, item.model_copy(update={"id": own}))
        elif not reference_settings().replacing_service(item.id):
            raise ContentError(
                f"{name} : le service « {item.id} » n'est pas dans atelier.toml ; services connus : {', '.join(known)}."
            )
    return options.model_copy(update={"services": tuple(kept.values())})
