"""What the class has used: calls, tokens, euros, with the warning and the hard stop set in `atelier.toml`.

No energy figure: no library gives one that holds for these models, and an invented one would be worse than none.
Kept per cohort (the start date in `atelier.toml`), anonymous: counts per day, provider and model, never a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from atelier_ia.assistant.errors import BudgetError
from atelier_ia.assistant.providers import Provider, is_loopback
from atelier_ia.assistant.replies import Message, Usage
from atelier_ia.assistant.store import database
from atelier_ia.content import StrictModel, load_toml
from atelier_ia.settings import Settings

FILE = "budget.db"
CHARACTERS_PER_TOKEN = 3.5  # rough, French; used only where the provider gives no count, and marked as an estimate
PRICES = Path(__file__).with_name("prices.toml")

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS appels (jour TEXT, cohorte TEXT, fournisseur TEXT, modele TEXT, appels INTEGER, "
    "entree INTEGER, sortie INTEGER, estimes INTEGER, euros REAL, sans_prix INTEGER, "
    "PRIMARY KEY (jour, cohorte, fournisseur, modele))"
)


class Price(StrictModel):
    """Price of one model per million tokens, with where and when it was read."""

    provider: str = Field(alias="fournisseur")
    model: str = Field(alias="modele")
    prompt: float = Field(alias="entree", ge=0)
    completion: float = Field(alias="sortie", ge=0)
    currency: Literal["EUR", "USD"] = Field(alias="devise")
    read_on: date = Field(alias="releve_le")
    source: str = Field(min_length=1)


class PriceList(StrictModel):
    """The whole of `prices.toml`."""

    euros_per_dollar: float = Field(alias="euros_par_dollar", gt=0)
    prices: tuple[Price, ...] = Field(alias="prix")

    def euros(self, provider: Provider, prompt_tokens: int, completion_tokens: int) -> float | None:
        """Cost of one call; 0 on one's own machine, None when the model's price is not listed."""
        if provider.simulated or is_loopback(provider.base_url):
            return 0.0
        for price in self.prices:
            if price.provider == provider.id and price.model == provider.model:
                amount = (prompt_tokens * price.prompt + completion_tokens * price.completion) / 1_000_000
                return amount * (self.euros_per_dollar if price.currency == "USD" else 1.0)
        return None


@dataclass(frozen=True)
class Spent:
    """Totals of the cohort. `unpriced` calls have no known price; `estimated` calls had their tokens estimated."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    euros: float = 0.0
    estimated: int = 0
    unpriced: int = 0


@lru_cache(maxsize=1)
def load_prices() -> PriceList:
    """The price list of `prices.toml`."""
    return load_toml(PRICES, PriceList)


class Budget:
    """The ledger of one cohort."""

    def __init__(self, settings: Settings, prices: PriceList | None = None) -> None:
        self.cohort = settings.calendar.start.isoformat()
        self._warning = settings.assistant.budget_warning_euros
        self._limit = settings.assistant.budget_limit_euros
        self._prices = prices or load_prices()

    def check(self, provider: Provider, *, priced: bool = True) -> str:
        """A French warning, or nothing; called before each request. `priced` is False for audio and images.

        Raises:
            BudgetError: the limit is reached, or cannot be watched because the model has no known price.
        """
        if provider.simulated or not (self._limit or self._warning):
            return ""
        known = self._prices.euros(provider, 0, 0)
        if self._limit and (known is None or not (priced or is_loopback(provider.base_url))):
            raise BudgetError(
                f"Le plafond en euros ne peut pas être surveillé : le prix du modèle « {provider.model} » est "
                f"inconnu ; "
                "ajoutez-le dans prices.toml (voir docs/fournisseurs.md)."
            )
        spent = self.spent().euros
        if self._limit and spent >= self._limit:
            raise BudgetError(
                f"Le budget de {_euros(self._limit)} est atteint ; votre texte est intact : demandez à la personne qui "
                "administre l'outil de relever « budget_limite_euros », ou continuez avec le simulateur."
            )
        if self._warning and spent >= self._warning:
            limit = f" sur {_euros(self._limit)}" if self._limit else ""
            return f"Budget : {_euros(spent)} dépensés{limit}."
        return ""

    def record(
        self, provider: Provider, tokens: tuple[int, int] | None, messages: Sequence[Message], answer: str
    ) -> Usage:
        """Write one call down and return its usage; tokens are estimated when the provider gave none."""
        estimated = tokens is None
        if tokens is None:
            asked = sum(len(str(message.get("content") or "")) for message in messages)
            tokens = (round(asked / CHARACTERS_PER_TOKEN), round(len(answer) / CHARACTERS_PER_TOKEN))
        euros = self._prices.euros(provider, *tokens)
        if not provider.simulated:
            self._write(provider, provider.model, tokens, estimated=estimated, euros=euros)
        return Usage(tokens[0], tokens[1], estimated, euros)

    def record_unpriced(self, provider: Provider, model: str) -> None:
        """Write down one call whose cost is not known (audio, images)."""
        self._write(provider, model, (0, 0), estimated=False, euros=0.0 if is_loopback(provider.base_url) else None)

    def _write(
        self, provider: Provider, model: str, tokens: tuple[int, int], *, estimated: bool, euros: float | None
    ) -> None:
        with database(FILE, _SCHEMA) as base:
            base.execute(
                "INSERT INTO appels VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                "appels = appels + 1, entree = entree + excluded.entree, sortie = sortie + excluded.sortie, "
                "estimes = estimes + excluded.estimes, euros = euros + excluded.euros, "
                "sans_prix = sans_prix + excluded.sans_prix",
                (
                    date.today().isoformat(),
                    self.cohort,
                    provider.id,
                    model,
                    *tokens,
                    int(estimated),
                    euros or 0.0,
                    int(euros is None),
                ),
            )

    def spent(self) -> Spent:
        """Totals of the cohort so far (the simulator is not counted)."""
        with database(FILE, _SCHEMA) as base:
            row = base.execute(
                "SELECT SUM(appels), SUM(entree), SUM(sortie), SUM(euros), SUM(estimes), SUM(sans_prix) "
                "FROM appels WHERE cohorte = ?",
                (self.cohort,),
            ).fetchone()
        calls, prompt, completion, euros, estimated, unpriced = (value or 0 for value in row)
        return Spent(int(calls), int(prompt), int(completion), float(euros), int(estimated), int(unpriced))


def _euros(amount: float) -> str:
    return f"{amount:.2f} €".replace(".", ",")
