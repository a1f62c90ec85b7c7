"""Votes of the blind comparison, as counts by tool and month: no row, no name and no day of anybody.

A tool's share is shown from five presentations on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from atelier_ia.measurement.anonymity import THRESHOLD
from atelier_ia.measurement.store import connect, tool_votes
from atelier_ia.measurement.surveys import SurveyError


@dataclass(frozen=True)
class ToolVotes:
    """How often one tool (its `key`) was presented, and how often its answer was preferred."""

    key: str
    presented: int
    chosen: int


def record_vote(presented: Sequence[str], chosen: str = "", *, day: date | None = None) -> None:
    """Count one vote among the tools `presented` (their keys); `chosen` is empty when none was preferred.

    Raises:
        SurveyError: `chosen` is none of those presented, or one stands twice.
    """
    if len(set(presented)) < max(len(presented), 2) or (chosen and chosen not in presented):
        raise SurveyError("Ce vote ne correspond pas aux réponses présentées ; recommencez la comparaison.")
    month = (day or date.today()).replace(day=1)
    with connect() as connection:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        for key in sorted(presented):
            won = int(key == chosen)
            first = insert(tool_votes).values(mois=month, outil=key, presentations=1, choix=won)
            # One statement: two first votes at the same moment both count.
            connection.execute(
                first.on_conflict_do_update(
                    index_elements=[tool_votes.c.mois, tool_votes.c.outil],
                    set_={"presentations": tool_votes.c.presentations + 1, "choix": tool_votes.c.choix + won},
                )
            )


def read_votes() -> tuple[ToolVotes, ...]:
    """The tools presented at least five times, the most often preferred first."""
    query = select(tool_votes.c.outil, func.sum(tool_votes.c.presentations), func.sum(tool_votes.c.choix)).group_by(
        tool_votes.c.outil
    )
    with connect() as connection:
        votes = [ToolVotes(key, int(presented), int(chosen)) for key, presented, chosen in connection.execute(query)]
    shown = [vote for vote in votes if vote.presented >= THRESHOLD]
    return tuple(sorted(shown, key=lambda vote: (-vote.chosen / vote.presented, vote.key)))


def purge(before: date) -> int:
    """Delete the counts of the months before that of `before`; returns how many rows."""
    with connect() as connection:
        return connection.execute(delete(tool_votes).where(tool_votes.c.mois < before.replace(day=1))).rowcount
