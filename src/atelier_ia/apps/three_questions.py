"""« Trois questions »: the anonymous survey of agents at J+15, J+30 and J+90. No name, no day, free words masked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from atelier_ia.apps.kit import App
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings

if TYPE_CHECKING:
    from atelier_ia.measurement.surveys import Wave

NO_SERVICE = ("", "Je préfère ne pas le dire")
EASE = (("beaucoup", "Oui, beaucoup"), ("un peu", "Oui, un peu"), ("pas du tout", "Non, pas du tout"))
RECOMMEND = (("oui", "Oui"), ("non", "Non"), ("ne sait pas", "Je ne sais pas encore"))
USE = (("souvent", "Souvent"), ("parfois", "Parfois"), ("jamais", "Jamais"))
MINUTES = (
    ("", "Je préfère ne pas répondre"),
    ("0", "Aucune"),
    ("30", "Une demi-heure"),
    ("60", "Une heure"),
    ("120", "Deux heures"),
    ("300", "Cinq heures"),
    ("480", "Huit heures"),
)


class ThreeQuestions(App):
    """One person's answers, kept only when sent."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.sent = False
        self.answers: dict[str, str] = {}
        super().__init__()

    def view(self) -> list[Node]:
        return self._view_thanks() if self.sent else self._view_form()

    def _view_form(self) -> list[Node]:
        services = [
            ("", "Je préfère ne pas le dire"),
            *((service.id, service.name) for service in self.settings.services),
        ]
        return [
            ui.notice(
                "info",
                "Ni nom, ni adresse, ni jour : seulement le mois. Les petits groupes ne sont jamais publiés.",
                title="Anonyme.",
                look="mince",
            ),
            ui.columns(
                ui.panel(
                    "questions",
                    "Trois questions",
                    self.problem_notice(),
                    self._choice("facilite", "L'assistant facilite-t-il votre travail ?", EASE),
                    self._choice("recommande", "Le recommanderiez-vous à un collègue ?", RECOMMEND),
                    ui.field(
                        "idee",
                        "Qu'amélioreriez-vous ?",
                        self.answers.get("idee", ""),
                        kind="long",
                        rows=4,
                        hint="Facultatif. Les noms et numéros seront masqués avant d'être gardés.",
                    ),
                ),
                ui.panel(
                    "usage-panneau",
                    "Votre usage",
                    self._choice("usage", "Vous vous en servez", USE),
                    ui.field(
                        "minutes",
                        "Temps gagné par semaine, à peu près",
                        self.answers.get("minutes", ""),
                        kind="choix",
                        options=MINUTES,
                    ),
                    ui.field(
                        "service",
                        "Service",
                        self.answers.get("service", ""),
                        kind="choix",
                        options=[NO_SERVICE, *services],
                    ),
                    ui.field(
                        "code",
                        "Code personnel, facultatif",
                        self.answers.get("code", ""),
                        hint="Le même à chaque enquête : il relie vos réponses entre elles, jamais à vous, et permet "
                        "de les corriger. Il n'est pas gardé.",
                    ),
                ),
            ),
            ui.actions(ui.button("envoyer", "Envoyer mes réponses", "primaire", sign="suite")),
        ]

    def _choice(self, id: str, label: str, options: tuple[tuple[str, str], ...]) -> Node:
        return ui.radios(id, label, options, self.answers.get(id, ""))

    def _view_thanks(self) -> list[Node]:
        return [
            ui.panel(
                "merci",
                "Merci, vos réponses sont enregistrées",
                ui.prose(
                    "Elles comptent avec celles de vos collègues dans le bilan de la période, sans lien avec vous."
                ),
                look="carton",
            ),
            ui.actions(ui.button("autre", "Donner les réponses d'une autre personne", "secondaire")),
        ]

    def on_envoyer(self, values: Node, detail: Node) -> None:
        self.answers = {name: str(value) for name, value in values.items()}
        missing = [name for name in ("facilite", "recommande", "usage") if not self.answers.get(name)]
        if missing:
            self.focus(f"{missing[0]}-0")
            raise AtelierError("Il manque une réponse ; choisissez-en une à chaque question, puis envoyez.")
        from atelier_ia.measurement.surveys import Answer, Ease, Recommend, Use, record_answer

        minutes = self.answers.get("minutes", "")
        record_answer(
            Answer(
                current_wave(self.settings.calendar.start, date.today()),
                cast(Use, self.answers["usage"]),
                cast(Ease, self.answers["facilite"]),
                cast(Recommend, self.answers["recommande"]),
                self.answers.get("service", ""),
                float(minutes) if minutes else None,
            ),
            self.answers.get("idee", ""),
            code=self.answers.get("code", ""),
        )
        self.answers, self.sent = {}, True
        self.focus("merci-titre")

    def on_autre(self, values: Node, detail: Node) -> None:
        self.sent = False
        self.focus("questions-titre")

    def keep(self) -> Node:
        return {"sent": self.sent}

    def resume(self, memory: Node, values: Node) -> None:
        self.sent = bool(memory.get("sent"))
        self.answers = {} if self.sent else {name: str(value) for name, value in values.items()}


def current_wave(start: date, today: date) -> Wave:
    """The checkpoint to which answers given on `today` belong, when the project began on `start`."""
    days = (today - start).days
    return "J+15" if days < 23 else "J+30" if days < 60 else "J+90"


def app() -> ThreeQuestions:
    """The app, to be the last line of its notebook's cell."""
    return ThreeQuestions()
