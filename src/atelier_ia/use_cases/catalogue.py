"""The five first use cases of the method, with the gains that it has observed: references to compare with.

A reference gain is never shown as a result: results come from `measurement`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from atelier_ia.content import ContentError, StrictModel, load_toml

SOURCE = "observé par la méthode"


class UseCase(StrictModel):
    """One starter. `reference_minutes` is 0 where the method gives no figure; `unit` says per what."""

    id: str
    name: str = Field(alias="nom", min_length=1)
    pitch: str = Field(alias="accroche", min_length=1)
    reference_minutes: int = Field(alias="gain_minutes", ge=0)
    unit: str = Field(alias="unite", min_length=1)
    app: str = Field("", alias="application")
    lesson: str = Field("", alias="lecon")
    assignment: str = Field("", alias="devoir")
    services: tuple[str, ...] = Field(min_length=1)
    guardrail: str = Field(alias="garde_fou", min_length=1)

    @property
    def reference(self) -> str:
        """The reference gain in words, with where it comes from: "2 h par agent et par semaine (observé par…)"."""
        if not self.reference_minutes:
            return f"{self.unit} ({SOURCE})"
        hours, minutes = divmod(self.reference_minutes, 60)
        amount = " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)
        return f"{amount} {self.unit} ({SOURCE})"


class _Catalogue(StrictModel):
    use_cases: tuple[UseCase, ...] = Field(alias="usages", min_length=1)


@lru_cache(maxsize=1)
def load_use_cases() -> tuple[UseCase, ...]:
    """The use cases, in the order in which the method proposes to begin."""
    return load_toml(Path(__file__).with_name("catalogue.toml"), _Catalogue).use_cases


def use_case(identifier: str) -> UseCase:
    """The use case of that id; `ContentError` naming the known ones otherwise."""
    found = next((case for case in load_use_cases() if case.id == identifier), None)
    if found is None:
        known = ", ".join(case.id for case in load_use_cases())
        raise ContentError(f"L'usage « {identifier} » n'existe pas ; usages connus : {known}.")
    return found
