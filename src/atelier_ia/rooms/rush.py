"""Play the morning, arrival by arrival: the hub that lets people in one by one, the places that start, the processors.

A person passes by the hub (one process, one core, whatever the number of machines), then waits for a free start
(participants only: the hub bounds how many start at once) and a free core until their first answer. Everything is
served in order of arrival. Costs are measured (`couts.toml`); arrivals are drawn at random, always the same.
"""

from __future__ import annotations

import heapq
import math
import random
import statistics
from dataclasses import dataclass

RUSH_SECONDS = 60.0  # everybody arrives within this time
WISHED_SECONDS = 60.0  # and has a first answer within this one more


@dataclass(frozen=True)
class Crowd:
    """Those who arrive alike: how many, seconds of the hub and of one core for each, whether a server starts."""

    count: int
    hub: float
    cpu: float
    starts: bool


@dataclass(frozen=True)
class Morning:
    """What it was like: seconds from arrival to first answer, and when the hub had let everybody in."""

    median: float
    worst: float
    hub_done: float


def play(crowds: tuple[Crowd, ...], cores: int, starts: int, seconds: float = RUSH_SECONDS, seed: int = 7) -> Morning:
    """Play one morning; `starts` is how many servers may start at once."""
    source = random.Random(seed)
    arrivals = sorted(
        (source.uniform(0, seconds), rank) for rank, crowd in enumerate(crowds) for _ in range(crowd.count)
    )
    if not arrivals:
        return Morning(0.0, 0.0, 0.0)
    free_cores, free_starts = [0.0] * cores, [0.0] * starts
    hub, waits = 0.0, []
    for moment, rank in arrivals:
        crowd = crowds[rank]
        hub = max(hub, moment) + crowd.hub
        begin = max(hub, heapq.heappop(free_cores))
        if crowd.starts:
            begin = max(begin, heapq.heappop(free_starts))
            heapq.heappush(free_starts, begin + crowd.cpu)
        heapq.heappush(free_cores, begin + crowd.cpu)
        waits.append(begin + crowd.cpu - moment)
    return Morning(statistics.median(waits), max(waits), hub)


def most_at_once(crowd: Crowd, cores: int, starts: int, seconds: float = RUSH_SECONDS) -> int:
    """How many such people may arrive within `seconds` before the last one waits more than `WISHED_SECONDS`."""
    time = seconds + WISHED_SECONDS
    low, high = (
        0,
        2 + math.ceil(min(time / crowd.hub, time * cores / crowd.cpu)),
    )  # whoever is last has too long a queue
    while high - low > 1:
        middle = (low + high) // 2
        several = Crowd(middle, crowd.hub, crowd.cpu, crowd.starts)
        if play((several,), cores, starts, seconds).worst <= WISHED_SECONDS:
            low = middle
        else:
            high = middle
    return low
