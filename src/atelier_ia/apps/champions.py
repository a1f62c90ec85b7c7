"""« Trouver les référents »: candidates described by six yes-or-no questions, one proposal per service with reasons.

Names live in this page only; what is kept is the list that the person downloads.
"""

from __future__ import annotations

from atelier_ia.apps.kit import App, forms
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import plural
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings
from atelier_ia.training.champions import Candidate, chosen_csv, load_questions, propose, read_candidate

# Initials, nobody's name: the first two services of the settings open on them.
EXAMPLE = (
    ("Candidate A (exemple)", 0, ("volontaire", "temps", "essaie", "aide")),
    ("Candidat B (exemple)", 0, ("volontaire", "essaie", "doute")),
    ("Candidate C (exemple)", 1, ("volontaire", "doute", "aide", "ecoute")),
)


class Champions(App):
    """One form, the candidates so far, and what they give for each service."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.services = tuple(service for service in self.settings.services if service.headcount)
        self.candidates: list[Candidate] = [
            Candidate(name, self.services[rank].id, frozenset(yes))
            for name, rank, yes in EXAMPLE
            if rank < len(self.services)
        ]
        self.example = True
        self.name = ""
        self.service = self.services[0].id
        self.yes: tuple[str, ...] = ()
        super().__init__()

    def view(self) -> list[Node | None]:
        return [
            ui.columns(self._form(), self._list(), look="entieres"),
            self._proposals(),
            ui.actions(
                ui.prose("Rien n'est enregistré ici : la liste disparaît avec cette page.", look="petit"),
                ui.button("telecharger", "Télécharger la liste", sign="fichier", disabled=not self.candidates),
                ui.button("ajouter", "Ajouter cette personne", "primaire", sign="suite"),
            ),
        ]

    def keep(self) -> Node:
        return {
            "candidates": [[one.name, one.service, sorted(one.yes)] for one in self.candidates],
            "example": self.example,
        }

    def resume(self, memory: Node, values: Node) -> None:
        self.candidates = [Candidate(name, service, frozenset(yes)) for name, service, yes in memory["candidates"]]
        self.example = bool(memory["example"])
        self._typed(values)

    def on_ajouter(self, values: Node, detail: Node) -> None:
        self._typed(values)
        known = [] if self.example else self.candidates
        self.candidates = [*known, read_candidate(self.name, self.service, self.yes, known)]
        self.announce(f"{self.name} est dans la liste.")
        self.example, self.name, self.yes = False, "", ()
        self.focus("champ-nom")

    def on_retirer(self, values: Node, detail: Node) -> None:
        self._typed(values)
        rank = int(detail["which"])
        if 0 <= rank < len(self.candidates):
            self.candidates.pop(rank)
        self.focus("candidats-titre")

    def on_telecharger(self, values: Node, detail: Node) -> None:
        if not self.candidates:
            raise AtelierError("La liste est vide ; ajoutez d'abord une personne.")
        self.screen.save_file("referents.csv", "text/csv", chosen_csv(propose(self.services, self.candidates)))

    def _form(self) -> Node:
        questions = [(question.id, question.text) for question in load_questions()]
        return ui.panel(
            "personne",
            "Une personne à qui vous pensez",
            self.problem_notice(),
            ui.field("nom", "Prénom ou initiales", self.name, hint="C'est assez pour s'y retrouver.", submit="ajouter"),
            ui.field(
                "service",
                "Service",
                self.service,
                kind="choix",
                options=[(service.id, service.name) for service in self.services],
            ),
            forms.boxes("oui", "Cochez ce qui est vrai", questions, self.yes, len(questions)),
        )

    def _list(self) -> Node:
        return ui.panel(
            "candidats",
            "Les personnes de la liste",
            *(
                ui.group(
                    ui.prose(one.name, look="libelle"),
                    ui.button(f"retirer-{rank}", f"Retirer {one.name}", "discret"),
                    ui.prose(self.settings.service_name(one.service), look="petit"),
                    look="entree",
                )
                for rank, one in enumerate(self.candidates)
            ),
            hint="Un exemple est en place ; il s'efface quand vous ajoutez quelqu'un." if self.example else "",
        )

    def _proposals(self) -> Node:
        proposals = propose(self.services, self.candidates)
        found = [one for one in proposals if one.names]
        empty = [one.service.name for one in proposals if not one.names]
        rows = [
            (
                one.service.name,
                " ou ".join(one.names),
                ", ".join(one.reasons) or "–",
                ", ".join(one.to_settle) or "rien",
            )
            for one in found
        ]
        return ui.panel(
            "propositions",
            f"{plural(len(found), 'service')} sur {len(proposals)} avec une proposition",
            ui.table(
                "tableau",
                "Proposition par service",
                ("Service", "Référente ou référent", "Pourquoi", "Reste à régler"),
                rows,
            )
            if rows
            else None,
            ui.prose(f"Reste à trouver : {', '.join(empty)}.") if empty else None,
            ui.prose(
                "On cherche dans chaque service la personne la plus curieuse et la plus écoutée, d'abord volontaire. "
                "L'outil ne note personne : il range vos réponses. Parlez-en avec l'intéressé avant de décider."
            ),
            look="creux",
        )

    def _typed(self, values: Node) -> None:
        self.name = str(values.get("nom", self.name))
        service = str(values.get("service", self.service))
        self.service = service if service in {one.id for one in self.services} else self.service
        self.yes = tuple(part for part in str(values.get("oui", ",".join(self.yes))).split(",") if part)


def app() -> Champions:
    """The app, to be the last line of its notebook's cell."""
    return Champions()
