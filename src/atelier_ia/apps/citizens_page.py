"""The inhabitants' page: one question, five grades, one click. Plain HTML, without script, kernel, cookie or account.

Its address is in the QR code of a letter or of the counter. A grade and the month are kept, nothing else: the network
address serves to slow down a flood, hashed with a key that dies with the process, and is never written anywhere.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
import secrets
import time
from collections import deque
from html import escape
from typing import Any, ClassVar

import tornado.web as web

from atelier_ia.apps.kit.typography import french
from atelier_ia.errors import AtelierError

MOST_PER_ADDRESS = 30
MOST_OF_ALL = 1200
WINDOW = 600.0  # seconds
_PLACES = 5000

# Eyes, then the mouth of each grade, best first; drawn in a circle of 40 units.
_MOUTHS = (
    "M10 22a10 10 0 0 0 20 0z",
    "M11 24q9 8 18 0",
    "M12 26h16",
    "M11 29q9 -8 18 0",
    "M11 31q9 -13 18 0M8 13l6 -3M32 13l-6 -3",
)
_STYLE = """
:root { color-scheme: light dark; --encre: #1f2d3d; --doux: #46535f; --papier: #faf6ef; --carte: #fff; --trait: #6b7a88;
  --accent: #9a3f1e; }
@media (prefers-color-scheme: dark) { :root { --encre: #f1ebe0; --doux: #cdd3d8; --papier: #17202a; --carte: #223040;
  --trait: #93a1ae; --accent: #f2a988; } }
* { box-sizing: border-box; }
body { margin: 0; font: 1.125rem/1.5 "Atkinson Hyperlegible Next", "Segoe UI", Roboto, sans-serif; color: var(--encre);
  background: var(--papier); }
header, main { max-width: 44rem; margin: 0 auto; padding: 1.25rem 1rem 0; }
header { color: var(--doux); font-weight: 600; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: .75rem 0 1.25rem; }
form { display: grid; grid-template-columns: repeat(5, 1fr); gap: .75rem; }
button { font: inherit; font-weight: 600; display: flex; flex-direction: column; align-items: center; gap: .5rem;
  padding: 1rem .5rem; min-height: 7.5rem; color: inherit; background: var(--carte); border: 2px solid var(--trait);
  border-radius: 12px; cursor: pointer; }
button:hover { border-color: var(--accent); }
svg { width: 3.25rem; height: 3.25rem; flex: none; fill: none; stroke: currentColor; stroke-width: 2.5;
  stroke-linecap: round; }
.yeux { fill: currentColor; stroke: none; }
a { color: inherit; font-weight: 600; }
.note { color: var(--doux); margin-top: 1.5rem; max-width: 60ch; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
@media (max-width: 40rem) {
  form { grid-template-columns: 1fr; gap: .6rem; }
  button { flex-direction: row; min-height: 4rem; padding: .6rem 1rem; gap: 1rem; text-align: left; }
  svg { width: 2.5rem; height: 2.5rem; }
}
"""
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; img-src data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    + "'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def routes(base: str) -> list[tuple[str, type[web.RequestHandler]]]:
    """What the agents' server adds to its own addresses."""
    return [
        (rf"{base}avis", Subjects),
        (rf"{base}avis/([a-z]+)", Vote),
        (rf"{base}avis/([a-z]+)/merci", Thanks),
    ]


class Flood:
    """At most so many opinions in ten minutes: from one network address, and from all of them."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)
        self._given: dict[bytes, deque[float]] = {}
        self._all: deque[float] = deque()

    def admits(self, address: str, now: float) -> bool:
        """May `address` give one more opinion? Counts it when it may."""
        place = hashlib.blake2b(address.encode(), key=self._key, digest_size=8).digest()
        if len(self._given) > _PLACES:
            self._given = {key: times for key, times in self._given.items() if times and now - times[-1] < WINDOW}
        own = self._given.setdefault(place, deque())
        for times in (own, self._all):
            while times and now - times[0] > WINDOW:
                times.popleft()
        if len(own) >= MOST_PER_ADDRESS or len(self._all) >= MOST_OF_ALL:
            return False
        own.append(now)
        self._all.append(now)
        return True


class Page(web.RequestHandler):
    """What the three pages share: their frame, their headers, their errors."""

    def set_default_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def check_xsrf_cookie(self) -> None:
        """No cookie to protect; votes that another site would send are refused by `Vote`."""

    def show(self, title: str, body: str) -> None:
        """Ends the request with a whole page."""
        from atelier_ia.settings import load_settings

        commune = escape(load_settings().collectivite.name)
        self.finish(
            '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
            f'<title>{title} – {commune}</title><link rel="icon" href="data:,"><style>{_STYLE}</style></head>'
            f"<body><header>{commune}</header><main><h1>{title}</h1>{body}</main></body></html>"
        )

    def write_error(self, status_code: int, **_: Any) -> None:
        title, text = {
            404: ("Cette page n’existe pas", "Vérifiez l’adresse écrite sous le code QR."),
            429: ("Beaucoup d’avis arrivent en ce moment", "Merci de réessayer dans dix minutes."),
            403: ("Votre avis n’a pas été compté", "Ouvrez la page avec le code QR, puis choisissez votre réponse."),
        }.get(status_code, ("Votre avis n’a pas pu être gardé", "Merci de réessayer dans quelques minutes."))
        self.show(title, f"<p>{text}</p>")


class Subjects(Page):
    """For who comes without a subject: the list."""

    def get(self) -> None:
        from atelier_ia.measurement.opinions import load_subjects

        links = "".join(f'<li><a href="avis/{one.id}">{escape(french(one.name))}</a></li>' for one in load_subjects())
        self.show("Donner votre avis", f"<ul>{links}</ul>")


class Vote(Page):
    """The question, and the one request that keeps an answer."""

    flood: ClassVar[Flood] = Flood()

    def get(self, identifier: str) -> None:
        from atelier_ia.measurement.opinions import LABELS

        subject = _subject(identifier)
        buttons = "".join(
            f'<button name="avis" value="{escape(grade)}">{_face(mouth)}<span>{escape(french(label))}</span></button>'
            for (grade, label), mouth in zip(LABELS.items(), _MOUTHS, strict=True)
        )
        self.show(
            escape(french(subject.question)),
            f'<form method="post" aria-label="Votre avis">{buttons}</form><p class="note">Un clic suffit. Votre avis '
            "est anonyme\u00a0: nous gardons votre réponse et le mois, rien d’autre.</p>",
        )

    async def post(self, identifier: str) -> None:
        from atelier_ia.measurement.surveys import OPINIONS, record_opinion

        subject = _subject(identifier)
        if self.request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise web.HTTPError(403)
        chosen = next((grade for grade in OPINIONS if grade == self.get_body_argument("avis", "")), None)
        if chosen is None:
            raise web.HTTPError(403)
        if not self.flood.admits(self._address(), time.monotonic()):
            raise web.HTTPError(429)
        try:
            await asyncio.to_thread(record_opinion, subject.id, chosen)
        except AtelierError as error:
            logging.getLogger("atelier").error("opinion not kept: %s", type(error).__name__)
            raise web.HTTPError(503) from None
        self.redirect(f"{subject.id}/merci", status=303)

    def _address(self) -> str:
        """Where the vote comes from; a proxy on this very machine says it in a header."""
        direct = str(self.request.remote_ip)
        told = self.request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return told if told and direct in ("127.0.0.1", "::1") else direct


class Thanks(Page):
    """After the vote; on a tablet at the counter, the next person starts again from here."""

    def get(self, identifier: str) -> None:
        subject = _subject(identifier)
        self.show(
            "Merci, votre avis compte",
            "<p>Il rejoint ceux des autres habitants et aide la mairie à s’améliorer.</p>"
            f'<p><a href="../{subject.id}">Donner un autre avis</a></p>',
        )


def _subject(identifier: str) -> Any:
    from atelier_ia.measurement.opinions import find_subject

    subject = find_subject(identifier)
    if subject is None:
        raise web.HTTPError(404)
    return subject


def _face(mouth: str) -> str:
    return (
        '<svg viewBox="0 0 40 40" aria-hidden="true"><circle cx="20" cy="20" r="18"/>'
        f'<g class="yeux"><circle cx="14" cy="16" r="2.4"/><circle cx="26" cy="16" r="2.4"/></g>'
        f'<path d="{mouth}"/></svg>'
    )
