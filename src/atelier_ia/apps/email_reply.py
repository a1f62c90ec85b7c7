"""« Répondre à un courriel »: choose or paste → review what is masked → watch the draft come → read it again.

The screen and its order; masking, drafting, the .docx and the time records are called, never done, here.
"""

from __future__ import annotations

import contextlib
import threading
import time
from datetime import date
from typing import TYPE_CHECKING

from atelier_ia.apps.guard_step import GuardStep
from atelier_ia.apps.kit import App
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import long_date, plural
from atelier_ia.apps.time_card import TimeCard
from atelier_ia.settings import load_settings
from atelier_ia.use_cases.emails import DEFAULT_INSTRUCTION
from atelier_ia.use_cases.sandbox import load_emails

if TYPE_CHECKING:
    from atelier_ia.assistant import Assistant
    from atelier_ia.use_cases.drafting import Draft

STEPS = ("Le texte", "Les données masquées", "Le brouillon", "La relecture")
FIRST_EXAMPLE = "cantine_et_bus"
OWN_TEXT = ""
USUAL_MINUTES = "15"
USE_CASE = "courriels"
PIECE_SECONDS = 0.06
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class EmailReply(App):
    """The state of one visit; `assistant` replaces the configured one (tests)."""

    def __init__(self, assistant: Assistant | None = None) -> None:
        self.settings = load_settings()
        self.emails = {email.id: email for email in load_emails()}
        self.chosen = FIRST_EXAMPLE if FIRST_EXAMPLE in self.emails else next(iter(self.emails))
        self.text = self.emails[self.chosen].text
        self.instruction = DEFAULT_INSTRUCTION
        self.step = 1
        self.guard = GuardStep()
        self.draft_text = ""
        self.draft: Draft | None = None
        self.waiting_place = 0
        self.streaming = False
        self.delivered = False
        self.cancel = threading.Event()
        self.time = TimeCard(USE_CASE, USUAL_MINUTES)
        self._assistant = assistant
        super().__init__()

    @property
    def assistant(self) -> Assistant:
        if self._assistant is None:
            from atelier_ia.assistant import open_assistant

            self._assistant = open_assistant(self.settings)
        return self._assistant

    # Screens

    def view(self) -> list[Node]:
        body = {1: self._view_text, 2: self._view_masked, 3: self._view_draft, 4: self._view_draft}[self.step]
        return [ui.steps(STEPS, self.step), *body()]

    def _view_text(self) -> list[Node]:
        options = [
            {
                "value": email.id,
                "title": email.sender or "Sans nom",
                "detail": f"{email.day.day:02d}/{email.day.month:02d}",
                "excerpt": email.subject or "(sans objet)",
            }
            for email in self.emails.values()
        ]
        return [
            ui.columns(
                ui.panel(
                    "boite",
                    "Les courriels reçus",
                    ui.picker("courriel", "Choisir un courriel", options, self.chosen),
                    hint="Exemples inventés, pour s'entraîner.",
                ),
                ui.panel(
                    "texte-panneau",
                    "Le texte",
                    self.problem_notice(),
                    ui.field(
                        "texte",
                        "Courriel auquel répondre",
                        self.text,
                        kind="long",
                        hint="Vous pouvez le modifier, ou coller le vôtre à la place.",
                        look="feuille",
                    ),
                ),
                look="large-droite",
            ),
            ui.disclosure(
                "consigne-depliant",
                "La consigne donnée à l'assistant (prompt)",
                ui.field(
                    "consigne",
                    "Consigne",
                    self.instruction,
                    kind="long",
                    rows=5,
                    hint="Le rôle, la tâche, le ton et les limites. Changez-la et comparez les brouillons.",
                ),
            ),
            ui.actions(
                ui.button("vider", "Coller un autre texte", "discret"),
                ui.button("masquer", "Masquer les données personnelles", "primaire", sign="suite"),
            ),
        ]

    def _view_masked(self) -> list[Node]:
        waiting = len(self.guard.waiting())
        status = (
            f"{plural(waiting, 'information sensible attend', 'informations sensibles attendent')} votre décision."
            if waiting
            else "Relisez le texte : rien ne part avant votre accord."
        )
        return [
            ui.columns(self.guard.text_panel(), self.guard.data_panel(self.problem_notice())),
            ui.actions(
                ui.button("texte_retour", "Revenir au texte", "discret", sign="retour"),
                ui.prose(status, look="petit", id="etat-garde"),
                ui.button("rediger", "Rédiger le brouillon", "primaire", sign="suite", disabled=bool(waiting)),
            ),
        ]

    def _view_draft(self) -> list[Node]:
        own = self.settings.collectivite
        email = self.emails.get(self.chosen)
        heading = {
            "sender": own.name,
            "office": self.settings.service_name(email.service) if email else "",
            "place": f"{own.town or own.name}, le {long_date(date.today())}",
            "subject": self._subject(),
        }
        done = self.step == 4
        return [
            self._banner(),
            ui.columns(
                ui.group(
                    ui.panel("source", "Le courriel reçu", ui.quotation("Texte du courriel", self.text)),
                    ui.disclosure("temps-depliant", "Le temps gagné", self.time.view(), open=self.delivered)
                    if done
                    else None,
                ),
                ui.panel(
                    "brouillon-panneau",
                    "À relire, à corriger ici" if done else "L'assistant rédige…",
                    self.problem_notice(),
                    *self._remarks(),
                    ui.letter("brouillon", "Brouillon de réponse", heading, self.draft_text, self.streaming),
                ),
                look="large-droite",
            ),
            self._draft_actions(),
        ]

    def _subject(self) -> str:
        email = self.emails.get(self.chosen)
        return f"Votre message « {email.subject} »" if email and email.subject else "Votre message"

    def _banner(self) -> Node:
        draft = self.draft
        identity = draft.identity if draft else self.assistant.identity
        return ui.notice(
            "alerte" if identity.simulated else "info",
            identity.notice,
            title="À relire avant tout envoi.",
            id="bandeau-modele",
            look="mince",
        )

    def _remarks(self) -> list[Node]:
        if self.waiting_place:
            return [ui.notice("info", f"Place {self.waiting_place} dans la file d'attente.", title="Un instant.")]
        if self.draft is None:
            return []
        remarks = [ui.notice("info", self.draft.notice)] if self.draft.notice else []
        if self.draft.unknown:
            found = ", ".join(self.draft.unknown)
            remarks.append(ui.notice("alerte", f"L'assistant a inventé {found} : remplacez ou supprimez ce passage."))
        return remarks

    def _draft_actions(self) -> Node:
        if self.streaming:
            return ui.actions(
                self.time.clock(), ui.button("arreter", "Arrêter la rédaction", "primaire", sign="arreter")
            )
        return ui.actions(
            ui.button("recommencer", "Prendre un autre courriel", "discret", sign="recommencer"),
            ui.button("consigne_retour", "Changer la consigne", "discret"),
            ui.button("word", "Télécharger en .docx", sign="fichier"),
            ui.copy_button("copier", "Copier le texte", "brouillon", look="primaire"),
        )

    def recover(self) -> None:
        self.step = 1

    # Events

    def on_courriel(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.chosen = str(detail.get("value", ""))
        self.text = self.emails[self.chosen].text
        self.time.reset()

    def on_vider(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.chosen, self.text = OWN_TEXT, ""
        self.time.reset()
        self.focus("champ-texte")

    def on_masquer(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.guard.start(self.text)
        threading.Thread(target=self._warm_up, daemon=True).start()
        self.time.start()
        self.step = 2
        self.focus("masque-titre", top=True)

    def on_donnees(self, values: Node, detail: Node) -> None:
        self.guard.toggle(str(detail["key"]), bool(detail["masked"]))

    def on_alerte(self, values: Node, detail: Node) -> None:
        self.guard.settle(int(detail["which"]), str(detail["value"]))

    def on_ajouter(self, values: Node, detail: Node) -> None:
        wording = str(detail.get("selection") or values.get("passage", ""))
        masked = self.guard.add(wording, str(values.get("genre", "NOM")))
        if masked:
            self.announce(f"{plural(masked, 'passage masqué', 'passages masqués')}.")

    def on_texte_retour(self, values: Node, detail: Node) -> None:
        self.step = 1
        self.focus("texte-panneau-titre", top=True)

    on_consigne_retour = on_texte_retour

    def on_rediger(self, values: Node, detail: Node) -> None:
        if self.streaming:
            return
        confirmed = self.guard.confirm()
        from atelier_ia.use_cases import drafting
        from atelier_ia.use_cases.emails import build_messages

        self.cancel = threading.Event()
        stream = drafting.draft(
            confirmed,
            self.instruction,
            build_messages,
            self.settings,
            assistant=self.assistant,
            cancel=self.cancel,
            on_wait=self._wait,
        )
        self.draft, self.draft_text, self.delivered, self.streaming, self.step = None, "", False, True, 3
        self.focus("brouillon-panneau-titre", top=True)
        self.announce("L'assistant rédige le brouillon.")
        self.background(lambda: self._write(stream))

    def on_arreter(self, values: Node, detail: Node) -> None:
        self.cancel.set()

    def on_copier(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self._deliver()

    def on_word(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self._deliver()
        from atelier_ia.documents.letters import letter_docx

        self.screen.save_file("reponse.docx", WORD, letter_docx(self.draft_text, self.settings, self._subject()))

    def _deliver(self) -> None:
        self.time.stop()
        self.delivered = True

    def on_enregistrer(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        email = self.emails.get(self.chosen)
        self.time.record(str(values.get("sans", "")), email.service if email else "")
        if self.time.saved is not None:
            self.focus("temps-titre")

    def on_recommencer(self, values: Node, detail: Node) -> None:
        ids = list(self.emails)
        self.chosen = ids[(ids.index(self.chosen) + 1) % len(ids)] if self.chosen in ids else ids[0]
        self.text = self.emails[self.chosen].text
        self.draft, self.draft_text, self.delivered, self.step = None, "", False, 1
        self.time.reset()
        self.focus("texte-panneau-titre", top=True)

    # Work

    def _write(self, stream: Node | object) -> None:
        """Shows the pieces as they come, in a thread; whatever happens, what has arrived stays on the sheet."""
        from atelier_ia.use_cases.drafting import DraftStream

        assert isinstance(stream, DraftStream)
        pending, sent_at = "", 0.0
        try:
            for piece in stream:
                if self.waiting_place:
                    self._wait(0)
                self.draft_text += piece
                pending += piece
                if time.monotonic() - sent_at >= PIECE_SECONDS:
                    self._send_piece(pending)
                    pending, sent_at = "", time.monotonic()
            self.draft = stream.draft
            self.draft_text = self.draft.text
            self.announce("Le brouillon est prêt : relisez-le." if self.draft.complete else "La rédaction est arrêtée.")
        finally:
            self.streaming, self.waiting_place = False, 0
            # Without a single word there is nothing to read again: back to the step that can be retried.
            self.step = 4 if self.draft_text else 2

    def _warm_up(self) -> None:
        """Loads the client while the person reviews the masks; a failure will be explained when it matters."""
        with contextlib.suppress(Exception):
            self.assistant.connect()

    def _send_piece(self, text: str) -> None:
        self.screen.append("brouillon", text, len(self.draft_text.encode("utf-16-le")) // 2)

    def _wait(self, place: int) -> None:
        self.waiting_place = place
        self.refresh()

    def _keep_fields(self, values: Node) -> None:
        self.text = str(values.get("texte", self.text))
        self.instruction = str(values.get("consigne", self.instruction))
        self.draft_text = str(values.get("brouillon", self.draft_text))
        self.time.without = str(values.get("sans", self.time.without))

    # A fresh kernel takes the page over

    def keep(self) -> Node:
        return {
            "step": self.step,
            "chosen": self.chosen,
            "text": self.text,
            "instruction": self.instruction,
            "draft": self.draft_text,
            "elapsed": self.time.elapsed,
        }

    def resume(self, memory: Node, values: Node) -> None:
        self.chosen = str(memory.get("chosen", self.chosen))
        self.text = str(memory.get("text", self.text))
        self.instruction = str(memory.get("instruction", self.instruction))
        self.draft_text = str(memory.get("draft", ""))
        self._keep_fields(values)
        self.time.reset(float(memory.get("elapsed", 0)))
        # The draft comes back to be read again; the masks must be reviewed again, hence the first step otherwise.
        self.step = 4 if int(memory.get("step", 1)) >= 3 and self.draft_text else 1
        self.focus("brouillon-panneau-titre" if self.step == 4 else "texte-panneau-titre", top=True)


def app() -> EmailReply:
    """The app, to be the last line of its notebook's cell."""
    return EmailReply()
