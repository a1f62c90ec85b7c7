"""Register of measures, right of access, deletion on time, sign-in sheet."""

import os
from datetime import date
from pathlib import Path

import pypdf
import pytest

from atelier_ia.documents.tables import parse_csv
from atelier_ia.measurement.corrections import ask_correction, decide
from atelier_ia.measurement.hr_lines import ModuleResult
from atelier_ia.measurement.hr_records import HrRecords, build_records
from atelier_ia.measurement.literacy_register import measures, write_register
from atelier_ia.measurement.own_record import issue_codes
from atelier_ia.measurement.retention import personal_record, purge
from atelier_ia.measurement.surveys import Answer, record_answer
from atelier_ia.measurement.time_records import record_pair
from atelier_ia.measurement.tool_votes import record_vote
from atelier_ia.measurement.uses import record_use
from atelier_ia.training.attendance import Attendance
from atelier_ia.training.roster import Learner
from atelier_ia.training.sign_in import sign_in_pdf
from atelier_ia.use_cases.real_cases import review, store
from atelier_ia.use_cases.sandbox import reference_settings

DAY = date(2027, 3, 1)
ROSTER = [Learner(f"a{i}", f"Nom{i}", "Zoé", "rh", extra={"Bureau": "2"}) for i in range(8)]
SHEET = (
    *(Attendance(f"a{i}", date(2027, 1, 25), "s3_referents", 7) for i in range(6)),
    *(Attendance(f"a{i}", date(2027, 2, 9), "m2_rh", 2.5, present=i > 0) for i in range(3)),
    Attendance("a0", date(2027, 2, 10), "accompagnement_1", 0.5),
)


def records() -> HrRecords:
    return build_records(ROSTER, SHEET, [ModuleResult("a0", "s3_m2_courriels", 3, 10)], reference_settings(), {})


def test_the_register_lists_sessions_without_names(tmp_path: Path) -> None:
    """Are sessions dated and counted, small ones not told, names and coaching absent, in both files?"""
    assert [(m.title, m.told_people) for m in measures(records())] == [
        ("Journée des référents", "6"),
        ("Atelier : Ressources humaines", "moins de 5"),
    ]
    pdf, table = write_register(records(), tmp_path, DAY)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    assert "Journée des référents" in text
    assert "Nom0" not in text
    assert "accompagnement_1" not in text
    assert [row.cells["agents"] for row in parse_csv(table.read_bytes(), "x").rows] == ["6", "moins de 5"]


def test_a_person_sees_all_that_is_held_on_them() -> None:
    """Are the roster's line and every module in the answer, for those who came and those who did not yet?"""
    own = personal_record(records(), ROSTER, "a0")
    assert own["personne"]["autres"] == {"Bureau": "2"}
    assert {item["code"] for item in own["formations"]} == {"s3_referents", "s3_m2_courriels"}
    assert personal_record(records(), ROSTER, "a7")["formations"] == []
    assert personal_record(records(), ROSTER, "inconnu") == {}


def test_everything_past_its_date_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Are times, uses, answers, votes and real cases deleted once their time is over, and not before?"""
    own = reference_settings()  # begins on 11 January 2027
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    record_use("courriels", first=True, day=date(2026, 1, 10))
    record_pair("courriels", 20, 5, day=date(2026, 1, 10))
    record_answer(Answer("J+30", "souvent", "beaucoup", "oui"), code="mon chat roux", day=date(2026, 1, 10))
    record_vote(["a", "b"], "a", day=date(2026, 1, 10))
    store(review("Un lampadaire est éteint.", [], title="Éclairage"), days=30, today=date(2026, 1, 10))
    issue_codes(["a1"], date(2026, 1, 10))
    decide(ask_correction("a1", "autre", "x", date(2026, 1, 10)).number, True, "", own, date(2026, 1, 10))
    ask_correction("a1", "autre", "toujours en attente", date(2026, 1, 10))
    reports = tmp_path / "var" / "rapports"
    reports.mkdir()
    old, young = reports / "formation_rh.xlsx.1.partiel", reports / "formation_rh.csv.2.partiel"
    young.touch()  # perhaps being written
    assert [item.count for item in purge(date(2026, 2, 1), own)] == [0] * 8
    old.touch()
    os.utime(old, (0, 0))
    assert [item.count for item in purge(date(2027, 7, 10), own)] == [1, 1, 1, 1, 2, 1, 2, 1]
    assert [item.count for item in purge(date(2027, 7, 10), own)] == [0] * 8
    assert not old.exists()
    assert young.exists()


@pytest.mark.parametrize(("hours", "columns"), [(2.5, ["Signature"]), (7, ["Matin", "Après-midi"])])
def test_the_sign_in_sheet_has_room_for_each_half_day(hours: float, columns: list[str]) -> None:
    """Is there a line per person in order of name, and a column per half-day, in a tagged PDF?"""
    import io

    reader = pypdf.PdfReader(
        io.BytesIO(sign_in_pdf("Courriels", DAY, hours, ROSTER, reference_settings(), place="Salle A"))
    )
    text = "".join(page.extract_text() for page in reader.pages)
    assert all(word in text for word in (*columns, "Nom0 Zoé", "Nom7 Zoé", "Salle A"))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
