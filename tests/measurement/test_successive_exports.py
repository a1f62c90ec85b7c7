"""Can somebody who keeps every export of a wave find a few persons, or what a group unanimously said, by difference?"""

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from atelier_ia.measurement.anonymity import THRESHOLD
from atelier_ia.measurement.indicators import Indicators, compute
from atelier_ia.measurement.publication import Layout, may_recount, may_update
from atelier_ia.measurement.surveys import Answer
from atelier_ia.use_cases.sandbox import reference_settings

SETTINGS = reference_settings()
SERVICES = ("accueil", "ccas", "enfance", "communication")
Batch = dict[str, tuple[int, int, int]]
KEYS = (*(service.id for service in SETTINGS.services), "")
Fact = tuple[int, int, int | None]
"""A set of atoms (one bit for each service and batch), the number of its answers and, when it can be read, of its
active persons."""


def people(service: str, helped: int, unhelped: int, idle: int) -> list[Answer]:
    user = [Answer("J+30", "souvent", "beaucoup", "oui", service)] * helped
    user += [Answer("J+30", "souvent", "pas du tout", "ne sait pas", service)] * unhelped
    return user + [Answer("J+30", "jamais", "pas du tout", "non", service)] * idle


def exports(batches: list[Batch]) -> Iterator[tuple[int, Indicators]]:
    """What is given out after each batch of answers, as `checkpoints` does: the index of the batch and the figures."""
    answers: list[Answer] = []
    given_out: Indicators | None = None
    first: Layout | None = None
    for index, batch in enumerate(batches):
        if index and not any(map(any, batch.values())):
            continue
        answers += [answer for service, sizes in batch.items() for answer in people(service, *sizes)]
        figures = compute("J+30", answers, (), (), SETTINGS, 0, first)
        if given_out is None or (
            may_update(given_out.counts, figures.counts) and may_recount(given_out.sizes, figures.sizes)
        ):
            given_out, first = figures, figures.layout
            yield index, figures


def facts_of(index: int, figures: Indicators, answered: list[Batch] | None) -> Iterator[Fact]:
    """All that one export lets read: the whole, then each row of the table. With `answered`, the attacker also knows
    which services gave no answer between two exports."""
    rows = [(KEYS, figures.answers, figures.adoption)]
    rows += [
        (row, line.answers, line.adoption) for row, line in zip(figures.layout.rows, figures.services, strict=True)
    ]
    for row, count, share in rows:
        atoms = sum(
            1 << (batch * len(KEYS) + KEYS.index(key))
            for batch in range(index + 1)
            for key in row
            if answered is None or any(answered[batch].get(key, ()))
        )
        yield atoms, count, None if share is None else round(share.estimate * count)


def attack(known: set[Fact]) -> set[Fact]:
    """All that follows by subtraction of one set from another that holds it, and by addition of two apart."""
    found = set(known)
    while len(found) < 250:
        new = set()
        for one, other in combinations(found, 2):
            small, large = sorted((one, other), key=lambda fact: fact[0].bit_count())
            known_both = small[2] is not None and large[2] is not None
            if small[0] & large[0] == small[0] != large[0]:
                new.add((large[0] - small[0], large[1] - small[1], large[2] - small[2] if known_both else None))
            elif not small[0] & large[0]:
                new.add((large[0] + small[0], large[1] + small[1], large[2] + small[2] if known_both else None))
        if new <= found:
            break
        found |= new
    return found


sizes = st.tuples(st.integers(0, 12), st.integers(0, 6), st.integers(0, 12))
batches = st.lists(st.dictionaries(st.sampled_from((*SERVICES, "")), sizes, max_size=5), min_size=2, max_size=3)


@settings(max_examples=60, deadline=None)
@given(batches)
# A small service, hidden at first, grows while its companion gets no answer: the companion must stay hidden too.
@example([{"ccas": (9, 4, 8), "enfance": (8, 2, 4), "communication": (1, 1, 1)}, {"communication": (3, 2, 3)}])
# Unanimous at first, then another row would have to be hidden in its place.
@example([{"ccas": (12, 0, 0), "enfance": (5, 3, 6), "accueil": (8, 0, 8)}, {"enfance": (3, 0, 4), "ccas": (0, 0, 0)}])
# Five more answers, all alike.
@example([{"ccas": (8, 4, 8)}, {"ccas": (3, 2, 0)}])
def test_no_difference_tells_a_few_or_a_unanimous_group(given_in: list[Batch]) -> None:
    """Whatever is computed from all exports together, is no answer of a few, or of a unanimous group, ever found?"""
    given_out = list(exports(given_in))
    for answered in (None, given_in):
        known = {fact for index, figures in given_out for fact in facts_of(index, figures, answered)}
        whole = next(iter(facts_of(*given_out[0], answered)))[0]
        for atoms, count, active in attack(known):
            if active is not None and count:
                assert 0 < active < count >= THRESHOLD, (bin(atoms), count, active)
            if answered is None and count and atoms != whole:  # the number of first answers is no secret
                assert count >= THRESHOLD, (bin(atoms), count)


@settings(max_examples=100, deadline=None)
@given(batches)
def test_the_questions_on_help_resist_too(given_in: list[Batch]) -> None:
    """Between two exports, do the persons who began to use the tool stay at least five, and of two minds?"""
    before: Indicators | None = None
    for _, figures in exports(given_in):
        if before is not None:
            for name in ("aide", "recommandation"):
                if name in before.counts and before.counts[name] != figures.counts[name]:
                    part, size = (figures.counts[name][i] - before.counts[name][i] for i in (0, 1))
                    assert size >= THRESHOLD
                    assert 0 < part < size
        before = figures


@pytest.mark.parametrize(
    ("before", "now", "allowed"),
    [
        ((8, 20), (8, 20), True),
        ((8, 20), (9, 21), False),
        ((8, 20), (10, 25), True),
        ((8, 20), (13, 25), False),
        ((8, 20), (8, 25), False),
        ((8, 20), (9, 20), False),
        ((8, 20), (7, 19), False),
    ],
)
def test_the_rule_between_two_exports(before: tuple[int, int], now: tuple[int, int], allowed: bool) -> None:
    """Is a share given out again only unchanged, or with five more answers of two minds?"""
    assert may_update({"x": before}, {"x": now}) is allowed
    assert may_update({}, {"x": now})
    assert not may_update({"x": before}, {})
