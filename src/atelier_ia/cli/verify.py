"""`atelier verifier`: the mistakes of the method found in the real plan and data."""

from __future__ import annotations

import json
from datetime import date

import click

from atelier_ia.cli.french import FrenchCommand
from atelier_ia.cli.plan import Day

MISTAKES_FOUND = 3
"""Exit code when at least one mistake is found (1 and 2 mean that the command itself could not run)."""

_MARKS = {"erreur": "✗", "à surveiller": "!", "rien trouvé": "✓", "non vérifié": "?"}


@click.command(cls=FrenchCommand, name="verifier")
@click.option("--json", "as_json", is_flag=True, help="Écrire les contrôles en JSON sur la sortie standard.")
@click.option("--modele", "template", is_flag=True, help="Écrire un var/deploiement.toml à compléter, puis s'arrêter.")
@click.option("--au", "today", type=Day(), metavar="DATE", help="Situation à cette date (sinon aujourd'hui).")
def command(as_json: bool, template: bool, today: date | None) -> None:
    """Chercher dans le plan et les données les erreurs que la méthode demande d'éviter, avec leur remède.

    Lit atelier.toml, planification.toml, var/plan.csv, var/deploiement.toml, var/diagnostic/outils.csv,
    var/apprenants.csv et var/presences.csv. Code de sortie : 0 si aucune erreur n'est trouvée, 3 sinon.
    """
    if template:
        from atelier_ia.tool_choice.deployment import write_template

        click.echo(f"Écrit : {write_template()}")
        return
    from atelier_ia.measurement.method_check import check_method, findings_as_json
    from atelier_ia.measurement.method_evidence import gather
    from atelier_ia.settings import load_settings

    moment = today or date.today()
    findings = check_method(gather(load_settings(), moment))
    if as_json:
        click.echo(json.dumps(findings_as_json(findings, moment), ensure_ascii=False, indent=1))
    else:
        unchecked: dict[tuple[str, ...], list[str]] = {}
        for item in findings:
            if item.verdict == "non vérifié":  # said once for all that the same missing data hides
                unchecked.setdefault(tuple(item.facts), []).append(item.mistake.title)
                continue
            click.echo(f"{_MARKS[item.verdict]} {item.mistake.title} : {item.verdict}")
            for fact in item.facts:
                click.echo(f"    {fact}")
            if item.verdict in ("erreur", "à surveiller"):
                click.echo(f"    → {item.mistake.remedy}")
        for facts, titles in unchecked.items():
            click.echo(f"{_MARKS['non vérifié']} Non vérifié :")
            for title in titles:
                click.echo(f"    - {title}")
            for fact in facts:
                click.echo(f"    {fact}")
    if any(item.verdict == "erreur" for item in findings):
        raise click.exceptions.Exit(MISTAKES_FOUND)
