"""Which days are open: public and school holidays, regions, the dated file."""

from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

import pytest

from atelier_ia.errors import AtelierError
from atelier_ia.settings import SchoolZone
from atelier_ia.training.planning.open_days import REGIONS, OpenDays, days_without_service, find_region, school_calendar
from atelier_ia.training.planning.options import PlanOptions

from .strategies import make_settings


def open_days(zone: str = "aucune", region: str = "métropole", **options: object) -> OpenDays:
    return OpenDays(make_settings([5], zone=zone, region=region), PlanOptions.model_validate(options))


@pytest.mark.parametrize(
    ("day", "zone", "region", "reason"),
    [
        (date(2027, 1, 9), "B", "métropole", "week-end"),
        (date(2027, 3, 29), "B", "métropole", "jour férié : Lundi de Pâques"),
        (date(2027, 2, 22), "B", "métropole", "vacances d'hiver"),
        (date(2027, 2, 22), "C", "métropole", ""),
        (date(2027, 2, 15), "C", "métropole", "vacances d'hiver"),
        (date(2027, 3, 8), "B", "métropole", ""),
        (date(2027, 3, 26), "B", "métropole", ""),
        (date(2027, 2, 22), "Corse", "métropole", "vacances d'hiver"),
        (date(2027, 1, 18), "La Réunion", "La Réunion", "vacances d'été austral"),
        (date(2027, 2, 22), "La Réunion", "La Réunion", ""),
        (date(2027, 3, 26), "B", "Alsace-Moselle", "jour férié : Vendredi saint"),
        (date(2028, 12, 26), "aucune", "alsace moselle", "jour férié : Saint-Étienne"),
        (date(2027, 12, 20), "aucune", "La Réunion", "jour férié : Abolition de l'esclavage"),
        (date(2027, 12, 20), "aucune", "réunion", "jour férié : Abolition de l'esclavage"),
        (date(2027, 4, 27), "aucune", "Mayotte", "jour férié : Abolition de l'esclavage"),
        (date(2027, 6, 10), "aucune", "Guyane", "jour férié : Abolition de l'esclavage"),
        (date(2027, 5, 27), "aucune", "Guadeloupe", "jour férié : Abolition de l'esclavage"),
        (date(2027, 9, 24), "aucune", "Nouvelle-Calédonie", "jour férié : Fête de la Citoyenneté"),
    ],
)
def test_reasons(day: date, zone: str, region: str, reason: str) -> None:
    """Is each day open or closed for the right reason?"""
    assert open_days(zone, region).reason(day) == reason


def test_own_closed_days() -> None:
    """Are council days and local holidays avoided?"""
    days = open_days(
        jours_conseil=[date(2027, 2, 4)],
        vacances_locales=[{"nom": "Carnaval", "debut": date(2027, 2, 8), "fin": date(2027, 2, 12)}],
    )
    assert days.reason(date(2027, 2, 4)) == "jour de conseil"
    assert days.reason(date(2027, 2, 10)) == "carnaval"
    assert days.is_open(date(2027, 2, 15))


@pytest.mark.parametrize("region", sorted(REGIONS))
def test_every_region_is_known_to_the_library(region: str) -> None:
    """Does each region of the list have its public holidays in French?"""
    assert open_days(region=region).reason(date(2027, 7, 14)).startswith("jour férié")
    assert find_region(region.upper()) == region


def test_unknown_region_lists_the_known_ones() -> None:
    """Does a wrong region say which ones exist?"""
    with pytest.raises(AtelierError, match="Alsace-Moselle, Guadeloupe"):
        find_region("Atlantide")


def test_the_school_file_is_sound() -> None:
    """In the dated file, do the zones' holidays follow each other without overlap, from Saturday to Sunday?"""
    calendar = school_calendar()
    for zone in "ABC":
        periods = sorted((p for p in calendar.periods if zone in p.zones), key=lambda p: p.start)
        for before, after in pairwise(periods):
            assert before.end < after.start
        for period in periods:
            assert calendar.covers_from <= period.start <= calendar.covers_until
            if period.status == "officiel":
                assert period.start.weekday() == 5
                assert period.end.weekday() == 6
                assert (period.end - period.start).days == 15


def test_what_is_not_official_is_said() -> None:
    """Are computed dates, unknown years and a missing zone told to the reader?"""
    inside = open_days("B").warnings(date(2027, 10, 1), date(2027, 12, 1))
    assert any("Toussaint" in text and "à vérifier" in text for text in inside)
    outside = open_days("B").warnings(date(2028, 9, 1), date(2028, 12, 1))
    assert any("ne sont connues que" in text for text in outside)
    assert any("Aucune zone" in text for text in open_days().warnings(date(2027, 1, 1), date(2027, 2, 1)))
    assert not open_days("B").warnings(date(2027, 1, 11), date(2027, 4, 30))


def test_territories_say_what_is_known_of_them() -> None:
    """Has each territory dates, all to be checked and within what it covers, or one clear sentence asking for them?"""
    calendar = school_calendar()
    zones = set(get_args(SchoolZone)) - {"A", "B", "C", "aucune"}
    assert {item.zone for item in calendar.territories} == zones
    for item in calendar.territories:
        periods = sorted((p for p in calendar.periods if item.zone in p.zones), key=lambda p: p.start)
        told = open_days(item.zone).warnings(date(2027, 1, 11), date(2027, 6, 1))
        assert bool(periods) == bool(item.covers_until) == bool(item.source)
        if item.covers_from and item.covers_until:
            assert all(before.end < after.start for before, after in pairwise(periods))
            for period in periods:
                assert item.covers_from <= period.start <= period.end <= item.covers_until
                assert period.status == "à vérifier"
            assert all("à vérifier" in text for text in told)
            assert told
            beyond = open_days(item.zone).warnings(date(2027, 6, 1), date(2027, 9, 1))
            assert any("ne sont connues que" in text and item.publisher in text for text in beyond)
        else:
            (only,) = told
            assert item.publisher in only
            assert "planification.toml" in only
    own = [{"nom": "Carnaval", "debut": date(2027, 2, 8), "fin": date(2027, 2, 12)}]
    assert open_days("Guadeloupe", vacances_locales=own).warnings(date(2027, 1, 11), date(2027, 6, 1)) == []


def test_the_calendar_gives_up_after_three_years() -> None:
    """When every day is closed, is the search bounded and explained?"""
    always = [{"nom": "Fermé", "debut": date(2026, 1, 1), "fin": date(2099, 1, 1)}]
    with pytest.raises(AtelierError, match="trois ans"):
        open_days(vacances_locales=always).first(date(2027, 1, 1))


def test_closures_are_weekdays_only() -> None:
    """Does the list of closed days leave week-ends out?"""
    start = date(2027, 2, 15)
    closures = open_days("B").closures(start, start + timedelta(days=20))
    assert closures
    assert all(day.weekday() < 5 for day, _ in closures)


def test_a_canteen_closes_on_holidays_and_a_pool_does_not() -> None:
    """Are the days of the year ahead left out by what the series itself shows?"""
    settings = make_settings([4])
    year = [date(2025, 9, 1) + timedelta(days=rank) for rank in range(440)]
    calendar = OpenDays(settings, PlanOptions.model_validate({}))
    canteen = [day for day in year if not calendar.reason(day)]
    pool = [day for day in year if day.weekday() < 5]
    christmas, holiday = date(2026, 12, 25), date(2026, 12, 28)
    assert {christmas, holiday} <= days_without_service(settings, canteen)
    assert not {christmas, holiday} & days_without_service(settings, pool)
    assert date(2026, 12, 1) not in days_without_service(settings, canteen)
