"""« Rédiger un arrêté »: a guided form → a structured draft, each visa vérifié or à vérifier, no deadline of its own.

The form and the checks are `use_cases.acts` and `use_cases.legal_bases`; masking and drafting those of every app.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from atelier_ia.apps.drafting_app import DraftingApp
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import long_date, plural
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings
from atelier_ia.use_cases.acts import (
    DEFAULT_INSTRUCTION,
    EXAMPLES,
    REMINDERS,
    ActForm,
    build_messages,
    settle,
    to_fill,
)
from atelier_ia.use_cases.legal_bases import VisaCheck, mark_visas

# Field of the screen → field of the form.
_FIELDS = {
    "objet": "purpose",
    "lieu": "where",
    "debut": "start",
    "fin": "end",
    "heures": "hours",
    "motif": "reason",
    "mesures": "measures",
    "demandeur": "requester",
    "signalisation": "signage",
}


class ActDraft(DraftingApp):
    """What the agent knows of the case, and the projet d'arrêté that follows from it."""

    steps = ("Le formulaire", "Les données masquées", "Le projet", "La relecture")
    use_case = "arretes"
    usual_minutes = "45"
    instruction = DEFAULT_INSTRUCTION
    source_title = "Votre formulaire"
    again_label = "Préparer un autre arrêté"
    empty_label = "Vider le formulaire"
    word_name = "projet_arrete.docx"

    def load_example(self) -> None:
        self.example = (getattr(self, "example", -1) + 1) % len(EXAMPLES)
        self.form = EXAMPLES[self.example]
        self.text = self.form.text()

    def input_nodes(self) -> list[Node]:
        form = self.form
        return [
            ui.panel(
                "texte-panneau",
                "Ce que vous savez du dossier",
                self.problem_notice(),
                ui.columns(
                    ui.group(
                        ui.field("objet", "Objet de l'arrêté", form.purpose, hint="Arrêté portant…"),
                        ui.field("lieu", "Lieu précis", form.where),
                        ui.group(
                            ui.field("debut", "Premier jour", form.start),
                            ui.field("fin", "Dernier jour", form.end),
                            look="rang",
                            id="rang-dates",
                        ),
                        ui.group(
                            ui.field("heures", "Heures", form.hours),
                            ui.field("signalisation", "Panneaux posés par", form.signage),
                            look="rang",
                            id="rang-heures",
                        ),
                    ),
                    ui.group(
                        ui.field(
                            "motif",
                            "Pourquoi cette mesure est nécessaire",
                            form.reason,
                            kind="long",
                            rows=3,
                            hint="Les faits : ils deviennent les considérants.",
                        ),
                        ui.field("mesures", "Les mesures, une par ligne", form.measures, kind="long", rows=4),
                        ui.field("demandeur", "Demande de", form.requester),
                    ),
                ),
                hint="Un exemple est en place : changez-le. Ce qui reste vide restera à compléter dans le projet.",
            )
        ]

    def keep_input(self, values: Node) -> None:
        typed = {name: str(values[id]) for id, name in _FIELDS.items() if id in values}
        self.form = ActForm(**{**asdict(self.form), **typed})
        self.text = self.form.text()

    def build(self, text: str, instruction: str, settings: Settings) -> list[dict[str, Any]]:
        return build_messages(text, instruction, settings)

    def heading(self) -> Node:
        own = self.settings.collectivite
        return {
            "sender": own.name,
            "office": "Projet d’arrêté",
            "place": f"Préparé le {long_date(date.today())}",
            "subject": self.form.purpose,
        }

    def finished(self, text: str) -> str:
        return settle(text, self.text)

    def source_nodes(self) -> list[Node]:
        if self.step < 4:
            return super().source_nodes()
        return [
            self._visas_panel(),
            ui.disclosure("formulaire", self.source_title, ui.quotation("Ce que vous avez saisi", self.text)),
        ]

    def _visas_panel(self) -> Node:
        from atelier_ia.use_cases.legal_bases import check_visas

        checks = check_visas(self.draft_text)
        waiting = [check for check in checks if check.status != "vérifié"]
        known = [check for check in checks if check.status == "vérifié"]
        blanks = to_fill(self.draft_text)
        verified = plural(len(known), "vérifié", "vérifiés")
        return ui.panel(
            "visas",
            f"{plural(len(waiting), 'visa à vérifier', 'visas à vérifier')}, {verified}",
            *(_notice(check, index) for index, check in enumerate([*waiting, *known])),
            ui.notice("alerte", "Le projet n'a pas de visa : ajoutez le fondement de la décision.")
            if not checks
            else None,
            ui.prose(f"Reste à compléter : {', '.join(blanks)}.")
            if blanks
            else ui.notice("succes", "Plus rien n'est entre crochets."),
            ui.button("verifier", "Vérifier à nouveau"),
            ui.disclosure("decisions", "Ce que vous seul décidez", *_reminders()),
            ui.disclosure("sources", "D'où vient « vérifié »", *_sources(known)),
        )

    def _draft_actions(self) -> Node:
        if self.streaming:
            return super()._draft_actions()
        return ui.actions(
            ui.button("recommencer", self.again_label, "discret", sign="recommencer"),
            ui.button("consigne_retour", "Changer la consigne", "discret"),
            ui.copy_button("copier", "Copier", "brouillon"),
            ui.button("pdf", "Télécharger en .pdf", sign="fichier"),
            ui.button("word", "Télécharger en .docx", "primaire", sign="fichier"),
        )

    def word_file(self) -> bytes:
        from atelier_ia.documents.acts import act_docx

        return act_docx(mark_visas(self.draft_text), self.settings, "arrêté")

    def pdf_file(self) -> bytes:
        from atelier_ia.documents.pages import act_pdf

        return act_pdf(mark_visas(self.draft_text), self.settings, "arrêté")

    def service(self) -> str:
        return "secretariat"

    # Events

    def on_verifier(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.draft_text = mark_visas(self.draft_text)
        self.focus("visas-titre")

    def on_masquer(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        for id, name in (("objet", "purpose"), ("motif", "reason"), ("mesures", "measures")):
            if not getattr(self.form, name).strip():
                self.focus(f"champ-{id}")
                raise AtelierError("Il manque l'objet, le motif ou les mesures ; écrivez-les en quelques mots.")
        super().on_masquer(values, detail)

    def on_vider(self, values: Node, detail: Node) -> None:
        self.form = ActForm("")
        self.text = ""
        self.time.reset()
        self.focus("champ-objet")

    def keep(self) -> Node:
        return {**super().keep(), "form": asdict(self.form)}

    def resume(self, memory: Node, values: Node) -> None:
        self.form = ActForm.read({**asdict(EXAMPLES[0]), **memory.get("form", {})})
        super().resume(memory, values)


def _notice(check: VisaCheck, index: int) -> Node:
    if check.status == "vérifié":
        return ui.notice("succes", f"{check.visa}.", title="Vérifié.", id=f"visa-{index}", look="mince")
    return ui.notice("alerte", f"{check.visa}.\n{check.reason}", title="À vérifier.", id=f"visa-{index}", look="mince")


def _reminders() -> list[Node]:
    return [
        ui.prose("L'outil n'écrit aucun délai que vous n'avez pas saisi. À décider avant la signature :"),
        *(ui.prose(f"{title} : {text[0].lower()}{text[1:]}") for title, text in REMINDERS),
    ]


def _sources(known: list[VisaCheck]) -> list[Node]:
    return [
        ui.prose(
            "L'article existe dans ce code et traite de ce sujet, d'après la source citée. Relisez-le sur Légifrance : "
            "sa rédaction a pu changer, et lui seul ne dit pas qu'il convient à votre cas."
        ),
        *(ui.prose(check.reason) for check in known),
    ]


def app() -> ActDraft:
    """The app, to be the last line of its notebook's cell."""
    return ActDraft()
