"""Which marks go back to Moodle: those of released works, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from atelier_ia.rooms.entrance import marks
from atelier_ia.rooms.entrance.signing import public_keys
from atelier_ia.rooms.store import RoomStore
from atelier_ia.training.gradebook import AssignmentRecord
from tests.rooms.conftest import project_copy
from tests.rooms.entrance.moodle import Platform
from tests.rooms.entrance.oidc import serve


@pytest.fixture
def platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Platform:
    """A platform that checks the signature with the keys that the atelier really publishes."""
    root = project_copy(tmp_path / "projet")
    monkeypatch.setenv("ATELIER_RACINE", str(root))
    hub = serve({"/hub/moodle/cles": lambda handler: handler.answer(200, json.dumps(public_keys()))}, {})
    made = Platform(hub=f"http://127.0.0.1:{hub.server_port}/hub")
    (root / "connexion.toml").write_text(
        'entrees = ["moodle"]\nadresse_publique = "https://atelier.example"\n[moodle]\n'
        f'adresse = "{made.issuer}"\nclient = "{made.client}"\ndeploiements = ["{made.deployment}"]\n'
    )
    return made


def test_a_mark_that_is_not_released_stays_here(platform: Platform, tmp_path: Path) -> None:
    """Two people and two works marked alike, one of the four released: does that one go, and none of the others?"""
    store = RoomStore(tmp_path)
    address = f"{platform.issuer}/mod/lti/services.php/2/lineitems/7/lineitem?type_id=1"
    records = []
    for person, name in (("1", "anne"), ("2", "paul")):
        for assignment in ("un", "deux"):
            store.link(name, assignment, address, f"{person}-{assignment}")
            records.append(record(name, assignment))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "read_results", lambda: records)
        assert marks.send_marks(store, []).sent == 0
        assert platform.scores == []
        assert marks.send_marks(store, [("paul", "un"), ("zoe", "deux")]).sent == 1
    assert [score["userId"] for score in platform.scores] == ["2-un"]
    assert {line[:2] for line in store.links() if line[4]} == {("paul", "un")}
    assert platform.refused == []


def record(name: str, assignment: str) -> AssignmentRecord:
    """A marked work."""
    return AssignmentRecord(name, assignment, assignment, "noté", 7.0, 10.0, None, 30)
