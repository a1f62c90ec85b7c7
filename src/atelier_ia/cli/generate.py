"""`atelier generer`: derive the learners' exercises from their rubrics."""

from __future__ import annotations

import sys

import click

from atelier_ia.cli.french import FrenchCommand


@click.command(cls=FrenchCommand, name="generer")
@click.argument("devoirs", nargs=-1)
@click.option("--verifier", "check_only", is_flag=True, help="Ne rien écrire : échouer si un seul octet diffère.")
def command(devoirs: tuple[str, ...], check_only: bool) -> None:
    """Composer les carnets de solutions/ et en tirer la version des stagiaires dans exercises/."""
    from atelier_ia.runtime.imports import skip_slow_imports
    from atelier_ia.settings import project_root
    from atelier_ia.training.generation import check, generate

    skip_slow_imports()
    root = project_root()
    if check_only:
        wrong = check(devoirs)
        for path in wrong:
            print(f"À régénérer : {path.relative_to(root)} ; lancez « atelier generer ».", file=sys.stderr)
        if wrong:
            raise click.exceptions.Exit(1)
        print("Les carnets correspondent aux barèmes, octet pour octet.")
        return
    changed = generate(devoirs)
    for path in changed:
        print(f"Écrit : {path.relative_to(root)}")
    if not changed:
        print("Rien à changer : les carnets correspondent déjà aux barèmes.")
