"""The folder in which champions write: copies of the exercises, so that the originals stay as they were released."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from atelier_ia.errors import AtelierError

FOLDER = "mes_exercices"
RELEASED = "exercises"


def prepare_workspace(root: Path) -> Path:
    """Copy the exercises that are not yet in `mes_exercices/`; a work begun there is never touched.

    Each copy appears whole or not at all, even when two starts meet.

    Raises:
        AtelierError: the folder cannot be written.
    """
    target = root / FOLDER
    try:
        target.mkdir(exist_ok=True)
        for source in sorted((root / RELEASED).glob("*/")):
            if source.name.startswith(".") or (target / source.name).exists():
                continue
            with tempfile.TemporaryDirectory(prefix=".copie-", dir=target) as folder:
                copy = Path(folder) / source.name
                shutil.copytree(source, copy, copy_function=shutil.copyfile)
                try:
                    copy.rename(target / source.name)
                except OSError:
                    if not (target / source.name).is_dir():  # else another start was quicker
                        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AtelierError(
            f"Les exercices ne peuvent pas être copiés ({reason}) ; vérifiez vos droits et l'espace disque."
        ) from None
    return target
