"""The express audit with the management team: three irritants, hours of repetitive work a week, digital maturity."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, ValidationError, field_validator

from atelier_ia.content import ContentError, StrictModel, explain, read_text
from atelier_ia.documents.typography import number, typeset
from atelier_ia.settings import data_folder

FILE_NAME = "audit.json"
WEEK_HOURS = 35.0
"""Legal working week, to turn hours into a share of the working time."""
REFERENCE_SHARE = (0.30, 0.40)
"""Share of the working time on automatable repetitive work observed by the method: to compare with, not a result."""

MATURITY: dict[int, tuple[str, str]] = {
    1: ("Le papier domine", "commencez par équiper les postes et la messagerie ; l'IA viendra après"),
    2: (
        "Des outils de base, peu partagés",
        "formez d'abord aux outils déjà là, avec un seul usage d'IA : les courriels",
    ),
    3: ("Des outils partagés, inégalement pris en main", "commencez par les courriels et les comptes rendus"),
    4: ("Des procédures en ligne et des agents à l'aise", "choisissez un premier usage par service volontaire"),
    5: ("Des données et des outils reliés entre eux", "visez aussi les usages sur les données agrégées"),
}
"""Level → what it means, and where to begin."""


class AuditAnswers(StrictModel):
    """The answers: three irritants in the team's words (worst first), hours a week per person, level from 1 to 5."""

    irritants: tuple[str, ...] = Field(min_length=1, max_length=3)
    weekly_hours: float = Field(alias="heures_semaine", ge=0, le=WEEK_HOURS)
    maturity: int = Field(alias="maturite", ge=1, le=5)

    @field_validator("irritants")
    @classmethod
    def _said(cls, irritants: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(" ".join(text.split()) for text in irritants if text.strip())
        if not kept:
            raise ValueError("indiquez au moins un irritant.")
        return kept


@dataclass(frozen=True)
class AuditReading:
    """What the answers say: share of the working time, how it compares, where to begin. Sentences in French."""

    share: float
    comparison: str
    level: str
    advice: str


def read_answers(answers: AuditAnswers) -> AuditReading:
    """The reading of the answers; an estimate stays called one."""
    share = answers.weekly_hours / WEEK_HOURS
    low, high = REFERENCE_SHARE
    if share < low:
        place = "en dessous de"
    elif share > high:
        place = "au-dessus de"
    else:
        place = "dans"
    comparison = (
        f"La direction estime à {number(answers.weekly_hours)} h par semaine et par personne le travail répétitif, "
        f"soit {number(100 * share, 0)} % du temps : {place} la fourchette observée par la méthode "
        f"({number(100 * low, 0)} à {number(100 * high, 0)} %). C'est une estimation ; le relevé de temps la vérifie."
    )
    level, advice = MATURITY[answers.maturity]
    return AuditReading(
        share, typeset(comparison), typeset(level), typeset(f"Maturité numérique {answers.maturity} sur 5 : {advice}.")
    )


def audit_path() -> Path:
    """Where the answers are kept."""
    return data_folder() / "diagnostic" / FILE_NAME


def save_audit(answers: AuditAnswers, path: Path | None = None) -> Path:
    """Write the answers, whole or not at all; returns the file."""
    target = path or audit_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(f".{os.getpid()}.tmp")
    data = answers.model_dump(by_alias=True, mode="json")
    temporary.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    temporary.replace(target)
    return target


def load_audit(path: Path | None = None) -> AuditAnswers | None:
    """The answers kept, None when there are none.

    Raises:
        ContentError: the file does not hold an audit.
    """
    source = path or audit_path()
    if not source.is_file():
        return None
    try:
        return AuditAnswers.model_validate(json.loads(read_text(source)))
    except json.JSONDecodeError:
        raise ContentError(f"{source.name} : le fichier est abîmé ; supprimez-le et refaites l'audit.") from None
    except ValidationError as error:
        raise ContentError(f"{source.name} : {explain(error, AuditAnswers)}") from None
