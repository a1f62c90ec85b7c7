"""A made-up collectivité of any size: roster, attendance, gradebook, answers, times and uses of three months, the same
for the same seed. `python -m bench.synthetic SIZE FOLDER` writes it there, as HR and the apps would have."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from atelier_ia.settings import Settings
from atelier_ia.training.attendance import Attendance
from atelier_ia.training.roster import Learner

_LAST = ("Martin", "Bernard", "Dubois", "Thomas", "Petit", "Durand", "Leroy", "Moreau", "Laurent", "Garcia", "Roux")
_FIRST = ("Camille", "Dominique", "Élodie", "Hélène", "Karim", "Inès", "Yann", "Loïc", "Fatou", "Mehdi", "Maëlle")
_START = date(2027, 1, 11)


def settings_of(size: int) -> Settings:
    """The sandbox's commune with its services grown or shrunk to `size` agents in all."""
    from atelier_ia.use_cases.sandbox import reference_settings

    base = reference_settings()
    whole, given, services = base.headcount, 0, []
    reached = 0
    for service in base.services:
        reached += service.headcount
        count = size * reached // whole - given
        given += count
        services.append(service.model_copy(update={"headcount": count}))
    return base.model_copy(update={"services": tuple(services)})


def write_all(size: int, folder: Path) -> None:
    """Everything that the reports read, in `folder`."""
    from atelier_ia.training.attendance import write_attendance
    from atelier_ia.training.roster import write_roster

    shutil.copy(Path(__file__).parents[1] / "atelier.toml", folder)
    os.environ["ATELIER_RACINE"] = str(folder)
    people = list(roster(settings_of(size)))
    write_roster(people)
    write_attendance(attendance(people))
    fill_gradebook(people)
    fill_measures(people)


def roster(settings: Settings, seed: int = 1) -> Iterator[Learner]:
    """The agents of every service, as many as its head count."""
    rng = random.Random(seed)
    services = [service.id for service in settings.services for _ in range(service.headcount)]
    rng.shuffle(services)
    for index, service in enumerate(services):
        yield Learner(
            f"a{index:06d}",
            rng.choice(_LAST).upper(),
            rng.choice(_FIRST),
            service,
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


def fill_gradebook(learners: list[Learner], seed: int = 3) -> None:
    """nbgrader's own gradebook, with the marks of about two agents out of five for the workshop of their service."""
    from nbgrader.api import Base
    from sqlalchemy import create_engine, insert

    from atelier_ia.training.course import COURSE, gradebook_url
    from atelier_ia.training.rubrics import list_assignments, load_assignment

    rng = random.Random(seed)
    known = {name: load_assignment(name).max_score for name in list_assignments()}
    rows: dict[str, list[dict[str, object]]] = {"course": [{"id": COURSE}]}

    def add(table: str, **row: object) -> None:
        rows.setdefault(table, []).append(row)

    for name in known:
        add("assignment", id=name, name=name, course_id=COURSE)
        add("notebook", id=name, name=name, assignment_id=name)
        add("base_cell", id=name, name="ex1", notebook_id=name, type="GradeCell")
        add("grade_cells", id=name, max_score=known[name], cell_type="markdown")
    for learner in learners:
        name = f"m2_{learner.service}"
        if name not in known or rng.random() >= 0.4:
            continue
        key, day = learner.identifier, datetime(2027, 2, 10) + timedelta(days=rng.randrange(40))
        score = known[name] * rng.randrange(4, 11) / 10
        add("student", id=key)
        add("submitted_assignment", id=key, assignment_id=name, student_id=key, timestamp=day)
        add("submitted_notebook", id=key, assignment_id=key, notebook_id=name)
        add("grade", id=key, notebook_id=key, cell_id=name, auto_score=score, needs_manual_grade=False)
    engine = create_engine(gradebook_url())
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name in rows:
                connection.execute(insert(table), rows[table.name])
    engine.dispose()


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


if __name__ == "__main__":
    write_all(int(sys.argv[1]), Path(sys.argv[2]))
