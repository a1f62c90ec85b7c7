"""Find the champions (*référents*), the most curious and most influential, one per service, by a short questionnaire.

Source: step 4 of the method. Nothing is written: the candidates live in the page that asks. Nobody gets a mark: a
candidate is proposed with reasons in words, and a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.documents.spreadsheets import Column, csv_bytes
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Service

Role = Literal["condition", "curiosité", "influence"]
MOST_CANDIDATES = 200


class Question(StrictModel):
    """One closed question about a candidate; `reason` is what a yes says, `missing` what a no leaves to settle."""

    id: str
    text: str = Field(alias="texte")
    role: Role
    reason: str = Field(alias="raison")
    missing: str = Field(alias="manque")


class _File(StrictModel):
    questions: tuple[Question, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Candidate:
    """A first name or initials, a service, and the questions answered yes."""

    name: str
    service: str
    yes: frozenset[str]


@dataclass(frozen=True)
class Proposal:
    """What one service is told: `names` has one candidate, several to choose between, or none yet."""

    service: Service
    names: tuple[str, ...]
    reasons: tuple[str, ...]
    to_settle: tuple[str, ...]


@lru_cache(maxsize=1)
def load_questions() -> tuple[Question, ...]:
    """The questionnaire, in the order in which it is asked."""
    return load_toml(Path(__file__).with_name("referents.toml"), _File).questions


def read_candidate(name: str, service: str, yes: Sequence[str], known: Sequence[Candidate]) -> Candidate:
    """A candidate as typed.

    Raises:
        AtelierError: no name, a name of that service already there, or too many candidates.
    """
    short = " ".join(name.split())[:60]
    if not short:
        raise AtelierError("Écrivez un prénom ou des initiales : c'est assez pour s'y retrouver.")
    if any(one.name.casefold() == short.casefold() and one.service == service for one in known):
        raise AtelierError(
            f"« {short} » est déjà dans la liste de ce service : retirez d'abord cette personne pour changer "
            "ses réponses, ou ajoutez une initiale."
        )
    if len(known) >= MOST_CANDIDATES:
        raise AtelierError("La liste est pleine ; retirez d'abord les personnes qui ne sont pas volontaires.")
    return Candidate(short, service, frozenset(yes) & {question.id for question in load_questions()})


def propose(services: Sequence[Service], candidates: Sequence[Candidate]) -> tuple[Proposal, ...]:
    """One proposal per service that has agents, in the order of `services`.

    Volunteers come first, then those who unite curiosity and influence; candidates that nothing tells apart are all
    named, for a person to choose.
    """
    return tuple(
        _proposal(service, [one for one in candidates if one.service == service.id])
        for service in services
        if service.headcount
    )


def chosen_csv(proposals: Sequence[Proposal]) -> bytes:
    """The list to hand on, as French Excel opens it (UTF-8 with BOM, `;`), one line per service."""
    columns = [Column(title) for title in ("Service", "Référent proposé", "Raisons", "Reste à régler")]
    rows = (
        (one.service.name, " ou ".join(one.names) or "à trouver", ", ".join(one.reasons), ", ".join(one.to_settle))
        for one in proposals
    )
    return csv_bytes(columns, rows)


def _proposal(service: Service, candidates: list[Candidate]) -> Proposal:
    if not candidates:
        return Proposal(service, (), (), ("demander qui, dans l'équipe, voudrait essayer",))
    ordered = sorted(candidates, key=_rank)
    first = [one for one in ordered if _rank(one) == _rank(ordered[0])]
    yes = frozenset.intersection(*(one.yes for one in first))
    reasons = tuple(question.reason for question in load_questions() if question.id in yes)
    missing = tuple(question.missing for question in load_questions() if question.missing and question.id not in yes)
    if len(first) > 1:
        missing = ("choisir avec l'équipe entre ces personnes", *missing)
    return Proposal(service, tuple(one.name for one in first), reasons, missing)


def _rank(candidate: Candidate) -> tuple[int, int, int]:
    """Smaller comes first: conditions missing, kinds of quality missing, qualities missing."""
    questions = load_questions()
    missing = [question for question in questions if question.id not in candidate.yes]
    conditions = sum(question.role == "condition" for question in missing)
    present = {question.role for question in questions if question.id in candidate.yes} - {"condition"}
    return conditions, 2 - len(present), len(missing)
