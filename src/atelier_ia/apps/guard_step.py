"""The step in which a person reviews what is masked: shared by every app that sends a text to a model.

It shows the masked text, lets wrong masks be lifted and missed data be masked, and has each sensitive passage settled.
It keeps the decisions; masking itself is the guard's (`privacy`, through `use_cases.drafting`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import plural
from atelier_ia.errors import AtelierError

if TYPE_CHECKING:
    from atelier_ia.privacy import Label, Masking, Span
    from atelier_ia.use_cases.drafting import Confirmed

KINDS: dict[Label, str] = {
    "NOM": "un nom",
    "ADRESSE": "une adresse",
    "TEL": "un numéro de téléphone",
    "EMAIL": "une adresse électronique",
    "REF_DOSSIER": "un numéro de dossier",
    "SENSIBLE": "autre chose",
}
# [NOM_1], and [NOM_1b] for another form of the same name.
_TOKEN = re.compile(r"\[[A-Z_]+_\d+[b-z]?\]")


@dataclass
class GuardStep:
    """The review of one text. `text` is the original; decisions are kept by original wording."""

    text: str = ""
    found: list[Span] = field(default_factory=list)
    alerts: list[Span] = field(default_factory=list)
    added: list[Span] = field(default_factory=list)
    lifted: set[str] = field(default_factory=set)
    choices: dict[str, str] = field(default_factory=dict)
    masking: Masking | None = None
    kind: str = "NOM"
    error: str = ""

    def start(self, text: str) -> None:
        """Looks for personal data in `text`; earlier decisions about the same text are kept."""
        from atelier_ia.use_cases import drafting

        if text == self.text and self.masking is not None:
            return
        masking = drafting.prepare(text)
        self.text, self.masking = text, masking
        self.found = list(masking.spans)
        self.alerts = list(masking.alerts)
        self.added, self.lifted, self.choices, self.error = [], set(), {}, ""

    def confirm(self) -> Confirmed:
        """The reviewed text, ready for the model; `DraftingError` while an alert waits for a decision."""
        from atelier_ia.use_cases import drafting

        assert self.masking is not None
        return drafting.confirm(self.masking, self.waiting())

    def waiting(self) -> list[Span]:
        """The alerts that nobody has settled yet."""
        return [alert for alert in self.alerts if self._wording(alert) not in self.choices]

    # Events, called by the app's own handlers.

    def toggle(self, key: str, masked: bool) -> None:
        """Masks or shows again the datum whose wording is `key`."""
        (self.lifted.discard if masked else self.lifted.add)(key)
        self._remask()

    def settle(self, index: int, choice: str) -> None:
        """Keeps the decision (`masquer` or `laisser`) about the alert number `index`, wherever its words come back."""
        wordings = self.alert_wordings()
        if 0 <= index < len(wordings) and choice in ("masquer", "laisser"):
            self.choices[wordings[index]] = choice
            self._remask()

    def alert_wordings(self) -> list[str]:
        """The sensitive passages, each once, in the order of the text."""
        return list(dict.fromkeys(self._wording(alert) for alert in self.alerts))

    def waiting_wordings(self) -> list[str]:
        """The sensitive passages that still wait, each once."""
        return [wording for wording in self.alert_wordings() if wording not in self.choices]

    def add_typed(self, values: Node, detail: Node) -> int:
        """`add` from the fields of `data_panel`: the passage selected in the text, else the one typed."""
        return self.add(str(detail.get("selection") or values.get("passage", "")), str(values.get("genre", "NOM")))

    def add(self, wording: str, kind: str) -> int:
        """Masks every occurrence of `wording`, that the guard had missed; returns how many there are."""
        wanted = wording.strip()
        self.error = ""
        self.kind = kind if kind in KINDS else "SENSIBLE"
        if _TOKEN.search(wanted):
            self.error = "La sélection contient déjà un passage masqué ; choisissez seulement ce qui reste en clair."
        elif len(wanted) < 2:
            self.error = "Écrivez le mot ou le passage à masquer, ou sélectionnez-le dans le texte."
        if self.error:
            return 0
        spans = self._occurrences(wanted)
        if not spans:
            self.error = "Ce passage n'est pas dans le texte ; recopiez-le exactement."
            return 0
        for span in spans:
            self.lifted.discard(self._wording(span))
        self.added = _merged([*self.added, *spans], self.text)
        self._remask()
        return len(spans)

    # Views.

    def text_panel(
        self,
        title: str = "Ce qui partira vers l'assistant",
        hint: str = "Les crochets remplacent les données personnelles ; elles reviendront dans le brouillon.",
    ) -> Node:
        """The text exactly as it will leave."""
        runs = [
            {"text": run.text, "token": run.token, "label": _kind(run.label), "level": run.level}
            for run in self._runs()
        ]
        return ui.panel(
            "masque",
            title,
            ui.masked("texte-masque", "Texte masqué", runs),
            hint=hint,
        )

    def data_panel(self, problem: Node | None = None) -> Node:
        """The data found, the alerts to settle, and the way to mask something more."""
        items = self._items()
        masked = sum(item["masked"] for item in items)
        return ui.panel(
            "donnees-panneau",
            f"{plural(masked, 'donnée masquée', 'données masquées')}",
            problem,
            *self._alert_nodes(),
            ui.findings("donnees", "Décochez ce qui n'est pas personnel", items)
            if items
            else ui.notice("info", "Aucune donnée personnelle n'a été trouvée. Relisez tout de même le texte."),
            ui.disclosure(
                "oubli",
                "Masquer un passage oublié",
                ui.group(
                    ui.field("passage", "Mot ou passage à masquer", submit="ajouter", error=self.error),
                    ui.field("genre", "C'est", self.kind, kind="choix", options=KINDS.items()),
                    ui.button("ajouter", "Masquer ce passage", selection="texte-masque"),
                    look="ligne",
                ),
                ui.prose(
                    "Vous pouvez aussi sélectionner le passage dans le texte, puis choisir ce bouton.", look="petit"
                ),
            ),
        )

    def _alert_nodes(self) -> Iterable[Node]:
        for index, wording in enumerate(self.alert_wordings()):
            alert = next(alert for alert in self.alerts if self._wording(alert) == wording)
            yield ui.alert_choice(
                f"alerte-{index}",
                "Santé : à vous de décider" if alert.label == "SANTE" else "Information sensible : à vous de décider",
                self._around(alert),
                alert.reason,
                (
                    ("masquer", "Masquer ce passage avant l'envoi"),
                    ("laisser", "Le laisser : ce n'est pas une donnée sensible sur une personne"),
                ),
                self.choices.get(wording, ""),
            )

    def _around(self, span: Span) -> str:
        """The passage with a few words on either side, so that it can be judged."""
        start = self.text.rfind(" ", 0, max(span.start - 40, 0)) + 1
        end = self.text.find(" ", min(span.end + 40, len(self.text)))
        words = self.text[start : end if end >= 0 else None]
        return f"{'… ' if start else ''}{' '.join(words.split())}{' …' if end >= 0 else ''}"

    def _items(self) -> list[Node]:
        tokens: dict[str, str] = {}
        for run in self._runs():
            if run.token:
                tokens.setdefault(run.text, run.token)
        items: dict[str, Node] = {}
        for span in _merged([*self.found, *self.added], self.text):
            wording = self._wording(span)
            items.setdefault(
                wording,
                {
                    "key": wording,
                    "original": wording,
                    "token": tokens.get(wording, ""),
                    "reason": _why(span),
                    "level": span.level,
                    "masked": wording not in self.lifted,
                },
            )
        return list(items.values())

    # The masking that follows from the decisions.

    def _wording(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _remask(self) -> None:
        from dataclasses import replace

        from atelier_ia.use_cases import drafting

        kept = [
            span for span in _merged([*self.found, *self.added], self.text) if self._wording(span) not in self.lifted
        ]
        chosen = [
            replace(alert, level="masquer")
            for alert in self.alerts
            if self.choices.get(self._wording(alert)) == "masquer"
        ]
        self.masking = drafting.remask(self.text, _merged([*kept, *chosen], self.text))

    def _occurrences(self, wanted: str) -> list[Span]:
        from atelier_ia.privacy import Span

        label = next(label for label in KINDS if label == self.kind)
        pattern = r"\s+".join(re.escape(word) for word in wanted.split())
        return [
            Span(match.start(), match.end(), label, "masquer", "ajouté par vous")
            for match in re.finditer(pattern, self.text)
        ]

    def _runs(self) -> list[_Run]:
        """The masked text cut into plain runs and placeholders, each placeholder with its original wording."""
        if self.masking is None:
            return []
        runs: list[_Run] = []
        masked, place, cursor = self.masking.text, 0, 0
        for span in self.masking.spans:
            plain = self.text[cursor : span.start]
            token = _TOKEN.match(masked, place + len(plain))
            if masked[place : place + len(plain)] != plain or token is None:
                raise AtelierError("Le masquage n'a pas pu être affiché ; rien n'est envoyé. Revenez au texte.")
            runs.append(_Run(plain))
            runs.append(_Run(self._wording(span), token[0], span.label, span.level))
            place, cursor = token.end(), span.end
        runs.append(_Run(self.text[cursor:]))
        return [run for run in _with_alerts(runs, self) if run.text]


def _why(span: Span) -> str:
    """What it is, and how it was recognised when that says more."""
    kind = _kind(span.label)
    return kind if span.reason.lower() == kind.lower() else f"{kind} · {span.reason}"


def _kind(label: str) -> str:
    from atelier_ia.privacy import LABELS

    name = next((french for key, french in LABELS.items() if key == label), label)
    return name[:1].upper() + name[1:]


@dataclass(frozen=True)
class _Run:
    text: str
    token: str = ""
    label: str = ""
    level: str = ""


def _with_alerts(runs: Sequence[_Run], step: GuardStep) -> Iterable[_Run]:
    """Marks the alerts that stay in clear inside the plain runs."""
    cursor = 0
    for run in runs:
        end = cursor + len(run.text)
        if run.token:
            yield run
        else:
            place = cursor
            for alert in step.alerts:
                if place <= alert.start and alert.end <= end:
                    yield _Run(step.text[place : alert.start])
                    yield _Run(step.text[alert.start : alert.end], "", alert.label, "alerte")
                    place = alert.end
            yield _Run(step.text[place:end])
        cursor = end


def _merged(spans: Sequence[Span], text: str) -> list[Span]:
    """`spans` sorted, those that touch the same characters joined into one that covers them all."""
    from dataclasses import replace

    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if joined and span.start < joined[-1].end:
            last = joined[-1]
            if span.end > last.end:
                joined[-1] = replace(last, end=span.end)
        else:
            joined.append(span)
    return joined
