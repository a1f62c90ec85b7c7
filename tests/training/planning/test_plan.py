"""The calendar: its invariants on random collectivités, and a few real dates."""

from collections import Counter
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings
from atelier_ia.training.planning import Plan, PlanOptions, build_plan, load_options
from atelier_ia.training.planning.open_days import OpenDays
from atelier_ia.training.planning.options import LARGEST_GROUP, WEEKDAYS
from atelier_ia.use_cases.sandbox import reference_settings

from .strategies import make_settings, settings_and_options

NO_OPTION = PlanOptions.model_validate({})
MEANS = PlanOptions.model_validate(
    {
        "salles": [{"nom": "A", "places": 12}, {"nom": "B", "places": 30}],
        "formateurs": [{"nom": "Un"}, {"nom": "Deux"}],
    }
)


def check_everything(plan: Plan, settings: Settings, options: PlanOptions) -> None:
    """All that must hold of any plan."""
    days = OpenDays(settings, options)
    limit = options.group_limit
    assert limit <= LARGEST_GROUP
    taken: Counter[tuple[date, str, str]] = Counter()
    together: Counter[tuple[date, time, str]] = Counter()
    placed: Counter[str] = Counter()
    for session in plan.sessions:
        assert not days.reason(session.day), session
        assert not days.reason(session.end_day), session
        if session.start is None:
            continue
        assert session.end is not None
        assert session.start < session.end <= time(17)
        if session.step != "m3_bilan":
            assert session.participants <= limit
        halves = ["matin"] if session.start < time(12) else []
        halves += ["après-midi"] if session.end > time(13) else []
        for half in halves:
            taken[session.day, half, f"salle {session.room}"] += session.room != "Salle à réserver"
            taken[session.day, half, f"personne {session.trainer}"] += bool(session.trainer)
        room = next((room for room in options.usable_rooms if room.name == session.room), None)
        if room is not None:
            assert session.participants <= room.seats
            assert session.day not in room.unavailable
        for trainer in options.usable_trainers:
            if trainer.name == session.trainer:
                assert session.day not in trainer.unavailable
        for service, count in session.members:
            placed[service] += count
            together[session.day, session.start, service] += 1
            rule = options.constraint(service)
            assert WEEKDAYS[session.day.weekday()] not in rule.avoided_days
            assert not set(halves) & set(rule.avoided_halves)
    assert max(taken.values()) <= 1, "a room or a trainer is booked twice"
    assert max(together.values(), default=1) == 1, "two groups of one service at the same time"
    assert placed == Counter({one.id: one.headcount for one in settings.services if one.headcount})
    assert len({session.id for session in plan.sessions}) == len(plan.sessions)
    order_is_kept(plan)


def order_is_kept(plan: Plan) -> None:
    """Diagnostic, management, champions, day J, workshops, review; the checkpoints after day J and in order."""
    steps = {step.method.id: step for step in plan.steps}
    assert plan.start >= plan.requested_start
    assert steps["diagnostic"].end < plan.launch <= steps["s1_direction"].start
    assert plan.launch.weekday() == 0
    assert steps["s1_direction"].end < steps["s3_referents"].start
    assert steps["s3_referents"].start >= plan.launch + timedelta(days=14)
    assert steps["s3_referents"].end < plan.opening < steps["m2_metiers"].start
    assert steps["m2_metiers"].start >= plan.launch + timedelta(days=28)
    assert steps["m2_metiers"].end < steps["m3_bilan"].start
    for before, after in (("s1_direction", "s3_referents"), ("s3_referents", "m2_metiers"), ("m2_metiers", "m3_bilan")):
        assert (steps[after].start - steps[before].end).days >= 10, "time to practise between two steps"
    assert plan.opening < steps["j15"].start < steps["j30"].start < steps["j90"].start
    assert steps["j30"].end < steps["m3_bilan"].start, "the review reads the first figures"
    assert steps["m3_bilan"].end < steps["j90"].start


@hypothesis_settings(max_examples=120)
@given(settings_and_options())
def test_any_plan_keeps_the_rules(drawn: tuple[Settings, PlanOptions]) -> None:
    """On any collectivité, from any date, do all the rules of the calendar hold?"""
    settings, options = drawn
    plan = build_plan(settings, options)
    check_everything(plan, settings, options)
    assert plan == build_plan(settings, options), "the same inputs must give the same plan"
    for step in plan.steps:
        late = [text for text in plan.warnings if text.startswith(step.method.title)]
        assert bool(late) == step.outside_window, "a step outside its window is always said, and only then"


def test_a_quiet_spring_keeps_to_the_windows() -> None:
    """With enough rooms and no school holidays, is every step on the day that the method says?"""
    settings = make_settings([11, 7, 24], start=date(2027, 9, 13), zone="aucune")
    plan = build_plan(settings, MEANS)
    assert plan.start == date(2027, 9, 13)
    assert plan.launch == date(2027, 9, 27)
    assert plan.step("s1_direction").start == date(2027, 9, 27)
    assert plan.step("s3_referents").start == date(2027, 10, 11)
    assert plan.opening == date(2027, 10, 12)
    assert plan.step("j15").start == date(2027, 10, 27)
    assert plan.step("m2_metiers").start == date(2027, 10, 25)
    assert plan.step("j30").start == date(2027, 11, 12)  # 11 November is a public holiday
    assert plan.step("m3_bilan").start == date(2027, 12, 6)
    assert plan.step("j90").start == date(2028, 1, 10)
    assert not any(step.outside_window for step in plan.steps)


def test_durations_are_those_of_the_method() -> None:
    """Two hours for management, seven for champions, two and a half per workshop?"""
    plan = build_plan(make_settings([11]), NO_OPTION)
    hours = {step.method.id: step.sessions[0].hours for step in plan.steps}
    assert hours["s1_direction"] == 2
    assert hours["s3_referents"] == 7
    assert hours["m2_metiers"] == 2.5
    champions = plan.step("s3_referents").sessions[0]
    assert (champions.start, champions.end) == (time(9), time(17))  # with an hour for lunch


def test_school_holidays_are_avoided_in_the_zone() -> None:
    """Does the same start date give other workshop days in each zone?"""
    first_days = {
        zone: build_plan(make_settings([30], zone=zone), NO_OPTION).step("m2_metiers").start for zone in "ABC"
    }
    assert first_days == {"A": date(2027, 3, 1), "B": date(2027, 3, 8), "C": date(2027, 3, 4)}


def test_one_trainer_for_many_agents_is_said() -> None:
    """When the workshops cannot hold in a month, does the plan say how many rooms and trainers it would take?"""
    plan = build_plan(make_settings([70] * 12, zone="aucune"), NO_OPTION)
    sentence = next(text for text in plan.warnings if "il faudrait" in text)
    assert "2 salles" in sentence
    assert "2 personnes" in sentence


def test_three_thousand_agents_fit_with_enough_people() -> None:
    """Does a large collectivité get its plan, and does it hold in the month with enough rooms?"""
    options = PlanOptions.model_validate(
        {
            "salles": [{"nom": f"Salle {index}", "places": 12} for index in range(9)],
            "formateurs": [{"nom": f"Personne {index}"} for index in range(9)],
        }
    )
    settings = make_settings([50] * 60, start=date(2027, 9, 13), zone="aucune")
    plan = build_plan(settings, options)
    check_everything(plan, settings, options)
    assert not plan.step("m2_metiers").outside_window


def test_a_start_on_a_closed_day_is_moved_and_said() -> None:
    """Does a start on a public holiday move to the next open day, with a sentence?"""
    plan = build_plan(make_settings([11], start=date(2027, 5, 17), zone="B"), NO_OPTION)
    assert plan.start == date(2027, 5, 18)
    assert "Lundi de Pentecôte" in plan.warnings[0]


@pytest.mark.parametrize(
    ("settings", "options", "sentence"),
    [
        (make_settings([0]), {}, "Aucun service n'a d'agents"),
        (make_settings([5], region="Bourgogne"), {}, "« jours_feries » vaut « Bourgogne »"),
        (
            make_settings([5]),
            {"vacances_locales": [{"nom": "Toujours", "debut": date(2020, 1, 1), "fin": date(2099, 1, 1)}]},
            "pas assez de jours ouverts",
        ),
    ],
)
def test_impossible_plans_say_what_to_do(settings: Settings, options: dict[str, object], sentence: str) -> None:
    """Is an impossible plan refused with one French sentence?"""
    with pytest.raises(AtelierError, match=sentence):
        build_plan(settings, PlanOptions.model_validate(options))


def test_the_fictional_commune_has_a_quiet_plan() -> None:
    """With the files of this repository, is every step inside its window, and everyone placed?"""
    root = Path(__file__).parents[3]
    settings = reference_settings()
    options = load_options(root / "planification.toml", settings)
    plan = build_plan(settings, options)
    check_everything(plan, settings, options)
    assert not any(step.outside_window for step in plan.steps)
    assert not {day for day, _ in plan.closures} & {session.day for session in plan.sessions}
