"""What the diagnostic has gathered so far, read from its folder: each part, and what is wrong with those that are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from atelier_ia.diagnosis import audit, questionnaire, results, time_log, tool_map, volumes
from atelier_ia.diagnosis.synthesis import DiagnosticData
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings, data_folder

Part = TypeVar("Part")


@dataclass(frozen=True)
class Gathered:
    """The parts that can be read, and one sentence for each that is there and cannot."""

    data: DiagnosticData
    problems: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Nothing at all yet, right or wrong."""
        return self.data == DiagnosticData() and not self.problems


def gather(settings: Settings, folder: Path | None = None) -> Gathered:
    """The diagnostic in `folder` (by default this collectivité's)."""
    place = folder or data_folder() / "diagnostic"
    problems: list[str] = []

    def part(read: Callable[[], Part], missing: Part) -> Part:
        try:
            return read()
        except AtelierError as error:
            problems.append(str(error))
            return missing

    no_entries: tuple[time_log.TimeEntry, ...] = ()
    no_volumes: tuple[volumes.TaskVolume, ...] = ()
    times = time_log.summarise_tasks(part(lambda: time_log.read_log(place / time_log.FILE_NAME), no_entries))
    loads = volumes.weekly_loads(times, part(lambda: volumes.read_volumes(place / volumes.FILE_NAME), no_volumes))
    tools = part(lambda: tool_map.read_tool_map(place / tool_map.FILE_NAME, settings), None)
    data = DiagnosticData(
        part(lambda: audit.load_audit(place / audit.FILE_NAME), None),
        part(lambda: _results(settings, place / questionnaire.FILE_NAME), None),
        times,
        loads,
        tool_map.summarise(tools) if tools is not None else None,
    )
    return Gathered(data, tuple(problems))


def _results(settings: Settings, path: Path) -> results.QuestionnaireResults | None:
    """None while the questionnaire is open or nobody was asked; its refusal when too few answered is a problem."""
    if not path.is_file() or not questionnaire.is_closed(path):
        return None
    return results.questionnaire_results(settings, path)
