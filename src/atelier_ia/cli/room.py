"""`atelier salle`."""

from __future__ import annotations

import importlib.util
import json
import sys

import click

from atelier_ia.cli.french import FrenchCommand
from atelier_ia.errors import AtelierError


@click.command(cls=FrenchCommand, name="salle")
@click.option("--sans-navigateur", "no_browser", is_flag=True, help="Ne pas ouvrir le navigateur.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Port de la salle (8000 par défaut).")
@click.option("--port-agents", "agents_port", type=click.IntRange(0, 65535), default=8866, help="Port des agents.")
@click.option("--local", is_flag=True, help="N'ouvrir la salle que sur ce poste (essai).")
@click.option("--adresse", "address", default="", help="Adresse de ce poste à utiliser (toutes par défaut).")
@click.option("--code", default="", help="Choisir le code de la séance.")
@click.option("--nouveau-code", "new_code", is_flag=True, help="Tirer un nouveau code de séance.")
@click.option("--certificat", "certificate", type=click.Path(exists=True, dir_okay=False), help="Certificat TLS (PEM).")
@click.option("--cle", "key", type=click.Path(exists=True, dir_okay=False), help="Clé du certificat (PEM).")
@click.option("--tls", is_flag=True, help="Chiffrer l'adresse avec un certificat propre à cette salle.")
@click.option("--memoire", "memory", type=click.IntRange(256, 65536), default=1024, help="Mégaoctets par personne.")
@click.option(
    "--inactivite",
    "idle_minutes",
    type=click.FloatRange(0),
    default=120,
    help="Minutes sans navigateur ouvert avant de fermer une place (120 ; 0 : jamais).",
)
@click.option("--sans-isolement", "unprotected", is_flag=True, help="Ouvrir même si personne ne peut être isolé.")
@click.option("--json", "as_json", is_flag=True, help="Donner les adresses en JSON sur la sortie standard.")
def command(
    no_browser: bool,
    port: int,
    agents_port: int,
    local: bool,
    address: str,
    code: str,
    new_code: bool,
    certificate: str | None,
    key: str | None,
    tls: bool,
    memory: int,
    idle_minutes: float,
    unprotected: bool,
    as_json: bool,
) -> None:
    """Ouvrir une salle de formation sur ce poste, sans Internet, jusqu'à Ctrl + C."""
    if importlib.util.find_spec("jupyterhub") is None:
        raise AtelierError("Il manque JupyterHub ; relancez « make start », ou installez l'extra « salle ».")
    from atelier_ia.rooms.launcher import RoomLauncher, RoomWishes
    from atelier_ia.rooms.sandbox import Limits

    def say(line: str) -> None:
        print(line, file=sys.stderr if as_json else sys.stdout, flush=True)

    def ready(addresses: dict[str, str]) -> None:
        if as_json:
            print(json.dumps(addresses, ensure_ascii=False), flush=True)
            return
        say("")
        say(f"  Participants  : {addresses['participants']}   code : {addresses['code']}")
        say(f"  Applications  : {addresses['agents']}   même code")
        say(f"  Formatrice    : {addresses['formatrice']}")
        say(f"  Isolement     : {addresses['isolement']}")
        say("")
        say(qr_lines(f"{addresses['participants']}hub/login#code={addresses['code']}"))
        say("Gardez cette fenêtre ouverte. Pour tout arrêter : Ctrl + C. Le travail de chacun reste enregistré.")

    wishes = RoomWishes(
        browser=not no_browser and not as_json,
        port=port,
        agents_port=agents_port,
        local=local,
        address=address,
        code=code,
        new_code=new_code,
        certificate=certificate or "",
        key=key or "",
        tls=tls,
        unprotected=unprotected,
        idle_minutes=idle_minutes,
        limits=Limits(memory=memory),
    )
    sys.exit(RoomLauncher(wishes, say).run(ready))


def qr_lines(address: str) -> str:
    """The address as a QR code, in characters."""
    import io

    import segno

    out = io.StringIO()
    segno.make(address, error="m").terminal(out, compact=True, border=2)
    return out.getvalue()
