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
from atelier_ia.settings import load_settings
from atelier_ia.training.roster import Learner
from atelier_ia.training.rubrics import list_assignments, load_assignment
from atelier_ia.training.session_kit import (
    BLANK_CARDS,
    known_sessions,
    load_session,
    name_cards_pdf,
    running_order_pdf,
)

SESSIONS = known_sessions()
WORKSHOPS = [name for name in SESSIONS if name.startswith("m2_")]
PART = re.compile(r"^## (?:\d+\. )?(.+?) \((\d+)[\s\u00a0\u202f]min\)", re.MULTILINE)


def text_of(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf)
    reader = PdfReader(path)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # tagged, readable by a screen reader
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("name", SESSIONS)
def test_slots_follow_one_another(name: str) -> None:
    """Is there no hole in the hours, does training last what is announced, and does each part have its note?"""
    kit = load_session(name)
    for before, after in zip(kit.slots, kit.slots[1:], strict=False):
        assert before.begins + before.minutes == after.begins, after.title
    assert sum(slot.minutes for slot in kit.slots if not slot.pause) == kit.minutes
    for slot in kit.slots:
        notes = (slot.to_say, slot.goes_wrong, slot.fallback)
        assert all(notes) != slot.pause, slot.title
        assert any(notes) != slot.pause, slot.title


@pytest.mark.parametrize("name", WORKSHOPS)
def test_workshops_are_timed_as_their_lesson(name: str) -> None:
    """Are the slots the parts of the notebook, and does the assignment name that lesson?"""
    kit = load_session(name)
    lesson = SESSIONS[name].parent / kit.notebook
    cells = json.loads(lesson.read_text("utf-8"))["cells"]
    text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    parts = [(title, int(minutes)) for title, minutes in PART.findall(text)]
    assert [(typeset(slot.title), slot.minutes) for slot in kit.slots if not slot.pause] == parts
    assert kit.minutes == 150
    assert kit.assignment in list_assignments()
    assert load_assignment(kit.assignment).lesson == f"notebooks/m2_metiers/{kit.notebook}"


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
    with pytest.raises(ContentError, match="séances connues : s3_referents"):
        load_session("m9_lune")


def test_command_lists_and_writes(tmp_path: Path) -> None:
    """Without a name, the list; with one, the two files; with a missing list of people, a sentence."""
    listed = CliRunner().invoke(command, [])
    assert "m2_secretariat" in listed.output
    written = CliRunner().invoke(command, ["m2_finances", "--dossier", str(tmp_path)])
    assert written.exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"deroule_m2_finances.pdf", "chevalets_m2_finances.pdf"}
    missing = CliRunner().invoke(command, ["m2_finances", "--participants", str(tmp_path / "rien.csv")])
    assert missing.exit_code != 0
