"""`atelier sauvegarder`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from atelier_ia.cli.french import FrenchCommand


def databases() -> dict[str, str]:
    """The addresses of the course's bases, by their names in an archive."""
    from atelier_ia.measurement.store import database_url
    from atelier_ia.training.course import gradebook_url

    return {"carnet": gradebook_url(), "mesures": database_url()}


@click.command(cls=FrenchCommand, name="sauvegarder")
@click.argument("dossier", type=click.Path(file_okay=False, path_type=Path))
@click.option("--garder", "keep", type=click.IntRange(0), default=0, help="Ne garder que les N dernières (0 : toutes).")
@click.option("--json", "as_json", is_flag=True, help="Écrire le résultat en JSON.")
def command(dossier: Path, keep: int, as_json: bool) -> None:
    """Sauvegarder dans DOSSIER tout ce qui est né à l'usage, service en marche ou non."""
    from atelier_ia.runtime.backup import save

    done = save(dossier, databases(), keep)
    if as_json:
        shown = {"archive": str(done.archive), "fichiers": done.files, "bases": done.bases, "supprimees": done.removed}
        print(json.dumps(shown, ensure_ascii=False))
        return
    print(f"Sauvegarde écrite : {done.archive} ({done.files} fichiers{bases_shown(done.bases)}).")
    print("Elle contient des secrets et des données personnelles : gardez-la comme une clé.")
    for name in done.removed:
        print(f"Ancienne sauvegarde supprimée : {name}")


def bases_shown(names: tuple[str, ...]) -> str:
    """The saved or restored PostgreSQL bases, as the end of a sentence."""
    return f", base{'s' if len(names) > 1 else ''} PostgreSQL : {', '.join(names)}" if names else ""
