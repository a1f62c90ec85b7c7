"""From what a participant types to an account: class code, first name, and a personal number to come back with."""

from __future__ import annotations

import hmac
import re
import unicodedata

from atelier_ia.errors import AtelierError
from atelier_ia.rooms.keeping import TRAINER

RESERVED = {TRAINER, "admin", "hub", "formateur", "animatrice", "animateur", "root", "user"}
MAX_NAME = 40


class JoinError(AtelierError):
    """The person cannot come in yet; the sentence says what to type."""


def identifier(typed: str) -> str:
    """« Anne-Marie L. » → `anne-marie-l`: what stands in addresses and folder names.

    Raises:
        JoinError: nothing usable, or a reserved name.
    """
    plain = unicodedata.normalize("NFKD", typed.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    name = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:MAX_NAME].strip("-")
    if len(name) < 2 or not name[0].isalpha():
        raise JoinError("Écrivez votre prénom, avec l'initiale de votre nom si vous êtes plusieurs à le porter.")
    if name in RESERVED:
        raise JoinError("Ce nom est réservé ; écrivez votre prénom.")
    return name


def same_code(typed: str, code: str) -> bool:
    """Whether the class code was typed, spaces, capitals, accents and dashes apart."""
    return bool(_bare(code)) and hmac.compare_digest(_bare(typed), _bare(code))


def _bare(code: str) -> bytes:
    plain = unicodedata.normalize("NFKD", code.casefold())
    return "".join(sign for sign in plain if sign.isalnum() and not unicodedata.combining(sign)).encode()
