"""Grade submissions (`atelier corriger`): answers are read as data and scored here, no learner's cell is ever run.

Scoring runs in several processes; one process writes nbgrader's gradebook. Each submission is a whole: a broken one
goes to a person with the reason, and a grading killed half-way goes on where it stopped.
"""

from __future__ import annotations

import fcntl
import gc
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from atelier_ia.errors import AtelierError
from atelier_ia.folders import data_folder
from atelier_ia.training import code_cells, corrections, ledger
from atelier_ia.training.code_cells import CodeMark, Runner
from atelier_ia.training.collection import Submission, collect, submissions
from atelier_ia.training.corrections import Correction, GradedAnswer
from atelier_ia.training.course import gradebook_is_missing, graded_notebook_path
from atelier_ia.training.decisions import applied
from atelier_ia.training.extraction import Answer, extract
from atelier_ia.training.feedback import page_path, write_page
from atelier_ia.training.notebooks import Notebook, NotebookError, parse_notebook
from atelier_ia.training.rubrics import Assignment, list_assignments, load_assignment
from atelier_ia.training.scoring import score, warm_up

if TYPE_CHECKING:
    from atelier_ia.training.recording import Recorder

Progress = Callable[[int, int, Correction | None], None]
# Below this many submissions, starting other processes costs more than it saves.
_WORTH_SHARING = 6
# Submissions recorded in one transaction, and how long the first of them may wait for it.
_BATCH, _BATCH_SECONDS = 50, 2.0


class GradingError(AtelierError):
    """The grading could not begin."""


@dataclass
class Report:
    """What one run did."""

    graded: list[Correction] = field(default_factory=list)
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)  # folders of the exchange with an impossible name

    @property
    def to_review(self) -> list[Correction]:
        """Those that wait for a person."""
        return [correction for correction in self.graded if correction.problem or correction.to_review]


def grade(
    assignments: tuple[str, ...] = (),
    learners: tuple[str, ...] = (),
    jobs: int | None = None,
    progress: Progress | None = None,
    runner: Callable[[], Runner] | None = None,
) -> Report:
    """Collect, then grade every submission that is new or changed (of these assignments and learners when named).

    `runner` opens a sandbox for the code exercises that trainers add; each scoring process opens its own, when needed.

    Raises:
        GradingError: another grading is running, or there is code to run and no `runner`.
        ContentError: a rubric does not load.
    """
    names = assignments or list_assignments()
    for name in names:
        load_assignment(name)
    with _alone():
        refused = collect()
        before = ledger.read_inventory()
        report = Report(refused=refused)
        todo = []
        rubrics = {name: corrections.rubric_fingerprint(name) for name in names}
        for submission in submissions(names, learners):
            previous = corrections.load(corrections.correction_path(submission.learner, submission.assignment))
            if previous is not None and previous.fingerprint == _quick(submission, rubrics) and _kept(submission):
                report.unchanged += 1
            else:
                todo.append(submission)
        if todo:
            _runners.prepare(runner, todo)
            try:
                _grade_all(todo, rubrics, jobs, report, progress)
            finally:
                _runners.close()
        if not refused:
            ledger.remember(ledger.scope(assignments, learners), before, report.unchanged + len(report.graded))
    return report


def _grade_all(
    todo: list[Submission], rubrics: dict[str, str], jobs: int | None, report: Report, progress: Progress | None
) -> None:
    scored = _scored(todo, rubrics, jobs)
    # Imported once the workers are born: they do not need the database.
    from atelier_ia.training.recording import Recorder

    with Recorder(sorted({submission.assignment for submission in todo})) as recorder:
        batch: list[Correction] = []
        begun = time.monotonic()
        for done, correction in enumerate(scored, 1):
            batch.append(corrections.compared(correction))
            if progress is not None:
                progress(done, len(todo), correction)
            if done == len(todo) or len(batch) >= _BATCH or time.monotonic() - begun > _BATCH_SECONDS:
                _keep(batch, recorder)
                report.graded += batch
                batch, begun = [], time.monotonic()


def _keep(batch: list[Correction], recorder: Recorder) -> None:
    """Gradebook, pages, then our own records: what is interrupted half-way is simply done again."""
    recorder.record(batch)
    for correction in batch:
        write_page(correction)
        corrections.save(correction)


def _scored(todo: list[Submission], rubrics: dict[str, str], jobs: int | None) -> Iterator[Correction]:
    workers = min(jobs or os.cpu_count() or 1, len(todo))
    if workers == 1 or len(todo) < _WORTH_SHARING:
        return (score_submission(submission, rubrics[submission.assignment]) for submission in todo)
    warm_up()  # word lists and rules are read once, before the workers are born
    pool = multiprocessing.get_context("fork").Pool(workers, initializer=_let_go)
    results = pool.imap(_score_one, [(s, rubrics[s.assignment]) for s in todo], chunksize=2)

    def drain() -> Iterator[Correction]:
        with pool:
            yield from results

    return drain()


def _score_one(work: tuple[Submission, str]) -> Correction:
    return score_submission(*work)


def score_submission(submission: Submission, rubric: str) -> Correction:
    """Score one submission; never raises: what cannot be graded goes to a person, with the reason."""
    stamp = submission.stamp()
    base = Correction(submission.learner, submission.assignment, "", stamp)
    try:
        content, note = submission.read()
    except NotebookError as error:
        mark = corrections.fingerprint(rubric, str(error).encode(), stamp)
        return _unreadable(Correction(base.learner, base.assignment, mark, stamp), str(error))
    mark = corrections.fingerprint(rubric, content, stamp)
    base = Correction(base.learner, base.assignment, mark, stamp)
    try:
        assignment = load_assignment(submission.assignment)
        notebook = parse_notebook(content, f"{submission.assignment}.ipynb")
        answers = tuple(_graded(assignment, answer, note) for answer in extract(notebook, assignment))
        code, written = _graded_code(notebook, submission.assignment)
    except NotebookError as error:
        return _unreadable(base, str(error))
    except Exception as error:  # one learner's file never stops another's
        return _unreadable(base, f"Le carnet n'a pas pu être noté ({type(error).__name__}) ; lisez-le vous-même.")
    return Correction(base.learner, base.assignment, mark, stamp, answers, code=code, written=written)


def _graded_code(notebook: Notebook, assignment: str) -> tuple[tuple[CodeMark, ...], dict[str, str]]:
    """The graded cells that a trainer added, run in the sandbox of this process when some are code."""
    if not code_cells.added_points(assignment):
        return (), {}
    planned = code_cells.plan(notebook, assignment)
    outcome = _runners.get().run(planned.sources, planned.files) if code_cells.code_points(assignment) else None
    return code_cells.mark(assignment, planned, outcome), planned.written


class _Runners:
    """The sandbox of this process, opened at the first code exercise."""

    def __init__(self) -> None:
        self._open: Callable[[], Runner] | None = None
        self._runner: Runner | None = None

    def prepare(self, opener: Callable[[], Runner] | None, todo: list[Submission]) -> None:
        """Refuse at once, before anything is graded, what could not be run."""
        self._open, self._runner = opener, None
        with_code = sorted({s.assignment for s in todo if code_cells.code_points(s.assignment)})
        if with_code and opener is None:
            raise GradingError(
                f"Le devoir « {with_code[0]} » contient du code à exécuter ; corrigez-le avec « atelier corriger »."
            )
        if with_code and opener is not None:
            self._runner = opener()

    def close(self) -> None:
        if self._runner is not None:
            self._runner.close()
        self._runner = None

    def forget(self) -> None:
        """In a new process: the sandbox opened before the fork belongs to the other one."""
        self._runner = None

    def get(self) -> Runner:
        if self._runner is None:
            assert self._open is not None
            self._runner = self._open()
        return self._runner


_runners = _Runners()


def _graded(assignment: Assignment, answer: Answer, file_note: str) -> GradedAnswer:
    exercise = assignment.exercise(answer.exercise)
    result = applied(assignment.name, exercise, answer.text, score(exercise, answer.text))
    problem = answer.problem
    if file_note and not result.blank:
        problem = problem or file_note
    decided = None if problem else result.score
    return GradedAnswer(exercise.id, answer.text, decided, exercise.max_score, result, problem, answer.note)


def _unreadable(base: Correction, reason: str) -> Correction:
    """Every exercise waits for a person, for the same reason."""
    assignment = load_assignment(base.assignment)
    answers = tuple(
        GradedAnswer(exercise.id, "", None, exercise.max_score, score(exercise, ""), reason)
        for exercise in assignment.exercises
    )
    code = tuple(
        CodeMark(name, None, points, reason) for name, points in code_cells.added_points(base.assignment).items()
    )
    return Correction(base.learner, base.assignment, base.fingerprint, base.submitted_at, answers, reason, code)


def _quick(submission: Submission, rubrics: dict[str, str]) -> str:
    """The fingerprint that grading this submission now would have."""
    rubric, stamp = rubrics[submission.assignment], submission.stamp()
    try:
        content, _ = submission.read()
    except NotebookError as error:
        content = str(error).encode()
    return corrections.fingerprint(rubric, content, stamp)


def _kept(submission: Submission) -> bool:
    """Is everything that a correction produces still there? (the gradebook or a page may have been deleted)"""
    produced = (
        page_path(submission.learner, submission.assignment),
        graded_notebook_path(submission.learner, submission.assignment),
    )
    return not gradebook_is_missing() and all(path.is_file() and path.stat().st_size for path in produced)


# The lock's file, which the scoring processes inherit and must let go: they can outlive a killed grading for a moment.
_held: list[TextIO] = []


def _let_go() -> None:
    gc.enable()
    for file in _held:
        file.close()
    _runners.forget()


@contextmanager
def _alone() -> Iterator[None]:
    """One grading at a time on this course; the lock goes with the process, however it ends."""
    path = data_folder() / "correction.lock"
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise GradingError("Une correction est déjà en cours ; attendez qu'elle se termine.") from None
        file.write(json.dumps({"pid": os.getpid()}))
        file.flush()
        _held.append(file)
        try:
            yield
        finally:
            _held.remove(file)
