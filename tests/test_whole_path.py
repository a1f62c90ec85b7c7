"""The whole path, for real: five learners hand in the e-mail module, it is graded, HR opens its files.

Real nbgrader, real command line, real files; nothing of ours is replaced.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "s3_m2_courriels"
BIN = Path(sys.executable).parent
Notebook = dict[str, Any]

ROSTER = """identifiant;nom;prenom;service;categorie
aline;Ézanville;Aline;accueil;C
bruno;D'Ormesson-Lévy;Bruno;techniques;B
chloe;=SOMME(A1);Chloé;enfance;C
diego;"Ñuñez; dit « le grand »";Diego;techniques;C
emma;Pasquier;Emma;accueil;A
"""
ATTENDANCE = """identifiant;date;module;heures;modalite
aline;14/09/2026;s3_m2_courriels;1,5;présentiel
bruno;14/09/2026;s3_m2_courriels;1,5;présentiel
chloe;14/09/2026;s3_m2_courriels;1,5;présentiel
diego;14/09/2026;s3_m2_courriels;1,5;présentiel
emma;14/09/2026;s3_m2_courriels;1,5;présentiel
"""


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a real command of this environment on the course at `root`."""
    environment = {
        **os.environ,
        "ATELIER_RACINE": str(root),
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=280,
    )
    assert "Traceback" not in done.stderr or command[0] != "atelier", done.stderr
    return done


def course_copy(folder: Path) -> Path:
    """A course of its own: what a checkout holds, without anything produced."""
    for name in ("solutions", "exercises", "sandbox_data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("atelier.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "var").mkdir()
    (folder / "var" / "apprenants.csv").write_text(ROSTER, encoding="utf-8-sig")
    (folder / "var" / "presences.csv").write_text(ATTENDANCE, encoding="utf-8")
    return folder


def released() -> Notebook:
    """The learners' notebook, as committed."""
    notebook: Notebook = json.loads((ROOT / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text("utf-8"))
    return notebook


def answers_of(family: str) -> dict[str, str]:
    """One named answer of that family for each exercise, from the assignment's own file."""
    import tomllib

    data = tomllib.loads((ROOT / "solutions" / ASSIGNMENT / "reponses.toml").read_text("utf-8"))
    found: dict[str, str] = {}
    for answer in data["reponses"]:
        if answer["famille"] == family:
            found.setdefault(answer["exercice"], answer["texte"])
    return found


def answer_cells(notebook: Notebook) -> list[dict[str, Any]]:
    """The cells in which a learner writes."""
    return [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]


def fill(notebook: Notebook, answers: dict[str, str]) -> Notebook:
    """Write the answers under their magics; the others stay as released."""
    for cell in answer_cells(notebook):
        magic = "".join(cell["source"]).split("\n", 1)[0]
        exercise = magic.split()[-1]
        if exercise in answers:
            cell["source"] = f"{magic}\n{answers[exercise]}"
    return notebook


def excellent(notebook: Notebook) -> Notebook:
    """Right answers everywhere."""
    return fill(notebook, answers_of("bonne"))


def average(notebook: Notebook) -> Notebook:
    """Mediocre answers where the file has some, nothing elsewhere."""
    return fill(notebook, answers_of("moyenne"))


def blank(notebook: Notebook) -> Notebook:
    """Handed in untouched."""
    return notebook


def muddled(notebook: Notebook) -> Notebook:
    """Right answers, but one answer cell copied and one points cell deleted by mistake."""
    filled = excellent(notebook)
    cells = filled["cells"]
    first = answer_cells(filled)[0]
    cells.insert(cells.index(first) + 1, json.loads(json.dumps(first)))
    points = [cell for cell in cells if "points" in cell["metadata"].get("nbgrader", {})]
    cells.remove(points[-1])
    return filled


def only_magics(notebook: Notebook) -> Notebook:
    """The magic line alone in each answer cell."""
    return fill(notebook, dict.fromkeys(answers_of("bonne"), ""))


LEARNERS: dict[str, Callable[[Notebook], Notebook]] = {
    "aline": excellent,
    "bruno": average,
    "chloe": blank,
    "diego": muddled,
    "emma": only_magics,
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course after the five have handed in and `atelier corriger` has run."""
    root = course_copy(tmp_path_factory.mktemp("cours"))
    for learner, write in LEARNERS.items():
        path = root / f"{learner}.ipynb"
        path.write_text(json.dumps(write(released())), encoding="utf-8")
        handed = run(
            root,
            "python",
            "-c",
            "import sys; from pathlib import Path; from atelier_ia.training.submission import hand_in; "
            "hand_in(Path(sys.argv[1]), sys.argv[2], sys.argv[3])",
            str(path),
            ASSIGNMENT,
            learner,
        )
        assert handed.returncode == 0, handed.stderr
    return root


@pytest.fixture(scope="module")
def graded(course: Path) -> dict[str, dict[str, Any]]:
    """What `atelier corriger --json` says of each learner."""
    done = run(course, "atelier", "corriger", "--json")
    assert done.returncode == 0, done.stderr
    return {row["learner"]: row for row in json.loads(done.stdout)["graded"]}


def gradebook_scores(root: Path) -> dict[str, float]:
    """Scores in nbgrader's own gradebook, through nbgrader's own API."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root / 'var' / 'gradebook.db'}") as gradebook:
        return {item.student.id: item.score for item in gradebook.assignment_submissions(ASSIGNMENT)}


def test_each_learner_gets_the_right_mark(graded: dict[str, dict[str, Any]]) -> None:
    """Is right full marks, blank and magic-only nothing, mediocre between, and a muddled notebook not punished?"""
    assert set(graded) == set(LEARNERS)
    full = graded["aline"]["max_score"]
    assert graded["aline"]["score"] == pytest.approx(full)
    assert 0 < graded["bruno"]["score"] < full
    assert graded["chloe"]["score"] == 0
    assert graded["emma"]["score"] == 0
    assert graded["diego"]["score"] == pytest.approx(full) or graded["diego"]["to_review"]
    assert not graded["aline"]["to_review"]


def test_the_gradebook_holds_the_same_marks(course: Path, graded: dict[str, dict[str, Any]]) -> None:
    """Does nbgrader's own gradebook show what `atelier corriger` said?"""
    scores = gradebook_scores(course)
    assert {name: scores[name] for name in graded} == {
        name: pytest.approx(row["score"] or 0) for name, row in graded.items()
    }


def test_grading_again_changes_nothing(course: Path, graded: dict[str, dict[str, Any]]) -> None:
    """Is an unchanged submission left alone?"""
    before = gradebook_scores(course)
    again = json.loads(run(course, "atelier", "corriger", "--json").stdout)
    assert again["graded"] == []
    assert again["unchanged"] == len(graded)
    assert gradebook_scores(course) == before


def test_stock_nbgrader_gives_the_same_marks(
    course: Path, graded: dict[str, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Do `nbgrader autograde` and `nbgrader generate_feedback`, unchanged, work on this course and agree?"""
    other = course_copy(tmp_path_factory.mktemp("stock"))
    shutil.copytree(course / "var" / "submitted", other / "var" / "submitted")
    shutil.rmtree(other / "var" / "submitted" / "diego")  # stock nbgrader refuses a copied answer cell
    for step in (
        ["generate_assignment", ASSIGNMENT, "--create", "--force"],
        ["autograde", ASSIGNMENT, "--create", "--force"],
        ["generate_feedback", ASSIGNMENT, "--force"],
    ):
        done = run(other, "nbgrader", *step)
        assert done.returncode == 0, done.stderr[-2000:]
    scores = gradebook_scores(other)
    assert {name: scores[name] for name in ("aline", "bruno", "chloe", "emma")} == {
        name: pytest.approx(graded[name]["score"]) for name in ("aline", "bruno", "chloe", "emma")
    }
    assert len(list((other / "var" / "feedback").rglob("*.html"))) == len(LEARNERS) - 1


def test_each_learner_has_a_french_page(course: Path, graded: dict[str, dict[str, Any]]) -> None:
    """Is there one self-contained French feedback page for each, under 100 kB, naming nobody else?"""
    pages = {
        learner: page
        for learner in LEARNERS
        for page in (course / "var").rglob("*.html")
        if learner in page.parts and ASSIGNMENT in str(page)
    }
    assert set(pages) == set(LEARNERS)
    for page in pages.values():
        html = page.read_text("utf-8")
        assert '<html lang="fr"' in html
        assert len(html.encode()) < 100_000
        assert "http://" not in html.replace("http://www.w3.org/", "")
        assert "https://" not in html


def test_hr_opens_its_files(course: Path, graded: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    """Can HR open the workbook, the CSV and the PDFs, with every name whole and nobody shown as failing?"""
    import csv

    from openpyxl import load_workbook
    from pypdf import PdfReader

    done = run(course, "atelier", "rapport", "rh", "--dossier", str(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    files = {name: Path(path) for name, path in answer["fichiers"].items()}
    raw = files["csv"].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    by_id = {row["Identifiant"]: row for row in rows}
    assert set(by_id) == set(LEARNERS)
    assert by_id["diego"]["Nom"] == "Ñuñez; dit « le grand »"
    assert not by_id["chloe"]["Nom"].startswith("=")
    assert "SOMME(A1)" in by_id["chloe"]["Nom"]
    assert by_id["aline"]["Heures"] == "1,5"
    assert by_id["aline"]["Premier jour"] == "14/09/2026"
    assert by_id["aline"]["Résultat"] == "acquis"
    assert {row["Résultat"] for row in rows} <= {"acquis", "en cours"}
    book = load_workbook(files["classeur"])
    texts = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None}
    assert any("D'Ormesson-Lévy" in text for text in texts)
    for name in ("etat_nominatif", "bilan"):
        reader = PdfReader(files[name])
        assert reader.trailer["/Root"]["/Lang"].startswith("fr")
        assert "/MarkInfo" in reader.trailer["/Root"]
        assert "ormation" in "".join(page.extract_text() for page in reader.pages)


def test_a_broken_submission_stops_nobody(course: Path, graded: dict[str, dict[str, Any]]) -> None:
    """Is a file that is not a notebook left to the trainer while the others keep their marks?"""
    before = gradebook_scores(course)
    folder = course / "var" / "submitted" / "zoe" / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / f"{ASSIGNMENT}.ipynb").write_text("{pas un carnet", encoding="utf-8")
    done = run(course, "atelier", "corriger", "--json")
    rows = {row["learner"]: row for row in json.loads(done.stdout)["graded"]}
    assert rows["zoe"]["to_review"]
    assert rows["zoe"]["score"] is None or rows["zoe"]["reason"]
    after = gradebook_scores(course)
    assert {name: after[name] for name in before} == before
