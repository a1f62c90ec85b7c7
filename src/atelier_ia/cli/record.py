"""`atelier dossier`: personal codes, and the correction requests that a person of HR decides."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from atelier_ia.cli.french import FrenchGroup


@click.group(cls=FrenchGroup)
def command() -> None:
    """Donner à chacun l'accès à son dossier, et répondre aux demandes de correction."""


@command.command(name="codes")
@click.argument("identifiants", nargs=-1)
@click.option("--tous", is_flag=True, help="Toutes les personnes de la liste, même celles qui ont déjà un code.")
@click.option("--dossier", "folder", type=click.Path(path_type=Path), help="Où écrire les cartons (var/rapports).")
@click.option("--json", "as_json", is_flag=True, help="Donner le compte et le fichier en JSON.")
def codes(identifiants: tuple[str, ...], tous: bool, folder: Path | None, as_json: bool) -> None:
    """Cartons à remettre en main propre : identifiant et code personnel (sans argument : qui n'en a pas)."""
    from atelier_ia.documents.typography import plural
    from atelier_ia.errors import AtelierError
    from atelier_ia.measurement.own_record import issue_codes, without_code
    from atelier_ia.measurement.record_cards import write_cards
    from atelier_ia.settings import data_folder, load_settings
    from atelier_ia.training.roster import iter_roster

    settings = load_settings()
    known = {who.identifier: who for who in iter_roster(settings=settings)}
    if not set(identifiants) <= known.keys():
        raise AtelierError("Un de ces identifiants n'est pas dans var/apprenants.csv ; vérifiez-les.")
    wanted = list(identifiants) or (list(known) if tous else without_code(known))
    if not wanted:
        click.echo(json.dumps({"codes": 0, "fichiers": []}) if as_json else "Chacun a déjà son code.")
        return
    made = issue_codes(wanted, date.today())
    target = folder or data_folder() / "rapports"
    paths = write_cards([(known[who], code) for who, code in made.items()], target, settings, date.today())
    if as_json:
        click.echo(json.dumps({"codes": len(made), "fichiers": [str(path) for path in paths]}, ensure_ascii=False))
        return
    for path in paths:
        click.echo(str(path))
    click.echo(
        f"{plural(len(made), 'code')}. Imprimez, remettez à chacun le sien, puis supprimez ces fichiers.", err=True
    )


@command.command(name="demandes")
@click.option("--json", "as_json", is_flag=True, help="Donner les demandes en JSON.")
def requests(as_json: bool) -> None:
    """Les demandes de correction qui attendent une réponse."""
    from atelier_ia.measurement.corrections import pending

    _show(pending(), as_json, "Aucune demande n'attend.")


@command.command(name="journal")
@click.argument("identifiant")
@click.option("--json", "as_json", is_flag=True, help="Donner le journal en JSON.")
def trace(identifiant: str, as_json: bool) -> None:
    """Toutes les corrections d'une personne : faites, demandées, acceptées, refusées."""
    from atelier_ia.measurement.corrections import corrections_of

    _show(corrections_of(identifiant), as_json, "Aucune correction pour cet identifiant.")


@command.command(name="accepter")
@click.argument("numero", type=int)
@click.option("--reponse", default="", help="Un mot pour la personne.")
def accept(numero: int, reponse: str) -> None:
    """Accepter la demande NUMERO : la liste ou la présence est corrigée."""
    from atelier_ia.measurement.corrections import applied_by_itself, decide
    from atelier_ia.settings import load_settings

    made = decide(numero, True, reponse, load_settings(), date.today())
    if applied_by_itself(made):
        click.echo(f"Corrigé : {made.told}. Les prochains rapports et attestations en tiennent compte.")
    else:
        click.echo(f"Accepté : {made.told}. Rien n'est changé par le programme : faites la correction, ou demandez-la.")


@command.command(name="refuser")
@click.argument("numero", type=int)
@click.option("--motif", required=True, help="Ce que la personne lira.")
def refuse(numero: int, motif: str) -> None:
    """Refuser la demande NUMERO, avec un motif que la personne lira."""
    from atelier_ia.measurement.corrections import decide
    from atelier_ia.settings import load_settings

    made = decide(numero, False, motif, load_settings(), date.today())
    click.echo(f"Refusé : {made.told}. La personne lira votre motif dans son dossier.")


def _show(found: tuple, as_json: bool, nothing: str) -> None:  # type: ignore[type-arg]
    if as_json:
        click.echo(json.dumps([asdict(line) for line in found], ensure_ascii=False))
        return
    for line in found:
        answer = f" ; réponse : {line.answer}" if line.answer else ""
        reason = f" ; motif : {line.reason}" if line.reason else ""
        click.echo(
            f"n° {line.number}  {line.identifier}  {line.told} : « {line.before} » → « {line.wanted} » "
            f"({line.state}{reason}{answer})"
        )
    if not found:
        click.echo(nothing)
