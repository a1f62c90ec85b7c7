"""« Choisir ses outils »: requirements and weights → who is excluded and why, who is ahead, what is still to verify.

Every cell of the comparison is shown with its source, date and status; the table and its sums are `tool_choice`.
"""

from __future__ import annotations

import re
from datetime import date

from atelier_ia.apps.kit import App, pictures
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import NBSP, number
from atelier_ia.documents.typography import short_date
from atelier_ia.tool_choice.comparison import BEST_NOTE, SHIPPED, Comparison, comparison_path, load_comparison
from atelier_ia.tool_choice.ranking import Need, Ranking, ScoredTool, rank_tools
from atelier_ia.use_cases.catalogue import load_use_cases

REQUIREMENTS = {
    "personal_data": "Des données personnelles seront traitées",
    "inside_union": "Hébergement dans l'Union européenne",
    "offline": "Rien ne sort de la mairie",
}
WEIGHTS = ("0 : ignoré", "1", "2", "3", "4", "5 : décisif")


class ToolsApp(App):
    """The need, the weights, and the ranking that follows."""

    def __init__(self) -> None:
        self.today = date.today()
        self.file_problem = ""
        self.comparison = self._load()
        self.use_case = "courriels"
        self.required = {"personal_data": True, "inside_union": True, "offline": False}
        self.weights = {item.id: item.weight for item in self.comparison.criteria}
        super().__init__()

    def _load(self) -> Comparison:
        """The DSI's table; ours, and what is wrong with the DSI's, when it cannot be read."""
        try:
            return load_comparison()
        except Exception as error:
            self.file_problem = self._explain(error)
            return load_comparison(SHIPPED)

    def opened(self) -> bool:
        before = self.comparison
        self.file_problem = ""
        self.comparison = self._load()
        return self.comparison != before

    # The screen

    def view(self) -> list[Node | None]:
        need = Need(
            self.use_case, self.required["personal_data"], self.required["inside_union"], self.required["offline"]
        )
        ranking = rank_tools(self.comparison, need, self.today, self.weights)
        return [
            ui.notice("erreur", f"{self.file_problem} En attendant, voici le comparatif fourni.", id="probleme")
            if self.file_problem
            else None,
            ui.columns(
                ui.panel("besoin", "Votre besoin", *self._need()),
                ui.panel("classement", self._title(ranking), *self._ranking(ranking)),
                look="large-droite",
            ),
            ui.actions(
                ui.prose(self._origin(), "petit"),
                ui.button("defaut", "Revenir aux réglages de départ", sign="recommencer"),
            ),
        ]

    def _need(self) -> list[Node]:
        uses = [("", "Tous les usages"), *((item.id, item.name) for item in load_use_cases())]
        return [
            ui.field("usage", "Pour quel usage", self.use_case, kind="choix", options=uses, live=True),
            pictures.checks(
                "exigences",
                "Vos exigences",
                [(key, text, self.required[key]) for key, text in REQUIREMENTS.items()],
            ),
            ui.disclosure(
                "poids-depliant",
                "Ce qui compte le plus",
                *(
                    ui.field(
                        f"poids-{item.id}",
                        item.title,
                        str(self.weights.get(item.id, item.weight)),
                        kind="choix",
                        options=[(str(rank), text) for rank, text in enumerate(WEIGHTS)],
                        hint=item.question,
                        live=True,
                        look="compact",
                    )
                    for item in self.comparison.criteria
                ),
                open=True,
            ),
        ]

    def _title(self, ranking: Ranking) -> str:
        if not ranking.kept:
            return "Aucun outil ne convient"
        first = _short(ranking.kept[0].tool.name)
        return f"{first} est devant" if ranking.decided else f"{first} en tête, sans certitude"

    def _ranking(self, ranking: Ranking) -> list[Node]:
        items = [
            {
                "title": item.tool.name,
                "text": _score(item),
                "low": item.low,
                "value": item.score,
                "high": item.high,
                "note": "oui" if rank == 0 else "",
            }
            for rank, item in enumerate(ranking.kept)
        ]
        return [
            ui.notice("succes", ranking.conclusion, title="Un choix se dégage.", look="mince")
            if ranking.decided
            else ui.notice("alerte", ranking.conclusion, title="Rien n'est tranché.", look="mince"),
            *([pictures.bars("scores", "Outils retenus, du meilleur au moins bon", items)] if items else []),
            *(
                ui.disclosure(f"outil-{item.tool.id}", f"{_short(item.tool.name)} : le détail", *self._details(item))
                for item in ranking.kept
            ),
            *(
                ui.notice("info", "\n".join(one.reasons), title=f"{one.tool.name}, écarté.", look="mince")
                for one in ranking.excluded
            ),
        ]

    def _details(self, item: ScoredTool) -> list[Node]:
        rows = []
        for criterion in self.comparison.criteria:
            cell = item.tool.cells[criterion.id]
            note = "inconnue" if cell.note is None else f"{cell.note} sur {BEST_NOTE}"
            status = "à vérifier de nouveau" if cell.stale(self.today) else cell.status
            rows.append((criterion.title, note, cell.finding, f"{cell.source} ({short_date(cell.checked)})", status))
        return [
            *(ui.notice("alerte", warning, look="mince") for warning in item.warnings),
            ui.table(
                f"cases-{item.tool.id}",
                f"{item.tool.name}, critère par critère",
                ("Critère", "Note", "Constat", "Source et date", "Statut"),
                rows,
            ),
        ]

    def _origin(self) -> str:
        if comparison_path() == SHIPPED or self.file_problem:
            return "Comparatif fourni ; la DSI peut le remplacer par le sien (comparatif.toml)."
        return "Comparatif de votre DSI (comparatif.toml)."

    # Events

    def on_usage(self, values: Node, detail: Node) -> None:
        self.use_case = str(detail.get("value", ""))

    def on_exigences(self, values: Node, detail: Node) -> None:
        if detail.get("key") in self.required:
            self.required[str(detail["key"])] = bool(detail["checked"])

    def on_poids(self, values: Node, detail: Node) -> None:
        typed = str(detail.get("value", ""))
        if detail["which"] in self.weights and typed.isdigit() and int(typed) < len(WEIGHTS):
            self.weights[str(detail["which"])] = int(typed)

    def on_defaut(self, values: Node, detail: Node) -> None:
        self.weights = {item.id: item.weight for item in self.comparison.criteria}
        self.required = {"personal_data": True, "inside_union": True, "offline": False}
        self.use_case = "courriels"
        self.announce("Les réglages de départ sont revenus.")

    def keep(self) -> Node:
        return {"use_case": self.use_case, "required": self.required, "weights": self.weights}

    def resume(self, memory: Node, values: Node) -> None:
        self.use_case = str(memory.get("use_case", self.use_case))
        self.required.update(
            {key: bool(on) for key, on in (memory.get("required") or {}).items() if key in REQUIREMENTS}
        )
        self.weights.update(
            {key: int(rank) for key, rank in (memory.get("weights") or {}).items() if key in self.weights}
        )


def _short(name: str) -> str:
    """A tool's name without what follows in brackets or after a comma.

    >>> _short("Claude (Anthropic), offre professionnelle")
    'Claude'
    """
    return re.split(r" \(|, ", name)[0]


def _score(item: ScoredTool) -> str:
    low, high = number(item.low, 0), number(item.high, 0)
    return f"{low}{NBSP}sur{NBSP}100" if low == high else f"{low} à {high}{NBSP}sur{NBSP}100"


def app() -> ToolsApp:
    """The app, to be the last line of its notebook's cell."""
    return ToolsApp()
