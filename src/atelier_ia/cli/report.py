"""`atelier rapport`: write the reports that HR, management and elected people decide on."""

from __future__ import annotations

import json
from pathlib import Path

import click

from atelier_ia.cli.french import FrenchGroup
from atelier_ia.cli.report_people import PEOPLE_VERBS


@click.group(cls=FrenchGroup)
def command() -> None:
    """Produire les rapports : suivi RH, bilans d'étape, attestations."""


@command.command()
@click.option("--dossier", type=click.Path(path_type=Path), help="Où écrire les fichiers (par défaut : var/rapports).")
@click.option("--json", "as_json", is_flag=True, help="Donner la liste des fichiers en JSON.")
def rh(dossier: Path | None, as_json: bool) -> None:
    """Suivi RH : classeur .xlsx, .csv, état nominatif et bilan en PDF accessible."""
    from atelier_ia.measurement.hr_report import write_hr_report
    from atelier_ia.settings import data_folder

    report = write_hr_report(dossier or data_folder() / "rapports")
    if as_json:
        files = {
            "classeur": report.workbook,
            "csv": report.csv,
            "etat_nominatif": report.nominative_pdf,
            "bilan": report.summary_pdf,
        }
        answer = {
            "fichiers": {name: str(path) for name, path in files.items() if path is not None},
            "agents_formes": report.agents,
            "heures": report.hours,
            "avertissements": list(report.warnings),
        }
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for path in report.paths:
        click.echo(str(path))
    for sentence in report.warnings:
        click.echo(f"À noter : {sentence}", err=True)


@command.command()
@click.option("--dossier", type=click.Path(path_type=Path), help="Où écrire les fichiers (par défaut : var/rapports).")
@click.option("--json", "as_json", is_flag=True, help="Donner la liste des attestations en JSON.")
@click.option("--badges", "with_badges", is_flag=True, help="Écrire aussi un badge numérique par attestation.")
def attestations(dossier: Path | None, as_json: bool, with_badges: bool) -> None:
    """Attestations de formation : un PDF accessible par agent, numéroté ; badges Open Badges 3.0 sur demande."""
    from datetime import date

    from atelier_ia.measurement.attestations import write_attestations
    from atelier_ia.measurement.hr_sources import module_skills, read_records
    from atelier_ia.settings import data_folder

    folder = dossier or data_folder() / "rapports" / "attestations"
    records, skills = read_records(), module_skills()
    done = write_attestations(records, folder, date.today(), skills)
    badges: tuple[Path, ...] = ()
    if with_badges:
        from atelier_ia.measurement.badges import write_badges

        badges = write_badges(records, done, folder, skills)
    if as_json:
        rows = [
            {"numero": item.number, "identifiant": item.learner, "fichier": str(item.path), "remplace": item.replaces}
            | ({"badge": str(badges[index])} if badges else {})
            for index, item in enumerate(done)
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not done:
        click.echo("Aucune attestation : aucune présence n'est enregistrée ; complétez var/presences.csv.")
    for path in (*(item.path for item in done), *badges):
        click.echo(str(path))


@command.command(name="verifier-badge")
@click.argument("fichier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--nom", default="", help="Prénom et nom de la personne qui présente le badge.")
@click.option("--json", "as_json", is_flag=True, help="Donner le résultat en JSON.")
def verify_badge(fichier: Path, nom: str, as_json: bool) -> None:
    """Vérifier un badge (PNG) sans réseau : signature, émetteur, personne. Code de sortie 3 s'il ne convient pas."""
    from datetime import date

    from atelier_ia.documents.typography import long_date
    from atelier_ia.measurement.attestation_register import replaced_by
    from atelier_ia.measurement.badges import verify

    found = verify(fichier.read_bytes())
    number = str(found.credential["name"]).rpartition(" ")[2]
    newer = replaced_by(number) if found.ours else ""
    right = found.bears(nom) if nom else None
    if as_json:
        answer = {
            "emetteur": found.issuer_name,
            "cle": found.issuer,
            "notre_cle": found.ours,
            "numero": number,
            "remplacee_par": newer,
            "personne": right,
            "contenu": found.credential,
        }
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        issued = long_date(date.fromisoformat(found.credential["validFrom"][:10]))
        click.echo(f"Signature exacte. {found.credential['name']}, émise le {issued}.")
        click.echo(str(found.credential["credentialSubject"]["narrative"]))
        whose = "de cette collectivité" if found.ours else "inconnue ici : comparez-la à celle que publie l'émetteur"
        click.echo(f"Émetteur déclaré : {found.issuer_name} ; clé {whose}.")
        if newer:
            click.echo(f"Cette attestation a été remplacée par le n° {newer}.")
        if right is not None:
            click.echo("La personne est bien celle-là." if right else "Le badge n'est pas à ce nom.")
    if newer or right is False:
        raise click.exceptions.Exit(3)


def _checkpoint(wave: str, folder: Path | None, as_json: bool, *, elected: bool) -> None:
    from typing import cast

    from atelier_ia.measurement.checkpoints import write_checkpoint
    from atelier_ia.measurement.surveys import Wave
    from atelier_ia.settings import data_folder

    done = write_checkpoint(cast(Wave, wave), folder or data_folder() / "rapports", elected=elected)
    if as_json:
        answer = {"pdf": str(done.pdf), "docx": str(done.docx), "fige": done.frozen, "titre": done.content["title"]}
        if done.dashboard:
            answer["tableau"] = str(done.dashboard)
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for path in (done.dashboard, done.pdf, done.docx):
        if path:
            click.echo(str(path))
    if done.frozen:
        click.echo(
            "À noter : trop peu de réponses nouvelles depuis le dernier bilan ; ses chiffres sont repris tels quels.",
            err=True,
        )


_WAVE = click.Choice(["J+15", "J+30", "J+90"], case_sensitive=False)


@command.command()
@click.argument("jalon", type=_WAVE)
@click.option("--dossier", type=click.Path(path_type=Path), help="Où écrire les fichiers (par défaut : var/rapports).")
@click.option("--json", "as_json", is_flag=True, help="Donner la liste des fichiers en JSON.")
def etape(jalon: str, dossier: Path | None, as_json: bool) -> None:
    """Point d'étape J+15, J+30 ou J+90 : tableau d'une page, PDF accessible et .docx."""
    _checkpoint(jalon, dossier, as_json, elected=False)


@command.command()
@click.option("--jalon", type=_WAVE, default="J+90", help="Vague du questionnaire (par défaut : J+90).")
@click.option("--dossier", type=click.Path(path_type=Path), help="Où écrire les fichiers (par défaut : var/rapports).")
@click.option("--json", "as_json", is_flag=True, help="Donner la liste des fichiers en JSON.")
def elus(jalon: str, dossier: Path | None, as_json: bool) -> None:
    """Une page pour les élus : trois chiffres, une décision proposée."""
    _checkpoint(jalon, dossier, as_json, elected=True)


@command.command()
@click.option("--dossier", type=click.Path(path_type=Path), help="Où écrire les fichiers (par défaut : var/rapports).")
@click.option("--json", "as_json", is_flag=True, help="Donner la liste des fichiers en JSON.")
def registre(dossier: Path | None, as_json: bool) -> None:
    """Registre daté des mesures de maîtrise de l'IA (règlement européen, article 4)."""
    from datetime import date

    from atelier_ia.measurement.hr_sources import read_records
    from atelier_ia.measurement.literacy_register import write_register
    from atelier_ia.settings import data_folder

    pdf, table = write_register(read_records(), dossier or data_folder() / "rapports", date.today())
    click.echo(json.dumps({"pdf": str(pdf), "csv": str(table)}) if as_json else f"{pdf}\n{table}")


@command.command()
@click.argument("titre")
@click.option("--date", "day", required=True, help="Jour de la séance, par exemple 25/01/2027.")
@click.option("--heures", required=True, help="Durée, par exemple 3,5 ou 2 h 30.")
@click.option("--service", default="", help="Seulement les agents de ce service (identifiant d'atelier.toml).")
@click.option("--lieu", default="", help="Salle ou adresse.")
@click.option("--sortie", type=click.Path(path_type=Path), help="Fichier à écrire (par défaut : dans var/rapports).")
def emargement(titre: str, day: str, heures: str, service: str, lieu: str, sortie: Path | None) -> None:
    """Feuille de présence à imprimer et à faire signer."""
    from atelier_ia.documents.tables import parse_date, parse_hours
    from atelier_ia.errors import AtelierError
    from atelier_ia.settings import data_folder, load_settings
    from atelier_ia.training.roster import read_roster
    from atelier_ia.training.sign_in import sign_in_pdf

    try:
        when, hours = parse_date(day), parse_hours(heures)
    except ValueError:
        raise AtelierError("La date s'écrit 25/01/2027 et la durée 3,5 ou 2 h 30 ; corrigez-les.") from None
    settings = load_settings()
    people = [who for who in read_roster(settings=settings) if not service or who.service == service]
    target = sortie or data_folder() / "rapports" / f"emargement_{when.isoformat()}.pdf"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(sign_in_pdf(titre, when, hours, people, settings, place=lieu))
    click.echo(str(target))


@command.command()
@click.option("--dossier", type=click.Path(path_type=Path), help="Où écrire les fichiers (par défaut : var/rapports).")
def rgpd(dossier: Path | None) -> None:
    """Fiche de registre et notice d'information, à relire par le délégué à la protection des données."""
    from datetime import date

    from atelier_ia.measurement.privacy_papers import write_privacy_papers
    from atelier_ia.settings import data_folder, load_settings

    for path in write_privacy_papers(dossier or data_folder() / "rapports", load_settings(), date.today()):
        click.echo(str(path))


for verb in PEOPLE_VERBS:
    command.add_command(verb)
