"""`atelier diagnostic`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from atelier_ia.cli.french import FrenchCommand

if TYPE_CHECKING:
    from atelier_ia.runtime.environment_check import Finding

_WORDS = {"ok": "ok", "attention": "attention", "manque": "à corriger"}
_FRENCH_KEYS = {"id": "id", "title": "titre", "state": "etat", "detail": "detail", "remedy": "remede"}


@click.command(cls=FrenchCommand)
@click.option("--json", "as_json", is_flag=True, help="Donner le résultat en JSON.")
def command(as_json: bool) -> None:
    """Vérifier ce poste : une ligne par exigence, avec le remède. Code de sortie 1 s'il manque quelque chose."""
    from atelier_ia.runtime.environment_check import run_checks

    checks = run_checks(("places", "Places d'une salle", _seats))
    missing = [check for check in checks if check.state == "manque"]
    if as_json:
        rows = [{_FRENCH_KEYS[name]: value for name, value in asdict(check).items()} for check in checks]
        print(json.dumps({"pret": not missing, "exigences": rows}, ensure_ascii=False, indent=1))
    else:
        width = max(len(check.title) for check in checks)
        for check in checks:
            print(f"{_WORDS[check.state]:<10}  {check.title:<{width}}  {check.detail}")
            if check.remedy:
                print(f"{'':<10}  {'':<{width}}  → {check.remedy}")
        told = "1 point" if len(missing) == 1 else f"{len(missing)} points"
        print(f"\n{told} à corriger avant de commencer." if missing else "\nCe poste est prêt.")
    sys.exit(1 if missing else 0)


def _seats() -> Finding:
    """What this machine offers a training room (imported here: a system without a room's means is told so, no more)."""
    from atelier_ia.rooms.sandbox import check_seats

    return check_seats()
