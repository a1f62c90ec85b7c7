"""`atelier noter`: list the exercises, or grade loose answers given as JSON lines."""

from __future__ import annotations

import json
import sys

import click

from atelier_ia.cli.french import FrenchCommand
from atelier_ia.errors import AtelierError


@click.command(cls=FrenchCommand, name="noter")
@click.argument("devoir", required=False)
@click.argument("exercice", required=False)
@click.option(
    "--jsonl", is_flag=True, help='Lire des lignes {"id","answer"} et écrire une ligne de résultat pour chacune.'
)
@click.option("--liste", "listing", is_flag=True, help="Lister les exercices au lieu de noter.")
@click.option("--json", "as_json", is_flag=True, help="Avec --liste : écrire la liste en JSON.")
def command(devoir: str | None, exercice: str | None, jsonl: bool, listing: bool, as_json: bool) -> None:
    """Noter des réponses lues sur l'entrée, ou lister les exercices."""
    if listing:
        _list(as_json)
        return
    if not devoir or not exercice:
        raise AtelierError(
            "Indiquez le devoir et l'exercice, par exemple « atelier noter s3_m2_courriels consigne --jsonl »."
        )
    from atelier_ia.training.rubrics import load_assignment
    from atelier_ia.training.scoring import score

    exercise = load_assignment(devoir).exercise(exercice)
    if not jsonl:
        result = score(exercise, sys.stdin.buffer.read().decode("utf-8", errors="replace"))
        for line in result.criteria:
            print(f"{line.title} : {line.verdict} — {line.message}")
        shown = "à lire par une personne" if result.score is None else f"{result.score:g} sur {result.max_score:g}"
        print(f"Note : {shown}")
        return
    for number, raw in enumerate(sys.stdin.buffer, 1):
        if not raw.strip():
            continue
        try:
            item = json.loads(raw)
            identifier, answer = item["id"], item["answer"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise AtelierError(f'Ligne {number} : il faut un objet JSON avec les clés "id" et "answer".') from None
        if not isinstance(answer, str):
            raise AtelierError(f'Ligne {number} : "answer" doit être un texte.')
        print(json.dumps({"id": identifier, **score(exercise, answer).as_json()}, ensure_ascii=False), flush=True)


def _list(as_json: bool) -> None:
    from atelier_ia.training.rubrics import list_assignments, load_assignment

    rows = [
        {
            "assignment": name,
            "exercise": exercise.id,
            "kind": exercise.kind,
            "max_score": exercise.max_score,
            "statement": exercise.full_statement,
        }
        for name in list_assignments()
        for exercise in load_assignment(name).exercises
    ]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        print(f"{row['assignment']}  {row['exercise']}  {row['kind']}  {row['max_score']:g}")
