"""A training session in a box: its running order as data, read from beside its lesson.

`notebooks/s3_referents/journee.toml`, `notebooks/m2_metiers/<atelier>.toml` and their kin say the slots, the notebooks,
what to say, what goes wrong and how to go on, the material, what goes on paper. Beside a module of the champions' day,
a file of the same name holds the notes of its parts. `session_papers` prints them.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from atelier_ia.content import ContentError, StrictModel, load_toml
from atelier_ia.settings import project_root


class Part(StrictModel):
    """One part of a lesson, with the trainer's note: what to say, what goes wrong, how to go on."""

    title: str = Field(alias="titre")
    minutes: int = Field(gt=0, le=120)
    to_say: str = Field("", alias="dire")
    goes_wrong: str = Field("", alias="coince")
    fallback: str = Field("", alias="secours")


class _Parts(StrictModel):
    parts: tuple[Part, ...] = Field(alias="parties", min_length=1)


class Slot(Part):
    """One slot: when it begins (« 9 h 20 », "" for separate meetings); a pause has no note."""

    start: str = Field("", alias="debut", pattern=r"^(\d{1,2} h \d{2})?$")
    pause: bool = False
    notebook: str = Field("", alias="carnet")
    assignment: str = Field("", alias="devoir")
    parts: tuple[Part, ...] = ()
    """The parts of the slot's own lesson, when the slot is a whole module."""

    @property
    def begins(self) -> int:
        """Minutes since midnight."""
        hours, minutes = self.start.split(" h ")
        return 60 * int(hours) + int(minutes)


class Material(StrictModel):
    """What to have ready: in the room, on paper, done beforehand, and what to do without a network."""

    room: tuple[str, ...] = Field(alias="salle")
    printouts: tuple[str, ...] = Field(alias="imprimes")
    beforehand: tuple[str, ...] = Field(alias="avant")
    without_network: str = Field(alias="sans_reseau")


class Handout(StrictModel):
    """One frame of the page that participants keep: a title, short lines."""

    title: str = Field(alias="titre")
    lines: tuple[str, ...] = Field(alias="lignes", min_length=1)


class Papers(StrictModel):
    """The sandbox's own papers to print for the room: documents, tables, and reference papers handed out after."""

    documents: tuple[str, ...] = ()
    tables: tuple[str, ...] = Field((), alias="tableaux")
    references: tuple[str, ...] = ()


class SessionKit(StrictModel):
    """The running order of a session; `minutes` counts the training, pauses left out."""

    title: str = Field(alias="titre")
    audience: str = Field(alias="public")
    minutes: int = Field(gt=0)
    notebook: str = Field("", alias="carnet")
    assignment: str = Field("", alias="devoir")
    slots: tuple[Slot, ...] = Field(alias="creneaux", min_length=1)
    material: Material = Field(alias="materiel")
    handouts: tuple[Handout, ...] = Field((), alias="fiches")
    papers: Papers = Field(Papers(documents=(), tableaux=(), references=()), alias="papiers")
    cards: bool = Field(True, alias="chevalets")
    """Name cards and attendance sheet; never for what is not reported by name."""

    @property
    def ends(self) -> str:
        """When the last slot is over (« 17 h 15 »), "" for separate meetings."""
        last = self.slots[-1]
        if not last.start:
            return ""
        hours, minutes = divmod(last.begins + last.minutes, 60)
        return f"{hours} h {minutes:02d}"


def known_sessions() -> dict[str, Path]:
    """Identifier → file of each session, in the order of the course."""
    notebooks = project_root() / "notebooks"
    found = {
        "s1_direction": notebooks / "s1_direction" / "seance_direction.toml",
        "s3_referents": notebooks / "s3_referents" / "journee.toml",
    }
    found |= {f"m2_{path.stem}": path for path in sorted((notebooks / "m2_metiers").glob("*.toml"))}
    found["m3_bilan"] = notebooks / "m3_bilan" / "bilan.toml"
    found["accompagnement"] = notebooks / "accompagnement" / "parcours_accompagnement.toml"
    return {name: path for name, path in found.items() if path.is_file()}


def load_session(name: str) -> SessionKit:
    """The session `name`; `ContentError` when there is none of that name, or its file is wrong."""
    known = known_sessions()
    if name not in known:
        raise ContentError(f"Aucune séance « {name} » ; séances connues : {', '.join(known) or 'aucune'}.")
    kit = load_toml(known[name], SessionKit)
    slots = tuple(slot.model_copy(update={"parts": _parts(known[name].parent, slot)}) for slot in kit.slots)
    return kit.model_copy(update={"slots": slots})


def _parts(folder: Path, slot: Slot) -> tuple[Part, ...]:
    notes = folder / f"{Path(slot.notebook).stem}.toml"
    return load_toml(notes, _Parts).parts if slot.notebook and notes.is_file() else ()
