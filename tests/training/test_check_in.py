"""Checking in by code, from the projected page to the attendance file."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from atelier_ia.cli.presence import command
from atelier_ia.training.attendance import Attendance, read_attendance, write_attendance
from atelier_ia.training.check_in import (
    ALPHABET,
    CheckInError,
    close_day,
    open_session,
    read_sessions,
    sign,
    signatures,
    take_off,
)
from atelier_ia.training.roster import Learner, write_roster

DAY = date(2027, 1, 25)
SETTINGS_FILE = Path(__file__).resolve().parents[2] / "sandbox_data" / "val_fontaine.toml"
PEOPLE = [
    Learner("a1", "Le Gall", "Anaïs-Marie", "rh"),
    Learner("a2", "ÉVRARD", "Zoé", "rh"),
    Learner("a3", "Martin", "Paul", "rh"),
    Learner("a4", "Martin", "Paul", "ccas"),
    Learner("a5", "محمد", "李", "ccas"),
]


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


def test_a_day_has_two_codes_and_makes_one_line() -> None:
    """Is a long day signed twice, and counted once with the hours of the halves really signed?"""
    morning, afternoon = open_session("s3_referents", "Journée des référents", DAY, 7)
    assert set(morning.code) <= set(ALPHABET)
    assert morning.code != afternoon.code
    for name in ("anais marie le gall", "a1"):
        assert sign(morning.code.lower(), name, PEOPLE, DAY).identifier == "a1"
    sign(f" {afternoon.code[:3]} {afternoon.code[3:]}", "Le Gall Anaïs-Marie", PEOPLE, DAY)
    sign(morning.code, "zoe evrard", PEOPLE, DAY)
    sign(morning.code, "李 محمد", PEOPLE, DAY)
    assert take_off(morning.code, "a5")
    assert close_day(DAY) == 2
    assert read_attendance() == (
        Attendance("a1", DAY, "s3_referents", 7, 2),
        Attendance("a2", DAY, "s3_referents", 3.5, 1),
    )
    assert close_day(DAY) == 0
    assert all(item.closed for item in read_sessions())
    assert signatures(morning.code) == ()


def test_what_the_sheet_says_already_stays() -> None:
    """Is a presence written by hand kept as it is, and an absence corrected by a signature?"""
    paper = Attendance("a1", DAY, "m2_rh", 2, 1, "distance")
    other = Attendance("a2", date(2027, 1, 4), "m2_rh", 2)
    sheet = write_attendance([paper, other, Attendance("a2", DAY, "m2_rh", 2.5, present=False)])
    (session,) = open_session("m2_rh", "Atelier", DAY, 2.5)
    sign(session.code, "a1", PEOPLE, DAY)
    sign(session.code, "a2", PEOPLE, DAY)
    assert close_day(DAY) == 1
    assert read_attendance(sheet) == (paper, other, Attendance("a2", DAY, "m2_rh", 2.5, 1))


@pytest.mark.parametrize(
    ("code", "name", "day", "words"),
    [
        ("", "a1", DAY, "projeté"),
        ("AAAAAA", "a1", DAY, "projeté"),
        ("ÉÉÉÉÉÉ", "a1", DAY, "projeté"),
        (None, "Paul Martin", DAY, "Plusieurs"),
        (None, "Inconnue", DAY, "liste"),
        (None, "  ", DAY, "prénom"),
        (None, "a1", date(2027, 1, 26), "25"),
    ],
)
def test_what_cannot_be_signed_is_explained(code: str | None, name: str, day: date, words: str) -> None:
    """Is each refusal one sentence that says what to do?"""
    (session,) = open_session("m2_rh", "Atelier", DAY, 2.5)
    with pytest.raises(CheckInError, match=words):
        sign(session.code if code is None else code, name, PEOPLE, day)


def test_a_closed_sheet_takes_no_signature() -> None:
    """After closing, is one sent to the paper sheet?"""
    (session,) = open_session("m2_rh", "Atelier", DAY, 2.5)
    close_day(DAY)
    with pytest.raises(CheckInError, match="close"):
        sign(session.code, "a1", PEOPLE, DAY)


def test_a_room_that_signs_at_once_loses_nobody() -> None:
    """When forty persons sign together, is each one there?"""
    people = [Learner(f"p{index:02d}", f"Nom{index}", "Zoé", "rh") for index in range(40)]
    (session,) = open_session("m2_rh", "Atelier", DAY, 2.5)
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda who: sign(session.code, who.full_name, people, DAY), people))
    assert len(signatures(session.code)) == 40


def test_the_trainer_opens_watches_and_closes(tmp_path: Path) -> None:
    """Do the three commands lead from the code to the attendance, with a page to project that holds no name?"""
    (tmp_path / "atelier.toml").write_text(SETTINGS_FILE.read_text(encoding="utf-8"), encoding="utf-8")
    write_roster(PEOPLE)
    run = CliRunner().invoke
    opened = run(command, ["ouvrir", "m2_rh", "--heures", "2 h 30", "--adresse", "http://10.0.0.2:8866/", "--json"])
    answer = json.loads(opened.output)
    assert Path(answer["page"]).read_bytes().startswith(b"%PDF-")
    code = answer["seances"][0]["code"]
    sign(code, "Zoé Évrard", PEOPLE, date.today())
    assert json.loads(run(command, ["liste", "--json"]).output)[0]["signatures"] == ["a2"]
    assert json.loads(run(command, ["clore", "--json"]).output) == {"lignes": 1}
