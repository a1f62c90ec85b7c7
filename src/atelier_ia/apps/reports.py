"""The reports page, in JupyterLab only: what HR, management and elected people take away, without a terminal.

It writes files that bear names: it is opened from `formatrice/rapports.ipynb` behind the trainer's token, never served
to agents. Each report is made by the function that `atelier rapport` calls; this module only chooses and hands over.
"""

from __future__ import annotations

import io
import mimetypes
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import cast

from atelier_ia.apps.kit import App
from atelier_ia.apps.kit import components as ui
from atelier_ia.apps.kit.components import Node
from atelier_ia.apps.kit.typography import french, plural
from atelier_ia.folders import data_folder
from atelier_ia.settings import load_settings

WAVES = ("J+15", "J+30", "J+90")
MANY = 6  # files; beyond, they are handed over as one archive
_CONTENTS = (
    ("formation_rh.xlsx", "Le classeur Excel, personne par personne et par service"),
    ("formation_rh.csv", "Les mêmes lignes, pour un logiciel de paie"),
    ("etat_nominatif_rh.pdf", "L'état nominatif, à imprimer"),
    ("bilan_formation.pdf", "Le bilan sans nom, pour le conseil"),
    ("tableau_*.pdf", "Le tableau d'une page"),
    ("etape_*.pdf", "Le rapport, à lire ou à imprimer"),
    ("etape_*.docx", "Le même rapport, à compléter dans Word"),
    ("elus_*.pdf", "La page, à imprimer"),
    ("elus_*.docx", "La même page, à compléter dans Word"),
    ("attestation_*.pdf", "L'attestation, à imprimer"),
    ("*.png", "Le badge numérique"),
    ("registre_*.pdf", "Le registre, à imprimer"),
    ("registre_*.csv", "Le registre, pour Excel"),
    ("fiche_registre.docx", "La fiche du registre des traitements"),
    ("notice_*.docx", "La notice d'information remise aux agents"),
)


@dataclass(frozen=True)
class Outcome:
    """What a report left: its files, and what the reader should know (French sentences)."""

    files: tuple[Path, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """One report on offer; `make(folder, wave)` writes it."""

    title: str
    reader: str
    make: Callable[[Path, str], Outcome]
    dated: bool = False


def _hr(folder: Path, _wave: str) -> Outcome:
    from atelier_ia.measurement.hr_report import write_hr_report

    done = write_hr_report(folder)
    return Outcome(done.paths, done.warnings)


def _checkpoint(folder: Path, wave: str, *, elected: bool = False) -> Outcome:
    from atelier_ia.measurement.checkpoints import write_checkpoint
    from atelier_ia.measurement.surveys import Wave

    done = write_checkpoint(cast(Wave, wave), folder, elected=elected)
    frozen = ("Trop peu de réponses nouvelles depuis le dernier bilan ; ses chiffres sont repris tels quels.",)
    files = (done.dashboard, done.pdf, done.docx)
    return Outcome(tuple(path for path in files if path is not None), frozen if done.frozen else ())


def _elected(folder: Path, wave: str) -> Outcome:
    return _checkpoint(folder, wave, elected=True)


def _certificates(folder: Path, _wave: str) -> Outcome:
    from atelier_ia.measurement.attestations import write_attestations
    from atelier_ia.measurement.badges import write_badges
    from atelier_ia.measurement.hr_sources import module_skills, read_records

    target = folder / "attestations"
    records, skills = read_records(), module_skills()
    done = write_attestations(records, target, date.today(), skills)
    if not done:
        return Outcome((), ("Aucune présence n'est enregistrée : faites signer une séance, puis revenez ici.",))
    return Outcome((*(item.path for item in done), *write_badges(records, done, target, skills)))


def _register(folder: Path, _wave: str) -> Outcome:
    from atelier_ia.measurement.hr_sources import read_records
    from atelier_ia.measurement.literacy_register import write_register

    return Outcome(tuple(write_register(read_records(), folder, date.today())))


def _privacy(folder: Path, _wave: str) -> Outcome:
    from atelier_ia.measurement.privacy_papers import write_privacy_papers

    remark = "À relire par la personne déléguée à la protection des données."
    return Outcome(tuple(write_privacy_papers(folder, load_settings(), date.today())), (remark,))


REPORTS = {
    "rh": Report("Suivi de la formation", "Ressources humaines : qui, quand, durée", _hr),
    "etape": Report("Point d'étape", "Direction : ce qui marche ou non", _checkpoint, dated=True),
    "elus": Report("Une page pour les élus", "Élus : trois chiffres, une décision proposée", _elected, dated=True),
    "attestations": Report("Attestations et badges", "Agents : un PDF et un badge pour chacun", _certificates),
    "registre": Report("Registre de maîtrise de l'IA", "Direction : les mesures prises, datées", _register),
    "rgpd": Report("Fiche de registre et notice", "Protection des données : à relire", _privacy),
}


def _content(name: str) -> str:
    return next((text for pattern, text in _CONTENTS if fnmatch(name, pattern)), "")


class Reports(App):
    """Choose a report, have it written, take its files away."""

    def __init__(self) -> None:
        self.chosen, self.wave = "rh", "J+30"
        self.working = False
        self.outcome: Outcome | None = None
        self.folder = data_folder() / "rapports"
        super().__init__()

    def view(self) -> Sequence[Node | None]:
        return [ui.columns(self._choice(), self._result())]

    def _choice(self) -> Node:
        report = REPORTS[self.chosen]
        options = [
            {"value": key, "title": french(one.title), "excerpt": french(one.reader)} for key, one in REPORTS.items()
        ]
        make = ui.button("produire", "Produire le document", "primaire", disabled=self.working, sign="fichier")
        return ui.panel(
            "choix",
            "Quel document vous faut-il ?",
            ui.picker("rapport", "Le document", options, self.chosen),
            ui.field("jalon", "À quel moment ?", self.wave, kind="choix", options=[(w, w) for w in WAVES], live=True)
            if report.dated
            else None,
            ui.actions(make),
        )

    def _result(self) -> Node:
        title = REPORTS[self.chosen].title
        if self.working:
            content: list[Node | None] = [ui.notice("info", "Le document se prépare.", title="Un instant.")]
        elif self.outcome is None:
            content = [
                self.problem_notice(),
                ui.prose("Les fichiers produits s'afficheront ici, prêts à être téléchargés."),
            ]
        else:
            content = [self._handed_over(self.outcome), *(ui.notice("alerte", text) for text in self.outcome.remarks)]
        return ui.panel("resultat", title, *content)

    def _handed_over(self, outcome: Outcome) -> Node | None:
        files = outcome.files
        if not files:
            return None
        count = plural(len(files), "fichier écrit", "fichiers écrits")
        if len(files) > MANY:
            buttons = [
                ui.button("archive", f"Télécharger les {len(files)} fichiers (.zip)", "primaire", sign="fichier")
            ]
        else:
            buttons = [
                ui.group(
                    ui.button(f"fichier-{rank}", f"Télécharger {path.name}", sign="fichier"),
                    ui.prose(_content(path.name), look="petit"),
                )
                for rank, path in enumerate(files)
            ]
        return ui.group(
            *buttons,
            ui.notice("succes", f"{count} dans le dossier var/rapports. {self._care()}", id="fait"),
        )

    def _care(self) -> str:
        if self.chosen in ("rh", "attestations"):
            return "Des noms y figurent : ne les transmettez qu'aux personnes qui en ont besoin."
        return "Relisez-les avant de les transmettre."

    # Events

    def on_rapport(self, values: Node, detail: Node) -> None:
        """Another report."""
        self.chosen, self.outcome = str(detail["value"]), None

    def on_jalon(self, values: Node, detail: Node) -> None:
        """Another checkpoint."""
        self.wave, self.outcome = str(values.get("jalon", self.wave)), None

    def on_produire(self, values: Node, detail: Node) -> None:
        """Writes the files, with a message meanwhile: PDFs of a large town take seconds."""
        if self.working:
            return
        self.wave = str(values.get("jalon", self.wave))
        self.working, self.outcome = True, None
        self.background(self._make)

    def _make(self) -> None:
        try:
            self.outcome = REPORTS[self.chosen].make(self.folder, self.wave)
            self.announce(plural(len(self.outcome.files), "fichier est prêt.", "fichiers sont prêts."))
            self.focus("resultat-titre")
        finally:
            self.working = False

    def on_fichier(self, values: Node, detail: Node) -> None:
        """One of the files, to the browser."""
        if self.outcome is not None:
            path = self.outcome.files[int(detail["which"])]
            self.screen.save_file(path.name, mimetypes.guess_type(path.name)[0] or "", path.read_bytes())

    def on_archive(self, values: Node, detail: Node) -> None:
        """All of them in one archive."""
        if self.outcome is None:
            return
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in self.outcome.files:
                archive.write(path, path.name)
        self.screen.save_file(f"{self.chosen}.zip", "application/zip", content.getvalue())


def app() -> Reports:
    """The page, to be the last line of its notebook's cell."""
    return Reports()
