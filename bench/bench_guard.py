"""The personal data guard: what it finds per class, its false positives, its speed, and Presidio on the same texts.

Presidio is measured only when `ATELIER_PRESIDIO_PYTHON` names the Python of a throw-away environment that holds
`presidio-analyzer`; it never enters this project's own environment.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from bench.figures import Figure

ROOT = Path(__file__).resolve().parents[1]
PRESIDIO_VARIABLE = "ATELIER_PRESIDIO_PYTHON"
# Presidio's own kinds, read as ours; what it has no recogniser for is simply not found.
_PRESIDIO = """
import json, sys, time
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpEngineProvider
texts = json.load(sys.stdin)
models = [{"lang_code": "fr", "model_name": sys.argv[1]}]
provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models})
engine = AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["fr"])
start = time.process_time()
found = [[[r.start, r.end] for r in engine.analyze(text, language="fr")] for text in texts]
json.dump({"spans": found, "seconds": time.process_time() - start}, sys.stdout)
"""


def _evaluation() -> ModuleType:
    spec = importlib.util.spec_from_file_location("privacy_evaluation", ROOT / "tests" / "privacy" / "evaluation.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("tests/privacy/evaluation.py is missing")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def run() -> list[Figure]:
    """Print the tables; return shares, false positives per 1 000 words and characters per second."""
    start = time.perf_counter()
    from atelier_ia import privacy

    figures = [Figure("import of atelier_ia.privacy", "s", time.perf_counter() - start, "target 0.3 s", 0.3)]
    evaluation = _evaluation()

    def detect(text: str) -> Sequence[privacy.Span]:
        return privacy.detect(text, names=())

    for half in ("dev", "test", "final", "fresh1", "fresh2"):
        documents = [
            document
            for kind in ("documents", "generated")
            if (evaluation.CORPUS / f"{half}_{kind}.txt").is_file()
            for document in evaluation.read(f"{half}_{kind}")
        ]
        if not documents:
            continue
        scores = evaluation.measure(documents, detect)
        print(f"\n{half}: {len(documents)} texts\n{evaluation.table(scores)}")
        items = sum(score.items for score in scores.values())
        spans = sum(score.spans for score in scores.values())
        covered = sum(score.covered for score in scores.values()) / items
        figures.append(Figure(f"{half}: items found", "share", covered, "nothing comparable", None, False))
        right = sum(score.right for score in scores.values()) / spans
        figures.append(Figure(f"{half}: precision", "share", right, "target 0.95", 0.95, False))
        if (evaluation.CORPUS / f"{half}_prose.txt").is_file():
            count, words, _ = evaluation.false_positives(f"{half}_prose", detect)
            rate = 1000 * count / words
            figures.append(Figure(f"{half}: false positives in {words} words", "per 1 000", rate, "target 2", 2))
        if half == "test":
            figures += _presidio(evaluation, [document.text for document in documents], documents)
    return figures + _speed(evaluation, detect)


def _speed(evaluation: ModuleType, detect: object) -> list[Figure]:
    """Characters per second of processor time from 1 kB to 1 MB: the curve must stay flat."""
    base = "\n\n".join(d.text for name in ("dev_documents", "dev_prose") for d in evaluation.read(name))
    figures = []
    for size in (1_000, 10_000, 100_000, 1_000_000):
        text = (base * (size // len(base) + 1))[:size]
        rounds = max(1, 200_000 // size)
        start = time.process_time()
        for _ in range(rounds):
            detect(text)  # type: ignore[operator]
        speed = rounds * size / (time.process_time() - start)
        figures.append(Figure(f"speed on {size} characters", "chars/s", speed, "target 250 000", 250_000, False))
    return figures


def _presidio(evaluation: ModuleType, texts: list[str], documents: Sequence[object]) -> list[Figure]:
    python = os.environ.get(PRESIDIO_VARIABLE)
    if not python:
        print(f"\nPresidio: not measured ({PRESIDIO_VARIABLE} names no environment that holds it)")
        return []
    model = os.environ.get("ATELIER_PRESIDIO_MODELE", "fr_core_news_sm")
    done = subprocess.run(
        [python, "-c", _PRESIDIO, model], input=json.dumps(texts), capture_output=True, text=True, timeout=900
    )
    if done.returncode:
        print(f"\nPresidio: not measured ({done.stderr.strip().splitlines()[-1:]})")
        return []
    answer = json.loads(done.stdout)
    found = dict(zip(texts, answer["spans"], strict=True))

    class _Found:
        def __init__(self, start: int, end: int) -> None:
            self.start, self.end, self.label, self.level, self.reason = start, end, "NOM", "masquer", "Presidio"

    scores = evaluation.measure(documents, lambda text: [_Found(*place) for place in found[text]])
    print(f"\nPresidio on the test texts\n{evaluation.table(scores)}")
    items = sum(score.items for score in scores.values())
    share = sum(score.covered for score in scores.values()) / items
    speed = sum(map(len, texts)) / answer["seconds"]
    return [
        Figure("test: items found by Presidio", "share", share, "see ours above", None, False),
        Figure("speed of Presidio", "chars/s", speed, "see ours below", None, False),
    ]
