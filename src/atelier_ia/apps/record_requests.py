"""The page of HR, in JupyterLab only: correction requests accepted or refused, and the cards of personal codes.

It names people: it is opened from `formatrice/dossiers.ipynb` behind the trainer's token, never served to agents. A
person decides; the page only applies.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from atelier_ia.apps.kit import App
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import plural
from atelier_ia.documents.typography import short_date
from atelier_ia.errors import AtelierError
from atelier_ia.measurement.corrections import Correction, applied_by_itself, decide, pending
from atelier_ia.measurement.hr_lines import session_title
from atelier_ia.settings import data_folder, load_settings


class RecordRequests(App):
    """The oldest requests first; one answer at a time."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.done = ""
        self.names = self._names()
        super().__init__()

    def _names(self) -> dict[str, str]:
        from atelier_ia.training.roster import iter_roster

        asked = {line.identifier for line in pending()}
        return {who.identifier: who.full_name for who in iter_roster() if who.identifier in asked}

    def view(self) -> list[Node | None]:
        waiting = pending()
        shown = waiting[:20]
        count = plural(len(waiting), "demande attend", "demandes attendent")
        return [
            ui.panel(
                "demandes",
                f"{count} une réponse" if waiting else "Aucune demande n'attend",
                self.problem_notice(),
                ui.notice("succes", self.done, id="fait") if self.done else None,
                *(self._request(line) for line in shown),
                ui.prose("Les suivantes s'afficheront quand celles-ci auront leur réponse.", look="petit")
                if len(waiting) > len(shown)
                else None,
                hint="Accepter corrige la liste ou la présence aussitôt ; refuser demande un mot, que la personne "
                "lira. Chaque décision reste au journal : atelier dossier journal IDENTIFIANT.",
            ),
            ui.panel(
                "codes",
                "Donner accès à leur dossier",
                ui.prose(
                    "Un carton par personne qui n'en a pas encore : son identifiant et son code. Imprimez, remettez en "
                    "main propre, puis supprimez le fichier."
                ),
                ui.button("cartons", "Préparer les cartons", sign="fichier"),
            ),
        ]

    def _request(self, line: Correction) -> Node:
        who = self.names.get(line.identifier) or line.identifier
        title = session_title(line.module, self.settings) if line.module else ""
        told = f"{replace(line, module=title).told} : « {line.before or '—'} » → « {line.wanted} »"
        by_hand = "" if applied_by_itself(line) else "Accepter ne change aucun fichier : la correction se fait ensuite."
        return ui.panel(
            f"demande-{line.number}",
            f"N° {line.number} : {who} ({line.identifier})",
            ui.quotation("Ce qui est demandé", told),
            ui.quotation("Précisions de la personne", f"Précisions : {line.reason}") if line.reason else None,
            ui.prose(by_hand, look="petit") if by_hand else None,
            ui.field(f"reponse-{line.number}", f"Votre réponse à la demande n° {line.number}"),
            ui.group(
                ui.button(f"accepter-{line.number}", f"Accepter la demande n° {line.number}"),
                ui.button(f"refuser-{line.number}", f"Refuser la demande n° {line.number}"),
                look="rang",
            ),
            hint=f"Demandé le {short_date(date.fromisoformat(line.day))}.",
        )

    # Events

    def on_accepter(self, values: Node, detail: Node) -> None:
        """The request named by the button."""
        self._decide(True, values, detail)

    def on_refuser(self, values: Node, detail: Node) -> None:
        """The same, refused."""
        self._decide(False, values, detail)

    def _decide(self, accept: bool, values: Node, detail: Node) -> None:
        number = int(str(detail["which"]))
        self.done = ""
        made = decide(number, accept, str(values.get(f"reponse-{number}", "")), self.settings, date.today())
        self.done = f"Demande n° {made.number} {made.state}."
        self.announce(self.done)
        self.focus("demandes-titre")

    def on_cartons(self, values: Node, detail: Node) -> None:
        """A card for each person without a code; the PDF goes to the browser."""
        from atelier_ia.measurement.own_record import issue_codes, without_code
        from atelier_ia.measurement.record_cards import write_cards
        from atelier_ia.training.roster import iter_roster

        self.done = ""
        known = {who.identifier: who for who in iter_roster(settings=self.settings)}
        made = issue_codes(without_code(known), date.today())
        if not made:
            raise AtelierError("Chacun a déjà son code ; pour en changer un : atelier dossier codes IDENTIFIANT.")
        cards = [(known[who], code) for who, code in made.items()]
        for path in write_cards(cards, data_folder() / "rapports", self.settings, date.today()):
            self.screen.save_file(path.name, "application/pdf", path.read_bytes())
            path.unlink()
        self.done = f"{plural(len(made), 'carton prêt', 'cartons prêts')} ; le fichier est dans vos téléchargements."


def app() -> RecordRequests:
    """The page, to be the last line of its notebook's cell."""
    return RecordRequests()
