"""What all drafting apps share: 1 the text → 2 the masked data → 3 the draft as it comes → 4 the re-reading.

A subclass says what is asked at the first step, from which request the draft is made, and how the result is laid out.
Masking and drafting are `use_cases.drafting`; this module only puts them on screen in order.
"""

from __future__ import annotations

import contextlib
import threading
import time
from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from atelier_ia.apps.guard_step import GuardStep
from atelier_ia.apps.guarded_app import same_text
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.time_card import TimeCard
from atelier_ia.apps.timed_app import TimedApp
from atelier_ia.apps.use_count import count_use
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings, load_settings

if TYPE_CHECKING:
    from atelier_ia.assistant import Assistant
    from atelier_ia.assistant.replies import Identity
    from atelier_ia.use_cases.drafting import Draft, DraftStream

PIECE_SECONDS = 0.06
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DraftingApp(TimedApp):
    """The state of one visit; `assistant` replaces the configured one (tests)."""

    steps = ("Le texte", "Les données masquées", "Le brouillon", "La relecture")
    use_case = ""
    usual_minutes = "15"
    case_name = "ce cas"
    instruction = ""
    source_title = "Le texte de départ"
    again_label = "Recommencer"
    empty_label = "Partir d'un autre texte"
    word_name = "brouillon.docx"
    letter = True
    """Whether the draft leaves as a letter; a working paper otherwise."""

    def __init__(self, assistant: Assistant | None = None) -> None:
        self.settings = load_settings()
        self.text = ""
        self.step = 1
        self.guard = GuardStep()
        self.draft_text = ""
        self.draft: Draft | None = None
        self.waiting_place = 0
        self.streaming = False
        self.delivered = False
        self.cancel = threading.Event()
        self.time = TimeCard(self.use_case, self.usual_minutes, self.case_name)
        self.timed = ""
        self._assistant = assistant
        self.load_example()
        super().__init__()

    # What a subclass says

    @abstractmethod
    def load_example(self) -> None:
        """Puts a good example in place, so that the app never opens empty; called again for the next case."""

    @abstractmethod
    def input_nodes(self) -> list[Node]:
        """The first step; its fields' values arrive in `keep_input`."""

    def keep_input(self, values: Node) -> None:
        """Keeps what is typed at the first step; sets `self.text`, from which the draft is made."""
        self.text = str(values.get("texte", self.text))

    @abstractmethod
    def build(self, text: str, instruction: str, settings: Settings) -> list[dict[str, Any]]:
        """The messages for the model; both texts are already masked."""

    @abstractmethod
    def heading(self) -> Node:
        """What stands above the draft: `sender`, `office`, `place`, `subject`."""

    def result_nodes(self) -> list[Node]:
        """The draft, on its sheet."""
        return [ui.letter("brouillon", "Brouillon", self.heading(), self.draft_text, self.streaming)]

    def finished(self, text: str) -> str:
        """The whole answer as it may be shown, once it has arrived."""
        return text

    def source_nodes(self) -> list[Node]:
        """What stands beside the result."""
        return [ui.panel("source", self.source_title, ui.quotation("Texte d'origine", self.text))]

    def keep_result(self, values: Node) -> None:
        """Keeps what is corrected at the last step."""
        self.draft_text = str(values.get("brouillon", self.draft_text))

    def word_file(self) -> bytes:
        """The corrected draft as a .docx, headed as on the screen."""
        from atelier_ia.documents.letters import letter_docx
        from atelier_ia.documents.papers import paper_docx

        head = self.heading()
        if not self.letter:
            return paper_docx(self.paper_text(), self.settings, head["subject"], _paper_place(head))
        return letter_docx(self.draft_text, self.settings, head["subject"], office=head["office"])

    def pdf_file(self) -> bytes:
        """The corrected draft as a PDF that a screen reader can follow."""
        from atelier_ia.documents.pages import letter_pdf, paper_pdf

        head = self.heading()
        if not self.letter:
            return paper_pdf(self.paper_text(), self.settings, head["subject"], _paper_place(head))
        return letter_pdf(self.draft_text, self.settings, head["subject"], office=head["office"])

    def paper_text(self) -> str:
        """What a working paper holds, its parts marked as titles."""
        return self.draft_text

    # Screens

    @property
    def assistant(self) -> Assistant:
        if self._assistant is None:
            from atelier_ia.assistant import open_assistant

            self._assistant = open_assistant(self.settings)
        return self._assistant

    def view(self) -> list[Node]:
        if self.time.working_alone:
            return self.alone_view()
        body = {1: self._view_input, 2: self._view_masked, 3: self._view_draft, 4: self._view_draft}[self.step]
        return [ui.steps(self.steps, self.step), *body()]

    def recover(self) -> None:
        self.step = 1

    def _view_input(self) -> list[Node]:
        return [
            *self.input_nodes(),
            ui.group(
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
                self.time.offer(),
                look="depliants",
            ),
            ui.actions(
                ui.button("vider", self.empty_label, "discret"),
                ui.button("masquer", "Masquer les données personnelles", "primaire", sign="suite"),
            ),
        ]

    def _view_masked(self) -> list[Node]:
        return self.guard_nodes(ui.button("rediger", "Rédiger le brouillon", "primaire", sign="suite"))

    def _view_draft(self) -> list[Node]:
        done = self.step == 4
        return [
            self._banner(),
            ui.columns(
                self._beside(done),
                ui.panel(
                    "brouillon-panneau",
                    "À relire, à corriger ici" if done else "L'assistant rédige…",
                    self.problem_notice(),
                    *self._remarks(),
                    *self.result_nodes(),
                ),
                look="large-droite",
            ),
            self._draft_actions(),
        ]

    def _beside(self, done: bool) -> Node:
        """The source while one reads again; once the draft is taken away, the time won has the whole column."""
        if not done:
            return ui.group(*self.source_nodes())
        if not self.delivered:
            return ui.group(*self.source_nodes(), ui.disclosure("temps-depliant", "Le temps gagné", self.time.view()))
        return ui.group(self.time.view(), ui.disclosure("source-depliant", self.source_title, *self.source_nodes()))

    def _banner(self) -> Node:
        identity = self.draft.identity if self.draft else self.assistant.identity
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
        relayed = self._relays(self.draft.identity)
        remarks = [ui.notice("alerte" if relayed else "info", self.draft.notice)] if self.draft.notice else []
        if self.draft.unknown:
            found = ", ".join(self.draft.unknown)
            remarks.append(ui.notice("alerte", f"L'assistant a inventé {found} : remplacez ou supprimez ce passage."))
        return remarks

    def _relays(self, author: Identity) -> bool:
        """Has the simulator written this in place of the model that was chosen?"""
        return author.simulated and not self.assistant.identity.simulated

    def _draft_actions(self) -> Node:
        if self.streaming:
            return ui.actions(
                self.time.clock(), ui.button("arreter", "Arrêter la rédaction", "primaire", sign="arreter")
            )
        return ui.actions(
            ui.button("recommencer", self.again_label, "discret", sign="recommencer"),
            ui.button("consigne_retour", "Changer la consigne", "discret"),
            ui.button("word", "Télécharger en .docx", sign="fichier"),
            ui.button("pdf", "Télécharger en .pdf", sign="fichier"),
            self.copy_action(),
        )

    def copy_action(self) -> Node:
        """The main button of the last step."""
        return ui.copy_button("copier", "Copier le texte", "brouillon", look="primaire")

    # Events

    def on_masquer(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        if self.timed and not same_text(self.timed, self.text):
            self.time.reset()  # another case took the place of the one that was timed
        self.timed = self.text
        self.guard.start(self.text)
        threading.Thread(target=self._warm_up, daemon=True).start()
        self.time.start()
        self.step = 2
        self.focus("masque-titre", top=True)

    on_consigne_retour = TimedApp.on_texte_retour

    def on_rediger(self, values: Node, detail: Node) -> None:
        if self.streaming:
            return
        from atelier_ia.use_cases import drafting

        confirmed = self.guard.confirm()
        self.cancel = threading.Event()
        stream = drafting.draft(
            confirmed,
            self.instruction,
            self.build,
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
        self._refuse_empty()
        self._deliver()
        self.screen.save_file(self.word_name, WORD, self.word_file())

    def on_pdf(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self._refuse_empty()
        self._deliver()
        self.screen.save_file(self.word_name.replace(".docx", ".pdf"), "application/pdf", self.pdf_file())

    def on_recommencer(self, values: Node, detail: Node) -> None:
        self.load_example()
        self.draft, self.draft_text, self.delivered, self.step = None, "", False, 1
        self.time.reset()
        self.timed = ""
        self.focus("texte-panneau-titre", top=True)

    # Work

    def _write(self, stream: DraftStream) -> None:
        """Shows the pieces as they come, in a thread; whatever happens, what has arrived stays on the sheet."""
        pending, sent_at = "", 0.0
        try:
            for piece in stream:
                if self.waiting_place:
                    self._wait(0)
                if self.draft is None and self._relays(stream.identity):
                    self.draft = stream.draft  # the simulator has taken over: said at once, not when it has finished
                    self.refresh()
                self.draft_text += piece
                pending += piece
                if time.monotonic() - sent_at >= PIECE_SECONDS:
                    self._send_piece(pending)
                    pending, sent_at = "", time.monotonic()
            self.draft = stream.draft
            self.draft_text = self.finished(self.draft.text)
            self.announce("Le brouillon est prêt : relisez-le." if self.draft.complete else "La rédaction est arrêtée.")
        finally:
            self.streaming, self.waiting_place = False, 0
            # Without a single word there is nothing to read again: back to the step that can be retried.
            self.step = 4 if self.draft_text else 2
            if self.step == 2:
                self.focus("masque-titre", top=True)

    def _send_piece(self, text: str) -> None:
        self.screen.append("brouillon", text, len(self.draft_text.encode("utf-16-le")) // 2)

    def _warm_up(self) -> None:
        """Loads the client while the person reviews the masks; a failure will be explained when it matters."""
        with contextlib.suppress(Exception):
            self.assistant.connect()

    def _wait(self, place: int) -> None:
        self.waiting_place = place
        self.refresh()

    def _refuse_empty(self) -> None:
        if not self.draft_text.strip():
            raise AtelierError("Le texte est vide ; écrivez-le, ou changez la consigne pour un autre brouillon.")

    def _deliver(self) -> None:
        if not self.delivered and self.use_case:
            count_use(self, self.use_case)
        self.time.stop()
        self.delivered = True

    def _keep_fields(self, values: Node) -> None:
        if self.step == 1:
            self.keep_input(values)
            self.instruction = str(values.get("consigne", self.instruction))
        else:
            self.keep_result(values)
            self.time.without = str(values.get("sans", self.time.without))

    # A fresh kernel takes the page over

    def keep(self) -> Node:
        return {
            "step": self.step,
            "text": self.text,
            "instruction": self.instruction,
            "draft": self.draft_text,
            "time": self.time.keep(),
        }

    def resume(self, memory: Node, values: Node) -> None:
        self.text = str(memory.get("text", self.text))
        self.instruction = str(memory.get("instruction", self.instruction))
        self.draft_text = str(memory.get("draft", ""))
        # The draft comes back to be read again; the masks must be reviewed again, hence the first step otherwise.
        self.step = 4 if int(memory.get("step", 1)) >= 3 and self.draft_text else 1
        self.time.resume(memory.get("time"))
        if self.time.working_alone:
            return
        self._keep_fields(values)
        self.focus("brouillon-panneau-titre" if self.step == 4 else "texte-panneau-titre", top=True)


def _paper_place(head: Node) -> str:
    return f"{head['office']} · {head['place']}"
