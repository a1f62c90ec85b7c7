"""« Répondre à un courriel »: choose or paste → review what is masked → watch the draft come → read it again."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from atelier_ia.apps.drafting_app import DraftingApp
from atelier_ia.apps.guarded_app import same_text
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import long_date
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings
from atelier_ia.use_cases.emails import DEFAULT_INSTRUCTION, build_messages
from atelier_ia.use_cases.real_cases import load_cases
from atelier_ia.use_cases.sandbox import CitizenEmail, load_emails

if TYPE_CHECKING:
    from atelier_ia.assistant import Assistant

FIRST_EXAMPLE = "cantine_et_bus"
SUBJECT = re.compile(
    r"^(?:Objet|Sujet|Subject)[^\S\n]*:[^\S\n]*"
    r"(?:(?:R[EÉ]|TR|FWD?)[^\S\n]*:[^\S\n]*|\[(?:EXT|EXTERNE|EXTERNAL|SPAM)\][^\S\n]*)*(\S.*)$",
    re.I | re.M,
)
"""The line of a message's header that says what it is about, as mail programs copy it, without what they add to it."""


@dataclass(frozen=True)
class KeptCase:
    """A real case of the collectivité, already masked, as one more message of the list."""

    day: date
    subject: str
    service: str
    text: str
    sender: str = "Cas réel"


class EmailReply(DraftingApp):
    """A citizen's e-mail, from the sandbox or pasted, and its reply on letter paper."""

    use_case = "courriels"
    case_name = "ce courriel"
    instruction = DEFAULT_INSTRUCTION
    source_title = "Le courriel reçu"
    again_label = "Prendre un autre courriel"
    word_name = "reponse.docx"

    def __init__(self, assistant: Assistant | None = None) -> None:
        self.chosen = ""
        self._load_list()
        super().__init__(assistant)

    def _load_list(self) -> None:
        kept: dict[str, CitizenEmail | KeptCase] = {}
        # What is wrong with a kept case is said by the app that keeps them.
        with contextlib.suppress(AtelierError):
            kept = {
                case.id: KeptCase(case.stored_on, case.title, case.service, case.text)
                for case in load_cases(use_case="courriels")
            }
        self.emails = {**{email.id: email for email in load_emails()}, **kept}

    def opened(self) -> bool:
        before = set(self.emails)
        self._load_list()
        return set(self.emails) != before

    def load_example(self) -> None:
        ids = list(self.emails)
        first = FIRST_EXAMPLE if FIRST_EXAMPLE in self.emails else ids[0]
        self._choose(ids[(ids.index(self.chosen) + 1) % len(ids)] if self.chosen in self.emails else first)

    def _choose(self, identifier: str) -> None:
        self.chosen = identifier
        self.text = self.emails[identifier].text

    def input_nodes(self) -> list[Node]:
        options = [
            {
                "value": identifier,
                "title": email.sender or "Sans nom",
                "detail": f"{email.day.day:02d}/{email.day.month:02d}",
                "excerpt": email.subject or "(sans objet)",
            }
            for identifier, email in self.emails.items()
        ]
        return [
            ui.columns(
                ui.panel(
                    "boite",
                    "Les courriels reçus",
                    ui.picker("courriel", "Choisir un courriel", options, self.chosen),
                    hint=self._list_hint(),
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
            )
        ]

    def _list_hint(self) -> str:
        if any(isinstance(email, KeptCase) for email in self.emails.values()):
            return "Exemples inventés, puis vos cas réels, déjà masqués."
        return "Exemples inventés, pour s'entraîner."

    def keep_input(self, values: Node) -> None:
        super().keep_input(values)
        email = self.emails.get(self.chosen)
        if email and not same_text(email.text, self.text):
            self.chosen = ""  # another letter was pasted over it: neither its subject nor its service are this one's

    def build(self, text: str, instruction: str, settings: Settings) -> list[dict[str, Any]]:
        return build_messages(text, instruction, settings)

    def heading(self) -> Node:
        own = self.settings.collectivite
        email = self.emails.get(self.chosen)
        return {
            "sender": own.name,
            "office": self.settings.service_name(email.service) if email else "",
            "place": f"{own.town or own.name}, le {long_date(date.today())}",
            "subject": self._subject(),
        }

    def service(self) -> str:
        email = self.emails.get(self.chosen)
        return email.service if email else ""

    def _subject(self) -> str:
        email, written = self.emails.get(self.chosen), SUBJECT.search(self.text)
        subject = written[1].strip() if written else email.subject if email else ""
        return f"Votre message « {subject} »" if subject else "Votre message"

    def on_courriel(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self._choose(str(detail["value"]))
        self.time.reset()

    def on_vider(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.chosen, self.text = "", ""
        self.time.reset()
        self.focus("champ-texte")

    def keep(self) -> Node:
        return {**super().keep(), "chosen": self.chosen}

    def resume(self, memory: Node, values: Node) -> None:
        self.chosen = str(memory.get("chosen", self.chosen))
        super().resume(memory, values)


def app() -> EmailReply:
    """The app, to be the last line of its notebook's cell."""
    return EmailReply()
