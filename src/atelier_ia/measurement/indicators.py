"""The indicators of a wave: adoption, satisfaction, minutes saved, inhabitants' opinion; each with its interval.

Measured and declared minutes never mix, nor do the method's reference figures and ours. A figure that too few people
answered is None, and so is one that would tell what each answered.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from atelier_ia.measurement.anonymity import CROSSING_THRESHOLD, THRESHOLD, group_rows, rows_with_shares, share_may_show
from atelier_ia.measurement.publication import Counts, Layout
from atelier_ia.measurement.statistics import Interval, mean_interval, share_interval
from atelier_ia.measurement.surveys import CONTENT, Answer, Opinion, Wave
from atelier_ia.measurement.time_records import TimePair, UseCaseTimes, summary
from atelier_ia.settings import Settings

ADOPTION_ALERT = 0.30
"""Below this share of active users a month after the start, something is wrong (the method's own alert)."""
REFERENCE_MINUTES_A_WEEK = 300
"""« about five hours a week », observed by the method; shown beside our figures, never instead."""


@dataclass(frozen=True)
class ServiceAdoption:
    """Adoption in one service or in several added up (`members`); None when it may not be shown."""

    name: str
    answers: int
    adoption: Interval | None
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Indicators:
    """All the figures of one wave. Shares go from 0 to 1, times are in minutes; None: too few answers to show."""

    wave: Wave
    answers: int
    trained: int
    headcount: int
    adoption: Interval | None
    helped: Interval | None
    recommend: Interval | None
    declared_minutes: Interval | None
    services: tuple[ServiceAdoption, ...]
    times: tuple[UseCaseTimes, ...]
    opinions: int
    satisfied: Interval | None
    layout: Layout = field(default_factory=Layout)
    counts: Counts = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)


def compute(
    wave: Wave,
    answers: Iterable[Answer] | Mapping[Answer, int],
    pairs: Iterable[TimePair],
    opinions: Iterable[tuple[str, Opinion]] | Mapping[tuple[str, Opinion], int],
    settings: Settings,
    trained: int,
    first: Layout | None = None,
) -> Indicators:
    """The indicators of `answers`, of the time `pairs` and of inhabitants' `opinions` (one by one, or already counted).

    `first` is the layout of the wave's first export; `counts` in the result holds the shares that a reader can read or
    work out and `sizes` the numbers of answers, for the rule between two exports (`publication`).
    """
    counted, said = Counter(answers), Counter(opinions)
    declared = [answer.minutes for answer in counted.elements() if answer.minutes is not None]
    services, layout, counts = _by_service(counted, settings, first)

    def many(keep: Callable[[Answer], bool]) -> int:
        return sum(count for answer, count in counted.items() if keep(answer))

    whole, users = counted.total(), many(lambda answer: answer.active)
    shares = {
        "adoption": (users, whole),
        "aide": (many(lambda answer: answer.active and answer.helped), users),
        "recommandation": (
            many(lambda answer: answer.recommend == "oui"),
            many(lambda answer: answer.recommend != "ne sait pas"),
        ),
    }
    counts |= {name: pair for name, pair in shares.items() if share_may_show(*pair)}
    return Indicators(
        wave=wave,
        answers=whole,
        trained=trained,
        headcount=settings.headcount,
        adoption=_share(*shares["adoption"]),
        helped=_share(*shares["aide"]),
        recommend=_share(*shares["recommandation"]),
        declared_minutes=mean_interval(declared) if len(declared) >= THRESHOLD else None,
        services=services,
        times=tuple(line for line in summary(pairs) if line.pairs >= THRESHOLD),
        opinions=said.total(),
        satisfied=share_interval(sum(count for (_, opinion), count in said.items() if opinion in CONTENT), said.total())
        if said.total() >= CROSSING_THRESHOLD
        else None,
        layout=layout,
        counts=counts,
        sizes={"réponses": whole, "minutes": len(declared)}
        | {f"rang {index}": line.answers for index, line in enumerate(services)},
    )


def _share(part: int, whole: int) -> Interval | None:
    """The share of all agents together, under the same rule as a service's (ten answers, not unanimous)."""
    return share_interval(part, whole) if share_may_show(part, whole) else None


def _layout(groups: Mapping[str, tuple[int, int]], sizes: Mapping[str, int], first: Layout | None) -> Layout:
    """The rows of the table by service, those of the first export when there was one with a table."""
    if first is not None and first.rows:
        known = {key for row in first.rows for key in row}
        # A service that answers for the first time enters the last row (the small ones, if any): alone it could be few.
        unseen = tuple(key for key, (_, whole) in groups.items() if whole and key not in known)
        return Layout((*first.rows[:-1], (*first.rows[-1], *unseen)), first.hidden)
    grouping = group_rows({key: whole for key, (_, whole) in groups.items()}, sizes)
    if grouping.total_only:
        return Layout()
    rows = [(key,) for key in grouping.shown] + ([grouping.merged] if grouping.merged else [])
    parts, wholes = (
        {str(index): sum(groups[key][place] for key in row) for index, row in enumerate(rows)} for place in (0, 1)
    )
    may_show = rows_with_shares(parts, wholes)
    return Layout(tuple(rows), frozenset(index for index in range(len(rows)) if str(index) not in may_show))


def _by_service(
    counted: Mapping[Answer, int], settings: Settings, first: Layout | None
) -> tuple[tuple[ServiceAdoption, ...], Layout, dict[str, tuple[int, int]]]:
    """Adoption by service of the collectivité, small ones added up, and the counts that a reader can work out."""
    names = {service.id: service.name for service in settings.services} | {"": "Service non indiqué"}
    sizes = {service.id: service.headcount for service in settings.services}
    groups: dict[str, tuple[int, int]] = dict.fromkeys(sizes, (0, 0))  # active agents, answers
    for answer, count in counted.items():
        key = answer.service if answer.service in sizes else ""
        active, whole = groups.get(key, (0, 0))
        groups[key] = (active + count * answer.active, whole + count)
    layout = _layout(groups, sizes, first)
    lines, counts, kept_back = [], {}, (0, 0)
    for index, row in enumerate(layout.rows):
        active, whole = (sum(groups.get(key, (0, 0))[place] for key in row) for place in (0, 1))
        hidden = index in layout.hidden or not share_may_show(active, whole)
        if hidden:
            kept_back = (kept_back[0] + active, kept_back[1] + whole)
        else:
            counts[f"adoption, rang {index}"] = (active, whole)
        told = [names.get(key, key) for key in row]
        lines.append(
            ServiceAdoption(
                told[0] if len(row) == 1 else "Petits services regroupés",
                whole,
                None if hidden else share_interval(active, whole),
                tuple(told) if len(row) > 1 else (),
            )
        )
    if kept_back[1]:
        counts["adoption, parts gardées"] = kept_back
    return tuple(lines), layout, counts


def measured_week(
    times: Iterable[UseCaseTimes], uses: Mapping[str, float], agents: int, least: int = THRESHOLD
) -> Interval | None:
    """Minutes saved a week per trained agent, from measured pairs only: each use case's mean gain times its `uses` a
    week (counted in the apps), over `agents`. None without enough pairs or agents; the interval is that of the gains,
    uses being counted and not estimated."""
    if agents < least:
        return None
    lines = [line for line in times if line.origin == "mesuré" and line.pairs >= least and uses.get(line.use_case)]
    if not lines:
        return None
    minutes = sum(line.saved.estimate * uses[line.use_case] for line in lines) / agents
    margin = math.sqrt(
        sum(((line.saved.high or 0) - line.saved.estimate) ** 2 * uses[line.use_case] ** 2 for line in lines)
    )
    return Interval(minutes, minutes - margin / agents, minutes + margin / agents, sum(line.pairs for line in lines))
