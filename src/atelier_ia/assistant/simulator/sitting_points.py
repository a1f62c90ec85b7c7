"""The points of a sitting, once read: each with how it ended, in their order, under the numbers that the notes give."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from atelier_ia.assistant.simulator.french import clean
from atelier_ia.assistant.simulator.points import amends, titled
from atelier_ia.assistant.simulator.sitting_numbers import LEAST, REFERENCE
from atelier_ia.assistant.simulator.votes import Outcome, Vote, counted
from atelier_ia.assistant.words import fold, stems


@dataclass
class Item:
    """One point examined: its object, how it ended, and what was said (speaker or '', words)."""

    number: str
    title: str
    results: list[str] = field(default_factory=list)
    outcome: Outcome = ""
    talk: list[tuple[str, str]] = field(default_factory=list)
    closed: bool = False
    secret: bool = False

    @property
    def vote(self) -> Vote:
        """The counts announced."""
        return counted(" ".join(told for told in self.results if not amends(told)))

    @property
    def concluded(self) -> bool:
        """Is it known how the point ended?"""
        return bool(self.outcome or set(self.vote.counts) - {"blancs", "nuls"})


def shared_votes(items: list[Item]) -> None:
    """One vote for several points (« vote unique », « en bloc ») is that of each of them."""
    for place, item in enumerate(items):
        if not re.search(r"\bvote (?:unique|groupe|global)|\ben bloc", fold(" ".join(item.results))):
            continue
        for other in reversed(items[:place]):
            if other.results:
                break
            other.results, other.outcome = list(item.results), item.outcome


def merged(items: list[Item]) -> list[Item]:
    """Without the bare lines of an agenda read out before the points themselves."""
    kept: list[Item] = []
    for place, item in enumerate(items):
        bare = not item.results and not item.talk
        mine = set(stems(item.title))
        again = any(
            len(mine & set(stems(other.title))) >= max(1, 0.6 * min(len(mine), len(set(stems(other.title)))))
            for other in items[place + 1 :]
            if other.results or other.talk
        )
        if not (bare and mine and again) and (item.title or item.results or item.talk):
            kept.append(item)
    _numbered(kept)
    return kept


def referenced(items: list[Item], numbers: list[str]) -> None:
    """The numbers that the notes give at the end of a point (« (CCAS-2026-19) »), or as one range for all."""
    found = [REFERENCE.search(" ".join([item.title, *item.results])) for item in items]
    if sum(map(bool, found)) >= LEAST:
        for item, match in zip(items, found, strict=True):
            item.number = match["number"] if match else ""
            item.title = clean(REFERENCE.sub("", item.title))
            item.results = [REFERENCE.sub("", told) for told in item.results]
    voted = [
        item
        for item in items
        if (item.concluded or item.secret) and item.outcome not in ("débat sans vote", "information")
    ]
    if numbers and len(voted) == len(numbers):
        for item in items:
            item.number = numbers[voted.index(item)] if item in voted else ""


def _numbered(items: list[Item]) -> None:
    """The numbers told stay when they go up; else points are numbered in their order."""
    for before, item in pairwise(items):
        # « la 11 motion … » after « délibération 2027-10 »: the same series, said shorter.
        rank = re.match(r"(\d{1,3})\s+(?=[a-zà-ÿ])", item.title)
        last = re.search(r"^(.*?)(\d+)$", before.number)
        if rank and last and not item.number and int(rank[1]) == int(last[2]) + 1:
            item.number, item.title = f"{last[1]}{rank[1]}", titled(item.title[rank.end() :])
    told = [int(re.split(r"\D+", item.number)[-1]) for item in items if re.match(r"[A-Z]{0,4}-?\d", item.number)]
    series = len(told) >= 2 and told == sorted(set(told)) and (told[0] > 1 or len(told) == len(items))
    for place, item in enumerate(items, start=1):
        if re.fullmatch(r"\d{0,2}", item.number) and not (series and item.number):
            item.number = "" if series else str(place)
