"""« Relever le temps »: how long tasks really take, by a stopwatch or from a file, and how many cases come in a week.

An example is shown until something of one's own is there; it is never mixed with it. No name, no hour of the day.
"""

from __future__ import annotations

from datetime import date

from atelier_ia.apps.kit import App, pictures
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import NBSP, number, plural
from atelier_ia.diagnosis import time_log, volumes
from atelier_ia.diagnosis.stopwatch import Stopwatch
from atelier_ia.diagnosis.time_log import TaskTime, TimeEntry
from atelier_ia.diagnosis.volumes import TaskVolume
from atelier_ia.documents.tables import column_key, parse_number
from atelier_ia.documents.typography import case_minutes
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings
from atelier_ia.use_cases.sandbox import sandbox_folder

CSV = "text/csv;charset=utf-8"
FIRST_TASK = "Répondre aux courriels des habitants"
WITHOUT_NAME = "Donnez un nom à la tâche : il la distinguera des autres."


class TimeLogApp(App):
    """The log, the stopwatch, and what is typed beside it."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.watch = Stopwatch()
        self.task, self.count, self.service = FIRST_TASK, "1", ""
        self.added: tuple[TimeEntry, ...] = ()
        self._load()
        super().__init__()

    def _load(self) -> None:
        self.file_problem = ""
        try:
            own = time_log.read_log()
            kept = volumes.read_volumes()
        except AtelierError as error:
            own, kept, self.file_problem = (), (), str(error)
        self.example = not own and not self.file_problem
        if self.example:
            folder = sandbox_folder() / "diagnostic"
            self.entries = time_log.read_log(folder / time_log.FILE_NAME)
            self.volumes = volumes.read_volumes(folder / volumes.FILE_NAME)
        else:
            self.entries, self.volumes = own, kept

    def opened(self) -> bool:
        before = self.entries, self.volumes
        self._load()
        return (self.entries, self.volumes) != before

    # The screen

    def view(self) -> list[Node | None]:
        tasks = time_log.summarise_tasks(self.entries)
        return [
            self._origin(),
            ui.columns(
                ui.group(self._timing(tasks), self._import_panel(), look="pile"),
                ui.panel(
                    "releve",
                    f"{plural(len(tasks), 'tâche relevée', 'tâches relevées')}"
                    + (", pour l'exemple" if self.example else ""),
                    self._table(tasks),
                    self._volumes_panel(tasks),
                    ui.group(
                        ui.button("telecharger", "Télécharger le relevé (.csv)", sign="fichier"),
                        look="ligne",
                    ),
                ),
                look="large-droite entieres",
            ),
        ]

    def _origin(self) -> Node | None:
        if self.file_problem:
            return ui.notice("erreur", self.file_problem, id="fichier-abime", look="mince")
        if self.example:
            text = "Temps inventés ; votre premier relevé prendra leur place."
            return ui.notice("alerte", text, title="Exemple.", look="mince")
        return None

    def _timing(self, tasks: tuple[TaskTime, ...]) -> Node:
        services = [("", "Sans le préciser"), *((one.id, one.name) for one in self.settings.services)]
        running, started = self.watch.running, self.watch.seconds > 0
        return ui.panel(
            "chronometrer",
            "Chronométrer une tâche",
            self.problem_notice(),
            self._added_notice(),
            ui.field("tache", "Tâche", self.task, suggestions=[one.task for one in tasks]),
            ui.group(
                ui.field("nombre", "Cas traités", self.count, kind="nombre"),
                ui.field("service", "Service", self.service, kind="choix", options=services),
                look="ligne",
            ),
            ui.group(
                ui.stopwatch("", self.watch.seconds, running),
                ui.button(
                    "demarrer",
                    "Mettre en pause" if running else "Reprendre" if started else "Démarrer",
                    "secondaire" if started else "primaire",
                ),
                ui.button("enregistrer", "Terminer et enregistrer", "primaire") if started else None,
                ui.button("zero", "Remettre à zéro", "discret") if started else None,
                look="ligne grand-chrono",
            ),
            hint="Démarrez en commençant, enregistrez en finissant. Ni nom, ni heure : la tâche et sa durée.",
        )

    def _added_notice(self) -> Node | None:
        if not self.added or self.problem:
            return None
        if len(self.added) == 1:
            [one] = self.added
            text = f"{case_minutes(one.minutes)} pour {plural(one.count, 'cas', 'cas')} : « {one.task} »."
        else:
            text = f"{plural(len(self.added), 'relevé')} de plus."
        return ui.notice("succes", text, ui.button("annuler", "Annuler cet ajout", "discret"), id="ajout")

    def _import_panel(self) -> Node:
        return ui.disclosure(
            "import-depliant",
            "Importer un fichier .csv",
            pictures.upload(
                "fichier",
                "Choisir un fichier .csv",
                accept=("csv", "txt"),
                hint="Colonnes tache et minutes ; si possible nombre, service, jour (13/01/2027) et origine "
                "(chronomètre, import ou estimation). Une durée s'écrit 45, 45 min ou 1 h 15.",
            ),
            ui.group(ui.button("modele", "Télécharger un modèle à remplir", "discret", sign="fichier"), look="ligne"),
        )

    def _table(self, tasks: tuple[TaskTime, ...]) -> Node:
        if not tasks:
            return ui.prose("Aucun relevé pour l'instant.")
        loads = {column_key(one.task): one for one in volumes.weekly_loads(tasks, self.volumes)}
        rows = []
        for one in tasks:
            load = loads.get(column_key(one.task))
            rows.append(
                (
                    one.task,
                    case_minutes(one.median_minutes),
                    _extent(one) if one.entries > 1 else "—",
                    number(one.entries),
                    "estimé" if not one.measured else "fragile" if one.fragile else "mesuré",
                    f"{number(round(load.hours, 1))}{NBSP}h" if load else "volume inconnu",
                )
            )
        columns = ("Tâche", "Par cas", "Étendue", "Mesures", "Fiabilité", "Par semaine")
        return ui.table("taches", "Temps par tâche, médiane par cas", columns, rows)

    def _volumes_panel(self, tasks: tuple[TaskTime, ...]) -> Node | None:
        if not tasks or self.example:
            return None
        known = {column_key(one.task): one.cases_per_week for one in self.volumes}
        missing = volumes.tasks_without_volume(tasks, self.volumes)
        title = "Combien de cas par semaine ?"
        if missing:
            title += f" Il manque {plural(len(missing), 'tâche')}"
        return ui.disclosure(
            "volumes-depliant",
            title,
            *(
                ui.field(
                    f"volume-{index}",
                    one.task,
                    number(known[column_key(one.task)]) if column_key(one.task) in known else "",
                    kind="nombre",
                    unit="cas par semaine, dans toute la collectivité",
                )
                for index, one in enumerate(tasks)
            ),
            ui.group(ui.button("volumes", "Enregistrer les volumes"), look="ligne"),
        )

    # Events

    def on_demarrer(self, values: Node, detail: Node) -> None:
        self._keep(values)
        if not self.task.strip():
            self.focus("champ-tache")
            raise AtelierError(WITHOUT_NAME)
        self.watch.toggle()
        self.added = ()
        self.announce("Le chronomètre tourne." if self.watch.running else "Le chronomètre est en pause.")

    def on_zero(self, values: Node, detail: Node) -> None:
        self._keep(values)
        self.watch.reset()
        self.focus("demarrer")

    def on_enregistrer(self, values: Node, detail: Node) -> None:
        self._keep(values)
        entry = time_log.stopwatch_entry(
            self.watch, self.task, count=self._cases(), service=self.service, day=date.today()
        )
        self._add((entry,))
        self.watch.reset()

    def on_fichier(self, values: Node, detail: Node) -> None:
        self._keep(values)
        name = str(detail.get("name", "")) or "Votre fichier"
        entries = time_log.parse_log(bytes(detail.get("data", b"")), name)
        if not entries:
            raise AtelierError(f"{name} ne contient aucun relevé ; ajoutez une ligne par mesure sous les titres.")
        self._add(entries)

    def on_annuler(self, values: Node, detail: Node) -> None:
        self._keep(values)
        time_log.withdraw_entries(self.added)
        self.added = ()
        self._load()
        self.announce("L'ajout est annulé.")
        self.focus("chronometrer-titre")

    def on_volumes(self, values: Node, detail: Node) -> None:
        self._keep(values)
        known = {column_key(one.task): one for one in self.volumes}
        for index, one in enumerate(time_log.summarise_tasks(self.entries)):
            key, typed = column_key(one.task), str(values.get(f"volume-{index}", "")).strip()
            try:
                cases = parse_number(typed) if typed else 0.0
            except ValueError:
                cases = -1.0
            if cases < 0:
                self.focus(f"champ-volume-{index}")
                raise AtelierError(f"« {one.task} » : écrivez un nombre de cas comme 120 ou 2,5, ou laissez vide.")
            if typed:
                known[key] = TaskVolume(one.task, cases, known[key].agents if key in known else 0)
            else:
                known.pop(key, None)
        volumes.write_volumes(known.values())
        self._load()
        self.announce("Les volumes sont enregistrés.")
        self.focus("releve-titre")

    def on_telecharger(self, values: Node, detail: Node) -> None:
        self._keep(values)
        name = "exemple-de-releve.csv" if self.example else "releve-de-temps.csv"
        self.screen.save_file(name, CSV, time_log.log_csv(self.entries))

    def on_modele(self, values: Node, detail: Node) -> None:
        self._keep(values)
        model = [TimeEntry(FIRST_TASK, 12, 1, "", date.today(), "chronomètre")]
        self.screen.save_file("modele-releve.csv", CSV, time_log.log_csv(model))

    def _add(self, entries: tuple[TimeEntry, ...]) -> None:
        time_log.add_entries(entries)
        self.added = entries
        self._load()
        self.announce(f"{plural(len(entries), 'relevé enregistré', 'relevés enregistrés')}.")
        self.focus("chronometrer-titre")

    def _cases(self) -> int:
        try:
            value = parse_number(self.count)
        except ValueError:
            value = 0.0
        if value < 1 or value != int(value):
            self.focus("champ-nombre")
            raise AtelierError("Le nombre de cas traités est un nombre entier, au moins 1 ; corrigez-le.")
        return int(value)

    def _keep(self, values: Node) -> None:
        self.task = str(values.get("tache", self.task))
        self.count = str(values.get("nombre", self.count))
        self.service = str(values.get("service", self.service))

    def keep(self) -> Node:
        return {"watch": self.watch.keep(), "task": self.task, "count": self.count, "service": self.service}

    def resume(self, memory: Node, values: Node) -> None:
        self.watch.resume(memory.get("watch"))
        self.task = str(memory.get("task", self.task))
        self.count = str(memory.get("count", self.count))
        self.service = str(memory.get("service", self.service))
        self._keep(values)


def _extent(one: TaskTime) -> str:
    low, high = case_minutes(one.low_minutes), case_minutes(one.high_minutes)
    return f"{low.removesuffix(NBSP + 'min')}{NBSP}à{NBSP}{high}"


def app() -> TimeLogApp:
    """The app, to be the last line of its notebook's cell."""
    return TimeLogApp()
