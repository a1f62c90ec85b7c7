"""The training of one person: from their sessions and results to the lines of the HR report. Pure computation.

What HR may know of a person: modules followed, dates, hours, half-days, modality, and for each module *acquis* or *en
cours*. Never a mark, never a reason. Individual coaching (`accompagnement…`) never enters a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from atelier_ia.settings import Settings
from atelier_ia.training.attendance import HALF_DAY_HOURS, Attendance, half_days_of
from atelier_ia.training.roster import Learner

Outcome = Literal["acquis", "en cours", ""]
ACQUIRED_SHARE = 0.6
"""Share of an assignment's points from which a module is acquired."""
LEVEL = "formation interne, sans niveau de qualification"
"""What the *livret individuel de formation* asks under « niveau »."""
PRIVATE_PREFIX = "accompagnement"
STAGES = (
    ("s1_", "Semaine 1 : direction"),
    ("s3_", "Semaine 3 : référents"),
    ("m2_", "Mois 2 : ateliers par service"),
    ("m3_", "Mois 3 : bilan collectif"),
)
OTHER_STAGE = "Autres séances"


@dataclass(frozen=True, slots=True)
class ModuleResult:
    """A piece of work handed in: points decided so far (0 before grading), the day it was handed in when known, and the
    module's planned duration in minutes."""

    learner: str
    module: str
    score: float
    max_score: float
    day: date | None = None
    minutes: int = 0

    @property
    def acquired(self) -> bool:
        """Enough points already."""
        return self.max_score > 0 and self.score >= ACQUIRED_SHARE * self.max_score


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """One person and one module: `hours` and `half_days` attended, out of `sessions` planned for the person."""

    learner: Learner
    module: str
    title: str
    stage: str
    first_day: date | None
    last_day: date | None
    hours: float
    half_days: float
    modality: str
    kind: str
    provider: str
    attended: int
    sessions: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class AgentLine:
    """One person, all modules together; `known`: in the list of agents."""

    learner: Learner
    first_day: date | None
    last_day: date | None
    hours: float
    half_days: float
    modality: str
    attended: int
    sessions: int
    followed: int
    acquired: int
    evaluated: int
    known: bool

    @property
    def outcome(self) -> Outcome:
        """*acquis* when every evaluated module is, *en cours* otherwise, nothing without evaluation."""
        if not self.evaluated:
            return ""
        return "acquis" if self.acquired == self.evaluated else "en cours"


def lines_of_person(
    learner: Learner,
    attendance: Iterable[Attendance],
    results: Iterable[ModuleResult],
    settings: Settings,
    titles: Mapping[str, str],
) -> tuple[TrainingLine, ...]:
    """The modules of `learner`, in order of date. `titles` gives the French title of each module that is evaluated; a
    module absent from it is shown by its identifier and has no outcome unless it has a result."""
    sessions: dict[str, list[Attendance]] = {}
    for presence in _share_half_days(attendance):
        if not is_private(presence.module):
            sessions.setdefault(presence.module, []).append(presence)
    marks = {result.module: result for result in results if not is_private(result.module)}
    seen = {stage_of(module) for module in sessions}
    lines = []
    for module in sessions.keys() | marks.keys():
        line = _line(learner, module, sessions.get(module, []), marks.get(module), titles, settings)
        if module in marks and line.stage not in seen:
            line = _credited(line, marks[module])
        if line.attended or module in marks:
            lines.append(line)
    return tuple(sorted(lines, key=lambda line: (line.first_day or date.max, line.module)))


def _share_half_days(attendance: Iterable[Attendance]) -> list[Attendance]:
    """The same lines of one person, each with its half-days: those written, else the whole day (one half-day up to
    four hours, two beyond) shared between its sessions in proportion to their hours."""
    lines = list(attendance)
    hours: dict[date, float] = {}
    for line in lines:
        if line.present and line.half_days is None:
            hours[line.day] = hours.get(line.day, 0) + line.hours
    shared = []
    for line in lines:
        whole = hours.get(line.day, 0)
        if line.half_days is None:
            line = replace(line, half_days=half_days_of(whole) * line.hours / whole if line.present and whole else 0)
        shared.append(line)
    return shared


def stage_of(module: str) -> str:
    """The stage of the roll-out that a module belongs to."""
    return next((name for prefix, name in STAGES if module.startswith(prefix)), OTHER_STAGE)


def session_title(module: str, settings: Settings) -> str:
    """The French name of a session that is no graded module; what the sheet says when it is none of ours."""
    known = {
        "s1_direction": "Séance de direction",
        "s3_referents": "Journée des référents",
        "m3_bilan": "Bilan collectif",
    }
    service = settings.service_name(module.removeprefix("m2_"))
    if module.startswith("m2_") and service != module.removeprefix("m2_"):
        return f"Atelier : {service}"
    return known.get(module, module)


def is_private(module: str) -> bool:
    """Whether `module` is individual coaching, which enters no report."""
    return module.casefold().startswith(PRIVATE_PREFIX)


def _line(
    learner: Learner,
    module: str,
    sessions: list[Attendance],
    mark: ModuleResult | None,
    titles: Mapping[str, str],
    settings: Settings,
) -> TrainingLine:
    present = [session for session in sessions if session.present]
    days = [session.day for session in present] + ([mark.day] if mark and mark.day else [])
    first = next(iter(present or sessions), None)
    outcome: Outcome = ""
    if mark is not None:
        outcome = "acquis" if mark.acquired else "en cours"
    elif module in titles:
        outcome = "en cours"
    return TrainingLine(
        learner=learner,
        module=module,
        title=titles.get(module) or session_title(module, settings),
        stage=stage_of(module),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        hours=sum(session.hours for session in present),
        half_days=round(sum(session.half_days or 0 for session in present), 2),
        modality=_modality({session.modality for session in present}),
        kind=first.kind if first else Attendance.kind,
        provider=first.provider if first else Attendance.provider,
        attended=len(present),
        sessions=len(sessions),
        outcome=outcome,
    )


def _credited(line: TrainingLine, mark: ModuleResult) -> TrainingLine:
    """A module handed in by someone who signed no sheet at that stage counts for its planned duration."""
    hours = round(mark.minutes / 60, 2)
    return replace(line, hours=hours, half_days=round(hours / HALF_DAY_HOURS, 2), modality="autonomie")


def agent_line(lines: Sequence[TrainingLine], known: bool) -> AgentLine:
    """All the modules of one person together."""
    days = [day for line in lines for day in (line.first_day, line.last_day) if day]
    return AgentLine(
        learner=lines[0].learner,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        hours=sum(line.hours for line in lines),
        half_days=round(sum(line.half_days for line in lines), 2),
        modality=_modality({line.modality for line in lines if line.modality}),
        attended=sum(line.attended for line in lines),
        sessions=sum(line.sessions for line in lines),
        followed=len(lines),
        acquired=sum(line.outcome == "acquis" for line in lines),
        evaluated=sum(line.outcome != "" for line in lines),
        known=known,
    )


def _modality(kinds: set[str]) -> str:
    return next(iter(kinds)) if len(kinds) == 1 else ("mixte" if kinds else "")
