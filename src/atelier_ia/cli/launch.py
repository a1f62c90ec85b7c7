"""`atelier lancer`."""

from __future__ import annotations

import json
import sys

import click

from atelier_ia.cli.french import FrenchCommand


@click.command(cls=FrenchCommand)
@click.option("--sans-navigateur", "no_browser", is_flag=True, help="Ne pas ouvrir le navigateur.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8888, help="Port de l'espace de formation (8888 par défaut)."
)
@click.option(
    "--port-agents", "agents_port", type=click.IntRange(0, 65535), default=8866, help="Port des applications (8866)."
)
@click.option("--json", "as_json", is_flag=True, help="Donner les adresses en JSON sur la sortie standard.")
def command(no_browser: bool, port: int, agents_port: int, as_json: bool) -> None:
    """Démarrer l'espace de formation et les applications des agents, jusqu'à Ctrl + C."""
    from atelier_ia.runtime.launcher import Launcher, Options

    def say(line: str) -> None:
        print(line, file=sys.stderr if as_json else sys.stdout, flush=True)

    def ready(addresses: dict[str, str]) -> None:
        if as_json:
            print(json.dumps(addresses, ensure_ascii=False), flush=True)
            return
        say("")
        say(f"  Formatrice, formateur : {addresses['formation']}")
        say(f"  Agents                : {addresses['agents']}")
        say("")
        say("Gardez cette fenêtre ouverte. Pour tout arrêter : Ctrl + C.")

    options = Options(
        browser=not no_browser and not as_json,
        port=port,
        agents_port=agents_port,
        public_pages=("atelier_ia.apps.citizens_page",),
    )
    sys.exit(Launcher(options, say).run(ready))
