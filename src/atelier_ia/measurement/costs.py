"""What the assistant has cost, from its own ledger (`assistant.budget`): said, never guessed."""

from __future__ import annotations

from dataclasses import dataclass

from atelier_ia.documents.typography import number, plural
from atelier_ia.settings import Settings


@dataclass(frozen=True)
class Cost:
    """Calls and euros since the start; `unpriced` calls have no known price, `estimated` ones had tokens estimated."""

    calls: int
    euros: float
    unpriced: int
    estimated: int

    @property
    def told(self) -> str:
        """The cost as a French sentence, with what it leaves out."""
        if not self.calls:
            return "Aucun appel payant : le simulateur et un modèle installé sur place ne coûtent rien à l'appel."
        text = f"{number(self.euros, 2)} € pour {plural(self.calls, 'appel')} au modèle"
        limits = []
        if self.unpriced:
            limits.append(f"dont {number(self.unpriced)} sans prix connu, non comptés")
        if self.estimated:
            limits.append(f"dont {number(self.estimated)} au volume estimé")
        limits.append("hors abonnements, matériel et temps de formation")
        return f"{text} ({' ; '.join(limits)})."


def read_cost(settings: Settings) -> Cost:
    """The cost of this cohort so far.

    Raises:
        AtelierError: the ledger cannot be read.
    """
    from atelier_ia.assistant.budget import Budget

    spent = Budget(settings).spent()
    return Cost(spent.calls, spent.euros, spent.unpriced, spent.estimated)
