"""The HR report: each file written, reopened and compared."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest

from atelier_ia.documents.tables import parse_csv
from atelier_ia.measurement.attestations import file_name
from atelier_ia.measurement.hr_lines import ModuleResult
from atelier_ia.measurement.hr_pages import nominative_pdf, summary_content, summary_pdf
from atelier_ia.measurement.hr_publication import settle
from atelier_ia.measurement.hr_records import HrRecords, build_records
from atelier_ia.measurement.hr_report import HrReport, write_hr_report
from atelier_ia.measurement.hr_tables import summary_tables
from atelier_ia.training.attendance import Attendance
from atelier_ia.training.roster import Learner
from atelier_ia.use_cases.sandbox import reference_settings

DAY = date(2027, 3, 1)
MAIL = "s3_m2_courriels"
TITLES = {MAIL: "Répondre aux courriels"}
ODD_NAMES = (
    ("Dupont; Durand", 'Jean "Jojo"'),
    ("=cmd|'/C calc'!A0", "+33 1"),
    ("-Martin", "@Zoë"),
    ("Lefèvre 😀", "Anne\u202fLise"),
    ("محمد", "עברית"),
    ("x" * 200, "李小龍"),
    ("O'Neil", "'=1"),
)


def learner(identifier: str, service: str = "rh", **more: str) -> Learner:
    return Learner(identifier, identifier.upper(), "Camille", service, **more)


def came(identifier: str, module: str = MAIL, hours: float = 3.5, day: int = 25, **more) -> Attendance:
    return Attendance(identifier, date(2027, 1, day), module, hours, **more)


def records(roster=(), attendance=(), results=()) -> HrRecords:
    return build_records(roster, attendance, results, reference_settings(), TITLES)


def crowd(service: str, size: int, acquired: int = 0) -> tuple[list[Learner], list[Attendance], list[ModuleResult]]:
    names = [f"{service}{index}" for index in range(size)]
    return (
        [learner(name, service) for name in names],
        [came(name) for name in names],
        [ModuleResult(name, MAIL, 10 if index < acquired else 2, 10) for index, name in enumerate(names)],
    )


def crowds(*services: tuple[str, int, int]) -> HrRecords:
    parts = [crowd(*service) for service in services]
    return records(*([item for part in parts for item in part[index]] for index in range(3)))


@pytest.fixture(scope="module", autouse=True)
def _own_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A root of our own, with the commune of the sandbox: what is given out is remembered there."""
    root = tmp_path_factory.mktemp("racine")
    (root / "sandbox_data").symlink_to(Path(__file__).resolve().parents[2] / "sandbox_data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATELIER_RACINE", str(root))
        yield


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> HrReport:
    roster = [Learner(f"a{index}", *name, "rh", "B", "F", "titulaire") for index, name in enumerate(ODD_NAMES)]
    return write_hr_report(
        tmp_path_factory.mktemp("rapports"),
        settings=reference_settings(),
        roster=roster,
        attendance=[came(f"a{index}", day=20 + index) for index in range(len(ODD_NAMES))],
        results=[ModuleResult("a0", MAIL, 9, 10), ModuleResult("a1", MAIL, 1, 10)],
        titles=TITLES,
        today=DAY,
    )


def test_the_workbook_keeps_every_name_and_type(odd: HrReport) -> None:
    """Reopened, does the workbook hold each name exactly, real dates and numbers, and no formula?"""
    book = openpyxl.load_workbook(odd.workbook)
    sheet = book["Agents"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert {(row[1], row[2]) for row in rows} == set(ODD_NAMES)
    assert all(isinstance(row[6], datetime) and row[8] == 3.5 for row in rows)
    assert not any(cell.data_type == "f" for page in book for line in page.iter_rows() for cell in line)
    assert sheet.freeze_panes == "A4"
    assert book.properties.title


def test_the_csv_is_french_and_harmless(odd: HrReport) -> None:
    """Does the CSV open right in French Excel, with no cell that a spreadsheet would compute?"""
    data = odd.csv.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";") for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    table = parse_csv(data, "x.csv")
    assert {(row.cells["nom"], row.cells["prenom"]) for row in table.rows} == set(ODD_NAMES)
    assert {row.cells["heures"] for row in table.rows} == {"3,5"}
    assert "20/01/2027" in {row.cells["premierjour"] for row in table.rows}
    # What the livret individuel asks of each training: title, dates, duration, level, provider.
    assert {"module", "dernierjour", "demijournees", "niveau", "organisme"} <= set(table.columns)


def test_the_results_say_acquired_or_in_progress_only(odd: HrReport) -> None:
    """Is a low mark, like work not handed in, told as « en cours », with no mark anywhere?"""
    table = parse_csv(odd.csv.read_bytes(), "x.csv")
    assert [row.cells["resultat"] for row in table.rows].count("acquis") == 1
    assert {row.cells["resultat"] for row in table.rows} == {"acquis", "en cours"}
    assert not any("note" in column or "score" in column or "point" in column for column in table.columns)


@pytest.mark.parametrize("name", ["nominative_pdf", "summary_pdf"])
def test_the_pdfs_are_tagged_and_french(odd: HrReport, name: str) -> None:
    """Can a screen reader use each PDF: tags, language, title, header cells?"""
    reader = pypdf.PdfReader(getattr(odd, name))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_the_nominative_pdf_bears_names_and_the_summary_none(odd: HrReport) -> None:
    """Are names in the restricted file, and in no page of the council's?"""
    texts = {
        path.name: "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        for path in (odd.nominative_pdf, odd.summary_pdf)
    }
    assert "Dupont; Durand" in texts["etat_nominatif_rh.pdf"]
    assert "réservé au service des ressources humaines" in texts["etat_nominatif_rh.pdf"].replace("\n", " ")
    for last, first in ODD_NAMES[:3]:
        assert last not in texts["bilan_formation.pdf"]
        assert first not in texts["bilan_formation.pdf"]


def test_an_empty_course_still_makes_a_report(tmp_path: Path) -> None:
    """Before the first session, are all files there, saying so?"""
    report = write_hr_report(
        tmp_path, settings=reference_settings(), roster=(), attendance=(), results=(), titles=TITLES, today=DAY
    )
    assert all(path.stat().st_size for path in report.paths)
    text = pypdf.PdfReader(report.summary_pdf).pages[0].extract_text()
    assert "Aucun agent n’est encore formé" in text


def test_hours_and_half_days_add_up() -> None:
    """Is a day of several short modules two half-days at most, and an absence nothing?"""
    attendance = [came("a", f"s3_m{index}", hours=1) for index in range(7)]
    attendance += [came("a", "m2_rh", hours=2.5, day=28), came("a", "m3_bilan", hours=2, day=29, present=False)]
    own = records([learner("a")], attendance)
    (agent,) = own.agents
    assert agent.hours == 9.5
    assert agent.half_days == pytest.approx(3, abs=0.05)
    assert (agent.attended, agent.sessions) == (8, 8)


def test_work_handed_in_without_a_sheet_counts_for_its_planned_time() -> None:
    """Does a module done alone count for its duration, but not on top of a signed session of the same stage?"""
    mark = ModuleResult("a", MAIL, 8, 10, date(2027, 1, 25), minutes=60)
    assert next(records([learner("a")], (), [mark]).lines).hours == 1
    with_sheet = records([learner("a")], [came("a", "s3_referents", hours=7)], [mark])
    assert sum(line.hours for line in with_sheet.lines) == 7


def test_individual_coaching_never_enters() -> None:
    """Is the coaching of the most reluctant absent from every line and every total?"""
    own = records([learner("a")], [came("a", "accompagnement_1"), came("a", "Accompagnement individuel", day=26)])
    assert tuple(own.lines) == ()
    assert summary_tables(own).overview.hours == 0


def test_a_person_absent_everywhere_is_not_named() -> None:
    """Does somebody who came to nothing stay out of the lists?"""
    own = records([learner("a"), learner("b")], [came("a"), came("b", present=False)])
    assert [line.learner.identifier for line in own.lines] == ["a"]


def test_somebody_outside_the_roster_is_kept_and_told(tmp_path: Path) -> None:
    """Is an identifier unknown to the roster reported rather than lost?"""
    report = write_hr_report(
        tmp_path,
        settings=reference_settings(),
        roster=(),
        attendance=[came("inconnu")],
        results=(),
        titles=TITLES,
        today=DAY,
    )
    assert "inconnu" in report.warnings[0]
    assert "inconnu" in report.csv.read_text(encoding="utf-8-sig")


def test_a_session_signed_twice_counts_once() -> None:
    """On paper and by code, or absent then present, does a session count once, and a person of the list hold it?"""
    sheet = [came("a", present=False), came("a"), came("a"), came("a", "m2_rh", day=28)]
    own = records([learner("a")], sheet)
    assert [(line.attended, line.hours) for line in own.lines] == [(1, 3.5), (1, 3.5)]
    assert own.lines_of("a") == tuple(own.lines)
    assert own.lines_of("b") == ()
    assert [(held.module, held.people) for held in own.sessions_held] == [(MAIL, 1), ("m2_rh", 1)]
    assert own.period == (date(2027, 1, 25), date(2027, 1, 28))


def test_many_strangers_are_counted_and_a_few_named() -> None:
    """When the list is missing, are the first identifiers told and the others counted, coaching never?"""
    own = records((), [came(f"x{index}") for index in range(9)] + [came("secret", "accompagnement")])
    assert (own.unknown_count, own.unknown) == (9, ("x0", "x1", "x2", "x3", "x4"))
    assert not any(agent.known for agent in own.agents)


def test_small_services_are_added_up() -> None:
    """Is a service with fewer than five trained persons never shown alone, nor found by subtraction?"""
    own = crowds(("accueil", 9, 4), ("ccas", 12, 5), ("rh", 2, 1), ("urbanisme", 4, 1))
    lines = summary_tables(own).services
    merged = next(line for line in lines if line.members)
    assert set(merged.members) == {"Ressources humaines", "Urbanisme"}
    assert merged.people == 6
    assert sum(line.people for line in lines) == 27


def test_one_small_service_takes_a_neighbour() -> None:
    """When only one service is small, is a second one hidden with it?"""
    merged = next(
        line
        for line in summary_tables(crowds(("accueil", 9, 4), ("ccas", 12, 5), ("rh", 2, 1))).services
        if line.members
    )
    assert set(merged.members) == {"Ressources humaines", "Accueil et état civil"}


def test_results_are_shown_for_ten_persons_and_never_unanimous() -> None:
    """Is the share acquired kept back for small or unanimous groups, and whenever it could be computed from others?"""
    lines = {
        line.name: line.acquired
        for line in summary_tables(crowds(("accueil", 11, 11), ("ccas", 14, 7), ("rh", 6, 2))).services
    }
    assert lines["Ressources humaines"] is None
    assert lines["Accueil et état civil"] is None
    assert summary_tables(crowds(("ccas", 14, 7))).modules[0].acquired == 0.5
    assert summary_tables(crowds(("ccas", 14, 14))).overview.acquired is None


def test_social_report_counts_persons_and_days() -> None:
    """Are the lines of the yearly social report by category, sex, status, kind and provider, in days?"""
    roster = [learner("a", category="A", sex="F", status="titulaire"), learner("b", category="C", sex="H")]
    lines = summary_tables(records(roster, [came("a", hours=7), came("b", hours=2), came("b", hours=2, day=26)])).rsu
    assert [(line.category, line.sex, line.people, line.days) for line in lines] == [("A", "F", 1, 1), ("C", "H", 1, 1)]


def test_titles_say_the_finding() -> None:
    """Does the title of the summary say what was found, in French?"""
    content = summary_content(crowds(("accueil", 9, 4), ("ccas", 12, 5)), DAY)
    assert content["title"].startswith("21\u00a0agents formés à l'IA")
    assert "situation au 1er\u00a0mars 2027" in content["context"]


def test_a_statement_too_long_for_paper_is_left_to_the_workbook(tmp_path: Path) -> None:
    """Beyond what anybody prints, is the nominative PDF left out with a word, and all the rest written?"""
    people = [learner(f"a{index}", "techniques") for index in range(800)]
    sheet = [came(person.identifier, module) for person in people for module in ("m2_techniques", "m3_bilan")]
    report = write_hr_report(
        tmp_path, settings=reference_settings(), roster=people, attendance=sheet, results=(), titles=TITLES, today=DAY
    )
    assert report.nominative_pdf is None
    assert len(report.paths) == 3
    assert any("classeur" in sentence for sentence in report.warnings)


def test_the_same_records_make_reports_of_many_pages() -> None:
    """Do several hundred persons still make a laid out document?"""
    own = crowds(("techniques", 48, 20), ("enfance", 66, 30), ("ccas", 120, 60))
    assert len(pypdf.PdfReader(io.BytesIO(nominative_pdf(own, DAY))).pages) > 3
    assert len(pypdf.PdfReader(io.BytesIO(summary_pdf(own, DAY))).pages) <= 2


def shares_of(own: HrRecords, day: date) -> tuple[dict[str, float | None], date | None]:
    tables, since = settle(summary_tables(own), day)
    return {"": tables.overview.acquired} | {line.name: line.acquired for line in tables.services}, since


def test_a_new_result_does_not_tell_itself_by_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When one person's result comes between two summaries, do the results of the first stay, head counts following?"""
    first, more, many = (
        crowds(("accueil", 14, 7), ("ccas", 15, 5)),
        crowds(("accueil", 15, 8), ("ccas", 15, 5)),
        crowds(("accueil", 20, 10), ("ccas", 15, 5)),
    )
    unanimous = crowds(("accueil", 20, 13), ("ccas", 15, 5))
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    before, since = shares_of(first, DAY)
    assert since is None
    assert shares_of(first, date(2027, 4, 1)) == (before, None)
    assert shares_of(more, date(2027, 4, 2)) == (before, date(2027, 4, 1))
    assert shares_of(unanimous, date(2027, 4, 3))[1] == date(2027, 4, 1)
    after, since = shares_of(many, date(2027, 5, 1))
    assert since is None
    assert after != before


def test_a_list_that_needs_work_is_told_and_counted_right(tmp_path: Path) -> None:
    """Who is left to train, which service is misspelt, and no share of a head count that leaves people out?"""
    roster, attendance, _ = crowd("ccas", 8)
    roster += [learner("a", "rh"), learner("b", "rh"), learner("c", "Médiathèque"), learner("absent", "rh")]
    attendance += [came(name) for name in ("a", "b", "c", "inconnu1", "inconnu2")] + [came("absent", present=False)]
    report = write_hr_report(
        tmp_path,
        settings=reference_settings(),
        roster=roster,
        attendance=attendance,
        results=(),
        titles=TITLES,
        today=DAY,
    )
    book = openpyxl.load_workbook(report.workbook)
    assert [row[0] for row in book["Restent à former"].iter_rows(min_row=4, values_only=True)] == ["absent"]
    assert any("« Médiathèque »" in line for line in report.warnings)
    assert book["Bilan"]["B2"].is_date
    table = list(book["Par service"].iter_rows(min_row=4, values_only=True))
    merged = next(row for row in table if row[0] == "Petits services regroupés")
    assert merged[1:4] == (5, None, None)
    assert sum(row[1] for row in table[:-1]) == table[-1][1] == 13
    assert book["Par service"].auto_filter.ref == f"A3:G{len(table) + 2}"
    assert table[-1][4] == sum(row[4] for row in table[:-1])
    assert next(row[0] for row in book["Par étape"].iter_rows(min_row=4, values_only=True)) == "Semaine 3 : référents"


def test_names_stand_in_the_order_of_a_french_list() -> None:
    """Does « Çelik » stand between « Böhm » and « Durand », in the workbook and in the name of a file?"""
    people = [Learner(name, name, "", "rh") for name in ("Durand", "Çelik", "Œuvrard", "Böhm", "Petit")]
    agents = list(records(people, [came(who.identifier) for who in people]).agents)
    assert [line.learner.last_name for line in agents] == ["Böhm", "Çelik", "Durand", "Œuvrard", "Petit"]
    assert [file_name(line) for line in agents] == ["bohm", "celik", "durand", "oeuvrard", "petit"]
