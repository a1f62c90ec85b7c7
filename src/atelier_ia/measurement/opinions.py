"""What inhabitants may judge in one click, and the results by subject: nothing is shown under five opinions.

Recording is `surveys.record_opinion`: a grade, a subject, the month. No identity, no address, no hour exists here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import Field, field_validator

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.measurement.anonymity import THRESHOLD
from atelier_ia.measurement.surveys import CONTENT, OPINIONS, Opinion, read_opinions

LABELS: dict[Opinion, str] = {
    "très bien": "Très bien",
    "bien": "Bien",
    "moyen": "Moyen",
    "pas bien": "Pas bien",
    "pas du tout": "Pas bien du tout",
}


class Subject(StrictModel):
    """Something that inhabitants may judge; `id` stands in the page's address."""

    id: str = Field(pattern=r"^[a-z]{2,20}$")
    name: str = Field(alias="nom", min_length=1)
    question: str = Field(min_length=1)
    invitation: str = Field(min_length=1, max_length=60)


class _Subjects(StrictModel):
    subjects: tuple[Subject, ...] = Field(alias="sujets", min_length=1)

    @field_validator("subjects")
    @classmethod
    def _distinct(cls, subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
        if len({subject.id for subject in subjects}) < len(subjects):
            raise ValueError("deux sujets portent le même identifiant ; donnez-en un autre.")
        return subjects


@dataclass(frozen=True)
class Result:
    """The opinions on one subject; `counts` is None while they are too few to be shown."""

    subject: Subject
    counts: Mapping[Opinion, int] | None

    @property
    def total(self) -> int:
        """Opinions given; 0 while they are too few to be shown."""
        return sum((self.counts or {}).values())

    @property
    def content(self) -> int:
        """Those who chose one of the two best grades."""
        return sum(count for grade, count in (self.counts or {}).items() if grade in CONTENT)


@lru_cache(maxsize=1)
def load_subjects() -> tuple[Subject, ...]:
    """The subjects, in the order of `avis.toml`."""
    return load_toml(Path(__file__).with_name("avis.toml"), _Subjects).subjects


def find_subject(identifier: str) -> Subject | None:
    """The subject of that identifier, None when there is none."""
    return next((subject for subject in load_subjects() if subject.id == identifier), None)


def results() -> tuple[Result, ...]:
    """All subjects with their opinions since the last purge; counts only from five opinions on."""
    given: dict[str, Counter[Opinion]] = {subject.id: Counter() for subject in load_subjects()}
    for identifier, opinion in read_opinions():
        if identifier in given:
            given[identifier][opinion] += 1
    return tuple(
        Result(
            subject,
            {grade: given[subject.id][grade] for grade in OPINIONS} if given[subject.id].total() >= THRESHOLD else None,
        )
        for subject in load_subjects()
    )
