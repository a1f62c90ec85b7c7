"""`atelier adapter`: lessons, data and exercises follow a change of `atelier.toml`."""

from __future__ import annotations

import click

from atelier_ia.cli.french import FrenchCommand


@click.command(cls=FrenchCommand, name="adapter")
def command() -> None:
    """Faire suivre leçons, données et exercices après un changement d'atelier.toml."""
    from atelier_ia.place_names import of_place
    from atelier_ia.runtime.imports import skip_slow_imports
    from atelier_ia.settings import project_root
    from atelier_ia.training.adaptation import adapt

    skip_slow_imports()
    done = adapt()
    print(f"Tout est au nom {of_place(done.commune)}.")
    others = [one for one in done.replacements if one.own != one.reference]
    if others:
        width = max(len(one.reference) for one in others)
        print("\nQui traite les cas des services de l'exemple :")
        for one in others:
            print(f"  {one.reference:<{width}}  →  {one.own}{' (par défaut)' if one.assumed else ''}")
    for path in done.written:
        print(f"Écrit : {path.relative_to(project_root())}")
    if done.to_decide:
        print("\nÀ vous de décider :")
        for sentence in done.to_decide:
            print(f"- {sentence}")
