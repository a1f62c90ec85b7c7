"""An app in which a person reviews what is masked: the events of that step, the same in every such app."""

from __future__ import annotations

from difflib import SequenceMatcher

from atelier_ia.apps.guard_step import GuardStep
from atelier_ia.apps.kit import App
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import plural


class GuardedApp(App):
    """Hands the events of the review to `guard`; the text to mask is step 1."""

    guard: GuardStep
    step: int

    def guard_nodes(self, send: Node, title: str = "Ce qui partira vers l'assistant") -> list[Node]:
        """The review before sending; `send` is its main button, held back while a passage waits for a decision."""
        waiting = len(self.guard.waiting_wordings())
        status = (
            f"{plural(waiting, 'information sensible attend', 'informations sensibles attendent')} votre décision."
            if waiting
            else "Relisez le texte : rien ne part avant votre accord."
        )
        return [
            ui.columns(self.guard.text_panel(title), self.guard.data_panel(self.problem_notice())),
            ui.actions(
                ui.button("texte_retour", "Revenir au texte", "discret", sign="retour"),
                ui.prose(status, look="petit", id="etat-garde"),
                {**send, "disabled": bool(waiting)},
            ),
        ]

    def on_donnees(self, values: Node, detail: Node) -> None:
        self.guard.toggle(str(detail["key"]), bool(detail["masked"]))

    def on_alerte(self, values: Node, detail: Node) -> None:
        self.guard.settle(int(detail["which"]), str(detail["value"]))

    def on_ajouter(self, values: Node, detail: Node) -> None:
        masked = self.guard.add_typed(values, detail)
        if masked:
            self.announce(f"{plural(masked, 'passage masqué', 'passages masqués')}.")

    def on_texte_retour(self, values: Node, detail: Node) -> None:
        self.step = 1
        self.focus("texte-panneau-titre", top=True)


def same_text(before: str, after: str) -> bool:
    """Whether a text is still the same case, merely corrected: half the words of both are common."""
    return SequenceMatcher(None, before.split(), after.split()).quick_ratio() >= 0.5
