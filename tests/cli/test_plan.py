"""`atelier planifier` in its own process."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own: the fictional commune's settings, no state."""
    shutil.copy(ROOT / "sandbox_data" / "val_fontaine.toml", tmp_path / "atelier.toml")
    shutil.copy(ROOT / "planification.toml", tmp_path)
    shutil.copytree(ROOT / "sandbox_data", tmp_path / "sandbox_data")
    return tmp_path


def atelier(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "atelier_ia", *arguments],
        cwd=project,
        env=os.environ | {"ATELIER_RACINE": str(project)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def test_json_is_one_document(project: Path) -> None:
    """Does `--json` print one JSON document and nothing else?"""
    done = atelier(project, "planifier", "--json", "--debut", "11/01/2027", "--au", "2027-01-26")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["debut"] == "2027-01-11"
    assert not done.stderr


def test_noting_a_session_is_kept(project: Path) -> None:
    """Is a session noted in one run known to the next?"""
    assert atelier(project, "planifier", "--fait", "diagnostic", "--le", "22/01/2027").returncode == 0
    later = json.loads(atelier(project, "planifier", "--json", "--au", "26/01/2027").stdout)
    assert later["etapes"][0]["etat"] == "faite"
    assert [late["seance"] for late in later["en_retard"]] == ["s1_direction"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--debut", "lundi"], "La date « lundi » ne se lit pas"),
        (["--fait", "inconnue"], "n'est pas dans le plan"),
    ],
)
def test_mistakes_are_one_sentence(project: Path, arguments: list[str], sentence: str) -> None:
    """Is a wrong date or session explained in French, without a traceback?"""
    done = atelier(project, "planifier", *arguments)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_wrong_options_file_names_the_key(project: Path) -> None:
    """Is a misspelt key of planification.toml named with the right one?"""
    file = project / "planification.toml"
    file.write_text(file.read_text("utf-8").replace("taille_groupe", "taille_groupes"), "utf-8")
    done = atelier(project, "planifier")
    assert "« taille_groupe »" in done.stderr
    file.write_text('[[services]]\nid = "musee"\n', "utf-8")
    assert "« musee » n'est pas dans atelier.toml" in atelier(project, "planifier").stderr
