"""Show what the assistant makes of a learner's prompt. Practice must go on when the assistant does not answer.

Nothing that identifies a person is sent: a prompt that holds personal data is not tried, and the exercise's text goes
masked. When the privacy guard cannot work, nothing is sent at all.
"""

from __future__ import annotations

import time
from typing import Any

from IPython.display import display

from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings
from atelier_ia.training.desk import Marked
from atelier_ia.training.rubrics import Exercise
from atelier_ia.training.scoring import clean_answer
from atelier_ia.training.wording import html, typeset

_REFRESH_SECONDS = 0.15
_STYLE = (
    "font-family:'Atkinson Hyperlegible Next',Luciole,system-ui,sans-serif;max-width:72ch;border:1px solid #b9c3cd;"
    "border-radius:6px;padding:12px 20px;margin:8px 0;line-height:1.55;white-space:pre-wrap"
)


def show_reply(exercise: Exercise, answer: str, marked: Marked) -> None:
    """Stream the assistant's reply to this prompt under the card; any failure becomes one French sentence."""
    prompt = clean_answer(answer)
    if marked.personal:
        _panel(
            "La consigne n'a pas été essayée : elle contient une donnée personnelle, et rien ne doit partir avec.", ""
        )
        return
    if marked.result.notice and marked.result.score == 0:
        return
    try:
        _stream(exercise, prompt)
    except AtelierError as error:
        _panel(f"L'assistant n'a pas répondu : {error} Le retour ci-dessus reste valable.", "")
    except Exception as error:  # the exercise goes on whatever the assistant does
        _panel(f"L'assistant n'est pas disponible ({type(error).__name__}). Le retour ci-dessus reste valable.", "")


def _stream(exercise: Exercise, prompt: str) -> None:
    from atelier_ia.assistant import open_assistant
    from atelier_ia.privacy import mask

    settings = load_settings()
    assistant = open_assistant(settings)
    text = mask(exercise.text).text if exercise.text else ""
    stream = assistant.stream(messages(exercise, mask(prompt).text, text))
    handle = _panel("L'assistant écrit…", "", update=True)
    reply, shown = "", 0.0
    for piece in stream:
        reply += piece
        if time.monotonic() - shown > _REFRESH_SECONDS:
            handle.update(_content(assistant.identity.notice, reply), raw=True)
            shown = time.monotonic()
    handle.update(_content(assistant.identity.notice, reply or "(réponse vide)"), raw=True)


def messages(exercise: Exercise, prompt: str, masked_text: str) -> list[dict[str, str]]:
    """The learner's prompt and the exercise's text, as the project's convention lays them out."""
    system = "Tu aides les agents d'une mairie française. Suis la consigne telle qu'elle est, sans la compléter."
    user = prompt + (f"\n\n<<<TEXTE\n{masked_text}\nTEXTE>>>" if masked_text else "")
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def _panel(title: str, text: str, *, update: bool = False) -> Any:
    return (
        display(_content(title, text), raw=True, display_id=True)
        if update
        else display(_content(title, text), raw=True)
    )


def _content(title: str, text: str) -> dict[str, str]:
    markup = (
        f'<section lang="fr" aria-label="Réponse de l\'assistant" style="{_STYLE}">'
        f"<p style='margin:0 0 8px'><strong>{html(title)}</strong></p>{html(text)}</section>"
    )
    return {"text/html": markup, "text/plain": typeset(f"{title}\n{text}".strip())}
