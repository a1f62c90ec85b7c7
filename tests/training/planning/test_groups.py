"""Groups of at most twelve."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.training.planning.groups import even_sizes, make_groups

from .strategies import make_settings


@pytest.mark.parametrize(
    ("persons", "limit", "sizes"),
    [(0, 12, []), (1, 12, [1]), (12, 12, [12]), (13, 12, [7, 6]), (25, 12, [9, 8, 8]), (66, 12, [11] * 6)],
)
def test_even_sizes(persons: int, limit: int, sizes: list[int]) -> None:
    """Are groups as few and as even as possible?"""
    assert even_sizes(persons, limit) == sizes


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12), st.integers(2, 12), st.integers(1, 12))
def test_everyone_has_one_group(headcounts: list[int], limit: int, smallest: int) -> None:
    """Is each agent in exactly one group, and no group too large?"""
    services = make_settings(headcounts).services
    groups = make_groups(services, limit, smallest)
    assert all(1 <= group.size <= limit for group in groups)
    total: Counter[str] = Counter()
    for group in groups:
        total.update(dict(group.members))
    assert total == Counter({one.id: one.headcount for one in services if one.headcount})
    assert len({group.id for group in groups}) == len(groups)


def test_small_services_of_one_pole_share_a_workshop() -> None:
    """Do two services of two agents of the same pôle learn together, and one with its own constraint apart?"""
    services = make_settings([2, 9, 9, 2, 5, 5, 1]).services  # pôle 0: services 0, 3 and 6
    titles = [group.title for group in make_groups(services, 12, 3)]
    assert titles[0] == "Service 0 ; Service 3 ; Service 6"
    apart = [group.title for group in make_groups(services, 12, 3, {"s3"})]
    assert "Service 0 ; Service 6" in apart
    assert "Service 3" in apart


def test_groups_of_a_service_are_spread() -> None:
    """Do second groups come after everybody's first group?"""
    groups = make_groups(make_settings([36, 24, 12]).services, 12, 1)
    assert [group.id for group in groups] == ["s0_1", "s1_1", "s2", "s0_2", "s1_2", "s0_3"]
