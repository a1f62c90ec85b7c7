"""« Importer un cas réel »: a document comes in, its masks are reviewed by a person, only the masked text is kept.

The document itself is never written anywhere; the link between masks and values ends with this page.
"""

from __future__ import annotations

from datetime import date

from atelier_ia.apps.guard_step import GuardStep
from atelier_ia.apps.guarded_app import GuardedApp, same_text
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit import pictures
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import long_date, number, plural
from atelier_ia.settings import load_settings
from atelier_ia.use_cases import real_cases
from atelier_ia.use_cases.catalogue import load_use_cases

STEPS = ("Le document", "Les données masquées", "La conservation")
EXTENSIONS = ("docx", "odt", "pdf", "eml", "msg", "txt", "html", "xlsx", "ods", "csv")
EXAMPLE = """De : Odile Sarrazin <odile.sarrazin@messagerie.example>
Objet : Lampadaire éteint rue des Tilleuls

Bonjour,

Depuis lundi, le lampadaire devant chez moi, au 14 rue des Tilleuls, ne s'allume plus. Ma voisine, madame Ferrandis,
est tombée hier soir sur le trottoir. Vous pouvez me joindre au 06 39 98 41 12.

Merci d'avance,
Odile Sarrazin"""
EXAMPLE_TITLE = "Lampadaire éteint"
DURATIONS = {"30": "1 mois", "90": "3 mois, la durée de la formation", "180": "6 mois", "365": "1 an, au plus"}


class ImportCase(GuardedApp):
    """The state of one visit."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.step = 1
        self.text = EXAMPLE
        self.title = EXAMPLE_TITLE
        self.origin = ""
        self.warnings: tuple[str, ...] = ()
        self.use_case = "courriels"
        self.service = ""
        self.days = str(real_cases.DEFAULT_DAYS)
        self.kept: real_cases.RealCase | None = None
        self.deleting = ""
        self.guard = GuardStep()
        self._load_list()
        super().__init__()

    def _load_list(self) -> None:
        self.cases: tuple[real_cases.RealCase, ...] = ()
        self.list_problem = ""
        try:
            self.cases = real_cases.load_cases()
        except Exception as error:
            self.list_problem = self._explain(error)

    def opened(self) -> bool:
        before = self.cases
        self._load_list()
        return self.cases != before

    def recover(self) -> None:
        self.step = 1

    def view(self) -> list[Node]:
        body = {1: self._view_document, 2: self._view_masks, 3: self._view_keeping}[self.step]
        return [ui.steps(STEPS, self.step), *body()]

    # 1. The document, and the cases kept

    def _view_document(self) -> list[Node]:
        return [
            ui.columns(
                ui.panel(
                    "texte-panneau",
                    "Le document à importer",
                    self.problem_notice(),
                    pictures.upload(
                        "document",
                        "Choisir un document",
                        accept=EXTENSIONS,
                        hint="Ou déposez-le ici : Word, OpenDocument, PDF, courriel, tableur ou texte, 20 Mo au plus.",
                    ),
                    *(ui.notice("alerte", warning) for warning in self.warnings),
                    ui.field(
                        "texte",
                        f"Texte lu dans « {self.origin} »" if self.origin else "Texte du cas",
                        self.text,
                        kind="long",
                        hint="Gardez le passage utile. Vous pouvez aussi coller un texte ici.",
                        look="feuille",
                    ),
                ),
                self._list_panel(),
                look="large-gauche",
            ),
            ui.actions(
                ui.button("vider", "Partir d'un autre texte", "discret"),
                ui.prose("Le document n'est pas gardé : seul le texte masqué et relu le sera.", "petit"),
                ui.button("masquer", "Masquer les données personnelles", "primaire", sign="suite"),
            ),
        ]

    def _list_panel(self) -> Node:
        return ui.panel(
            "cas-panneau",
            plural(len(self.cases), "cas gardé", "cas gardés") if self.cases else "Aucun cas gardé",
            ui.notice(
                "succes", f"« {self.kept.title} » est gardé jusqu'au {long_date(self.kept.delete_after)}.", id="garde"
            )
            if self.kept
            else None,
            ui.notice("erreur", self.list_problem) if self.list_problem else None,
            *(self._card(case) for case in self.cases),
            hint="Proposés dans les applications, puis supprimés à leur date."
            if self.cases
            else "Vos cas apparaîtront ici, puis dans les applications, jusqu'à leur date de suppression.",
        )

    def _card(self, case: real_cases.RealCase) -> Node:
        purpose = next((item.name for item in load_use_cases() if item.id == case.use_case), "Tous les usages")
        sure = self.deleting == case.id
        return ui.group(
            ui.prose(case.title, "libelle"),
            ui.prose(f"{purpose}. Supprimé après le {long_date(case.delete_after)}.", "petit"),
            ui.disclosure(f"lire-{case.id}", f"Lire « {case.title} »", ui.quotation(case.title, case.text)),
            ui.button(
                f"supprimer-{case.id}",
                f"Confirmer la suppression de « {case.title} »" if sure else f"Supprimer « {case.title} »",
                "secondaire" if sure else "discret",
            ),
            look="canal",
        )

    def on_document(self, values: Node, detail: Node) -> None:
        from atelier_ia.documents.readers import read_document

        document = read_document(str(detail.get("name", "")), bytes(detail.get("data", b"")))
        self.text, self.origin, self.warnings = document.whole, document.name, document.warnings
        self.title = ""
        self.kept = None
        self.announce(f"{document.name} est lu : {number(len(self.text))} caractères.")
        self.focus("champ-texte")

    def on_vider(self, values: Node, detail: Node) -> None:
        self.text, self.title, self.origin, self.warnings, self.kept = "", "", "", (), None
        self.focus("champ-texte")

    def on_supprimer(self, values: Node, detail: Node) -> None:
        self.text = str(values.get("texte", self.text))
        identifier = str(detail["which"])
        if self.deleting != identifier:
            self.deleting = identifier
            self.announce("Choisissez de nouveau pour confirmer la suppression.")
            return
        self.deleting, self.kept = "", None
        try:
            real_cases.delete(identifier)
        finally:
            self._load_list()
        self.announce("Le cas est supprimé.")
        self.focus("cas-panneau-titre")

    def on_masquer(self, values: Node, detail: Node) -> None:
        self.text = str(values.get("texte", self.text))
        self.guard.start(self.text)
        if self.title == EXAMPLE_TITLE and not same_text(EXAMPLE, self.text):
            self.title = ""  # another text was pasted over the example
        self.step, self.kept = 2, None
        self.focus("masque-titre", top=True)

    # 2. The masks

    def _view_masks(self) -> list[Node]:
        waiting = len(self.guard.waiting_wordings())
        return [
            ui.columns(
                self.guard.text_panel(
                    "Ce qui sera gardé", "Les crochets remplacent les données personnelles ; les valeurs sont oubliées."
                ),
                self.guard.data_panel(self.problem_notice()),
            ),
            ui.actions(
                ui.button("texte_retour", "Revenir au document", "discret", sign="retour"),
                ui.prose(
                    "Relisez tout : un détail (un métier rare, un lieu, une date) peut désigner quelqu'un.", "petit"
                ),
                ui.button("relu", "J'ai relu, continuer", "primaire", sign="suite", disabled=bool(waiting)),
            ),
        ]

    def on_relu(self, values: Node, detail: Node) -> None:
        self.guard.confirm()
        self.step = 3
        self.focus("conservation-titre", top=True)

    # 3. What is kept, and until when

    def _view_keeping(self) -> list[Node]:
        assert self.guard.masking is not None
        uses = [("", "Tous les usages"), *((item.id, item.name) for item in load_use_cases())]
        services = [("", "Aucun en particulier"), *((service.id, service.name) for service in self.settings.services)]
        return [
            ui.columns(
                ui.panel("apercu", "Le texte masqué", ui.quotation("Texte masqué", self.guard.masking.text)),
                ui.panel(
                    "conservation",
                    "Le garder, et jusqu'à quand",
                    self.problem_notice(),
                    ui.field("titre", "Titre du cas", self.title, hint="Sans nom de personne : le sujet suffit."),
                    ui.field("usage", "Sert à", self.use_case, kind="choix", options=uses),
                    ui.field("service", "Service", self.service, kind="choix", options=services),
                    ui.field(
                        "duree",
                        "Supprimé après",
                        self.days,
                        kind="choix",
                        options=DURATIONS.items(),
                        hint="Pseudonymisé ne veut pas dire anonyme : le RGPD s'applique, la durée est donc courte.",
                    ),
                ),
            ),
            ui.actions(
                ui.button("masques_retour", "Revenir aux masques", "discret", sign="retour"),
                ui.button("garder", "Garder ce cas", "primaire", sign="suite"),
            ),
        ]

    def on_masques_retour(self, values: Node, detail: Node) -> None:
        self._keep_choices(values)
        self.step = 2
        self.focus("masque-titre", top=True)

    def on_garder(self, values: Node, detail: Node) -> None:
        self._keep_choices(values)
        assert self.guard.masking is not None
        reviewed = real_cases.review(
            self.guard.text,
            self.guard.masking.spans,
            title=self.title,
            use_case=self.use_case,
            service=self.service,
            harmless=self.guard.lifted,
        )
        self.kept = real_cases.store(reviewed, days=int(self.days), today=date.today())
        # The original text leaves this page's memory as soon as it has served.
        self.guard = GuardStep()
        self.text, self.title, self.origin, self.warnings, self.step = "", "", "", (), 1
        self._load_list()
        self.announce(f"Le cas « {self.kept.title} » est gardé.")
        self.focus("cas-panneau-titre", top=True)

    def _keep_choices(self, values: Node) -> None:
        self.title = str(values.get("titre", self.title))
        self.use_case = str(values.get("usage", self.use_case))
        self.service = str(values.get("service", self.service))
        days = str(values.get("duree", self.days))
        self.days = days if days in DURATIONS else self.days

    def keep(self) -> Node:
        return {
            "text": self.text,
            "title": self.title,
            "use_case": self.use_case,
            "service": self.service,
            "days": self.days,
        }

    def resume(self, memory: Node, values: Node) -> None:
        # The masks must be reviewed again in a fresh kernel.
        self.text = str(values.get("texte", memory.get("text", self.text)))
        self.title = str(memory.get("title", self.title))
        self.use_case = str(memory.get("use_case", self.use_case))
        self.service = str(memory.get("service", self.service))
        self._keep_choices({"duree": memory.get("days", self.days), **values})
        self.step = 1
        self.focus("texte-panneau-titre", top=True)


def app() -> ImportCase:
    """The app, to be the last line of its notebook's cell."""
    return ImportCase()
