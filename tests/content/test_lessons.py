"""The lessons hold: they run in a fresh kernel without a word on stderr, they are timed, their links lead somewhere."""

import importlib.util
import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from atelier_ia.training.notebooks import normalised
from atelier_ia.training.rubrics import list_assignments, load_assignment
from atelier_ia.use_cases.sandbox import load_emails
from atelier_ia.use_cases.sandbox_tables import known_tables

ROOT = Path(__file__).parents[2]
LESSONS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
DAY: dict[str, Any] = tomllib.loads((ROOT / "notebooks/s3_referents/journee.toml").read_text("utf-8"))
SLOTS = {slot["carnet"]: slot for slot in DAY["creneaux"] if not slot.get("pause")}
PART = re.compile(r"^## .*\((\d+)[\s\u00a0]min\)", re.MULTILINE)
CASE_MAGIC = re.compile(r"^%+(?:courriel|document|masquer|demander|tableau) (\S+)", re.MULTILINE)
# What the planted mistakes of the lessons become: the trainer's notes and the sentence after the cell count on it.
PLANTED = {
    "m2_courriels": ["votre demande est acceptée sans autre formalité"],
    "m7_verifier": ["dans la limite de 63 €", "L. 2299-7"],
    "m8_transmettre": ["340 euros"],
    "accueil": ["L. 2299-7"],
    "finances": ["936 790"],
    "secretariat": ["jeudi 8 novembre 2026", "M. Lemazurier : Vous arrosez", "M. Baptistin : Je suis trésorier"],
}
by_name = pytest.mark.parametrize("path", LESSONS, ids=lambda path: str(path.relative_to(ROOT / "notebooks")))


def sources(path: Path, kind: str) -> list[str]:
    return [
        "".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == kind
    ]


@by_name
def test_lesson_runs_in_a_fresh_kernel(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does every cell run, top to bottom, without error nor a single line on stderr, and does the assistant answer?"""
    monkeypatch.setenv("ATELIER_RACINE", str(ROOT))
    monkeypatch.setenv("PATH", os.environ["PATH"])
    notebook = nbformat.read(path, 4)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"] == []
    if importlib.util.find_spec("atelier_ia.privacy"):
        said = "\n".join(str(output.get("data", {}).get("text/plain", "")) for output in outputs)
        assert "n’a pas répondu" not in said.replace("'", "’")
        assert "introuvable" not in said
        for words in PLANTED.get(path.stem, []):
            assert words in re.sub(r"\s", " ", said)


@by_name
def test_lesson_is_in_committed_form(path: Path) -> None:
    """Is it without outputs, with sorted keys, stable ids and a French title?"""
    text = path.read_text("utf-8")
    assert normalised(json.loads(text)) == text
    ids = [cell["id"] for cell in json.loads(text)["cells"]]
    assert len(set(ids)) == len(ids)
    assert json.loads(text)["metadata"]["title"]


@by_name
def test_lesson_opens_with_a_demonstration_and_ends_in_one_action(path: Path) -> None:
    """Demonstration first, then practice, what to retain, and one action for the next day?"""
    text = "\n".join(sources(path, "markdown"))
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert "démonstration" in headings[0].lower() or "essai" in headings[0].lower()
    assert "À retenir" in text
    assert re.search(r"^### (Demain|Cette semaine)", text, re.MULTILINE)


@by_name
def test_lesson_lasts_what_it_announces(path: Path) -> None:
    """Do the parts add up to the minutes of the heading, and to those of the day's timetable?"""
    text = "\n".join(sources(path, "markdown"))
    announced = re.search(r"· (?:(\d+)[\s\u00a0]h(?:[\s\u00a0](\d+))?|(\d+)[\s\u00a0]minutes)", text)
    assert announced, "la durée manque sous le titre"
    minutes = int(announced[3] or 0) + 60 * int(announced[1] or 0) + int(announced[2] or 0)
    assert sum(int(part) for part in PART.findall(text)) == minutes
    if path.parent.name == "s3_referents":
        assert SLOTS[path.name]["minutes"] == minutes


@by_name
def test_cells_are_one_line_calls_and_plain_french(path: Path) -> None:
    """Is there no Python for the learner to read?"""
    for source in sources(path, "code"):
        assert source.startswith("%"), source
        assert source.startswith("%%") or "\n" not in source, source


@by_name
def test_links_lead_somewhere(path: Path) -> None:
    """Do the e-mails, exercises and files that the lesson names exist?"""
    known = {email.id for email in load_emails()}
    known |= {document.stem for document in (ROOT / "sandbox_data/documents").glob("*.md")} | set(known_tables())
    everything = "\n".join(sources(path, "code") + sources(path, "markdown"))
    assert set(CASE_MAGIC.findall("\n".join(sources(path, "code")))) <= known
    assert set(re.findall(r"exercises/([a-z0-9_]+)", everything)) <= set(list_assignments())
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", everything):
        # Each person's own copies are made at the first start, from `exercises/`.
        assert (path.parent / target.replace("/mes_exercices/", "/exercises/")).exists(), target


@by_name
def test_spaces_are_those_of_french_typography(path: Path) -> None:
    """Are there non-breaking spaces before ; : ! ? » and after « in what people read?"""
    for source in sources(path, "markdown"):
        prose = re.sub(r"`[^`]*`|https?://\S+", "", source)
        assert re.findall(r".{0,20}(?: [;!?»]|« | :(?=\s)).{0,10}", prose) == []


def test_the_champions_day_totals_seven_hours() -> None:
    """Do the slots follow one another without a hole, for seven hours of training?"""
    assert sum(slot["minutes"] for slot in SLOTS.values()) == DAY["minutes"] == 420
    clock = None
    for slot in DAY["creneaux"]:
        hours, minutes = map(int, slot["debut"].split(" h "))
        assert clock in (None, hours * 60 + minutes), slot["titre"]
        clock = hours * 60 + minutes + slot["minutes"]


def test_the_day_leaves_time_for_the_exercises_it_asks_for() -> None:
    """When the exercises of a module last longer than its part for them, does the lesson say what is done there?"""
    for slot in SLOTS.values():
        text = "\n".join(sources(ROOT / "notebooks/s3_referents" / slot["carnet"], "markdown"))
        part, given = re.findall(
            r"^## \d\. (?:Les exercices|Préparez la vôtre) \((\d+)[\s\u00a0]min\)\n(.+)", text, re.M | re.S
        )[0]
        if load_assignment(slot["devoir"]).minutes > int(part):
            assert re.search(r"En séance, .+ à votre rythme, dans la semaine\.", given), slot["carnet"]


def test_modules_and_timetable_know_each_other() -> None:
    """Is every lesson of the day in the timetable, and does each assignment name its lesson?"""
    written = {path.name for path in LESSONS if path.parent.name == "s3_referents"}
    assert written <= set(SLOTS)
    for name in list_assignments():
        lesson = Path(load_assignment(name).lesson.partition("#")[0])
        assert lesson.name in SLOTS or lesson.parent.name != "s3_referents"
        if lesson.name in SLOTS:
            assert SLOTS[lesson.name]["devoir"] == name
