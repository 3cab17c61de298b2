"""The decoded tree is a tree whatever the scores, and the best one where that can be checked by brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gesta.annotate.tree import decode


def reaches_root(heads: list[int]) -> bool:
    for begin in range(1, len(heads) + 1):
        word, seen = begin, set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return sum(h == 0 for h in heads) == 1


@st.composite
def score_tables(draw: st.DrawFn, most: int) -> np.ndarray:
    n = draw(st.integers(1, most))
    return draw(arrays(np.float32, (n, n + 1), elements=st.floats(-30, 30, width=32)))


@settings(max_examples=150, deadline=None)
@given(score_tables(most=25))
def test_always_one_rooted_tree(scores: np.ndarray) -> None:
    assert reaches_root(decode(scores).tolist())


@pytest.mark.parametrize("seed", range(60))
def test_best_tree_of_few_words(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 1 + seed % 5
    scores = rng.normal(size=(n, n + 1)).astype(np.float32)
    trees = [h for h in product(range(n + 1), repeat=n) if reaches_root(list(h))]
    best = max(trees, key=lambda h: sum(float(scores[w, x]) for w, x in enumerate(h)))
    assert decode(scores).tolist() == list(best)


def test_long_chain_of_cycles_ends() -> None:
    n = 400
    scores = np.full((n, n + 1), -5, dtype=np.float32)
    scores[np.arange(n), np.where(np.arange(n) % 2 == 0, np.arange(n) + 2, np.arange(n))] = 5
    assert reaches_root(decode(scores).tolist())
