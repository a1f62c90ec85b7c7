"""« Synthèse du diagnostic »: where the two weeks stand, what they say, and the document to hand out (.docx, PDF).

The questionnaire is closed from here; its results then appear, never for fewer than five persons.
"""

from __future__ import annotations

from datetime import date

from atelier_ia.apps.kit import App, forms
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import NBSP, number, plural
from atelier_ia.diagnosis import questionnaire
from atelier_ia.diagnosis.gathering import gather
from atelier_ia.diagnosis.results import THRESHOLD, QuestionnaireResults
from atelier_ia.diagnosis.synthesis import Section, write_synthesis
from atelier_ia.diagnosis.two_weeks import diagnostic_tasks
from atelier_ia.documents.typography import percent
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings
from atelier_ia.use_cases.sandbox import sandbox_folder

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class SynthesisApp(App):
    """What was gathered, and the text made of it."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.sure = False
        self._load()
        super().__init__()

    def _load(self) -> None:
        self.answers, self.closed, self.count_problem = 0, False, ""
        try:
            self.answers, self.closed = questionnaire.count_answers(), questionnaire.is_closed()
        except AtelierError as error:
            self.count_problem = str(error)
        self.own = gather(self.settings)
        self.example = self.own.empty and not self.answers
        self.shown = gather(self.settings, sandbox_folder() / "diagnostic") if self.example else self.own

    def opened(self) -> bool:
        before = self.shown, self.answers, self.closed
        self._load()
        return (self.shown, self.answers, self.closed) != before

    # The screen

    def view(self) -> list[Node | None]:
        sections = write_synthesis(self.shown.data, self.settings.collectivite.name)
        return [
            ui.notice(
                "alerte",
                "Commune et chiffres inventés ; ce que vous recueillerez prendra leur place.",
                title="Exemple.",
                look="mince",
            )
            if self.example
            else None,
            *(ui.notice("erreur", problem) for problem in (*self.shown.problems, self.count_problem) if problem),
            ui.columns(
                ui.group(
                    self._progress(),
                    self._sending(),
                    self._closing(),
                    self._details(),
                    self._two_weeks(),
                    look="pile",
                ),
                ui.group(
                    *(self._section(index, section) for index, section in enumerate(sections)), look="pile document"
                ),
                look="large-droite entieres",
            ),
            ui.actions(
                self.problem_notice(),
                ui.prose("La synthèse éclaire la décision ; elle ne la prend pas.", look="petit"),
                ui.button("pdf", "Télécharger en .pdf", sign="fichier"),
                ui.button("word", "Télécharger en .docx", "primaire", sign="fichier"),
            ),
        ]

    def _section(self, index: int, section: Section) -> Node:
        table = section.table
        return ui.panel(
            f"partie_{index}",
            section.title,
            *(ui.prose(paragraph) for paragraph in section.paragraphs),
            ui.table(f"tableau_{index}", f"Tableau : {section.title}", table.columns, table.rows) if table else None,
        )

    def _progress(self) -> Node:
        data = self.own.data
        answers = plural(self.answers, "réponse")
        rows = [
            ("Diagnostic express", "fait" if data.audit else "à faire"),
            ("Questionnaire aux agents", f"clos, {answers}" if self.closed else f"ouvert, {answers}"),
            ("Relever le temps", plural(len(data.times), "tâche") if data.times else "à faire"),
            ("Cas par semaine", plural(len(data.loads), "tâche") if data.loads else "à faire"),
            ("Carte des outils", plural(data.tools.tools, "outil") if data.tools else "à faire"),
        ]
        return ui.panel(
            "avancement",
            "Où en êtes-vous ?",
            ui.table("parties", "Les parties du diagnostic", ("Application", "État"), rows),
        )

    def _sending(self) -> Node | None:
        """The address of the questionnaire, while it can still be answered."""
        if self.closed:
            return None
        return ui.group(
            forms.address(
                "adresse",
                "Adresse à envoyer à tous les agents",
                "../../questionnaire",
                "Une adresse en 127.0.0.1 ne s'ouvre que sur ce poste : ouvrez alors les applications sur le réseau.",
            ),
            ui.group(ui.copy_button("copier_adresse", "Copier l'adresse", "adresse"), look="ligne"),
        )

    def _closing(self) -> Node | None:
        if self.closed:
            return None
        if self.answers < THRESHOLD:
            return ui.prose(
                f"Le questionnaire pourra être clos à partir de {number(THRESHOLD)} réponses : en dessous, rien ne "
                "s'affiche, pour que personne ne soit reconnu.",
                look="petit",
            )
        return ui.panel(
            "cloture",
            "Clore le questionnaire",
            ui.prose("Plus personne ne pourra répondre, et les résultats s'afficheront. On ne peut pas le rouvrir."),
            ui.group(
                ui.button("clore", "Confirmer la clôture" if self.sure else "Clore le questionnaire"),
                ui.button("garder_ouvert", "Le laisser ouvert", "discret") if self.sure else None,
                look="ligne",
            ),
            look="creux",
        )

    def _details(self) -> Node | None:
        results = self.shown.data.results
        if results is None:
            return None
        return ui.disclosure(
            "reponses-depliant",
            "Toutes les réponses au questionnaire",
            *self._questions(results),
            ui.table(
                "services",
                "Heures répétitives par semaine, par service",
                ("Service", "Réponses", "Heures"),
                [(one.name, number(one.answers), f"{number(one.mean_hours)}{NBSP}h") for one in results.services],
            )
            if results.services
            else None,
            ui.quotation("Ce que les agents aimeraient ne plus faire", "\n".join(f"• {text}" for text in results.texts))
            if results.texts
            else None,
        )

    def _questions(self, results: QuestionnaireResults) -> list[Node]:
        return [
            ui.table(
                f"question-{question.id}",
                question.text,
                (question.text, "Part"),
                [(choice.text, percent(choice.share, 1)) for choice in question.choices],
            )
            if question.answered
            else ui.prose(f"{question.text} Trop peu de réponses pour les montrer.", look="petit")
            for question in results.questions
        ]

    def _two_weeks(self) -> Node:
        rows = [
            (
                task.title,
                f"jour {task.first_day}" if task.first_day == task.last_day else f"{task.first_day} à {task.last_day}",
                task.who,
                task.outcome,
            )
            for task in diagnostic_tasks()
        ]
        return ui.disclosure(
            "semaines-depliant",
            "Les deux semaines, jour par jour",
            ui.table("semaines", "Dix jours ouverts", ("Quoi", "Jours", "Qui", "Ce qui en sort"), rows),
        )

    # Events

    def on_clore(self, values: Node, detail: Node) -> None:
        if not self.sure:
            self.sure = True
            self.announce("Choisissez de nouveau pour confirmer la clôture.")
            return
        questionnaire.close_questionnaire(date.today())
        self.sure = False
        self._load()
        self.announce("Le questionnaire est clos.")
        self.focus("avancement-titre")

    def on_garder_ouvert(self, values: Node, detail: Node) -> None:
        self.sure = False
        self.focus("clore")

    def on_word(self, values: Node, detail: Node) -> None:
        from atelier_ia.diagnosis.synthesis_files import synthesis_docx

        self.screen.save_file(f"{self._name()}.docx", WORD, synthesis_docx(*self._document()))

    def on_pdf(self, values: Node, detail: Node) -> None:
        from atelier_ia.diagnosis.synthesis_files import synthesis_pdf

        self.screen.save_file(f"{self._name()}.pdf", "application/pdf", synthesis_pdf(*self._document()))

    def _document(self) -> tuple[tuple[Section, ...], str, date]:
        name = self.settings.collectivite.name
        shown = f"{name} (exemple inventé)" if self.example else name
        return write_synthesis(self.shown.data, name), shown, date.today()

    def _name(self) -> str:
        return "exemple-de-synthese" if self.example else "synthese-du-diagnostic"


def app() -> SynthesisApp:
    """The app, to be the last line of its notebook's cell."""
    return SynthesisApp()
