"""Open a file whose parser is complicated (PDF, Outlook, Excel) in another process, with little memory and time.

Only JSON comes back. If the child is killed by its limits, the person gets a sentence, and nothing else happened.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import dataclass

from atelier_ia.documents.problems import UnreadableError

SECONDS = 40
MAX_ANSWER = 80_000_000
_CHILD = "from atelier_ia.documents.extraction import main; main()"


@dataclass(frozen=True)
class Extraction:
    """Text, warnings, and the files joined to a message."""

    text: str
    warnings: tuple[str, ...] = ()
    attachments: tuple[tuple[str, bytes], ...] = ()


def extract(name: str, data: bytes, parser: str) -> Extraction:
    """Run `extraction.PARSERS[parser]` on `data` in a child process.

    Raises:
        UnreadableError: the child says why, or its limits stopped it.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _CHILD, parser],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_heavy(name) from None
    if done.returncode != 0 or len(done.stdout) > MAX_ANSWER:
        raise _too_heavy(name)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise _too_heavy(name) from None
    if problem := answer.get("probleme"):
        raise UnreadableError(f"« {name} » {problem}")
    return Extraction(
        str(answer.get("texte", "")),
        tuple(map(str, answer.get("avertissements", ()))),
        tuple((str(title), base64.b64decode(body)) for title, body in answer.get("pieces", ())),
    )


def _too_heavy(name: str) -> UnreadableError:
    return UnreadableError(
        f"« {name} » est trop lourd ou abîmé, la lecture a été arrêtée ; donnez-en un extrait ou copiez le texte utile."
    )
