"""The code that an agent may choose to link their own answers from one wave to the next. Nobody has to.

The code itself is never stored: only its keyed digest, with a salt kept in `var/` (owner only). When the survey is
closed, salt and digests are destroyed: what remains is unlinked, for us too. Until then the code lets its owner take
the answers back.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select, update

from atelier_ia.errors import AtelierError
from atelier_ia.measurement.anonymity import CROSSING_THRESHOLD, share_may_show
from atelier_ia.measurement.statistics import Interval, mean_interval
from atelier_ia.measurement.store import connect, survey_answers
from atelier_ia.settings import Settings, data_folder

SALT_NAME = "enquete_sel.bin"
LAST_DAY = 150
"""Days after the start when the survey is over: J+90 is counted from the opening, some weeks after the start."""
SHORTEST_CODE = 6


class CodeError(AtelierError):
    """A code that does not protect its owner, or that can no longer be read."""


@dataclass(frozen=True)
class PairedChange:
    """The same persons at two waves: how many, and the change of the share of active ones with its 95 % interval."""

    persons: int
    before: float
    after: float
    change: Interval


def link_of(code: str, *, create: bool = True) -> str:
    """The digest to store for `code`; '' for an empty code.

    Raises:
        CodeError: the code is too short, or (`create` False) the salt is gone.
    """
    bare = "".join(unicodedata.normalize("NFKD", code).casefold().split())
    if not bare:
        return ""
    if len(bare) < SHORTEST_CODE:
        raise CodeError(f"Choisissez un code d'au moins {SHORTEST_CODE} signes, que personne ne devine.")
    return hmac.new(_salt(create), bare.encode(), hashlib.sha256).hexdigest()


def _salt(create: bool) -> bytes:
    path = data_folder() / SALT_NAME
    if create and not path.exists():
        made = path.with_suffix(f".{secrets.token_hex(4)}")
        made.touch(mode=0o600)
        made.write_bytes(secrets.token_bytes(32))
        try:
            os.link(made, path)  # the first of several processes wins
        except FileExistsError:
            pass
        finally:
            made.unlink()
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CodeError("L'enquête est close : les codes ont été détruits, plus rien ne relie les réponses.") from None


def forget(code: str) -> int:
    """Delete the answers given with `code`; returns how many.

    Raises:
        CodeError: the survey is closed, nothing links any answer to anybody.
    """
    link = link_of(code, create=False)
    if not link:
        return 0
    with connect() as connection:
        return connection.execute(delete(survey_answers).where(survey_answers.c.lien == link)).rowcount


def close_survey() -> int:
    """Destroy salt and links; returns how many answers were linked."""
    path = data_folder() / SALT_NAME
    if path.exists():
        path.write_bytes(secrets.token_bytes(32))
        path.unlink()
    with connect() as connection:
        query = update(survey_answers).where(survey_answers.c.lien != "").values(lien="")
        return connection.execute(query).rowcount


def close_when_over(settings: Settings, today: date) -> int:
    """`close_survey` once the last wave is past; 0 before."""
    if today <= settings.calendar.start + timedelta(days=LAST_DAY):
        return 0
    return close_survey()


def paired_change(before: str, after: str) -> PairedChange | None:
    """What changed for the same persons between two waves; None when they are fewer than ten, or nearly unanimous,
    or when the others of a wave would be found by subtraction."""
    rows: dict[str, dict[str, bool]] = {before: {}, after: {}}
    wholes: dict[str, list[bool]] = {before: [], after: []}
    query = select(survey_answers.c.vague, survey_answers.c.usage, survey_answers.c.lien)
    with connect() as connection:
        for wave, use, link in connection.execute(query.where(survey_answers.c.vague.in_([before, after]))):
            wholes[wave].append(use != "jamais")
            if link:
                rows[wave][link] = use != "jamais"
    links = sorted(rows[before].keys() & rows[after].keys())
    pairs = [(rows[before][link], rows[after][link]) for link in links]
    for index, wave in enumerate((before, after)):
        if not _may_show([pair[index] for pair in pairs], wholes[wave]):
            return None
    change = mean_interval([float(late) - float(early) for early, late in pairs])
    assert change is not None
    return PairedChange(
        len(pairs), sum(early for early, _ in pairs) / len(pairs), sum(late for _, late in pairs) / len(pairs), change
    )


def _may_show(part: Sequence[bool], whole: Sequence[bool]) -> bool:
    """May the share of `part` stand beside that of `whole`, the rest following by subtraction?"""
    rest, rest_true = len(whole) - len(part), sum(whole) - sum(part)
    return share_may_show(sum(part), len(part), CROSSING_THRESHOLD) and (
        rest == 0 or share_may_show(rest_true, rest, CROSSING_THRESHOLD)
    )
