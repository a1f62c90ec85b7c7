"""The reports page on a real course: each document written, handed over whole, its problems told."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.apps.reports import REPORTS, Reports, app
from tests.training.conftest import course, generated_course

__all__ = ["course", "generated_course"]

ROSTER = "identifiant;nom;prenom;service\n" + "".join(f"agent{n};Nom{n};Prénom{n};accueil\n" for n in range(7))
ATTENDANCE = "identifiant;date;module;heures;modalite\n" + "".join(
    f"agent{n};14/09/2026;s3_m2_courriels;1,5;présentiel\n" for n in range(7)
)


@pytest.fixture
def people(course: Path) -> Path:
    """A course where seven agents signed one session."""
    (course / "var" / "apprenants.csv").write_text(ROSTER, encoding="utf-8")
    (course / "var" / "presences.csv").write_text(ATTENDANCE, encoding="utf-8")
    return course


def produced(page: Reports, kind: str, saved: list[tuple[str, str, bytes]]) -> list[tuple[str, str, bytes]]:
    """The files that the browser receives for this report, its background work done here."""
    page.on_rapport({}, {"value": kind})
    page.on_produire({}, {})
    saved.clear()
    assert page.outcome is not None, page.problem
    if len(page.outcome.files) > 6:
        page.on_archive({}, {})
    else:
        for rank in range(len(page.outcome.files)):
            page.on_fichier({}, {"which": str(rank)})
    return list(saved)


@pytest.fixture
def page(people: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Reports, list[tuple[str, str, bytes]]]:
    """The page, and what it sends to the browser; what runs beside runs at once."""
    made = app()
    saved: list[tuple[str, str, bytes]] = []
    monkeypatch.setattr(made, "background", made.guarded)
    monkeypatch.setattr(made.screen, "save_file", lambda *file: saved.append(file))
    return made, saved


@pytest.mark.parametrize("kind", REPORTS)
def test_each_report_reaches_the_browser(kind: str, page: Any) -> None:
    """Is each document written where it is said, and handed over whole, with a word on what it is?"""
    reports, saved = page
    files = produced(reports, kind, saved)
    assert files
    assert all(len(data) > 50 for _, _, data in files)
    if kind == "attestations":
        names = zipfile.ZipFile(io.BytesIO(files[0][2])).namelist()
        assert sum(name.endswith(".pdf") for name in names) == 7
        assert sum(name.endswith(".png") for name in names) == 7
    else:
        assert '"text": ""' not in str(reports.view())
    assert all(path.is_relative_to(reports.folder) for path in reports.outcome.files)


def test_a_problem_is_told_and_the_page_goes_on(people: Path, page: Any) -> None:
    """When a source cannot be read, is it said in French, and can one try again?"""
    reports, saved = page
    (people / "var" / "apprenants.csv").write_text("nom;prenom\nDupont;Anne\n", encoding="utf-8")
    reports.on_produire({}, {})
    assert reports.outcome is None
    assert not reports.working
    assert "apprenants.csv" in reports.problem
    (people / "var" / "apprenants.csv").write_text(ROSTER, encoding="utf-8")
    assert produced(reports, "rh", saved)


def test_nobody_trained_yet(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no attendance, is it said what to do rather than an empty archive handed over?"""
    made = app()
    monkeypatch.setattr(made, "background", made.guarded)
    made.on_rapport({}, {"value": "attestations"})
    made.on_produire({}, {})
    assert made.outcome is not None
    assert not made.outcome.files
    assert "faites signer une séance" in str(made.view())
