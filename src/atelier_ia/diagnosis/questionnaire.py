"""The anonymous questionnaire to agents: its questions, and answers kept without name, hour nor order.

Free text is masked before it is kept, apart from the other answers, so that nothing ties them. Results: `results.py`.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings, data_folder

FILE_NAME = "questionnaire.db"
LONGEST_TEXT = 300
"""Characters of the free answer; the rest is refused rather than cut."""
_FILE = Path(__file__).with_name("questionnaire.toml")

Answers = Mapping[str, str | Sequence[str]]
"""Question's id → the id of the choice, the ids of the choices, or the text; an absent key is no answer."""


class Choice(StrictModel):
    """One possible answer; `value` is its number in averages, None when it has none."""

    id: str
    text: str = Field(alias="texte")
    value: float | None = Field(None, alias="valeur")


class Question(StrictModel):
    """One question, of the screen `page`. `service` offers the services of `atelier.toml` and is never compulsory."""

    id: str
    page: str
    text: str = Field(alias="texte")
    kind: Literal["choix", "plusieurs", "service", "texte"] = Field(alias="genre")
    choices: tuple[Choice, ...] = Field((), alias="choix")
    maximum: int = 1
    optional: bool = Field(False, alias="facultative")

    @model_validator(mode="after")
    def _consistent(self) -> Question:
        if (self.kind in ("choix", "plusieurs")) != bool(self.choices):
            raise ValueError(f"la question « {self.id} » : des « choix » vont avec les genres choix et plusieurs.")
        return self


class Questionnaire(StrictModel):
    """The whole questionnaire; `notice` is what an agent reads first."""

    title: str = Field(alias="titre")
    notice: str = Field(alias="annonce")
    questions: tuple[Question, ...] = Field(min_length=1)

    @property
    def pages(self) -> dict[str, tuple[Question, ...]]:
        """The questions of each screen, in order."""
        names = dict.fromkeys(question.page for question in self.questions)
        return {name: tuple(item for item in self.questions if item.page == name) for name in names}

    def question(self, identifier: str) -> Question:
        """One question by its identifier."""
        return next(item for item in self.questions if item.id == identifier)


class QuestionnaireError(AtelierError):
    """An answer cannot be kept, or the results cannot be shown."""


@lru_cache(maxsize=1)
def load_questionnaire() -> Questionnaire:
    """The questionnaire of the method."""
    return load_toml(_FILE, Questionnaire)


def database_path() -> Path:
    """Where the answers are kept."""
    return data_folder() / "diagnostic" / FILE_NAME


def record_answers(answers: Answers, settings: Settings, path: Path | None = None) -> None:
    """Keep one person's answers; when this returns, they are on disk.

    Raises:
        QuestionnaireError: an answer does not fit its question, or the questionnaire is closed.
        PrivacyError: the free text could not be searched for personal data; nothing is kept.
    """
    kept = _checked(answers, settings)
    text = str(kept.pop("libre", ""))
    if text:
        from atelier_ia.privacy import mask

        masking = mask(text)
        if masking.alerts:
            raise QuestionnaireError(
                "Votre phrase touche à la santé ou à la vie privée : reformulez-la sans ce détail, ou laissez-la vide."
            )
        text = masking.text
    with _database(path or database_path()) as base:
        if _closing_day(base) is not None:
            raise QuestionnaireError("Le questionnaire est clos ; merci de votre intérêt.")
        base.execute("INSERT INTO reponses VALUES (?, ?)", (_random_id(), json.dumps(kept, sort_keys=True)))
        if text:
            base.execute("INSERT INTO textes VALUES (?, ?)", (_random_id(), text))


def count_answers(path: Path | None = None) -> int:
    """How many persons have answered."""
    with _database(path or database_path()) as base:
        return int(base.execute("SELECT COUNT(*) FROM reponses").fetchone()[0])


def is_closed(path: Path | None = None) -> bool:
    """Is no answer taken any more?"""
    with _database(path or database_path()) as base:
        return _closing_day(base) is not None


def close_questionnaire(day: date, path: Path | None = None) -> None:
    """Close for good: no answer is taken any more, and results may be shown. Closing twice keeps the first day."""
    with _database(path or database_path()) as base:
        base.execute("INSERT OR IGNORE INTO cloture VALUES (1, ?)", (day.isoformat(),))


def read_answers(path: Path | None = None) -> tuple[list[dict[str, str | list[str]]], list[str]]:
    """All answers and all free texts, each in random order, once the questionnaire is closed.

    Raises:
        QuestionnaireError: it is still open: results seen twice would tell what the last person answered.
    """
    with _database(path or database_path()) as base:
        if _closing_day(base) is None:
            raise QuestionnaireError("Les résultats s'affichent une fois le questionnaire clos ; fermez-le d'abord.")
        answers = [json.loads(row[0]) for row in base.execute("SELECT reponses FROM reponses ORDER BY id")]
        return answers, [str(row[0]) for row in base.execute("SELECT texte FROM textes ORDER BY id")]


def purge_answers(path: Path | None = None) -> None:
    """Delete every answer (end of the diagnostic); the questionnaire is open again for a new wave."""
    with _database(path or database_path()) as base:
        for table in ("reponses", "textes", "cloture"):
            base.execute(f"DELETE FROM {table}")


def _checked(answers: Answers, settings: Settings) -> dict[str, str | list[str]]:
    questionnaire = load_questionnaire()
    unknown = sorted(set(answers) - {question.id for question in questionnaire.questions})
    if unknown:
        raise QuestionnaireError(f"La question « {unknown[0][:40]} » n'existe pas dans ce questionnaire.")
    return {
        question.id: value
        for question in questionnaire.questions
        if (value := checked_answer(question, answers.get(question.id) or "", settings))
    }


def checked_answer(question: Question, given: str | Sequence[str], settings: Settings) -> str | list[str]:
    """One answer as it is kept; '' or [] when there is none.

    Raises:
        QuestionnaireError: it does not fit its question, or a compulsory one has none.
    """
    value = _value(question, given, {service.id for service in settings.services})
    if not value and not question.optional and question.kind in ("choix", "plusieurs"):
        raise QuestionnaireError(f"Il manque une réponse à « {question.text} » ; choisissez-en une avant de continuer.")
    return value


def _value(question: Question, given: str | Sequence[str], services: set[str]) -> str | list[str]:
    """The answer as it is kept; '' or [] when there is none."""
    if question.kind == "texte":
        text = " ".join(str(given).split())
        if len(text) > LONGEST_TEXT:
            raise QuestionnaireError(f"La réponse libre dépasse {LONGEST_TEXT} caractères ; raccourcissez-la.")
        return text
    if question.kind == "service":
        if given and given not in services:
            raise QuestionnaireError("Ce service n'est pas dans la liste ; choisissez-en un ou ne répondez pas.")
        return str(given)
    return _choices(question, given) if given else ""


def _choices(question: Question, given: str | Sequence[str]) -> str | list[str]:
    picked = [given] if isinstance(given, str) else sorted(set(given))
    known = {choice.id for choice in question.choices}
    if not set(picked) <= known:
        raise QuestionnaireError(f"Une réponse à « {question.text} » n'est pas dans la liste.")
    if len(picked) > question.maximum:
        raise QuestionnaireError(f"« {question.text} » : gardez {question.maximum} réponse(s) au plus.")
    return picked if question.kind == "plusieurs" else picked[0]


def _random_id() -> int:
    return secrets.randbits(62)


def _closing_day(base: sqlite3.Connection) -> str | None:
    row = base.execute("SELECT jour FROM cloture").fetchone()
    return None if row is None else str(row[0])


@contextmanager
def _database(path: Path) -> Iterator[sqlite3.Connection]:
    """A transaction that waits its turn. Rows are stored by random identifier: the file keeps no order of arrival."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(path, timeout=30, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise _refused(error) from None
    try:
        base.execute("PRAGMA secure_delete = ON")
        base.execute("BEGIN IMMEDIATE")
        base.execute("CREATE TABLE IF NOT EXISTS reponses (id INTEGER PRIMARY KEY, reponses TEXT NOT NULL)")
        base.execute("CREATE TABLE IF NOT EXISTS textes (id INTEGER PRIMARY KEY, texte TEXT NOT NULL)")
        base.execute("CREATE TABLE IF NOT EXISTS cloture (une INTEGER PRIMARY KEY CHECK (une = 1), jour TEXT NOT NULL)")
        yield base
        base.execute("COMMIT")
    except sqlite3.Error as error:
        raise _refused(error) from None
    finally:
        base.close()  # what was not committed is undone


def _refused(error: Exception) -> QuestionnaireError:
    return QuestionnaireError(
        f"Les réponses ne peuvent pas être gardées ({type(error).__name__}) ; vérifiez l'espace disque et vos droits."
    )
