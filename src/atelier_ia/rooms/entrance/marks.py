"""Marks sent back to Moodle (LTI's Assignment and Grade Services): the released mark of each work launched from there.

The atelier proves who it is with a key of its own, made at the first use and kept with the room's other secrets.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

import httpx2
import jwt

from atelier_ia.documents.typography import plural
from atelier_ia.rooms.entrance.links import SCORE_SCOPE
from atelier_ia.rooms.entrance.settings import MOODLE, Moodle, load_entrances
from atelier_ia.rooms.entrance.signing import key_name, own_key
from atelier_ia.rooms.store import RoomStore
from atelier_ia.training.gradebook import AssignmentRecord, read_results

SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SECONDS = 15.0


@dataclass
class Sent:
    """What became of the marks: numbers of works."""

    sent: int = 0
    waiting: int = 0
    problems: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        """In French, for the board; "" when no work comes from Moodle."""
        parts = [f"{plural(self.sent, 'note envoyée', 'notes envoyées')} à Moodle."] if self.sent else []
        if self.waiting:
            parts.append(
                f"{plural(self.waiting, 'note')} en attente : Moodle a refusé l'envoi ; recommencez plus tard."
            )
        return " ".join(parts)


def send_marks(store: RoomStore, released: Iterable[tuple[str, str]]) -> Sent:
    """Send the marks of the released works (name, assignment) that changed since they were last sent."""
    outcome = Sent()
    entrances = load_entrances()
    if MOODLE not in entrances.ways or entrances.moodle is None:
        return outcome
    wanted = set(released)
    links = [link for link in store.links() if link[:2] in wanted]
    if not links:
        return outcome
    records = {(record.learner, record.assignment): record for record in read_results()}
    with httpx2.Client(timeout=SECONDS, follow_redirects=False) as client:
        token = ""
        for name, assignment, address, person, before in links:
            record = records.get((name, assignment))
            if record is None or record.score is None or not record.max_score:
                continue
            mark = f"{record.score}/{record.max_score} {record.status}"
            if mark == before:
                continue
            try:
                token = token or _token(client, entrances.moodle)
                _post(client, token, address, person, record)
            except (httpx2.HTTPError, OSError, ValueError, KeyError, TypeError) as error:
                outcome.waiting += 1
                outcome.problems.append(_reason(error))
                continue
            store.sent(name, assignment, mark)
            outcome.sent += 1
    return outcome


def _reason(error: Exception) -> str:
    status = getattr(getattr(error, "response", None), "status_code", "")
    return f"{type(error).__name__} {status}".strip()


def _token(client: httpx2.Client, platform: Moodle) -> str:
    """The right to send marks, for a few minutes."""
    now = int(time.time())
    claims = {
        "iss": platform.client,
        "sub": platform.client,
        "aud": platform.token_url,
        "iat": now - 5,
        "exp": now + 60,
        "jti": uuid.uuid4().hex,
    }
    key = own_key()
    assertion: str = jwt.encode(claims, key, algorithm="RS256", headers={"kid": key_name(key)})
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION,
        "client_assertion": assertion,
        "scope": SCORE_SCOPE,
    }
    reply = client.post(platform.token_url, data=form)
    reply.raise_for_status()
    return str(reply.json()["access_token"])


def _post(client: httpx2.Client, token: str, line_item: str, person: str, record: AssignmentRecord) -> None:
    graded = record.status == "noté"
    score = {
        "userId": person,
        "scoreGiven": min(record.score or 0.0, record.max_score),
        "scoreMaximum": record.max_score,
        "activityProgress": "Submitted",
        "gradingProgress": "FullyGraded" if graded else "PendingManual",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }
    parts = urlsplit(line_item)
    address = urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/scores"))
    headers = {"Authorization": f"Bearer {token}", "Content-Type": SCORE_TYPE}
    client.post(address, content=json.dumps(score), headers=headers).raise_for_status()
