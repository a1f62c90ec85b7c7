"""A session in a box: its running order agrees with its lesson, and prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from atelier_ia.cli.printouts import command
from atelier_ia.content import ContentError
from atelier_ia.documents.typography import typeset
from atelier_ia.settings import load_settings, project_root
from atelier_ia.training.roster import Learner
from atelier_ia.training.rubrics import list_assignments, load_assignment
from atelier_ia.training.session_kit import (
    known_sessions,
    load_session,
)
from atelier_ia.training.session_papers import (
    BLANK_CARDS,
    name_cards_pdf,
    papers_pdf,
    participants_pdf,
    running_order_pdf,
)

SESSIONS = known_sessions()
PART = re.compile(r"^## (?:\d+\. )?(.+?) \((\d+)[\s\u00a0\u202f]min\)", re.MULTILINE)


def text_of(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf)
    reader = PdfReader(path)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # tagged, readable by a screen reader
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


def parts_of(lesson: Path) -> list[tuple[str, int]]:
    """Title and minutes of each part of a lesson, as its headings say."""
    cells = json.loads(lesson.read_text("utf-8"))["cells"]
    text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return [(title, int(minutes)) for title, minutes in PART.findall(text)]


@pytest.mark.parametrize("name", SESSIONS)
def test_slots_follow_one_another(name: str) -> None:
    """Is there no hole in the hours, does training last what is announced, and does each part have its note?"""
    kit = load_session(name)
    for before, after in zip(kit.slots, kit.slots[1:], strict=False):
        assert not before.start or before.begins + before.minutes == after.begins, after.title
    assert sum(slot.minutes for slot in kit.slots if not slot.pause) == kit.minutes
    for slot in kit.slots:
        for part in slot.parts or (slot,):
            notes = (part.to_say, part.goes_wrong, part.fallback)
            assert all(notes) != slot.pause, part.title
            assert any(notes) != slot.pause, part.title
        assert not (slot.parts and slot.to_say), slot.title


@pytest.mark.parametrize("name", SESSIONS)
def test_notes_are_those_of_the_lesson(name: str) -> None:
    """Do the trainer's notes follow the parts of the notebook, word for word and minute for minute?"""
    kit, folder = load_session(name), SESSIONS[name].parent
    lessons = [(kit.notebook, kit.slots)] if kit.notebook else [(s.notebook, s.parts) for s in kit.slots if s.notebook]
    assert lessons
    for notebook, parts in lessons:
        told = [(typeset(part.title), part.minutes) for part in parts if not getattr(part, "pause", False)]
        assert told == parts_of(folder / notebook), notebook
    assert not kit.assignment or kit.assignment in list_assignments()
    if kit.assignment:
        assert load_assignment(kit.assignment).lesson == f"notebooks/{folder.name}/{kit.notebook}"


def test_every_lesson_has_its_notes() -> None:
    """Is no lesson left without what to say, what goes wrong and how to go on?"""
    noted = set()
    for name, path in SESSIONS.items():
        kit = load_session(name)
        noted |= {path.parent / notebook for notebook in (kit.notebook, *(s.notebook for s in kit.slots)) if notebook}
    assert noted == set((project_root() / "notebooks").rglob("*.ipynb"))


@pytest.mark.parametrize("name", ["s3_referents", "m2_secretariat", "m2_finances"])
def test_participants_page_and_papers(name: str, tmp_path: Path) -> None:
    """Does the programme hold each hour, and the papers what the session hands out, at this commune's name?"""
    settings, kit = load_settings(), load_session(name)
    programme = text_of(participants_pdf(kit, settings), tmp_path).replace("\u00a0", " ")
    assert [slot.start for slot in kit.slots if slot.start not in programme] == []
    assert f"{kit.ends} Fin de la séance" in programme
    for handout in kit.handouts:
        assert typeset(handout.title) in text_of(participants_pdf(kit, settings), tmp_path)
    papers = papers_pdf(kit, settings)
    assert papers
    text = text_of(papers, tmp_path)
    assert settings.collectivite.name in text
    assert "{" not in text
    assert papers_pdf(load_session("s1_direction"), settings) is None


def test_trainers_pages_and_name_cards(tmp_path: Path) -> None:
    """Do the pages hold the notes, and the cards the first names, or blank lines when nobody is listed?"""
    settings, kit = load_settings(), load_session("m2_accueil")
    pages = text_of(running_order_pdf(kit, settings), tmp_path)
    for words in ("9 h 00", "À dire", "Ce qui coince", "Secours", "Si le réseau tombe", "À imprimer"):
        assert words in pages.replace("\u00a0", " "), words
    people = [Learner("a1", "Haddouche", "Sofiane", "accueil"), Learner("a2", "Lemoignard", "Patricia", "accueil")]
    cards = text_of(name_cards_pdf(kit, people, settings), tmp_path)
    assert "Sofiane" in cards
    assert settings.service_name("accueil") in cards
    blank = tmp_path / "blank.pdf"
    blank.write_bytes(name_cards_pdf(kit, (), settings))
    assert len(PdfReader(blank).pages) == BLANK_CARDS // 2


def test_unknown_session_names_the_known_ones() -> None:
    """Is the sentence in French, with what to write instead?"""
    with pytest.raises(ContentError, match="séances connues : s1_direction, s3_referents"):
        load_session("m9_lune")


def test_command_lists_and_writes(tmp_path: Path) -> None:
    """Without a name, the list; with one, the two files; with a missing list of people, a sentence."""
    listed = CliRunner().invoke(command, [])
    assert "m2_secretariat" in listed.output
    written = CliRunner().invoke(command, ["m2_finances", "--dossier", str(tmp_path)])
    assert written.exit_code == 0
    kinds = {path.name.removesuffix("_m2_finances.pdf") for path in tmp_path.iterdir()}
    assert kinds == {"deroule", "programme", "chevalets", "presence", "documents"}
    private = CliRunner().invoke(command, ["accompagnement", "--dossier", str(tmp_path / "seul")])
    assert private.exit_code == 0
    assert [path.name for path in (tmp_path / "seul").iterdir()] == ["deroule_accompagnement.pdf"]
    dated = CliRunner().invoke(command, ["m3_bilan", "--date", "demain", "--dossier", str(tmp_path)])
    assert dated.exit_code != 0
    missing = CliRunner().invoke(command, ["m2_finances", "--participants", str(tmp_path / "rien.csv")])
    assert missing.exit_code != 0
