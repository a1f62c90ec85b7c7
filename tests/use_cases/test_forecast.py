"""Forecasts of aggregate counts: honest errors, intervals that hold, and no series about people."""

import math
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from atelier_ia.documents.tables import TableError
from atelier_ia.use_cases.counts import Counts, CountsError, open_counts, parse_counts, read_counts
from atelier_ia.use_cases.forecast import describe, forecast, next_days

SANDBOX = Path(__file__).parents[2] / "sandbox_data" / "previsions"
START = date(2024, 9, 2)


def school_days(count: int) -> tuple[date, ...]:
    """Mondays, Tuesdays, Thursdays and Fridays from September 2024."""
    days = (START + timedelta(days=offset) for offset in range(3 * count))
    return tuple([day for day in days if day.weekday() in (0, 1, 3, 4)][:count])


def series(noise: float, *, season: float = 0.15, count: int = 300, seed: int = 1) -> Counts:
    """Daily counts with a weekday effect, a yearly season and noise."""
    chance = random.Random(seed)
    days = school_days(count)
    values = tuple(
        500
        * (1 + 0.1 * (day.weekday() == 3))
        * (1 + season * math.cos(2 * math.pi * day.timetuple().tm_yday / 365.25))
        * chance.gauss(1, noise)
        for day in days
    )
    return Counts(days, values, "jour", "repas")


@pytest.mark.parametrize(("count", "share", "tested"), [(300, 0.02, 90), (400, 0.01, 180)])
def test_a_clear_season_is_found(count: int, share: float, tested: int) -> None:
    """On a series with a season and little noise, is the model's error small, and well under the naive one?"""
    result = forecast(series(0.01, count=count), 30)
    assert result.used == "modèle"
    assert result.model.share < share
    assert result.model.absolute < 0.6 * result.naive.absolute
    assert result.tested == tested


def test_a_random_walk_is_left_to_the_naive_forecast() -> None:
    """When the past says nothing better than "like last week", is the simple forecast given, and is it said?"""
    chance = random.Random(3)
    level, values = 500.0, []
    for _ in range(200):
        level *= chance.gauss(1, 0.06)
        values.append(level)
    result = forecast(Counts(school_days(200), tuple(values), "jour", "repas"), 4)
    assert result.used == "naïve"
    assert "prévision simple" in result.sentences[0]
    same_weekday = {day.weekday(): value for day, value in zip(result.counts.days, values, strict=True)}
    assert [point.value for point in result.points] == [same_weekday[point.day.weekday()] for point in result.points]


@pytest.mark.parametrize("noise", [0.02, 0.05, 0.1])
def test_intervals_hold_what_they_promise(noise: float) -> None:
    """Over many fresh series, does the interval hold the real next values about four times out of five?"""
    inside = total = 0
    for seed in range(12):
        whole = series(noise, count=320, seed=seed)
        known = Counts(whole.days[:300], whole.values[:300], "jour", "repas")
        result = forecast(known, 20)
        for point, truth in zip(result.points, whole.values[300:], strict=True):
            inside += point.low <= truth <= point.high
            total += 1
    assert 0.70 <= inside / total <= 0.92


def test_a_strike_day_does_not_spoil_the_forecast() -> None:
    """Are two strike days named, and the forecast of the following weeks nearly unchanged?"""
    clean = series(0.02)
    spoilt = list(clean.values)
    spoilt[120] *= 0.3
    spoilt[200] *= 0.4
    result = forecast(Counts(clean.days, tuple(spoilt), "jour", "repas"), 10)
    assert set(result.unusual) == {clean.days[120], clean.days[200]}
    reference = forecast(clean, 10)
    for point, other in zip(result.points, reference.points, strict=True):
        assert point.value == pytest.approx(other.value, rel=0.02)


@hypothesis_settings(max_examples=40)
@given(
    st.lists(st.floats(0, 1e6), min_size=24, max_size=120),
    st.integers(1, 6),
    st.sampled_from(["jour", "mois"]),
)
def test_any_counts_give_an_ordered_interval(values: list[float], horizon: int, step: str) -> None:
    """Whatever the counts (zeros, jumps), is each forecast finite, positive and inside its interval?"""
    days = school_days(len(values))
    if step == "mois":
        days = tuple(date(2015 + index // 12, index % 12 + 1, 1) for index in range(len(values)))
    result = forecast(Counts(days, tuple(values), step, "repas"), horizon)  # type: ignore[arg-type]
    assert len(result.points) == horizon
    for point in result.points:
        assert math.isfinite(point.value)
        assert 0 <= point.low <= point.value <= point.high
        assert point.day > days[-1]
    assert describe(result).count("\n") == len(result.sentences) + horizon - 1


def test_closed_days_are_left_out() -> None:
    """Are holidays given by the caller skipped, and months counted as months?"""
    counts = series(0.02, count=60)
    first = next_days(counts, 1)[0]
    assert next_days(counts, 1, {first})[0] > first
    months = Counts((date(2026, 11, 1), date(2026, 12, 1)), (1.0, 2.0), "mois", "kWh")
    assert next_days(months, 2) == [date(2027, 1, 1), date(2027, 2, 1)]


@pytest.mark.parametrize("horizon", [0, 7])
def test_a_horizon_too_far_is_refused(horizon: int) -> None:
    """Is forecasting nothing, or more than a quarter of what is known, refused?"""
    with pytest.raises(CountsError, match="horizon"):
        forecast(series(0.02, count=24), horizon)


def lines(head: str, count: int = 30) -> bytes:
    """A CSV with `count` days after the line of titles."""
    rows = [f"{day:%d/%m/%Y};{400 + day.day}" for day in school_days(count)]
    return "\n".join([head, *rows]).encode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lines("date;repas", 10), "trop peu"),
        (lines("quand;repas"), "deux colonnes"),
        (b"date;repas;nom\n" + b"01/02/2027;4;Dupin\n" * 30, "désigne des personnes"),
        (lines("date;repas") + b"\n02/09/2024;3", "figure deux fois"),
    ],
)
def test_wrong_series_are_explained(data: bytes, sentence: str) -> None:
    """Is a series too short, without date, about people, or with a day twice refused in French?"""
    with pytest.raises(CountsError, match=sentence):
        parse_counts(data, "cantine.csv")


def test_a_wrong_cell_is_named() -> None:
    """Does a value that is no count name its line?"""
    with pytest.raises(TableError, match="ligne 32"):
        parse_counts(lines("date;repas") + b"\n03/03/2027;beaucoup", "cantine.csv")


def test_the_examples_are_read() -> None:
    """Do the meals and the energy of the fictional commune give forecasts, with errors said beside the naive ones?"""
    meals = forecast(read_counts(SANDBOX / "cantine.csv"), 20)
    assert (meals.counts.step, meals.counts.unit, meals.used) == ("jour", "repas", "modèle")
    assert meals.model.share < 0.04
    assert meals.coverage is not None
    assert 0.65 < meals.coverage <= 1
    energy = forecast(read_counts(SANDBOX / "energie.csv"), 6)
    assert (energy.counts.step, energy.counts.unit) == ("mois", "kWh")
    assert energy.model.share < 0.08
    assert "l’an passé" in energy.sentences[0]


@pytest.mark.parametrize(("sheet", "part"), [("vide", "colonnes trouvées"), ("courte", "trop peu")])
def test_workbook_without_a_series(sheet: str, part: str) -> None:
    """Is a workbook that holds no series explained as a CSV is?"""
    import io

    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.append(["date", "repas"] if sheet == "courte" else ["note"])
    page.append([START, 12] if sheet == "courte" else ["rien"])
    data = io.BytesIO()
    book.save(data)
    with pytest.raises(CountsError, match=part):
        open_counts(data.getvalue(), "classeur.xlsx")


def test_first_sheet_of_a_workbook() -> None:
    """Are the days and numbers of a workbook read as those of the same CSV, other sheets left alone?"""
    import io

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["date", "Repas"])
    counts = series(0.05, count=40)
    for day, value in zip(counts.days, counts.values, strict=True):
        book.active.append([day, round(value)])
    book.create_sheet("Notes").append(["nom", "Durand"])
    data = io.BytesIO()
    book.save(data)
    read = open_counts(data.getvalue(), "classeur.xlsx")
    assert (read.days, read.step, read.unit) == (counts.days, "jour", "repas")
    assert read.values == tuple(float(round(value)) for value in counts.values)
