"""The room of these tests, opened once for a file, and its neighbours at their best before each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from atelier_ia.rooms import sandbox
from tests.rooms.conftest import project_copy
from tests.rooms.entrance.moodle import LEARNER
from tests.rooms.entrance.oidc import AGENT
from tests.rooms.entrance.place import Place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    if sandbox.available():
        pytest.skip(sandbox.available())
    opened = Place(project_copy(tmp_path_factory.mktemp("connexion") / "projet"))
    yield opened
    opened.stop()


@pytest.fixture
def as_usual(place: Place) -> None:
    """Nobody misbehaves."""
    place.provider.agent, place.provider.spoil = dict(AGENT), set()
    place.platform.learner, place.platform.spoil = dict(LEARNER), set()
    place.platform.assignment = ""
