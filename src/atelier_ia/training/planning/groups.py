"""Cut the services into workshop groups: at most twelve persons, even sizes, everyone placed once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from atelier_ia.settings import Service


@dataclass(frozen=True)
class Group:
    """Persons who attend one workshop together. `members` maps each service's id to its number of persons."""

    id: str
    title: str
    members: tuple[tuple[str, int], ...]

    @property
    def size(self) -> int:
        """Persons in the group."""
        return sum(count for _, count in self.members)

    @property
    def services(self) -> frozenset[str]:
        """Identifiers of the services that send someone."""
        return frozenset(service for service, _ in self.members)


def even_sizes(persons: int, limit: int) -> list[int]:
    """Sizes of the fewest groups of at most `limit` that hold `persons`, equal to within one, largest first.

    >>> even_sizes(25, 12)
    [9, 8, 8]
    """
    if persons <= 0:
        return []
    count = -(-persons // limit)
    base, rest = divmod(persons, count)
    return [base + 1] * rest + [base] * (count - rest)


def make_groups(
    services: Sequence[Service], limit: int, smallest: int, apart: Collection[str] = ()
) -> tuple[Group, ...]:
    """Groups of at most `limit`; services under `smallest` persons share a group with others of their *pôle*, except
    those of `apart` (their own constraints might have no day in common).

    The order spreads each service over the weeks: first groups of all services, then second groups, and so on.
    """
    shared = _small_together([one for one in services if one.id not in apart], limit, smallest)
    absorbed = {service for group in shared for service in group.services}
    ranked: list[tuple[int, int, Group]] = [(0, position, group) for position, group in enumerate(shared)]
    for position, service in enumerate(services, start=len(shared)):
        if service.id in absorbed:
            continue
        sizes = even_sizes(service.headcount, limit)
        for number, size in enumerate(sizes, start=1):
            suffix = f", groupe {number} sur {len(sizes)}" if len(sizes) > 1 else ""
            identifier = f"{service.id}_{number}" if len(sizes) > 1 else service.id
            ranked.append((number, position, Group(identifier, f"{service.name}{suffix}", ((service.id, size),))))
    return tuple(group for _, _, group in sorted(ranked, key=lambda item: item[:2]))


def _small_together(services: Sequence[Service], limit: int, smallest: int) -> list[Group]:
    poles: dict[str, list[list[Service]]] = {}
    for service in services:
        if not 0 < service.headcount < smallest:
            continue
        bins = poles.setdefault(service.pole, [])
        if bins and sum(item.headcount for item in bins[-1]) + service.headcount <= limit:
            bins[-1].append(service)
        else:
            bins.append([service])
    groups = []
    for bins in poles.values():
        for members in bins:
            if len(members) > 1:
                groups.append(
                    Group(
                        "_et_".join(item.id for item in members),
                        " ; ".join(item.name for item in members),
                        tuple((item.id, item.headcount) for item in members),
                    )
                )
    return groups
