"""Attestations of training."""

from datetime import date
from pathlib import Path

import pypdf
import pytest

from atelier_ia.measurement.attestations import write_attestations
from atelier_ia.measurement.hr_lines import ModuleResult
from atelier_ia.measurement.hr_records import HrRecords, build_records
from atelier_ia.training.attendance import Attendance
from atelier_ia.training.roster import Learner
from atelier_ia.use_cases.sandbox import reference_settings

MAIL = "s3_m2_courriels"
DAY = date(2027, 3, 1)
SKILLS = {MAIL: ("relire un brouillon avant envoi",)}


def records(hours: float = 3.5, name: str = "Ångström; '=1") -> HrRecords:
    roster = [Learner("a", name, "Zoë", "rh", "B", grade="Rédactrice"), Learner("b", "Absente", "Anne", "rh")]
    attendance = [
        Attendance("a", date(2027, 1, 25), MAIL, hours),
        Attendance("b", date(2027, 1, 25), MAIL, 2, present=False),
        Attendance("inconnu", date(2027, 1, 25), MAIL, 2),
    ]
    return build_records(
        roster, attendance, [ModuleResult("a", MAIL, 9, 10)], reference_settings(), {MAIL: "Courriels"}
    )


def text_of(path: Path) -> str:
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_an_attestation_holds_what_the_livret_asks(tmp_path: Path) -> None:
    """Are name, position, action, dates, hours, half-days, objectives, result, number and the legal mention there?"""
    own = records()
    town = own.settings.collectivite.model_copy(update={"siret": "21990310000019"})
    own.settings = own.settings.model_copy(update={"collectivite": town})
    (done,) = write_attestations(own, tmp_path, DAY, SKILLS, tmp_path / "registre.csv")
    text = text_of(done.path)
    for words in (
        "Zoë Ångström; '=1",
        "Rédactrice",
        "Ressources humaines",
        "25 janvier 2027",
        "3 h 30",
        "1 demi-journée",
        "présentiel",
        "sans niveau de qualification",
        "SIRET 21990310000019",
        "barème publié",
        "relire un brouillon avant envoi",
        "acquis",
        "2027-0001",
        "1er mars 2027",
        "ni une certification professionnelle, ni un stage du CNFPT",
    ):
        assert words in text, words
    root = pypdf.PdfReader(done.path).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("fr")


def test_only_present_and_known_people_get_one(tmp_path: Path) -> None:
    """Do an absent person and an identifier outside the roster get none?"""
    done = write_attestations(records(), tmp_path, DAY, register=tmp_path / "registre.csv")
    assert [item.learner for item in done] == ["a"]


def test_the_same_content_keeps_its_number_and_a_new_one_replaces_it(tmp_path: Path) -> None:
    """Is an attestation issued again the same one, and a corrected one a new one that says what it replaces?"""
    register = tmp_path / "registre.csv"
    first = write_attestations(records(), tmp_path, DAY, SKILLS, register)[0]
    again = write_attestations(records(), tmp_path, date(2027, 4, 1), SKILLS, register)[0]
    corrected = write_attestations(records(7), tmp_path, date(2027, 4, 1), SKILLS, register)[0]
    assert (again.number, corrected.number, corrected.replaces) == (first.number, "2027-0002", first.number)
    assert "1er mars 2027" in text_of(again.path)
    assert "Annule et remplace l’attestation n° 2027-0001" in text_of(corrected.path)


@pytest.mark.parametrize("name", ["=cmd|'/C calc'!A0", "محمد", "x" * 200, "😀", ""])
def test_any_name_makes_a_file(tmp_path: Path, name: str) -> None:
    """Do odd names survive, in a file name that every system accepts?"""
    (done,) = write_attestations(records(name=name), tmp_path, DAY, register=tmp_path / "registre.csv")
    assert done.path.name.isascii()
    assert len(done.path.name) < 90


def test_presence_alone_claims_no_evaluation(tmp_path: Path) -> None:
    """Without any evaluated module, does the attestation say that presence alone is attested?"""
    sheet = [Attendance("a", date(2027, 1, 25), "s1_direction", 2)]
    own = build_records([Learner("a", "Roux", "Zoë", "rh")], sheet, [], reference_settings(), {})
    (done,) = write_attestations(own, tmp_path, DAY, register=tmp_path / "registre.csv")
    assert "seule la présence est attestée" in text_of(done.path)
    assert "barème" not in text_of(done.path)
