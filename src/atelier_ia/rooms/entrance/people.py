"""From an identity that a provider vouches for to an account of the room, and what that account may do."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from typing import Any

from atelier_ia.rooms.identity import JoinError, identifier
from atelier_ia.rooms.store import RoomStore

TRAINERS = "formatrices"  # the group whose members open the board and formgrader


@dataclass(frozen=True)
class Identity:
    """Somebody, as a provider names them. `subject` never changes for a person; it is kept as a digest only."""

    issuer: str
    subject: str
    shown: str
    email: str = ""

    @property
    def key(self) -> str:
        """What the room keeps to know the person again."""
        return hashlib.sha256(f"{self.issuer}\n{self.subject}".encode()).hexdigest()

    def is_one_of(self, listed: tuple[str, ...]) -> bool:
        """Whether a list of the settings names this person, by subject or e-mail address."""
        return bool({self.subject.casefold(), self.email.casefold()} - {""} & set(listed))


def account(store: RoomStore, person: Identity) -> str:
    """The person's account: the one they had, else a new one after their name, which nobody else ever gets."""
    known = store.account_of(person.key)
    if known:
        return known
    plain = " ".join(re.sub(r"[^\w'’ -]", " ", person.shown).split())[:60] or "Participant"
    try:
        base = identifier(plain)
    except JoinError:
        base = "participant"
    base = base[:34].strip("-")
    rank = 1
    while True:
        name = base if rank == 1 else f"{base}-{rank}"
        if store.open_account(person.key, name, plain):
            return name
        again = store.account_of(person.key)  # the same person, in another window, a moment ago
        if again:
            return again
        rank += 1


def auth_model(
    store: RoomStore, person: Identity, trainers: tuple[str, ...], admins: tuple[str, ...], **kept: Any
) -> dict[str, Any]:
    """What JupyterHub needs to know; `kept` is stored encrypted (JupyterHub's auth state)."""
    admin = person.is_one_of(admins)
    return {
        "name": account(store, person),
        "admin": admin,
        "groups": [TRAINERS] if admin or person.is_one_of(trainers) else [],
        "auth_state": kept,
    }


def still_valid(auth_state: dict[str, Any] | None) -> bool:
    """Whether what was checked at the door still holds; True for who came by class code."""
    return time.time() < float((auth_state or {}).get("until") or "inf")
