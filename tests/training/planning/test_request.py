"""What is typed to try a plan."""

import contextlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.training.planning import build_plan, load_options
from atelier_ia.training.planning.request import RequestError, read_request, request_of
from atelier_ia.use_cases.sandbox import reference_settings

SETTINGS = reference_settings()
OPTIONS = load_options(settings=SETTINGS)
REQUEST = request_of(SETTINGS, OPTIONS)


def test_the_form_of_the_settings_says_the_settings() -> None:
    """Does the form shown first give the very plan of the settings?"""
    assert build_plan(*read_request(REQUEST, SETTINGS, OPTIONS)) == build_plan(SETTINGS, OPTIONS)


def test_what_is_typed_is_planned() -> None:
    """Do start, zone, region, services and closed days typed reach the plan, known services keeping their identity?"""
    typed = replace(
        REQUEST,
        start="4/1/2027",
        zone="C",
        region="La Réunion",
        services="Urbanisme: 6\n2e pôle ; 14 agents",
        closed="5/1/27",
    )
    settings, options = read_request(typed, SETTINGS, OPTIONS)
    assert [(item.id, item.headcount, item.pole) for item in settings.services] == [
        ("urbanisme", 6, "Cadre de vie"),
        ("service_2", 14, ""),
    ]
    assert options.services == ()
    plan = build_plan(settings, options)
    assert (plan.start, plan.time_zone) == (date(2027, 1, 4), "Indian/Reunion")
    assert (date(2027, 1, 5), "jour fermé") in plan.closures


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("14/05/2027, 15/05/2027", ["2027-05-14", "2027-05-15"]),
        ("14/05/2027 15/05/2027", ["2027-05-14", "2027-05-15"]),
        ("vendredi 14 mai 2027 et 1er juin 2027", ["2027-05-14", "2027-06-01"]),
        ("du 30 au 31 décembre 2027 ; 3/1/2028", ["2027-12-30", "2027-12-31", "2028-01-03"]),
        ("30/12/2027 - 01/01/2028", ["2027-12-30", "2027-12-31", "2028-01-01"]),
    ],
)
def test_closed_days_are_written_as_people_write_them(text: str, days: list[str]) -> None:
    """Are days in words, days apart by spaces, and periods all read?"""
    settings, _ = read_request(replace(REQUEST, closed=text), SETTINGS, OPTIONS)
    assert [day.isoformat() for day in settings.calendar.closed_days] == days


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("start", "lundi"),
        ("start", ""),
        ("services", "Accueil"),
        ("services", ""),
        ("services", "Accueil : 0"),
        ("services", "Accueil : 3\nAccueil : 4"),
        ("closed", "24/12/2026, Noël"),
        ("closed", "du 31/12/2027 au 24/12/2027"),
        ("closed", "du 1/1/2027 au 31/12/2027"),
        ("council", "32/01/2027"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(field: str, text: str) -> None:
    """Is what is wrong told in French, with the field to correct?"""
    with pytest.raises(RequestError) as caught:
        read_request(replace(REQUEST, **{field: text}), SETTINGS, OPTIONS)
    assert caught.value.field == field


@given(st.text(max_size=120), st.sampled_from(["start", "services", "closed", "council"]))
def test_any_text_is_read_or_explained(text: str, field: str) -> None:
    """Whatever is typed, is it a plan's data or one sentence?"""
    with contextlib.suppress(RequestError):
        settings, _ = read_request(replace(REQUEST, **{field: text}), SETTINGS, OPTIONS)
        assert settings.headcount
