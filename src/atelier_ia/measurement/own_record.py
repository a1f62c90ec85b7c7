"""Opening one's own record, and nobody else's: an identifier and a personal code that HR hands over.

The same door on a laptop, in a training room and on a hub. A first name and a class code prove nothing there (anybody
in the room may type a colleague's name), so the code is given in person or in the internal mail, like a pay slip: 12
letters and figures (59 bits), kept as a salted digest. Five wrong codes close that identifier for a quarter of an
hour, whether it exists or not, and the answer is the same sentence in every case.
"""

from __future__ import annotations

import hashlib
import secrets
import time
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from atelier_ia.errors import AtelierError
from atelier_ia.measurement.hr_lines import session_title
from atelier_ia.measurement.hr_sources import module_titles, read_own_records
from atelier_ia.measurement.record_base import record_base
from atelier_ia.measurement.retention import personal_record
from atelier_ia.settings import Settings
from atelier_ia.training.check_in import ALPHABET
from atelier_ia.training.roster import iter_roster

CODE_LENGTH = 12
TRIES = 5
CLOSED_SECONDS = 900.0
_FORGOTTEN_SECONDS = 86_400.0
_MAX_TYPED = 200


class AccessError(AtelierError):
    """The record stays closed."""


def issue_codes(identifiers: Iterable[str], today: date) -> dict[str, str]:
    """A new code for each person, replacing theirs; shown now and never again."""
    made = {identifier: "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for identifier in identifiers}
    rows = []
    for identifier, code in made.items():
        salt = secrets.token_bytes(16)
        rows.append((identifier, _key(identifier), salt, _digest(code, salt), today.isoformat()))
    with record_base() as base:
        base.executemany("INSERT OR REPLACE INTO codes VALUES (?, ?, ?, ?, ?)", rows)
    return {identifier: shown_code(code) for identifier, code in made.items()}


def without_code(identifiers: Iterable[str]) -> list[str]:
    """Those of `identifiers` who have no code yet."""
    with record_base() as base:
        known = {row[0] for row in base.execute("SELECT identifiant FROM codes")}
    return [identifier for identifier in identifiers if identifier not in known]


def shown_code(code: str) -> str:
    """`ABCD-EFGH-JKLM`, easier to copy."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def holder_of(identifier: str, code: str, now: float | None = None) -> str:
    """The exact identifier of the person who proves, by their code, to be `identifier` (case and spaces apart).

    Raises:
        AccessError: wrong identifier or code (never said which), or too many tries.
    """
    moment = time.time() if now is None else now
    key = _key(identifier)
    bare = "".join(sign for sign in code[:_MAX_TYPED].upper() if sign.isalnum())
    trace = hashlib.sha256(key.encode()).digest()
    with record_base() as base:
        base.execute("DELETE FROM essais WHERE dernier < ?", (moment - _FORGOTTEN_SECONDS,))
        tried = base.execute("SELECT echecs, dernier FROM essais WHERE cle = ?", (trace,)).fetchone()
        failures = tried[0] if tried and moment - tried[1] < CLOSED_SECONDS else 0
        closed = failures >= TRIES
        # While closed, even the right code opens nothing: nobody learns that it was right.
        found = (
            None if closed else _matching(base.execute("SELECT * FROM codes WHERE cle = ?", (key,)).fetchall(), bare)
        )
        if found is not None:
            base.execute("DELETE FROM essais WHERE cle = ?", (trace,))
        elif not closed:
            base.execute("INSERT OR REPLACE INTO essais VALUES (?, ?, ?)", (trace, failures + 1, moment))
    if closed:
        raise AccessError(
            "Trop d'essais : attendez un quart d'heure, ou demandez un nouveau code au service des ressources humaines."
        )
    if found is None:
        raise AccessError(
            "Cet identifiant et ce code ne vont pas ensemble ; recopiez ceux de votre carton, ou demandez un nouveau "
            "code au service des ressources humaines."
        )
    return found


def record_of(identifier: str, settings: Settings) -> dict[str, Any]:
    """All that is held on one person, as they and HR may see it; empty when nothing is. Only their lines are joined."""
    records = read_own_records(identifier, settings)
    found = personal_record(
        records, (who for who in iter_roster(settings=settings) if who.identifier == identifier), identifier
    )
    if found:
        titles = {item["code"]: item["module"] for item in found["formations"]} | module_titles()
        found["seances"] = [
            {
                "jour": line.day.isoformat(),
                "module": line.module,
                "titre": titles.get(line.module) or session_title(line.module, settings),
                "heures": line.hours,
                "modalite": line.modality,
                "present": line.present,
            }
            for line in records.sessions_of(identifier)
        ]
    return found


def _matching(rows: list[tuple[str, str, bytes, bytes, str]], code: str) -> str | None:
    """Who of `rows` has that code; the same work is done when nobody has."""
    found = None
    for identifier, _, salt, digest, _ in rows or [("", "", b"\0" * 16, b"", "")]:
        if secrets.compare_digest(_digest(code, salt), digest):
            found = identifier
    return found


def _key(identifier: str) -> str:
    return unicodedata.normalize("NFKC", identifier[:_MAX_TYPED]).casefold().strip()


def _digest(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, n=1024, r=8, p=1, dklen=32)
