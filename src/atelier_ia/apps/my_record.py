"""« Mon dossier »: a person sees their own training record, corrects their name, asks for the rest; nobody else's.

Opened by an identifier and the personal code that HR hands over (`measurement.own_record`), the same on a laptop, in a
room and on a hub. Nothing of the record is kept by the page: a fresh kernel asks for the code again, and the record
closes by itself when nobody touches it.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from typing import Any

from atelier_ia.apps.kit import App
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.documents.typography import hours, plural, short_date
from atelier_ia.errors import AtelierError
from atelier_ia.settings import load_settings

IDLE_SECONDS = 600.0
_ABSENT = "absence"
_STATES = {
    "en attente": "En attente de réponse",
    "appliquée": "Corrigé",
    "acceptée": "Accepté",
    "refusée": "Refusé",
}
_CLOSED = "Le dossier s'est refermé : personne ne l'utilisait. Retapez votre code pour continuer."


class MyRecord(App):
    """Whose record is open, if any; the code is never kept."""

    def __init__(self) -> None:
        self.settings = load_settings()
        self.typed = ""
        self.identifier = ""
        self.record: dict[str, Any] = {}
        self.told = ""
        self.subject, self.session, self.wanted, self.reason = "", "", "", ""
        self._watch: threading.Timer | None = None
        super().__init__()

    def view(self) -> list[Node | None]:
        return self._record() if self.identifier else self._door()

    def _door(self) -> list[Node | None]:
        return [
            ui.panel(
                "acces",
                "Ouvrir mon dossier de formation",
                self.problem_notice(),
                ui.notice("info", self.told, id="referme") if self.told else None,
                ui.group(
                    ui.field("identifiant", "Identifiant", self.typed, hint="Matricule ou adresse.", submit="ouvrir"),
                    ui.field("code", "Code personnel", kind="secret", hint="Douze signes.", submit="ouvrir"),
                    look="rang",
                ),
                hint="Les deux sont sur le carton remis par le service des ressources humaines. Vous ne verrez que "
                "votre dossier, et personne d'autre ne peut l'ouvrir sans votre code.",
                look="carton",
            ),
            ui.actions(ui.button("ouvrir", "Ouvrir mon dossier", "primaire", sign="suite")),
        ]

    def _record(self) -> list[Node | None]:
        person = self.record["personne"]
        done = ui.notice("succes", self.told, id="fait") if self.told else None
        return [
            ui.panel(
                "dossier",
                f"{person['prenom']} {person['nom']}".strip() or self.identifier,
                ui.prose(self._summary()),
                self._modules(),
                ui.columns(self._sessions(), self._facts()),
                hint="Ce que le service des ressources humaines voit de vous : ni note, ni réponse.",
            ),
            ui.panel("correction", "Une erreur ?", self.problem_notice(), done, *self._forms()),
            self._trace(),
            ui.actions(ui.button("fermer", "Fermer mon dossier", "primaire")),
        ]

    def _summary(self) -> str:
        trainings = self.record["formations"]
        if not trainings:
            return "Aucune formation n'est encore enregistrée à votre nom."
        whole = sum(item["heures"] for item in trainings)
        halves = sum(item["demi_journees"] for item in trainings)
        acquired = sum(item["resultat"] == "acquis" for item in trainings)
        told = f"{plural(len(trainings), 'module')}, {hours(whole)} ({plural(halves, 'demi-journée')})."
        return f"{told} {plural(acquired, 'module acquis', 'modules acquis')}." if acquired else told

    def _modules(self) -> Node | None:
        rows = [
            (
                item["module"],
                _days(item),
                hours(item["heures"]),
                item["modalite"] or "—",
                f"{item['seances_suivies']} sur {item['seances_prevues']}" if item["seances_prevues"] else "—",
                item["resultat"],
            )
            for item in self.record["formations"]
        ]
        titles = ("Module", "Dates", "Durée", "Modalité", "Présence", "Résultat")
        return ui.table("modules", "Mes modules", titles, rows) if rows else None

    def _sessions(self) -> Node | None:
        rows = [
            (_day(item["jour"]), item["titre"], hours(item["heures"]), "oui" if item["present"] else "non")
            for item in self.record["seances"]
        ]
        if not rows:
            return None
        table = ui.table("seances", "Mes séances, une par une", ("Jour", "Séance", "Durée", "Présence"), rows)
        return ui.disclosure("detail", "Voir mes séances une par une", table)

    def _facts(self) -> Node:
        person = self.record["personne"]
        labels = {"identifiant": "Identifiant", "nom": "Nom", "prenom": "Prénom", "service": "Service"}
        labels |= {"categorie": "Catégorie", "sexe": "Sexe", "statut": "Statut", "grade": "Grade"}
        rows = [(label, str(person[key]) or "—") for key, label in labels.items()]
        rows += [(label, str(value) or "—") for label, value in person["autres"].items()]
        return ui.disclosure(
            "liste", "Voir ce que la liste des agents dit de moi", ui.table("faits", "Mes données", ("", ""), rows)
        )

    def _forms(self) -> list[Node | None]:
        person = self.record["personne"]
        sessions = [("", "Aucune")] + [
            (f"{_day(item['jour'])} {item['module']}", f"{_day(item['jour'])}, {item['titre']}")
            for item in self.record["seances"]
        ]
        return [
            ui.group(
                ui.field("prenom", "Prénom", person["prenom"], submit="corriger"),
                ui.field("nom", "Nom", person["nom"], submit="corriger"),
                look="rang",
            ),
            ui.group(ui.button("corriger", "Corriger mon nom"), look="rang"),
            ui.disclosure(
                "autre",
                "Demander une autre correction",
                ui.field("objet", "Ce qui est faux", self.subject, kind="choix", options=_SUBJECTS),
                ui.field(
                    "seance", "La séance concernée", self.session, kind="choix", options=[*sessions, ("?", "Une autre")]
                ),
                ui.field(
                    "voulu",
                    "Ce qui devrait y figurer",
                    self.wanted,
                    hint="Pour une présence : « oui », « non », ou une durée comme 2,5.",
                ),
                ui.field(
                    "motif",
                    "Précisions",
                    self.reason,
                    hint="Pour une séance qui manque : son jour et son nom, par exemple 25/01/2027 Atelier RH.",
                ),
                ui.group(ui.button("demander", "Envoyer ma demande"), look="rang"),
                ui.prose("Une personne du service RH accepte ou refuse, et vous répond ici.", look="petit"),
                open=bool(self.subject or self.wanted),
            ),
        ]

    def _trace(self) -> Node | None:
        from atelier_ia.measurement.corrections import corrections_of

        titles = {item["module"]: item["titre"] for item in self.record["seances"]}
        rows = [
            (
                _day(line.day),
                replace(line, module=titles.get(line.module, line.module)).told,
                f"{line.before or '—'} → {line.wanted}",
                _STATES[line.state] + (f" : {line.answer}" if line.answer else ""),
            )
            for line in corrections_of(self.identifier)
        ]
        if not rows:
            return None
        table = ui.table("corrections", "Mes corrections", ("Jour", "Objet", "Changement", "Suite"), rows)
        return ui.panel("suivi", "Vos corrections", table)

    # Events

    def on_ouvrir(self, values: Node, detail: Node) -> None:
        """The door: the code goes no further than this call."""
        from atelier_ia.measurement.own_record import holder_of

        self.typed, self.told = str(values.get("identifiant", "")), ""
        code = str(values.get("code", ""))
        if not self.typed.strip() or not code.strip():
            self.focus("champ-code" if self.typed.strip() else "champ-identifiant")
            raise AtelierError("Recopiez votre identifiant et votre code personnel.")
        self._open(holder_of(self.typed, code))
        self.focus("dossier-titre", top=True)

    def on_corriger(self, values: Node, detail: Node) -> None:
        """A spelling, corrected at once or asked for."""
        from atelier_ia.measurement.corrections import correct_names

        identifier = self._used()
        wanted = {name: str(values.get(name, self.record["personne"][name])) for name in ("nom", "prenom")}
        made = correct_names(identifier, wanted, self.settings, date.today())
        if not made:
            self.told = "Rien à corriger : votre nom est déjà écrit ainsi."
        elif made[0].state == "appliquée":
            self.told = "C'est corrigé. Les prochaines attestations porteront cette orthographe."
        else:
            self.told = "Ce changement va au-delà de l'orthographe : votre demande est transmise au service RH."
        self._open(identifier)
        self.announce(self.told)
        self.focus("correction-titre")

    def on_demander(self, values: Node, detail: Node) -> None:
        """Anything else: a request for HR."""
        from atelier_ia.measurement.corrections import PRESENCE, ask_correction

        identifier = self._used()
        names = {"subject": "objet", "session": "seance", "wanted": "voulu", "reason": "motif"}
        for own, name in names.items():
            setattr(self, own, str(values.get(name, getattr(self, own))))
        if self.subject not in dict(_SUBJECTS) or not self.subject:
            raise AtelierError("Choisissez ce qui est faux.")
        listed = self.session not in ("", "?")
        place = self.session if listed else (self.reason if self.subject == PRESENCE else "")
        day, _, module = place.strip().partition(" ")
        ask_correction(
            identifier,
            self.subject,
            self.wanted,
            date.today(),
            before=self._before(day, module),
            reason=self.reason,
            session=day,
            module=module,
        )
        self.subject = self.session = self.wanted = self.reason = ""
        self.told = "Votre demande est transmise au service des ressources humaines ; la réponse viendra ici."
        self._open(identifier)
        self.announce(self.told)
        self.focus("correction-titre")

    def on_fermer(self, values: Node, detail: Node) -> None:
        """The record is forgotten by the page."""
        self._close("")
        self.focus("champ-identifiant", top=True)

    def resume(self, memory: Node, values: Node) -> None:
        """A fresh kernel keeps the identifier that was typed, and asks for the code again."""
        self.typed = str(values.get("identifiant", self.typed))

    # The record

    def _open(self, identifier: str) -> None:
        from atelier_ia.measurement.own_record import record_of

        found = record_of(identifier, self.settings)
        if not found:
            self._close("")
            raise AtelierError("Rien n'est conservé à votre nom ; signalez-le au service des ressources humaines.")
        self.identifier, self.record = identifier, found
        self._watch_idle()

    def _close(self, told: str) -> None:
        self.identifier, self.record, self.typed, self.told = "", {}, "", told
        self.subject = self.session = self.wanted = self.reason = ""
        if self._watch is not None:
            self._watch.cancel()

    def _used(self) -> str:
        """Whose record is open, now that they do something with it."""
        if not self.identifier:
            raise AtelierError(_CLOSED)
        self.told = ""
        self._watch_idle()
        return self.identifier

    def _watch_idle(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        self._watch = threading.Timer(IDLE_SECONDS, lambda: self.guarded(lambda: self._close(_CLOSED)))
        self._watch.daemon = True
        self._watch.start()

    def _before(self, day: str, module: str) -> str:
        """What the record says now of the subject asked about."""
        person = self.record["personne"]
        if self.subject in person:
            return str(person[self.subject])
        for item in self.record["seances"]:
            if (_day(item["jour"]), item["module"]) == (day, module):
                return hours(item["heures"]) if item["present"] else _ABSENT
        return ""


_SUBJECTS = (
    ("", "Choisissez"),
    ("présence", "Ma présence ou la durée d'une séance"),
    ("modalité", "La modalité d'une séance"),
    ("résultat", "Un résultat"),
    ("service", "Mon service"),
    ("categorie", "Ma catégorie (A, B ou C)"),
    ("sexe", "Mon sexe"),
    ("statut", "Mon statut"),
    ("grade", "Mon grade ou mon emploi"),
    ("autre", "Autre chose"),
)


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))


def _days(item: Node) -> str:
    days = [_day(day) for day in (item["premier_jour"], item["dernier_jour"]) if day]
    return " – ".join(dict.fromkeys(days)) or "—"


def app() -> MyRecord:
    """The app, to be the last line of its notebook's cell."""
    return MyRecord()
