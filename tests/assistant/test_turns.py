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
from tests.assistant.servers import Handler, serve, whole


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "POLL_SECONDS", 0.02)


def test_quota_is_kept_and_places_go_down() -> None:
    """Do seven who press together leave by threes, each seeing a place that only goes down?"""
    queue = Turns(3, "p", window_seconds=0.6)
    left: list[float] = []
    places: list[list[int]] = []

    def press() -> None:
        mine: list[int] = []
        places.append(mine)
        queue.wait(mine.append, threading.Event())
        left.append(time.monotonic())

    people = [threading.Thread(target=press) for _ in range(7)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    left.sort()
    for first, fourth in zip(left, left[3:], strict=False):
        assert fourth - first > 0.3
    assert all(mine == sorted(mine, reverse=True) for mine in places)
    assert any(places)
    assert queue.waiting() == 0


def test_giving_up_frees_the_place() -> None:
    """Does a person who stops leave the queue?"""
    queue = Turns(1, "p")
    queue.wait(lambda place: None, threading.Event())
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    with pytest.raises(Cancelled):
        queue.wait(lambda place: None, stop)
    assert queue.waiting() == 0


def test_a_lost_process_does_not_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a ticket whose process died stop counting?"""
    monkeypatch.setattr(turns, "LOST_AFTER_SECONDS", 0.2)
    queue = Turns(1, "p", window_seconds=0.3)
    queue._step(None)
    queue._step(None)  # waits, then its process dies
    seen: list[int] = []
    queue.wait(seen.append, threading.Event())
    assert seen[0] == 2


def test_hold_stops_the_whole_class() -> None:
    """After a 429, does nobody leave for the time asked?"""
    queue = Turns(100, "p")
    queue.hold(0.3)
    started = time.monotonic()
    queue.wait(lambda place: None, threading.Event())
    assert time.monotonic() - started >= 0.25


def test_processes_share_the_queue(root: Path) -> None:
    """Do separate processes (one kernel each) stay together under the quota?"""
    code = (
        "import threading\nfrom atelier_ia.assistant import turns\nturns.POLL_SECONDS = 0.02\n"
        "import time\nturns.Turns(2, 'p', window_seconds=1.0).wait(lambda place: None, threading.Event())\nprint(time.time())"
    )
    environment = {**os.environ, "ATELIER_RACINE": str(root)}
    kernels = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    left = sorted(float(kernel.communicate()[0]) for kernel in kernels)
    assert left[2] - left[0] > 0.9


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


def test_a_429_holds_the_others(with_assistant: Callable[..., Settings]) -> None:
    """Does one person's 429 make the others wait too, instead of hammering?"""
    codes = [429]

    def script(handler: Handler, _: object) -> None:
        if codes:
            codes.pop()
            handler.json(429, {}, {"Retry-After": "0.4"})
        else:
            handler.json(200, whole("Oui."))

    with serve(script) as server:
        settings = with_assistant(provider="autre", base_url=server.url, model="m", requests_per_minute=50)
        question = [{"role": "user", "content": "?"}]
        first = threading.Thread(target=lambda: open_assistant(settings).ask(question))
        first.start()
        while not server.seen:
            time.sleep(0.01)
        time.sleep(0.1)
        started = time.monotonic()
        open_assistant(settings).ask(question)
        assert time.monotonic() - started > 0.2
        first.join()
