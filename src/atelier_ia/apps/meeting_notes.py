"""« Mettre au propre des notes »: raw notes of a meeting → who does what, by when, what is still to be settled."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING, Any

from atelier_ia.apps.drafting_app import DraftingApp
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import long_date
from atelier_ia.apps.recording_step import RecordingStep
from atelier_ia.assistant.errors import Cancelled
from atelier_ia.settings import Settings
from atelier_ia.use_cases.meetings import DEFAULT_INSTRUCTION, EXAMPLE, EXAMPLE_TRANSCRIPT, build_messages

if TYPE_CHECKING:
    from atelier_ia.assistant import Assistant


class MeetingNotes(DraftingApp):
    """Notes of one meeting, or its recording, and its minutes."""

    steps = ("Les notes", "Les données masquées", "Le relevé", "La relecture")
    use_case = "reunions"
    usual_minutes = "45"
    case_name = "cette réunion"
    instruction = DEFAULT_INSTRUCTION
    source_title = "Les notes prises"
    again_label = "Traiter d'autres notes"
    word_name = "releve-de-reunion.docx"
    letter = False

    def __init__(self, assistant: Assistant | None = None) -> None:
        self.recording = RecordingStep()
        super().__init__(assistant)

    def load_example(self) -> None:
        self.text = EXAMPLE
        self.recording.remove()

    def input_nodes(self) -> list[Node]:
        return [
            ui.panel(
                "texte-panneau",
                "Vos notes",
                self.problem_notice(),
                ui.field("texte", "Notes de réunion", self.text, kind="long", look="feuille"),
                self.recording.view(self.assistant),
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

    def on_audio(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.recording.choose(self.assistant, str(detail.get("name", "")), bytes(detail.get("data", b"")))
        self.announce("L'enregistrement est vérifié ; rien n'est encore envoyé.")

    def on_retirer_audio(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.recording.remove()
        self.announce("L'enregistrement est retiré.")

    def on_exemple_audio(self, values: Node, detail: Node) -> None:
        self.text = EXAMPLE_TRANSCRIPT
        self.announce("La transcription d'exemple est en place.")
        self.focus("champ-texte")

    def on_transcrire(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        if self.recording.running or not self.recording.name:
            return
        self.recording.running, self.recording.cancel = True, threading.Event()
        self.announce("La transcription commence.")
        self.background(self._transcribe)

    def on_arreter_audio(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.recording.cancel.set()

    def _transcribe(self) -> None:
        try:
            self.text = self.recording.transcribe(self.assistant, self.refresh)
        except Cancelled:
            self.announce("La transcription est arrêtée.")
            return
        self.announce("La transcription est prête : relisez-la.")
        self.focus("champ-texte")

    def on_vider(self, values: Node, detail: Node) -> None:
        self.text = ""
        self.time.reset()
        self.focus("champ-texte")


def app() -> MeetingNotes:
    """The app, to be the last line of its notebook's cell."""
    return MeetingNotes()
