"""How much memory, processor and disk for so many agents and groups: published rules over measured costs.

The rules are those of TLJH and Zero to JupyterHub (memory = people at the same time × memory of each + what the empty
room takes; a fifth kept free), with one change: a training session is not a tide of users who come when they like,
everybody arrives at 9:30. So processors are counted on that minute, and the minute is also played, arrival by arrival.
"""

from __future__ import annotations

import heapq
import math
import random
import statistics
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.errors import AtelierError

COSTS = Path(__file__).with_name("couts.toml")
RUSH_SECONDS = 60.0  # everybody arrives within this time
WISHED_SECONDS = 60.0  # and has a first answer within this one more
SHARE_AT_ONCE = 0.10  # agents in an application in the busiest minute of the day; to be checked in each place
WEEK_COPIES, WEEK_HOURS = 1.0, 1.0  # copies handed in by each participant, and the time in which they are marked


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
    base: Base = Field(alias="salle")
    marking: Marking = Field(alias="correction")
    machine: Machine


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
    first_limit: str


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
    costs: Costs | None = None,
) -> Need:
    """What `groups` groups of `group_size` at the same time and `agents` agents with the applications need.

    `memory` (MB) and `cores` describe the machine at hand; by default the type machine of `couts.toml`.

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
    wanted_cores = max(
        1, math.ceil(enter / (RUSH_SECONDS + WISHED_SECONDS)), math.ceil(working / (1 - machine.reserve))
    )
    wanted_memory = used / (1 - machine.reserve)
    room = machine.memory * (1 - machine.reserve) - known.base.memory
    if room < max(cost.memory for _, cost in people):
        raise AtelierError("Cette machine n'a pas assez de mémoire pour une salle ; il en faut au moins 4 Go.")
    machines = max(math.ceil((used - known.base.memory) / room), math.ceil(wanted_cores / machine.cores))
    median, worst = rush(participants, apps, machines * machine.cores, known)
    copies = participants * WEEK_COPIES
    by_memory = (used - known.base.memory) / room
    by_cores = wanted_cores / machine.cores
    return Need(
        participants,
        apps,
        round(wanted_memory),
        wanted_cores,
        round(known.base.disk + participants * known.participant.disk + agents * known.app.disk),
        machines,
        round(median, 1),
        round(worst, 1),
        round(copies * known.marking.cpu / (machines * machine.cores) / 60, 1),
        "la mémoire" if by_memory >= by_cores else "le processeur, à 9 h 30",
    )


def rush(participants: int, apps: int, cores: int, costs: Costs, seed: int = 7) -> tuple[float, float]:
    """Play the minute of 9:30: median and worst seconds between an arrival and its first answer.

    Arrivals are spread at random over the minute; each takes one core until its first answer, in order of arrival.
    """
    random_source = random.Random(seed)
    arrivals = sorted(
        (random_source.uniform(0, RUSH_SECONDS), cost.cpu_to_enter)
        for count, cost in ((participants, costs.participant), (apps, costs.app))
        for _ in range(count)
    )
    free = [0.0] * cores
    waits = []
    for moment, work in arrivals:
        begin = max(moment, heapq.heappop(free))
        heapq.heappush(free, begin + work)
        waits.append(begin + work - moment)
    return statistics.median(waits), max(waits)
