"""The indicators of a wave: adoption, satisfaction, minutes saved, inhabitants' opinion; each with its interval.

Measured and declared minutes never mix, nor do the method's reference figures and ours. A figure that too few people
answered is None, and so is one that would tell what each answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from atelier_ia.measurement.anonymity import CROSSING_THRESHOLD, THRESHOLD, group_rows, rows_with_shares, share_may_show
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


def compute(
    wave: Wave,
    answers: Sequence[Answer],
    pairs: Sequence[TimePair],
    opinions: Sequence[tuple[str, Opinion]],
    settings: Settings,
    trained: int,
) -> Indicators:
    """The indicators of `answers`, of the time `pairs` and of inhabitants' `opinions`."""
    declared = [answer.minutes for answer in answers if answer.minutes is not None]
    return Indicators(
        wave=wave,
        answers=len(answers),
        trained=trained,
        headcount=settings.headcount,
        adoption=_share(answers, lambda answer: answer.active),
        helped=_share([answer for answer in answers if answer.active], lambda answer: answer.helped),
        recommend=_share(
            [answer for answer in answers if answer.recommend != "ne sait pas"],
            lambda answer: answer.recommend == "oui",
        ),
        declared_minutes=mean_interval(declared) if len(declared) >= THRESHOLD else None,
        services=_by_service(answers, settings),
        times=tuple(line for line in summary(pairs) if line.pairs >= THRESHOLD),
        opinions=len(opinions),
        satisfied=share_interval(sum(opinion in CONTENT for _, opinion in opinions), len(opinions))
        if len(opinions) >= CROSSING_THRESHOLD
        else None,
    )


def _share(answers: Sequence[Answer], holds: Callable[[Answer], bool]) -> Interval | None:
    """The share of all agents together, under the same rule as a service's (ten answers, not unanimous)."""
    part = sum(map(holds, answers))
    return share_interval(part, len(answers)) if share_may_show(part, len(answers)) else None


def _by_service(answers: Sequence[Answer], settings: Settings) -> tuple[ServiceAdoption, ...]:
    """Adoption by service of the collectivité, small ones added up; the answers without service enter the total only
    together with the small ones."""
    names = {service.id: service.name for service in settings.services}
    sizes = {service.id: service.headcount for service in settings.services}
    groups: dict[str, list[Answer]] = {key: [] for key in names}
    for answer in answers:
        groups.setdefault(answer.service if answer.service in names else "", []).append(answer)
    grouping = group_rows({key: len(own) for key, own in groups.items()}, sizes)
    if grouping.total_only:
        return ()
    rows: list[tuple[tuple[str, ...], str]] = [
        ((key,), names.get(key, "Service non indiqué")) for key in grouping.shown
    ]
    if grouping.merged:
        rows.append((grouping.merged, "Petits services regroupés"))
    own_answers = {name: [answer for key in members for answer in groups[key]] for members, name in rows}
    parts = {name: sum(answer.active for answer in own) for name, own in own_answers.items()}
    wholes = {name: len(own) for name, own in own_answers.items()}
    may_show = rows_with_shares(parts, wholes)
    return tuple(
        ServiceAdoption(
            name,
            wholes[name],
            share_interval(parts[name], wholes[name]) if name in may_show else None,
            tuple(names.get(key, "Service non indiqué") for key in members) if len(members) > 1 else (),
        )
        for members, name in rows
    )


def may_update(before: Mapping[str, int], now: Mapping[str, int], k: int = THRESHOLD) -> bool:
    """May a report already given out be given out again with the answers that came since?

    `before` and `now` count the answers by service. Between two exports nobody must be found by difference: each
    service, and all together, gained nothing or at least `k` answers. Otherwise the first figures stay.
    """
    gains = [now.get(row, 0) - before.get(row, 0) for row in before.keys() | now.keys()]
    return all(gain == 0 or gain >= k for gain in (*gains, sum(gains)))
