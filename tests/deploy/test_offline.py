"""`make copie`: a copy for a room without network holds what it needs, and nothing that was born in use."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# In the place of the environment's Python: « pip download » leaves one package.
PYTHON = """#!/bin/bash
case "$*" in
  *" download "*) for last; do :; done; mkdir -p "$last"; echo wheel >"$last/one.whl" ;;
  *version_info*) echo 3.11 ;;
esac
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The few files that count, with traces of use and an environment."""
    root = tmp_path / "projet"
    (root / "deploy").mkdir(parents=True)
    shutil.copy(ROOT / "deploy" / "offline.sh", root / "deploy")
    for name in ("atelier.toml", "requirements.lock", "notebooks/une.ipynb", "var/notes.db", ".git/config"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    python = root / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON, encoding="utf-8")
    python.chmod(0o755)
    return root


def copy(project: Path, *folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["bash", str(project / "deploy/offline.sh"), *map(str, folder)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)


def test_copy_holds_the_course_and_its_packages_only(project: Path, tmp_path: Path) -> None:
    """Are the settings and the packages there, marks and environment not, and is a second copy refused?"""
    key = tmp_path / "clé usb"
    key.mkdir()
    done = copy(project, key)
    assert done.returncode == 0, done.stderr
    made = {str(path.relative_to(key / "atelier-ia")) for path in (key / "atelier-ia").rglob("*") if path.is_file()}
    assert made == {
        "atelier.toml",
        "requirements.lock",
        "notebooks/une.ipynb",
        "deploy/offline.sh",
        "roues/one.whl",
    }
    again = copy(project, key)
    assert (again.returncode, again.stdout) == (1, "")
    assert "déjà une copie" in again.stderr
    assert [path.name for path in key.iterdir()] == ["atelier-ia"]


def test_a_wrong_folder_is_said_in_one_sentence(project: Path, tmp_path: Path) -> None:
    """No folder, a folder that is not there, the project itself: is each refused with what to do?"""
    for folders, words in (((), "make copie DOSSIER="), ((tmp_path / "absent",), "branchez"), ((project,), "lui-même")):
        done = copy(project, *folders)
        assert done.returncode == 1
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
