"""A person's own record: seen, corrected, erased; and the files for Moodle."""

import csv
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from atelier_ia.cli.report import command
from atelier_ia.errors import AtelierError
from atelier_ia.measurement.hr_lines import ModuleResult
from atelier_ia.measurement.hr_records import build_records
from atelier_ia.measurement.moodle import moodle_name, write_moodle_files
from atelier_ia.measurement.personal_data import correct_person, correct_presence, erase_person, write_personal_sheet
from atelier_ia.measurement.retention import personal_record
from atelier_ia.training.attendance import Attendance, read_attendance, write_attendance
from atelier_ia.training.check_in import open_session, sign, signatures
from atelier_ia.training.roster import Learner, read_roster, write_roster
from atelier_ia.use_cases.sandbox import reference_settings

SETTINGS = reference_settings()
DAY = date(2027, 1, 25)
MAIL = "s3_m2_courriels"
ODD = ("Dupont; Durand", "=cmd|'/C calc'!A0", 'Jean "Jojo"', "محمد 😀", "x" * 200)
PEOPLE = [
    Learner(f"a{index}", name, "Zoë", "rh", "B", extra={"Courriel": f"a{index}@x.example"})
    for index, name in enumerate(ODD)
]


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


def test_a_correction_is_read_like_the_file_of_hr() -> None:
    """Is each field corrected by the same rules, the others and the other persons kept?"""
    write_roster(PEOPLE)
    made = correct_person("a0", {"Nom": "Dupont-Durand", "service": "Urbanisme", "courriel": "n@x.example"}, SETTINGS)
    assert (made.last_name, made.service, made.category) == ("Dupont-Durand", "urbanisme", "B")
    assert read_roster() == (made, *PEOPLE[1:])
    for wrong, words in (({"note": "20"}, "champs connus"), ({"categorie": "Z"}, "A, B, C")):
        with pytest.raises(AtelierError, match=words):
            correct_person("a0", wrong, SETTINGS)
    with pytest.raises(AtelierError, match="identifiant"):
        correct_person("absent", {"nom": "X"}, SETTINGS)
    assert read_roster() == (made, *PEOPLE[1:])


def test_a_presence_is_corrected() -> None:
    """Can somebody marked absent be marked present, or the duration be put right?"""
    write_attendance([Attendance("a0", DAY, MAIL, 2, present=False), Attendance("a1", DAY, MAIL, 2)])
    correct_presence("a0", "25/01/2027", MAIL, "oui")
    correct_presence("a1", "25/01/2027", MAIL, "3 h 30")
    assert [(line.present, line.hours) for line in read_attendance()] == [(True, 2), (True, 3.5)]
    for day, value in (("25/01/2027", "peut-être"), ("demain", "oui"), ("26/01/2027", "oui")):
        with pytest.raises(AtelierError):
            correct_presence("a0", day, MAIL, value)


def test_a_person_is_erased_everywhere_we_hold_them() -> None:
    """Are roster, attendance and open signatures without the person, and the others untouched?"""
    write_roster(PEOPLE)
    write_attendance([Attendance("a0", DAY, MAIL, 2), Attendance("a1", DAY, MAIL, 2)])
    (session,) = open_session(MAIL, "Courriels", DAY, 2)
    sign(session.code, "a0", PEOPLE, DAY)
    sign(session.code, "a1", PEOPLE, DAY)
    names = ("liste des agents", "présences", "signatures", "code personnel", "demandes de correction")
    assert erase_person("a0", SETTINGS) == dict(zip(names, (1, 1, 1, 0, 0), strict=True))
    assert erase_person("a0", SETTINGS) == dict.fromkeys(names, 0)
    assert read_roster() == tuple(PEOPLE[1:])
    assert [line.learner for line in read_attendance()] == ["a1"]
    assert signatures(session.code) == ("a1",)


def records():
    results = [ModuleResult("a0", MAIL, 9, 10), ModuleResult("a1", MAIL, 1, 10)]
    return build_records(
        PEOPLE, [Attendance(who.identifier, DAY, MAIL, 3.5) for who in PEOPLE], results, SETTINGS, {MAIL: "Courriels"}
    )


def test_the_sheet_given_to_the_person_says_all(tmp_path: Path) -> None:
    """Does the sheet hold what the record holds, a name exactly, and a way to ask for a correction?"""
    record = personal_record(records(), PEOPLE, "a1")
    path = write_personal_sheet(record, SETTINGS, tmp_path / "fiches" / "a1.docx", DAY)
    document = docx.Document(str(path))
    text = "\n".join(
        [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]
    )
    for words in ("Une erreur", "Courriels", "en cours", "a1@x.example"):
        assert words in text
    assert "cmd" in text


def test_moodle_gets_every_name_and_no_mark(tmp_path: Path) -> None:
    """Read back as Moodle does, are the names exact, the accounts valid, and is 100 the only grade?"""
    done = write_moodle_files(records(), [*PEOPLE, Learner("é t", "Sans", "Adresse", "")], tmp_path, SETTINGS)
    users = list(csv.DictReader(done.users.open(encoding="utf-8", newline="")))
    assert [row["lastname"] for row in users] == list(ODD)
    assert {row["cohort1"] for row in users} == {"ressourceshumaines"}
    assert all(row["username"] == row["idnumber"] and "@" in row["email"] for row in users)
    assert done.without_email == ("é t",)
    grades = list(csv.DictReader(done.grades.open(encoding="utf-8", newline="")))
    assert {row["idnumber"]: row["Courriels"] for row in grades} == {
        "a0": "100",
        "a1": "-",
        "a2": "-",
        "a3": "-",
        "a4": "-",
    }
    no_address = [Learner(who.identifier, who.last_name, who.first_name, who.service) for who in PEOPLE[:2]]
    fewer = write_moodle_files(records(), [*no_address, *PEOPLE[2:]], tmp_path, SETTINGS)
    told = list(csv.DictReader(fewer.grades.open(encoding="utf-8", newline="")))
    assert {row["idnumber"] for row in told} == {"a2", "a3", "a4"}  # a person without account would stop the import
    with_domain = write_moodle_files(
        records(), [Learner("é t", "Sans", "Adresse", "")], tmp_path, SETTINGS, "mairie.example"
    )
    assert "et@mairie.example" in with_domain.users.read_text(encoding="utf-8")
    nameless = write_moodle_files(records(), [Learner("a9", "", "", "")], tmp_path, SETTINGS, "mairie.example")
    assert "a9,-,-,a9@" in nameless.users.read_text(encoding="utf-8")


def test_two_persons_never_share_a_moodle_account(tmp_path: Path) -> None:
    """Is a collision refused by name, and an identifier without a Latin letter still an account?"""
    with pytest.raises(AtelierError, match="même compte"):
        write_moodle_files(records(), [Learner("É1", "A", "", ""), Learner("é1", "B", "", "")], tmp_path, SETTINGS)
    assert moodle_name("李") != moodle_name("محمد")


def test_the_commands_answer_in_french(tmp_path: Path) -> None:
    """Do the verbs on a person work from end to end, and refuse in one sentence?"""
    source = Path(__file__).resolve().parents[2] / "sandbox_data" / "val_fontaine.toml"
    (tmp_path / "atelier.toml").write_bytes(source.read_bytes())
    write_roster(PEOPLE)
    write_attendance([Attendance("a2", DAY, MAIL, 2)])
    run = CliRunner().invoke
    assert "Dumont" in run(command, ["rectifier", "a2", "nom=Dumont"]).output
    shown = run(command, ["personne", "a2", "--fiche", str(tmp_path / "a2.docx")])
    assert '"nom": "Dumont"' in shown.output
    assert (tmp_path / "a2.docx").is_file()
    assert "--confirmer" in str(run(command, ["effacer", "a2"]).exception)
    assert "1\xa0ligne" in run(command, ["effacer", "a2", "--confirmer"]).output
    assert run(command, ["moodle", "--json"]).exit_code == 0
    assert "[" in run(command, ["adoption", "--json"]).output
