"""The projected wall: an anonymous vote, and the minutes that people say they saved, added up.

Who has voted is kept apart from what was chosen, with no moment and no order that would join them again, and only until
the vote is closed: it keeps anybody from voting twice. An outcome is shown then, and never under `FEWEST` voices.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from atelier_ia.errors import AtelierError
from atelier_ia.rooms.store import RoomStore

FEWEST = 5  # voices under which an outcome would tell who chose what
MOST_CHOICES, MOST_MINUTES = 6, 600
_SCHEMA = """
CREATE TABLE IF NOT EXISTS scrutins (
  id INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL, choix TEXT NOT NULL, ouvert INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS voix (
  scrutin INTEGER NOT NULL, choix INTEGER NOT NULL, nombre REAL NOT NULL, PRIMARY KEY (scrutin, choix));
CREATE TABLE IF NOT EXISTS votants (scrutin INTEGER NOT NULL, nom TEXT NOT NULL, PRIMARY KEY (scrutin, nom))
  WITHOUT ROWID;
"""


class Polls(RoomStore):
    """The room's votes, in its own file. A vote without choices asks for minutes saved."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        with self._base() as base:
            base.executescript(_SCHEMA)

    def open(self, question: str, choices: list[str]) -> None:
        """Ask the room; whatever was open closes.

        Raises:
            AtelierError: no question, or too few or too many choices.
        """
        text = " ".join(question.split())[:200]
        kept = [" ".join(choice.split())[:60] for choice in choices if choice.strip()]
        if not text:
            raise AtelierError("La question est vide ; écrivez-la d'abord.")
        if len(kept) == 1 or len(kept) > MOST_CHOICES:
            raise AtelierError(f"Donnez de deux à {MOST_CHOICES} réponses possibles, séparées par des points-virgules.")
        with self._base() as base:
            _close(base)
            base.execute("INSERT INTO scrutins (question, choix, ouvert) VALUES (?, ?, 1)", (text, json.dumps(kept)))

    def close(self) -> None:
        """Nobody votes any more; the outcome may be shown."""
        with self._base() as base:
            _close(base)

    def asked(self, name: str) -> dict[str, Any] | None:
        """The open vote that this person has not answered yet."""
        with self._base() as base:
            row = base.execute(
                "SELECT id, question, choix FROM scrutins WHERE ouvert AND NOT EXISTS "
                "(SELECT 1 FROM votants WHERE scrutin = id AND nom = ?)",
                (name,),
            ).fetchone()
        return {"id": row[0], "question": row[1], "choix": json.loads(row[2])} if row else None

    def vote(self, name: str, number: int, answer: float) -> None:
        """One voice (the choice's rank), or some minutes; once.

        Raises:
            AtelierError: the vote is closed, or the answer is none of those proposed.
        """
        with self._base() as base:
            row = base.execute("SELECT choix FROM scrutins WHERE id = ? AND ouvert", (number,)).fetchone()
            if row is None:
                raise AtelierError("Ce vote est terminé.")
            choices = json.loads(row[0])
            fits = answer in range(len(choices)) if choices else 0 <= answer <= MOST_MINUTES
            if not fits:
                raise AtelierError("Cette réponse n'est pas possible ; choisissez parmi celles proposées.")
            if not base.execute("INSERT OR IGNORE INTO votants VALUES (?, ?)", (number, name)).rowcount:
                return
            choice, amount = (int(answer), 1.0) if choices else (0, float(answer))
            base.execute(
                "INSERT INTO voix VALUES (?, ?, ?) ON CONFLICT (scrutin, choix) DO UPDATE SET nombre = nombre + ?",
                (number, choice, amount, amount),
            )

    def wall(self) -> dict[str, Any]:
        """What is projected: the last vote, its outcome when it may be shown, and the minutes of all the votes."""
        with self._base() as base:
            row = base.execute("SELECT id, question, choix, ouvert FROM scrutins ORDER BY id DESC LIMIT 1").fetchone()
            total = base.execute(
                "SELECT SUM(nombre) FROM voix JOIN scrutins ON id = scrutin WHERE scrutins.choix = '[]' AND "
                "NOT ouvert AND (SELECT COUNT(*) FROM votants v WHERE v.scrutin = id) >= ?",
                (FEWEST,),
            ).fetchone()[0]
            shown: dict[str, Any] = {"question": "", "minutes": round(total or 0)}
            if row is None:
                return shown
            voters = base.execute("SELECT COUNT(*) FROM votants WHERE scrutin = ?", (row[0],)).fetchone()[0]
            voices = dict(base.execute("SELECT choix, nombre FROM voix WHERE scrutin = ?", (row[0],)).fetchall())
        choices, ready = json.loads(row[2]), not row[3] and voters >= FEWEST
        outcome = [[choice, int(voices.get(rank, 0))] for rank, choice in enumerate(choices)] if ready else []
        few = not row[3] and voters < FEWEST
        return shown | {
            "question": row[1],
            "choix": choices,
            "ouvert": bool(row[3]),
            "votants": voters,
            "resultat": outcome,
            "trop_peu": few,
        }


def _close(base: sqlite3.Connection) -> None:
    """End the open vote; of its voters, only their number stays."""
    base.execute("UPDATE votants SET nom = hex(randomblob(8)) WHERE scrutin IN (SELECT id FROM scrutins WHERE ouvert)")
    base.execute("UPDATE scrutins SET ouvert = 0")
