"""A real room that ProConnect and Moodle open too, beside real local doubles of both."""

from __future__ import annotations

import re
from pathlib import Path

from atelier_ia.rooms.store import RoomStore
from tests.rooms.conftest import free_port, open_room
from tests.rooms.entrance.moodle import Platform
from tests.rooms.entrance.oidc import AGENT, Provider
from tests.rooms.test_room import ASSIGNMENT

MARKING = "/services/correction/"
# Of formgrader: what trainers read, and what is shut even for them.
PAGES = (
    *("formgrader", "formgrader/gradebook", "formgrader/api/students", "formgrader/manage_submissions/x"),
    *(f"formgrader/api/submissions/{ASSIGNMENT}", "formgrader/api/assignments"),
)
CLOSED = (
    ("GET", "api/contents"), ("GET", "api/kernelspecs"), ("POST", "api/kernels"), ("POST", "api/terminals"),
    ("GET", "lab"), ("GET", "files/atelier.toml"), ("POST", f"formgrader/api/submission/{ASSIGNMENT}/x/autograde"),
    ("POST", f"formgrader/api/assignment/{ASSIGNMENT}/assign"), ("PUT", f"formgrader/api/assignment/{ASSIGNMENT}"),
    ("GET", "formgrader/../api/contents"), ("PUT", "formgrader/api/student/x"),
)  # fmt: skip


class Place:
    """The room and its two neighbours."""

    def __init__(self, root: Path) -> None:
        port = free_port()
        hub = f"http://127.0.0.1:{port}/hub"
        self.provider = Provider(back=f"{hub}/proconnect/retour", left=f"{hub}/proconnect/sortie")
        self.platform = Platform(hub=hub, assignment=ASSIGNMENT)
        (root / "connexion.toml").write_text(
            f"""
entrees = ["code", "proconnect", "moodle"]
adresse_publique = "http://127.0.0.1:{port}"

[proconnect]
adresse = "{self.provider.issuer}"
client = "{self.provider.client}"
sirets = ["{AGENT["siret"]}"]
roles = ["agent_public_territorial"]
formatrices = ["Nadege@val-fontaine.example"]

[moodle]
adresse = "{self.platform.issuer}"
client = "{self.platform.client}"
deploiements = ["{self.platform.deployment}"]
formatrices = ["2"]
""",
            encoding="utf-8",
        )
        self.room = open_room(root, port, ATELIER_PROCONNECT_SECRET=self.provider.secret)
        self.store = RoomStore(root / "var" / "salle")

    def stop(self) -> None:
        self.room.stop()
        self.provider.stop()
        self.platform.stop()


def said(page: str) -> str:
    """The sentence of a refusal."""
    found = re.search(r'role="alert">(.*?)</p>', page, re.S)
    return found[1].replace("’", "'").replace("\u202f", " ").replace("\xa0", " ") if found else page[:300]


def shown_account(page: str) -> str:
    """Whose place the home page opens."""
    found = re.search(r'href="/user/([a-z0-9-]+)/|href="/hub/spawn/([a-z0-9-]+)', page)
    return (found[1] or found[2]) if found else ""
