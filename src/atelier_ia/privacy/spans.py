"""What the guard finds: labelled spans of the original text, and the one error that it raises.

Offsets are in Python characters of the text as it was given. Labels and levels are a contract
(docs/confidentialite.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal

from atelier_ia.errors import AtelierError

Label = Literal[
    "NOM",
    "ADRESSE",
    "TEL",
    "EMAIL",
    "NIR",
    "IBAN",
    "DATE_NAISSANCE",
    "NUM_ALLOCATAIRE",
    "NUM_FISCAL",
    "NUM_IDENTITE",
    "REF_DOSSIER",
    "CADASTRE",
    "PLAQUE",
    "SIRET",
    "SANTE",
    "SENSIBLE",
]
Level = Literal["masquer", "verifier", "alerte"]

# Every label with its French name, in the order in which screens list them.
LABELS: dict[Label, str] = {
    "NOM": "nom de personne",
    "ADRESSE": "adresse d'un domicile",
    "TEL": "numéro de téléphone",
    "EMAIL": "adresse de courriel",
    "NIR": "numéro de sécurité sociale",
    "IBAN": "compte bancaire",
    "DATE_NAISSANCE": "date de naissance",
    "NUM_ALLOCATAIRE": "numéro d'allocataire",
    "NUM_FISCAL": "numéro fiscal",
    "NUM_IDENTITE": "pièce d'identité",
    "REF_DOSSIER": "référence de dossier",
    "CADASTRE": "parcelle cadastrale",
    "PLAQUE": "plaque d'immatriculation",
    "SIRET": "numéro SIRET ou SIREN",
    "SANTE": "donnée de santé",
    "SENSIBLE": "donnée sensible",
}
ALERTS: frozenset[Label] = frozenset({"SANTE", "SENSIBLE"})


class PrivacyError(AtelierError):
    """The guard could not do its work: nothing may be sent. It never quotes the text."""


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of personal data: `text[start:end]`; `reason` is a short French phrase that says why it was found."""

    start: int
    end: int
    label: Label
    level: Level
    reason: str


def without_overlap(spans: Iterable[Span]) -> list[Span]:
    """The spans sorted by start, none overlapping: the surest, then the longest wins.

    What a beaten span covers beyond the winners stays covered by the remaining pieces, so that settling a conflict
    never uncovers a character that a rule wanted masked.
    """
    rank = {"masquer": 0, "alerte": 1, "verifier": 2}
    ordered = sorted(set(spans), key=attrgetter("level", "label", "reason"))  # stable sorts, the first key last
    ordered.sort(key=attrgetter("end"), reverse=True)
    ordered.sort(key=attrgetter("start"))
    kept: list[Span] = []
    group: list[Span] = []
    reach = -1
    for span in ordered:
        if group and span.start >= reach:
            kept.extend(_settle(group, rank))
            group = []
            reach = -1
        group.append(span)
        reach = max(reach, span.end)
    kept.extend(_settle(group, rank))
    return kept


def _united(alerts: list[Span]) -> list[Span]:
    """The alerts, those that overlap as one."""
    whole: list[Span] = []
    for span in sorted(alerts, key=lambda s: (s.start, -s.end)):
        if whole and span.start < whole[-1].end:
            last = whole[-1]
            whole[-1] = Span(last.start, max(last.end, span.end), last.label, last.level, last.reason)
        else:
            whole.append(span)
    return whole


def _settle(group: list[Span], rank: dict[str, int]) -> list[Span]:
    """Non-overlapping spans covering the same characters as `group`, a run of spans that touch one another."""
    if len(group) < 2:
        return group
    # Health and other sensitive words only warn: an identity found at the same place has to be masked first.
    queue = sorted(group, key=lambda s: (rank[s.level] + 2 * (s.level == "alerte"), s.start - s.end, s.start))
    queue = [span for span in queue if span.level != "alerte"] + _united([s for s in queue if s.level == "alerte"])
    base = group[0].start
    owners = [-1] * (max(span.end for span in group) - base)
    for number, span in enumerate(queue):
        for place in range(span.start - base, span.end - base):
            if owners[place] < 0:
                owners[place] = number
    pieces: list[tuple[int, int, int]] = []
    longest: dict[int, int] = {}
    start = 0
    for owner, run in groupby(owners):
        end = start + sum(1 for _ in run)
        if owner >= 0:
            pieces.append((owner, start, end))
            longest[owner] = max(longest.get(owner, 0), end - start)
        start = end
    won: list[Span] = []
    for owner, start, end in pieces:
        span = queue[owner]
        whole = end - start == span.end - span.start
        # Of an alert that a name or a date cuts, one piece is enough: the longest.
        if whole or (end - start > 2 and (span.level != "alerte" or end - start == longest[owner] > 5)):
            won.append(Span(start + base, end + base, span.label, span.level, span.reason))
    return won


def once(spans: Iterable[Span]) -> list[Span]:
    """One span per place, the surest: several rules may have read the same name."""
    best: dict[tuple[int, int], Span] = {}
    for span in spans:
        known = best.get((span.start, span.end))
        if known is None or (known.level != "masquer" and span.level == "masquer"):
            best[span.start, span.end] = span
    return list(best.values())


_START, _END, _LEVEL = attrgetter("start"), attrgetter("end"), attrgetter("level")


def without_inner(spans: list[Span]) -> list[Span]:
    """Drop a span that lies inside a longer one: the name of a street inside an address."""
    ordered = sorted(spans, key=_LEVEL)  # three stable sorts: by start, then the longest first, then by level
    ordered.sort(key=_END, reverse=True)
    ordered.sort(key=_START)
    kept: list[Span] = []
    reach = -1
    for span in ordered:
        if span.end <= reach and kept and not (kept[-1].start == span.start and kept[-1].end == span.end):
            continue
        kept.append(span)
        reach = max(reach, span.end)
    return kept
