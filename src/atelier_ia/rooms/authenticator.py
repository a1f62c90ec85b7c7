"""Log-in by class code: the code said aloud, a first name, and a personal number for those who come back elsewhere.

The same browser never asks twice. The trainer comes in by a long key that only this machine shows.
"""

from __future__ import annotations

import asyncio
import hmac
import time
from collections import defaultdict, deque
from typing import Any

from tornado.web import HTTPError

from atelier_ia.rooms.entrance.doors import Doors
from atelier_ia.rooms.entrance.links import RoomLinks
from atelier_ia.rooms.entrance.people import TRAINERS
from atelier_ia.rooms.entrance.settings import CODE, load_entrances
from atelier_ia.rooms.identity import JoinError, identifier, same_code
from atelier_ia.rooms.keeping import TRAINER, load_keeping, room_folder
from atelier_ia.rooms.store import RoomStore

TRIES_PER_MINUTE = 8  # per address: a whole class may come from one
TRIES_OF_A_NUMBER = 5  # per account and per quarter of an hour


class ClassCodeAuthenticator(Doors):
    """Everybody with the code comes in under a first name of their own; `connexion.toml` may open other entrances."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._failures: dict[str, deque[float]] = defaultdict(deque)
        entrances, store = load_entrances(), RoomStore(room_folder())
        self.open_doors(entrances, store, RoomLinks(store, entrances.moodle))

    async def authenticate(self, handler: Any, data: dict[str, str]) -> dict[str, Any] | None:
        """The account of what was typed; a French sentence on the log-in page otherwise."""
        key = data.get("cle", "")
        address = str(handler.request.remote_ip)
        if key:
            await self._patience(address, TRIES_PER_MINUTE, 60)
            if hmac.compare_digest(key.encode(), load_keeping().trainer_key.encode()):
                return {"name": TRAINER, "admin": True, "groups": [TRAINERS]}
            self._failures[address].append(time.monotonic())
            raise HTTPError(403, "Cette adresse de formatrice n'est plus valable ; reprenez celle du terminal.")
        try:
            return await self._participant(address, data)
        except JoinError as problem:
            raise HTTPError(403, str(problem)) from None

    async def _participant(self, address: str, data: dict[str, str]) -> dict[str, Any]:
        if CODE not in self.entrances.ways:
            raise JoinError("Cet atelier ne s'ouvre pas par un code ; utilisez l'entrée proposée sur cette page.")
        await self._patience(address, TRIES_PER_MINUTE, 60)
        if not same_code(data.get("code", ""), load_keeping().code):
            self._failures[address].append(time.monotonic())
            raise JoinError("Ce n'est pas le code de la séance ; relisez-le au tableau.")
        shown = " ".join(data.get("username", "").split())
        name = identifier(shown)
        number = data.get("numero", "").strip()
        if not number and await asyncio.to_thread(self.store.welcome, name, shown) is not None:
            return {"name": name, "admin": False, "groups": []}
        person = await asyncio.to_thread(self.store.participant, name)
        if person is None:
            raise JoinError("Personne ne s'est encore inscrit sous ce prénom ; laissez le numéro vide.")
        if not person.number:
            raise JoinError(
                "Cette place s'ouvre par ProConnect ou par Moodle ; sinon, ajoutez l'initiale de votre nom."
            )
        if not number:
            raise JoinError(
                "Ce prénom est déjà pris dans la salle. C'est vous ? Ajoutez votre numéro personnel. Sinon, ajoutez "
                "l'initiale de votre nom."
            )
        await self._patience(name, TRIES_OF_A_NUMBER, 900)
        if not hmac.compare_digest(number.encode(), person.number.encode()):
            self._failures[name].append(time.monotonic())
            raise JoinError("Ce n'est pas le bon numéro ; la formatrice peut vous le redonner.")
        return {"name": name, "admin": False, "groups": []}

    async def _patience(self, who: str, tries: int, seconds: float) -> None:
        """Slow down whoever guesses."""
        failures, now = self._failures[who], time.monotonic()
        while failures and now - failures[0] > seconds:
            failures.popleft()
        if len(failures) >= tries:
            await asyncio.sleep(1)
            raise JoinError("Trop d'essais ; attendez un peu, puis recommencez.")
