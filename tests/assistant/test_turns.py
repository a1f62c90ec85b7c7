"""The class queue, shared by threads and by processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from atelier_ia.assistant import Cancelled, open_assistant, turns
from atelier_ia.assistant.turns import Turns
from atelier_ia.settings import Settings
from tests.assistant.servers import serve, whole


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "POLL_SECONDS", 0.02)


class Clock:
    """A clock that the test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_quota_is_kept_and_places_go_down() -> None:
    """Do seven who press together leave by threes, a minute apart, each seeing a place that only goes down?"""
    clock = Clock()
    queue = Turns(3, "p", clock=clock)
    steps = [queue.step() for _ in range(7)]
    assert [place for _, place in steps] == [0, 0, 0, 1, 2, 3, 4]
    waiting = [ticket for ticket, _ in steps[3:]]
    for _ in range(7):
        clock.now += 9
        assert [queue.step(ticket)[1] for ticket in waiting] == [1, 2, 3, 4]
    clock.now += 7
    assert [queue.step(ticket)[1] for ticket in waiting] == [0, 0, 0, 1]
    assert queue.waiting() == 1


def test_giving_up_frees_the_place() -> None:
    """Does a person who stops leave the queue?"""
    queue = Turns(1, "p")
    queue.wait(lambda place: None, threading.Event())
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    with pytest.raises(Cancelled):
        queue.wait(lambda place: None, stop)
    assert queue.waiting() == 0


def test_a_lost_process_does_not_block() -> None:
    """Does a ticket whose process died stop counting?"""
    clock = Clock()
    queue = Turns(1, "p", clock=clock)
    queue.step()
    queue.step()  # waits, then its process dies
    mine, place = queue.step()
    assert place == 2
    clock.now += turns.LOST_AFTER_SECONDS + 1
    assert queue.step(mine)[1] == 1


def test_hold_stops_the_whole_class() -> None:
    """After a 429, does nobody leave for the time asked?"""
    clock = Clock()
    queue = Turns(100, "p", clock=clock)
    queue.hold(30)
    ticket, place = queue.step()
    assert place == 1
    clock.now += 8
    assert queue.step(ticket)[1] == 1
    clock.now += 8
    queue.step(ticket)
    clock.now += 8
    queue.step(ticket)
    clock.now += 7
    assert queue.step(ticket)[1] == 0


def test_processes_share_the_queue(root: Path) -> None:
    """Do separate processes (one kernel each) stay together under the quota?"""
    code = "from atelier_ia.assistant.turns import Turns\nprint(Turns(2, 'p').step()[1])"
    environment = {**os.environ, "ATELIER_RACINE": str(root)}
    kernels = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert sorted(int(kernel.communicate()[0]) for kernel in kernels) in ([0, 0, 1, 1], [0, 0, 1, 2])


def test_the_assistant_shows_the_place(with_assistant: Callable[..., Settings]) -> None:
    """Does a person over the quota see a place, and can she stop?"""
    with serve(lambda handler, _: handler.json(200, whole("Oui."))) as server:
        settings = with_assistant(provider="autre", base_url=server.url, model="m", requests_per_minute=1)
        assistant = open_assistant(settings)
        question = [{"role": "user", "content": "?"}]
        assistant.ask(question)
        places: list[int] = []
        cancel = threading.Event()

        def note(place: int) -> None:
            places.append(place)
            cancel.set()

        with pytest.raises(Cancelled):
            assistant.ask(question, cancel=cancel, on_wait=note)
        assert places == [1]
        assert len(server.seen) == 1


def test_a_retry_takes_a_turn_too(with_assistant: Callable[..., Settings]) -> None:
    """Does a request that failed stand in the queue again, so that retries do not go over the quota?"""
    with serve(lambda handler, _: handler.json(503, {})) as server:
        settings = with_assistant(provider="autre", base_url=server.url, model="m", requests_per_minute=1)
        cancel = threading.Event()
        places: list[int] = []

        def note(place: int) -> None:
            places.append(place)
            cancel.set()

        with pytest.raises(Cancelled):
            open_assistant(settings).ask([{"role": "user", "content": "?"}], cancel=cancel, on_wait=note)
        assert (places, len(server.seen)) == ([1], 1)


def test_a_429_holds_the_others(with_assistant: Callable[..., Settings]) -> None:
    """Does one person's 429 make the others wait too, instead of hammering?"""
    with serve(lambda handler, _: handler.json(429, {}, {"Retry-After": "20"})) as server:
        settings = with_assistant(provider="autre", base_url=server.url, model="m", requests_per_minute=50)
        question = [{"role": "user", "content": "?"}]
        stop_first, stop_second = threading.Event(), threading.Event()

        def first() -> None:
            with pytest.raises(Cancelled):
                open_assistant(settings).ask(question, cancel=stop_first)

        person = threading.Thread(target=first)
        person.start()
        held = Turns(50, "autre")
        while held.step()[1] == 0:
            time.sleep(0.05)
        with pytest.raises(Cancelled):
            open_assistant(settings).ask(question, cancel=stop_second, on_wait=lambda place: stop_second.set())
        stop_first.set()
        person.join()
        assert len(server.seen) == 1
