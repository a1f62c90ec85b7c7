"""The errors of this package: one French sentence that says what to do, and a category for the log."""

from __future__ import annotations

from atelier_ia.errors import AtelierError


class AssistantError(AtelierError):
    """The model could not answer. `kind` is a short category (« cle », « quota »…), safe to log."""

    def __init__(self, sentence: str, kind: str = "assistant") -> None:
        super().__init__(sentence)
        self.kind = kind


class BudgetError(AssistantError):
    """The budget set in `atelier.toml` is spent: nothing more is sent."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "budget")


class Cancelled(AssistantError):
    """The person stopped the request before anything arrived."""

    def __init__(self) -> None:
        super().__init__("La demande a été arrêtée ; votre texte est intact, vous pouvez la relancer.", "arret")
