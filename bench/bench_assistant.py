"""The simulator on inputs kept apart from it, and the time it takes; our client beside the bare `openai` client.

The share counts answers that satisfy every check of their use case (facts kept, nothing invented, structure, tone,
length). The comparison of shares is a canned acknowledgement, what a form letter would score on the same checks.
What to expect of new text is what each blind set scored at its first reading, before it served to improve anything:
those shares cannot be measured again and are printed as text. What the same sets score now is printed beside them.
"""

from __future__ import annotations

import statistics
import time

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.connection import open_client
from atelier_ia.assistant.providers import find_provider
from atelier_ia.assistant.requests import chat_body
from atelier_ia.assistant.simulator.transport import SimulatorTransport
from atelier_ia.settings import Settings, load_settings
from bench.figures import Figure
from tests.assistant.simulator.quality_checks import (
    BLIND,
    EXAMINER,
    Verdict,
    examined,
    judge,
    load_cases,
    load_inputs,
    misses,
    question,
    recited,
)

FIRST_READING = {
    "mails": "first reading: 43 of 72, since used to improve it",
    "a": "first reading: 43 of 70, since used to improve it",
    "b": "first reading: 59 of 70, since used to improve it",
    "c": "first reading: 49 of 70, since used to improve it",
    "d": "first reading, after the work on C: 45 of 70, since used to improve it",
    "e": "first reading, after the work on D: 45 of 70, since used to improve it",
    "f": "first reading, after the work on E: 42 of 70, since used to improve it",
    "g": "first reading, after the work on F: 12 of 70, since used to improve it",
    "h": "first reading, after the work on G: 21 of 98, since used to improve it",
    "i": "first reading, after the work on H: 52 of 70, since used to improve it",
    "j": "first reading, after the work on I: 54 of 70, since used to improve it",
    "k": "first reading, after the work on I and J: 50 of 70, since used to improve it",
    "l": "first reading, after the work on K: 38 of 70, since used to improve it",
    "m": "first reading, after the work on L: 47 of 70, since used to improve it",
    "r": "first reading, after the work on P and Q: 40 of 70 (38 before), only counted so far",
    "q": "first reading, after the work on O: 40 of 70, since used to improve it",
    "p": "first reading, after the work on O: 47 of 70, since used to improve it",
    "o": "first reading, after the work on N: 49 of 70, since used to improve it",
    "n": "first reading, after the work on M: 57 of 70, 60 once nothing told is lost; since used to improve it",
}


def run() -> list[Figure]:
    """Shares in per cent, times in milliseconds (median over the inputs)."""
    settings = load_settings()
    inputs = load_inputs()
    assistant = open_assistant(settings)
    assistant.ask(question(inputs[0]))  # imports and knowledge base, once
    form = _form_letter(settings)
    verdicts = [judge(item, assistant.ask(question(item)).text, settings) for item in inputs]
    canned = [judge(item, form, settings) for item in inputs]
    figures = [
        Figure(
            f"answers that satisfy all checks ({len(inputs)} inputs kept apart)",
            "%",
            _share(verdicts),
            "a form letter",
            _share(canned),
            smaller_is_better=False,
        )
    ]
    for use in dict.fromkeys(item.use for item in inputs):
        mine = [verdict for verdict in verdicts if verdict.input.use == use]
        share = _share(mine)
        figures.append(
            Figure(f"  of which {use} ({len(mine)})", "%", share, "no comparison", None, smaller_is_better=False)
        )
    for verdict in verdicts:
        if verdict.failed:
            print(f"   {verdict.input.id}: {', '.join(verdict.failed)}")
    return figures + _blind() + _examined() + _times()


def _examined() -> list[Figure]:
    """The sets of examiners who had read nothing of the simulator: now, and at the first reading (as text)."""
    settings = load_settings()
    form = _form_letter(settings)
    figures = []
    for name, path in EXAMINER.items():
        cases = load_cases(path)
        found = examined(settings, path)
        right = sum(not missed for missed in found.values())
        canned = sum(not misses(case, form) for case in cases)
        figures.append(
            Figure(
                f"examiner's set {name.upper()} ({len(cases)} texts; {FIRST_READING[name]})",
                "%",
                100 * right / len(cases),
                "a form letter",
                100 * canned / len(cases),
                smaller_is_better=False,
            )
        )
        for case, missed in found.items():
            if missed:
                print(f"   {case}: {', '.join(missed)}")
    return figures


def _blind() -> list[Figure]:
    """The e-mails whose author had read neither the simulator nor the knowledge base's key words."""
    settings = load_settings()
    inputs = load_inputs(BLIND)
    assistant = open_assistant(settings)
    verdicts = [judge(item, assistant.ask(question(item)).text, settings) for item in inputs]
    form = _form_letter(settings)
    canned = [judge(item, form, settings) for item in inputs]
    groups = {
        f"e-mails written blind that satisfy all checks ({len(inputs)}; {FIRST_READING['mails']})": lambda item: True,
        "  of which one subject": lambda item: len(item.procedures) == 1,
        "  of which two or three subjects": lambda item: len(item.procedures) > 1,
        "  of which in no procedure": lambda item: not item.procedures,
    }
    figures = [
        Figure(
            name,
            "%",
            _share([verdict for verdict in verdicts if belongs(verdict.input)]),
            "a form letter",
            _share([verdict for verdict in canned if belongs(verdict.input)]),
            smaller_is_better=False,
        )
        for name, belongs in groups.items()
    ]
    outside = [verdict for verdict in verdicts if not verdict.input.procedures]
    astray = sum(bool(recited(verdict.answer, settings)) for verdict in outside)
    name = f"  in no procedure of the time, answered with one now ({len(outside)} e-mails; the base has grown)"
    figures.append(Figure(name, "%", 100 * astray / len(outside), "a form letter", 0.0))
    for verdict in verdicts:
        if verdict.failed:
            print(f"   {verdict.input.id}: {', '.join(verdict.failed)}")
    return figures


def _form_letter(settings: Settings) -> str:
    style = settings.correspondence
    return f"{style.opening}\n\nNous avons bien reçu votre message.\n\n{style.closing}\n\n{style.signature}"


def _share(verdicts: list[Verdict]) -> float:
    return 100 * sum(not verdict.failed for verdict in verdicts) / len(verdicts)


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
