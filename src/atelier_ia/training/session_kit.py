"""A training session in a box: its running order as data, and what the trainer prints from it.

`notebooks/s3_referents/journee.toml` and `notebooks/m2_metiers/<atelier>.toml` say the slots, the notebooks, what to
say, what goes wrong and how to go on, the material. From them: the trainer's pages and the name cards, accessible PDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import Field

from atelier_ia.content import ContentError, StrictModel, load_toml
from atelier_ia.documents.typography import NBSP, plural, typeset_all
from atelier_ia.settings import Settings, project_root
from atelier_ia.training.roster import Learner

LAYOUTS = Path(__file__).with_name("templates")
BLANK_CARDS = 12
"""Cards without a name, to be filled by hand, when nobody is listed."""


class Slot(StrictModel):
    """One slot: when it begins (« 9 h 20 »), how long (minutes), and the trainer's note; a pause has none."""

    start: str = Field(alias="debut", pattern=r"^\d{1,2} h \d{2}$")
    minutes: int = Field(gt=0, le=120)
    title: str = Field(alias="titre")
    pause: bool = False
    notebook: str = Field("", alias="carnet")
    assignment: str = Field("", alias="devoir")
    to_say: str = Field("", alias="dire")
    goes_wrong: str = Field("", alias="coince")
    fallback: str = Field("", alias="secours")

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


class SessionKit(StrictModel):
    """The running order of a session; `minutes` counts the training, pauses left out."""

    title: str = Field(alias="titre")
    audience: str = Field(alias="public")
    minutes: int = Field(gt=0)
    notebook: str = Field("", alias="carnet")
    assignment: str = Field("", alias="devoir")
    slots: tuple[Slot, ...] = Field(alias="creneaux", min_length=1)
    material: Material = Field(alias="materiel")


def known_sessions() -> dict[str, Path]:
    """Identifier → file of each session: the champions' day and the workshops of the services."""
    notebooks = project_root() / "notebooks"
    found = {"s3_referents": notebooks / "s3_referents" / "journee.toml"}
    found |= {f"m2_{path.stem}": path for path in sorted((notebooks / "m2_metiers").glob("*.toml"))}
    return {name: path for name, path in found.items() if path.is_file()}


def load_session(name: str) -> SessionKit:
    """The session `name`; `ContentError` when there is none of that name, or its file is wrong."""
    known = known_sessions()
    if name not in known:
        raise ContentError(f"Aucune séance « {name} » ; séances connues : {', '.join(known) or 'aucune'}.")
    return load_toml(known[name], SessionKit)


def running_order_pdf(kit: SessionKit, settings: Settings) -> bytes:
    """The trainer's pages: the slots with their notes, the material, what to do without a network."""
    from atelier_ia.documents.reports import render_pdf

    # The project's own file names stay as they are: only sentences are typeset.
    content = typeset_all(
        {
            "title": f"Déroulé – {kit.title}",
            "author": settings.collectivite.name,
            "heading": kit.title,
            "context": f"Pour : {kit.audience}. {_duration(kit.minutes)} de formation, pauses non comptées.",
            "foot": f"{settings.collectivite.name} · Pages de la formatrice ou du formateur",
            "slots": [
                {
                    "start": slot.start.replace(" ", NBSP),
                    "minutes": f"{slot.minutes}{NBSP}min",
                    "title": slot.title,
                    "pause": slot.pause,
                    "notes": [
                        [label, text]
                        for label, text in (
                            ("À dire", slot.to_say),
                            ("Ce qui coince", slot.goes_wrong),
                            ("Secours", slot.fallback),
                        )
                        if text
                    ],
                }
                for slot in kit.slots
            ],
            "lists": [
                ["Avant", list(kit.material.beforehand)],
                ["Dans la salle", list(kit.material.room)],
                ["À imprimer", list(kit.material.printouts)],
            ],
            "network": kit.material.without_network,
        }
    )
    return render_pdf(LAYOUTS / "deroule.typ", content)


def name_cards_pdf(kit: SessionKit, learners: Iterable[Learner], settings: Settings) -> bytes:
    """Name cards to fold, one A4 page for two: first name large, service below; blank ones when nobody is listed."""
    from atelier_ia.documents.reports import render_pdf

    people = sorted(learners, key=lambda who: (who.last_name.casefold(), who.first_name.casefold(), who.identifier))
    cards = [[who.first_name or who.last_name, settings.service_name(who.service)] for who in people]
    return render_pdf(
        LAYOUTS / "chevalets.typ",
        {
            "title": f"Chevalets – {kit.title}",
            "author": settings.collectivite.name,
            "session": kit.title,
            "count": plural(len(cards) or BLANK_CARDS, "chevalet"),
            # Names are printed exactly as they were typed.
            "cards": cards or [["", ""]] * BLANK_CARDS,
        },
    )


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")
