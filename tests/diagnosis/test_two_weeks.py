"""The two weeks of the diagnostic."""

from datetime import date, timedelta

import pytest

from atelier_ia.diagnosis.two_weeks import OPEN_DAYS, diagnostic_tasks, two_week_plan

DAYS = [date(2027, 1, 11) + timedelta(days=offset) for offset in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]


def test_tasks_fill_the_ten_days() -> None:
    """Do the tasks begin with the audit on the first day and end with the decision on the tenth, without a gap?"""
    plan = two_week_plan(DAYS)
    assert plan[0].start == DAYS[0]
    assert plan[-1].end == DAYS[-1]
    covered = {day for task in diagnostic_tasks() for day in range(task.first_day, task.last_day + 1)}
    assert covered == set(range(1, OPEN_DAYS + 1))


@pytest.mark.parametrize("days", [DAYS[:9], list(reversed(DAYS)), [DAYS[0]] * 10])
def test_ten_days_in_order(days: list[date]) -> None:
    """Are fewer days, disorder and repeats refused?"""
    with pytest.raises(ValueError, match="ten distinct days"):
        two_week_plan(days)
