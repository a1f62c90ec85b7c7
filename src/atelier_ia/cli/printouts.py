"""`atelier imprimer`: everything that a session puts on paper."""

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
@click.option("--date", "day", default="", help="Jour de la séance, pour la feuille de présence : 25/01/2027.")
@click.option(
    "--dossier",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DOSSIER",
    help="Où écrire les pages (sinon var/imprimes).",
)
def command(seance: str | None, roster: Path | None, day: str, folder: Path | None) -> None:
    """Préparer les impressions d'une séance : déroulé, programme, chevalets, présence, documents.

    Sans nom de séance, la liste des séances. Les déroulés sont des fichiers à lire et à adapter, à côté des leçons
    (par exemple notebooks/s3_referents/journee.toml).
    """
    from atelier_ia.documents.tables import parse_date
    from atelier_ia.errors import AtelierError
    from atelier_ia.settings import data_folder, load_settings
    from atelier_ia.training.roster import read_roster
    from atelier_ia.training.session_kit import known_sessions, load_session
    from atelier_ia.training.session_papers import name_cards_pdf, papers_pdf, participants_pdf, running_order_pdf
    from atelier_ia.training.sign_in import sign_in_pdf

    if seance is None:
        for name in known_sessions():
            click.echo(f"{name} : {load_session(name).title}")
        return
    settings = load_settings()
    kit = load_session(seance)
    if roster is not None and not roster.is_file():
        raise AtelierError(f"Le fichier {roster.name} n'existe pas ; vérifiez son emplacement.")
    try:
        when = parse_date(day) if day else None
    except ValueError:
        raise AtelierError("La date s'écrit 25/01/2027 ; corrigez-la.") from None
    learners = read_roster(roster, settings) if roster is not None else ()
    target = folder or data_folder() / "imprimes"
    target.mkdir(parents=True, exist_ok=True)
    pages = {"deroule": running_order_pdf(kit, settings)}
    if kit.cards:
        pages["programme"] = participants_pdf(kit, settings)
        pages["chevalets"] = name_cards_pdf(kit, learners, settings)
        pages["presence"] = sign_in_pdf(kit.title, when, kit.minutes / 60, learners, settings)
    papers = papers_pdf(kit, settings)
    if papers:
        pages["documents"] = papers
    for kind, content in pages.items():
        path = target / f"{kind}_{seance}.pdf"
        path.write_bytes(content)
        click.echo(f"Écrit : {path}")
