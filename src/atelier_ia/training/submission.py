"""Hand a notebook in: one complete folder, moved at once into the exchange, as `nbgrader collect` expects it."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from atelier_ia.errors import AtelierError
from atelier_ia.training.collection import next_stamp, stamped
from atelier_ia.training.course import inbound_folder
from atelier_ia.training.notebooks import read_notebook, source_of
from atelier_ia.training.rubrics import Assignment
from atelier_ia.training.scoring import clean_answer
from atelier_ia.training.scoring.guards import is_blank
from atelier_ia.training.scoring.reading import fold

LEARNER_VARIABLE = "ATELIER_APPRENANT"
REMEMBERED = ".atelier_apprenant"


class SubmissionError(AtelierError):
    """The work was not handed in; the sentence says what to do."""


def learner_identifier(text: str) -> str:
    """A learner's identifier from what they typed ("Anne-Marie Le Goff" → "anne-marie.le.goff").

    When a roster exists, the identifier or the full name must be in it, and name one person only.

    Raises:
        SubmissionError: nothing usable, or nobody of that name in the roster, or several.
    """
    slug = _slug(text)
    if len(slug) < 2:
        raise SubmissionError("Indiquez votre prénom et votre nom, ou l'identifiant donné par la formatrice.")
    known = _roster()
    if not known:
        return slug
    found = known.get(slug, [])
    if len(found) == 1:
        return found[0]
    if found:
        raise SubmissionError(
            "Plusieurs personnes inscrites portent ce nom ; écrivez votre identifiant à la place (la formatrice l'a)."
        )
    raise SubmissionError(
        "Ce nom n'est pas dans la liste des inscrits ; vérifiez l'orthographe ou demandez votre identifiant "
        "à la formatrice."
    )


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9-]+", ".", fold(name.strip())).strip(".-")[:60]


def _roster() -> dict[str, list[str]]:
    """Identifiers by each way of naming a learner, an identifier before a name; empty when there is no roster."""
    from atelier_ia.training.roster import read_roster, roster_path

    learners = read_roster() if roster_path().is_file() else ()
    by_name: dict[str, list[str]] = {}
    for learner in learners:
        own = (f"{learner.first_name} {learner.last_name}", f"{learner.last_name} {learner.first_name}")
        for slug in {_slug(name) for name in own}:
            by_name.setdefault(slug, []).append(learner.identifier)
    return by_name | {_slug(learner.identifier): [learner.identifier] for learner in learners}


def current_learner(folder: Path | None = None) -> str:
    """Who works here: `ATELIER_APPRENANT`, the hub's user, or the name last given in this folder; "" if unknown."""
    named = os.environ.get(LEARNER_VARIABLE) or os.environ.get("JUPYTERHUB_USER")
    if named:
        return named
    remembered = (folder or Path.cwd()) / REMEMBERED
    try:
        return remembered.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def notebook_path(assignment: Assignment) -> Path:
    """The notebook this kernel runs: told by the server, else the assignment's own name in this folder."""
    named = os.environ.get("JPY_SESSION_NAME", "")
    if named.endswith(".ipynb") and Path(named).is_file():
        return Path(named)
    path = Path.cwd() / f"{assignment.name}.ipynb"
    if path.is_file():
        return path
    raise SubmissionError(
        f"Le carnet {assignment.name}.ipynb n'est pas dans ce dossier ; ouvrez-le depuis votre dossier d'exercices."
    )


def unsaved_answers(path: Path, answers: dict[str, str]) -> list[str]:
    """Exercises whose last answer (in this session) is not yet in the file on disk."""
    saved: dict[str, set[str]] = {}
    for cell in read_notebook(path)["cells"]:
        magic = re.match(r"\s*%%(?:prompt|reponse)[ \t]+(\S+)[^\n]*\n?", source_of(cell))
        if magic:
            saved.setdefault(magic[1], set()).add(clean_answer(source_of(cell)[magic.end() :]).strip())
    return [
        name
        for name, text in answers.items()
        if not is_blank(text) and clean_answer(text).strip() not in saved.get(name, set())
    ]


def hand_in(path: Path, assignment: str, learner: str, moment: datetime | None = None) -> Path:
    """Copy the notebook into the exchange under a new folder; the folder appears complete or not at all.

    It is always dated after the learner's previous one, even when the computer's clock was put back in between: the
    newest of them is the one that is graded.

    Raises:
        SubmissionError: the notebook cannot be read, or the exchange cannot be written.
    """
    read_notebook(path)
    stamp = stamped(moment) if moment else next_stamp(learner, assignment)
    inbound = inbound_folder()
    try:
        with tempfile.TemporaryDirectory(prefix=".depot-", dir=inbound.parent) as folder:
            build = Path(folder) / "rendu"
            build.mkdir(mode=0o755)
            shutil.copyfile(path, build / f"{assignment}.ipynb")
            (build / "timestamp.txt").write_text(stamp, encoding="utf-8")
            (build / "submission_secret.txt").write_text(secrets.token_hex(64), encoding="utf-8")
            target = inbound / f"{learner}+{assignment}+{stamp}+{secrets.token_urlsafe(9)}"
            build.rename(target)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "disque plein" if full else error.strerror or type(error).__name__
        raise SubmissionError(f"Votre travail n'a pas pu être déposé ({reason}) ; prévenez la formatrice.") from None
    return target
