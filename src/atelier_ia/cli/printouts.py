"""`atelier imprimer`: the trainer's pages and the name cards of a session."""

from __future__ import annotations

from pathlib import Path

import click

from atelier_ia.cli.french import FrenchCommand


@click.command(cls=FrenchCommand, name="imprimer")
@click.argument("seance", required=False)
@click.option(
    "--participants",
    "roster",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Liste des participants (CSV : identifiant;nom;prenom;service) ; sinon, des chevalets vierges.",
)
@click.option(
    "--dossier",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DOSSIER",
    help="Où écrire les pages (sinon var/imprimes).",
)
def command(seance: str | None, roster: Path | None, folder: Path | None) -> None:
    """Préparer les impressions d'une séance : le déroulé de la formatrice et les chevalets.

    Sans nom de séance, la liste des séances. Les déroulés sont des fichiers à lire et à adapter :
    notebooks/s3_referents/journee.toml et notebooks/m2_metiers/*.toml.
    """
    from atelier_ia.errors import AtelierError
    from atelier_ia.settings import data_folder, load_settings
    from atelier_ia.training.roster import read_roster
    from atelier_ia.training.session_kit import known_sessions, load_session, name_cards_pdf, running_order_pdf

    if seance is None:
        for name in known_sessions():
            click.echo(f"{name} : {load_session(name).title}")
        return
    settings = load_settings()
    kit = load_session(seance)
    if roster is not None and not roster.is_file():
        raise AtelierError(f"Le fichier {roster.name} n'existe pas ; vérifiez son emplacement.")
    learners = read_roster(roster, settings) if roster is not None else ()
    target = folder or data_folder() / "imprimes"
    target.mkdir(parents=True, exist_ok=True)
    for name, content in (
        (f"deroule_{seance}.pdf", running_order_pdf(kit, settings)),
        (f"chevalets_{seance}.pdf", name_cards_pdf(kit, learners, settings)),
    ):
        (target / name).write_bytes(content)
        click.echo(f"Écrit : {target / name}")
