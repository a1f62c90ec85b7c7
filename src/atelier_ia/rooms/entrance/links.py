"""Where the mark of a work launched from Moodle goes back: noted in the room, or at the desk of one's collectivité."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx2

from atelier_ia.errors import AtelierError
from atelier_ia.rooms.authorities import Authorities, Authority, account_of, keeping_of
from atelier_ia.rooms.entrance.outside import SECONDS, EntranceError
from atelier_ia.rooms.entrance.settings import Moodle
from atelier_ia.rooms.keeping import Keeping
from atelier_ia.rooms.store import RoomStore

LINE_ITEM_CLAIM = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
PURPOSE = "moodle"  # of the token with which the hub speaks to a desk about this
NOTE, KEYS = "/liens", "/moodle/cles"  # the desk's addresses
SILENT = (
    "L'atelier de votre collectivité ne répond pas ; attendez un instant, puis ouvrez de nouveau "
    "l'activité dans Moodle."
)


@dataclass(frozen=True)
class Link:
    """One launch: whose account, for which assignment, and where its mark goes ("": nowhere)."""

    name: str
    assignment: str
    address: str
    person: str


def line_item(claims: dict[str, Any]) -> str:
    """Where the launch lets the mark be sent; "" when it does not."""
    service = claims.get(LINE_ITEM_CLAIM)
    if not isinstance(service, dict) or SCORE_SCOPE not in (service.get("scope") or ()):
        return ""
    return str(service.get("lineitem", ""))


def same_place(address: str, platform: Moodle) -> bool:
    """Whether marks sent there would reach the platform that was declared, and nobody else."""
    return bool(address) and urlsplit(address)[:2] == urlsplit(platform.token_url)[:2]


class Links(Protocol):
    """What the entrance asks of whoever sends the marks."""

    def note(self, link: Link, siret: str) -> bool:
        """Note it; whether that assignment exists."""

    def public_keys(self) -> dict[str, Any]:
        """The key set with which Moodle checks who sends marks."""


class RoomLinks:
    """The room's own: same machine, same files."""

    def __init__(self, store: RoomStore, platform: Moodle | None) -> None:
        self.store, self.platform = store, platform

    def note(self, link: Link, siret: str = "") -> bool:
        """In the room's file, when the address is the declared platform's."""
        from atelier_ia.training.rubrics import list_assignments

        if link.assignment not in list_assignments():
            return False
        if self.platform is not None and same_place(link.address, self.platform):
            self.store.link(link.name, link.assignment, link.address, link.person)
        return True

    def public_keys(self) -> dict[str, Any]:
        """The room's one key."""
        from atelier_ia.rooms.entrance.signing import public_keys

        return public_keys()


class DeskLinks:
    """From a shared hub, which holds neither course nor signing key: each collectivité's desk has its own."""

    def __init__(self, known: Authorities, secrets: Path | None = None) -> None:
        self.known, self.secrets = known, secrets

    def note(self, link: Link, siret: str) -> bool:
        """At the desk of the collectivité that has this SIRET.

        Raises:
            EntranceError: that desk does not answer.
        """
        if not link.assignment:
            return False
        keeping = keeping_of(self.known.with_siret(siret).id, self.secrets)
        body = {
            "nom": account_of(link.name),
            "devoir": link.assignment,
            "adresse": link.address,
            "personne": link.person,
        }
        try:
            reply = self._ask(self.known.with_siret(siret), "POST", NOTE, body, keeping)
        except (httpx2.HTTPError, OSError, ValueError):
            raise EntranceError(SILENT) from None
        return bool(reply.get("devoir"))

    def public_keys(self) -> dict[str, Any]:
        """The keys of all the desks that answer."""
        found: list[Any] = []
        for item in self.known.all:
            try:
                found += self._ask(item, "GET", KEYS)["keys"]
            except (httpx2.HTTPError, OSError, ValueError, KeyError, AtelierError):
                continue
        return {"keys": found}

    def _ask(
        self,
        item: Authority,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        keeping: Keeping | None = None,
    ) -> dict[str, Any]:
        on_disk = item.desk.startswith("/")
        transport = httpx2.HTTPTransport(uds=item.desk) if on_disk else None
        headers = {"Authorization": f"Bearer {keeping.service_token(PURPOSE)}"} if keeping else {}
        base = "http://guichet" if on_disk else item.desk
        with httpx2.Client(transport=transport, timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
            reply = client.request(method, f"{base}{path}", json=body, headers=headers)
        reply.raise_for_status()
        data = reply.json()
        if not isinstance(data, dict):
            raise ValueError("not a JSON object")
        return data
