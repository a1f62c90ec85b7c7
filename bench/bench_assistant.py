"""The simulator on inputs kept apart from it, and the time it takes; our client beside the bare `openai` client.

The share counts answers that satisfy every check of their use case (facts kept, nothing invented, structure, tone,
length). The comparison of shares is a canned acknowledgement, what a form letter would score on the same checks.
"""

from __future__ import annotations

import statistics
import time

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.connection import open_client
from atelier_ia.assistant.providers import find_provider
from atelier_ia.assistant.requests import chat_body
from atelier_ia.assistant.simulator.transport import SimulatorTransport
from atelier_ia.settings import load_settings
from bench.figures import Figure
from tests.assistant.simulator.quality_checks import judge, load_inputs, question


def run() -> list[Figure]:
    """Shares in per cent, times in milliseconds (median over the inputs)."""
    settings = load_settings()
    inputs = load_inputs()
    assistant = open_assistant(settings)
    assistant.ask(question(inputs[0]))  # imports and knowledge base, once
    style = settings.correspondence
    form = f"{style.opening}\n\nNous avons bien reçu votre message.\n\n{style.closing}\n\n{style.signature}"
    verdicts = [judge(item, assistant.ask(question(item)).text, settings) for item in inputs]
    canned = [judge(item, form, settings) for item in inputs]
    figures = [
        Figure(
            f"answers that satisfy all checks ({len(inputs)} inputs kept apart)",
            "%",
            100 * sum(not verdict.failed for verdict in verdicts) / len(verdicts),
            "a form letter",
            100 * sum(not verdict.failed for verdict in canned) / len(canned),
            smaller_is_better=False,
        )
    ]
    for use in dict.fromkeys(item.use for item in inputs):
        mine = [verdict for verdict in verdicts if verdict.input.use == use]
        share = 100 * sum(not verdict.failed for verdict in mine) / len(mine)
        figures.append(
            Figure(f"  of which {use} ({len(mine)})", "%", share, "no comparison", None, smaller_is_better=False)
        )
    for verdict in verdicts:
        if verdict.failed:
            print(f"   {verdict.input.id}: {', '.join(verdict.failed)}")
    return figures + _times()


def _times() -> list[Figure]:
    settings = load_settings()
    inputs = load_inputs()
    assistant = open_assistant(settings)
    assistant.ask(question(inputs[0]))
    provider = find_provider("simulateur")
    bare = open_client(provider, 60, SimulatorTransport(settings))
    first, whole, bare_first, bare_whole = [], [], [], []
    for item in inputs:
        start = time.perf_counter()
        stream = assistant.stream(question(item))
        next(stream)
        first.append(time.perf_counter() - start)
        for _ in stream:
            pass
        whole.append(time.perf_counter() - start)
        start = time.perf_counter()
        chunks = bare.chat.completions.create(**chat_body(provider, question(item), stream=True))
        seen = False
        for chunk in chunks:
            if not seen and chunk.choices and chunk.choices[0].delta.content:
                seen = True
                bare_first.append(time.perf_counter() - start)
        bare_whole.append(time.perf_counter() - start)
    compared = "bare openai client"
    return [
        Figure("time to first token, simulator", "ms", _median(first), compared, _median(bare_first)),
        Figure("time to whole answer, simulator", "ms", _median(whole), compared, _median(bare_whole)),
    ]


def _median(seconds: list[float]) -> float:
    return 1000 * statistics.median(seconds)
