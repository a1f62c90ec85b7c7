"""The plan against what has been done."""

from datetime import date
from pathlib import Path

import pytest

from atelier_ia.documents.tables import TableError
from atelier_ia.errors import AtelierError
from atelier_ia.training.planning import PlanOptions, build_plan
from atelier_ia.training.planning.progress import follow, mark_done, read_done

from .strategies import make_settings

PLAN = build_plan(make_settings([11, 24]), PlanOptions.model_validate({}))


@pytest.mark.parametrize(
    ("today", "step", "status"),
    [
        (date(2027, 1, 4), "diagnostic", "à venir"),
        (date(2027, 1, 14), "diagnostic", "en retard"),  # the audit of the 11th has not been noted
        (date(2027, 1, 11), "diagnostic", "en cours"),
        (date(2027, 1, 25), "s1_direction", "aujourd'hui"),
        (date(2027, 1, 26), "s1_direction", "en retard"),
    ],
)
def test_status_of_a_step(today: date, step: str, status: str) -> None:
    """Without any line in the file, does each step show late once its day has passed?"""
    assert follow(PLAN, (), today).step_statuses[step] == status


def test_a_session_noted_is_no_longer_late(tmp_path: Path) -> None:
    """Is a session written in the file shown as done, and the rest still late?"""
    file = tmp_path / "plan.csv"
    lines = mark_done(PLAN, "s1_direction", date(2027, 1, 25), file)
    progress = follow(PLAN, lines, date(2027, 1, 27))
    assert progress.statuses["s1_direction"] == "faite"
    assert {late.session.step for late in progress.late} == {"diagnostic"}
    assert read_done(file) == lines


def test_a_whole_step_is_noted_at_once(tmp_path: Path) -> None:
    """Does the name of a step stand for all its sessions, and does noting twice keep one line and the remark?"""
    file = tmp_path / "plan.csv"
    mark_done(PLAN, "m2_metiers", date(2027, 3, 10), file)
    count = len(PLAN.step("m2_metiers").sessions)
    file.write_text(file.read_text(encoding="utf-8-sig").replace("10/03/2027;", "10/03/2027;deux absents"), "utf-8")
    again = mark_done(PLAN, "m2_metiers", date(2027, 3, 12), file)
    assert len(again) == count
    assert {line.day for line in again} == {date(2027, 3, 12)}
    assert again[0].remark == "deux absents"


def test_a_line_of_another_plan_is_named(tmp_path: Path) -> None:
    """Is a line that matches no session told rather than ignored?"""
    file = tmp_path / "plan.csv"
    file.write_text("séance;fait_le;remarque\nm2_musee;12/03/2027;\n", "utf-8")
    assert [line.session for line in follow(PLAN, read_done(file), date(2027, 4, 1)).unknown] == ["m2_musee"]


def test_mistakes_are_explained(tmp_path: Path) -> None:
    """Do an unknown session and an unreadable date give a sentence with its place?"""
    with pytest.raises(AtelierError, match="n'est pas dans le plan"):
        mark_done(PLAN, "m9", date(2027, 3, 12), tmp_path / "plan.csv")
    file = tmp_path / "bad.csv"
    file.write_text("seance;fait_le\nj15;mardi\n", "utf-8")
    with pytest.raises(TableError, match=r"bad\.csv, ligne 2"):
        read_done(file)
