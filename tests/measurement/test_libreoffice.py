"""Does a real office suite open what we write, with every name as it was typed?"""

import csv
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from atelier_ia.measurement.checkpoints import write_checkpoint
from atelier_ia.measurement.hr_lines import ModuleResult
from atelier_ia.measurement.hr_records import build_records
from atelier_ia.measurement.hr_report import write_hr_report
from atelier_ia.measurement.literacy_register import write_register
from atelier_ia.measurement.personal_data import write_personal_sheet
from atelier_ia.measurement.privacy_papers import write_privacy_papers
from atelier_ia.measurement.retention import personal_record
from atelier_ia.training.attendance import Attendance, write_attendance
from atelier_ia.training.planning import build_plan, load_options
from atelier_ia.training.planning.exports import write_plan_workbook
from atelier_ia.training.planning.progress import follow
from atelier_ia.training.roster import Learner, write_roster
from atelier_ia.use_cases.sandbox import reference_settings

SETTINGS = reference_settings()
DAY = date(2027, 3, 1)
MAIL = "s3_m2_courriels"
NAMES = ("Dupont; Durand", "=cmd|'/C calc'!A0", 'Jean "Jojo"', "-Martin", "Lefèvre 😀", "محمد", "x" * 200, "O'Neil")
PEOPLE = [Learner(f"a{index}", name, "Zoë", "rh", "B", "F") for index, name in enumerate(NAMES)]
SHEET = [Attendance(who.identifier, date(2027, 1, 25), MAIL, 3.5) for who in PEOPLE]
FRENCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item></oor:items>
"""
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory):
    """`office(files, form, *options)`: the files converted by LibreOffice, no screen; skipped where it is absent."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    parts = [Path(program).resolve().with_name(name) for name in ("libsclo.so", "libswlo.so")] if program else []
    if program is None or not all(part.exists() for part in parts):
        pytest.skip("LibreOffice n'est pas installé (paquets libreoffice-calc-nogui et libreoffice-writer-nogui)")
    home = tmp_path_factory.mktemp("bureau")
    (home / "user").mkdir()
    (home / "user" / "registrymodifications.xcu").write_text(FRENCH, encoding="utf-8")

    def convert(files: list[Path], form: str, *options: str) -> dict[str, str]:
        out = tmp_path_factory.mktemp("converti")
        command = [program, f"-env:UserInstallation=file://{home}", "--headless", *options, "--convert-to", form]
        subprocess.run(
            [*command, "--outdir", out, *files],
            check=True,
            timeout=240,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return {path.name: path.read_text(encoding="utf-8-sig") for path in out.iterdir()}

    return convert


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    return tmp_path


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines(), delimiter=";"))


def test_workbooks_open_with_every_name_and_sheet(office, folder: Path) -> None:
    """Are all sheets there, names exact, dates and numbers real, and nothing computed from a name?"""
    report = write_hr_report(
        folder,
        settings=SETTINGS,
        roster=PEOPLE,
        attendance=SHEET,
        results=[ModuleResult("a0", MAIL, 9, 10)],
        titles={MAIL: "Courriels"},
        today=DAY,
    )
    options = load_options(Path("absent.toml"))
    plan = build_plan(SETTINGS, options)
    workbook = write_plan_workbook(plan, follow(plan, (), DAY), folder / "plan.xlsx")
    found = office([report.workbook, workbook], ALL_SHEETS)
    assert len(found) == 8 + 4
    agents = cells(found["formation_rh-Agents.csv"])
    assert {row[1] for row in agents[3:]} == set(NAMES)
    assert {row[6] for row in agents[3:]} == {"25/01/2027"}
    assert {row[8] for row in agents[3:]} == {"3,5"}
    sessions = cells(found["plan-Séances.csv"])
    assert len(sessions) == 1 + len(plan.sessions)
    assert not any("Err:" in text or "#N" in text for text in found.values())


def test_csv_files_open_with_every_name(office, folder: Path) -> None:
    """Do the .csv files open in columns, harmless, with their names?"""
    own = build_records(PEOPLE, SHEET, [], SETTINGS, {MAIL: "Courriels"})
    report = write_hr_report(
        folder, settings=SETTINGS, roster=PEOPLE, attendance=SHEET, results=(), titles={MAIL: "Courriels"}, today=DAY
    )
    (folder / "var").mkdir(exist_ok=True)
    _, register = write_register(own, folder, DAY)
    files = [report.csv, register, write_roster(PEOPLE), write_attendance(SHEET)]
    found = office(files, ALL_SHEETS, "--infilter=Text - txt - csv (StarCalc):59,34,76,1")
    assert len(found) == len(files)
    by_name = {name.partition("-")[0].removesuffix(".csv"): cells(text) for name, text in found.items()}
    # A text that looks like a formula is shown with the apostrophe that keeps it a text.
    shown = {row[1].removeprefix("'") for row in by_name["formation_rh"][1:]}
    assert shown == set(NAMES)
    assert {row[1].removeprefix("'") for row in by_name["apprenants"][1:]} == set(NAMES)
    assert {row[1] for row in by_name["presences"][1:]} == {"25/01/2027"}
    assert not any("Err:" in text or "#N" in text for text in found.values())


def test_word_files_open_with_their_words(office, folder: Path) -> None:
    """Do the reports, the papers and a person's sheet open as documents, pictures and names included?"""
    own = build_records(PEOPLE, SHEET, [], SETTINGS, {MAIL: "Courriels"})
    write_roster(PEOPLE)
    write_attendance(SHEET)
    (folder / "solutions").mkdir()
    checkpoint = write_checkpoint("J+15", folder, settings=SETTINGS, today=DAY)
    sheet = write_personal_sheet(personal_record(own, PEOPLE, "a4"), SETTINGS, folder / "a4.docx", DAY)
    papers = write_privacy_papers(folder, SETTINGS, DAY)
    found = office([checkpoint.docx, sheet, *papers], "txt:Text (encoded):UTF8")
    assert len(found) == 4
    assert "Les chiffres" in found["etape_j15.txt"]
    assert "Lefèvre 😀" in found["a4.txt"]
    assert all(len(text) > 400 for text in found.values())
