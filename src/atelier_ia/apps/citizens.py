"""« L'avis des habitants »: the QR code to print for a letter or the counter, and the results by subject.

The page that the code opens is `citizens_page`. Nothing here can tell who answered, nor how many did under five.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from atelier_ia.apps.kit import App, pictures
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import number, plural
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings

if TYPE_CHECKING:
    from atelier_ia.documents.opinion_cards import CardFormat, OpinionCard
    from atelier_ia.measurement.opinions import Result, Subject
    from atelier_ia.measurement.surveys import Opinion

T = TypeVar("T")

EXAMPLE_ADDRESS = "https://avis.val-fontaine.example/avis"


class Citizens(App):
    """The card being prepared, its picture, and the opinions received."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.subject_id = "courriels"
        self.form = "cartes"
        self.address = self.settings.collectivite.opinion_url or EXAMPLE_ADDRESS
        self.invitation = self._subject().invitation
        self.preview: bytes | None = None
        self.alternative = ""
        self.errors: dict[str, str] = {}
        super().__init__()
        self.background(self._draw)

    def view(self) -> list[Node]:
        from atelier_ia.documents.opinion_cards import FORMATS
        from atelier_ia.measurement.opinions import load_subjects

        return [
            ui.columns(
                ui.panel(
                    "carte-panneau",
                    "La carte à imprimer",
                    self.problem_notice(),
                    ui.field(
                        "sujet",
                        "Ce que les habitants jugent",
                        self.subject_id,
                        kind="choix",
                        options=[(one.id, one.name) for one in load_subjects()],
                        live=True,
                    ),
                    ui.field(
                        "invitation",
                        "L'invitation",
                        self.invitation,
                        live=True,
                        error=self.errors.get("invitation", ""),
                    ),
                    ui.field("format", "Format", self.form, kind="choix", options=FORMATS.items(), live=True),
                    ui.field(
                        "adresse",
                        "Adresse publique de la page",
                        self.address,
                        live=True,
                        hint=self._address_hint(),
                        error=self.errors.get("adresse", ""),
                    ),
                    ui.link("essai", "Voir la page comme un habitant", f"../../avis/{self.subject_id}"),
                ),
                ui.group(
                    ui.panel(
                        "apercu-panneau",
                        "L'aperçu",
                        pictures.picture("apercu", self.preview, self.alternative, "Mise en page…"),
                    ),
                    self._results_panel(),
                    look="pile",
                ),
                look="entieres",
            ),
            ui.actions(
                ui.button("actualiser", "Actualiser les résultats", "discret", sign="recommencer"),
                ui.button("qr", "Le code QR seul, en PNG", sign="fichier"),
                ui.button("pdf", "Télécharger la carte en PDF", "primaire", sign="fichier"),
            ),
        ]

    def _address_hint(self) -> str:
        if self.settings.collectivite.opinion_url:
            return "Celle d'atelier.toml. Le sujet s'y ajoute tout seul."
        if not self._is_example():
            return "Le sujet s'y ajoute tout seul."
        return (
            "Adresse d'exemple, qui ne mène nulle part : demandez la vraie à votre DSI avant d'imprimer. Le sujet s'y "
            "ajoute tout seul."
        )

    def _is_example(self) -> bool:
        return self.address.strip().rstrip("/") == EXAMPLE_ADDRESS

    def _results_panel(self) -> Node:
        from atelier_ia.measurement.opinions import LABELS, results

        found = next(result for result in results() if result.subject.id == self.subject_id)
        if found.counts is None:
            shown: list[Node] = [
                ui.notice(
                    "info",
                    "Moins de cinq avis pour l'instant : rien n'est affiché, pour que personne ne soit reconnu.",
                    id="peu-d-avis",
                )
            ]
        else:
            shown = [
                ui.figure(
                    f"{number(found.content)} sur {number(found.total)}", "", "ont choisi « Très bien » ou « Bien »"
                ),
                pictures.bars("barres", "Les avis par réponse", [_bar(found, grade) for grade in LABELS]),
            ]
        return ui.panel("resultats", "Les avis reçus", *shown, hint=found.subject.name)

    # Events

    def on_sujet(self, values: Node, detail: Node) -> None:
        before = self._subject().invitation
        kept = str(values.get("invitation", self.invitation))
        self._keep_fields(values)
        # An invitation of one's own stays; the proposed one follows the subject.
        self.invitation = self._subject().invitation if kept == before else kept
        self.background(self._draw)

    def on_adresse(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.background(self._draw)

    on_invitation = on_format = on_adresse

    def on_actualiser(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.announce("Les résultats sont à jour.")

    def on_pdf(self, values: Node, detail: Node) -> None:
        from atelier_ia.documents.opinion_cards import card_pdf

        self._keep_fields(values)
        data = self._checked(lambda card: card_pdf(card, self._format()))
        self.screen.save_file(f"{self._file_name()}_{self.form}.pdf", "application/pdf", data)

    def on_qr(self, values: Node, detail: Node) -> None:
        from atelier_ia.documents.opinion_cards import qr_png

        self._keep_fields(values)
        data = self._checked(lambda card: qr_png(card.link))
        self.screen.save_file(f"{self._file_name()}_qr.png", "image/png", data)

    def _file_name(self) -> str:
        return f"{'exemple_' if self._is_example() else ''}avis_{self.subject_id}"

    # Work

    def _subject(self) -> Subject:
        from atelier_ia.measurement.opinions import find_subject, load_subjects

        return find_subject(self.subject_id) or load_subjects()[0]

    def _format(self) -> CardFormat:
        return "affichette" if self.form == "affichette" else "cartes"

    def _card(self) -> OpinionCard:
        from atelier_ia.documents.opinion_cards import OpinionCard

        address = self.address.strip().rstrip("/")
        if re.match(r"[\w-]+(?:\.[\w-]+)+(?:[:/]|$)", address):
            address = f"https://{address}"
        link = f"{address}/{self._subject().id}"
        return OpinionCard(self.settings.collectivite.name, self.invitation, link)

    def _checked(self, make: Callable[[OpinionCard], T]) -> T:
        """`make` of the card as typed; what is wrong is said beside its field too."""
        from atelier_ia.documents.posters import PosterError

        self.errors = {}
        try:
            return make(self._card())
        except PosterError as error:
            self.errors = {"invitation" if "invitation" in str(error) else "adresse": str(error)}
            raise AtelierError("La carte attend une correction, signalée sous le champ.") from None

    def _draw(self) -> None:
        from atelier_ia.documents.opinion_cards import alternative, card_preview

        self.preview = self._checked(lambda card: card_preview(card, self._format()))
        self.alternative = alternative(self._card())

    def _keep_fields(self, values: Node) -> None:
        self.subject_id = str(values.get("sujet") or self.subject_id)
        self.invitation = str(values.get("invitation", self.invitation))
        self.form = str(values.get("format") or self.form)
        self.address = str(values.get("adresse", self.address))

    def keep(self) -> Node:
        return {
            "sujet": self.subject_id,
            "invitation": self.invitation,
            "format": self.form,
            "adresse": self.address,
        }

    def resume(self, memory: Node, values: Node) -> None:
        self._keep_fields(memory)
        self._keep_fields(values)
        self.background(self._draw)


def _bar(result: Result, grade: Opinion) -> Node:
    from atelier_ia.measurement.opinions import LABELS

    count = (result.counts or {}).get(grade, 0)
    share = round(100 * count / result.total)
    return {
        "title": LABELS[grade],
        "text": f"{plural(count, 'avis', 'avis')}, {number(share)} %",
        "low": share,
        "high": share,
        "note": "",
    }


def app() -> Citizens:
    """The app, to be the last line of its notebook's cell."""
    return Citizens()
