"""A made-up collectivité of any size: roster, attendance, results, answers, times and uses of three months, the same
for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from atelier_ia.measurement.hr_lines import ModuleResult
from atelier_ia.settings import Settings
from atelier_ia.training.attendance import Attendance
from atelier_ia.training.roster import Learner

_LAST = ("Martin", "Bernard", "Dubois", "Thomas", "Petit", "Durand", "Leroy", "Moreau", "Laurent", "Garcia", "Roux")
_FIRST = ("Camille", "Dominique", "Élodie", "Hélène", "Karim", "Inès", "Yann", "Loïc", "Fatou", "Mehdi", "Maëlle")
_START = date(2027, 1, 11)


def roster(size: int, settings: Settings, seed: int = 1) -> Iterator[Learner]:
    """`size` agents spread over the services by head count."""
    rng = random.Random(seed)
    services = [service.id for service in settings.services]
    weights = [service.headcount for service in settings.services]
    for index in range(size):
        yield Learner(
            f"a{index:06d}",
            rng.choice(_LAST).upper(),
            rng.choice(_FIRST),
            rng.choices(services, weights)[0],
            rng.choice("ABBCCC"),
            rng.choice("FH"),
            rng.choice(("titulaire", "contractuel")),
        )


def attendance(learners: list[Learner], seed: int = 2) -> Iterator[Attendance]:
    """One to three sessions for three agents out of four."""
    rng = random.Random(seed)
    for learner in learners:
        if rng.random() < 0.25:
            continue
        yield Attendance(
            learner.identifier, _START + timedelta(days=rng.randrange(28, 60)), f"m2_{learner.service}", 2.5
        )
        if rng.random() < 0.2:
            yield Attendance(learner.identifier, _START + timedelta(days=14), "s3_m2_courriels", 1)
        if rng.random() < 0.4:
            yield Attendance(learner.identifier, _START + timedelta(days=80), "m3_bilan", 2, present=rng.random() < 0.9)


def results(learners: list[Learner], seed: int = 3) -> Iterator[ModuleResult]:
    """Marks of about half of those agents."""
    rng = random.Random(seed)
    for learner in learners:
        if rng.random() < 0.4:
            day = _START + timedelta(days=rng.randrange(30, 70))
            yield ModuleResult(learner.identifier, f"m2_{learner.service}", rng.randrange(4, 21), 20, day, 150)


def fill_measures(learners: list[Learner], seed: int = 4) -> None:
    """Three months of anonymous measures in the base of `ATELIER_RACINE`: answers at each wave, times, uses."""
    from sqlalchemy import insert

    from atelier_ia.measurement.store import connect, random_id, survey_answers, time_pairs, uses

    rng = random.Random(seed)
    answers = [
        {
            "id": random_id(),
            "vague": wave,
            "mois": _START.replace(day=1),
            "service": learner.service,
            "usage": rng.choice(("souvent", "parfois", "jamais")),
            "facilite": rng.choice(("beaucoup", "un peu", "pas du tout")),
            "recommande": rng.choice(("oui", "non", "ne sait pas")),
            "minutes_semaine": rng.choice((None, 30.0, 60.0, 120.0)),
        }
        for learner in learners
        for wave in ("J+15", "J+30", "J+90")
        if rng.random() < 0.5
    ]
    times = [
        {
            "id": random_id(),
            "jour": _START + timedelta(days=rng.randrange(30, 90)),
            "cas_usage": rng.choice(("courriels", "reunions", "publications")),
            "service": "",
            "minutes_sans": rng.uniform(10, 40),
            "minutes_avec": rng.uniform(3, 20),
            "origine": rng.choice(("mesuré", "déclaré")),
        }
        for _ in learners
    ]
    counted = [
        {
            "id": random_id(),
            "semaine": _START + timedelta(weeks=week),
            "cas_usage": rng.choice(("courriels", "reunions", "publications", "visuels")),
            "premier": rng.random() < 0.5,
        }
        for week in range(4, 13)
        for _ in learners[::3]
    ]
    with connect() as connection:
        for table, rows in ((survey_answers, answers), (time_pairs, times), (uses, counted)):
            connection.execute(insert(table), rows)
