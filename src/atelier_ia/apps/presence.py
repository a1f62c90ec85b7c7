"""« Signer sa présence »: one's name and the projected code, and the attendance is signed."""

from __future__ import annotations

from datetime import date

from atelier_ia.apps.kit import App
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings


class CheckIn(App):
    """What is typed, and who has just signed; nobody else's name is ever shown."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.name = ""
        self.code = ""
        self.signed = ""
        super().__init__()

    def view(self) -> list[Node | None]:
        if self.signed:
            return [
                ui.panel("merci", "Votre présence est signée", ui.prose(self.signed), look="carton"),
                ui.actions(ui.button("autre", "Signer pour la personne suivante")),
            ]
        return [
            ui.panel(
                "signature",
                "Votre nom et le code projeté",
                self.problem_notice(),
                ui.group(
                    ui.field("nom", "Prénom et nom", self.name, hint="Ou votre identifiant.", submit="signer"),
                    ui.field("code", "Code de la séance", self.code, hint="Six signes, au mur.", submit="signer"),
                    look="rang",
                ),
                hint="Cette signature prouve votre présence, comme la feuille papier. Aucun usage disciplinaire.",
                look="carton",
            ),
            ui.actions(ui.button("signer", "Signer ma présence", "primaire", sign="suite")),
        ]

    def on_signer(self, values: Node, detail: Node) -> None:
        from atelier_ia.training.check_in import find_session, sign
        from atelier_ia.training.roster import read_roster

        self._keep_fields(values)
        if not self.code.strip():
            self.focus("champ-code")
            raise AtelierError("Recopiez le code qui est projeté.")
        person = sign(self.code, self.name, read_roster(settings=self.settings), date.today())
        session = find_session(self.code)
        half = "" if session.half == "séance" else f", {session.half}"
        self.signed = f"{person.first_name or person.full_name}, c'est noté : {session.title}{half}."
        self.name = ""
        self.focus("merci-titre")

    def on_autre(self, values: Node, detail: Node) -> None:
        self.signed = ""
        self.focus("champ-nom")

    def _keep_fields(self, values: Node) -> None:
        self.name, self.code = str(values.get("nom", self.name)), str(values.get("code", self.code))

    def keep(self) -> Node:
        return {"signed": self.signed}

    def resume(self, memory: Node, values: Node) -> None:
        self.signed = str(memory.get("signed", ""))
        self._keep_fields(values)


def app() -> CheckIn:
    """The app, to be the last line of its notebook's cell."""
    return CheckIn()
