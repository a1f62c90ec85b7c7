"""« Carte des outils »: the tools already in place, who uses them for what, and the duplicates, which come first.

An example is shown until something of one's own is there. What is kept is the CSV of `diagnosis.tool_map`.
"""

from __future__ import annotations

from typing import cast

from atelier_ia.apps.kit import App, pictures
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import number, plural
from atelier_ia.diagnosis import tool_map
from atelier_ia.diagnosis.tool_map import Account, Duplicate, ExistingTool, ToolMapSummary
from atelier_ia.documents.shared_file import alone_on
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings
from atelier_ia.use_cases.sandbox import sandbox_folder

CSV = "text/csv;charset=utf-8"
ACCOUNTS = (
    ("inconnu", "Je ne sais pas"),
    ("professionnel", "Professionnel"),
    ("personnel", "Personnel"),
    ("sans compte", "Sans compte"),
)
MAYBE = (("", "Je ne sais pas"), ("oui", "Oui"), ("non", "Non"))
EMPTY = {
    "outil": "",
    "usage": "",
    "service": "",
    "utilisateurs": "",
    "compte": "inconnu",
    "donnees": "",
    "registre": "",
    "cout": "",
}


class ToolMapApp(App):
    """The map, and the tool being typed."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.typed = dict(EMPTY)
        self.before: tuple[ExistingTool, ...] | None = None
        self.done = ""
        self.adding = False
        self._load()
        super().__init__()

    def _load(self) -> None:
        self.file_problem = ""
        try:
            own = tool_map.read_tool_map(settings=self.settings)
        except AtelierError as error:
            own, self.file_problem = (), str(error)
        self.example = own is None
        if own is None:
            example = sandbox_folder() / "diagnostic" / tool_map.FILE_NAME
            own = tool_map.read_tool_map(example, self.settings) or ()
        self.tools = own

    def opened(self) -> bool:
        before = self.tools
        self._load()
        return self.tools != before

    # The screen

    def view(self) -> list[Node | None]:
        found = tool_map.summarise(self.tools)
        return [
            self._origin(),
            self._form() if self.adding else None,
            self._duplicates(found),
            self._to_look_at(found),
            ui.panel(
                "carte",
                f"{plural(found.tools, 'outil en place', 'outils en place')}"
                + (", pour l'exemple" if self.example else ""),
                None if self.adding else self.problem_notice(),
                None if self.adding else self._done_notice(),
                ui.group(
                    ui.disclosure(
                        "import-depliant",
                        "Importer la carte entière (.csv)",
                        pictures.upload(
                            "fichier",
                            "Choisir un fichier .csv",
                            accept=("csv", "txt"),
                            hint="Colonnes outil et usage ; si possible service, utilisateurs, compte, "
                            "donnees_personnelles, registre et cout_annuel. Le fichier remplace la carte.",
                        ),
                    ),
                    self._removal(),
                    look="depliants",
                ),
                self._table(),
            ),
            ui.actions(
                ui.button("fermer", "Fermer le formulaire", "discret") if self.adding else None,
                ui.button("telecharger", "Télécharger la carte (.csv)", sign="fichier"),
                ui.button("ajouter", "Ajouter cet outil", "primaire", sign="suite")
                if self.adding
                else ui.button("nouveau", "Ajouter un outil", "primaire", sign="suite"),
            ),
        ]

    def _origin(self) -> Node | None:
        if self.file_problem:
            return ui.notice("erreur", self.file_problem, id="fichier-abime", look="mince")
        if self.example:
            text = "Outils inventés ; votre premier ajout, ou votre fichier, prendra leur place."
            return ui.notice("alerte", text, title="Exemple.", look="mince")
        return None

    def _done_notice(self) -> Node | None:
        if not self.done or self.problem:
            return None
        return ui.notice("succes", self.done, ui.button("annuler", "Annuler", "discret"), id="fait", look="mince")

    def _table(self) -> Node:
        if not self.tools:
            return ui.prose("Aucun outil pour l'instant.")
        rows = [
            (
                tool.name,
                tool.use,
                self.settings.service_name(tool.service) if tool.service else "Tous",
                "—" if tool.users is None else number(tool.users),
                tool.account.capitalize() if tool.account != "inconnu" else "—",
                _register(tool),
                "—" if tool.yearly_cost is None else f"{number(tool.yearly_cost, 0)} €",
            )
            for tool in self.tools
        ]
        columns = ("Outil", "Usage", "Service", "Utilisateurs", "Compte", "Données personnelles", "Coût annuel")
        return ui.table("outils", "Les outils en place", columns, rows)

    def _duplicates(self, found: ToolMapSummary) -> Node:
        count = len(found.duplicates)
        return ui.panel(
            "doublons",
            plural(count, "doublon") if count else "Aucun doublon",
            ui.group(*(ui.group(*self._duplicate(one), look="canal") for one in found.duplicates), look="depliants"),
            hint="Plusieurs outils pour un même usage : un seul suffirait-il ?"
            if count
            else "Chaque usage a un seul outil.",
            look="creux",
        )

    def _duplicate(self, one: Duplicate) -> list[Node]:
        places = ", ".join(self.settings.service_name(service) for service in one.services)
        cost = "coût inconnu" if one.yearly_cost is None else f"{number(one.yearly_cost, 0)} € par an"
        return [
            ui.prose(one.use[:1].upper() + one.use[1:], "libelle"),
            ui.prose(", ".join(one.tools)),
            ui.prose(f"{places + ' ; ' if places else ''}{cost}", "petit"),
        ]

    def _to_look_at(self, found: ToolMapSummary) -> Node | None:
        remarks = []
        if found.without_register:
            remarks.append(f"Données personnelles sans fiche au registre : {', '.join(found.without_register)}.")
        if found.personal_accounts:
            remarks.append(f"Avec des comptes personnels : {', '.join(found.personal_accounts)}.")
        if found.unused:
            remarks.append(f"Sans utilisateur : {', '.join(found.unused)}.")
        return ui.notice("alerte", "\n".join(remarks), title="À regarder.") if remarks else None

    def _form(self) -> Node:
        typed = self.typed
        services = [("", "Tous"), *((one.id, one.name) for one in self.settings.services)]
        uses = sorted({tool.use for tool in self.tools})
        return ui.panel(
            "ajout",
            "Un outil de plus",
            self.problem_notice(),
            self._done_notice(),
            ui.group(
                ui.field("outil", "Nom de l'outil", typed["outil"]),
                ui.field("usage", "Il sert à", typed["usage"], suggestions=uses),
                ui.field("service", "Service", typed["service"], kind="choix", options=services),
                look="rang",
                id="rang-outil",
            ),
            ui.group(
                ui.field("utilisateurs", "Utilisateurs", typed["utilisateurs"], kind="nombre"),
                ui.field("cout", "Coût annuel", typed["cout"], kind="nombre", unit="€"),
                ui.field("compte", "Compte", typed["compte"], kind="choix", options=ACCOUNTS),
                ui.field("donnees", "Données personnelles", typed["donnees"], kind="choix", options=MAYBE),
                ui.field("registre", "Fiche au registre", typed["registre"], kind="choix", options=MAYBE),
                look="rang",
                id="rang-compte",
            ),
        )

    def _removal(self) -> Node | None:
        if self.example or not self.tools:
            return None
        options = [(str(index), f"{tool.name} ({tool.use})") for index, tool in enumerate(self.tools)]
        return ui.disclosure(
            "retrait-depliant",
            "Retirer un outil",
            ui.group(
                ui.field("retrait", "Outil à retirer", "0", kind="choix", options=options),
                ui.button("retirer", "Retirer de la carte"),
                look="ligne",
            ),
        )

    # Events

    def on_nouveau(self, values: Node, detail: Node) -> None:
        self._keep(values)
        self.adding = True
        self.focus("champ-outil")

    def on_fermer(self, values: Node, detail: Node) -> None:
        self._keep(values)
        self.adding = False
        self.focus("nouveau")

    def on_ajouter(self, values: Node, detail: Node) -> None:
        self._keep(values)
        for name, label in (("outil", "le nom de l'outil"), ("usage", "à quoi il sert")):
            if not self.typed[name].strip():
                self.focus(f"champ-{name}")
                raise AtelierError(f"Indiquez {label} avant de l'ajouter à la carte.")
        tool = ExistingTool(
            " ".join(self.typed["outil"].split()),
            " ".join(self.typed["usage"].split()),
            self.typed["service"],
            tool_map.parse_users(self.typed["utilisateurs"]),
            cast(Account, self.typed["compte"] if self.typed["compte"] in dict(ACCOUNTS) else "inconnu"),
            _maybe(self.typed["donnees"]),
            _maybe(self.typed["registre"]),
            tool_map.parse_cost(self.typed["cout"]),
        )
        known = () if self.example else self.tools
        self._replace((*known, tool), f"« {tool.name} » est sur la carte.")
        self.typed = dict(EMPTY)

    def on_retirer(self, values: Node, detail: Node) -> None:
        self._keep(values)
        index = str(values.get("retrait", ""))
        if self.example or not index.isdigit() or int(index) >= len(self.tools):
            return
        left = tuple(tool for rank, tool in enumerate(self.tools) if rank != int(index))
        self._replace(left, f"« {self.tools[int(index)].name} » n'est plus sur la carte.")

    def on_fichier(self, values: Node, detail: Node) -> None:
        self._keep(values)
        name = str(detail.get("name", "")) or "Votre fichier"
        tools = tool_map.parse_tool_map(bytes(detail.get("data", b"")), name, self.settings)
        if not tools:
            raise AtelierError(f"{name} ne contient aucun outil ; écrivez un outil par ligne sous les titres.")
        self._replace(tools, f"{plural(len(tools), 'outil importé', 'outils importés')} de {name}.")

    def on_annuler(self, values: Node, detail: Node) -> None:
        self._keep(values)
        with alone_on(tool_map.tool_map_path()):
            if self.before is None:
                tool_map.tool_map_path().unlink(missing_ok=True)
            else:
                tool_map.write_tool_map(self.before)
        self.done = ""
        self._load()
        self.announce("La carte est revenue comme avant.")
        self.focus("champ-outil" if self.adding else "carte-titre")

    def on_telecharger(self, values: Node, detail: Node) -> None:
        self._keep(values)
        name = "exemple-de-carte.csv" if self.example else "carte-des-outils.csv"
        self.screen.save_file(name, CSV, tool_map.tool_map_csv(self.tools))

    def _replace(self, tools: tuple[ExistingTool, ...], done: str) -> None:
        """Write the map unless somebody else changed it meanwhile: their work must not be lost."""
        with alone_on(tool_map.tool_map_path()):
            before = self.tools, self.example
            self._load()
            if (self.tools, self.example) != before and not self.file_problem:
                raise AtelierError("La carte vient d'être modifiée sur un autre poste : relisez-la, puis recommencez.")
            tool_map.write_tool_map(tools)
        self.before = None if self.example else self.tools
        self.done = done
        self._load()
        self.announce(done)
        self.focus("champ-outil" if self.adding else "carte-titre")

    def _keep(self, values: Node) -> None:
        self.typed = {name: str(values.get(name, known)) for name, known in self.typed.items()}

    def keep(self) -> Node:
        return {"typed": self.typed, "adding": self.adding}

    def resume(self, memory: Node, values: Node) -> None:
        known = memory.get("typed") or {}
        self.typed = {name: str(known.get(name, value)) for name, value in self.typed.items()}
        self.adding = bool(memory.get("adding"))
        self._keep(values)


def _register(tool: ExistingTool) -> str:
    if tool.personal_data is None:
        return "—"
    if not tool.personal_data:
        return "Non"
    return {True: "Oui, au registre", False: "Oui, sans fiche", None: "Oui"}[tool.in_register]


def _maybe(text: str) -> bool | None:
    return {"oui": True, "non": False}.get(text)


def app() -> ToolMapApp:
    """The app, to be the last line of its notebook's cell."""
    return ToolMapApp()
