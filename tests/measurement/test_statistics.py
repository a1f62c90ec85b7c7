"""Intervals of the reports."""

import pytest

from atelier_ia.measurement.statistics import mean_interval, share_interval, student_quantile


@pytest.mark.parametrize(
    ("freedom", "value"), [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (30, 2.042), (1000, 1.962)]
)
def test_student_agrees_with_the_printed_table(freedom: int, value: float) -> None:
    """Are the quantiles those of any printed table?"""
    assert student_quantile(freedom) == pytest.approx(value, abs=0.02)


def test_a_mean_has_an_interval_from_two_values() -> None:
    """Is one value given without interval, and several with one that holds the mean?"""
    assert mean_interval([]) is None
    assert mean_interval([3]).low is None
    interval = mean_interval([1, 2, 3, 4, 5])
    assert (interval.estimate, round(interval.low, 2), round(interval.high, 2)) == (3, 1.04, 4.96)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(0, 10, 0, 0.278), (5, 10, 0.237, 0.763), (81, 263, 0.255, 0.366)]
)
def test_a_share_has_wilsons_interval(part: int, whole: int, low: float, high: float) -> None:
    """Does Wilson's interval agree with published examples, and stay between 0 and 1?"""
    interval = share_interval(part, whole)
    assert interval.low == pytest.approx(low, abs=0.001)
    assert interval.high == pytest.approx(high, abs=0.001)
