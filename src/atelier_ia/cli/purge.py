"""`atelier purger`: delete what is past its date."""

from __future__ import annotations

import json

import click

from atelier_ia.cli.french import FrenchCommand


@click.command(cls=FrenchCommand)
@click.option("--json", "as_json", is_flag=True, help="Donner le compte en JSON.")
def command(as_json: bool) -> None:
    """Supprimer les mesures, les réponses et les cas réels arrivés au terme de leur conservation."""
    from atelier_ia.documents.typography import plural
    from atelier_ia.measurement.retention import purge

    done = purge()
    if as_json:
        click.echo(json.dumps({item.what: item.count for item in done}, ensure_ascii=False))
        return
    for item in done:
        click.echo(f"{item.what} : {plural(item.count, 'enregistrement supprimé', 'enregistrements supprimés')}")
