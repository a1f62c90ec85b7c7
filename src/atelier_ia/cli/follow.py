"""`atelier suivi`: who handed in, who is stuck, which exercises need another look."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from atelier_ia.cli.french import FrenchCommand


@click.command(cls=FrenchCommand, name="suivi")
@click.argument("devoirs", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Écrire le suivi en JSON.")
def command(devoirs: tuple[str, ...], as_json: bool) -> None:
    """Suivre un cours : travaux rendus, personnes bloquées, analyse des exercices, verdicts à décider."""
    from atelier_ia.training.following import Overview, overview
    from atelier_ia.training.rubrics import load_assignment

    for name in devoirs:
        load_assignment(name)
    view: Overview = overview(devoirs)
    if as_json:
        print(json.dumps(asdict(view), ensure_ascii=False, default=str))
        return
    for record in view.records:
        score = "—" if record.score is None else f"{record.score:g}/{record.max_score:g}".replace(".", ",")
        print(f"{record.assignment:<24} {record.learner:<28} {record.status:<10} {score}")
    if not view.records:
        print("Aucun travail rendu pour l'instant.")
    for item in view.items:
        if item.success is None:
            continue
        mark = "  ← à revoir" if item.weak else ""
        rate = f"{item.success:.0%}".replace("%", " %")
        print(f"{item.assignment} / {item.exercise} : réussite {rate} sur {item.answers} réponse(s){mark}")
        if item.frequent_mistake:
            print(f"    Erreur la plus fréquente : {item.frequent_mistake}")
    for stuck in view.stuck:
        print(f"Peut-être bloqué : {stuck.learner}, {stuck.assignment} / {stuck.exercise} : {stuck.next_step}")
    for learner, assignment, exercise, why in view.to_review:
        print(f"À lire : {learner}, {assignment} / {exercise} — {why}")
    for case in view.contested:
        print("Contesté : " + " / ".join(str(case.get(key, "?")) for key in ("assignment", "exercise", "criterion")))
