"""Measured time: the stopwatch, the import, the summary."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.diagnosis.stopwatch import Stopwatch
from atelier_ia.diagnosis.time_log import (
    TimeEntry,
    checked,
    parse_log,
    read_log,
    stopwatch_entry,
    summarise_tasks,
    write_log,
)
from atelier_ia.diagnosis.volumes import TaskVolume, read_volumes, tasks_without_volume, weekly_loads
from atelier_ia.documents.tables import TableError
from atelier_ia.errors import AtelierError

SANDBOX = Path(__file__).parents[2] / "sandbox_data" / "diagnostic"


class Clock:
    """A clock that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_stopwatch_pauses() -> None:
    """Is time counted only while it runs, whatever the number of presses?"""
    clock = Clock()
    watch = Stopwatch(clock)
    watch.start()
    clock.now += 90
    watch.start()
    watch.pause()
    watch.pause()
    clock.now += 1000
    assert not watch.running
    watch.start()
    clock.now += 30
    assert watch.seconds == 120
    assert stopwatch_entry(watch, "  Répondre  à un courriel ", count=2) == TimeEntry(
        "Répondre à un courriel", 2.0, 2, "", None, "chronomètre"
    )
    watch.reset()
    assert watch.seconds == 0


@pytest.mark.parametrize("entry", [TimeEntry(" ", 5), TimeEntry("a", 0), TimeEntry("a", 13 * 60), TimeEntry("a", 5, 0)])
def test_impossible_entries_are_refused(entry: TimeEntry) -> None:
    """Are a nameless task, no time, more than half a day and no case refused with a sentence?"""
    with pytest.raises(AtelierError):
        checked(entry)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("45", 45), ("12,5", 12.5), ("45 min", 45), ("1 h 15", 75), ("1h", 60), ("0,5 h", 30), ("1:15", 75), ("90mn", 90)],
)
def test_durations_as_people_write_them(written: str, minutes: float) -> None:
    """Is each way of writing a duration read as minutes?"""
    assert parse_log(f"tache;minutes\nx;{written}\n".encode())[0].minutes == minutes


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("x;;;", "colonne « minutes »"),
        ("x;beaucoup;;", "« beaucoup »"),
        ("x;-4;;", "« -4 »"),
        ("x;5;0;", "colonne « nombre »"),
        ("x;5;1;hier", "colonne « jour »"),
        (";5;1;", "colonne « tache »"),
    ],
)
def test_wrong_lines_are_named(line: str, place: str) -> None:
    """Does a wrong cell name its line and column?"""
    with pytest.raises(TableError, match=f"ligne 2.*{place}"):
        parse_log(f"tache;minutes;nombre;jour\n{line}\n".encode())


@given(
    st.lists(
        st.builds(
            TimeEntry,
            st.text("abcdéà =+'\";", min_size=1, max_size=12).filter(lambda text: text.strip(" '") != ""),
            st.floats(0.1, 700).map(lambda value: round(value, 2)),
            st.integers(1, 50),
            st.sampled_from(["", "accueil"]),
            st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2030, 1, 1))),
            st.sampled_from(["chronomètre", "import", "estimation"]),
        ),
        max_size=6,
    )
)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, entries: list[TimeEntry]) -> None:
    """Do entries come back from the file as they were, whatever the signs in the name of the task?"""
    entries = [checked(entry) for entry in entries]
    path = tmp_path_factory.mktemp("log") / "temps.csv"
    assert [entry.minutes for entry in read_log(write_log(entries, path))] == [entry.minutes for entry in entries]
    assert [entry.count for entry in read_log(path)] == [entry.count for entry in entries]
    assert [entry.day for entry in read_log(path)] == [entry.day for entry in entries]


def test_estimates_never_pass_for_measures() -> None:
    """Does an estimate stay out of measured figures, and a task without measure say so?"""
    entries = [
        TimeEntry("Courriel", 10, origin="chronomètre"),
        TimeEntry("courriel ", 60, 4, origin="chronomètre"),
        TimeEntry("COURRIEL", 500, origin="estimation"),
        TimeEntry("Arrêté", 30, origin="estimation"),
    ]
    mail, order = summarise_tasks(entries)
    assert (mail.median_minutes, mail.entries, mail.cases, mail.estimates) == (12.5, 2, 5, 1)
    assert mail.measured
    assert not order.measured
    assert order.fragile


def test_weekly_load() -> None:
    """Is a week's load minutes per case times cases, and is a task without volume named?"""
    times = summarise_tasks([TimeEntry("Courriels", 12), TimeEntry("Affiches", 90)])
    volumes = [TaskVolume("COURRIELS", 50, 8)]
    loads = weekly_loads(times, volumes)
    assert [(load.task, load.hours, load.agents) for load in loads] == [("Courriels", 10.0, 8)]
    assert tasks_without_volume(times, volumes) == ("Affiches",)


def test_the_example_is_consistent() -> None:
    """In the fictional commune, has every volume its measured times?"""
    times = summarise_tasks(read_log(SANDBOX / "temps.csv"))
    volumes = read_volumes(SANDBOX / "volumes.csv")
    assert len(weekly_loads(times, volumes)) == len(volumes)
