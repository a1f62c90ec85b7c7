"""`atelier presence`: have a session signed by code, watch the list, close the sheet."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from atelier_ia.cli.french import FrenchGroup
from atelier_ia.cli.plan import Day


@click.group(cls=FrenchGroup)
def command() -> None:
    """Faire signer une séance par code, suivre les signatures, clore la feuille."""


@command.command(name="ouvrir")
@click.argument("module")
@click.option("--titre", default="", help="Titre projeté (sinon celui du module).")
@click.option("--date", "day", type=Day(), metavar="DATE", help="Jour de la séance (sinon aujourd'hui).")
@click.option("--heures", required=True, help="Durée, par exemple 3,5 ou 2 h 30 ; au-delà de 4 h, deux codes.")
@click.option("--adresse", default="", help="Adresse des applications, par exemple http://192.168.1.20:8866/.")
@click.option("--dossier", type=click.Path(path_type=Path), help="Où écrire la page à projeter (var/rapports).")
@click.option("--json", "as_json", is_flag=True, help="Donner les codes en JSON.")
def open_(
    module: str, titre: str, day: date | None, heures: str, adresse: str, dossier: Path | None, as_json: bool
) -> None:
    """Ouvrir la séance MODULE : un code par demi-journée, et la page à projeter."""
    from atelier_ia.documents.tables import parse_hours
    from atelier_ia.errors import AtelierError
    from atelier_ia.settings import data_folder, load_settings
    from atelier_ia.training.check_in import open_session
    from atelier_ia.training.sign_in import projected_pdf

    try:
        hours = parse_hours(heures)
    except ValueError:
        hours = 0
    if not 0 < hours <= 12:
        raise AtelierError("La durée s'écrit 3,5 ou 2 h 30, sans dépasser 12 heures ; corrigez-la.")
    settings = load_settings()
    sessions = open_session(module, titre or module, day or date.today(), hours)
    folder = dossier or data_folder() / "rapports"
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / f"seance_{sessions[0].code}.pdf"
    link = f"{adresse.rstrip('/')}/voila/render/presence.ipynb" if adresse else ""
    page.write_bytes(projected_pdf(sessions, settings, link))
    if as_json:
        codes = [{"code": item.code, "moitie": item.half, "heures": item.hours} for item in sessions]
        click.echo(json.dumps({"seances": codes, "page": str(page)}, ensure_ascii=False))
        return
    for item in sessions:
        click.echo(f"{item.code}  {item.half}")
    click.echo(f"À projeter : {page}")


@command.command(name="liste")
@click.option("--date", "day", type=Day(), metavar="DATE", help="Jour (sinon aujourd'hui).")
@click.option("--retirer", "removed", nargs=2, metavar="CODE IDENTIFIANT", help="Retirer la signature d'un absent.")
@click.option("--json", "as_json", is_flag=True, help="Donner la liste en JSON.")
def list_(day: date | None, removed: tuple[str, str] | None, as_json: bool) -> None:
    """Voir qui a signé ce jour, et retirer une signature qui n'a pas lieu d'être."""
    from atelier_ia.documents.typography import plural
    from atelier_ia.errors import AtelierError
    from atelier_ia.training.check_in import read_sessions, signatures, take_off
    from atelier_ia.training.roster import read_roster

    if removed and not take_off(*removed):
        raise AtelierError("Cette personne n'a pas signé cette séance ; vérifiez l'identifiant dans la liste.")
    names = {who.identifier: who.full_name for who in read_roster()}
    found = [(item, signatures(item.code)) for item in read_sessions() if item.day == (day or date.today())]
    if as_json:
        rows = [
            {"code": item.code, "titre": item.title, "moitie": item.half, "close": item.closed, "signatures": list(who)}
            for item, who in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not found:
        click.echo("Aucune séance ce jour-là ; ouvrez-en une par « atelier presence ouvrir ».")
    for item, who in found:
        closed = " (close)" if item.closed else ""
        click.echo(f"{item.code}  {item.title}, {item.half} : {plural(len(who), 'signature')}{closed}")
        for identifier in who:
            click.echo(f"    {identifier}  {names.get(identifier, '')}".rstrip())


@command.command(name="clore")
@click.option("--date", "day", type=Day(), metavar="DATE", help="Jour (sinon aujourd'hui).")
@click.option("--json", "as_json", is_flag=True, help="Donner le compte en JSON.")
def close(day: date | None, as_json: bool) -> None:
    """Clore les séances du jour : les signatures entrent dans var/presences.csv."""
    from atelier_ia.documents.typography import plural
    from atelier_ia.training.check_in import close_day

    added = close_day(day or date.today())
    told = f"{plural(added, 'ligne ajoutée', 'lignes ajoutées')} aux présences."
    click.echo(json.dumps({"lignes": added}) if as_json else told)
