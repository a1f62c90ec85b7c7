"""`atelier planifier`: the whole calendar of the three months, and where it stands."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from atelier_ia.cli.french import FrenchCommand


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day written 11/01/2027 or 2027-01-11."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; one French sentence when it cannot be read."""
        from atelier_ia.documents.tables import parse_date
        from atelier_ia.errors import AtelierError

        try:
            return parse_date(str(value))
        except ValueError:
            raise AtelierError(f"La date « {str(value)[:40]} » ne se lit pas ; écrivez-la comme 11/01/2027.") from None


@click.command(cls=FrenchCommand, name="planifier")
@click.option("--debut", "start", type=Day(), metavar="DATE", help="Date de départ (sinon celle d'atelier.toml).")
@click.option("--json", "as_json", is_flag=True, help="Écrire le plan en JSON sur la sortie standard.")
@click.option(
    "--dossier",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DOSSIER",
    help="Y écrire le calendrier (.ics, .xlsx), l'image (.svg, .png), son texte et le PDF à imprimer.",
)
@click.option("--fait", "done", metavar="SEANCE", help="Noter qu'une séance, ou toute une étape, a eu lieu.")
@click.option("--le", "held", type=Day(), metavar="DATE", help="Jour de la séance notée (sinon aujourd'hui).")
@click.option("--au", "today", type=Day(), metavar="DATE", help="Situation à cette date (sinon aujourd'hui).")
def command(
    start: date | None, as_json: bool, folder: Path | None, done: str | None, held: date | None, today: date | None
) -> None:
    """Établir le calendrier de la méthode : état des lieux, formations, ateliers, bilan et points d'étape.

    Les week-ends, jours fériés, vacances scolaires, jours de conseil et jours fermés sont évités. Les réglages viennent
    d'atelier.toml et de planification.toml ; les séances faites sont notées dans var/plan.csv.
    """
    from atelier_ia.settings import load_settings
    from atelier_ia.training.planning import build_plan, load_options
    from atelier_ia.training.planning.exports import plan_as_json
    from atelier_ia.training.planning.progress import follow, mark_done, read_done

    settings = load_settings()
    plan = build_plan(settings, load_options(settings=settings), start)
    moment = today or date.today()
    lines = mark_done(plan, done, held or moment) if done else read_done()
    progress = follow(plan, lines, moment)
    files = []
    if folder is not None:
        from atelier_ia.training.planning.printout import write_all

        files = write_all(plan, progress, folder)
    if as_json:
        document = plan_as_json(plan, progress) | {"fichiers": [str(path) for path in files]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    from atelier_ia.training.planning.text import plan_as_text

    click.echo(plan_as_text(plan, progress))
    for path in files:
        click.echo(f"Écrit : {path}")
