"""« Diagnostic express »: three questions to the management team, beside the reference of the method."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from atelier_ia.apps.kit import App
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import number
from atelier_ia.diagnosis.audit import MATURITY, REFERENCE_SHARE, AuditAnswers, load_audit, read_answers, save_audit
from atelier_ia.documents.tables import parse_hours
from atelier_ia.errors import AtelierError

if TYPE_CHECKING:
    from atelier_ia.diagnosis.audit import AuditReading

EXAMPLE = {
    "irritant-1": "Des courriels d'habitants qui posent toujours les mêmes questions",
    "irritant-2": "Des arrêtés presque identiques, refaits à chaque fois",
    "irritant-3": "",
    "heures": "10",
    "maturite": "3",
}
STILL_EXAMPLE = "Les irritants sont encore ceux de l'exemple : écrivez ceux de votre équipe, puis lisez à nouveau."


class ExpressAudit(App):
    """The three answers and what they say."""

    def __init__(self) -> None:
        self.typed = dict(EXAMPLE)
        self.reading: AuditReading | None = None
        self.kept = self.refused = False
        try:
            known = load_audit()
        except AtelierError:
            known = None
        if known is not None:
            self.typed = {
                **{f"irritant-{rank + 1}": text for rank, text in enumerate((*known.irritants, "", "", "")[:3])},
                "heures": number(known.weekly_hours),
                "maturite": str(known.maturity),
            }
        self.example = known is None
        self.reading = self._read()
        super().__init__()

    def _read(self) -> AuditReading | None:
        """What the fields say, when they can be read: a page never opens on an empty result."""
        with contextlib.suppress(AtelierError):
            return read_answers(self._answers())
        return None

    def view(self) -> list[Node | None]:
        return [
            ui.columns(
                ui.panel(
                    "questions",
                    "Trois questions à l'équipe de direction",
                    self.problem_notice(),
                    *(
                        ui.field(f"irritant-{rank}", f"Irritant n° {rank}", self.typed[f"irritant-{rank}"])
                        for rank in (1, 2, 3)
                    ),
                    ui.field(
                        "heures",
                        "Heures par semaine et par personne sur des tâches répétitives",
                        self.typed["heures"],
                        kind="nombre",
                        unit="heures sur 35",
                    ),
                    ui.field(
                        "maturite",
                        "Maturité numérique, honnêtement",
                        self.typed["maturite"],
                        kind="choix",
                        options=[(str(level), f"{level}. {meaning}") for level, (meaning, _) in MATURITY.items()],
                    ),
                    hint="Un exemple est en place : remplacez-le, le pire irritant d'abord."
                    if self.example
                    else "Le pire irritant d'abord.",
                ),
                self._reading_panel(),
                look="entieres",
            ),
            ui.actions(
                ui.prose("Les réponses restent sur cette machine, pour la synthèse et le plan.", look="petit"),
                ui.button("lire", "Lire les réponses", "primaire", sign="suite"),
            ),
        ]

    def _reading_panel(self) -> Node:
        low, high = (number(100 * share, 0) for share in REFERENCE_SHARE)
        if self.reading is None:
            return ui.panel(
                "lecture",
                "Ce que cela dit",
                ui.prose(
                    f"À comparer : {low} à {high} % du temps de travail passe dans des tâches automatisables "
                    "(observé par la méthode)."
                ),
                look="creux",
            )
        return ui.panel(
            "lecture",
            "Ce que dit l'exemple" if self.example else "Ce que cela dit",
            ui.figure(
                number(100 * self.reading.share, 0),
                "%",
                "du temps de travail en tâches répétitives, selon la direction",
                "vedette",
            ),
            ui.prose(f"{self.reading.comparison}\n\n{self.reading.level}. {self.reading.advice}"),
            ui.notice("succes", "Les réponses sont enregistrées.", title="C'est fait.") if self.kept else None,
            ui.notice("alerte", STILL_EXAMPLE, title="Rien n'est enregistré.") if self.refused else None,
            look="creux",
        )

    def on_lire(self, values: Node, detail: Node) -> None:
        self.kept = False
        self.typed = {name: str(values.get(name, known)) for name, known in self.typed.items()}
        answers = self._answers()
        self.reading = read_answers(answers)
        self.refused = self.example and set(answers.irritants) <= set(EXAMPLE.values())
        if not self.refused:
            save_audit(answers)
            self.kept, self.example = True, False
        self.focus("lecture-titre")

    def _answers(self) -> AuditAnswers:
        """The fields as answers; `AtelierError` says what to write."""
        irritants = [self.typed[f"irritant-{rank}"] for rank in (1, 2, 3) if self.typed[f"irritant-{rank}"].strip()]
        if not irritants:
            raise AtelierError("Il manque au moins un irritant ; notez celui qui fait perdre le plus de temps.")
        try:
            hours = parse_hours(self.typed["heures"])
        except ValueError:
            hours = -1
        if not 0 <= hours <= 35:
            raise AtelierError("Les heures par semaine vont de 0 à 35 ; écrivez un nombre, par exemple 10.")
        if self.typed["maturite"] not in {str(level) for level in MATURITY}:
            raise AtelierError("Choisissez un niveau de maturité numérique, de 1 à 5.")
        return AuditAnswers(irritants=tuple(irritants), heures_semaine=hours, maturite=int(self.typed["maturite"]))

    def resume(self, memory: Node, values: Node) -> None:
        self.typed = {name: str(values.get(name, known)) for name, known in self.typed.items()}
        self.example = self.example and self.typed == EXAMPLE
        self.reading = self._read()


def app() -> ExpressAudit:
    """The app, to be the last line of its notebook's cell."""
    return ExpressAudit()
