"""« Mettre au propre des notes »: raw notes of a meeting → who does what, by when, what is still to be settled."""

from __future__ import annotations

from datetime import date
from typing import Any

from atelier_ia.apps.drafting_app import DraftingApp
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import long_date
from atelier_ia.settings import Settings
from atelier_ia.use_cases.meetings import DEFAULT_INSTRUCTION, EXAMPLE, build_messages


class MeetingNotes(DraftingApp):
    """Notes of one meeting, and its minutes."""

    steps = ("Les notes", "Les données masquées", "Le relevé", "La relecture")
    use_case = "reunions"
    usual_minutes = "45"
    case_name = "cette réunion"
    instruction = DEFAULT_INSTRUCTION
    source_title = "Les notes prises"
    again_label = "Traiter d'autres notes"
    word_name = "releve-de-reunion.docx"

    def load_example(self) -> None:
        self.text = EXAMPLE

    def input_nodes(self) -> list[Node]:
        return [
            ui.panel(
                "texte-panneau",
                "Vos notes",
                self.problem_notice(),
                ui.field("texte", "Notes de réunion", self.text, kind="long", look="feuille"),
                hint="En vrac, abréviations comprises. Un conseil municipal demande autre chose : un procès-verbal.",
            )
        ]

    def build(self, text: str, instruction: str, settings: Settings) -> list[dict[str, Any]]:
        return build_messages(text, instruction, settings)

    def heading(self) -> Node:
        own = self.settings.collectivite
        return {
            "sender": own.name,
            "office": "Document interne",
            "place": f"Mis au propre le {long_date(date.today())}",
            "subject": "Relevé de réunion",
        }

    def word_file(self) -> bytes:
        from atelier_ia.documents.letters import letter_docx

        return letter_docx(self.draft_text, self.settings, "Relevé de réunion")

    def on_vider(self, values: Node, detail: Node) -> None:
        self.text = ""
        self.focus("champ-texte")


def app() -> MeetingNotes:
    """The app, to be the last line of its notebook's cell."""
    return MeetingNotes()
