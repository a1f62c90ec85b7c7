"""`atelier corriger` on a real gradebook: collected, graded once, never lost, never over a person's mark."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.settings import load_settings
from atelier_ia.training.collection import collect, submissions
from atelier_ia.training.corrections import correction_path, load, load_all
from atelier_ia.training.course import COURSE, gradebook_url, inbound_folder
from atelier_ia.training.feedback import page_path
from atelier_ia.training.following import overview
from atelier_ia.training.gradebook import read_results
from atelier_ia.training.grading import GradingError, _alone, grade
from atelier_ia.training.ledger import nothing_new
from atelier_ia.training.notebooks import as_text
from atelier_ia.training.rubrics import load_assignment
from atelier_ia.training.submission import SubmissionError, hand_in, learner_identifier
from tests.training.conftest import NAME, blank, solved, submit

TOOLS = Path(sys.executable).parent


def gradebook() -> Any:
    """nbgrader's own view of the gradebook."""
    from nbgrader.api import Gradebook

    return Gradebook(gradebook_url(), COURSE)


def totals(root: Path) -> dict[str, float]:
    """Automatic points by learner, straight from the database."""
    with sqlite3.connect(root / "var" / "gradebook.db") as connection:
        rows = connection.execute(
            "SELECT student_id, SUM(COALESCE(auto_score, 0)) FROM grade"
            " JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id"
            " JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id"
            " GROUP BY student_id"
        )
        return dict(rows.fetchall())


def test_from_the_button_to_the_report(course: Path) -> None:
    """Handed in, graded, shown: do the excellent and the blank get their marks, pages and records?"""
    submit(course, "anne.excellente", solved(course))
    submit(course, "paul.blanc", blank(course))
    report = grade()
    assert {c.learner: c.score for c in report.graded} == {"anne.excellente": 18.5, "paul.blanc": 0}
    assert totals(course) == {"anne.excellente": 18.5, "paul.blanc": 0}
    records = {record.learner: record for record in read_results()}
    assert (records["anne.excellente"].status, records["anne.excellente"].to_review) == ("à revoir", 1)
    assert (records["paul.blanc"].status, records["paul.blanc"].score) == ("noté", 0)
    assert records["paul.blanc"].submitted_at is not None
    page = page_path("anne.excellente", NAME).read_text(encoding="utf-8")
    assert 'lang="fr"' in page
    assert "http" not in page.replace("http-equiv", "")
    assert [stuck.learner for stuck in overview().stuck].count("paul.blanc") == 6


def test_unchanged_submissions_cost_nothing(course: Path) -> None:
    """Is a second run empty, and a new hand-in graded again alone?"""
    submit(course, "anne", solved(course))
    submit(course, "paul", blank(course))
    grade()
    again = grade()
    assert (again.graded, again.unchanged) == ([], 2)
    submit(course, "paul", solved(course))
    third = grade()
    assert [c.learner for c in third.graded] == ["paul"]
    assert totals(course)["paul"] == 18.5


def test_a_persons_mark_and_comment_stay(course: Path) -> None:
    """After a manual mark and comment, does a new grading leave both?"""
    submit(course, "anne", solved(course))
    grade()
    with gradebook() as book:
        opened = book.find_grade("reponse_demonstration", NAME, NAME, "anne")
        opened.manual_score, opened.needs_manual_grade = 2.5, False
        corrected = book.find_grade("points_ou_coller", NAME, NAME, "anne")
        corrected.manual_score = 0.25
        book.find_comment("reponse_ou_coller", NAME, NAME, "anne").manual_comment = "Vu ensemble."
        book.db.commit()
    assert {record.learner: record.score for record in read_results()} == {"anne": 18.5 + 2.5 - 0.75}
    correction_path("anne", NAME).unlink()
    grade()
    with gradebook() as book:
        opened = book.find_grade("reponse_demonstration", NAME, NAME, "anne")
        assert (opened.manual_score, opened.needs_manual_grade) == (2.5, False)
        assert book.find_grade("points_ou_coller", NAME, NAME, "anne").manual_score == 0.25
        assert book.find_comment("reponse_ou_coller", NAME, NAME, "anne").comment == "Vu ensemble."


@pytest.mark.parametrize(
    "change",
    [
        lambda root: submit(root, "paul", solved(root)),
        lambda root: (root / "var" / "gradebook.db").unlink(),
        lambda root: correction_path("anne", NAME).unlink(),
        lambda root: page_path("anne", NAME).write_text("", encoding="utf-8"),
        lambda root: (root / "solutions" / NAME / "bareme.toml").open("a", encoding="utf-8").write("\n"),
        lambda root: (root / "var" / "submitted" / "anne" / NAME / f"{NAME}.ipynb").write_text("{}", encoding="utf-8"),
        lambda root: (root / "atelier.toml").open("a", encoding="utf-8").write("\n"),
    ],
    ids=["new", "gradebook", "correction", "page", "rubric", "submission", "settings"],
)
def test_an_idle_run_sees_every_change(course: Path, change: Callable[[Path], object]) -> None:
    """After a grading is there nothing to do, until anything that it read or produced changes?"""
    submit(course, "anne", solved(course))
    assert nothing_new((), ()) is None
    grade()
    assert nothing_new((), ()) == 1
    assert nothing_new((), ("anne",)) is None
    change(course)
    assert nothing_new((), ()) is None


def test_an_answer_rewritten_after_a_persons_mark(course: Path) -> None:
    """Handed in again with another open answer, does the mark stay and the answer come back to the person?"""
    submit(course, "anne", solved(course))
    grade()
    with gradebook() as book:
        opened = book.find_grade("reponse_demonstration", NAME, NAME, "anne")
        opened.manual_score, opened.needs_manual_grade = 2.5, False
        book.db.commit()
    notebook = solved(course)
    cell = next(c for c in notebook["cells"] if c["source"].startswith("%%reponse demonstration"))
    cell["source"] += "\nEt je montrerai aussi la vérification."
    submit(course, "anne", notebook)
    grade()
    with gradebook() as book:
        opened = book.find_grade("reponse_demonstration", NAME, NAME, "anne")
        assert (opened.manual_score, opened.needs_manual_grade) == (2.5, True)


def test_a_lost_gradebook_is_filled_again(course: Path) -> None:
    """The gradebook deleted, or a page: does the next run bring them back?"""
    submit(course, "anne", solved(course))
    grade()
    (course / "var" / "gradebook.db").unlink()
    assert len(grade().graded) == 1
    assert totals(course) == {"anne": 18.5}
    page_path("anne", NAME).unlink()
    assert len(grade().graded) == 1
    assert page_path("anne", NAME).is_file()


def test_killed_at_any_moment(course: Path) -> None:
    """Killed again and again while it grades, does it end with everyone graded once and the gradebook whole?"""
    for number in range(12):
        submit(course, f"agent{number:02}", solved(course))
    environment = {**os.environ, "PATH": f"{TOOLS}:/usr/bin:/bin"}
    for delay in (0.5, 1.5, 2.5, 3.0, 3.5, 4.0):
        process = subprocess.Popen(
            [str(TOOLS / "atelier"), "corriger"], env=environment, cwd=course, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    grade()
    assert totals(course) == {f"agent{number:02}": 18.5 for number in range(12)}
    with sqlite3.connect(course / "var" / "gradebook.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT COUNT(*) FROM submitted_assignment").fetchone() == (12,)
    assert len(load_all()) == 12


def test_two_gradings_at_once(course: Path) -> None:
    """Is the second told to wait?"""
    with _alone(), pytest.raises(GradingError, match="déjà en cours"):
        grade()


@pytest.mark.parametrize(
    "name",
    [
        "../evil+d1+2027-01-11 09:00:00 UTC",
        "a+..+2027-01-11 09:00:00 UTC",
        "sans_plus",
        "a+d1+hier",
        ".cache+d1+2027-01-11 09:00:00",
    ],
)
def test_impossible_names_are_refused(course: Path, name: str) -> None:
    """Does a folder of the exchange with a name of its own choosing go nowhere?"""
    folder = inbound_folder() / name.replace("/", "_")
    folder.mkdir()
    (folder / f"{NAME}.ipynb").write_text("{}", encoding="utf-8")
    assert collect() == [folder.name]
    assert submissions((NAME, "..")) == []


def test_only_the_newest_counts(course: Path) -> None:
    """Handed in twice, is the last one graded, whatever the order of collection?"""
    now = datetime.now(UTC)
    for name, notebook, moment in (("a", solved(course), now), ("b", blank(course), now - timedelta(hours=1))):
        path = course / name / f"{NAME}.ipynb"
        path.parent.mkdir()
        path.write_text(as_text(notebook), encoding="utf-8")
        hand_in(path, NAME, "anne", moment)
        grade()
    assert totals(course) == {"anne": 18.5}


def test_a_torn_correction_is_made_again(course: Path) -> None:
    """Is a half-written record (a full disk) read as absent and graded again?"""
    submit(course, "anne", solved(course))
    grade()
    path = correction_path("anne", NAME)
    path.write_bytes(path.read_bytes()[:100])
    assert load(path) is None
    assert [c.learner for c in grade().graded] == ["anne"]


def test_nbgrader_reads_what_we_wrote(course: Path, tmp_path: Path) -> None:
    """Do nbgrader's own generate_feedback and autograde run on a course graded by us?"""
    submit(course, "anne", solved(course))
    grade()
    environment = {"ATELIER_RACINE": str(course), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    for verb in (["generate_feedback", NAME], ["autograde", NAME, "--force"]):
        done = subprocess.run(
            [str(TOOLS / "nbgrader"), *verb], cwd=course, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
    assert (course / "var" / "feedback" / "anne" / NAME / f"{NAME}.html").is_file()
    assert totals(course) == {"anne": 18.5}


@pytest.mark.parametrize(
    ("typed", "identifier"),
    [("Anne-Marie Le Goff", "anne-marie.le.goff"), ("  ÉLOÏSE   Ça  ", "eloise.ca"), ("a+b*c/../d", "a.b.c.d")],
)
def test_learner_identifiers(course: Path, typed: str, identifier: str) -> None:
    """Does any name become an identifier that can name a folder?"""
    assert learner_identifier(typed) == identifier


def test_the_roster_decides_who_may_hand_in(course: Path) -> None:
    """With a list of learners, is a full name recognised and a stranger told what to do?"""
    (course / "var").mkdir(exist_ok=True)
    (course / "var" / "apprenants.csv").write_text(
        "identifiant;nom;prenom;service;categorie\nagt42;LE GOFF;Anne-Marie;accueil;B\n"
        "1004;MARTIN;Zoé;accueil;B\n1010;MARTIN;Zoé;rh;B\n",
        encoding="utf-8",
    )
    assert learner_identifier("anne-marie le goff") == "agt42"
    assert learner_identifier("AGT42") == "agt42"
    with pytest.raises(SubmissionError, match="pas dans la liste"):
        learner_identifier("Inconnue")
    with pytest.raises(SubmissionError, match="Plusieurs personnes"):  # never one namesake's work to the other
        learner_identifier("Zoé Martin")
    assert learner_identifier("1004") == "1004"


def test_the_command_says_what_it_did(course: Path) -> None:
    """Does `atelier corriger --json` print one document, and the plain form French sentences?"""
    submit(course, "anne", solved(course))
    done = subprocess.run([str(TOOLS / "atelier"), "corriger", "--json"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["graded"][0]["score"] == 18.5
    assert not done.stderr
    done = subprocess.run([str(TOOLS / "atelier"), "corriger"], capture_output=True, text=True, check=True)
    assert done.stdout == "0 travaux corrigés, 1 inchangé.\n"


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no small disk to fill")
def test_a_full_disk_loses_nothing(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of space half-way, is the problem told in one sentence, the gradebook whole, and all graded afterwards?"""
    for number in range(8):
        submit(course, f"agent{number}", solved(course))
    command = [str(TOOLS / "atelier"), "corriger", "--jobs", "1"]
    # A limit on the size of files stands for a full disk: every write beyond it fails, in sqlite too.
    codes: list[int] = []
    for kilobytes in (1, 20, 150, 260):
        limited = ["sh", "-c", f'trap "" XFSZ; ulimit -f {2 * kilobytes}; exec "$@"', "sh", *command]
        done = subprocess.run(limited, cwd=course, capture_output=True, text=True, check=False)
        codes.append(done.returncode)
        assert "inattendue" not in done.stderr, done.stderr
        assert len(done.stderr.strip().splitlines()) == done.returncode
        with sqlite3.connect(course / "var" / "gradebook.db") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert set(codes) <= {0, 1}
    assert 1 in codes
    grade()
    assert totals(course) == {f"agent{number}": 18.5 for number in range(8)}
    assert {page_path(f"agent{number}", NAME).stat().st_size > 1000 for number in range(8)} == {True}


def test_another_program_writes_in_the_gradebook(course: Path) -> None:
    """formgrader holds the gradebook for a moment: does the grading wait, and keep what it wrote?"""
    submit(course, "anne", solved(course))
    grade()
    submit(course, "anne", blank(course))
    holder = sqlite3.connect(course / "var" / "gradebook.db", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    holder.execute("UPDATE grade SET manual_score = 3 WHERE cell_id = (SELECT id FROM base_cell WHERE name = ?)",
                   ("reponse_demonstration",))  # fmt: skip
    release = threading.Timer(1.5, lambda: holder.execute("COMMIT"))
    release.start()
    grade()
    release.join()
    holder.close()
    with gradebook() as book:
        assert book.find_grade("reponse_demonstration", NAME, NAME, "anne").manual_score == 3


def test_a_rubric_speaks_of_this_collectivite(course: Path) -> None:
    """Do the braces of a rubric become what atelier.toml says, in the statement and in what is looked for?"""
    path = course / "solutions" / NAME / "bareme.toml"
    text = path.read_text(encoding="utf-8")
    old = 'lecon = "notebooks/s3_referents/m2_courriels.ipynb"'
    assert old in text
    path.write_text(text.replace(old, 'lecon = "{commune}"', 1), encoding="utf-8")
    assert load_assignment(NAME).lesson == load_settings().collectivite.name
