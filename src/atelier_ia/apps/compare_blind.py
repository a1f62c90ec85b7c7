"""« Comparer à l'aveugle »: one masked request, several tools → answers without a name → a vote → who answered.

Until the vote, nothing that the browser holds says which tool wrote what: neither the screen, nor the page's memory,
nor the order, nor the pace at which the answers come. Asking is `use_cases.comparison`, counting `tool_votes`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier_ia.apps.guard_step import GuardStep
from atelier_ia.apps.guarded_app import GuardedApp
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit import pictures
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import number, plural
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings
from atelier_ia.use_cases import comparison
from atelier_ia.use_cases.comparison import LETTERS, Answer, Contestant

if TYPE_CHECKING:
    from atelier_ia.measurement.tool_votes import ToolVotes

STEPS = ("Le texte", "Les données masquées", "Les réponses", "Qui a répondu")
NONE = "aucune"


@dataclass(frozen=True)
class Revealed:
    """One answer, once the vote is given; JSON-ready for the page's memory."""

    letter: str
    key: str
    name: str
    detail: str
    seconds: float
    text: str


class CompareBlind(GuardedApp):
    """The state of one comparison."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.step = 1
        self.guard = GuardStep()
        self.left_out: set[str] = set()
        self.arrived, self.expected = 0, 0
        self.asking = False
        self.cancel = threading.Event()
        self.answers: tuple[Answer, ...] = ()
        self.absent: list[str] = []
        self.revealed: list[Revealed] = []
        self.vote = ""
        self._take(comparison.load_requests()[0].id)
        super().__init__()

    def _take(self, identifier: str) -> None:
        self.request = comparison.find_request(identifier)
        self.text, self.instruction = self.request.example, self.request.instruction

    def view(self) -> list[Node | None]:
        bodies: dict[int, Callable[[], Sequence[Node | None]]] = {
            1: self._view_input,
            2: self._view_masked,
            3: self._view_answers,
            4: self._view_names,
        }
        return [ui.steps(STEPS, self.step), *bodies[self.step]()]

    def recover(self) -> None:
        self.step = 1

    # 1. The text, the instruction, who will be asked

    def _view_input(self) -> list[Node]:
        return [
            ui.columns(
                ui.panel(
                    "texte-panneau",
                    "La même demande pour tous",
                    self.problem_notice(),
                    ui.field(
                        "demande",
                        "Ce que vous demandez",
                        self.request.id,
                        kind="choix",
                        options=[(one.id, one.name) for one in comparison.load_requests()],
                        live=True,
                    ),
                    ui.field("texte", "Le texte de départ", self.text, kind="long", rows=8, look="feuille"),
                ),
                ui.panel(
                    "outils-panneau",
                    "Qui va répondre",
                    *self._tool_nodes(),
                    ui.field("consigne", "La consigne (prompt)", self.instruction, kind="long", rows=5),
                ),
            ),
            ui.actions(
                ui.button("vider", "Partir d'un autre texte", "discret"),
                ui.button("masquer", "Masquer les données personnelles", "primaire", sign="suite"),
            ),
        ]

    def _everyone(self) -> tuple[Contestant, ...]:
        return comparison.contestants(self.settings, self.request)

    def _chosen(self) -> list[Contestant]:
        return [one for one in self._everyone() if one.key not in self.left_out]

    def _tool_nodes(self) -> list[Node]:
        everyone = self._everyone()
        if all(one.simulated for one in everyone):
            return [
                ui.notice(
                    "alerte",
                    "Vous comparez trois réglages du simulateur : votre consigne, une consigne pressée, une erreur "
                    "glissée exprès. Cela apprend à juger une réponse ; cela ne dit rien des vrais outils.",
                    title="Aucun autre outil n'est configuré.",
                    look="mince",
                )
            ]
        names = [(one.key, f"{one.name} ; {one.detail}", one.key not in self.left_out) for one in everyone]
        return [
            pictures.checks("outils", "Le texte masqué partira vers", names),
            ui.prose("Ils répondent tous ; vous ne saurez qui a écrit quoi qu'après votre vote.", look="petit"),
        ]

    # 2. The review of the masks

    def _view_masked(self) -> list[Node]:
        send = ui.button("comparer", "Demander à tous", "primaire", sign="suite")
        return self.guard_nodes(send, "Ce qui partira, le même pour tous")

    # 3. The answers without a name, and the vote

    def _view_answers(self) -> list[Node | None]:
        if self.asking:
            count = f"{number(self.arrived)} sur {number(self.expected)}"
            return [
                ui.panel(
                    "attente",
                    "Les réponses arrivent",
                    ui.figure(count, "", "réponses arrivées"),
                    ui.prose("Elles s'affichent ensemble : celle qui vient vite ne doit pas se trahir."),
                ),
                ui.actions(ui.button("arreter", "Arrêter", "primaire", sign="arreter")),
            ]
        letters = LETTERS[: len(self.answers)]
        absent = len(self.absent)
        return [
            ui.notice(
                "alerte",
                f"{plural(absent, 'outil n’a', 'outils n’ont')} pas répondu ; vous saurez lequel après le vote.",
                look="mince",
            )
            if absent
            else None,
            ui.columns(
                *(
                    ui.panel(
                        f"reponse-{letter}",
                        f"Réponse {letter}",
                        ui.notice("info", answer.notice, look="mince") if answer.notice else None,
                        ui.quotation(f"Texte de la réponse {letter}", comparison.veiled(answer.text, self.text)),
                    )
                    for letter, answer in zip(letters, self.answers, strict=True)
                ),
                look="trois" if len(letters) == 3 else "",
            ),
            ui.panel(
                "vote-panneau",
                "Votre vote",
                self.problem_notice(),
                ui.radios(
                    "vote",
                    "Laquelle enverriez-vous, après relecture ?",
                    [*((letter, f"Réponse {letter}") for letter in letters), (NONE, "Aucune")],
                    self.vote,
                ),
            ),
            ui.actions(
                ui.button("texte_retour", "Revenir au texte", "discret", sign="retour"),
                ui.button("voter", "Voter et voir qui a répondu", "primaire", sign="suite"),
            ),
        ]

    # 4. The names, and the votes so far

    def _view_names(self) -> list[Node]:
        chosen = next((one for one in self.revealed if one.letter == self.vote), None)
        finding = f"Vous avez choisi : {chosen.name}" if chosen else "Vous n'avez retenu aucune réponse"
        return [
            ui.panel(
                "noms-panneau",
                finding,
                ui.notice("alerte", " ".join(self.absent), title="Sans réponse.", look="mince")
                if self.absent
                else None,
                hint="Votre vote est compté sans votre nom, avec ceux de vos collègues.",
                look="annonce",
            ),
            ui.columns(*(self._named(one) for one in self.revealed), look=_look(len(self.revealed))),
            self._votes_panel(),
            ui.actions(
                ui.button("consigne_retour", "Changer la consigne", "discret", sign="retour"),
                ui.button("recommencer", "Comparer sur un autre texte", "primaire", sign="recommencer"),
            ),
        ]

    def _named(self, one: Revealed) -> Node:
        mine = one.letter == self.vote
        return ui.panel(
            f"nom-{one.letter}",
            f"{one.letter} : {one.name}",
            ui.notice("succes", f"La réponse {one.letter}.", title="Votre choix.", look="mince") if mine else None,
            ui.quotation(f"Texte de la réponse {one.letter}", one.text),
            hint=f"{one.detail[:1].upper()}{one.detail[1:]}. Réponse en {number(one.seconds, 1)} s.",
        )

    def _votes_panel(self) -> Node:
        from atelier_ia.measurement.tool_votes import read_votes

        votes = [vote for vote in read_votes() if any(vote.key == one.key for one in self.revealed)]
        if not votes:
            return ui.panel(
                "votes",
                "Les votes jusqu'ici",
                ui.notice("info", "Moins de cinq votes : rien n'est affiché, pour que personne ne soit reconnu."),
            )
        return ui.panel("votes", "Les votes jusqu'ici", pictures.bars("votes-barres", "Votes", self._bars(votes)))

    def _bars(self, votes: list[ToolVotes]) -> list[Node]:
        names = {one.key: one.name for one in self.revealed}
        return [
            {
                "title": names[vote.key],
                "text": f"choisi {number(vote.chosen)} fois sur {number(vote.presented)}",
                "low": round(100 * vote.chosen / vote.presented),
                "high": round(100 * vote.chosen / vote.presented),
                "note": "",
            }
            for vote in votes
        ]

    # Events

    def on_demande(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        before = self.request
        self.left_out.clear()
        wanted = comparison.find_request(str(detail["value"]))
        # What was typed stays; an example or a proposed instruction follows the choice.
        if self.text.strip() in ("", before.example.strip()):
            self.text = wanted.example
        if self.instruction.strip() in ("", before.instruction.strip()):
            self.instruction = wanted.instruction
        self.request = wanted

    def on_outils(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        (self.left_out.discard if detail["checked"] else self.left_out.add)(str(detail["key"]))

    def on_vider(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.text = ""
        self.focus("champ-texte")

    def on_masquer(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        if len(self._chosen()) < 2:
            raise AtelierError("Il faut au moins deux outils pour comparer ; cochez-en un autre.")
        self.guard.start(self.text)
        self.step = 2
        self.focus("masque-titre", top=True)

    def on_comparer(self, values: Node, detail: Node) -> None:
        if self.asking:
            return
        confirmed, chosen = self.guard.confirm(), self._chosen()
        self.cancel = threading.Event()
        self.asking, self.arrived, self.expected, self.step = True, 0, len(chosen), 3
        self.answers, self.absent, self.revealed, self.vote = (), [], [], ""
        self.focus("attente-titre", top=True)

        def work() -> None:
            try:
                given = comparison.ask_all(
                    confirmed,
                    self.instruction,
                    self.request,
                    chosen,
                    self.settings,
                    cancel=self.cancel,
                    on_answer=self._count,
                )
                self.answers = () if self.cancel.is_set() else comparison.shuffled(given)
                self.absent = [f"{one.contestant.name} : {one.failure}" for one in given if not one.text]
            finally:
                # Without two answers there is nothing to compare: back to the step that can be tried again.
                self.asking, self.step = False, 3 if self.answers else 2
                self.focus("reponse-A-titre" if self.answers else "masque-titre", top=True)
            if self.answers:
                self.announce("Les réponses sont arrivées : lisez-les, puis votez.")

        self.background(work)

    def on_arreter(self, values: Node, detail: Node) -> None:
        self.cancel.set()

    def on_voter(self, values: Node, detail: Node) -> None:
        self.vote = str(values.get("vote", ""))
        if not self.vote:
            self.focus("vote-0")
            raise AtelierError("Choisissez une réponse, ou « Aucune », puis votez.")
        from atelier_ia.measurement.tool_votes import record_vote

        letters = LETTERS[: len(self.answers)]
        self.revealed = [
            Revealed(
                letter,
                answer.contestant.key,
                answer.contestant.name,
                answer.contestant.detail,
                round(answer.seconds, 1),
                answer.text,
            )
            for letter, answer in zip(letters, self.answers, strict=True)
        ]
        chosen = next((one.key for one in self.revealed if one.letter == self.vote), "")
        record_vote([one.key for one in self.revealed], chosen)
        self.step = 4
        self.focus("noms-panneau-titre", top=True)

    on_consigne_retour = GuardedApp.on_texte_retour

    def on_recommencer(self, values: Node, detail: Node) -> None:
        requests = comparison.load_requests()
        self._take(requests[(requests.index(self.request) + 1) % len(requests)].id)
        self.step = 1
        self.focus("texte-panneau-titre", top=True)

    def _count(self, arrived: int) -> None:
        self.arrived = arrived
        self.refresh()

    def _keep_fields(self, values: Node) -> None:
        self.text = str(values.get("texte", self.text))
        self.instruction = str(values.get("consigne", self.instruction))

    # A fresh kernel takes the page over

    def keep(self) -> Node:
        return {
            "request": self.request.id,
            "text": self.text,
            "instruction": self.instruction,
            # Before the vote the answers stay out: their names would be readable in the page.
            "revealed": [vars(one) for one in self.revealed] if self.step == 4 else [],
            "vote": self.vote if self.step == 4 else "",
        }

    def resume(self, memory: Node, values: Node) -> None:
        self.request = comparison.find_request(str(memory.get("request", "")))
        self.text = str(memory.get("text", self.text))
        self.instruction = str(memory.get("instruction", self.instruction))
        self._keep_fields(values)
        self.revealed = [Revealed(**one) for one in memory.get("revealed", [])]
        self.vote = str(memory.get("vote", ""))
        self.step = 4 if self.revealed else 1
        self.focus("noms-panneau-titre" if self.revealed else "texte-panneau-titre", top=True)


def _look(count: int) -> str:
    """Side by side when three fit, two by two otherwise; the page scrolls, the texts are read in full."""
    return "entieres trois" if count == 3 else "entieres"


def app() -> CompareBlind:
    """The app, to be the last line of its notebook's cell."""
    return CompareBlind()
