"""« Questionnaire aux agents »: three short screens, no name, nothing kept before it is sent; then thanks.

What is kept, and how nobody can be recognised in it, is `diagnosis.questionnaire`.
"""

from __future__ import annotations

from typing import Any

from atelier_ia.apps.kit import App, forms
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.diagnosis import questionnaire
from atelier_ia.diagnosis.questionnaire import Question
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings

NO_SERVICE = ("", "Je préfère ne pas le dire")


class QuestionnaireApp(App):
    """One person's answers, in the page only until they are sent."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.form = questionnaire.load_questionnaire()
        self.pages = list(self.form.pages.items())
        self.page = 1
        self.answers: dict[str, str] = {}
        self.sent = False
        self.closed = questionnaire.is_closed()
        super().__init__()

    def opened(self) -> bool:
        before = self.closed
        self.closed = questionnaire.is_closed()
        return self.closed != before

    def view(self) -> list[Node | None]:
        if self.sent:
            return self._view_thanks()
        if self.closed:
            return [
                ui.panel(
                    "clos",
                    "Le questionnaire est clos",
                    ui.prose("Merci de votre intérêt. Les résultats seront présentés dans votre service."),
                )
            ]
        title, questions = self.pages[self.page - 1]
        left, right = _balanced(questions)
        last = self.page == len(self.pages)
        return [
            ui.steps([name for name, _ in self.pages], self.page),
            ui.notice("info", self.form.notice, title="Anonyme.", look="mince") if self.page == 1 else None,
            ui.panel(
                "questions",
                title,
                self.problem_notice(),
                ui.columns(
                    ui.group(*map(self._question, left), look="pile"),
                    ui.group(*map(self._question, right), look="pile"),
                    look="entieres",
                ),
            ),
            ui.actions(
                ui.button("precedent", "Revenir", "discret", sign="retour") if self.page > 1 else None,
                ui.prose("Rien n'est gardé avant l'envoi.", look="petit"),
                ui.button("envoyer", "Envoyer mes réponses", "primaire", sign="suite")
                if last
                else ui.button("suivant", "Continuer", "primaire", sign="suite"),
            ),
        ]

    def _question(self, question: Question) -> Node:
        value = self.answers.get(question.id, "")
        options = [(choice.id, choice.text) for choice in question.choices]
        if question.kind == "plusieurs":
            return forms.boxes(
                question.id, question.text, options, value.split(",") if value else [], most=question.maximum
            )
        if question.kind == "choix":
            return ui.radios(question.id, question.text, options, value)
        if question.kind == "service":
            services = [(service.id, service.name) for service in self.settings.services]
            return ui.field(question.id, question.text, value, kind="choix", options=[NO_SERVICE, *services])
        hint = "Noms et numéros seront masqués avant d'être gardés."
        return ui.field(question.id, question.text, value, kind="long", rows=3, hint=hint)

    def _view_thanks(self) -> list[Node | None]:
        return [
            ui.panel(
                "merci",
                "Merci, vos réponses sont enregistrées",
                ui.prose(
                    "Elles comptent avec celles de vos collègues, sans lien avec vous. Les résultats s'affichent une "
                    "fois le questionnaire clos, et jamais pour moins de cinq personnes."
                ),
                look="carton",
            ),
            ui.actions(ui.button("autre", "Répondre pour une autre personne")),
        ]

    def on_suivant(self, values: Node, detail: Node) -> None:
        self._keep(values)
        self._check_page()
        self.page += 1
        self.focus("questions-titre", top=True)

    def on_precedent(self, values: Node, detail: Node) -> None:
        self._keep(values)
        self.page -= 1
        self.focus("questions-titre", top=True)

    def on_envoyer(self, values: Node, detail: Node) -> None:
        self._keep(values)
        self._check_page()
        try:
            questionnaire.record_answers({name: self._value(name) for name in self.answers}, self.settings)
        except AtelierError:
            self.closed = questionnaire.is_closed()
            raise
        self.answers, self.sent = {}, True
        self.focus("merci-titre", top=True)

    def on_autre(self, values: Node, detail: Node) -> None:
        self.answers, self.page, self.sent = {}, 1, False
        self.focus("questions-titre", top=True)

    def _check_page(self) -> None:
        for question in self.pages[self.page - 1][1]:
            try:
                questionnaire.checked_answer(question, self._value(question.id), self.settings)
            except AtelierError:
                self.focus(f"champ-{question.id}" if question.kind in ("service", "texte") else f"{question.id}-0")
                raise

    def _value(self, identifier: str) -> str | list[str]:
        value = self.answers.get(identifier, "")
        several = self.form.question(identifier).kind == "plusieurs"
        return [key for key in value.split(",") if key] if several else value

    def _keep(self, values: dict[str, Any]) -> None:
        known = {question.id for question in self.form.questions}
        self.answers.update({name: str(value) for name, value in values.items() if name in known})

    def keep(self) -> Node:
        return {"answers": self.answers, "page": self.page, "sent": self.sent}

    def resume(self, memory: Node, values: Node) -> None:
        self._keep(memory.get("answers") or {})
        self._keep(values)
        self.page = min(max(int(memory.get("page", 1)), 1), len(self.pages))
        self.sent = bool(memory.get("sent"))


def _balanced(questions: tuple[Question, ...]) -> tuple[list[Question], list[Question]]:
    """The questions in two columns of about the same height, in order."""
    heights = [2 + len(question.choices) for question in questions]
    half = sum(heights) / 2
    count, height = 0, 0.0
    while count < len(questions) and height + heights[count] / 2 <= half:
        height += heights[count]
        count += 1
    return list(questions[:count]), list(questions[count:])


def app() -> QuestionnaireApp:
    """The app, to be the last line of its notebook's cell."""
    return QuestionnaireApp()
