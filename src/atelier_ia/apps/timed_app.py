"""An app whose cases can be timed without the assistant, then with it: events, and the screen of the case done alone.

No one is forced to: the stopwatch is offered at the first step, closed, and the estimate stays possible at the end.
"""

from __future__ import annotations

from atelier_ia.apps.guarded_app import GuardedApp
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import minutes
from atelier_ia.apps.time_card import TimeCard
from atelier_ia.errors import AtelierError


class TimedApp(GuardedApp):
    """`text` is the case; `_keep_fields` and `service` are the subclass's."""

    time: TimeCard
    text: str
    source_title: str

    def _keep_fields(self, values: Node) -> None:
        """Keeps what is typed on the current screen."""

    def service(self) -> str:
        """The service to which the case belongs, for the anonymous time record; empty when unknown."""
        return ""

    def alone_view(self) -> list[Node]:
        """The case, a running clock, and nothing else."""
        watch = self.time.alone
        if self.time.measured is not None:
            return [
                ui.panel(
                    "seul",
                    "C'est noté",
                    ui.figure(minutes(self.time.measured), "min", "sans l'assistant", "vedette"),
                    ui.prose(
                        "Traitez à présent un cas avec l'assistant : celui-ci, ou un autre du même genre. Le "
                        "chronomètre partira avec le bouton, et s'arrêtera quand vous copierez ou téléchargerez "
                        "votre texte."
                    ),
                ),
                ui.actions(
                    ui.button("abandonner", "Oublier cette mesure", "discret"),
                    ui.button("continuer_avec", "Commencer avec l'assistant", "primaire", sign="suite"),
                ),
            ]
        return [
            ui.panel(
                "seul",
                "Sans l'assistant",
                self.problem_notice(),
                ui.quotation(self.source_title, self.text),
                hint="Traitez ce cas comme d'habitude, dans votre outil habituel. Le chronomètre tourne.",
            ),
            ui.actions(
                ui.button("abandonner", "Abandonner la mesure", "discret", sign="retour"),
                ui.stopwatch("Sans l'assistant", watch.seconds, watch.running, id="chrono-seul"),
                ui.button("pause_seul", "Mettre en pause" if watch.running else "Reprendre"),
                ui.button("terminer_seul", "J'ai terminé", "primaire"),
            ),
        ]

    def on_chrono_seul(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        if not self.text.strip():
            raise AtelierError("Choisissez un exemple ou collez votre texte : le chronomètre partira ensuite.")
        self.time.begin_alone()
        self.focus("seul-titre", top=True)
        self.announce("Le chronomètre tourne.")

    def on_pause_seul(self, values: Node, detail: Node) -> None:
        self.time.alone.toggle()
        self.announce("Le chronomètre tourne." if self.time.alone.running else "Le chronomètre est en pause.")

    def on_terminer_seul(self, values: Node, detail: Node) -> None:
        self.time.finish_alone()
        self.focus("seul-titre", top=True)

    def on_abandonner(self, values: Node, detail: Node) -> None:
        self.time.leave_alone()
        self.focus("texte-panneau-titre", top=True)

    def on_continuer_avec(self, values: Node, detail: Node) -> None:
        self.time.go_on_helped()
        self.focus("texte-panneau-titre", top=True)

    def on_pause_avec(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.time.helped.toggle()

    def on_oublier(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.time.forget()
        self.focus("temps-titre")

    def on_enregistrer(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.time.record(str(values.get("sans", self.time.without)), self.service())
        if self.time.recorded is not None:
            self.focus("temps-titre")
