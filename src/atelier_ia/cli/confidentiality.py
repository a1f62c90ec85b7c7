"""`atelier confidentialite`: find personal data in texts and files, and mask files in batch."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from atelier_ia.cli.french import FrenchCommand, FrenchGroup
from atelier_ia.documents.typography import plural
from atelier_ia.errors import AtelierError

_FILES = click.argument("fichiers", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group(cls=FrenchGroup)
def command() -> None:
    """Repérer et masquer les données personnelles, sur ce poste, sans rien envoyer."""


@command.command(cls=FrenchCommand, name="detecter", short_help="Repérer les données personnelles.")
@_FILES
@click.option("--jsonl", is_flag=True, help="Lire des lignes {id, text} sur l'entrée, écrire des lignes {id, spans}.")
@click.option("--json", "as_json", is_flag=True, help="Écrire un seul document JSON.")
def find(fichiers: tuple[Path, ...], jsonl: bool, as_json: bool) -> None:
    """Repérer les données personnelles des FICHIERS, ou du texte reçu sur l'entrée."""
    if jsonl:
        if fichiers or as_json:
            raise click.UsageError("« --jsonl » lit l'entrée standard et s'emploie seul.")
        _detect_lines()
        return
    found = [(name, _described(text)) for name, text in _texts(fichiers)]
    if as_json:
        entries = [{"fichier": name, "donnees": rows} for name, rows in found]
        click.echo(json.dumps(entries, ensure_ascii=False, indent=1))
        return
    for name, rows in found:
        _print_table(name, rows)


@command.command(cls=FrenchCommand, name="masquer", short_help="Masquer des fichiers en lot.")
@_FILES
@click.option(
    "--sortie",
    type=click.Path(file_okay=False, path_type=Path),
    help="Dossier où écrire les textes masqués ; sans lui, ils s'affichent.",
)
def hide(fichiers: tuple[Path, ...], sortie: Path | None) -> None:
    """Masquer les données personnelles des FICHIERS, ou du texte reçu sur l'entrée.

    Chaque texte masqué s'écrit sous le nom « fichier.masque.txt ». La table des valeurs n'est pas conservée : ce
    masquage ne se défait pas. Relisez chaque texte avant de le transmettre.
    """
    from atelier_ia.privacy import mask

    if sortie is not None and not fichiers:
        raise click.UsageError("« --sortie » demande au moins un fichier.")
    alerts = 0
    # Everything is masked before anything is written: a failure on the last file leaves no half-done batch.
    masked = [(name, mask(text)) for name, text in _texts(fichiers)]
    for name, masking in masked:
        alerts += len(masking.alerts)
        if sortie is None:
            click.echo(masking.text)
            continue
        sortie.mkdir(parents=True, exist_ok=True)
        target = _free_name(sortie, name)
        target.write_text(masking.text, encoding="utf-8")
        click.echo(
            f"{name} : {plural(len(masking.placeholders), 'donnée masquée', 'données masquées')}, "
            f"{plural(len(masking.alerts), 'alerte')} → {target}"
        )
    if alerts:
        click.echo(
            f"Restent en clair {plural(alerts, 'passage')} sur la santé ou d'autres données sensibles : relisez, puis"
            " retirez ce qui ne doit pas être transmis.",
            err=True,
        )


def _detect_lines() -> None:
    from atelier_ia.privacy import PrivacyError, detect

    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            identifier, text = entry["id"], entry["text"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise AtelierError(f'Ligne {number} : écrivez un objet JSON {{"id": …, "text": …}} par ligne.') from None
        if not isinstance(text, str):
            raise PrivacyError(f"Ligne {number} : « text » doit être un texte.")
        spans = [{"start": s.start, "end": s.end, "label": s.label, "level": s.level} for s in detect(text)]
        sys.stdout.write(json.dumps({"id": identifier, "spans": spans}, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _texts(files: tuple[Path, ...]) -> list[tuple[str, str]]:
    """Name and text of each file; those of standard input when there is none."""
    if not files:
        return [("entrée", sys.stdin.buffer.read().decode("utf-8", errors="replace"))]
    from atelier_ia.documents.readers import read_document

    return [(path.name, read_document(path.name, path.read_bytes()).whole) for path in files]


def _described(text: str) -> list[dict[str, Any]]:
    from atelier_ia.privacy import detect

    return [
        {"start": s.start, "end": s.end, "label": s.label, "level": s.level, "raison": s.reason} for s in detect(text)
    ]


def _print_table(name: str, rows: list[dict[str, Any]]) -> None:
    """Counts only: what was found is not printed, so that it does not stay in a terminal's history."""
    from atelier_ia.privacy import LABELS

    click.echo(f"{name} : {plural(len(rows), 'donnée repérée', 'données repérées')}")
    for label, french in LABELS.items():
        here = [row for row in rows if row["label"] == label]
        if here:
            check = sum(row["level"] == "verifier" for row in here)
            note = " (alerte)" if here[0]["level"] == "alerte" else f", dont {check} à vérifier" if check else ""
            click.echo(f"  {label:<16} {len(here):>4}  {french}{note}")


def _free_name(folder: Path, name: str) -> Path:
    """A name that no file of `folder` bears yet, so that nothing is overwritten."""
    target = folder / f"{name}.masque.txt"
    number = 2
    while target.exists():
        target = folder / f"{name}.masque-{number}.txt"
        number += 1
    return target
