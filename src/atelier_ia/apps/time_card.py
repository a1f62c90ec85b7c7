"""The before / with card: two stopwatches, without the assistant and with it, and the minutes won, kept anonymously.

The time without the assistant is *measured* when the person has done a case alone under the stopwatch, else *declared*
(an estimate that is typed); the two are recorded, and added up, apart. Nothing identifies the person: a pair of
durations, a use case, a service and a day (`measurement.time_records`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import minutes, plural
from atelier_ia.diagnosis.stopwatch import Stopwatch
from atelier_ia.errors import AtelierError

if TYPE_CHECKING:
    from atelier_ia.measurement.time_records import Origin

LONGEST_MINUTES = 8 * 60
# Below, the tenth of a minute that is recorded would be none.
SHORTEST_SECONDS = 3


class TimeCard:
    """The time of one case of the use case `use_case`; `usual` is the proposed duration without the assistant, in
    minutes; `case` is what the cases are called (« ce courriel »)."""

    def __init__(self, use_case: str, usual: str, case: str = "ce cas") -> None:
        self.use_case = use_case
        self.usual = usual
        self.case = case
        self.without = usual
        self.error = ""
        self.recorded: tuple[float, float] | None = None
        """What was recorded, in minutes, without and with the assistant: the clock may run again since."""
        self.saved_origin: Origin = "déclaré"
        self.alone = Stopwatch()
        self.helped = Stopwatch()
        # The person is working alone, on a screen with nothing but the case.
        self.working_alone = False
        self.measured: float | None = None
        """Minutes without the assistant, by the stopwatch; it waits for a case done with the assistant."""

    @property
    def elapsed(self) -> float:
        """Seconds spent with the assistant."""
        return self.helped.seconds

    def start(self) -> None:
        """With the assistant: starts or goes on."""
        self.helped.start()

    def stop(self) -> None:
        """With the assistant: stops; the elapsed time stays."""
        self.helped.pause()

    def reset(self) -> None:
        """Goes on to the next case. A measure without the assistant still waits for its other half, and as that one
        counted the reading of the case, the time with the assistant starts with the case too."""
        self.helped.reset()
        self.recorded, self.error, self.without = None, "", self.usual
        if self.measured is not None:
            self.helped.start()

    # Without the assistant

    def begin_alone(self) -> None:
        """The person starts a case without the assistant; an earlier measure gives way."""
        self.forget()
        self.helped.reset()
        self.alone.start()
        self.working_alone = True

    def leave_alone(self) -> None:
        """Back to the app, without a measure."""
        self.forget()
        self.working_alone = False

    def finish_alone(self) -> None:
        """Keeps the measure; `AtelierError` when it cannot be one."""
        if self.alone.seconds < SHORTEST_SECONDS:
            raise AtelierError("Le chronomètre vient de partir ; traitez le cas, puis dites que c'est terminé.")
        if self.alone.seconds / 60 > LONGEST_MINUTES:
            raise AtelierError("Le chronomètre a tourné plus de huit heures ; abandonnez cette mesure et refaites-la.")
        self.alone.pause()
        self.measured = self.alone.seconds / 60

    def go_on_helped(self) -> None:
        """From the finished case to the assistant, whose time starts now."""
        self.working_alone = False
        self.helped.reset()
        self.helped.start()

    def forget(self) -> None:
        """Drops the measure without the assistant: the estimate counts again."""
        self.alone.reset()
        self.measured = None

    # The record

    def record(self, without: str, service: str) -> None:
        """Keeps the pair; an unreadable number becomes the field's error."""
        from atelier_ia.measurement.time_records import record_pair

        self.without = without
        value = self.measured if self.measured is not None else _typed_minutes(without)
        if value is None:
            self.error = "Écrivez une durée comme 15, 45 min ou 1 h 30, huit heures au plus."
            return
        self.stop()
        spent = self.elapsed / 60
        self.saved_origin = "déclaré" if self.measured is None else "mesuré"
        record_pair(self.use_case, value, spent, service, origin=self.saved_origin)
        self.error = ""
        self.recorded = value, spent
        self.forget()

    # Views

    def view(self) -> Node:
        """The card, at the foot of the last step."""
        if self.recorded is not None:
            return self._saved_card(*self.recorded)
        anonymous = "La mesure est anonyme : ni nom, ni texte, ni heure."
        helped = ui.group(ui.prose("Avec l'assistant", look="libelle"), self.clock(""), look="champ duree")
        if self.measured is not None:
            return ui.panel(
                "temps",
                "Sans et avec l'assistant",
                ui.group(
                    ui.group(
                        ui.prose("Sans l'assistant", look="libelle"),
                        ui.stopwatch("", self.alone.seconds, False, id="chrono-seul"),
                        look="champ duree",
                    ),
                    helped,
                    ui.button("enregistrer", "Enregistrer la mesure"),
                    look="ligne",
                ),
                ui.group(ui.button("oublier", "Oublier le temps chronométré et l'estimer", "discret"), look="ligne"),
                hint=f"Deux temps chronométrés : le gain comptera comme mesuré. {anonymous}",
            )
        return ui.panel(
            "temps",
            "Sans et avec l'assistant",
            ui.group(
                ui.field(
                    "sans",
                    "Sans l'assistant",
                    self.without,
                    kind="nombre",
                    unit="minutes",
                    error=self.error,
                    submit="enregistrer",
                ),
                helped,
                ui.button("enregistrer", "Enregistrer le gain"),
                look="ligne",
            ),
            hint=f"Estimez votre durée habituelle : le gain comptera comme déclaré. {anonymous}",
        )

    def _saved_card(self, without: float, spent: float) -> Node:
        saved = without - spent
        won = "gagnée" if abs(saved) < 2 else "gagnées"
        label = f"{won} sur {self.case}" if saved > 0 else f"de plus avec l'assistant sur {self.case}"
        origin = (
            "Gain mesuré : les deux temps sont chronométrés."
            if self.saved_origin == "mesuré"
            else "Gain déclaré : le temps sans l'assistant est une estimation."
        )
        return ui.panel(
            "temps",
            "Votre gain",
            ui.group(
                ui.figure(minutes(without), "min", "sans l'assistant", "sans"),
                ui.figure(minutes(spent), "min", "avec l'assistant"),
                look="avant-avec",
            ),
            ui.figure(minutes(abs(saved)), "min", label, "vedette"),
            ui.prose(_totals(self.use_case), look="petit"),
            hint=origin,
            look="gain",
        )

    def offer(self) -> Node:
        """At the first step: the possibility, never the duty, of measuring."""
        if self.measured is not None:
            return ui.group(
                ui.prose(
                    f"Sans l'assistant : {minutes(self.measured)} min "
                    f"{'chronométrée' if self.measured < 2 else 'chronométrées'}.",
                    look="petit",
                ),
                self.clock(),
                ui.button("pause_avec", "Mettre en pause" if self.helped.running else "Reprendre", "discret"),
                look="ligne",
                id="mesure-en-cours",
            )
        return ui.disclosure(
            "mesure-depliant",
            "Mesurer le temps gagné (facultatif)",
            ui.prose(
                "Traitez un cas sans l'assistant, chronomètre en marche, puis un autre avec lui. Sans cela, vous "
                "pourrez estimer votre durée habituelle à la fin."
            ),
            ui.group(ui.button("chrono_seul", "Chronométrer un cas sans l'assistant"), look="ligne"),
        )

    def clock(self, label: str = "Avec l'assistant") -> Node:
        """The running time with the assistant."""
        return ui.stopwatch(label, self.helped.seconds, self.helped.running)

    # A fresh kernel takes the page over

    def keep(self) -> Node:
        return {
            "alone": self.alone.keep(),
            "helped": self.helped.keep(),
            "working_alone": self.working_alone,
            "measured": self.measured,
        }

    def resume(self, kept: Any) -> None:
        """Goes on from `keep` of an older kernel."""
        kept = kept if isinstance(kept, dict) else {}
        self.alone.resume(kept.get("alone"))
        self.helped.resume(kept.get("helped"))
        self.working_alone = bool(kept.get("working_alone"))
        measured = kept.get("measured")
        self.measured = float(measured) if measured is not None else None


def _typed_minutes(text: str) -> float | None:
    """The minutes typed, or None when they are not a plausible number."""
    from atelier_ia.diagnosis.time_log import parse_minutes

    try:
        value = parse_minutes(text)
    except ValueError:
        return None
    return value if 0 < value <= LONGEST_MINUTES else None


def _totals(use_case: str) -> str:
    """What everybody here has recorded so far, measured and declared apart; nothing when it cannot be read."""
    from atelier_ia.measurement.time_records import read_pairs

    try:
        pairs = [pair for pair in read_pairs() if pair.use_case == use_case]
    except AtelierError:
        return ""
    shown = []
    for origin in ("mesuré", "déclaré"):
        kept = [pair for pair in pairs if pair.origin == origin]
        if kept:
            total = sum(pair.saved for pair in kept)
            counted = plural(len(kept), f"cas {origin}", f"cas {origin}s")
            shown.append(f"{minutes(total)} min sur {counted}")
    return f"Avec vos collègues : {' ; '.join(shown)}." if shown else ""
