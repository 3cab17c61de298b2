"""Clustering: what is one by all pairs is joined, whatever the order; nothing is chained through a middleman."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from gesta.link.cluster import cluster, odds

Pairs = dict[tuple[int, int], float]
_SIZE = 7
_pairs = st.dictionaries(
    st.tuples(st.integers(0, _SIZE - 1), st.integers(0, _SIZE - 1)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(0.01, 0.99),
)


def mean(groups: tuple[list[int], list[int]], chances: Pairs, *, unlike: float, lean: float) -> float:
    pairs = [(min(a, b), max(a, b)) for a in groups[0] for b in groups[1]]
    return sum(odds(chances[pair]) + lean if pair in chances else unlike for pair in pairs) / len(pairs)


@given(_pairs, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_pairs_does_not_matter(chances: Pairs, random: object) -> None:
    listed = list(chances.items())
    random.shuffle(listed)  # type: ignore[attr-defined]  # a random.Random
    assert cluster(_SIZE, dict(listed)) == cluster(_SIZE, chances)


@given(_pairs)
@settings(max_examples=150, deadline=None)
def test_every_item_is_in_one_group(chances: Pairs) -> None:
    assert sorted(n for group in cluster(_SIZE, chances) for n in group) == list(range(_SIZE))


@given(_pairs, st.floats(-4, -0.1), st.floats(-1, 2))
@settings(max_examples=200, deadline=None)
def test_no_two_groups_are_left_whose_mean_is_positive(chances: Pairs, unlike: float, lean: float) -> None:
    groups = cluster(_SIZE, chances, unlike=unlike, lean=lean)
    for n, one in enumerate(groups):
        for other in groups[n + 1 :]:
            assert mean((one, other), chances, unlike=unlike, lean=lean) < 1e-6


@given(st.lists(st.floats(0.02, 0.98), min_size=4, max_size=4), st.floats(0.51, 0.98))
@settings(max_examples=150, deadline=None)
def test_two_groups_whose_mean_is_negative_never_join(across: list[float], bridge: float) -> None:
    """0 and 1 are one, so are 2 and 3; a likely pair between them is no bridge if the four pairs speak against it."""
    chances = {(0, 1): 0.99, (2, 3): 0.99}
    chances |= dict(zip([(0, 2), (0, 3), (1, 2), (1, 3)], [bridge, *across[1:]], strict=True))
    groups = cluster(4, chances, lean=0.0)
    if mean(([0, 1], [2, 3]), chances, unlike=-1.0, lean=0.0) < 0:
        assert [0, 1, 2, 3] not in groups


def test_a_middleman_does_not_chain() -> None:
    assert cluster(3, {(0, 1): 0.95, (1, 2): 0.9, (0, 2): 0.01}, lean=0.0) == [[0, 1], [2]]


def test_pairs_never_compared_count_as_unlike() -> None:
    chances = {(0, 1): 0.97, (1, 2): 0.7}
    assert cluster(3, chances, unlike=-2.0, lean=0.0) == [[0, 1], [2]]
    assert cluster(3, chances, unlike=-0.5, lean=0.0) == [[0, 1, 2]]


def test_lean_moves_the_border() -> None:
    assert cluster(2, {(0, 1): 0.4}, lean=0.0) == [[0], [1]]
    assert cluster(2, {(0, 1): 0.4}, lean=1.0) == [[0, 1]]


def test_no_pair_outvotes_all_others() -> None:
    assert odds(1.0) == -odds(1e-9) == 6.0


def test_what_is_known_to_be_two_is_never_put_together() -> None:
    sure = dict.fromkeys(itertools.combinations(range(6), 2), 0.99)
    assert cluster(6, sure) == [[0, 1, 2, 3, 4, 5]]
    groups = cluster(6, sure | {(0, 5): 0.0})
    assert len(groups) == 2 and not any({0, 5} <= set(group) for group in groups)
