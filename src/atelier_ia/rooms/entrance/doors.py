"""The entrances by ProConnect and Moodle, as one authenticator of JupyterHub: a room adds its class code, a hub that
several collectivités share has nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyterhub.auth import Authenticator
from tornado.web import HTTPError
from traitlets import Bool, Instance, Unicode, default

from atelier_ia.rooms.authorities import Authorities
from atelier_ia.rooms.entrance.links import DeskLinks, Links
from atelier_ia.rooms.entrance.people import still_valid
from atelier_ia.rooms.entrance.settings import MOODLE, PROCONNECT, Entrances
from atelier_ia.rooms.store import RoomStore


class Doors(Authenticator):
    """Holds one authenticator for each entrance; each has its own pages."""

    allow_existing_users = Bool(False)
    entrances: Entrances
    store: RoomStore

    @default("allow_all")
    def _decided_at_each_door(self) -> bool:
        return True

    def open_doors(self, entrances: Entrances, store: RoomStore, links: Links) -> None:
        """Make the authenticators of those entrances."""
        self.entrances, self.store = entrances, store
        self._others: dict[str, Any] = {}
        if PROCONNECT in entrances.ways:
            from atelier_ia.rooms.entrance.proconnect import ProConnectEntrance

            self._others[PROCONNECT] = ProConnectEntrance(entrances, store, parent=self.parent)
        if MOODLE in entrances.ways:
            from atelier_ia.rooms.entrance.moodle import MoodleEntrance

            self._others[MOODLE] = MoodleEntrance(entrances, store, links, parent=self.parent)

    def entrance(self, way: str) -> Any:
        """The authenticator of another entrance."""
        return self._others[way]

    def get_handlers(self, app: Any) -> list[tuple[str, Any]]:
        """The log-in page, and what each entrance adds."""
        return [
            *super().get_handlers(app),
            *(page for other in self._others.values() for page in other.get_handlers(app)),
        ]

    async def refresh_user(self, user: Any, handler: Any = None) -> bool:
        """Ask whoever came by a provider to pass by it again, once its session is over."""
        return not self._others or still_valid(await user.get_auth_state())

    def normalize_username(self, username: str) -> str:
        """Accounts are already in their one form."""
        return username


class HubDoors(Doors):
    """On a hub that several collectivités share: who comes in by a provider, placed by SIRET; nobody by a code."""

    folder = Unicode("", config=True, help="Where the hub keeps who came under which account.")
    secrets = Unicode("", config=True, help="Folder of the secrets shared with each desk.")
    known = Instance(Authorities, allow_none=True, config=True, help="The collectivités.")
    opened = Instance(Entrances, allow_none=True, config=True, help="The entrances.")

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        assert self.known is not None
        assert self.opened is not None
        folder = Path(self.folder).resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        links = DeskLinks(self.known, Path(self.secrets) if self.secrets else None)
        self.open_doors(self.opened, RoomStore(folder), links)

    async def authenticate(self, handler: Any, data: dict[str, str]) -> None:
        """No form leads in."""
        raise HTTPError(403, "Aucun code n'ouvre cet atelier ; utilisez l'entrée proposée sur cette page.")
