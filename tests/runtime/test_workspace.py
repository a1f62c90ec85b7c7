"""The champions' folder: are the originals kept, and is begun work never lost?"""

from pathlib import Path

import pytest

from atelier_ia.errors import AtelierError
from atelier_ia.runtime.workspace import prepare_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("s3_un", "s3_deux"):
        (tmp_path / "exercises" / name).mkdir(parents=True)
        (tmp_path / "exercises" / name / f"{name}.ipynb").write_text(name, encoding="utf-8")
    return tmp_path


def test_every_exercise_is_copied_once(root: Path) -> None:
    """Are all exercises there, writable, and nothing else?"""
    folder = prepare_workspace(root)
    assert sorted(path.name for path in folder.iterdir()) == ["s3_deux", "s3_un"]
    assert (folder / "s3_un" / "s3_un.ipynb").read_text(encoding="utf-8") == "s3_un"


def test_begun_work_is_kept_and_new_modules_arrive(root: Path) -> None:
    """Does a second start keep what was written and add the module that came since?"""
    folder = prepare_workspace(root)
    (folder / "s3_un" / "s3_un.ipynb").write_text("mon travail", encoding="utf-8")
    (root / "exercises" / "s3_trois").mkdir()
    prepare_workspace(root)
    assert (folder / "s3_un" / "s3_un.ipynb").read_text(encoding="utf-8") == "mon travail"
    assert (root / "exercises" / "s3_un" / "s3_un.ipynb").read_text(encoding="utf-8") == "s3_un"
    assert (folder / "s3_trois").is_dir()


def test_a_folder_that_cannot_be_written_is_explained(root: Path) -> None:
    """Is a file in the way said in one French sentence?"""
    (root / "mes_exercices").write_text("", encoding="utf-8")
    with pytest.raises(AtelierError, match="ne peuvent pas être copiés"):
        prepare_workspace(root)
