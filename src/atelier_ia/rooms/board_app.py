"""The trainer's board: the room live, and what one may do about it. Behind the hub's login, for the trainer only.

Nothing that a participant wrote is ever shown as HTML here: this page is the one that has power over the room.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from html import escape
from pathlib import Path
from typing import Any

import tornado.web as web
from jupyterhub.httpclient import fetch
from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated

from atelier_ia.documents.typography import plural
from atelier_ia.errors import AtelierError
from atelier_ia.rooms import board_data, participants
from atelier_ia.rooms.desk_app import PRESENCE
from atelier_ia.rooms.entrance.settings import MOODLE, load_entrances
from atelier_ia.rooms.keeping import Keeping
from atelier_ia.rooms.options import RoomOptions
from atelier_ia.rooms.polls import Polls
from atelier_ia.rooms.store import RoomStore
from atelier_ia.settings import project_root

STATIC = Path(__file__).with_name("static")
PAGES = Path(__file__).with_name("templates")
MAX_MESSAGE = 600
MANUAL_MARKING = '<a class="bouton" href="/services/{}/formgrader/gradebook">Lire et noter à la main</a>'


class Files(web.StaticFileHandler):
    """Style sheets, scripts and fonts: the room's own, then those of the applications."""

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        own = STATIC / path
        return str(own if own.is_file() else super().get_absolute_path(root, path))

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        base = str(STATIC) if absolute_path.startswith(str(STATIC)) else root
        checked: str | None = super().validate_absolute_path(base, absolute_path)
        return checked


class Trainer(HubOAuthenticated, web.RequestHandler):
    """A page or an action of the trainer's."""

    def initialize(self, options: RoomOptions, keeping: Keeping, store: RoomStore) -> None:
        self.options, self.keeping, self.store = options, keeping, store

    def set_default_headers(self) -> None:
        self.set_header(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
        )
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")

    async def done(self, work: Any) -> None:
        """Do the work in a thread; answer with its French sentence, or with the French problem."""
        try:
            self.finish({"message": await asyncio.to_thread(work)})
        except AtelierError as error:
            self.set_status(409)
            self.finish({"message": str(error)})

    def write_error(self, status_code: int, **_: Any) -> None:
        self.finish({"message": "Cette action n'a pas abouti ; rechargez le tableau, puis recommencez."})


class Board(Trainer):
    """The page."""

    @web.authenticated
    async def get(self) -> None:
        import segno

        code = f"#code={self.keeping.code}" if self.keeping.code else ""
        address = f"{self.options.room_url}hub/login{code}"
        image = segno.make(address, error="m").svg_inline(
            border=1, scale=1, omitsize=True, title="Entrer dans la salle"
        )
        page = (PAGES / "tableau.html").read_text(encoding="utf-8")
        values = {
            "base": f"{self.options.board_prefix}/",
            "statique": f"{self.options.board_prefix}/statique",
            "code": escape(self.keeping.code),
            "sans_code": "" if self.keeping.code else " hidden",
            "adresse": escape(self.options.room_url),
            "commune": escape(self.options.commune),
            "qr": image,
            "xsrf": escape(self.xsrf_token.decode("ascii"), quote=True),
            "agents": escape(self.options.agents_url),
            "correction": MANUAL_MARKING.format(self.options.marking) if self.options.marking_port else "",
        }
        for name, value in values.items():
            page = page.replace(f"{{{{ {name} }}}}", value)
        self.finish(page)


class State(Trainer):
    """The room as it is now."""

    @web.authenticated
    async def get(self) -> None:
        polls = Polls(self.store.path.parent)
        shown = await asyncio.to_thread(board_data.overview, self.store, dict(PRESENCE))
        self.finish(shown | {"mur": await asyncio.to_thread(polls.wall)})


class Poll(Trainer):
    """Ask the room, or close what was asked."""

    @web.authenticated
    async def post(self, verb: str) -> None:
        polls = Polls(self.store.path.parent)
        question, choices = self.get_body_argument("question", ""), self.get_body_argument("choix", "")

        def work() -> str:
            if verb == "fin":
                polls.close()
                return "Le vote est clos."
            polls.open(question, choices.split(";"))
            return "La question est sur tous les écrans."

        await self.done(work)


class Copy(Trainer):
    """Somebody's saved answers, as plain text."""

    @web.authenticated
    async def get(self, name: str, assignment: str) -> None:
        try:
            read = board_data.read_copy if self.options.proxy_port else board_data.read_handed_in
            answers = await asyncio.to_thread(read, name, assignment)
            self.finish({"reponses": [{"exercice": key, "texte": text} for key, text in answers]})
        except AtelierError as error:
            self.set_status(409)
            self.finish({"message": str(error)})


class Say(Trainer):
    """A message to everybody."""

    @web.authenticated
    async def post(self) -> None:
        text = self.get_body_argument("texte", "").strip()[:MAX_MESSAGE]

        def work() -> str:
            if not text:
                raise AtelierError("Le message est vide ; écrivez-le d'abord.")
            self.store.say(text)
            return "Message envoyé à tous les écrans."

        await self.done(work)


class Give(Trainer):
    """A file for everybody."""

    @web.authenticated
    async def post(self) -> None:
        files = self.request.files.get("fichier", [])

        def work() -> str:
            if not files:
                raise AtelierError("Choisissez d'abord un fichier.")
            target = participants.give(files[0]["filename"], files[0]["body"])
            self.store.say(f"Un fichier vous attend à gauche, dans {participants.GIVEN} : {target.name}")
            return f"{target.name} est dans le dossier {participants.GIVEN} de chacun."

        await self.done(work)


class LowerHand(Trainer):
    """Somebody was helped."""

    @web.authenticated
    async def post(self, name: str) -> None:
        def work() -> str:
            self.store.call(participants.checked(name), False)
            return "Main baissée."

        await self.done(work)


class Collect(Trainer):
    """Collect what was handed in, mark it, and write the feedback pages (nobody sees them yet)."""

    @web.authenticated
    async def post(self) -> None:
        from atelier_ia.training.grading import grade

        def work() -> str:
            report = grade(jobs=1)
            review = len(report.to_review)
            return f"{len(report.graded)} copie(s) corrigée(s), {report.unchanged} inchangée(s), {review} à relire."

        await self.done(work)


class Release(Trainer):
    """Put the feedback pages into each participant's « mes_retours »."""

    @web.authenticated
    async def post(self) -> None:
        await self.done(lambda: release(self.store))


class Reset(Trainer):
    """Give somebody fresh copies, what they had being kept aside: stop their server, note the wish."""

    @web.authenticated
    async def post(self, name: str) -> None:
        participants.ask_reset(name)
        url = f"{self.options.hub_address}/hub/api/users/{name}/server"
        headers = {"Authorization": f"token {os.environ['JUPYTERHUB_API_TOKEN']}"}
        await fetch(url, method="DELETE", headers=headers, raise_for_status=False)
        self.finish({"message": f"{name} retrouvera des carnets neufs en rouvrant sa page ; les anciens sont gardés."})


def release(store: RoomStore) -> str:
    """Copy the feedback pages written so far where their owners see them; how many, in French."""
    from atelier_ia.training.feedback import page_path

    released = []
    for name, assignment, _, _ in store.hand_ins():
        page = page_path(name, assignment)
        if page.is_file():
            target = participants.feedback_folder(name) / f"{assignment}.html"
            shutil.copyfile(page, target)
            target.chmod(0o644)
            released.append((name, assignment))
    count = len(released)
    if not count:
        raise AtelierError("Aucun retour n'est prêt ; corrigez d'abord les copies.")
    store.say(f"Vos retours sont arrivés, à gauche, dans {participants.FEEDBACK}.")
    return f"{plural(count, 'retour distribué', 'retours distribués')}. {_marks_sent(store, released)}".strip()


def _marks_sent(store: RoomStore, released: list[tuple[str, str]]) -> str:
    """Send the marks of what was released to the Moodle that it came from, if any; the outcome, in French."""
    if MOODLE not in load_entrances().ways:
        return ""
    from atelier_ia.rooms.entrance.marks import send_marks

    outcome = send_marks(store, released)
    for problem in outcome.problems:
        logging.getLogger("marks").warning("not sent to Moodle: %s", problem)
    return outcome.sentence()


def application(options: RoomOptions, keeping: Keeping, store: RoomStore) -> web.Application:
    """What the proxy shows under the board's path (`/services/salle/`)."""
    prefix = options.board_prefix
    shared = project_root() / "voila_apps" / "modele" / "voila" / "templates" / "atelier" / "static"
    given = {"options": options, "keeping": keeping, "store": store}
    name = r"([a-z][a-z0-9-]{0,39})"
    return web.Application(
        [
            (rf"{prefix}/statique/(.*)", Files, {"path": str(shared)}),
            (rf"{prefix}/oauth_callback", HubOAuthCallbackHandler),
            (rf"{prefix}/?", Board, given),
            (rf"{prefix}/etat", State, given),
            (rf"{prefix}/copie/{name}/([a-z0-9_]{{1,80}})", Copy, given),
            (rf"{prefix}/message", Say, given),
            (rf"{prefix}/vote/(question|fin)", Poll, given),
            (rf"{prefix}/fichier", Give, given),
            (rf"{prefix}/main/{name}", LowerHand, given),
            (rf"{prefix}/corriger", Collect, given),
            (rf"{prefix}/retours", Release, given),
            (rf"{prefix}/remise/{name}", Reset, given),
        ],
        cookie_secret=keeping.service_token("biscuits"),
        xsrf_cookies=False,  # HubOAuth checks it, per user and per service
        log_function=lambda _handler: None,
    )
