"""`atelier suivi`: who handed in, who is stuck, which exercises need another look, contested verdicts to decide."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from atelier_ia.cli.french import FrenchCommand
from atelier_ia.errors import AtelierError

if TYPE_CHECKING:
    from atelier_ia.training.following import Overview


@click.command(cls=FrenchCommand, name="suivi")
@click.argument("devoirs", nargs=-1)
@click.option("--accorder", metavar="NUMÉRO", help="Donner raison à la personne sur ce verdict contesté.")
@click.option("--confirmer", metavar="NUMÉRO", help="Confirmer ce verdict contesté.")
@click.option("--motif", default="", help="Votre raison, que la personne lira.")
@click.option("--json", "as_json", is_flag=True, help="Écrire le suivi en JSON.")
def command(devoirs: tuple[str, ...], accorder: str | None, confirmer: str | None, motif: str, as_json: bool) -> None:
    """Suivre un cours : travaux rendus, personnes bloquées, analyse des exercices, verdicts contestés à décider."""
    if accorder and confirmer:
        raise AtelierError("Choisissez l'un ou l'autre : --accorder ou --confirmer.")
    if accorder or confirmer:
        _decide(accorder or confirmer or "", granted=bool(accorder), reason=motif, as_json=as_json)
        return
    from atelier_ia.training.following import overview
    from atelier_ia.training.rubrics import load_assignment

    for name in devoirs:
        load_assignment(name)
    view = overview(devoirs)
    if as_json:
        cases = [case.as_json() for case in view.contested]
        print(json.dumps({**asdict(view), "contested": cases}, ensure_ascii=False, default=str))
        return
    _print(view)


def _decide(identifier: str, *, granted: bool, reason: str, as_json: bool) -> None:
    from atelier_ia.training.decisions import decide

    decision = decide(identifier, granted=granted, reason=reason)
    if as_json:
        print(json.dumps(asdict(decision), ensure_ascii=False))
        return
    done = "accordé" if granted else "confirmé"
    print(
        f"Verdict {done} : {decision.assignment} / {decision.exercise} / {decision.criterion}. "
        "La prochaine correction (« atelier corriger ») en tiendra compte, et toutes les suivantes."
    )


def _print(view: Overview) -> None:
    from atelier_ia.documents.typography import plural

    waiting = Counter(record.assignment for record in view.records if record.status == "non rendu")
    for record in view.records:
        if record.status == "non rendu":  # every agent of the list and every module: a count says it
            continue
        score = "—" if record.score is None else f"{record.score:g}/{record.max_score:g}".replace(".", ",")
        print(f"{record.assignment:<24} {record.learner:<28} {record.status:<10} {score}")
    if len(view.records) == waiting.total():
        print("Aucun travail rendu pour l'instant.")
    for assignment, count in waiting.items():
        print(f"{assignment:<24} pas encore rendu par {plural(count, 'personne')}")
    for item in view.items:
        if item.success is None:
            continue
        mark = "  ← à revoir" if item.weak else ""
        rate = f"{item.success:.0%}".replace("%", " %")
        print(f"{item.assignment} / {item.exercise} : réussite {rate} sur {plural(item.answers, 'réponse')}{mark}")
        if item.frequent_mistake:
            print(f"    Erreur la plus fréquente : {item.frequent_mistake}")
    for stuck in view.stuck:
        print(f"Peut-être bloqué : {stuck.learner}, {stuck.assignment} / {stuck.exercise} : {stuck.next_step}")
    for learner, assignment, exercise, why in view.to_review:
        print(f"À lire : {learner}, {assignment} / {exercise} — {why}")
    for case in view.contested:
        print(f"Contesté ({case.id}) : {case.assignment} / {case.exercise} / {case.criterion} — {case.reason}")
        print(f"    « atelier suivi --accorder {case.id} » ou « --confirmer {case.id} »")
