"""The comparison of tools: families × criteria, every cell dated and sourced, editable by the DSI.

`comparatif.toml` beside `atelier.toml` replaces the table that travels with the program. Scores: `ranking.py`.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.settings import project_root
from atelier_ia.tool_choice.editing import copy_once

FILE_NAME = "comparatif.toml"
SHIPPED = Path(__file__).with_name(FILE_NAME)
BEST_NOTE = 4
STALE_AFTER = timedelta(days=183)
"""A cell older than this is to be checked again: offers change several times a year."""

Family = Literal["généraliste", "français et européen", "spécialisé"]
Zone = Literal["France", "Union européenne", "sur place", "hors Union", "à vérifier"]
Status = Literal["vérifié", "à vérifier"]


class Criterion(StrictModel):
    """One criterion: what it asks, and its default weight (0 to 5)."""

    id: str
    title: str = Field(alias="titre")
    question: str
    weight: int = Field(alias="poids", ge=0, le=5)


class Cell(StrictModel):
    """What is known of a tool on a criterion: note from 0 to 4 (None: unknown), finding, where and when it was read."""

    note: int | None = Field(None, ge=0, le=BEST_NOTE)
    finding: str = Field(alias="constat", min_length=1)
    source: str = Field(min_length=1)
    checked: date = Field(alias="verifie_le")
    status: Status = Field(alias="statut")

    @model_validator(mode="after")
    def _known_when_checked(self) -> Cell:
        if self.status == "vérifié" and self.note is None:
            raise ValueError("une case vérifiée a une note ; ajoutez-la, ou mettez le statut « à vérifier ».")
        return self

    def stale(self, today: date) -> bool:
        """Was it read too long ago?"""
        return today - self.checked > STALE_AFTER

    def doubtful(self, today: date) -> bool:
        """Must it be checked before one decides on it?"""
        return self.status == "à vérifier" or self.stale(today)

    def bounds(self, today: date) -> tuple[int, int]:
        """Lowest and highest note that it may deserve: exact when checked, one more or less when doubtful."""
        if self.note is None:
            return 0, BEST_NOTE
        if self.doubtful(today):
            return max(0, self.note - 1), min(BEST_NOTE, self.note + 1)
        return self.note, self.note


class Access(StrictModel):
    """Who may use a tool, when not everybody."""

    reserved_to: Literal["État"] = Field(alias="reserve_a")
    finding: str = Field(alias="constat")
    source: str
    checked: date = Field(alias="verifie_le")


class Tool(StrictModel):
    """One tool: family, what it serves ("tous" or use case ids), where data go, whether there is a contract."""

    id: str
    name: str = Field(alias="nom")
    family: Family = Field(alias="famille")
    uses: tuple[str, ...] = Field(alias="usages", min_length=1)
    zone: Zone
    contract: Literal["oui", "non", "à vérifier", "sans objet"] = Field(alias="contrat")
    contract_note: str = Field(alias="note_contrat")
    access: Access | None = Field(None, alias="acces")
    cells: dict[str, Cell] = Field(alias="cases")

    def serves(self, use_case: str) -> bool:
        """Can it do `use_case` ('' is any)?"""
        return not use_case or "tous" in self.uses or use_case in self.uses


class Comparison(StrictModel):
    """The whole table."""

    criteria: tuple[Criterion, ...] = Field(alias="criteres", min_length=1)
    tools: tuple[Tool, ...] = Field(alias="outils", min_length=1)

    @field_validator("tools")
    @classmethod
    def _distinct(cls, tools: tuple[Tool, ...]) -> tuple[Tool, ...]:
        seen: set[str] = set()
        for tool in tools:
            if tool.id in seen:
                raise ValueError(f"l'outil « {tool.id} » figure deux fois ; donnez-lui un autre identifiant.")
            seen.add(tool.id)
        return tools

    @model_validator(mode="after")
    def _complete(self) -> Comparison:
        known = {criterion.id for criterion in self.criteria}
        for tool in self.tools:
            if missing := sorted(known - set(tool.cells)):
                raise ValueError(f"« {tool.name} » n'a pas de case « {missing[0]} » ; ajoutez-la, même sans note.")
            if unknown := sorted(set(tool.cells) - known):
                raise ValueError(f"« {tool.name} » a une case « {unknown[0]} » qui n'est pas un critère.")
        return self


def comparison_path() -> Path:
    """The DSI's own table when there is one, else the one that travels with the program."""
    own = project_root() / FILE_NAME
    return own if own.is_file() else SHIPPED


def load_comparison(path: Path | None = None) -> Comparison:
    """The table of `path` (by default the DSI's, else ours); `ContentError` names what is wrong."""
    return load_toml(path or comparison_path(), Comparison)


def copy_for_editing(folder: Path | None = None) -> Path:
    """Copy our table beside `atelier.toml` for the DSI to edit; `AtelierError` when there is already one."""
    return copy_once(SHIPPED, (folder or project_root()) / FILE_NAME)
