"""The « Rendre mon travail » button (anywidget): saves the notebook if it can, checks that it is saved, hands it in."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from atelier_ia.errors import AtelierError
from atelier_ia.training.desk import deliver, in_room
from atelier_ia.training.rubrics import Assignment
from atelier_ia.training.scoring.guards import is_blank
from atelier_ia.training.submission import (
    REMEMBERED,
    current_learner,
    hand_in,
    learner_identifier,
    notebook_path,
    unsaved_answers,
)
from atelier_ia.training.wording import day_and_hour, typeset

_STATIC = Path(__file__).with_name("static")


class HandIn(anywidget.AnyWidget):  # type: ignore[misc]
    """A name field (when the learner is not known yet), a button, and a status line that screen readers announce."""

    _esm = _STATIC / "hand_in.js"
    _css = _STATIC / "hand_in.css"
    learner = traitlets.Unicode("").tag(sync=True)
    ask_name = traitlets.Bool(True).tag(sync=True)
    status = traitlets.Unicode("").tag(sync=True)
    state = traitlets.Unicode("pret").tag(sync=True)  # pret | rendu | probleme

    def __init__(self, assignment: Assignment, answers: dict[str, str], **traits: Any) -> None:
        known = current_learner()
        super().__init__(learner=known, ask_name=not known, **traits)
        self._assignment = assignment
        self._answers = answers
        self.on_msg(self._on_click)

    def _on_click(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        """A click: hand in, or say in one sentence why not."""
        try:
            self.status = typeset(self._submit(str(content.get("learner", ""))))
            self.state = "rendu"
        except AtelierError as error:
            self.status, self.state = typeset(str(error)), "probleme"
        except Exception as error:  # a button never dies in silence
            self.status = (
                f"Un problème est survenu ({type(error).__name__}) ; prévenez la formatrice, rien n'est perdu."
            )
            self.state = "probleme"

    def _submit(self, typed: str) -> str:
        learner = self.learner if in_room() else learner_identifier(typed or self.learner)
        path = notebook_path(self._assignment)
        if unsaved_answers(path, self._answers):
            raise AtelierError(
                "Votre carnet n'est pas encore enregistré : appuyez sur Ctrl + S, puis cliquez de nouveau."
            )
        if in_room():
            deliver(path, self._assignment.name)
        else:
            hand_in(path, self._assignment.name, learner)
        self.learner, self.ask_name = learner, False
        with contextlib.suppress(OSError):
            (path.parent / REMEMBERED).write_text(learner, encoding="utf-8")
        given = sum(1 for e in self._assignment.exercises if not is_blank(self._answers.get(e.id, "")))
        total = len(self._assignment.exercises)
        moment = day_and_hour(datetime.now())
        count = f"{given} réponse{'s' if given > 1 else ''} sur {total}"
        return f"Travail rendu {moment}, avec {count}. Vous pouvez encore corriger et rendre de nouveau."
