"""The trainer's page, in JupyterLab only: who handed in, who is stuck, which exercises trip, what awaits a decision.

It names learners: it is opened from `formatrice/suivi.ipynb` behind the trainer's token, never served to agents.
"""

from __future__ import annotations

import os

from atelier_ia.apps.kit import App
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import NBSP, plural
from atelier_ia.training import following
from atelier_ia.training.decisions import Case, decide
from atelier_ia.training.following import ItemFigures, Overview
from atelier_ia.training.rubrics import list_assignments, load_assignment
from atelier_ia.training.scoring import rubric_lines
from atelier_ia.training.wording import number

ALL = ""
_ENOUGH_ANSWERS = 5


class FollowUp(App):
    """One assignment at a time, or all of them."""

    def __init__(self) -> None:
        self.assignment = ALL
        self.done = ""
        self._cases: tuple[Case, ...] = ()
        super().__init__()

    def opened(self) -> bool:
        return True

    def view(self) -> list[Node | None]:
        view = following.overview((self.assignment,) if self.assignment else ())
        self._cases = tuple(view.contested)
        return [
            ui.columns(
                ui.field("devoir", "Devoir", self.assignment, kind="choix", options=self._choices(), live=True),
                ui.group(
                    ui.button("actualiser", "Actualiser", sign="recommencer"),
                    ui.button("corriger", "Corriger les nouveaux travaux", "primaire"),
                    look="ligne",
                ),
            ),
            ui.link("formgrader", "Ouvrir formgrader : lire et noter à la main", _formgrader(self.assignment)),
            self.problem_notice(),
            ui.notice("succes", self.done, id="fait", look="mince") if self.done else None,
            self._summary(view),
            self._contested(view),
            self._to_read(view),
            self._stuck(view),
            self._items(view),
            self._people(view),
        ]

    def _choices(self) -> list[tuple[str, str]]:
        return [(ALL, "Tous les devoirs"), *((name, load_assignment(name).title) for name in list_assignments())]

    def _summary(self, view: Overview) -> Node:
        people = {record.learner for record in view.records}
        given = {record.learner for record in view.records if record.status != "non rendu"}
        graded = sum(1 for record in view.records if record.status in ("noté", "à revoir"))
        return ui.panel(
            "ensemble",
            "En un coup d'œil",
            ui.group(
                ui.figure(str(len(given)), "", f"ont rendu, sur {plural(len(people), 'personne', 'personnes')}"),
                ui.figure(str(graded), "", "travaux corrigés" if graded > 1 else "travail corrigé"),
                ui.figure(str(len({stuck.learner for stuck in view.stuck})), "", "peut-être bloquées"),
                ui.figure(
                    str(len(view.to_review)), "", "réponses à lire" if len(view.to_review) > 1 else "réponse à lire"
                ),
                ui.figure(str(len(view.contested)), "", "contestations" if len(view.contested) > 1 else "contestation"),
                look="avant-avec",
            ),
        )

    def _contested(self, view: Overview) -> Node | None:
        if not view.contested:
            return None
        return ui.panel(
            "contestes",
            "Verdicts contestés, à décider",
            *(self._case(rank, case) for rank, case in enumerate(view.contested)),
            hint="Sans nom. Donner raison vaut pour toutes les copies qui portent cette même réponse, et le reste.",
        )

    def _case(self, rank: int, case: Case) -> Node:
        exercise = load_assignment(case.assignment).exercise(case.exercise)
        titles = {line: title for line, title, _, _ in rubric_lines(exercise)}
        title = titles.get(case.criterion, case.criterion)
        return ui.group(
            ui.prose(f"{exercise.title} — {title} : jugé « {case.verdict} »", look="libelle"),
            ui.quotation("La réponse", case.answer),
            ui.quotation("La raison donnée", case.reason) if case.reason else None,
            ui.field(f"motif-{rank}", "Votre raison (la personne la lira)", ""),
            ui.group(
                ui.button(f"confirmer-{rank}", "Confirmer le verdict", described=f"motif-{rank}"),
                ui.button(f"accorder-{rank}", "Donner raison", "primaire", described=f"motif-{rank}"),
                look="ligne",
            ),
        )

    def _to_read(self, view: Overview) -> Node | None:
        if not view.to_review:
            return None
        rows = [(learner, _exercise(assignment, name), why) for learner, assignment, name, why in view.to_review]
        return ui.panel(
            "a-lire",
            "À lire par vous",
            ui.table("a-lire-table", "Réponses qui attendent une personne", ("Personne", "Exercice", "Pourquoi"), rows),
        )

    def _stuck(self, view: Overview) -> Node | None:
        if not view.stuck:
            return None
        rows = [(one.learner, _exercise(one.assignment, one.exercise), one.next_step or "—") for one in view.stuck]
        return ui.panel(
            "bloques",
            "Peut-être bloqués",
            ui.table("bloques-table", "Moins de 40 % des points", ("Personne", "Exercice", "Prochaine étape"), rows),
        )

    def _items(self, view: Overview) -> Node:
        rows = [_item(item) for item in view.items if item.success is not None]
        if not rows:
            return ui.panel("exercices", "Les exercices", ui.prose("Aucun travail corrigé pour l'instant."))
        columns = ("Exercice", "Réponses", "Réussite", "Discrimination", "Erreur la plus fréquente")
        return ui.panel(
            "exercices",
            "Les exercices",
            ui.table("exercices-table", "Ce que chaque exercice révèle", columns, rows),
            hint=(
                "Sous 60 % de réussite, revoyez l'exercice ou la leçon. Une discrimination basse (sous 0,2) : "
                "ceux qui réussissent le reste échouent ici aussi souvent que les autres."
            ),
        )

    def _people(self, view: Overview) -> Node | None:
        rows = [
            (
                record.learner,
                record.title,
                record.status,
                "—" if record.score is None else f"{number(record.score)} / {number(record.max_score)}",
            )
            for record in view.records
        ]
        if not rows:
            return None
        return ui.disclosure(
            "personnes",
            "Travaux, personne par personne",
            ui.table("personnes-table", "Où en est chacun", ("Personne", "Devoir", "État", "Note"), rows),
        )

    def on_devoir(self, values: Node, detail: Node) -> None:
        """Another assignment."""
        self.assignment, self.done = str(values.get("devoir", "")), ""

    def on_actualiser(self, values: Node, detail: Node) -> None:
        """Reads everything again."""
        self.done = ""

    def on_corriger(self, values: Node, detail: Node) -> None:
        """Grades what is new, as `atelier corriger` does."""
        from atelier_ia.training.grading import grade

        report = grade((self.assignment,) if self.assignment else ())
        count = len(report.graded)
        self.done = f"{plural(count, 'travail corrigé', 'travaux corrigés')}, {report.unchanged} sans changement."
        self.announce(self.done)

    def on_accorder(self, values: Node, detail: Node) -> None:
        """The learner is right."""
        self._decide(values, int(detail["which"]), granted=True)

    def on_confirmer(self, values: Node, detail: Node) -> None:
        """The rubric is right."""
        self._decide(values, int(detail["which"]), granted=False)

    def _decide(self, values: Node, rank: int, *, granted: bool) -> None:
        decide(self._cases[rank].id, granted=granted, reason=str(values.get(f"motif-{rank}", "")).strip())
        done = "La personne a raison" if granted else "Verdict confirmé"
        self.done = f"{done} : la prochaine correction en tient compte, et toutes les suivantes."
        self.announce(self.done)
        self.focus("ensemble-titre")


def _exercise(assignment: str, name: str) -> str:
    found = load_assignment(assignment)
    titles = {exercise.id: exercise.title for exercise in found.exercises}
    return f"{found.title} — {titles.get(name, name)}"


def _item(item: ItemFigures) -> tuple[str, ...]:
    assert item.success is not None
    rate = f"{round(100 * item.success)}{NBSP}%" + (" ← à revoir" if item.weak else "")
    return (
        _exercise(item.assignment, item.exercise),
        str(item.answers),
        rate,
        _discrimination(item),
        item.frequent_mistake or "—",
    )


def _discrimination(item: ItemFigures) -> str:
    if item.discrimination is not None:
        return number(item.discrimination)
    return f"moins de {_ENOUGH_ANSWERS} réponses" if item.answers < _ENOUGH_ANSWERS else "—"


def _formgrader(assignment: str) -> str:
    """formgrader's page of the submissions, on this very server (or this person's, under a hub)."""
    base = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
    return f"{base}formgrader/gradebook/{assignment}/{assignment}/" if assignment else f"{base}formgrader/gradebook"


def app() -> FollowUp:
    """The page, to be the last line of its notebook's cell."""
    return FollowUp()
