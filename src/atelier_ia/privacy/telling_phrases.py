"""Phrases that tell somebody's health, or another datum of RGPD articles 9 and 10, in everyday words.

Each rule is woken by one of its words (so that a text is read once), then looks at most 45 characters around it.
`alone` rules speak of a person by themselves (« entend des voix »); the others need one in the sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from atelier_ia.privacy.spans import Label


class Phrase(NamedTuple):
    """One phrase found: where, what it tells, and whether it needs a person near it."""

    start: int
    end: int
    label: Label
    alone: bool


class _Rule(NamedTuple):
    pattern: str
    label: Label
    alone: bool


_OF = r"(?:de la |de l'|des |du |de |d'|aux |au |a la |a l'|a |en )"


def _forms(waking: str) -> set[str]:
    return {form for word in waking.split() for form in (word, word.removesuffix("s"))}


def _loose(motif: str) -> str:
    """`motif` where an elision may be written with a space, or not at all: « d alcool », « lhopital »."""
    pieces = []
    inside = False
    for place, character in enumerate(motif):
        if character in "[]" and motif[place - 1 : place] != "\\":
            inside = character == "["
        elided = character == "'" and not inside and motif[place + 1 : place + 2] not in ("?", "")
        pieces.append("[' ]?" if elided else character)
    return "".join(pieces)


def _built() -> dict[str, tuple[_Rule, ...]]:
    folder = files("atelier_ia.privacy") / "data"
    contents = [
        tomllib.loads((folder / name).read_text(encoding="utf-8"))
        for name in (
            "phrases.toml",
            "phrases_sensibles.toml",
            "phrases_vie.toml",
            "phrases_ordinaires.toml",
            "phrases_appartenances.toml",
            "phrases_constats.toml",
            "phrases_soins.toml",
        )
    ]
    rules: dict[str, tuple[_Rule, ...]] = {}
    labels: tuple[tuple[Label, str], ...] = (("SANTE", "sante"), ("SENSIBLE", "sensible"))
    for label, key in labels:
        for line in (line for content in contents for line in content.get(key, ())):
            motif = line["motif"]
            for name, meaning in contents[0]["abreviations"].items():
                motif = motif.replace("{" + name + "}", meaning)
            # « cœliaque » keeps its ligature in the folded text, where every letter has its place.
            rule = _Rule(
                rf"(?<![a-z0-9])(?:{_loose(motif.replace('oe', '(?:oe|œ)'))})(?![a-z])",
                label,
                line["seule"],
            )
            for word in {base + end for base in _forms(line["mots"]) for end in ("", "s", "e", "es")}:
                rules[word] = (*rules.get(word, ()), rule)
    return rules


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when one of its words comes first: all of them at once would double the time of the import."""
    return re.compile(pattern)


_RULES = _built()
WAKERS = frozenset(_RULES)


def phrases_at(low: str, start: int, end: int) -> Iterator[Phrase]:
    """The phrases that the word `start:end` of the folded text wakes and that hold it."""
    for rule in _RULES.get(low[start:end], ()):
        left = max(low.rfind("\n", max(0, start - 45), start) + 1, start - 45, 0)
        for match in _compiled(rule.pattern).finditer(low, left, min(len(low), end + 45)):
            if match.start() <= start < match.end():
                yield Phrase(match.start(), match.end(), rule.label, rule.alone)
                break


_LEFT = re.compile(
    r"(?:(?:reconnaissance|qualite) (?:de |en )(?:la qualite de )?(?:travail\w{2,4} )?"
    r"|(?:reconnue?s? )?travail\w{2,4} |(?:est |etre |etait |suis )?(?:atteinte?s? |porteu\w+ |victime )"
    r"(?:d'une? |d'un |de la |de |du |d')|souffr\w{1,4} (?:d'une? |de la |de |du |d'|des )|crises? (?:de |d')"
    r"|(?:grave|forte|legere|severe|longue|grosse) |(?:suivie?|traitee?|operee?|soignee?) pour (?:une? |un |des "
    r"|son |sa )?|en situation de |stylo (?:d'|a )|(?:conges?|placement en conge) (?:de |pour )?(?:longue |grave )?"
    r"|(?:rassemblement|mission|culte|convention|assemblee|eglise|temple|pasteur|pelerinage|bapteme) "
    r"|suivi (?:de |d'une? )|(?:deja )?suivie?s? |deja |(?:classee?|evaluee?|girtee?) (?:en )?"
    r"|hospitalisee? (?:en |pour )(?:une? )?|d'origine |delegue\w* |de confession |(?:un|une|son|sa) |d'|l')$"
)
_RIGHT = re.compile(
    r"(?: (?:de (?:facon|maniere) (?:definitive|absolue|temporaire|permanente|totale)(?: et (?:definitive"
    r"|absolue|totale))?|pour (?:degradations?|vols?|violences?|outrages?|recel|stupefiants|trafic|escroquerie|menaces"
    r"|harcelement)|type \d|chronique|severe|grave|aigue?|bipolaires?|mental\w*|moteur|motrice|visuel\w*"
    r"|auditi\w+|psychi\w+"
    r"|cardiaque|renale|respiratoire|pulmonaire|cranien\w*|cerebra\w+|osseu\w+|lombaire|cervicale?|vasculaire|hepatique"
    r"|digestive?|intestinale?|urinaire|cutane\w*|articulaire|discale|inguinale|thyroidien\w*|ovarien\w*|mammaire"
    r"|post-traumatique|ophtalmique|paranoide|lymphatique|avance\w*|invalidant\w*|profonde?|saisonni\w+"
    r"|alimentaires?|pratiquante?"
    r"|syndical\w*|scolaire|infantile|post-partum|en plaques)"
    rf"| (?!a (?:bien|ete|deja|toujours|jamais|pu|eu|fait|demande|souhaite|besoin|droit|recu|obtenu"
    rf"|la charge)(?![a-z]))"
    rf"{_OF}(?:type \d|plusieurs |sept |six |cinq |quatre |trois |deux |huit |neuf |\d+ )?[a-z-]{{3,}}"
    r"(?: (?:et|ou|a) (?:aux |au |a la |coque|au lait)?[a-z-]{3,}(?= ?[.,;:)\n]))?){1,2}"
)


def widened(low: str, start: int, end: int) -> tuple[int, int]:
    """`start:end` up to the whole telling phrase: « allergie » → « allergie aux arachides »."""
    before = _LEFT.search(low, max(0, start - 40), start)
    after = _RIGHT.match(low, end, min(len(low), end + 45))
    return before.start() if before else start, after.end() if after else end
