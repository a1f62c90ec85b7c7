"""The parts of `atelier rapport` on one person, or for another system: record, corrections, Moodle, weekly adoption."""

from __future__ import annotations

import json
from pathlib import Path

import click

from atelier_ia.cli.french import FrenchCommand


@click.command(cls=FrenchCommand, name="personne")
@click.argument("identifiant")
@click.option("--fiche", "target", type=click.Path(path_type=Path), help="Écrire aussi la fiche .docx à lui remettre.")
def person(identifiant: str, target: Path | None) -> None:
    """Tout ce qui est conservé sur une personne, en JSON (droit d'accès)."""
    from datetime import date

    from atelier_ia.errors import AtelierError
    from atelier_ia.measurement.own_record import record_of
    from atelier_ia.settings import load_settings

    settings = load_settings()
    found = record_of(identifiant, settings)
    if not found:
        raise AtelierError("Rien n'est conservé sous cet identifiant ; vérifiez-le dans var/apprenants.csv.")
    if target is not None:
        from atelier_ia.measurement.personal_data import write_personal_sheet

        write_personal_sheet(found, settings, target, date.today())
        click.echo(f"Écrit : {target}", err=True)
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


@click.command(cls=FrenchCommand, name="rectifier")
@click.argument("identifiant")
@click.argument("champs", nargs=-1)
@click.option("--presence", nargs=3, metavar="JOUR MODULE VALEUR", help="Une présence : oui, non ou une durée.")
def correct(identifiant: str, champs: tuple[str, ...], presence: tuple[str, str, str] | None) -> None:
    """Corriger la fiche d'une personne à sa demande : CHAMPS comme nom=Dupont service=rh (droit de rectification)."""
    from atelier_ia.errors import AtelierError
    from atelier_ia.measurement.personal_data import correct_person, correct_presence
    from atelier_ia.settings import load_settings

    changes = dict(item.split("=", 1) for item in champs if "=" in item)
    if len(changes) != len(champs) or not (champs or presence):
        raise AtelierError("Donnez chaque correction sous la forme champ=valeur, par exemple nom=Dupont.")
    if changes:
        who = correct_person(identifiant, changes, load_settings())
        click.echo(f"Corrigé : {who.full_name} ({who.identifier}).")
    if presence:
        correct_presence(identifiant, *presence)
        click.echo("Présence corrigée ; les prochains rapports et attestations en tiennent compte.")


@click.command(cls=FrenchCommand, name="effacer")
@click.argument("identifiant")
@click.option("--confirmer", is_flag=True, help="Effacer vraiment (sinon, rien n'est fait).")
def erase(identifiant: str, confirmer: bool) -> None:
    """Effacer une personne de la liste, des présences et des feuilles ouvertes (droit à l'effacement)."""
    from atelier_ia.documents.typography import plural
    from atelier_ia.errors import AtelierError
    from atelier_ia.measurement.personal_data import erase_person
    from atelier_ia.settings import load_settings

    if not confirmer:
        raise AtelierError("Rien n'est effacé : relancez avec --confirmer, après accord des archives si besoin.")
    for what, count in erase_person(identifiant, load_settings()).items():
        click.echo(f"{what} : {plural(count, 'ligne effacée', 'lignes effacées')}")
    click.echo("Restent le carnet de notes (nbgrader) et le numéro de l'attestation, à traiter par le service RH.")


@click.command(cls=FrenchCommand, name="retirer-reponses")
@click.option("--code", prompt="Code choisi au questionnaire", hide_input=True, help="Le code choisi par la personne.")
def withdraw(code: str) -> None:
    """Retirer les réponses anonymes données avec un code, tant que l'enquête n'est pas close."""
    from atelier_ia.documents.typography import plural
    from atelier_ia.measurement.linking import forget

    click.echo(f"{plural(forget(code), 'réponse retirée', 'réponses retirées')}.")


@click.command(cls=FrenchCommand, name="moodle")
@click.option("--dossier", type=click.Path(path_type=Path), help="Où écrire les fichiers (par défaut : var/rapports).")
@click.option("--domaine", default="", help="Domaine des adresses, si la liste n'en a pas : mairie.example.")
@click.option("--json", "as_json", is_flag=True, help="Donner la liste des fichiers en JSON.")
def moodle(dossier: Path | None, domaine: str, as_json: bool) -> None:
    """Deux CSV que Moodle importe : les comptes, et les modules acquis (jamais une note)."""
    from atelier_ia.documents.typography import plural
    from atelier_ia.measurement.hr_sources import read_records
    from atelier_ia.measurement.moodle import write_moodle_files
    from atelier_ia.settings import data_folder, load_settings
    from atelier_ia.training.roster import iter_roster

    settings = load_settings()
    done = write_moodle_files(
        read_records(settings), iter_roster(settings=settings), dossier or data_folder() / "rapports", settings, domaine
    )
    if as_json:
        answer = {
            "comptes": str(done.users),
            "resultats": str(done.grades),
            "sans_adresse": list(done.without_email),
            "sans_adresse_total": done.without_count,
        }
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    click.echo(f"{done.users}\n{done.grades}")
    if done.without_count:
        click.echo(
            f"À noter : {plural(done.without_count, 'personne')} sans adresse ; ajoutez une colonne « courriel » à la "
            "liste, ou donnez --domaine.",
            err=True,
        )


@click.command(cls=FrenchCommand, name="adoption")
@click.option("--json", "as_json", is_flag=True, help="Donner les semaines en JSON.")
def adoption(as_json: bool) -> None:
    """Semaine par semaine : agents équipés, formés, actifs, et postes actifs comptés sans savoir qui."""
    from datetime import date

    from atelier_ia.measurement.anonymity import THRESHOLD
    from atelier_ia.measurement.uses import read_weeks
    from atelier_ia.measurement.weekly import weekly_adoption
    from atelier_ia.settings import load_settings
    from atelier_ia.tool_choice.deployment import load_deployment
    from atelier_ia.training.attendance import iter_attendance

    settings, today = load_settings(), date.today()
    weeks = weekly_adoption(
        settings, load_deployment(settings=settings), iter_attendance(), read_weeks(until=today), today
    )
    if as_json:
        rows = [
            {
                "semaine_du": week.monday.isoformat(),
                "equipes": week.equipped,
                "formes": week.trained,
                "actifs": week.active,
                "adoption": week.adoption,
                "postes_actifs": week.stations,
                "usages": week.uses,
            }
            for week in weeks
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    few = f"moins de {THRESHOLD}"
    for week in weeks:
        told = [
            f"{'?' if week.equipped is None else week.equipped} équipés",
            f"{week.trained} formés",
            f"{'?' if week.active is None else week.active} actifs",
            f"{few if week.stations is None else week.stations} postes actifs",
        ]
        click.echo(f"semaine du {week.monday:%d/%m/%Y} : {', '.join(told)}")
    if not weeks:
        click.echo("Rien à compter encore : ni outil ouvert, ni présence, ni usage.")


PEOPLE_VERBS = (person, correct, erase, withdraw, moodle, adoption)
