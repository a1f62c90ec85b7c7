"""Real cases of the collectivité, pseudonymised: a document comes in, a person reviews its masks, only the masked text
is kept, in `var/cas_reels/` (never committed), until a date after which it is deleted.

    spans = detect(text)                      # shown to the person, who adds and removes masks
    case = review(text, spans, title="…")     # refuses while personal data are left
    store(case)                               # accepts nothing that has not passed `review`

Pseudonymised is not anonymous: these cases stay on this machine and are deleted on time. The table that links masks to
values is never written anywhere.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pydantic import Field

from atelier_ia.content import ContentError, StrictModel
from atelier_ia.errors import AtelierError
from atelier_ia.privacy import ALERTS, LABELS, Span, detect, mask
from atelier_ia.settings import data_folder

FOLDER = "cas_reels"
DEFAULT_DAYS = 90
LONGEST_DAYS = 365
MAX_CHARS = 60_000
_SEAL = object()


class RealCaseError(AtelierError):
    """A case cannot be imported as it is."""


class RealCase(StrictModel):
    """A case as it is kept: masked text, what it may serve for, and the day after which it is deleted."""

    id: str = Field(pattern=r"^cas_[0-9a-f]{12}$")
    title: str = Field(alias="titre", min_length=1, max_length=120)
    text: str = Field(alias="texte", min_length=1, max_length=MAX_CHARS)
    use_case: str = Field("", alias="cas_usage", max_length=80)
    service: str = Field("", max_length=80)
    stored_on: date = Field(alias="enregistre_le")
    delete_after: date = Field(alias="supprimer_apres")


@dataclass(frozen=True)
class ReviewedCase:
    """A masked text that a person has reviewed; only `review` makes one."""

    title: str
    text: str
    use_case: str = ""
    service: str = ""
    _seal: object = field(default=None, repr=False)


def review(
    text: str,
    spans: Sequence[Span],
    *,
    title: str,
    use_case: str = "",
    service: str = "",
    harmless: Collection[str] = (),
) -> ReviewedCase:
    """Mask `text` with the `spans` that the person kept or added, and check that nothing personal is left.

    Every span is masked, alerts included. `harmless` holds the words that the person declared not personal (« rose »
    the colour); health and other sensitive data cannot be declared so: they are masked or taken out.

    Raises:
        RealCaseError: empty, too long, or personal data left (told by kind, never quoted).
        PrivacyError: the guard failed.
    """
    if not text.strip() or not title.strip():
        raise RealCaseError("Le cas est vide ou sans titre ; collez un texte et donnez-lui un titre.")
    if len(text) > MAX_CHARS:
        raise RealCaseError(f"Le cas dépasse {MAX_CHARS // 1000} 000 caractères ; gardez-en le passage utile.")
    masked = mask(text, [Span(span.start, span.end, span.label, "masquer", span.reason) for span in spans]).text
    declared = {word.strip().casefold() for word in harmless}
    left = [*_left(text, spans, declared), *_left(title, (), declared)]
    if left:
        kinds = ", ".join(dict.fromkeys(LABELS[span.label] for span in left))
        raise RealCaseError(
            f"Il reste des données personnelles dans le texte ou le titre, {len(left)} en tout ({kinds}) : "
            "masquez-les, ou indiquez qu'il ne s'agit pas d'une personne."
        )
    return ReviewedCase(title.strip()[:120], masked, use_case, service, _SEAL)


def store(case: ReviewedCase, *, days: int = DEFAULT_DAYS, today: date | None = None) -> RealCase:
    """Keep a reviewed case for `days` days (1 to 365).

    Raises:
        RealCaseError: not reviewed, or kept too long.
    """
    if case._seal is not _SEAL:
        raise RealCaseError("Ce cas n'a pas été relu ; relisez les masques avant de l'enregistrer.")
    if not 1 <= days <= LONGEST_DAYS:
        raise RealCaseError(f"La durée de conservation va de 1 à {LONGEST_DAYS} jours ; choisissez-en une autre.")
    day = today or date.today()
    kept = RealCase(
        id=f"cas_{secrets.token_hex(6)}",
        titre=case.title,
        texte=case.text,
        cas_usage=case.use_case,
        service=case.service,
        enregistre_le=day,
        supprimer_apres=day + timedelta(days=days),
    )
    target = _folder() / f"{kept.id}.json"
    partial = target.with_suffix(".partiel")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(kept.model_dump_json(by_alias=True))
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(target)
    return kept


def load_cases(*, use_case: str = "", today: date | None = None) -> tuple[RealCase, ...]:
    """The cases kept, newest first; those past their date are deleted on the way and never returned.

    Raises:
        ContentError: a file was altered by hand; the sentence names it.
    """
    purge(today)
    cases = [_read(path) for path in _files()]
    chosen = [case for case in cases if not use_case or case.use_case in ("", use_case)]
    return tuple(sorted(chosen, key=lambda case: (case.stored_on, case.id), reverse=True))


def delete(identifier: str) -> None:
    """Delete one case at once; `RealCaseError` when there is none."""
    path = _folder() / f"{identifier}.json"
    if not re.fullmatch(r"cas_[0-9a-f]{12}", identifier) or not path.is_file():
        raise RealCaseError("Ce cas n'existe plus ; actualisez la liste.")
    path.unlink()


def purge(today: date | None = None) -> int:
    """Delete the cases past their date, and what an interruption left half written; returns how many cases."""
    day = today or date.today()
    gone = 0
    for path in _files():
        if _read(path).delete_after < day:
            path.unlink(missing_ok=True)
            gone += 1
    for partial in _folder().glob("*.partiel"):
        partial.unlink(missing_ok=True)
    return gone


def _left(text: str, spans: Sequence[Span], declared: set[str]) -> list[Span]:
    """What the guard finds in `text` that neither `spans` cover nor the person declared harmless."""
    covered = bytearray(len(text))
    for span in spans:
        covered[span.start : span.end] = b"\1" * len(covered[span.start : span.end])

    def open_to_view(span: Span) -> bool:
        return any(char.isalnum() and not covered[span.start + i] for i, char in enumerate(text[span.start : span.end]))

    def harmless(span: Span) -> bool:
        return span.label not in ALERTS and text[span.start : span.end].strip().casefold() in declared

    return [
        span
        for span in detect(text)
        if (span.level == "masquer" or span.label in ALERTS) and open_to_view(span) and not harmless(span)
    ]


def _folder() -> Path:
    folder = data_folder() / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _files() -> list[Path]:
    return sorted(_folder().glob("cas_*.json"))


def _read(path: Path) -> RealCase:
    try:
        return RealCase.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, OSError):
        raise ContentError(
            f"Le cas réel {path.name} est illisible ; supprimez ce fichier du dossier var/{FOLDER}."
        ) from None
