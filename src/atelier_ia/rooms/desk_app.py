"""The desk, as participants reach it: mark an answer, hand a work in, ask the model, and the hub's few needed calls.

Served on one Unix socket that every sandbox sees. Who asks is known by their token alone. Rubrics, the exchange, the
provider's key, the guard and the queue stay on this side; nothing of a request is ever logged.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import tornado.web as web
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httputil import HTTPHeaders

from atelier_ia.errors import AtelierError
from atelier_ia.rooms.keeping import Keeping
from atelier_ia.rooms.polls import Polls
from atelier_ia.rooms.store import RoomStore
from atelier_ia.training.decisions import contest
from atelier_ia.training.desk import assignment_to_json, result_to_json
from atelier_ia.training.notebooks import MAX_BYTES
from atelier_ia.training.rubrics import list_assignments, load_assignment
from atelier_ia.training.scoring import clean_answer, score
from atelier_ia.training.scoring.personal import personal_data
from atelier_ia.training.submission import hand_in

MAX_BODY = 2 * MAX_BYTES  # a notebook in base64, and room for its envelope
AT_ONCE = 6  # requests of one participant that may be under way
HAND_INS_KEPT = 200  # works that one participant may leave in the exchange
# What a single-user server asks of its hub; everything else of the hub's API is closed from here.
_HUB_CALLS = (
    ("GET", re.compile(r"/hub/api/?")),
    ("GET", re.compile(r"/hub/api/user")),
    ("POST", re.compile(r"/hub/api/oauth2/token")),
)
_FORWARDED = ("Authorization", "Content-Type", "Accept")


@dataclass(frozen=True)
class Presence:
    """When somebody's browser was last heard of, and which notebook it shows."""

    when: float
    notebook: str


PRESENCE: dict[str, Presence] = {}


class Participants(web.RequestHandler):
    """A request of a participant: `self.name` says whose."""

    under_way: ClassVar[Counter[str]] = Counter()
    name = ""

    def initialize(self, keeping: Keeping, store: RoomStore, hub: str = "") -> None:
        self.keeping, self.store, self.hub = keeping, store, hub

    def prepare(self) -> None:
        kind, _, token = self.request.headers.get("Authorization", "").partition(" ")
        name = self.keeping.owner(token.strip()) if kind == "Bearer" else None
        if name is None:
            self.refuse(403, "Ce carnet n'est pas reconnu par l'atelier ; rouvrez-le depuis votre page d'accueil.")
            return
        if self.under_way[name] >= AT_ONCE:
            self.refuse(429, "Trop de demandes à la fois ; attendez que les précédentes finissent.")
            return
        self.name = name
        self.under_way[name] += 1

    def on_finish(self) -> None:
        if self.name:
            self.under_way[self.name] -= 1

    def refuse(self, status: int, sentence: str) -> None:
        """Answer with one French sentence."""
        self.set_status(status)
        self.finish({"erreur": sentence})

    def body(self) -> dict[str, Any]:
        """The request's JSON object; 400 when it is none."""
        try:
            data = json.loads(self.request.body)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            raise web.HTTPError(400)
        return data

    def text(self, data: dict[str, Any], key: str, limit: int = 100_000) -> str:
        """A text field; 400 when it is missing, not a text or too long."""
        value = data.get(key)
        if not isinstance(value, str) or len(value) > limit:
            raise web.HTTPError(400)
        return value

    async def answer(self, work: Callable[[], dict[str, Any]]) -> None:
        """Do some work in a thread and answer with its result, or with its French error."""
        try:
            self.finish(await asyncio.to_thread(work))
        except AtelierError as error:
            self.refuse(409, str(error))

    def write_error(self, status_code: int, **_: Any) -> None:
        self.finish({"erreur": "L'atelier n'a pas compris cette demande ; prévenez la formatrice."})


class Assignments(Participants):
    """What exists, and what each assignment shows to its learners."""

    async def get(self, name: str = "") -> None:
        if not name:
            await self.answer(lambda: {"devoirs": list(list_assignments())})
        else:
            await self.answer(lambda: assignment_to_json(load_assignment(name)))


class Mark(Participants):
    """Score an answer, and note for the board that it was tried."""

    async def post(self) -> None:
        data = self.body()
        names = self.text(data, "devoir", 100), self.text(data, "exercice", 100)
        answer, for_model = self.text(data, "reponse"), bool(data.get("modele"))

        def work() -> dict[str, Any]:
            assignment = load_assignment(names[0])
            exercise = assignment.exercise(names[1])
            result = score(exercise, answer)
            if not result.blank:
                share = None if result.score is None else result.score / (result.max_score or 1)
                self.store.tried(self.name, assignment.name, exercise.id, share)
            personal = for_model and bool(personal_data(exercise, clean_answer(answer)))
            return {"resultat": result_to_json(result), "personnel": personal}

        await self.answer(work)


class HandIn(Participants):
    """Put a notebook into the course's exchange, under the name of whoever the token names."""

    async def post(self) -> None:
        data = self.body()
        name = self.text(data, "devoir", 100)
        try:
            notebook = base64.b64decode(self.text(data, "carnet", MAX_BODY), validate=True)
        except (binascii.Error, ValueError):
            raise web.HTTPError(400) from None
        if len(notebook) > MAX_BYTES:
            self.refuse(413, "Votre carnet est trop lourd ; effacez ses résultats (menu « Modifier »), puis rendez-le.")
            return

        def work() -> dict[str, Any]:
            assignment = load_assignment(name)
            given = sum(times for who, _, times, _ in self.store.hand_ins() if who == self.name)
            if given >= HAND_INS_KEPT:
                raise AtelierError("Vous avez rendu beaucoup de fois ; demandez à la formatrice de relever les copies.")
            with tempfile.TemporaryDirectory(prefix="rendu-") as folder:
                path = Path(folder) / f"{assignment.name}.ipynb"
                path.write_bytes(notebook)
                hand_in(path, assignment.name, self.name)
            self.store.handed_in(self.name, assignment.name)
            return {"rendu": assignment.name}

        await self.answer(work)


class Contest(Participants):
    """A verdict that a learner wants looked at again; nobody is named."""

    async def post(self) -> None:
        data = self.body()
        keys = ("assignment", "exercise", "criterion", "verdict", "answer", "reason")
        case = {key: self.text(data, key, 20_000) for key in keys}

        def work() -> dict[str, Any]:
            contest(case)
            return {}

        await self.answer(work)


class Messages(Participants):
    """What the trainer said to everybody, after the message that the caller saw last; and a hand to raise."""

    async def get(self) -> None:
        after = self.get_query_argument("apres", "0")
        number = int(after) if after.isdigit() else 0
        PRESENCE[self.name] = Presence(time.time(), self.get_query_argument("carnet", "")[:200])

        def work() -> dict[str, Any]:
            rows = self.store.messages(self.name, number)
            person = self.store.participant(self.name)
            if (
                person is None and not self.keeping.code
            ):  # the hub's log-in decided; here is where we first hear of them
                self.store.welcome(self.name, self.name)
            return {
                "messages": [{"id": row[0], "texte": row[1], "instant": row[2]} for row in rows],
                "main_levee": self.name in self.store.calls(),
                "numero": person.number if person and self.keeping.code else "",
                "vote": Polls(self.store.path.parent).asked(self.name),
            }

        await self.answer(work)

    async def post(self) -> None:
        wanted = bool(self.body().get("main_levee"))
        await asyncio.to_thread(self.store.call, self.name, wanted)
        await self.get()


class Vote(Participants):
    """One voice in the room's vote; what was chosen is not kept with who chose it."""

    async def post(self) -> None:
        data = self.body()
        number, answer = data.get("scrutin"), data.get("reponse")
        if type(number) is not int or not isinstance(answer, int | float):
            raise web.HTTPError(400)

        def work() -> dict[str, Any]:
            Polls(self.store.path.parent).vote(self.name, number, float(answer))
            return {}

        await self.answer(work)


class HubCalls(web.RequestHandler):
    """The few calls that a single-user server makes to its hub; its own hub token authenticates them there."""

    def initialize(self, hub: str) -> None:
        self.hub = hub

    async def get(self) -> None:
        await self._forward()

    async def post(self) -> None:
        await self._forward()

    async def _forward(self) -> None:
        method, path = str(self.request.method), self.request.path
        activity = re.fullmatch(r"/hub/api/users/[a-z0-9-]+/activity", path) and method == "POST"
        if not activity and not any(method == verb and pattern.fullmatch(path) for verb, pattern in _HUB_CALLS):
            raise web.HTTPError(403)
        given = self.request.headers
        headers = HTTPHeaders({name: given[name] for name in _FORWARDED if name in given})
        request = HTTPRequest(
            f"{self.hub}{self.request.uri}",
            method=method,
            headers=headers,
            body=self.request.body if method == "POST" else None,
            follow_redirects=False,
            request_timeout=20,
        )
        reply = await AsyncHTTPClient().fetch(request, raise_error=False)
        self.set_status(502 if reply.code == 599 else reply.code)
        for name in ("Content-Type", "X-Jupyterhub-Version"):
            if name in reply.headers:
                self.set_header(name, reply.headers[name])
        self.finish(reply.body or b"")


def application(keeping: Keeping, store: RoomStore, hub: str, extra: list[Any]) -> web.Application:
    """The participants' side; `hub` is the hub's own address on this machine, `extra` the model's handlers."""
    shared = {"keeping": keeping, "store": store}
    return web.Application(
        [
            (r"/devoirs", Assignments, shared),
            (r"/devoirs/([a-z0-9_]{1,80})", Assignments, shared),
            (r"/noter", Mark, shared),
            (r"/rendre", HandIn, shared),
            (r"/contester", Contest, shared),
            (r"/messages", Messages, shared),
            (r"/vote", Vote, shared),
            (r"/hub/api.*", HubCalls, {"hub": hub}),
            *extra,
        ],
        log_function=lambda _handler: None,
    )
