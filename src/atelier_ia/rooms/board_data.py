"""What the trainer's board shows: for each participant, where they are and whether they need somebody."""

from __future__ import annotations

import json
import os
import re
import stat
import time
from dataclasses import dataclass
from typing import Any

from atelier_ia.errors import AtelierError
from atelier_ia.rooms.desk_app import Presence
from atelier_ia.rooms.participants import checked, folder_of, titles
from atelier_ia.rooms.store import Attempt, RoomStore
from atelier_ia.runtime.workspace import FOLDER
from atelier_ia.training.collection import Submission, submissions
from atelier_ia.training.course import inbound_folder
from atelier_ia.training.notebooks import MAX_BYTES, parse_notebook, source_of
from atelier_ia.training.rubrics import list_assignments, load_assignment
from atelier_ia.training.scoring.guards import STUB

HEARD_WITHIN = 25.0  # seconds: the browser speaks every six
STUCK_TRIES, STUCK_SHARE = 3, 0.6
SILENT_AFTER = 480.0  # seconds on the same exercise without a new try
_ANSWER = re.compile(r"\s*%%(prompt|reponse)[ \t]+(\S+)[^\n]*\n?")


@dataclass(frozen=True)
class Standing:
    """One line of the board. `state` is a French word that is shown as it is."""

    name: str
    shown: str
    number: str
    present: bool
    hand: bool
    state: str
    assignment: str
    exercise: str
    done: int
    total: int
    tries: int
    handed_in: tuple[str, ...]


def standings(store: RoomStore, presence: dict[str, Presence], now: float | None = None) -> list[Standing]:
    """Everybody, those who need somebody first."""
    moment = time.time() if now is None else now
    attempts: dict[str, list[Attempt]] = {}
    for attempt in store.attempts():
        attempts.setdefault(attempt.name, []).append(attempt)
    hand_ins: dict[str, list[str]] = {}
    for name, assignment, _, _ in store.hand_ins():
        hand_ins.setdefault(name, []).append(assignment)
    calls = store.calls()
    totals = {name: len(load_assignment(name).exercises) for name in list_assignments()}
    found = []
    for person in store.participants():
        heard = presence.get(person.name)
        here = heard is not None and moment - heard.when < HEARD_WITHIN
        tried = attempts.get(person.name, [])
        last = tried[-1] if tried else None
        assignment = _assignment(heard, last)
        own = [attempt for attempt in tried if attempt.assignment == assignment]
        done = sum(attempt.share is None or attempt.share >= 0.999 for attempt in own)
        total = totals.get(assignment, 0)
        delivered = tuple(hand_ins.get(person.name, ()))
        found.append(
            Standing(
                person.name,
                person.shown,
                person.number,
                here,
                person.name in calls,
                _state(here, own, assignment in delivered, done, total, moment),
                assignment,
                own[-1].exercise if own else "",
                done,
                total,
                own[-1].tries if own else 0,
                delivered,
            )
        )
    order = {"bloqué": 1, "sans nouvelle": 2}
    return sorted(found, key=lambda s: (not s.hand, order.get(s.state, 3), not s.present, s.name))


def _assignment(heard: Presence | None, last: Attempt | None) -> str:
    parts = heard.notebook.split("/") if heard else []
    if len(parts) == 3 and parts[0] == FOLDER:
        return parts[1]
    return last.assignment if last else ""


def _state(here: bool, own: list[Attempt], delivered: bool, done: int, total: int, now: float) -> str:
    if delivered:
        return "rendu"
    if total and done == total:
        return "terminé"
    if not own:
        return "commence" if here else "absent"
    last = own[-1]
    failing = last.share is not None and last.share < STUCK_SHARE
    if here and failing and last.tries >= STUCK_TRIES:
        return "bloqué"
    if here and now - last.when > SILENT_AFTER:
        return "sans nouvelle"
    return "avance" if here else "absent"


def overview(store: RoomStore, presence: dict[str, Presence]) -> dict[str, Any]:
    """The whole board as JSON."""
    names = dict(titles())
    lines = standings(store, presence)
    return {
        "participants": [
            {
                "nom": s.name,
                "affiche": s.shown,
                "numero": s.number,
                "present": s.present,
                "main": s.hand,
                "etat": s.state,
                "devoir": s.assignment,
                "titre": names.get(s.assignment, s.assignment),
                "exercice": s.exercise,
                "faits": s.done,
                "total": s.total,
                "essais": s.tries,
                "rendus": list(s.handed_in),
            }
            for s in lines
        ],
        "presents": sum(s.present for s in lines),
        "mains": sum(s.hand for s in lines),
        "rendus": sum(len(s.handed_in) for s in lines),
    }


def read_copy(name: str, assignment: str) -> list[tuple[str, str]]:
    """(exercise, text) of somebody's saved answers. Their folder is theirs: no link in it is followed.

    Raises:
        AtelierError: no such notebook, or it is not a plain one.
    """
    if not re.fullmatch(r"[a-z0-9_]{1,80}", assignment):
        raise AtelierError("Ce devoir n'existe pas ; choisissez-le dans le tableau.")
    descriptors = []
    try:
        here = os.open(folder_of(name), os.O_RDONLY | os.O_DIRECTORY)
        descriptors.append(here)
        for part in (FOLDER, assignment):
            here = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            descriptors.append(here)
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        with os.fdopen(os.open(f"{assignment}.ipynb", flags, dir_fd=here), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError("not a file")
            content = file.read(MAX_BYTES + 1)
    except OSError:
        raise AtelierError("Cette copie n'est pas lisible ; la personne ne l'a peut-être pas encore ouverte.") from None
    finally:
        for descriptor in descriptors:
            os.close(descriptor)
    return _answers(content, assignment)


def read_handed_in(name: str, assignment: str) -> list[tuple[str, str]]:
    """The same of the work handed in last: a desk on a machine of its own does not see participants' folders.

    Raises:
        AtelierError: nothing was handed in, or it is not a plain notebook.
    """
    given = submissions((assignment,), (checked(name),))
    arrived = sorted(inbound_folder().glob(f"{name}+{assignment}+*"), key=lambda folder: folder.name.split("+")[2])
    if arrived:
        given = [Submission(name, assignment, arrived[-1])]
    if not given:
        raise AtelierError(
            "Ce serveur ne voit une copie qu'une fois rendue ; demandez à la personne de cliquer sur « Rendre mon "
            "travail », puis recommencez."
        )
    return _answers(given[-1].read()[0], assignment)


def _answers(content: bytes, assignment: str) -> list[tuple[str, str]]:
    """(title of the exercise, text under its magic; "" when it still holds the invitation)."""
    titles = {exercise.id: exercise.title for exercise in load_assignment(assignment).exercises}
    answers = []
    for cell in parse_notebook(content, f"{assignment}.ipynb")["cells"]:
        text = source_of(cell)
        if match := _ANSWER.match(text):
            answer = text[match.end() :].strip()
            answers.append((titles.get(match[2], match[2]), "" if answer == STUB else answer))
    return answers


def as_json(data: dict[str, Any]) -> str:
    """JSON that is safe inside a page."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
