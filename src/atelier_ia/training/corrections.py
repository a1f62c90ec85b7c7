"""Our own record of each correction, one JSON file per submission under `var/corrections/`.

It says what was graded (fingerprint) and every verdict with its evidence. Written once the gradebook has it, at one go
(temporary file, then rename): a correction that is there is whole, and recorded.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from atelier_ia.folders import data_folder
from atelier_ia.training.code_cells import CodeMark, added_points
from atelier_ia.training.decisions import digest
from atelier_ia.training.ledger import ENGINE
from atelier_ia.training.rubrics import RUBRIC_NAME, source_folder
from atelier_ia.training.scoring import CriterionResult, ExerciseResult, Quote


@dataclass(frozen=True)
class GradedAnswer:
    """One exercise of one submission. `score` None: a person decides (`problem` says why)."""

    exercise: str
    answer: str
    score: float | None
    max_score: float
    result: ExerciseResult
    problem: str = ""
    note: str = ""
    rewritten: bool = False  # not the answer that was graded last time: a person who marked that one looks again


@dataclass(frozen=True)
class Correction:
    """One submission graded. `problem` is about the whole file (it could not be read)."""

    learner: str
    assignment: str
    fingerprint: str
    submitted_at: str = ""  # as nbgrader writes it: "2027-01-11 09:05:00.000000 UTC"
    answers: tuple[GradedAnswer, ...] = ()
    problem: str = ""
    code: tuple[CodeMark, ...] = ()  # graded cells that a trainer added
    written: dict[str, str] = field(default_factory=dict)  # what the learner wrote for them

    @property
    def parts(self) -> tuple[GradedAnswer | CodeMark, ...]:
        """Everything that gives points."""
        return (*self.answers, *self.code)

    @property
    def score(self) -> float:
        """Points already decided by the program."""
        return round(sum(part.score or 0.0 for part in self.parts), 2)

    @property
    def max_score(self) -> float:
        """Points of the whole assignment."""
        return sum(part.max_score for part in self.parts)

    @property
    def to_review(self) -> int:
        """How many exercises wait for a person."""
        return sum(1 for part in self.parts if part.score is None)


def corrections_folder() -> Path:
    """Where corrections are kept."""
    return data_folder() / "corrections"


def correction_path(learner: str, assignment: str) -> Path:
    """The file of one correction (it may not exist)."""
    return corrections_folder() / assignment / f"{learner}.json"


def rubric_fingerprint(assignment: str) -> str:
    """Changes with the rubric, the engine, the decisions taken about it, and the notebook when code was added to it."""
    content = (source_folder() / assignment / RUBRIC_NAME).read_bytes()
    content += digest(assignment).encode()
    if added_points(assignment):
        content += (source_folder() / assignment / f"{assignment}.ipynb").read_bytes()
    return hashlib.sha256(f"{ENGINE}\n".encode() + content).hexdigest()


def fingerprint(rubric: str, submission: bytes, stamp: str) -> str:
    """What a correction depends on: rubric, file and date of submission."""
    return hashlib.sha256(b"\0".join((rubric.encode(), stamp.encode(), submission))).hexdigest()


def save(correction: Correction) -> None:
    """Write one correction, whole or not at all."""
    path = correction_path(correction.learner, correction.assignment)
    content = json.dumps(asdict(correction), ensure_ascii=False, sort_keys=True).encode()
    # Made again from the submission if a power cut loses it: no need to wait for the disk.
    write_whole(path, content, durable=False)


def compared(correction: Correction) -> Correction:
    """The same, its answers marked `rewritten` when they are not those of the correction it replaces."""
    previous = load(correction_path(correction.learner, correction.assignment))
    if previous is None:
        return correction
    before = {answer.exercise: answer.answer for answer in previous.answers}
    answers = tuple(
        replace(answer, rewritten=before.get(answer.exercise, answer.answer) != answer.answer)
        for answer in correction.answers
    )
    return replace(correction, answers=answers)


def load(path: Path) -> Correction | None:
    """Read one correction; None when it is missing or unreadable (it will be made again)."""
    try:
        data = json.loads(path.read_bytes())
        answers = tuple(_graded(item) for item in data.pop("answers"))
        code = tuple(CodeMark(**item) for item in data.pop("code"))
        return Correction(answers=answers, code=code, **data)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def load_all(assignment: str | None = None) -> list[Correction]:
    """All corrections (of one assignment), sorted by assignment then learner."""
    paths = sorted(corrections_folder().glob(f"{assignment or '*'}/*.json"))
    return [correction for path in paths if (correction := load(path)) is not None]


def write_whole(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a file so that a reader (or a killed process) sees the old content or the new, never half.

    `durable`: also across a power cut, which costs a wait for the disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ecriture-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _graded(item: dict[str, Any]) -> GradedAnswer:
    result = item.pop("result")
    lines = tuple(
        CriterionResult(
            **{**line, "evidence": tuple(Quote(**q) for q in line["evidence"]), "hints": tuple(line["hints"])}
        )
        for line in result.pop("criteria")
    )
    return GradedAnswer(result=ExerciseResult(criteria=lines, **result), **item)
