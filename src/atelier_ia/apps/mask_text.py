"""« Masquer un texte »: see what the guard masks, correct it, use the masked text elsewhere, bring the answer back.

Nothing is sent by this app: it teaches the guard, and serves those whose tool is outside. The table that links masks to
values stays in this page's kernel and ends with it.
"""

from __future__ import annotations

from pathlib import Path

from atelier_ia.apps.guard_step import GuardStep
from atelier_ia.apps.guarded_app import GuardedApp
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.forms import load_quizzes
from atelier_ia.errors import AtelierError
from atelier_ia.use_cases.sandbox import load_emails

STEPS = ("Le texte", "Les données masquées", "L'aller-retour")
EXAMPLES = ("aide_urgente_ccas", "allergie_enfant", "voisin_bruyant", "permis_refuse", "qf_separation", "rgpd_acces")


class MaskText(GuardedApp):
    """The state of one visit."""

    def __init__(self) -> None:
        emails = {email.id: email for email in load_emails()}
        self.examples = {name: emails[name] for name in EXAMPLES if name in emails} or emails
        self.chosen = next(iter(self.examples))
        self.text = self.examples[self.chosen].text
        self.step = 1
        self.guard = GuardStep()
        self.masked_text = ""
        self.answer = ""
        self.brought = ""
        """The answer of an outside tool, from a session that was lost: it waits for the masks to be reviewed again."""
        self.restored = ""
        self.unknown: tuple[str, ...] = ()
        self.quizzes = load_quizzes(Path(__file__).with_name("quiz_masquage.toml"))
        self.quiz, self.answered = 0, ""
        super().__init__()

    def view(self) -> list[Node]:
        body = {1: self._view_text, 2: self._view_masks, 3: self._view_round_trip}[self.step]
        return [ui.steps(STEPS, self.step), *body()]

    def recover(self) -> None:
        self.step = 1

    def _view_text(self) -> list[Node]:
        options = [(email.id, email.subject or email.sender) for email in self.examples.values()]
        return [
            ui.panel(
                "texte-panneau",
                "Le texte à protéger",
                self.problem_notice(),
                ui.group(
                    ui.field("exemple", "Exemple", self.chosen, kind="choix", options=options, live=True),
                    ui.button("vider", "Coller un autre texte", "discret"),
                    look="ligne",
                ),
                ui.field("texte", "Texte à masquer", self.text, kind="long", look="feuille"),
                hint="Collez un courriel, un compte rendu, une lettre. Rien ne quitte cette machine.",
            ),
            ui.disclosure(
                "quiz-depliant",
                "Pour s'exercer : qu'enverriez-vous ?",
                self.quizzes[self.quiz].node(f"quiz-{self.quiz}", self.answered),
                ui.group(ui.button("question_suivante", "Une autre question", "discret"), look="ligne")
                if self.answered
                else None,
            ),
            ui.actions(
                ui.prose("Pseudonymisé ne veut pas dire anonyme : le RGPD s'applique encore au texte masqué.", "petit"),
                ui.button("masquer", "Masquer les données personnelles", "primaire", sign="suite"),
            ),
        ]

    def _view_masks(self) -> list[Node]:
        waiting = len(self.guard.waiting_wordings())
        return [
            ui.columns(
                self.guard.text_panel("Le texte masqué", "Les crochets remplacent les données personnelles."),
                self.guard.data_panel(self.problem_notice()),
            ),
            ui.actions(
                ui.button("texte_retour", "Revenir au texte", "discret", sign="retour"),
                ui.prose(
                    "Cherchez ce qu'une machine ne voit pas : « le seul boulanger du village » désigne quelqu'un.",
                    "petit",
                ),
                ui.button("utiliser", "Utiliser le texte masqué", "primaire", sign="suite", disabled=bool(waiting)),
            ),
        ]

    def _view_round_trip(self) -> list[Node]:
        return [
            ui.columns(
                ui.panel(
                    "aller",
                    "Aller : le texte masqué",
                    ui.field("sortie", "Texte masqué", self.masked_text, kind="long", locked=True, look="feuille"),
                    hint="Copiez-le dans l'outil autorisé par votre collectivité.",
                ),
                ui.panel(
                    "retour",
                    "Retour : la réponse de l'outil",
                    self.problem_notice(),
                    ui.field("reponse", "Réponse de l'outil", self.answer, kind="long", look="feuille"),
                    self._restored_nodes(),
                    hint="Collez-la ici, avec ses crochets : les données y seront remises.",
                ),
            ),
            ui.actions(
                ui.button("masques_retour", "Revenir aux masques", "discret", sign="retour"),
                ui.copy_button("copier", "Copier le texte masqué", "sortie", look="secondaire"),
                ui.button("remettre", "Remettre les données", "primaire", sign="suite"),
            ),
        ]

    def _restored_nodes(self) -> Node | None:
        if not self.restored:
            return None
        return ui.group(
            ui.notice(
                "alerte",
                f"L'outil a inventé {', '.join(self.unknown)} : remplacez ou supprimez ce passage.",
            )
            if self.unknown
            else None,
            ui.field("resultat", "Réponse avec les données", self.restored, kind="long", rows=6),
            ui.copy_button("copier-resultat", "Copier la réponse", "resultat"),
        )

    def on_exemple(self, values: Node, detail: Node) -> None:
        self.chosen = str(detail["value"])
        self.text = self.examples[self.chosen].text

    def on_vider(self, values: Node, detail: Node) -> None:
        self.text = ""
        self.focus("champ-texte")

    def on_quiz(self, values: Node, detail: Node) -> None:
        self.text = str(values.get("texte", self.text))
        self.answered = str(detail.get("value", ""))
        if not self.answered:
            self.announce("Choisissez une réponse.")

    def on_question_suivante(self, values: Node, detail: Node) -> None:
        self.text = str(values.get("texte", self.text))
        self.quiz, self.answered = (self.quiz + 1) % len(self.quizzes), ""
        self.focus(f"quiz-{self.quiz}-0")

    def on_masquer(self, values: Node, detail: Node) -> None:
        self.text = str(values.get("texte", self.text))
        if self.guard.text and self.text != self.guard.text:
            self.brought = ""  # the answer brought was about another text
        self.guard.start(self.text)
        self.step = 2
        self.focus("masque-titre", top=True)

    def on_utiliser(self, values: Node, detail: Node) -> None:
        self.masked_text = self.guard.confirm().masking.text
        # Until the person brings an answer, the masked text itself shows what coming back does.
        self.answer, self.restored, self.unknown = self.brought or self.masked_text, "", ()
        self.brought = ""
        self.step = 3
        self.focus("aller-titre", top=True)

    def on_masques_retour(self, values: Node, detail: Node) -> None:
        self.answer = str(values.get("reponse", self.answer))
        self.brought = self.answer if self.answer != self.masked_text else ""
        self.step = 2
        self.focus("masque-titre", top=True)

    def on_remettre(self, values: Node, detail: Node) -> None:
        self.answer = str(values.get("reponse", self.answer))
        if not self.answer.strip():
            self.restored = ""
            self.focus("champ-reponse")
            raise AtelierError("Collez d'abord la réponse de l'outil, avec ses crochets.")
        restoration = self.guard.confirm().masking.restore(self.answer)
        self.restored, self.unknown = restoration.text, tuple(restoration.unknown)
        self.announce("Les données sont remises dans la réponse.")
        self.focus("champ-resultat")

    def on_copier(self, values: Node, detail: Node) -> None:
        self.answer = str(values.get("reponse", self.answer))

    def keep(self) -> Node:
        return {"text": self.text, "masked": self.masked_text if self.step == 3 else "", "brought": self.brought}

    def resume(self, memory: Node, values: Node) -> None:
        # The link between masks and values died with the older kernel: the review starts again.
        self.text = str(values.get("texte", memory.get("text", self.text)))
        answer = str(values.get("reponse", ""))
        self.brought = answer if answer != memory.get("masked") else ""
        self.brought = self.brought or str(memory.get("brought", ""))
        self.step = 1
        self.focus("texte-panneau-titre", top=True)


def app() -> MaskText:
    """The app, to be the last line of its notebook's cell."""
    return MaskText()
