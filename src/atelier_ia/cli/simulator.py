"""`atelier simulateur`: serve the embedded simulator over HTTP, for another client."""

from __future__ import annotations

import click

from atelier_ia.cli.french import FrenchCommand


@click.command(
    cls=FrenchCommand,
    name="simulateur",
    help="Servir le simulateur (pas une IA) par HTTP, au format « OpenAI-compatible ».",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8767, show_default=True, help="Port d'écoute.")
@click.option("--hote", "host", default="127.0.0.1", show_default=True, help="Adresse d'écoute.")
def command(port: int, host: str) -> None:
    """Serve until it is interrupted."""
    from atelier_ia.assistant.simulator.server import SimulatorServer
    from atelier_ia.errors import AtelierError
    from atelier_ia.settings import load_settings

    try:
        server = SimulatorServer(load_settings(), host, port)
    except OSError:
        raise AtelierError(f"Le port {port} est occupé ou interdit ; choisissez-en un autre avec --port.") from None
    click.echo(f"Simulateur, pas une IA : {server.url} (Ctrl-C pour arrêter).")
    try:
        server.serve_forever(poll_interval=0.2)
    finally:
        server.server_close()
