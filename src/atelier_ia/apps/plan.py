"""« Planifier »: from a start date, services and head counts → the calendar of the three months, to download.

The calendar is `training.planning`; what is typed is tried, never written into the settings.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from atelier_ia.apps.kit import App, pictures
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import long_date, plural
from atelier_ia.settings import SchoolZone, load_settings
from atelier_ia.training.planning.options import load_options
from atelier_ia.training.planning.request import PlanRequest, RequestError, read_request, request_of

if TYPE_CHECKING:
    from atelier_ia.training.planning import Plan, Session
    from atelier_ia.training.planning.progress import Progress

FIELDS = {
    "debut": "start",
    "zone": "zone",
    "region": "region",
    "services": "services",
    "fermes": "closed",
    "conseil": "council",
}
ZONES = (
    ("A", "Zone A"),
    ("B", "Zone B"),
    ("C", "Zone C"),
    *((zone, zone) for zone in get_args(SchoolZone) if zone not in ("A", "B", "C", "aucune")),
    ("aucune", "Aucune"),
)
FILES = {
    "ics": ("calendrier_ia.ics", "text/calendar"),
    "xlsx": ("calendrier_ia.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": ("calendrier_ia.pdf", "application/pdf"),
}


class PlanApp(App):
    """What is typed, the plan made from it and its picture."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.options = load_options(settings=self.settings)
        self.request = request_of(self.settings, self.options)
        self.errors: dict[str, str] = {}
        self.plan: Plan | None = None
        self.progress: Progress | None = None
        self.image: bytes | None = None
        self._drawing = threading.Lock()
        super().__init__()
        self.background(self._establish)

    # The screen

    def view(self) -> list[Node | None]:
        return [
            ui.columns(self._form(), self._result(), look="large-droite entieres"),
            self._details(),
            ui.actions(
                ui.button("ics", "Agenda (.ics)", sign="fichier", disabled=self.plan is None),
                ui.button("xlsx", "Classeur (.xlsx)", sign="fichier", disabled=self.plan is None),
                ui.button("pdf", "PDF à imprimer", sign="fichier", disabled=self.plan is None),
                ui.button("etablir", "Établir le calendrier", "primaire", sign="suite"),
            ),
        ]

    def _form(self) -> Node:
        from atelier_ia.training.planning.open_days import REGIONS

        return ui.panel(
            "reglages",
            "Votre collectivité",
            self.problem_notice() if not self.errors else None,
            ui.group(
                self._field("debut", "Départ"),
                ui.field("zone", "Zone scolaire", self.request.zone, kind="choix", options=ZONES),
                ui.field(
                    "region",
                    "Jours fériés",
                    self.request.region,
                    kind="choix",
                    options=[(name, name[0].upper() + name[1:]) for name in REGIONS],
                ),
                look="rang serre",
            ),
            ui.field(
                "services",
                "Services et effectifs, un par ligne",
                self.request.services,
                kind="long",
                rows=5,
                error=self.errors.get("services", ""),
            ),
            ui.group(
                self._field("fermes", "Jours fermés", hint="Du 24 au 31/12/2027, …"),
                self._field("conseil", "Conseils municipaux", hint="Jours : 04/02/2027, …"),
                look="rang",
                id="rang-jours",
            ),
        )

    def _field(self, id: str, label: str, hint: str = "") -> Node:
        value = str(getattr(self.request, FIELDS[id]))
        return ui.field(id, label, value, hint=hint, error=self.errors.get(id, ""), submit="etablir")

    def _result(self) -> Node:
        if self.plan is None or self.progress is None:
            return ui.panel("calendrier", "Le calendrier", pictures.picture("gantt", None, "", "Calcul du calendrier…"))
        from atelier_ia.training.planning.gantt import describe, finding

        return ui.panel(
            "calendrier",
            finding(self.plan, self.progress),
            pictures.picture("gantt", self.image, describe(self.plan, self.progress), "Dessin du calendrier…"),
            *(ui.notice("alerte", text, look="mince") for text in self.plan.warnings[:2]),
        )

    def _details(self) -> Node | None:
        """All that the picture shows, and more, in words."""
        if self.plan is None:
            return None
        return ui.disclosure(
            "details",
            "Le même calendrier, en texte",
            *(ui.prose(text, look="petit") for text in self.plan.warnings[2:]),
            ui.table("etapes-table", "Les étapes", ("Étape", "Dates", "Pour qui", "État"), self._steps()),
            ui.table("seances-table", "Les séances", ("Séance", "Jour", "Heures", "Places"), self._sessions()),
        )

    def _steps(self) -> list[tuple[str, str, str, str]]:
        assert self.plan is not None
        assert self.progress is not None
        return [
            (
                step.method.title,
                _span(step.start, step.end),
                step.method.audience,
                self.progress.step_statuses[step.method.id] + (", hors fenêtre" if step.outside_window else ""),
            )
            for step in self.plan.steps
        ]

    def _sessions(self) -> list[tuple[str, str, str, str]]:
        assert self.plan is not None
        return [
            (session.title, long_date(session.day), _hours(session), str(session.participants or "—"))
            for session in self.plan.sessions
            if session.start
        ]

    # Events

    def on_etablir(self, values: Node, detail: Node) -> None:
        self._keep_fields(values)
        self._establish()
        if not self.errors:
            self.focus("calendrier-titre")

    def on_ics(self, values: Node, detail: Node) -> None:
        from atelier_ia.training.planning.exports import plan_as_ics

        self._download("ics", values, lambda plan, progress: plan_as_ics(plan))

    def on_xlsx(self, values: Node, detail: Node) -> None:
        self._download("xlsx", values, _workbook)

    def on_pdf(self, values: Node, detail: Node) -> None:
        from atelier_ia.training.planning.printout import plan_as_pdf

        self._download("pdf", values, plan_as_pdf)

    def _download(self, kind: str, values: Node, make: Callable[[Plan, Progress], bytes]) -> None:
        """The file of what is typed now, even when the button that draws it was not pressed."""
        self._keep_fields(values)
        self._establish()
        if self.plan is not None and self.progress is not None and not self.errors:
            self.screen.save_file(*FILES[kind], make(self.plan, self.progress))

    def _keep_fields(self, values: Node) -> None:
        known = asdict(self.request)
        typed = {name: str(values.get(id, known[name])) for id, name in FIELDS.items()}
        self.request = PlanRequest(**typed)

    def _establish(self) -> None:
        """Makes the plan of what is typed; its picture follows in a thread."""
        from atelier_ia.training.planning import build_plan
        from atelier_ia.training.planning.progress import follow, read_done

        self.errors = {}
        try:
            settings, options = read_request(self.request, self.settings, self.options)
        except RequestError as error:
            id = next(id for id, name in FIELDS.items() if name == error.field)
            self.errors = {id: str(error)}
            self.focus(f"champ-{id}")
            return
        plan = build_plan(settings, options)
        if plan != self.plan:
            progress = follow(plan, read_done(), date.today())
            with self._lock:  # another thread may draw the screen: a plan never goes without its progress
                self.plan, self.progress, self.image = plan, progress, None
            self.announce(f"Calendrier établi : {plural(len(plan.sessions), 'séance')}.")
            self.background(self._draw)

    def _draw(self) -> None:
        from atelier_ia.training.planning.gantt import draw

        with self._drawing:
            plan, progress = self.plan, self.progress
            if plan is None or progress is None or self.image is not None:
                return
            image = draw(plan, progress, kind="png", titled=False, width=7.8)
            if plan == self.plan:
                self.image = image

    # A fresh kernel takes the page over

    def keep(self) -> Node:
        return asdict(self.request)

    def resume(self, memory: Node, values: Node) -> None:
        known = asdict(self.request)
        self.request = PlanRequest(**{name: str(memory.get(name, value)) for name, value in known.items()})
        self._keep_fields(values)
        self._establish()


def _workbook(plan: Plan, progress: Progress) -> bytes:
    from atelier_ia.training.planning.exports import write_plan_workbook

    with tempfile.TemporaryDirectory(prefix="plan-") as folder:
        return write_plan_workbook(plan, progress, Path(folder) / "plan.xlsx").read_bytes()


def _span(first: date, last: date) -> str:
    return long_date(first) if first == last else f"{long_date(first)} – {long_date(last)}"


def _hours(session: Session) -> str:
    if session.start is None or session.end is None:
        return "—"
    return f"{session.start:%H h %M} – {session.end:%H h %M}".replace(" h 00", " h")


def app() -> PlanApp:
    """The app, to be the last line of its notebook's cell."""
    return PlanApp()
