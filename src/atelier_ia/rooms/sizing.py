"""How much memory, processor and disk for so many agents and groups: published rules over measured costs.

The rules are those of TLJH and Zero to JupyterHub (memory = people at the same time × memory of each + what the empty
room takes; a fifth kept free), with one change: a training session is not a tide of users who come when they like,
everybody arrives at 9:30. So processors are counted on that minute, and the minute is also played, arrival by arrival
(`rush`). What more machines do not cure is said apart: the hub is one process, which lets people in one by one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.errors import AtelierError
from atelier_ia.rooms.rush import RUSH_SECONDS, WISHED_SECONDS, Crowd, most_at_once, play

COSTS = Path(__file__).with_name("couts.toml")
PLENTY = 10_000  # cores: to see what the hub alone holds back
SHARE_AT_ONCE = 0.10  # agents in an application in the busiest minute of the day; to be checked in each place
WEEK_COPIES = 1.0  # copies that each person hands in


class Cost(StrictModel):
    """One person at work: megabytes, seconds of one core to come in, share of a core while working."""

    memory: float = Field(alias="memoire", gt=0)
    cpu_to_enter: float = Field(alias="processeur_entree", gt=0)
    cpu_working: float = Field(alias="processeur_courant", ge=0)
    disk: float = Field(alias="disque", ge=0)


class Base(StrictModel):
    """The empty room."""

    memory: float = Field(alias="memoire", gt=0)
    disk: float = Field(alias="disque", ge=0)


class Hub(StrictModel):
    """JupyterHub itself: one process on one core; how many servers it starts at once."""

    memory: float = Field(alias="memoire", gt=0)
    cpu_participant: float = Field(alias="processeur_participant", gt=0)
    cpu_agent: float = Field(alias="processeur_agent", gt=0)
    starts: int = Field(alias="demarrages", gt=0)


class Marking(StrictModel):
    """One copy marked."""

    cpu: float = Field(alias="processeur", gt=0)


class Machine(StrictModel):
    """The machine on which people are spread."""

    memory: float = Field(alias="memoire", gt=0)
    cores: int = Field(alias="coeurs", gt=0)
    reserve: float = Field(ge=0, lt=1)


class Costs(StrictModel):
    """The whole of `couts.toml`."""

    measured_on: date = Field(alias="mesure_le")
    source: str = Field(min_length=1)
    participant: Cost
    app: Cost = Field(alias="application")
    hub: Hub
    base: Base = Field(alias="salle")
    marking: Marking = Field(alias="correction")
    machine: Machine

    def participants(self, count: int) -> Crowd:
        """That many people who open a notebook."""
        return Crowd(count, self.hub.cpu_participant, self.participant.cpu_to_enter, starts=True)

    def agents(self, count: int) -> Crowd:
        """That many people who open an application."""
        return Crowd(count, self.hub.cpu_agent, self.app.cpu_to_enter, starts=False)


@dataclass(frozen=True)
class Need:
    """What it takes. Memory and disk in megabytes, waiting in seconds after one's own arrival."""

    participants: int
    apps: int
    memory: int
    cores: int
    disk: int
    machines: int
    median_wait: float
    worst_wait: float
    marking_minutes: float
    everybody_minutes: float
    first_limit: str
    hub_participants: int
    hub_agents: int


@lru_cache(maxsize=1)
def load_costs() -> Costs:
    """The measured costs."""
    return load_toml(COSTS, Costs)


def size(
    agents: int,
    groups: int = 1,
    group_size: int = 12,
    *,
    share_at_once: float = SHARE_AT_ONCE,
    memory: int = 0,
    cores: int = 0,
    minutes: float = RUSH_SECONDS / 60,
    costs: Costs | None = None,
) -> Need:
    """What `groups` groups of `group_size` at the same time and `agents` agents with the applications need.

    `memory` (MB) and `cores` describe the machine at hand; by default the type machine of `couts.toml`. Everybody
    arrives within `minutes`.

    Raises:
        AtelierError: nobody, or numbers that make no sense.
    """
    known = costs or load_costs()
    participants, apps = groups * group_size, math.ceil(agents * share_at_once)
    if min(agents, groups, group_size) < 0 or not 0 <= share_at_once <= 1 or participants + apps == 0:
        raise AtelierError("Indiquez au moins une personne : des agents, ou des groupes et leur taille.")
    machine = known.machine.model_copy(
        update={key: value for key, value in (("memory", memory), ("cores", cores)) if value}
    )
    people = ((participants, known.participant), (apps, known.app))
    used = known.base.memory + sum(count * cost.memory for count, cost in people)
    enter = sum(count * cost.cpu_to_enter for count, cost in people)
    working = sum(count * cost.cpu_working for count, cost in people)
    seconds = minutes * 60
    wanted_cores = max(1, math.ceil(enter / (seconds + WISHED_SECONDS)), math.ceil(working / (1 - machine.reserve)))
    wanted_memory = used / (1 - machine.reserve)
    room = machine.memory * (1 - machine.reserve) - known.base.memory
    if room < max(cost.memory for _, cost in people):
        raise AtelierError("Cette machine n'a pas assez de mémoire pour une salle ; il en faut au moins 4 Go.")
    machines = max(math.ceil((used - known.base.memory) / room), math.ceil(wanted_cores / machine.cores))
    every_core = machines * machine.cores
    morning = play((known.participants(participants), known.agents(apps)), every_core, known.hub.starts, seconds)
    by_memory = (used - known.base.memory) / room
    by_cores = wanted_cores / machine.cores
    one_copy = WEEK_COPIES * known.marking.cpu / 60  # on one core: the board marks one copy after the other
    return Need(
        participants,
        apps,
        round(wanted_memory),
        wanted_cores,
        round(known.base.disk + participants * known.participant.disk + agents * known.app.disk),
        machines,
        round(morning.median, 1),
        round(morning.worst, 1),
        round(participants * one_copy, 1),
        round(agents * one_copy, 1),
        _first_limit(morning.hub_done > seconds + WISHED_SECONDS, by_memory, by_cores),
        most_at_once(known.participants(1), PLENTY, known.hub.starts, seconds),
        most_at_once(known.agents(1), PLENTY, known.hub.starts, seconds),
    )


def _first_limit(hub_late: bool, by_memory: float, by_cores: float) -> str:
    if hub_late:
        return "le hub, à 9 h 30 (un seul processus : plus de machines n'y changent rien)"
    return "la mémoire" if by_memory >= by_cores else "le processeur, à 9 h 30"
