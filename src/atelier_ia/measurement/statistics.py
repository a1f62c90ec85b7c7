"""The few statistics of the reports: intervals at 95 %, and when a sample is too small to say much."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

SMALL_SAMPLE = 10
"""Below this many observations a report says that the sample is small."""


@dataclass(frozen=True)
class Interval:
    """An estimate with its 95 % interval, in the unit of the values; low and high are None when n < 2."""

    estimate: float
    low: float | None
    high: float | None
    n: int

    @property
    def small(self) -> bool:
        """Too few observations to conclude."""
        return self.n < SMALL_SAMPLE


def mean_interval(values: Sequence[float]) -> Interval | None:
    """Mean of `values` with Student's interval; None when there is no value."""
    if not values:
        return None
    mean = statistics.fmean(values)
    if len(values) < 2:
        return Interval(mean, None, None, len(values))
    margin = student_quantile(len(values) - 1) * statistics.stdev(values) / math.sqrt(len(values))
    return Interval(mean, mean - margin, mean + margin, len(values))


def share_interval(part: int, whole: int) -> Interval | None:
    """A proportion (0 to 1) with Wilson's interval; None when `whole` is 0."""
    if not whole:
        return None
    z = 1.959964
    share = part / whole
    centre = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    margin = z / (1 + z * z / whole) * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return Interval(share, max(0.0, centre - margin), min(1.0, centre + margin), whole)


def student_quantile(freedom: int) -> float:
    """The 97.5 % quantile of Student's law with `freedom` ≥ 1 degrees (exact for 1 and 2, else within 0.002)."""
    if freedom == 1:
        return 12.7062
    if freedom == 2:
        return 4.30265
    # Abramowitz and Stegun 26.7.5, with one more term than they print for small degrees.
    z = 1.959964
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return float(sum(term / freedom**power for power, term in enumerate(terms)))
