"""Calls, tokens and euros of the cohort."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from atelier_ia.assistant import BudgetError, open_assistant
from atelier_ia.assistant.budget import Budget, load_prices
from atelier_ia.assistant.providers import find_provider
from atelier_ia.settings import Settings
from tests.assistant.servers import serve, whole

CLAUDE = find_provider("anthropic")
Configure = Callable[..., Settings]


def test_counts_and_prices(settings: Settings) -> None:
    """Are calls, tokens and euros added up, and estimates marked?"""
    budget = Budget(settings)
    priced = budget.record(CLAUDE, (1_000_000, 100_000), [], "")
    assert priced.euros == pytest.approx(1.5 * load_prices().euros_per_dollar)
    guessed = budget.record(CLAUDE, None, [{"role": "user", "content": "x" * 350}], "y" * 35)
    assert guessed.estimated
    assert (guessed.prompt_tokens, guessed.completion_tokens) == (100, 10)
    spent = budget.spent()
    assert (spent.calls, spent.prompt_tokens, spent.estimated, spent.unpriced) == (2, 1_000_100, 1, 0)


def test_warning_then_stop(with_assistant: Configure) -> None:
    """Does the warning come before the hard stop, and the stop send nothing?"""
    settings = with_assistant(provider="anthropic", budget_warning_euros=1.0, budget_limit_euros=2.0)
    budget = Budget(settings)
    assert budget.check(CLAUDE) == ""
    budget.record(CLAUDE, (1_200_000, 0), [], "")
    assert budget.check(CLAUDE) == "Budget : 1,20 € dépensés sur 2,00 €."
    budget.record(CLAUDE, (1_000_000, 0), [], "")
    with pytest.raises(BudgetError, match=r"2,00 € est atteint"):
        open_assistant(settings).ask([{"role": "user", "content": "?"}])


def test_unknown_price_fails_closed(with_assistant: Configure) -> None:
    """With a limit in euros, is a model without a known price refused rather than unwatched?"""
    settings = with_assistant(provider="mistral", budget_limit_euros=2.0)
    with pytest.raises(BudgetError, match=r"prices\.toml"):
        Budget(settings).check(find_provider("mistral"))


def test_simulator_costs_nothing(with_assistant: Configure) -> None:
    """Is the simulator neither counted nor stopped?"""
    settings = with_assistant(budget_limit_euros=0.01)
    reply = open_assistant(settings).ask([{"role": "user", "content": "?"}])
    assert reply.usage.euros == 0
    assert Budget(settings).spent().calls == 0


def test_the_warning_reaches_the_screen(with_assistant: Configure) -> None:
    """Does the reply carry the warning, and are its tokens recorded?"""
    with serve(lambda handler, _: handler.json(200, whole("Oui."))) as server:
        settings = with_assistant(provider="autre", base_url=server.url, model="m", budget_warning_euros=0.5)
        Budget(settings).record(CLAUDE, (1_000_000, 0), [], "")
        reply = open_assistant(settings).ask([{"role": "user", "content": "?"}])
        assert reply.notice.startswith("Budget : 1,00 € dépensés")
        assert Budget(settings).spent().calls == 2
