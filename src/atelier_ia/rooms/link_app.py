"""What a shared hub asks of a collectivité's desk about Moodle: note where a mark goes, publish the signing key."""

from __future__ import annotations

import asyncio
import hmac
from typing import Any

import tornado.web as web

from atelier_ia.rooms.desk_app import Participants
from atelier_ia.rooms.entrance.links import KEYS, NOTE, PURPOSE, Link, RoomLinks
from atelier_ia.rooms.entrance.settings import load_entrances
from atelier_ia.rooms.entrance.signing import public_keys
from atelier_ia.rooms.participants import checked


class Note(Participants):
    """One launch. Only the hub may say it: a participant's token is refused."""

    def prepare(self) -> None:
        given = self.request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self.keeping.service_token(PURPOSE).encode()):
            self.refuse(403, "Cette demande n'est permise qu'au hub.")

    async def post(self) -> None:
        data = self.body()
        name, assignment, address, person = (
            self.text(data, key, 500) for key in ("nom", "devoir", "adresse", "personne")
        )

        def work() -> dict[str, Any]:
            links = RoomLinks(self.store, load_entrances().moodle)
            return {"devoir": links.note(Link(checked(name), assignment, address, person))}

        await self.answer(work)


class Keys(web.RequestHandler):
    """The public half of the key that signs this collectivité's marks."""

    async def get(self) -> None:
        self.finish(await asyncio.to_thread(public_keys))


def handlers(shared: dict[str, Any]) -> list[Any]:
    """The desk's addresses for this."""
    return [(NOTE, Note, shared), (KEYS, Keys)]
