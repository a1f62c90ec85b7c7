"""Can somebody who knows the rules and the totals find out what the tables keep back?"""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from atelier_ia.measurement.anonymity import group_rows, rows_with_shares, share_may_show

K = 3  # small on purpose: the attack below tries every possible world
MOST = 5


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, MOST), st.integers(0, MOST)), min_size=2, max_size=4))
def test_an_attacker_who_tries_every_world_learns_no_hidden_row(rows: list[tuple[int, int]]) -> None:
    """Knowing head counts, the rows shown, the sum of the others and the total, do at least two values fit each
    hidden row?"""
    sizes = {f"s{index}": max(pair) for index, pair in enumerate(rows)}
    counts = {f"s{index}": min(pair) for index, pair in enumerate(rows)}
    grouping = group_rows(counts, sizes, K)
    hidden = [row for row in grouping.merged if sizes[row]]
    if grouping.total_only:
        return  # then the caller shows no table: see the next test
    total = sum(counts[row] for row in hidden)
    worlds = product(*(range(sizes[row] + 1) for row in hidden))
    possible = [world for world in worlds if sum(world) == total]
    for values in zip(*possible, strict=True):
        assert len(set(values)) > 1, (sizes, counts)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=1))
def test_no_row_and_no_difference_is_small(counts: dict[str, int]) -> None:
    """Is each row shown 0 or at least k, and the total minus the rows shown never one small row?"""
    grouping = group_rows(counts, k=5)
    assert set(grouping.shown) | set(grouping.merged) == set(counts)
    assert all(counts[row] >= 5 for row in grouping.shown)
    if grouping.merged and not grouping.total_only:
        together = sum(counts[row] for row in grouping.merged)
        assert len(grouping.merged) >= 2
        assert together == 0 or together >= 5


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.tuples(st.integers(0, 25), st.integers(0, 25)).map(sorted), min_size=1
    )
)
def test_shares_cannot_be_found_by_subtraction(rows: dict[str, list[int]]) -> None:
    """Are the rows kept back, taken together, themselves fit to be shown (unless nobody's is shown)?"""
    parts, wholes = ({row: pair[index] for row, pair in rows.items()} for index in (0, 1))
    shown = rows_with_shares(parts, wholes, 10)
    assert all(share_may_show(parts[row], wholes[row], 10) for row in shown)
    kept = [row for row in rows if row not in shown and wholes[row]]
    if kept and shown:
        assert len(kept) > 1
        assert share_may_show(sum(parts[row] for row in kept), sum(wholes[row] for row in kept), 10)


def test_unanimous_answers_are_not_told() -> None:
    """Is "all" or "none" of a group kept back, since it tells what each one answered?"""
    assert not share_may_show(12, 12)
    assert not share_may_show(0, 12)
    assert share_may_show(11, 12)
    assert not share_may_show(5, 9)
