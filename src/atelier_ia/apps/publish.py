"""« Publier un événement »: one form → the same event for four channels, with a text alternative for the picture."""

from __future__ import annotations

from datetime import date
from typing import Any

from atelier_ia.apps.drafting_app import DraftingApp
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import long_date, number
from atelier_ia.settings import Settings
from atelier_ia.use_cases.publications import (
    CHANNELS,
    DEFAULT_INSTRUCTION,
    REMARK,
    Event,
    alternative_text,
    build_messages,
    split_channels,
)

EXAMPLES = (
    Event(
        "Marché de Noël",
        "samedi 12 décembre 2026, de 10 h à 19 h",
        "place du Marché",
        "entrée libre",
        "sans inscription",
        "Trente exposants, ateliers pour les enfants à 15 h, chorale à 17 h.",
    ),
    Event(
        "Fermeture exceptionnelle de la mairie",
        "jeudi 24 décembre 2026, à partir de 12 h",
        "hôtel de ville",
        "",
        "",
        "Une permanence téléphonique reste ouverte pour les urgences d'état civil.",
    ),
    Event(
        "Fête du sport",
        "dimanche 13 septembre 2026, de 14 h à 18 h",
        "stade municipal",
        "gratuit",
        "sur place, ou à la mairie avant le 9 septembre",
        "Quinze associations, initiations dès 4 ans, buvette.",
    ),
)
_FIELDS = {"quoi": "what", "quand": "when", "lieu": "where", "tarif": "price", "inscription": "booking", "plus": "more"}
ALTERNATIVE = "Texte alternatif de l'image"


class Publish(DraftingApp):
    """An event, and its texts by channel."""

    steps = ("L'événement", "Les données masquées", "Les textes", "La relecture")
    use_case = "publications"
    usual_minutes = "30"
    case_name = "cette publication"
    instruction = DEFAULT_INSTRUCTION
    source_title = "L'événement"
    again_label = "Annoncer autre chose"
    empty_label = "Vider le formulaire"
    word_name = "publications.docx"
    letter = False

    def load_example(self) -> None:
        self.example = (getattr(self, "example", -1) + 1) % len(EXAMPLES)
        self.event = EXAMPLES[self.example]
        self.channels: dict[str, str] = {}
        self.text = self.event.text()

    def input_nodes(self) -> list[Node]:
        event = self.event
        return [
            ui.panel(
                "texte-panneau",
                "L'événement à annoncer",
                self.problem_notice(),
                ui.columns(
                    ui.group(
                        ui.field("quoi", "Quoi", event.what),
                        ui.field("quand", "Quand", event.when, hint="Le jour en toutes lettres, et l'heure."),
                        ui.field("lieu", "Où", event.where),
                    ),
                    ui.group(
                        ui.field("tarif", "Tarif", event.price),
                        ui.field("inscription", "Inscription", event.booking),
                        ui.field("plus", "Autres détails", event.more, kind="long", rows=4),
                    ),
                ),
                hint="Un exemple est en place : changez-le. Ce qui reste vide ne sera pas inventé.",
            )
        ]

    def keep_input(self, values: Node) -> None:
        known = {name: getattr(self.event, name) for name in _FIELDS.values()}
        typed = {name: str(values[id]) for id, name in _FIELDS.items() if id in values}
        self.event = Event(**{**known, **typed})
        self.text = self.event.text()

    def build(self, text: str, instruction: str, settings: Settings) -> list[dict[str, Any]]:
        return build_messages(text, instruction, settings)

    def heading(self) -> Node:
        own = self.settings.collectivite
        return {
            "sender": own.name,
            "office": "Textes à publier",
            "place": f"préparés le {long_date(date.today())}",
            "subject": self.event.what,
        }

    def result_nodes(self) -> list[Node]:
        if self.step == 3:
            return super().result_nodes()
        if not self.channels:
            self.channels = split_channels(self.draft_text)
            if not self.channels:
                return super().result_nodes()
            self.channels[ALTERNATIVE] = alternative_text(self.event, self.settings.collectivite)
        remark = REMARK.search(self.draft.text) if self.draft else None
        return [
            *([ui.notice("alerte", remark[0].strip())] if remark else []),
            *self._gaps(),
            *(self._channel(index, name) for index, name in enumerate(self.channels)),
        ]

    def _gaps(self) -> list[Node]:
        """What an announcement needs and the form does not say: nobody invents it, so somebody must be told."""
        day, place = bool(self.event.when.strip()), bool(self.event.where.strip())
        if day and place:
            return []
        told = (
            "ne disent pas le lieu : ajoutez-le"
            if day
            else "ne disent pas le jour : ajoutez-le"
            if place
            else "ne disent ni le jour ni le lieu : ajoutez-les"
        )
        return [ui.notice("alerte", f"Ces textes {told} s'il le faut.")]

    def _channel(self, index: int, name: str) -> Node:
        text, most = self.channels[name], CHANNELS.get(name, 0)
        over = (
            f"Trop long : {number(len(text))} caractères, {number(most)} au plus." if most < len(text) and most else ""
        )
        size = f"{number(len(text))} caractères" + (f" sur {number(most)}" if most else "")
        return ui.group(
            ui.field(
                f"canal-{index}", name, text, kind="long", rows=min(9, 2 + len(text) // 70), hint=size, error=over
            ),
            ui.copy_button(f"copier_canal-{index}", f"Copier : {name}", f"canal-{index}"),
            look="canal",
        )

    def copy_action(self) -> Node:
        return ui.button("verifier", "Compter à nouveau", "primaire") if self.channels else super().copy_action()

    def keep_result(self, values: Node) -> None:
        super().keep_result(values)
        for index, name in enumerate(self.channels):
            self.channels[name] = str(values.get(f"canal-{index}", self.channels[name]))
        if self.channels:
            self.draft_text = "\n\n".join(f"{name}\n{text}" for name, text in self.channels.items())

    def paper_text(self) -> str:
        if not self.channels:
            return super().paper_text()
        parts = "\n\n".join(f"# {name}\n{text}" for name, text in self.channels.items())
        return f"# {self.event.what.strip() or 'Textes à publier'}\n{parts}"

    def service(self) -> str:
        return "communication"

    def on_copier_canal(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self._deliver()

    def on_verifier(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self._deliver()

    def on_rediger(self, values: Node, detail: Node) -> None:
        self.channels = {}
        super().on_rediger(values, detail)

    def on_vider(self, values: Node, detail: Node) -> None:
        self.event = Event("", "", "")
        self.text = ""
        self.time.reset()
        self.focus("champ-quoi")

    def keep(self) -> Node:
        event = {name: getattr(self.event, name) for name in _FIELDS.values()}
        return {**super().keep(), "event": event, "channels": self.channels}

    def resume(self, memory: Node, values: Node) -> None:
        self.event = Event(**{**EXAMPLES[0].__dict__, **memory.get("event", {})})
        self.channels = {str(name): str(text) for name, text in (memory.get("channels") or {}).items()}
        super().resume(memory, values)


def app() -> Publish:
    """The app, to be the last line of its notebook's cell."""
    return Publish()
