"""Fifty real processes write at once, and are killed at any moment: what was acknowledged is there."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from atelier_ia.measurement.store import citizen_opinions, connect, survey_answers, time_pairs, tool_votes, uses
from atelier_ia.training.attendance import Attendance, read_attendance, write_attendance
from atelier_ia.training.check_in import open_session, signatures
from atelier_ia.training.planning import build_plan, load_options
from atelier_ia.training.planning.progress import read_done
from atelier_ia.use_cases.sandbox import reference_settings
from tests.measurement.writers import DAY, PROCESSES
from tests.postgresql import MEMORY, Server, postgres

__all__ = ["postgres"]

WRITERS = Path(__file__).with_name("writers.py")
TIMES = 5
KILLS = 3


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """In memory where the system offers it: a kill takes nothing from it, and the disk is not waited for."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        (Path(folder) / "sandbox_data").symlink_to(Path(__file__).resolve().parents[2] / "sandbox_data")
        monkeypatch.setenv("ATELIER_RACINE", folder)
        yield Path(folder)


def writers(kind: str, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, WRITERS, kind, str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


def write_all(kind: str, times: int) -> None:
    """Every process writes `times` times and none fails."""
    process = writers(kind, times)
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0
    assert len(said.splitlines()) == PROCESSES * times


def killed(kind: str, after: int) -> Counter[int]:
    """All processes killed (-9) at once after at least `after` acknowledged writes; acknowledged writes of each."""
    process = writers(kind, 0)
    lines = [process.stdout.readline() for _ in range(after)]
    os.killpg(process.pid, signal.SIGKILL)
    lines += process.stdout.read().splitlines()
    process.wait()
    return Counter(int(line.split()[0]) for line in lines if line.strip())


def stored() -> Counter[int]:
    """The measures found in the base, by the process that wrote them."""
    found: Counter[int] = Counter()
    columns = (time_pairs.c.cas_usage, uses.c.cas_usage, citizen_opinions.c.sujet, survey_answers.c.service)
    with connect() as connection:
        for column in columns:
            for name, count in connection.execute(select(column, func.count()).group_by(column)):
                found[int(name[1:])] += count
        for name, count in connection.execute(select(tool_votes.c.outil, tool_votes.c.presentations)):
            found[int(name[1:]) if name != "commun" else -1] += count
    return found


def assert_nothing_lost(acknowledged: Counter[int], found: Counter[int]) -> None:
    """Each acknowledged write is there; at most one more for each process, the one that the kill cut."""
    own = {process: count for process, count in found.items() if process >= 0}
    assert all(acknowledged[process] <= own.get(process, 0) for process in range(PROCESSES))
    assert sum(own.values()) <= sum(acknowledged.values()) + PROCESSES


def test_fifty_processes_lose_nothing(root: Path) -> None:
    """Is every measure of fifty processes there, votes for a common tool included?"""
    write_all("measure", TIMES)
    found = stored()
    assert all(found[process] == TIMES for process in range(PROCESSES))
    assert found[-1] == PROCESSES


@pytest.mark.usefixtures("postgres")
def test_fifty_processes_lose_nothing_in_postgresql() -> None:
    """Does the same hold on the database that an agglomération would use?"""
    write_all("measure", TIMES)
    found = stored()
    assert all(found[process] == TIMES for process in range(PROCESSES))
    assert found[-1] == PROCESSES


def test_killed_at_any_write_nothing_acknowledged_is_lost(root: Path) -> None:
    """After several kills of fifty writing processes, is each acknowledged write there and the base whole?"""
    rng, acknowledged = random.Random(8), Counter()
    for _ in range(KILLS):
        acknowledged += killed("measure", rng.randrange(1, 80))
        assert sqlite3.connect(root / "var/mesures.db").execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found = stored()
    assert sum(found.values())
    assert all(acknowledged[process] <= found[process] for process in range(PROCESSES))
    assert sum(count for process, count in found.items() if process >= 0) <= acknowledged.total() + KILLS * PROCESSES


def test_a_killed_postgresql_loses_nothing_acknowledged(postgres: Server) -> None:
    """When the writers, then the server itself, are killed (-9), is each acknowledged write there after a restart?"""
    acknowledged = killed("measure", 60)
    postgres.kill()
    postgres.start()
    assert_nothing_lost(acknowledged, stored())
    write_all("measure", 1)


def test_fifty_corrections_of_one_sheet_all_hold(root: Path) -> None:
    """When fifty persons correct a line each of the same attendance file, is every correction in it?"""
    write_attendance(Attendance(f"p{index}", DAY, "s3_referents", 9) for index in range(PROCESSES))
    write_all("presence", 2)
    assert {line.hours for line in read_attendance()} == {2}
    killed("presence", 40)
    assert [line.learner for line in read_attendance()] == [f"p{index}" for index in range(PROCESSES)]


def test_fifty_sessions_noted_at_once_are_all_noted(root: Path) -> None:
    """When everybody notes a session as held at the same moment, is each one noted?"""
    write_all("plan", 1)
    sessions = build_plan(reference_settings(), load_options()).sessions
    assert {line.session for line in read_done()} == {session.id for session in sessions[:PROCESSES]}


def test_fifty_persons_sign_at_once(root: Path) -> None:
    """When a whole room signs in the same second, is each signature there, also after a kill?"""
    (session,) = open_session("s3_referents", "Journée", DAY, 3)
    acknowledged = killed("signature", 30)
    assert {f"p{process}" for process in acknowledged} <= set(signatures(session.code))
    write_all("signature", 1)
    assert len(signatures(session.code)) == PROCESSES
