"""Where answers are marked and handed in: in this process, or at the desk of a training room.

In a room (`atelier salle`) a learner's kernel holds no rubric: it asks the desk, one private Unix socket away (one
address away on a cluster), and only JSON crosses. The desk is named by two variables that the room sets; without them
everything is done here.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from atelier_ia.errors import AtelierError
from atelier_ia.folders import DESK_TOKEN_VARIABLE, DESK_VARIABLE
from atelier_ia.training.rubrics import Assignment, Exercise, list_assignments, load_assignment
from atelier_ia.training.scoring import CriterionResult, ExerciseResult, Quote, clean_answer, score
from atelier_ia.training.scoring.personal import personal_data

MAX_ANSWER_BYTES = 4_000_000
SECONDS = 60.0
_PUBLIC = ("id", "kind", "title", "statement", "text", "lesson")


class DeskError(AtelierError):
    """The room's desk did not do what was asked; the sentence says what to do."""


@dataclass(frozen=True)
class Marked:
    """One answer marked, and whether it holds personal data (it must then not be tried on a model)."""

    result: ExerciseResult
    personal: bool


def in_room() -> bool:
    """Does this kernel work in a training room?"""
    return bool(os.environ.get(DESK_VARIABLE))


def find_assignment(name: str) -> Assignment:
    """The assignment: with its rubric here, as its learners see it in a room.

    Raises:
        AtelierError: it does not exist, or the desk does not answer.
    """
    return public_assignment(ask("GET", f"/devoirs/{name}")) if in_room() else load_assignment(name)


def all_assignments() -> tuple[str, ...]:
    """Names of the assignments."""
    if not in_room():
        return list_assignments()
    return tuple(str(name) for name in ask("GET", "/devoirs")["devoirs"])


def mark(assignment: str, exercise: Exercise, answer: str, *, for_model: bool = False) -> Marked:
    """Score one answer; `for_model` also looks for personal data in it (a model is about to read it)."""
    if not in_room():
        personal = for_model and bool(personal_data(exercise, clean_answer(answer)))
        return Marked(score(exercise, answer), personal)
    reply = ask(
        "POST", "/noter", {"devoir": assignment, "exercice": exercise.id, "reponse": answer, "modele": for_model}
    )
    return Marked(result_from_json(reply["resultat"]), bool(reply["personnel"]))


def deliver(path: Path, assignment: str) -> None:
    """Hand the saved notebook in at the room's desk, which knows who brings it."""
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    ask("POST", "/rendre", {"devoir": assignment, "carnet": data})


def contest_at_desk(case: dict[str, str]) -> None:
    """Leave a contested verdict at the desk; nobody is named."""
    ask("POST", "/contester", case)


def assignment_to_json(assignment: Assignment) -> dict[str, Any]:
    """What learners may know of an assignment: no criterion, no expected answer, no planted datum."""
    return {
        "name": assignment.name,
        "title": assignment.title,
        "introduction": assignment.introduction,
        "minutes": assignment.minutes,
        "exercises": [{key: getattr(exercise, key) for key in _PUBLIC} for exercise in assignment.exercises],
    }


def public_assignment(data: dict[str, Any]) -> Assignment:
    """The inverse of `assignment_to_json`: an assignment whose exercises have no rubric."""
    exercises = tuple(
        Exercise.model_construct(None, **{key: str(exercise[key]) for key in _PUBLIC}) for exercise in data["exercises"]
    )
    return Assignment.model_construct(
        name=str(data["name"]),
        title=str(data["title"]),
        introduction=str(data["introduction"]),
        minutes=int(data["minutes"]),
        exercises=exercises,
    )


def result_to_json(result: ExerciseResult) -> dict[str, Any]:
    """A result with all that the feedback card shows."""
    return {
        "exercise": result.exercise,
        "score": result.score,
        "max_score": result.max_score,
        "notice": result.notice,
        "blank": result.blank,
        "criteria": [
            {
                "id": line.id,
                "title": line.title,
                "verdict": line.verdict,
                "max_points": line.max_points,
                "evidence": [[quote.start, quote.end, quote.text] for quote in line.evidence],
                "message": line.message,
                "hints": list(line.hints),
                "hidden": line.hidden,
            }
            for line in result.criteria
        ],
    }


def result_from_json(data: dict[str, Any]) -> ExerciseResult:
    """The inverse of `result_to_json`."""
    lines = tuple(
        CriterionResult(
            line["id"],
            line["title"],
            line["verdict"],
            line["max_points"],
            tuple(Quote(*quote) for quote in line["evidence"]),
            line["message"],
            tuple(line["hints"]),
            line["hidden"],
        )
        for line in data["criteria"]
    )
    return ExerciseResult(data["exercise"], data["score"], data["max_score"], lines, data["notice"], data["blank"])


class UnixConnection(http.client.HTTPConnection):
    """HTTP over the desk's Unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("guichet", timeout=SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(SECONDS)
        self.sock.connect(self._path)


def _open(address: str) -> http.client.HTTPConnection:
    """The way to the desk: a Unix socket's path, or the address of a desk on another machine."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        return UnixConnection(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.netloc, timeout=SECONDS)


def ask(method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """One question to the desk.

    Raises:
        DeskError: in the desk's own words, or because it cannot be reached.
    """
    connection = _open(os.environ.get(DESK_VARIABLE, ""))
    headers = {"Authorization": f"Bearer {os.environ.get(DESK_TOKEN_VARIABLE, '')}", "Content-Type": "application/json"}
    try:
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        reply = connection.getresponse()
        data = json.loads(reply.read(MAX_ANSWER_BYTES))
    except (OSError, http.client.HTTPException, ValueError):
        raise DeskError(
            "L'atelier ne répond pas pour l'instant ; votre texte est gardé, réessayez dans une minute ou prévenez "
            "la formatrice."
        ) from None
    finally:
        connection.close()
    if reply.status != 200 or not isinstance(data, dict):
        message = data.get("erreur") if isinstance(data, dict) else None
        raise DeskError(str(message or "L'atelier a refusé cette demande ; prévenez la formatrice."))
    return data
