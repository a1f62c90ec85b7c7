"""An app in which a person reviews what is masked: the events of that step, the same in every such app."""

from __future__ import annotations

from atelier_ia.apps.guard_step import GuardStep
from atelier_ia.apps.kit import App
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import plural


class GuardedApp(App):
    """Hands the events of the review to `guard`; the text to mask is step 1."""

    guard: GuardStep
    step: int

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
