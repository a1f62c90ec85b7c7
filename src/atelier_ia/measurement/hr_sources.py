"""Where the HR report reads from: roster, attendance, nbgrader's gradebook, the course's rubrics."""

from __future__ import annotations

from collections.abc import Iterator

from atelier_ia.content import ContentError
from atelier_ia.measurement.hr_lines import ModuleResult
from atelier_ia.measurement.hr_records import HrRecords, build_records
from atelier_ia.settings import Settings, load_settings
from atelier_ia.training.attendance import iter_attendance
from atelier_ia.training.roster import iter_roster


def read_records(settings: Settings | None = None) -> HrRecords:
    """All that is known of the training of this collectivité.

    Raises:
        AtelierError: a source cannot be read; the sentence names it.
    """
    own = settings or load_settings()
    return build_records(iter_roster(settings=own), iter_attendance(), gradebook_results(), own, module_titles())


def read_own_records(identifier: str, settings: Settings) -> HrRecords:
    """The same for one person: the sources are read through, only their lines are kept."""
    return build_records(
        (who for who in iter_roster(settings=settings) if who.identifier == identifier),
        (line for line in iter_attendance() if line.learner == identifier),
        (result for result in gradebook_results() if result.learner == identifier),
        settings,
        module_titles(),
    )


def gradebook_results() -> Iterator[ModuleResult]:
    """The results of nbgrader's gradebook, as this report needs them, one at a time."""
    from atelier_ia.training.gradebook import iter_handed_in

    for record in iter_handed_in():
        yield ModuleResult(
            learner=record.learner,
            module=record.assignment,
            score=record.score or 0,
            max_score=record.max_score,
            day=record.submitted_at.date() if record.submitted_at else None,
            minutes=record.minutes,
        )


def module_titles() -> dict[str, str]:
    """The title of each graded module of the course; a broken rubric is shown by its identifier rather than refused."""
    from atelier_ia.training.rubrics import list_assignments, load_assignment

    titles = {}
    for name in list_assignments():
        try:
            titles[name] = load_assignment(name).title
        except ContentError:
            titles[name] = name
    return titles


def module_skills() -> dict[str, tuple[str, ...]]:
    """What each graded module works on, as its rubric says it."""
    from atelier_ia.training.rubrics import list_assignments, load_assignment

    skills = {}
    for name in list_assignments():
        try:
            skills[name] = load_assignment(name).skills
        except ContentError:
            skills[name] = ()
    return skills
