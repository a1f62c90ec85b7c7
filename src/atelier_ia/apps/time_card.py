"""The before / with card: a stopwatch that runs while the person works, and the minutes won, recorded anonymously.

Nothing identifies the person: a pair of durations, a use case, a service and a day (`measurement.time_records`).
"""

from __future__ import annotations

import time

from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import minutes, plural
from atelier_ia.errors import AtelierError

LONGEST_MINUTES = 8 * 60


class TimeCard:
    """The time of one case of the use case `use_case`; `usual` is the proposed duration without the assistant."""

    def __init__(self, use_case: str, usual: str) -> None:
        self.use_case = use_case
        self.usual = usual
        self.without = usual
        self.error = ""
        self.saved: float | None = None
        self.total = 0.0
        self.cases = 0
        self._before = 0.0
        self._since: float | None = None

    @property
    def elapsed(self) -> float:
        """Seconds spent with the assistant."""
        return self._before + (time.monotonic() - self._since if self._since is not None else 0)

    @property
    def running(self) -> bool:
        return self._since is not None

    def start(self) -> None:
        """Starts or goes on."""
        if self._since is None:
            self._since = time.monotonic()

    def stop(self) -> None:
        """Stops; the elapsed time stays."""
        self._before, self._since = self.elapsed, None

    def reset(self, elapsed: float = 0) -> None:
        """Goes back to `elapsed` seconds, stopped, for the next case."""
        self._before, self._since, self.saved, self.error = elapsed, None, None, ""
        self.without = self.usual

    def record(self, without: str, service: str) -> None:
        """Keeps the pair; an unreadable number becomes the field's error."""
        self.without = without
        try:
            value = float(without.replace(",", ".").strip())
        except ValueError:
            value = -1
        if not 0 < value <= LONGEST_MINUTES:
            self.error = "Écrivez un nombre de minutes, par exemple 15."
            return
        from atelier_ia.measurement.time_records import record_pair

        self.stop()
        spent = self.elapsed / 60
        record_pair(self.use_case, value, spent, service, origin="déclaré")
        self.error = ""
        self.saved = value - spent
        self.cases, self.total = _together(self.use_case)

    def view(self) -> Node:
        """The card, at the foot of the last step."""
        if self.saved is None:
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
                    ui.group(ui.prose("Avec l'assistant", look="libelle"), self.clock(""), look="champ duree"),
                    ui.button("enregistrer", "Enregistrer le gain"),
                    look="ligne",
                ),
                hint="Estimez votre durée habituelle. La mesure est anonyme : ni nom, ni texte, ni heure.",
            )
        won = max(self.saved, 0)
        return ui.panel(
            "temps",
            "Votre gain",
            ui.group(
                ui.figure(minutes(won), "min", "gagnées sur ce courriel" if won else "gagnée cette fois-ci", "vedette"),
                ui.figure(minutes(self.total), "min", f"au total, sur {plural(self.cases, 'cas', 'cas')}"),
                look="avant-avec",
            ),
        )

    def clock(self, label: str = "Avec l'assistant") -> Node:
        """The running time."""
        return ui.stopwatch(label, self.elapsed, self.running)


def _together(use_case: str) -> tuple[int, float]:
    """Cases and minutes saved so far by everybody here; nothing when the records cannot be read."""
    from atelier_ia.measurement.time_records import read_pairs

    try:
        pairs = [pair for pair in read_pairs() if pair.use_case == use_case]
    except AtelierError:
        return 0, 0.0
    return len(pairs), sum(max(pair.saved, 0) for pair in pairs)
