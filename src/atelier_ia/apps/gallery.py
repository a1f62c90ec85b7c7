"""What the gallery page shows of each app: read from the notebooks' own metadata, so that there is one source.

`page_config` is a hook for Voilà (`VoilaConfiguration.page_config_hook`); it starts no kernel and runs no cell.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings, project_root

APPS_FOLDER = "voila_apps"


def page_config(current: dict[str, Any], **context: Any) -> dict[str, Any]:
    """Adds `atelier` (the commune's name, the apps' cards) to Voilà's page configuration `current`, in place."""
    try:
        commune = load_settings().collectivite.name
    except AtelierError:
        commune = ""
    current["atelier"] = {"commune": commune, "applications": list_apps(project_root() / APPS_FOLDER)}
    return current


def list_apps(folder: Path) -> list[dict[str, Any]]:
    """The cards of the notebooks in `folder`: `chemin, titre, resume, duree, public`, in their teaching order."""
    cards = [_card(path, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.ipynb"))]
    return [card for _, card in sorted((card for card in cards if card), key=lambda pair: pair[0])]


@lru_cache(maxsize=64)
def _card(path: Path, _changed: int) -> tuple[tuple[int, str], dict[str, Any]] | None:
    try:
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    except (OSError, ValueError, KeyError):
        return None
    own = metadata.get("atelier", {})
    card = {
        "chemin": path.name,
        "titre": metadata.get("title", path.stem.replace("_", " ").capitalize()),
        "resume": own.get("resume", ""),
        "duree": own.get("duree", ""),
        "public": own.get("public", ""),
    }
    return (int(own.get("ordre", 99)), card["titre"]), card
