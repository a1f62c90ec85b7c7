"""What the figures allow to propose at J+90: keep, extend, pivot, or measure more. Never more certain than the data.

The rule is written in docs/rapports.md. A person decides; this module only says what the figures support, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from atelier_ia.documents.typography import in_words, number
from atelier_ia.measurement.indicators import ADOPTION_ALERT, Indicators
from atelier_ia.measurement.statistics import Interval

Decision = Literal["étendre", "garder", "pivoter", "mesurer davantage"]
EXTEND_ADOPTION = 0.5
HELPED_SHARE = 0.5

LABELS: dict[Decision, str] = {
    "étendre": "Étendre à d'autres services",
    "garder": "Garder le dispositif et le corriger",
    "pivoter": "Changer d'outil ou de cas d'usage",
    "mesurer davantage": "Mesurer encore avant de décider",
}


ASKED: dict[Decision, str] = {
    "étendre": "Ouvrir l'assistant à d'autres services, chacun formé avant d'y avoir accès.",
    "garder": "Maintenir les moyens actuels et corriger ce qui ne marche pas, sans nouveau service pour l'instant.",
    "pivoter": "Changer d'outil ou de cas d'usage, ou arrêter, avant toute dépense nouvelle.",
    "mesurer davantage": "Attendre davantage de réponses et de mesures avant d'engager une dépense.",
}
"""What the elected people are asked to decide."""


@dataclass(frozen=True)
class Proposal:
    """A decision proposed and its reasons (French sentences)."""

    decision: Decision
    reasons: tuple[str, ...]

    @property
    def label(self) -> str:
        """The decision as a title."""
        return LABELS[self.decision]

    @property
    def asked(self) -> str:
        """What it asks the elected people to decide."""
        return ASKED[self.decision]


def propose(figures: Indicators) -> Proposal:
    """What the figures of a wave support."""
    adoption, helped = figures.adoption, figures.helped
    if adoption is None or adoption.low is None or adoption.high is None:
        count = number(figures.answers)
        return Proposal(
            "mesurer davantage",
            (f"Réponses au questionnaire : {count}. C'est trop peu, ou trop uniforme, pour conclure.",),
        )
    reasons = [f"Adoption : {told_share(adoption)}."]
    if helped is not None:
        reasons.append(f"Agents actifs aidés dans leur travail : {told_share(helped)}.")
    saved = [line for line in figures.times if line.origin == "mesuré" and line.saved.low is not None]
    winning = [line for line in saved if (line.saved.low or 0) > 0]
    losing = [line for line in saved if line.saved.high is not None and line.saved.high < 0]
    if saved:
        told = f"un gain établi pour {among(len(winning), len(saved))}" if winning else "aucun gain établi à ce jour"
        lost = f" ; une perte établie pour {among(len(losing), len(saved))}" if losing else ""
        reasons.append(f"Temps mesuré : {told}{lost}.")
    unhelped = helped is not None and helped.high is not None and helped.high < HELPED_SHARE
    if adoption.high < ADOPTION_ALERT or unhelped or (saved and len(losing) == len(saved)):
        return Proposal("pivoter", tuple(reasons))
    clear_help = helped is not None and helped.low is not None and helped.low >= HELPED_SHARE
    if adoption.low >= ADOPTION_ALERT and adoption.estimate >= EXTEND_ADOPTION and clear_help and winning:
        return Proposal("étendre", tuple(reasons))
    if adoption.low < ADOPTION_ALERT <= adoption.high and adoption.small:
        reasons.append("Les réponses sont trop peu nombreuses pour dire si le seuil d'alerte de 30 % est dépassé.")
        return Proposal("mesurer davantage", tuple(reasons))
    return Proposal("garder", tuple(reasons))


def among(part: int, whole: int) -> str:
    """'un usage mesuré sur trois', 'les deux usages mesurés', 'le seul usage mesuré'."""
    if part == whole:
        return "le seul usage mesuré" if part == 1 else f"les {in_words(part)} usages mesurés"
    return f"{in_words(part)} {'usage mesuré' if part == 1 else 'usages mesurés'} sur {in_words(whole)}"


def told_share(interval: Interval) -> str:
    """'62 % (entre 45 % et 77 %, 34 réponses)'; a small sample is said to be small."""
    told = f"{number(100 * interval.estimate, 0)} %"
    if interval.low is None or interval.high is None:
        return told
    size = f"{number(interval.n)} réponses" + (", petit échantillon" if interval.small else "")
    return f"{told} (entre {number(100 * interval.low, 0)} % et {number(100 * interval.high, 0)} %, {size})"


def told_minutes(interval: Interval, what: str) -> str:
    """'14 min (entre 9 et 19, 12 mesures)'."""
    told = f"{number(interval.estimate, 0)} min"
    if interval.low is None or interval.high is None:
        return f"{told} ({number(interval.n)} {what})"
    size = f"{number(interval.n)} {what}" + (", petit échantillon" if interval.small else "")
    return f"{told} (entre {number(interval.low, 0)} et {number(interval.high, 0)}, {size})"
