"""A recording of a meeting as the starting text: checked, told where it would go, sent only when a person says so.

A voice is personal data and cannot be masked before it is sent: the screen says so. The recording lives in this page's
process until it is transcribed or taken away; it is written nowhere.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit import pictures
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import number, plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier_ia.assistant import Assistant

MOST_BYTES = 60_000_000
"""What the agents' server takes in one message (64 MiB, a margin left)."""


class RecordingStep:
    """The recording chosen, and how far its transcription is."""

    def __init__(self) -> None:
        self.name = ""
        self.pieces = 0
        self.done = 0
        self.running = False
        self.notice = ""
        self.cancel = threading.Event()
        self._data = b""

    @property
    def megabytes(self) -> float:
        return len(self._data) / 1_000_000

    def choose(self, assistant: Assistant, name: str, data: bytes) -> None:
        """Keeps a recording that the provider takes; `AssistantError` says why it does not."""
        from atelier_ia.assistant.recordings import parts

        self.remove()
        ability = assistant.provider.capabilities.transcription
        if ability is not None:
            self.pieces = len(parts(name, data, ability))
            self.name, self._data = name, data

    def remove(self) -> None:
        """Forgets the recording."""
        self.name, self.pieces, self.done, self.notice, self._data = "", 0, 0, "", b""

    def transcribe(self, assistant: Assistant, on_progress: Callable[[], None]) -> str:
        """The text, a line per speaker's turn; the recording is forgotten once it is there, kept if this fails."""
        from atelier_ia.assistant.media import transcribe

        def progress(done: int, _total: int) -> None:
            self.done = done
            on_progress()

        try:
            transcript = transcribe(assistant, self.name, self._data, cancel=self.cancel, on_progress=progress)
        finally:
            self.running, self.done = False, 0
        self.remove()
        self.notice = transcript.notice or "Relisez les noms propres, les chiffres et qui parle."
        return transcript.dialogue()

    # Views

    def view(self, assistant: Assistant) -> Node:
        """The part of the first step that offers a recording."""
        ability = assistant.provider.capabilities.transcription
        if ability is None:
            body = self._view_without(assistant)
        elif self.running:
            body = self._view_running()
        elif self.name:
            body = self._view_chosen(assistant)
        else:
            formats = ", ".join(ability.formats)
            body = [
                pictures.upload(
                    "audio",
                    "Choisir un enregistrement",
                    accept=ability.formats,
                    most=MOST_BYTES,
                    hint=f"Formats {formats}, {number(MOST_BYTES / 1e6, 0)} Mo au plus. Rien ne part encore.",
                )
            ]
        return ui.disclosure(
            "audio-depliant",
            "Partir d'un enregistrement audio",
            *body,
            ui.notice("info", self.notice, title="Transcription terminée.") if self.notice else None,
            open=bool(self.name or self.notice),
        )

    def _view_without(self, assistant: Assistant) -> list[Node]:
        who = "Le simulateur" if assistant.identity.simulated else assistant.provider.label
        return [
            ui.prose(
                f"{who} ne sait pas transcrire un enregistrement : il faut un fournisseur qui le propose, réglé par "
                "le service informatique. En attendant, essayez avec une transcription d'exemple."
            ),
            ui.group(ui.button("exemple_audio", "Prendre la transcription d'exemple"), look="ligne"),
        ]

    def _view_chosen(self, assistant: Assistant) -> list[Node]:
        identity = assistant.identity
        place = f" ({identity.hosting})" if identity.hosting else ""
        return [
            ui.notice(
                "alerte",
                f"« {self.name} », {number(round(self.megabytes, 1))} Mo, {plural(self.pieces, 'partie')}, sera envoyé "
                f"à {identity.label}{place}. Une voix est une donnée personnelle et ne se masque pas : les personnes "
                "enregistrées doivent en être prévenues.",
                title="Avant l'envoi.",
            ),
            ui.group(
                ui.button("transcrire", "Envoyer et transcrire"),
                ui.button("retirer_audio", "Retirer cet enregistrement", "discret"),
                look="ligne",
            ),
        ]

    def _view_running(self) -> list[Node]:
        part = f" : partie {self.done + 1} sur {self.pieces}" if self.pieces > 1 else ""
        return [
            ui.notice("info", f"La transcription est en cours{part}.", title="Un instant."),
            ui.group(ui.button("arreter_audio", "Arrêter la transcription", sign="arreter"), look="ligne"),
        ]
