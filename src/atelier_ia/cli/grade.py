"""`atelier corriger`: grade the submissions."""

from __future__ import annotations

import gc
import json
import sys
from typing import Any

import click

from atelier_ia.cli.french import FrenchCommand
from atelier_ia.cli.idle import sentence

_FIRST = 20


@click.command(cls=FrenchCommand, name="corriger")
@click.option(
    "--devoir",
    "--assignment",
    "-a",
    "assignments",
    multiple=True,
    metavar="DEVOIR",
    help="Seulement ce devoir (répétable).",
)
@click.option(
    "--personne",
    "--learner",
    "-l",
    "learners",
    multiple=True,
    metavar="PERSONNE",
    help="Seulement cette personne (répétable).",
)
@click.option(
    "--processus", "--jobs", "jobs", type=click.IntRange(1, 64), help="Nombre de processus (par défaut : un par cœur)."
)
@click.option(
    "--sans-isolement",
    "bare",
    is_flag=True,
    help="Exécuter le code des copies sans bac à sable (seulement si vous répondez de leurs auteurs).",
)
@click.option(
    "--avis",
    "advice",
    is_flag=True,
    help="Demander ensuite l'avis du modèle sur les réponses ouvertes ; il ne donne aucun point.",
)
@click.option("--json", "as_json", is_flag=True, help="Écrire le compte rendu en JSON.")
def command(
    assignments: tuple[str, ...], learners: tuple[str, ...], jobs: int | None, bare: bool, advice: bool, as_json: bool
) -> None:
    """Corriger les travaux rendus ; un travail inchangé n'est pas recorrigé."""
    told = _corrected(assignments, learners, jobs, bare, as_json)
    if advice:
        told["advice"] = _advised(assignments, learners, as_json)
    if as_json:
        print(json.dumps(told, ensure_ascii=False))


def _advised(assignments: tuple[str, ...], learners: tuple[str, ...], as_json: bool) -> list[dict[str, Any]]:
    """The model's opinion on each open answer, a person's mark beside it."""
    from dataclasses import asdict

    from atelier_ia.training.judge import opinions
    from atelier_ia.training.wording import number, points

    rows = []
    for opinion in opinions(assignments, learners):
        rows.append(asdict(opinion))
        if as_json:
            continue
        mine = "sans avis" if opinion.score is None else f"{number(opinion.score)} sur {points(opinion.max_score)}"
        person = "pas encore" if opinion.person is None else number(opinion.person)
        print(f"  Avis ({opinion.model}) : {opinion.learner}, {opinion.assignment}, {opinion.exercise} — {mine}")
        print(f"    Note de la formatrice : {person}.")
        for line in opinion.lines:
            print(f"    {line.title} : {line.verdict or 'sans avis'}. {line.proof or line.reason}".rstrip())
    return rows


def _begun(done: int, _total: int, _correction: object) -> None:
    """Once a few submissions are scored, everything that stays is read: collect again, and never through it."""
    if done in (_FIRST, _total):
        gc.freeze()
        gc.enable()


def _corrected(
    assignments: tuple[str, ...], learners: tuple[str, ...], jobs: int | None, bare: bool, as_json: bool
) -> dict[str, Any]:
    """Grade, say what was done, and return it as `--json` gives it."""
    from atelier_ia.training.ledger import nothing_new

    idle = nothing_new(assignments, learners)
    if idle is not None:
        if not as_json:
            print(sentence(0, idle))
        return {"graded": [], "unchanged": idle, "refused": []}
    # What is read at the start is never garbage: to look for some in it takes a tenth of the run.
    gc.disable()
    from atelier_ia.runtime.imports import skip_slow_imports
    from atelier_ia.training.code_cells import Runner
    from atelier_ia.training.grading import Report, grade

    skip_slow_imports()

    def runner() -> Runner:
        from atelier_ia.runtime.sandbox import Sandbox

        return Sandbox(isolated=not bare)

    report: Report
    if as_json or not sys.stderr.isatty():
        report = grade(assignments, learners, jobs, _begun, runner)
    else:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("Correction"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("corriger", total=None)

            def progress(done: int, total: int, _correction: object) -> None:
                _begun(done, total, _correction)
                bar.update(task, completed=done, total=total)

            report = grade(assignments, learners, jobs, progress, runner)
    rows = [
        {
            "learner": c.learner,
            "assignment": c.assignment,
            "score": c.score,
            "max_score": c.max_score,
            "to_review": c.to_review,
            "reason": c.problem,
        }
        for c in report.graded
    ]
    told = {"graded": rows, "unchanged": report.unchanged, "refused": report.refused}
    if as_json:
        return told
    print(sentence(len(report.graded), report.unchanged))
    for correction in report.to_review:
        reasons = sorted({p.problem or "réponse ouverte à lire" for p in correction.parts if p.score is None})
        print(f"  À revoir : {correction.learner}, {correction.assignment} — {' ; '.join(reasons)}")
    for name in report.refused:
        print(f"  Dépôt ignoré (nom inattendu) : {name[:80]!r}")
    return told
