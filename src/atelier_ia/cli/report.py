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
