"""One alert per passage: what tells one thing of somebody in one sentence is shown, and removed, as one.

« inapte au port de charges en raison d'une hernie discale » is one passage, and « l'état de santé de son fils, suivi
pour une épilepsie » says nothing more than « épilepsie »: two alerts there would only teach people to skip them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from atelier_ia.privacy.spans import ALERTS, Span

# Two alerts of a sentence this close are one passage (characters between them).
_NEAR = 40
# A vague word says nothing that a precise one, this close in the same sentence, does not say.
_FAR = 110
_BREAK = re.compile(r"[.;!?|\n\t]")
_VAGUE = re.compile(
    r"(?:(?:l'|une? |des |le |la |les |sa |son |ses |mon |ma |mes |de |d'|leur |en |pour |au )*"
    r"(?:etats? de sante|problemes? de sante|raisons? de sante|soucis? de sante|sante|psychologues?|infirmi\w+(?: \w+)?"
    r"|kines?|kinesitherapeute|orthophonistes?|medecins?|traitements?|ordonnances?|pai|apa|aah|aeeh|aesh|avs|pch"
    r"|rqth|ald|mdph|dossier mdph|gir \d|carte d'invalidite|carte mobilite inclusion|handicap\w*|fauteuil|accident"
    r"|arret(?: de travail)?"
    r"|temps partiel therapeutique|mi-temps therapeutique|psychologiques?|medica\w+)(?: de(?: son| sa| mon| ma)?)?)"
)


def without_doubtful_homes(text: str, spans: Sequence[Span], alerts: Sequence[Span]) -> list[Span]:
    """« Le voisin, sorti de prison, »: what tells something of somebody is no place, without a number or a capital."""
    starts = sorted((alert.start, alert.end) for alert in alerts if alert.label == "SENSIBLE")

    def doubtful(span: Span) -> bool:
        if span.label != "ADRESSE" or span.level != "verifier":
            return False
        place = bisect_left(starts, (span.start, 0))
        inside = place < len(starts) and starts[place][1] <= span.end
        return inside and not any(sign.isdigit() or sign.isupper() for sign in text[span.start : span.end])

    return [span for span in spans if not doubtful(span)]


_WAY = re.compile(
    r"(?i)(?<![^\W\d_])(?:rue|chemin|all[ée]e|avenue|impasse|route|place|quai|lieu-dit|r[ée]sidence|ehpad|foyer)"
    r"(?: \w+)? ?$"
)
_IN_WORDS = frozenset({"domicile dit en toutes lettres", "lieu où vit quelqu'un"})


def without_what_is_told(text: str, spans: Sequence[Span], alerts: Sequence[Span]) -> list[Span]:
    """Homes in words, up to what the sentence then tells of the person: « 12 rue Basse, qui conduisait sans permis ».

    « rentre chez elle après une fracture » names no place: such a home is none at all.
    """
    starts = [alert.start for alert in alerts]
    kept = []
    for span in spans:
        place = bisect_left(starts, span.start + 1)
        if (
            span.label != "ADRESSE"
            or span.reason not in _IN_WORDS
            or place == len(alerts)
            or alerts[place].end > span.end
        ):
            kept.append(span)
            continue
        told = alerts[place].start
        comma = text.rfind(",", span.start, told)
        if _WAY.search(text, span.start, told):
            kept.append(span)  # « chemin des Cannes »
        elif comma > span.start + 4:
            kept.append(Span(span.start, comma, span.label, span.level, span.reason))
        elif any(sign.isdigit() or sign.isupper() for sign in text[span.start : span.end]):
            kept.append(span)
    return kept


def one_per_passage(low: str, spans: Sequence[Span]) -> list[Span]:
    """`spans`, sorted and apart, where alerts of one sentence that tell one thing are one."""
    return list(_without_vague(low, list(_joined(low, spans))))


def _joined(low: str, spans: Sequence[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in spans:
        if (
            last is not None
            and span.label == last.label
            and span.label in ALERTS
            and span.start - last.end <= _NEAR
            and _BREAK.search(low, last.end, span.start) is None
        ):
            last = Span(last.start, span.end, last.label, last.level, last.reason)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _without_vague(low: str, spans: Sequence[Span]) -> Iterator[Span]:
    alerts = [span for span in spans if span.label == "SANTE"]
    vague = [_VAGUE.fullmatch(low, span.start, span.end) is not None for span in alerts]
    dropped = {
        alert.start
        for place, alert in enumerate(alerts)
        if vague[place] and (_precise(low, alerts, vague, place, -1) or _precise(low, alerts, vague, place, 1))
    }
    for span in spans:
        if span.label != "SANTE" or span.start not in dropped:
            yield span


def _precise(low: str, alerts: Sequence[Span], vague: Sequence[bool], place: int, step: int) -> bool:
    """Does a precise alert stand in the same sentence, on one side of the vague one at `place`?"""
    other = place + step
    while 0 <= other < len(alerts):
        start, end = sorted((place, other))
        if alerts[end].start - alerts[start].end > _FAR or _BREAK.search(low, alerts[start].end, alerts[end].start):
            return False
        if not vague[other]:
            return True
        other += step
    return False
