"""Where this course stands on disk. Apart from `settings`, so that what only needs a path does not pay for pydantic."""

from __future__ import annotations

import os
from pathlib import Path

from atelier_ia.errors import AtelierError

SETTINGS_NAME = "atelier.toml"
ROOT_VARIABLE = "ATELIER_RACINE"
# Set by a training room: where its desk is (a Unix socket's path, or an address), and the token that says who asks.
DESK_VARIABLE, DESK_TOKEN_VARIABLE = "ATELIER_GUICHET", "ATELIER_GUICHET_JETON"


def project_root() -> Path:
    """The folder that holds `atelier.toml`: `ATELIER_RACINE`, else the nearest one upwards, else this checkout.

    Raises:
        AtelierError: none of them holds an `atelier.toml`.
    """
    named = os.environ.get(ROOT_VARIABLE)
    if named:
        return Path(named).resolve()
    here = Path.cwd().resolve()
    candidates = [here, *here.parents, Path(__file__).resolve().parents[2]]
    for folder in candidates:
        if (folder / SETTINGS_NAME).is_file():
            return folder
    raise AtelierError(
        f"Aucun fichier {SETTINGS_NAME} n'a été trouvé ici ; placez-vous dans le dossier d'Atelier IA "
        f"ou indiquez-le par la variable {ROOT_VARIABLE}."
    )


def data_folder() -> Path:
    """Where everything produced at run time is kept (`var/` under the project root); created on demand, private."""
    folder = project_root() / "var"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AtelierError(
            f"Le dossier {folder} ne peut pas être créé ({reason}) ; vérifiez vos droits et l'espace disque."
        ) from None
    return folder
