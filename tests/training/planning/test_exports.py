"""The plan written down, then read again by others: calendar, workbook, picture, PDF, JSON."""

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import openpyxl
import pypdf
import pytest

from atelier_ia.errors import AtelierError
from atelier_ia.training.planning import Plan, PlanOptions, build_plan
from atelier_ia.training.planning.exports import plan_as_ics, plan_as_json, write_plan_workbook
from atelier_ia.training.planning.gantt import describe, draw, finding
from atelier_ia.training.planning.printout import FILES, plan_as_pdf, write_all
from atelier_ia.training.planning.progress import Done, Progress, follow
from atelier_ia.training.planning.text import plan_as_text

from .strategies import make_settings

STAMP = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
PLAN = build_plan(make_settings([11, 24]), PlanOptions.model_validate({}))


def at(today: date, plan: Plan = PLAN) -> Progress:
    done = tuple(Done(item.id, item.day) for item in plan.sessions if item.step == "diagnostic")
    return follow(plan, done, today)


def test_the_calendar_is_read_back() -> None:
    """Does another reader find every session, at local time, with the same identifier at each export?"""
    calendar = icalendar.Calendar.from_ical(plan_as_ics(PLAN, stamp=STAMP))
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert len(events) == len(PLAN.sessions)
    champions = next(event for uid, event in events.items() if uid.startswith("s3_referents@"))
    assert champions["dtstart"].dt.isoformat() == "2027-02-08T09:00:00+01:00"
    assert champions["dtend"].dt.hour == 17
    assert events.keys() == {str(e["uid"]) for e in icalendar.Calendar.from_ical(plan_as_ics(PLAN)).walk("VEVENT")}
    assert calendar.walk("VTIMEZONE")


def test_overseas_calendars_have_their_own_hours() -> None:
    """At La Réunion, is nine o'clock nine o'clock there?"""
    plan = build_plan(make_settings([11], zone="aucune", region="La Réunion"), PlanOptions.model_validate({}))
    calendar = icalendar.Calendar.from_ical(plan_as_ics(plan, stamp=STAMP))
    hours = {event["dtstart"].dt.isoformat()[-14:] for event in calendar.walk("VEVENT") if str(event["uid"])[0] == "s"}
    assert hours == {"09:00:00+04:00"}


def test_the_workbook_is_read_back(tmp_path: Path) -> None:
    """Does a spreadsheet find real dates, one line per session and what to check?"""
    book = openpyxl.load_workbook(write_plan_workbook(PLAN, at(date(2027, 1, 4)), tmp_path / "plan.xlsx"))
    assert book.sheetnames == ["Étapes", "Séances", "Jours évités", "À vérifier"]
    rows = list(book["Séances"].iter_rows(values_only=True))
    head = rows.index(next(row for row in rows if row[0] == "Identifiant"))
    assert len(rows) - head - 1 == len(PLAN.sessions)
    assert rows[head + 1][3] == datetime(2027, 1, 11)


def test_json_is_complete() -> None:
    """Does the JSON hold every step, session and warning, with plain values only?"""
    document = json.loads(json.dumps(plan_as_json(PLAN, at(date(2027, 1, 26)))))
    assert [step["id"] for step in document["etapes"]] == [step.method.id for step in PLAN.steps]
    assert sum(len(step["seances"]) for step in document["etapes"]) == len(PLAN.sessions)
    assert document["en_retard"] == [{"seance": "s1_direction", "jours": 1}]
    assert document["avertissements"] == list(PLAN.warnings)


def test_the_picture_says_its_finding_and_its_text() -> None:
    """Has the SVG a role, a title and a full text alternative, and are two drawings the same?"""
    progress = at(date(2027, 1, 26))
    svg = draw(PLAN, progress)
    assert svg == draw(PLAN, progress)
    root = ElementTree.fromstring(svg)
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    assert (root.find("s:title", space).text or "").startswith("1")  # type: ignore[union-attr]
    text = root.find("s:desc", space).text or ""  # type: ignore[union-attr]
    assert text == describe(PLAN, progress)
    for step in PLAN.steps:
        assert step.method.title.split(" : ")[0] in text
    assert b"aujourd" not in finding(PLAN, at(date(2027, 1, 4))).encode()
    assert draw(PLAN, progress, kind="png").startswith(b"\x89PNG")


def test_the_pdf_is_tagged_and_holds_every_session() -> None:
    """Is the PDF tagged, in French, titled, and is every session's room in it?"""
    reader = pypdf.PdfReader(io.BytesIO(plan_as_pdf(PLAN, at(date(2027, 1, 26)), moment=STAMP)))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]).lower().startswith("fr")
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert text.count("Salle de formation") >= sum(1 for item in PLAN.sessions if item.room)
    assert reader.metadata is not None
    assert reader.metadata.title


def test_everything_is_written_in_a_folder(tmp_path: Path) -> None:
    """Are all the files written, and is a folder that cannot be made explained?"""
    paths = write_all(PLAN, at(date(2027, 1, 4)), tmp_path / "a" / "b")
    assert {path.name for path in paths} == set(FILES)
    assert all(path.stat().st_size > 200 for path in paths)
    (tmp_path / "fichier").write_text("x", "utf-8")
    with pytest.raises(AtelierError, match="choisissez un autre dossier"):
        write_all(PLAN, at(date(2027, 1, 4)), tmp_path / "fichier")


def test_the_text_names_what_is_late() -> None:
    """Does the terminal text show each session, what is late and how to note it?"""
    text = plan_as_text(PLAN, at(date(2027, 1, 26)))
    assert "[s3_referents]" in text
    assert "atelier planifier --fait s1_direction" in text
    assert "Pont de l'Ascension" in text
