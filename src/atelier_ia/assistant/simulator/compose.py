"""From a request to the simulator's text: read the task, hand it to the composer of its kind, apply a chosen mistake."""

from __future__ import annotations

import json
from typing import Any

from atelier_ia.assistant.knowledge import load_procedures
from atelier_ia.assistant.simulator import emails, free
from atelier_ia.assistant.simulator.task import Task, read_task
from atelier_ia.settings import Settings


def compose(request: dict[str, Any], settings: Settings) -> str:
    """The simulator's whole answer to a chat request (already checked to hold a list of messages)."""
    task = read_task(request, settings)
    text = _text(task, settings)
    if task.schema is not None:
        return json.dumps({"texte": text}, ensure_ascii=False)
    return text


def _text(task: Task, settings: Settings) -> str:
    if task.kind == "courriel" and task.source:
        return emails.reply(task, load_procedures(settings), settings)
    return free.answer(task)
