"""Where this course stands on disk. Apart from `settings`, so that what only needs a path does not pay for pydantic;
`root_name` does not pay for `pathlib` either.
"""

from __future__ import annotations

import os

from atelier_ia.errors import AtelierError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

SETTINGS_NAME = "atelier.toml"
ROOT_VARIABLE = "ATELIER_RACINE"
# Set by a training room: where its desk is (a Unix socket's path, or an address), and the token that says who asks.
DESK_VARIABLE, DESK_TOKEN_VARIABLE = "ATELIER_GUICHET", "ATELIER_GUICHET_JETON"


def root_name() -> str:
    """The folder that holds `atelier.toml`: `ATELIER_RACINE`, else the nearest one upwards, else this checkout.

    Raises:
        AtelierError: none of them holds an `atelier.toml`.
    """
    named = os.environ.get(ROOT_VARIABLE)
    if named:
        return os.path.realpath(named)
    folder = os.path.realpath(os.getcwd())
    while not os.path.isfile(os.path.join(folder, SETTINGS_NAME)):
        parent = os.path.dirname(folder)
        if parent == folder:
            break
        folder = parent
    checkout = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
    for candidate in (folder, checkout):
        if os.path.isfile(os.path.join(candidate, SETTINGS_NAME)):
            return candidate
    raise AtelierError(
        f"Aucun fichier {SETTINGS_NAME} n'a été trouvé ici ; placez-vous dans le dossier d'Atelier IA "
        f"ou indiquez-le par la variable {ROOT_VARIABLE}."
    )


def project_root() -> Path:
    """`root_name`, as a path.

    Raises:
        AtelierError: no `atelier.toml` to be found.
    """
    from pathlib import Path

    return Path(root_name())


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
