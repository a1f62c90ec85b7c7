"""Uses counted without identity, adoption week by week, minutes a week from measured times, cost."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from atelier_ia.measurement.charts import chart_data, draw_chart
from atelier_ia.measurement.costs import Cost
from atelier_ia.measurement.indicators import compute, measured_week
from atelier_ia.measurement.surveys import Answer
from atelier_ia.measurement.time_records import TimePair, summary
from atelier_ia.measurement.uses import WeekUses, purge, read_weeks, record_use, week_mark
from atelier_ia.measurement.weekly import OTHER_CASES, uses_by_case, weekly_adoption
from atelier_ia.tool_choice.deployment import Deployment
from atelier_ia.training.attendance import Attendance
from atelier_ia.use_cases.sandbox import reference_settings

SETTINGS = reference_settings()
MONDAY = date(2027, 2, 8)


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


def test_a_use_keeps_its_week_and_nothing_of_who(tmp_path: Path) -> None:
    """Is only the Monday kept, with the use case and whether the browser was new that week?"""
    for day, first in ((9, True), (11, False), (14, True), (15, True)):
        record_use("courriels", first=first, day=date(2027, 2, day))
    assert read_weeks() == (
        WeekUses(MONDAY, 3, 2, (("courriels", 3),)),
        WeekUses(date(2027, 2, 15), 1, 1, (("courriels", 1),)),
    )
    assert week_mark(date(2027, 2, 14)) == "2027-S06"
    columns = {row[1] for row in sqlite3.connect(tmp_path / "var/mesures.db").execute("PRAGMA table_info(usages)")}
    assert columns == {"id", "semaine", "cas_usage", "premier"}
    assert purge(date(2027, 2, 16)) == 3


def test_weeks_say_what_is_known_and_from_where() -> None:
    """Are equipped, trained and active each counted from their own source, and few stations not told?"""
    deployment = Deployment.model_validate(
        {
            "outils": [
                {
                    "nom": "A",
                    "cas_usage": ["courriels"],
                    "ouvert_le": MONDAY,
                    "compte": "professionnel",
                    "services": ["rh"],
                }
            ],
            "adoption": [{"date": date(2027, 2, 17), "equipes": 20, "actifs": 9}],
        }
    )
    sheet = [
        Attendance("a", MONDAY, "m", 2),
        Attendance("a", date(2027, 2, 16), "n", 2),
        Attendance("b", date(2027, 2, 16), "n", 2),
        Attendance("c", date(2027, 2, 16), "n", 2, present=False),
    ]
    used = [WeekUses(MONDAY, 30, 4, ()), WeekUses(date(2027, 2, 15), 30, 12, ())]
    first, second = weekly_adoption(SETTINGS, deployment, sheet, used, date(2027, 2, 19))
    rh = next(service.headcount for service in SETTINGS.services if service.id == "rh")
    assert (first.equipped, first.trained, first.active, first.stations, first.adoption) == (rh, 1, None, None, None)
    assert (second.equipped, second.trained, second.active, second.stations) == (20, 2, 9, 12)
    assert second.adoption == 0.45
    assert weekly_adoption(SETTINGS, None, (), (), MONDAY) == ()


def test_rare_use_cases_are_added_up() -> None:
    """Is a use case seen fewer than five times shown only with others?"""
    week = WeekUses(MONDAY, 40, 10, (("courriels", 20), ("reunions", 9), ("visuels", 2)))
    assert uses_by_case([week]) == (("courriels", 20), (OTHER_CASES, 11))
    assert uses_by_case([WeekUses(MONDAY, 3, 3, (("courriels", 3),))]) == ()


def test_minutes_a_week_come_from_measures_only() -> None:
    """Is the weekly gain the measured gain times the uses counted, over the trained agents, declared times left out?"""
    pairs = [TimePair("courriels", 20 + i % 3, 10, "", MONDAY, "mesuré") for i in range(12)]
    pairs += [TimePair("reunions", 90, 10, "", MONDAY, "déclaré") for _ in range(12)]
    found = measured_week(summary(pairs), {"courriels": 40, "reunions": 10}, 20)
    assert found is not None
    assert found.estimate == pytest.approx(22)
    assert found.low < 22 < found.high
    assert measured_week(summary(pairs), {"courriels": 40}, 4) is None
    assert measured_week(summary(pairs), {"reunions": 40}, 20) is None


def test_charts_say_in_words_all_that_they_show() -> None:
    """Has each chart a title that says the finding, a text with its figures, and the same bytes for the same data?"""
    answers = [Answer("J+30", "souvent", "beaucoup", "oui", "ccas")] * 14
    answers += [Answer("J+30", "jamais", "pas du tout", "non", "ccas")] * 6
    pairs = [TimePair("courriels", 20 + i % 3, 10, "", MONDAY, "mesuré") for i in range(12)]
    used = [WeekUses(MONDAY, 30, 14, ())]
    weeks = weekly_adoption(SETTINGS, None, [Attendance("a", MONDAY, "m", 2)], used, MONDAY)
    charts = chart_data(compute("J+30", answers, pairs, (), SETTINGS, 20), weeks, {"courriels": "Courriels"})
    assert [chart["kind"] for chart in charts] == ["adoption", "times", "weeks"]
    assert "Ensemble\u00a0: 70\u202f%" in charts[0]["alt"]
    assert charts[1]["title"] == "Un gain de temps est établi pour le seul usage mesuré"
    assert "14 postes actifs" in charts[2]["alt"]
    for chart in charts:
        assert draw_chart(chart) == draw_chart(chart)
        assert draw_chart(chart, "png").startswith(b"\x89PNG")
    assert chart_data(compute("J+30", (), (), (), SETTINGS, 0), (), {}) == []


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (Cost(0, 0, 0, 0), "Aucun appel payant"),
        (Cost(310, 12.4, 3, 2), "12,40"),
        (Cost(310, 12.4, 3, 2), "sans prix connu"),
    ],
)
def test_the_cost_says_what_it_leaves_out(cost: Cost, words: str) -> None:
    """Does the cost come with its calls without price and its limits?"""
    assert words in cost.told
