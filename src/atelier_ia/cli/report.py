"""`atelier rapport`: write the reports that HR, management and elected people decide on."""

from __future__ import annotations

import json
from pathlib import Path

import click

from atelier_ia.cli.french import FrenchGroup


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
            "fichiers": {name: str(path) for name, path in files.items()},
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
def attestations(dossier: Path | None, as_json: bool) -> None:
    """Attestations de formation : un PDF accessible par agent, numéroté."""
    from datetime import date

    from atelier_ia.measurement.attestations import write_attestations
    from atelier_ia.measurement.hr_sources import module_skills, read_records
    from atelier_ia.settings import data_folder

    folder = dossier or data_folder() / "rapports" / "attestations"
    done = write_attestations(read_records(), folder, date.today(), module_skills())
    if as_json:
        rows = [
            {"numero": item.number, "identifiant": item.learner, "fichier": str(item.path), "remplace": item.replaces}
            for item in done
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not done:
        click.echo("Aucune attestation : aucune présence n'est enregistrée ; complétez var/presences.csv.")
    for item in done:
        click.echo(str(item.path))


def _checkpoint(wave: str, folder: Path | None, as_json: bool, *, elected: bool) -> None:
    from typing import cast

    from atelier_ia.measurement.checkpoints import write_checkpoint
    from atelier_ia.measurement.surveys import Wave
    from atelier_ia.settings import data_folder

    done = write_checkpoint(cast(Wave, wave), folder or data_folder() / "rapports", elected=elected)
    if as_json:
        answer = {"pdf": str(done.pdf), "docx": str(done.docx), "fige": done.frozen, "titre": done.content["title"]}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    click.echo(f"{done.pdf}\n{done.docx}")
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
    """Point d'étape J+15, J+30 ou J+90 : PDF accessible et .docx."""
    _checkpoint(jalon, dossier, as_json, elected=False)


@command.command()
@click.option("--jalon", type=_WAVE, default="J+90", help="Vague du questionnaire (par défaut : J+90).")
@click.option("--dossier", type=click.Path(path_type=Path), help="Où écrire les fichiers (par défaut : var/rapports).")
@click.option("--json", "as_json", is_flag=True, help="Donner la liste des fichiers en JSON.")
def elus(jalon: str, dossier: Path | None, as_json: bool) -> None:
    """Une page pour les élus : trois chiffres, une décision proposée."""
    _checkpoint(jalon, dossier, as_json, elected=True)
