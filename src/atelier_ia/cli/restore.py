"""`atelier restaurer`."""

from __future__ import annotations

from pathlib import Path

import click

from atelier_ia.cli.french import FrenchCommand
from atelier_ia.cli.save import bases_shown, databases


@click.command(cls=FrenchCommand, name="restaurer")
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--remplacer", "replace", is_flag=True, help="Remplacer les données présentes (gardées dans var/avant-…)."
)
def command(archive: Path, replace: bool) -> None:
    """Remettre en place une sauvegarde ; arrêtez d'abord le service."""
    from atelier_ia.runtime.backup import restore

    done = restore(archive, databases(), replace=replace)
    print(f"Sauvegarde remise en place : {done.files} fichiers{bases_shown(done.bases)}. Relancez le service.")
    if done.aside:
        print(f"Les données d'avant sont dans {done.aside} ; supprimez ce dossier quand tout est vérifié.")
