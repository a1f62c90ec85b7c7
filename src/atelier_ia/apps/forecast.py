"""« Prévoir »: school meals or energy, from totals only: plot, table, and the error beside the naive forecast's.

The forecast and its honesty are `use_cases.forecast`; a file that speaks of persons is refused by `use_cases.counts`.
"""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from atelier_ia.apps.kit import App, figures
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import NBSP, number
from atelier_ia.errors import AtelierError
from atelier_ia.use_cases.sandbox import sandbox_folder

if TYPE_CHECKING:
    from atelier_ia.use_cases.counts import Counts
    from atelier_ia.use_cases.forecast import Forecast

EXAMPLES = {"cantine.csv": "Cantine (exemple)", "energie.csv": "Électricité (exemple)"}
OWN = "votre fichier"
HORIZONS = {"jour": (5, 10, 20), "mois": (3, 6, 12)}
SHOWN = {"jour": 40, "mois": 36}
CSV = "text/csv"


class ForecastApp(App):
    """The series in use and what is forecast from it."""

    def __init__(self) -> None:
        self.source = next(iter(EXAMPLES))
        self.own: Counts | None = None
        self.own_name = ""
        self.closed = ""
        self.horizon = 0
        self.result: Forecast | None = None
        super().__init__()
        self.background(self._compute)

    # The screen

    def view(self) -> list[Node]:
        return [
            ui.columns(
                ui.panel(
                    "prevision",
                    "La prévision",
                    self._chart() if self.result else ui.notice("info", "Calcul en cours…", title="Un instant."),
                    ui.disclosure("valeurs-depliant", "Les valeurs prévues, en tableau", self._table())
                    if self.result
                    else None,
                ),
                ui.group(
                    ui.panel("reglages", "Réglages", self.problem_notice(), *self._settings()),
                    self._trust(),
                    look="libre",
                ),
                look="large-gauche",
            ),
            ui.actions(
                ui.prose("Des totaux, jamais des personnes. La décision reste à qui connaît le terrain.", "petit"),
                ui.button("csv", "Télécharger la prévision", "primaire", sign="fichier", disabled=self.result is None),
            ),
        ]

    def _settings(self) -> list[Node]:
        options = [*EXAMPLES.items(), *([(OWN, self.own_name)] if self.own else [])]
        step = self.result.counts.step if self.result else "jour"
        word = "jours de service" if step == "jour" else "mois"
        choices = [(str(many), f"{many}{NBSP}{word}") for many in HORIZONS[step]]
        return [
            ui.group(
                ui.field("serie", "Série", self.source, kind="choix", options=options, live=True),
                ui.field("horizon", "Prévoir", str(self._ahead(step)), kind="choix", options=choices, live=True),
                look="rang",
                id="reglages-rang",
            ),
            ui.disclosure(
                "chiffres-depliant",
                "Vos chiffres, vos jours fermés",
                figures.upload(
                    "fichier",
                    "Choisir un fichier CSV",
                    accept=("csv",),
                    most=2_000_000,
                    hint="Deux colonnes : une date ou un mois, et un total.",
                ),
                ui.field(
                    "fermes",
                    "Jours fermés à venir",
                    self.closed,
                    hint="Séparés par des virgules, comme 24/12/2026, 31/12/2026.",
                    live=True,
                )
                if step == "jour"
                else None,
            ),
        ]

    def _trust(self) -> Node | None:
        result = self.result
        if result is None:
            return None
        better = result.used == "modèle"
        return ui.panel(
            "confiance",
            "Le modèle fait mieux que recopier le passé" if better else "Recopier le passé suffit ici",
            ui.group(
                ui.figure(_share(result.model.share), "", "d'erreur moyenne avec le modèle"),
                ui.figure(_share(result.naive.share), "", "en recopiant le passé"),
                look="rang",
            ),
            *(ui.prose(sentence, "petit") for sentence in result.sentences[1:]),
            look="creux",
        )

    def _chart(self) -> Node:
        assert self.result is not None
        result, counts = self.result, self.result.counts
        past = list(zip(counts.days, counts.values, strict=True))[-SHOWN[counts.step] :]
        days = [day for day, _ in past] + [point.day for point in result.points]
        most = _round_up(max([value for _, value in past] + [point.high for point in result.points]))

        def place(rank: int, value: float) -> tuple[float, float]:
            return round(100 * rank / (len(days) - 1), 2), round(100 * value / most, 2)

        start = len(past) - 1
        link = place(start, past[-1][1])
        lows = [place(start + rank, point.low) for rank, point in enumerate(result.points, start=1)]
        highs = [place(start + rank, point.high) for rank, point in enumerate(result.points, start=1)]
        values = [place(start + rank, point.value) for rank, point in enumerate(result.points, start=1)]
        total = number(round(sum(point.value for point in result.points)), 0)
        period = "jours de service" if counts.step == "jour" else "mois"
        every = max(1, len(days) // 5)
        form = "%d/%m" if counts.step == "jour" else "%m/%Y"
        return figures.chart(
            "courbe",
            f"{total} {counts.unit} prévus sur les {len(result.points)} prochains {period}",
            f"Courbe des {counts.unit} passés et prévus, avec leur intervalle. Les valeurs sont dans le tableau.",
            x_label="Date",
            y_label=f"En {counts.unit}, par {counts.step}",
            x_ticks=[(place(rank, 0)[0], days[rank].strftime(form)) for rank in range(every // 2, len(days), every)],
            y_ticks=[(25 * rank, number(round(most * rank / 4), 0)) for rank in range(5)],
            curves=[
                {"points": [link, *highs, *reversed(lows)], "look": "bande"},
                {"points": [place(rank, value) for rank, (_, value) in enumerate(past)], "look": "trait"},
                {"points": [link, *values], "look": "prevu"},
            ],
            labels=[
                {"x": place(start, 0)[0] - 1, "y": 6, "text": "Observé", "look": ""},
                {"x": 100, "y": 6, "text": "Prévu", "look": "prevu"},
            ],
        )

    def _table(self) -> Node:
        assert self.result is not None
        form = "%d/%m/%Y" if self.result.counts.step == "jour" else "%m/%Y"
        return figures.table(
            "valeurs",
            f"Prévision, en {self.result.counts.unit} ; quatre fois sur cinq entre bas et haut",
            ("Date", "Prévu", "Bas", "Haut"),
            [
                (point.day.strftime(form), *(number(round(one), 0) for one in (point.value, point.low, point.high)))
                for point in self.result.points
            ],
            figures=(1, 2, 3),
        )

    # Events

    def on_fichier(self, values: Node, detail: Node) -> None:
        from atelier_ia.use_cases.counts import parse_counts

        name = str(detail.get("name", "fichier.csv"))[:80]
        self.own = parse_counts(bytes(detail.get("data", b"")), name)
        self.source, self.own_name, self.horizon, self.closed = OWN, name, 0, ""
        self._compute()
        self.announce(f"{name} est lu ; la prévision est prête.")

    def on_serie(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self.horizon = 0
        self._compute()

    def on_horizon(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self._compute()

    on_fermes = on_horizon

    def on_csv(self, values: Node, detail: Node) -> None:
        if self.result is None:
            return
        form = "%d/%m/%Y" if self.result.counts.step == "jour" else "%m/%Y"
        lines = [f"date;{self.result.counts.unit};bas;haut"]
        lines += [
            f"{point.day.strftime(form)};{point.value:.0f};{point.low:.0f};{point.high:.0f}"
            for point in self.result.points
        ]
        # The mark lets a French Excel read the accents.
        self.screen.save_file("prevision.csv", CSV, ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8"))

    # Work

    def _keep_fields(self, values: Node) -> None:
        self.source = str(values.get("serie", self.source))
        self.closed = str(values.get("fermes", self.closed))
        typed = str(values.get("horizon", ""))
        self.horizon = int(typed) if typed.isdigit() else self.horizon

    def _ahead(self, step: str) -> int:
        return self.horizon if self.horizon in HORIZONS["jour"] + HORIZONS["mois"] else HORIZONS[step][1]

    def _compute(self) -> None:
        from atelier_ia.use_cases.counts import read_counts
        from atelier_ia.use_cases.forecast import forecast

        if self.source == OWN and self.own is not None:
            counts = self.own
        else:
            self.source = self.source if self.source in EXAMPLES else next(iter(EXAMPLES))
            counts = read_counts(sandbox_folder() / "previsions" / self.source)
        if self.horizon not in HORIZONS[counts.step]:
            self.horizon = HORIZONS[counts.step][1]
        ahead = min(self.horizon, len(counts.days) // 4)
        self.result = forecast(counts, ahead, self._closed_days() if counts.step == "jour" else ())

    def _closed_days(self) -> list[date]:
        from atelier_ia.documents.tables import parse_date

        found = []
        for text in self.closed.replace(";", ",").split(","):
            if not text.strip():
                continue
            try:
                found.append(parse_date(text.strip()))
            except ValueError:
                raise AtelierError(f"« {text.strip()} » n'est pas un jour ; écrivez-le comme 24/12/2026.") from None
        return found

    def keep(self) -> Node:
        return {"source": self.source, "horizon": self.horizon, "closed": self.closed}

    def resume(self, memory: Node, values: Node) -> None:
        self.source = str(memory.get("source", self.source))
        self.horizon = int(memory.get("horizon", 0))
        self._keep_fields(values)
        lost = self.source == OWN and self.own is None
        self._compute()
        if lost:
            raise AtelierError("Votre fichier n'est plus là ; choisissez-le de nouveau.")


def _share(value: float) -> str:
    return f"{number(round(100 * value, 1), 1)}{NBSP}%"


def _round_up(value: float) -> float:
    """The round figure just above `value`, divisible by four."""
    unit = float(10 ** math.floor(math.log10(max(value, 1))))
    return next(unit * step for step in (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10, 12) if unit * step >= value)


def app() -> ForecastApp:
    """The app, to be the last line of its notebook's cell."""
    return ForecastApp()
