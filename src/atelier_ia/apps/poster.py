"""« Créer une affiche »: a few lines → the same text in every design, seen as it is typed → PDF or PNG.

The layout is `documents.posters`; nothing is sent to a model. Pictures are made in a thread, the chosen design first.
"""

from __future__ import annotations

import re
import threading
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from atelier_ia.apps.kit import App, pictures
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import NBSP
from atelier_ia.apps.use_count import count_use
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings

if TYPE_CHECKING:
    from atelier_ia.documents.posters import Design, FormatName, PosterBrief

EXAMPLES = (
    {
        "surtitre": "La mairie vous invite",
        "titre": "Marché de Noël",
        "jour": "12/12/2026",
        "horaires": "de 10 h à 19 h",
        "lieu": "Place du Marché",
        "texte": "Trente exposants, des ateliers pour les enfants et du vin chaud, servi avec modération.",
        "points": "Chorale à 17 h\nEntrée libre",
        "lien": "",
        "couleur": "sapin",
        "modele": "fanions",
    },
    {
        "surtitre": "Concertation",
        "titre": "Dessinons le parc des Tilleuls",
        "jour": "28/01/2027",
        "horaires": "à 18 h 30",
        "lieu": "Salle des fêtes",
        "texte": "Jeux, ombre, bancs, chemins : venez dire ce qui compte pour vous. Le projet se décide au printemps.",
        "points": "Garde d'enfants sur place\nSalle accessible",
        "lien": "",
        "couleur": "océan",
        "modele": "gazette",
    },
)
LABELS = {
    "surtitre": "Au-dessus du titre",
    "titre": "Titre",
    "jour": "Jour",
    "horaires": "Horaires",
    "lieu": "Lieu",
    "texte": "Description",
    "points": "Points forts, un par ligne",
    "lien": "Lien du code QR",
    "couleur": "Couleur",
}
UNTITLED = "Votre titre"  # in the preview only: no poster leaves with it
SMALL, LARGE = 26, 90  # dots per inch of a thumbnail and of the preview, on a page of about A4


class Poster(App):
    """The brief being typed, and the pictures made from it."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.example = 0
        self.values = dict(EXAMPLES[0])
        self.size = "A4"
        self.drawn: dict[str, bytes] = {}
        self.preview: bytes | None = None
        self.seen: PosterBrief | None = None
        self.errors: dict[str, str] = {}
        self._wanted = threading.Event()
        self._busy = threading.Lock()
        super().__init__()
        self._draw_later()

    # The screen

    def view(self) -> list[Node]:
        from atelier_ia.documents.posters import DESIGNS, alternative

        names = {design: text.split(" : ")[0] for design, text in DESIGNS.items()}
        shown = alternative(self.seen) if self.seen else ""
        return [
            ui.columns(
                ui.panel(
                    "texte-panneau",
                    "Ce que dit l'affiche",
                    self.problem_notice(),
                    ui.group(self._field("titre"), self._field("surtitre"), look="rang", id="rang-titre"),
                    ui.group(
                        self._field("jour"), self._field("horaires"), self._field("lieu"), look="rang", id="rang-jour"
                    ),
                    self._field("texte", kind="long", rows=2),
                    self._field("points", kind="long", rows=2),
                    ui.group(self._field("lien"), self._colour(), self._format_field(), look="rang", id="rang-lien"),
                    ui.disclosure(
                        "alternatif",
                        "Texte de remplacement, à joindre à l'image",
                        ui.field("remplacement", "Texte de remplacement", shown, kind="long", rows=4, locked=True),
                        ui.copy_button("copier", "Copier le texte de remplacement", "remplacement"),
                    ),
                ),
                ui.panel(
                    "apercu-panneau",
                    "L'aperçu",
                    ui.group(
                        pictures.picture("apercu", self.preview, shown, "Mise en page…"),
                        pictures.gallery(
                            "modele",
                            "Maquette",
                            [(design, name, self.drawn.get(design)) for design, name in names.items()],
                            self.values["modele"],
                        ),
                        look="planche",
                    ),
                ),
            ),
            ui.actions(
                ui.button("exemple", "Voir un autre exemple", "discret"),
                ui.button("vider", "Partir d'une affiche vide", "discret"),
                ui.button("png", "Télécharger en PNG", sign="fichier"),
                ui.button("pdf", "Télécharger en PDF", "primaire", sign="fichier"),
            ),
        ]

    def _field(self, id: str, *, kind: Literal["court", "long"] = "court", rows: int = 2) -> Node:
        return ui.field(
            id,
            LABELS[id],
            self.values[id],
            kind=kind,
            rows=rows,
            live=True,
            error=self.errors.get(id, ""),
        )

    def _colour(self) -> Node:
        from atelier_ia.documents.posters import PALETTE

        options = [("", "Celle de la collectivité"), *((name, name.capitalize()) for name in PALETTE)]
        return ui.field("couleur", "Couleur", self.values["couleur"], kind="choix", options=options, live=True)

    def _format_field(self) -> Node:
        from atelier_ia.documents.posters import FORMATS

        options = [(name, form.label) for name, form in FORMATS.items()]
        return ui.field("format", "Format", self.size, kind="choix", options=options, live=True)

    # Events

    def on_titre(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self._draw_later()

    on_surtitre = on_jour = on_horaires = on_lieu = on_texte = on_points = on_lien = on_couleur = on_format = on_titre

    def on_modele(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.values["modele"] = str(detail["value"])
        self._draw_later()

    def on_exemple(self, values: Node, detail: Node) -> None:
        self.example = (self.example + 1) % len(EXAMPLES)
        self.values = dict(EXAMPLES[self.example])
        self._draw_later()

    def on_vider(self, values: Node, detail: Node) -> None:
        self.values = dict.fromkeys(self.values, "") | {"modele": self.values["modele"]}
        self._draw_later()
        self.focus("champ-titre")

    def on_copier(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)

    def on_pdf(self, values: Node, detail: Node) -> None:
        from atelier_ia.documents.posters import poster_pdf

        self._keep_fields(values)
        data = poster_pdf(self._brief(), self.settings, self._format())
        self.screen.save_file(f"{self._file_name()}.pdf", "application/pdf", data)
        count_use(self, "visuels")

    def on_png(self, values: Node, detail: Node) -> None:
        from atelier_ia.documents.posters import poster_png

        self._keep_fields(values)
        data = poster_png(self._brief(), self.settings, self._format())
        self.screen.save_file(f"{self._file_name()}.png", "image/png", data)
        count_use(self, "visuels")

    def _keep_fields(self, values: Node) -> None:
        for name in LABELS:
            self.values[name] = str(values.get(name, self.values[name]))
        self.values["modele"] = str(values.get("modele") or self.values["modele"])
        self.size = str(values.get("format", self.size))

    # From what is typed to a brief

    def _format(self) -> FormatName:
        from atelier_ia.documents.posters import FORMATS

        return next((name for name in FORMATS if name == self.size), "A4")

    def _brief(self, untitled: str = "") -> PosterBrief:
        """The brief as typed, `untitled` standing for an empty title; `AtelierError`, and `self.errors` beside each
        field, when it does not hold."""
        from pydantic import ValidationError

        from atelier_ia.documents.posters import PosterBrief
        from atelier_ia.documents.tables import parse_date

        self.errors = {}
        day: date | None = None
        typed = self.values["jour"].strip()
        try:
            day = parse_date(typed) if typed else None
        except ValueError:
            self.errors["jour"] = "Écrivez le jour comme 12/12/2026, ou laissez vide."
        try:
            brief = PosterBrief(
                titre=self.values["titre"].strip() or untitled,
                surtitre=self.values["surtitre"],
                date=day,
                quand="",
                horaires=self.values["horaires"],
                lieu=self.values["lieu"],
                texte=self.values["texte"],
                points_forts=tuple(line for line in self.values["points"].splitlines() if line.strip()),
                lien=self.values["lien"],
                couleur=self.values["couleur"],
                modele=cast("Design", self.values["modele"]),
                mention="",
                mention_ia=False,
            )
        except ValidationError as error:
            names = {"points_forts": "points"}
            for item in error.errors():
                name = names.get(str(item["loc"][0]), str(item["loc"][0]))
                self.errors[name] = _explained(str(item["type"]), dict(item.get("ctx", {})), name)
        if self.errors:
            raise AtelierError("L'affiche attend une correction, signalée sous le champ.")
        return brief

    def _file_name(self) -> str:
        words = re.sub(r"[^\w]+", "_", self.values["titre"].lower()).strip("_")
        return f"affiche_{words[:40]}_{self.size.lower()}"

    # Pictures, in a thread

    def _draw_later(self) -> None:
        self._wanted.set()
        self.background(self._draw)

    def _draw(self) -> None:
        """Draws until the pictures are those of the last brief typed; one thread at a time does it for all."""
        while self._wanted.is_set() and self._busy.acquire(blocking=False):
            try:
                self._wanted.clear()
                self._draw_once()
            finally:
                self._busy.release()

    def _draw_once(self) -> None:
        from atelier_ia.documents.posters import DESIGNS, FORMATS, poster_png

        size = self._format()
        form = FORMATS[size]
        # As many dots for every format, whatever its size on paper.
        scale = 842 / max(form.width, form.height)
        brief = self._brief(untitled=UNTITLED)
        self.preview = poster_png(brief, self.settings, size, ppi=LARGE * scale)
        self.seen = brief
        if not self.errors:  # a download may have been refused meanwhile
            self.problem = ""
        self.refresh()
        for design in DESIGNS:
            if self._wanted.is_set():
                return
            self.drawn[design] = poster_png(
                brief.model_copy(update={"design": design}), self.settings, size, ppi=SMALL * scale
            )

    def keep(self) -> Node:
        return {"values": self.values, "size": self.size}

    def resume(self, memory: Node, values: Node) -> None:
        self.values = {**EXAMPLES[0], **memory.get("values", {})}
        self.size = str(memory.get("size", self.size))
        self._keep_fields(values)
        self._draw_later()


def _explained(kind: str, context: Node, name: str) -> str:
    if kind == "string_too_short":
        return "Donnez un titre."
    if kind == "string_too_long":
        return f"Trop long : {context['max_length']}{NBSP}caractères au plus" + (
            " par ligne." if name == "points" else "."
        )
    if kind == "too_long":
        return "Quatre points forts au plus."
    reason = str(context.get("error", "")).strip()
    return reason[:1].upper() + reason[1:] if reason else "Cette valeur ne convient pas."


def app() -> Poster:
    """The app, to be the last line of its notebook's cell."""
    return Poster()
