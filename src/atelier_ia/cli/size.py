"""`atelier dimensionner`."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from atelier_ia.cli.french import FrenchCommand


@click.command(cls=FrenchCommand, name="dimensionner")
@click.option("--agents", type=click.IntRange(0, 1_000_000), default=0, help="Agents qui ouvrent les applications.")
@click.option(
    "--groupes", "groups", type=click.IntRange(0, 10_000), default=1, help="Groupes en formation en même temps."
)
@click.option("--taille", "group_size", type=click.IntRange(0, 1000), default=12, help="Personnes par groupe (12).")
@click.option("--part", "share", type=click.FloatRange(0, 1), default=0.10, help="Part des agents à l'heure de pointe.")
@click.option("--memoire", "memory", type=click.IntRange(0), default=0, help="Mémoire d'une machine (Go) ; 16.")
@click.option("--coeurs", "cores", type=click.IntRange(0), default=0, help="Cœurs d'une machine ; 4.")
@click.option("--minutes", type=click.FloatRange(0.1, 600), default=1.0, help="Durée des arrivées, en minutes (1).")
@click.option("--json", "as_json", is_flag=True, help="Écrire le résultat en JSON.")
def command(
    agents: int, groups: int, group_size: int, share: float, memory: int, cores: int, minutes: float, as_json: bool
) -> None:
    """Estimer mémoire, processeurs, disque et machines, pointe de 9 h 30 comprise."""
    from atelier_ia.rooms.sizing import load_costs, size

    need = size(agents, groups, group_size, share_at_once=share, memory=memory * 1000, cores=cores, minutes=minutes)
    costs = load_costs()
    if as_json:
        print(json.dumps({**asdict(need), "measured_on": costs.measured_on.isoformat()}, ensure_ascii=False))
        return

    def number(value: float) -> str:
        return f"{value:g}".replace(".", ",")

    print(f"En même temps : {need.participants} personnes devant un carnet, {need.apps} dans les applications.")
    print(f"Mémoire       : {number(round(need.memory / 1000, 1))} Go, dont un cinquième laissé libre")
    print(f"Processeur    : {need.cores} cœur{'s' if need.cores > 1 else ''}")
    print(f"Disque        : {number(round(need.disk / 1000, 1))} Go")
    print(f"Machines      : {need.machines} ; la première limite atteinte est {need.first_limit}")
    when = "dans la même minute" if minutes == 1 else f"en {number(minutes)} minutes"
    print(
        f"À 9 h 30      : première réponse en {number(need.median_wait)} s (médiane), "
        f"{number(need.worst_wait)} s au pire, si tout le monde arrive {when}"
    )
    print(
        f"Un seul hub   : au plus {need.hub_participants} personnes devant un carnet, ou {need.hub_agents} dans les "
        f"applications, arrivées {when} et servies dans la minute qui suit"
    )
    marking = f"{number(need.marking_minutes)} min pour les groupes, {number(need.everybody_minutes)} min pour tous"
    print(f"Correction    : {marking} (une copie par personne, sur un cœur)")
    print(f"Coûts retenus le {costs.measured_on:%d/%m/%Y} ({costs.source}).")
