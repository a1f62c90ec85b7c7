"""« Matrice »: where to begin. Impact × ease of the five use cases, from the diagnostic's figures, and one quick win.

Points are chosen, dragged, moved with the arrows or typed: a change by hand is always said to be one. What is computed
and recommended is `use_cases.matrix`.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from atelier_ia.apps.kit import App, pictures
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import NBSP, number
from atelier_ia.diagnosis import results, time_log, volumes
from atelier_ia.documents.tables import parse_number
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings
from atelier_ia.use_cases import matrix
from atelier_ia.use_cases.matrix import Adjustment, MatrixPoint
from atelier_ia.use_cases.sandbox import sandbox_folder

SHORT = {
    "courriels": "Courriels",
    "publications": "Publications",
    "reunions": "Réunions",
    "arretes": "Arrêtés",
    "visuels": "Visuels",
}
FIGURES = ("heures", "facilite")
UNREADABLE = "Écrivez un nombre positif, comme 12 ou 3,5."
HARDEST, EASIEST = 1.0, 5.0
USUAL_LEFT = 2.0  # the axis begins here unless a use case is harder: points spread more


class MatrixApp(App):
    """The figures in use, what was changed by hand, and the use case being looked at."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.adjustments: dict[str, Adjustment] = {}
        self.chosen = ""
        self.looking = False  # a point was chosen on the chart: its detail comes first
        self.refused: dict[str, str] = {}  # what was typed and is no number stays in its field
        self._load()
        super().__init__()

    def _load(self) -> None:
        """The diagnostic of the collectivité when it has measured times and volumes, else the example's."""
        self.answers: results.QuestionnaireResults | None = None
        self.file_problem = ""
        own = time_log.log_path().is_file() and volumes.volumes_path().is_file()
        try:
            self.own = own
            self.loads = self._loads(time_log.log_path().parent) if own else self._loads(_example())
        except AtelierError as error:
            self.own, self.loads, self.file_problem = False, self._loads(_example()), str(error)
        if self.own:
            # Still open, or too few answers: the matrix does without them.
            with contextlib.suppress(AtelierError):
                self.answers = results.questionnaire_results(self.settings)

    def _loads(self, folder: Path) -> tuple[volumes.WeeklyLoad, ...]:
        times = time_log.summarise_tasks(time_log.read_log(folder / time_log.log_path().name))
        return volumes.weekly_loads(times, volumes.read_volumes(folder / volumes.FILE_NAME))

    def opened(self) -> bool:
        before = self.own, self.loads
        self._load()
        return (self.own, self.loads) != before

    # The screen

    def view(self) -> list[Node]:
        built = matrix.build_matrix(self.loads, self.answers, self.adjustments)
        best = built.recommendation.point
        current = next((one for one in built.points if one.candidate.id == self.chosen), best)
        self._most = self._scale(built)
        self._left = HARDEST if min(point.ease for point in built.points) < USUAL_LEFT else USUAL_LEFT
        return [
            self._origin(),
            ui.columns(
                ui.panel(
                    "matrice-panneau",
                    "Impact et facilité",
                    self._chart(built, best, current),
                    self._table(built),
                ),
                ui.group(*self._beside(built, best, current), look="libre"),
                look="large-gauche",
            ),
            ui.actions(
                ui.prose("La matrice éclaire la décision ; elle ne la prend pas.", "petit"),
                ui.button("calcul", "Revenir aux chiffres calculés", sign="recommencer") if self.adjustments else None,
            ),
        ]

    def _beside(self, built: matrix.Matrix, best: MatrixPoint, current: MatrixPoint) -> list[Node]:
        """The advice, then the use case looked at; the other way round once one is chosen on the chart."""
        advice = ui.panel(
            "conseil",
            f"Commencez par : {best.candidate.title}",
            ui.figure(
                number(round(best.saved_hours, 1)),
                "h",
                "à gagner par semaine, d'après ces chiffres",
                "vedette",
            )
            if best.saved_hours
            else None,
            *(ui.prose(reason, look="petit raison") for reason in built.recommendation.reasons),
            ui.notice("alerte", "\n".join(built.recommendation.cautions), title="À savoir.", look="mince")
            if built.recommendation.cautions
            else None,
            look="creux",
        )
        panels = [advice, self._details(current)]
        return panels[::-1] if self.looking else panels

    def _origin(self) -> Node:
        if self.file_problem and not self.own:
            return ui.notice(
                "erreur", f"{self.file_problem} En attendant, voici l'exemple.", id="probleme", look="mince"
            )
        if self.own:
            return ui.notice("info", "Temps et volumes de votre diagnostic.", title="Vos chiffres.", look="mince")
        return ui.notice(
            "alerte",
            "Temps et volumes inventés ; les vôtres prendront leur place dès que le diagnostic sera rempli.",
            title="Exemple.",
            look="mince",
        )

    def _scale(self, built: matrix.Matrix) -> float:
        """The hours at the top of the chart: a round figure a little above the largest."""
        most = max((point.saved_hours or 0.0 for point in built.points), default=0.0) * 1.15
        tops = (5, 10, 20, 30, 40, 60, 80, 100, 150, 200, 300, 500, 1000, 2000, 5000)
        return next((top for top in tops if top >= most), most) or 5

    def _chart(self, built: matrix.Matrix, best: MatrixPoint, current: MatrixPoint) -> Node:
        known = [point for point in built.points if point.saved_hours is not None]
        strongest = max((point.saved_hours or 0.0 for point in known), default=0.0)
        across = self._across(matrix.EASY)
        up = 100 * matrix.STRONG_SHARE * strongest / self._most
        unknown = [point.candidate.title for point in built.points if point.saved_hours is None]
        help = "Choisissez un point pour le détail ; glissez-le, ou déplacez-le avec les flèches."
        if unknown:
            help += f" Non mesurés, donc non placés : {', '.join(unknown)}."
        return pictures.chart(
            "matrice",
            "",
            "Matrice : heures à gagner par semaine, selon la facilité. Le tableau qui suit donne les mêmes chiffres.",
            x_label="Facilité, notée de 1 (difficile) à 5 (facile) →",
            y_label="↑ Heures à gagner par semaine",
            x_ticks=[(self._across(note), str(note)) for note in range(int(self._left), 6)],
            y_ticks=[(25 * rank, number(round(self._most * rank / 4, 1))) for rank in range(5)],
            zones=[
                {"x": across, "y": up, "width": 100 - across, "height": 100 - up, "text": "À faire d’abord"}
                | {"look": "forte droite"},
                {"x": 0, "y": up, "width": across, "height": 100 - up, "text": "À préparer"},
                {"x": across, "y": 0, "width": 100 - across, "height": up, "text": "Facile, plus tard"}
                | {"look": "droite"},
                {"x": 0, "y": 0, "width": across, "height": up, "text": "À écarter pour l’instant"},
            ],
            points=[self._point(rank, point, current, known) for rank, point in enumerate(known, start=1)],
            help=help,
        )

    def _point(self, rank: int, point: MatrixPoint, current: MatrixPoint, known: list[MatrixPoint]) -> Node:
        title = point.candidate.title
        hours, ease = _hours(point), number(round(point.ease, 1))
        return {
            "key": point.candidate.id,
            "x": self._across(point.ease),
            "y": min(100.0, 100 * (point.saved_hours or 0.0) / self._most),
            "sign": str(rank),
            "label": SHORT.get(point.candidate.id, title),
            "name": f"{rank}. {title} : {hours} à gagner, facilité {ease} sur 5, {point.quadrant}",
            "chosen": point is current,
            "side": "gauche" if self._to_the_left(point, known) else "",
        }

    def _across(self, ease: float) -> float:
        return 100 * (ease - self._left) / (EASIEST - self._left)

    def _to_the_left(self, point: MatrixPoint, known: list[MatrixPoint]) -> bool:
        """Does the name stand on the left of the point? Away from a close neighbour, else where there is room."""
        x, y = self._across(point.ease), point.saved_hours or 0.0
        close = [
            self._across(other.ease)
            for other in known
            if other is not point and abs((other.saved_hours or 0.0) - y) < self._most / 12
        ]
        right = any(0 <= other - x < 25 for other in close)
        left = any(-25 < other - x < 0 for other in close)
        return right if left != right else x > 70

    def _table(self, built: matrix.Matrix) -> Node:
        rows = [
            (
                point.candidate.title,
                "non mesurée" if point.load_hours is None else f"{number(round(point.load_hours, 1))} h",
                "non mesuré" if point.saved_hours is None else _hours(point),
                number(round(point.ease, 1)),
                point.quadrant.capitalize() + (" (ajusté à la main)" if point.adjusted else ""),
            )
            for point in built.points
        ]
        return ui.disclosure(
            "tableau",
            "Les mêmes chiffres en tableau",
            ui.table(
                "chiffres",
                "Charge et gain par semaine, facilité sur 5",
                ("Usage", "Charge", "À gagner", "Facilité", "Place"),
                rows,
            ),
        )

    def _details(self, point: MatrixPoint) -> Node:
        candidate = point.candidate
        shown = self.refused or dict(zip(FIGURES, _shown(point), strict=True))
        errors = {name: "" if _readable(text) else UNREADABLE for name, text in self.refused.items()}
        return ui.panel(
            "detail",
            candidate.title,
            ui.prose(f"Référence : {candidate.reference}.", "petit"),
            ui.group(
                ui.field(
                    "heures",
                    "À gagner par semaine",
                    shown["heures"],
                    kind="nombre",
                    unit="heures",
                    live=True,
                    error=errors.get("heures", ""),
                ),
                ui.field(
                    "facilite",
                    "Facilité",
                    shown["facilite"],
                    kind="nombre",
                    unit="sur 5",
                    live=True,
                    error=errors.get("facilite", ""),
                ),
                look="ligne",
            ),
            ui.disclosure(
                "raisons",
                "D'où vient la note de facilité",
                *(ui.prose(f"{note.note} sur 5 : {note.reason}.") for note in candidate.ease.notes),
            ),
        )

    # Events

    def on_matrice(self, values: Node, detail: Node) -> None:
        self.chosen, self.refused, self.looking = str(detail["key"]), {}, True
        if "x" in detail:
            ease = self._left + (EASIEST - self._left) * float(detail["x"]) / 100
            hours = self._most * float(detail["y"]) / 100
            self.adjustments[self.chosen] = Adjustment(round(hours, 1), round(ease, 1))

    def on_heures(self, values: Node, detail: Node) -> None:
        typed = {name: str(values.get(name, "")) for name in FIGURES}
        self.refused = {} if all(map(_readable, typed.values())) else typed
        if self.refused:
            return
        built = matrix.build_matrix(self.loads, self.answers, self.adjustments)
        current = self.chosen or built.recommendation.point.candidate.id
        hours, ease = (_typed(text) for text in typed.values())
        if ease is not None:
            ease = min(EASIEST, max(HARDEST, ease))
        self.chosen = current
        self.adjustments[current] = Adjustment(hours, ease)

    on_facilite = on_heures

    def on_calcul(self, values: Node, detail: Node) -> None:
        self.adjustments, self.refused = {}, {}
        self.announce("Les chiffres calculés sont revenus.")
        self.focus("matrice-panneau-titre")

    def keep(self) -> Node:
        return {
            "chosen": self.chosen,
            "adjustments": {name: [one.saved_hours, one.ease] for name, one in self.adjustments.items()},
        }

    def resume(self, memory: Node, values: Node) -> None:
        known = {candidate.id for candidate in matrix.load_candidates()}
        chosen = str(memory.get("chosen", ""))
        self.chosen = chosen if chosen in known else ""
        self.adjustments = {
            name: Adjustment(*pair) for name, pair in (memory.get("adjustments") or {}).items() if name in known
        }
        # A figure typed just before the session was lost has not been heard yet.
        built = matrix.build_matrix(self.loads, self.answers, self.adjustments)
        best = built.recommendation.point
        point = next((one for one in built.points if one.candidate.id == self.chosen), best)
        if "heures" in values and (values["heures"], values.get("facilite")) != _shown(point):
            self.on_heures(values, {})


def _example() -> Path:
    return sandbox_folder() / "diagnostic"


def _hours(point: MatrixPoint) -> str:
    return f"{number(round(point.saved_hours or 0.0, 1))}{NBSP}h"


def _shown(point: MatrixPoint) -> tuple[str, str]:
    """The two figures as they stand in their fields."""
    hours = "" if point.saved_hours is None else number(round(point.saved_hours, 1))
    return hours, number(round(point.ease, 1))


def _typed(text: str) -> float | None:
    if not text.strip():
        return None
    value = parse_number(text)
    if value < 0:
        raise ValueError(text)
    return value


def _readable(text: str) -> bool:
    try:
        _typed(text)
    except ValueError:
        return False
    return True


def app() -> MatrixApp:
    """The app, to be the last line of its notebook's cell."""
    return MatrixApp()
