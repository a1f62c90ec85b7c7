"""« Prévoir »: school meals or energy, from totals only, with the error made on the past beside a naive forecast."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from atelier_ia.apps.kit import App, pictures
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import number
from atelier_ia.use_cases.sandbox import sandbox_folder

if TYPE_CHECKING:
    from atelier_ia.use_cases.counts import Counts
    from atelier_ia.use_cases.forecast import Forecast

SERIES = {"cantine.csv": "Repas servis à la cantine", "energie.csv": "Consommation d'énergie"}
SHOWN_PAST = 40
OWN = "votre-fichier"
CSV = "text/csv;charset=utf-8"
DAYS, MONTHS = (("5", "5 jours"), ("10", "10 jours"), ("20", "20 jours")), (("3", "3 mois"), ("6", "6 mois"))


@cache
def _counts(name: str) -> Counts:
    from atelier_ia.use_cases.counts import read_counts

    return read_counts(sandbox_folder() / "previsions" / name)


@cache
def _forecast(counts: Counts, horizon: int) -> Forecast:
    from atelier_ia.settings import load_settings
    from atelier_ia.training.planning.open_days import days_without_service
    from atelier_ia.use_cases.forecast import forecast

    closed = days_without_service(load_settings(), counts.days) if counts.step == "jour" else ()
    return forecast(counts, horizon, closed)


class ForecastApp(App):
    """The series shown and how far ahead."""

    def __init__(self) -> None:
        folder = sandbox_folder() / "previsions"
        known = sorted(path.name for path in folder.glob("*.csv"))
        self.own: Counts | None = None
        self.series = {name: SERIES.get(name, name.removesuffix(".csv").replace("_", " ")) for name in known}
        self.name = next((name for name in SERIES if name in self.series), known[0])
        self.horizon = self._horizons()[0][0]
        super().__init__()

    @property
    def counts(self) -> Counts:
        """The series shown."""
        return self.own if self.name == OWN and self.own is not None else _counts(self.name)

    def view(self) -> list[Node | None]:
        result = self._result()
        return [
            ui.group(
                ui.field(
                    "serie",
                    "Que voulez-vous prévoir ?",
                    self.name,
                    kind="choix",
                    options=self.series.items(),
                    live=True,
                ),
                ui.field(
                    "horizon",
                    "Pour combien de temps ?",
                    self.horizon,
                    kind="choix",
                    options=self._horizons(),
                    live=True,
                ),
                look="ligne",
            ),
            self.problem_notice(),
            ui.columns(
                ui.panel("courbe-panneau", self._finding(result), self._plot(result), look="courbe-panneau"),
                ui.panel(
                    "confiance",
                    "Peut-on s'y fier ?",
                    ui.group(
                        ui.figure(_percent(result.model.share), "%", "d'erreur moyenne de ce calcul"),
                        ui.figure(_percent(result.naive.share), "%", "d'erreur de la recette simple"),
                        look="avant-avec",
                    ),
                    ui.prose("\n\n".join(result.sentences)),
                ),
                look="large-gauche entieres",
            ),
            ui.group(
                ui.disclosure(
                    "valeurs-depliant",
                    "Les valeurs prévues",
                    self._table(result),
                ),
                ui.disclosure(
                    "fichier-depliant",
                    "Prévoir à partir de vos chiffres",
                    pictures.upload(
                        "fichier",
                        "Choisir un fichier .csv, .xlsx ou .ods",
                        accept=("csv", "xlsx", "ods"),
                        hint="Deux colonnes : une date (ou un mois) et un total, au moins 24 lignes. Des totaux "
                        "seulement : un fichier qui désigne des personnes est refusé. Le fichier n'est pas gardé.",
                    ),
                ),
                look="depliants",
            ),
            ui.actions(
                ui.prose("Des totaux seulement, jamais des personnes. La décision reste la vôtre.", look="petit"),
                ui.button("telecharger", "Télécharger la prévision (.csv)", "primaire", sign="fichier"),
            ),
        ]

    def _horizons(self) -> tuple[tuple[str, str], ...]:
        return MONTHS if self.counts.step == "mois" else DAYS

    def _result(self) -> Forecast:
        return _forecast(self.counts, int(self.horizon))

    def _finding(self, result: Forecast) -> str:
        total = sum(point.value for point in result.points)
        return f"{self.series[self.name]} : environ {number(round(total, -1), 0)} {result.counts.unit} à prévoir"

    def _plot(self, result: Forecast) -> Node:
        counts = result.counts
        form = "%m/%Y" if counts.step == "mois" else "%d/%m"
        past = list(zip(counts.days, counts.values, strict=True))[-SHOWN_PAST:]
        points: list[Node] = [{"label": day.strftime(form), "value": value} for day, value in past]
        points += [
            {"label": point.day.strftime(form), "value": point.value, "low": point.low, "high": point.high}
            for point in result.points
        ]
        top = _round_up(max([value for _, value in past] + [point.high for point in result.points]))
        ticks = [(top * share / 4, number(top * share / 4, 0)) for share in range(5)]
        first, last = result.points[0], result.points[-1]
        alternative = (
            f"Courbe des {len(past)} dernières valeurs, puis de la prévision : de {number(first.value, 0)} à "
            f"{number(last.value, 0)} {counts.unit}. Les valeurs sont dans le tableau qui suit."
        )
        caption = (
            "Trait plein : le passé. Tirets : la prévision. Zone claire : quatre fois sur cinq, la réalité y tombe."
        )
        return ui.plot("courbe", caption, alternative, points, ticks, counts.unit)

    def _table(self, result: Forecast) -> Node:
        form = "%m/%Y" if result.counts.step == "mois" else "%d/%m/%Y"
        rows = [
            (point.day.strftime(form), number(point.value, 0), number(point.low, 0), number(point.high, 0))
            for point in result.points
        ]
        unit = result.counts.unit
        return ui.table("valeurs", f"Prévision, en {unit}", ("Date", "Prévu", "Au moins", "Au plus"), rows)

    def on_serie(self, values: Node, detail: Node) -> None:
        self._show(str(detail["value"]))
        self.announce(self._finding(self._result()))

    def on_horizon(self, values: Node, detail: Node) -> None:
        self.horizon = str(detail["value"])
        self.announce(self._finding(self._result()))

    def on_fichier(self, values: Node, detail: Node) -> None:
        from atelier_ia.use_cases.counts import open_counts

        name = str(detail.get("name", "")) or "Votre fichier"
        self._open(open_counts(bytes(detail.get("data", b"")), name), name)
        self.announce(self._finding(self._result()))
        self.focus("courbe-panneau-titre")

    def on_telecharger(self, values: Node, detail: Node) -> None:
        from atelier_ia.documents.spreadsheets import Column, csv_bytes

        titles = ("date", "prevu", "au_moins", "au_plus")
        rows: list[tuple[date | float, ...]] = [
            (one.day, round(one.value, 1), round(one.low, 1), round(one.high, 1)) for one in self._result().points
        ]
        words = re.sub(r"[^\w]+", "_", self.series[self.name].rpartition(".")[0] or self.series[self.name]).strip("_")
        self.screen.save_file(
            f"prevision_{words[:40].lower()}.csv", CSV, csv_bytes([Column(title) for title in titles], rows)
        )

    def _open(self, counts: Counts, name: str) -> None:
        """Shows `counts`; the earlier series stays when no forecast can be made of it."""
        horizon = MONTHS[0][0] if counts.step == "mois" else DAYS[0][0]
        _forecast(counts, int(horizon))
        self.own = counts
        self.series[OWN] = name
        self._show(OWN)

    def _show(self, name: str) -> None:
        if name in self.series:
            self.name = name
            self.horizon = self._horizons()[0][0]

    def keep(self) -> Node:
        if self.own is None:
            return {}
        own = self.own
        days = [day.isoformat() for day in own.days]
        return {"own": [days, list(own.values), own.step, own.unit], "name": self.series[OWN]}

    def resume(self, memory: Node, values: Node) -> None:
        if memory.get("own"):
            from atelier_ia.use_cases.counts import Counts

            days, amounts, step, unit = memory["own"]
            kept = Counts(tuple(map(date.fromisoformat, days)), tuple(amounts), step, unit)
            self._open(kept, str(memory.get("name", "")))
        self._show(str(values.get("serie", self.name)))
        if values.get("horizon") in dict(self._horizons()):
            self.horizon = str(values["horizon"])


def _percent(share: float) -> str:
    return number(100 * share, 1)


def _round_up(value: float) -> float:
    """A round top for the scale, whose quarters are round too."""
    power: float = 10 ** (len(str(int(value / 4))) - 1)
    return 4 * next(step * power for step in (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10) if step * power >= value / 4)


def app() -> ForecastApp:
    """The app, to be the last line of its notebook's cell."""
    return ForecastApp()
