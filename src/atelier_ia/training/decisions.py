"""Verdicts that learners contest, and what a person decides of them.

A contested case holds no name: the exercise, the criterion, the answer and the reason. When a person grants it, the
criterion is acquired for every submission with that very answer, at this grading and at all later ones: a decision is
only ever added to its file, never rewritten by the program.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from atelier_ia.errors import AtelierError
from atelier_ia.folders import data_folder
from atelier_ia.training.rubrics import Exercise
from atelier_ia.training.scoring import ExerciseResult, clean_answer
from atelier_ia.training.scoring.results import rounded

CASES, DECISIONS = "contestations.jsonl", "decisions.jsonl"
GRANTED = "Acquis : la formatrice a relu ce point et vous donne raison."
CONFIRMED = "Relu par la formatrice, qui confirme ce point."


class DecisionError(AtelierError):
    """The decision was not kept; the sentence says why."""


@dataclass(frozen=True)
class Case:
    """A contested verdict. `id` names it: same exercise, criterion and answer, same case."""

    assignment: str
    exercise: str
    criterion: str
    verdict: str
    answer: str
    reason: str = ""

    @property
    def id(self) -> str:
        """A short name that a person can type."""
        content = "\0".join((self.assignment, self.exercise, self.criterion, _same(self.answer)))
        return hashlib.sha256(content.encode()).hexdigest()[:8]

    def as_json(self) -> dict[str, str]:
        """The case with its name."""
        return {"id": self.id, **asdict(self)}


@dataclass(frozen=True)
class Decision:
    """What a person decided of one case, and why; the last one counts."""

    case: str
    assignment: str
    exercise: str
    criterion: str
    answer: str
    granted: bool
    reason: str
    at: str


def contest(case: dict[str, str]) -> None:
    """Keep a contested verdict (the fields of a `Case`); nobody is named."""
    _append(data_folder() / CASES, asdict(Case(**case)))


def contested(assignments: tuple[str, ...] = ()) -> list[Case]:
    """Verdicts that learners contested and that nobody has decided yet, oldest first, each once."""
    decided = {decision.case for decision in decisions()}
    waiting: dict[str, Case] = {}
    for row in _lines(data_folder() / CASES):
        try:
            case = Case(**row)
        except TypeError:
            continue
        if case.id not in decided and (not assignments or case.assignment in assignments):
            waiting.setdefault(case.id, case)
    return list(waiting.values())


def decide(identifier: str, *, granted: bool, reason: str = "") -> Decision:
    """Keep a person's decision on a waiting case.

    Raises:
        DecisionError: no waiting case has that name, or the disk refuses it.
    """
    case = next((waiting for waiting in contested() if waiting.id == identifier), None)
    if case is None:
        raise DecisionError(
            f"Aucun verdict contesté n'attend sous le numéro « {identifier} » ; « atelier suivi » les liste."
        )
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
    decision = Decision(
        case.id, case.assignment, case.exercise, case.criterion, _same(case.answer), granted, reason, now
    )
    try:
        _append(data_folder() / DECISIONS, asdict(decision))
    except OSError as error:
        raise DecisionError(
            f"La décision n'a pas pu être gardée ({error.strerror or type(error).__name__}) ; "
            "libérez de la place, puis décidez de nouveau."
        ) from None
    return decision


def decisions() -> tuple[Decision, ...]:
    """All decisions, oldest first; when a case has several, the last one counts."""
    path = data_folder() / DECISIONS
    try:
        found = path.stat()
    except OSError:
        return ()
    return _read(path, found.st_mtime_ns, found.st_size)


def digest(assignment: str) -> str:
    """Changes with the decisions taken about this assignment; "" while there is none."""
    about = [asdict(decision) for decision in decisions() if decision.assignment == assignment]
    return json.dumps(about, sort_keys=True) if about else ""


def applied(assignment: str, exercise: Exercise, answer: str, result: ExerciseResult) -> ExerciseResult:
    """The result with the decisions that a person took about this very answer."""
    about = {
        decision.criterion: decision
        for decision in decisions()
        if (decision.assignment, decision.exercise) == (assignment, exercise.id) and decision.answer == _same(answer)
    }
    if not about or result.score is None:
        return result
    lines, score = [], result.score
    for line in result.criteria:
        decision = about.get(line.id)
        if decision is None:
            lines.append(line)
            continue
        words = f" {decision.reason}" if decision.reason else ""
        if decision.granted:
            score += line.max_points - line.points
            lines.append(replace(line, verdict="acquis", message=GRANTED + words, mistake=""))
        else:
            lines.append(replace(line, message=f"{line.message} {CONFIRMED}{words}"))
    return replace(result, criteria=tuple(lines), score=min(rounded(score), result.max_score))


def _same(answer: str) -> str:
    """An answer as it is compared: spaces and the end of lines do not count."""
    return " ".join(clean_answer(answer).split())


def _append(path: Path, row: dict[str, Any]) -> None:
    """One more line, on the disk when this returns; a line cut short earlier does not swallow it."""
    line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            line = b"\n" + line
        if os.write(handle, line) != len(line):
            os.ftruncate(handle, size)
            raise OSError(28, "disque plein")
        os.fsync(handle)
    finally:
        os.close(handle)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> tuple[Decision, ...]:
    found = []
    for row in _lines(path):
        try:
            found.append(Decision(**row))
        except TypeError:
            continue
    return tuple(found)


def _lines(path: Path) -> list[dict[str, Any]]:
    rows = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []:
        try:
            row = json.loads(line)
        except ValueError:  # a line cut short by a full disk
            continue
        if isinstance(row, dict):
            rows.append(row)
    return rows
